"""The form asks every question, and its result is the scorecard of what was answered."""

from pathlib import Path

import pytest

import humanai_maturity as hm

pytest.importorskip("streamlit", reason="streamlit is not installed: it is in the extra `recipes`")

from streamlit.testing.v1 import AppTest

FORM = Path(__file__).parents[2] / "examples" / "streamlit_form.py"


@pytest.fixture
def form() -> AppTest:
    return AppTest.from_file(str(FORM), default_timeout=60).run()


def test_every_question_is_asked_and_nothing_is_known_at_first(form: AppTest) -> None:
    rubric = hm.load_rubric("ai-human-cx")
    asked = [part for part in (*rubric.walk(), *rubric.facts) if not isinstance(part, hm.Dimension)]
    assert not form.exception
    assert len(form.toggle) == len(asked)
    assert form.text[-1].value == hm.score(rubric, {}).explain()


def test_answers_are_scored_with_their_evidence(form: AppTest) -> None:
    for name in ("data.sources", "data.identity", "data.capture", "ai_disclosed"):
        form.toggle(key=f"{name} known").set_value(True)
    form.run()
    form.radio(key="data.sources").set_value("joined")
    form.selectbox(key="data.sources grade").set_value("measured")
    form.number_input(key="data.identity").set_value(0.7)
    form.radio(key="ai_disclosed").set_value(True)
    form.run()
    expected = hm.score(
        "ai-human-cx",
        {
            "data.sources": hm.Answer(value="joined", evidence="measured"),
            "data.identity": hm.Answer(value=0.7, evidence="attested"),
            "data.capture": hm.Answer(value=(), evidence="attested"),
            "ai_disclosed": hm.Answer(value=True, evidence="attested"),
        },
    )
    assert not form.exception
    assert form.text[-1].value == expected.explain()


def test_a_wrong_answer_is_told_and_is_no_traceback(form: AppTest) -> None:
    form.toggle(key="data.identity known").set_value(True).run()
    form.number_input(key="data.identity").set_value(7.0).run()
    assert not form.exception
    assert "data.identity" in form.error[0].value
