"""From a consistent rubric to its plan."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from math import gcd, lcm
from typing import TypeAlias

from humanai_maturity.engine.plan import Layout, Leaf, Node, Parts, Plan, Policy
from humanai_maturity.engine.staging import grades_asked
from humanai_maturity.engine.valuation import Measure, valuation
from humanai_maturity.model.ranges import (
    Range,
    combined_range,
    question_range,
    resolve_stage,
    score_rule_of,
    scored_parts,
    stage_rule_of,
)
from humanai_maturity.model.ranges import leaves as leaves_below
from humanai_maturity.model.rubric import OVERALL, Criterion, Dimension, Fact, Rubric
from humanai_maturity.model.scales import MetricScale

Level: TypeAlias = tuple[Dimension | Rubric, Dimension | Rubric | None]
"""A node and its parent."""

DEFAULT_POLICY = Policy(missing="leave_out", coverage_floor=Fraction(7, 10), max_not_applicable=Fraction(3, 10))
_METRIC_DIGITS = 10**4
_MOST_UNIT = 2**40


def compile_plan(rubric: Rubric, measures: Mapping[str, Measure]) -> Plan:
    """Compile a consistent rubric.

    Raises:
        PluginError: If the rubric names a measure that is not registered.
    """
    questions: list[Criterion | Fact] = [*leaves_below(rubric), *rubric.facts]
    levels = _levels(rubric)
    leaf_items = {leaf.id: item for item, leaf in enumerate(questions)}
    node_items = {_name(node): len(leaf_items) + place for place, (node, _) in enumerate(levels)}
    parents = {child.id: node_items[_name(node)] for node, _ in levels for child in node.children}
    leaves = tuple(
        _leaf(question, item, parents.get(question.id, -1), rubric, measures) for item, question in enumerate(questions)
    )
    items = {**leaf_items, **node_items}
    spans = _spans(levels, {leaf.question.id: leaf.span for leaf in leaves}, rubric)
    nodes = _nodes(levels, items, parents, spans, rubric)
    return Plan(
        rubric=rubric,
        layout=_layout(rubric, leaves, nodes),
        leaves=leaves,
        nodes=nodes,
        items=items,
        flags={flag.id: place for place, flag in enumerate(rubric.flags)},
    )


def _name(node: Dimension | Rubric) -> str:
    return OVERALL if isinstance(node, Rubric) else node.id


def _levels(rubric: Rubric) -> list[Level]:
    """Return every node with its parent, level by level, so that siblings are neighbours."""
    found: list[Level] = [(rubric, None)]
    for node, _ in found:
        found.extend((child, node) for child in node.children if isinstance(child, Dimension))
    return found


def _leaf(question: Criterion | Fact, item: int, parent: int, rubric: Rubric, measures: Mapping[str, Measure]) -> Leaf:
    span = question_range(question, rubric)
    held = isinstance(question, Criterion) and span.on_stages
    claims = {
        grade.id: max(span.low, Fraction(resolve_stage(grade.supports, rubric)))
        for grade in (rubric.evidence_grades if held else ())
    }
    return Leaf(
        index=item,
        question=question,
        parent=parent,
        weight=question.weight if isinstance(question, Criterion) else Fraction(1),
        span=span,
        valuations=tuple(valuation(scale, rubric, measures) for scale in question.scales),
        claims=claims,
    )


def _nodes(
    levels: Sequence[Level],
    items: Mapping[str, int],
    parents: Mapping[str, int],
    spans: Mapping[str, Range],
    rubric: Rubric,
) -> tuple[Node, ...]:
    policies: dict[str, Policy] = {}
    nodes = []
    for node, above in levels:
        name, stage_rule = _name(node), stage_rule_of(node, rubric)
        policies[name] = _policy(node, policies[_name(above)] if above else DEFAULT_POLICY)
        nodes.append(
            Node(
                index=items[name],
                id=name,
                source=node,
                parent=parents.get(name, -1),
                weight=node.weight if isinstance(node, Dimension) else Fraction(1),
                children=_parts(node.children, items),
                below=_parts(tuple(leaves_below(node)), items),
                rule=score_rule_of(node, rubric),
                stage_rule=stage_rule,
                has_stage=stage_rule is not None or len(rubric.stages) == 1 or spans[name].on_stages,
                span=spans[name],
                policy=policies[name],
            )
        )
    return tuple(nodes)


def _spans(levels: Sequence[Level], of_leaves: Mapping[str, Range], rubric: Rubric) -> dict[str, Range]:
    """Return what every item can be worth, the lowest level first."""
    spans = dict(of_leaves)
    for node, _ in reversed(levels):
        parts = scored_parts(node, rubric)
        ranges = [spans[part.id] for part in parts]
        weights = [part.weight for part in parts]
        spans[_name(node)] = combined_range(score_rule_of(node, rubric), ranges, weights, len(rubric.stages))
    return spans


def _policy(node: Dimension | Rubric, above: Policy) -> Policy:
    return Policy(
        missing=node.missing or above.missing,
        coverage_floor=above.coverage_floor if node.coverage_floor is None else node.coverage_floor,
        max_not_applicable=above.max_not_applicable if node.max_not_applicable is None else node.max_not_applicable,
    )


def _parts(children: Sequence[Criterion | Dimension], items: Mapping[str, int]) -> Parts:
    whole = lcm(*(child.weight.denominator for child in children))
    weights = [int(child.weight * whole) for child in children]
    common = gcd(*weights) or 1
    leaves = [child.id for child in children if isinstance(child, Criterion)]
    nodes = [child.id for child in children if isinstance(child, Dimension)]
    counts = [weight // common for weight in weights]
    return Parts(
        leaves=_run([items[name] for name in leaves]),
        leaf_weights=tuple(counts[: len(leaves)]),
        nodes=_run([items[name] for name in nodes]),
        node_weights=tuple(counts[len(leaves) :]),
    )


def _run(items: Sequence[int]) -> tuple[int, int]:
    return (items[0], items[-1] + 1) if items else (0, 0)


def _layout(rubric: Rubric, leaves: Sequence[Leaf], nodes: Sequence[Node]) -> Layout:
    asked = any(grade for node in nodes for grade in grades_asked(node.stage_rule))
    totals = [
        sum((*parts.leaf_weights, *parts.node_weights)) for node in nodes for parts in (node.children, node.below)
    ]
    return Layout(
        unit=_unit(leaves),
        bits=max(totals).bit_length(),
        stages=len(rubric.stages),
        grades=len(rubric.evidence_grades) if asked else 0,
    )


def _unit(leaves: Sequence[Leaf]) -> int:
    """Return a unit that holds every value of every scale, of metrics to some decimal places if it stays small."""
    steps = (value for leaf in leaves for way in leaf.valuations for value in way.steps)
    ends = (end for leaf in leaves for end in (leaf.span.low, leaf.span.high))
    counters = (
        leaf.question.counter.plus for leaf in leaves if isinstance(leaf.question, Criterion) and leaf.question.counter
    )
    unit = lcm(*(value.denominator for value in (*steps, *ends, *counters)))
    for leaf in leaves:
        for scale in leaf.question.scales:
            finer = lcm(unit, _slope_unit(scale)) if isinstance(scale, MetricScale) else unit
            unit = finer if finer <= _MOST_UNIT else unit
    return unit


def _slope_unit(scale: MetricScale) -> int:
    """Return what makes the values of numbers with a few decimal places whole."""
    cuts = sorted(scale.bands.values()) if scale.bands else [scale.range.worst, scale.range.best] if scale.range else []
    gaps = [abs(high - low) for low, high in pairwise(cuts)]
    return lcm(*((_METRIC_DIGITS * gap).numerator for gap in gaps if gap)) if gaps else 1
