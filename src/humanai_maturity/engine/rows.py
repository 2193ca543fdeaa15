"""From an evaluation to the rows of a result."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property

from humanai_maturity.engine.evaluation import Evaluation
from humanai_maturity.engine.plan import KNOWN, NOT_APPLICABLE, UNKNOWN, Leaf, Node, Plan
from humanai_maturity.engine.reading import Reading
from humanai_maturity.engine.reasons import criterion_reasons, node_reasons
from humanai_maturity.engine.result import CriterionResult, Exact, FlagResult, NodeResult, StageReached
from humanai_maturity.engine.rule_words import RuleWords
from humanai_maturity.engine.status import VOIDED
from humanai_maturity.engine.terms import HIGH, LOW, POINT, Mode
from humanai_maturity.engine.worth import answer_text, worth_text
from humanai_maturity.model.assessment import Answer, NotApplicable, State
from humanai_maturity.model.ranges import resolve_stage, round_exactly
from humanai_maturity.model.rules import Mean, Rounding, Sum

_STATES: Mapping[int, State] = {UNKNOWN: "unknown", KNOWN: "answered", NOT_APPLICABLE: "not_applicable"}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Counted:
    """What counts in a node's point.

    Attributes:
        values: The value of each part that counts.
        weight: Their weight together.
        left_out: Whether some part is unknown and does not count.
    """

    values: Mapping[int, Fraction]
    weight: Fraction
    left_out: bool


@dataclass(frozen=True)
class Rows:
    """Work out the rows of one result.

    Attributes:
        evaluation: The evaluation.
        read: Returns what every answer came to, by leaf.
    """

    evaluation: Evaluation
    read: Callable[[], Mapping[int, Reading]]
    _of_nodes: dict[int, _Counted] = field(default_factory=dict, init=False, repr=False)

    @cached_property
    def plan(self) -> Plan:
        """Return the plan."""
        return self.evaluation.plan

    @cached_property
    def readings(self) -> Mapping[int, Reading]:
        """Return what every answer came to, by leaf."""
        return self.read()

    def stage(self, number: int | None) -> StageReached | None:
        """Return a stage as results refer to it."""
        return None if number is None else self.evaluation.kernel.stages[number - 1]

    def name(self, item: int) -> str | None:
        """Return an item's id."""
        if item < 0:
            return None
        return self.plan.leaves[item].question.id if item < self.plan.whole else self.plan.node(item).id

    def reported(self, node: int) -> bool:
        """Return whether a node has a point that counts."""
        return self.evaluation.reported(node)

    def criterion(self, leaf: Leaf) -> CriterionResult:
        """Return the row of a criterion or a fact."""
        reading = self.readings[leaf.index]
        exact = self._leaf_exact(leaf)
        stages = [self.stage(_stage(value, leaf, self.plan)) for value in (exact.score, exact.low, exact.high)]
        answer = reading.answer
        return CriterionResult(
            id=leaf.question.id,
            title=leaf.question.title,
            parent=self.name(leaf.parent),
            state=_STATES[reading.state],
            **_floats(exact),
            stage=stages[0],
            stage_low=stages[1],
            stage_high=stages[2],
            reasons=criterion_reasons(leaf, reading, self.evaluation),
            exact=exact,
            claimed=_float(reading.claimed),
            unknown=reading.unknown,
            not_applicable=answer.not_applicable if isinstance(answer, NotApplicable) else None,
            scale=reading.scale,
            evidence=reading.evidence,
            source=answer.source if isinstance(answer, Answer) else None,
            note=None if isinstance(answer, NotApplicable) else answer.note,
            ahead=reading.ahead,
            answer=answer_text(reading),
            reading=worth_text(leaf, reading, self.plan.rubric),
        )

    def leaf_value(self, leaf: Leaf, mode: Mode) -> Fraction | None:
        """Return a criterion's own value in a mode: of an unknown one, what its scale and its limits allow."""
        item, state = leaf.index, self.evaluation.state(leaf.index)
        if state == NOT_APPLICABLE or (state == UNKNOWN and mode == POINT):
            return None
        if state == KNOWN:
            return self.evaluation.value(item, mode)
        if mode == LOW:
            return leaf.span.low
        held = [most for _, most in self.evaluation.limits(item, mode)]
        return max(leaf.span.low, min([leaf.span.high, *held]))

    def node(self, node: Node) -> NodeResult:
        """Return the row of a dimension or of the whole."""
        item, evaluation = node.index, self.evaluation
        exact = self._node_exact(node)
        reported = self.reported(item)
        below = [evaluation.state(leaf) for leaf in range(*node.below.leaves)]
        return NodeResult(
            id=node.id,
            title=node.source.title,
            parent=self.name(node.parent),
            state=_STATES[evaluation.state(item)],
            **_floats(exact),
            stage=self.stage(evaluation.stage_at(item, POINT)) if reported else None,
            stage_low=self.stage(evaluation.stage_at(item, LOW)),
            stage_high=self.stage(evaluation.stage_at(item, HIGH)),
            reasons=node_reasons(node, evaluation, self.plan),
            exact=exact,
            children=tuple(child.id for child in node.source.children),
            shown=self._shown(exact),
            stage_raw=self.stage(evaluation.stage_at(item, POINT, raw=True)) if reported else None,
            answered=below.count(KNOWN),
            unknown=below.count(UNKNOWN),
            not_applicable=below.count(NOT_APPLICABLE),
        )

    def flag(self, place: int, words: RuleWords) -> FlagResult:
        """Return the row of a flag."""
        flag, evaluation = self.plan.rubric.flags[place], self.evaluation
        raised, possible = evaluation.flag(place, POINT), evaluation.flag(place, LOW)
        return FlagResult(
            id=flag.id,
            title=flag.title,
            severity=flag.severity,
            state="raised" if raised else "possible" if possible else "clear",
            certain=evaluation.flag(place, HIGH),
            says=flag.says,
            remedy=flag.remedy,
            caps=tuple(flag.caps),
            cap_stages=tuple(
                stage
                for cap in flag.caps.values()
                if (stage := self.stage(resolve_stage(cap, self.plan.rubric))) is not None
            ),
            raised_when=words.requirement(flag.raised_when),
        )

    def _node_exact(self, node: Node) -> Exact:
        item, evaluation = node.index, self.evaluation
        if evaluation.state(item) == NOT_APPLICABLE:
            return Exact(not_applicable=Fraction(1), weight=node.weight)
        used, low, high = (evaluation.score(item, mode) for mode in (POINT, LOW, HIGH))
        minimum, maximum = evaluation.ends(item)
        share, contribution = self._part(item)
        return Exact(
            score=used if self.reported(item) else None,
            used=used,
            low=low,
            high=high,
            minimum=minimum,
            maximum=maximum,
            coverage=evaluation.coverage(item),
            not_applicable=evaluation.not_applicable(item),
            weight=node.weight,
            weight_used=share,
            contribution=contribution,
        )

    def _leaf_exact(self, leaf: Leaf) -> Exact:
        state, span = self.evaluation.state(leaf.index), leaf.span
        weight = None if leaf.parent < 0 else leaf.weight
        if state == NOT_APPLICABLE:
            return Exact(minimum=span.low, maximum=span.high, weight=weight, not_applicable=Fraction(1))
        point, low, high = (self.leaf_value(leaf, mode) for mode in (POINT, LOW, HIGH))
        share, contribution = self._part(leaf.index)
        return Exact(
            score=point,
            used=point,
            low=low,
            high=high,
            minimum=span.low,
            maximum=span.high,
            coverage=Fraction(state == KNOWN),
            not_applicable=Fraction(0),
            weight=weight,
            weight_used=share,
            contribution=contribution,
            claimed=self.readings[leaf.index].claimed,
        )

    def _part(self, item: int) -> tuple[Fraction | None, Fraction | None]:
        """Return an item's share of the counted weight in its parent, and what it adds to the parent's score."""
        above = self.plan.leaves[item].parent if item < self.plan.whole else self.plan.node(item).parent
        if above < 0:
            return None, None
        node = self.plan.node(above)
        if node.rule.over == "leaves" and node.children.node_weights:
            return None, None
        counted = self._counted(node)
        if item not in counted.values or not counted.weight or self.evaluation.score(above, POINT) is None:
            return Fraction(0), None
        weight = self.plan.weight_in(node, item)
        share = weight / counted.weight
        if self.evaluation.standing(above) == VOIDED:
            return share, None
        value = counted.values[item]
        if node.rule.normalise:
            low, high = self.evaluation.ends(item)
            value = (value - low) / (high - low) if high > low else Fraction(0)
        match node.rule:
            case Mean():
                return share, share * value
            case Sum() if not counted.left_out:
                return share, weight * value
        return share, None

    def _counted(self, node: Node) -> _Counted:
        """Return what counts in a node's point."""
        if node.index not in self._of_nodes:
            members = [part for part, _ in node.scored.members]
            values = {part: value for part in members if (value := self._part_value(part, node)) is not None}
            self._of_nodes[node.index] = _Counted(
                values=values,
                weight=sum((self.plan.weight_in(node, part) for part in values), Fraction(0)),
                left_out=any(part not in values and self.evaluation.state(part) == UNKNOWN for part in members),
            )
        return self._of_nodes[node.index]

    def _part_value(self, part: int, node: Node) -> Fraction | None:
        """Return the value that a part counts with in the point, or `None` where it does not count."""
        evaluation, fills = self.evaluation, node.policy.missing == "worst"
        state = evaluation.state(part)
        if part >= self.plan.whole:
            score = evaluation.score(part, POINT)
            return evaluation.score(part, LOW) if score is None and fills else score
        if state == KNOWN:
            return evaluation.value(part, POINT)
        return self.plan.ends(part)[0] if fills and state == UNKNOWN else None

    def _shown(self, exact: Exact) -> str | None:
        if exact.score is None or exact.minimum is None or exact.maximum is None:
            return None
        display, value = self.plan.rubric.display, exact.score
        if display.minimum is not None and display.maximum is not None and exact.maximum > exact.minimum:
            share = (value - exact.minimum) / (exact.maximum - exact.minimum)
            value = display.minimum + share * (display.maximum - display.minimum)
        rounded = round_exactly(value, Rounding(digits=display.digits, mode=display.mode))
        whole = abs(int(rounded * 10**display.digits))
        digits = f"{whole:0{display.digits + 1}d}"
        text = f"{digits[: -display.digits]}.{digits[-display.digits :]}" if display.digits else digits
        return f"-{text}" if rounded < 0 else text


def _stage(value: Fraction | None, leaf: Leaf, plan: Plan) -> int | None:
    if value is None or not leaf.span.on_stages:
        return None
    return min(plan.layout.stages, max(1, int(value)))


def _float(value: Fraction | None) -> float | None:
    return None if value is None else float(value)


def _floats(exact: Exact) -> "dict[str, float | None]":
    names = ("score", "low", "high", "coverage", "weight", "weight_used", "contribution")
    return {name: _float(getattr(exact, name)) for name in names}
