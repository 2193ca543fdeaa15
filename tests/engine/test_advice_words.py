"""Advice in words."""

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from advised_rubrics import SETTLED, advised

from humanai_maturity.advice.advised import StepEffect
from humanai_maturity.engine import Scorer
from humanai_maturity.engine.advice_words import step_lines, team_lines, what_it_changes

CARD = Scorer(advised()).score({**SETTLED, "told": False, "owned": "no", "complaints": {"unknown": "pending"}})

EXPECTED = """\
Name an owner.
Owners (owned) to Mid; small effort, high impact; Lead.
Clears the flag nobody.
Then Data stands at Mid and scores 2.0 instead of 1.8 and the whole scores 1.8 instead of 1.7.
Tell them.
Disclosure (told).
Clears the flag Silence.
By itself it changes no score.
Speed it up.
Freshness (fresh) to Top; medium effort, medium impact.
It is part of what holds back People.
Then Data stands at Mid and scores 2.5 instead of 1.8 and the whole scores 2.2 instead of 1.7.
Train all people.
Training (trained) to Top; small effort, medium impact.
Then People scores 2.0 instead of 1.5 and the whole scores 1.8 instead of 1.7."""


def test_steps_in_words() -> None:
    text = "\n".join(line for step in CARD.next_steps(4) for line in step_lines(step, CARD.data))
    assert text == EXPECTED


def test_the_team_in_words() -> None:
    assert list(team_lines(CARD.data)) == [
        "At Low: Everybody does everything.",
        "What leads on: Begin.",
        "Then, at Mid: Some look after AI.",
        "Roles that come with it: Keeper.",
    ]


def test_a_team_that_is_not_sure_yet() -> None:
    first, *_ = team_lines(Scorer(advised()).score({}).data)
    assert first == "At the least at Low: Everybody does everything."


def test_a_stage_without_a_team_or_a_next_move_is_passed_over() -> None:
    found = Scorer(advised()).score({**SETTLED, "heard": True})
    assert found.stage is not None
    assert found.stage.id == "mid"
    assert list(team_lines(found.data)) == ["At Mid: Some look after AI."]


def test_at_the_top_no_team_comes_next() -> None:
    rubric = advised()
    *lower, top = rubric.stages
    led = rubric.model_copy(update={"stages": (*lower, top.model_copy(update={"next_move": "Stay there"}))})
    best: dict[str, Any] = {"owned": "all", "fresh": {"value": 1, "sample": 50}, "trained": [*"abcd"], "heard": True}
    shown = {name: {"value": value, "evidence": "seen"} for name, value in best.items() if name != "fresh"}
    found = Scorer(led).score({**SETTLED, **shown, "fresh": {**best["fresh"], "evidence": "seen"}})
    assert list(team_lines(found.data)) == ["What leads on: Stay there."]


def test_a_step_that_collects_evidence_names_its_grade() -> None:
    found = Scorer(advised()).score({**SETTLED, "heard": {"value": True, "evidence": "said"}})
    step = next(each for each in found.next_steps() if each.criterion == "heard")
    assert [*step_lines(step, found.data)][:2] == [
        "Collect the evidence for what is claimed.",
        "Listening (heard) to Top; evidence of the grade seen.",
    ]


HALF = StepEffect(node="data", score=Fraction(3, 2), score_then=Fraction(3, 2), stage="low", stage_then="low")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"score": None}, "Then Data scores 1.5."),
        ({"score_then": Fraction(151, 100)}, "Then Data scores 1.51 instead of 1.50."),
        ({"score_then": Fraction("1.500001")}, "Then Data scores 1.5000 instead of 1.5000."),
        ({"stage": None}, "Then Data stands at Low."),
        ({"stage_then": None}, "By itself it changes no score."),
        ({"score_then": None}, "By itself it changes no score."),
        ({"node": "overall", "stage_then": "top"}, "Then the whole stands at Top."),
    ],
)
def test_an_effect_in_words(change: dict[str, Any], words: str) -> None:
    step = replace(CARD.next_steps(1)[0], effects=(replace(HALF, **change),))
    assert what_it_changes(step, CARD.data) == words


def test_what_cannot_be_computed_changes_nothing_that_is_told() -> None:
    assert what_it_changes(replace(CARD.next_steps(1)[0], effects=()), CARD.data) == ""


def test_why_in_words() -> None:
    scorer = Scorer(advised())
    found = scorer.score({**SETTLED, "complaints": 0.5, "heard": {"value": True, "evidence": "seen"}})
    first, *_ = found.next_steps()
    assert [*step_lines(first, found.data)][2:] == [
        "Listening cannot get further without it.",
        "Then the whole stands at Mid and scores 2.2 instead of 1.8.",
    ]


def test_an_explanation_says_what_to_do_and_with_which_team() -> None:
    text = CARD.explain()
    assert "\nWhat to do next\n\n- Name an owner.\n  Owners (owned) to Mid; small effort, high impact; Lead.\n" in text
    assert "\nTeam\n\n- At Low: Everybody does everything.\n" in text
