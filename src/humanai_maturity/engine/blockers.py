"""What stands between each node and its next stage, as data."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from humanai_maturity.engine.plan import KNOWN, NOT_APPLICABLE, Node
from humanai_maturity.engine.result import Blocker
from humanai_maturity.engine.rows import Rows
from humanai_maturity.engine.staging import cuts_of
from humanai_maturity.engine.status import BLOCKED, NO_POINT, VOIDED
from humanai_maturity.engine.terms import POINT
from humanai_maturity.engine.wording import MORE_DIGITS, asked, at_least, cut_off, percent
from humanai_maturity.model.ranges import resolve_stage
from humanai_maturity.model.rubric import Cap, Flag
from humanai_maturity.model.rules import (
    All,
    AnyOf,
    AtLeastN,
    CriterionRequirement,
    Cuts,
    DimensionRequirement,
    EvidenceRequirement,
    FlagAbsent,
    Gates,
    Highest,
    Kth,
    Lowered,
    Lowest,
    Quorum,
    Requirement,
    ShareRequirement,
    StageRule,
)


def blockers_of(rows: Rows) -> tuple[Blocker, ...]:
    """Return every blocker of every node, the whole first."""
    return tuple(blocker for node in rows.plan.nodes for blocker in _Finder(rows, node).blockers())


@dataclass(frozen=True, slots=True)
class _Finder:
    """Find the blockers of one node."""

    rows: Rows
    node: Node

    def blockers(self) -> Iterator[Blocker]:
        """Yield what has to change before the node is at its next stage."""
        evaluation, item = self.rows.evaluation, self.node.index
        if not self.node.has_stage or evaluation.state(item) == NOT_APPLICABLE:
            return
        if not self.rows.reported(item):
            yield from self._no_point()
            return
        stage = evaluation.stage_at(item, POINT)
        if stage is None or stage == self.rows.plan.layout.stages:
            return
        target = stage + 1
        if evaluation.standing(item) == VOIDED:
            yield self._make(
                target,
                "required",
                self.node.id,
                "every answer",
                "unknown answers",
                text="answer everything below it: one unknown answer voids it",
            )
        else:
            yield from self._rule(self.node.stage_rule, target)
        yield from self._held(target)

    def _make(  # noqa: PLR0913
        self,
        target: int | None,
        kind: str,
        subject: str | None,
        needed: str,
        present: str,
        *,
        text: str,
        parts: Iterable[Blocker] = (),
    ) -> Blocker:
        return Blocker(
            node=self.node.id,
            stage=self.rows.stage(target),
            kind=kind,
            subject=subject,
            needed=needed,
            present=present,
            parts=tuple(parts),
            text=text,
        )

    def _no_point(self) -> Iterator[Blocker]:
        evaluation, item, policy = self.rows.evaluation, self.node.index, self.node.policy
        coverage, away = evaluation.coverage(item), evaluation.not_applicable(item)
        standing = evaluation.standing(item)
        if standing in {NO_POINT, BLOCKED}:
            yield self._make(
                None, "required", self.node.id, "answers", "unknown", text="answer what is unknown below it"
            )
        elif policy.missing == "leave_out" and coverage < policy.coverage_floor:
            needed = f"{asked(policy.coverage_floor)} of the weight is needed"
            text = f"answer more: {needed}, {percent(coverage)} is answered"
            yield self._make(None, "coverage", self.node.id, str(policy.coverage_floor), str(coverage), text=text)
        if away > policy.max_not_applicable:
            most = asked(policy.max_not_applicable)
            text = f"too much does not apply: {percent(away)} of the weight, {most} is allowed"
            yield self._make(None, "not_applicable", self.node.id, str(policy.max_not_applicable), str(away), text=text)

    def _held(self, target: int) -> Iterator[Blocker]:
        """Yield the caps and flags that keep the node below the target; of several caps by one node, the strictest."""
        evaluation, item = self.rows.evaluation, self.node.index
        binding = [limit.source for limit, most in evaluation.limits(item, POINT) if most < target]
        caps = sorted((source for source in binding if isinstance(source, Cap)), key=lambda cap: -cap.plus)
        yield from ({cap.by: self._cap(cap, target) for cap in caps}.values())
        for flag in binding:
            if isinstance(flag, Flag):
                yield self._make(target, "flag", flag.id, "absent", "raised", text=flag.remedy or flag.says)
        if evaluation.capped(item):
            text = "what does not apply cannot lift it: bring what it depends on further"
            yield self._make(target, "capped", self.node.id, str(target), str(target - 1), text=text)

    def _cap(self, cap: Cap, target: int) -> Blocker:
        needed = max(1, target - cap.plus)
        present = self.rows.evaluation.stands(self.rows.plan.items[cap.by])
        text = (
            f"{self._title(cap.by)} has to be at {self._stage(needed)}, it is at {self._stage(present)}: {cap.because}"
        )
        return self._make(target, "cap", cap.by, self._stage_id(needed), self._stage_id(present), text=text)

    def _rule(self, rule: StageRule | None, target: int) -> Iterator[Blocker]:
        """Yield what keeps a stage rule below the target."""
        if self.rows.evaluation.stage_by(rule, self.node) >= target:
            return
        match rule:
            case None:
                yield self._cut(Fraction(target), target, closed="left")
            case Cuts():
                yield self._cut(dict(cuts_of(rule, self.rows.plan))[target], target, closed=rule.closed)
            case Quorum():
                yield self._quorum(rule, target)
            case Gates():
                yield from self._gates(rule, target)
            case Lowest(lowest=of):
                yield from self._members(of, target)
            case Highest(highest=of):
                members = list(self._members(of, target))
                yield self._make(
                    target, "any", None, "1", "0", parts=members, text="one of: " + _joined(members, " or ")
                )
            case Kth(kth=kth):
                yield self._kth(kth.of, kth.k, target)
            case Lowered():
                yield from self._lowered(rule, target)

    def _lowered(self, rule: Lowered, target: int) -> Iterator[Blocker]:
        """Yield what keeps the other rule below the target, and as many of the unmet requirements as it takes."""
        yield from self._rule(rule.lowered, target)
        spare = max(0, self.rows.evaluation.stage_by(rule.lowered, self.node) - target) // rule.by
        unmet = [part for each in rule.each if (part := self._together(each, target)) is not None]
        needed = len(unmet) - spare
        if spare and needed > 0:
            text = f"{needed} of these have to be met, as each takes stages off; open: {_joined(unmet, '; ')}"
            yield self._make(target, "at_least_n", None, str(needed), "0", parts=unmet, text=text)
        elif needed > 0:
            yield from unmet

    def _cut(self, cut: Fraction, target: int, *, closed: str) -> Blocker:
        score = self.rows.evaluation.score(self.node.index, POINT) or Fraction(0)
        word = "at least" if closed == "left" else "more than"
        text = f"the score has to be {word} {self._needed(cut)}, it is {self._value(score)}"
        return self._make(target, "cut", self.node.id, str(cut), str(score), text=text)

    def _quorum(self, rule: Quorum, target: int) -> Blocker:
        share = self.rows.evaluation.quorum_share(rule, self.node, target)
        reached = f"stand at {self._stage(target)} or above"
        text = f"{asked(rule.quorum)} of the weight has to {reached}; {percent(share)} does"
        return self._make(target, "quorum", self.node.id, str(rule.quorum), str(share), text=text)

    def _gates(self, rule: Gates, target: int) -> Iterator[Blocker]:
        plan = self.rows.plan
        ordered = sorted(rule.gates.items(), key=lambda gate: resolve_stage(gate[0], plan.rubric))
        for stage, requirement in ordered:
            met = self.rows.evaluation.met(requirement, self.node)
            if resolve_stage(stage, plan.rubric) > target or (met is None and rule.vacuous == "met") or met:
                continue
            if met is None:
                name = self._stage(resolve_stage(stage, plan.rubric))
                text = f"nothing that {name} asks for applies, so nothing supports it"
                yield self._make(target, "not_applicable", self.node.id, stage, "", text=text)
            else:
                yield from self._unmet(requirement, target)

    def _unmet(self, requirement: Requirement, target: int) -> Iterator[Blocker]:
        """Yield what keeps a requirement from being met."""
        if self.rows.evaluation.met(requirement, self.node) is not False:
            return
        match requirement:
            case CriterionRequirement():
                yield self._atom(requirement.criterion, requirement, target)
            case DimensionRequirement():
                yield self._atom(requirement.dimension, requirement, target)
            case ShareRequirement():
                yield self._share(requirement, target)
            case EvidenceRequirement():
                yield self._evidence(requirement, target)
            case FlagAbsent():
                flag = self.rows.plan.rubric.flags[self.rows.plan.flags[requirement.flag_absent]]
                yield self._make(target, "flag", flag.id, "absent", "raised", text=flag.remedy or flag.says)
            case All():
                for each in requirement.all:
                    yield from self._unmet(each, target)
            case AnyOf():
                members = [part for each in requirement.any if (part := self._together(each, target)) is not None]
                yield self._make(
                    target, "any", None, "1", "0", parts=members, text="one of: " + _joined(members, " or ")
                )
            case AtLeastN():
                yield self._at_least_n(requirement, target)

    def _together(self, requirement: Requirement, target: int) -> Blocker | None:
        """Return an unmet requirement as one blocker."""
        found = list(self._unmet(requirement, target))
        if len(found) > 1:
            return self._make(target, "all", None, str(len(found)), "0", parts=found, text=_joined(found, " and "))
        return found[0] if found else None

    def _at_least_n(self, requirement: AtLeastN, target: int) -> Blocker:
        met = [self.rows.evaluation.met(each, self.node) for each in requirement.of]
        applicable = sum(each is not None for each in met)
        members = [part for each in requirement.of if (part := self._together(each, target)) is not None]
        needed, present = min(requirement.at_least_n, applicable), met.count(True)
        text = f"{needed} have to be met, {present} are; open: {_joined(members, '; ')}"
        return self._make(target, "at_least_n", None, str(needed), str(present), parts=members, text=text)

    def _atom(self, name: str, requirement: CriterionRequirement | DimensionRequirement, target: int) -> Blocker:
        bar = requirement.above if requirement.above is not None else requirement.at_least
        by_stage = isinstance(bar, str)
        present = self._present(name, by_stage=by_stage)
        asked = (
            f"{'above' if requirement.above is not None else 'at least at'} {self._named(str(bar), by_stage=by_stage)}"
        )
        there = "unknown"
        if present:
            there = f"at {self._named(present, by_stage=True) if by_stage else self._value(Fraction(present))}"
        text = f"{self._title(name)} has to be {asked}, it is {there}"
        return self._make(target, "requirement", name, str(bar), present, text=text)

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

    def _share(self, requirement: ShareRequirement, target: int) -> Blocker:
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
        return self._make(target, "share", None, str(requirement.share), str(share), text=text)

    def _evidence(self, requirement: EvidenceRequirement, target: int) -> Blocker:
        share = self.rows.evaluation.evidence_share(self.node, requirement.evidence)
        grade = next(grade for grade in self.rows.plan.rubric.evidence_grades if grade.id == requirement.evidence)
        name = grade.title or grade.id
        rest = f"rest on evidence of the grade {name} or better"
        text = f"{asked(requirement.share)} of the weight has to {rest}; {percent(share)} does"
        return self._make(target, "evidence", requirement.evidence, str(requirement.share), str(share), text=text)

    def _members(self, of: str | Sequence[StageRule], target: int) -> Iterator[Blocker]:
        """Yield what keeps each member of a list of rules, or each child, below the target."""
        if not isinstance(of, str):
            for rule in of:
                found = list(self._rule(rule, target))
                if len(found) > 1:
                    yield self._make(
                        target, "all", None, str(len(found)), "0", parts=found, text=_joined(found, " and ")
                    )
                else:
                    yield from found
            return
        for item, _ in self.node.children.members:
            if 0 < (stage := self.rows.evaluation.child_stage(item, self.node)) < target:
                name = str(self.rows.name(item))
                text = f"{self._title(name)} has to be at {self._stage(target)}, it is at {self._stage(stage)}"
                yield self._make(target, "stage", name, self._stage_id(target), self._stage_id(stage), text=text)

    def _kth(self, of: str | Sequence[StageRule], k: int, target: int) -> Blocker:
        members = list(self._members(of, target))
        count = (
            len(of)
            if not isinstance(of, str)
            else sum(bool(self.rows.evaluation.child_stage(item, self.node)) for item, _ in self.node.children.members)
        )
        needed = count - min(k, count) + 1
        there = f"{count - len(members)} of {count} are at {self._stage(target)}, {needed} are needed"
        text = f"{there}; open: {_joined(members, '; ')}"
        return self._make(target, "at_least_n", None, str(needed), str(count - len(members)), parts=members, text=text)

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
