"""Are all ids unique, and none of them misleading?"""

from collections.abc import Iterable

from humanai_maturity.model.checks.known import Found, Inconsistency, Known, Loc, place_text
from humanai_maturity.model.rubric import OVERALL


def check_names(known: Known) -> Found:
    """Find ids that name two things, or seem to name another thing."""
    rubric = known.rubric
    yield from check_unique("stage", ((("stages", place), each.id) for place, each in enumerate(rubric.stages)))
    grades = ((("evidence_grades", place), each.id) for place, each in enumerate(rubric.evidence_grades))
    yield from check_unique("evidence grade", grades)
    yield from check_unique("flag", ((("flags", place), each.id) for place, each in enumerate(rubric.flags)))
    yield from check_unique("role", ((("roles", place), each.id) for place, each in enumerate(rubric.roles)))
    yield from check_unique("source", ((("sources", place), each.id) for place, each in enumerate(rubric.sources)))
    facts = [(("facts", place), each.id) for place, each in enumerate(rubric.facts)]
    named: list[tuple[Loc, str]] = [*((loc, part.id) for loc, part in known.parts), *facts]
    yield from check_unique("dimension, criterion or fact", named)
    yield from _reserved(named)
    yield from _misleading_stages(known)


def check_unique(kind: str, named: Iterable[tuple[Loc, str]]) -> Found:
    """Find ids that are there already."""
    seen: dict[str, Loc] = {}
    for loc, name in named:
        if name in seen:
            message = f"another {kind}, {place_text(seen[name])}, has the id {name!r}: give each its own"
            yield Inconsistency("duplicate-id", (*loc, "id"), message)
        seen.setdefault(name, loc)


def _reserved(named: Iterable[tuple[Loc, str]]) -> Found:
    for loc, name in named:
        if name == OVERALL:
            message = f"the id {OVERALL!r} is kept for the whole rubric: choose another one"
            yield Inconsistency("reserved-id", (*loc, "id"), message)


def _misleading_stages(known: Known) -> Found:
    for place, stage in enumerate(known.rubric.stages):
        if stage.id.isdecimal() and int(stage.id) != place + 1:
            message = (
                f"the id {stage.id!r} reads as a number, but this is stage {place + 1}: "
                f"write a word, such as 'level-{stage.id}'"
            )
            yield Inconsistency("misleading-stage-id", ("stages", place, "id"), message)
