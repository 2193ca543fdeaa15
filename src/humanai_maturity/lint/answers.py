"""Answers to try a rubric with: for each question from the worst to the best, on the weakest or the best evidence.

A measure of a custom scale is taken to be able to return anything in its range, so nothing here calls one.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any, TypeAlias

from humanai_maturity.engine.valuation import Measure, valuation
from humanai_maturity.model.assessment import Answer
from humanai_maturity.model.ranges import scale_range
from humanai_maturity.model.rubric import Criterion, Fact, Rubric
from humanai_maturity.model.scales import ChecklistScale, ChoiceScale, CustomScale, MetricScale, Scale, YesNoScale

Question: TypeAlias = Criterion | Fact


@dataclass(frozen=True, slots=True)
class Level:
    """Hold one answer to a question, with what it claims.

    Attributes:
        worth: The value that it claims.
        answer: The answer.
    """

    worth: Fraction
    answer: Answer


def stand_ins(rubric: Rubric) -> dict[str, Measure]:
    """Return measures that return what they are given, one for each that the rubric names.

    Example:
        >>> stand_ins(Rubric(
        ...     id="r", version="1", title="R", stages=[{"id": "low", "title": "Low"}],
        ...     dimensions=[{"id": "d", "title": "D"}],
        ... ))
        {}
    """
    questions = (*(part for part in rubric.walk() if isinstance(part, Criterion)), *rubric.facts)
    scales = (scale for question in questions for scale in question.scales)
    return {scale.measure: _as_given for scale in scales if isinstance(scale, CustomScale)}


def levels(question: Question, rubric: Rubric, *, grade: str | None) -> tuple[Level, ...]:
    """Return answers to a question from the worst to the best, one for each worth, all on one grade of evidence."""
    found: dict[Fraction, Level] = {}
    for scale in question.scales:
        measures = {scale.measure: _as_given} if isinstance(scale, CustomScale) else {}
        value = valuation(scale, rubric, measures).value
        for given in values_on(scale, rubric):
            level = Level(value(given), _answer(question, scale, given, grade))
            found.setdefault(level.worth, level)
    return tuple(found[worth] for worth in sorted(found))


def is_listed(question: Question) -> bool:
    """Return whether `levels` has every worth that an answer can claim, not just some of them."""
    return all(
        isinstance(scale, ChoiceScale | YesNoScale)
        or (isinstance(scale, ChecklistScale) and scale.items[0].stage is not None)
        for scale in question.scales
    )


def values_on(scale: Scale, rubric: Rubric) -> Sequence[Any]:
    """Return values to answer on a scale, among them the worst and the best that it takes."""
    match scale:
        case ChoiceScale():
            return [option.id for option in scale.options]
        case YesNoScale():
            return [False, True]
        case ChecklistScale():
            return list(_ever_more(scale, rubric))
        case MetricScale():
            return list(_numbers(scale))
        case CustomScale():
            span = scale_range(scale, rubric)
            return [span.low + (span.high - span.low) * Fraction(step, 4) for step in range(5)]


def _answer(question: Question, scale: Scale, value: Any, grade: str | None) -> Answer:
    sample = scale.min_sample if isinstance(scale, MetricScale) else None
    given: dict[str, Any] = {"value": value} if len(question.scales) == 1 else {"values": {scale.type: value}}
    return Answer(**given, sample=sample, evidence=grade)


def _ever_more(scale: ChecklistScale, rubric: Rubric) -> Iterator[tuple[str, ...]]:
    """Yield ever better sets of items: first without what is deducted, then with ever more, the lowest stage first."""

    def place(worth: int | str | Fraction | None) -> Fraction:
        return Fraction(rubric.stage_numbers[worth] if isinstance(worth, str) else worth or 0)

    items = sorted(scale.items, key=lambda item: place(item.points if item.stage is None else item.stage))
    bad = [item.id for item in items if item.points is not None and item.points < 0]
    good = [item.id for item in items if item.id not in bad]
    yield from (tuple(bad[left:]) for left in range(len(bad)))
    yield from (tuple(good[:held]) for held in range(len(good) + 1))


def _numbers(scale: MetricScale) -> Iterator[Fraction]:
    """Yield the numbers where something changes, those halfway between and those beyond, as far as they can be."""
    marks = [scale.range.worst, scale.range.best] if scale.range is not None else [*(scale.bands or {}).values()]
    marks = sorted({*marks, *(end for end in (scale.minimum, scale.maximum) if end is not None)})
    numbers = [marks[0] - 1, *marks, *((low + high) / 2 for low, high in pairwise(marks)), marks[-1] + 1]
    for number in numbers:
        if scale.minimum is not None and number < scale.minimum:
            continue
        if scale.maximum is not None and number > scale.maximum:
            continue
        yield number


def _as_given(value: Any, _params: Mapping[str, Any]) -> Any:
    return value
