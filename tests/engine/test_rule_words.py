"""What a rubric asks for, in words."""

from typing import Any

import pytest
from engine_rubrics import GRADES, dimension, pointed, rubric, staged
from pydantic import TypeAdapter

from humanai_maturity.engine.rule_words import RuleWords
from humanai_maturity.model.rubric import Cap, Counter, Flag, Prerequisite
from humanai_maturity.model.rules import CriterionRequirement, Requirement, StageRule

REQUIREMENT: TypeAdapter[Requirement] = TypeAdapter(Requirement)
RULE: TypeAdapter[StageRule] = TypeAdapter(StageRule)

FLAG: dict[str, Any] = {"severity": "warn", "raised_when": {"criterion": "a", "at_most": "s1"}, "says": "Look."}
WORDS = RuleWords(
    rubric(
        dimension("d", staged("a"), pointed("p"), dimensions=[dimension("under", staged("b"))]),
        facts=[staged("k")],
        evidence_grades=[{**GRADES[0], "title": "Word of\nmouth"}, *GRADES[1:]],
        flags=[{"id": "told", "title": "Nobody is\ntold", **FLAG}, {"id": "bare", **FLAG}],
    )
)
A, B = {"criterion": "a", "at_least": "s2"}, {"criterion": "b", "above": 1.5}


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"criterion": "a", "at_least": "s2"}, "A is at least at Stage 2"),
        ({"criterion": "p", "at_least": 0.25}, "P is at least 0.25"),
        ({"criterion": "b", "above": "s1"}, "B is above Stage 1"),
        ({"criterion": "k", "above": "1/3"}, "K is above 1/3"),
        ({"criterion": "a", "at_most": "s2"}, "A is at most at Stage 2"),
        ({"criterion": "p", "at_most": 0}, "P is at most 0"),
        ({"dimension": "under", "below": "s3"}, "UNDER is below Stage 3"),
        ({"dimension": "overall", "below": 2}, "the whole is below 2"),
        ({"share": "2/3", "of": ["a", "d"], "at_least": "s2"}, "66.67 % of the weight of A, D is at least at Stage 2"),
        (
            {"evidence": "word", "share": 0.5},
            "50 % of the weight rests on evidence of the grade Word of mouth or better",
        ),
        ({"evidence": "paper", "share": 1}, "100 % of the weight rests on evidence of the grade paper or better"),
        ({"flag_absent": "told"}, "the flag Nobody is told is not raised"),
        ({"flag_absent": "bare"}, "the flag bare is not raised"),
        ({"all": [A, B]}, "A is at least at Stage 2 and B is above 1.5"),
        ({"any": [A, {"all": [A, B]}]}, "A is at least at Stage 2 or (A is at least at Stage 2 and B is above 1.5)"),
        ({"all": [{"any": [A, B]}]}, "A is at least at Stage 2 or B is above 1.5"),
        ({"at_least_n": 1, "of": [A, B]}, "at least 1 of these hold: A is at least at Stage 2; B is above 1.5"),
    ],
)
def test_a_requirement_in_one_line(asked: dict[str, Any], words: str) -> None:
    assert WORDS.requirement(REQUIREMENT.validate_python(asked)) == words


def test_what_is_not_in_the_rubric_is_called_by_its_id() -> None:
    assert WORDS.requirement(REQUIREMENT.validate_python({"criterion": "x", "below": 1})) == "x is below 1"
    assert WORDS.requirement(REQUIREMENT.validate_python({"flag_absent": "x"})) == "the flag x is not raised"
    asked = REQUIREMENT.validate_python({"evidence": "x", "share": 1})
    assert WORDS.requirement(asked) == "100 % of the weight rests on evidence of the grade x or better"


def test_a_requirement_without_a_bar_can_be_told_before_it_is_refused() -> None:
    assert WORDS.requirement(CriterionRequirement(criterion="a")) == "A is there"


def test_a_requirement_line_by_line() -> None:
    nested = {"all": [A, {"any": [A, {"at_least_n": 2, "of": [A, B]}]}]}
    assert list(WORDS.requirement_lines(REQUIREMENT.validate_python(nested))) == [
        (0, "all of these:"),
        (1, "A is at least at Stage 2"),
        (1, "one of these:"),
        (2, "A is at least at Stage 2"),
        (2, "at least 2 of these:"),
        (3, "A is at least at Stage 2"),
        (3, "B is above 1.5"),
    ]


