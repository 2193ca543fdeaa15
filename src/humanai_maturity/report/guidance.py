"""What the rubric advises for a result, in words: what to do next, and which team fits."""

from collections.abc import Iterator
from dataclasses import dataclass

from humanai_maturity.advice.advised import AdvisedStep, TeamAdvice
from humanai_maturity.engine.advice_words import stage_title, what_it_changes, why_it_comes
from humanai_maturity.engine.result import ScorecardData
from humanai_maturity.engine.wording import one_line, sentence
from humanai_maturity.model.guidance import Ratio, Team
from humanai_maturity.model.rubric import Stage

_BASIS = {"sourced": "published", "derived": "worked out", "judgement": "a judgement"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing to do next; what the rubric does not say is empty."""

    do: str
    about: str
    effort: str
    impact: str
    owner: str
    why: str
    effect: str
    look_at: str

    @property
    def in_brief(self) -> str:
        """Return who sees to it, and how much work it is."""
        return " · ".join(part for part in (self.owner, f"{self.effort} effort" if self.effort else "") if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class StageTeam:
    """What a stage asks of AI and people; every part is a heading with its lines."""

    heading: str
    stage: str
    shape: str
    parts: tuple[tuple[str, tuple[str, ...]], ...]


def steps(card: ScorecardData) -> Iterator[Step]:
    """Yield what to do next, the most pressing first."""
    for step in card.next_steps:
        yield Step(
            do=sentence(step.do),
            about=_about(step, card),
            effort=step.effort or "",
            impact=step.impact or "",
            owner=one_line(step.owner.title) if step.owner else "",
            why=why_it_comes(step, card),
            effect=what_it_changes(step, card),
            look_at="; ".join(map(one_line, step.look_at)),
        )


def _about(step: AdvisedStep, card: ScorecardData) -> str:
    stage = f" to {stage_title(step.to, card)}" if step.to is not None else ""
    return f"{one_line(step.title)}{stage}"


def teams(card: ScorecardData) -> Iterator[StageTeam]:
    """Yield the team that fits the stage that is reached, then that of the next stage."""
    advice = card.team
    if advice is None:
        return
    yield from _stage_team("Now" if advice.sure else "At the least", advice.now, advice)
    if advice.next is not None:
        yield from _stage_team("Next", advice.next, advice)


def _stage_team(when: str, stage: Stage, advice: TeamAdvice) -> Iterator[StageTeam]:
    team = stage.team or Team()
    parts = (
        ("What AI does", stage.ai_does),
        ("What people do", stage.people_do),
        ("Roles", tuple(_roles(team, advice))),
        ("What the team does regularly", team.rituals),
        ("Figures to size it by", tuple(map(_ratio, team.ratios))),
        ("What goes wrong", stage.anti_patterns),
        ("What leads on", (stage.next_move,) if stage.next_move else ()),
    )
    told = tuple((heading, tuple(map(one_line, lines))) for heading, lines in parts if lines)
    if told or team.shape:
        heading, shape = f"{when}: {one_line(stage.title)}", one_line(team.shape or "")
        yield StageTeam(heading=heading, stage=one_line(stage.title), shape=shape, parts=told)


def _roles(team: Team, advice: TeamAdvice) -> Iterator[str]:
    titles = {role.id: role.title for role in advice.roles}
    for part in team.roles:
        name = titles.get(part.role, part.role)
        yield f"{name}: {part.amount}" if part.amount else name


def _ratio(ratio: Ratio) -> str:
    return f"{sentence(ratio.text).rstrip('.')} ({_BASIS[ratio.basis.kind]})"
