"""Arrow batches of one table, wherever they are: packed up on one machine, and scored part by part on others."""

import pickle
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any

import polars as pl

from humanai_maturity.errors import AnswerError, MaturityError
from humanai_maturity.frames.problems import rows_text

if TYPE_CHECKING:
    from humanai_maturity.frames.table import Task

ROWS = 100_000
"""So many rows are scored at once: the time that it takes to set up the columns hardly counts then."""

BYTES = 256 * 2**20
"""What batches may take up before they are scored, however few rows they are."""


@dataclass(frozen=True)
class BatchTask:
    """What to do with the batches of a table.

    Attributes:
        task: What to do with a table.
        names: The names of the columns that come in, in their order.
        answers: The places of the columns in which answers stand, or what is beside them.
        carry: Whether the columns that come in go out again, before the figures.
    """

    task: "Task"
    names: Sequence[str]
    answers: Sequence[int]
    carry: bool

    def packed(self, dumps: Callable[[object], bytes]) -> bytes:
        """Return it as bytes, small enough to send along with every piece of work.

        Args:
            dumps: Makes a pickle, with functions in it if there are any.
        """
        return zlib.compress(dumps((_version(), dumps(self))))

    def score(self, batches: Iterator[Any]) -> Iterator[Any]:
        """Yield the scored rows of record batches, in their order.

        Raises:
            AnswerError: If answers do not fit; all of the rows that are scored together.
        """
        import pyarrow as pa  # noqa: PLC0415 - who has batches has imported it

        for part in _parts(batches):
            table = pa.Table.from_batches(part)
            figures = self._figures(table).to_arrow(compat_level=pl.CompatLevel.oldest())
            fields = [field.with_name(name) for field, name in zip(table.schema, self.names, strict=True)]
            own, own_fields = (table.columns, fields) if self.carry else ([], [])
            schema = pa.schema([*own_fields, *figures.schema])
            yield from pa.Table.from_arrays([*own, *figures.columns], schema=schema).to_batches()

    def _figures(self, table: Any) -> pl.DataFrame:
        names = [self.names[place] for place in self.answers]
        answers = pl.DataFrame(pl.from_arrow(table.select([*self.answers]).rename_columns(names)))
        try:
            found = self.task.score(answers)
        except AnswerError as error:
            where = f"(in a part of {rows_text(table.num_rows)}; others were not looked at)"
            raise AnswerError(f"{error.message} {where}", error.problems) from None
        return found.cast({pl.UInt8: pl.Int8, pl.Enum: pl.String})  # what every reader of Arrow knows


@lru_cache(maxsize=8)
def unpacked(packed: bytes) -> BatchTask:
    """Return what was packed; a process that gets the same again compiles nothing anew.

    Raises:
        MaturityError: If it was packed by another version of this library.
    """
    given, task = pickle.loads(zlib.decompress(packed))  # noqa: S301 - from the program itself, as all that it sends
    here = _version()
    if None not in (given, here) and given != here:
        raise MaturityError(
            f"the table is scored by humanai-maturity {given}, and on this machine there is {here}: install the same"
        )
    found: BatchTask = pickle.loads(task)  # noqa: S301 - as above
    return found


def answer_columns(task: "Task", schema: Mapping[str, pl.DataType]) -> list[str]:
    """Return the columns in which answers stand, or what is beside them, in the order of the table.

    Raises:
        AnswerError: If columns are missing, or their types do not fit; all problems at once.
    """
    wanted = {*task.layout(schema).names, *task.columns.values()}
    return [name for name in schema if name in wanted]


def _parts(batches: Iterator[Any]) -> Iterator[list[Any]]:
    """Yield neighbouring batches together, as many as may be scored at once; a larger one goes alone."""
    part: list[Any] = []
    rows = size = 0
    for batch in batches:
        if part and (rows + batch.num_rows > ROWS or size + batch.nbytes > BYTES):
            yield part
            part, rows, size = [], 0, 0
        part.append(batch)
        rows, size = rows + batch.num_rows, size + batch.nbytes
    if part:
        yield part


def _version() -> str | None:
    """Return the version of this library, where it is installed and not just lying about."""
    try:
        return version("humanai-maturity")
    except PackageNotFoundError:
        return None
