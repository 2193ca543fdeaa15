"""How one answer came to its value, in words, so that the step can be done again by hand."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import assert_never

from humanai_maturity.engine.plan import Leaf
from humanai_maturity.engine.reading import Reading
from humanai_maturity.engine.wording import exactly, one_line
from humanai_maturity.model.assessment import Answer
from humanai_maturity.model.exact import exact, written
from humanai_maturity.model.ranges import resolve_stage
from humanai_maturity.model.rubric import Rubric
from humanai_maturity.model.scales import (
    ChecklistScale,
    ChoiceScale,
    CustomScale,
    Item,
    MetricRange,
    MetricScale,
    Option,
    Scale,
    YesNoScale,
)

_MOST_LETTERS = 200


def answer_text(reading: Reading) -> str | None:
    """Return an answer as it was given; of several values the one that counts, or all where none does."""
    answer = reading.answer
    if not isinstance(answer, Answer):
        return None
    values = {reading.scale: _given(answer, reading.scale)} if reading.scale is not None else dict(answer.values)
    text = "; ".join(_text(value) for value in values.values()) or _text(answer.value)
    return f"{text}, on a sample of {answer.sample}" if answer.sample is not None else text


def worth_text(leaf: Leaf, reading: Reading, rubric: Rubric) -> str | None:
    """Return in one sentence how an answer came to the value that it claims; `None` where it came to none."""
    answer, scale = reading.answer, _scale(leaf, reading)
    if not isinstance(answer, Answer):
        return None
    if reading.unknown == "too-few":
        least = min(way.min_sample for way in leaf.valuations if way.min_sample is not None)
        return f"a sample of {answer.sample} is too small: at least {least} cases are needed"
    if scale is None or reading.claimed is None:
        return None
    given = _given(answer, scale.type)
    match scale:
        case ChoiceScale():
            option = next(each for each in scale.options if each.id == _text(given))
            return f"the option `{option.id}` {_worth(option, rubric)}"
        case YesNoScale():
            worth = scale.yes if given else scale.no
            told = _stage(worth, rubric) if isinstance(worth, str) else _points(worth)
            return f"{'yes' if given else 'no'} stands for {told}"
        case ChecklistScale():
            return _checklist(scale, frozenset(_names(given)), rubric)
        case MetricScale():
            return _metric(scale, exact(given), rubric) + _unsampled(scale, answer)
        case CustomScale():
            return f"the measure `{scale.measure}` makes {exactly(reading.claimed)} of it"
        case _:
            assert_never(scale)


def _given(answer: Answer, scale: str) -> object:
    """Return the value that an answer gives on a scale."""
    return answer.values.get(scale, answer.value)


def _scale(leaf: Leaf, reading: Reading) -> Scale | None:
    return next((scale for scale in leaf.question.scales if scale.type == reading.scale), None)


def _text(value: object) -> str:
    """Return a value as a document would hold it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return value
    if hasattr(value, "text"):
        return str(value.text)
    if isinstance(value, Mapping):
        return _shortened(", ".join(f"{key}: {_text(each)}" for key, each in value.items()) or "nothing")
    if isinstance(value, Sequence | frozenset):
        return ", ".join(map(_text, value)) or "no item"
    return str(written(exact(value)))


def _shortened(text: str) -> str:
    return text if len(text) <= _MOST_LETTERS else f"{text[:_MOST_LETTERS]}..."


def _names(given: object) -> Sequence[str]:
    return (
        [_text(each) for each in given]
        if isinstance(given, Sequence) and not isinstance(given, str)
        else [_text(given)]
    )


def _stage(reference: int | str, rubric: Rubric) -> str:
    number = resolve_stage(reference, rubric)
    return f"{one_line(rubric.stages[number - 1].title)} ({number})"


def _points(value: Fraction) -> str:
    return f"{written(value)} {'point' if value == 1 else 'points'}"


def _worth(part: Option | Item, rubric: Rubric) -> str:
    told = _stage(part.stage, rubric) if part.stage is not None else _points(part.points or Fraction(0))
    return f"stands for {told}"


def _unsampled(scale: MetricScale, answer: Answer) -> str:
    if scale.min_sample is None or answer.sample is not None:
        return ""
    return f" (no sample was given; at least {scale.min_sample} cases are expected)"


