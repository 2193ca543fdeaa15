"""One pass of the evaluation: what stands at every item while unknowns are at their worst, at their best, or out."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from humanai_maturity.engine.plan import KNOWN, NOT_APPLICABLE, UNKNOWN, Plan
from humanai_maturity.engine.status import Ratio, Status, shares

LOW, HIGH, POINT = 0, 1, 2
"""The modes of a pass: every unknown at its worst, at its best, or treated as the node's policy says."""

Ends: TypeAlias = Callable[[int], tuple[Fraction, Fraction]]
"""The least and the most that an item can be worth among what is applicable."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What the answers come to, by leaf.

    Attributes:
        states: Whether each leaf is unknown, known or not applicable.
        cells: The cell of each known leaf, else 0.
        unit: The unit of the cells.
        grades: The evidence grade of each known leaf, else `None`.
    """

    states: list[int]
    cells: list[int]
    unit: int
    grades: list[str | None]


class Pass:
    """What stands at every item in one mode.

    Attributes:
        mode: `LOW`, `HIGH` or `POINT`.
        unit: The values in cells are whole numbers of 1 / `unit`.
        cell: One integer per item, laid out as the plan says; 0 where nothing counts.
        score: The score of each node.
        raw: The stage of each node before caps and flags.
        stage: The stage of each node after them.
        flags: Which flags are raised.
        state: What is known of each item; shared by all passes.
        standing: Whether each item has a point; shared by all passes.
        reported: Which items have a point that counts; shared by all passes.
        low: In a point, the pass with every unknown at its worst; `None` where nothing is unknown.
        high: In a point, the pass with every unknown at its best.
        capped: The nodes that what does not apply would have lifted.
        ceiling: The pass in which everything that does not apply is present at its best, where that can matter.
    """

    __slots__ = (
        "capped", "ceiling", "cell", "counters", "ends", "flags", "grades", "high", "low", "mode", "plan",
        "raw", "reported", "score", "shift", "stage", "standing", "state", "unit",
    )  # fmt: skip

    def __init__(self, plan: Plan, mode: int, cell: list[int], given: Given, status: Status, ends: Ends) -> None:
        count = len(cell)
        self.plan = plan
        self.mode = mode
        self.cell = cell
        self.unit = given.unit
        self.grades = given.grades
        self.state = status.state
        self.standing = status.standing
        self.reported = status.reported
        self.ends = ends
        self.shift = plan.layout.shift
        self.counters = plan.layout.counters
        self.score: list[Ratio | None] = [None] * count
        self.raw: list[int | None] = [None] * count
        self.stage: list[int | None] = [None] * count
        self.flags = [False] * len(plan.flags)
        self.low: Pass | None = None
        self.high: Pass | None = None
        self.ceiling: Pass | None = None
        self.capped: set[int] = set()

    @property
    def worst(self) -> "Pass":
        """Return the pass with every unknown at its worst."""
        return self.low or self

    def stage_of(self, item: int) -> int:
        """Return the stage at which an item stands for whatever reads it."""
        return (self.cell[item] & self.counters).bit_count()

    def score_of(self, item: int) -> Ratio:
        """Return the value of an item."""
        score = self.score[item]
        return (self.cell[item] >> self.shift, self.unit) if score is None else score

    def sure(self, item: int) -> "Pass":
        """Return the pass to read a node from where a requirement asks for more: the low one without a point."""
        return self if self.mode != POINT or self.reported[item] else self.low or self

    def doubted(self, item: int, *, cautious: bool) -> "Pass":
        """Return the pass to read an item from where a flag asks for less."""
        if self.mode != POINT or (self.state[item] == KNOWN and self.reported[item]):
            return self
        return (self.low if cautious else self.high) or self

    def evidence_share(self, item: int, enough: frozenset[str]) -> Fraction:
        """Return the share of a node's applicable weight that rests on one of some evidence grades."""
        unknown_counts = self.mode == HIGH
        leaves = range(self.plan.whole)
        graded = [self.grades[leaf] in enough or (unknown_counts and self.state[leaf] == UNKNOWN) for leaf in leaves]
        applicable = [self.state[leaf] != NOT_APPLICABLE for leaf in leaves]
        return Fraction(*shares(self.plan.nodes, graded, applicable)[item - self.plan.whole])
