"""Requirements as phrases of the source of an evaluation.

Where everything applies, a requirement of a gate is true or false, joined by `and` and `or`. Where something may not
apply, it is 0 (not met), 1 (met) or `GONE` (nothing that it asks about applies), so that the lowest of several says
whether all are met. A condition of a flag is always true or false: what does not apply triggers nothing.
"""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from itertools import compress
from math import lcm
from typing import assert_never

from humanai_maturity.engine.plan import Node
from humanai_maturity.engine.terms import HIGH, LOW, POINT, Mode, Terms
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

GONE = 2
"""A requirement of which nothing is left."""


def gate_condition(requirement: Requirement, node: Node, mode: Mode, terms: Terms) -> str:
    """Return a gate's requirement as a phrase; `node` is where the gate stands."""
    items = terms.plan.items
    match requirement:
        case CriterionRequirement():
            return _atom(items[requirement.criterion], requirement, mode, terms)
        case DimensionRequirement():
            return _atom(items[requirement.dimension], requirement, mode, terms)
        case ShareRequirement():
            atoms = [_atom(items[name], requirement, mode, terms) for name in requirement.of]
            weights = _whole_weights([terms.plan.weight(items[name]) for name in requirement.of])
            share = f"{weights}, {_ratio(requirement.share)}"
            return f"share({_tuple(atoms)}, {share})" if terms.reduced else f"share_of({_tuple(atoms)}, {share})"
        case EvidenceRequirement():
            return _rests(requirement, node, mode, terms)
        case FlagAbsent():
            return f"(not f{terms.plan.flags[requirement.flag_absent]}{mode})"
        case All():
            parts = [gate_condition(each, node, mode, terms) for each in requirement.all]
            return _joined(parts, "min", "and", terms)
        case AnyOf():
            parts = [gate_condition(each, node, mode, terms) for each in requirement.any]
            return _joined(parts, "any_of", "or", terms)
        case AtLeastN():
            parts = [gate_condition(each, node, mode, terms) for each in requirement.of]
            if terms.reduced:
                return f"at_least({_tuple(parts)}, {requirement.at_least_n})"
            return f"(count({_tuple(parts)}) >= {min(requirement.at_least_n, len(parts))})"
        case _:
            assert_never(requirement)


def flag_condition(requirement: Requirement, mode: Mode, terms: Terms, *, cautious: bool) -> str:
    """Return what raises a flag as a phrase.

    Args:
        requirement: The flag's `raised_when`.
        mode: The mode.
        terms: The names.
        cautious: Whether, in the point, an unknown answer triggers as the worst answer would.
    """
    items = terms.plan.items
    match requirement:
        case CriterionRequirement():
            return _triggered(items[requirement.criterion], requirement, mode, terms, cautious=cautious)
        case DimensionRequirement():
            return _triggered(items[requirement.dimension], requirement, mode, terms, cautious=cautious)
        case ShareRequirement():
            return _triggered_share(requirement, mode, terms, cautious=cautious)
        case All():
            parts = [flag_condition(each, mode, terms, cautious=cautious) for each in requirement.all]
            return f"({' and '.join(parts)})"
        case AnyOf():
            parts = [flag_condition(each, mode, terms, cautious=cautious) for each in requirement.any]
            return f"({' or '.join(parts)})"
        case AtLeastN():
            parts = [flag_condition(each, mode, terms, cautious=cautious) for each in requirement.of]
            return f"(count({_tuple(parts)}) >= {requirement.at_least_n})"
        case EvidenceRequirement() | FlagAbsent():
            message = "a flag asks for less only, which evidence and other flags cannot say"
            raise TypeError(message)
        case _:
            assert_never(requirement)


def evidence_name(node: Node, evidence: str, mode: Mode, terms: Terms) -> tuple[str, str]:
    """Return the names of the share of a node's weight that rests on some evidence: above and below the line."""
    place = f"{node.index}_{terms.plan.grades[evidence]}{HIGH if mode == HIGH else POINT}"
    return f"en{place}", f"ed{place}"


def required(item: int, threshold: Fraction | str, mode: Mode, terms: Terms, *, strict: bool) -> str:
    """Return whether an item stands at a stage, or has a value; an unknown never does, but at its best."""
    known = f"c{item}" if terms.is_leaf(item) else f"k{item}"
    if isinstance(threshold, str):
        met = _stands_at(item, terms.plan.rubric.stage_numbers[threshold] + strict, mode, terms)
    else:
        met = terms.reaches(item, mode, threshold, ">" if strict else ">=")
    if terms.complete:
        return f"({met})"
    if terms.reduced:
        return f"({met} if {known} else {GONE} if {terms.gone(item)} else {int(mode == HIGH)})"
    return f"(not {known} or {met})" if mode == HIGH else f"({known} and {met})"


def _atom(
    item: int, requirement: CriterionRequirement | DimensionRequirement | ShareRequirement, mode: Mode, terms: Terms
) -> str:
    if requirement.above is not None:
        return required(item, requirement.above, mode, terms, strict=True)
    return required(item, requirement.at_least or Fraction(0), mode, terms, strict=False)


