"""What would be lost first: the smallest drop of one criterion that costs the whole its stage."""

from typing import Any

import pytest
from engine_rubrics import CUTS, GRADES, REASON, one, pointed, scored, staged

from humanai_maturity.engine import Scorecard


def lost(card: Scorecard) -> list[tuple[str, float, float, str]]:
    return [(loss.criterion, loss.claimed, loss.falls_to, loss.stage.id) for loss in card.first_lost]


def test_the_smallest_drop_is_lost_first() -> None:
    # (2 x 2 + 3) / 3: one stage less of a brings it to 5/3, of b only to 2
    tiny = one(staged("a", weight=2), staged("b"), stage={"cuts": {"s2": 2, "s3": 3}})
    assert lost(scored(tiny, {"a": "2", "b": "3"})) == [("a", 2.0, 1.0, "s1")]


def test_equal_drops_are_all_told_in_the_order_of_the_rubric() -> None:
    tiny = one(staged("a"), staged("b"), stage={"lowest": "children"}, defaults={"stage": {"lowest": "children"}})
    assert lost(scored(tiny, {"b": "3", "a": "3"})) == [("a", 3.0, 2.0, "s2"), ("b", 3.0, 2.0, "s2")]


@pytest.mark.parametrize("a", range(1, 11))
def test_the_first_step_that_costs_the_stage_is_found(a: int) -> None:
    tiny = one(pointed("a"), stage={"cuts": {"s2": f"{a}/10", "s3": 2}})
    falls_to = round((a - 1) / 10, 1)
    assert lost(scored(tiny, {"a": 1})) == [("a", 1.0, falls_to, "s1")]


def test_drops_are_shares_of_what_a_criterion_can_be_worth() -> None:
    tiny = one(pointed("a", 10), pointed("b", 10, weight=2), stage={"cuts": {"s2": 9, "s3": 11}})
    # of 10, a has to lose more than 3 and b more than 1.5
    assert lost(scored(tiny, {"a": 10, "b": 10})) == [("b", 10.0, 8.0, "s1")]


def test_the_evidence_stays_the_same() -> None:
    tiny = one(staged("a"), evidence_grades=GRADES)
    assert lost(scored(tiny, {"a": {"value": "3", "evidence": "paper"}})) == [("a", 3.0, 1.0, "s1")]


def test_evidence_that_a_gate_asks_for_is_not_lost() -> None:
    gates = {"gates": {"s2": {"evidence": "paper", "share": 1}, "s3": {"evidence": "proof", "share": 1}}}
    tiny = one(staged("a"), evidence_grades=GRADES, stage=gates)
    assert lost(scored(tiny, {"a": {"value": "3", "evidence": "paper"}})) == []


def test_what_cannot_cost_the_stage_is_not_told() -> None:
    tiny = one(staged("a"), staged("b"), stage={"highest": "children"}, defaults={"stage": {"highest": "children"}})
    assert lost(scored(tiny, {"a": "3", "b": "3"})) == []


@pytest.mark.parametrize("answers", [{"a": "1"}, {}])
def test_there_is_nothing_to_lose(answers: dict[str, Any]) -> None:
    assert lost(scored(one(staged("a")), answers)) == []


def test_a_stage_that_is_not_reported_cannot_be_lost() -> None:
    assert lost(scored(one(staged("a"), staged("b"), coverage_floor=1), {"a": "3"})) == []


def test_only_what_is_answered_can_be_lost() -> None:
    parts = staged("a"), staged("b"), staged("c", allow_not_applicable=True)
    tiny = one(*parts, facts=[staged("k")], stage=None)
    assert lost(scored(tiny, {"a": "3", "c": REASON, "k": "3"})) == [("a", 3.0, 2.0, "s2")]


def test_a_number_below_the_least_step_has_nothing_to_lose() -> None:
    tiny = one(pointed("a"), pointed("b"), stage={"cuts": {"s2": 0.5, "s3": 1}})
    assert lost(scored(tiny, {"a": 0, "b": 1})) == [("b", 1.0, 0.9, "s1")]


def test_points_on_a_cut_of_the_whole() -> None:
    assert lost(scored(one(pointed("a", 3), stage=CUTS), {"a": 2})) == [("a", 2.0, 1.8, "s2")]


def test_the_items_of_the_first_stage_can_be_lost() -> None:
    items = [{"id": "x", "stage": 1}, {"id": "z", "stage": 3}]
    tiny = one({"id": "a", "title": "A", "scale": {"type": "checklist", "items": items}})
    assert lost(scored(tiny, {"a": ["x"]})) == [("a", 2.0, 1.0, "s1")]
