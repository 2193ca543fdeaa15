"""Score rules as functions of one pass of the evaluation, linked to a plan."""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from operator import mul
from typing import Any, TypeAlias, assert_never

from humanai_maturity.engine import aggregation
from humanai_maturity.engine.aggregation import Aggregator, Numbers
from humanai_maturity.engine.passes import POINT, Ends, Pass
from humanai_maturity.engine.plan import NOT_APPLICABLE, Layout, Node, Parts, Plan
from humanai_maturity.engine.status import Ratio
from humanai_maturity.errors import PluginError, near_miss
from humanai_maturity.model.exact import exact
from humanai_maturity.model.ranges import round_exactly
from humanai_maturity.model.rules import (
    Aggregate,
    LowerMedian,
    Maximum,
    Mean,
    MeanMin,
    Minimum,
    PowerMean,
    Quantile,
    ScoreRule,
    Sum,
)

_ZERO, _ONE = Fraction(0), Fraction(1)

PluginAggregator: TypeAlias = Callable[[Numbers, Numbers, Mapping[str, Any]], object]
"""Takes values, weights and a rule's `params`, and returns a number inside the range of the values."""

Score: TypeAlias = Callable[[Pass, int], Ratio]
"""Takes a pass and the node's tally in it."""

Tally: TypeAlias = Callable[[Pass], int]
"""Adds up the weighted cells of some parts."""


def aggregator(rule: ScoreRule, plugins: Mapping[str, PluginAggregator]) -> Aggregator:
    """Return the arithmetic of a score rule.

    Raises:
        PluginError: If the rule names an aggregator that is not registered.
    """
    match rule:
        case Mean():
            return aggregation.mean
        case PowerMean():
            return aggregation.power_mean(rule.exponent, rule.floor)
        case Minimum():
            return aggregation.lowest
        case Maximum():
            return aggregation.highest
        case LowerMedian():
            return aggregation.quantile(Fraction(1, 2))
        case Quantile():
            return aggregation.quantile(rule.q)
        case Sum():
            return aggregation.weighted_sum(rule.base)
        case MeanMin():
            return aggregation.mean_min(rule.alpha)
        case Aggregate():
            return _plugged_in(rule, plugins)
        case _:
            assert_never(rule)


def _plugged_in(rule: Aggregate, plugins: Mapping[str, PluginAggregator]) -> Aggregator:
    if rule.name not in plugins:
        hint = near_miss(rule.name, plugins)
        message = f"the aggregator {rule.name!r} is not registered{f'; did you mean {hint!r}?' if hint else ''}"
        raise PluginError(message)
    plugin = plugins[rule.name]

    def combined(values: Numbers, weights: Numbers) -> Fraction:
        try:
            result = exact(plugin(values, weights, rule.params))
        except Exception as error:
            message = f"the aggregator {rule.name!r} failed: {error}"
            raise PluginError(message) from error
        if not min(values) <= result <= max(values):
            message = f"the aggregator {rule.name!r} returned {result}, outside the values that it was given"
            raise PluginError(message)
        return result

    return combined


def tally(parts: Parts, policy: str) -> Tally:
    """Return the function that adds up the weighted cells of parts; with `worst`, unknown ones at their worst."""
    (start, end), weights = parts.leaves, parts.leaf_weights
    (first, last), node_weights = parts.nodes, parts.node_weights
    if policy in {"worst", "void"}:
        items, all_weights = [item for item, _ in parts.members], [weight for _, weight in parts.members]
        return lambda seen: sum(
            weight * counted_cell(seen, item) for item, weight in zip(items, all_weights, strict=True)
        )
    if not node_weights:
        return lambda seen: sum(map(mul, weights, seen.cell[start:end]))
    if not weights:
        return lambda seen: sum(map(mul, node_weights, seen.cell[first:last]))
    return lambda seen: (
        sum(map(mul, weights, seen.cell[start:end])) + sum(map(mul, node_weights, seen.cell[first:last]))
    )


def counted_cell(seen: Pass, item: int) -> int:
    """Return an item's cell or, without one, the cell of its worst."""
    return seen.cell[item] or seen.worst.cell[item]


def score_function(node: Node, plan: Plan, plugins: Mapping[str, PluginAggregator]) -> Score:
    """Return how a node's score is computed in a pass, as fast as its rule allows."""
    rule = node.rule
    combine = aggregator(rule, plugins)
    if isinstance(rule, Mean) and not rule.normalise and rule.round is None:
        return _mean_of_leaves(plan.layout) if not node.scored.node_weights else _mean(node, plan.layout)
    return _general(node, plan, combine)


def _mean_of_leaves(layout: Layout) -> Score:
    shift, mask = layout.shift, layout.mask
    return lambda seen, tallied: (tallied >> shift, (tallied & mask) * seen.unit)


