"""A deliberately naive reference evaluator: fractions, recursion, dictionaries; close to the specification.

It shares nothing with the engine but the typed documents, and takes valid documents and answers for granted.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Context, Decimal, localcontext
from fractions import Fraction
from math import floor
from typing import Any, Concatenate, Literal, ParamSpec, TypeAlias, TypeVar

from humanai_maturity.model import rules, scales
from humanai_maturity.model.assessment import Answer, NotApplicable, Unknown
from humanai_maturity.model.exact import exact
from humanai_maturity.model.rubric import OVERALL, Criterion, Dimension, Fact, Rubric

Mode: TypeAlias = Literal["point", "low", "high"]
Child: TypeAlias = Criterion | Dimension
Node: TypeAlias = Dimension | Rubric
Range: TypeAlias = tuple[Fraction, Fraction]
Measure: TypeAlias = Callable[[Any, Mapping[str, Any]], Any]
Aggregator: TypeAlias = Callable[[Sequence[Fraction], Sequence[Fraction], Mapping[str, Any]], Fraction]
Met: TypeAlias = Literal["met", "unmet", "gone"]
Scale: TypeAlias = (
    scales.ChoiceScale | scales.YesNoScale | scales.ChecklistScale | scales.MetricScale | scales.CustomScale
)
StageRule: TypeAlias = (
    rules.Cuts | rules.Quorum | rules.Gates | rules.Lowest | rules.Highest | rules.Kth | rules.Lowered
)
Requirement: TypeAlias = (
    rules.CriterionRequirement
    | rules.DimensionRequirement
    | rules.ShareRequirement
    | rules.EvidenceRequirement
    | rules.FlagAbsent
    | rules.All
    | rules.AnyOf
    | rules.AtLeastN
)

_PLACES = 15
_DIGITS = 120
_SNAP = Decimal(10) ** -80
_HALF = Fraction(1, 2)


@dataclass(frozen=True, kw_only=True)
class Row:
    """Hold everything that the reference says of one criterion, fact or node."""

    id: str
    state: Literal["answered", "unknown", "not_applicable"]
    claimed: Fraction | None = None
    score: Fraction | None = None
    used: Fraction | None = None
    low: Fraction | None = None
    high: Fraction | None = None
    minimum: Fraction | None = None
    maximum: Fraction | None = None
    coverage: Fraction | None = None
    not_applicable_share: Fraction | None = None
    stage_raw: int | None = None
    stage_raw_low: int | None = None
    stage_raw_high: int | None = None
    stage: int | None = None
    stage_internal: int | None = None
    stage_low: int | None = None
    stage_high: int | None = None


@dataclass(frozen=True, kw_only=True)
class Reading:
    """Hold what an answer is worth, before anything holds it down."""

    state: Literal["answered", "unknown", "not_applicable"]
    claimed: Fraction | None = None
    grade: int | None = None
    """The place of the evidence grade, 0 for the weakest; `None` where the criterion stands in at its best."""


class Reference(dict[str, Row]):
    """Map every id to its row, and hold the flags, and how all of it came about, beside them."""

    flags: dict[str, tuple[Literal["raised", "possible", "clear"], bool]]
    evaluation: "Evaluation"


def evaluate(
    rubric: Rubric,
    answers: Mapping[str, Any],
    *,
    date: dt.date | None = None,
    measures: Mapping[str, Measure] | None = None,
    aggregators: Mapping[str, Aggregator] | None = None,
) -> Reference:
    """Return a row for every criterion, fact and dimension and for `overall`."""
    given = {id_: _spelt_out(answer) for id_, answer in answers.items()}
    gone = {id_ for id_, answer in given.items() if isinstance(answer, NotApplicable)}
    gone |= {below.id for node in rubric.walk() if node.id in gone for below in _below(node)}
    questions: list[Criterion | Fact] = [node for node in rubric.walk() if isinstance(node, Criterion)]
    questions += rubric.facts
    readings = {
        q.id: Reading(state="not_applicable")
        if q.id in gone
        else _read(rubric, q, given.get(q.id), date, measures or {})
        for q in questions
    }
    ceiling = None
    if gone and not rubric.not_applicable_may_lift:
        best = {
            q.id: Reading(state="answered", claimed=scale_range(rubric, q)[1]) if q.id in gone else readings[q.id]
            for q in questions
        }
        ceiling = Evaluation(rubric, best, frozenset(), aggregators or {}, None)
    return Evaluation(rubric, readings, frozenset(gone), aggregators or {}, ceiling).rows()


def _spelt_out(answer: Any) -> Answer | Unknown | NotApplicable:
    return answer if isinstance(answer, Answer | Unknown | NotApplicable) else Answer(value=answer)


def _below(node: Child | Rubric) -> list[Child]:
    """Return everything below a node."""
    if isinstance(node, Criterion):
        return []
    return [below for child in node.children for below in (child, *_below(child))]


def _leaves(node: Child | Rubric) -> list[Criterion]:
    return [below for below in _below(node) if isinstance(below, Criterion)]


# Scales


def on_stages(question: Criterion | Fact) -> bool:
    """Return whether a criterion's values are stages' numbers."""
    match question.scale:
        case scales.ChoiceScale(options=options):
            return options[0].stage is not None
        case scales.YesNoScale(yes=yes):
            return isinstance(yes, str)
        case scales.ChecklistScale(items=items):
            return items[0].stage is not None
        case scales.MetricScale(bands=bands, range=between):
            return bands is not None or (between is not None and between.onto == "stages")
        case scales.CustomScale(minimum=minimum):
            return minimum is None


def scale_range(rubric: Rubric, question: Criterion | Fact) -> Range:
    """Return the least and the greatest value that a criterion's scales can give."""
    ranges = [_range_of(rubric, scale) for scale in question.scales]
    return min(low for low, _ in ranges), max(high for _, high in ranges)


