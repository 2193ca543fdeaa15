"""From one answer to one exact value, by its scale: nothing here knows of other answers."""

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any, TypeAlias, assert_never

from humanai_maturity.errors import PluginError, near_miss
from humanai_maturity.model.exact import FrozenMapping, exact
from humanai_maturity.model.ranges import resolve_stage, scale_range
from humanai_maturity.model.rubric import Rubric
from humanai_maturity.model.scales import (
    ChecklistScale,
    ChoiceScale,
    CustomScale,
    MetricRange,
    MetricScale,
    Scale,
    YesNoScale,
)

Measure: TypeAlias = Callable[[Any, Mapping[str, Any]], object]
"""Takes an answer's value and a scale's `params`, and returns a number in the scale's range."""

Curve: TypeAlias = Callable[[Fraction], Fraction]


class UnfitValueError(ValueError):
    """Say that a value does not fit a scale; `hint` holds a near miss."""

    def __init__(self, code: str, message: str, hint: str | None = None) -> None:
        self.code = code
        self.hint = hint
        super().__init__(message)


@dataclass(frozen=True, slots=True, kw_only=True)
class Valuation:
    """Turn the answers on one scale into values.

    Attributes:
        type: The scale's type.
        evidence: The evidence grade of answers that name none.
        takes: Whether a value has the form that the scale asks for.
        value: The exact value of an answer; raises `UnfitValueError` where it does not fit.
        steps: The values that answers can have, rising; for numbers, the whole steps among them.
        choices: The value of each option, where the scale is a choice.
        min_sample: The smallest sample that counts.
        ahead: The items that hold beyond their foundation.
    """

    type: str
    evidence: str | None
    takes: Callable[[object], bool]
    value: Callable[[Any], Fraction]
    steps: tuple[Fraction, ...]
    choices: Mapping[str, Fraction] = FrozenMapping()
    min_sample: int | None = None
    ahead: Callable[[Any], tuple[str, ...]] = lambda _: ()


def valuation(scale: Scale, rubric: Rubric, measures: Mapping[str, Measure]) -> Valuation:
    """Return how answers on a scale become values.

    Raises:
        PluginError: If the scale names a measure that is not registered.

    Example:
        >>> from humanai_maturity.model.rubric import Rubric
        >>> rubric = Rubric(
        ...     id="r", version="1", title="R", stages=[{"id": "low", "title": "Low"}],
        ...     dimensions=[{"id": "d", "title": "D"}],
        ... )
        >>> valuation(YesNoScale(type="yes_no", yes=3), rubric, {}).value(True)
        Fraction(3, 1)
    """
    match scale:
        case ChoiceScale():
            return _choice(scale, rubric)
        case YesNoScale():
            return _yes_no(scale, rubric)
        case ChecklistScale():
            return _checklist(scale, rubric)
        case MetricScale():
            return _metric(scale, rubric)
        case CustomScale():
            return _custom(scale, rubric, measures)
        case _:
            assert_never(scale)


def _choice(scale: ChoiceScale, rubric: Rubric) -> Valuation:
    worth = {option.id: _worth(option.stage, option.points, rubric) for option in scale.options}

    def value(given: object) -> Fraction:
        name = str(getattr(given, "text", given))
        if name not in worth:
            options = ", ".join(worth)
            raise UnfitValueError(
                "not-an-option", f"{name[:80]!r} is not an option; the options are {options}", near_miss(name, worth)
            )
        return worth[name]

    def takes(given: object) -> bool:
        return (isinstance(given, str | int) and not isinstance(given, bool)) or hasattr(given, "text")

    return Valuation(
        type=scale.type, evidence=scale.evidence, takes=takes, value=value, steps=_rising(worth.values()), choices=worth
    )


def _yes_no(scale: YesNoScale, rubric: Rubric) -> Valuation:
    yes, no = (
        Fraction(resolve_stage(worth, rubric)) if isinstance(worth, str) else worth for worth in (scale.yes, scale.no)
    )
    return Valuation(
        type=scale.type,
        evidence=scale.evidence,
        takes=lambda given: isinstance(given, bool),
        value=lambda given: yes if given else no,
        steps=_rising((yes, no)),
    )


