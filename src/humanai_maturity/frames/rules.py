"""The score rules that programs call, on columns: what `scoring.rule_function` and `scoring.Ends` tell of one row."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import reduce

import polars as pl

from humanai_maturity.engine.evaluation import Kernel
from humanai_maturity.engine.plan import Node, Plan
from humanai_maturity.frames.combining import Part, combined, weighted
from humanai_maturity.frames.numbers import compared, multiplied
from humanai_maturity.frames.ratios import (
    Keep,
    Pair,
    bounded,
    filled,
    finished,
    fixed,
    less,
    minus,
    plus,
    settled,
    summed,
    there,
)
from humanai_maturity.frames.truths import Truth, both, negated, picked
from humanai_maturity.model.ranges import finished as finished_number
from humanai_maturity.model.rules import PowerMean, Sum

_ONE = Fraction(1)


class ColumnRules:
    """Carry out the score rules of a plan on the columns of one table.

    Args:
        kernel: The engine's kernel.
        away: Whether each leaf that may not apply does not.
        keep: Makes a column of its own of what was worked out.
        failed: Is added to where rows have to be scored alone.
    """

    def __init__(self, kernel: Kernel, away: Mapping[int, pl.Expr], keep: Keep, failed: list[pl.Expr]) -> None:
        self._kernel = kernel
        self._away = away
        self._keep = keep
        self._failed = failed
        self._found: dict[int, tuple[Pair, Pair]] = {}
        self._applies: dict[int, Truth] = {}

    @property
    def _plan(self) -> Plan:
        return self._kernel.plan

    def score(self, node: Node, ratios: Sequence[Pair], left_out: Truth) -> Pair:
        """Return what a node's score rule makes of its parts.

        Args:
            node: The node.
            ratios: What its parts count with, the denominator 0 for those that do not.
            left_out: Whether a part that applies does not count.
        """
        items = [item for item, _ in node.scored.members]
        parts = []
        for item, ratio in zip(items, ratios, strict=True):
            value = self._kept(filled(settled(self._keep(ratio[0]), self._keep(ratio[1]))))
            counts = self._keep(there(ratio))
            if node.rule.normalise:
                num, den = _normal(value, self.ends(item))
                value = self._kept((picked(counts, num, 0), den))
            parts.append(Part(value, self._plan.weight_in(node, item), counts))
        found = self._combined(node, parts) if left_out is False else self._stretched(node, items, parts)
        return bounded(finished(found, node.rule, self._keep), reach_of(node.index, self._plan))

    def _kept(self, pair: Pair) -> Pair:
        return self._keep(pair[0]), self._keep(pair[1])

    def _combined(self, node: Node, parts: Sequence[Part]) -> Pair:
        span, plugins = reach(node, self._plan), self._kernel.plugins
        return combined(node.rule, parts, span, plugins, self._keep, self._failed)

    def _stretched(self, node: Node, items: Sequence[int], parts: Sequence[Part]) -> Pair:
        """Return a sum with terms left out, as `scoring` does; with none left out, that is the sum."""
        ends = [self._counted(item, node) for item in items]
        over = [
            Part(minus(part.value, low), part.weight, part.there) for part, (low, _) in zip(parts, ends, strict=True)
        ]
        room = [Part(minus(high, low), part.weight, part.there) for part, (low, high) in zip(parts, ends, strict=True)]
        reached, possible = (self._kept(summed(map(weighted, each), self._keep)) for each in (over, room))
        least, most = (self._kept(end) for end in self._extremes(node))
        return plus(least, _product(self._kept(minus(most, least)), self._kept(_quotient(reached, possible))))

    def ends(self, item: int) -> tuple[Pair, Pair]:
        """Return the least and the most that an item can be worth among what applies."""
        if not self._differs(item):
            low, high = self._kernel.ends(item)
            return fixed(low), fixed(high)
        if item not in self._found:
            node = self._plan.node(item)
            least, most = (finished(self._kept(end), node.rule, self._keep) for end in self._extremes(node))
            self._found[item] = self._kept(least), self._kept(most)
        return self._found[item]

    def _differs(self, item: int) -> bool:
        """Return whether what an item can be worth depends on what applies."""
        below = () if item < self._plan.whole else range(*self._plan.node(item).below.leaves)
        return not self._plan.span(item).on_stages and any(leaf in self._away for leaf in below)

    def _extremes(self, node: Node) -> tuple[Pair, Pair]:
        """Return what a score rule makes of all worst and of all best, before it is finished."""
        items = [item for item, _ in node.scored.members]
        weights = [self._plan.weight_in(node, item) for item in items]
        ends = [self._counted(item, node) for item in items]
        low, high = (
            [Part(end, weight, self._is_there(item)) for item, end, weight in zip(items, each, weights, strict=True)]
            for each in zip(*ends, strict=True)
        )
        return self._combined(node, low), self._combined(node, high)

    def _counted(self, item: int, node: Node) -> tuple[Pair, Pair]:
        """Return the least and the most with which an item can count in a node: on 0 to 1 where it is normalised."""
        low, high = self.ends(item)
        if not node.rule.normalise:
            return low, high
        return (0, 1), (picked(less(high, ">", low), 1, 0), 1)

    def _is_there(self, item: int) -> Truth:
        """Return whether an item applies."""
        if item not in self._applies:
            leaves = (item,) if item < self._plan.whole else range(*self._plan.node(item).below.leaves)
            gone = [self._away.get(leaf, False) for leaf in leaves]
            self._applies[item] = self._keep(negated(reduce(both, gone)))
        return self._applies[item]


def _product(left: Pair, right: Pair) -> Pair:
    return multiplied(left[0], right[0]), multiplied(left[1], right[1])


def _quotient(left: Pair, right: Pair) -> Pair:
    """Return a ratio of two ratios from 0 up; 0 where it would be divided by 0."""
    num, den = multiplied(left[0], right[1]), multiplied(right[0], left[1])
    some = compared(den, "!=", 0)
    return filled(settled(picked(some, num, 0), den))


def _normal(value: Pair, ends: tuple[Pair, Pair]) -> Pair:
    """Return a value on 0 to 1 of its range; 0 where it has none."""
    low, high = ends
    return _quotient(minus(value, low), minus(high, low))


def reach(node: Node, plan: Plan) -> tuple[Fraction, Fraction]:
    """Return the lowest and the highest that a score rule can make of whatever parts there are, not yet finished."""
    spans = [(Fraction(0), _ONE) if node.rule.normalise else reach_of(item, plan) for item, _ in node.scored.members]
    if isinstance(node.rule, Sum):
        weighed = [
            (plan.weight_in(node, item), span) for (item, _), span in zip(node.scored.members, spans, strict=True)
        ]
        low = sum((min(_ZERO, weight * span[0]) for weight, span in weighed), node.rule.base)
        return low, sum((max(_ZERO, weight * span[1]) for weight, span in weighed), node.rule.base)
    low, high = min(low for low, _ in spans), max(high for _, high in spans)
    if isinstance(node.rule, PowerMean) and node.rule.floor is not None:
        return max(low, node.rule.floor), max(high, node.rule.floor)
    return low, high


_ZERO = Fraction(0)


def reach_of(item: int, plan: Plan) -> tuple[Fraction, Fraction]:
    """Return the lowest and the highest that an item can be worth, whatever applies, with 0 for where nothing does."""
    if item < plan.whole:
        found = [_ZERO, plan.span(item).low, plan.span(item).high, *plan.ends(item)]
    else:
        rule = plan.node(item).rule
        found = [_ZERO, *(finished_number(end, rule) for end in (*reach(plan.node(item), plan), _ZERO))]
    return min(found), max(found)
