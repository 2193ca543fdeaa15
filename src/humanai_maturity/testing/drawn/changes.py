"""Answers that changed for the better, or became known."""

from typing import Any

from hypothesis import strategies as st

from humanai_maturity.model.assessment import Answer, NotApplicable, Unknown
from humanai_maturity.model.ranges import leaves
from humanai_maturity.model.rubric import Rubric
from humanai_maturity.testing.drawn.answers import answer_to
from humanai_maturity.testing.drawn.ladders import Given, Question, dimensions, questions, steps


@st.composite
def better_answers(draw: st.DrawFn, rubric: Rubric, answers: Given) -> Given:
    """Draw answers of which one is better, or rests on better evidence, and all others are the same."""
    known = [(q, answer) for q in questions(rubric) if isinstance(answer := answers.get(q.id), Answer)]
    if not known:
        return answers
    question, answer = draw(st.sampled_from(known))
    return {**answers, question.id: draw(_better(rubric, question, answer))}


@st.composite
def _better(draw: st.DrawFn, rubric: Rubric, question: Question, answer: Answer) -> Answer:
    grades: list[str] = [grade.id for grade in rubric.evidence_grades]
    if grades and answer.evidence is not None and draw(st.booleans()):
        better = grades[grades.index(answer.evidence) :]
        return answer.model_copy(update={"evidence": draw(st.sampled_from(better))})
    given: dict[str, Any] = {**answer.values} or {str(question.scale.type): answer.value}
    scale = draw(st.sampled_from([scale for scale in question.scales if scale.type in given]))
    values = [step.value if step.values == {} else step.values[scale.type] for step in steps(rubric, question, scale)]
    held = given[scale.type]
    if held not in values:
        return answer.model_copy(update=_given(answer, scale.type, _more(scale, held, draw)))
    return answer.model_copy(update=_given(answer, scale.type, draw(st.sampled_from(values[values.index(held) :]))))


def _given(answer: Answer, kind: str, value: Any) -> dict[str, Any]:
    return {"values": type(answer.values)({**answer.values, kind: value})} if answer.values else {"value": value}


def _more(scale: Any, held: Any, draw: st.DrawFn) -> tuple[str, ...]:
    """Return a set of a checklist's items with one more that is good, or one less that is bad."""
    bad = {item.id for item in scale.items if item.points is not None and item.points < 0}
    changed = draw(st.sampled_from([item.id for item in scale.items]))
    better = set(held) - {changed} if changed in bad else {*held, changed}
    return tuple(sorted(better))


@st.composite
def settled(draw: st.DrawFn, rubric: Rubric, answers: Given, *, gone: bool = False) -> tuple[Given, Given]:
    """Draw answers with some more unknowns, and the same with some unknowns turned into answers.

    Args:
        draw: Supplied by Hypothesis.
        rubric: What is answered.
        answers: What to start from.
        gone: Whether something unknown may also turn out not to apply.
    """
    before, after = dict(answers), dict(answers)
    for question in questions(rubric):
        fate = draw(st.sampled_from(["answered", "filled", "gone", "kept", "kept", "kept"]))
        if fate == "answered" or (fate == "filled" and isinstance(answers.get(question.id, Unknown()), Unknown)):
            before[question.id] = Unknown()
            after[question.id] = draw(answer_to(rubric, question))
        if fate == "gone" and gone and question.allow_not_applicable:
            before[question.id] = Unknown()
            after[question.id] = NotApplicable(not_applicable="It turned out that we have none.")
    if gone:
        _close(draw, rubric, before, after)
    return before, after


def _close(draw: Any, rubric: Rubric, before: Given, after: Given) -> None:
    """Let a whole dimension of which nothing is known turn out not to apply."""
    closable = [dimension for dimension in dimensions(rubric) if dimension.allow_not_applicable]
    if closable and draw(st.sampled_from([True, False])):
        dimension = draw(st.sampled_from(closable))
        before.pop(dimension.id, None)
        for leaf in leaves(dimension):
            if not isinstance(before.get(leaf.id), NotApplicable):
                before[leaf.id] = Unknown()
        after[dimension.id] = NotApplicable(not_applicable="It turned out that we do none of this.")
