"""What every scale and node can be worth at all, read off a consistent rubric before anything is answered."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor, trunc

from humanai_maturity.model.rubric import Criterion, Dimension, Fact, Rubric
from humanai_maturity.model.rules import Aggregate, PowerMean, Rounding, ScoreRule, StageRule, Sum
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

_HALF = Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class Range:
    """Read the lowest and the highest value that something can have.

    Attributes:
        low: The lowest value.
        high: The highest value.
        on_stages: Whether the values are stages' numbers, rather than points.
    """

    low: Fraction
    high: Fraction
    on_stages: bool


def resolve_stage(ref: int | str, rubric: Rubric) -> int:
    """Return the number of the stage that a reference names, counted from 1.

    Example:
        >>> rubric = Rubric(
        ...     id="r", version="1", title="R",
        ...     stages=[{"id": "low", "title": "Low"}, {"id": "top", "title": "Top"}],
        ...     dimensions=[{"id": "d", "title": "D"}],
        ... )
        >>> resolve_stage("top", rubric), resolve_stage(1, rubric)
        (2, 1)
    """
    return ref if isinstance(ref, int) else rubric.stage_numbers[ref]


def scale_range(scale: Scale, rubric: Rubric) -> Range:
    """Return what an answer on a scale can be worth.

    Example:
        >>> from humanai_maturity.model.scales import YesNoScale
        >>> rubric = Rubric(
        ...     id="r", version="1", title="R",
        ...     stages=[{"id": "low", "title": "Low"}],
        ...     dimensions=[{"id": "d", "title": "D"}],
        ... )
        >>> scale_range(YesNoScale(type="yes_no", yes=3), rubric)
        Range(low=Fraction(0, 1), high=Fraction(3, 1), on_stages=False)
    """
    match scale:
        case ChoiceScale():
            return _stages_among(scale.options, rubric) or _hull(
                option.points or Fraction(0) for option in scale.options
            )
        case YesNoScale():
            return _yes_no_range(scale, rubric)
        case ChecklistScale():
            return _checklist_range(scale, rubric)
        case MetricScale():
            return _metric_range(scale, rubric)
        case _:
            return _custom_range(scale, rubric)


def question_range(question: Criterion | Fact, rubric: Rubric) -> Range:
    """Return what an answer to a criterion or a fact can be worth, over all ways to answer it.

    Example:
        >>> question = Fact(id="f", title="F", scale={"type": "yes_no"})
        >>> rubric = Rubric(
        ...     id="r", version="1", title="R",
        ...     stages=[{"id": "low", "title": "Low"}],
        ...     dimensions=[{"id": "d", "title": "D"}], facts=[question],
        ... )
        >>> question_range(question, rubric)
        Range(low=Fraction(0, 1), high=Fraction(1, 1), on_stages=False)
    """
    return _join(scale_range(scale, rubric) for scale in question.scales)


def node_range(node: Dimension | Rubric, rubric: Rubric) -> Range:
    """Return what a node can score where everything is applicable.

    An aggregator is taken to stay inside the range of what it aggregates.

    Example:
        >>> node = Dimension(
        ...     id="d", title="D", score={"rule": "sum", "base": 10},
        ...     criteria=[{"id": "c", "title": "C", "weight": 4, "scale": {"type": "yes_no"}}],
        ... )
        >>> rubric = Rubric(
        ...     id="r", version="1", title="R", stages=[{"id": "low", "title": "Low"}], dimensions=[node]
        ... )
        >>> node_range(node, rubric)
        Range(low=Fraction(10, 1), high=Fraction(14, 1), on_stages=False)
    """
    parts = scored_parts(node, rubric)
    ranges = [part_range(part, rubric) for part in parts]
    return combined_range(score_rule_of(node, rubric), ranges, [part.weight for part in parts], len(rubric.stages))


def combined_range(rule: ScoreRule, ranges: Sequence[Range], weights: Sequence[Fraction], stages: int) -> Range:
    """Return what a score rule can make of values on some ranges; what stands on the stages counts with all of them.

    Example:
        >>> from humanai_maturity.model.rules import Mean
        >>> combined_range(Mean(), [Range(Fraction(1), Fraction(3), on_stages=True)], [Fraction(1)], 5)
        Range(low=Fraction(1, 1), high=Fraction(5, 1), on_stages=True)
    """
    ranges = [Range(Fraction(1), Fraction(stages), on_stages=True) if each.on_stages else each for each in ranges]
    on_points = isinstance(rule, Sum | Aggregate) or rule.normalise or rule.clip is not None
    on_stages = all(each.on_stages for each in ranges) and not on_points
    if rule.normalise:
        ranges = [Range(Fraction(0), Fraction(1), on_stages=False) for _ in ranges]
    low, high = _ends(rule, ranges, [Fraction(1) for _ in weights] if rule.weights == "equal" else weights)
    return Range(finished(low, rule), finished(high, rule), on_stages)


def finished(value: Fraction, rule: ScoreRule) -> Fraction:
    """Return a score after all that its rule does once the parts are put together: `onto`, then `clip`, then `round`.

    Example:
        >>> from humanai_maturity.model.rules import Mean
        >>> rule = Mean(normalise=True, onto={"maximum": 5}, clip={"minimum": 1}, round={"digits": 0})
        >>> [int(finished(Fraction(tenths, 10), rule)) for tenths in (1, 5, 10)]
        [1, 2, 5]
    """
    if rule.onto is not None:
        value = rule.onto.minimum + value * (rule.onto.maximum - rule.onto.minimum)
    if rule.clip is not None and rule.clip.minimum is not None:
        value = max(value, rule.clip.minimum)
    if rule.clip is not None and rule.clip.maximum is not None:
        value = min(value, rule.clip.maximum)
    return round_exactly(value, rule.round)


def part_range(part: Criterion | Dimension, rubric: Rubric) -> Range:
    """Return what a criterion or a dimension can be worth in the node above it.

    Example:
        >>> part = Criterion(id="c", title="C", scale={"type": "yes_no"})
        >>> rubric = Rubric(
        ...     id="r", version="1", title="R", stages=[{"id": "low", "title": "Low"}],
        ...     dimensions=[{"id": "d", "title": "D", "criteria": [part]}],
        ... )
        >>> part_range(part, rubric) == part_range(rubric.dimensions[0], rubric)
        True
    """
    return node_range(part, rubric) if isinstance(part, Dimension) else question_range(part, rubric)


def scored_parts(node: Dimension | Rubric, rubric: Rubric) -> tuple[Criterion | Dimension, ...]:
    """Return what a node's score is computed from: its children or, with `over: leaves`, all criteria below it.

    Example:
        >>> node = Dimension(
        ...     id="d", title="D", criteria=[{"id": "c", "title": "C", "scale": {"type": "yes_no"}}]
        ... )
        >>> rubric = Rubric(
        ...     id="r", version="1", title="R", stages=[{"id": "low", "title": "Low"}], dimensions=[node],
        ...     score={"rule": "mean", "over": "leaves"},
        ... )
        >>> [part.id for part in scored_parts(rubric, rubric)]
        ['c']
    """
    return tuple(leaves(node)) if score_rule_of(node, rubric).over == "leaves" else node.children


def has_stage(node: Criterion | Fact | Dimension | Rubric, rubric: Rubric) -> bool:
    """Return whether something stands at a stage, by a rule or because its values are stages' numbers.

    Example:
        >>> rubric = Rubric(
        ...     id="r", version="1", title="R",
        ...     stages=[{"id": "low", "title": "Low"}, {"id": "top", "title": "Top"}],
        ...     dimensions=[{"id": "d", "title": "D", "criteria": [
        ...         {"id": "c", "title": "C", "scale": {"type": "yes_no", "yes": "top", "no": "low"}},
        ...     ]}],
        ... )
        >>> has_stage(rubric, rubric)
        True
    """
    if isinstance(node, Criterion | Fact):
        return question_range(node, rubric).on_stages
    return stage_rule_of(node, rubric) is not None or len(rubric.stages) == 1 or node_range(node, rubric).on_stages


def stage_rule_of(node: Dimension | Rubric, rubric: Rubric) -> StageRule | None:
    """Return the stage rule that holds at a node: its own, else the rubric's default.

    Example:
        >>> rubric = Rubric(
        ...     id="r", version="1", title="R", stages=[{"id": "low", "title": "Low"}],
        ...     dimensions=[{"id": "d", "title": "D"}], defaults={"stage": {"lowest": "children"}},
        ... )
        >>> stage_rule_of(rubric, rubric)
        Lowest(lowest='children')
    """
    return rubric.defaults.stage if node.stage is None else node.stage


def score_rule_of(node: Dimension | Rubric, rubric: Rubric) -> ScoreRule:
    """Return the score rule that holds at a node: its own, else the rubric's default.

    Example:
        >>> rubric = Rubric(
        ...     id="r", version="1", title="R", stages=[{"id": "low", "title": "Low"}],
        ...     dimensions=[{"id": "d", "title": "D"}],
        ... )
        >>> score_rule_of(rubric, rubric).rule
        'mean'
    """
    return rubric.defaults.score if node.score is None else node.score


def leaves(node: Dimension | Rubric) -> Iterator[Criterion]:
    """Yield every criterion below a node, in the order of the document.

    Example:
        >>> node = Dimension(
        ...     id="d", title="D", criteria=[{"id": "c", "title": "C", "scale": {"type": "yes_no"}}]
        ... )
        >>> [leaf.id for leaf in leaves(node)]
        ['c']
    """
    for child in node.children:
        if isinstance(child, Dimension):
            yield from leaves(child)
        else:
            yield child


def round_exactly(value: Fraction, rounding: Rounding | None) -> Fraction:
    """Round a number as a rubric declares it, without a detour over floats.

    Example:
        >>> round_exactly(Fraction(5, 2), Rounding(digits=0, mode="half_up"))
        Fraction(3, 1)
    """
    if rounding is None:
        return value
    scale = 10**rounding.digits
    return Fraction(_whole(value * scale, rounding.mode), scale)


def _whole(value: Fraction, mode: str) -> int:
    """Return the whole number that a mode rounds to; `down` is towards 0, and halves go away from it in `half_up`."""
    match mode:
        case "half_even":
            return round(value)
        case "half_up":
            return floor(value + _HALF) if value >= 0 else ceil(value - _HALF)
        case "down":
            return trunc(value)
        case "up":
            return ceil(value) if value >= 0 else floor(value)
        case _:
            return floor(value) if mode == "floor" else ceil(value)


def _stages_among(worths: Sequence[Option | Item], rubric: Rubric) -> Range | None:
    numbers = [resolve_stage(worth.stage, rubric) for worth in worths if worth.stage is not None]
    return _stages(min(numbers), max(numbers)) if len(numbers) == len(worths) else None


def _hull(points: Iterable[Fraction]) -> Range:
    low, *_, high = sorted(points)
    return Range(low, high, on_stages=False)


def _stages(low: int, high: int) -> Range:
    return Range(Fraction(low), Fraction(high), on_stages=True)


def _yes_no_range(scale: YesNoScale, rubric: Rubric) -> Range:
    yes, no = scale.yes, scale.no
    if isinstance(yes, str) and isinstance(no, str):
        return _stages(*sorted((resolve_stage(yes, rubric), resolve_stage(no, rubric))))
    return _hull(worth for worth in (yes, no) if isinstance(worth, Fraction))


def _join(ranges: Iterable[Range]) -> Range:
    known = tuple(ranges)
    return Range(
        min(each.low for each in known), max(each.high for each in known), all(each.on_stages for each in known)
    )


def _checklist_range(scale: ChecklistScale, rubric: Rubric) -> Range:
    stages = _stages_among(scale.items, rubric)
    if stages is not None:
        return Range(Fraction(1), stages.high, on_stages=True)
    points = [item.points or Fraction(0) for item in scale.items]
    low = sum((each for each in points if each < 0), Fraction(0))
    high = sum((each for each in points if each > 0), Fraction(0))
    cap = high if scale.cap is None else scale.cap
    return Range(min(low, cap), min(high, cap), on_stages=False)


def _metric_range(scale: MetricScale, rubric: Rubric) -> Range:
    if scale.bands is not None:
        return _stages(1, max((resolve_stage(stage, rubric) for stage in scale.bands), default=1))
    if scale.range is None:
        return Range(Fraction(0), Fraction(1), on_stages=False)
    if scale.range.onto == "stages":
        return _stages(1, len(rubric.stages))
    return Range(scale.range.least, scale.range.most, on_stages=False)


def _custom_range(scale: CustomScale, rubric: Rubric) -> Range:
    if scale.minimum is None or scale.maximum is None:
        return _stages(1, len(rubric.stages))
    return Range(scale.minimum, scale.maximum, on_stages=False)


def _ends(rule: ScoreRule, ranges: Sequence[Range], weights: Sequence[Fraction]) -> tuple[Fraction, Fraction]:
    if isinstance(rule, Sum):
        pairs = list(zip(ranges, weights, strict=True))
        low = sum((weight * each.low for each, weight in pairs), rule.base)
        return low, sum((weight * each.high for each, weight in pairs), rule.base)
    low = min((each.low for each in ranges), default=Fraction(0))
    high = max((each.high for each in ranges), default=Fraction(0))
    if isinstance(rule, PowerMean) and rule.floor is not None:
        return max(low, rule.floor), max(high, rule.floor)
    return low, high
