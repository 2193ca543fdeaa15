"""The plan: a rubric compiled once into indices, whole-number weights and packed answers.

Criteria and facts are *leaves*, numbered in the order of the document, so that the criteria of a node, and all
criteria below it, are neighbours. Dimensions are *nodes*, numbered level by level after the leaves, so that the
children of a node are neighbours, too. Both together are *items*.

What stands at an item in one pass of the evaluation is one integer, its *cell*: on top the value in units of
1 / `unit`, below it one counter per stage, which is 1 where the item stands at that stage or above (the first
counter: where there is a value at all). A weighted sum of cells is then, field by field, the weighted sum of the
values, the weight that counts, and the weight at or above each stage.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import gcd, lcm

from humanai_maturity.engine.valuation import Measure, Valuation, valuation
from humanai_maturity.model.ranges import (
    Range,
    has_stage,
    node_range,
    question_range,
    resolve_stage,
    score_rule_of,
    stage_rule_of,
)
from humanai_maturity.model.rubric import OVERALL, Criterion, Dimension, Fact, Missing, Rubric
from humanai_maturity.model.rules import ScoreRule, StageRule
from humanai_maturity.model.scales import MetricScale

UNKNOWN, KNOWN, NOT_APPLICABLE = 0, 1, 2
"""The states of an item: nothing is known of it, something is, or it does not apply."""

_METRIC_DIGITS = 10**4
_MOST_UNIT = 2**40


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """One criterion or fact.

    Attributes:
        index: Its number among the items.
        question: The criterion or fact.
        parent: The item of its dimension; -1 for a fact.
        weight: Its weight as written.
        span: What it can be worth.
        valuations: The ways to answer it.
        claims: The highest value that each evidence grade supports; empty where evidence does not matter.
    """

    index: int
    question: Criterion | Fact
    parent: int
    weight: Fraction
    span: Range
    valuations: tuple[Valuation, ...]
    claims: Mapping[str, Fraction]


@dataclass(frozen=True, kw_only=True)
class Parts:
    """The neighbours that a rule looks at, with their weights as whole numbers.

    Attributes:
        leaves: The first leaf and the one after the last.
        leaf_weights: The weight of each leaf.
        nodes: The first node and the one after the last.
        node_weights: The weight of each node.
    """

    leaves: tuple[int, int]
    leaf_weights: tuple[int, ...]
    nodes: tuple[int, int]
    node_weights: tuple[int, ...]

    @cached_property
    def members(self) -> tuple[tuple[int, int], ...]:
        """Return the item and the weight of each part."""
        items = (*range(*self.leaves), *range(*self.nodes))
        return tuple(zip(items, (*self.leaf_weights, *self.node_weights), strict=True))


@dataclass(frozen=True, kw_only=True)
class Policy:
    """What unknown and not applicable children do to a node.

    Attributes:
        missing: What an unknown child does.
        coverage_floor: The least coverage that gives a point, where unknown children are left out.
        max_not_applicable: The largest share of weight that may not apply.
    """

    missing: Missing
    coverage_floor: Fraction
    max_not_applicable: Fraction

    @cached_property
    def floor(self) -> tuple[int, int]:
        """Return the coverage floor as numerator and denominator."""
        return self.coverage_floor.as_integer_ratio()

    @cached_property
    def guard(self) -> tuple[int, int]:
        """Return the largest share that may not apply as numerator and denominator."""
        return self.max_not_applicable.as_integer_ratio()


_DEFAULT_POLICY = Policy(missing="leave_out", coverage_floor=Fraction(7, 10), max_not_applicable=Fraction(3, 10))


@dataclass(frozen=True, kw_only=True)
class Node:
    """One dimension, or the whole.

    Attributes:
        index: Its number among the items.
        id: Its id; `overall` for the whole.
        source: The dimension, or the rubric.
        parent: The item above it; -1 for the whole.
        weight: Its weight as written.
        children: Its own criteria and dimensions.
        below: All criteria below it.
        rule: Its score rule.
        stage_rule: Its stage rule, if one is written.
        has_stage: Whether it stands at a stage at all.
        span: What it can score where everything applies.
        policy: What unknown and not applicable children do.
    """

    index: int
    id: str
    source: Dimension | Rubric
    parent: int
    weight: Fraction
    children: Parts
    below: Parts
    rule: ScoreRule
    stage_rule: StageRule | None
    has_stage: bool
    span: Range
    policy: Policy

    @cached_property
    def scored(self) -> Parts:
        """Return what the score, the coverage and the shares are counted over."""
        return self.below if self.rule.over == "leaves" else self.children


@dataclass(frozen=True, kw_only=True)
class Layout:
    """How a cell is laid out.

    Attributes:
        unit: Values are whole numbers of 1 / `unit`.
        bits: The width of one counter.
        stages: How many stages, and so counters, there are.
    """

    unit: int
    bits: int
    stages: int

    @cached_property
    def shift(self) -> int:
        """Return where the value begins."""
        return self.bits * self.stages

    @cached_property
    def mask(self) -> int:
        """Return the mask of the first counter."""
        return (1 << self.bits) - 1

    @cached_property
    def counters(self) -> int:
        """Return the mask of all counters."""
        return (1 << self.shift) - 1

    @cached_property
    def standing(self) -> tuple[int, ...]:
        """Return the counters of something that stands at each stage; 0 for no stage."""
        return tuple(sum(1 << (self.bits * place) for place in range(stage)) for stage in range(self.stages + 1))

    def cell(self, value: Fraction, *, on_stages: bool, unit: int) -> int:
        """Return the cell of a leaf of some value, in some unit."""
        held = int(value * unit)
        stage = min(self.stages, max(1, held // unit)) if on_stages else 1
        return held << self.shift | self.standing[stage]

    def rescaled(self, cell: int, factor: int) -> int:
        """Return a leaf's cell with its value counted in a unit that is so many times finer."""
        return (cell >> self.shift) * factor << self.shift | (cell & self.counters)


