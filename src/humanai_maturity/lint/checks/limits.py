"""Does everything that can hold a value or a stage down ever do so, and does it ever let go?"""

from fractions import Fraction

from humanai_maturity.documents.source import Path
from humanai_maturity.engine.result import CriterionResult, NodeResult
from humanai_maturity.lint.finding import Findings, Found
from humanai_maturity.lint.implication import implies
from humanai_maturity.lint.meeting import passes
from humanai_maturity.lint.study import Study
from humanai_maturity.model.exact import written
from humanai_maturity.model.ranges import question_range, resolve_stage
from humanai_maturity.model.rubric import Cap, Criterion, Flag, Prerequisite
from humanai_maturity.model.rules import CriterionRequirement

_DELETE = "delete it, or make it stricter"
_MOST = 100
"""How many prerequisites of one criterion are compared with each other."""


def check_limits(study: Study) -> Findings:
    """Find prerequisites, counter-metrics, caps and flags that never hold anything down, or always do."""
    for loc, part in study.known.parts:
        if isinstance(part, Criterion):
            for place, needed in enumerate(part.prerequisites):
                yield from _check_prerequisite(part, needed, (*loc, "prerequisites", place), study)
            yield from _check_counter(part, (*loc, "counter"), study)
    for place, cap in enumerate(study.rubric.caps):
        yield from _check_cap(cap, ("caps", place), study)
    for place, flag in enumerate(study.rubric.flags):
        yield from _check_flag(flag, ("flags", place), study)


def _check_prerequisite(criterion: Criterion, needed: Prerequisite, loc: Path, study: Study) -> Findings:
    name, bound = needed.criterion, needed.at_least
    stage = resolve_stage(needed.for_stage, study.rubric)
    if not passes("at_least", bound, study.best_rows[name], study.rubric):
        message = f"not even the best answers bring {name!r} to {_words(bound)}, so this is never met"
        yield Found("prerequisite-never-met", loc, message, f"ask less of {name!r}, or take out what holds it down")
    elif passes("at_least", bound, study.worst_rows[name], study.rubric):
        message = f"every answer brings {name!r} to {_words(bound)}, so this is always met"
        yield Found("prerequisite-without-effect", loc, message, _DELETE)
    elif question_range(criterion, study.rubric).high < stage:
        message = f"no answer claims {study.rubric.stages[stage - 1].id!r} here, so there is nothing to hold down"
        yield Found("prerequisite-without-effect", loc, message, "name a lower stage in `for_stage`, or delete it")
    elif any(_is_stricter(other, needed, study) for other in criterion.prerequisites[:_MOST]):
        message = f"another prerequisite asks at least as much of {name!r}, for no higher a stage"
        yield Found("prerequisite-without-effect", loc, message, "delete it")
    elif study.known.stands(study.questions[name]) and _number(bound, study) > stage:
        title = study.rubric.stages[stage - 1].id
        message = f"{title!r} is held back until {name!r} stands higher than that, at {_words(bound)}"
        yield Found("prerequisite-ahead", loc, message, f"ask for {title!r} or less, so that both can grow together")


def _is_stricter(other: Prerequisite, needed: Prerequisite, study: Study) -> bool:
    """Return whether another prerequisite makes this one superfluous; of two that say the same, the first counts."""
    if other == needed or other.criterion != needed.criterion:
        return False
    asked, wanted = (CriterionRequirement(criterion=each.criterion, at_least=each.at_least) for each in (other, needed))
    earlier = resolve_stage(other.for_stage, study.rubric) <= resolve_stage(needed.for_stage, study.rubric)
    return earlier and implies(asked, wanted, study.ranks)


def _number(threshold: Fraction | str, study: Study) -> Fraction:
    return Fraction(study.rubric.stage_numbers[threshold]) if isinstance(threshold, str) else threshold


def _words(threshold: Fraction | str) -> str:
    return repr(threshold) if isinstance(threshold, str) else str(written(threshold))


def _check_counter(criterion: Criterion, loc: Path, study: Study) -> Findings:
    if criterion.counter is None:
        return
    worst = study.worst_rows[criterion.counter.criterion].exact.score
    if worst is not None and worst + criterion.counter.plus >= question_range(criterion, study.rubric).high:
        message = f"even the worst {criterion.counter.criterion!r} lets the best answer here count in full"
        yield Found("counter-without-effect", loc, message, "lower `plus`, or delete the counter-metric")


def _check_cap(cap: Cap, loc: Path, study: Study) -> Findings:
    holding = study.worst_rows[cap.by].stage
    if holding is None:
        return
    floor = 1 if cap.from_stage is None else resolve_stage(cap.from_stage, study.rubric)
    limit = max(holding.number + cap.plus, floor - 1)
    for place, name in enumerate(cap.cap):
        if _highest(study.best_rows[name]) <= limit:
            message = f"{name!r} never stands so high that {cap.by!r} would hold it down"
            yield Found("cap-without-effect", (*loc, "cap", place), message, _DELETE)


def _highest(row: NodeResult | CriterionResult) -> int:
    """Return the highest stage that something claims with the best answers, before anything holds it down."""
    if isinstance(row, NodeResult):
        return row.stage_raw.number if row.stage_raw is not None else 0
    return int(row.exact.claimed or 0)


def _check_flag(flag: Flag, loc: Path, study: Study) -> Findings:
    if study.worst_flags[flag.id] != "raised":
        fix = "ask for a stage or value that answers can be as low as"
        yield Found("flag-never-raised", (*loc, "raised_when"), "not even the worst answers raise this flag", fix)
    elif study.best_flags[flag.id] == "raised":
        fix = "ask for a stage or value that answers can be above"
        yield Found("flag-always-raised", (*loc, "raised_when"), "even the best answers raise this flag", fix)
    else:
        for name, stage in flag.caps.items():
            if _highest(study.best_rows[name]) <= resolve_stage(stage, study.rubric):
                message = f"{name!r} never stands higher than this anyway"
                yield Found("cap-without-effect", (*loc, "caps", name), message, _DELETE, of_key=True)
