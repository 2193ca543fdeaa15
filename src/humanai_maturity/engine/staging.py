"""Stage rules as phrases of the source of an evaluation."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import assert_never

from humanai_maturity.engine.conditions import gate_condition
from humanai_maturity.engine.plan import Node, Parts, Plan
from humanai_maturity.engine.tallies import tally, tally_name
from humanai_maturity.engine.terms import HIGH, LOW, POINT, Mode, Terms
from humanai_maturity.model.ranges import resolve_stage
from humanai_maturity.model.rules import (
    All,
    AnyOf,
    AtLeastN,
    Cuts,
    EvidenceRequirement,
    Gates,
    Highest,
    Kth,
    Lowered,
    Lowest,
    Quorum,
    Requirement,
    StageRule,
)


def stage_phrase(rule: StageRule | None, node: Node, mode: Mode, terms: Terms) -> str:
    """Return the stage that a rule gives a node; no rule means the stage that the score has reached."""
    match rule:
        case None:
            num, den = _score(node, mode)
            return f"min({terms.plan.layout.stages}, max(1, {num} // ({den} * unit)))"
        case Cuts():
            return _cuts(rule, node, mode, terms)
        case Quorum():
            return _quorum(rule, node, mode, terms)
        case Gates():
            return _gates(rule, node, mode, terms)
        case Lowest(lowest=of):
            return f"lowest({', '.join(_stages(of, node, mode, terms))})"
        case Highest(highest=of):
            return f"max(1, {', '.join(_stages(of, node, mode, terms))})"
        case Kth(kth=kth):
            return f"kth({kth.k}, {', '.join(_stages(kth.of, node, mode, terms))})"
        case Lowered():
            return _lowered(rule, node, mode, terms)
        case _:
            assert_never(rule)


def quorums(rule: StageRule | None) -> Iterator[Quorum]:
    """Yield every quorum in a stage rule."""
    match rule:
        case Quorum():
            yield rule
        case Lowest(lowest=of) | Highest(highest=of):
            yield from (each for part in _parts_of(of) for each in quorums(part))
        case Kth(kth=kth):
            yield from (each for part in _parts_of(kth.of) for each in quorums(part))
        case Lowered():
            yield from quorums(rule.lowered)
        case _:
            return


def grades_asked(rule: StageRule | Requirement | None) -> Iterator[str]:
    """Yield the evidence grades that the gates in a stage rule ask for."""
    match rule:
        case EvidenceRequirement():
            yield rule.evidence
        case Gates():
            yield from (grade for each in rule.gates.values() for grade in grades_asked(each))
        case All(all=parts) | AnyOf(any=parts) | AtLeastN(of=parts):
            yield from (grade for each in parts for grade in grades_asked(each))
        case Lowest(lowest=of) | Highest(highest=of):
            yield from (grade for each in _parts_of(of) for grade in grades_asked(each))
        case Kth(kth=kth):
            yield from (grade for each in _parts_of(kth.of) for grade in grades_asked(each))
        case Lowered():
            yield from (grade for each in (rule.lowered, *rule.each) for grade in grades_asked(each))
        case _:
            return


def quorum_tally(rule: Quorum, node: Node, mode: Mode, terms: Terms) -> str:
    """Return the name of the tally that a quorum looks at."""
    return tally_name(quorum_parts(rule, node), node, mode, terms)


def quorum_parts(rule: Quorum, node: Node) -> Parts:
    """Return what a quorum is counted over."""
    return node.below if rule.over == "leaves" else node.children


def tallies_of(node: Node, mode: Mode, terms: Terms) -> Iterator[str]:
    """Write every tally that a node's stage rule looks at."""
    fills = node.policy.missing in {"worst", "void"}
    found = {quorum_tally(rule, node, mode, terms): quorum_parts(rule, node) for rule in quorums(node.stage_rule)}
    for name, parts in found.items():
        yield f"{name} = {tally(parts, mode, terms, fills=fills)}"


def cuts_of(rule: Cuts, plan: Plan) -> list[tuple[int, Fraction]]:
    """Return the cut of each stage above the first, lowest first."""
    return sorted((resolve_stage(stage, plan.rubric), cut) for stage, cut in rule.cuts.items())


def gates_of(rule: Gates, plan: Plan) -> list[tuple[int, Requirement]]:
    """Return the requirement of each stage above the first, lowest first."""
    return sorted(
        ((plan.rubric.stage_numbers[stage], each) for stage, each in rule.gates.items()), key=lambda gate: gate[0]
    )


