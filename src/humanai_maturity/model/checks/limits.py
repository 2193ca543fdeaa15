"""Can every prerequisite, counter-metric, evidence grade, cap and flag hold down what it names?"""

from itertools import pairwise

from humanai_maturity.model.checks.known import Found, Inconsistency, Known, Loc
from humanai_maturity.model.checks.requirements import QUESTION, Kind, check_named, check_threshold, check_trigger
from humanai_maturity.model.exact import written
from humanai_maturity.model.rubric import OVERALL, Cap, Counter, Criterion, Dimension, Fact, Flag, Prerequisite, Rubric

_HELD = Kind("unknown-node", "criterion or dimension", (Criterion, Dimension, Rubric))
_HOLDING = Kind("unknown-node", "criterion, fact or dimension", (*_HELD.types, Fact))


def check_limits(known: Known) -> Found:
    """Find limits that hold nothing, or that could turn a better answer into a worse result."""
    yield from _check_grades(known)
    for loc, part in known.parts:
        if isinstance(part, Criterion):
            yield from _check_criterion(part, loc, known)
    for place, cap in enumerate(known.rubric.caps):
        yield from _check_cap(cap, ("caps", place), known)
    for place, flag in enumerate(known.rubric.flags):
        yield from _check_flag(flag, ("flags", place), known)


def _check_grades(known: Known) -> Found:
    grades = known.rubric.evidence_grades
    for place, grade in enumerate(grades):
        yield from known.check_stage(grade.supports, ("evidence_grades", place, "supports"))
    for place, (weaker, stronger) in enumerate(pairwise(grades), 1):
        lower, upper = known.stage_number(weaker.supports), known.stage_number(stronger.supports)
        if lower is not None and upper is not None and upper < lower:
            message = f"better evidence has to support as much as {weaker.id!r} does: put the weakest grade first"
            yield Inconsistency("evidence-out-of-order", ("evidence_grades", place, "supports"), message)


def _check_criterion(criterion: Criterion, loc: Loc, known: Known) -> Found:
    limits: list[tuple[Loc, Prerequisite | Counter]] = [
        ((*loc, "prerequisites", place), each) for place, each in enumerate(criterion.prerequisites)
    ]
    if criterion.counter is not None:
        limits.append(((*loc, "counter"), criterion.counter))
    on_points = not known.stands(criterion)
    for place, limit in limits:
        if on_points:
            message = "this criterion is worth points, and only stages can be held down: give its options stages"
            yield Inconsistency("limit-on-points", place, message)
        yield from check_named(limit.criterion, (*place, "criterion"), QUESTION, known)
        if isinstance(limit, Prerequisite):
            yield from _check_prerequisite(limit, place, known)
        else:
            yield from _check_counter(limit, place, known)


def _check_prerequisite(prerequisite: Prerequisite, loc: Loc, known: Known) -> Found:
    needed = known.things.get(prerequisite.criterion)
    yield from check_threshold(prerequisite.at_least, (*loc, "at_least"), needed, known)
    yield from known.check_stage(prerequisite.for_stage, (*loc, "for_stage"))
    if known.stage_number(prerequisite.for_stage) == 1:
        message = "nothing can be held below the first stage: name a higher one"
        yield Inconsistency("for-first-stage", (*loc, "for_stage"), message)


def _check_counter(counter: Counter, loc: Loc, known: Known) -> Found:
    holding = known.things.get(counter.criterion)
    if isinstance(holding, Criterion | Fact) and not known.stands(holding):
        message = f"{counter.criterion!r} is worth points: a counter-metric has to be worth stages"
        yield Inconsistency("counter-on-points", (*loc, "criterion"), message)
    if counter.unknown_supports is not None:
        place = (*loc, "unknown_supports")
        yield from known.check_stage(counter.unknown_supports, place)
        number = known.stage_number(counter.unknown_supports)
        if number is not None and number < 1 + counter.plus:
            message = (
                f"the worst counter-metric supports {written(1 + counter.plus)}, "
                "so an unknown one cannot support less: name a higher stage"
            )
            yield Inconsistency("counter-unknown-supports", place, message)


def _check_cap(cap: Cap, loc: Loc, known: Known) -> Found:
    for place, name in enumerate(cap.cap):
        yield from _check_held(name, (*loc, "cap", place), known)
    yield from check_named(cap.by, (*loc, "by"), _HOLDING, known)
    yield from _check_stands(cap.by, (*loc, "by"), known)
    if cap.from_stage is not None:
        yield from known.check_stage(cap.from_stage, (*loc, "from_stage"))


def _check_flag(flag: Flag, loc: Loc, known: Known) -> Found:
    yield from check_trigger(flag.raised_when, (*loc, "raised_when"), known)
    for name, stage in flag.caps.items():
        yield from _check_held(name, (*loc, "caps", name), known, of_key=True)
        yield from known.check_stage(stage, (*loc, "caps", name))


def _check_held(name: str, loc: Loc, known: Known, *, of_key: bool = False) -> Found:
    faults = list(check_named(name, loc, _HELD, known)) or _check_stands(name, loc, known)
    for fault in faults:
        yield Inconsistency(fault.code, fault.loc, fault.message, fault.hint, of_key)


def _check_stands(name: str, loc: Loc, known: Known) -> Found:
    thing = known.things.get(name)
    if thing is not None and not known.stands(thing) and name != OVERALL:
        message = f"{name!r} only stands on points: a cap is about stages"
        yield Inconsistency("cap-without-stage", loc, message)
