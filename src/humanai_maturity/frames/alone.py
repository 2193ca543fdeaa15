"""Cells that the engine reads one by one: what measures of plug-ins take, and what cannot be said in columns."""

from typing import Any

import polars as pl

from humanai_maturity.engine.reading import ProblemList, read_leaf, spelt_out
from humanai_maturity.errors import Problem
from humanai_maturity.frames.answers import meaning
from humanai_maturity.frames.columns import TEXTS, Claims, Columns, Keep


def alone(columns: Columns, keep: Keep) -> Claims:
    """Leave a column to the engine: every answer that fits is read row by row."""
    given = pl.col(columns.name)
    if columns.dtype in TEXTS:
        given = given.cast(pl.String)
    unfit = keep(f"refused{columns.leaf.index}", refused(columns, given).fill_null(value=False))
    return Claims(value=0, known=False, unfit=unfit, usual=0, odd=given.is_not_null() & ~unfit)


def refused(columns: Columns, given: pl.Expr) -> pl.Expr:
    """Return whether cells do not fit; each that occurs is read once."""

    def found(series: list[pl.Series] | Any) -> pl.Series:
        cells = series[0]
        kinds = {_key(cell): bool(problems_of_cell(columns, cell)) for cell in cells.unique().to_list()}
        return pl.Series(cells.name, [kinds[_key(cell)] for cell in cells.to_list()], dtype=pl.Boolean)

    return pl.map_batches([given], found, return_dtype=pl.Boolean, is_elementwise=True)


def problems_of_cell(columns: Columns, cell: Any) -> tuple[Problem, ...]:
    """Return what is wrong with a cell."""
    if cell is None:
        return ()
    problems = ProblemList()
    answer = spelt_out(columns.leaf.question.id, meaning(cell, columns), problems)
    if answer is not None:
        read_leaf(columns.leaf, answer, None, problems)
    return problems.found


def _key(cell: Any) -> Any:
    return tuple(cell) if isinstance(cell, list) else cell
