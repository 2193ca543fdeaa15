"""Requirements as functions of one pass of the evaluation, linked to a plan.

A requirement of a gate is `True` (met), `False` (not met) or `None` (gone, because nothing that it asks about is
applicable). A condition of a flag is `True` (triggered) or `False`: what does not apply triggers nothing.
"""

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import TypeAlias, assert_never

from humanai_maturity.engine.passes import HIGH, POINT, Pass
from humanai_maturity.engine.plan import KNOWN, NOT_APPLICABLE, UNKNOWN, Node, Plan
from humanai_maturity.model.rules import (
    All,
    AnyOf,
    AtLeastN,
    CriterionRequirement,
    DimensionRequirement,
    EvidenceRequirement,
    FlagAbsent,
    Requirement,
    ShareRequirement,
)

Condition: TypeAlias = Callable[[Pass], bool | None]


def gate_condition(requirement: Requirement, plan: Plan, node: Node) -> Condition:
    """Return a gate's requirement as a function; `node` is where the gate stands."""
    match requirement:
        case CriterionRequirement():
            return _atom(requirement.criterion, requirement, plan)
        case DimensionRequirement():
            return _atom(requirement.dimension, requirement, plan)
        case ShareRequirement():
            atoms = [_atom(name, requirement, plan) for name in requirement.of]
            return _share(atoms, [plan.weight(plan.items[name]) for name in requirement.of], requirement.share)
        case EvidenceRequirement():
            return _evidence(requirement, plan, node)
        case FlagAbsent():
            return _flag_absent(plan.flags[requirement.flag_absent])
        case All():
            return _every([gate_condition(each, plan, node) for each in requirement.all])
        case AnyOf():
            return _some([gate_condition(each, plan, node) for each in requirement.any])
        case AtLeastN():
            return _count([gate_condition(each, plan, node) for each in requirement.of], requirement.at_least_n)
        case _:
            assert_never(requirement)


def flag_condition(requirement: Requirement, plan: Plan, *, cautious: bool) -> Callable[[Pass], bool]:
    """Return what raises a flag as a function.

    Args:
        requirement: The flag's `raised_when`.
        plan: The plan.
        cautious: Whether, in the point, an unknown answer triggers as the worst answer would.
    """
    match requirement:
        case CriterionRequirement():
            return _triggered(plan, plan.items[requirement.criterion], requirement, cautious=cautious)
        case DimensionRequirement():
            return _triggered(plan, plan.items[requirement.dimension], requirement, cautious=cautious)
        case ShareRequirement():
            items = [plan.items[name] for name in requirement.of]
            atoms = [_triggered(plan, item, requirement, cautious=cautious) for item in items]
            return _triggered_share(atoms, items, [plan.weight(item) for item in items], requirement.share)
        case All():
            parts = [flag_condition(each, plan, cautious=cautious) for each in requirement.all]
            return lambda seen: all(part(seen) for part in parts)
        case AnyOf():
            parts = [flag_condition(each, plan, cautious=cautious) for each in requirement.any]
            return lambda seen: any(part(seen) for part in parts)
        case AtLeastN():
            parts = [flag_condition(each, plan, cautious=cautious) for each in requirement.of]
            needed = requirement.at_least_n
            return lambda seen: sum(part(seen) for part in parts) >= needed
        case EvidenceRequirement() | FlagAbsent():
            message = "a flag asks for less only, which evidence and other flags cannot say"
            raise TypeError(message)
        case _:
            assert_never(requirement)


def _atom(
    name: str, requirement: CriterionRequirement | DimensionRequirement | ShareRequirement, plan: Plan
) -> Condition:
    if requirement.above is not None:
        return required(plan, plan.items[name], requirement.above, strict=True)
    return required(plan, plan.items[name], requirement.at_least or Fraction(0), strict=False)


def required(plan: Plan, item: int, threshold: Fraction | str, *, strict: bool) -> Condition:
    """Return whether an item stands at a stage, or has a value; an unknown never does, but at its best."""
    if isinstance(threshold, str):
        return _required_stage(item, _counter(plan, plan.rubric.stage_numbers[threshold] + strict))
    reaches = _score_reaches(item, threshold, strict=strict)

    def condition(seen: Pass) -> bool | None:
        state = seen.state[item]
        if state == KNOWN:
            return reaches(seen.sure(item))
        return None if state == NOT_APPLICABLE else seen.mode == HIGH

    return condition


