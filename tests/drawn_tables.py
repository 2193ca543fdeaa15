"""Tables of random answers to the questions of a rubric."""

from typing import Any

import hypothesis.strategies as st
import polars as pl
import strategies as drawn
from hypothesis import assume

from humanai_maturity.model.rubric import Fact, Rubric


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
