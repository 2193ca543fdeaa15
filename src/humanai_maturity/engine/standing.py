"""Where everything stands, as advice wants to know it."""

from collections.abc import Iterator, Sequence

from humanai_maturity.advice.situation import Outcome, Place, Situation, Standing
from humanai_maturity.engine.evaluation import Evaluation
from humanai_maturity.engine.result import Blocker, CriterionResult
from humanai_maturity.engine.terms import LOW, POINT


def outcome_of(evaluation: Evaluation) -> Outcome:
    """Return what answers lead to: where the whole and its top dimensions stand, and which flags are raised."""
    plan = evaluation.plan
    tops = [node for node in plan.nodes if node.parent < 0 or plan.node(node.parent).parent < 0]
    return Outcome(
        standings={node.id: _standing(node.index, evaluation) for node in tops},
        raised=frozenset(flag.id for place, flag in enumerate(plan.rubric.flags) if evaluation.flag(place, POINT)),
    )


def _standing(item: int, evaluation: Evaluation) -> Standing:
    reported = evaluation.reported(item)
    return Standing(
        score=evaluation.score(item, POINT) if reported else None,
        stage=evaluation.stage_at(item, POINT) if reported else None,
        stage_low=evaluation.stage_at(item, LOW),
    )


def situation_of(questions: Sequence[CriterionResult], outcome: Outcome, blockers: Sequence[Blocker]) -> Situation:
    """Return where everything stands."""
    waiting: dict[str, dict[str, None]] = {}
    for blocker in _capped(blockers):
        waiting.setdefault(str(blocker.subject), {})[blocker.node] = None
    return Situation(
        places={row.id: _place(row) for row in questions},
        outcome=outcome,
        constraints={name: tuple(nodes) for name, nodes in waiting.items()},
    )


def _place(row: CriterionResult) -> Place:
    return Place(
        applies=row.state != "not_applicable",
        claimed=row.exact.claimed,
        supported=row.exact.score,
        scale=row.scale,
        evidence=row.evidence,
        ahead=row.ahead,
    )


def _capped(blockers: Sequence[Blocker]) -> Iterator[Blocker]:
    """Yield the caps among blockers and their parts."""
    for blocker in blockers:
        if blocker.kind == "cap":
            yield blocker
        yield from _capped(blocker.parts)
