"""What is known of every item, before any value is looked at: states, points, coverage and guards."""

from collections.abc import Sequence
from dataclasses import dataclass
from operator import mul
from typing import TypeAlias

from humanai_maturity.engine.plan import KNOWN, NOT_APPLICABLE, UNKNOWN, Node, Plan

Ratio: TypeAlias = tuple[int, int]
"""A numerator and a positive denominator, not reduced."""

NO_POINT, POINTED, VOIDED, BLOCKED = 0, 1, 2, 3
"""Whether an item has a point: nothing gives one, something does, one unknown voids it, one unknown forbids it."""


@dataclass(slots=True, kw_only=True)
class Status:
    """What is known of every item.

    Attributes:
        state: The state of each item.
        standing: Whether each item has a point.
        reported: Whether each item has a point that its guards let pass.
        coverage: The answered share of each node's applicable weight.
        not_applicable: The share of each node's weight that does not apply.
        complete: Whether nothing is unknown.
    """

    state: Sequence[int]
    standing: Sequence[int]
    reported: Sequence[bool]
    coverage: Sequence[Ratio]
    not_applicable: Sequence[Ratio]
    complete: bool


def complete_status(plan: Plan) -> Status:
    """Return the status of answers that leave nothing open."""
    items, nodes = len(plan.leaves) + len(plan.nodes), len(plan.nodes)
    return Status(
        state=(KNOWN,) * items,
        standing=(POINTED,) * items,
        reported=(True,) * items,
        coverage=((1, 1),) * nodes,
        not_applicable=((0, 1),) * nodes,
        complete=True,
    )


def status_of(plan: Plan, leaf_states: Sequence[int]) -> Status:
    """Return what is known of every item, given the state of every leaf."""
    known = [state == KNOWN for state in leaf_states]
    if NOT_APPLICABLE in leaf_states:
        coverage = shares(plan.nodes, known, [state != NOT_APPLICABLE for state in leaf_states])
        away: Sequence[Ratio] = shares(plan.nodes, [state == NOT_APPLICABLE for state in leaf_states], None)
    else:
        coverage = shares(plan.nodes, known, None)
        away = ((0, 1),) * len(plan.nodes)
    state = [*leaf_states, *[KNOWN if num else UNKNOWN if den else NOT_APPLICABLE for num, den in coverage]]
    standing = [int(each == KNOWN) for each in state]
    if not plan.leaves_out_only:
        for node in reversed(plan.nodes):
            standing[node.index] = _standing(node, state, standing)
    passing = [_passes(*each) for each in zip(plan.nodes, standing[plan.whole :], coverage, away, strict=True)]
    return Status(
        state=state,
        standing=standing,
        reported=known + passing,
        coverage=coverage,
        not_applicable=away,
        complete=UNKNOWN not in leaf_states,
    )


def _standing(node: Node, state: Sequence[int], standing: Sequence[int]) -> int:
    """Return whether a node has a point, by its policy."""
    if state[node.index] == NOT_APPLICABLE:
        return NO_POINT
    of_parts = {standing[item] for item, _ in node.scored.members if state[item] != NOT_APPLICABLE}
    lacking = NO_POINT in of_parts or BLOCKED in of_parts
    match node.policy.missing:
        case "worst":
            return POINTED
        case "void":
            return VOIDED if lacking else POINTED
        case "required":
            return BLOCKED if lacking else POINTED
        case "leave_out":
            pass
    if BLOCKED in {*of_parts, *standing[slice(*node.children.nodes)]}:
        return BLOCKED
    return POINTED if of_parts - {NO_POINT} else NO_POINT


def _passes(node: Node, standing: int, coverage: Ratio, away: Ratio) -> bool:
    """Return whether a node's point is let pass by its coverage floor and its guard."""
    if standing in {NO_POINT, BLOCKED}:
        return False
    policy = node.policy
    if policy.missing == "leave_out" and coverage[0] * policy.floor[1] < policy.floor[0] * coverage[1]:
        return False
    return away[0] * policy.guard[1] <= policy.guard[0] * away[1]


def shares(nodes: Sequence[Node], counted: Sequence[bool], applicable: Sequence[bool] | None) -> list[Ratio]:
    """Return for every node the weighted share of its leaves that are counted, level by level.

    Args:
        nodes: The nodes of a plan.
        counted: Whether each leaf counts.
        applicable: Whether each leaf is applicable; `None` where all are.

    Returns:
        One ratio per node; its denominator is 0 where nothing is applicable.
    """
    first = nodes[0].index
    found: list[Ratio] = [(0, 0)] * len(nodes)
    for place in range(len(nodes) - 1, -1, -1):
        parts = nodes[place].scored
        start, end = parts.leaves
        weights = parts.leaf_weights
        num = sum(map(mul, weights, counted[start:end]))
        total = sum(weights if applicable is None else map(mul, weights, applicable[start:end]))
        den = 1
        if parts.node_weights:
            start, end = parts.nodes
            for (part_num, part_den), weight in zip(
                found[start - first : end - first], parts.node_weights, strict=True
            ):
                if part_den == den:
                    num, total = num + weight * part_num, total + weight
                elif part_den:
                    num, den, total = num * part_den + weight * part_num * den, den * part_den, total + weight
        found[place] = (num, den * total)
    return found
