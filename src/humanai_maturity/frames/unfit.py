"""Answers in a table that do not fit: found all at once, and told with how often each occurs."""

from collections.abc import Iterator, Mapping, Sequence

import polars as pl

from humanai_maturity.errors import AnswerError, Problem, near_miss
from humanai_maturity.frames.columns import Columns, way_for
from humanai_maturity.frames.kernel import TableKernel
from humanai_maturity.frames.problems import MOST_TOLD, problem_count, rows_text, table_problem
from humanai_maturity.frames.truths import Truth


def unfit_columns(kernel: TableKernel) -> dict[str, pl.Expr]:
    """Return for each column whether its answers do not fit, under the column's name."""
    found: dict[str, pl.Expr] = {}
    for columns in kernel.columns:
        _add(found, columns.name, kernel.claims[columns.leaf.index].unfit)
        if columns.evidence is not None:
            given = pl.col(columns.evidence).cast(pl.String)
            _add(found, columns.evidence, given.is_not_null() & ~given.is_in([*kernel.plan.grades]))
    return found


def _add(found: dict[str, pl.Expr], name: str, unfit: Truth) -> None:
    if not isinstance(unfit, bool):
        found[name] = unfit


def refuse(table: pl.LazyFrame, unfit: Mapping[str, pl.Expr], kernel: TableKernel) -> None:
    """Raise an error that names every answer that does not fit, with how often it occurs.

    Raises:
        AnswerError: If there is any.
    """
    by_name = {columns.name: columns for columns in kernel.columns}
    schema = table.collect_schema()
    counted = pl.collect_all([_counted(table, name, schema[name], truth) for name, truth in unfit.items()])
    problems = [
        problem
        for name, counts in zip(unfit, counted, strict=True)
        for problem in _told(counts, by_name.get(name), name, kernel)
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
    return (column.cast(pl.List(pl.String)).list.join("; ") if isinstance(dtype, pl.List) else column).cast(pl.String)


def _told(counts: pl.DataFrame, columns: Columns | None, name: str, kernel: TableKernel) -> Iterator[Problem]:
    known = _known(columns, kernel)
    for value, count in counts.head(MOST_TOLD).iter_rows():
        message = f"{str(value)[:80]!r} in {rows_text(count)} does not fit{f': {_wanted(known)}' if known else ''}"
        yield table_problem("unfit-answer", name, message, near_miss(str(value), known))
    if counts.height > MOST_TOLD:
        message = f"{counts.height - MOST_TOLD} other values do not fit either"
        yield table_problem("unfit-answer", name, message)


def reason(value: str, name: str, kernel: TableKernel) -> str:
    """Return why a text in a column does not fit."""
    known = _known(next((columns for columns in kernel.columns if columns.name == name), None), kernel)
    hint = near_miss(value, known)
    return f"{_wanted(known) if known else 'does not fit the scale'}{f' (did you mean {hint!r}?)' if hint else ''}"


def _known(columns: Columns | None, kernel: TableKernel) -> Sequence[str]:
    if columns is None:
        return [*kernel.plan.grades]
    way = way_for(columns)
    if way.type == "checklist":
        scale = next(scale for scale in columns.leaf.question.scales if scale.type == "checklist")
        return [item.id for item in scale.items]
    return [*way.choices, *columns.values]


def _wanted(known: Sequence[str]) -> str:
    return f"write one of {', '.join(known)}"
