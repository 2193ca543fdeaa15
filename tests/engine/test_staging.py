"""Stage rules, on their cuts and among their children."""

from typing import Any

import pytest
from engine_rubrics import CUTS, REASON, dimension, one, pointed, rubric, scored, staged, stages

from humanai_maturity.engine.rule_words import RuleWords

MAYBE = {"allow_not_applicable": True}
BY_SCORE = {"cuts": {"s2": 1.5, "s3": 2.5}}


def of_three(rule: Any, a: Any, b: Any, c: Any, **more: Any) -> tuple[int | None, ...]:
    """Return the stage of a dimension with criteria a (weight 2), b and c; `None` leaves one unanswered."""
    parts = staged("a", weight=2, **MAYBE), staged("b", **MAYBE), staged("c", **MAYBE)
    answers = {name: answer for name, answer in zip("abc", (a, b, c), strict=True) if answer is not None}
    tiny = rubric(dimension("d", *parts, stage=rule, **more), not_applicable_may_lift=True)
    return stages(scored(tiny, answers), "d")


@pytest.mark.parametrize(("closed", "expected"), [("left", (1, 2, 2, 3, 3)), ("right", (1, 1, 2, 2, 3))])
def test_a_score_on_a_cut(closed: str, expected: tuple[int, ...]) -> None:
    rule = {"cuts": {"s3": 0.5, "s2": 0.2}, "closed": closed}
    tiny = rubric(dimension("d", pointed("a"), stage=rule), stage=CUTS)
    found = [stages(scored(tiny, {"a": value}), "d")[1] for value in (0.19, 0.2, 0.49, 0.5, 0.51)]
    assert tuple(found) == expected


def test_without_a_rule_the_score_says_the_stage() -> None:
    assert of_three(None, "2", "2", "1") == (1, 1, 1)  # 7/4
    assert of_three(None, "2", "3", "1") == (2, 2, 2)  # 8/4
    assert of_three(None, "3", "3", "3") == (3, 3, 3)


@pytest.mark.parametrize(
    ("quorum", "answers", "expected"),
    [
        ("1/2", ("3", "1", "1"), 3),  # a holds exactly half of the weight
        ("51/100", ("3", "1", "1"), 1),
        ("3/4", ("3", "2", "1"), 2),
        ("3/4", ("2", "3", "1"), 2),
        (1, ("2", "3", "3"), 2),
        ("1/4", ("1", "1", "3"), 3),
    ],
)
def test_a_quorum_is_a_share_of_the_weight(quorum: Any, answers: tuple[str, ...], expected: int) -> None:
    assert of_three({"quorum": quorum}, *answers)[1] == expected


def test_a_quorum_counts_what_is_answered_and_applies() -> None:
    assert of_three({"quorum": 1}, "3", "3", None) == (1, 3, 3)
    assert of_three({"quorum": 1}, "3", "3", None, missing="worst") == (1, 1, 3)
    assert of_three({"quorum": 1}, "3", "3", REASON) == (3, 3, 3)


def deep(rule: dict[str, Any], answers: dict[str, str], **more: Any) -> int | None:
    first, second = dimension("first", staged("a"), weight=5), dimension("second", *map(staged, "bcd"))
    return stages(scored(rubric(first, second, stage=rule, **more), answers))[1]


def test_a_quorum_over_leaves() -> None:
    answers = {"a": "1", "b": "3", "c": "3", "d": "3"}
    assert deep({"quorum": "3/4"}, answers) == 1
    assert deep({"quorum": "3/4", "over": "leaves"}, answers) == 3
    assert deep({"quorum": "3/4", "over": "leaves"}, answers, score={"rule": "mean", "over": "leaves"}) == 3
    assert deep({"quorum": "3/4"}, answers, score={"rule": "mean", "over": "leaves"}) == 1


def test_a_quorum_over_leaves_with_the_worst_for_unknowns() -> None:
    answers = {"a": "3", "b": "3", "c": "3"}
    assert deep({"quorum": 1, "over": "leaves"}, answers) == 3
    assert deep({"quorum": 1, "over": "leaves"}, answers, missing="worst") == 1


