"""Requirements of gates and conditions of flags, in every state of what they ask about."""

from fractions import Fraction
from typing import Any

import pytest
from engine_rubrics import GRADES, REASON, dimension, one, plan_of, rubric, scored, staged, stages
from pydantic import TypeAdapter

from humanai_maturity.engine import Scorecard
from humanai_maturity.engine.conditions import flag_condition
from humanai_maturity.engine.terms import POINT, Terms
from humanai_maturity.model.rules import Requirement

MAYBE = {"allow_not_applicable": True}
A, B = {"criterion": "a", "at_least": "s2"}, {"criterion": "b", "at_least": "s2"}
LOW_A, LOW_B = {"criterion": "a", "at_most": "s1"}, {"criterion": "b", "at_most": "s1"}


def gated(requirement: dict[str, Any], answers: dict[str, Any], **gates: Any) -> tuple[int | None, ...]:
    """Return the stage of the whole: 2 where a requirement is met, else 1; at the lowest, the point, the highest."""
    parts = [staged("a", weight=2, **MAYBE), staged("b", **MAYBE), staged("c", top=2)]
    rules = {"gates": {"s2": requirement}, **gates}
    card = scored(
        one(
            *parts,
            stages=3,
            stage=rules | {"gates": {"s2": requirement, "s3": {"criterion": "c", "at_least": "s2"}}},
            not_applicable_may_lift=True,
        ),
        {"c": "1", **answers},
    )
    return stages(card)


def flagged(condition: dict[str, Any], answers: dict[str, Any], **more: Any) -> tuple[str, bool]:
    """Return the state of a flag, and whether it is certain."""
    flag = {"id": "f", "severity": "warn", "raised_when": condition, "says": "Look.", **more}
    parts = [staged("a", weight=2, **MAYBE), staged("b", **MAYBE), staged("c")]
    found = scored(one(*parts, flags=[flag]), {"c": "1", **answers}).flags[0]
    return found.state, found.certain


@pytest.mark.parametrize(
    ("asked", "met"),
    [
        ({"at_least": "s2"}, 2),
        ({"at_least": "s3"}, 1),
        ({"above": "s1"}, 2),
        ({"above": "s2"}, 1),
        ({"above": "s3"}, 1),
        ({"at_least": 2}, 2),
        ({"at_least": 2.01}, 1),
        ({"above": 1.99}, 2),
        ({"above": 2}, 1),
    ],
)
def test_a_criterion_on_a_bar(asked: dict[str, Any], met: int) -> None:
    assert gated({"criterion": "a", **asked}, {"a": "2"}) == (met, met, met)


@pytest.mark.parametrize("asked", [{"at_least": "s2"}, {"at_least": 2}, {"above": 1}])
def test_an_unknown_meets_nothing_but_at_its_best(asked: dict[str, Any]) -> None:
    assert gated({"criterion": "a", **asked}, {}) == (1, 1, 2)


@pytest.mark.parametrize("asked", [{"at_least": "s2"}, {"at_least": 2}])
@pytest.mark.parametrize(("vacuous", "stage"), [("unmet", 1), ("met", 2)])
def test_what_does_not_apply_confers_nothing_unless_the_rule_says_so(
    asked: dict[str, Any], vacuous: str, stage: int
) -> None:
    assert gated({"criterion": "a", **asked}, {"a": REASON}, vacuous=vacuous) == (stage, stage, stage)


@pytest.mark.parametrize(
    ("kind", "a", "b", "stage"),
    [
        ("all", "2", "2", 2),
        ("all", "2", "1", 1),
        ("all", "2", REASON, 2),
        ("all", REASON, "1", 1),
        ("all", REASON, REASON, 1),
        ("any", "1", "2", 2),
        ("any", "1", "1", 1),
        ("any", "1", REASON, 1),
        ("any", REASON, "2", 2),
        ("any", REASON, REASON, 1),
    ],
)
def test_all_and_any_ignore_what_does_not_apply(kind: str, a: Any, b: Any, stage: int) -> None:
    assert gated({kind: [A, B]}, {"a": a, "b": b}) == (stage, stage, stage)


@pytest.mark.parametrize(
    ("needed", "a", "b", "stage"),
    [
        (1, "2", "1", 2),
        (2, "2", "1", 1),
        (2, "2", "2", 2),
        (2, "2", REASON, 2),
        (1, REASON, "1", 1),
        (1, REASON, REASON, 1),
    ],
)
def test_as_many_as_apply_suffice(needed: int, a: Any, b: Any, stage: int) -> None:
    assert gated({"at_least_n": needed, "of": [A, B]}, {"a": a, "b": b})[1] == stage


@pytest.mark.parametrize(
    ("share", "a", "b", "stage"),
    [
        ("2/3", "2", "1", 2),
        ("67/100", "2", "1", 1),
        ("1/3", "1", "2", 2),
        (1, REASON, "2", 2),
        (1, REASON, "1", 1),
        ("1/3", REASON, REASON, 1),
    ],
)
def test_a_share_is_of_the_applicable_weight(share: Any, a: Any, b: Any, stage: int) -> None:
    assert gated({"share": share, "of": ["a", "b"], "at_least": "s2"}, {"a": a, "b": b})[1] == stage


