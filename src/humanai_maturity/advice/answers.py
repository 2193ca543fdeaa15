"""The answer that would just claim a value: what a criterion would say once a step is done."""

from fractions import Fraction

from humanai_maturity.advice.situation import Place
from humanai_maturity.model.assessment import Answer
from humanai_maturity.model.exact import Threshold
from humanai_maturity.model.ranges import resolve_stage
from humanai_maturity.model.rubric import Criterion, Fact, Rubric
from humanai_maturity.model.scales import (
    ChecklistScale,
    ChoiceScale,
    Item,
    MetricScale,
    Option,
    Scale,
    YesNoScale,
)


def answer_for(question: Criterion | Fact, value: Fraction, place: Place, rubric: Rubric) -> Answer | None:
    """Return the least answer that claims at least a value, on evidence that can support it.

    The scale that is in use comes first. `None` where no scale but a custom one leads there.

    Args:
        question: The criterion or fact.
        value: The value, in stages or points.
        place: Where it stands now.
        rubric: The rubric that it belongs to.
    """
    for scale in sorted(question.scales, key=lambda scale: scale.type != place.scale):
        given = _least(scale, value, place, rubric)
        if given is not None:
            sample = scale.min_sample if isinstance(scale, MetricScale) else None
            grade = _grade_for(value, scale.evidence if place.evidence is None else place.evidence, rubric)
            return Answer(value=given, evidence=grade, sample=sample)
    return None


def _grade_for(value: Fraction, own: str | None, rubric: Rubric) -> str | None:
    """Return the weakest evidence grade, but none weaker than one's own, on which an answer can claim a value."""
    grades = rubric.evidence_grades
    first = next((place for place, grade in enumerate(grades) if grade.id == own), 0)
    fitting = (grade.id for grade in grades[first:] if resolve_stage(grade.supports, rubric) >= int(value))
    return next(fitting, grades[-1].id if grades else None)


def _least(scale: Scale, value: Fraction, place: Place, rubric: Rubric) -> object:
    match scale:
        case ChoiceScale():
            worths = [(worth, option.id) for option in scale.options if (worth := _worth(option, rubric)) >= value]
            return min(worths)[1] if worths else None
        case YesNoScale():
            yes, no = (_threshold(worth, rubric) for worth in (scale.yes, scale.no))
            fitting = [(worth, given) for worth, given in ((yes, True), (no, False)) if worth >= value]
            return min(fitting)[1] if fitting else None
        case ChecklistScale() if scale.items[0].stage is not None:
            needed = [item.id for item in scale.items if _worth(item, rubric) <= value or item.id in place.ahead]
            return needed if max(_worth(item, rubric) for item in scale.items) >= value else None
        case MetricScale():
            number = _metric(scale, value, rubric)
            return number if number is not None and _is_possible(number, scale) else None
        case _:
            return None


def _worth(worth: Option | Item, rubric: Rubric) -> Fraction:
    return (worth.points or Fraction(0)) if worth.stage is None else Fraction(resolve_stage(worth.stage, rubric))


def _threshold(worth: Threshold, rubric: Rubric) -> Fraction:
    return Fraction(resolve_stage(worth, rubric)) if isinstance(worth, str) else worth


def _metric(scale: MetricScale, value: Fraction, rubric: Rubric) -> Fraction | None:
    if scale.bands is not None:
        cuts = [(resolve_stage(stage, rubric), cut) for stage, cut in scale.bands.items()]
        return next((cut for number, cut in sorted(cuts) if number >= value), None)
    if scale.range is None:
        return None
    on_stages = scale.range.onto == "stages"
    low, high = (1, len(rubric.stages)) if on_stages else (scale.range.least, scale.range.most)
    share = (value - low) / (high - low)
    return scale.range.worst + share * (scale.range.best - scale.range.worst) if share <= 1 else None


def _is_possible(number: Fraction, scale: MetricScale) -> bool:
    above = scale.minimum is None or number >= scale.minimum
    return above and (scale.maximum is None or number <= scale.maximum)
