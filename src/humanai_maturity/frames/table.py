"""Whole tables: every row of a data frame is an assessment."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

import polars as pl

from humanai_maturity.engine.scorer import Scorer
from humanai_maturity.errors import AnswerError
from humanai_maturity.frames.engines import Exchange, exchange_for
from humanai_maturity.frames.functions import NotInColumnsError
from humanai_maturity.frames.kernel import Outputs, TableKernel
from humanai_maturity.frames.layout import TableLayout, layout_of
from humanai_maturity.frames.numbers import TooLargeError
from humanai_maturity.frames.rows import figures, score_rows
from humanai_maturity.frames.unfit import refuse, unfit_columns
from humanai_maturity.model.rubric import Rubric

Frame = TypeVar("Frame")

OnError = Literal["fail", "null"]
"""What an answer that does not fit does: ends the work, or counts as unknown."""

FEW_ROWS = 300
"""Up to so many rows, one after the other is faster than setting up the columns."""


def score_frame(  # noqa: PLR0913 - a table has so many settings
    rubric: Rubric | Scorer,
    frame: Frame,
    *,
    columns: Mapping[str, str] | None = None,
    values: Mapping[str, Mapping[str, Any]] | None = None,
    bounds: bool = True,
    flags: bool = True,
    carry: bool = True,
    on_error: OnError = "fail",
) -> Frame:
    """Score every row of a table, and get a table of the same kind back.

    A row scores exactly as the same answers do alone, to the last bit. There is one column per criterion, called by its
    id; criteria without a column are unknown. Beside a column `c`, `c__evidence` may hold evidence grades, `c__sample`
    sample sizes, and `c__not_applicable` truth values or reasons; so may `d__not_applicable` for a dimension.

    Args:
        rubric: The rubric, or a `Scorer` with measures and aggregators.
        frame: A data frame or a lazy frame of Polars, a pandas data frame, a PyArrow table, a DuckDB relation, or
            anything else with an Arrow stream.
        columns: The columns of criteria that are not called by their ids: `{"data.sources": "Q1"}`.
        values: What texts stand for: `{"data.sources": {"Fully agree": "live"}}`.
        bounds: Whether to add the lowest and highest stages and scores.
        flags: Whether to add a truth value for every flag.
        carry: Whether to keep the other columns, and the answers.
        on_error: What an answer that does not fit does: `fail` ends the work with an error that names all of them,
            `null` counts it as unknown.

    Returns:
        The table with the columns `NODE.stage`, `.stage_raw`, `.stage_low`, `.stage_high` (numbers of stages, counted
        from 1), `.score`, `.low`, `.high` and `.coverage` for the whole (`overall`) and every dimension, and
        `flags.FLAG`. What has no point is null.

    Raises:
        AnswerError: If columns are missing or answers do not fit; all problems at once.

    Example:
        >>> import humanai_maturity as hm
        >>> import polars as pl
        >>> teams = pl.DataFrame({"team": ["north", "south"], "data.sources": ["owned", "joined"]})
        >>> scored = hm.frames.score_frame(hm.load_rubric("ai-human-cx"), teams)
        >>> scored["team"].to_list(), scored["data.stage_low"].to_list(), scored["data.low"].to_list()[0] > 1
        (['north', 'south'], [1, 1], True)
    """
    scorer = rubric if isinstance(rubric, Scorer) else Scorer(rubric)
    exchange = exchange_for(frame)
    outputs = Outputs(bounds=bounds, flags=flags)
    task = Task(scorer, dict(columns or {}), dict(values or {}), outputs, on_error)
    return exchange.returned(_scored(task, exchange), carry=carry)


@dataclass(frozen=True)
class Task:
    """What to do with a table.

    Attributes:
        scorer: The rubric, compiled.
        columns: The columns of criteria that are not called by their ids.
        values: What texts stand for.
        outputs: Which figures are wanted.
        on_error: What an answer that does not fit does.
    """

    scorer: Scorer
    columns: Mapping[str, str]
    values: Mapping[str, Mapping[str, Any]]
    outputs: Outputs
    on_error: OnError

    def layout(self, schema: Mapping[str, pl.DataType]) -> TableLayout:
        """Return where the answers stand."""
        return layout_of(self.scorer.plan, schema, self.columns, self.values)

    def score(self, table: pl.DataFrame) -> pl.DataFrame:
        """Return the figures of every row of a table, without the table's own columns."""
        layout = self.layout(table.schema)
        if table.height <= FEW_ROWS and self.on_error == "fail":
            return self._by_rows(table, layout)
        try:
            return self._by_columns(table, layout)
        except (NotInColumnsError, TooLargeError):
            return self._by_rows(table, layout)

    def unfit(self, table: pl.DataFrame) -> pl.DataFrame:
        """Return for every column whether its answers do not fit."""
        return self._unfit(table, self._kernel(self.layout(table.schema)))

    def _by_rows(self, table: pl.DataFrame, layout: TableLayout) -> pl.DataFrame:
        try:
            return score_rows(self.scorer, table, layout, self.outputs)
        except AnswerError:
            kernel = self._kernel(layout)
            refuse(table, self._unfit(table, kernel), kernel)
            raise

    def _kernel(self, layout: TableLayout) -> TableKernel:
        return TableKernel(self.scorer.kernel, layout.columns, layout.away, self.outputs)

    def _unfit(self, table: pl.DataFrame, kernel: TableKernel) -> pl.DataFrame:
        unfit = unfit_columns(kernel)
        lazy = _layered(table.lazy(), kernel)
        return lazy.select(expr.fill_null(value=False).alias(name) for name, expr in unfit.items()).collect()

    def _by_columns(self, table: pl.DataFrame, layout: TableLayout) -> pl.DataFrame:
        kernel = self._kernel(layout)
        gaps = any(table[columns.name].null_count() or columns.sample is not None for columns in layout.columns)
        wanted = [*kernel.figures(kernel.case(complete=not gaps and self.on_error == "fail"))]
        lazy = _layered(table.lazy(), kernel)
        unfit, odd = unfit_columns(kernel), kernel.odd
        checks = [expr.fill_null(value=False).any().alias(name) for name, expr in unfit.items()]
        # The first column makes the result as long as the table where all figures are the same in every row.
        beside = [pl.first().alias("__row"), *([odd.alias("__odd")] if odd is not None else [])]
        found = lazy.select(*wanted, *beside).collect(engine="streaming").drop("__row")
        if checks and self.on_error == "fail" and any(lazy.select(checks).collect().row(0)):
            refuse(table, self._unfit(table, kernel), kernel)
        if odd is None:
            return found
        return self._with_odd_rows(table, layout, found)

    def _with_odd_rows(self, table: pl.DataFrame, layout: TableLayout, found: pl.DataFrame) -> pl.DataFrame:
        """Score alone the rows with numbers of many decimals, and put them in their places."""
        odd = found["__odd"]
        found = found.drop("__odd")
        if not odd.any():
            return found
        alone = score_rows(self.scorer, table.filter(odd), layout, self.outputs)
        places = pl.arange(0, table.height, eager=True).alias("__place")
        together = pl.concat(
            [found.filter(~odd).with_columns(places.filter(~odd)), alone.with_columns(places.filter(odd))]
        )
        return together.sort("__place").drop("__place")


def _layered(lazy: pl.LazyFrame, kernel: TableKernel) -> pl.LazyFrame:
    for level in kernel.layers.levels:
        lazy = lazy.with_columns(level)
    return lazy


def _scored(task: Task, exchange: Exchange[Any]) -> pl.DataFrame | pl.LazyFrame:
    table = exchange.table
    if isinstance(table, pl.DataFrame):
        return task.score(table)
    schema = dict(table.collect_schema())
    task.layout(schema)
    wanted = dict(figures(task.scorer, task.outputs))

    def batch(part: pl.DataFrame) -> pl.DataFrame:
        return pl.concat([part, task.score(part)], how="horizontal")

    return table.map_batches(batch, schema={**schema, **wanted}, streamable=True)
