"""A plan as a Python function: its rules written out as source, in an order in which all is there before it is read.

What is generated holds numbers and names that this package makes up, and nothing of a rubric's text.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from graphlib import TopologicalSorter
from math import ceil
from operator import mul
from types import CodeType
from typing import Any, TypeAlias

from humanai_maturity.engine import conditions, staging
from humanai_maturity.engine.conditions import evidence_name, flag_condition
from humanai_maturity.engine.limits import Limit, leaf_limits, stage_limits
from humanai_maturity.engine.obstacles import Way, obstacles_of
from humanai_maturity.engine.plan import Leaf, Node, Plan
from humanai_maturity.engine.scoring import Rule, score_of, writes_itself
from humanai_maturity.engine.staging import grades_asked, quorum_tally, quorums, stage_phrase, tallies_of
from humanai_maturity.engine.status import VOIDED, evidence_of, pointed, status_of
from humanai_maturity.engine.tallies import answered
from humanai_maturity.engine.terms import HIGH, POINT, Mode, Terms
from humanai_maturity.model.rubric import Criterion, Flag
from humanai_maturity.model.rules import requirement_names

Run: TypeAlias = Callable[..., tuple[Any, ...]]
"""Takes what was given, as `PARAMETERS` name it, and returns the values of a program's `exports`."""

PARAMETERS = ("cell", "unit", "away", "off", "ends", "top")
"""What a program is run with: the cells of the leaves and their unit; what does not apply, and what that takes off the
weight of each group; what items can be worth; and the stages under which everything stays, where there are any."""


def dot(weights: Sequence[int], cells: Sequence[int]) -> int:
    """Return the weighted sum of cells."""
    return sum(map(mul, weights, cells))


FUNCTIONS: Mapping[str, Callable[..., object]] = {"dot": dot, **conditions.FUNCTIONS, **staging.FUNCTIONS}
"""What programs call."""


@dataclass(frozen=True)
class Program:
    """The source of an evaluation in one case.

    Attributes:
        terms: The names of the case.
    """

    terms: Terms

    @cached_property
    def exports(self) -> tuple[str, ...]:
        """Return the names of what it finds."""
        return tuple(dict.fromkeys(_exports(self.terms)))

    @cached_property
    def source(self) -> str:
        """Return the source of the function `run`."""
        body = [*_body(self.terms), f"return ({', '.join(self.exports)},)"]
        lines = [*_opening(self.terms, "\n".join(body)), *body]
        return f"def run({', '.join(PARAMETERS)}):\n" + "".join(f"    {line}\n" for line in lines)

    @cached_property
    def code(self) -> CodeType:
        """Return the source compiled."""
        return compile(self.source, f"<{self.terms.case} evaluation>", "exec")

    @cached_property
    def obstacles(self) -> Mapping[int, tuple[Way, ...]]:
        """Return what can stand between each node and its next stage."""
        return {node.index: obstacles_of(node, self.terms) for node in self.terms.plan.nodes}

    def linked(self, rules: Mapping[str, Rule]) -> Run:
        """Return the function, linked with the score rules that it calls."""
        layout = self.terms.plan.layout
        names: dict[str, Any] = {**FUNCTIONS, **rules, "STANDING": layout.standing, "__builtins__": _BUILTINS}
        exec(self.code, names)  # noqa: S102 - the source is this package's own
        run: Run = names["run"]
        return run


_BUILTINS = {"max": max, "min": min}


def _opening(terms: Terms, body: str) -> Iterator[str]:
    """Write the cells and those of their sums that the body reads."""
    plan = terms.plan
    yield f"{', '.join(f'c{leaf.index}' for leaf in plan.leaves)}, = cell"
    read = set(_SUMS.findall(body))
    for parts in plan.parts:
        if f"{terms.group(parts)}" in read:
            yield from answered(parts, terms)


_SUMS = re.compile(r"\b[bu](\d+)\b")


def _body(terms: Terms) -> Iterator[str]:
    plan = terms.plan
    for step in _ordered(plan):
        match step:
            case Leaf() if step.index in terms.limited:
                yield from _leaf(step, terms)
            case Node():
                yield from _node(step, terms)
            case int():
                yield from _flag(step, plan.rubric.flags[step], terms)
            case _:
                continue


