"""The evaluation: everything is there before it is read, and what does not apply lifts nothing."""

from fractions import Fraction
from itertools import permutations
from typing import Any

import pytest
from engine_rubrics import GRADES, REASON, dimension, kernel_of, pointed, rubric, scored, scores, staged, stages

from humanai_maturity.engine import Scorecard

MAYBE = {"allow_not_applicable": True}


def linked(order: tuple[str, ...]) -> Scorecard:
    """Score a chain in which each dimension waits for another: w <- gate - x <- flag - y <- cap - z <- prerequisite."""
    parts = {
        "w": dimension("w", staged("w1", prerequisites=[{"criterion": "x1", "at_least": "s2", "for_stage": "s2"}])),
        "x": dimension("x", staged("x1", counter={"criterion": "y1"})),
        "y": dimension("y", staged("y1")),
        "z": dimension("z", staged("z1"), stage={"gates": {"s2": {"flag_absent": "f"}, "s3": {"flag_absent": "f"}}}),
    }
    flag = {
        "id": "f",
        "severity": "high",
        "raised_when": {"dimension": "w", "at_most": "s1"},
        "says": "Look.",
        "caps": {"overall": "s2"},
    }
    cap = {"cap": ["y1"], "by": "u", "because": "First things first."}
    tiny = rubric(*(parts[name] for name in order), dimension("u", staged("u1")), flags=[flag], caps=[cap])
    return scored(tiny, {"u1": "1", "w1": "3", "x1": "3", "y1": "3", "z1": "3"})


@pytest.mark.parametrize("order", [*permutations("wxyz")])
def test_everything_is_there_before_it_is_read(order: tuple[str, ...]) -> None:
    card = linked(order)
    assert [stages(card, name)[1] for name in ("u", "y1", "x1", "w1", "z")] == [1, 1, 2, 3, 3]
    assert card.flags[0].state == "clear"


def test_what_does_not_apply_does_not_lift_above_the_full_set() -> None:
    answers = {"a": "3", "b": REASON}
    rule: dict[str, Any] = {"stage": {"lowest": "children"}}
    tiny = rubric(dimension("d", staged("a"), staged("b", top=2, **MAYBE), **rule))
    card = scored(tiny, answers)
    assert scores(card, "d") == (3, 3, 3)
    assert stages(card, "d") == (2, 2, 2)
    (reason,) = card["d"].reasons
    assert (reason.code, reason.by, reason.limit) == ("capped", None, 2.0)
    assert reason.text == "what does not apply cannot lift it above what the full set of criteria could support"
    free = scored(tiny.model_copy(update={"not_applicable_may_lift": True}), answers)
    assert stages(free, "d") == (3, 3, 3)
    assert free["d"].reasons == ()


def test_what_could_have_reached_the_top_lifts_nothing() -> None:
    tiny = rubric(dimension("d", staged("a"), staged("b", **MAYBE), stage={"lowest": "children"}))
    assert stages(scored(tiny, {"a": "3", "b": REASON}), "d") == (3, 3, 3)
    assert not kernel_of(tiny).can_lift


def test_a_limit_on_what_does_not_apply_counts_in_the_full_set() -> None:
    needs = {"criterion": "a", "at_least": "s3", "for_stage": "s3"}
    tiny = rubric(
        dimension("d", staged("a"), staged("b", prerequisites=[needs], **MAYBE), stage={"highest": "children"})
    )
    assert kernel_of(tiny).can_lift
    assert stages(scored(tiny, {"a": "2", "b": REASON}), "d") == (2, 2, 2)
    lowest = rubric(
        dimension(
            "d", staged("a"), staged("b", counter={"criterion": "a", "plus": 0}, **MAYBE), staged("c", top=2, **MAYBE)
        ),
        stage={"lowest": "children"},
    )
    assert stages(scored(lowest, {"a": "3", "b": REASON, "c": REASON}), "d") == (2, 2, 2)


def test_a_limit_by_what_does_not_apply_falls_away_but_does_not_lift() -> None:
    cap = {"cap": ["first"], "by": "second", "because": "Data first."}
    second = dimension("second", staged("b", top=2), allow_not_applicable=True)
    tiny = rubric(dimension("first", staged("a")), second, caps=[cap])
    card = scored(tiny, {"a": "3", "second": REASON})
    assert stages(card, "first") == (2, 2, 2)
    assert [reason.code for reason in card["first"].reasons] == ["capped"]


def test_the_full_set_is_on_the_best_evidence() -> None:
    gates = {"gates": {"s2": {"evidence": "proof", "share": 1}, "s3": {"evidence": "proof", "share": 1}}}
    parts = staged("a"), staged("b", **MAYBE), staged("c", top=2, **MAYBE)
    tiny = rubric(dimension("d", *parts, stage=gates), evidence_grades=GRADES)
    answers = {"a": {"value": "3", "evidence": "proof"}, "b": REASON, "c": REASON}
    assert stages(scored(tiny, answers), "d") == (3, 3, 3)


def test_points_in_a_finer_unit_are_not_lifted_either() -> None:
    custom = {"type": "custom", "measure": "as_given"}
    fine = {"id": "a", "title": "A", "scale": custom}
    tiny = rubric(dimension("d", fine, staged("b", top=2, **MAYBE), staged("c"), stage={"lowest": "children"}))
    card = scored(tiny, {"a": "20/7", "b": REASON})
    assert scores(card, "d") == (Fraction(27, 14), Fraction(20, 7), Fraction(41, 14))
    assert stages(card, "d") == (1, 2, 2)


def test_nodes_without_a_stage_are_not_capped() -> None:
    parts = pointed("a"), pointed("b", **MAYBE)
    whole = {"cuts": {"s2": 0.5, "s3": 1}}
    cap = {"cap": ["overall"], "by": "other", "because": "Data first."}
    other = dimension("other", staged("c", top=2))
    tiny = rubric(dimension("d", *parts), other, stage=whole, caps=[cap], score={"rule": "mean", "normalise": True})
    card = scored(tiny, {"a": 1, "b": REASON, "c": "2"})
    assert stages(card, "d") == (None, None, None)
    assert stages(card) == (2, 2, 2)


def test_a_node_of_which_nothing_is_known_counts_with_its_full_range() -> None:
    cap = {"cap": ["second"], "by": "first", "because": "Data first."}
    card = scored(rubric(dimension("first", staged("a")), dimension("second", staged("b")), caps=[cap]), {"a": "1"})
    assert stages(card, "second") == (1, None, 1)
    assert scores(card, "second") == (1, None, 3)
    assert scores(card) == (1, 1, 2)