@pytest.mark.parametrize(("a", "b", "expected"), [("1", "3", 1), ("2", "1", 2), ("2", "3", 3), ("3", "1", 2)])
def test_gates_are_cumulative(a: str, b: str, expected: int) -> None:
    gates = {"s3": {"criterion": "b", "at_least": "s3"}, "s2": {"criterion": "a", "at_least": "s2"}}
    assert of_three({"gates": gates}, a, b, "1")[1] == expected


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ({"lowest": "children"}, 1),
        ({"highest": "children"}, 3),
        ({"kth": {"k": 1, "of": "children"}}, 1),
        ({"kth": {"k": 2, "of": "children"}}, 2),
        ({"kth": {"k": 3, "of": "children"}}, 3),
        ({"kth": {"k": 9, "of": "children"}}, 3),
        ({"lowest": [{"highest": "children"}, BY_SCORE]}, 2),
        ({"highest": [{"lowest": "children"}, BY_SCORE]}, 2),
        ({"kth": {"k": 2, "of": [{"lowest": "children"}, {"highest": "children"}, BY_SCORE]}}, 2),
        ({"kth": {"k": 3, "of": [{"lowest": "children"}, {"quorum": "1/4"}]}}, 3),
    ],
)
def test_among_several_stages(rule: dict[str, Any], expected: int) -> None:
    assert of_three(rule, "2", "3", "1")[1] == expected


@pytest.mark.parametrize(("rule", "stage"), [("lowest", 2), ("highest", 3)])
def test_unknown_children_are_left_out_or_the_worst(rule: str, stage: int) -> None:
    assert of_three({rule: "children"}, "2", "3", None)[1] == stage
    assert of_three({"lowest": "children"}, "2", "3", None, missing="worst")[1] == 1
    assert of_three({"kth": {"k": 2, "of": "children"}}, "2", "3", None)[1] == 3
    assert of_three({"kth": {"k": 2, "of": "children"}}, "2", "3", None, missing="worst")[1] == 2


def test_children_that_do_not_apply_are_left_out() -> None:
    assert of_three({"lowest": "children"}, REASON, "3", "2") == (2, 2, 2)


def test_a_rubric_of_one_stage() -> None:
    tiny = one(pointed("a"), stages=1)
    assert stages(scored(tiny, {"a": 0})) == (1, 1, 1)
    assert stages(scored(tiny)) == (1, None, 1)


def test_points_have_no_stage_without_a_rule() -> None:
    card = scored(one(pointed("a"), stage=CUTS), {"a": 1})
    assert stages(card, "d") == (None, None, None)
    assert card["a"].stage is None
    assert stages(card) == (2, 2, 2)


TOP = {"criterion": "a", "at_least": 3}
FAILURES = [{"criterion": "b", "at_least": 2}, {"criterion": "c", "at_least": 2}]


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        (("3", "2", "2"), (3, 3, 3)),
        (("3", "1", "2"), (2, 2, 2)),
        (("3", "1", "1"), (1, 1, 1)),
        (("2", "1", "1"), (1, 1, 1)),
        (("3", "2", None), (2, 2, 3)),
        (("3", "1", REASON), (2, 2, 2)),
    ],
)
def test_a_stage_is_lowered_for_each_requirement_that_is_not_met(answers: Any, expected: tuple[int, ...]) -> None:
    rule = {"lowered": {"highest": "children"}, "each": FAILURES}
    assert of_three(rule, *answers, missing="worst") == expected


def test_a_requirement_can_take_several_stages_off() -> None:
    rule = {"lowered": {"highest": "children"}, "each": FAILURES, "by": 2}
    assert of_three(rule, "3", "1", "2")[1] == 1


def test_what_lowers_a_stage_stands_before_the_next_one() -> None:
    parts = staged("a"), staged("b"), staged("c")
    tiny = one(
        *parts,
        stage={"lowered": {"gates": dict.fromkeys(("s2", "s3"), TOP)}, "each": FAILURES},
    )
    card = scored(tiny, {"a": "3", "b": "1", "c": "1"})
    [blocker] = [each for each in card.blockers if each.node == "overall"]
    assert (blocker.kind, blocker.needed) == ("at_least_n", "1")
    assert [part.subject for part in blocker.parts] == ["b", "c"]
    card = scored(tiny, {"a": "3", "b": "1", "c": "2"})
    assert [each.subject for each in card.blockers if each.node == "overall"] == ["b"]
    assert "1 stage less for each of these that is not met" in "\n".join(
        text for _, text in RuleWords(tiny).stage_rule(tiny.stage)
    )
