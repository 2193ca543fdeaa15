"""What to do next: one step for each criterion at most, ranked, each with what it would change."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TypeAlias

from humanai_maturity.advice.advised import AdvisedStep, Kind, StepEffect, Why
from humanai_maturity.advice.answers import answer_for
from humanai_maturity.advice.needs import Need, Needs
from humanai_maturity.advice.situation import Outcome, Place, Situation
from humanai_maturity.model.assessment import Answer
from humanai_maturity.model.guidance import NextStep
from humanai_maturity.model.ranges import leaves, resolve_stage
from humanai_maturity.model.rubric import OVERALL, Criterion, Dimension, Fact, Rubric

Retry: TypeAlias = Callable[[Mapping[str, Answer]], Outcome]
"""Scores the same answers again with some of them changed."""

MOST_STEPS = 10
"""How many steps a result holds: every one of them is scored."""

_SHOW = "Collect the evidence for what is claimed."

_TIERS: Mapping[Why, int] = {"flag": 0, "prerequisite": 1, "counter": 1, "constraint": 2, "gap": 3}
_IMPACT = {"low": 1, "medium": 2, "high": 3}
_EFFORT = {"small": 1, "medium": 2, "large": 3}


def advise(rubric: Rubric, situation: Situation, retry: Retry) -> tuple[AdvisedStep, ...]:
    """Return the most pressing things to do next; nothing where the rubric advises nothing.

    First comes what clears a flag that blocks, then what others need first, then what lies in the dimension that holds
    others back, then the rest. Within each of these, what leads beyond the next stage of the whole comes last, what
    stands between the whole and that stage comes first, and else a step counts by gap x weight x impact / effort; the
    weight is that of the criterion and of the criteria that wait for it.

    Args:
        rubric: The rubric.
        situation: Where everything stands.
        retry: Scores changed answers.
    """
    needs = Needs(rubric, situation)
    if not any(question.next_steps for question in needs.questions.values()):
        return ()
    weights = _weights(rubric)

    def rank(proposal: _Proposal) -> tuple[int, bool, bool, Fraction]:
        asked = proposal.question.id in situation.asked or proposal.thing.proves
        beyond = proposal.stage > situation.outcome.next_stage
        return _TIERS[proposal.why], beyond, not asked, -_priority(proposal, weights, rubric)

    ranked = sorted(_proposals(needs), key=rank)
    return tuple(_advised(each, needs, retry) for each in ranked[:MOST_STEPS])


@dataclass(frozen=True, slots=True)
class _Thing:
    """A thing to do, and the value that an answer could claim then; `None` where that is open."""

    kind: Kind
    do: str
    value: Fraction | None = None
    step: NextStep | None = None
    proves: bool = False
    """Whether it only gives better evidence, as the next stage of the whole asks for."""


@dataclass(frozen=True, slots=True)
class _Proposal:
    """A thing to do for one criterion or fact, and why."""

    question: Criterion | Fact
    thing: _Thing
    why: Why
    by: tuple[str, ...]
    gap: Fraction

    @property
    def stage(self) -> int:
        """Return the number of the stage that it leads to; 0 where it leads to none."""
        staged = self.thing.kind in {"step", "evidence"} and self.thing.value is not None
        return int(self.thing.value or 0) if staged else 0


def _priority(proposal: _Proposal, weights: Mapping[str, Fraction], rubric: Rubric) -> Fraction:
    """Return by how much a proposal goes before others of its tier."""
    flags = {flag.id for flag in rubric.flags}
    waiting = [Fraction(1) if name in flags else weights.get(name, Fraction(0)) for name in proposal.by]
    weight = weights.get(proposal.question.id, Fraction(0)) + sum(waiting, Fraction(0))
    step = proposal.thing.step
    impact, effort = (step.impact, step.effort) if step else ("medium", "medium")
    return proposal.gap * weight * _IMPACT[impact] / _EFFORT[effort]


def _weights(rubric: Rubric) -> dict[str, Fraction]:
    """Return the share of the whole that each criterion is."""
    shares: dict[str, Fraction] = {}
    waiting: list[tuple[Dimension | Rubric, Fraction]] = [(rubric, Fraction(1))]
    while waiting:
        node, share = waiting.pop()
        total = sum((child.weight for child in node.children), Fraction(0))
        for child in node.children:
            own = share * child.weight / total
            if isinstance(child, Dimension):
                waiting.append((child, own))
            else:
                shares[child.id] = own
    return shares


def _proposals(needs: Needs) -> Iterator[_Proposal]:
    pressing: dict[str, list[Need]] = {}
    for need in needs:
        pressing.setdefault(need.question, []).append(need)
    for question in needs.questions.values():
        found, place = pressing.get(question.id, []), needs.situation.places[question.id]
        if not place.applies or (isinstance(question, Fact) and not found):
            continue
        thing = _thing(question, place, found, needs)
        if thing is not None:
            why: Why = found[0].why if found else "gap"
            by = tuple(dict.fromkeys(need.by for need in found if need.why == why))
            gap = Fraction(1) if thing.value is None or thing.proves else thing.value - (place.supported or 0)
            yield _Proposal(question, thing, why, by, gap)


def _thing(question: Criterion | Fact, place: Place, found: list[Need], needs: Needs) -> _Thing | None:
    """Return what is to be done for one criterion or fact, if anything is."""
    first, stage = (found[0] if found else None), needs.stage_to_claim(question)
    if place.claimed is None or place.supported is None:
        pressing = first is not None and _TIERS[first.why] <= _TIERS["prerequisite"]
        return _Thing("answer", f"Find out: {question.question or question.title}") if pressing else None
    if _lacks_evidence(place, needs.rubric):
        return _Thing("evidence", _SHOW, place.claimed)
    if _could_prove(place, stage, needs) and isinstance(question, Criterion):
        return _Thing("evidence", _SHOW, place.claimed, proves=True)
    if stage is not None and int(place.supported) == int(place.claimed):
        step = next(each for each in question.next_steps if resolve_stage(each.to, needs.rubric) == stage)
        return _Thing("step", step.do, Fraction(stage), step)
    if first is not None and first.why == "flag" and first.value is not None:
        remedy = next(flag.remedy for flag in needs.rubric.flags if flag.id == first.by)
        return _Thing("remedy", remedy, first.value) if remedy is not None else None
    return None


def _lacks_evidence(place: Place, rubric: Rubric) -> bool:
    """Return whether an answer claims a stage that its evidence cannot support."""
    if place.claimed is None or place.supported is None or place.supported >= place.claimed:
        return False
    grade = next((grade for grade in rubric.evidence_grades if grade.id == place.evidence), None)
    return grade is not None and resolve_stage(grade.supports, rubric) < int(place.claimed)


def _could_prove(place: Place, stage: int | None, needs: Needs) -> bool:
    """Return whether better evidence would help the whole on, and nothing else that can be done here."""
    ranks = {grade.id: rank for rank, grade in enumerate(needs.rubric.evidence_grades)}
    proof = needs.situation.proof
    if proof is None or place.evidence is None or ranks[place.evidence] >= ranks[proof]:
        return False
    return stage is None or stage > needs.situation.outcome.next_stage


def _advised(proposal: _Proposal, needs: Needs, retry: Retry) -> AdvisedStep:
    question, thing, rubric = proposal.question, proposal.thing, needs.rubric
    place, step, value = needs.situation.places[question.id], thing.step, thing.value
    shown = replace(place, evidence=needs.situation.proof) if thing.proves else place
    answer = None if value is None else answer_for(question, value, shown, rubric)
    now = needs.situation.outcome
    then = now if answer is None else retry({question.id: answer})
    return AdvisedStep(
        criterion=question.id,
        title=question.title,
        kind=thing.kind,
        to=rubric.stages[proposal.stage - 1].id if proposal.stage else None,
        do=thing.do,
        effort=step.effort if step else None,
        impact=step.impact if step else None,
        owner=next((role for role in rubric.roles if step and role.id == step.owner), None),
        evidence=answer.evidence if answer is not None else None,
        look_at=question.look_at,
        why=proposal.why,
        by=proposal.by,
        clears=tuple(flag.id for flag in rubric.flags if flag.id in now.raised - then.raised),
        effects=() if answer is None else tuple(_effects(question, rubric, now, then)),
    )


def _effects(question: Criterion | Fact, rubric: Rubric, now: Outcome, then: Outcome) -> Iterator[StepEffect]:
    top = next((each.id for each in rubric.dimensions if any(leaf.id == question.id for leaf in leaves(each))), None)
    for node in (OVERALL,) if top is None else (top, OVERALL):
        before, after = now.standings[node], then.standings[node]
        yield StepEffect(
            node=node,
            score=before.score,
            score_then=after.score,
            stage=_stage_id(before.stage, rubric),
            stage_then=_stage_id(after.stage, rubric),
        )


def _stage_id(number: int | None, rubric: Rubric) -> str | None:
    return None if number is None else rubric.stages[number - 1].id
