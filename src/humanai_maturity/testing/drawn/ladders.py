"""Answers to a rubric from worst to best."""

from fractions import Fraction
from itertools import pairwise
from typing import Any, TypeAlias

from humanai_maturity.model.assessment import Answer, NotApplicable, Unknown
from humanai_maturity.model.ranges import scale_range
from humanai_maturity.model.rubric import Criterion, Dimension, Fact, Rubric
from humanai_maturity.model.scales import (
    ChecklistScale,
    ChoiceScale,
    CustomScale,
    Item,
    MetricScale,
    Option,
    Scale,
    YesNoScale,
)

Question: TypeAlias = Criterion | Fact
Given: TypeAlias = dict[str, Answer | Unknown | NotApplicable]
"""Answers, each spelt out."""


def questions(rubric: Rubric) -> list[Question]:
    """Return all criteria and facts."""
    return [*criteria(rubric), *rubric.facts]


def criteria(rubric: Rubric) -> list[Criterion]:
    """Return all criteria."""
    return [node for node in rubric.walk() if isinstance(node, Criterion)]


def dimensions(rubric: Rubric) -> list[Dimension]:
    """Return all dimensions, each before those below it."""
    return [node for node in rubric.walk() if isinstance(node, Dimension)]


def ladder(rubric: Rubric, scale: Scale) -> list[Any]:
    """Return values of one scale from worst to best; neighbours may be worth the same."""
    match scale:
        case ChoiceScale(options=options):
            return [option.id for option in sorted(options, key=lambda option: _place(rubric, option))]
        case YesNoScale(yes=yes, no=no):
            return [False, True] if _amount(rubric, yes) >= _amount(rubric, no) else [True, False]
        case ChecklistScale():
            return _checklist_ladder(rubric, scale)
        case MetricScale():
            return _metric_ladder(scale)
        case CustomScale():
            between = scale_range(scale, rubric)
            return [between.low + (between.high - between.low) * Fraction(step, 4) for step in range(5)]


def _place(rubric: Rubric, part: Option | Item) -> Fraction:
    return _amount(rubric, part.points if part.stage is None else part.stage)


def _amount(rubric: Rubric, worth: Fraction | int | str | None) -> Fraction:
    return Fraction(rubric.stage_numbers[worth] if isinstance(worth, str) else worth or 0)


def _checklist_ladder(rubric: Rubric, scale: ChecklistScale) -> list[Any]:
    """Return ever better sets: first without what is deducted, then with ever more, from the lowest stage up."""
    items = sorted(scale.items, key=lambda item: _place(rubric, item))
    bad = [item.id for item in items if item.points is not None and item.points < 0]
    good = [item.id for item in items if item.id not in bad]
    return [tuple(bad[step:]) for step in range(len(bad))] + [tuple(good[:step]) for step in range(len(good) + 1)]


def _metric_ladder(scale: MetricScale) -> list[Any]:
    """Return numbers from worst to best, no further out than is possible."""
    low, high = scale.minimum, scale.maximum
    inside = (number if low is None else max(low, number) for number in _numbers(scale))
    return list(dict.fromkeys(number if high is None else min(high, number) for number in inside))


def _numbers(scale: MetricScale) -> list[Any]:
    """Return all cut-points, what is halfway between them, and something beyond them on either side."""
    if scale.range is not None:
        worst, best = scale.range.worst, scale.range.best
        return [worst + (best - worst) * Fraction(step, 4) for step in range(-1, 6)]
    cuts = sorted((scale.bands or {}).values(), reverse=scale.direction == "lower")
    sign = -1 if scale.direction == "lower" else 1
    between = [number for pair in pairwise(cuts) for number in (pair[0], sum(pair) / 2)]
    return [cuts[0] - sign, *between, cuts[-1], cuts[-1] + sign]


def steps(rubric: Rubric, question: Question, scale: Scale) -> list[Answer]:
    """Return answers on one scale of a criterion from worst to best."""
    alone = len(question.scales) == 1
    sample = scale.min_sample if isinstance(scale, MetricScale) else None
    return [
        Answer(value=value, sample=sample) if alone else Answer(values={scale.type: value}, sample=sample)
        for value in ladder(rubric, scale)
    ]


def worst_answer(rubric: Rubric, question: Question) -> Answer:
    """Return an answer that is worth the least that a criterion can be worth, on the weakest evidence."""
    scale = min(question.scales, key=lambda scale: scale_range(scale, rubric).low)
    return _on(rubric, steps(rubric, question, scale)[0], 0)


def best_answer(rubric: Rubric, question: Question) -> Answer:
    """Return an answer that is worth the most that a criterion can be worth, on the best evidence."""
    scale = max(question.scales, key=lambda scale: scale_range(scale, rubric).high)
    return _on(rubric, steps(rubric, question, scale)[-1], -1)


def _on(rubric: Rubric, answer: Answer, grade: int) -> Answer:
    grades = rubric.evidence_grades
    return answer.model_copy(update={"evidence": grades[grade].id}) if grades else answer


def worst_answers(rubric: Rubric) -> Given:
    """Answer every criterion and fact as badly as possible."""
    return {question.id: worst_answer(rubric, question) for question in questions(rubric)}


def best_answers(rubric: Rubric) -> Given:
    """Answer every criterion and fact as well as possible."""
    return {question.id: best_answer(rubric, question) for question in questions(rubric)}
