"""What can stand between a node and its next stage, in order; each thing with the phrase that says whether it does.

This is written once: `blockers` asks the phrases of one assessment and puts the answers into words, and the room
`frames` asks them of whole columns. They are phrases of a program's source, and read what the program found.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias, assert_never

from humanai_maturity.engine.conditions import GONE, gate_condition
from humanai_maturity.engine.limits import Limit, stage_limits
from humanai_maturity.engine.plan import Node
from humanai_maturity.engine.staging import child_stage, gates_of, stage_phrase
from humanai_maturity.engine.status import BLOCKED, NO_POINT, VOIDED, all_weight
from humanai_maturity.engine.terms import POINT, Terms
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

Source: TypeAlias = StageRule | Requirement | Cap | Flag | int | None
"""What the rubric says; for a gate of which nothing is left, the number of its stage."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Obstacle:
    """One thing that can stand in the way.

    Attributes:
        when: Whether it does, as a phrase.
        kind: What kind of thing it is.
        subject: The id of what it is about, if that is one thing.
        source: What the rubric says.
        parts: What it is made of.
    """

    when: str
    kind: str
    subject: str | None = None
    source: Source = None
    parts: "tuple[Way, ...]" = ()

    @property
    def label(self) -> str:
        """Return its kind and subject as one text."""
        return self.kind if self.subject is None else f"{self.kind}: {self.subject}"


@dataclass(frozen=True, slots=True)
class Under:
    """What can stand in the way only under a condition.

    Attributes:
        when: The condition, as a phrase.
        parts: What can stand in the way then.
    """

    when: str
    parts: "tuple[Way, ...]"


@dataclass(frozen=True, slots=True)
class Together:
    """What counts as one thing, of the kind `all`, where more than one part of it stands in the way.

    Attributes:
        parts: Its parts.
    """

    parts: "tuple[Way, ...]"


Way: TypeAlias = Obstacle | Under | Together
"""A way in which something can stand in the way."""

ALL = "all"
"""The kind of several obstacles that count as one."""


def there(ways: Iterable[Way], ask: Callable[[str], object]) -> Iterator[Obstacle]:
    """Yield what stands in the way, in order; `ask` answers phrases."""
    for way in ways:
        match way:
            case Obstacle():
                if ask(way.when):
                    yield way
            case Under():
                if ask(way.when):
                    yield from there(way.parts, ask)
            case Together():
                found = tuple(there(way.parts, ask))
                yield from found if len(found) < _SEVERAL else (Obstacle(when="True", kind=ALL, parts=found),)
            case _:
                assert_never(way)


_SEVERAL = 2


def labels(ways: Iterable[Way]) -> Iterator[str]:
    """Yield the label of everything that can come first."""
    for way in ways:
        match way:
            case Obstacle():
                yield way.label
            case Under():
                yield from labels(way.parts)
            case Together():
                yield ALL
                yield from labels(way.parts)
            case _:
                assert_never(way)


def obstacles_of(node: Node, terms: Terms) -> tuple[Way, ...]:
    """Return everything that can stand between a node and its next stage, or a point where it has none."""
    if not node.has_stage:
        return ()
    below_top = f"s{node.index}p < {terms.plan.layout.stages}"
    walk = _Walk(node, terms)
    if terms.complete:
        return (Under(below_top, tuple(walk.next_stage())),)
    return (
        Under(f"not r{node.index} and {terms.applies(node.index)}", tuple(walk.no_point())),
        Under(f"r{node.index} and {below_top}", tuple(walk.next_stage())),
    )