def _exports(terms: Terms) -> Iterator[str]:
    plan = terms.plan
    for node in plan.nodes:
        item = node.index
        if not terms.complete:
            yield from (f"k{item}", f"w{item}", f"r{item}")
            yield from () if plan.leaves_out_only else (f"p{item}",)
        if terms.reduced:
            yield f"a{item}"
            yield from (f"x{item}",) if terms.lifting else ()
        for mode in terms.modes:
            yield from (f"{letter}{item}{mode}" for letter in "ndgsv")
        yield from _tallies(node, POINT, terms)
        for evidence in grades_asked(node.stage_rule):
            yield from evidence_name(node, evidence, POINT, terms)
    for mode in terms.modes:
        yield from (terms.cell(leaf, mode) for leaf in sorted(terms.limited))
        yield from (f"f{place}{mode}" for place in range(len(plan.flags)))


def _leaf(leaf: Leaf, terms: Terms) -> Iterator[str]:
    """Write what is left of a criterion under its limits."""
    item, layout = leaf.index, terms.plan.layout
    num, den = leaf.span.low.as_integer_ratio()
    floor = f"{num} * unit // {den}" if den > 1 else f"{num} * unit"
    if terms.called:
        for mode in terms.modes:
            limits = _all_most(leaf_limits(leaf, mode, terms), f"{ceil(leaf.span.high)} * unit")
            held = f"min(c{item} >> {layout.shift}, max({floor}, min({limits})))"
            yield f"{terms.cell(item, mode)} = lowered(c{item}, {held}, {int(leaf.span.on_stages)})"
        return
    yield f"{' = '.join(terms.cell(item, mode) for mode in terms.modes)} = c{item}"
    yield f"if c{item}:"
    for mode in terms.modes:
        yield f"    held = c{item} >> {layout.shift}"
        yield from (f"    {line}" for limit in leaf_limits(leaf, mode, terms) for line in _held("held", limit))
        yield f"    if held < c{item} >> {layout.shift}:"
        yield f"        held = max(held, {floor})"
        standing = f"STANDING[min({layout.stages}, max(1, held // unit))]" if leaf.span.on_stages else "STANDING[1]"
        kept = f" | c{item} & {layout.evidence}" if layout.evidence else ""
        yield f"        {terms.cell(item, mode)} = held << {layout.shift} | {standing}{kept}"


def _all_most(limits: Sequence[Limit], top: str) -> str:
    """Return the most that each limit leaves, or `top` where it does not hold."""
    return ", ".join(f"({each.most} if {each.when} else {top})" for each in limits)


def _held(name: str, limit: Limit) -> Iterator[str]:
    most = "most"
    if limit.most.isdecimal():
        most = limit.most
    elif limit.when == "True":
        yield f"most = {limit.most}"
    else:
        yield f"most = {limit.most} if {limit.when} else {name}"
    condition = (
        f"{limit.when} and {most} < {name}" if most == limit.most and limit.when != "True" else f"{most} < {name}"
    )
    yield f"if {condition}: {name} = {most}"


def _node(node: Node, terms: Terms) -> Iterator[str]:
    """Write a node in every mode."""
    if not terms.complete:
        yield from status_of(node, terms)
    for evidence in _evidence_below(node, terms.plan):
        for mode in terms.modes[:2] if not terms.complete else (POINT,):
            yield from evidence_of(node, evidence, mode, terms)
    if terms.lifting:
        yield f"x{node.index} = False"
    for mode in terms.modes:
        yield from _node_in(node, mode, terms)


def _node_in(node: Node, mode: Mode, terms: Terms) -> Iterator[str]:
    item = node.index
    there = pointed(node, terms) if mode == POINT else f"w{item}"
    if terms.complete or (mode != POINT and not terms.reduced):
        yield from _computed(node, mode, terms)
        return
    yield f"if {there}:"
    yield from (f"    {line}" for line in _computed(node, mode, terms))
    yield "else:"
    yield f"    {' = '.join((*(f'{letter}{item}{mode}' for letter in 'ndgsv'), *_tallies(node, mode, terms)))} = 0"


