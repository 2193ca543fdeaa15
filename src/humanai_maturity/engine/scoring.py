"""Score rules: plain means as lines of source, all others as functions that the source calls."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from fractions import Fraction
from math import lcm
from typing import Any, TypeAlias, assert_never

from humanai_maturity.engine import aggregation
from humanai_maturity.engine.aggregation import Aggregator, Numbers
from humanai_maturity.engine.plan import Node, Parts, Plan
from humanai_maturity.engine.staging import quorum_parts, quorums
from humanai_maturity.engine.status import Ratio
from humanai_maturity.engine.tallies import averaged, leaf_terms, product, tally_name
from humanai_maturity.engine.terms import LOW, POINT, Mode, Terms, in_unit
from humanai_maturity.errors import PluginError, near_miss
from humanai_maturity.model.exact import exact
from humanai_maturity.model.ranges import finished
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

_ZERO = Fraction(0)

PluginAggregator: TypeAlias = Callable[[Numbers, Numbers, Mapping[str, Any]], object]
"""Takes values, weights and a rule's `params`, and returns a number inside the range of the values."""


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


def writes_itself(rule: ScoreRule) -> bool:
    """Return whether a score rule is plain enough to be written out as source."""
    finishes = rule.normalise or rule.clip is not None or rule.round is not None
    return isinstance(rule, Mean) and rule.weights == "own" and not finishes


def score_of(node: Node, mode: Mode, terms: Terms) -> Iterator[str]:
    """Write a node's score in a mode, counted in the unit, once its parts are there."""
    num, den = f"n{node.index}{mode}", f"d{node.index}{mode}"
    if not writes_itself(node.rule):
        yield f"{num}, {den} = {_called(node, mode, terms)}"
        yield f"{num} *= unit"
        return
    parts, layout = node.scored, terms.plan.layout
    fills = node.policy.missing == "worst"
    counted = tally_name(parts, node, mode, terms)
    if parts.leaf_weights and (
        parts.node_weights or not any(parts == quorum_parts(each, node) for each in quorums(node.stage_rule))
    ):
        counted = "t"
        yield f"t = {' + '.join(leaf_terms(parts, mode, terms, fills=fills))}"
    whole = fixed_whole(node, mode, terms)
    if whole is not None:
        yield f"{num}, {den} = {_of_whole(f'({counted} >> {layout.shift})', parts, mode, terms)}, {whole}"
    elif not parts.node_weights and not terms.called:
        yield f"{num}, {den} = {counted} >> {layout.shift}, {counted} & {layout.mask}"
    else:
        leaves = (f"{counted} >> {layout.shift}", "1", f"({counted} & {layout.mask})") if parts.leaf_weights else None
        some = terms.reduced or (mode == POINT and not terms.complete and not fills)
        nodes = [(*_ratio(item, mode, terms, fills=fills), weight) for item, weight in parts.weighted_nodes]
        yield from averaged((num, den), leaves, nodes, some=some, called=terms.called)


def _ratio(node: int, mode: Mode, terms: Terms, *, fills: bool) -> tuple[str, str]:
    part, of = f"n{node}{mode}", f"d{node}{mode}"
    if fills and mode == POINT and not terms.complete:
        return f"({part} if {of} else n{node}{LOW})", f"({of} or d{node}{LOW})"
    return part, of


def fixed_whole(node: Node, mode: Mode, terms: Terms) -> int | None:
    """Return what a mean divides by where everything counts, whatever the answers; `None` where it depends on them."""
    varies = terms.reduced or (not terms.complete and (mode == POINT or node.policy.missing == "void"))
    if varies or not writes_itself(node.rule):
        return None
    parts = node.scored
    below = [fixed_whole(terms.plan.node(item), mode, terms) for item, _ in parts.weighted_nodes]
    if None in below:
        return None
    return lcm(*filter(None, below)) * sum((*parts.leaf_weights, *parts.node_weights))


