"""Columns of numbers: read exactly, as the decimals that they are written as."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor, lcm

import polars as pl

from humanai_maturity.engine.plan import Plan
from humanai_maturity.engine.valuation import valuation
from humanai_maturity.frames.alone import refused
from humanai_maturity.frames.columns import Claims, Columns, Keep, kept, scale_of, usual_grade
from humanai_maturity.frames.decimals import POWER, decimals_in
from humanai_maturity.frames.numbers import Operand, added, compared, multiplied, whole, width
from humanai_maturity.frames.truths import picked
from humanai_maturity.model.ranges import resolve_stage
from humanai_maturity.model.rubric import Rubric
from humanai_maturity.model.scales import MetricScale


def measured(columns: Columns, unit: int, plan: Plan, keep: Keep) -> Claims:
    """Read a column of numbers.

    Raises:
        TooLargeError: If its cuts do not fit into columns.
    """
    scale, index = scale_of(columns.leaf, MetricScale), columns.leaf.index
    cuts = cuts_of(scale, plan.rubric)
    found = decimals_in(columns, scale, (cuts[0][0], cuts[-1][0]), lambda given: refused(columns, given))
    low, high = floor(cuts[0][0] * POWER) - 1, ceil(cuts[-1][0] * POWER) + 1
    width(2 * low, 2 * high)
    unfit = keep(f"impossible{index}", found.unfit)
    odd = found.odd if isinstance(found.odd, bool) else keep(f"odd{index}", found.odd)
    counts = found.there & ~unfit
    known = counts if isinstance(odd, bool) else counts & ~odd
    least_steps, most_steps = (pl.lit(end, dtype=pl.Int128) for end in (low, high))
    steps = pl.when(known).then(found.steps).cast(pl.Int128).clip(least_steps, most_steps)
    place = kept(f"steps{index}", whole(steps.fill_null(least_steps), low, high), keep)
    least = columns.ways["metric"].min_sample
    if columns.sample is not None and least is not None:
        known = known & ~(columns.sizes < least).fill_null(value=False)
    return Claims(
        value=_on_line(place, cuts, unit, scale),
        known=keep(f"counts{index}", known),
        unfit=unfit,
        usual=usual_grade(columns, "metric", plan),
        odd=odd,
    )


def unit_of_cuts(scale: MetricScale, rubric: Rubric) -> int:
    """Return a unit that holds the value of every number of so many decimals."""
    return lcm(*(_slope_unit(low, high) for low, high in pairwise(cuts_of(scale, rubric))))


def _slope_unit(low: tuple[Fraction, Fraction], high: tuple[Fraction, Fraction]) -> int:
    """Return what makes every value between two cuts whole, for numbers of so many decimals."""
    (cut, worth), (next_cut, next_worth) = low, high
    slope = (next_worth - worth) / (next_cut - cut) / POWER
    return lcm(slope.denominator, (cut * POWER * slope).denominator, worth.denominator)


def cuts_of(scale: MetricScale, rubric: Rubric) -> list[tuple[Fraction, Fraction]]:
    """Return the numbers between which a metric's value is a straight line, rising, each with its worth."""
    if scale.bands is not None:
        return sorted((cut, Fraction(resolve_stage(stage, rubric))) for stage, cut in scale.bands.items())
    assert scale.range is not None  # noqa: S101 - a metric has bands or a range
    worth = valuation(scale.model_copy(update={"minimum": None, "maximum": None}), rubric, {}).value
    return sorted((end, worth(end)) for end in (scale.range.worst, scale.range.best))


def _on_line(place: Operand, cuts: Sequence[tuple[Fraction, Fraction]], unit: int, scale: MetricScale) -> Operand:
    """Return the value of numbers, counted in decimals, on the broken line through the cuts."""
    falling = scale.bands is not None and scale.direction == "lower"
    last, best = cuts[-1]
    found: Operand = unit if scale.bands is not None and not falling else int(cuts[0][1] * unit)
    for (cut, worth), (next_cut, next_worth) in pairwise(cuts):
        slope = (next_worth - worth) * unit / (next_cut - cut) / POWER
        line = added(multiplied(place, int(slope)), int(worth * unit - cut * POWER * slope))
        found = picked(compared(place, ">=", ceil(cut * POWER)), line, found)
    if falling:
        return picked(compared(place, ">", floor(last * POWER)), unit, found)
    return picked(compared(place, ">=", ceil(last * POWER)), int(best * unit), found)