def _mean(node: Node, layout: Layout) -> Score:
    shift, mask, parts = layout.shift, layout.mask, node.scored
    nodes = tuple(zip(range(*parts.nodes), parts.node_weights, strict=True))
    worst = node.policy.missing == "worst"
    leaves = tally(
        Parts(leaves=parts.leaves, leaf_weights=parts.leaf_weights, nodes=(0, 0), node_weights=()), node.policy.missing
    )

    def score(seen: Pass, _: int) -> Ratio:
        tallied = leaves(seen)
        num, den, total = tallied >> shift, seen.unit, tallied & mask
        for item, weight in nodes:
            ratio = seen.score[item]
            if ratio is None:
                ratio = seen.worst.score[item] if worst else None
            if ratio is None:
                continue
            part_num, part_den = ratio
            total += weight
            if part_den == den:
                num += weight * part_num
            else:
                num, den = num * part_den + weight * part_num * den, den * part_den
        return num, den * total

    return score


def _general(node: Node, plan: Plan, combine: Aggregator) -> Score:
    rule, items = node.rule, [item for item, _ in node.scored.members]
    leaves_out = isinstance(rule, Sum) and node.policy.missing == "leave_out"

    def score(seen: Pass, _: int) -> Ratio:
        found = [(item, value) for item in items if (value := part_value(seen, item, node.policy.missing)) is not None]
        values = [_normal(value, *seen.ends(item)) if rule.normalise else value for item, value in found]
        weights = [plan.weight(item) for item, _ in found]
        if leaves_out and seen.mode == POINT and _left_out(seen, items, len(found)):
            known = [(_ZERO, _ONE) if rule.normalise else seen.ends(item) for item, _ in found]
            result = _stretched(values, weights, known, _extremes(node, plan, combine, seen.state, seen.ends))
        else:
            result = combine(values, weights)
        return round_exactly(result, rule.round).as_integer_ratio()

    return score


def part_value(seen: Pass, item: int, policy: str) -> Fraction | None:
    """Return the value that a part counts with in a pass, or `None` where it does not count."""
    cell, score = seen.cell[item], seen.score[item]
    if policy == "worst" and not cell:
        seen = seen.worst
        cell, score = seen.cell[item], seen.score[item]
    if score is not None:
        return Fraction(*score)
    return Fraction(cell >> seen.shift, seen.unit) if cell else None


def _left_out(seen: Pass, items: Sequence[int], counted: int) -> bool:
    return sum(seen.state[item] != NOT_APPLICABLE for item in items) > counted


def _normal(value: Fraction, low: Fraction, high: Fraction) -> Fraction:
    return (value - low) / (high - low) if high > low else _ZERO


def _stretched(
    values: Numbers, weights: Numbers, known: Sequence[tuple[Fraction, Fraction]], whole: tuple[Fraction, Fraction]
) -> Fraction:
    """Return a sum with terms left out: the same share of the whole range that the known terms reach of theirs."""
    reached = sum(
        (weight * (value - low) for value, weight, (low, _) in zip(values, weights, known, strict=True)), Fraction(0)
    )
    possible = sum((weight * (high - low) for weight, (low, high) in zip(weights, known, strict=True)), Fraction(0))
    return whole[0] + (whole[1] - whole[0]) * (reached / possible if possible else _ZERO)


class Extent:
    """Tell what items can be worth among what is applicable: their rules at all worst and at all best."""

    __slots__ = ("_cache", "_plan", "_plugins", "_state")

    def __init__(self, plan: Plan, plugins: Mapping[str, PluginAggregator], state: Sequence[int]) -> None:
        self._plan = plan
        self._plugins = plugins
        self._state = state
        self._cache: dict[int, tuple[Fraction, Fraction]] = {}

    def __call__(self, item: int) -> tuple[Fraction, Fraction]:
        """Return the least and the most that an item can be worth."""
        if item < self._plan.whole:
            return self._plan.ends(item)
        if item not in self._cache:
            self._cache[item] = _node_ends(self._plan.node(item), self._plan, self._plugins, self._state, self)
        return self._cache[item]


def _node_ends(
    node: Node, plan: Plan, plugins: Mapping[str, PluginAggregator], state: Sequence[int], ends: Ends
) -> tuple[Fraction, Fraction]:
    if node.span.on_stages:
        return Fraction(1), Fraction(plan.layout.stages)
    low, high = _extremes(node, plan, aggregator(node.rule, plugins), state, ends)
    return round_exactly(low, node.rule.round), round_exactly(high, node.rule.round)


def _extremes(
    node: Node, plan: Plan, combine: Aggregator, state: Sequence[int], ends: Ends
) -> tuple[Fraction, Fraction]:
    """Return what a score rule makes of all worst and of all best, before any rounding."""
    items = [item for item, _ in node.scored.members if state[item] != NOT_APPLICABLE]
    weights = [plan.weight(item) for item in items]
    pairs = [(_ZERO, _ONE) if node.rule.normalise else ends(item) for item in items]
    return combine([low for low, _ in pairs], weights), combine([high for _, high in pairs], weights)
