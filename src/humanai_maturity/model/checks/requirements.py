"""Does every requirement ask something that can be answered, in the direction that its place allows?"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias, assert_never

from humanai_maturity.model.checks.known import Found, Inconsistency, Known, Loc, Thing, article
from humanai_maturity.model.exact import Threshold
from humanai_maturity.model.rubric import Criterion, Dimension, Fact, Rubric
from humanai_maturity.model.rules import (
    All,
    AnyOf,
    AtLeastN,
    CriterionRequirement,
    DimensionRequirement,
    EvidenceRequirement,
    FlagAbsent,
    Gates,
    Highest,
    Kth,
    Lowered,
    Lowest,
    Requirement,
    ShareRequirement,
    StageRule,
)

Comparison: TypeAlias = CriterionRequirement | DimensionRequirement | ShareRequirement
Atom: TypeAlias = Comparison | EvidenceRequirement | FlagAbsent

_MORE = ("at_least", "above")
_LESS = ("at_most", "below")


@dataclass(frozen=True, slots=True)
class Kind:
    """Say what an id has to name at some place.

    Attributes:
        code: The code of the problem that it names nothing.
        words: The kind, in an author's words.
        types: What it can be.
    """

    code: str
    words: str
    types: tuple[type[Thing], ...]


QUESTION = Kind("unknown-criterion", "criterion or fact", (Criterion, Fact))
_DIMENSION = Kind("unknown-dimension", "dimension", (Dimension, Rubric))
_WEIGHED = Kind("unknown-node", "criterion or dimension", (Criterion, Dimension))


def check_gate(requirement: Requirement, loc: Loc, known: Known) -> Found:
    """Find what a gate cannot ask."""
    for place, atom in atoms(requirement, loc):
        match atom:
            case FlagAbsent():
                yield from _check_flag(atom.flag_absent, (*place, "flag_absent"), known)
            case EvidenceRequirement():
                yield from known.check_grade(atom.evidence, (*place, "evidence"))
            case CriterionRequirement() | DimensionRequirement() | ShareRequirement():
                yield from _check_comparison(atom, place, known, _MORE)
            case _:
                assert_never(atom)


def check_trigger(requirement: Requirement, loc: Loc, known: Known) -> Found:
    """Find what cannot raise a flag."""
    for place, atom in atoms(requirement, loc):
        if isinstance(atom, FlagAbsent | EvidenceRequirement):
            key = "flag_absent" if isinstance(atom, FlagAbsent) else "evidence"
            message = (
                f"`{key}` asks for more, and a flag is raised for less: ask for a stage or value `below` or `at_most`"
            )
            yield Inconsistency("not-in-a-flag", place, message)
        else:
            yield from _check_comparison(atom, place, known, _LESS)


def atoms(requirement: Requirement, loc: Loc) -> Iterator[tuple[Loc, Atom]]:
    """Yield the requirements that a requirement is made of, with their places."""
    match requirement:
        case All():
            parts, key = requirement.all, "all"
        case AnyOf():
            parts, key = requirement.any, "any"
        case AtLeastN():
            parts, key = requirement.of, "of"
        case _:
            yield loc, requirement
            return
    for place, part in enumerate(parts):
        yield from atoms(part, (*loc, key, place))


def rules(rule: StageRule, loc: Loc) -> Iterator[tuple[Loc, StageRule]]:
    """Yield a stage rule and those inside it, with their places."""
    yield loc, rule
    match rule:
        case Lowest():
            parts, place = rule.lowest, (*loc, "lowest")
        case Highest():
            parts, place = rule.highest, (*loc, "highest")
        case Kth():
            parts, place = rule.kth.of, (*loc, "kth", "of")
        case Lowered():
            yield from rules(rule.lowered, (*loc, "lowered"))
            return
        case _:
            return
    for number, part in enumerate(() if isinstance(parts, str) else parts):
        yield from rules(part, (*place, number))


def gates(rule: StageRule, loc: Loc) -> Iterator[tuple[Loc, Requirement]]:
    """Yield the requirements of all gates in a rule, and those that lower a stage, with their places."""
    for place, each in rules(rule, loc):
        match each:
            case Gates():
                yield from (((*place, "gates", stage), requirement) for stage, requirement in each.gates.items())
            case Lowered():
                yield from (((*place, "each", number), requirement) for number, requirement in enumerate(each.each))
            case _:
                continue


def check_threshold(threshold: Threshold, loc: Loc, thing: Thing | None, known: Known) -> Found:
    """Find a comparison with a stage that is not there, or of something that stands at none."""
    if not isinstance(threshold, str):
        return
    yield from known.check_stage(threshold, loc)
    if thing is not None and not known.stands(thing):
        message = f"{_name(thing)!r} stands at no stage, only on points: compare with a number"
        yield Inconsistency("not-on-stages", loc, message)


def check_named(name: str, loc: Loc, kind: Kind, known: Known) -> Found:
    """Find an id that names nothing, or something of another kind."""
    thing = known.things.get(name)
    if thing is None:
        message = f"there is no {kind.words} {name!r}"
        yield Inconsistency(kind.code, loc, message, known.hint(name, known.ids(*kind.types)))
    elif not isinstance(thing, kind.types):
        yield Inconsistency("wrong-kind", loc, f"{name!r} is {article(thing)}: name a {kind.words}")


def _name(thing: Thing) -> str:
    return "overall" if isinstance(thing, Rubric) else thing.id


def _check_flag(flag: str, loc: Loc, known: Known) -> Found:
    if flag not in known.flags:
        yield Inconsistency("unknown-flag", loc, f"there is no flag {flag!r}", known.hint(flag, known.flags))


def _check_comparison(atom: Comparison, loc: Loc, known: Known, allowed: tuple[str, str]) -> Found:
    names, kind = _names(atom, loc)
    for place, name in names:
        yield from check_named(name, place, kind, known)
    given = {key: threshold for key in (*_MORE, *_LESS) if (threshold := getattr(atom, key)) is not None}
    if len(given) != 1:
        listed = " or ".join(f"`{key}`" for key in allowed)
        yield Inconsistency("one-comparison", loc, f"give exactly one of {listed}")
    for key, threshold in given.items():
        yield from _check_direction(key, (*loc, key), allowed)
        for _, name in names:
            yield from check_threshold(threshold, (*loc, key), known.things.get(name), known)


def _names(atom: Comparison, loc: Loc) -> tuple[list[tuple[Loc, str]], Kind]:
    match atom:
        case CriterionRequirement():
            return [((*loc, "criterion"), atom.criterion)], QUESTION
        case DimensionRequirement():
            return [((*loc, "dimension"), atom.dimension)], _DIMENSION
        case ShareRequirement():
            return [((*loc, "of", place), name) for place, name in enumerate(atom.of)], _WEIGHED
        case _:
            assert_never(atom)


def _check_direction(key: str, loc: Loc, allowed: tuple[str, str]) -> Found:
    if key not in allowed:
        one, other = allowed
        asker = "a gate only asks for more" if allowed == _MORE else "a flag is only raised for less"
        code = "gate-comparison" if allowed == _MORE else "flag-comparison"
        yield Inconsistency(code, loc, f"{asker}: write `{one}` or `{other}`", of_key=True)
