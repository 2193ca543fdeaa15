"""Why a supported value or stage is below the claimed or raw one, in codes and in words."""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from typing import assert_never

from humanai_maturity.engine.evaluation import Evaluation
from humanai_maturity.engine.limits import Limit
from humanai_maturity.engine.plan import KNOWN, NOT_APPLICABLE, Leaf, Node, Plan
from humanai_maturity.engine.reading import Reading
from humanai_maturity.engine.result import Reason
from humanai_maturity.engine.status import BLOCKED, NO_POINT, POINTED, VOIDED
from humanai_maturity.engine.terms import HIGH, POINT
from humanai_maturity.engine.wording import MORE_DIGITS, asked, cut_off, percent
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
        why = Reason(code=reading.unknown, by=None, limit=None, text=_UNKNOWN[reading.unknown])
        return (why, *_limits_of_unknown(leaf, evaluation))
    if reading.state != KNOWN or reading.claimed is None:
        return ()
    return tuple(_limits(leaf, reading, reading.claimed, evaluation))


def _limits(leaf: Leaf, reading: Reading, claimed: Fraction, evaluation: Evaluation) -> Iterator[Reason]:
    plan = evaluation.plan
    if reading.held is not None and reading.held < claimed:
        stage = plan.rubric.stages[int(reading.held) - 1].title
        text = f"evidence of the grade {reading.evidence!r} supports at most {stage}"
        yield Reason(code="evidence", by=reading.evidence, limit=float(reading.held), text=text)
    for limit, value in evaluation.limits(leaf.index, POINT):
        if value < claimed:
            source = limit.source
            known = not isinstance(source, Counter) or evaluation.state(plan.items[source.criterion]) == KNOWN
            yield _reason(limit, value, plan, known=known)


def _limits_of_unknown(leaf: Leaf, evaluation: Evaluation) -> Iterator[Reason]:
    """Yield what keeps a criterion below what its scale offers, however its answer turns out."""
    plan = evaluation.plan
    for limit, value in evaluation.limits(leaf.index, HIGH):
        if value < leaf.span.high:
            reason = _reason(limit, value, plan)
            yield replace(reason, text=_while_unknown(limit, value, reason, plan))


def _while_unknown(limit: Limit, most: Fraction, reason: Reason, plan: Plan) -> str:
    at_most = f"it can be at most {_value(most, plan)}"
    match source := limit.source:
        case Prerequisite():
            return f"{at_most} while {_title(source.criterion, plan)} is below {_bar(source.at_least, plan)}"
        case Counter():
            top = _value(most - source.plus, plan)
            return f"{at_most}, as {_title(source.criterion, plan)} can be at most {top}"
        case _:
            return f"{at_most}: {reason.text}"


def _value(value: Fraction, plan: Plan) -> str:
    """Return a value as people read limits: with at most two more decimals than the rubric shows of scores."""
    return cut_off(value, plan.rubric.display.digits + MORE_DIGITS)


def _reason(limit: Limit, most: Fraction, plan: Plan, *, known: bool = True) -> Reason:
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
            text = _counter_text(source, most, plan, known=known)
        case Cap():
            code, by, text = "cap", source.by, source.because
        case Flag():
            code, by, text = "flag", source.id, source.says
        case _:
            assert_never(source)
    return Reason(code=code, by=by, limit=float(most), text=text)


def _counter_text(counter: Counter, most: Fraction, plan: Plan, *, known: bool) -> str:
    name = _title(counter.criterion, plan)
    if not known:
        return f"{name} is unknown, so this may be at most {_value(most, plan)}"
    return f"{name} stands at {_value(most - counter.plus, plan)}, so this may be at most {_value(most, plan)}"


def _title(name: str, plan: Plan) -> str:
    item = plan.items[name]
    return plan.leaves[item].question.title if item < plan.whole else plan.node(item).source.title


def _stage_title(stage: str, plan: Plan) -> str:
    return plan.rubric.stages[plan.rubric.stage_numbers[stage] - 1].title


def _bar(threshold: Fraction | str, plan: Plan) -> str:
    return _stage_title(threshold, plan) if isinstance(threshold, str) else str(written(threshold))


def node_reasons(node: Node, evaluation: Evaluation, plan: Plan) -> tuple[Reason, ...]:
    """Return why a node's stage is below its raw stage, or why it has no point."""
    if evaluation.state(node.index) == NOT_APPLICABLE:
        return ()
    return (*_guards(node, evaluation), *_held(node, evaluation, plan))


def _guards(node: Node, evaluation: Evaluation) -> Iterator[Reason]:
    """Yield why a node has no point."""
    coverage, away = evaluation.coverage(node.index), evaluation.not_applicable(node.index)
    floor, most = node.policy.coverage_floor, node.policy.max_not_applicable
    standing = evaluation.standing(node.index)
    if standing == NO_POINT:
        yield Reason(code="nothing-known", by=None, limit=None, text="nothing below it is answered")
    if standing == BLOCKED:
        yield Reason(code="required", by=None, limit=None, text="the rubric requires an answer that is unknown")
    if standing == VOIDED:
        yield Reason(code="void", by=None, limit=None, text="one unknown answer gives the whole its worst value")
    if standing == POINTED and node.policy.missing == "leave_out" and coverage < floor:
        text = f"{percent(coverage)} of the applicable weight is answered; a point needs {asked(floor)}"
        yield Reason(code="coverage", by=None, limit=float(floor), text=text)
    if away > most:
        text = f"{asked(away)} of the weight does not apply; a point allows {asked(most)}"
        yield Reason(code="not-applicable-share", by=None, limit=float(most), text=text)


def _held(node: Node, evaluation: Evaluation, plan: Plan) -> Iterator[Reason]:
    """Yield what holds a node's stage below its raw one."""
    item = node.index
    raw = evaluation.stage_at(item, POINT, raw=True)
    if raw is None:
        return
    for limit, most in evaluation.limits(item, POINT):
        if most < raw:
            yield _reason(limit, most, plan)
    if evaluation.capped(item):
        text = "what does not apply cannot lift it above what the full set of criteria could support"
        yield Reason(code="capped", by=None, limit=float(evaluation.stage_at(item, POINT) or raw), text=text)
