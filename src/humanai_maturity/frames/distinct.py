"""Whether the rows of a table can be told apart: each assessment has one row, and each row an assessment."""

from collections.abc import Iterator, Sequence

import polars as pl

from humanai_maturity.errors import AnswerError, Problem, near_miss
from humanai_maturity.frames.names import OWN, as_names
from humanai_maturity.frames.problems import MOST_TOLD, problem_count, rows_text, shown, table_problem

_ROWS = f"{OWN}rows"


def check_rows(table: pl.DataFrame | pl.LazyFrame, assessment: str | Sequence[str] | None) -> None:
    """Check that every row has other values in the columns that name its assessment.

    Of a lazy frame, these columns are read at once, and no others.

    Raises:
        AnswerError: If a column is missing, a value is, or rows have the same; all problems at once.
    """
    names = as_names(assessment)
    schema = table.collect_schema()
    problems = [*missing_columns(names, schema, "assessment")]
    if not problems and names:
        keys = table.lazy().select(names).collect(engine="streaming")
        problems = [*_without(keys), *_repeated(keys)]
    if problems:
        raise AnswerError(problem_count(problems), problems)


def missing_columns(names: Sequence[str], schema: Sequence[str] | pl.Schema, setting: str) -> Iterator[Problem]:
    """Yield a problem for every column that a setting names and the table does not have."""
    for name in names:
        if name not in schema:
            message = f"the table has no column {shown(name)}, which `{setting}` names"
            yield table_problem("missing-column", name, message, near_miss(name, schema))


def without_value(name: str, dtype: pl.DataType) -> pl.Expr:
    """Return whether a column has no value in a row."""
    column = pl.col(name)
    return column.is_null() | column.is_nan() if dtype.is_float() else column.is_null()


def _without(keys: pl.DataFrame) -> Iterator[Problem]:
    for name, dtype in keys.schema.items():
        count = keys.select(without_value(name, dtype).sum()).item()
        if count:
            message = f"nothing stands here in {rows_text(count)}, and `assessment` says that it tells the rows apart"
            yield table_problem("missing-id", name, message)


def _repeated(keys: pl.DataFrame) -> Iterator[Problem]:
    said = ~pl.any_horizontal(without_value(name, dtype) for name, dtype in keys.schema.items())
    counts = keys.filter(said).group_by(pl.all(), maintain_order=True).len(_ROWS).filter(pl.col(_ROWS) > 1)
    path = ", ".join(keys.columns)
    for *found, count in counts.head(MOST_TOLD).iter_rows():
        named = ", ".join(shown(str(each)) for each in found)
        yield table_problem("repeated-id", path, f"{named} stands in {count} rows; an assessment has one row")
    if counts.height > MOST_TOLD:
        message = f"{counts.height - MOST_TOLD} others stand in several rows, too"
        yield table_problem("repeated-id", path, message)
