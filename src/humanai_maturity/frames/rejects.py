"""Answers that do not fit, kept while a file is scored, and written down afterwards."""

from collections.abc import Callable
from pathlib import Path
from threading import Lock
from typing import Literal

import polars as pl

from humanai_maturity.engine.wording import LIKE_A_FORMULA
from humanai_maturity.frames.names import OWN
from humanai_maturity.frames.pipeline import Pipeline
from humanai_maturity.frames.unfit import as_text

ROW = f"{OWN}row"
"""The column with the numbers of the rows, counted from 1."""

MOST_KEPT = 1_000_000
"""So many answers that do not fit are kept; more are only counted."""


class Rejects:
    """Let rows pass, and keep what does not fit.

    Attributes:
        rows: How many rows came.
        passed: How many went on.
        found: How many answers did not fit.
    """

    def __init__(
        self, pipeline: Pipeline, on_error: Literal["fail", "null", "skip"], progress: Callable[[int], None]
    ) -> None:
        self.rows = self.passed = self.found = 0
        self._pipeline, self._on_error, self._progress = pipeline, on_error, progress
        self._kept: list[pl.DataFrame] = []
        self._lock = Lock()

    def __call__(self, answers: pl.DataFrame, unfit: pl.DataFrame) -> pl.Series | None:
        """Say which rows go on.

        Raises:
            AnswerError: If an answer does not fit, and that is to end the work.
        """
        if self._on_error == "fail":
            self._pipeline.refuse(answers, unfit)
        rejects = [_rejects(answers, unfit[name]) for name in unfit.columns if unfit[name].any()]
        going_on = None
        if rejects and self._on_error == "skip":
            going_on = ~unfit.select(pl.any_horizontal(pl.all())).to_series()
        with self._lock:
            self.rows += answers.height
            self.passed += answers.height if going_on is None else int(going_on.sum())
            for each in rejects:
                if self.found < MOST_KEPT:
                    self._kept.append(each)
                self.found += each.height
            self._progress(self.rows)
        return going_on

    def write(self, path: Path) -> None:
        """Write what does not fit to a CSV file: row, column, value, reason; in the order of the rows.

        What a spreadsheet would take for a formula has an apostrophe before it.
        """
        nothing = pl.DataFrame(schema={"row": pl.UInt32, "column": pl.String, "value": pl.String})
        kept = pl.concat([nothing, *self._kept]).head(MOST_KEPT)
        told = kept.sort("row", maintain_order=True).join(
            self._reasons(kept), on=["column", "value"], how="left", maintain_order="left"
        )
        told.with_columns(_no_formula(name) for name in ("column", "value", "reason")).write_csv(path)

    def _reasons(self, kept: pl.DataFrame) -> pl.DataFrame:
        distinct = kept.select("column", "value").unique()
        reasons = [self._pipeline.reason(*each) for each in distinct.iter_rows()]
        return distinct.with_columns(pl.Series("reason", reasons, dtype=pl.String))


def _no_formula(name: str) -> pl.Expr:
    """Return a column of texts that no spreadsheet takes for formulas."""
    text = pl.col(name)
    like_one = pl.any_horizontal(text.str.starts_with(each) for each in LIKE_A_FORMULA)
    return pl.when(like_one).then(pl.lit("'") + text).otherwise(text).alias(name)


def _rejects(answers: pl.DataFrame, unfit: pl.Series) -> pl.DataFrame:
    """Return the answers of one column that do not fit."""
    name = unfit.name
    value = as_text(pl.col(name), answers.schema[name])
    return answers.filter(unfit).select(
        pl.col(ROW).cast(pl.UInt32).alias("row"), pl.lit(name).alias("column"), value.alias("value")
    )
