"""A row of a table scores exactly as the same answers do alone."""

from typing import Any

import hypothesis.strategies as st
import polars as pl
import strategies as drawn
from drawn_tables import tables
from hypothesis import assume, given
from polars.testing import assert_frame_equal
from strategies import AGGREGATORS, MEASURES

from humanai_maturity.engine import Scorer
from humanai_maturity.errors import RubricInvalidError
from humanai_maturity.frames.kernel import Outputs
from humanai_maturity.frames.rows import score_rows
from humanai_maturity.frames.table import Task
from humanai_maturity.model.rubric import Rubric

ALL = Outputs()


def said_in_columns(task: Task, table: pl.DataFrame) -> pl.DataFrame | None:
    pipeline = task.pipeline(table.schema)
    fitting = pipeline.for_complete if pipeline.layout.is_complete(table) else pipeline
    return fitting.figures_of(table, pipeline.refuse) if pipeline.in_columns else None


def without_code(rubric: Rubric) -> Rubric:
    """Return a rubric with means where it has rules that columns cannot say: power means and aggregators."""

    def plain(part: Any) -> Any:
        if isinstance(part, list):
            return [plain(each) for each in part]
        if not isinstance(part, dict):
            return part
        if part.get("rule") in {"power_mean", "aggregator"}:
            return {key: each for key, each in part.items() if key in {"over", "normalise", "round"}} | {"rule": "mean"}
        return {key: plain(each) for key, each in part.items()}

    return Rubric.model_validate(plain(rubric.model_dump(mode="json", exclude_unset=True)))


def linked(rubric: Rubric) -> Scorer:
    try:
        return Scorer(rubric, measures=MEASURES, aggregators=AGGREGATORS)
    except RubricInvalidError:
        assume(condition=False)
        raise


@given(st.data())
def test_a_table_scores_as_its_rows_do(data: st.DataObject) -> None:
    """One row of a table scores exactly as the same assessment alone."""
    rubric = without_code(data.draw(drawn.rubrics()))
    scorer = linked(rubric)
    table = data.draw(tables(rubric))
    task = Task(scorer, {}, {}, ALL, "fail")
    found = said_in_columns(task, table)
    if found is None:
        return
    alone = score_rows(scorer, table, task.layout(table.schema), ALL)
    assert_frame_equal(found, alone.select(found.columns), check_exact=True)
    assert found.columns == alone.columns
