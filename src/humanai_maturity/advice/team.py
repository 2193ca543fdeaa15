"""Which team fits the stage that is reached, and which one the next."""

from humanai_maturity.advice.advised import TeamAdvice
from humanai_maturity.advice.situation import Standing
from humanai_maturity.model.rubric import Rubric, Stage


def team_for(rubric: Rubric, whole: Standing) -> TeamAdvice | None:
    """Return the guidance for the stage of the whole and for the next one.

    Without a point, it is the lowest stage that the whole can turn out to be at. `None` where there is no guidance.

    Args:
        rubric: The rubric.
        whole: Where the whole stands.
    """
    number = whole.stage or whole.stage_low
    if number is None:
        return None
    now, after = rubric.stages[number - 1], next(iter(rubric.stages[number:]), None)
    if not any(stage is not None and _advises(stage) for stage in (now, after)):
        return None
    named = {part.role for stage in (now, after) if stage and stage.team for part in stage.team.roles}
    roles = tuple(role for role in rubric.roles if role.id in named)
    return TeamAdvice(now=now, next=after, sure=whole.stage is not None, roles=roles)


def _advises(stage: Stage) -> bool:
    return bool(stage.team or stage.next_move or stage.ai_does or stage.people_do or stage.anti_patterns)
