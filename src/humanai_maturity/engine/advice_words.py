"""Advice in words."""

from collections.abc import Iterator
from fractions import Fraction

from humanai_maturity.advice.advised import AdvisedStep, StepEffect
from humanai_maturity.engine.result import ScorecardData
from humanai_maturity.engine.wording import one_line, rounded, sentence
from humanai_maturity.model.rubric import OVERALL, Stage

MOST_TOLD = 5
"""How many next steps are told."""


def step_lines(step: AdvisedStep, card: ScorecardData) -> Iterator[str]:
    """Yield a step in words: what to do, then for what and by whom, why, and what it changes."""
    yield sentence(step.do)
    yield sentence("; ".join(_particulars(step, card)))
    yield from filter(None, (why_it_comes(step, card), what_it_changes(step, card)))


def why_it_comes(step: AdvisedStep, card: ScorecardData) -> str:
    """Return in one sentence why a step comes where it does; empty where it only closes a gap."""
    why = _why(step, card)
    return sentence(why) if why else ""


def what_it_changes(step: AdvisedStep, card: ScorecardData) -> str:
    """Return in one sentence what a step changes; empty where that cannot be computed."""
    effects = [words for effect in step.effects if (words := _effect(effect, card))]
    if effects:
        return f"Then {' and '.join(effects)}."
    return "By itself it changes no score." if step.effects else ""


def team_lines(card: ScorecardData) -> Iterator[str]:
    """Yield the team that fits, what leads on, and the team that comes next."""
    advice = card.team
    if advice is None:
        return
    where = "At" if advice.sure else "At the least at"
    yield from _team(f"{where} {one_line(advice.now.title)}", advice.now)
    if advice.now.next_move is not None:
        yield f"What leads on: {sentence(advice.now.next_move)}"
    if advice.next is not None:
        yield from _team(f"Then, at {one_line(advice.next.title)}", advice.next)
        there = {part.role for part in advice.now.team.roles} if advice.now.team else set()
        after = {part.role for part in advice.next.team.roles} if advice.next.team else set()
        added = [one_line(role.title) for role in advice.roles if role.id in after - there]
        if added:
            yield f"Roles that come with it: {'; '.join(added)}."


def _team(where: str, stage: Stage) -> Iterator[str]:
    if stage.team is not None and stage.team.shape is not None:
        yield f"{where}: {sentence(stage.team.shape)}"


def _particulars(step: AdvisedStep, card: ScorecardData) -> Iterator[str]:
    stage = f" to {stage_title(step.to, card)}" if step.to is not None else ""
    yield f"{one_line(step.title)} ({step.criterion}){stage}"
    if step.kind == "evidence" and step.evidence is not None:
        yield f"evidence of the grade {one_line(step.evidence)}"
    if step.effort is not None and step.impact is not None:
        yield f"{step.effort} effort, {step.impact} impact"
    if step.owner is not None:
        yield one_line(step.owner.title)


def _why(step: AdvisedStep, card: ScorecardData) -> str:
    names = _listed([_title(name, card) for name in step.by])
    match step.why:
        case "flag":
            return f"clears the flag {names}" if step.clears else f"answers the flag {names}"
        case "prerequisite" | "counter":
            return f"{names} cannot get further without it"
        case "constraint":
            return f"it is part of what holds back {names}"
        case _:
            return ""


def _effect(effect: StepEffect, card: ScorecardData) -> str:
    """Return what changes at one node; empty where nothing does."""
    name = _title(effect.node, card)
    changes = []
    if effect.stage_then != effect.stage and effect.stage_then is not None:
        changes.append(f"stands at {stage_title(effect.stage_then, card)}")
    if effect.score_then != effect.score and effect.score_then is not None:
        changes.append(f"scores {_scores(effect.score, effect.score_then, card.rubric.digits)}")
    return f"{name} {' and '.join(changes)}" if changes else ""


def _scores(now: Fraction | None, then: Fraction, digits: int) -> str:
    """Return two scores with as many decimals as tell them apart, but no more than three above the rubric's."""
    if now is None:
        return rounded(then, digits)
    places = next((n for n in range(digits, digits + 3) if rounded(now, n) != rounded(then, n)), digits + 3)
    return f"{rounded(then, places)} instead of {rounded(now, places)}"


def stage_title(name: str, card: ScorecardData) -> str:
    """Return what people call a stage, by its id."""
    return next(one_line(stage.title) for stage in card.stages if stage.id == name)


def _title(name: str, card: ScorecardData) -> str:
    """Return what people call something that a step is for."""
    if name == OVERALL:
        return "the whole"
    titles = {flag.id: flag.title or flag.id for flag in card.flags}
    titles |= {row.id: row.title for row in (*card.nodes, *card.criteria, *card.facts)}
    return one_line(titles[name])


def _listed(names: list[str]) -> str:
    *first, last = names or [""]
    return f"{', '.join(first)} and {last}" if first else last
