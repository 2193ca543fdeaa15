"""Columns of lists: the items of a checklist that hold."""

from collections.abc import Mapping
from fractions import Fraction

import polars as pl

from humanai_maturity.engine.plan import Plan
from humanai_maturity.frames.columns import Claims, Columns, Keep, scale_of, usual_grade
from humanai_maturity.frames.numbers import Operand, added, compared, multiplied, total
from humanai_maturity.frames.truths import picked
from humanai_maturity.model.ranges import resolve_stage
from humanai_maturity.model.scales import ChecklistScale


def ticked(columns: Columns, unit: int, plan: Plan, keep: Keep) -> Claims:
    """Read a column of lists of the items that hold; in a text, they are separated by semicolons or commas."""
    scale, index = scale_of(columns.leaf, ChecklistScale), columns.leaf.index
    given = keep(f"list{index}", _as_lists(columns))
    ids = [item.id for item in scale.items]
    all_known = given.list.eval(pl.element().is_in(ids).fill_null(value=False)).list.all()
    all_once = given.list.n_unique() == given.list.len()
    unfit = keep(f"unticked{index}", (~(all_known & all_once)).fill_null(value=False))
    holds = {
        item: keep(f"holds{index}_{place}", given.list.contains(item).fill_null(value=False))
        for place, item in enumerate(ids)
    }
    stages = {item.id: resolve_stage(item.stage, plan.rubric) for item in scale.items if item.stage is not None}
    points = {item.id: int((item.points or Fraction(0)) * unit) for item in scale.items}
    value = _cumulative(stages, holds, unit) if stages else _capped(points, holds, scale.cap, unit)
    known = keep(f"ticked{index}", given.is_not_null() & ~unfit)
    return Claims(value=value, known=known, unfit=unfit, usual=usual_grade(columns, "checklist", plan))


def _as_lists(columns: Columns) -> pl.Expr:
    given = pl.col(columns.name)
    if isinstance(columns.dtype, pl.Array):
        given = given.arr.to_list()
    if columns.holds == "lists":
        return given.cast(pl.List(pl.String))
    return lists_in(given.cast(pl.String))


def lists_in(texts: pl.Expr) -> pl.Expr:
    """Return the lists that texts spell."""
    parts = texts.str.replace_all(",", ";", literal=True).str.split(";")
    stripped = parts.list.eval(pl.element().str.strip_chars(" "))
    return stripped.list.eval(pl.element().filter(pl.element() != ""))


def _capped(points: Mapping[str, int], holds: Mapping[str, pl.Expr], cap: Fraction | None, unit: int) -> Operand:
    """Return the sum of the points of all items that hold, up to a cap."""
    value = total(picked(holds[item], each, 0) for item, each in points.items())
    if cap is None:
        return value
    return picked(compared(value, ">", int(cap * unit)), int(cap * unit), value)


def _cumulative(stages: Mapping[str, int], holds: Mapping[str, pl.Expr], unit: int) -> Operand:
    """Return the highest stage up to which all items hold, and the share of the next stage's items that do."""
    top = max(stages.values())

    def count(stage: int) -> Operand:
        return total(picked(holds[item], 1, 0) for item, each in stages.items() if each == stage)

    value: Operand = top * unit
    for stage in range(top - 1, 0, -1):
        size = sum(each == stage + 1 for each in stages.values())
        if not size:
            continue
        share = added(stage * unit, multiplied(count(stage + 1), unit // size))
        value = picked(compared(count(stage + 1), "==", size), value, share)
    first = sum(each == 1 for each in stages.values())
    return picked(compared(count(1), "==", first), value, unit) if first else value
