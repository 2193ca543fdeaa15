"""Tables in files, scored as they are read: also those that are larger than the memory."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Literal, TypeAlias, get_args

import polars as pl

from humanai_maturity.documents.files import new_file
from humanai_maturity.engine.scorer import Scorer
from humanai_maturity.errors import AnswerError
from humanai_maturity.frames.distinct import check_rows
from humanai_maturity.frames.kernel import Outputs
from humanai_maturity.frames.layout import check_names
from humanai_maturity.frames.long import LongTable, widened
from humanai_maturity.frames.problems import table_problem
from humanai_maturity.frames.rejects import ROW, Rejects
from humanai_maturity.frames.sources import reading, rows_in, unusable
from humanai_maturity.frames.table import Task

OnBadAnswer: TypeAlias = Literal["fail", "null", "skip"]
"""What an answer that does not fit does: ends the work, counts as unknown, or leaves its row out."""

Progress: TypeAlias = Callable[[int, int | None], None]
"""Is told how many rows are done, and of how many, where that is known."""

Precision: TypeAlias = Literal["exact", "compact"]
"""How scores and coverage are written: as the float next to the exact number, or in half the space, with 7 digits."""

Compression: TypeAlias = Literal["zstd", "lz4", "none"]
"""How a Parquet file is made smaller: `zstd` gives half the size of `lz4`, which is written faster."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileReport:
    """Say what became of a file.

    Attributes:
        rows: How many rows were read.
        written: How many were written.
        rejects: How many answers did not fit.
    """

    rows: int
    written: int
    rejects: int


@dataclass(frozen=True, kw_only=True)
class FileTask:
    """What to do with a file.

    Attributes:
        scorer: The rubric, compiled.
        columns: The columns of criteria that are not called by their ids.
        values: What texts stand for.
        assessment: The columns that tell the rows apart, if they are to be checked.
        as_of: The day to which ages are counted, or its column.
        long: How the columns of a long table are called; `None` for a wide one.
        bounds: Whether to add the lowest and highest stages and scores.
        flags: Whether to add a truth value for every flag.
        blockers: Whether to add what comes first of all that stands before the next stage.
        carry: Whether to keep the table's own columns.
        precision: How scores and coverage are written: `exact`, or `compact` for half the space and 7 digits.
        compression: How a Parquet file is made smaller: `zstd` for small files, `lz4` or `none` for fast ones.
        on_error: What an answer that does not fit does.
        progress: Is told how many rows are done, and of how many, where that is known.
    """

    scorer: Scorer
    columns: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[Any, Any]] = field(default_factory=dict)
    assessment: Sequence[str] = ()
    as_of: date | str | None = None
    long: LongTable | None = None
    bounds: bool = True
    flags: bool = True
    blockers: bool = True
    carry: bool = True
    precision: Precision = "exact"
    compression: Compression = "zstd"
    on_error: OnBadAnswer = "fail"
    progress: Progress = lambda _, __: None

    def __post_init__(self) -> None:
        """Refuse a setting that is none."""
        settings = {"on_error": OnBadAnswer, "precision": Precision, "compression": Compression}
        for name, kinds in settings.items():
            if (value := getattr(self, name)) not in get_args(kinds):
                raise ValueError(f"`{name}` is {' or '.join(map(repr, get_args(kinds)))}, not {value!r}")


def score_file(task: FileTask, source: Path, target: Path, rejects: Path | None = None) -> FileReport:
    """Score every row of a CSV, Parquet or Excel file, and write a CSV or Parquet file.

    What a CSV file holds stays text: an id `007` is `007` in the result. The target appears when it is complete, or
    not at all.

    Args:
        task: What to do.
        source: The file to read: `.csv`, `.parquet`, `.xlsx`, `.xlsm`.
        target: The file to write: `.csv` or `.parquet`.
        rejects: Where to write the answers that do not fit, as CSV: row, column, value, reason.

    Raises:
        AnswerError: If a file cannot be read or written, or, with `fail`, if an answer does not fit.
    """
    _check_paths(source, target, rejects)
    outputs = Outputs(bounds=task.bounds, flags=task.flags, blockers=task.blockers)
    on_error: Literal["fail", "null"] = "fail" if task.on_error == "fail" else "null"
    work = Task(task.scorer, task.columns, task.values, outputs, on_error, task.as_of)
    with reading(source) as found:
        table = found if task.long is None else widened(task.scorer, found, task.long)
        schema = table.collect_schema()
        pipeline = work.pipeline(schema)
        check_rows(table, task.assessment)
        total = rows_in(source) if task.long is None else None
    if task.carry:
        check_names(schema, pipeline.schema)
    else:
        table = table.select(pipeline.layout.names)
    inspect = Rejects(pipeline, task.on_error, lambda rows: task.progress(rows, total))
    scored = pipeline.over(table.with_row_index(ROW, 1), inspect, beside=(ROW,)).drop(ROW)
    wanted = scored.select(*(schema if task.carry else ()), *pipeline.schema)
    if task.precision == "compact":
        wanted = _compacted(wanted, pipeline.schema)
    try:
        with _writing(target) as file:
            try:
                _sink(wanted, file, target, task.compression)
            except pl.exceptions.PolarsError as error:
                raise unusable(source, str(error).partition("\n")[0]) from None
            if rejects is not None:
                with _writing(rejects) as told:
                    inspect.write(told)
    except AnswerError:
        if task.on_error == "fail":
            pipeline.check(table)
        raise
    return FileReport(rows=inspect.rows, written=inspect.passed, rejects=inspect.found)


def _check_paths(source: Path, target: Path, rejects: Path | None) -> None:
    """Refuse results of a kind that is not written, and one file for two things.

    Raises:
        AnswerError: If a path cannot be used so.
    """
    ending = target.suffix.lower()
    if ending not in {".csv", ".parquet"}:
        message = f"results go to a .csv or .parquet file, not to {ending or 'this'}"
        raise AnswerError(message, [table_problem("unusable-file", "", message)])
    if rejects is not None and rejects.suffix.lower() != ".csv":
        message = f"rejects go to a .csv file, not to {rejects.suffix or 'this'}"
        raise AnswerError(message, [table_problem("unusable-file", "", message)])
    used = [each.resolve() for each in (source, target, rejects) if each is not None]
    twice = next((path for path in used if used.count(path) > 1), None)
    if twice is not None:
        message = f"{twice} is named for two things: what is read, the result and the rejects are files of their own"
        raise AnswerError(message, [table_problem("unusable-file", "", message)])


@contextmanager
def _writing(target: Path) -> Iterator[Path]:
    """Give a new file that takes a target's place.

    Raises:
        AnswerError: If it cannot be written.
    """
    try:
        with new_file(target) as file:
            yield file
    except OSError as error:
        why = f"{target} cannot be written: {error.strerror or error}"
        raise AnswerError(why, [table_problem("unusable-file", "", why)]) from None


def _compacted(table: pl.LazyFrame, figures: Mapping[str, pl.DataType]) -> pl.LazyFrame:
    return table.with_columns(pl.col(name).cast(pl.Float32) for name, dtype in figures.items() if dtype == pl.Float64)


def _sink(table: pl.LazyFrame, path: Path, target: Path, compression: Compression) -> None:
    """Write a table as it is worked out, as the kind of file that the target is."""
    if target.suffix.lower() == ".csv":
        table.sink_csv(path)
        return
    level = 1 if compression == "zstd" else None  # higher ones take longer than all the rest, for little
    method: Any = "uncompressed" if compression == "none" else compression
    table.sink_parquet(path, compression=method, compression_level=level)
