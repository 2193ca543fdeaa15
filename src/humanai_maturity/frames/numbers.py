"""Whole numbers as columns: expressions that know how large they can get, so that nothing ever overflows unseen."""

import operator
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, TypeAlias

import polars as pl

_EXACT = 2**53
"""Up to here, a float holds every whole number."""
_FEW = 64
"""Up to so many numbers that a column can hold are told apart."""


_TOO_LARGE = "the numbers of this rubric do not fit into 128 bits"


class TooLargeError(ArithmeticError):
    """Say that a number may not fit into any column."""


@dataclass(frozen=True, slots=True)
class Whole:
    """A column of whole numbers, in the narrowest type that holds them.

    Attributes:
        expr: The expression.
        low: The least that it can be.
        high: The most that it can be.
        bits: The width of its type.
        values: All that it can be, where that is few; else `None`.
    """

    expr: pl.Expr
    low: int
    high: int
    bits: int
    values: frozenset[int] | None = None

    def fitted(self, bits: int) -> pl.Expr:
        """Return the expression in a type of some width."""
        return self.expr if self.bits == bits else self.expr.cast(_TYPES[bits])


Operand: TypeAlias = Whole | int
"""A column of whole numbers, or one whole number."""

_TYPES = {8: pl.Int8, 16: pl.Int16, 32: pl.Int32, 64: pl.Int64, 128: pl.Int128}


def width(*numbers: int) -> int:
    """Return how many bits a type needs that holds some numbers.

    Raises:
        TooLargeError: If there is no such type.
    """
    needed = max((number if number >= 0 else ~number).bit_length() for number in numbers) + 1
    found = next((bits for bits in _TYPES if bits >= needed), None)
    if found is None:
        raise TooLargeError(_TOO_LARGE)
    return found


def whole(expr: pl.Expr, low: int, high: int) -> Whole:
    """Return a column of whole numbers, cast to the narrowest type that holds what lies between two bounds."""
    bits = width(low, high)
    values = frozenset(range(low, high + 1)) if high - low < _FEW else None
    return Whole(expr.cast(_TYPES[bits]), low, high, bits, values)


def literal(number: Operand) -> Whole:
    """Return a number as a column that is the same in every row."""
    return number if isinstance(number, Whole) else _literal(number)


@lru_cache(maxsize=4096)
def _literal(number: int) -> Whole:
    bits = width(number)
    return Whole(pl.lit(number, dtype=_TYPES[bits]), number, number, bits, frozenset((number,)))


def only(number: Operand) -> int | None:
    """Return what a number always is where it is not 0; `None` where that differs from row to row."""
    if isinstance(number, int):
        return number
    found = [value for value in number.values or () if value]
    return found[0] if len(found) == 1 else None


def added(left: Operand, right: Operand) -> Operand:
    """Return a sum."""
    if isinstance(left, int) and isinstance(right, int):
        return left + right
    if right == 0:
        return left
    if left == 0:
        return right
    a, b = literal(left), literal(right)
    return _fitting(operator.add, a, b, (a.low + b.low, a.high + b.high))


def total(numbers: Iterable[Operand]) -> Operand:
    """Return the sum of any number of numbers."""
    found = [*numbers] or [0]
    while len(found) > 1:  # in pairs, so that a long sum is not nested deeply
        rest = [found[-1]] if len(found) % 2 else []
        found = [added(left, right) for left, right in zip(found[::2], found[1::2], strict=False)] + rest
    return found[0]


def opposite(number: Operand) -> Operand:
    """Return a number with the other sign."""
    return multiplied(number, -1)


def multiplied(left: Operand, right: Operand) -> Operand:
    """Return a product."""
    if isinstance(left, int) and isinstance(right, int):
        return left * right
    if 0 in (left, right):
        return 0
    if left == 1:
        return right
    if right == 1:
        return left
    a, b = literal(left), literal(right)
    ends = [x * y for x in (a.low, a.high) for y in (b.low, b.high)]
    return _fitting(operator.mul, a, b, (min(ends), max(ends)))


def divided(left: Operand, right: Operand) -> Operand:
    """Return a quotient, rounded down; where the divisor is 0, nothing may read it."""
    if isinstance(left, int) and isinstance(right, int):
        return left // right if right else 0
    right = right if only(right) is None else only(right) or right
    if right == 1:
        return left
    a, b = literal(left), literal(right)
    low, high = min(0, a.low), max(0, a.high)
    if isinstance(right, int) and right > 0:
        low, high = a.low // right, a.high // right
    return _fitting(operator.floordiv, a, b, (low, high))


def _fitting(operation: Callable[[Any, Any], Any], a: Whole, b: Whole, ends: tuple[int, int]) -> Whole:
    """Do something in a type that holds both numbers and the result."""
    values = _all_of(operation, a.values, b.values)
    if values is not None:
        ends = min(values), max(values)
    bits = max(a.bits, b.bits, width(*ends))
    found = Whole(operation(a.fitted(bits), b.fitted(bits)), *ends, bits, values)
    return replace(found, expr=found.fitted(width(*ends)), bits=width(*ends))


