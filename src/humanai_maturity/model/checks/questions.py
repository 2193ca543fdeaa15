"""Does every scale say what each answer is worth, and do several scales of one question go together?"""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import TypeAlias

from humanai_maturity.model.checks.known import Found, Inconsistency, Known, Loc, Question
from humanai_maturity.model.checks.names import check_unique
from humanai_maturity.model.exact import written
from humanai_maturity.model.ranges import Range, scale_range
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

_Placed: TypeAlias = list[tuple[Loc, Scale]]


def check_questions(known: Known) -> Found:
    """Find scales that leave open what an answer is worth, and remember whose they are."""
    for loc, question in known.questions:
        found = list(_check_question(question, loc, known))
        if found:
            known.unclear.add(question.id)
        yield from found
        yield from _check_evidence(question, loc, known)


def _check_question(question: Question, loc: Loc, known: Known) -> Found:
    scales = _scales(question, loc)
    faults = [fault for place, scale in scales for fault in _check_scale(scale, place, known)]
    yield from faults
    yield from _check_types(scales)
    if not faults:
        spans = [(place, scale_range(scale, known.rubric)) for place, scale in scales]
        yield from _check_span(spans)
        yield from _check_together(spans)


def _check_evidence(question: Question, loc: Loc, known: Known) -> Found:
    for place, scale in _scales(question, loc):
        if scale.evidence is not None:
            yield from known.check_grade(scale.evidence, (*place, "evidence"))


def _scales(question: Question, loc: Loc) -> _Placed:
    others = (((*loc, "otherwise", place), scale) for place, scale in enumerate(question.otherwise))
    return [((*loc, "scale"), question.scale), *others]


def _check_scale(scale: Scale, loc: Loc, known: Known) -> Found:
    match scale:
        case ChoiceScale():
            yield from _check_worths(scale.options, (*loc, "options"), "option", known)
        case YesNoScale():
            yield from _check_yes_no(scale, loc, known)
        case ChecklistScale():
            yield from _check_worths(scale.items, (*loc, "items"), "item", known)
            if scale.cap is not None and any(item.stage is not None for item in scale.items):
                message = "only points can be capped: items with stages reach their highest stage anyway"
                yield Inconsistency("cap-with-stages", (*loc, "cap"), message)
        case MetricScale():
            yield from _check_metric(scale, loc, known)
        case CustomScale() if (scale.minimum is None) != (scale.maximum is None):
            message = "give both `minimum` and `maximum`, or neither for a measure that returns stages"
            yield Inconsistency("minimum-and-maximum", loc, message)
        case _:
            pass


def _check_worths(worths: Sequence[Option | Item], loc: Loc, kind: str, known: Known) -> Found:
    yield from check_unique(kind, (((*loc, place), worth.id) for place, worth in enumerate(worths)))
    for place, worth in enumerate(worths):
        if (worth.stage is None) == (worth.points is None):
            yield Inconsistency("stage-or-points", (*loc, place), f"give the {kind} either `stage` or `points`")
        elif (worth.stage is None) != (worths[0].stage is None):
            yield _mixed((*loc, place), f"all {kind}s of a scale")
        elif worth.stage is not None:
            yield from known.check_stage(worth.stage, (*loc, place, "stage"))


def _mixed(loc: Loc, what: str) -> Inconsistency:
    return Inconsistency("mixed-worth", loc, f"{what} have to be worth stages, or all points: do not mix them")


def _check_yes_no(scale: YesNoScale, loc: Loc, known: Known) -> Found:
    for key, worth in (("yes", scale.yes), ("no", scale.no)):
        if isinstance(worth, str):
            yield from known.check_stage(worth, (*loc, key))
    if isinstance(scale.yes, str) != isinstance(scale.no, str):
        yield _mixed(loc, "`yes` and `no` both")


def _check_metric(scale: MetricScale, loc: Loc, known: Known) -> Found:
    if (scale.bands is None) == (scale.range is None):
        yield Inconsistency("bands-or-range", loc, "give either `bands` or `range`, to say what a number is worth")
    if scale.bands is not None:
        yield from _check_bands(scale, (*loc, "bands"), known)
    if scale.range is not None:
        yield from _check_metric_range(scale.range, scale.direction, (*loc, "range"))
    if scale.minimum is not None and scale.maximum is not None and scale.minimum > scale.maximum:
        yield Inconsistency("minimum-above-maximum", (*loc, "minimum"), "`minimum` is above `maximum`: swap them")


def _check_bands(scale: MetricScale, loc: Loc, known: Known) -> Found:
    bands = scale.bands or {}
    unknown = [fault for name in bands for fault in known.check_stage(name, (*loc, name), of_key=True)]
    yield from unknown
    if unknown:
        return
    in_order = sorted(bands, key=known.rubric.stage_numbers.__getitem__)
    yield from _check_contiguous([known.rubric.stage_numbers[name] for name in in_order], loc, known)
    for lower, upper in pairwise(in_order):
        way = "above" if scale.direction == "higher" else "below"
        if bands[upper] <= bands[lower] if way == "above" else bands[upper] >= bands[lower]:
            message = f"the cut-point has to lie {way} that of {lower!r}, as the direction is `{scale.direction}`"
            yield Inconsistency("bands-out-of-order", (*loc, upper), message)


def _check_contiguous(numbers: list[int], loc: Loc, known: Known) -> Found:
    first = 1 if 1 in numbers else 2
    missing = sorted(set(range(first, max(numbers, default=1) + 1)) - set(numbers))
    if missing:
        names = ", ".join(known.rubric.stages[number - 1].id for number in missing)
        yield Inconsistency("bands-not-contiguous", loc, f"the stages in between are missing: add {names}")


def _check_metric_range(scale: MetricRange, direction: str, loc: Loc) -> Found:
    if scale.worst == scale.best:
        yield Inconsistency("worst-is-best", loc, "`worst` and `best` are the same number: give two")
    elif (scale.worst < scale.best) != (direction == "higher"):
        message = f"`worst` and `best` contradict the direction, which is `{direction}`: swap them or change it"
        yield Inconsistency("direction-contradicts", loc, message)
    if scale.onto == "stages" and (scale.least != 0 or scale.most != 1):
        message = "`least` and `most` are points: leave them out, or write `onto: points`"
        yield Inconsistency("points-onto-stages", loc, message)


def _check_types(scales: _Placed) -> Found:
    seen: set[str] = set()
    for loc, scale in scales:
        if scale.type in seen:
            message = f"there is another scale of the type `{scale.type}`: an answer could mean either"
            yield Inconsistency("repeated-scale", (*loc, "type"), message)
        seen.add(scale.type)


def _check_span(spans: Iterable[tuple[Loc, Range]]) -> Found:
    for loc, span in spans:
        if span.low >= span.high:
            message = "all answers are worth the same: make the best worth more than the worst"
            yield Inconsistency("empty-range", loc, message)


def _check_together(spans: list[tuple[Loc, Range]]) -> Found:
    (_, first), *others = spans
    for loc, span in others:
        if span.on_stages != first.on_stages:
            message = "the ways to answer have to be worth stages, or all points: do not mix them"
            yield Inconsistency("mixed-worth", loc, message)
        elif not span.on_stages and span != first:
            worth = f"{written(span.low)} to {written(span.high)} points"
            other = f"{written(first.low)} to {written(first.high)}"
            message = f"worth {worth}, but the first way to answer {other}: make them agree"
            yield Inconsistency("mixed-ranges", loc, message)