def _of_whole(leaves: str, parts: Parts, mode: Mode, terms: Terms) -> str:
    """Return the sum of all parts, counted in what `fixed_whole` gives."""
    wholes = {item: fixed_whole(terms.plan.node(item), mode, terms) or 1 for item, _ in parts.weighted_nodes}
    finest = lcm(*wholes.values())
    nodes = [product(weight * finest // wholes[item], f"n{item}{mode}") for item, weight in parts.weighted_nodes]
    return " + ".join([product(finest, leaves), *nodes] if parts.leaf_weights else nodes)


def _called(node: Node, mode: Mode, terms: Terms) -> str:
    """Return the call of a rule that is not written out."""
    values = ", ".join(_counted(node, item, mode, terms) for item, _ in node.scored.members)
    left_out = "False"
    if isinstance(node.rule, Sum) and node.policy.missing == "leave_out" and mode == POINT and not terms.complete:
        left_out = " or ".join(_left_out(item, terms) for item, _ in node.scored.members)
    return f"rule{node.index}(({values},), {left_out}, ends)"


def _counted(node: Node, item: int, mode: Mode, terms: Terms) -> str:
    """Return the value that a part counts with, as a ratio whose denominator is 0 where it does not count."""
    fills = node.policy.missing == "worst"
    if terms.is_leaf(item):
        shift, cell = terms.plan.layout.shift, terms.cell(item, mode)
        known = f"({cell} >> {shift}, unit)"
        if terms.complete:
            return known
        unknown = "(0, 0)"
        if mode != POINT or fills:
            unknown = f"({in_unit(terms.end(item, LOW if mode == POINT else mode))}, unit)"
            unknown = f"((0, 0) if {item} in away else {unknown})" if terms.reduced else unknown
        return f"({known} if c{item} else {unknown})"
    part, of = _ratio(item, mode, terms, fills=fills)
    return f"({part}, {of} * unit)"


def _left_out(item: int, terms: Terms) -> str:
    """Return whether a part that applies does not count."""
    counts = f"not c{item}" if terms.is_leaf(item) else f"not d{item}{POINT}"
    return f"{counts} and {terms.applies(item)}" if terms.reduced else counts


Rule: TypeAlias = Callable[[Sequence[Ratio], bool, "Ends"], Ratio]
"""Takes the ratios that parts count with, whether a part is left out, and what parts can be worth."""


def rule_function(node: Node, plan: Plan, plugins: Mapping[str, PluginAggregator]) -> Rule:
    """Return a node's score rule as a function of what its parts count with."""
    rule, combine = node.rule, aggregator(node.rule, plugins)
    items = [item for item, _ in node.scored.members]

    def score(ratios: Sequence[Ratio], left_out: bool, ends: Ends) -> Ratio:  # noqa: FBT001 - called by position
        found = [(item, Fraction(*ratio)) for item, ratio in zip(items, ratios, strict=True) if ratio[1]]
        values = [_normal(value, *ends(item)) if rule.normalise else value for item, value in found]
        weights = [plan.weight_in(node, item) for item, _ in found]
        if left_out:
            known = [ends.counted(item, node) for item, _ in found]
            result = _stretched(values, weights, known, ends.extremes(node, combine))
        else:
            result = combine(values, weights)
        return finished(result, rule).as_integer_ratio()

    return score


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


class Ends:
    """Tell what items can be worth among what applies: their rules at all worst and at all best."""

    __slots__ = ("_away", "_cache", "_plan", "_plugins")

    def __init__(self, plan: Plan, plugins: Mapping[str, PluginAggregator], away: Collection[int]) -> None:
        self._plan = plan
        self._plugins = plugins
        self._away = away
        self._cache: dict[int, tuple[Fraction, Fraction]] = {}

    def __call__(self, item: int) -> tuple[Fraction, Fraction]:
        """Return the least and the most that an item can be worth."""
        if item < self._plan.whole:
            return self._plan.ends(item)
        if item not in self._cache:
            self._cache[item] = self._of_node(self._plan.node(item))
        return self._cache[item]

    def ratio(self, item: int, place: int) -> Ratio:
        """Return the least, at place 0, or the most, at place 1, as a ratio."""
        return self(item)[place].as_integer_ratio()

    def _of_node(self, node: Node) -> tuple[Fraction, Fraction]:
        if node.span.on_stages:
            return Fraction(1), Fraction(self._plan.layout.stages)
        low, high = self.extremes(node, aggregator(node.rule, self._plugins))
        return finished(low, node.rule), finished(high, node.rule)

    def extremes(self, node: Node, combine: Aggregator) -> tuple[Fraction, Fraction]:
        """Return what a score rule makes of all worst and of all best, before it is finished."""
        items = [item for item, _ in node.scored.members if self._applies(item)]
        weights = [self._plan.weight_in(node, item) for item in items]
        pairs = [self.counted(item, node) for item in items]
        return combine([low for low, _ in pairs], weights), combine([high for _, high in pairs], weights)

    def counted(self, item: int, node: Node) -> tuple[Fraction, Fraction]:
        """Return the least and the most with which an item can count in a node: on 0 to 1 where it is normalised."""
        ends = self(item)
        return (_normal(ends[0], *ends), _normal(ends[1], *ends)) if node.rule.normalise else ends

    def _applies(self, item: int) -> bool:
        if not self._away or item < self._plan.whole:
            return item not in self._away
        return any(leaf not in self._away for leaf in range(*self._plan.node(item).below.leaves))
