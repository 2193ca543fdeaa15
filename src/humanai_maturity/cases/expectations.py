"""Do worked cases speak of things that their rubric has, and of results that it can have?"""

from collections.abc import Iterable, Iterator
from fractions import Fraction

from humanai_maturity.model.cases import Case, Cases, Expected, ExpectedNumber, ExpectedRow
from humanai_maturity.model.checks.known import Found, Inconsistency, Known, Loc, Thing, article
from humanai_maturity.model.checks.names import check_unique
from humanai_maturity.model.rubric import Criterion, Fact, Rubric

_STAGES = ("stage", "stage_raw", "stage_low", "stage_high")
_RISING = (("stage_low", "stage_high"), ("stage_low", "stage"), ("stage", "stage_high"), ("stage", "stage_raw"))
_RISING_NUMBERS = (("low", "high"), ("low", "score"), ("score", "high"), ("score", "claimed"))


def case_inconsistencies(cases: Cases, rubric: Rubric) -> list[Inconsistency]:
    """Return everything in worked cases that cannot be about a rubric; their answers are not looked at.

    Example:
        >>> rubric = Rubric(
        ...     id="r", version="1", title="R", stages=[{"id": "low", "title": "Low"}, {"id": "top", "title": "Top"}],
        ...     dimensions=[{"id": "d", "title": "D", "criteria": [
        ...         {"id": "c", "title": "C", "scale": {"type": "yes_no", "yes": "top", "no": "low"}},
        ...     ]}],
        ... )
        >>> cases = Cases(rubric="r", cases=[{"id": "best", "answers": {"c": True}, "expect": {"stage": "tpo"}}])
        >>> [(problem.code, problem.loc, problem.hint) for problem in case_inconsistencies(cases, rubric)]
        [('unknown-stage', ('cases', 0, 'expect', 'stage'), 'top')]
    """
    known = Known(rubric)
    found = list(check_unique("case", ((("cases", place), case.id) for place, case in enumerate(cases.cases))))
    for place, case in enumerate(cases.cases):
        earlier = [other.id for other in cases.cases[:place]]
        found += _check_case(case, ("cases", place), earlier, known)
    return found


def _check_case(case: Case, loc: Loc, earlier: Iterable[str], known: Known) -> Found:
    yield from _check_like(case, loc, earlier, known)
    yield from _check_others(case, loc, known)
    expected, loc = case.expect, (*loc, "expect")
    if not expected.model_fields_set - {"nodes"} and not expected.nodes:
        yield Inconsistency("nothing-expected", loc, "say what the result has to be: such as `stage: ...`")
    yield from _check_row(expected, known.rubric, loc, known)
    yield from _check_named(expected, loc, known)
    for name, row in expected.nodes.items():
        place = (*loc, "nodes", name)
        thing = known.things.get(name)
        if thing is None:
            message = f"the rubric has no criterion, fact or dimension {name!r}"
            yield Inconsistency("unknown-node", place, message, known.hint(name, known.things), of_key=True)
        else:
            yield from _check_row(row, thing, place, known)


def _check_like(case: Case, loc: Loc, earlier: Iterable[str], known: Known) -> Found:
    if case.like is not None and case.like not in earlier:
        message = f"there is no case {case.like!r} above this one"
        yield Inconsistency("unknown-case", (*loc, "like"), message, known.hint(case.like, earlier))


def _check_others(case: Case, loc: Loc, known: Known) -> Found:
    others, loc = case.others, (*loc, "others")
    if others is None:
        return
    if (others.stage is None) == (others.worth is None):
        yield Inconsistency("stage-or-worth", loc, "give either `stage` or `worth`")
    if others.stage is not None:
        yield from known.check_stage(others.stage, (*loc, "stage"))
    if others.evidence is not None:
        yield from known.check_grade(others.evidence, (*loc, "evidence"))


def _check_row(row: ExpectedRow, thing: Thing, loc: Loc, known: Known) -> Found:
    if not row.model_fields_set and not isinstance(row, Expected):
        yield Inconsistency("nothing-expected", loc, "say what is expected here: such as `stage: ...`")
    stages = {field: stage for field in _STAGES if (stage := getattr(row, field)) is not None}
    for field, stage in stages.items():
        yield from known.check_stage(stage, (*loc, field))
    if stages and not known.stands(thing):
        message = f"{article(thing)} on points has no stage: expect a `score`"
        yield Inconsistency("no-stage-here", (*loc, next(iter(stages))), message)
    is_question = isinstance(thing, Criterion | Fact)
    misplaced = "stage_raw" if is_question else "claimed"
    if misplaced in row.model_fields_set:
        message = f"{article(thing)} has no `{misplaced}`"
        yield Inconsistency("not-in-this-row", (*loc, misplaced), message, of_key=True)
    yield from _check_order(row, loc, known)


def _check_order(row: ExpectedRow, loc: Loc, known: Known) -> Found:
    """Find expectations that no result can meet together."""
    for lower, upper in _RISING:
        stages = [known.stage_number(ref) for ref in (getattr(row, lower), getattr(row, upper)) if ref is not None]
        yield from _crossed(lower, upper, [stage for stage in stages if stage is not None], loc)
    for lower, upper in _RISING_NUMBERS:
        yield from _crossed(lower, upper, list(_exact_ones(getattr(row, lower), getattr(row, upper))), loc)


def _exact_ones(*numbers: ExpectedNumber | None) -> Iterator[Fraction]:
    return (number.value for number in numbers if number is not None and number.digits is None)


def _crossed(lower: str, upper: str, values: list[int] | list[Fraction], loc: Loc) -> Found:
    if len(values) > 1 and values[0] > values[1]:
        message = f"`{lower}` is never above `{upper}`"
        yield Inconsistency("impossible-expectation", (*loc, lower), message)


def _check_named(expected: Expected, loc: Loc, known: Known) -> Found:
    for place, flag in enumerate(expected.flags or ()):
        if flag not in known.flags:
            message = f"there is no flag {flag!r}"
            yield Inconsistency("unknown-flag", (*loc, "flags", place), message, known.hint(flag, known.flags))
    nameable = [*known.things, *known.flags, *known.grades]
    for place, name in enumerate(expected.blockers or ()):
        if name not in nameable:
            message = f"no blocker can name {name!r}: it is no criterion, fact, dimension, flag or evidence grade"
            yield Inconsistency("unknown-node", (*loc, "blockers", place), message, known.hint(name, nameable))