@dataclass(frozen=True, kw_only=True)
class Plan:
    """A rubric, ready to be evaluated.

    Attributes:
        rubric: The rubric.
        layout: How cells are laid out.
        leaves: Criteria and facts, by item.
        nodes: Dimensions, the whole first; the item of a node is its place plus the number of leaves.
        items: The item of each id.
        flags: The place of each flag.
    """

    rubric: Rubric
    layout: Layout
    leaves: tuple[Leaf, ...]
    nodes: tuple[Node, ...]
    items: Mapping[str, int]
    flags: Mapping[str, int]

    @cached_property
    def criteria(self) -> int:
        """Return the number of criteria, which are the first leaves."""
        return len(self.leaves) - len(self.rubric.facts)

    @cached_property
    def worst(self) -> tuple[int, ...]:
        """Return the cell that each leaf counts with at its worst."""
        return tuple(self._cell(self.ends(leaf.index)[0], leaf) for leaf in self.leaves)

    @cached_property
    def best(self) -> tuple[int, ...]:
        """Return the cell that each leaf counts with at its best."""
        return tuple(self._cell(self.ends(leaf.index)[1], leaf) for leaf in self.leaves)

    @cached_property
    def most(self) -> tuple[int, ...]:
        """Return the cell of the most that each leaf's own scale gives."""
        return tuple(self._cell(leaf.span.high, leaf) for leaf in self.leaves)

    def _cell(self, value: Fraction, leaf: Leaf) -> int:
        return self.layout.cell(value, on_stages=leaf.span.on_stages, unit=self.layout.unit)

    def ends(self, leaf: int) -> tuple[Fraction, Fraction]:
        """Return the range on which others read a leaf: whatever stands on the stages, on all of them."""
        span = self.leaves[leaf].span
        return (Fraction(1), Fraction(self.layout.stages)) if span.on_stages else (span.low, span.high)

    @cached_property
    def leaves_out_only(self) -> bool:
        """Return whether unknowns are left out at every node."""
        return all(node.policy.missing == "leave_out" for node in self.nodes)

    @cached_property
    def whole(self) -> int:
        """Return the item of the whole."""
        return len(self.leaves)

    def node(self, item: int) -> Node:
        """Return the node at an item."""
        return self.nodes[item - len(self.leaves)]

    def span(self, item: int) -> Range:
        """Return what an item can be worth where everything applies."""
        return self.leaves[item].span if item < len(self.leaves) else self.node(item).span

    def weight(self, item: int) -> Fraction:
        """Return an item's weight as written."""
        return self.leaves[item].weight if item < len(self.leaves) else self.node(item).weight

    def has_stage(self, item: int) -> bool:
        """Return whether an item stands at a stage."""
        return self.leaves[item].span.on_stages if item < len(self.leaves) else self.node(item).has_stage