def test_an_unknown_counts_in_a_share() -> None:
    assert gated({"share": "2/3", "of": ["a", "b"], "above": "s1"}, {"a": "2"}) == (2, 2, 2)
    assert gated({"share": "2/3", "of": ["a", "b"], "above": "s1"}, {"b": "2"}) == (1, 1, 2)


def evident(answers: dict[str, Any], share: Any = "1/2", **more: Any) -> tuple[int | None, ...]:
    parts = [staged("a", **MAYBE), staged("b", **MAYBE)]
    gates = {"gates": {"s2": {"evidence": "paper", "share": share}, "s3": {"evidence": "proof", "share": 1}}}
    return stages(
        scored(one(*parts, evidence_grades=GRADES, stage=gates, not_applicable_may_lift=True, **more), answers)
    )


def on(grade: str) -> dict[str, str]:
    return {"value": "1", "evidence": grade}


def test_evidence_of_a_grade_or_better_counts() -> None:
    assert evident({"a": on("paper"), "b": on("word")}) == (2, 2, 2)
    assert evident({"a": on("proof"), "b": on("word")}) == (2, 2, 2)
    assert evident({"a": on("word"), "b": on("word")}) == (1, 1, 1)
    assert evident({"a": on("paper"), "b": on("word")}, share="51/100") == (1, 1, 1)
    assert evident({"a": on("proof"), "b": on("proof")}) == (3, 3, 3)


def test_an_unknown_has_evidence_only_at_its_best() -> None:
    assert evident({"a": on("word")}) == (1, 1, 2)


def test_evidence_is_of_what_applies() -> None:
    assert evident({"a": on("paper"), "b": REASON}, share=1) == (2, 2, 2)


def test_evidence_of_a_dimension_that_does_not_apply_is_not_asked_for() -> None:
    gates = {"gates": {stage: {"evidence": "paper", "share": "1/2"} for stage in ("s2", "s3")}}
    away = dimension("away", staged("b"), **MAYBE)
    tiny = rubric(dimension("d", staged("a"), stage=gates), away, evidence_grades=GRADES, defaults={"stage": gates})
    card = scored(tiny, {"a": on("proof"), "away": REASON})
    assert [stages(card, name) for name in ("d", "away")] == [(3, 3, 3), (None, None, None)]
    assert stages(card) == (3, 3, 3)


def two_dimensions(answers: dict[str, Any], floor: Any = 0, **asked: Any) -> Scorecard:
    first = dimension("first", staged("a", weight=2), staged("b"), coverage_floor=floor)
    gates = {"gates": {"s2": {"dimension": "first", **asked}, "s3": {"dimension": "first", "at_least": 9}}}
    return scored(rubric(first, dimension("second", staged("c")), stage=gates), {"c": "1", **answers})


def test_a_dimension_is_asked_for_its_stage_or_its_score() -> None:
    assert stages(two_dimensions({"a": "2", "b": "1"}, at_least="s2"))[1] == 1
    assert stages(two_dimensions({"a": "2", "b": "1"}, at_least="5/3"))[1] == 2
    assert stages(two_dimensions({"a": "2", "b": "1"}, above="5/3"))[1] == 1


def test_a_dimension_without_a_point_is_taken_at_its_lowest() -> None:
    answers = {"a": "3"}  # from 7/3 to 3
    assert stages(two_dimensions(answers, at_least="s3")) == (1, 2, 2)
    assert stages(two_dimensions(answers, floor=1, at_least="s3")) == (1, 1, 2)
    assert stages(two_dimensions(answers, floor=1, at_least="7/3")) == (2, 2, 2)
    assert stages(two_dimensions(answers, floor=1, above="7/3")) == (1, 1, 2)


def test_a_gate_asks_that_a_flag_is_not_raised() -> None:
    flag = {"id": "f", "severity": "warn", "raised_when": LOW_A, "says": "Look."}
    gates = {"gates": {"s2": {"flag_absent": "f"}, "s3": {"flag_absent": "f"}}}
    tiny = one(staged("a"), staged("b"), stage=gates, flags=[flag])
    assert stages(scored(tiny, {"a": "1", "b": "1"})) == (1, 1, 1)
    assert stages(scored(tiny, {"a": "2", "b": "1"})) == (3, 3, 3)
    assert stages(scored(tiny, {"b": "1"})) == (1, 1, 3)


@pytest.mark.parametrize(
    ("asked", "raised"),
    [
        ({"at_most": "s2"}, True),
        ({"at_most": "s1"}, False),
        ({"at_most": "s3"}, True),
        ({"below": "s3"}, True),
        ({"below": "s2"}, False),
        ({"at_most": 2}, True),
        ({"at_most": 1.99}, False),
        ({"below": 2}, False),
        ({"below": 2.01}, True),
    ],
)
def test_a_flag_on_its_bar(asked: dict[str, Any], raised: bool) -> None:  # noqa: FBT001
    assert flagged({"criterion": "a", **asked}, {"a": "2"}) == (("raised", True) if raised else ("clear", False))


