"""From the columns of a table to the fields of cells: one criterion at a time, by its scale."""

from collections.abc import Sequence
from functools import reduce
from math import lcm

from humanai_maturity.engine.plan import Plan
from humanai_maturity.frames.alone import alone
from humanai_maturity.frames.beside import grade_of, with_beside
from humanai_maturity.frames.cells import VALUE, Cells, Part
from humanai_maturity.frames.columns import Claims, Columns, Keep, kept, scale_of
from humanai_maturity.frames.listed import listed, readings_of
from humanai_maturity.frames.measured import measured, unit_of_cuts
from humanai_maturity.frames.numbers import TooLargeError, compared
from humanai_maturity.frames.ticked import ticked
from humanai_maturity.frames.truths import both, cased, either, picked
from humanai_maturity.model.rubric import Criterion
from humanai_maturity.model.scales import MetricScale


def unit_of(plan: Plan, tables: Sequence[Columns]) -> int:
    """Return a unit that holds every value that answers in columns can have."""
    found = [end.denominator for leaf in plan.leaves for end in (*plan.ends(leaf.index), *leaf.claims.values())]
    for leaf in plan.leaves:
        found.append(leaf.span.high.denominator)
        if isinstance(leaf.question, Criterion) and leaf.question.counter is not None:
            found.append(leaf.question.counter.plus.denominator)
    for columns in tables:
        for part in columns.parts:
            match part:
                case "listed":
                    found += [each.claimed.denominator for each in readings_of(columns).values() if each.claimed]
                case "measured":
                    found.append(unit_of_cuts(scale_of(columns.leaf, MetricScale), plan.rubric))
                case "ticked":
                    found += [step.denominator for step in columns.ways["checklist"].steps]
                case _:
                    pass
    return lcm(*found)


def claims_of(columns: Columns, unit: int, plan: Plan, keep: Keep) -> Claims:
    """Return what the answers in a column claim; what does not fit into columns is left to the engine."""
    try:
        parts = [_part(part, columns, unit, plan, keep) for part in columns.parts]
        claims = reduce(lambda first, second: _else(columns, first, second, keep), parts)
    except TooLargeError:
        claims = alone(columns, keep)
    return with_beside(columns, claims, keep)


def first_that_counts(first: Claims, second: Claims) -> Claims:
    """Return what answers on two scales claim together: what the first claims, where it counts."""
    return Claims(
        value=picked(first.known, first.value, second.value),
        known=either(first.known, second.known),
        unfit=either(first.unfit, second.unfit),
        usual=picked(first.known, first.usual, second.usual),
        odd=either(first.odd, second.odd),
        away=either(first.away, second.away),
    )


def _part(part: str, columns: Columns, unit: int, plan: Plan, keep: Keep) -> Claims:
    match part:
        case "listed":
            return listed(columns, unit, plan, keep)
        case "measured":
            return measured(columns, unit, plan, keep)
        case "ticked":
            return ticked(columns, unit, plan, keep)
        case _:
            return alone(columns, keep)


def _else(columns: Columns, first: Claims, second: Claims, keep: Keep) -> Claims:
    """Return what cells claim that are read in one way, and what does not fit that, in another."""
    other = first.unfit
    if not isinstance(other, bool):
        other = keep(f"other{columns.leaf.index}", other.fill_null(value=False))
    return Claims(
        value=kept(f"claim{columns.leaf.index}", picked(other, second.value, first.value), keep),
        known=either(first.known, both(other, second.known)),
        unfit=both(other, second.unfit),
        usual=picked(other, second.usual, first.usual),
        odd=either(first.odd, both(other, second.odd)),
        away=either(first.away, second.away),
        silent=either(first.silent, second.silent),
    )


def cells_of(columns: Columns, claims: Claims, unit: int, plan: Plan, keep: Keep) -> Cells:
    """Return the cells of a criterion: what its answers claim, held down by their evidence."""
    leaf, layout = columns.leaf, plan.layout
    value, known = claims.value, claims.known
    grade = grade_of(columns, claims.usual, plan, keep)
    if leaf.claims:
        most = [(compared(grade, "==", plan.grades[name]), int(each * unit)) for name, each in leaf.claims.items()]
        cap = cased(most, most[0][1])
        value = picked(compared(value, ">", cap), cap, value)
    value = kept(f"value{leaf.index}", picked(known, value, 0), keep)
    fields: dict[int, Part] = {VALUE: value, 0: known}
    for stage in range(2, layout.stages + 1) if leaf.span.on_stages else ():
        fields[stage - 1] = compared(value, ">=", stage * unit)  # what is unknown has the value 0
    for number in range(1, layout.grades + 1):
        fields[layout.stages + number - 1] = both(known, compared(grade, ">=", number))
    return Cells(layout, fields=fields)
