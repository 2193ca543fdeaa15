"""Files that hold tables, as Polars reads them: what a cell of a text file or a workbook holds stays text."""

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import polars as pl

from humanai_maturity.errors import AnswerError, MissingExtraError
from humanai_maturity.frames.problems import refuse_repeated, table_problem

_LONGEST_HEADER = 1_000_000
_SEPARATORS = ",;\t"


@contextmanager
def reading(source: Path) -> Iterator[pl.LazyFrame]:
    """Give a file's rows to what is done with them.

    Raises:
        AnswerError: If the file cannot be read.
    """
    try:
        yield _scanned(source)
    except (pl.exceptions.PolarsError, OSError) as error:
        raise unusable(source, str(error).partition("\n")[0]) from None


def rows_in(source: Path) -> int | None:
    """Return how many rows a file has, where it says so itself."""
    return pl.scan_parquet(source).select(pl.len()).collect().item() if source.suffix.lower() == ".parquet" else None


def unusable(source: Path, why: str) -> AnswerError:
    """Return the error of a file that cannot be read."""
    return AnswerError(f"{source} cannot be read: {why}", [table_problem("unusable-file", "", why)])


def _scanned(source: Path) -> pl.LazyFrame:
    """Return a file's rows.

    Raises:
        AnswerError: If it is of no kind that can be read.
    """
    match source.suffix.lower():
        case ".parquet":
            return pl.scan_parquet(source)
        case ".csv":
            return _text_file(source)
        case ".xlsx" | ".xlsm":
            return _workbook(source)
        case ending:
            raise unusable(source, f"a table is a .csv, .parquet or .xlsx file, not {ending or 'this'}")


def _text_file(source: Path) -> pl.LazyFrame:
    with source.open("rb") as file:
        beginning = file.read(_LONGEST_HEADER)
    if beginning.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise unusable(source, "its letters are in UTF-16: save it as UTF-8")
    if b"\r" in beginning and b"\n" not in beginning:
        raise unusable(source, "its lines end as on very old computers: save it with usual line ends")
    header = beginning.partition(b"\n")[0].decode("utf-8-sig", "replace").rstrip("\r")
    separator = max(_SEPARATORS, key=header.count)
    refuse_repeated(next(csv.reader([header], delimiter=separator), []))
    return pl.scan_csv(source, infer_schema=False, separator=separator)


def _workbook(source: Path) -> pl.LazyFrame:
    try:
        import fastexcel  # noqa: PLC0415 - an extra
    except ModuleNotFoundError as error:
        raise MissingExtraError("reading workbooks", "excel") from error
    try:
        # As texts: where most cells of a column are numbers, the others would be read as empty.
        cells = pl.read_excel(source, has_header=False, read_options={"dtypes": "string"}, drop_empty_rows=True)
    except (fastexcel.FastExcelError, pl.exceptions.NoDataError) as error:
        raise unusable(source, str(error).partition("\n")[0]) from None
    names = [name or f"column {place}" for place, name in enumerate(cells.row(0), 1)]
    refuse_repeated(names)
    days = pl.all().str.strip_suffix(" 00:00:00")
    return cells.slice(1).rename(dict(zip(cells.columns, names, strict=True))).select(days).lazy()
