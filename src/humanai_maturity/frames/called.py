"""What no expression can say: the engine's own rule, called once for each combination of values that a table holds."""

from collections.abc import Callable, Sequence
from fractions import Fraction
from math import ceil, floor

import polars as pl

from humanai_maturity.engine.aggregation import Aggregator
from humanai_maturity.errors import PluginError
from humanai_maturity.frames.numbers import literal, whole
from humanai_maturity.frames.ratios import Keep, Pair, fixed
from humanai_maturity.frames.truths import Truth, picked

_FINEST = 10**18
"""The largest denominator of what a rule returns."""


def called(
    rule: Aggregator,
    values: Sequence[tuple[Pair, Truth]],
    weights: Sequence[Fraction],
    span: tuple[Fraction, Fraction],
    places: int | None,
    keep: Keep,
) -> tuple[Pair, pl.Expr | None]:
    """Return what a rule makes of the values that are there, 0 where none is; and in which rows that failed.

    Args:
        rule: The rule.
        values: The values, each with whether it is there.
        weights: Their weights.
        span: The lowest and the highest that it can return.
        places: The denominator on which it returns everything; `None` for any.
        keep: Makes a column of its own of what was worked out.
    """
    ratios = [(num, picked(there, den, 0)) for (num, den), there in values]
    if all(isinstance(number, int) for pair in ratios for number in pair):
        return fixed(_value(rule, [number for pair in ratios for number in pair], weights)), None  # type: ignore[misc]
    fields = [literal(number).expr.alias(str(place)) for place, number in enumerate(sum(ratios, ()))]
    finest = places or _FINEST
    low, high = min(floor(span[0] * finest), 0), max(ceil(span[1] * finest), 0)
    found = keep(
        pl.struct(fields).map_batches(
            lambda given: _worked_out(given, lambda row: _value(rule, row, weights), places),
            return_dtype=_RATIO,
            is_elementwise=True,
        )
    )
    num, den = (found.struct.field(name) for name in _RATIO.to_schema())
    return (whole(num, low, high), places or whole(den, 1, finest)), num.is_null()


_RATIO = pl.Struct({"num": pl.Int128, "den": pl.Int128})


def _value(rule: Aggregator, row: Sequence[int], weights: Sequence[Fraction]) -> Fraction:
    found = [(Fraction(num, den), weight) for num, den, weight in zip(row[::2], row[1::2], weights, strict=True) if den]
    return rule([value for value, _ in found], [weight for _, weight in found]) if found else Fraction(0)


def _worked_out(given: pl.Series, value: Callable[[Sequence[int]], Fraction], places: int | None) -> pl.Series:
    """Return the value of every row, each different one worked out once."""
    rows = given.struct.unnest()
    different = rows.unique()
    found = [_ratio(row, value, places) for row in different.iter_rows()]
    results = different.with_columns(pl.Series("found", found, dtype=_RATIO))
    return rows.join(results, on=rows.columns, how="left", nulls_equal=True, maintain_order="left")["found"]


def _ratio(row: Sequence[int], value: Callable[[Sequence[int]], Fraction], places: int | None) -> dict[str, int | None]:
    """Return a value as a ratio; empty where the row has to be scored alone, which also tells what failed."""
    try:
        num, den = value(row).as_integer_ratio()
    except PluginError:
        return dict.fromkeys(_RATIO.to_schema())
    if den > (places or _FINEST):
        return dict.fromkeys(_RATIO.to_schema())
    return {"num": num * (places // den), "den": places} if places else {"num": num, "den": den}