def _stands_at(item: int, stage: int, mode: Mode, terms: Terms) -> str:
    """Return whether a known item stands at a stage or above."""
    if terms.is_leaf(item):
        return f"({terms.cell(item, mode)} & {terms.counter(stage)}) != 0"
    return f"{terms.seen(item, mode)} >= {stage}"


def _triggered(
    item: int,
    requirement: CriterionRequirement | DimensionRequirement | ShareRequirement,
    mode: Mode,
    terms: Terms,
    *,
    cautious: bool,
) -> str:
    """Return whether an item stands at most at, or below, a stage or value."""
    strict = requirement.below is not None
    bar = requirement.below if requirement.below is not None else requirement.at_most
    other = LOW if cautious else HIGH
    if isinstance(bar, str):
        stage = terms.plan.rubric.stage_numbers[bar] + (not strict)
        low = _below_stage(item, stage, mode, other, terms)
        at_worst = stage > 1
    else:
        bar = bar or Fraction(0)
        low = terms.reaches(item, mode, bar, "<" if strict else "<=", other)
        at_worst = terms.is_leaf(item) and _holds(terms.end(item, LOW), bar, strict=strict)
    if terms.complete:
        return f"({low})"
    counts_unknown = mode == LOW or (mode == POINT and cautious)
    if terms.is_leaf(item):
        unknown = terms.applies(item) if counts_unknown and at_worst else "False"
        return f"({low} if c{item} else {unknown})"
    if counts_unknown:
        return f"(w{item} and {low})" if terms.reduced else f"({low})"
    return f"(k{item} and {low})"


def _below_stage(item: int, stage: int, mode: Mode, other: Mode, terms: Terms) -> str:
    if terms.is_leaf(item):
        return f"not {terms.cell(item, mode)} & {terms.counter(stage)}"
    return f"{terms.seen(item, mode, other)} < {stage}"


def _holds(value: Fraction, bar: Fraction, *, strict: bool) -> bool:
    return value < bar if strict else value <= bar


def _triggered_share(requirement: ShareRequirement, mode: Mode, terms: Terms, *, cautious: bool) -> str:
    items = [terms.plan.items[name] for name in requirement.of]
    atoms = [_triggered(item, requirement, mode, terms, cautious=cautious) for item in items]
    share = f"{_whole_weights([terms.plan.weight(item) for item in items])}, {_ratio(requirement.share)}"
    if not terms.reduced:
        return f"share_of({_tuple(atoms)}, {share})"
    parts = [f"({GONE} if {terms.gone(item)} else {atom})" for item, atom in zip(items, atoms, strict=True)]
    return f"(share({_tuple(parts)}, {share}) == 1)"


def _rests(requirement: EvidenceRequirement, node: Node, mode: Mode, terms: Terms) -> str:
    """Return whether enough rests on some evidence; never gone, as a gate is asked only where something applies."""
    there, of = evidence_name(node, requirement.evidence, mode, terms)
    num, den = requirement.share.as_integer_ratio()
    return f"({there} * {den} >= {num} * {of})"


def _joined(parts: Sequence[str], function: str, word: str, terms: Terms) -> str:
    if len(parts) == 1:
        return parts[0]
    return f"{function}({', '.join(parts)})" if terms.reduced else f"({f' {word} '.join(parts)})"


def _tuple(parts: Sequence[str]) -> str:
    return f"({', '.join(parts)},)"


def _ratio(share: Fraction) -> str:
    return f"{share.numerator}, {share.denominator}"


def _whole_weights(weights: Sequence[Fraction]) -> str:
    whole = lcm(*(weight.denominator for weight in weights))
    return _tuple([str(int(weight * whole)) for weight in weights])


def any_of(*parts: int) -> int:
    """Return whether one of several requirements is met, of those that are not gone."""
    return 1 if 1 in parts else min(parts)


def at_least(parts: Sequence[int], needed: int) -> int:
    """Return whether so many requirements are met, or all that are not gone."""
    left = len(parts) - parts.count(GONE)
    return GONE if not left else int(parts.count(1) >= min(needed, left))


def count(parts: Sequence[object]) -> int:
    """Return how many conditions hold."""
    return sum(map(bool, parts))


def share_of(parts: Sequence[object], weights: Sequence[int], num: int, den: int) -> bool:
    """Return whether a share of some weight meets a requirement."""
    return sum(compress(weights, parts)) * den >= num * sum(weights)


def share(parts: Sequence[int], weights: Sequence[int], num: int, den: int) -> int:
    """Return whether a share of the weight that is not gone meets a requirement."""
    left = [weight for part, weight in zip(parts, weights, strict=True) if part != GONE]
    met = sum(weight for part, weight in zip(parts, weights, strict=True) if part == 1)
    return int(met * den >= num * sum(left)) if left else GONE


FUNCTIONS: Mapping[str, Callable[..., object]] = {
    "any_of": any_of,
    "at_least": at_least,
    "count": count,
    "share": share,
    "share_of": share_of,
}
"""What the phrases call."""
