"""What stands beside an answer: how good its evidence is, on how many cases it rests, and when it was true."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import polars as pl

from humanai_maturity.engine.plan import Plan
from humanai_maturity.frames.columns import TEXTS, Claims, Columns, Keep, kept
from humanai_maturity.frames.numbers import Operand
from humanai_maturity.frames.spelling import DAY, DENIALS
from humanai_maturity.frames.truths import Truth, both, cased, negated, picked


def with_beside(columns: Columns, claims: Claims, keep: Keep) -> Claims:
    """Return claims without those that are too old, or beside which stands what does not fit."""
    answered = both(pl.col(columns.name).is_not_null(), negated(claims.silent))
    index = columns.leaf.index
    beside: dict[str, Truth] = {}
    for name, wrong in _wrong(columns):
        beside[name] = keep(f"beside{index}_{len(beside)}", _sure(both(answered, wrong)))
    known, unfit, odd = claims.known, claims.unfit, claims.odd
    for truth in beside.values():
        known, odd = both(known, negated(truth)), both(odd, negated(truth))
    if columns.as_of is not None and columns.day is not None and columns.leaf.question.max_age_days is not None:
        age = (_today(columns) - day_in_column(columns.as_of, columns.types[columns.as_of])).dt.total_days()
        stale = keep(f"stale{index}", (age > columns.leaf.question.max_age_days).fill_null(value=False))
        known, unfit, odd = both(known, ~stale), both(unfit, ~stale), both(odd, ~stale)
    return replace(claims, known=known, unfit=unfit, odd=odd, beside=beside)


def _sure(truth: Truth) -> pl.Expr:
    return pl.lit(truth) if isinstance(truth, bool) else truth.fill_null(value=False)


def says_so(name: str) -> pl.Expr:
    """Return whether a column says that something does not apply: by a truth value, or by a reason."""
    return pl.col(name).map_batches(_said, return_dtype=pl.Boolean, is_elementwise=True)


def _said(cells: pl.Series) -> pl.Series:
    if cells.dtype not in TEXTS:
        return cells.cast(pl.Boolean).fill_null(value=False)
    texts = cells.cast(pl.String).str.strip_chars().str.to_lowercase()
    return texts.is_not_null() & ~texts.is_in([*DENIALS])


def grade_of(columns: Columns, usual: Operand, plan: Plan, keep: Keep) -> Operand:
    """Return the number of the evidence grade that counts; 0 for none."""
    if columns.evidence is None:
        return usual
    given = pl.col(columns.evidence).cast(pl.String)
    named = cased([((given == name).fill_null(value=False), number) for name, number in plan.grades.items()], 0)
    return kept(f"grade{columns.leaf.index}", picked(given.is_null(), usual, named), keep)


def day_in_column(name: str, dtype: pl.DataType) -> pl.Expr:
    """Return the days in a column; null where there is none, or what is none."""
    column = pl.col(name)
    if isinstance(dtype, pl.Datetime):
        return column.dt.date()
    if dtype == pl.Date:
        return column
    text = column.cast(pl.String)
    is_day = text.str.contains(DAY) & ~text.str.starts_with("0000")  # the calendar of Python begins with the year 1
    return pl.when(is_day).then(text).str.to_date("%Y-%m-%d", strict=False)


def _wrong(columns: Columns) -> Iterator[tuple[str, pl.Expr]]:
    """Yield whether what stands beside answers does not fit, by column."""
    if columns.evidence is not None and columns.leaf.claims:
        given = pl.col(columns.evidence)
        yield columns.evidence, given.is_not_null() & ~given.cast(pl.String).is_in([*columns.leaf.claims])
    if columns.sample is not None:
        size = columns.sizes
        fits = ((size >= 1) & (size == size.floor())).fill_null(value=False)
        yield columns.sample, pl.col(columns.sample).is_not_null() & ~fits
    if columns.as_of is not None:
        given, day = pl.col(columns.as_of), day_in_column(columns.as_of, columns.types[columns.as_of])
        wrong = given.is_not_null() & day.is_null()
        if columns.day is not None:
            late = (day > _today(columns)).fill_null(value=False)
            undated = _today(columns).is_null() & (columns.leaf.question.max_age_days is not None)
            wrong = wrong | late | (given.is_not_null() & undated)
        yield columns.as_of, wrong


def _today(columns: Columns) -> pl.Expr:
    """Return the day to which ages are counted."""
    if isinstance(columns.day, date):
        return pl.lit(columns.day, dtype=pl.Date)
    assert columns.day is not None  # noqa: S101 - only asked for where there is one
    return day_in_column(columns.day, columns.types[columns.day])
