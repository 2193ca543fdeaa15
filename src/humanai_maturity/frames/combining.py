"""The arithmetic of score rules on columns: what `engine.aggregation` does with numbers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce

import polars as pl

from humanai_maturity.engine.scoring import PluginAggregator, aggregator
from humanai_maturity.frames.called import called
from humanai_maturity.frames.numbers import multiplied
from humanai_maturity.frames.ratios import Keep, Pair, chosen_pair, filled, fixed, less, plus, settled, summed, times
from humanai_maturity.frames.truths import Truth, both, either, negated, picked
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

_HALF = Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class Part:
    """What one part counts with.

    Attributes:
        value: Its value, on a denominator above 0.
        weight: The weight with which it counts.
        there: Whether it counts.
    """

    value: Pair
    weight: Fraction
    there: Truth


def combined(
    rule: ScoreRule,
    parts: Sequence[Part],
    span: tuple[Fraction, Fraction],
    plugins: Mapping[str, PluginAggregator],
    keep: Keep,
    failed: list[pl.Expr],
) -> Pair:
    """Return what a score rule makes of its parts, before it is finished.

    Args:
        rule: The rule.
        parts: The parts.
        span: The lowest and the highest that it can be.
        plugins: The aggregators that rules name.
        keep: Makes a column of its own of what was worked out.
        failed: Is added to where rows have to be scored alone.
    """
    match rule:
        case Mean():
            return _mean(parts, keep)
        case Minimum():
            return _extreme(parts, "<=", keep)
        case Maximum():
            return _extreme(parts, ">=", keep)
        case MeanMin():
            blended = times(_mean(parts, keep), rule.alpha)
            return plus(blended, times(_extreme(parts, "<=", keep), 1 - rule.alpha))
        case LowerMedian():
            return _quantile(parts, _HALF, keep)
        case Quantile():
            return _quantile(parts, rule.q, keep)
        case Sum():
            return summed([fixed(rule.base), *map(weighted, parts)], keep)
        case PowerMean() | Aggregate():
            values = [(each.value, each.there) for each in parts]
            places = 10**15 if isinstance(rule, PowerMean) else None
            weights = [each.weight for each in parts]
            found, lost = called(aggregator(rule, plugins), values, weights, span, places, keep)
            failed += [lost] if lost is not None else []
            return found


def weighted(part: Part) -> Pair:
    """Return what a part adds to a weighted sum."""
    num, den = times(part.value, part.weight)
    return picked(part.there, num, 0), den


def _weight(parts: Sequence[Part], counts: Sequence[Truth], keep: Keep) -> Pair:
    """Return the weight of the parts that count."""
    each = [times((picked(counted, 1, 0), 1), part.weight) for part, counted in zip(parts, counts, strict=True)]
    return summed(each, keep)


def _mean(parts: Sequence[Part], keep: Keep) -> Pair:
    num, den = summed(map(weighted, parts), keep)
    weight, of = _weight(parts, [part.there for part in parts], keep)
    num, weight = settled(num, weight)
    return filled((multiplied(num, of), multiplied(den, weight)))


def _extreme(parts: Sequence[Part], sign: str, keep: Keep) -> Pair:
    """Return the lowest or the highest value, of those that are there."""

    def better(left: Part, right: Part) -> Part:
        takes_left = keep(both(left.there, either(negated(right.there), less(left.value, sign, right.value))))
        num, den = chosen_pair(takes_left, left.value, right.value)
        return Part((keep(num), keep(den)), Fraction(1), keep(either(left.there, right.there)))

    return reduce(better, parts).value


def _quantile(parts: Sequence[Part], share: Fraction, keep: Keep) -> Pair:
    """Return the lowest value that at least a share of the weight does not exceed."""
    needed = times(_weight(parts, [part.there for part in parts], keep), share)
    enough = []
    for part in parts:
        below = [both(other.there, less(other.value, "<=", part.value)) for other in parts]
        reached = less(_weight(parts, below, keep), ">=", needed)
        enough.append(Part(part.value, part.weight, keep(both(part.there, reached))))
    return _extreme(enough, "<=", keep)