def _checklist(scale: ChecklistScale, rubric: Rubric) -> Valuation:
    stages = {item.id: resolve_stage(item.stage, rubric) for item in scale.items if item.stage is not None}
    points = {item.id: item.points for item in scale.items if item.points is not None}
    worth = _cumulative(stages) if stages else _points(points, scale.cap)
    known = tuple(item.id for item in scale.items)

    def value(given: object) -> Fraction:
        return worth(_held(given, known))

    def ahead(given: object) -> tuple[str, ...]:
        held = _held(given, known)
        reached = int(worth(held))
        counted = reached + 1 if _complete(stages, held, reached) else reached
        return tuple(item for item in known if item in held and stages[item] > counted)

    return Valuation(
        type=scale.type,
        evidence=scale.evidence,
        takes=lambda given: isinstance(given, tuple | list | set | frozenset),
        value=value,
        steps=_rising(_checklist_steps(stages) if stages else _point_steps(points, scale.cap)),
        ahead=ahead if stages else lambda _: (),
    )


def _held(given: object, known: Sequence[str]) -> frozenset[str]:
    """Return the items that hold; a bare text is a list of one."""
    names = [
        str(getattr(name, "text", name))
        for name in (given if isinstance(given, tuple | list | set | frozenset) else (given,))
    ]
    for name in names:
        if name not in known:
            raise UnfitValueError(
                "not-an-item", f"{name[:80]!r} is not an item; the items are {', '.join(known)}", near_miss(name, known)
            )
    if len(set(names)) < len(names):
        raise UnfitValueError("repeated-item", "an item is listed twice")
    return frozenset(names)


def _complete(stages: Mapping[str, int], held: frozenset[str], stage: int) -> bool:
    return all(name in held for name, needed in stages.items() if needed <= stage)


def _cumulative(stages: Mapping[str, int]) -> Callable[[frozenset[str]], Fraction]:
    top = max(stages.values())

    def worth(held: frozenset[str]) -> Fraction:
        if not _complete(stages, held, 1):
            return Fraction(1)
        reached = next((stage for stage in range(1, top) if not _complete(stages, held, stage + 1)), top)
        if reached == top:
            return Fraction(top)
        following = [name in held for name, stage in stages.items() if stage == reached + 1]
        return reached + Fraction(sum(following), len(following))

    return worth


def _points(points: Mapping[str, Fraction], cap: Fraction | None) -> Callable[[frozenset[str]], Fraction]:
    def worth(held: frozenset[str]) -> Fraction:
        total = sum((points[name] for name in held), Fraction(0))
        return total if cap is None else min(total, cap)

    return worth


def _checklist_steps(stages: Mapping[str, int]) -> list[Fraction]:
    sizes = {stage: sum(other == stage for other in stages.values()) for stage in range(2, max(stages.values()) + 1)}
    counted = [stage - 1 + Fraction(held, size) for stage, size in sizes.items() if size for held in range(size + 1)]
    return [Fraction(1), *counted]


def _point_steps(points: Mapping[str, Fraction], cap: Fraction | None) -> list[Fraction]:
    """Return the sums that arise when items are added from the least to the most worth."""
    sums = [sum((min(value, Fraction(0)) for value in points.values()), Fraction(0))]
    for value in sorted(points.values(), key=abs):
        sums.append(sums[-1] + abs(value))
    return sums if cap is None else [min(total, cap) for total in sums]


