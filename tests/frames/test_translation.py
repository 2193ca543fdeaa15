"""Every feature of the engine on columns: no cell differs from the same answers scored alone."""

from typing import Any

import hypothesis.strategies as st
import polars as pl
import strategies as drawn
from hypothesis import assume, event, given
from polars.testing import assert_frame_equal
from strategies import AGGREGATORS, MEASURES

from humanai_maturity.engine import Scorer
from humanai_maturity.errors import RubricInvalidError
from humanai_maturity.frames.kernel import Outputs
from humanai_maturity.frames.rows import score_rows
from humanai_maturity.frames.table import Task
from humanai_maturity.model.rubric import Criterion, Rubric

TYPES = {"choice": pl.String, "yes_no": pl.Boolean, "checklist": pl.List(pl.String), "metric": pl.Float64}


def cell(value: Any) -> Any:
    """Return an answer as a column holds it."""
    if isinstance(value, tuple | list | set | frozenset):
        return sorted(value)
    return value if isinstance(value, bool | str) else float(value)


@st.composite
def tables(draw: st.DrawFn, rubric: Rubric) -> pl.DataFrame:
    """Draw a table of any kind: complete or not, of one row or more, and with what can stand beside an answer."""
    rows = draw(st.sampled_from([1, 2, 6]))
    complete, away, beside = draw(st.booleans()), draw(st.booleans()), draw(st.booleans())

    def series(each: st.SearchStrategy[Any], dtype: Any) -> pl.Series:
        return pl.Series(draw(st.lists(each, min_size=rows, max_size=rows)), dtype=dtype, strict=False)

    grades = [grade.id for grade in rubric.evidence_grades]
    found: dict[str, pl.Series] = {}
    for question in drawn.questions(rubric):
        if question.scale.type == "custom" or (not complete and draw(st.integers(0, 9)) == 0):
            continue
        values = [cell(value) for value in drawn.ladder(rubric, question.scale)]
        found[question.id] = series(
            st.sampled_from(values if complete else [None, *values]), TYPES[question.scale.type]
        )
        if beside and grades and isinstance(question, Criterion):
            found[f"{question.id}__evidence"] = series(st.sampled_from([None, *grades]), pl.String)
        if beside and draw(st.integers(0, 3)) == 0:
            found[f"{question.id}__sample"] = series(st.sampled_from([None, 1, 5, 1000]), pl.Int64)
        if away and question.allow_not_applicable:
            found[f"{question.id}__not_applicable"] = series(st.booleans(), pl.Boolean)
    assume(found)
    for dimension in drawn.dimensions(rubric) if away else ():
        if dimension.allow_not_applicable:
            found[f"{dimension.id}__not_applicable"] = series(st.booleans(), pl.Boolean)
    return pl.DataFrame(found)


def linked(rubric: Rubric) -> Scorer:
    try:
        return Scorer(rubric, measures=MEASURES, aggregators=AGGREGATORS)
    except RubricInvalidError:
        assume(condition=False)
        raise


@given(st.data())
def test_a_row_scores_as_it_does_alone(data: st.DataObject) -> None:
    """One row of a table scores exactly as the same assessment alone."""
    rubric = data.draw(drawn.rubrics())
    scorer = linked(rubric)
    table = data.draw(tables(rubric))
    pipeline = Task(scorer, {}, {}, Outputs(), "fail").pipeline(table.schema)
    pipeline = pipeline.for_complete if pipeline.layout.is_complete(table) else pipeline
    event("in columns" if pipeline.in_columns else "row by row")
    found = pipeline.figures_of(table, pipeline.refuse)
    alone = score_rows(scorer, table, pipeline.layout, Outputs())
    assert_frame_equal(found, alone.select(found.columns), check_exact=True)
    assert found.columns == alone.columns
