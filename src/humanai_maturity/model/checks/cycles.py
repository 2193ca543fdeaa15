"""Does anything depend on itself?"""

from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise
from typing import TypeAlias

from humanai_maturity.model.checks.known import Found, Inconsistency, Known, Loc, Node
from humanai_maturity.model.checks.requirements import atoms, gates
from humanai_maturity.model.ranges import stage_rule_of
from humanai_maturity.model.rubric import OVERALL, Criterion, Rubric
from humanai_maturity.model.rules import Requirement, requirement_names

_Name: TypeAlias = tuple[str, str]
"""Whether it is a flag or a node, and its id: flags have ids of their own."""
_Need: TypeAlias = tuple[_Name, _Name, Loc, str]
"""What needs, what it needs, where that is written, and why."""

_MOST_CYCLES = 20


def check_cycles(known: Known) -> Found:
    """Find chains of needs that come back to where they began, each thing in one of them at most."""
    needs = {(one, other): (loc, why) for one, other, loc, why in reversed(list(_needs(known)))}
    graph: dict[_Name, set[_Name]] = {}
    for one, other in reversed(needs):
        graph.setdefault(one, set()).add(other)
    for _ in range(_MOST_CYCLES):
        cycle = _cycle(graph)
        if not cycle:
            return
        steps = [needs[step] for step in pairwise(cycle)]
        loc = next((loc for loc, why in steps if why != "child"), ())
        chain = " -> ".join(name for _, name in cycle)
        if all(why == "prerequisite" for _, why in steps):
            message = f"the prerequisites go round in a circle: {chain}; take one of them out"
            yield Inconsistency("prerequisite-cycle", loc, message)
        else:
            message = f"these need each other in a circle: {chain}; take one of the needs out"
            yield Inconsistency("dependency-cycle", loc, message)
        graph = {one: others - {*cycle} for one, others in graph.items() if one not in cycle}


def _cycle(graph: dict[_Name, set[_Name]]) -> list[_Name]:
    """Return a cycle that begins and ends with the same name, each needing the next one."""
    try:
        TopologicalSorter({one: sorted(others) for one, others in graph.items()}).prepare()
    except CycleError as error:
        around: list[_Name] = error.args[1][::-1][:-1]
        first = around.index(min(around))
        return [*around[first:], *around[: first + 1]]
    return []


def _needs(known: Known) -> Iterator[_Need]:
    for loc, node in known.nodes:
        name = ("node", OVERALL if isinstance(node, Rubric) else node.id)
        yield from ((name, ("node", child.id), loc, "child") for child in node.children)
        yield from ((name, other, place, "gate") for place, other in _gate_needs(node, loc, known))
    for loc, part in known.parts:
        if isinstance(part, Criterion):
            yield from _criterion_needs(part, loc)
    for place, cap in enumerate(known.rubric.caps):
        yield from ((("node", held), ("node", cap.by), ("caps", place), "cap") for held in cap.cap)
    for place, flag in enumerate(known.rubric.flags):
        loc = ("flags", place)
        yield from (
            (("flag", flag.id), other, at, "flag") for at, other in _read(flag.raised_when, (*loc, "raised_when"))
        )
        yield from ((("node", held), ("flag", flag.id), (*loc, "caps", held), "flag") for held in flag.caps)


def _gate_needs(node: Node, loc: Loc, known: Known) -> Iterator[tuple[Loc, _Name]]:
    rule = stage_rule_of(node, known.rubric)
    if rule is not None:
        for place, requirement in gates(rule, ("defaults", "stage") if node.stage is None else (*loc, "stage")):
            yield from _read(requirement, place)


def _criterion_needs(criterion: Criterion, loc: Loc) -> Iterator[_Need]:
    name = ("node", criterion.id)
    for place, prerequisite in enumerate(criterion.prerequisites):
        yield name, ("node", prerequisite.criterion), (*loc, "prerequisites", place), "prerequisite"
    if criterion.counter is not None:
        yield name, ("node", criterion.counter.criterion), (*loc, "counter"), "counter"


def _read(requirement: Requirement, loc: Loc) -> Iterator[tuple[Loc, _Name]]:
    for place, atom in atoms(requirement, loc):
        yield from ((place, name) for name in requirement_names(atom))
