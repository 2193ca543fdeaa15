"""Does every requirement decide anything, and do the gates of a node go together?"""

from collections.abc import Iterator, Sequence
from itertools import islice

from humanai_maturity.documents.source import Path
from humanai_maturity.lint.finding import Findings, Found
from humanai_maturity.lint.implication import MOST_PARTS, conjuncts, implies, is_open_whenever, redundant, subject
from humanai_maturity.lint.meeting import meets
from humanai_maturity.lint.study import Study
from humanai_maturity.model.checks.requirements import Atom, atoms
from humanai_maturity.model.rules import All, AnyOf, AtLeastN, EvidenceRequirement, FlagAbsent, Gates, Requirement

_ALWAYS = "delete it, or ask for more"
_NEVER = "ask for less, or take out what holds it down"


def check_gates(study: Study) -> Findings:
    """Find requirements that are always or never met, those that follow from others, and gates at odds."""
    yield from _check_atoms(study)
    yield from _check_triggers(study)
    for loc, _, rule in study.parts_of_stage_rules:
        if isinstance(rule, Gates):
            yield from _check_ladder(rule, loc, study)
    for loc, _, requirement in study.requirements:
        yield from _check_within(requirement, loc, study)
    for place, flag in enumerate(study.rubric.flags):
        yield from _check_within(flag.raised_when, ("flags", place, "raised_when"), study)


def _check_atoms(study: Study) -> Findings:
    for loc, _, atom in study.atoms:
        if not _is_met(atom, study, best=True):
            yield Found("requirement-never-met", loc, "not even the best answers meet this", _NEVER)
        elif _is_met(atom, study, best=False):
            message = "all answers meet this, the worst ones, too: it only asks that there are some"
            yield Found("requirement-always-met", loc, message, _ALWAYS)


def _is_met(atom: Atom, study: Study, *, best: bool) -> bool:
    match atom:
        case FlagAbsent():
            return (study.best_flags if best else study.worst_flags)[atom.flag_absent] != "raised"
        case EvidenceRequirement():
            return best or atom.evidence == study.grades[0]
        case _:
            return meets(atom, study.best_rows if best else study.worst_rows, study.rubric)


def _check_triggers(study: Study) -> Findings:
    """Find parts of flags that decide nothing; flags as a whole are looked at with the limits."""
    for place, flag in enumerate(study.rubric.flags):
        parts = [*atoms(flag.raised_when, ("flags", place, "raised_when"))]
        for loc, atom in parts if len(parts) > 1 else ():
            if isinstance(atom, FlagAbsent | EvidenceRequirement):
                continue
            if not meets(atom, study.worst_rows, study.rubric):
                message = "not even the worst answers are as low as this: it raises nothing"
                yield Found("requirement-never-met", loc, message, "ask for more, or delete it")
            elif meets(atom, study.best_rows, study.rubric):
                message = "all answers are as low as this, the best ones, too"
                yield Found("requirement-always-met", loc, message, "ask for less, or delete it")


def _check_ladder(rule: Gates, loc: Path, study: Study) -> Findings:
    """Compare each gate with those below it, which have to be open, too."""
    numbers, ranks = study.rubric.stage_numbers, study.ranks
    in_order = sorted(rule.gates, key=numbers.__getitem__)
    for above, name in enumerate(in_order[1:], 1):
        gate, lower = rule.gates[name], [rule.gates[below] for below in in_order[:above]]
        below = in_order[above - 1]
        if is_open_whenever(gate, lower, ranks):
            message = f"this gate is open whenever those below it are, so nothing ever stands at {below!r}"
            fix = f"ask for more than the gate of {below!r} does"
            yield Found("gate-implied", (*loc, "gates", name), message, fix, of_key=True)
        else:
            yield from _check_repeats(gate, lower, (*loc, "gates", name), study)


def _check_repeats(gate: Requirement, lower: Sequence[Requirement], loc: Path, study: Study) -> Findings:
    ranks = study.ranks
    asked = [*islice((part for each in lower for part in conjuncts(each)), MOST_PARTS)]
    for place, part in islice(_placed(gate, loc), MOST_PARTS):
        if part in asked:
            message = "a lower gate asks for this already, and has to be open, too"
            yield Found("requirement-implied", place, message, "delete it here")
        elif any(implies(one, part, ranks) for one in asked):
            same = any(subject(one) == subject(part) is not None and implies(one, part, ranks) for one in asked)
            message = "a lower gate asks for more than this, and has to be open, too"
            fix = "swap the two thresholds, or delete this one"
            yield Found("gates-contradict" if same else "requirement-implied", place, message, fix)


def _check_within(requirement: Requirement, loc: Path, study: Study) -> Findings:
    """Find parts of `all` that follow from another part, and parts of `any` from which another one follows."""
    ranks = study.ranks
    match requirement:
        case All(all=parts):
            key, words = "all", "this follows from part {part} of the same `all`"
            found = redundant(parts, lambda part, other: implies(other, part, ranks))
        case AnyOf(any=parts):
            key, words = "any", "wherever this is met, part {part} of the same `any` is met, too"
            found = redundant(parts, lambda part, other: implies(part, other, ranks))
        case AtLeastN(of=parts):
            key, words, found = "of", "", iter(())
        case _:
            return
    for place, other in found:
        yield Found("requirement-implied", (*loc, key, place), words.format(part=other + 1), "delete it")
    for place, part in enumerate(parts):
        yield from _check_within(part, (*loc, key, place), study)


def _placed(requirement: Requirement, loc: Path) -> Iterator[tuple[Path, Requirement]]:
    """Yield what all has to be met for a requirement, with places."""
    if isinstance(requirement, All):
        for place, part in enumerate(requirement.all):
            yield from _placed(part, (*loc, "all", place))
    else:
        yield loc, requirement
