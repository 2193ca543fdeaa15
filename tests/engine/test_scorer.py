"""A scorer: compiled once, remembering answers without a trace in the results, shared between threads."""

import pickle
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from engine_rubrics import CUTS, GRADES, NORMAL, dimension, given, one, pointed, rubric, staged

from humanai_maturity.engine import Scorer, score, scorer
from humanai_maturity.engine.terms import POINT
from humanai_maturity.errors import AnswerError, PluginError, RubricInvalidError
from humanai_maturity.model.assessment import Answer

MIXED = one(staged("a"), pointed("b"), pointed("c", 5), stage=CUTS, defaults=NORMAL, evidence_grades=GRADES)
FLOATS = [0.0, 1.0, 0.5, 0.25, 0.125, 1e-9, 0.3333333333333333, 0.1]


def mixed() -> Scorer:
    return Scorer(MIXED, measures={"as_given": given})


@pytest.mark.parametrize("number", FLOATS)
def test_remembering_numbers_changes_nothing(number: float) -> None:
    used, answers = mixed(), {"a": "2", "b": number, "c": 4.5}
    first, again = used.score(answers), used.score(dict(reversed(answers.items())))
    spelt_out = mixed().score({"a": "2", "b": Answer(value=number), "c": Answer(value=4.5)})
    assert first.model_dump_json() == again.model_dump_json() == spelt_out.model_dump_json()


def test_what_is_remembered_is_read_again_for_its_row() -> None:
    used = mixed()
    used.score({"b": 0.5})
    row = used.score({"a": "3", "b": 0.5}).model_dump()["criteria"]
    assert [(each["scale"], each["exact"]["claimed"], each["evidence"]) for each in row] == [
        ("choice", "3", "word"),
        ("metric", "1/2", None),
        (None, None, None),
    ]


def test_a_remembered_number_beside_one_in_a_finer_unit() -> None:
    used = mixed()
    used.score({"b": 0.5, "c": 2.5})
    card = used.score({"b": 0.5, "c": "1/7"})
    assert card.model_dump_json() == mixed().score({"c": "1/7", "b": 0.5}).model_dump_json()
    assert str(card["d"].exact.score) == "37/140"


def test_what_does_not_apply_is_remembered_as_such() -> None:
    used = Scorer(one(staged("a", allow_not_applicable=True), staged("b")))
    answers = {"a": {"not_applicable": "We have none."}, "b": "3"}
    first, again = used.score(answers), used.score(answers)
    assert again["a"].state == "not_applicable"
    assert first.model_dump_json() == again.model_dump_json()


def test_other_rooms_run_the_same_rules() -> None:
    used = mixed()
    assert used.kernel.plan is used.plan
    found = used.evaluate({"a": "2", "b": 0.5})
    assert found.kernel is used.kernel
    whole = used.plan.whole
    assert found.score(whole, POINT) == used.score({"a": "2", "b": 0.5})["overall"].exact.score
    assert found.applies(whole)


def test_no_more_is_remembered_than_there_is_room_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scorer, "_MOST_REMEMBERED", 0)
    used = mixed()
    assert used.score({"b": 0.5}).score == used.score({"b": 0.5}).score


def test_a_result_keeps_the_answers_that_it_was_given() -> None:
    answers = {"a": "2"}
    card = mixed().score(answers)
    answers["a"] = "3"
    assert card["a"].exact.claimed == 2


def test_a_wrong_answer_leaves_no_trace() -> None:
    used = mixed()
    for wrong in ({"b": "x"}, {"b": True}, {"a": "9"}, {"a": ["x"]}):
        with pytest.raises(AnswerError):
            used.score({"c": 1.5, **wrong})
    answers = {"a": "2", "b": 0.5, "c": 1.5}
    assert used.score(answers) == mixed().score(answers)


def test_an_answer_in_a_dimension_that_does_not_apply_is_not_remembered_as_none() -> None:
    asked = {"id": "a", "title": "A", "scale": {"type": "yes_no", "yes": "s3", "no": "s1"}}
    parts = [dimension("d", asked, allow_not_applicable=True), dimension("e", staged("b"))]
    used = Scorer(rubric(*parts))
    used.score({"d": {"not_applicable": "We have none."}, "a": True, "b": "1"})
    assert used.score({"a": True}) == Scorer(rubric(*parts)).score({"a": True})


