"""Data frames of other libraries: in without copies where they allow it, and out as what came in."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Generic, TypeVar

import polars as pl

from humanai_maturity.frames.problems import refuse_repeated
from humanai_maturity.frames.spelling import text_of

Frame = TypeVar("Frame")

_MIXED = {"mixed", "mixed-integer"}
"""What pandas calls columns of objects of several types, and of lists."""


@dataclass(frozen=True)
class Exchange(Generic[Frame]):
    """A table with the way back.

    Attributes:
        table: The table as Polars sees it.
        back: Makes of the figures, and of whether to keep the table's own columns, what came in.
        like: Makes of a table with rows of its own what came in.
    """

    table: pl.DataFrame | pl.LazyFrame
    back: Callable[[Any, bool], Frame]
    like: Callable[[Any], Frame]

    def returned(self, figures: pl.DataFrame | pl.LazyFrame, *, carry: bool) -> Frame:
        """Return the figures as the kind of table that came in."""
        return self.back(figures, carry)


def exchange_for(frame: Frame) -> Exchange[Frame]:
    """Return a table as Polars sees it, with the way back.

    Raises:
        TypeError: If it is no table.
    """
    found: Exchange[Any] | None = None
    if isinstance(frame, pl.DataFrame):
        found = Exchange(frame, lambda figures, carry: _beside(frame, figures, carry=carry), _itself)
    elif isinstance(frame, pl.LazyFrame):
        found = Exchange(frame, lambda figures, _: figures.lazy(), _itself)
    elif _is(frame, "pandas", "DataFrame"):
        found = _of_pandas(frame)
    elif _is(frame, "pyarrow", "Table", "RecordBatch"):
        found = _of_arrow(frame)
    elif _is(frame, "duckdb", "DuckDBPyRelation"):
        found = _of_duckdb(frame)
    elif hasattr(frame, "__arrow_c_stream__"):
        table = pl.DataFrame(frame)
        found = Exchange(table, lambda figures, carry: _beside(table, figures, carry=carry), _itself)
    if found is None:
        raise TypeError(f"a table is a data frame or has an Arrow stream; this is {type(frame).__name__}")
    return found


def is_of_spark(frame: object) -> bool:
    """Return whether something is a data frame of Spark, also of one that is reached by Spark Connect."""
    return _is(frame, "pyspark.sql", "DataFrame") or _is(frame, "pyspark.sql.connect.dataframe", "DataFrame")


def _is(frame: object, module: str, *names: str) -> bool:
    """Return whether something is of a type of a library; who has one has imported the library."""
    library = sys.modules.get(module)
    return library is not None and any(
        isinstance(frame, kind) for name in names if isinstance(kind := getattr(library, name, None), type)
    )


def _itself(table: Any) -> Any:
    return table


def _beside(table: pl.DataFrame, figures: pl.DataFrame, *, carry: bool) -> pl.DataFrame:
    return pl.concat([table, figures], how="horizontal") if carry else figures


def _of_pandas(frame: Any) -> Exchange[Any]:
    import pandas as pd  # noqa: PLC0415 - who has a data frame has imported it

    refuse_repeated([str(name) for name in frame.columns])
    arrow = any(isinstance(dtype, pd.ArrowDtype) for dtype in frame.dtypes)

    def like(table: pl.DataFrame) -> Any:
        return table.to_pandas(use_pyarrow_extension_array=arrow)

    def back(figures: pl.DataFrame, carry: bool) -> Any:  # noqa: FBT001 - called by position
        found = like(figures)
        found.index = frame.index
        return pd.concat([frame, found], axis=1) if carry else found

    return Exchange(_from_pandas(frame), back, like)


def _from_pandas(frame: Any) -> pl.DataFrame:
    """Return a pandas data frame as Polars sees it; what mixes texts, numbers and truth values becomes texts."""
    import pandas as pd  # noqa: PLC0415 - as above

    places = [place for place, dtype in enumerate(frame.dtypes) if str(dtype) == "object"]
    mixed = {place for place in places if pd.api.types.infer_dtype(frame.iloc[:, place]) in _MIXED}
    if not mixed:
        return pl.from_pandas(frame)
    columns = [frame.iloc[:, place] for place in range(frame.shape[1])]
    read = [_of_objects(each) if place in mixed else pl.from_pandas(each) for place, each in enumerate(columns)]
    return pl.DataFrame([pl.Series(str(name), each) for name, each in zip(frame.columns, read, strict=True)])


def _of_objects(column: Any) -> pl.Series:
    """Return a column of objects of several types, or of lists."""
    missing = column.isna()
    cells = [None if gone else _plain(cell) for cell, gone in zip(column, missing, strict=True)]
    said = [cell for cell in cells if cell is not None]
    if all(isinstance(cell, list) for cell in said):
        return pl.Series(cells, strict=False)
    if all(isinstance(cell, list | str | bool | int | float | Decimal) for cell in said):
        return pl.Series([_text(cell) for cell in cells], dtype=pl.String)
    return pl.Series(cells, dtype=pl.Object)


def _plain(cell: Any) -> Any:
    """Return an object of NumPy as one of Python, and a set as a list."""
    if isinstance(cell, set | frozenset | tuple):
        return sorted(cell, key=str)
    return cell.tolist() if hasattr(cell, "tolist") else cell


def _text(cell: Any) -> str | None:
    """Return an object as the text that spells it."""
    if isinstance(cell, list):
        return "; ".join(map(str, cell))
    return None if cell is None else text_of(cell)


def _of_arrow(frame: Any) -> Exchange[Any]:
    import pyarrow as pa  # noqa: PLC0415 - who has a table has imported it

    refuse_repeated(frame.schema.names)

    def in_one(table: Any) -> Any:
        if not isinstance(frame, pa.RecordBatch):
            return table
        return pa.RecordBatch.from_arrays([column.combine_chunks() for column in table.columns], schema=table.schema)

    def back(figures: pl.DataFrame, carry: bool) -> Any:  # noqa: FBT001 - called by position
        found = figures.to_arrow()
        if carry:
            source = frame if isinstance(frame, pa.Table) else pa.Table.from_batches([frame])
            columns = [*source.columns, *found.columns]
            found = pa.table(columns, names=[*source.column_names, *found.column_names])
        return in_one(found)

    return Exchange(pl.DataFrame(pl.from_arrow(frame)), back, lambda table: in_one(table.to_arrow()))


_OWN = "humanai_maturity_own"
"""The view under which DuckDB knows a relation while something is asked of its connection."""


def _of_duckdb(frame: Any) -> Exchange[Any]:
    table = pl.DataFrame(pl.from_arrow(frame.to_arrow_table()))

    def like(table: pl.DataFrame) -> Any:
        """Return a relation of the same connection, so that it can be joined with what else is there."""
        humanai_maturity_scored = table.to_arrow()  # noqa: F841 - DuckDB finds it by its name, which no table has
        scored = frame.query(_OWN, "SELECT * FROM humanai_maturity_scored")
        frame.query(_OWN, f"DROP VIEW {_OWN}")
        return scored

    return Exchange(table, lambda figures, carry: like(_beside(table, figures, carry=carry)), like)