SCORE = "the stage that its score has reached, where its score stands on the stages"


@pytest.mark.parametrize(
    ("rule", "lines"),
    [
        (None, [(0, SCORE)]),
        ({"cuts": {"s3": 2, "s2": 1}}, [(0, "Stage 2 from a score of 1, Stage 3 from a score of 2")]),
        ({"cuts": {"s2": 1.5}, "closed": "right"}, [(0, "Stage 2 above a score of 1.5")]),
        ({"quorum": 0.5}, [(0, "the highest stage at or above which 50 % of the weight stands")]),
        (
            {"quorum": 1, "over": "leaves"},
            [(0, "the highest stage at or above which 100 % of the weight of all criteria below it stands")],
        ),
        ({"lowest": "children"}, [(0, "the lowest stage of its parts")]),
        (
            {"highest": [{"cuts": {"s2": 1}}, {"lowest": "children"}]},
            [
                (0, "the highest stage of these:"),
                (1, "Stage 2 from a score of 1"),
                (1, "the lowest stage of its parts"),
            ],
        ),
        (
            {"kth": {"k": 2, "of": "children"}},
            [(0, "number 2 of the stages, counted from the lowest, of its parts")],
        ),
        (
            {"gates": {"s3": {"all": [A, B]}, "s2": A}},
            [
                (0, "Stage 2 takes:"),
                (1, "A is at least at Stage 2"),
                (0, "Stage 3 takes, besides all that the stages before it take:"),
                (1, "A is at least at Stage 2"),
                (1, "B is above 1.5"),
            ],
        ),
        (
            {"lowered": {"lowest": "children"}, "each": [B], "by": 2},
            [
                (0, "2 stages less for each of these that is not met:"),
                (1, "B is above 1.5"),
                (0, "than this:"),
                (1, "the lowest stage of its parts"),
            ],
        ),
    ],
)
def test_a_stage_rule_line_by_line(rule: dict[str, Any] | None, lines: list[tuple[int, str]]) -> None:
    assert list(WORDS.stage_rule(None if rule is None else RULE.validate_python(rule))) == lines


@pytest.mark.parametrize(
    ("at_least", "words"),
    [("s3", "Stage 2 takes that A is at least at Stage 3"), (0.5, "Stage 2 takes that A is at least 0.5")],
)
def test_a_prerequisite_in_words(at_least: Any, words: str) -> None:
    needed = Prerequisite.model_validate({"criterion": "a", "at_least": at_least, "for_stage": 2})
    assert WORDS.prerequisite(needed) == words


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({}, "it is at most 1 above A"),
        ({"plus": 0}, "it is at most what A is"),
        ({"plus": 0.5, "unknown_supports": 2}, "it is at most 0.5 above A, and at most Stage 2 while that is unknown"),
    ],
)
def test_a_counter_metric_in_words(more: dict[str, Any], words: str) -> None:
    assert WORDS.counter(Counter.model_validate({"criterion": "a", **more})) == words


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({}, "UNDER, the whole: at most at the stage of A"),
        ({"plus": 1}, "UNDER, the whole: at most 1 stage above A"),
        ({"plus": 2}, "UNDER, the whole: at most 2 stages above A"),
        (
            {"from_stage": "s3"},
            "UNDER, the whole: at most at the stage of A; this holds from Stage 3 on, lower stages are free",
        ),
    ],
)
def test_a_cap_in_words(more: dict[str, Any], words: str) -> None:
    cap = Cap.model_validate({"cap": ["under", "overall"], "by": "a", "because": "First things first.", **more})
    assert WORDS.cap(cap) == words


def test_what_a_flag_holds_down() -> None:
    assert WORDS.flag_caps(Flag.model_validate({"id": "f", **FLAG})) == ""
    caps = {"caps": {"d": "s1", "overall": 2}}
    held = WORDS.flag_caps(Flag.model_validate({"id": "f", **FLAG, **caps}))
    assert held == "D at most at Stage 1, the whole at most at Stage 2"
