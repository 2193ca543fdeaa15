"""Why a supported value or stage is below the claimed or raw one, in codes and in words."""

from collections.abc import Iterator
from fractions import Fraction

from humanai_maturity.engine.evaluation import Evaluation
from humanai_maturity.engine.limits import Limit
from humanai_maturity.engine.plan import KNOWN, NOT_APPLICABLE, Leaf, Node, Plan
from humanai_maturity.engine.reading import Reading
from humanai_maturity.engine.result import Reason
from humanai_maturity.engine.status import BLOCKED, NO_POINT, POINTED, VOIDED
from humanai_maturity.model.exact import written
from humanai_maturity.model.rubric import Cap, Counter, Flag, Prerequisite

_UNKNOWN = {
    "blank": "no answer was given",
    "dont-know": "nobody knew",
    "declined": "the answer was declined",
    "not-asked": "it was not asked",
    "pending": "the answer is still to come",
    "stale": "the answer is older than the rubric allows",
    "too-few": "the sample is smaller than the rubric asks",
}


def criterion_reasons(leaf: Leaf, reading: Reading, evaluation: Evaluation) -> tuple[Reason, ...]:
    """Return why a criterion supports less than its answer claims, or why it is unknown."""
    if reading.unknown is not None:
        return (Reason(code=reading.unknown, by=None, limit=None, text=_UNKNOWN[reading.unknown]),)
    if reading.state != KNOWN or reading.claimed is None:
        return ()
    return tuple(_limits(leaf, reading, reading.claimed, evaluation))


def _limits(leaf: Leaf, reading: Reading, claimed: Fraction, evaluation: Evaluation) -> Iterator[Reason]:
    plan = evaluation.kernel.plan
    if reading.held is not None and reading.held < claimed:
        stage = plan.rubric.stages[int(reading.held) - 1].title
        text = f"evidence of the grade {reading.evidence!r} supports at most {stage}"
        yield Reason(code="evidence", by=reading.evidence, limit=float(reading.held), text=text)
    for limit in evaluation.kernel.limits[leaf.index]:
        most = limit.most(evaluation.point)
        if most is not None and (value := Fraction(most, evaluation.point.unit)) < claimed:
            yield _reason(limit, value, plan)


def _reason(limit: Limit, most: Fraction, plan: Plan) -> Reason:
    match source := limit.source:
        case Prerequisite():
            code, by = "prerequisite", source.criterion
            stage = (
                source.for_stage if isinstance(source.for_stage, str) else plan.rubric.stages[source.for_stage - 1].id
            )
            needed = f"{_title(by, plan)} has to be at {_bar(source.at_least, plan)} first"
            text = f"{needed}, before {_stage_title(stage, plan)} can be claimed"
        case Counter():
            code, by = "counter", source.criterion
            text = f"it may be at most {written(source.plus)} above {_title(by, plan)}, which keeps it honest"
        case Cap():
            code, by, text = "cap", source.by, source.because
        case Flag():
            code, by, text = "flag", source.id, source.says
    return Reason(code=code, by=by, limit=float(most), text=text)


def _title(name: str, plan: Plan) -> str:
    item = plan.items[name]
    return plan.leaves[item].question.title if item < plan.whole else plan.node(item).source.title


def _stage_title(stage: str, plan: Plan) -> str:
    return plan.rubric.stages[plan.rubric.stage_numbers[stage] - 1].title


def _bar(threshold: Fraction | str, plan: Plan) -> str:
    return _stage_title(threshold, plan) if isinstance(threshold, str) else str(written(threshold))


def node_reasons(node: Node, evaluation: Evaluation, plan: Plan) -> tuple[Reason, ...]:
    """Return why a node's stage is below its raw stage, or why it has no point."""
    if evaluation.status.state[node.index] == NOT_APPLICABLE:
        return ()
    return (*_guards(node, evaluation, plan), *_held(node, evaluation, plan))


def _guards(node: Node, evaluation: Evaluation, plan: Plan) -> Iterator[Reason]:
    """Yield why a node has no point."""
    status, place = evaluation.status, node.index - plan.whole
    coverage, away = Fraction(*status.coverage[place]), Fraction(*status.not_applicable[place])
    floor, most = node.policy.coverage_floor, node.policy.max_not_applicable
    standing = status.standing[node.index]
    if standing == NO_POINT:
        yield Reason(code="nothing-known", by=None, limit=None, text="nothing below it is answered")
    if standing == BLOCKED:
        yield Reason(code="required", by=None, limit=None, text="the rubric requires an answer that is unknown")
    if standing == VOIDED:
        yield Reason(code="void", by=None, limit=None, text="one unknown answer gives the whole its worst value")
    if standing == POINTED and node.policy.missing == "leave_out" and coverage < floor:
        text = f"{_percent(coverage)} of the applicable weight is answered; a point needs {_percent(floor)}"
        yield Reason(code="coverage", by=None, limit=float(floor), text=text)
    if away > most:
        text = f"{_percent(away)} of the weight does not apply; a point allows {_percent(most)}"
        yield Reason(code="not-applicable-share", by=None, limit=float(most), text=text)


def _percent(share: Fraction) -> str:
    return f"{float(share * 100):.4g} %"


def _held(node: Node, evaluation: Evaluation, plan: Plan) -> Iterator[Reason]:
    """Yield what holds a node's stage below its raw one."""
    item, point = node.index, evaluation.point
    raw = point.raw[item]
    if raw is None:
        return
    for limit in evaluation.kernel.limits[item]:
        most = limit.most(point)
        if most is not None and most < raw:
            yield _reason(limit, Fraction(most), plan)
    if item in point.capped:
        text = "what does not apply cannot lift it above what the full set of criteria could support"
        yield Reason(code="capped", by=None, limit=float(point.stage[item] or raw), text=text)
