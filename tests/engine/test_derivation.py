"""How one figure comes about: every step is told, and what is not there is left out."""

from dataclasses import replace
from typing import Any

from engine_rubrics import CUTS, NORMAL, dimension, one, pointed, rubric, scored, staged

from humanai_maturity.engine import Scorecard
from humanai_maturity.engine.derivation import derive
from humanai_maturity.engine.result import CriterionResult, FlagResult

LOW_A = {"criterion": "a", "at_most": "s1"}


def flagged(**more: Any) -> Scorecard:
    flag = {"id": "f", "severity": "high", "raised_when": LOW_A, "says": "look here", **more}
    return scored(one(staged("a"), flags=[flag]), {"a": "1"})


def changed(card: Scorecard, **flag: Any) -> str:
    """Explain a flag of which the result holds less, as one that was kept by an earlier version does."""
    data, found = card.data, card.flags[0]
    return derive(replace(data, flags=(replace(found, **flag),)), found.id)


def test_a_flag_that_holds_nothing_down() -> None:
    assert derive(flagged().data, "f").splitlines() == [
        "f (f), a flag (high)",
        "",
        "It is raised.",
        "Look here.",
        "It is raised when A is at most at Stage 1.",
        "It holds nothing down.",
    ]


def test_a_flag_that_holds_several_things_down() -> None:
    card = flagged(title="Fire", caps={"d": "s1", "overall": 2}, remedy="put it out")
    assert derive(card.data, "f").splitlines() == [
        "Fire (f), a flag (high)",
        "",
        "It is raised.",
        "Look here.",
        "It is raised when A is at most at Stage 1.",
        "While it is raised, it holds down: D at most at Stage 1, the whole at most at Stage 2.",
        "What to do: Put it out.",
    ]


def test_a_flag_of_an_earlier_version_of_results() -> None:
    card = flagged(caps={"d": "s1"})
    assert isinstance(card.flags[0], FlagResult)
    assert changed(card, raised_when=None, cap_stages=()).splitlines()[3:] == [
        "Look here.",
        "While it is raised, it holds down: D.",
    ]


def test_an_answer_of_an_earlier_version_of_results() -> None:
    data = scored(one(staged("a"), staged("b")), {"a": "2"}).data
    row = data.criteria[0]
    assert isinstance(row, CriterionResult)
    told = derive(data, "a").splitlines()
    assert told[2:5] == [
        "The answer is: 2.",
        "The option `2` stands for Stage 2 (2).",
        "So it claims 2, read on the scale `choice`.",
    ]
    bare = replace(data, criteria=(replace(row, answer=None, reading=None), *data.criteria[1:]))
    assert derive(bare, "a").splitlines() == [*told[:2], *told[4:]]


def test_a_part_that_begins_above_the_first_stage_is_placed_on_all_stages() -> None:
    high = staged("a", weight=3)
    high["scale"]["options"] = high["scale"]["options"][1:]
    card = scored(one(high, pointed("b"), stage=CUTS, defaults=NORMAL), {"a": "2", "b": 1})
    words = "2 is 1/2 (0.5) of the way from the first stage to the last; 3/4 x 1/2 = 3/8 (0.375)."
    assert f"- A (a): weight 3, a share of 3/4 (0.75); {words}" in derive(card.data, "d")
    assert f"What it adds to the score there: {words}" in derive(card.data, "a")


def test_the_part_that_one_dimension_is_of_another() -> None:
    card = scored(rubric(dimension("d", staged("a"), weight=3), dimension("e", staged("b"))), {"a": "3", "b": "2"})
    assert derive(card.data, "d").splitlines()[-3:] == [
        "Its weight in Tiny is 3.",
        "That is a share of 3/4 (0.75) of the weight that counts there.",
        "What it adds to the score there: 3/4 x 3 = 9/4 (2.25).",
    ]