def _required_stage(item: int, counter: int) -> Condition:
    def condition(seen: Pass) -> bool | None:
        state = seen.state[item]
        if state == KNOWN:
            sure = seen if seen.mode != POINT or seen.reported[item] else seen.low or seen
            return sure.cell[item] & counter != 0
        return None if state == NOT_APPLICABLE else seen.mode == HIGH

    return condition


def _counter(plan: Plan, stage: int) -> int:
    """Return the mask of the counter that tells whether a cell stands at a stage or above."""
    return 1 << (plan.layout.bits * (stage - 1)) if stage <= plan.layout.stages else 0


def _stage_reaches(plan: Plan, item: int, needed: int) -> Callable[[Pass], bool]:
    counter = _counter(plan, needed)
    return lambda seen: seen.cell[item] & counter != 0


def _score_reaches(item: int, threshold: Fraction, *, strict: bool) -> Callable[[Pass], bool]:
    num, den = threshold.as_integer_ratio()

    def reaches(seen: Pass) -> bool:
        value, unit = seen.score_of(item)
        return value * den > num * unit if strict else value * den >= num * unit

    return reaches


def _triggered(
    plan: Plan,
    item: int,
    requirement: CriterionRequirement | DimensionRequirement | ShareRequirement,
    *,
    cautious: bool,
) -> Callable[[Pass], bool]:
    """Return whether an item stands at most at, or below, a stage or value."""
    strict = requirement.below is not None
    bar = requirement.below if requirement.below is not None else requirement.at_most
    if isinstance(bar, str):
        exceeds = _stage_reaches(plan, item, plan.rubric.stage_numbers[bar] + (not strict))
    else:
        exceeds = _score_reaches(item, bar or Fraction(0), strict=not strict)

    def condition(seen: Pass) -> bool:
        state = seen.state[item]
        if state == NOT_APPLICABLE or (
            state == UNKNOWN and (seen.mode == HIGH or (seen.mode == POINT and not cautious))
        ):
            return False
        return not exceeds(seen.doubted(item, cautious=cautious))

    return condition


def _every(parts: Sequence[Condition]) -> Condition:
    def condition(seen: Pass) -> bool | None:
        gone = True
        for part in parts:
            met = part(seen)
            if met is False:
                return False
            gone = gone and met is None
        return None if gone else True

    return condition


def _some(parts: Sequence[Condition]) -> Condition:
    def condition(seen: Pass) -> bool | None:
        found = [met for part in parts if (met := part(seen)) is not None]
        return any(found) if found else None

    return condition


def _count(parts: Sequence[Condition], needed: int) -> Condition:
    def condition(seen: Pass) -> bool | None:
        found = [met for part in parts if (met := part(seen)) is not None]
        return sum(found) >= min(needed, len(found)) if found else None

    return condition


def _share(parts: Sequence[Condition], weights: Sequence[Fraction], share: Fraction) -> Condition:
    def condition(seen: Pass) -> bool | None:
        found = [(met, weight) for part, weight in zip(parts, weights, strict=True) if (met := part(seen)) is not None]
        if not found:
            return None
        return sum(weight for met, weight in found if met) >= share * sum(weight for _, weight in found)

    return condition


def _triggered_share(
    parts: Sequence[Callable[[Pass], bool]], items: Sequence[int], weights: Sequence[Fraction], share: Fraction
) -> Callable[[Pass], bool]:
    def condition(seen: Pass) -> bool:
        found = [
            (part(seen), weight)
            for part, item, weight in zip(parts, items, weights, strict=True)
            if seen.state[item] != NOT_APPLICABLE
        ]
        if not found:
            return False
        return sum(weight for met, weight in found if met) >= share * sum(weight for _, weight in found)

    return condition


def _evidence(requirement: EvidenceRequirement, plan: Plan, node: Node) -> Condition:
    grades = [grade.id for grade in plan.rubric.evidence_grades]
    enough = frozenset(grades[grades.index(requirement.evidence) :])
    item, share = node.index, requirement.share

    def condition(seen: Pass) -> bool | None:
        if seen.state[item] == NOT_APPLICABLE:
            return None
        return seen.evidence_share(item, enough) >= share

    return condition


def _flag_absent(place: int) -> Condition:
    return lambda seen: not seen.flags[place]
