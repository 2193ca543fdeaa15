"""A weighted sum of cells is, field by field, the sum of the values and the weight at or above each stage."""

from fractions import Fraction

import pytest
from engine_rubrics import CUTS, GRADES, NORMAL, dimension, one, plan_of, pointed, rubric, staged

from humanai_maturity.engine.plan import Layout
from humanai_maturity.engine.terms import HIGH, LOW, Mode, Terms

LAYOUT = Layout(unit=4, bits=3, stages=3)


def fields(cell: int, layout: Layout = LAYOUT) -> tuple[int, ...]:
    """Return a cell's value and its counters."""
    counters = [cell >> (layout.bits * place) & layout.mask for place in range(layout.stages)]
    return (cell >> layout.shift, *counters)


def cell(value: object, *, on_stages: bool = True, unit: int = 4) -> int:
    return LAYOUT.cell(Fraction(str(value)), on_stages=on_stages, unit=unit)


def test_where_the_fields_are() -> None:
    assert (LAYOUT.shift, LAYOUT.mask, LAYOUT.counters) == (9, 0b111, 0b111_111_111)
    assert LAYOUT.standing == (0, 0b1, 0b001_001, 0b001_001_001)


@pytest.mark.parametrize(
    ("value", "expected"),
    [(1, (4, 1, 0, 0)), (1.75, (7, 1, 0, 0)), (2, (8, 1, 1, 0)), (2.5, (10, 1, 1, 0)), (3, (12, 1, 1, 1))],
)
def test_a_value_counts_at_its_stage_and_all_below(value: float, expected: tuple[int, ...]) -> None:
    assert fields(cell(value)) == expected


def test_stages_end_at_the_first_and_the_last() -> None:
    assert fields(cell(9)) == (36, 1, 1, 1)
    assert fields(cell(0.25)) == (1, 1, 0, 0)


def test_points_stand_at_no_stage_but_count() -> None:
    assert fields(cell(3, on_stages=False)) == (12, 1, 0, 0)
    assert fields(cell(0, on_stages=False)) == (0, 1, 0, 0)
    assert fields(cell(-2.5, on_stages=False)) == (-10, 1, 0, 0)


def test_a_weighted_sum_is_field_by_field_the_sum() -> None:
    total = 2 * cell(2.5) + 3 * cell(1) + 1 * cell(3)
    assert fields(total) == (2 * 10 + 3 * 4 + 1 * 12, 6, 3, 1)


def test_negative_points_do_not_borrow_from_the_counters() -> None:
    total = 2 * cell(-3, on_stages=False) + 5 * cell(0.25, on_stages=False)
    assert fields(total) == (-24 + 5, 7, 0, 0)


@pytest.mark.parametrize("value", [1, 2.25, 3])
def test_a_finer_unit_changes_the_value_only(value: float) -> None:
    assert LAYOUT.rescaled(cell(value), 3) == cell(value, unit=12)
    assert LAYOUT.rescaled(cell(value), 1) == cell(value)


def test_negative_points_in_a_finer_unit() -> None:
    assert LAYOUT.rescaled(cell(-2.5, on_stages=False), 5) == cell(-2.5, on_stages=False, unit=20)
    assert LAYOUT.rescaled(0, 5) == 0


def test_what_stands_on_the_stages_is_read_on_all_of_them() -> None:
    plan = plan_of(one(staged("short", top=2), pointed("p", 5), stage=CUTS, defaults=NORMAL))
    assert [plan.ends(item) for item in (0, 1)] == [(1, 3), (0, 5)]
    unit = plan.layout.unit
    terms = Terms(plan=plan, case="open", limited=())

    def ends(mode: Mode) -> list[tuple[int, ...]]:
        return [fields(eval(terms.end_cell(leaf, mode), {"unit": unit}), plan.layout) for leaf in (0, 1)]  # noqa: S307

    assert ends(HIGH) == [(3 * unit, 1, 1, 1), (5 * unit, 1, 0, 0)]
    assert ends(LOW) == [(unit, 1, 0, 0), (0, 1, 0, 0)]


def test_evidence_is_counted_grade_by_grade() -> None:
    layout = Layout(unit=1, bits=3, stages=2, grades=3)
    resting = layout.cell(Fraction(2), on_stages=True, unit=1, grade=2)
    grades = [resting >> (layout.bits * place) & layout.mask for place in range(5)]
    assert (resting >> layout.shift, grades) == (2, [1, 1, 1, 1, 0])
    assert resting & layout.evidence == resting - (2 << layout.shift) - layout.standing[2]
    assert layout.rescaled(resting, 3) & ((1 << layout.shift) - 1) == resting & ((1 << layout.shift) - 1)


def test_evidence_is_counted_only_where_a_rule_asks_for_it() -> None:
    asked = {"all": [{"at_least_n": 1, "of": [{"any": [{"evidence": "proof", "share": 1}]}]}]}
    low = {"criterion": "a", "at_least": "s1"}
    gates = {"gates": {"s2": asked, "s3": low}}
    for rule in (gates, {"lowest": [gates]}, {"highest": [gates]}, {"kth": {"k": 1, "of": [gates]}}):
        assert plan_of(one(staged("a"), evidence_grades=GRADES, stage=rule)).layout.grades == 3
    assert plan_of(one(staged("a"), evidence_grades=GRADES)).layout.grades == 0


def test_items_are_leaves_then_nodes() -> None:
    plan = plan_of(rubric(dimension("d", staged("a", weight=2), weight=3), facts=[staged("fact", top=2)]))
    assert [plan.weight(item) for item in range(4)] == [2, 1, 1, 3]
    assert [plan.span(item).high for item in range(4)] == [3, 2, 3, 3]
    assert (plan.node(2).id, plan.node(3).id) == ("overall", "d")


def test_leaves_are_scored_where_the_rule_says_so() -> None:
    deep = dimension("d", staged("a"), dimensions=[dimension("e", staged("b"))])
    over = plan_of(rubric(deep, score={"rule": "mean", "over": "leaves"}))
    assert over.nodes[0].scored is over.nodes[0].below
    assert over.nodes[1].scored is over.nodes[1].children