def _range_of(rubric: Rubric, scale: Scale) -> Range:
    n = len(rubric.stages)
    match scale:
        case scales.ChoiceScale(options=options):
            worths = [_worth(rubric, option) for option in options]
            return min(worths), max(worths)
        case scales.YesNoScale(yes=yes, no=no):
            pair = [_threshold(rubric, yes), _threshold(rubric, no)]
            return min(pair), max(pair)
        case scales.ChecklistScale(items=items, cap=cap) if items[0].points is not None:
            points = [_worth(rubric, item) for item in items]
            least = sum((p for p in points if p < 0), Fraction(0))
            most = sum((p for p in points if p > 0), Fraction(0))
            return (least, most) if cap is None else (min(least, cap), min(most, cap))
        case scales.ChecklistScale(items=items):
            return Fraction(1), max(_worth(rubric, item) for item in items)
        case scales.MetricScale(bands=bands) if bands is not None:
            return Fraction(1), Fraction(max(stage_number(rubric, stage) for stage in bands))
        case scales.MetricScale(range=between) if between is not None:
            return (between.least, between.most) if between.onto == "points" else (Fraction(1), Fraction(n))
        case scales.CustomScale(minimum=minimum, maximum=maximum) if minimum is not None and maximum is not None:
            return minimum, maximum
        case _:
            return Fraction(1), Fraction(n)


def stage_number(rubric: Rubric, stage: int | str) -> int:
    """Return a stage's number."""
    return rubric.stage_numbers[stage] if isinstance(stage, str) else stage


def _threshold(rubric: Rubric, threshold: Fraction | str) -> Fraction:
    return Fraction(stage_number(rubric, threshold)) if isinstance(threshold, str) else threshold


def _worth(rubric: Rubric, part: scales.Option | scales.Item) -> Fraction:
    if part.stage is not None:
        return Fraction(stage_number(rubric, part.stage))
    assert part.points is not None
    return part.points


def _read(
    rubric: Rubric,
    question: Criterion | Fact,
    answer: Answer | Unknown | NotApplicable | None,
    date: dt.date | None,
    measures: Mapping[str, Measure],
) -> Reading:
    """Return an answer as one of its three states, valued by the first scale that can."""
    if answer is None or isinstance(answer, Unknown):
        return Reading(state="unknown")
    assert isinstance(answer, Answer)
    if question.max_age_days is not None and answer.as_of is not None:
        assert date is not None
        if (date - answer.as_of).days > question.max_age_days:
            return Reading(state="unknown")
    for scale in question.scales:
        taken = _taken(question, scale, answer)
        if taken is None:
            continue
        if isinstance(scale, scales.MetricScale) and (answer.sample or scale.min_sample or 0) < (scale.min_sample or 0):
            continue
        return Reading(
            state="answered", claimed=_value(rubric, scale, taken, measures), grade=_grade(rubric, scale, answer)
        )
    return Reading(state="unknown")


def _grade(rubric: Rubric, scale: Scale, answer: Answer) -> int:
    grades = [grade.id for grade in rubric.evidence_grades]
    named = answer.evidence or scale.evidence
    return grades.index(named) if named is not None else 0


def _taken(question: Criterion | Fact, scale: Scale, answer: Answer) -> Any:
    """Return the value that an answer gives to a scale."""
    if answer.values:
        return answer.values.get(scale.type)
    first = next((s for s in question.scales if _takes(s, answer.value)), None)
    return answer.value if scale is first else None


def _takes(scale: Scale, value: Any) -> bool:
    match scale:
        case scales.ChoiceScale():
            return isinstance(value, str | int) and not isinstance(value, bool)
        case scales.YesNoScale():
            return isinstance(value, bool)
        case scales.ChecklistScale():
            return isinstance(value, tuple)
        case scales.MetricScale():
            return not isinstance(value, bool | str | tuple | dict)
        case scales.CustomScale():
            return True


