"""What is known of every node, as lines of source: coverage, whether it has a point, and whether it is reported."""

from collections.abc import Iterator
from math import lcm
from typing import TypeAlias, assert_never

from humanai_maturity.engine.conditions import evidence_name
from humanai_maturity.engine.plan import Node, Parts, Plan
from humanai_maturity.engine.tallies import averaged, product
from humanai_maturity.engine.terms import HIGH, Mode, Terms

Ratio: TypeAlias = tuple[int, int]
"""A numerator and a positive denominator, not reduced."""

NO_POINT, POINTED, VOIDED, BLOCKED = 0, 1, 2, 3
"""Whether a node has a point: nothing gives one, something does, one unknown voids it, one unknown forbids it."""


def status_of(node: Node, terms: Terms) -> Iterator[str]:
    """Write what is known of a node, once that of its parts is written."""
    item, group = node.index, terms.group(node.scored)
    known = f"(b{group} & {terms.plan.layout.mask})"
    yield from _share((f"k{item}", f"w{item}"), known, node.scored, ("k{}", "w{}"), terms)
    if terms.reduced:
        yield f"a{item} = {_of_all_weight(f'off[{group}]', node.scored, 'a{}', terms.plan)}"
    if not terms.plan.leaves_out_only:
        yield f"p{item} = {_standing(node, terms)}"
    yield f"r{item} = {_passes(node, terms)}"


def evidence_of(node: Node, evidence: str, mode: Mode, terms: Terms) -> Iterator[str]:
    """Write the share of a node's weight that rests on some evidence, once that of its parts is written."""
    layout, group = terms.plan.layout, terms.group(node.scored)
    grade = layout.bits * (layout.stages + terms.plan.grades[evidence] - 1)
    rests = f"(b{group} >> {grade} & {layout.mask})"
    if mode == HIGH and not terms.complete:
        rests = f"({rests} + u{group})"
    names = evidence_name(node, evidence, mode, terms)
    there, of = (name.replace(str(node.index), "{}", 1) for name in names)
    yield from _share(names, rests, node.scored, (there, of), terms)


def _share(names: tuple[str, str], there: str, parts: Parts, below: tuple[str, str], terms: Terms) -> Iterator[str]:
    """Write the weighted share of what is there of all that applies, level by level.

    Args:
        names: What to call its numerator and denominator.
        there: The weight of the leaves that is there.
        parts: The leaves and nodes below.
        below: How the numerator and the denominator of a node are called.
        terms: The names.
    """
    num, den = names
    if not terms.reduced:
        yield f"{num} = {_of_all_weight(there, parts, below[0], terms.plan)}"
        yield f"{den} = {all_weight(parts, terms.plan)}"
        return
    applicable = f"({sum(parts.leaf_weights)} - off[{terms.group(parts)}])"
    if not parts.node_weights and not terms.called:
        yield f"{num}, {den} = {there}, {applicable}"
        return
    leaves = (there, "1", applicable) if parts.leaf_weights else None
    nodes = [(below[0].format(node), below[1].format(node), weight) for node, weight in parts.weighted_nodes]
    yield from averaged(names, leaves, nodes, some=True, called=terms.called)


def all_weight(parts: Parts, plan: Plan) -> int:
    """Return the whole of which the shares of some parts are counted, whether it applies or not."""
    return _finest(parts, plan) * sum((*parts.leaf_weights, *parts.node_weights))


def _finest(parts: Parts, plan: Plan) -> int:
    return lcm(*(all_weight(plan.node(node).scored, plan) for node, _ in parts.weighted_nodes))


def _of_all_weight(there: str, parts: Parts, below: str, plan: Plan) -> str:
    """Return the weight that is there, counted in the whole that `all_weight` gives."""
    finest = _finest(parts, plan)
    nodes = [
        product(weight * finest // all_weight(plan.node(node).scored, plan), below.format(node))
        for node, weight in parts.weighted_nodes
    ]
    return " + ".join([product(finest, there), *nodes] if parts.leaf_weights else nodes)


def _standing(node: Node, terms: Terms) -> str:
    """Return whether a node has a point, by its policy."""
    parts, children = node.scored, node.children
    nodes = range(*parts.nodes)
    unknown = [f"u{terms.group(parts)}"] if parts.leaf_weights else []
    blocked = [f"p{each} == {BLOCKED}" for each in {*nodes, *range(*children.nodes)}]
    lacking = " or ".join((*unknown, *(f"w{each} and p{each} in ({NO_POINT}, {BLOCKED})" for each in nodes)))
    match node.policy.missing:
        case "worst":
            standing = str(POINTED)
        case "void":
            standing = f"{VOIDED} if {lacking} else {POINTED}"
        case "required":
            standing = f"{BLOCKED} if {lacking} else {POINTED}"
        case "leave_out":
            known = [f"b{terms.group(parts)}"] if parts.leaf_weights else []
            pointed = " or ".join((*known, *(f"p{each}" for each in nodes)))
            held = f"{BLOCKED} if {' or '.join(sorted(blocked))} else " if blocked else ""
            standing = f"{held}{POINTED} if {pointed} else {NO_POINT}"
        case _:
            assert_never(node.policy.missing)
    return f"({standing}) if w{node.index} else {NO_POINT}" if terms.reduced else standing


def pointed(node: Node, terms: Terms) -> str:
    """Return whether anything gives a node a point."""
    if terms.plan.leaves_out_only:
        return f"k{node.index}"
    return f"p{node.index} in ({POINTED}, {VOIDED})"


def _passes(node: Node, terms: Terms) -> str:
    """Return whether a node's point is let pass by its coverage floor and its guard."""
    item, policy = node.index, node.policy
    num, den = policy.floor
    guards = [pointed(node, terms)]
    if policy.missing == "leave_out":
        guards.append(f"k{item} * {den} >= {num} * w{item}")
    if terms.reduced:
        num, den = policy.guard
        guards.append(f"a{item} * {den} <= {num * all_weight(node.scored, terms.plan)}")
    return " and ".join(guards)
