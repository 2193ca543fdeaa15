"""What scales and nodes can be worth, by the examples that a reader would work out by hand."""

from fractions import Fraction
from typing import Any

import pytest
from pydantic import TypeAdapter

from humanai_maturity.documents.source import Source
from humanai_maturity.documents.yaml_text import read_yaml
from humanai_maturity.model.ranges import (
    Range,
    has_stage,
    leaves,
    node_range,
    question_range,
    resolve_stage,
    round_exactly,
    scale_range,
    score_rule_of,
    stage_rule_of,
)
from humanai_maturity.model.rubric import Criterion, Dimension, Fact, Rubric
from humanai_maturity.model.rules import Rounding
from humanai_maturity.model.scales import Scale

BASE = """
id: base
version: 1
title: Base
stages: [{id: low, title: Low}, {id: mid, title: Mid}, {id: top, title: Top}]
dimensions: [{id: d, title: D, criteria: [{id: c, title: C, scale: {type: yes_no}}]}]
"""


def data_of(text: str) -> Any:
    return read_yaml(Source(text)).data


def rubric_with(text: str = "{}") -> Rubric:
    return Rubric.model_validate({**data_of(BASE), **data_of(text)})


def stages(low: int, high: int) -> Range:
    return Range(Fraction(low), Fraction(high), on_stages=True)


def points(low: str, high: str) -> Range:
    return Range(Fraction(low), Fraction(high), on_stages=False)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{type: choice, options: [{id: a, stage: mid}, {id: b, stage: 3}, {id: c, stage: mid}]}", stages(2, 3)),
        ("{type: choice, options: [{id: a, points: 3}, {id: b, points: 0.1}]}", points("0.1", "3")),
        ("{type: yes_no}", points("0", "1")),
        ("{type: yes_no, yes: 2, no: 5}", points("2", "5")),
        ("{type: yes_no, yes: low, no: top}", stages(1, 3)),
        ("{type: checklist, items: [{id: a, stage: mid}, {id: b, stage: mid}]}", stages(1, 2)),
        ("{type: checklist, items: [{id: a, points: 1}, {id: b, points: 2}, {id: c, points: -3}]}", points("-3", "3")),
        ("{type: checklist, cap: 1.5, items: [{id: a, points: 1}, {id: b, points: 2}]}", points("0", "1.5")),
        ("{type: checklist, cap: -2, items: [{id: a, points: -3}, {id: b, points: 2}]}", points("-3", "-2")),
        ("{type: metric, bands: {low: 1, mid: 2}}", stages(1, 2)),
        ("{type: metric, bands: {}}", stages(1, 1)),
        ("{type: metric, range: {worst: 5, best: 9}}", points("0", "1")),
        ("{type: metric, range: {worst: 5, best: 9, onto: stages}}", stages(1, 3)),
        ("{type: metric, range: {worst: 5, best: 9, least: -5, most: 0}}", points("-5", "0")),
        ("{type: custom, measure: m}", stages(1, 3)),
        ("{type: custom, measure: m, minimum: -1, maximum: 4}", points("-1", "4")),
    ],
)
def test_a_scale_has_a_range(text: str, expected: Range) -> None:
    scale: Scale = TypeAdapter(Scale).validate_python(data_of(text))
    assert scale_range(scale, rubric_with()) == expected


def test_a_question_spans_all_its_ways() -> None:
    fact = Fact.model_validate(
        data_of(
            "{id: f, title: F, scale: {type: yes_no, yes: top, no: mid},"
            " otherwise: [{type: metric, bands: {low: 1, mid: 2}}]}"
        )
    )
    assert question_range(fact, rubric_with()) == stages(1, 3)


CHILDREN = (
    "criteria: [{id: a, title: A, weight: 2, scale: {type: yes_no, yes: 4, no: 2}},"
    " {id: b, title: B, weight: 0.5, scale: {type: yes_no, yes: 4, no: 2}}]"
)


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("{rule: mean}", points("2", "4")),
        ("{rule: mean, normalise: true}", points("0", "1")),
        ("{rule: sum}", points("5", "10")),
        ("{rule: sum, base: -5}", points("0", "5")),
        ("{rule: sum, base: 1, normalise: true}", points("1", "3.5")),
        ("{rule: power_mean, exponent: -1}", points("2", "4")),
        ("{rule: power_mean, exponent: -1, floor: 3}", points("3", "4")),
        ("{rule: power_mean, exponent: 2, floor: 9}", points("9", "9")),
        ("{rule: aggregator, name: own}", points("2", "4")),
        ("{rule: mean_min, alpha: 0.5, round: {digits: 0, mode: up}}", points("2", "4")),
    ],
)
def test_a_node_has_the_range_of_its_rule(rule: str, expected: Range) -> None:
    node = Dimension.model_validate(data_of(f"{{id: d, title: D, score: {rule}, {CHILDREN}}}"))
    assert node_range(node, rubric_with()) == expected