@pytest.mark.parametrize("condition", [LOW_A, {"criterion": "a", "at_most": 1}])
def test_an_unknown_raises_a_flag_as_the_rubric_says(condition: dict[str, Any]) -> None:
    assert flagged(condition, {}) == ("raised", False)
    assert flagged(condition, {}, when_unknown="not_raised") == ("possible", False)


def test_what_does_not_apply_raises_nothing() -> None:
    for condition in (LOW_A, {"all": [LOW_A]}, {"share": "1/3", "of": ["a"], "at_most": "s1"}):
        assert flagged(condition, {"a": REASON}) == ("clear", False)


def test_an_unknown_raises_nothing_that_the_worst_answer_would_not() -> None:
    assert flagged({"criterion": "a", "below": 1}, {}) == ("clear", False)
    assert flagged({"criterion": "a", "below": "s1"}, {}) == ("clear", False)


@pytest.mark.parametrize("asked", [{"at_most": "s1"}, {"below": "s2"}, {"at_most": 1}, {"below": 2}])
def test_a_dimension_that_does_not_apply_raises_nothing(asked: dict[str, Any]) -> None:
    flag = {"id": "f", "severity": "warn", "raised_when": {"dimension": "away", **asked}, "says": "Look."}
    tiny = rubric(dimension("d", staged("a")), dimension("away", staged("b"), **MAYBE), flags=[flag])
    assert scored(tiny, {"a": "3", "away": REASON}).flags[0].state == "clear"
    assert scored(tiny, {"a": "3", "b": "1"}).flags[0].state == "raised"


@pytest.mark.parametrize(
    ("condition", "a", "b", "state"),
    [
        ({"all": [LOW_A, LOW_B]}, "1", "1", "raised"),
        ({"all": [LOW_A, LOW_B]}, "1", "2", "clear"),
        ({"all": [LOW_A, LOW_B]}, "1", REASON, "clear"),
        ({"any": [LOW_A, LOW_B]}, "2", "1", "raised"),
        ({"any": [LOW_A, LOW_B]}, "2", "2", "clear"),
        ({"at_least_n": 2, "of": [LOW_A, LOW_B]}, "1", "1", "raised"),
        ({"at_least_n": 2, "of": [LOW_A, LOW_B]}, "1", "2", "clear"),
        ({"at_least_n": 2, "of": [LOW_A, LOW_B]}, "1", REASON, "clear"),
        ({"share": "2/3", "of": ["a", "b"], "at_most": "s1"}, "1", "2", "raised"),
        ({"share": "67/100", "of": ["a", "b"], "below": "s2"}, "1", "2", "clear"),
        ({"share": 1, "of": ["a", "b"], "at_most": 1}, REASON, "1", "raised"),
    ],
)
def test_flags_of_several_parts(condition: dict[str, Any], a: Any, b: Any, state: str) -> None:
    assert flagged(condition, {"a": a, "b": b})[0] == state


@pytest.mark.parametrize(
    ("when_unknown", "floor", "expected"),
    [
        ("raised", 0, "possible"),  # the point of the dimension is 3, its lowest 7/3
        ("raised", 1, "raised"),
        ("not_raised", 0, "possible"),
        ("not_raised", 1, "possible"),
    ],
)
def test_a_flag_of_a_dimension_without_a_point(when_unknown: str, floor: int, expected: str) -> None:
    low = {"dimension": "first", "at_most": "s2"}
    flag = {"id": "f", "severity": "warn", "raised_when": low, "says": "Look.", "when_unknown": when_unknown}
    first = dimension("first", staged("a", weight=2), staged("b"), coverage_floor=floor)
    card = scored(rubric(first, flags=[flag]), {"a": "3"})
    assert (card.flags[0].state, card.flags[0].certain) == (expected, False)


def test_a_flag_of_a_dimension_of_which_nothing_is_known() -> None:
    for when_unknown, state in (("raised", "raised"), ("not_raised", "possible")):
        low = {"dimension": "d", "below": Fraction(3, 2)}
        assert flagged_dimension(low, when_unknown) == state


def flagged_dimension(condition: dict[str, Any], when_unknown: str) -> str:
    flag = {"id": "f", "severity": "warn", "raised_when": condition, "says": "Look.", "when_unknown": when_unknown}
    return scored(one(staged("a"), flags=[flag])).flags[0].state


@pytest.mark.parametrize("more", [{"evidence": "paper", "share": 1}, {"flag_absent": "f"}])
def test_a_flag_cannot_ask_for_more(more: dict[str, Any]) -> None:
    requirement: Requirement = TypeAdapter(Requirement).validate_python(more)
    terms = Terms(plan=plan_of(one(staged("a"))), case="open", limited=())
    with pytest.raises(TypeError, match="a flag asks for less only"):
        flag_condition(requirement, POINT, terms, cautious=True)