def compile_plan(rubric: Rubric, measures: Mapping[str, Measure]) -> Plan:
    """Compile a consistent rubric.

    Raises:
        PluginError: If the rubric names a measure that is not registered.
    """
    criteria = [node for node in rubric.walk() if isinstance(node, Criterion)]
    levels = _levels(rubric)
    leaf_items = {leaf.id: item for item, leaf in enumerate((*criteria, *rubric.facts))}
    node_items = {_name(node): len(leaf_items) + place for place, (node, _) in enumerate(levels)}
    parents = {child.id: node_items[_name(node)] for node, _ in levels for child in node.children}
    leaves = tuple(
        _leaf(question, item, parents.get(question.id, -1), rubric, measures)
        for item, question in enumerate((*criteria, *rubric.facts))
    )
    items = {**leaf_items, **node_items}
    nodes = _nodes(levels, items, parents, rubric)
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


def _levels(rubric: Rubric) -> list[tuple[Dimension | Rubric, Dimension | Rubric | None]]:
    """Return every node with its parent, level by level, so that siblings are neighbours."""
    found: list[tuple[Dimension | Rubric, Dimension | Rubric | None]] = [(rubric, None)]
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
    levels: Sequence[tuple[Dimension | Rubric, Dimension | Rubric | None]],
    items: Mapping[str, int],
    parents: Mapping[str, int],
    rubric: Rubric,
) -> tuple[Node, ...]:
    policies: dict[str, Policy] = {}
    nodes = []
    for node, above in levels:
        name = _name(node)
        policies[name] = _policy(node, policies[_name(above)] if above else _DEFAULT_POLICY)
        nodes.append(
            Node(
                index=items[name],
                id=name,
                source=node,
                parent=parents.get(name, -1),
                weight=node.weight if isinstance(node, Dimension) else Fraction(1),
                children=_parts(node.children, items),
                below=_parts(tuple(_below(node)), items),
                rule=score_rule_of(node, rubric),
                stage_rule=stage_rule_of(node, rubric),
                has_stage=has_stage(node, rubric),
                span=node_range(node, rubric),
                policy=policies[name],
            )
        )
    return tuple(nodes)


def _policy(node: Dimension | Rubric, above: Policy) -> Policy:
    return Policy(
        missing=node.missing or above.missing,
        coverage_floor=above.coverage_floor if node.coverage_floor is None else node.coverage_floor,
        max_not_applicable=above.max_not_applicable if node.max_not_applicable is None else node.max_not_applicable,
    )


def _below(node: Dimension | Rubric) -> list[Criterion]:
    found: list[Criterion] = []
    for child in node.children:
        found.extend([child] if isinstance(child, Criterion) else _below(child))
    return found


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
    totals = [sum((*parts.leaf_weights, *parts.node_weights)) for node in nodes for parts in (node.children, node.below)]
    return Layout(unit=_unit(leaves), bits=max(totals).bit_length(), stages=len(rubric.stages))


def _unit(leaves: Sequence[Leaf]) -> int:
    """Return a unit that holds every value of every scale, of metrics to some decimal places if it stays small."""
    steps = (value for leaf in leaves for way in leaf.valuations for value in way.steps)
    ends = (end for leaf in leaves for end in (leaf.span.low, leaf.span.high))
    counters = (leaf.question.counter.plus for leaf in leaves if isinstance(leaf.question, Criterion) and leaf.question.counter)
    unit = lcm(*(value.denominator for value in (*steps, *ends, *counters)))
    for leaf in leaves:
        for scale in leaf.question.scales:
            finer = lcm(unit, _slope_unit(scale)) if isinstance(scale, MetricScale) else unit
            unit = finer if finer <= _MOST_UNIT else unit
    return unit


def _slope_unit(scale: MetricScale) -> int:
    """Return what makes the values of numbers with a few decimal places whole."""
    cuts = sorted(scale.bands.values()) if scale.bands else [scale.range.worst, scale.range.best] if scale.range else []
    gaps = [abs(high - low) for low, high in zip(cuts, cuts[1:], strict=False)]
    return lcm(*((_METRIC_DIGITS * gap).numerator for gap in gaps if gap)) if gaps else 1
