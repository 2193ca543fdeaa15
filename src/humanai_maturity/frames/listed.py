"""Columns in which each answer is one of a few: options, and truth values."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import polars as pl

from humanai_maturity.engine.plan import Leaf
from humanai_maturity.engine.reading import ProblemList, read_leaf
from humanai_maturity.engine.valuation import Valuation
from humanai_maturity.frames.columns import Claims, Columns, Keep
from humanai_maturity.frames.numbers import compared, literal, multiplied, whole
from humanai_maturity.frames.truths import both, cased
from humanai_maturity.model.assessment import Answer


def listed(columns: Columns, way: Valuation, unit: int, keep: Keep) -> Claims:
    """Read a column in which each answer is one of a few.

    Answers are numbered by what they are worth first, as small numbers are compared faster than texts.
    """
    given = pl.col(columns.name)
    if columns.dtype in (pl.Categorical, pl.Enum):
        given = given.cast(pl.String)
    worth = {raw: value for raw, value in _answers(columns, way).items() if value is not None}
    ordered = sorted(worth.items(), key=lambda each: each[1])
    number = literal(cased([(given == raw, place) for place, (raw, _) in enumerate(ordered, 1)], 0))
    code = whole(keep(f"code{columns.leaf.index}", number.expr.fill_null(0)), 0, len(ordered))
    values = [int(value * unit) for _, value in ordered]
    value = (
        multiplied(code, unit)
        if values == [unit * place for place in range(1, len(values) + 1)]
        else cased([(compared(code, "==", place), each) for place, each in enumerate(values, 1)], 0)
    )
    unfit = both(given.is_not_null(), compared(code, "==", 0))
    return Claims(value=value, known=compared(code, ">", 0), unfit=unfit, evidence=way.evidence)


def _answers(columns: Columns, way: Valuation) -> Mapping[Any, Fraction | None]:
    """Return what can stand in a column, with what it claims; `None` where that is nothing."""
    if way.type == "yes_no":
        own: dict[Any, Any] = {True: True, False: False} if columns.dtype == pl.Boolean else {}
    elif columns.dtype.is_integer():
        own = {int(option): option for option in way.choices if option.isdecimal()}
    else:
        own = {option: option for option in way.choices}
    meant = {**own, **columns.values}
    return {raw: _claimed(columns.leaf, answer) for raw, answer in meant.items()}


def _claimed(leaf: Leaf, answer: Any) -> Fraction | None:
    problems = ProblemList()
    reading = read_leaf(leaf, Answer(value=answer), None, problems)
    problems.raise_if_any()
    return None if reading is None else reading.claimed
