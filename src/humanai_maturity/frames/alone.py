"""Cells that the engine reads one by one: what measures of plug-ins take, and what cannot be said in columns."""

from collections.abc import Callable
from typing import Any

import polars as pl

from humanai_maturity.engine.reading import ProblemList, read_leaf, spelt_out
from humanai_maturity.errors import Problem
from humanai_maturity.frames.answers import meaning
from humanai_maturity.frames.columns import TEXTS, Claims, Columns, Keep
from humanai_maturity.model.assessment import NotApplicable, Unknown


def alone(columns: Columns, keep: Keep) -> Claims:
    """Leave a column to the engine: every answer that fits is read row by row."""
    given, index = pl.col(columns.name), columns.leaf.index
    if columns.dtype in TEXTS:
        given = given.cast(pl.String)
    unfit = keep(f"refused{index}", refused(columns, given))
    silences = any(isinstance(each, Unknown | NotApplicable) for each in columns.values.values())
    silent = silences and keep(f"silent{index}", _each(given, lambda cell: _is_silent(columns, cell)))
    return Claims(value=0, known=False, unfit=unfit, usual=0, odd=given.is_not_null() & ~unfit, silent=silent)


def refused(columns: Columns, given: pl.Expr) -> pl.Expr:
    """Return whether cells do not fit."""
    return _each(given, lambda cell: bool(problems_of_cell(columns, cell)))


def problems_of_cell(columns: Columns, cell: Any) -> tuple[Problem, ...]:
    """Return what is wrong with a cell."""
    if cell is None:
        return ()
    problems = ProblemList()
    answer = spelt_out(columns.leaf.question.id, meaning(cell, columns), problems)
    if answer is not None:
        read_leaf(columns.leaf, answer, None, problems)
    return problems.found


def _each(given: pl.Expr, holds: Callable[[Any], bool]) -> pl.Expr:
    """Return whether something holds of cells; each that occurs is looked at once."""

    def found(cells: pl.Series) -> pl.Series:
        rows = cells.alias("cell").to_frame().with_row_index("row")
        different = rows.group_by("cell").agg("row")  # not joined: that may keep NaN apart from NaN
        truths = pl.Series("holds", [holds(cell) for cell in different["cell"].to_list()], dtype=pl.Boolean)
        return different.with_columns(truths).explode("row").sort("row")["holds"]

    return given.map_batches(found, return_dtype=pl.Boolean, is_elementwise=True)


def _is_silent(columns: Columns, cell: Any) -> bool:
    return cell is not None and isinstance(meaning(cell, columns), Unknown | NotApplicable)
