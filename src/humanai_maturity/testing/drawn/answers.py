"""Drawn answers to a rubric."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from humanai_maturity.model.assessment import Answer, NotApplicable, Unknown
from humanai_maturity.model.rubric import Rubric
from humanai_maturity.model.scales import ChecklistScale, MetricScale, Scale
from humanai_maturity.testing.drawn.ladders import Given, Question, dimensions, ladder, questions
from humanai_maturity.testing.drawn.rubrics import rubrics

DAY = date(2026, 1, 31)
"""The day on which assessments with dated answers are made."""
_REASONS = ["blank", "dont-know", "declined", "not-asked", "pending"]


@st.composite
def answer_to(
    draw: st.DrawFn, rubric: Rubric, question: Question, *, dated: bool = False, good: bool = False
) -> Answer:
    """Draw an answer from everything that a criterion's scales take.

    Args:
        draw: Supplied by Hypothesis.
        rubric: What the criterion belongs to.
        question: The criterion or fact.
        dated: Whether an answer to a criterion with `max_age_days` carries a date.
        good: Whether the answer is among the better ones, on the best evidence.
    """
    values = {scale.type: draw(_value_on(rubric, scale, good=good)) for scale in draw(_ways(question))}
    update: dict[str, Any] = {}
    samples = [scale.min_sample for scale in question.scales if isinstance(scale, MetricScale) and scale.min_sample]
    if samples:
        update["sample"] = draw(st.sampled_from([samples[0], samples[0], 1]))
    grades: list[str | None] = [grade.id for grade in rubric.evidence_grades]
    if grades:
        update["evidence"] = grades[-1] if good else draw(st.sampled_from([*grades, None]))
    if dated and question.max_age_days is not None:
        age = draw(st.sampled_from([0, question.max_age_days, question.max_age_days + 1]))
        update["as_of"] = DAY - timedelta(days=age)
    if len(question.scales) == 1:
        return Answer(value=next(iter(values.values())), **update)
    return Answer(values=values, **update)


def _ways(question: Question) -> st.SearchStrategy[Sequence[Scale]]:
    alone = [(scale,) for scale in question.scales]
    return st.sampled_from([*alone, question.scales] if len(alone) > 1 else alone)


def _value_on(rubric: Rubric, scale: Scale, *, good: bool) -> st.SearchStrategy[Any]:
    values = ladder(rubric, scale)
    if good:
        return st.sampled_from(values[len(values) // 2 :])
    if isinstance(scale, ChecklistScale):
        return st.sampled_from(values) | st.sets(st.sampled_from([item.id for item in scale.items]))
    return st.sampled_from(values)


@st.composite
def answers(draw: st.DrawFn, rubric: Rubric, *, dated: bool = False) -> Given:
    """Draw answers to a rubric: values, unknowns with reasons, absent keys, and what does not apply.

    Args:
        draw: Supplied by Hypothesis.
        rubric: What is answered.
        dated: Whether answers to criteria with `max_age_days` carry a date; the assessment's date is then `DAY`.
    """
    given: Given = {}
    good = draw(st.booleans())
    known = draw(st.sampled_from([3, 9]))
    for question in questions(rubric):
        states = [*["answered"] * known, "unknown", "absent"]
        match draw(st.sampled_from([*states, *["gone"] * (2 * question.allow_not_applicable)])):
            case "answered":
                given[question.id] = draw(answer_to(rubric, question, dated=dated, good=good))
            case "unknown":
                given[question.id] = Unknown.model_validate({"unknown": draw(st.sampled_from(_REASONS))})
            case "gone":
                given[question.id] = NotApplicable(not_applicable="We have none.")
            case _:
                pass
    for dimension in dimensions(rubric):
        if dimension.allow_not_applicable and draw(st.sampled_from([*[False] * 4, True])):
            given[dimension.id] = NotApplicable(not_applicable="We do none of this.")
    return given


@st.composite
def rubrics_with_answers(draw: st.DrawFn, *, spanning: bool = False, dated: bool = False) -> tuple[Rubric, Given]:
    """Draw a rubric together with answers to it."""
    rubric = draw(rubrics(spanning=spanning))
    return rubric, draw(answers(rubric, dated=dated))
