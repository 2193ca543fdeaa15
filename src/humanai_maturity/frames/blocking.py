"""The first blocker of every node as a column: what stands before its next stage, asked of whole columns."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce

import polars as pl

from humanai_maturity.engine.evaluation import Evaluation, Kernel
from humanai_maturity.engine.obstacles import ALL, Obstacle, Together, Under, Way, labels, there
from humanai_maturity.engine.plan import Node
from humanai_maturity.frames.numbers import compared, total
from humanai_maturity.frames.truths import Truth, both, either, picked


def blocker_type(node: Node, kernel: Kernel) -> pl.Enum:
    """Return the type of the column: every text that can stand in it, whatever is answered and whatever applies."""
    return pl.Enum([*dict.fromkeys(labels(kernel.program("reduced").obstacles[node.index]))])


def first_blocker(evaluation: Evaluation, node: Node) -> str | None:
    """Return what comes first in one evaluation; `None` where nothing stands in the way."""
    found = there(evaluation.obstacles(node.index), evaluation.ask)
    return next((obstacle.label for obstacle in found), None)


@dataclass(frozen=True)
class FirstBlocker:
    """Find what comes first in every row.

    Attributes:
        dtype: The type of the column.
        ask: Answers phrases on columns.
    """

    dtype: pl.Enum
    ask: Callable[[str], Truth]

    def of(self, ways: Sequence[Way]) -> pl.Expr:
        """Return the label of the first that stands in the way, null where nothing does."""
        return self._first(ways, pl.lit(None, dtype=self.dtype), under=True)

    def _first(self, ways: Sequence[Way], otherwise: pl.Expr, *, under: Truth) -> pl.Expr:
        """Return the label of the first that stands in the way under a condition."""
        found = otherwise
        for way in reversed(ways):
            match way:
                case Obstacle():
                    found = self._labelled(way.label, found, where=both(under, self.ask(way.when)))
                case Under():
                    found = self._first(way.parts, found, under=both(under, self.ask(way.when)))
                case Together():
                    alone = self._first(way.parts, found, under=under)
                    found = self._labelled(ALL, alone, where=both(under, self._several(way.parts)))
        return found

    def _labelled(self, label: str, otherwise: pl.Expr, *, where: Truth) -> pl.Expr:
        if where is False:
            return otherwise
        found = pl.lit(label, dtype=self.dtype)
        return found if where is True else pl.when(where).then(found).otherwise(otherwise)

    def _several(self, ways: Sequence[Way]) -> Truth:
        return compared(total(picked(truth, 1, 0) for truth in self._each(ways)), ">", 1)

    def _each(self, ways: Sequence[Way]) -> Iterator[Truth]:
        """Yield of each whether it stands in the way."""
        for way in ways:
            match way:
                case Obstacle():
                    yield self.ask(way.when)
                case Under():
                    yield from (both(self.ask(way.when), truth) for truth in self._each(way.parts))
                case Together():
                    yield reduce(either, self._each(way.parts))
