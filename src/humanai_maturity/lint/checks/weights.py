"""Does every weight weigh?"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from humanai_maturity.documents.source import Path
from humanai_maturity.lint.finding import Findings, Found
from humanai_maturity.lint.study import Study, node_id, titled
from humanai_maturity.model.checks.known import Node
from humanai_maturity.model.exact import written
from humanai_maturity.model.ranges import leaves, score_rule_of, scored_parts
from humanai_maturity.model.rubric import Criterion, Dimension
from humanai_maturity.model.rules import (
    Aggregate,
    EvidenceRequirement,
    LowerMedian,
    Maximum,
    MeanMin,
    Minimum,
    Quantile,
    Quorum,
    ScoreRule,
    ShareRequirement,
    Sum,
)

_MOST_WEIGHT = 100_000
_MOST_PARTS = 200
_HALF = Fraction(1, 2)


def check_weights(study: Study) -> Findings:
    """Find weights that no rule uses, that cancel out, and that are too small or too large to matter."""
    readers = _readers(study)
    for _, node in study.known.nodes:
        rule = score_rule_of(node, study.rubric)
        free = [child for child in node.children if not _counts_elsewhere(child, node, readers, study)]
        if not _uses_weights(rule) or rule.over == "leaves":
            yield from _check_unused(free, node, study)
        elif not isinstance(rule, Sum | Aggregate):
            yield from _check_cancelling(free, node, study)
        yield from _check_decisions(node, study)


@dataclass(frozen=True, slots=True)
class _Readers:
    """Keep what uses weights beside the score rule of the node above.

    Attributes:
        shared: The ids that requirements on a share of weight name.
        by_evidence: The places of nodes whose gates ask for a share of weight on evidence, which is counted by node.
        by_leaves: The places of nodes that count all criteria below them by their own weights.
    """

    shared: frozenset[str]
    by_evidence: frozenset[Path]
    by_leaves: frozenset[Path]


def _readers(study: Study) -> _Readers:
    atoms = [*(atom for _, _, atom in study.atoms), *(atom for _, atom in study.triggers)]
    asking = {node_id(node) for _, node, atom in study.atoms if isinstance(atom, EvidenceRequirement)}
    return _Readers(
        shared=frozenset(name for atom in atoms if isinstance(atom, ShareRequirement) for name in atom.of),
        by_evidence=frozenset(study.places[name] for name in asking),
        by_leaves=frozenset(loc for loc, node in study.known.nodes if _counts_leaves(node, study)),
    )


def _counts_leaves(node: Node, study: Study) -> bool:
    rule = score_rule_of(node, study.rubric)
    return (rule.over == "leaves" and _uses_weights(rule)) or any(
        each.over == "leaves" for each in _quorums(node, study)
    )


def _quorums(node: Node, study: Study) -> list[Quorum]:
    return [rule for rule in study.rules_of.get(node_id(node), ()) if isinstance(rule, Quorum)]


def _uses_weights(rule: ScoreRule) -> bool:
    return not isinstance(rule, Minimum | Maximum) and not (isinstance(rule, MeanMin) and rule.alpha == 0)


def _counts_elsewhere(child: Criterion | Dimension, node: Node, readers: _Readers, study: Study) -> bool:
    """Return whether a weight is used by anything but the score rule of the node above."""
    place = study.places[child.id]
    around = {place[:end] for end in range(len(place))}
    return (
        child.id in readers.shared
        or any(each.over == "children" for each in _quorums(node, study))
        or bool(around & readers.by_evidence)
        or (isinstance(child, Criterion) and bool(around & readers.by_leaves))
    )


def _check_unused(children: Sequence[Criterion | Dimension], node: Node, study: Study) -> Findings:
    if len({child.weight for child in node.children}) <= 1 or not children:
        return
    for child in children:
        if child.weight != 1:
            message = f"no score and no stage uses this weight: the score rule of {titled(node)} does not weigh it"
            fix = "choose a score rule that weighs, such as `mean`, or delete the weight"
            yield Found("weight-unused", (*study.places[child.id], "weight"), message, fix)


def _check_cancelling(children: Sequence[Criterion | Dimension], node: Node, study: Study) -> Findings:
    """Find siblings that all weigh the same, but not 1; nothing tells them from siblings that weigh 1."""
    weights = {child.weight for child in children}
    if len(children) < len(node.children) or len(weights) != 1 or weights == {Fraction(1)}:
        return
    (weight,) = weights
    alone = len(children) == 1
    message = f"{'it has no siblings' if alone else 'all siblings have the same weight'}, so {written(weight)} is as 1"
    for child in children[:1]:
        fix = "delete the weight" if alone else "delete these weights, or tell them apart"
        yield Found("weight-cancels", (*study.places[child.id], "weight"), message, fix)


def _check_decisions(node: Node, study: Study) -> Findings:
    """Find children that can never tip a quorum or a quantile, however the others stand."""
    for rule in _quorums(node, study):
        parts = tuple(leaves(node)) if rule.over == "leaves" else node.children
        yield from _idle(parts, rule.quorum, f"the quorum of {titled(node)}", study)
    score = score_rule_of(node, study.rubric)
    if isinstance(score, Quantile | LowerMedian):
        share = score.q if isinstance(score, Quantile) else _HALF
        yield from _idle(scored_parts(node, study.rubric), share, f"the score of {titled(node)}", study)


def _idle(parts: Sequence[Criterion | Dimension], share: Fraction, what: str, study: Study) -> Findings:
    for part in parts if len(parts) <= _MOST_PARTS else ():
        others = [other.weight for other in parts if other is not part]
        if not tips(part.weight, others, share):
            message = f"with this weight it never decides {what}, however the others stand"
            fix = "give it more weight, or leave it out of the count"
            yield Found("weight-never-decides", study.places[part.id], message, fix)


def tips(weight: Fraction, others: Sequence[Fraction], share: Fraction) -> bool:
    """Return whether some of the others fall short of a share of the whole weight that they reach with this one.

    Example:
        >>> tips(Fraction(1), [Fraction(3), Fraction(3)], Fraction(1, 2))
        True
        >>> tips(Fraction(1), [Fraction(4), Fraction(4)], Fraction(1, 3))
        False
    """
    scale = lcm(*(each.denominator for each in (weight, *others)))
    own, counts = int(weight * scale), [int(other * scale) for other in others]
    whole = own + sum(counts)
    if whole > _MOST_WEIGHT:
        return True
    sums = 1
    for count in counts:
        sums |= sums << count
    needed = share * whole
    lowest = max(0, int(-(-(needed - own) // 1)))
    return any(sums >> total & 1 for total in range(lowest, whole + 1) if total < needed <= total + own)
