"""Whole tables: every row of a data frame is an assessment."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal, TypeVar, cast, get_args

import polars as pl

from humanai_maturity.engine.scorer import Scorer
from humanai_maturity.errors import AnswerError
from humanai_maturity.frames.distinct import check_rows
from humanai_maturity.frames.engines import exchange_for, is_of_spark
from humanai_maturity.frames.kernel import Outputs
from humanai_maturity.frames.layout import TableLayout, check_names, layout_of
from humanai_maturity.frames.pipeline import Pipeline
from humanai_maturity.frames.rows import score_rows
from humanai_maturity.model.rubric import Rubric

Frame = TypeVar("Frame")

OnError = Literal["fail", "null"]
"""What an answer that does not fit does: ends the work, or counts as unknown."""

FEW_ROWS = 250
"""Up to so many rows, one after the other is faster than setting up the columns."""


def score_frame(  # noqa: PLR0913 - a table has so many settings
    rubric: Rubric | Scorer,
    frame: Frame,
    *,
    columns: Mapping[str, str] | None = None,
    values: Mapping[str, Mapping[Any, Any]] | None = None,
    assessment: str | Sequence[str] | None = None,
    as_of: date | str | None = None,
    bounds: bool = True,
    flags: bool = True,
    blockers: bool = True,
    carry: bool = True,
    on_error: OnError = "fail",
) -> Frame:
    """Score every row of a table, and get a table of the same kind back.

    A row scores exactly as the same answers do alone, to the last bit. There is one column per criterion, called by its
    id; criteria without a column are unknown. Beside a column `c`, `c__evidence` may hold evidence grades, `c__sample`
    sample sizes, `c__as_of` the days on which answers were true, and `c__not_applicable` truth values or reasons; so
    may `d__not_applicable` for a dimension. Answers on several scales stand in a column each, instead of `c`:
    `c__metric`, `c__choice`, `c__checklist`, `c__yes_no`.

    Args:
        rubric: The rubric, or a `Scorer` with measures and aggregators.
        frame: A data frame or a lazy frame of Polars, a pandas data frame, a PyArrow table, a DuckDB relation, a Spark
            data frame, or anything else with an Arrow stream.
        columns: The columns of criteria that are not called by their ids: `{"data.sources": "Q1"}`.
        values: What texts, numbers and truth values stand for: `{"data.sources": {"Fully agree": "live"}}`.
        assessment: The column or columns that tell the rows apart: every row needs other values there.
        as_of: The day to which the ages of answers are counted, or the column that holds one for each row.
        bounds: Whether to add the lowest and highest stages and scores.
        flags: Whether to add a truth value for every flag.
        blockers: Whether to add what comes first of all that stands before the next stage, as text.
        carry: Whether to keep the other columns, and the answers.
        on_error: What an answer that does not fit does: `fail` ends the work with an error that names all of them,
            `null` counts it as unknown.

    Returns:
        The table with the columns `NODE.stage`, `.stage_raw`, `.stage_low`, `.stage_high` (numbers of stages, counted
        from 1), `.score`, `.low`, `.high`, `.coverage` and `.first_blocker` (the kind of the first of the scorecard's
        `blockers`, and what it is about: `cap: data`; null at the highest stage) for the whole (`overall`) and every
        dimension, and `flags.FLAG`. What has no point is null.

    Raises:
        AnswerError: If columns are missing or answers do not fit; all problems at once.
        ValueError: If `on_error` is neither.

    Example:
        >>> import humanai_maturity as hm
        >>> import polars as pl
        >>> teams = pl.DataFrame({"team": ["north", "south"], "data.sources": ["owned", "joined"]})
        >>> scored = hm.frames.score_frame(hm.load_rubric("ai-human-cx"), teams)
        >>> scored["team"].to_list(), scored["data.stage_low"].to_list(), scored["data.low"].to_list()[0] > 1
        (['north', 'south'], [1, 1], True)
    """
    scorer = rubric if isinstance(rubric, Scorer) else Scorer(rubric)
    outputs = Outputs(bounds=bounds, flags=flags, blockers=blockers)
    task = Task(scorer, dict(columns or {}), dict(values or {}), outputs, on_error, as_of)
    if is_of_spark(frame):
        from humanai_maturity.frames.spark import score_on_spark  # noqa: PLC0415 - an extra

        if assessment is not None:
            raise AnswerError("`assessment` is not checked on Spark: count the rows by it, with `groupBy` and `count`")
        return cast("Frame", score_on_spark(task, frame, carry=carry))
    exchange = exchange_for(frame)
    table = exchange.table
    pipeline = task.pipeline(table.collect_schema())
    check_rows(table, assessment)
    if carry:
        check_names(table.collect_schema(), pipeline.schema)
    else:
        table = table.select(pipeline.layout.names)
    found = task.score(table) if isinstance(table, pl.DataFrame) else task.over(table, carry=carry)
    return exchange.returned(found, carry=carry)


@dataclass(frozen=True)
class Task:
    """What to do with tables.

    Attributes:
        scorer: The rubric, compiled.
        columns: The columns of criteria that are not called by their ids.
        values: What texts stand for.
        outputs: Which figures are wanted.
        on_error: What an answer that does not fit does.
        as_of: The day to which ages are counted, or its column.
    """

    scorer: Scorer
    columns: Mapping[str, str]
    values: Mapping[str, Mapping[Any, Any]]
    outputs: Outputs
    on_error: OnError
    as_of: date | str | None = None
    _pipelines: dict[object, Pipeline] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Refuse a setting that is none."""
        if self.on_error not in get_args(OnError):
            raise ValueError(f"`on_error` is 'fail' or 'null', not {self.on_error!r}")

    def layout(self, schema: Mapping[str, pl.DataType]) -> TableLayout:
        """Return where the answers stand.

        Raises:
            AnswerError: If columns are missing, or their types do not fit; all problems at once.
        """
        return layout_of(self.scorer.plan, schema, self.columns, self.values, self.as_of)

    def pipeline(self, schema: Mapping[str, pl.DataType]) -> Pipeline:
        """Return the way from such columns to the figures."""
        key = tuple(schema.items())
        if key not in self._pipelines:
            self._pipelines[key] = Pipeline(self.scorer, self.layout(schema), self.outputs)
        return self._pipelines[key]

    def over(self, table: pl.LazyFrame, *, carry: bool = True) -> pl.LazyFrame:
        """Return the figures of a table, beside its own columns or without, none of which is worked out yet."""
        pipeline = self.pipeline(table.collect_schema())
        found = pipeline.over(table, pipeline.refuse if self.on_error == "fail" else None)
        return found if carry else found.select([*pipeline.schema])

    def score(self, table: pl.DataFrame) -> pl.DataFrame:
        """Return the figures of every row of a table, without the table's own columns."""
        pipeline = self.pipeline(table.schema)
        if self.on_error == "null":
            return pipeline.figures_of(table)
        try:
            if table.height <= FEW_ROWS:
                return score_rows(self.scorer, table, pipeline.layout, self.outputs)
            fitting = pipeline.for_complete if pipeline.layout.is_complete(table) else pipeline
            return fitting.figures_of(table, pipeline.refuse)
        except AnswerError:
            pipeline.check(table.lazy())
            raise