def _parts_of(of: str | Sequence[StageRule]) -> Sequence[StageRule]:
    return () if isinstance(of, str) else of


def _score(node: Node, mode: Mode) -> tuple[str, str]:
    return f"n{node.index}{mode}", f"d{node.index}{mode}"


def _cuts(rule: Cuts, node: Node, mode: Mode, terms: Terms) -> str:
    (num, den), sign = _score(node, mode), ">=" if rule.closed == "left" else ">"
    return _first(
        (number, f"{num} * {cut.denominator} {sign} {cut.numerator} * {den} * unit")
        for number, cut in reversed(cuts_of(rule, terms.plan))
    )


def _quorum(rule: Quorum, node: Node, mode: Mode, terms: Terms) -> str:
    num, den = rule.quorum.as_integer_ratio()
    layout, counted = terms.plan.layout, quorum_tally(rule, node, mode, terms)

    def reached(stage: int) -> str:
        needed = "need" if stage < layout.stages else f"(need := {num} * ({counted} & {layout.mask}))"
        return f"({counted} >> {layout.bits * (stage - 1)} & {layout.mask}) * {den} >= {needed}"

    return _first((stage, reached(stage)) for stage in range(layout.stages, 1, -1))


def _first(choices: Iterator[tuple[int, str]]) -> str:
    """Return the first stage whose condition holds; else the first of all."""
    return f"({' else '.join((*(f'{stage} if {condition}' for stage, condition in choices), '1'))})"


def _gates(rule: Gates, node: Node, mode: Mode, terms: Terms) -> str:
    """Return the highest stage whose gate is open, and all lower ones are."""
    reached, phrase = 1, []
    for stage, requirement in gates_of(rule, terms.plan):
        phrase.append(f"{reached} if {_closed(requirement, node, mode, terms, vacuous=rule.vacuous == 'met')}")
        reached = stage
    return f"({' else '.join((*phrase, str(reached)))})"


def _closed(requirement: Requirement, node: Node, mode: Mode, terms: Terms, *, vacuous: bool) -> str:
    """Return whether a gate is closed: by what is not met, and by nothing being left unless that opens it."""
    condition = gate_condition(requirement, node, mode, terms)
    return f"{condition} != 1" if terms.reduced and not vacuous else f"not {condition}"


def _lowered(rule: Lowered, node: Node, mode: Mode, terms: Terms) -> str:
    """Return the stage of a rule, less some for each requirement that is not met; what is gone takes nothing off."""
    unmet = ", ".join(f"not {gate_condition(each, node, mode, terms)}" for each in rule.each)
    return f"max(1, {stage_phrase(rule.lowered, node, mode, terms)} - {rule.by} * count(({unmet},)))"


def _stages(of: str | Sequence[StageRule], node: Node, mode: Mode, terms: Terms) -> list[str]:
    """Return the stages that several rules give, or at which the children stand that count, 0 for the others."""
    if not isinstance(of, str):
        return [stage_phrase(each, node, mode, terms) for each in of]
    return [child_stage(item, node, mode, terms) for item, _ in node.children.members]


def child_stage(item: int, node: Node, mode: Mode, terms: Terms) -> str:
    """Return the stage at which a child counts, 0 where it does not."""
    fills = node.policy.missing in {"worst", "void"}
    if not terms.is_leaf(item):
        stage = f"v{item}{mode}"
        return f"({stage} or v{item}{LOW})" if fills and mode == POINT and not terms.complete else stage
    stage = f"({terms.cell(item, mode)} & {terms.plan.layout.counters}).bit_count()"
    if terms.complete or (mode == POINT and not fills):
        return stage
    unknown = str(terms.end_stage(item, HIGH if mode == HIGH else LOW))
    unknown = f"(0 if {item} in away else {unknown})" if terms.reduced else unknown
    return f"({stage} if c{item} else {unknown})"


def lowest(*stages: int) -> int:
    """Return the lowest stage, of those that are there."""
    return min(filter(None, stages), default=1)


def kth(k: int, *stages: int) -> int:
    """Return the k-th lowest stage, of those that are there; where there are fewer, the highest."""
    found = sorted(filter(None, stages))
    return found[min(k, len(found)) - 1] if found else 1


FUNCTIONS: Mapping[str, Callable[..., object]] = {"lowest": lowest, "kth": kth}
"""What the phrases call."""
