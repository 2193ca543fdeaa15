"""A row of a table scores exactly as the same answers do alone."""

from typing import Any

import hypothesis.strategies as st
import polars as pl
import strategies as drawn
from hypothesis import assume, given
from polars.testing import assert_frame_equal
from strategies import AGGREGATORS, MEASURES

from humanai_maturity.engine import Scorer
from humanai_maturity.errors import RubricInvalidError
from humanai_maturity.frames.kernel import Outputs
from humanai_maturity.frames.rows import score_rows
from humanai_maturity.frames.table import Task
from humanai_maturity.model.rubric import Fact, Rubric

ALL = Outputs()


@st.composite
def tables(draw: st.DrawFn, rubric: Rubric, rows: int = 6) -> pl.DataFrame:
    """Draw a table of answers: a column for nearly every question, evidence, samples, and what does not apply."""
    columns: dict[str, pl.Series] = {}
    complete = draw(st.booleans())
    for question in drawn.questions(rubric):
        if question.scale.type == "custom" or draw(st.integers(0, 9)) == 0:
            continue
        values = [_cell(value) for value in drawn.ladder(rubric, question.scale)]
        each = st.sampled_from(values) if complete else st.sampled_from([None, *values])
        found = draw(st.lists(each, min_size=rows, max_size=rows))
        columns[question.id] = pl.Series(found, dtype=_dtype(question.scale.type), strict=False)
        columns |= draw(_beside(rubric, question, rows))
    assume(columns)
    return pl.DataFrame(columns)


@st.composite
def _beside(draw: st.DrawFn, rubric: Rubric, question: Any, rows: int) -> dict[str, pl.Series]:
    found = {}
    grades = [grade.id for grade in rubric.evidence_grades]
    if grades and not isinstance(question, Fact) and draw(st.booleans()):
        given_grades = st.sampled_from([None, *grades])
        found["__evidence"] = pl.Series(draw(st.lists(given_grades, min_size=rows, max_size=rows)), dtype=pl.String)
    if draw(st.integers(0, 4)) == 0:
        found["__sample"] = pl.Series(draw(st.lists(st.sampled_from([None, 1, 5, 1000]), min_size=rows, max_size=rows)))
    if question.allow_not_applicable and draw(st.integers(0, 2)) == 0:
        reasons = st.sampled_from([None, "", "We have none."])
        found["__not_applicable"] = pl.Series(draw(st.lists(reasons, min_size=rows, max_size=rows)), dtype=pl.String)
    return {question.id + ending: series for ending, series in found.items()}


def _cell(value: Any) -> Any:
    if isinstance(value, tuple | list | set | frozenset):
        return sorted(value)
    return value if isinstance(value, bool | str) else float(value)


def _dtype(kind: str) -> Any:
    return {
        "choice": pl.String,
        "yes_no": pl.Boolean,
        "checklist": pl.List(pl.String),
        "metric": pl.Float64,
    }[kind]


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
