"""Columns of numbers: read exactly, as the decimals that they are written as."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor, lcm

import polars as pl

from humanai_maturity.engine.plan import Plan
from humanai_maturity.engine.valuation import Valuation, valuation
from humanai_maturity.frames.columns import Claims, Columns, Keep, kept, scale_of
from humanai_maturity.frames.numbers import Operand, added, compared, multiplied, whole
from humanai_maturity.frames.truths import Truth, picked
from humanai_maturity.model.ranges import resolve_stage
from humanai_maturity.model.rubric import Rubric
from humanai_maturity.model.scales import MetricScale

DECIMALS = 4
"""A number with more decimal places than this is read row by row."""

_POWER = 10**DECIMALS


def measured(columns: Columns, way: Valuation, unit: int, plan: Plan, keep: Keep) -> Claims:
    """Read a column of numbers."""
    scale, index = scale_of(columns.leaf, MetricScale), columns.leaf.index
    number = pl.col(columns.name)
    odd: Truth = False
    if columns.dtype.is_integer():
        finite, steps = number.is_not_null(), number.cast(pl.Int64) * _POWER
    else:
        number = number.cast(pl.Float64)
        finite = number.is_finite().fill_null(value=False)
        steps = (number * _POWER).round(0)
        odd = keep(f"odd{index}", (finite & (steps / (steps * 0 + _POWER) != number)).fill_null(value=False))
    unfit = keep(f"unfit{index}", _impossible(number, finite, scale))
    cuts = cuts_of(scale, plan.rubric)
    low, high = floor(cuts[0][0] * _POWER) - 1, ceil(cuts[-1][0] * _POWER) + 1
    clipped = pl.when(finite).then(steps.clip(low, high)).otherwise(low)
    place = kept(f"steps{index}", whole(clipped.cast(pl.Int64), low, high), keep)
    known = finite & ~unfit
    if not isinstance(odd, bool):
        known = known & ~odd
    if columns.sample is not None and way.min_sample is not None:
        known = known & ~(pl.col(columns.sample) < way.min_sample).fill_null(value=False)
    value = _on_line(place, cuts, unit, scale)
    return Claims(value=value, known=keep(f"counts{index}", known), unfit=unfit, evidence=way.evidence, odd=odd)


def unit_of_cuts(scale: MetricScale, rubric: Rubric) -> int:
    """Return a unit that holds the value of every number of so many decimals."""
    return lcm(*(_slope_unit(low, high) for low, high in pairwise(cuts_of(scale, rubric))))


def _slope_unit(low: tuple[Fraction, Fraction], high: tuple[Fraction, Fraction]) -> int:
    """Return what makes every value between two cuts whole, for numbers of so many decimals."""
    (cut, worth), (next_cut, next_worth) = low, high
    slope = (next_worth - worth) / (next_cut - cut) / _POWER
    return lcm(slope.denominator, (cut * _POWER * slope).denominator, worth.denominator)


def cuts_of(scale: MetricScale, rubric: Rubric) -> list[tuple[Fraction, Fraction]]:
    """Return the numbers between which a metric's value is a straight line, rising, each with its worth."""
    if scale.bands is not None:
        return sorted((cut, Fraction(resolve_stage(stage, rubric))) for stage, cut in scale.bands.items())
    assert scale.range is not None  # noqa: S101 - a metric has bands or a range
    worth = valuation(scale.model_copy(update={"minimum": None, "maximum": None}), rubric, {}).value
    return sorted((end, worth(end)) for end in (scale.range.worst, scale.range.best))


def _impossible(number: pl.Expr, finite: pl.Expr, scale: MetricScale) -> pl.Expr:
    """Return whether a number is none, or one that the rubric calls impossible."""
    unfit = number.is_not_null() & ~finite
    if scale.minimum is not None:
        unfit = unfit | (finite & (number < float(scale.minimum)))
    if scale.maximum is not None:
        unfit = unfit | (finite & (number > float(scale.maximum)))
    return unfit.fill_null(value=False)


def _on_line(place: Operand, cuts: Sequence[tuple[Fraction, Fraction]], unit: int, scale: MetricScale) -> Operand:
    """Return the value of numbers, counted in decimals, on the broken line through the cuts."""
    falling = scale.bands is not None and scale.direction == "lower"
    last, best = cuts[-1]
    found: Operand = unit if scale.bands is not None and not falling else int(cuts[0][1] * unit)
    for (cut, worth), (next_cut, next_worth) in pairwise(cuts):
        slope = (next_worth - worth) * unit / (next_cut - cut) / _POWER
        line = added(multiplied(place, int(slope)), int(worth * unit - cut * _POWER * slope))
        found = picked(compared(place, ">=", ceil(cut * _POWER)), line, found)
    if falling:
        return picked(compared(place, ">", floor(last * _POWER)), unit, found)
    return picked(compared(place, ">=", ceil(last * _POWER)), int(best * unit), found)