def _value(rubric: Rubric, scale: Scale, value: Any, measures: Mapping[str, Measure]) -> Fraction:
    match scale:
        case scales.ChoiceScale(options=options):
            return next(_worth(rubric, option) for option in options if option.id == str(value))
        case scales.YesNoScale(yes=yes, no=no):
            return _threshold(rubric, yes if value else no)
        case scales.ChecklistScale(items=items, cap=cap) if items[0].points is not None:
            total = sum((_worth(rubric, item) for item in items if item.id in value), Fraction(0))
            return total if cap is None else min(total, cap)
        case scales.ChecklistScale(items=items):
            return _cumulative([(int(_worth(rubric, item)), item.id in value) for item in items])
        case scales.MetricScale(bands=bands, direction=direction) if bands is not None:
            sign = 1 if direction == "higher" else -1
            return _banded(
                sorted((stage_number(rubric, s), sign * cut) for s, cut in bands.items()), sign * exact(value)
            )
        case scales.MetricScale(range=between) if between is not None:
            share = min(max((exact(value) - between.worst) / (between.best - between.worst), Fraction(0)), Fraction(1))
            if between.onto == "points":
                return (1 - share) * between.least + share * between.most
            return 1 + share * (len(rubric.stages) - 1)
        case scales.CustomScale(measure=measure, params=settings):
            return exact(measures[measure](value, settings))
        case _:
            raise AssertionError(scale)


def _cumulative(items: list[tuple[int, bool]]) -> Fraction:
    """Return the highest stage s of which, and below which, every item holds, plus the share of stage s + 1."""
    top = max(stage for stage, _ in items)

    def holds(upto: int) -> bool:
        return all(held for stage, held in items if stage <= upto)

    if not holds(1):
        return Fraction(1)
    reached = max(s for s in range(1, top + 1) if holds(s))
    following = [held for stage, held in items if stage == reached + 1]
    return reached + (Fraction(sum(following), len(following)) if following else Fraction(0))


def _banded(cuts: list[tuple[int, Fraction]], number: Fraction) -> Fraction:
    """Return the stage of a number between cut-points, linear in between, where higher is better."""
    reached = [(stage, cut) for stage, cut in cuts if number >= cut]
    if not reached:
        return Fraction(1)
    stage, cut = reached[-1]
    upper = [c for s, c in cuts if s == stage + 1]
    return stage + ((number - cut) / (upper[0] - cut) if upper else Fraction(0))


# Rules over values


def power_mean(values: Sequence[Fraction], weights: Sequence[Fraction], exponent: Fraction) -> Fraction:
    """Return the weighted power mean, rounded half even to 15 places, computed with 120 digits."""
    if len(set(values)) == 1:
        return _half_even(values[0])
    total = sum(weights)
    with localcontext(Context(prec=_DIGITS)):
        if exponent == 0:
            if 0 in values:
                return Fraction(0)
            mean = sum(_decimal(w / total) * _decimal(v).ln() for v, w in zip(values, weights, strict=True))
            return _snapped(Decimal(mean).exp())
        p = _decimal(exponent)
        mean = sum(
            _decimal(w / total) * (_decimal(v) ** p if v else Decimal(0)) for v, w in zip(values, weights, strict=True)
        )
        return _snapped(Decimal(mean) ** (1 / p))


def _decimal(number: Fraction) -> Decimal:
    return Decimal(number.numerator) / Decimal(number.denominator)


def _snapped(number: Decimal) -> Fraction:
    """Round to 15 places, taking what is as good as a half of the last place for exactly that."""
    doubled = 2 * number.scaleb(_PLACES)
    nearest = doubled.to_integral_value()
    exactly = Fraction(nearest if abs(doubled - nearest) < _SNAP else doubled)
    return _half_even(exactly / 2 / 10**_PLACES)


def _half_even(number: Fraction) -> Fraction:
    return Fraction(round(number * 10**_PLACES), 10**_PLACES)


def rounded(number: Fraction, rounding: rules.Rounding | None) -> Fraction:
    """Round a number as a rubric says."""
    if rounding is None:
        return number
    scaled = number * 10**rounding.digits
    down, up = floor(scaled), -floor(-scaled)
    towards = {
        "half_even": round(scaled),
        "half_up": floor(scaled + _HALF) if scaled >= 0 else -floor(-scaled + _HALF),
        "down": down if scaled >= 0 else up,
        "up": up if scaled >= 0 else down,
        "floor": down,
        "ceiling": up,
    }
    return Fraction(towards[rounding.mode], 10**rounding.digits)


def finished(number: Fraction, rule: rules.ScoreRule) -> Fraction:
    """Bring a result onto a node's own range, hold it inside limits, and round it, as a rubric says."""
    if rule.onto is not None:
        number = (1 - number) * rule.onto.minimum + number * rule.onto.maximum
    if rule.clip is not None:
        limits = [limit for limit in (rule.clip.minimum, rule.clip.maximum) if limit is not None]
        least, most = rule.clip.minimum, rule.clip.maximum
        number = number if least is None or number >= least else limits[0]
        number = number if most is None or number <= most else limits[-1]
    return rounded(number, rule.round)


def _quantile(values: Sequence[Fraction], weights: Sequence[Fraction], q: Fraction) -> Fraction:
    total = sum(weights)
    pairs = list(zip(values, weights, strict=True))
    return next(v for v in sorted(values) if sum(w for value, w in pairs if value <= v) >= q * total)


def _mean(values: Sequence[Fraction], weights: Sequence[Fraction]) -> Fraction:
    return sum((w * v for v, w in zip(values, weights, strict=True)), Fraction(0)) / sum(weights)


