"""Does all advice name roles that are there and stages that can be reached, and every number what it rests on?"""

from collections.abc import Iterable

from humanai_maturity.model.checks.known import Found, Inconsistency, Known, Loc, Question
from humanai_maturity.model.guidance import Basis, NextStep, Team
from humanai_maturity.model.ranges import resolve_stage, scale_range
from humanai_maturity.model.scales import ChoiceScale, MetricScale, Scale, YesNoScale


def check_guidance(known: Known) -> Found:
    """Find advice that leads nowhere or names nobody, and numbers that do not say what they rest on."""
    for place, role in enumerate(known.rubric.roles):
        if role.from_stage is not None:
            yield from known.check_stage(role.from_stage, ("roles", place, "from_stage"))
    for place, stage in enumerate(known.rubric.stages):
        if stage.team is not None:
            yield from _check_team(stage.team, ("stages", place, "team"), known)
    for loc, question in known.questions:
        for place, scale in enumerate(question.scales):
            if isinstance(scale, MetricScale):
                yield from _check_bands(scale, (*loc, "otherwise", place - 1) if place else (*loc, "scale"), known)
        yield from _check_steps(question, loc, known)


def _check_team(team: Team, loc: Loc, known: Known) -> Found:
    for place, part in enumerate(team.roles):
        yield from _check_role(part.role, (*loc, "roles", place, "role"), known)
    for place, ratio in enumerate(team.ratios):
        yield from _check_basis(ratio.basis, (*loc, "ratios", place, "basis"), known)


def _check_role(role: str, loc: Loc, known: Known) -> Found:
    yield from _check_listed("role", role, loc, [each.id for each in known.rubric.roles], known)


def _check_listed(kind: str, name: str, loc: Loc, listed: Iterable[str], known: Known) -> Found:
    if name not in listed:
        message = f"there is no {kind} {name!r}: list it under `{kind}s`"
        yield Inconsistency(f"unknown-{kind}", loc, message, known.hint(name, listed))


def _check_basis(basis: Basis, loc: Loc, known: Known) -> Found:
    if basis.kind == "sourced" and not basis.sources:
        message = "what is `sourced` has a source: name it under `sources`, or call it a `judgement`"
        yield Inconsistency("basis-without-source", loc, message)
    if basis.kind == "judgement" and basis.sources:
        message = "a judgement rests on no source: call it `derived`, or put the source into the `note`"
        yield Inconsistency("judgement-with-source", (*loc, "sources"), message)
    for place, source in enumerate(basis.sources):
        listed = [each.id for each in known.rubric.sources]
        yield from _check_listed("source", source, (*loc, "sources", place), listed, known)


def _check_bands(scale: MetricScale, loc: Loc, known: Known) -> Found:
    for stage, basis in scale.basis.items():
        place = (*loc, "basis", stage)
        unknown = list(known.check_stage(stage, place, of_key=True))
        yield from unknown
        if not unknown and stage not in (scale.bands or ()):
            message = f"there is no cut-point of {stage!r} that could rest on this: add it to `bands`"
            yield Inconsistency("basis-without-band", place, message, of_key=True)
        yield from _check_basis(basis, place, known)


def _check_steps(question: Question, loc: Loc, known: Known) -> Found:
    seen: dict[int, int] = {}
    for place, step in enumerate(question.next_steps):
        at = (*loc, "next_steps", place)
        if step.owner is not None:
            yield from _check_role(step.owner, (*at, "owner"), known)
        yield from known.check_stage(step.to, (*at, "to"))
        number = known.stage_number(step.to)
        if number is None:
            continue
        if number in seen:
            message = f"step {seen[number] + 1} leads to this stage, too: keep one of them, or join them"
            yield Inconsistency("repeated-step", (*at, "to"), message)
        seen.setdefault(number, place)
        yield from _check_reach(step, number, question, (*at, "to"), known)


def _check_reach(step: NextStep, number: int, question: Question, loc: Loc, known: Known) -> Found:
    if number == 1:
        message = "everybody is at the first stage, so nothing leads there: delete this step"
        yield Inconsistency("step-to-first-stage", loc, message)
    elif not known.stands(question):
        message = f"{question.id!r} stands at no stage, only on points: give its answers stages"
        yield Inconsistency("step-on-points", loc, message)
    elif question.id not in known.unclear and not any(_shows(scale, number, known) for scale in question.scales):
        message = f"no answer to {question.id!r} shows {step.to!r}: name a stage that one shows"
        yield Inconsistency("step-out-of-reach", loc, message)


def _shows(scale: Scale, number: int, known: Known) -> bool:
    """Return whether some answer on a scale shows a stage."""
    match scale:
        case ChoiceScale():
            refs = [option.stage for option in scale.options if option.stage is not None]
        case YesNoScale():
            refs = [worth for worth in (scale.yes, scale.no) if isinstance(worth, str)]
        case _:
            return number <= scale_range(scale, known.rubric).high
    return number in {resolve_stage(ref, known.rubric) for ref in refs}
