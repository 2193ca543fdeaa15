"""Does every switch switch something?"""

from collections.abc import Iterator

from humanai_maturity.documents.source import Path
from humanai_maturity.lint.finding import Findings, Found
from humanai_maturity.lint.study import Study
from humanai_maturity.model.checks.known import Node
from humanai_maturity.model.ranges import leaves, part_range, score_rule_of, scored_parts
from humanai_maturity.model.rubric import Criterion, Dimension, Missing
from humanai_maturity.model.rules import (
    Gates,
    requirement_names,
)

_FIX = "delete it"


def check_settings(study: Study) -> Findings:
    """Find settings that are written and cannot have an effect where they stand."""
    yield from _check_policies(study.rubric, (), "leave_out", study)
    for loc, node in study.known.nodes:
        if node.max_not_applicable is not None and not any(map(_may_go, _below(node))):
            message = "nothing below can be not applicable, so there is nothing to allow"
            yield Found("setting-without-effect", (*loc, "max_not_applicable"), message, _FIX)
        if node.score is not None and node.score.normalise and not node.score.onto and _is_normal(node, study):
            message = "all children stand on 0 to 1 already"
            yield Found("setting-without-effect", (*loc, "score", "normalise"), message, _FIX)
    if study.rubric.not_applicable_may_lift and not any(map(_may_go, _below(study.rubric))):
        message = "nothing can be not applicable, so there is nothing to lift"
        yield Found("setting-without-effect", ("not_applicable_may_lift",), message, _FIX)
    gone = _optional(study)
    for loc, _, rule in study.parts_of_stage_rules:
        if isinstance(rule, Gates) and rule.vacuous == "met" and not _may_be_empty(rule, gone):
            message = "no gate can lose all that it asks for, as something in each always applies"
            yield Found("setting-without-effect", (*loc, "vacuous"), message, _FIX)


def _check_policies(node: Node, loc: Path, missing: Missing, study: Study) -> Findings:
    """Find coverage floors that no node goes by, because unknown children are not left out there."""
    here = node.missing or missing
    if node.coverage_floor is not None and not _leaves_out(node, here):
        message = f"a coverage floor only counts with `missing: leave_out`, and here it is `{here}`"
        yield Found("setting-without-effect", (*loc, "coverage_floor"), message, _FIX)
    for place, child in enumerate(node.dimensions):
        yield from _check_policies(child, (*loc, "dimensions", place), here, study)


def _leaves_out(node: Node, missing: Missing) -> bool:
    """Return whether a node, or one below that takes over its floor, leaves unknown children out."""
    return missing == "leave_out" or any(
        _leaves_out(child, child.missing or missing) for child in node.dimensions if child.coverage_floor is None
    )


def _below(node: Node) -> Iterator[Criterion | Dimension]:
    for child in node.children:
        yield child
        if isinstance(child, Dimension):
            yield from _below(child)


def _may_go(part: Criterion | Dimension) -> bool:
    return part.allow_not_applicable


def _is_normal(node: Node, study: Study) -> bool:
    """Return whether every child is a criterion worth 0 to 1, so that bringing it onto 0 to 1 does nothing."""
    if score_rule_of(node, study.rubric).over == "leaves" or any(isinstance(part, Dimension) for part in node.children):
        return False
    spans = [part_range(part, study.rubric) for part in scored_parts(node, study.rubric)]
    return all(not span.on_stages and span.low == 0 and span.high == 1 for span in spans)


def _may_be_empty(rule: Gates, gone: set[str]) -> bool:
    """Return whether all that some gate asks about may be not applicable, as far as that can be told."""
    subjects = ([name for kind, name in requirement_names(gate) if kind == "node"] for gate in rule.gates.values())
    return any(all(name in gone for name in names) for names in subjects)


def _optional(study: Study) -> set[str]:
    """Return the ids of all that can be not applicable, by itself or with all that is above or below it."""
    gone = {fact.id for fact in study.rubric.facts if fact.allow_not_applicable}
    for _, part in study.known.parts:
        if isinstance(part, Criterion) and part.allow_not_applicable:
            gone.add(part.id)
        elif isinstance(part, Dimension) and part.allow_not_applicable:
            gone.update((part.id, *(below.id for below in _below(part))))
    for _, node in reversed(study.known.nodes):
        if isinstance(node, Dimension) and all(leaf.id in gone for leaf in leaves(node)):
            gone.add(node.id)
    return gone