def combine(
    rule: rules.ScoreRule,
    values: Sequence[Fraction],
    weights: Sequence[Fraction],
    aggregators: Mapping[str, Aggregator],
) -> Fraction:
    """Return what a score rule makes of its values."""
    match rule:
        case rules.Mean():
            return _mean(values, weights)
        case rules.PowerMean(exponent=exponent, floor=least):
            return power_mean([v if least is None else max(v, least) for v in values], weights, exponent)
        case rules.Minimum():
            return min(values)
        case rules.Maximum():
            return max(values)
        case rules.LowerMedian():
            return _quantile(values, weights, _HALF)
        case rules.Quantile(q=q):
            return _quantile(values, weights, q)
        case rules.Sum(base=base):
            return base + sum((w * v for v, w in zip(values, weights, strict=True)), Fraction(0))
        case rules.MeanMin(alpha=alpha):
            return alpha * _mean(values, weights) + (1 - alpha) * min(values)
        case rules.Aggregate(name=name, params=params):
            return aggregators[name](list(values), list(weights), params)


# The tree

_P = ParamSpec("_P")
_R = TypeVar("_R")


def _remembered(method: Callable[Concatenate["Evaluation", _P], _R]) -> Callable[Concatenate["Evaluation", _P], _R]:
    """Remember what a method returned, so that plain recursion takes no exponential time."""

    def remembering(self: "Evaluation", /, *args: _P.args, **kwargs: _P.kwargs) -> _R:
        key = (method.__name__, *args)
        if key not in self.memory:
            self.memory[key] = method(self, *args, **kwargs)
        return self.memory[key]  # type: ignore[no-any-return]

    return remembering


