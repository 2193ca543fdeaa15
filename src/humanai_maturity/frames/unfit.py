"""Answers in a table that do not fit: found all at once, and told with how often each occurs."""

from collections.abc import Iterator, Sequence

import polars as pl

from humanai_maturity.errors import AnswerError, Problem, near_miss
from humanai_maturity.frames.columns import Columns, way_for
from humanai_maturity.frames.kernel import TableKernel
from humanai_maturity.frames.layout import table_problem
from humanai_maturity.frames.truths import Truth

_MOST_TOLD = 20


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


def refuse(table: pl.DataFrame, unfit: pl.DataFrame, kernel: TableKernel) -> None:
    """Raise an error that names every answer that does not fit, with how often it occurs.

    Raises:
        AnswerError: If there is any.
    """
    by_name = {columns.name: columns for columns in kernel.columns}
    problems = [
        problem
        for name in unfit.columns
        if unfit[name].any()
        for problem in _told(table.filter(unfit[name])[name], by_name.get(name), name, kernel)
    ]
    if problems:
        raise AnswerError(f"the table has {len(problems)} problem{'s' * (len(problems) > 1)}", problems)


def _told(offenders: pl.Series, columns: Columns | None, name: str, kernel: TableKernel) -> Iterator[Problem]:
    texts = offenders.cast(pl.List(pl.String)).list.join("; ") if isinstance(offenders.dtype, pl.List) else offenders
    counts = texts.cast(pl.String).value_counts(sort=True)
    for value, count in counts.head(_MOST_TOLD).iter_rows():
        known = _known(columns, kernel)
        rows = f"{count} row{'s' * (count > 1)}"
        message = f"{str(value)[:80]!r} in {rows} does not fit{f': {_wanted(known)}' if known else ''}"
        yield table_problem("unfit-answer", name, message, near_miss(str(value), known))
    if counts.height > _MOST_TOLD:
        message = f"{counts.height - _MOST_TOLD} other values do not fit either"
        yield table_problem("unfit-answer", name, message)


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