@dataclass(frozen=True, slots=True)
class _Walk:
    """Walk over what the rubric says of one node."""

    node: Node
    terms: Terms

    def no_point(self) -> Iterator[Way]:
        """Yield what can keep it from a point."""
        item, policy = self.node.index, self.node.policy
        unknown = f"not k{item}" if self.terms.plan.leaves_out_only else f"p{item} in ({NO_POINT}, {BLOCKED})"
        yield Obstacle(when=unknown, kind="required", subject=self.node.id)
        if policy.missing == "leave_out":
            num, den = policy.floor
            short = f"k{item} * {den} < {num} * w{item}"
            yield Obstacle(when=f"not ({unknown}) and {short}", kind="coverage", subject=self.node.id)
        if self.terms.reduced:
            num, den = policy.guard
            most = num * all_weight(self.node.scored, self.terms.plan)
            yield Obstacle(when=f"a{item} * {den} > {most}", kind="not_applicable", subject=self.node.id)

    def next_stage(self) -> Iterator[Way]:
        """Yield what can keep it below its next stage."""
        ruled = tuple(self._rule(self.node.stage_rule))
        if self.node.policy.missing == "void" and not self.terms.complete:
            voided = f"p{self.node.index} == {VOIDED}"
            yield Obstacle(when=voided, kind="required", subject=self.node.id)
            yield Under(f"not {voided}", ruled)
        else:
            yield from ruled
        yield from self._held()

    @property
    def _stage(self) -> str:
        """Return the stage at which the node stands: what gives no more keeps it there."""
        return f"s{self.node.index}p"

    def _falls_short(self, rule: StageRule | None) -> str:
        """Return whether a rule gives no more than the stage at which the node stands."""
        own = rule is self.node.stage_rule and not self.terms.lifting
        given = f"g{self.node.index}p" if own else stage_phrase(rule, self.node, POINT, self.terms)
        return f"{given} <= {self._stage}"

    def _held(self) -> Iterator[Way]:
        """Yield caps and flags; of several caps by one node, the strictest that binds."""
        limits = stage_limits(self.node.id, POINT, self.terms)
        caps = [(limit.source, self._binds(limit)) for limit in limits if isinstance(limit.source, Cap)]
        for place, (cap, binds) in enumerate(caps):
            stricter = [
                other_binds
                for other_place, (other, other_binds) in enumerate(caps)
                if other.by == cap.by and (-other.plus, other_place) > (-cap.plus, place)
            ]
            when = f"{binds} and not ({' or '.join(stricter)})" if stricter else binds
            yield Obstacle(when=when, kind="cap", subject=cap.by, source=cap)
        for limit in limits:
            if isinstance(limit.source, Flag):
                yield Obstacle(when=self._binds(limit), kind="flag", subject=limit.source.id, source=limit.source)
        if self.terms.lifting:
            yield Obstacle(when=f"x{self.node.index}", kind="capped", subject=self.node.id)

    def _binds(self, limit: Limit) -> str:
        return f"({limit.when} and {limit.most} <= {self._stage})"

    def _rule(self, rule: StageRule | None) -> Iterator[Way]:
        """Yield what can keep a stage rule from more than the node's stage."""
        match rule:
            case None | Cuts():
                yield Obstacle(when=self._falls_short(rule), kind="cut", subject=self.node.id, source=rule)
            case Quorum():
                yield Obstacle(when=self._falls_short(rule), kind="quorum", subject=self.node.id, source=rule)
            case Gates():
                yield from self._gates(rule)
            case Lowest(lowest=of):
                yield from self._members(of)
            case Highest(highest=of):
                parts = tuple(self._members(of))
                yield Obstacle(when=self._falls_short(rule), kind="any", source=rule, parts=parts)
            case Kth(kth=kth):
                parts = tuple(self._members(kth.of))
                yield Obstacle(when=self._falls_short(rule), kind="at_least_n", source=rule, parts=parts)
            case Lowered():
                yield Under(self._falls_short(rule), tuple(self._lowered(rule)))
            case _:
                assert_never(rule)

    def _gates(self, rule: Gates) -> Iterator[Way]:
        for stage, requirement in gates_of(rule, self.terms.plan):
            ways = [*self._unmet(requirement)]
            if self.terms.reduced and rule.vacuous != "met":
                gone = f"{gate_condition(requirement, self.node, POINT, self.terms)} == {GONE}"
                ways.append(Obstacle(when=gone, kind="not_applicable", subject=self.node.id, source=stage))
            yield Under(f"{self._stage} >= {stage - 1}", tuple(ways))

    def _members(self, of: str | Sequence[StageRule]) -> Iterator[Way]:
        """Yield what can keep each member of a list of rules, or each child, from more than the node's stage."""
        if not isinstance(of, str):
            yield from (Together(tuple(self._rule(rule))) for rule in of)
            return
        names = {item: name for name, item in self.terms.plan.items.items()}
        for item, _ in self.node.children.members:
            stage = child_stage(item, self.node, POINT, self.terms)
            yield Obstacle(when=f"{stage} > 0 and {stage} <= {self._stage}", kind="stage", subject=names[item])

    def _lowered(self, rule: Lowered) -> Iterator[Way]:
        """Yield what can hold down the other rule, then the requirements; where it can spare some, how many count."""
        yield from self._rule(rule.lowered)
        unmet = tuple(self._together(each) for each in rule.each)
        spares = f"{stage_phrase(rule.lowered, self.node, POINT, self.terms)} > {self._stage} + {rule.by}"
        yield Obstacle(when=spares, kind="at_least_n", source=rule, parts=unmet)
        yield Under(f"not {spares}", unmet)

    def _together(self, requirement: Requirement) -> Together:
        return Together(tuple(self._unmet(requirement)))

    def _unmet(self, requirement: Requirement) -> Iterator[Way]:
        """Yield what can keep a requirement from being met."""

        def obstacle(kind: str, subject: str | None = None, source: Source = requirement, *parts: Way) -> Obstacle:
            met = gate_condition(requirement, self.node, POINT, self.terms)
            unmet = f"{met} == 0" if self.terms.reduced else f"not {met}"
            return Obstacle(when=unmet, kind=kind, subject=subject, source=source, parts=parts)

        match requirement:
            case CriterionRequirement():
                yield obstacle("requirement", requirement.criterion)
            case DimensionRequirement():
                yield obstacle("requirement", requirement.dimension)
            case ShareRequirement():
                yield obstacle("share")
            case EvidenceRequirement():
                yield obstacle("evidence", requirement.evidence)
            case FlagAbsent(flag_absent=name):
                yield obstacle("flag", name, self.terms.plan.rubric.flags[self.terms.plan.flags[name]])
            case All():
                for each in requirement.all:
                    yield from self._unmet(each)
            case AnyOf():
                yield obstacle("any", None, requirement, *map(self._together, requirement.any))
            case AtLeastN():
                yield obstacle("at_least_n", None, requirement, *map(self._together, requirement.of))
            case _:
                assert_never(requirement)