class Evaluation:
    """Evaluate a rubric's tree for one set of readings."""

    def __init__(
        self,
        rubric: Rubric,
        readings: Mapping[str, Reading],
        marked: frozenset[str],
        aggregators: Mapping[str, Aggregator],
        ceiling: "Evaluation | None",
    ) -> None:
        self.rubric = rubric
        self.n = len(rubric.stages)
        self.readings = readings
        self.marked = marked
        self.aggregators = aggregators
        self.ceiling = ceiling
        self.memory: dict[Any, Any] = {}
        self.by_id: dict[str, Child | Rubric | Fact] = {OVERALL: rubric}
        self.by_id |= {node.id: node for node in rubric.walk()} | {fact.id: fact for fact in rubric.facts}
        self.above: dict[str, str] = {
            child.id: id_ for id_, node in self.by_id.items() if isinstance(node, Node) for child in node.children
        }

    def rows(self) -> Reference:
        """Return every row and every flag."""
        result = Reference({id_: self._row(id_) for id_ in self.by_id})
        result.flags = {flag.id: self._flag_state(flag) for flag in self.rubric.flags}
        result.evaluation = self
        return result

    def _row(self, id_: str) -> Row:
        thing = self.by_id[id_]
        return self._question_row(id_) if isinstance(thing, Criterion | Fact) else self._node_row(id_)

    def _question_row(self, id_: str) -> Row:
        reading = self.readings[id_]
        low, high = scale_range(self.rubric, self._question(id_))
        row = Row(id=id_, state=reading.state, minimum=low, maximum=high, not_applicable_share=self.na_share(id_))
        if reading.state == "not_applicable":
            return row
        staged = on_stages(self._question(id_))
        values = {mode: self.value(id_, mode) for mode in ("point", "low", "high")}
        stages = {
            mode: self._floor_stage(value) if staged and value is not None else None for mode, value in values.items()
        }
        return replace(
            row,
            claimed=reading.claimed,
            score=values["point"],
            used=values["point"],
            low=values["low"],
            high=values["high"],
            coverage=self.coverage(id_),
            stage=stages["point"],
            stage_internal=stages["point"],
            stage_low=stages["low"],
            stage_high=stages["high"],
        )

    def _node_row(self, id_: str) -> Row:
        row = Row(id=id_, state="not_applicable", not_applicable_share=self.na_share(id_))
        if not self.applicable(id_):
            return row
        reported = self.reported(id_)
        least, most = self.range(id_)
        return replace(
            row,
            state="answered" if self.known(id_) else "unknown",
            score=self.score(id_, "point") if reported else None,
            used=self.score(id_, "point"),
            low=self.score(id_, "low") if self.known(id_) else least,
            high=self.score(id_, "high") if self.known(id_) else most,
            minimum=least,
            maximum=most,
            coverage=self.coverage(id_),
            stage_raw=self.raw(id_, "point") if reported else None,
            stage_raw_low=self.raw(id_, "low"),
            stage_raw_high=self.raw(id_, "high"),
            stage=self.stage(id_, "point") if reported else None,
            stage_internal=self.stage(id_, "point"),
            stage_low=self.stage(id_, "low"),
            stage_high=self.stage(id_, "high"),
        )

    # What there is

    def _node(self, id_: str) -> Node:
        node = self.by_id[id_]
        assert isinstance(node, Node)
        return node

    def _question(self, id_: str) -> Criterion | Fact:
        question = self.by_id[id_]
        assert isinstance(question, Criterion | Fact)
        return question

    def _is_node(self, id_: str) -> bool:
        return isinstance(self.by_id[id_], Node)

    def applicable(self, id_: str) -> bool:
        """Return whether a node applies: it is not marked, and something below it applies."""
        if id_ in self.marked:
            return False
        return not self._is_node(id_) or any(self.applicable(child.id) for child in self._node(id_).children)

    def known(self, id_: str) -> bool:
        """Return whether anything applicable at or below a node is answered."""
        if not self._is_node(id_):
            return self.readings[id_].state == "answered"
        return any(self.known(leaf.id) for leaf in _leaves(self._node(id_)))

    def setting(self, id_: str, name: str, default: Any) -> Any:
        """Return a node's policy: its own, or else that of the node above it."""
        own = getattr(self._node(id_), name)
        if own is not None:
            return own
        return self.setting(self.above[id_], name, default) if id_ in self.above else default

    def missing(self, id_: str) -> str:
        """Return what an unknown child does to a node."""
        policy = self.setting(id_, "missing", "leave_out")
        assert isinstance(policy, str)
        return policy

    def rule(self, id_: str) -> rules.ScoreRule:
        """Return a node's score rule."""
        return self._node(id_).score or self.rubric.defaults.score

    def members(self, id_: str, over: str) -> list[Child]:
        """Return a node's children, or all criteria below it."""
        node = self._node(id_)
        return [*node.children] if over == "children" else [*_leaves(node)]

    def counted(self, id_: str, over: str) -> list[Child]:
        """Return the members that apply."""
        return [member for member in self.members(id_, over) if self.applicable(member.id)]

    def anchored(self, id_: str) -> bool:
        """Return whether values are stages' numbers."""
        if not self._is_node(id_):
            return on_stages(self._question(id_))
        rule = self.rule(id_)
        if isinstance(rule, rules.Sum | rules.Aggregate) or rule.normalise:
            return False
        return all(self.anchored(member.id) for member in self.members(id_, rule.over))

    def stage_rule(self, id_: str) -> StageRule | None:
        """Return a node's stage rule."""
        return self._node(id_).stage or self.rubric.defaults.stage

    def has_stage(self, id_: str) -> bool:
        """Return whether a node or criterion has a stage at all."""
        if not self._is_node(id_):
            return self.anchored(id_)
        return self.stage_rule(id_) is not None or self.anchored(id_) or self.n == 1

    # Shares

    def _share(self, id_: str, of: Callable[[str], Fraction], members: Iterable[Child] | None = None) -> Fraction:
        """Return the weighted mean of a share over the members that a node's score is taken over."""
        chosen = self.counted(id_, self.rule(id_).over) if members is None else [*members]
        return _mean([of(member.id) for member in chosen], [member.weight for member in chosen])

    @_remembered
    def na_share(self, id_: str) -> Fraction:
        """Return the share of weight that does not apply."""
        if not self.applicable(id_):
            return Fraction(1)
        if not self._is_node(id_):
            return Fraction(0)
        return self._share(id_, self.na_share, self.members(id_, self.rule(id_).over))

    @_remembered
    def coverage(self, id_: str) -> Fraction:
        """Return the share of the applicable weight that is answered."""
        if not self._is_node(id_):
            return Fraction(self.known(id_))
        return self._share(id_, self.coverage)

    def evidence_share(self, id_: str, grade: int, mode: Mode) -> Fraction:
        """Return the share of the applicable weight that is answered on evidence of at least a grade."""
        if self._is_node(id_):
            return self._share(id_, lambda below: self.evidence_share(below, grade, mode))
        if not self.known(id_):
            return Fraction(mode == "high")
        own = self.readings[id_].grade
        return Fraction(own is None or own >= grade)

    # Criteria

    @_remembered
    def value(self, id_: str, mode: Mode) -> Fraction | None:
        """Return a criterion's supported value, or the tight bound of it."""
        if not self.applicable(id_):
            return None
        reading = self.readings[id_]
        least, most = scale_range(self.rubric, self._question(id_))
        if reading.state == "unknown" and mode != "high":
            return None if mode == "point" else least
        claimed = most if reading.claimed is None else reading.claimed
        return max(least, min([claimed, *self._value_limits(id_, mode)]))

    def _value_limits(self, id_: str, mode: Mode) -> list[Fraction]:
        question = self._question(id_)
        if not isinstance(question, Criterion) or not self.anchored(id_):
            return []
        limits = [Fraction(limit) for limit in self._stage_limits(id_, mode)]
        grade = self.readings[id_].grade
        if grade is not None and self.rubric.evidence_grades:
            limits.append(Fraction(stage_number(self.rubric, self.rubric.evidence_grades[grade].supports)))
        for prerequisite in question.prerequisites:
            asked = rules.CriterionRequirement(criterion=prerequisite.criterion, at_least=prerequisite.at_least)
            if self._positive_atom(prerequisite.criterion, asked, mode) == "unmet":
                limits.append(Fraction(stage_number(self.rubric, prerequisite.for_stage) - 1))
        return [*limits, *self._counter_limits(question, mode)]

    def _counter_limits(self, question: Criterion, mode: Mode) -> list[Fraction]:
        counter = question.counter
        if counter is None or not self.applicable(counter.criterion):
            return []
        if self.known(counter.criterion):
            value = self.value(counter.criterion, mode)
            assert value is not None
            return [value + counter.plus]
        if mode == "high":
            return [self.n + counter.plus]
        supported = (
            [] if counter.unknown_supports is None else [Fraction(stage_number(self.rubric, counter.unknown_supports))]
        )
        return supported if mode == "point" else [1 + counter.plus, *supported]

    def _floor_stage(self, value: Fraction) -> int:
        return min(max(floor(value), 1), self.n)

    # Scores

    @_remembered
    def range(self, id_: str) -> Range:
        """Return the range that a node's or criterion's value has for everything that reads it."""
        if self.anchored(id_):
            return Fraction(1), Fraction(self.n)
        if not self._is_node(id_):
            return scale_range(self.rubric, self._question(id_))
        low, high = self._exact_range(id_)
        return finished(low, self.rule(id_)), finished(high, self.rule(id_))

    def _exact_range(self, id_: str) -> Range:
        members = self.counted(id_, self.rule(id_).over)
        low, high = (self._combined(id_, {m.id: self.range(m.id)[end] for m in members}) for end in (0, 1))
        return low, high

    def _combined(self, id_: str, values: Mapping[str, Fraction]) -> Fraction:
        """Return what a node's score rule makes of its members' values, before rounding."""
        rule = self.rule(id_)
        members = [m for m in self.counted(id_, rule.over) if m.id in values]
        ready = [self._normalised(m.id, values[m.id]) if rule.normalise else values[m.id] for m in members]
        return combine(rule, ready, [self._weight_in(id_, m) for m in members], self.aggregators)

    def _weight_in(self, id_: str, member: Criterion | Dimension) -> Fraction:
        return Fraction(1) if self.rule(id_).weights == "equal" else member.weight

    def _normalised(self, id_: str, value: Fraction) -> Fraction:
        low, high = self.range(id_)
        return (value - low) / (high - low) if high > low else Fraction(0)

    def used(self, id_: str, mode: Mode) -> Fraction | None:
        """Return the value that a node or criterion has for everything that reads it."""
        if mode != "point" and not self.known(id_):
            return self.range(id_)[0 if mode == "low" else 1]
        return self.score(id_, mode) if self._is_node(id_) else self.value(id_, mode)

    def unknown_members(self, id_: str) -> list[str]:
        """Return the members that have no internal point."""
        return [m.id for m in self.counted(id_, self.rule(id_).over) if self.used(m.id, "point") is None]

    def blocked(self, id_: str) -> bool:
        """Return whether an unknown below a node that requires everything leaves this one without a point."""
        if not self._is_node(id_):
            return False
        policy = self.missing(id_)
        if policy == "required":
            return bool(self.unknown_members(id_))
        return policy == "leave_out" and any(self.blocked(child.id) for child in self.counted(id_, "children"))

    def voided(self, id_: str) -> bool:
        """Return whether an unknown gives a node its worst value."""
        return self.missing(id_) == "void" and bool(self.unknown_members(id_))

    @_remembered
    def score(self, id_: str, mode: Mode) -> Fraction | None:
        """Return a node's internal point, or its lowest or highest possible score."""
        if not self.applicable(id_):
            return None
        if mode != "high" and self.voided(id_):
            return self.range(id_)[0]
        if mode == "point":
            exactly = self._point(id_)
        else:
            bounds = {m.id: self.used(m.id, mode) for m in self.counted(id_, self.rule(id_).over)}
            exactly = self._combined(id_, {id_: bound for id_, bound in bounds.items() if bound is not None})
        return None if exactly is None else finished(exactly, self.rule(id_))

    def _point(self, id_: str) -> Fraction | None:
        if self.blocked(id_):
            return None
        members = [m.id for m in self.counted(id_, self.rule(id_).over)]
        points = {m: self.used(m, "point") for m in members}
        if self.missing(id_) == "worst":
            points = {m: self.used(m, "low") if point is None else point for m, point in points.items()}
        values = {m: point for m, point in points.items() if point is not None}
        if not values:
            return None
        if isinstance(self.rule(id_), rules.Sum) and len(values) < len(members):
            return self._extrapolated(id_, values)
        return self._combined(id_, values)

    def _extrapolated(self, id_: str, values: Mapping[str, Fraction]) -> Fraction:
        """Return the sum whose share of its range is the share that the known terms have of theirs."""
        low, high = self._exact_range(id_)
        reached = width = Fraction(0)
        for member in self.counted(id_, self.rule(id_).over):
            if member.id in values:
                least, most = self.range(member.id)
                scale = (most - least if most > least else Fraction(1)) if self.rule(id_).normalise else Fraction(1)
                weight = self._weight_in(id_, member)
                reached += weight * (values[member.id] - least) / scale
                width += weight * (most - least) / scale
        return low + (high - low) * (reached / width if width else Fraction(0))

    def reported(self, id_: str) -> bool:
        """Return whether a node's point is good enough to be shown and relied on."""
        if not self._is_node(id_):
            return self.known(id_)
        if self.score(id_, "point") is None:
            return False
        floor_ = self.setting(id_, "coverage_floor", Fraction(7, 10))
        if self.missing(id_) == "leave_out" and self.coverage(id_) < floor_:
            return False
        return bool(self.na_share(id_) <= self.setting(id_, "max_not_applicable", Fraction(3, 10)))

    # Stages

    @_remembered
    def raw(self, id_: str, mode: Mode) -> int | None:
        """Return a node's stage before caps and flags."""
        if (
            not self.applicable(id_)
            or not self.has_stage(id_)
            or (mode == "point" and self.score(id_, "point") is None)
        ):
            return None
        found = 1 if mode != "high" and self.voided(id_) else self._ruled(id_, mode)
        ceiling = None if self.ceiling is None else self.ceiling.raw(id_, mode)
        return found if ceiling is None else min(found, ceiling)

    def _ruled(self, id_: str, mode: Mode) -> int:
        rule = self.stage_rule(id_)
        if rule is not None:
            return self._by_rule(id_, rule, mode)
        score = self.score(id_, mode)
        return self._floor_stage(score) if self.anchored(id_) and score is not None else 1

    @_remembered
    def stage(self, id_: str, mode: Mode) -> int | None:
        """Return a node's stage after caps and flags."""
        raw = self.raw(id_, mode)
        if raw is None:
            return None
        found = min([raw, *self._stage_limits(id_, mode)])
        ceiling = None if self.ceiling is None else self.ceiling.stage(id_, mode)
        return found if ceiling is None else min(found, ceiling)

    def used_stage(self, id_: str, mode: Mode) -> int | None:
        """Return the stage that a node or criterion has for everything that reads it."""
        if mode != "point" and not self.known(id_):
            return 1 if mode == "low" else self.n
        if self._is_node(id_):
            return self.stage(id_, mode)
        value = self.value(id_, mode)
        return None if value is None else self._floor_stage(value)

    def _stage_limits(self, id_: str, mode: Mode) -> list[int]:
        limits = [self._cap_limit(cap, mode) for cap in self.rubric.caps if id_ in cap.cap and self.applicable(cap.by)]
        raised = [flag for flag in self.rubric.flags if id_ in flag.caps and self.raised(flag.id, mode)]
        return limits + [stage_number(self.rubric, flag.caps[id_]) for flag in raised]

    def _cap_limit(self, cap: Any, mode: Mode) -> int:
        by = self.used_stage(cap.by, mode)
        if mode == "point" and not self.reported(cap.by):
            by = self.used_stage(cap.by, "low")
        assert by is not None
        free = 0 if cap.from_stage is None else stage_number(self.rubric, cap.from_stage) - 1
        return int(max(free, by + cap.plus))

    def _by_rule(self, id_: str, rule: StageRule, mode: Mode) -> int:
        match rule:
            case rules.Cuts():
                return self._cut(id_, rule, mode)
            case rules.Quorum():
                return self._quorum(id_, rule, mode)
            case rules.Gates():
                return self._gates(id_, rule, mode)
            case rules.Lowest(lowest=of):
                return min(self._several(id_, of, mode))
            case rules.Highest(highest=of):
                return max(self._several(id_, of, mode))
            case rules.Kth(kth=kth):
                stages = sorted(self._several(id_, kth.of, mode))
                return stages[min(kth.k, len(stages)) - 1]
            case rules.Lowered(lowered=inner, each=each, by=by):
                failures = [part for part in each if self._requirement(id_, part, mode) == "unmet"]
                return max(1, self._by_rule(id_, inner, mode) - by * len(failures))

    def _cut(self, id_: str, rule: rules.Cuts, mode: Mode) -> int:
        score = self.score(id_, mode)
        assert score is not None
        cuts = {stage_number(self.rubric, stage): cut for stage, cut in rule.cuts.items()}
        return max([1, *(s for s, cut in cuts.items() if (score >= cut if rule.closed == "left" else score > cut))])

    def _child_stages(self, id_: str, over: str, mode: Mode) -> list[tuple[int, Fraction]]:
        """Return stage and weight of the members that count."""
        found = []
        for member in self.counted(id_, over):
            stage = self.used_stage(member.id, mode)
            if stage is None and self.missing(id_) in {"worst", "void"}:
                stage = self.used_stage(member.id, "low")
            if stage is not None:
                found.append((stage, member.weight))
        return found

    def _quorum(self, id_: str, rule: rules.Quorum, mode: Mode) -> int:
        stages = self._child_stages(id_, rule.over, mode)
        total = sum(weight for _, weight in stages)
        reached = [
            s for s in range(1, self.n + 1) if sum(w for stage, w in stages if stage >= s) >= rule.quorum * total
        ]
        return max(reached) if stages else 1

    def _several(self, id_: str, of: Any, mode: Mode) -> list[int]:
        if of == "children":
            return [stage for stage, _ in self._child_stages(id_, "children", mode)] or [1]
        return [self._by_rule(id_, rule, mode) for rule in of]

    def _gates(self, id_: str, rule: rules.Gates, mode: Mode) -> int:
        gates = {stage_number(self.rubric, stage): requirement for stage, requirement in rule.gates.items()}
        reached = 1
        for stage in range(2, self.n + 1):
            met = self._requirement(id_, gates[stage], mode)
            if met == "unmet" or (met == "gone" and rule.vacuous == "unmet"):
                break
            reached = stage
        return reached

    # Requirements of gates

    def _requirement(self, id_: str, requirement: Requirement, mode: Mode) -> Met:
        match requirement:
            case rules.CriterionRequirement(criterion=other) | rules.DimensionRequirement(dimension=other):
                return self._positive_atom(other, requirement, mode)
            case rules.ShareRequirement(share=share, of=of):
                met = {other: self._positive_atom(other, requirement, mode) for other in of}
                present = {other: self._weight(other) for other in of if met[other] != "gone"}
                if not present:
                    return "gone"
                reached = sum(weight for other, weight in present.items() if met[other] == "met")
                return "met" if reached >= share * sum(present.values()) else "unmet"
            case rules.EvidenceRequirement(evidence=grade, share=share):
                place = [g.id for g in self.rubric.evidence_grades].index(grade)
                return "met" if self.evidence_share(id_, place, mode) >= share else "unmet"
            case rules.FlagAbsent(flag_absent=flag):
                return "unmet" if self.raised(flag, mode) else "met"
            case rules.All(all=parts):
                return self._enough([self._requirement(id_, part, mode) for part in parts], len(parts))
            case rules.AnyOf(any=parts):
                return self._enough([self._requirement(id_, part, mode) for part in parts], 1)
            case rules.AtLeastN(at_least_n=n, of=parts):
                return self._enough([self._requirement(id_, part, mode) for part in parts], n)

    def _enough(self, parts: list[Met], n: int) -> Met:
        present = [part for part in parts if part != "gone"]
        if not present:
            return "gone"
        return "met" if present.count("met") >= min(n, len(present)) else "unmet"

    def _weight(self, id_: str) -> Fraction:
        node = self.by_id[id_]
        assert isinstance(node, Criterion | Dimension)
        return node.weight

    def _compared(self, id_: str, threshold: Fraction | str, mode: Mode) -> tuple[Fraction, Fraction]:
        """Return what a node or criterion shows in a mode, and what a threshold asks, both as numbers."""
        shown = self.used_stage(id_, mode) if isinstance(threshold, str) else self.used(id_, mode)
        assert shown is not None
        return Fraction(shown), _threshold(self.rubric, threshold)

    def _positive_atom(self, id_: str, asked: Any, mode: Mode) -> Met:
        if not self.applicable(id_):
            return "gone"
        if not self.known(id_):
            return "met" if mode == "high" else "unmet"
        seen = "low" if mode == "point" and not self.reported(id_) else mode
        threshold = asked.above if asked.at_least is None else asked.at_least
        shown, least = self._compared(id_, threshold, seen)
        return "met" if (shown > least if asked.at_least is None else shown >= least) else "unmet"

    # Flags

    @_remembered
    def raised(self, flag_id: str, mode: Mode) -> bool:
        """Return whether a flag is raised."""
        flag = next(flag for flag in self.rubric.flags if flag.id == flag_id)
        return self._triggered(flag.raised_when, mode, flag.when_unknown == "raised")

    def _flag_state(self, flag: Any) -> tuple[Literal["raised", "possible", "clear"], bool]:
        if self.raised(flag.id, "point"):
            return "raised", self.raised(flag.id, "high")
        return ("possible" if self.raised(flag.id, "low") else "clear"), False

    def _triggered(self, requirement: Requirement, mode: Mode, unknown_raises: bool) -> bool:  # noqa: FBT001
        match requirement:
            case rules.CriterionRequirement(criterion=other) | rules.DimensionRequirement(dimension=other):
                return self._negative_atom(other, requirement, mode, unknown_raises)
            case rules.ShareRequirement(share=share, of=of):
                present = [other for other in of if self.applicable(other)]
                hit = sum(self._weight(o) for o in present if self._negative_atom(o, requirement, mode, unknown_raises))
                return bool(present) and hit >= share * sum(self._weight(o) for o in present)
            case rules.All(all=parts):
                return all(self._triggered(part, mode, unknown_raises) for part in parts)
            case rules.AnyOf(any=parts):
                return any(self._triggered(part, mode, unknown_raises) for part in parts)
            case rules.AtLeastN(at_least_n=n, of=parts):
                return sum(self._triggered(part, mode, unknown_raises) for part in parts) >= n
            case _:
                raise AssertionError(requirement)

    def _negative_atom(self, id_: str, asked: Any, mode: Mode, unknown_raises: bool) -> bool:  # noqa: FBT001
        if not self.applicable(id_):
            return False
        seen = mode
        if mode == "point" and not (self.reported(id_) and self.known(id_)):
            seen = "low" if unknown_raises else "high"
        if seen == "high" and not self.known(id_):
            return False
        threshold = asked.below if asked.at_most is None else asked.at_most
        shown, most = self._compared(id_, threshold, seen)
        return shown < most if asked.at_most is None else shown <= most
