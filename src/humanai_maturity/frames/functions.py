"""What programs call, on columns instead of numbers."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any, TypeAlias

import polars as pl

from humanai_maturity.engine.conditions import GONE
from humanai_maturity.frames.cells import Cells
from humanai_maturity.frames.numbers import (
    Operand,
    Whole,
    added,
    compared,
    literal,
    multiplied,
    opposite,
    total,
    whole,
)
from humanai_maturity.frames.ratios import averaged
from humanai_maturity.frames.truths import Truth, both, either, negated, picked

Value: TypeAlias = "Operand | Truth | Cells | Shifted | tuple[Value, ...]"
"""What a name of a program can stand for."""


class NotInColumnsError(Exception):
    """Say that a program does something that cannot be said in expressions."""


@dataclass(frozen=True, slots=True)
class Shifted:
    """A sum of cells, shifted so that one of its fields is lowest."""

    cells: Cells
    place: int


def number_of(value: Value) -> Operand:
    """Return a value as a number."""
    match value:
        case bool():
            return int(value)
        case int() | Whole():
            return value
        case pl.Expr():
            return whole(value, 0, 1)
        case _:
            raise NotInColumnsError("a number was expected")


def holds(value: Value) -> Truth:
    """Return whether a value counts as true."""
    match value:
        case bool() | pl.Expr():
            return value
        case Cells():
            return value.there()
        case _:
            return compared(number_of(value), "!=", 0)


def _least(*numbers: Value) -> Value:
    return _extreme([number_of(each) for each in numbers], min, pl.min_horizontal)


def _most(*numbers: Value) -> Value:
    return _extreme([number_of(each) for each in numbers], max, pl.max_horizontal)


def _extreme(numbers: Sequence[Operand], of: Callable[..., int], along: Callable[..., pl.Expr]) -> Operand:
    """Return the least or the most of several numbers, with each of them written once."""
    if all(isinstance(each, int) for each in numbers):
        return of(numbers)
    columns = [literal(each) for each in numbers]
    bits = max(each.bits for each in columns)
    low, high = of(each.low for each in columns), of(each.high for each in columns)
    return Whole(along([each.fitted(bits) for each in columns]), low, high, bits)


def _picked(left: Operand, sign: str, right: Operand) -> Operand:
    first = compared(left, sign, right)
    return picked(first, left, right)


def _is(value: Value, number: int) -> Truth:
    return compared(number_of(value), "==", number)


def _any_of(*parts: Value) -> Value:
    return picked(reduce(either, [_is(each, 1) for each in parts]), 1, number_of(_least(*parts)))


def _count(parts: Sequence[Value]) -> Value:
    return total([number_of(holds(each)) for each in parts])


def _at_least(parts: Sequence[Value], needed: int) -> Value:
    left = total([number_of(negated(_is(each, GONE))) for each in parts])
    met = total([number_of(_is(each, 1)) for each in parts])
    enough = compared(met, ">=", _picked(left, "<=", needed))
    return picked(compared(left, "==", 0), GONE, number_of(enough))


def _share_of(parts: Sequence[Value], weights: Sequence[int], num: int, den: int) -> Value:
    met = total([picked(holds(part), weight, 0) for part, weight in zip(parts, weights, strict=True)])
    return compared(multiplied(met, den), ">=", num * sum(weights))


def _share(parts: Sequence[Value], weights: Sequence[int], num: int, den: int) -> Value:
    pairs = list(zip(parts, weights, strict=True))
    left = total([picked(_is(part, GONE), 0, weight) for part, weight in pairs])
    met = total([picked(_is(part, 1), weight, 0) for part, weight in pairs])
    enough = compared(multiplied(met, den), ">=", multiplied(left, num))
    return picked(compared(left, "==", 0), GONE, number_of(enough))


def _lowest(*stages: Value) -> Value:
    numbers = [number_of(each) for each in stages]
    absent = 1 + max(literal(each).high for each in numbers)
    least = number_of(_least(*(picked(holds(each), each, absent) for each in numbers)))
    return picked(compared(least, "==", absent), 1, least)


def _kth(k: int, *stages: Value) -> Value:
    """Return the k-th lowest of the stages that are there: the highest one at which enough stand."""
    count = _count(stages)
    needed = added(added(number_of(count), opposite(_picked(number_of(count), "<=", k))), 1)
    top = max(literal(number_of(each)).high for each in stages)
    found: Operand = 1
    for stage in range(2, top + 1):
        standing = total([number_of(compared(number_of(each), ">=", stage)) for each in stages])
        found = picked(both(compared(standing, ">=", needed), compared(number_of(count), ">", 0)), stage, found)
    return found


FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    "any_of": _any_of,
    "at_least": _at_least,
    "averaged": averaged,
    "count": _count,
    "kth": _kth,
    "lowest": _lowest,
    "max": _most,
    "min": _least,
    "share": _share,
    "share_of": _share_of,
}
"""What programs call, on columns."""
