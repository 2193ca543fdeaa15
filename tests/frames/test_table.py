"""A row of a table scores exactly as the same answers do alone."""

from typing import Any

import hypothesis.strategies as st
import polars as pl
import strategies as drawn
from drawn_tables import tables
from engine_rubrics import dimension, rubric
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


@given(st.data())
def test_options_that_are_called_by_numbers_stand_as_numbers(data: st.DataObject) -> None:
    """Whole numbers in a column score as the options that they name do alone."""
    first = data.draw(st.integers(-3, 300))
    names = [str(first + place) for place in range(data.draw(st.integers(2, 6)))]
    stages = sorted(data.draw(st.lists(st.sampled_from(["s1", "s2", "s3"]), min_size=len(names), max_size=len(names))))
    options = [
        {"id": name, "stage": stage} for name, stage in zip(names, stages, strict=True) if not name.startswith("-")
    ]
    assume(len({option["stage"] for option in options}) > 1)
    scale = {"type": "choice", "options": options}
    scorer = Scorer(rubric(dimension("d", {"id": "c", "title": "C", "scale": scale})))
    given_numbers = data.draw(st.lists(st.sampled_from([None, *(int(each["id"]) for each in options)]), min_size=1))
    dtype = data.draw(st.sampled_from([pl.Int16, pl.Int64, pl.UInt16]))
    task = Task(scorer, {}, {}, ALL, "fail")
    found = task.pipeline({"c": dtype()}).figures_of(pl.DataFrame({"c": given_numbers}, schema={"c": dtype}))
    for row, number in zip(found.iter_rows(named=True), given_numbers, strict=True):
        card = scorer.score({} if number is None else {"c": str(number)})
        assert row["d.score"] == card["d"].score
        assert row["d.stage_high"] == card["d"].stage_high.number
