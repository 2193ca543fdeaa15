"""Numbers in columns of every type, as whole numbers of decimals: exact, as they are written."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from typing import TypeAlias

import polars as pl

from humanai_maturity.frames.columns import Columns
from humanai_maturity.frames.spelling import NUMBER, in_32_bits, printed
from humanai_maturity.frames.truths import Truth
from humanai_maturity.model.exact import RATIO, exact
from humanai_maturity.model.scales import MetricScale

DECIMALS = 4
"""A number with more decimal places than this is read row by row."""

POWER = 10**DECIMALS

_PLAIN = rf"^[-+]?[0-9]{{1,11}}(\.[0-9]{{1,{DECIMALS}}})?$"
"""A text that spells a number of so many decimals."""

_SURE_OF_32_BITS = 10**6
"""Below this, whole numbers of decimals that differ are different floats of 32 bits."""

_SURE_OF_64_BITS = 2**39 * POWER
"""Below this, they are different floats of 64 bits."""

_LARGEST_WHOLE = 2**127 - 1

_LARGEST, _LEAST = 1e100, 1e-99
"""Larger and smaller numbers are of no reasonable size."""

Refused: TypeAlias = Callable[[pl.Expr], pl.Expr]
"""Returns whether cells do not fit, each read alone."""


@dataclass(frozen=True)
class Decimals:
    """The numbers in a column.

    Attributes:
        steps: The number of steps of `1 / POWER`, where there is a number that counts.
        there: Whether there is a number, possible or not.
        unfit: Whether what is there is no number, or one that the rubric calls impossible.
        odd: Whether the number has more decimals.
    """

    steps: pl.Expr
    there: pl.Expr
    unfit: pl.Expr
    odd: Truth = False


def decimals_in(columns: Columns, scale: MetricScale, ends: tuple[Fraction, Fraction], refused: Refused) -> Decimals:
    """Return the numbers in a column.

    Args:
        columns: The column.
        scale: The metric.
        ends: The numbers beyond which nothing changes any more.
        refused: What is asked about texts that spell numbers of more decimals.
    """
    given = pl.col(columns.name)
    match columns.holds:
        case "whole":
            return _of_whole(given, scale, ends, signed=columns.dtype.is_signed_integer())
        case "texts":
            return _of_texts(given.cast(pl.String), scale, refused)
        case _ if isinstance(columns.dtype, pl.Decimal):
            return _of_decimals(given, columns.dtype.scale, scale, ends)
        case _:
            return _of_floats(given, scale, ends, short=columns.dtype == pl.Float32)


def _of_whole(given: pl.Expr, scale: MetricScale, ends: tuple[Fraction, Fraction], *, signed: bool) -> Decimals:
    number = given.cast(pl.Int128, strict=signed)
    if not signed:  # those of 128 bits may be larger than any cut
        number = pl.when(given.is_not_null()).then(number.fill_null(_within(_LARGEST_WHOLE)))
    return Decimals(_clipped(number, ends) * POWER, given.is_not_null(), _beyond(number, scale, 1))


def _of_decimals(given: pl.Expr, places: int, scale: MetricScale, ends: tuple[Fraction, Fraction]) -> Decimals:
    digits = given.to_physical().cast(pl.Int128)
    low, high = (end * 10**places for end in ends)
    unfit = _beyond(digits, scale, 10**places)
    if places <= DECIMALS:
        return Decimals(_clipped(digits, (low, high)) * 10 ** (DECIMALS - places), given.is_not_null(), unfit)
    finer = 10 ** (places - DECIMALS)
    odd = (digits % finer != 0).fill_null(value=False) & ~unfit
    return Decimals(_clipped(digits, (low, high)) // finer, given.is_not_null(), unfit, odd)


def _of_floats(given: pl.Expr, scale: MetricScale, ends: tuple[Fraction, Fraction], *, short: bool) -> Decimals:
    number = given.cast(pl.Float64)
    there = number.is_finite().fill_null(value=False)
    sized = (number == 0) | number.abs().is_between(_LEAST, _LARGEST, closed="left")
    unfit = (given.is_not_null() & ~there) | (there & ~sized)
    if scale.minimum is not None:
        least, read = _nearest(scale.minimum, short=short)
        unfit = unfit | (there & (number <= least if read < scale.minimum else number < least))
    if scale.maximum is not None:
        most, read = _nearest(scale.maximum, short=short)
        unfit = unfit | (there & (number >= most if read > scale.maximum else number > most))
    unfit = unfit.fill_null(value=False)
    counted = number.clip(float(floor(ends[0]) - 1), float(ceil(ends[1]) + 1))
    steps = (counted * POWER).round(0)
    back = steps / (steps * 0 + POWER)
    other = back.cast(pl.Float32) != counted.cast(pl.Float32) if short else back != counted
    other = other | (steps.abs() >= (_SURE_OF_32_BITS if short else _SURE_OF_64_BITS))
    return Decimals(steps, there, unfit, (there & other & ~unfit).fill_null(value=False))


def _nearest(number: Fraction, *, short: bool) -> tuple[float, Fraction]:
    """Return the float next to a number, and as what that is read."""
    near = float(number)
    if not short:
        return near, exact(near)
    try:
        near = in_32_bits(near)
    except OverflowError:
        return near, number  # no float of 32 bits comes near
    return near, exact(printed(near))


def _of_texts(given: pl.Expr, scale: MetricScale, refused: Refused) -> Decimals:
    plain = given.str.contains(_PLAIN).fill_null(value=False)
    steps = (pl.when(plain).then(given).cast(pl.Float64, strict=False) * POWER).round(0)
    whole = steps.cast(pl.Int64)
    spelt = given.str.contains(NUMBER) | given.str.contains(f"^{RATIO.pattern}$")
    other = (~plain & spelt).fill_null(value=False)
    alone = refused(pl.when(other).then(given)).fill_null(value=False)
    unfit = (given.is_not_null() & ~plain & ~other) | alone | _beyond(whole, scale, POWER)
    return Decimals(steps, plain | other, unfit, other & ~alone)


def _beyond(number: pl.Expr, scale: MetricScale, power: int) -> pl.Expr:
    """Return whether whole numbers of so many parts lie where the rubric says that none is possible."""
    found: pl.Expr = pl.lit(value=False)
    if scale.minimum is not None:
        found = found | (number < _within(ceil(scale.minimum * power)))
    if scale.maximum is not None:
        found = found | (number > _within(floor(scale.maximum * power)))
    return found.fill_null(value=False)


def _clipped(number: pl.Expr, ends: tuple[Fraction, Fraction]) -> pl.Expr:
    return number.clip(_within(floor(ends[0]) - 1), _within(ceil(ends[1]) + 1))


def _within(number: int) -> pl.Expr:
    """Return a number as a literal; what is beyond 128 bits, nothing reaches."""
    return pl.lit(max(-_LARGEST_WHOLE, min(_LARGEST_WHOLE, number)), dtype=pl.Int128)