@pytest.mark.parametrize(
    ("rule", "on_stages"),
    [
        ("mean", True),
        ("quantile, q: 0.5", True),
        ("sum", False),
        ("aggregator, name: own", False),
        ("min, normalise: true", False),
    ],
)
def test_a_node_stands_on_the_stages_where_its_rule_keeps_it_there(rule: str, on_stages: object) -> None:
    node = Dimension.model_validate(
        data_of(
            f"{{id: d, title: D, score: {{rule: {rule}}},"
            " criteria: [{id: a, title: A, scale: {type: yes_no, yes: top, no: low}}]}"
        )
    )
    assert node_range(node, rubric_with()).on_stages is on_stages
    assert has_stage(node, rubric_with()) is on_stages


NESTED = """
dimensions:
  - id: outer
    title: Outer
    criteria: [{id: a, title: A, weight: 3, scale: {type: yes_no}}]
    dimensions:
      - {id: inner, title: Inner, score: {rule: sum}, criteria: [
          {id: b, title: B, scale: {type: yes_no}}, {id: c, title: C, weight: 7, scale: {type: yes_no}}]}
"""


def test_rules_are_inherited_from_the_defaults() -> None:
    rubric = rubric_with(NESTED + "defaults: {score: {rule: max}, stage: {cuts: {mid: 1, top: 2}}}\nstage: {quorum: 1}")
    outer = rubric.dimensions[0]
    assert score_rule_of(outer, rubric).rule == "max"
    assert score_rule_of(outer.dimensions[0], rubric).rule == "sum"
    assert stage_rule_of(outer, rubric) == rubric.defaults.stage
    assert stage_rule_of(rubric, rubric) == rubric.stage
    assert has_stage(outer, rubric)


def test_leaves_are_all_criteria_below_in_order() -> None:
    assert [leaf.id for leaf in leaves(rubric_with(NESTED))] == ["a", "b", "c"]


def test_a_score_over_leaves_takes_their_own_weights() -> None:
    rubric = rubric_with(NESTED + "score: {rule: sum, over: leaves}")
    assert node_range(rubric, rubric) == points("0", "11")


def test_a_score_over_children_takes_the_range_of_each() -> None:
    rubric = rubric_with(NESTED + "score: {rule: max}")
    assert node_range(rubric.dimensions[0], rubric) == points("0", "8")


def test_with_one_stage_everything_but_points_stands_at_it() -> None:
    rubric = rubric_with("stages: [{id: only, title: Only}]")
    criterion = rubric.dimensions[0].criteria[0]
    assert has_stage(rubric, rubric)
    assert not has_stage(criterion, rubric)
    assert isinstance(criterion, Criterion)


def test_a_stage_is_found_by_id_and_by_number() -> None:
    assert [resolve_stage(ref, rubric_with()) for ref in ("low", "top", 2)] == [1, 3, 2]


@pytest.mark.parametrize(
    ("mode", "expected"),
    [
        ("half_even", ["2", "-2", "2.4", "-2.4"]),
        ("half_up", ["3", "-3", "2.4", "-2.4"]),
        ("down", ["2", "-2", "2.3", "-2.3"]),
        ("up", ["3", "-3", "2.4", "-2.4"]),
        ("floor", ["2", "-3", "2.3", "-2.4"]),
        ("ceiling", ["3", "-2", "2.4", "-2.3"]),
    ],
)
def test_rounding_follows_its_mode_on_both_sides_of_zero(mode: Any, expected: list[str]) -> None:
    cases = [("2.5", 0), ("-2.5", 0), ("2.35", 1), ("-2.35", 1)]
    given = [round_exactly(Fraction(value), Rounding(digits=digits, mode=mode)) for value, digits in cases]
    assert given == [Fraction(each) for each in expected]


def test_without_rounding_a_third_stays_a_third() -> None:
    assert round_exactly(Fraction(1, 3), None) == Fraction(1, 3)
