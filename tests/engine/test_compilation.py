"""A rubric is compiled to whole numbers: weights, values and the items of a plan."""

from fractions import Fraction
from typing import Any

import pytest
from engine_rubrics import CUTS, GRADES, dimension, one, plan_of, pointed, rubric, staged

from humanai_maturity.engine.compilation import compile_plan
from humanai_maturity.errors import PluginError


def nested(**more: Any) -> Any:
    under = dimension("under", staged("c", weight="1/3"), staged("d", weight="1/2"))
    first = dimension("first", staged("a", weight=0.5), staged("b", weight=1.5), weight=2, dimensions=[under])
    return rubric(first, dimension("second", staged("e"), weight=4), **more)


def test_leaves_are_numbered_in_the_order_of_the_document_and_nodes_level_by_level() -> None:
    fact = staged("fact")
    plan = plan_of(nested(facts=[fact]))
    assert list(plan.items.items()) == [
        *(("a", 0), ("b", 1), ("c", 2), ("d", 3), ("e", 4), ("fact", 5)),
        *(("overall", 6), ("first", 7), ("second", 8), ("under", 9)),
    ]
    assert (plan.criteria, plan.whole) == (5, 6)
    assert [leaf.parent for leaf in plan.leaves] == [7, 7, 9, 9, 8, -1]
    assert [node.parent for node in plan.nodes] == [-1, 6, 6, 7]


def test_weights_are_the_smallest_whole_numbers() -> None:
    whole, first, _, under = plan_of(nested()).nodes
    assert whole.children.node_weights == (1, 2)
    assert (first.children.leaf_weights, first.children.node_weights) == ((1, 3), (2,))
    assert under.children.leaf_weights == (2, 3)
    assert first.below.leaf_weights == (3, 9, 2, 3)


def test_parts_are_neighbours_with_their_weights() -> None:
    whole, first, second, under = plan_of(nested()).nodes
    assert first.children.members == ((0, 1), (1, 3), (8, 2))
    assert (whole.children.leaves, whole.children.nodes) == ((0, 0), (6, 8))
    assert (second.children.leaves, second.children.nodes) == ((4, 5), (0, 0))
    assert (under.below.leaves, whole.below.leaves) == ((2, 4), (0, 5))


def test_policies_are_inherited_one_by_one() -> None:
    under = dimension("under", staged("c"), coverage_floor=1)
    first = dimension("first", staged("a"), missing="worst", max_not_applicable=0.25, dimensions=[under])
    plan = plan_of(rubric(first, dimension("second", staged("b")), coverage_floor=None, max_not_applicable=None))
    found = [(node.policy.missing, node.policy.floor, node.policy.guard) for node in plan.nodes]
    assert found == [
        ("leave_out", (7, 10), (3, 10)),
        ("worst", (7, 10), (1, 4)),
        ("leave_out", (7, 10), (3, 10)),
        ("worst", (1, 1), (1, 4)),
    ]
    assert not plan.leaves_out_only


def test_claims_are_held_by_evidence_only_where_it_matters() -> None:
    high = staged("high")
    high["scale"]["options"] = high["scale"]["options"][1:]
    plan = plan_of(one(staged("a"), high, facts=[staged("fact")], evidence_grades=GRADES))
    assert plan.leaves[0].claims == {"word": 1, "paper": 2, "proof": 3}
    assert plan.leaves[1].claims == {"word": 2, "paper": 2, "proof": 3}  # never below the scale's own range
    assert plan.leaves[2].claims == {}
    assert plan_of(one(pointed("p"), stage=CUTS, evidence_grades=GRADES)).leaves[0].claims == {}


def test_a_leaf_is_held_by_its_grade() -> None:
    leaf = plan_of(one(staged("a"), evidence_grades=GRADES)).leaves[0]
    assert [leaf.held(Fraction(3), grade) for grade in ("word", "paper", "proof", None, "other")] == [1, 2, 3, 3, 3]
    assert leaf.held(Fraction(1), "proof") == 1


@pytest.mark.parametrize(
    ("scale", "unit"),
    [
        ({"type": "yes_no", "yes": "s3", "no": "s1"}, 1),
        ({"type": "yes_no", "yes": "1/3", "no": "1/4"}, 12),
        ({"type": "checklist", "items": [{"id": str(item), "stage": 2} for item in range(7)]}, 7),
        ({"type": "metric", "range": {"worst": 0, "best": 1}}, 10_000),
        ({"type": "metric", "bands": {"s2": 0, "s3": 3}}, 30_000),
        ({"type": "metric", "bands": {"s3": 0, "s2": 3}, "direction": "lower"}, 30_000),
        ({"type": "metric", "bands": {"s2": 0}}, 1),
        ({"type": "metric", "range": {"worst": 10**12, "best": 0}}, 10),  # too fine: only its steps are whole
        ({"type": "custom", "measure": "as_given", "minimum": 0, "maximum": "1/7"}, 70),
    ],
)
def test_every_step_is_whole_in_the_unit(scale: dict[str, Any], unit: int) -> None:
    plan = plan_of(one({"id": "c", "title": "C", "scale": scale}, stage=CUTS))
    assert plan.layout.unit == unit


def test_counters_are_whole_in_the_unit_too() -> None:
    held = staged("a", counter={"criterion": "b", "plus": "1/3"})
    assert plan_of(one(held, staged("b"))).layout.unit == 3


def test_a_counter_of_a_cell_holds_all_weights() -> None:
    layout = plan_of(one(staged("a", weight=7), staged("b"))).layout
    assert (layout.bits, layout.stages, layout.unit) == (4, 3, 1)


def test_a_measure_that_is_missing() -> None:
    with pytest.raises(PluginError, match="the measure 'as_given' is not registered"):
        compile_plan(one(pointed("c", 5), stage=CUTS), {})
