"""What would be lost first: the smallest drop of one criterion that costs the whole its stage."""

from fractions import Fraction

from humanai_maturity.engine.evaluation import Given, evaluate
from humanai_maturity.engine.plan import KNOWN, Leaf
from humanai_maturity.engine.result import Loss
from humanai_maturity.engine.rows import Rows
from humanai_maturity.engine.terms import POINT


def losses_of(rows: Rows) -> tuple[Loss, ...]:
    """Return the criteria whose smallest costly drop is the smallest of all, in the order of the rubric.

    A drop goes step by step: to the next lower option, item or whole stage, or a tenth of a range of points. Drops
    are compared as shares of what the criterion can be worth at all.
    """
    whole = rows.plan.whole
    stage = rows.evaluation.stage_at(whole, POINT)
    if stage is None or stage == 1 or not rows.reported(whole):
        return ()
    found: list[tuple[Fraction, Loss]] = []
    for leaf in rows.plan.leaves[: rows.plan.criteria]:
        claimed = rows.readings[leaf.index].claimed
        if rows.evaluation.state(leaf.index) != KNOWN or claimed is None:
            continue
        loss = _first_loss(rows, leaf, claimed, stage)
        if loss is not None:
            found.append(loss)
    least = min((drop for drop, _ in found), default=Fraction(0))
    return tuple(loss for drop, loss in found if drop == least)


def _first_loss(rows: Rows, leaf: Leaf, claimed: Fraction, stage: int) -> tuple[Fraction, Loss] | None:
    """Return the first step down, by bisection, at which the whole loses its stage."""
    steps = sorted({step for way in leaf.valuations for step in way.steps if step < claimed}, reverse=True)
    if not steps or _stage_with(rows, leaf, steps[-1]) >= stage:
        return None
    kept, costly = -1, len(steps) - 1
    while costly - kept > 1:
        middle = (kept + costly) // 2
        if _stage_with(rows, leaf, steps[middle]) < stage:
            costly = middle
        else:
            kept = middle
    left = rows.evaluation.kernel.stages[_stage_with(rows, leaf, steps[costly]) - 1]
    drop = (claimed - steps[costly]) / (leaf.span.high - leaf.span.low)
    return drop, Loss(criterion=leaf.question.id, claimed=float(claimed), falls_to=float(steps[costly]), stage=left)


def _stage_with(rows: Rows, leaf: Leaf, claimed: Fraction) -> int:
    """Return the stage of the whole if one criterion claimed less, on the same evidence; it keeps some stage."""
    plan, given = rows.plan, rows.evaluation.given
    evidence = rows.readings[leaf.index].evidence
    cells = given.cells.copy()
    cells[leaf.index] = plan.cell(leaf.index, leaf.held(claimed, evidence), given.unit, evidence)
    less = Given(cells=cells, unit=given.unit, away=given.away)
    return evaluate(rows.evaluation.kernel, less).stage_at(plan.whole, POINT) or 1
