"""Tables in files, scored part by part: also those that are larger than the memory."""

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, Literal, Self, TypeAlias

import polars as pl

from humanai_maturity.engine.scorer import Scorer
from humanai_maturity.errors import AnswerError, MissingExtraError
from humanai_maturity.frames.kernel import Outputs
from humanai_maturity.frames.layout import table_problem
from humanai_maturity.frames.table import Task

OnBadAnswer: TypeAlias = Literal["fail", "null", "skip"]
"""What an answer that does not fit does: ends the work, counts as unknown, or leaves its row out."""

Progress: TypeAlias = Callable[[int], None]
"""Is told how many rows are done."""

ROWS_AT_ONCE = 100_000
_MOST_REJECTS = 1_000_000


@dataclass
class FileReport:
    """Say what became of a file.

    Attributes:
        rows: How many rows were read.
        written: How many were written.
        rejects: How many answers did not fit.
    """

    rows: int = 0
    written: int = 0
    rejects: int = 0


@dataclass(frozen=True, kw_only=True)
class FileTask:
    """What to do with a file.

    Attributes:
        scorer: The rubric, compiled.
        columns: The columns of criteria that are not called by their ids.
        values: What texts stand for.
        bounds: Whether to add the lowest and highest stages and scores.
        flags: Whether to add a truth value for every flag.
        carry: Whether to keep the table's own columns.
        on_error: What an answer that does not fit does.
        progress: Is told how many rows are done.
    """

    scorer: Scorer
    columns: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    bounds: bool = True
    flags: bool = True
    carry: bool = True
    on_error: OnBadAnswer = "fail"
    progress: Progress = lambda _: None


def score_file(task: FileTask, source: Path, target: Path, rejects: Path | None = None) -> FileReport:
    """Score every row of a CSV, Parquet or Excel file, and write a CSV or Parquet file.

    The target appears when it is complete, or not at all.

    Args:
        task: What to do.
        source: The file to read: `.csv`, `.parquet`, `.xlsx`.
        target: The file to write: `.csv` or `.parquet`.
        rejects: Where to write the answers that do not fit, as CSV: row, column, value.

    Raises:
        AnswerError: If the file cannot be read, or, with `fail`, if an answer does not fit.
    """
    report = FileReport()
    temporary = target.with_name(f".{target.name}.{os.getpid()}.part")
    told = rejects.with_name(f".{rejects.name}.{os.getpid()}.part") if rejects else None
    try:
        with _Writer(temporary, target.suffix.lower()) as writer, _Rejects(told) as offenders:
            for part in _parts(source):
                writer.write(_scored(task, part, report, offenders))
                task.progress(report.rows)
        temporary.replace(target)
        if told is not None and rejects is not None:
            told.replace(rejects)
    finally:
        for path in (temporary, told):
            with suppress(OSError):
                path.unlink() if path else None
    return report


def _scored(task: FileTask, part: pl.DataFrame, report: FileReport, offenders: "_Rejects") -> pl.DataFrame:
    """Return one part of a table with its figures."""
    on_error: Literal["fail", "null"] = "fail" if task.on_error == "fail" else "null"
    work = Task(task.scorer, task.columns, task.values, Outputs(bounds=task.bounds, flags=task.flags), on_error)
    unfit = work.unfit(part) if on_error == "null" else pl.DataFrame()
    if unfit.width:
        report.rejects += offenders.add(part, unfit, report.rows)
    report.rows += part.height
    if task.on_error == "skip" and unfit.width:
        part = part.filter(~unfit.select(pl.any_horizontal(pl.all())).to_series())
    figures = work.score(part)
    report.written += part.height
    return pl.concat([part, figures], how="horizontal") if task.carry else figures


def _parts(source: Path) -> Iterator[pl.DataFrame]:
    """Yield a file's rows, so many at once.

    Raises:
        AnswerError: If it cannot be read.
    """
    try:
        match source.suffix.lower():
            case ".parquet":
                yield from pl.scan_parquet(source).collect_batches(chunk_size=ROWS_AT_ONCE, maintain_order=True)
            case ".csv":
                lazy = pl.scan_csv(source, infer_schema_length=10_000, try_parse_dates=False)
                yield from lazy.collect_batches(chunk_size=ROWS_AT_ONCE, maintain_order=True)
            case ".xlsx" | ".xlsm":
                yield _workbook(source)
            case ending:
                raise _unreadable(source, f"a table is a .csv, .parquet or .xlsx file, not {ending or 'this'}")
    except (pl.exceptions.PolarsError, OSError) as error:
        raise _unreadable(source, str(error).partition("\n")[0]) from None


def _workbook(source: Path) -> pl.DataFrame:
    try:
        return pl.read_excel(source)
    except ModuleNotFoundError as error:
        raise MissingExtraError("reading workbooks", "excel") from error


def _unreadable(source: Path, why: str) -> AnswerError:
    return AnswerError(f"{source} cannot be read: {why}", [table_problem("unusable-file", "", why)])


class _Writer:
    """Write parts of a table to one file, in the order in which they come."""

    def __init__(self, path: Path, ending: str) -> None:
        if ending not in {".csv", ".parquet"}:
            message = f"results go to a .csv or .parquet file, not to {ending or 'this'}"
            raise AnswerError(message, [table_problem("unusable-file", "", message)])
        self._path, self._ending = path, ending
        self._file: IO[bytes] | None = None
        self._parquet: Any = None

    def __enter__(self) -> Self:
        """Open the file."""
        self._file = self._path.open("xb")
        return self

    def __exit__(self, *_: object) -> None:
        """Close the file."""
        if self._parquet is not None:
            self._parquet.close()
        if self._file is not None:
            self._file.close()

    def write(self, part: pl.DataFrame) -> None:
        """Add a part."""
        assert self._file is not None  # noqa: S101 - it is open
        if self._ending == ".csv":
            part.write_csv(self._file, include_header=self._file.tell() == 0)
            return
        import pyarrow.parquet as pq  # noqa: PLC0415 - it loads slowly

        found = part.to_arrow()
        if self._parquet is None:
            self._parquet = pq.ParquetWriter(self._file, found.schema, compression="zstd")
        self._parquet.write_table(found)


class _Rejects:
    """Write the answers that do not fit, each with its row and column."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._file: IO[bytes] | None = None

    def __enter__(self) -> Self:
        """Open the file, if there is one."""
        if self._path is not None:
            self._file = self._path.open("xb")
            self._file.write(b"row,column,value,reason\n")
        return self

    def __exit__(self, *_: object) -> None:
        """Close the file."""
        if self._file is not None:
            self._file.close()

    def add(self, part: pl.DataFrame, unfit: pl.DataFrame, before: int) -> int:
        """Note what does not fit in a part, and return how much that is."""
        found = 0
        for name in unfit.columns:
            where = unfit[name]
            if not where.any():
                continue
            value = part[name].cast(pl.List(pl.String)).list.join("; ") if part[name].dtype == pl.List else part[name]
            rows = pl.DataFrame(
                {
                    "row": pl.arange(before + 1, before + part.height + 1, eager=True),
                    "column": pl.repeat(name, part.height, eager=True),
                    "value": value.cast(pl.String),
                    "reason": pl.repeat("does not fit the scale", part.height, eager=True),
                }
            ).filter(where)
            found += rows.height
            if self._file is not None and found < _MOST_REJECTS:
                rows.write_csv(self._file, include_header=False)
        return found
