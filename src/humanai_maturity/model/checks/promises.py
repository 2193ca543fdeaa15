"""Does every stage rest on aggregators that a better answer cannot turn against it?"""

from collections.abc import Iterator, Mapping
from functools import partial

from humanai_maturity.model.checks.known import Found, Inconsistency, Known, Loc, Node
from humanai_maturity.model.checks.requirements import atoms, gates, rules
from humanai_maturity.model.extensions import Aggregator
from humanai_maturity.model.ranges import score_rule_of, scored_parts, stage_rule_of
from humanai_maturity.model.rubric import Dimension
from humanai_maturity.model.rules import Aggregate, Cuts, DimensionRequirement, Requirement, ShareRequirement

_THRESHOLDS = ("at_least", "above", "at_most", "below")


def check_promises(known: Known, aggregators: Mapping[str, object]) -> Found:
    """Find stages that rest on a score of an aggregator that is not declared monotone.

    Args:
        known: The rubric, in which everything else goes together.
        aggregators: The aggregators by their names; a plain function declares nothing.
    """
    fickle = partial(_fickle, known=known, aggregators=aggregators)
    for loc, node in known.nodes:
        rule, place = stage_rule_of(node, known.rubric), (*loc, "stage")
        for at, each in rules(rule, place) if rule is not None else ():
            if isinstance(each, Cuts) and (name := fickle(node)):
                yield _rests(name, at if node.stage is not None else loc)
    for at, requirement in _requirements(known):
        for place, dimension in _compared_by_value(requirement, at):
            thing = known.things.get(dimension)
            if isinstance(thing, Node) and (name := fickle(thing)):
                yield _rests(name, place)


def _fickle(node: Node, known: Known, aggregators: Mapping[str, object]) -> str | None:
    """Return the aggregator for which a better answer could lower a node's score, if there is one."""
    rule = score_rule_of(node, known.rubric)
    if isinstance(rule, Aggregate) and rule.name in aggregators and not _is_monotone(aggregators[rule.name]):
        return rule.name
    below = [part for part in scored_parts(node, known.rubric) if isinstance(part, Dimension)]
    return next((name for part in below if (name := _fickle(part, known, aggregators))), None)


def _is_monotone(aggregator: object) -> bool:
    return isinstance(aggregator, Aggregator) and aggregator.monotone


def _requirements(known: Known) -> Iterator[tuple[Loc, Requirement]]:
    """Yield everything that is asked for a stage or for a flag, with its place."""
    default = known.rubric.defaults.stage
    if default is not None:
        yield from gates(default, ("defaults", "stage"))
    for loc, node in known.nodes:
        if node.stage is not None:
            yield from gates(node.stage, (*loc, "stage"))
    for number, flag in enumerate(known.rubric.flags):
        yield ("flags", number, "raised_when"), flag.raised_when


def _compared_by_value(requirement: Requirement, loc: Loc) -> Iterator[tuple[Loc, str]]:
    """Yield the dimensions whose scores a requirement compares with a number, with their places."""
    for place, atom in atoms(requirement, loc):
        if not isinstance(atom, DimensionRequirement | ShareRequirement):
            continue
        if any(isinstance(getattr(atom, key), str) for key in _THRESHOLDS):
            continue
        if isinstance(atom, DimensionRequirement):
            yield (*place, "dimension"), atom.dimension
        else:
            yield from (((*place, "of", number), name) for number, name in enumerate(atom.of))


def _rests(aggregator: str, loc: Loc) -> Inconsistency:
    message = (
        f"a stage rests here on the aggregator {aggregator!r}, which is not declared monotone, so that a better answer "
        "could lower the stage: declare it (`monotone=True`) if it is, or let the stage rest on a quorum, on gates "
        "about criteria, or on another score rule"
    )
    return Inconsistency("not-monotone", loc, message)