def _checklist(scale: ChecklistScale, held: frozenset[str], rubric: Rubric) -> str:
    if all(item.stage is None for item in scale.items):
        return _sum(scale, held)
    stages = {item.id: resolve_stage(item.stage or 1, rubric) for item in scale.items}
    top = max(stages.values())
    short = next((stage for stage in range(1, top + 1) if _missing(stages, held, stage)), top + 1)
    if short > top:
        return f"all {len(stages)} items hold, up to {_stage(top, rubric)}" if len(stages) > 1 else "its one item holds"
    missing = _missing(stages, held, short)
    count = sum(stage == short for stage in stages.values())
    there = f"of {_stage(short, rubric)} {count - len(missing)} of {count} hold, missing {_listed(missing)}"
    below = [name for name, stage in stages.items() if stage < short]
    if short == 1:
        text = f"{there}; without them it stays at {_stage(1, rubric)}"
    elif below:
        text = f"all items up to {_stage(short - 1, rubric)} hold; {there}"
    else:
        text = f"nothing has to hold for {_stage(short - 1, rubric)}; {there}"
    ahead = [name for name, stage in stages.items() if name in held and stage > short]
    return f"{text}; until these hold, nothing counts of {_listed(ahead)}" if ahead else text


def _missing(stages: Mapping[str, int], held: frozenset[str], of: int) -> list[str]:
    return [name for name, stage in stages.items() if stage == of and name not in held]


def _listed(names: Sequence[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _sum(scale: ChecklistScale, held: frozenset[str]) -> str:
    parts = [(item.id, item.points or Fraction(0)) for item in scale.items if item.id in held]
    missing = [item.id for item in scale.items if item.id not in held]
    total = sum((points for _, points in parts), Fraction(0))
    adding = " + ".join(f"{written(points)} (`{name}`)" for name, points in parts) or "nothing holds"
    text = f"{adding} = {written(total)}" if parts else adding
    if scale.cap is not None and total > scale.cap:
        text += f", of which at most {written(scale.cap)} counts"
    return f"{text}; missing {_listed(missing)}" if missing else text


def _metric(scale: MetricScale, number: Fraction, rubric: Rubric) -> str:
    if scale.bands is None:
        return _between(scale, number, rubric)
    sign = 1 if scale.direction == "higher" else -1
    cuts = sorted(((resolve_stage(stage, rubric), cut) for stage, cut in scale.bands.items()))
    (_, first), (top, last) = cuts[0], cuts[-1]
    if sign * number < sign * first:
        return f"{written(number)} has not reached {_cut(cuts[0], rubric)}, so it stands for {_stage(1, rubric)}"
    if sign * number >= sign * last:
        return f"{written(number)} has reached {written(last)}, from which on it stands for {_stage(top, rubric)}"
    below, above = next(
        (below, above) for below, above in pairwise(cuts) if sign * below[1] <= sign * number < sign * above[1]
    )
    share = (number - below[1]) / (above[1] - below[1])
    where = f"{written(number)} lies between {_cut(below, rubric)} and {_cut(above, rubric)}"
    return f"{where}, {exactly(share)} of the way: {below[0]} + {share} = {below[0] + share}"


def _cut(cut: tuple[int, Fraction], rubric: Rubric) -> str:
    return f"{written(cut[1])} ({one_line(rubric.stages[cut[0] - 1].title)}, {cut[0]})"


def _between(scale: MetricScale, number: Fraction, rubric: Rubric) -> str:
    span = scale.range or MetricRange(worst=Fraction(0), best=Fraction(1))
    worst, best = span.worst, span.best
    share = min(Fraction(1), max(Fraction(0), (number - worst) / (best - worst)))
    where = f"{written(number)} lies {exactly(share)} of the way from {written(worst)}, the worst, to {written(best)}"
    text = f"{where}, the best"
    if span.onto == "points":
        return text if span.least == 0 and span.most == 1 else f"{text}: {_between_points(span, share)}"
    steps = len(rubric.stages) - 1
    return f"{text}; of the {steps} steps up from 1 that is {share * steps}: 1 + {share * steps} = {1 + share * steps}"


def _between_points(span: MetricRange, share: Fraction) -> str:
    width = span.most - span.least
    return f"{written(span.least)} + {share} of {written(width)} = {exactly(span.least + share * width)}"
