"""Data frames of Spark: the same kernel runs where the rows are, and nothing runs before Spark is asked for rows."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import polars as pl

from humanai_maturity.errors import AnswerError
from humanai_maturity.frames.batches import BatchTask, answer_columns
from humanai_maturity.frames.layout import check_names
from humanai_maturity.frames.problems import problem_count, table_problem
from humanai_maturity.frames.rows import figures

if TYPE_CHECKING:
    from humanai_maturity.frames.table import Task

_POLARS: dict[str, pl.DataType] = {
    "boolean": pl.Boolean(),
    "byte": pl.Int8(),
    "short": pl.Int16(),
    "integer": pl.Int32(),
    "long": pl.Int64(),
    "float": pl.Float32(),
    "double": pl.Float64(),
    "string": pl.String(),
    "char": pl.String(),
    "varchar": pl.String(),
    "binary": pl.Binary(),
    "date": pl.Date(),
    "timestamp": pl.Datetime("us", "UTC"),
    "timestamp_ntz": pl.Datetime("us"),
    "void": pl.Null(),
}
_NOT_CARRIED = re.compile(r"(?:^|[:<,])interval(?! (?:day|hour|minute|second))(?![\w:])")
"""The types that Arrow batches of Spark cannot hold, as Spark writes them: intervals of years, months or anything."""

_FIGURES = {pl.UInt8: "ByteType", pl.Float64: "DoubleType", pl.Boolean: "BooleanType", pl.Enum: "StringType"}


def score_on_spark(task: "Task", frame: Any, *, carry: bool) -> Any:
    """Return a data frame of Spark with the figures of every row, none of which is worked out yet.

    Args:
        task: What to do.
        frame: The data frame.
        carry: Whether to keep the data frame's own columns.

    Raises:
        AnswerError: If columns are missing or have wrong types, or several have the same name; all problems at once.
    """
    from pyspark import cloudpickle  # noqa: PLC0415 - who has a data frame has imported it
    from pyspark.sql import types as spark  # noqa: PLC0415 - as above

    own = [*frame.schema]
    types = {dtype: getattr(spark, name)() for dtype, name in _FIGURES.items()}
    found = [spark.StructField(name, types[type(dtype)]) for name, dtype in figures(task.scorer, task.outputs)]
    schema = {field.name: polars_type(field.dataType) for field in own}
    answers = answer_columns(task, schema)
    _check_columns(own, answers, carry=carry)
    if carry:
        check_names(schema, [field.name for field in found])
    kept = [place for place, field in enumerate(own) if carry or field.name in answers]
    names = [own[place].name for place in kept]
    work = BatchTask(task, names, [names.index(name) for name in answers], carry)
    # Spark finds columns by names, in which a dot would mean a field of a column; so they have none meanwhile.
    rows = frame.toDF(*(f"_{place}" for place in range(len(own)))).select([f"_{place}" for place in kept])
    out = spark.StructType([*(own[place] for place in kept if carry), *found])
    return rows.mapInArrow(_on_executors(work.packed(cloudpickle.dumps)), out)


def polars_type(dtype: Any) -> pl.DataType:
    """Return the type that a type of Spark has in Polars, after Arrow has brought it over.

    Example:
        >>> import pytest
        >>> _ = pytest.importorskip("pyspark")
        >>> from pyspark.sql.types import ArrayType, StringType
        >>> polars_type(ArrayType(StringType()))
        List(String)
    """
    match dtype.typeName():
        case "array":
            return pl.List(polars_type(dtype.elementType))
        case "decimal":
            return pl.Decimal(dtype.precision, dtype.scale)
        case name:
            return _POLARS.get(name, pl.Object())


def _check_columns(own: Sequence[Any], answers: Sequence[str], *, carry: bool) -> None:
    """Check that every name that counts is the name of one column, and that what is carried can be."""
    counts = Counter(field.name for field in own)
    problems = [
        table_problem("repeated-column", name, f"{counts[name]} columns have this name, and answers stand in one")
        for name in answers
        if counts[name] > 1
    ]
    if carry:
        problems += [
            table_problem("wrong-type", field.name, f"Spark passes no {dtype} on: cast it, or write `carry=False`")
            for field in own
            if _NOT_CARRIED.search(dtype := field.dataType.simpleString())
        ]
    if problems:
        raise AnswerError(problem_count(problems), problems)


def _on_executors(packed: bytes) -> Callable[[Iterator[Any]], Iterator[Any]]:
    """Return a function for executors, which Spark sends to them by its code: so it imports what it needs there."""

    def scored(batches: Iterator[Any]) -> Iterator[Any]:
        import os  # noqa: PLC0415

        from pyspark import TaskContext  # noqa: PLC0415

        # Spark runs one task beside the other; Polars reads the variable once, when it is imported.
        context = TaskContext.get()
        os.environ.setdefault("POLARS_MAX_THREADS", str(context.cpus() if context else 1))

        from humanai_maturity.frames.batches import unpacked  # noqa: PLC0415

        return unpacked(packed).score(batches)

    return scored