def _metric(scale: MetricScale, rubric: Rubric) -> Valuation:
    stages = len(rubric.stages)
    curve = (
        _bands(scale, rubric)
        if scale.bands is not None
        else _between(scale.range or MetricRange(worst=0, best=1), stages)
    )
    span = scale_range(scale, rubric)
    tenths = [span.low + (span.high - span.low) * Fraction(tenth, 10) for tenth in range(11)]

    def value(given: object) -> Fraction:
        number = _number(given)
        if scale.minimum is not None and number < scale.minimum:
            raise UnfitValueError(
                "out-of-range",
                f"{float(number):g} is below {float(scale.minimum):g}, the smallest number that is possible",
            )
        if scale.maximum is not None and number > scale.maximum:
            raise UnfitValueError(
                "out-of-range",
                f"{float(number):g} is above {float(scale.maximum):g}, the largest number that is possible",
            )
        return curve(number)

    return Valuation(
        type=scale.type,
        evidence=scale.evidence,
        takes=lambda given: not isinstance(given, bool | str | tuple | list | set | frozenset | dict),
        value=value,
        steps=_rising(Fraction(stage) for stage in range(1, int(span.high) + 1)) if span.on_stages else _rising(tenths),
        min_sample=scale.min_sample,
    )


def _number(given: object) -> Fraction:
    try:
        return exact(given)
    except ValueError as error:
        raise UnfitValueError("not-a-number", str(error)) from None


def _bands(scale: MetricScale, rubric: Rubric) -> Curve:
    """Return the broken line through the cut-points; below the lowest one lies the first stage."""
    sign = 1 if scale.direction == "higher" else -1
    points = sorted((resolve_stage(stage, rubric), sign * cut) for stage, cut in (scale.bands or {}).items())
    cuts = [cut for _, cut in points]
    lines = [(stage, low, Fraction(1) / (high - low)) for (stage, low), (_, high) in pairwise(points)]
    last = Fraction(points[-1][0])

    def curve(number: Fraction) -> Fraction:
        place = bisect_right(cuts, sign * number)
        if place in {0, len(cuts)}:
            return last if place else Fraction(1)
        stage, low, slope = lines[place - 1]
        return stage + (sign * number - low) * slope

    return curve


def _between(span: MetricRange, stages: int) -> Curve:
    """Return the straight line from the worst to the best number, level beyond them."""
    least, most = (Fraction(1), Fraction(stages)) if span.onto == "stages" else (span.least, span.most)

    def curve(number: Fraction) -> Fraction:
        share = min(Fraction(1), max(Fraction(0), (number - span.worst) / (span.best - span.worst)))
        return least + share * (most - least)

    return curve


def _custom(scale: CustomScale, rubric: Rubric, measures: Mapping[str, Measure]) -> Valuation:
    if scale.measure not in measures:
        hint = near_miss(scale.measure, measures)
        message = f"the measure {scale.measure!r} is not registered{f'; did you mean {hint!r}?' if hint else ''}"
        raise PluginError(message)
    measure = measures[scale.measure]
    span = scale_range(scale, rubric)
    tenths = [span.low + (span.high - span.low) * Fraction(tenth, 10) for tenth in range(11)]

    def value(given: object) -> Fraction:
        try:
            measured = measure(given, scale.params)
        except ValueError as error:
            raise UnfitValueError("refused-by-measure", str(error) or f"{scale.measure} refuses it") from error
        except Exception as error:
            message = f"the measure {scale.measure!r} failed on {given!r:.60}: {error}"
            raise PluginError(message) from error
        try:
            result = exact(measured)
        except ValueError as error:
            message = f"the measure {scale.measure!r} failed on {given!r:.60}: {error}"
            raise PluginError(message) from error
        if not span.low <= result <= span.high:
            message = f"the measure {scale.measure!r} returned {result}, outside {span.low} to {span.high}"
            raise PluginError(message)
        return result

    return Valuation(type=scale.type, evidence=scale.evidence, takes=lambda _: True, value=value, steps=_rising(tenths))


def _worth(stage: int | str | None, points: Fraction | None, rubric: Rubric) -> Fraction:
    return Fraction(resolve_stage(stage, rubric)) if stage is not None else Fraction(points or 0)


def _rising(values: "Sequence[Fraction] | Any") -> tuple[Fraction, ...]:
    return tuple(sorted(set(values)))