def test_threads_share_a_scorer() -> None:
    used = mixed()
    cases = [{"a": str(number % 3 + 1), "b": number / 64, "c": number / 16} for number in range(64)]
    expected = [mixed().score(case).model_dump_json() for case in cases]
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda case: used.score(case).model_dump_json(), cases * 4))
    assert found == expected * 4


def test_an_inconsistent_rubric_is_refused_with_all_that_is_wrong() -> None:
    bad = one(
        staged("a", prerequisites=[{"criterion": "zz", "at_least": 1, "for_stage": "s2"}]), staged("a"), pointed("p")
    )
    with pytest.raises(RubricInvalidError) as caught:
        Scorer(bad)
    codes = {problem.code for problem in caught.value.problems}
    assert len(caught.value.problems) >= 2
    assert {"duplicate-id", "unknown-criterion"} <= codes


def test_measures_are_asked_when_an_answer_is_read() -> None:
    tiny = one(pointed("c", 5), stage=CUTS)
    with pytest.raises(PluginError, match="the measure 'as_given' is not registered; did you mean 'as_givn'"):
        Scorer(tiny, measures={"as_givn": given})
    with pytest.raises(PluginError, match="the measure 'as_given' returned 6, outside 0 to 5"):
        score(tiny, {"c": 6}, measures={"as_given": given})
    with pytest.raises(PluginError, match="the measure 'as_given' failed on 'x': expected a number"):
        score(tiny, {"c": "x"}, measures={"as_given": given})


def test_the_digest_is_worked_out_once() -> None:
    used = mixed()
    assert used.digest is used.digest
    assert used.score({}).rubric.digest == used.digest


def test_a_bare_option_is_on_the_grade_of_its_scale() -> None:
    criterion = staged("a")
    criterion["scale"]["evidence"] = "paper"
    card = score(one(criterion, evidence_grades=GRADES), {"a": "3"})
    assert (card["a"].exact.claimed, card["a"].exact.score) == (3, 2)


def test_a_bare_text_goes_to_a_measure_that_comes_first() -> None:
    choice = staged("a")["scale"]
    criterion = {"id": "a", "title": "A", "scale": {"type": "custom", "measure": "length"}, "otherwise": [choice]}
    card = score(one(criterion), {"a": "1"}, measures={"length": lambda value, _: len(value) + 1})
    assert card["a"].exact.score == 2


def test_it_says_which_rubric_it_scores() -> None:
    assert repr(mixed()) == "<Scorer of tiny 1>"


@pytest.mark.parametrize(
    ("rubric", "message"),
    [
        ({"id": "r"}, "a Scorer takes a rubric, not a mapping: make one with `parse_rubric(...)`"),
        ("r", "a Scorer takes a rubric, not its name: write `Scorer(load_rubric('r'))`"),
        (Path("r.yaml"), "a Scorer takes a rubric, not its name: write `Scorer(load_rubric('r.yaml'))`"),
        (7, "a Scorer takes a rubric, not 7: `load_rubric` and `parse_rubric` give one"),
    ],
)
def test_what_is_no_rubric(rubric: Any, message: str) -> None:
    with pytest.raises(TypeError) as caught:
        Scorer(rubric)
    assert str(caught.value) == message


@pytest.mark.parametrize(("answers", "kind"), [(None, "NoneType"), ([("a", "1")], "list"), ("a", "str")])
def test_what_are_no_answers(answers: Any, kind: str) -> None:
    message = "answers are an Assessment or a mapping from ids to answers, such as {'id': True}, not " + kind
    with pytest.raises(TypeError) as caught:
        mixed().score(answers)
    assert str(caught.value) == message


def first(values: Any, weights: Any, params: Any) -> Any:  # noqa: ARG001
    return values[0]


def test_a_pickle_holds_what_it_was_made_of() -> None:
    rubric = one(staged("a"), staged("b"), score={"rule": "aggregator", "name": "first"}, stage={"quorum": 0.5})
    made = Scorer(rubric, aggregators={"first": first})
    again = pickle.loads(pickle.dumps(made))  # noqa: S301 - our own
    assert again.digest == made.digest
    answers = {"a": "3", "b": "1"}
    assert again.score(answers) == made.score(answers)
