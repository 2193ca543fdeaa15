"""Whole numbers in columns are exact, and quotients are the floats that Python makes of the same fractions."""

from fractions import Fraction
from typing import Any

import hypothesis.strategies as st
import polars as pl
import pytest
from hypothesis import given

from humanai_maturity.frames.numbers import (
    Operand,
    TooLargeError,
    added,
    chosen,
    compared,
    divided,
    literal,
    multiplied,
    opposite,
    ratio,
    total,
    whole,
    width,
)

LARGE = 2**66


def column(name: str, values: list[int], low: int, high: int) -> tuple[Operand, pl.Series]:
    return whole(pl.col(name), low, high), pl.Series(name, values, dtype=pl.Int128)


def worked_out(expr: Any, *series: pl.Series) -> list[Any]:
    return pl.DataFrame(list(series)).lazy().select(expr.alias("found")).collect()["found"].to_list()


numbers = st.lists(st.integers(-LARGE, LARGE), min_size=1, max_size=6)


@given(st.data(), st.sampled_from([2**5, 2**12, 2**30, 2**60, LARGE]))
def test_arithmetic_is_exact_in_whatever_type_it_needs(data: st.DataObject, most: int) -> None:
    each = st.integers(-most, most)
    pairs = data.draw(st.lists(st.tuples(each, each), min_size=1, max_size=5))
    (a, one), (b, two) = (column(name, [p[k] for p in pairs], -most, most) for k, name in enumerate("ab"))
    operations: list[tuple[Any, Any]] = [
        (added(a, b), lambda x, y: x + y),
        (added(a, 0), lambda x, _: x),
        (total([a, b, 3]), lambda x, y: x + y + 3),
        (opposite(a), lambda x, _: -x),
        (divided(a, 7), lambda x, _: x // 7),
        (multiplied(a, 5), lambda x, _: x * 5),
    ]
    if most < LARGE:
        operations.append((multiplied(a, b), lambda x, y: x * y))
    for found, expected in operations:
        assert worked_out(literal(found).expr, one, two) == [expected(x, y) for x, y in pairs]
        assert literal(found).low <= min(expected(x, y) for x, y in pairs)
        assert literal(found).high >= max(expected(x, y) for x, y in pairs)


@given(st.lists(st.tuples(st.integers(0, LARGE), st.integers(0, 2**40)), min_size=1, max_size=8), st.booleans())
def test_a_quotient_is_the_float_next_to_the_fraction(pairs: list[tuple[int, int]], small: bool) -> None:  # noqa: FBT001
    """JSON holds exact values beside a rounded float: of a table, these are the same bits."""
    pairs = (
        [(num % 10**6, den % 1000) for num, den in pairs] if small else [(min(n, den * 90), den) for n, den in pairs]
    )
    a, one = column("a", [num for num, _ in pairs], 0, 10**6 if small else 2**47)
    b, two = column("b", [den for _, den in pairs], 0, 1000 if small else 2**40)
    expected = [float(Fraction(num, den)) if den else None for num, den in pairs]
    assert worked_out(ratio(a, b), one, two) == expected


def test_a_fixed_divisor_divides() -> None:
    """Polars divides by a constant as a multiplication by its reciprocal, which gives other bits."""
    a, one = column("a", list(range(2000)), 0, 2000)
    for den in (3, 10, 100, 49):
        assert worked_out(ratio(a, den), one) == [number / den for number in range(2000)]


def test_what_ranges_decide_is_decided() -> None:
    a = whole(pl.col("a"), 2, 5)
    assert compared(a, ">=", 2) is True
    assert compared(a, "<", 2) is False
    assert compared(a, "<=", 5) is True
    assert compared(a, "==", 9) is False
    assert isinstance(compared(a, ">", 2), pl.Expr)
    assert chosen(pl.col("x"), 3, 3) == 3
    assert multiplied(a, 0) == 0
    assert divided(7, 0) == 0
    assert divided(a, 1) is a


def test_types_are_as_narrow_as_they_can_be() -> None:
    assert [width(0, most) for most in (127, 128, 2**15, 2**31, 2**63)] == [8, 16, 32, 64, 128]
    assert width(-128, 127) == 8
    with pytest.raises(TooLargeError, match="128 bits"):
        width(2**127)


@given(st.data(), st.sampled_from([(2**57, 2**57), (2**60, 2**40), (2**120, 2**30), (2**125, 2**118)]))
def test_a_quotient_of_large_numbers_of_any_size(data: st.DataObject, most: tuple[int, int]) -> None:
    signed, (top, under) = data.draw(st.booleans()), most
    low = -top if signed else 0
    pairs = data.draw(st.lists(st.tuples(st.integers(low, top), st.integers(0, under)), min_size=1, max_size=8))
    # Beside those that are drawn anywhere, some that lie next to what is half-way between two floats.
    close = st.tuples(st.integers(2**53, 2**54), st.integers(1, under), st.integers(-1, 1))
    halves = [((num * den + more) % top, den) for num, den, more in data.draw(st.lists(close, max_size=8))]
    pairs = [*pairs, (0, 1), (1, under), (top, 1), *halves]
    a, one = column("a", [num for num, _ in pairs], low, top)
    b, two = column("b", [den for _, den in pairs], 0, under)
    expected = [float(Fraction(num, den)) if den else None for num, den in pairs]
    assert worked_out(ratio(a, b), one, two) == expected
