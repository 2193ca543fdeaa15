"""What stands between each node and its next stage, as data and in words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from humanai_maturity.engine.obstacles import Obstacle, Source, there
from humanai_maturity.engine.plan import KNOWN, Node
from humanai_maturity.engine.result import Blocker
from humanai_maturity.engine.rows import Rows
from humanai_maturity.engine.staging import cuts_of
from humanai_maturity.engine.terms import POINT
from humanai_maturity.engine.wording import MORE_DIGITS, asked, at_least, cut_off, percent
from humanai_maturity.model.rubric import Cap, Flag
from humanai_maturity.model.rules import (
    AtLeastN,
    CriterionRequirement,
    Cuts,
    DimensionRequirement,
    EvidenceRequirement,
    Kth,
    Lowered,
    Quorum,
    ShareRequirement,
)


def blockers_of(rows: Rows) -> tuple[Blocker, ...]:
    """Return every blocker of every node, the whole first."""
    return tuple(blocker for node in rows.plan.nodes for blocker in _of_node(rows, node))


def _of_node(rows: Rows, node: Node) -> Iterator[Blocker]:
    evaluation, item = rows.evaluation, node.index
    stage = evaluation.stage_at(item, POINT) if rows.reported(item) else None
    teller = _Teller(rows, node, 0 if stage is None else stage + 1)
    yield from map(teller.told, there(evaluation.obstacles(item), evaluation.ask))


@dataclass(frozen=True, slots=True)
class _Teller:
    """Put what stands in the way of one node into figures and words.

    Attributes:
        rows: The rows of the result.
        node: The node.
        target: The number of its next stage; 0 where it has no stage yet.
    """

    rows: Rows
    node: Node
    target: int

    def told(self, obstacle: Obstacle) -> Blocker:
        """Return an obstacle with its figures, and in words."""
        match obstacle.kind, obstacle.source:
            case "required", _:
                return self._required(obstacle)
            case "coverage", _:
                return self._coverage(obstacle)
            case "not_applicable", int() as stage:
                return self._nothing_left(obstacle, stage)
            case "not_applicable", _:
                return self._too_much_away(obstacle)
            case "stage", _:
                return self._child(obstacle, str(obstacle.subject))
            case "capped", _:
                text = "what does not apply cannot lift it: bring what it depends on further"
                return self._made(obstacle, str(self.target), str(self.target - 1), text)
            case "all", _:
                parts = self._parts(obstacle)
                return self._made(obstacle, str(len(parts)), "0", _joined(parts, " and "), parts)
            case "any", _:
                parts = self._parts(obstacle)
                return self._made(obstacle, "1", "0", "one of: " + _joined(parts, " or "), parts)
            case _:
                return self._by_source(obstacle)

    def _by_source(self, obstacle: Obstacle) -> Blocker:
        match obstacle.source:
            case Quorum() as rule:
                return self._quorum(obstacle, rule)
            case Kth() as rule:
                return self._kth(obstacle, rule)
            case Lowered() as rule:
                return self._lowered(obstacle, rule)
            case AtLeastN() as requirement:
                return self._at_least_n(obstacle, requirement)
            case CriterionRequirement() | DimensionRequirement() as requirement:
                return self._atom(obstacle, requirement)
            case ShareRequirement() as requirement:
                return self._share(obstacle, requirement)
            case EvidenceRequirement() as requirement:
                return self._evidence(obstacle, requirement)
            case Cap() as cap:
                return self._cap(obstacle, cap)
            case Flag() as flag:
                return self._made(obstacle, "absent", "raised", flag.remedy or flag.says)
            case rule:
                return self._cut(obstacle, rule)

    def _made(self, obstacle: Obstacle, needed: str, present: str, text: str, parts: Sequence[Blocker] = ()) -> Blocker:
        return Blocker(
            node=self.node.id,
            stage=self.rows.stage(self.target or None),
            kind=obstacle.kind,
            subject=obstacle.subject,
            needed=needed,
            present=present,
            parts=tuple(parts),
            text=text,
        )

    def _parts(self, obstacle: Obstacle) -> list[Blocker]:
        return [self.told(part) for part in there(obstacle.parts, self.rows.evaluation.ask)]

    # What keeps a node from a point.

    def _required(self, obstacle: Obstacle) -> Blocker:
        if self.target:
            text = "answer everything below it: one unknown answer voids it"
            return self._made(obstacle, "every answer", "unknown answers", text)
        return self._made(obstacle, "answers", "unknown", "answer what is unknown below it")

    def _coverage(self, obstacle: Obstacle) -> Blocker:
        floor, coverage = self.node.policy.coverage_floor, self.rows.evaluation.coverage(self.node.index)
        text = f"answer more: {asked(floor)} of the weight is needed, {percent(coverage)} is answered"
        return self._made(obstacle, str(floor), str(coverage), text)

    def _too_much_away(self, obstacle: Obstacle) -> Blocker:
        most, away = self.node.policy.max_not_applicable, self.rows.evaluation.not_applicable(self.node.index)
        text = f"too much does not apply: {percent(away)} of the weight, {asked(most)} is allowed"
        return self._made(obstacle, str(most), str(away), text)

    # What keeps it from its next stage.

    def _cap(self, obstacle: Obstacle, cap: Cap) -> Blocker:
        needed = max(1, self.target - cap.plus)
        present = self.rows.evaluation.stands(self.rows.plan.items[cap.by])
        text = (
            f"{self._title(cap.by)} has to be at {self._stage(needed)}, it is at {self._stage(present)}: {cap.because}"
        )
        return self._made(obstacle, self._stage_id(needed), self._stage_id(present), text)

    def _cut(self, obstacle: Obstacle, rule: Source) -> Blocker:
        score, cut = self.rows.evaluation.score(self.node.index, POINT) or Fraction(0), Fraction(self.target)
        if isinstance(rule, Cuts):
            cut = dict(cuts_of(rule, self.rows.plan))[self.target]
        word = "more than" if isinstance(rule, Cuts) and rule.closed == "right" else "at least"
        text = f"the score has to be {word} {self._needed(cut)}, it is {self._value(score)}"
        return self._made(obstacle, str(cut), str(score), text)

    def _quorum(self, obstacle: Obstacle, rule: Quorum) -> Blocker:
        share = self.rows.evaluation.quorum_share(rule, self.node, self.target)
        reached = f"stand at {self._stage(self.target)} or above"
        text = f"{asked(rule.quorum)} of the weight has to {reached}; {percent(share)} does"
        return self._made(obstacle, str(rule.quorum), str(share), text)

    def _nothing_left(self, obstacle: Obstacle, stage: int) -> Blocker:
        text = f"nothing that {self._stage(stage)} asks for applies, so nothing supports it"
        return self._made(obstacle, self._stage_id(stage), "", text)

    def _child(self, obstacle: Obstacle, name: str) -> Blocker:
        stage = self.rows.evaluation.child_stage(self.rows.plan.items[name], self.node)
        text = f"{self._title(name)} has to be at {self._stage(self.target)}, it is at {self._stage(stage)}"
        return self._made(obstacle, self._stage_id(self.target), self._stage_id(stage), text)

    def _kth(self, obstacle: Obstacle, rule: Kth) -> Blocker:
        of, parts = rule.kth.of, self._parts(obstacle)
        count = len(of) if not isinstance(of, str) else self._children_there()
        needed, reached = count - min(rule.kth.k, count) + 1, count - len(parts)
        open_ = f"{reached} of {count} are at {self._stage(self.target)}, {needed} are needed"
        text = f"{open_}; open: {_joined(parts, '; ')}"
        return self._made(obstacle, str(needed), str(reached), text, parts)

    def _children_there(self) -> int:
        stages = [self.rows.evaluation.child_stage(item, self.node) for item, _ in self.node.children.members]
        return sum(map(bool, stages))

    def _lowered(self, obstacle: Obstacle, rule: Lowered) -> Blocker:
        """Return how many of the unmet requirements have to be met, of which the rule can spare some."""
        spare = (self.rows.evaluation.stage_by(rule.lowered, self.node) - self.target) // rule.by
        parts = self._parts(obstacle)
        needed = len(parts) - spare
        text = f"{needed} of these have to be met, as each takes stages off; open: {_joined(parts, '; ')}"
        return self._made(obstacle, str(needed), "0", text, parts)

    def _at_least_n(self, obstacle: Obstacle, requirement: AtLeastN) -> Blocker:
        met = [self.rows.evaluation.met(each, self.node) for each in requirement.of]
        applicable = sum(each is not None for each in met)
        needed, present, parts = min(requirement.at_least_n, applicable), met.count(True), self._parts(obstacle)
        text = f"{needed} have to be met, {present} are; open: {_joined(parts, '; ')}"
        return self._made(obstacle, str(needed), str(present), text, parts)

    def _atom(self, obstacle: Obstacle, requirement: CriterionRequirement | DimensionRequirement) -> Blocker:
        name = str(obstacle.subject)
        bar = requirement.above if requirement.above is not None else requirement.at_least
        by_stage = isinstance(bar, str)
        present = self._present(name, by_stage=by_stage)
        asked = (
            f"{'above' if requirement.above is not None else 'at least at'} {self._named(str(bar), by_stage=by_stage)}"
        )
        there = "unknown"
        if present:
            there = f"at {self._named(present, by_stage=True) if by_stage else self._value(Fraction(present))}"
        return self._made(obstacle, str(bar), present, f"{self._title(name)} has to be {asked}, it is {there}")

    def _named(self, threshold: str, *, by_stage: bool) -> str:
        if by_stage:
            return self._stage(self.rows.plan.rubric.stage_numbers[threshold])
        return self._needed(Fraction(threshold))

    def _needed(self, value: Fraction) -> str:
        """Return a value that has to be reached, rounded up."""
        return at_least(value, self.rows.plan.rubric.display.digits + MORE_DIGITS)

    def _value(self, value: Fraction) -> str:
        """Return a value cut off, so that it cannot seem to have reached what it has not."""
        return cut_off(value, self.rows.plan.rubric.display.digits + MORE_DIGITS)

    def _present(self, name: str, *, by_stage: bool) -> str:
        """Return where an item stands for a requirement: its stage's id or its value; empty while unknown."""
        item, evaluation = self.rows.plan.items[name], self.rows.evaluation
        if evaluation.state(item) != KNOWN:
            return ""
        return self._stage_id(evaluation.stands(item)) if by_stage else str(evaluation.worth(item))

    def _share(self, obstacle: Obstacle, requirement: ShareRequirement) -> Blocker:
        plan = self.rows.plan
        bar = {"at_least": requirement.at_least} if requirement.above is None else {"above": requirement.above}
        standing: dict[str, bool | None] = {}
        for name in requirement.of:
            kind = DimensionRequirement if plan.items[name] >= plan.whole else CriterionRequirement
            key = "dimension" if kind is DimensionRequirement else "criterion"
            standing[name] = self.rows.evaluation.met(kind.model_validate({key: name, **bar}), self.node)
        weights = {name: plan.weight(plan.items[name]) for name, met in standing.items() if met is not None}
        share = sum((weight for name, weight in weights.items() if standing[name]), Fraction(0)) / sum(
            weights.values(), Fraction(0)
        )
        lacking = [self._title(name) for name, met in standing.items() if met is False]
        there = f"{asked(requirement.share)} of the weight is needed, {percent(share)} is there"
        text = f"{there}; short: {', '.join(lacking)}"
        return self._made(obstacle, str(requirement.share), str(share), text)

    def _evidence(self, obstacle: Obstacle, requirement: EvidenceRequirement) -> Blocker:
        share = self.rows.evaluation.evidence_share(self.node, requirement.evidence)
        grade = next(grade for grade in self.rows.plan.rubric.evidence_grades if grade.id == requirement.evidence)
        name = grade.title or grade.id
        rest = f"rest on evidence of the grade {name} or better"
        text = f"{asked(requirement.share)} of the weight has to {rest}; {percent(share)} does"
        return self._made(obstacle, str(requirement.share), str(share), text)

    def _title(self, name: str) -> str:
        item = self.rows.plan.items[name]
        if item < self.rows.plan.whole:
            return self.rows.plan.leaves[item].question.title
        return self.rows.plan.node(item).source.title

    def _stage(self, number: int) -> str:
        return self.rows.plan.rubric.stages[number - 1].title

    def _stage_id(self, number: int) -> str:
        return self.rows.plan.rubric.stages[number - 1].id


def _joined(blockers: Sequence[Blocker], word: str) -> str:
    return word.join(blocker.text for blocker in blockers)
