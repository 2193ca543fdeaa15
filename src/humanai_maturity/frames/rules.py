"""The score rules that programs call, on columns: all that need no more than comparisons, sums and quotients."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from typing import Any, TypeAlias

from humanai_maturity.engine.plan import Node, Plan
from humanai_maturity.frames.numbers import Operand, added, compared, divided, literal, multiplied, opposite
from humanai_maturity.frames.truths import Truth, both, either, negated, picked
from humanai_maturity.model.rules import (
    LowerMedian,
    Maximum,
    Mean,
    MeanMin,
    Minimum,
    Quantile,
    Rounding,
    ScoreRule,
    Sum,
)

Pair: TypeAlias = tuple[Operand, Operand]
"""A numerator and a denominator above 0."""

EndsOf: TypeAlias = Callable[[int], tuple[Fraction, Fraction] | None]
"""What an item can be worth among what applies; `None` where that differs from row to row."""

_KNOWN_SETTINGS = {"rule", "over", "normalise", "round", "base", "q", "alpha"}
_HALF = Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class Part:
    """What one part counts with.

    Attributes:
        value: Its value.
        weight: Its weight as written.
        there: Whether it counts.
    """

    value: Pair
    weight: Fraction
    there: Truth


Keep: TypeAlias = Callable[[Any], Any]
"""Makes a column of its own of a number or a truth, so that whatever reads it several times does not repeat it."""


def rule_on_columns(  # noqa: PLR0913, PLR0917 - a rule needs as much
    node: Node, plan: Plan, ratios: Sequence[Pair], unit: int, left_out: Truth, ends: EndsOf, keep: Keep
) -> Pair | None:
    """Return what a score rule makes of its parts as a ratio; `None` where columns cannot say it."""
    rule = node.rule
    changed = {name for name in type(rule).model_fields if getattr(rule, name) != type(rule).model_fields[name].default}
    if not changed <= _KNOWN_SETTINGS or (isinstance(rule, Sum) and left_out is not False):
        return None
    parts = []
    for (item, _), (num, den) in zip(node.scored.members, ratios, strict=True):
        there = keep(compared(den, "!=", 0))
        value = (keep(num), unit) if item < plan.whole else (keep(num), keep(picked(there, den, 1)))
        if rule.normalise:
            span = ends(item)
            if span is None:
                return None
            value = _normal(value, *span)
        parts.append(Part((keep(value[0]), keep(value[1])), plan.weight(item), there))
    found = _combined(rule, parts, keep)
    return None if found is None else _rounded((keep(found[0]), keep(found[1])), rule.round, keep)


def _normal(value: Pair, low: Fraction, high: Fraction) -> Pair:
    if high <= low:
        return 0, 1
    scale = 1 / (high - low)
    return _plus(_times(value, scale), (-(low * scale).numerator, (low * scale).denominator))


def _combined(rule: ScoreRule, parts: Sequence[Part], keep: Keep) -> Pair | None:
    match rule:
        case Mean():
            return _mean(parts, keep)
        case Minimum():
            return _extreme(parts, "<=", keep)
        case Maximum():
            return _extreme(parts, ">=", keep)
        case MeanMin():
            blended = _times(_mean(parts, keep), rule.alpha)
            return _plus(blended, _times(_extreme(parts, "<=", keep), 1 - rule.alpha))
        case LowerMedian():
            return _quantile(parts, _HALF, keep)
        case Quantile():
            return _quantile(parts, rule.q, keep)
        case Sum():
            return _added((rule.base.numerator, rule.base.denominator), map(_weighted, parts), keep)
        case _:
            return None


def _times(value: Pair, factor: Fraction) -> Pair:
    return multiplied(value[0], factor.numerator), multiplied(value[1], factor.denominator)


def _plus(left: Pair, right: Pair) -> Pair:
    (a, b), (c, d) = left, right
    if isinstance(b, int) and isinstance(d, int):
        if b % d == 0:
            return added(a, multiplied(c, b // d)), b
        if d % b == 0:
            return added(multiplied(a, d // b), c), d
    return added(multiplied(a, d), multiplied(c, b)), multiplied(b, d)


def _added(start: Pair, pairs: Iterable[Pair], keep: Keep) -> Pair:
    found = start
    for pair in pairs:
        num, den = _plus(found, pair)
        found = keep(num), keep(den)
    return found


def _weighted(part: Part) -> Pair:
    num, den = _times(part.value, part.weight)
    return picked(part.there, num, 0), den


def _weight(parts: Sequence[Part], counts: Sequence[Truth], keep: Keep) -> Pair:
    """Return the weight of the parts that count."""
    each = [
        (picked(counted, part.weight.numerator, 0), part.weight.denominator)
        for part, counted in zip(parts, counts, strict=True)
    ]
    return _added((0, 1), each, keep)


def _mean(parts: Sequence[Part], keep: Keep) -> Pair:
    num, den = _added((0, 1), map(_weighted, parts), keep)
    weight, of = _weight(parts, [part.there for part in parts], keep)
    divisor = keep(multiplied(den, weight))
    return multiplied(num, of), picked(compared(divisor, "!=", 0), divisor, 1)


def _less(left: Pair, sign: str, right: Pair) -> Truth:
    if isinstance(left[1], int) and left[1] == right[1]:
        return compared(left[0], sign, right[0])
    return compared(multiplied(left[0], right[1]), sign, multiplied(right[0], left[1]))


def _extreme(parts: Sequence[Part], sign: str, keep: Keep) -> Pair:
    """Return the lowest or the highest value, of those that are there."""

    def better(left: Part, right: Part) -> Part:
        takes_left = keep(both(left.there, either(negated(right.there), _less(left.value, sign, right.value))))
        value = [keep(picked(takes_left, a, b)) for a, b in zip(left.value, right.value, strict=True)]
        return Part((value[0], value[1]), Fraction(1), keep(either(left.there, right.there)))

    return reduce(better, parts).value


def _quantile(parts: Sequence[Part], share: Fraction, keep: Keep) -> Pair:
    """Return the lowest value that at least a share of the weight does not exceed."""
    total = _times(_weight(parts, [part.there for part in parts], keep), share)
    enough = []
    for part in parts:
        below = [both(other.there, _less(other.value, "<=", part.value)) for other in parts]
        reached = _less(_weight(parts, below, keep), ">=", total)
        enough.append(Part(part.value, part.weight, keep(both(part.there, reached))))
    return _extreme(enough, "<=", keep)


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
