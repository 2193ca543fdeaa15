"""At which stages something can stand at all: never too few of them, sometimes too many."""

from collections.abc import Iterable
from typing import TypeAlias

from humanai_maturity.lint.answers import Question, is_listed
from humanai_maturity.lint.implication import is_open_whenever
from humanai_maturity.lint.study import Study, node_id
from humanai_maturity.model.checks.known import Node
from humanai_maturity.model.ranges import leaves, resolve_stage, stage_rule_of
from humanai_maturity.model.rubric import Criterion
from humanai_maturity.model.rules import Gates, Highest, Kth, Lowest, Quorum, StageRule

Stages: TypeAlias = frozenset[int]


def reachable_stages(study: Study) -> dict[str, Stages]:
    """Return the stages at which each criterion, fact and node could stand, by a look at its options and rules.

    Example:
        >>> from humanai_maturity.model.rubric import Rubric
        >>> rubric = Rubric.model_validate({
        ...     "id": "r", "version": "1", "title": "R", "stages": [{"id": s, "title": s} for s in ("a", "b", "c")],
        ...     "stage": {"lowest": "children"},
        ...     "dimensions": [{"id": "d", "title": "D", "stage": {"quorum": 1}, "criteria": [
        ...         {"id": "q", "title": "Q", "scale": {"type": "yes_no", "yes": "c", "no": "a"}},
        ...     ]}],
        ... })
        >>> sorted(reachable_stages(Study(rubric))["overall"])
        [1, 3]
    """
    found: dict[str, Stages] = {}
    held = {name for cap in study.rubric.caps for name in cap.cap}
    held.update(name for flag in study.rubric.flags for name in flag.caps)
    for name, question in study.questions.items():
        found[name] = _of_question(question, study, limited=name in held)
    waiting = [node for _, node in study.known.nodes]
    for node in reversed(waiting):
        found[node_id(node)] = _held(node_id(node), _of_node(node, found, study), found, study)
    return found


def _of_question(question: Question, study: Study, *, limited: bool) -> Stages:
    """Return every stage up to the highest where a limit or a measured number can put a value anywhere."""
    worths = [level.worth for level in study.levels(question.id, None)]
    top = min(len(study.rubric.stages), max(1, int(max(worths))))
    needy = isinstance(question, Criterion) and bool(question.prerequisites or question.counter)
    if limited or needy or study.rubric.evidence_grades or not is_listed(question):
        return _all(top)
    return frozenset(min(top, max(1, int(worth))) for worth in worths)


def _all(top: int) -> Stages:
    return frozenset(range(1, top + 1))


def _of_node(node: Node, found: dict[str, Stages], study: Study) -> Stages:
    rule = stage_rule_of(node, study.rubric)
    return _all(len(study.rubric.stages)) if rule is None else _by_rule(rule, node, found, study)


def _by_rule(rule: StageRule, node: Node, found: dict[str, Stages], study: Study) -> Stages:
    match rule:
        case Quorum():
            parts = leaves(node) if rule.over == "leaves" else node.children
            return _union(found[part.id] for part in parts)
        case Gates():
            return _by_gates(rule, study)
        case Lowest(lowest=of) | Highest(highest=of):
            return _by_several(of, node, found, study)
        case Kth():
            return _by_several(rule.kth.of, node, found, study)
        case _:
            return _all(len(study.rubric.stages))


def _by_several(of: str | tuple[StageRule, ...], node: Node, found: dict[str, Stages], study: Study) -> Stages:
    if isinstance(of, tuple):
        return _union(_by_rule(rule, node, found, study) for rule in of)
    return _union(found[child.id] for child in node.children)


def _by_gates(rule: Gates, study: Study) -> Stages:
    numbers = study.rubric.stage_numbers
    in_order = [gate for _, gate in sorted(rule.gates.items(), key=lambda item: numbers[item[0]])]
    skipped = {at + 1 for at, gate in enumerate(in_order) if at and is_open_whenever(gate, in_order[:at], study.ranks)}
    return _all(len(study.rubric.stages)) - skipped


def _held(name: str, stages: Stages, found: dict[str, Stages], study: Study) -> Stages:
    """Add what caps and flags can make of a node's own stages."""
    limits = {resolve_stage(flag.caps[name], study.rubric) for flag in study.rubric.flags if name in flag.caps}
    for cap in study.rubric.caps:
        if name in cap.cap:
            floor = 1 if cap.from_stage is None else resolve_stage(cap.from_stage, study.rubric)
            above = found.get(cap.by, _all(len(study.rubric.stages)))
            limits.update(max(floor - 1, stage + cap.plus) for stage in above)
    return stages | {min(stage, max(1, limit)) for stage in stages for limit in limits}


def _union(several: Iterable[Stages]) -> Stages:
    return frozenset().union(*several)