def _all_of(
    operation: Callable[[int, int], int], left: frozenset[int] | None, right: frozenset[int] | None
) -> frozenset[int] | None:
    """Return all that can become of a few numbers."""
    if left is None or right is None or len(left) * len(right) > 4 * _FEW or operation is operator.floordiv:
        return None
    return _few(frozenset(operation(a, b) for a in left for b in right))


def _few(values: frozenset[int]) -> frozenset[int] | None:
    return values if len(values) <= _FEW else None


def chosen(condition: pl.Expr, yes: Operand, no: Operand) -> Operand:
    """Return one number where a condition holds, and another where it does not."""
    if isinstance(yes, int) and yes == no:
        return yes
    a, b = literal(yes), literal(no)
    bits = max(a.bits, b.bits)
    expr = pl.when(condition).then(a.fitted(bits)).otherwise(b.fitted(bits))
    values = None if a.values is None or b.values is None else _few(a.values | b.values)
    return Whole(expr, min(a.low, b.low), max(a.high, b.high), bits, values)


def compared(left: Operand, sign: str, right: Operand) -> pl.Expr | bool:
    """Return whether two numbers compare; what their ranges decide is decided."""
    a, b = literal(left), literal(right)
    if a.low > b.high or a.high < b.low or (a.low == a.high == b.low == b.high):
        return bool(_SIGNS[sign](a.low, b.low))
    if a.low >= b.high and sign in {">=", "<"}:
        return sign == ">="
    if a.high <= b.low and sign in {"<=", ">"}:
        return sign == "<="
    bits = max(a.bits, b.bits)
    result: pl.Expr = _SIGNS[sign](a.fitted(bits), b.fitted(bits))
    return result


_SIGNS: Mapping[str, Callable[[Any, Any], Any]] = {
    ">=": operator.ge,
    ">": operator.gt,
    "<=": operator.le,
    "<": operator.lt,
    "==": operator.eq,
    "!=": operator.ne,
}


def ratio(num: Operand, den: Operand) -> pl.Expr:
    """Return a quotient as the float next to it, or null where the divisor is 0: what Python makes of a fraction.

    A float holds whole numbers up to 2^53, and one division of two of them is rounded correctly (IEEE 754).
    """
    a, b = literal(num), literal(den)
    if max(a.high, -a.low, b.high) > _EXACT:
        return _next_float(a, b)
    # Polars turns a division by what is the same in all rows, or in a part of them, into a multiplication, which
    # rounds differently: so the divisor is made to depend on the rows.
    divisor = b.expr.cast(pl.Float64) + (a.expr * 0).cast(pl.Float64)
    return a.expr.cast(pl.Float64) / (divisor if b.low > 0 else pl.when(b.expr != 0).then(divisor))


_LEAST = 8
"""A quotient of 2^-8 and more is rounded in 64 bits where it has room there."""
_ROOM = 60
"""How far a small dividend is raised first."""


def _next_float(a: Whole, b: Whole) -> pl.Expr:
    """Return the float next to a quotient of large numbers.

    A division of floats comes so close that what is left over is a small multiple of the divisor; and that is exact in
    whole numbers that overflow. Added up in one rounding, both are the float that is wanted.
    """
    negative = a.expr < 0
    size = literal(_size(a, negative))
    short = a.low << _LEAST >= b.high and max(size.high, b.high) < 2**58
    bits = 64 if short else 128
    top, under = size.fitted(bits), pl.when(b.expr != 0).then(b.fitted(bits))
    tiny = pl.lit(value=False)
    if not short:
        if b.high >= 2**119:
            raise TooLargeError(_TOO_LARGE)
        tiny = top < under // 2**_ROOM
        top = pl.when(tiny).then(top * 2**_ROOM).otherwise(top)
    about = top.cast(pl.Float64) / under.cast(pl.Float64)
    power = pl.lit(2.0).pow(54 - about.log(2).floor().clip(-_ROOM - 2, 127))
    scale = power.clip(1.0, None)
    whole_part = (about * scale).cast(_TYPES[bits])
    left = top * scale.cast(_TYPES[bits]) - whole_part * under
    more = left // under
    rest = more.cast(pl.Float64) + pl.when(more * under != left).then(0.5).otherwise(0.0)
    found = (whole_part.cast(pl.Float64) + rest) / scale
    found = pl.when(tiny).then(found * 2.0**-_ROOM).otherwise(found)
    return pl.when(negative).then(-found).otherwise(found) if a.low < 0 else found


def _size(a: Whole, negative: pl.Expr) -> Operand:
    return a if a.low >= 0 else chosen(negative, opposite(a), a)
