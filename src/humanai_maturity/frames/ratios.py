"""Ratios of whole numbers as columns, kept on denominators that are the same in every row wherever there is one."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from fractions import Fraction
from math import ceil, floor, lcm
from typing import Any, TypeAlias

from humanai_maturity.frames.numbers import (
    Operand,
    TooLargeError,
    Whole,
    added,
    compared,
    divided,
    literal,
    multiplied,
    only,
    opposite,
    total,
    whole,
    width,
)
from humanai_maturity.frames.truths import Truth, both, either, negated, picked
from humanai_maturity.model.rules import Rounding, ScoreRule

Pair: TypeAlias = tuple[Operand, Operand]
"""A numerator and a denominator above 0, or both 0 where there is nothing."""

Keep: TypeAlias = Callable[[Any], Any]
"""Makes a column of its own of a number or a truth, so that whatever reads it several times does not repeat it."""

_FINEST, _FINER = 40, 8
"""A common denominator has at most so many bits, or so many more than the largest that it stands for."""


def fixed(value: Fraction) -> Pair:
    """Return a number that is the same in every row."""
    return value.as_integer_ratio()


def there(pair: Pair) -> Truth:
    """Return whether there is anything."""
    return compared(pair[1], "!=", 0)


def filled(pair: Pair) -> Pair:
    """Return a ratio with a denominator above 0 everywhere, whatever it is worth where there is nothing."""
    num, den = pair
    usual = only(den)
    return num, usual or picked(there(pair), den, 1)


def settled(num: Operand, den: Operand) -> Pair:
    """Return a ratio, 0 where there is nothing, on a denominator that is always the same where there is something."""
    found = [value for value in den.values or () if value] if isinstance(den, Whole) else []
    common = lcm(*found)
    if len(found) <= 1 or common.bit_length() > max(_FINEST, max(found).bit_length() + _FINER):
        return num, den
    some = compared(den, "!=", 0)
    try:
        return multiplied(num, divided(common, picked(some, den, 1))), picked(some, common, 0)
    except TooLargeError:
        return num, den


def bounded(pair: Pair, span: tuple[Fraction, Fraction]) -> Pair:
    """Return a ratio that is known to lie between two numbers, 0 among them, in no wider a type than that needs."""
    num, den = pair
    if isinstance(num, int):
        return pair
    most = literal(den).high
    low, high = max(num.low, floor(span[0] * most)), min(num.high, ceil(span[1] * most))
    return whole(num.expr, low, high) if width(low, high) < num.bits else replace(num, low=low, high=high), den


def times(pair: Pair, factor: Fraction) -> Pair:
    """Return so many times a ratio."""
    return multiplied(pair[0], factor.numerator), multiplied(pair[1], factor.denominator)


def plus(left: Pair, right: Pair) -> Pair:
    """Return the sum of two ratios with denominators above 0."""
    (a, b), (c, d) = left, right
    if isinstance(b, int) and isinstance(d, int):
        common = lcm(b, d)
        return added(multiplied(a, common // b), multiplied(c, common // d)), common
    return added(multiplied(a, d), multiplied(c, b)), multiplied(b, d)


def minus(left: Pair, right: Pair) -> Pair:
    """Return the difference of two ratios."""
    return plus(left, (opposite(right[0]), right[1]))


def summed(pairs: Iterable[Pair], keep: Keep) -> Pair:
    """Return the sum of any number of ratios with denominators above 0."""
    found = list(pairs)
    common = lcm(*(den for _, den in found if isinstance(den, int)))
    result: Pair = (keep(total(multiplied(num, common // den) for num, den in found if isinstance(den, int))), common)
    for pair in found:
        if not isinstance(pair[1], int):
            num, den = plus(result, pair)
            result = keep(num), keep(den)
    return result


def less(left: Pair, sign: str, right: Pair) -> Truth:
    """Return whether two ratios with denominators above 0 compare."""
    (a, b), (c, d) = left, right
    if isinstance(b, int) and isinstance(d, int):
        common = lcm(b, d)
        return compared(multiplied(a, common // b), sign, multiplied(c, common // d))
    return compared(multiplied(a, d), sign, multiplied(c, b))


def chosen_pair(condition: Truth, yes: Pair, no: Pair) -> Pair:
    """Return one ratio where a condition holds, and another where it does not."""
    (a, b), (c, d) = yes, no
    if isinstance(b, int) and isinstance(d, int):
        common = lcm(b, d)
        return picked(condition, multiplied(a, common // b), multiplied(c, common // d)), common
    return picked(condition, a, c), picked(condition, b, d)


def averaged(
    leaves: tuple[Operand, Operand, Operand] | tuple[()], nodes: Sequence[tuple[Operand, Operand, int]]
) -> Pair:
    """Return the weighted mean of what is there of several ratios, as `tallies.averaged` writes it out.

    Args:
        leaves: A weighted sum of numerators, their denominator and their weight, if there are any.
        nodes: The numerator, the denominator and the weight of every node.
    """
    total_of, over, weight = leaves or (0, 1, 0)
    parts = [(total_of, over), *(settled(multiplied(num, each), den) for num, den, each in nodes)]
    weights = [weight, *(picked(there((num, den)), each, 0) for num, den, each in nodes)]
    num, den = summed(map(filled, parts), lambda number: number)
    num, by = settled(num, total(weights))
    return num, multiplied(den, by)


def finished(value: Pair, rule: ScoreRule, keep: Keep) -> Pair:
    """Return a score after all that its rule does once the parts are put together, as `ranges.finished` does."""
    if rule.onto is not None:
        value = plus(times(value, rule.onto.maximum - rule.onto.minimum), fixed(rule.onto.minimum))
    for sign, end in (("<", rule.clip.minimum), (">", rule.clip.maximum)) if rule.clip is not None else ():
        if end is not None:
            value = _kept(value, keep)
            value = chosen_pair(less(value, sign, fixed(end)), fixed(end), value)
    return _rounded(_kept(value, keep), rule.round, keep)


def _kept(value: Pair, keep: Keep) -> Pair:
    return keep(value[0]), keep(value[1])


def _rounded(value: Pair, rounding: Rounding | None, keep: Keep) -> Pair:
    """Return a ratio rounded as a rubric declares it."""
    if rounding is None:
        return value
    scale = 10**rounding.digits
    num, den = keep(multiplied(value[0], scale)), value[1]
    below = keep(divided(num, den))
    left = keep(added(num, opposite(multiplied(below, den))))
    up = _goes_up(below, left, den, literal(num).low < 0, rounding.mode)
    return added(below, picked(up, 1, 0)), scale


def _goes_up(below: Operand, left: Operand, den: Operand, signed: bool, mode: str) -> Truth:  # noqa: FBT001
    """Return whether what is left after rounding down brings a number up to the next one."""
    some = compared(left, "!=", 0)
    more, half = (compared(multiplied(left, 2), sign, den) for sign in (">", "=="))
    negative = compared(below, "<", 0) if signed else False
    match mode:
        case "floor":
            return False
        case "ceiling":
            return some
        case "down":
            return both(negative, some)
        case "up":
            return both(negated(negative), some)
        case "half_up":
            return either(more, both(half, negated(negative)))
        case _:
            odd = compared(added(below, opposite(multiplied(divided(below, 2), 2))), "==", 1)
            return either(more, both(half, odd))
