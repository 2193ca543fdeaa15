"""Answers in a table that do not fit: found all at once, and told with how often each occurs."""

from collections.abc import Iterator, Mapping
from functools import reduce

import polars as pl

from humanai_maturity.errors import AnswerError, Problem
from humanai_maturity.frames.beside import says_so
from humanai_maturity.frames.columns import Columns
from humanai_maturity.frames.kernel import TableKernel
from humanai_maturity.frames.problems import MOST_TOLD, problem_count, rows_text, shown, table_problem
from humanai_maturity.frames.telling import why_not
from humanai_maturity.frames.truths import both, either, negated


def unfit_columns(kernel: TableKernel) -> dict[str, pl.Expr]:
    """Return for each column whether what stands in it does not fit, under the column's name."""
    found: dict[str, pl.Expr] = {}
    for columns in kernel.columns:
        leaf, claims = columns.leaf.index, kernel.read[columns.name]
        gone = either(kernel.claims[leaf].away, says_so(kernel.away[leaf]) if leaf in kernel.away else False)
        for name, unfit in {columns.name: claims.unfit, **claims.beside}.items():
            truth = either(found.get(name, False), both(negated(gone), unfit))
            if not isinstance(truth, bool):
                found[name] = truth
    return found


def fitting_columns(kernel: TableKernel) -> list[pl.Expr]:
    """Return the columns of answers without those that do not fit, or beside which stands what does not."""
    found = []
    for columns in kernel.columns:
        claims = kernel.read[columns.name]
        unfit = reduce(either, claims.beside.values(), claims.unfit)
        fits = pl.lit(value=not unfit) if isinstance(unfit, bool) else ~unfit.fill_null(value=False)
        found.append(pl.when(fits).then(pl.col(columns.name)).alias(columns.name))
    return found


def refuse(table: pl.LazyFrame, unfit: Mapping[str, pl.Expr], kernel: TableKernel) -> None:
    """Raise an error that names every answer that does not fit, with how often it occurs.

    Raises:
        AnswerError: If there is any.
    """
    readers = _readers(kernel)
    schema = table.collect_schema()
    counted = pl.collect_all([_counted(table, name, schema[name], truth) for name, truth in unfit.items()])
    problems = [
        problem for name, counts in zip(unfit, counted, strict=True) for problem in _told(counts, name, readers[name])
    ]
    if problems:
        raise AnswerError(problem_count(problems), problems)


def _counted(table: pl.LazyFrame, name: str, dtype: pl.DataType, truth: pl.Expr) -> pl.LazyFrame:
    """Return how often each answer that does not fit occurs in a column, the most frequent first."""
    value = as_text(pl.col(name), dtype).alias("value")
    unfit = table.filter(truth.fill_null(value=False)).group_by(value).agg(pl.len().alias("count"))
    return unfit.sort("count", "value", descending=[True, False])


def as_text(column: pl.Expr, dtype: pl.DataType) -> pl.Expr:
    """Return answers as the texts in which they are told."""
    if not isinstance(dtype, pl.List | pl.Array):
        return column.cast(pl.String)
    return column.cast(pl.List(pl.String)).list.eval(pl.element().fill_null("null")).list.join("; ")


def _told(counts: pl.DataFrame, name: str, columns: Columns) -> Iterator[Problem]:
    for value, count in counts.head(MOST_TOLD).iter_rows():
        why, hint = why_not(name, str(value), columns)
        message = f"{shown(str(value))} in {rows_text(count)} does not fit: {why}"
        yield table_problem("unfit-answer", name, message, hint)
    if counts.height > MOST_TOLD:
        message = f"{counts.height - MOST_TOLD} other values do not fit either"
        yield table_problem("unfit-answer", name, message)


def reason(value: str, name: str, kernel: TableKernel) -> str:
    """Return why a text in a column does not fit."""
    why, hint = why_not(name, value, _readers(kernel)[name])
    return f"{why}{f' (did you mean {hint!r}?)' if hint else ''}"


def _readers(kernel: TableKernel) -> Mapping[str, Columns]:
    """Return the columns of one criterion by the name of each of them."""
    found: dict[str, Columns] = {}
    for columns in kernel.columns:
        names = (columns.name, columns.evidence, columns.sample, columns.as_of)
        found.update({name: columns for name in names if name is not None})
    return found
