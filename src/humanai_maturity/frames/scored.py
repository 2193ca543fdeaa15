"""The figures of a scored table, read back: in a CSV file, all of them are texts."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

import polars as pl

from humanai_maturity.errors import AnswerError, Problem
from humanai_maturity.frames.columns import TEXTS
from humanai_maturity.frames.problems import problem_count, rows_text, shown, table_problem

Figure: TypeAlias = Literal["stage", "score", "flag", "blocker"]
"""What a column of a scored table tells."""

MOST_STAGES = 100
"""No rubric has more."""

_WANTED: Mapping[Figure, str] = {
    "stage": "the numbers of stages",
    "score": "numbers",
    "flag": "truth values",
    "blocker": "texts",
}
_ELSE = "if the column is no figure, say in `nodes` what to tell of"


@dataclass(frozen=True)
class Scored:
    """Read the figures of a scored table.

    Attributes:
        table: The table.
        figures: The columns to read, and what each tells.
        stages: How many stages there are, where that is known.
    """

    table: pl.LazyFrame
    figures: Mapping[str, Figure]
    stages: int | None

    def read(self) -> pl.LazyFrame:
        """Return the table with its figures as numbers and truth values."""
        schema = self.table.collect_schema()
        return self.table.with_columns(_read(name, schema[name], figure) for name, figure in self.figures.items())

    def highest(self) -> int:
        """Return the highest stage of the table; what could hold anything else than figures is read for that.

        Raises:
            AnswerError: If a column holds what is no such figure; all problems at once.
        """
        schema = self.table.collect_schema()
        problems = [*self._wrong_types(schema)]
        if not problems:
            found = self._looked_at(schema)
            problems = [*self._wrong_cells(found)]
        if problems:
            raise AnswerError(problem_count(problems), problems)
        return int(found["highest"] or 1)

    def _wrong_types(self, schema: pl.Schema) -> Iterator[Problem]:
        for name, figure in self.figures.items():
            dtype = schema[name]
            if dtype not in (*TEXTS, pl.Null) and not _can_tell(figure, dtype):
                message = f"the column holds {dtype}, and {_WANTED[figure]} are wanted; {_ELSE}"
                yield table_problem("wrong-type", name, message)

    def _looked_at(self, schema: pl.Schema) -> Mapping[str, int | str | None]:
        """Return how many cells of each column do not fit, the first of these texts, and the highest stage."""
        asked = []
        for place, (name, figure) in enumerate(self.figures.items()):
            fits = _fits(_read(name, schema[name], figure), schema[name], figure, self.stages or MOST_STAGES)
            if fits is not None:
                wrong = pl.col(name).is_not_null() & ~fits.fill_null(value=False)
                text = pl.col(name).cast(pl.String).filter(wrong).min()
                asked += [wrong.sum().alias(f"count{place}"), text.alias(f"text{place}")]
        tops = [_read(name, schema[name], "stage").max() for name, figure in self.figures.items() if figure == "stage"]
        if tops:
            asked.append(pl.max_horizontal(tops).alias("highest"))
        found = self.table.select(asked).collect(engine="streaming").to_dicts() if asked else []
        return {"highest": None, **(found[0] if found else {})}

    def _wrong_cells(self, found: Mapping[str, int | str | None]) -> Iterator[Problem]:
        said = {
            "stage": "is no stage: they are numbered from 1"
            if self.stages is None
            else f"is no stage of the rubric, which has {self.stages}",
            "score": "is no score",
            "flag": "is neither `true` nor `false`",
        }
        for place, (name, figure) in enumerate(self.figures.items()):
            if count := found.get(f"count{place}"):
                message = f"{shown(str(found[f'text{place}']))} in {rows_text(int(count))} {said[figure]}; {_ELSE}"
                yield table_problem("unfit-figure", name, message)


def _can_tell(figure: Figure, dtype: pl.DataType) -> bool:
    match figure:
        case "flag":
            return dtype == pl.Boolean or dtype.is_integer()
        case "blocker":
            return False
        case _:
            return dtype.is_numeric()


def _read(name: str, dtype: pl.DataType, figure: Figure) -> pl.Expr:
    """Return a column as what it tells; null where a text does not."""
    column = pl.col(name)
    if figure == "blocker":
        return column.cast(pl.String)
    if dtype not in TEXTS:
        return column
    text = column.cast(pl.String)
    if figure == "flag":
        truths = {"true": True, "false": False}
        return text.str.to_lowercase().replace_strict(truths, default=None, return_dtype=pl.Boolean)
    return text.cast(pl.Float64, strict=False)


def _fits(read: pl.Expr, dtype: pl.DataType, figure: Figure, stages: int) -> pl.Expr | None:
    """Return whether what was read is such a figure; `None` where it always is."""
    if figure == "stage":
        return read.is_between(1, stages) & (read == read.floor()) if dtype != pl.Null else None
    if figure == "blocker" or dtype not in TEXTS:
        return None
    return read.is_not_null() if figure == "flag" else read.is_finite()
