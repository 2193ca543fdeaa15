"""What holds criteria and nodes down: prerequisites, counter-metrics, caps and flags, linked to a plan."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from humanai_maturity.engine.conditions import Condition, required
from humanai_maturity.engine.passes import HIGH, POINT, Pass
from humanai_maturity.engine.plan import KNOWN, NOT_APPLICABLE, UNKNOWN, Leaf, Plan
from humanai_maturity.model.ranges import resolve_stage
from humanai_maturity.model.rubric import Cap, Counter, Criterion, Flag, Prerequisite

Most: TypeAlias = Callable[[Pass], int | None]
"""Returns the most that something may be in a pass; `None` where there is no limit."""


@dataclass(frozen=True, slots=True)
class Limit:
    """One thing that holds a criterion or a node down.

    Attributes:
        most: The most that it leaves: for a criterion a value in the pass's unit, for a node a stage.
        source: What the rubric says.
    """

    most: Most
    source: Prerequisite | Counter | Cap | Flag


def falls_short(leaf: Leaf, plan: Plan) -> bool:
    """Return whether even the best answer to a criterion does not reach the top stage."""
    return leaf.span.on_stages and leaf.span.high < plan.layout.stages


def leaf_limits(leaf: Leaf, plan: Plan) -> tuple[Limit, ...]:
    """Return everything but evidence that holds a criterion down."""
    question = leaf.question
    if not isinstance(question, Criterion):
        return ()
    found: list[Limit] = []
    for needed in question.prerequisites:
        met = required(plan, plan.items[needed.criterion], needed.at_least, strict=False)
        found.append(Limit(_unless(met, resolve_stage(needed.for_stage, plan.rubric) - 1), needed))
    if question.counter is not None:
        found.append(Limit(_counter(question.counter, plan), question.counter))
    return (*found, *(Limit(_in_unit(each.most), each.source) for each in stage_limits(question.id, plan)))


def stage_limits(name: str, plan: Plan) -> tuple[Limit, ...]:
    """Return the caps and flags that hold an item's stage down."""
    caps = [Limit(_cap(cap, plan), cap) for cap in plan.rubric.caps if name in cap.cap]
    flags = [
        Limit(_flag(place, resolve_stage(flag.caps[name], plan.rubric)), flag)
        for place, flag in enumerate(plan.rubric.flags)
        if name in flag.caps
    ]
    return (*caps, *flags)


def _in_unit(stage: Most) -> Most:
    def most(seen: Pass) -> int | None:
        number = stage(seen)
        return None if number is None else number * seen.unit

    return most


def _unless(met: Condition, stage: int) -> Most:
    return lambda seen: stage * seen.unit if met(seen) is False else None


def _counter(counter: Counter, plan: Plan) -> Most:
    item = plan.items[counter.criterion]
    num, den = counter.plus.as_integer_ratio()
    ceiling = None if counter.unknown_supports is None else resolve_stage(counter.unknown_supports, plan.rubric)

    def most(seen: Pass) -> int | None:
        state = seen.state[item]
        if state == NOT_APPLICABLE:
            return None
        if state == UNKNOWN and seen.mode == POINT:
            return None if ceiling is None else ceiling * seen.unit
        held = (seen.cell[item] >> seen.shift) + num * seen.unit // den
        return held if state == KNOWN or seen.mode == HIGH or ceiling is None else min(held, ceiling * seen.unit)

    return most


def _flag(place: int, stage: int) -> Most:
    return lambda seen: stage if seen.flags[place] else None


def _cap(cap: Cap, plan: Plan) -> Most:
    by = plan.items[cap.by]
    plus, counters = cap.plus, plan.layout.counters
    free = 0 if cap.from_stage is None else resolve_stage(cap.from_stage, plan.rubric) - 1

    def most(seen: Pass) -> int | None:
        if seen.state[by] == NOT_APPLICABLE:
            return None
        sure = seen if seen.mode != POINT or seen.reported[by] else seen.low or seen
        return max(free, (sure.cell[by] & counters).bit_count() + plus)

    return most
