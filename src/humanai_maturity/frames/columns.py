"""Where the answers of one criterion stand in a table, and what they claim."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeAlias, TypeVar

import polars as pl

from humanai_maturity.engine.plan import Leaf
from humanai_maturity.engine.valuation import Valuation
from humanai_maturity.frames.numbers import Operand
from humanai_maturity.frames.truths import Truth

Keep: TypeAlias = Callable[[str, pl.Expr], pl.Expr]
"""Makes a column of its own of an expression, under a name."""

Kind = TypeVar("Kind")


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Where one criterion's answers stand in a table.

    Attributes:
        leaf: The criterion or fact.
        name: The column of the answers.
        dtype: Its type.
        evidence: The column of evidence grades, if there is one.
        sample: The column of sample sizes, if there is one.
        values: What other texts in the column stand for.
    """

    leaf: Leaf
    name: str
    dtype: pl.DataType
    evidence: str | None = None
    sample: str | None = None
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Claims:
    """What the answers of one criterion claim, before evidence holds them down.

    Attributes:
        value: The claimed value in the unit; 0 where there is none.
        known: Whether there is an answer that counts.
        unfit: Whether there is an answer that does not fit.
        evidence: The evidence grade of answers that name none.
        odd: Whether an answer has to be read row by row.
    """

    value: Operand
    known: Truth
    unfit: Truth
    evidence: str | None
    odd: Truth = False


class NoScaleError(Exception):
    """Say that a column's type fits none of a criterion's scales."""


def way_for(columns: Columns) -> Valuation:
    """Return the way of answering that a column's type is for.

    Raises:
        NoScaleError: If there is none.
    """
    wanted = _types_for(columns.dtype)
    ways = {way.type: way for way in reversed(columns.leaf.valuations)}
    found = next((ways[each] for each in wanted if each in ways), None)
    if found is None:
        raise NoScaleError(columns.name)
    return found


def _types_for(dtype: pl.DataType) -> Sequence[str]:
    if dtype == pl.Boolean:
        return ("yes_no",)
    if dtype.is_numeric():
        return ("metric", "choice") if dtype.is_integer() else ("metric",)
    if isinstance(dtype, pl.List):
        return ("checklist",)
    if dtype in (pl.String, pl.Categorical, pl.Enum):
        return ("choice", "checklist", "yes_no")
    return ()


def scale_of(leaf: Leaf, kind: type[Kind]) -> Kind:
    """Return the scale of a kind on which a criterion is answered."""
    return next(scale for scale in leaf.question.scales if isinstance(scale, kind))


def kept(name: str, number: Operand, keep: Keep) -> Operand:
    """Make a column of its own of a number."""
    return number if isinstance(number, int) else replace(number, expr=keep(name, number.expr))
