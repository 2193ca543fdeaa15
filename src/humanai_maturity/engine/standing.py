"""Where everything stands, as advice wants to know it."""

from collections.abc import Iterator, Sequence

from humanai_maturity.advice.situation import Outcome, Place, Situation, Standing
from humanai_maturity.engine.evaluation import Evaluation
from humanai_maturity.engine.result import Blocker, CriterionResult, NodeResult
from humanai_maturity.engine.terms import LOW, POINT
from humanai_maturity.model.rubric import OVERALL


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


def situation_of(
    questions: Sequence[CriterionResult], nodes: Sequence[NodeResult], outcome: Outcome, blockers: Sequence[Blocker]
) -> Situation:
    """Return where everything stands."""
    before = [blocker for blocker in _flat(blockers) if _number(blocker) <= outcome.next_stage]
    held = [(str(reason.by), node.id) for node in nodes for reason in node.reasons if reason.code == "cap"]
    held += [(str(blocker.subject), blocker.node) for blocker in before if blocker.kind == "cap"]
    dimensions = {node.id for node in nodes}
    needed = {str(each.subject) for each in blockers if each.node == OVERALL and each.subject in dimensions}
    if len(needed) == 1:
        held.append((needed.pop(), OVERALL))
    constraints: dict[str, dict[str, None]] = {}
    for by, name in held:
        constraints.setdefault(by, {})[name] = None
    of_the_whole = [blocker for blocker in before if blocker.node == OVERALL and blocker.subject is not None]
    return Situation(
        places={row.id: _place(row) for row in questions},
        outcome=outcome,
        constraints={by: tuple(names) for by, names in constraints.items()},
        asked=frozenset(str(blocker.subject) for blocker in of_the_whole if blocker.kind != "evidence"),
        proof=next((blocker.subject for blocker in of_the_whole if blocker.kind == "evidence"), None),
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


def _number(blocker: Blocker) -> int:
    """Return the number of the stage that a blocker stands before; 0 where that is a point."""
    return blocker.stage.number if blocker.stage is not None else 0


def _flat(blockers: Sequence[Blocker]) -> Iterator[Blocker]:
    """Yield blockers and their parts."""
    for blocker in blockers:
        yield blocker
        yield from _flat(blocker.parts)
