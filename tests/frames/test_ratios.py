"""Ratios in columns are exact, and stand on one denominator where there is one."""

from fractions import Fraction
from typing import Any

import hypothesis.strategies as st
import polars as pl
from hypothesis import given

from humanai_maturity.frames.numbers import Operand, Whole, literal, only, whole
from humanai_maturity.frames.ratios import (
    Pair,
    averaged,
    bounded,
    chosen_pair,
    fixed,
    less,
    minus,
    plus,
    settled,
    summed,
    times,
)

pairs = st.lists(st.tuples(st.integers(-50, 50), st.integers(1, 6)), min_size=1, max_size=6)


def worked_out(pair: Pair, table: pl.DataFrame) -> list[Fraction | None]:
    found = table.select(num=literal(pair[0]).expr, den=literal(pair[1]).expr, rows=pl.first()).rows()
    return [Fraction(num, den) if den else None for num, den, _ in found]


def columns(values: list[tuple[int, int]]) -> tuple[Pair, pl.DataFrame]:
    table = pl.DataFrame({"num": [num for num, _ in values], "den": [den for _, den in values]})
    return (whole(pl.col("num"), -50, 50), whole(pl.col("den"), 0, 6)), table


def same(number: Any) -> Any:
    return number


@given(pairs, st.fractions(-3, 3, max_denominator=7))
def test_arithmetic_is_that_of_fractions(values: list[tuple[int, int]], other: Fraction) -> None:
    pair, table = columns(values)
    exact = [Fraction(num, den) for num, den in values]
    assert worked_out(plus(pair, fixed(other)), table) == [value + other for value in exact]
    assert worked_out(minus(fixed(other), pair), table) == [other - value for value in exact]
    assert worked_out(times(pair, other), table) == [value * other for value in exact]
    assert worked_out(summed([pair, fixed(other), pair], same), table) == [2 * value + other for value in exact]
    lower = less(pair, "<", fixed(other))
    assert worked_out(chosen_pair(lower, pair, fixed(other)), table) == [min(value, other) for value in exact]


@given(pairs)
def test_what_is_settled_has_one_denominator(values: list[tuple[int, int]]) -> None:
    (num, den), table = columns([(0, 0), *values])
    found = settled(num, den)
    assert only(found[1]) == 60
    assert worked_out(found, table) == [None, *(Fraction(num, den) for num, den in values)]


@given(pairs, pairs)
def test_a_mean_is_of_what_is_there(first: list[tuple[int, int]], second: list[tuple[int, int]]) -> None:
    rows = [*zip(first, second, strict=False), ((0, 0), second[0]), ((0, 0), (0, 0))]
    table = pl.DataFrame([[a, b, c, d] for (a, b), (c, d) in rows], schema=["a", "b", "c", "d"], orient="row")
    a, c = (whole(pl.col(name), -50, 50) for name in "ac")
    b, d = (whole(pl.col(name), 0, 6) for name in "bd")
    expected: list[Fraction | None] = []
    for (num, den), (over, by) in rows:
        found = [(Fraction(num, den), 2)] if den else []
        found += [(Fraction(over, by), 3)] if by else []
        weight = sum(each for _, each in found)
        expected.append(sum((value * each for value, each in found), Fraction(0)) / weight if found else None)
    assert worked_out(averaged((), ((a, b, 2), (c, d, 3))), table) == expected


def test_numbers_are_no_wider_than_what_they_can_be() -> None:
    wide: Operand = whole(pl.col("num"), 0, 10**15)
    num, _ = bounded((wide, 100), (Fraction(0), Fraction(1)))
    assert isinstance(num, Whole)
    assert (num.low, num.high, num.bits) == (0, 100, 8)
