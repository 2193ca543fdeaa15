"""What holds criteria and nodes down, as phrases: prerequisites, counter-metrics, caps and flags."""

from collections.abc import Collection
from dataclasses import dataclass
from fractions import Fraction

from humanai_maturity.engine.conditions import required
from humanai_maturity.engine.plan import Leaf, Plan
from humanai_maturity.engine.terms import LOW, POINT, Mode, Terms, in_unit
from humanai_maturity.model.ranges import resolve_stage
from humanai_maturity.model.rubric import Cap, Counter, Criterion, Flag, Prerequisite


@dataclass(frozen=True, slots=True)
class Limit:
    """One thing that holds a criterion or a node down.

    Attributes:
        source: What the rubric says.
        when: Whether it holds, as a phrase.
        most: The most that it leaves, as a phrase: for a criterion a value in the unit, for a node a stage.
    """

    source: Prerequisite | Counter | Cap | Flag
    when: str
    most: str

    @property
    def phrase(self) -> str:
        """Return the most that it leaves, or `None` where it does not hold."""
        return f"{self.most} if {self.when} else None"


def falls_short(leaf: Leaf, plan: Plan) -> bool:
    """Return whether even the best answer to a criterion does not reach the top stage."""
    return leaf.span.on_stages and leaf.span.high < plan.layout.stages


def limited_leaves(plan: Plan) -> Collection[int]:
    """Return the criteria that something but evidence can hold down."""
    held = {name for cap in plan.rubric.caps for name in cap.cap} | {n for flag in plan.rubric.flags for n in flag.caps}
    return frozenset(
        leaf.index
        for leaf in plan.leaves
        if isinstance(leaf.question, Criterion)
        and (leaf.question.prerequisites or leaf.question.counter or leaf.question.id in held)
    )


def leaf_limits(leaf: Leaf, mode: Mode, terms: Terms) -> tuple[Limit, ...]:
    """Return everything but evidence that holds a criterion down."""
    question = leaf.question
    if not isinstance(question, Criterion):
        return ()
    found = [_prerequisite(each, mode, terms) for each in question.prerequisites]
    if question.counter is not None:
        found += _counter(question.counter, mode, terms)
    stages = stage_limits(question.id, mode, terms)
    return (*found, *(Limit(each.source, each.when, f"{each.most} * unit") for each in stages))


def stage_limits(name: str, mode: Mode, terms: Terms) -> tuple[Limit, ...]:
    """Return the caps and flags that hold an item's stage down."""
    rubric = terms.plan.rubric
    caps = [_cap(cap, mode, terms) for cap in rubric.caps if name in cap.cap]
    flags = [
        Limit(flag, f"f{place}{mode}", str(resolve_stage(flag.caps[name], rubric)))
        for place, flag in enumerate(rubric.flags)
        if name in flag.caps
    ]
    return (*caps, *flags)


def _prerequisite(needed: Prerequisite, mode: Mode, terms: Terms) -> Limit:
    met = required(terms.plan.items[needed.criterion], needed.at_least, mode, terms, strict=False)
    unmet = f"{met} == 0" if terms.reduced else f"not {met}"
    return Limit(needed, unmet, f"{resolve_stage(needed.for_stage, terms.plan.rubric) - 1} * unit")


def _counter(counter: Counter, mode: Mode, terms: Terms) -> list[Limit]:
    """Return how far above its counter-metric a criterion may stand; unknown, that one may be anything."""
    item, plan = terms.plan.items[counter.criterion], terms.plan
    known = f"({terms.cell(item, mode)} >> {plan.layout.shift}) + {in_unit(counter.plus)}"
    if terms.complete:
        return [Limit(counter, "True", known)]
    supported = None if counter.unknown_supports is None else resolve_stage(counter.unknown_supports, plan.rubric)
    if mode == POINT and supported is None:
        return [Limit(counter, f"c{item}", known)]
    if mode == POINT:
        unknown = f"{supported} * unit"
    else:
        most = terms.end(item, mode) + counter.plus
        unknown = in_unit(min(most, Fraction(supported)) if mode == LOW and supported is not None else most)
    return [Limit(counter, terms.applies(item), f"({known} if c{item} else {unknown})")]


def _cap(cap: Cap, mode: Mode, terms: Terms) -> Limit:
    by, rubric = terms.plan.items[cap.by], terms.plan.rubric
    free = 0 if cap.from_stage is None else resolve_stage(cap.from_stage, rubric) - 1
    most = f"{terms.stands(by, mode)} + {cap.plus}" if cap.plus else terms.stands(by, mode)
    return Limit(cap, terms.applies(by), f"max({free}, {most})" if free else f"({most})")
