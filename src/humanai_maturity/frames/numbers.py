"""Whole numbers as columns: expressions that know how large they can get, so that nothing ever overflows unseen."""

import operator
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

import polars as pl

_EXACT = 2**53
"""Up to here, a float holds every whole number."""
_DIGITS = 60
"""How many binary digits of a quotient are worked out: the 53 of a float, and enough to round by."""


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
    """

    expr: pl.Expr
    low: int
    high: int
    bits: int

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
        message = "the numbers of this rubric do not fit into 128 bits"
        raise TooLargeError(message)
    return found


def whole(expr: pl.Expr, low: int, high: int) -> Whole:
    """Return a column of whole numbers, cast to the narrowest type that holds what lies between two bounds."""
    bits = width(low, high)
    return Whole(expr.cast(_TYPES[bits]), low, high, bits)


def literal(number: Operand) -> Whole:
    """Return a number as a column that is the same in every row."""
    if isinstance(number, Whole):
        return number
    bits = width(number)
    return Whole(pl.lit(number, dtype=_TYPES[bits]), number, number, bits)


def added(left: Operand, right: Operand) -> Operand:
    """Return a sum."""
    if isinstance(left, int) and isinstance(right, int):
        return left + right
    if right == 0:
        return left
    if left == 0:
        return right
    a, b = literal(left), literal(right)
    return _fitting(lambda x, y: x + y, a, b, (a.low + b.low, a.high + b.high))


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
    return _fitting(lambda x, y: x * y, a, b, (min(ends), max(ends)))


def divided(left: Operand, right: Operand) -> Operand:
    """Return a quotient, rounded down; where the divisor is 0, nothing may read it."""
    if isinstance(left, int) and isinstance(right, int):
        return left // right if right else 0
    if right == 1:
        return left
    a, b = literal(left), literal(right)
    low, high = min(0, a.low), max(0, a.high)
    if isinstance(right, int) and right > 0:
        low, high = a.low // right, a.high // right
    return _fitting(lambda x, y: x // y, a, b, (low, high))


def _fitting(operation: Callable[[pl.Expr, pl.Expr], pl.Expr], a: Whole, b: Whole, ends: tuple[int, int]) -> Whole:
    """Do something in a type that holds both numbers and the result."""
    bits = max(a.bits, b.bits, width(*ends))
    found = Whole(operation(a.fitted(bits), b.fitted(bits)), *ends, bits)
    return replace(found, expr=found.fitted(width(*ends)), bits=width(*ends))


def chosen(condition: pl.Expr, yes: Operand, no: Operand) -> Operand:
    """Return one number where a condition holds, and another where it does not."""
    if isinstance(yes, int) and yes == no:
        return yes
    a, b = literal(yes), literal(no)
    bits = max(a.bits, b.bits)
    expr = pl.when(condition).then(a.fitted(bits)).otherwise(b.fitted(bits))
    return Whole(expr, min(a.low, b.low), max(a.high, b.high), bits)


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

    A float holds whole numbers up to 2^53, and one division of two of them is rounded correctly (IEEE 754). For
    larger ones, more binary digits than a float has are worked out in whole numbers, and the last is set if anything is
    left, so that the one rounding that follows rounds correctly, too.
    """
    a, b = literal(num), literal(den)
    if max(a.high, -a.low, b.high) <= _EXACT:
        # Polars turns a division by what is the same in all rows, or in a part of them, into a multiplication, which
        # rounds differently: so the divisor is made to depend on the rows.
        divisor = b.expr.cast(pl.Float64) + (a.expr * 0).cast(pl.Float64)
        return a.expr.cast(pl.Float64) / (divisor if b.low > 0 else pl.when(b.expr != 0).then(divisor))
    top = literal(multiplied(a, 2**_DIGITS)).fitted(128)
    under = pl.when(b.expr != 0).then(b.fitted(128))
    quotient = top // under
    digits = pl.when(quotient * under != top).then(quotient | 1).otherwise(quotient)
    return digits.cast(pl.Int64).cast(pl.Float64) * 2.0**-_DIGITS