def _computed(node: Node, mode: Mode, terms: Terms) -> Iterator[str]:
    """Write a node's score and stages where it has any."""
    item = node.index
    raw, stage, seen = (f"{letter}{item}{mode}" for letter in "gsv")
    if terms.plan.leaves_out_only or node.policy.missing != "void" or mode == HIGH or terms.complete:
        yield from _by_rule(node, mode, terms)
    else:
        tallies = "".join(f"; {name} = 0" for name in _tallies(node, mode, terms))
        yield f"if p{item} == {VOIDED}:"
        yield f"    (n{item}{mode}, d{item}{mode}), {raw} = ends.ratio({item}, 0), 1{tallies}"
        yield f"    n{item}{mode} *= unit"
        yield "else:"
        yield from (f"    {line}" for line in _by_rule(node, mode, terms))
    limits = stage_limits(node.id, mode, terms)
    yield f"{seen} = {stage} = {raw}" if not (limits or terms.lifting) else f"{stage} = {raw}"
    if terms.called and limits:
        yield f"{stage} = min({stage}, {_all_most(limits, str(terms.plan.layout.stages))})"
    elif not terms.called:
        yield from (line for limit in limits for line in _held(stage, limit))
    if terms.lifting and node.has_stage:
        place = 2 * (len(terms.modes) * (item - terms.plan.whole) + terms.modes.index(mode))
        yield f"if top[{place}] < {raw} or top[{place + 1}] < {stage}:"
        yield f"    {raw}, {stage} = min({raw}, top[{place}]), min({stage}, top[{place + 1}])"
        yield from [f"    x{item} = True"] if mode == POINT else []
    if limits or terms.lifting:
        yield f"{seen} = {stage}"
    if mode != POINT and not terms.complete:
        yield f"if not k{item}:"
        yield f"    {seen} = {terms.plan.layout.stages if mode == HIGH else 1}"
        if not writes_itself(node.rule):
            yield f"    n{item}{mode}, d{item}{mode} = ends.ratio({item}, {int(mode == HIGH)})"
            yield f"    n{item}{mode} *= unit"


def _tallies(node: Node, mode: Mode, terms: Terms) -> list[str]:
    return [quorum_tally(rule, node, mode, terms) for rule in quorums(node.stage_rule)]


def _by_rule(node: Node, mode: Mode, terms: Terms) -> Iterator[str]:
    yield from tallies_of(node, mode, terms)
    yield from score_of(node, mode, terms)
    stage = stage_phrase(node.stage_rule, node, mode, terms) if node.has_stage else "1"
    yield f"g{node.index}{mode} = {stage}"


def _flag(place: int, flag: Flag, terms: Terms) -> Iterator[str]:
    for mode in terms.modes:
        condition = flag_condition(flag.raised_when, mode, terms, cautious=flag.when_unknown == "raised")
        yield f"f{place}{mode} = {condition}"


def _ordered(plan: Plan) -> Iterator[Leaf | Node | int]:
    """Yield leaves, nodes and the places of flags, each after all that it depends on."""
    first_flag = plan.whole + len(plan.nodes)
    for item in TopologicalSorter(_dependencies(plan)).static_order():
        if item >= first_flag:
            yield item - first_flag
        else:
            yield plan.leaves[item] if item < plan.whole else plan.node(item)


def _dependencies(plan: Plan) -> dict[int, set[int]]:
    """Return what has to be there before each item and each flag."""
    first_flag = plan.whole + len(plan.nodes)
    found: dict[int, set[int]] = {leaf.index: set() for leaf in plan.leaves}
    for node in plan.nodes:
        names = requirement_names(node.stage_rule) if node.stage_rule else ()
        parts = {item for item, _ in (*node.children.members, *node.below.members)}
        found[node.index] = parts | {_place(plan, kind, name) for kind, name in names}
    for place, flag in enumerate(plan.rubric.flags):
        found[first_flag + place] = {_place(plan, kind, name) for kind, name in requirement_names(flag.raised_when)}
        for name in flag.caps:
            found[plan.items[name]].add(first_flag + place)
    for cap in plan.rubric.caps:
        for name in cap.cap:
            found[plan.items[name]].add(plan.items[cap.by])
    for leaf in plan.leaves:
        if isinstance(leaf.question, Criterion):
            others = [each.criterion for each in leaf.question.prerequisites]
            others += [leaf.question.counter.criterion] if leaf.question.counter else []
            found[leaf.index] |= {plan.items[name] for name in others}
    return found


def _place(plan: Plan, kind: str, name: str) -> int:
    return plan.whole + len(plan.nodes) + plan.flags[name] if kind == "flag" else plan.items[name]


def _evidence_below(node: Node, plan: Plan) -> Iterable[str]:
    """Return the evidence grades whose share is needed at a node, for itself or for a node above it."""
    found: dict[str, None] = {}
    above: Node | None = node
    while above is not None:
        found |= dict.fromkeys(grades_asked(above.stage_rule))
        above = plan.node(above.parent) if above.parent >= 0 else None
    return found
