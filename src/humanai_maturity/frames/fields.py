"""From the columns of a table to the fields of cells: one criterion at a time, by its scale."""

from collections.abc import Sequence
from math import lcm

import polars as pl

from humanai_maturity.engine.plan import Plan
from humanai_maturity.frames.cells import VALUE, Cells, Part
from humanai_maturity.frames.columns import Claims, Columns, Keep, kept, scale_of, way_for
from humanai_maturity.frames.listed import listed
from humanai_maturity.frames.measured import measured, unit_of_cuts
from humanai_maturity.frames.numbers import Operand, compared
from humanai_maturity.frames.ticked import ticked
from humanai_maturity.frames.truths import both, cased, picked
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
        way = way_for(columns)
        found += [step.denominator for step in way.steps]
        if way.type == "metric":
            found.append(unit_of_cuts(scale_of(columns.leaf, MetricScale), plan.rubric))
    return lcm(*found)


def claims_of(columns: Columns, unit: int, plan: Plan, keep: Keep) -> Claims:
    """Return what the answers in a column claim."""
    way = way_for(columns)
    match way.type:
        case "choice" | "yes_no":
            return listed(columns, way, unit, keep)
        case "metric":
            return measured(columns, way, unit, plan, keep)
        case _:
            return ticked(columns, way, unit, plan, keep)


def cells_of(columns: Columns, claims: Claims, unit: int, plan: Plan, keep: Keep) -> Cells:
    """Return the cells of a criterion: what its answers claim, held down by their evidence."""
    leaf, layout = columns.leaf, plan.layout
    value, known = claims.value, claims.known
    grade = _grade(columns, claims.evidence, plan, keep)
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


def _grade(columns: Columns, default: str | None, plan: Plan, keep: Keep) -> Operand:
    """Return the number of the evidence grade that counts; 0 for none."""
    usual_grade = default or next(iter(columns.leaf.claims), None)
    usual = plan.grades.get(usual_grade, 0) if usual_grade is not None else 0
    if columns.evidence is None:
        return usual
    given = pl.col(columns.evidence).cast(pl.String)
    found = cased([((given == name).fill_null(value=False), number) for name, number in plan.grades.items()], usual)
    return kept(f"grade{columns.leaf.index}", found, keep)
