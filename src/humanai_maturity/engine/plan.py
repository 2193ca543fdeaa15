"""The plan: a rubric compiled once into indices, whole-number weights and packed answers.

Criteria and facts are *leaves*, numbered in the order of the document, so that the criteria of a node, and all
criteria below it, are neighbours. Dimensions are *nodes*, numbered level by level after the leaves, so that the
children of a node are neighbours, too. Both together are *items*.

What stands at an item is one integer, its *cell*: on top the value in units of 1 / `unit`; below it, where rules ask
for evidence, one counter per evidence grade, which is 1 where the answer rests on that grade or better; lowest, one
counter per stage, which is 1 where the item stands at that stage or above (the first counter: where there is a value
at all). A weighted sum of cells is then, field by field, the weighted sum of the values, the weight on each grade, the
weight at or above each stage, and the weight that counts.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from humanai_maturity.engine.valuation import Valuation
from humanai_maturity.model.ranges import (
    Range,
)
from humanai_maturity.model.rubric import Criterion, Dimension, Fact, Missing, Rubric
from humanai_maturity.model.rules import ScoreRule, StageRule

UNKNOWN, KNOWN, NOT_APPLICABLE = 0, 1, 2
"""The states of an item: nothing is known of it, something is, or it does not apply."""


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

    def held(self, value: Fraction, grade: str | None) -> Fraction:
        """Return what a claimed value comes to on evidence of a grade."""
        return value if grade is None or grade not in self.claims else min(value, self.claims[grade])


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
    def weighted_nodes(self) -> tuple[tuple[int, int], ...]:
        """Return the item and the weight of each node."""
        return tuple(zip(range(*self.nodes), self.node_weights, strict=True))

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
        grades: How many evidence grades are counted; none where no requirement asks for evidence.
    """

    unit: int
    bits: int
    stages: int
    grades: int = 0

    @cached_property
    def shift(self) -> int:
        """Return where the value begins."""
        return self.bits * (self.stages + self.grades)

    @cached_property
    def mask(self) -> int:
        """Return the mask of the first counter."""
        return (1 << self.bits) - 1

    @cached_property
    def counters(self) -> int:
        """Return the mask of the counters of stages."""
        return (1 << (self.bits * self.stages)) - 1

    @cached_property
    def evidence(self) -> int:
        """Return the mask of the counters of evidence grades."""
        return (1 << self.shift) - 1 ^ self.counters

    @cached_property
    def standing(self) -> tuple[int, ...]:
        """Return the counters of something that stands at each stage; 0 for no stage."""
        return tuple(self._counted(0, stage) for stage in range(self.stages + 1))

    @cached_property
    def resting(self) -> tuple[int, ...]:
        """Return the counters of something that rests on each evidence grade; 0 for no grade."""
        return tuple(self._counted(self.stages, grade) for grade in range(self.grades + 1))

    def _counted(self, first: int, count: int) -> int:
        return sum(1 << (self.bits * place) for place in range(first, first + count))

    def counter(self, stage: int) -> int:
        """Return the bit that tells whether a cell stands at a stage or above; 0 beyond the last one."""
        return 1 << (self.bits * (stage - 1)) if stage <= self.stages else 0

    def cell(self, value: Fraction, *, on_stages: bool, unit: int, grade: int = 0) -> int:
        """Return the cell of a leaf of some value, in some unit, on evidence of some grade, counted from 1."""
        held = int(value * unit)
        stage = min(self.stages, max(1, held // unit)) if on_stages else 1
        return held << self.shift | self.standing[stage] | (self.resting[grade] if self.grades else 0)

    def rescaled(self, cell: int, factor: int) -> int:
        """Return a leaf's cell with its value counted in a unit that is so many times finer."""
        return (cell >> self.shift) * factor << self.shift | cell & (1 << self.shift) - 1


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

    def cell(self, leaf: int, value: Fraction, unit: int, evidence: str | None = None) -> int:
        """Return the cell that a leaf of some value counts with."""
        grade = self.grades.get(evidence, 0) if evidence is not None else 0
        return self.layout.cell(value, on_stages=self.leaves[leaf].span.on_stages, unit=unit, grade=grade)

    @cached_property
    def grades(self) -> Mapping[str, int]:
        """Return the number of each evidence grade, counted from 1 for the weakest."""
        return {grade.id: number for number, grade in enumerate(self.rubric.evidence_grades, 1)}

    @cached_property
    def parts(self) -> Mapping[Parts, int]:
        """Return all groups of neighbours that any rule looks at, with a number for each."""
        found: dict[Parts, int] = {}
        for node in self.nodes:
            for parts in (node.children, node.below):
                found.setdefault(parts, len(found))
        return found

    @cached_property
    def groups(self) -> tuple[tuple[tuple[int, int], ...], ...]:
        """Return, for every leaf, the numbers of the groups that it is in, with its weight there."""
        found: list[list[tuple[int, int]]] = [[] for _ in self.leaves]
        for parts, number in self.parts.items():
            for leaf, weight in zip(range(*parts.leaves), parts.leaf_weights, strict=True):
                found[leaf].append((number, weight))
        return tuple(map(tuple, found))

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

    def weight_in(self, node: Node, item: int) -> Fraction:
        """Return the weight with which an item counts in a node's score."""
        return Fraction(1) if node.rule.weights == "equal" else self.weight(item)
