"""The score rules as pure arithmetic on exact numbers: no rubric, no policy, no checks."""

from collections.abc import Callable, Sequence
from decimal import ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction
from itertools import accumulate
from typing import TypeAlias

Numbers: TypeAlias = Sequence[Fraction]
Aggregator: TypeAlias = Callable[[Numbers, Numbers], Fraction]
"""Takes values and their weights, at least one of each, and returns the aggregate."""

_PLACES = Decimal("1e-15")
_FIRST_PRECISION = 50
_LAST_PRECISION = 800


def mean(values: Numbers, weights: Numbers) -> Fraction:
    """Return the weighted arithmetic mean.

    Example:
        >>> mean([Fraction(1), Fraction(4)], [Fraction(2), Fraction(1)])
        Fraction(2, 1)
    """
    return sum(map(Fraction.__mul__, values, weights), Fraction(0)) / sum(weights, Fraction(0))


def lowest(values: Numbers, _weights: Numbers) -> Fraction:
    """Return the lowest value.

    Example:
        >>> lowest([Fraction(1), Fraction(4)], [])
        Fraction(1, 1)
    """
    return min(values)


def highest(values: Numbers, _weights: Numbers) -> Fraction:
    """Return the highest value.

    Example:
        >>> highest([Fraction(1), Fraction(4)], [])
        Fraction(4, 1)
    """
    return max(values)


def quantile(q: Fraction) -> Aggregator:
    """Return the rule for the smallest value that at least the share `q` of the weight does not exceed.

    The result is always one of the values (the inverse of the empirical distribution function; definition 1 of
    Hyndman and Fan, 1996, with weights).

    Example:
        >>> quantile(Fraction(1, 2))([Fraction(3), Fraction(1), Fraction(2)], [Fraction(1)] * 3)
        Fraction(2, 1)
    """

    def rule(values: Numbers, weights: Numbers) -> Fraction:
        needed = q * sum(weights, Fraction(0))
        ordered = sorted(zip(values, weights, strict=True))
        reached = accumulate(weight for _, weight in ordered)
        return next(value for (value, _), total in zip(ordered, reached, strict=True) if total >= needed)

    return rule


def weighted_sum(base: Fraction) -> Aggregator:
    """Return the rule that adds the values times their weights to `base`.

    Example:
        >>> weighted_sum(Fraction(110))([Fraction(-5), Fraction(-3)], [Fraction(1), Fraction(1)])
        Fraction(102, 1)
    """

    def rule(values: Numbers, weights: Numbers) -> Fraction:
        return sum(map(Fraction.__mul__, values, weights), base)

    return rule


def mean_min(alpha: Fraction) -> Aggregator:
    """Return the rule that blends the mean with the lowest value: `alpha` x mean + (1 - `alpha`) x lowest.

    Example:
        >>> mean_min(Fraction(1, 2))([Fraction(1), Fraction(3)], [Fraction(1), Fraction(1)])
        Fraction(3, 2)
    """

    def rule(values: Numbers, weights: Numbers) -> Fraction:
        return alpha * mean(values, weights) + (1 - alpha) * min(values)

    return rule


def power_mean(exponent: Fraction, floor: Fraction | None = None) -> Aggregator:
    """Return the rule for the weighted power mean, correctly rounded to 15 decimal places (half to even).

    Also known as the generalised or Hoelder mean; `exponent` 0 is the geometric mean (Hardy, Littlewood and
    Polya, Inequalities, 1934). Values below `floor` count as `floor`.

    Example:
        >>> float(power_mean(Fraction(-1))([Fraction(1), Fraction(3)], [Fraction(1), Fraction(1)]))
        1.5
    """

    def rule(values: Numbers, weights: Numbers) -> Fraction:
        raised = [value if floor is None else max(value, floor) for value in values]
        if len(set(raised)) == 1:
            return _to_places(raised[0])
        return _power_mean(raised, weights, exponent)

    return rule


def _to_places(value: Fraction) -> Fraction:
    return Fraction(round(value * 10**15), 10**15)


def _power_mean(values: Numbers, weights: Numbers, exponent: Fraction) -> Fraction:
    """Raise the precision until the digits beyond the fifteenth decide the rounding (Ziv's strategy, 1991)."""
    precision = _FIRST_PRECISION
    while True:
        context = Context(prec=precision, Emax=10**9, Emin=-(10**9))
        estimate = _estimate(values, weights, exponent, context)
        slack = abs(estimate) * Decimal(10) ** (8 - precision)
        low, high = (
            context.add(estimate, sign * slack).quantize(_PLACES, ROUND_HALF_EVEN, context) for sign in (-1, 1)
        )
        if low == high:
            return Fraction(low)
        if precision > _LAST_PRECISION:
            return _to_places(
                Fraction(estimate.quantize(Decimal(10) ** -(_LAST_PRECISION // 2), ROUND_HALF_EVEN, context))
            )
        precision *= 2


def _estimate(values: Numbers, weights: Numbers, exponent: Fraction, context: Context) -> Decimal:
    """Return the power mean to about the context's precision."""

    def decimal(number: Fraction) -> Decimal:
        return context.divide(Decimal(number.numerator), Decimal(number.denominator))

    total = sum(weights, Fraction(0))
    shares = [decimal(weight / total) for weight in weights]
    bases = [decimal(value) for value in values]
    result = Decimal(0)
    if exponent == 0:
        for share, base in zip(shares, bases, strict=True):
            result = context.add(result, context.multiply(share, context.ln(base)))
        return context.exp(result)
    for share, base in zip(shares, bases, strict=True):
        if base:
            result = context.add(result, context.multiply(share, context.power(base, decimal(exponent))))
    return context.power(result, decimal(1 / exponent)) if result else result
