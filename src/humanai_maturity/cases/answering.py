"""What a case answers: its own answers, those of the case that it is like, and one for everything else."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import assert_never

from humanai_maturity.engine.valuation import UnfitValueError, Valuation, valuation
from humanai_maturity.model.assessment import Answer, Assessment, NotApplicable, Unknown
from humanai_maturity.model.cases import Case, Cases, Others
from humanai_maturity.model.exact import FrozenMapping
from humanai_maturity.model.ranges import leaves, resolve_stage
from humanai_maturity.model.rubric import Criterion, Rubric
from humanai_maturity.model.scales import (
    ChecklistScale,
    ChoiceScale,
    CustomScale,
    MetricScale,
    Scale,
    YesNoScale,
)

GivenAnswers = Mapping[str, Answer | Unknown | NotApplicable]


@dataclass(frozen=True, slots=True)
class Answered:
    """Hold what one case answers.

    Attributes:
        assessment: The answers.
        unanswered: The criteria that `others` has no answer for.
    """

    assessment: Assessment
    unanswered: tuple[Criterion, ...] = ()


def answered(place: int, cases: Cases, rubric: Rubric) -> Answered:
    """Return what a case answers, with the answers of the case that it is like, and those of `others`.

    Args:
        place: The case's place in the file, counted from 0.
        cases: All cases of the file.
        rubric: Their rubric.

    Example:
        >>> rubric = Rubric(
        ...     id="r", version="1", title="R", stages=[{"id": "low", "title": "Low"}, {"id": "top", "title": "Top"}],
        ...     dimensions=[{"id": "d", "title": "D", "criteria": [
        ...         {"id": "c", "title": "C", "scale": {"type": "yes_no", "yes": "top", "no": "low"}},
        ...     ]}],
        ... )
        >>> case = {"id": "best", "others": {"stage": "top"}, "expect": {"stage": "top"}}
        >>> answered(0, Cases(rubric="r", cases=[case]), rubric).assessment.answers["c"].values
        {'yes_no': True}
    """
    line = [*_line_of(place, cases)]
    answers: dict[str, Answer | Unknown | NotApplicable] = {}
    for each in reversed(line):
        answers.update(each.answers)
    others = next((each.others for each in line if each.others is not None), None)
    filled = {} if others is None else _filled(others, answers, rubric)
    given = {**{name: answer for name, answer in filled.items() if answer is not None}, **answers}
    assessment = own_answers(place, cases).model_copy(update={"answers": FrozenMapping(given)})
    lacking = [part for part in leaves(rubric) if part.id in filled and filled[part.id] is None]
    return Answered(assessment, tuple(lacking))


def own_answers(place: int, cases: Cases) -> Assessment:
    """Return only what a case answers itself, on the day that holds for it.

    Example:
        >>> cases = Cases(rubric="r", cases=[
        ...     {"id": "best", "date": "2026-01-31", "answers": {"a": 1}, "expect": {"score": 1}},
        ...     {"id": "good", "like": "best", "answers": {"b": 1}, "expect": {"score": 1}},
        ... ])
        >>> own_answers(1, cases).date.isoformat(), list(own_answers(1, cases).answers)
        ('2026-01-31', ['b'])
    """
    date = next((each.date for each in _line_of(place, cases) if each.date is not None), None)
    return Assessment(rubric=cases.rubric, date=date, answers=cases.cases[place].answers)


def _line_of(place: int, cases: Cases) -> Iterator[Case]:
    """Yield a case, then the one above that it is like, and so on."""
    wanted: str | None = cases.cases[place].id
    for case in reversed(cases.cases[: place + 1]):
        if case.id == wanted:
            yield case
            wanted = case.like


def _filled(others: Others, answers: GivenAnswers, rubric: Rubric) -> dict[str, Answer | None]:
    return {part.id: _answer(others, part, rubric) for part in leaves(rubric) if part.id not in answers}


def _answer(others: Others, criterion: Criterion, rubric: Rubric) -> Answer | None:
    """Return the best answer that claims no more than is asked for, or the worst one where that is asked for."""
    top = None if others.stage is None else resolve_stage(others.stage, rubric)
    for scale in criterion.scales:
        if isinstance(scale, CustomScale):
            continue
        way = valuation(scale, rubric, {})
        worths = [(worth, value) for value in candidates(scale, rubric) if (worth := _worth(way, value)) is not None]
        fitting = [each for each in worths if top is None or (each[0] <= top and _on_stages(scale))]
        if fitting:
            choose = min if others.worth == "worst" else max
            _, value = choose(fitting, key=lambda each: each[0])
            return Answer.model_validate({"values": {scale.type: value}, "evidence": others.evidence})
    return None


def _worth(way: Valuation, value: object) -> Fraction | None:
    try:
        return way.value(value)
    except UnfitValueError:
        return None


def _on_stages(scale: Scale) -> bool:
    match scale:
        case ChoiceScale():
            return scale.options[0].stage is not None
        case YesNoScale():
            return isinstance(scale.yes, str)
        case ChecklistScale():
            return scale.items[0].stage is not None
        case MetricScale():
            return scale.range is None or scale.range.onto == "stages"
        case CustomScale():
            return False
        case _:
            assert_never(scale)


def candidates(scale: Scale, rubric: Rubric) -> Sequence[object]:
    """Return answers on a scale among which is one for every stage that it can show, and the best and the worst.

    Example:
        >>> rubric = Rubric(
        ...     id="r", version="1", title="R", stages=[{"id": "low", "title": "Low"}, {"id": "top", "title": "Top"}],
        ...     dimensions=[{"id": "d", "title": "D"}],
        ... )
        >>> candidates(MetricScale(type="metric", bands={"top": 0.5}), rubric)
        [Fraction(1, 2), Fraction(-1, 2)]
    """
    match scale:
        case ChoiceScale():
            return [option.id for option in scale.options]
        case YesNoScale():
            return [True, False]
        case ChecklistScale():
            return [*_lists(scale, rubric)]
        case MetricScale():
            return [*_numbers(scale, rubric)]
        case CustomScale():
            return []
        case _:
            assert_never(scale)


def _lists(scale: ChecklistScale, rubric: Rubric) -> Iterator[tuple[str, ...]]:
    for stage in range(len(rubric.stages) + 1):
        staged = (item for item in scale.items if item.stage is not None)
        yield tuple(item.id for item in staged if resolve_stage(item.stage or 1, rubric) <= stage)
    yield tuple(item.id for item in scale.items if item.points is not None and item.points > 0)
    yield tuple(item.id for item in scale.items if item.points is not None and item.points < 0)


def _numbers(scale: MetricScale, rubric: Rubric) -> Iterator[Fraction]:
    if scale.range is not None:
        steps = len(rubric.stages) - 1 or 1
        width = scale.range.best - scale.range.worst
        yield from (scale.range.worst + width * Fraction(step, steps) for step in range(steps + 1))
    elif scale.bands is not None:
        cuts = sorted(scale.bands.values(), reverse=scale.direction == "lower")
        yield from cuts
        below = cuts[0] - 1 if scale.direction == "higher" else cuts[0] + 1
        bound = scale.minimum if scale.direction == "higher" else scale.maximum
        yield below if bound is None else bound
