"""Stage rules as functions of one pass of the evaluation, linked to a plan."""

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import TypeAlias, assert_never

from humanai_maturity.engine.conditions import Condition, gate_condition
from humanai_maturity.engine.passes import Pass
from humanai_maturity.engine.plan import Layout, Node, Parts, Plan
from humanai_maturity.engine.scoring import Tally, counted_cell, tally
from humanai_maturity.engine.status import Ratio
from humanai_maturity.model.ranges import resolve_stage
from humanai_maturity.model.rules import Cuts, Gates, Highest, Kth, Lowest, Quorum, StageRule

Staging: TypeAlias = Callable[[Pass, Ratio, int], int]
"""Takes a pass, the node's score and its tally in it, and returns a stage's number."""

OfChildren: TypeAlias = Callable[[Sequence[int]], int]


def stage_function(node: Node, plan: Plan) -> Staging:
    """Return how a node is given a stage in a pass."""
    return rule_function(node.stage_rule, node, plan)


def rule_function(rule: StageRule | None, node: Node, plan: Plan) -> Staging:
    """Return one stage rule at a node as a function; no rule means the stage that the score has reached."""
    match rule:
        case None:
            return _reached(plan.layout.stages)
        case Cuts():
            return _cuts(cuts_of(rule, plan), closed_left=rule.closed == "left")
        case Quorum():
            return _quorum(rule, node, plan.layout)
        case Gates():
            return _gates(gates_of(rule, node, plan), vacuous=rule.vacuous == "met")
        case Lowest(lowest=of):
            return _among(of, min, node, plan)
        case Highest(highest=of):
            return _among(of, max, node, plan)
        case Kth(kth=kth):
            return _among(kth.of, lambda stages: sorted(stages)[min(kth.k, len(stages)) - 1], node, plan)
        case _:
            assert_never(rule)


def cuts_of(rule: Cuts, plan: Plan) -> list[tuple[int, Fraction]]:
    """Return the cut of each stage above the first, lowest first."""
    return sorted((resolve_stage(stage, plan.rubric), cut) for stage, cut in rule.cuts.items())


def gates_of(rule: Gates, node: Node, plan: Plan) -> list[tuple[int, Condition]]:
    """Return the requirement of each stage above the first, lowest first."""
    numbers = plan.rubric.stage_numbers
    ordered = sorted(rule.gates.items(), key=lambda gate: numbers[gate[0]])
    return [(numbers[stage], gate_condition(requirement, plan, node)) for stage, requirement in ordered]


def _reached(stages: int) -> Staging:
    def stage(_: Pass, score: Ratio, __: int) -> int:
        return min(stages, max(1, score[0] // score[1]))

    return stage


def _cuts(cuts: Sequence[tuple[int, Fraction]], *, closed_left: bool) -> Staging:
    falling = [(number, *cut.as_integer_ratio()) for number, cut in reversed(cuts)]

    def stage(_: Pass, score: Ratio, __: int) -> int:
        value, unit = score
        for number, num, den in falling:
            left, right = value * den, num * unit
            if left > right or (closed_left and left == right):
                return number
        return 1

    return stage


def _quorum(rule: Quorum, node: Node, layout: Layout) -> Staging:
    parts = node.below if rule.over == "leaves" else node.children
    recount = None if parts is node.scored else tally(parts, node.policy.missing)
    return quorum_function(rule.quorum, layout, recount)


def quorum_function(share: Fraction, layout: Layout, recount: Tally | None) -> Staging:
    """Return the highest stage at or above which a share of the counted weight stands."""
    num, den = share.as_integer_ratio()
    mask = layout.mask
    falling = [(stage, layout.bits * (stage - 1)) for stage in range(layout.stages, 1, -1)]

    def stage(seen: Pass, _: Ratio, tallied: int) -> int:
        counted = tallied if recount is None else recount(seen)
        needed = num * (counted & mask)
        for number, offset in falling:
            if (counted >> offset & mask) * den >= needed:
                return number
        return 1

    return stage


def _gates(gates: Sequence[tuple[int, Condition]], *, vacuous: bool) -> Staging:
    def stage(seen: Pass, _: Ratio, __: int) -> int:
        reached = 1
        for number, condition in gates:
            met = condition(seen)
            if not (vacuous if met is None else met):
                return reached
            reached = number
        return reached

    return stage


def _among(of: str | Sequence[StageRule], pick: OfChildren, node: Node, plan: Plan) -> Staging:
    if not isinstance(of, str):
        rules = [rule_function(each, node, plan) for each in of]
        return lambda seen, score, tallied: pick([rule(seen, score, tallied) for rule in rules])
    stages = child_stages(node.children, node.policy.missing)
    return lambda seen, _, __: pick(stages(seen) or [1])


def child_stages(parts: Parts, policy: str) -> Callable[[Pass], list[int]]:
    """Return the stages of the parts that count in a pass."""
    items = [item for item, _ in parts.members]

    def stages(seen: Pass) -> list[int]:
        cells = [counted_cell(seen, item) if policy in {"worst", "void"} else seen.cell[item] for item in items]
        return [(cell & seen.counters).bit_count() for cell in cells if cell]

    return stages
