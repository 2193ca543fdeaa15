"""Does every weight weigh?"""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import lcm

from humanai_maturity.lint.finding import Findings, Found
from humanai_maturity.lint.study import Study, titled
from humanai_maturity.model.checks.known import Node
from humanai_maturity.model.exact import written
from humanai_maturity.model.ranges import leaves, score_rule_of
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
    StageRule,
    Sum,
)

_MOST_WEIGHT = 100_000
_HALF = Fraction(1, 2)


def check_weights(study: Study) -> Findings:
    """Find weights that no rule uses, that cancel out, and that are too small or too large to matter."""
    for _, node in study.known.nodes:
        rule = score_rule_of(node, study.rubric)
        counted = [child for child in node.children if _counts_elsewhere(child, node, study)]
        if not _uses_weights(rule) or rule.over == "leaves":
            yield from _check_unused([child for child in node.children if child not in counted], node, study)
        elif not isinstance(rule, Sum | Aggregate):
            yield from _check_cancelling([child for child in node.children if child not in counted], node, study)
        yield from _check_decisions(node, study)


def _uses_weights(rule: ScoreRule) -> bool:
    return not isinstance(rule, Minimum | Maximum) and not (isinstance(rule, MeanMin) and rule.alpha == 0)


def _counts_elsewhere(child: Criterion | Dimension, node: Node, study: Study) -> bool:
    """Return whether a weight is used by anything but the score rule of the node above."""
    if any(child.id in atom.of for atom in _shares(study)) or _rests_on_evidence(child, study):
        return True
    if any(isinstance(rule, Quorum) and rule.over == "children" for rule in _rules(node, study)):
        return True
    return isinstance(child, Criterion) and any(_counts_leaves(above, study) for above in _above(child, study))


def _shares(study: Study) -> Iterator[ShareRequirement]:
    atoms = (*(atom for _, _, atom in study.atoms), *(atom for _, atom in study.triggers))
    return (atom for atom in atoms if isinstance(atom, ShareRequirement))


def _rests_on_evidence(child: Criterion | Dimension, study: Study) -> bool:
    """Return whether a gate further up asks for a share of weight that rests on evidence, which is counted by node."""
    asking = [node for _, node, atom in study.atoms if isinstance(atom, EvidenceRequirement)]
    return any(node in asking for node in _above(child, study))


def _rules(node: Node, study: Study) -> Iterator[StageRule]:
    return (rule for _, owner, rule in study.parts_of_stage_rules if owner is node)


def _above(child: Criterion | Dimension, study: Study) -> Iterator[Node]:
    """Yield the nodes around a criterion or dimension, the whole first."""
    inside = study.places[child.id]
    return (node for loc, node in study.known.nodes if len(loc) < len(inside) and inside[: len(loc)] == loc)


def _counts_leaves(node: Node, study: Study) -> bool:
    """Return whether a node counts all criteria below it by their own weights."""
    rule = score_rule_of(node, study.rubric)
    quorums = (each for each in _rules(node, study) if isinstance(each, Quorum))
    return (rule.over == "leaves" and _uses_weights(rule)) or any(each.over == "leaves" for each in quorums)


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
    for rule in _rules(node, study):
        if isinstance(rule, Quorum):
            parts = tuple(leaves(node)) if rule.over == "leaves" else node.children
            yield from _idle(parts, rule.quorum, f"the quorum of {titled(node)}", study)
    score = score_rule_of(node, study.rubric)
    if isinstance(score, Quantile | LowerMedian):
        parts = tuple(leaves(node)) if score.over == "leaves" else node.children
        share = score.q if isinstance(score, Quantile) else _HALF
        yield from _idle(parts, share, f"the score of {titled(node)}", study)


def _idle(parts: Sequence[Criterion | Dimension], share: Fraction, what: str, study: Study) -> Findings:
    for part in parts:
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
