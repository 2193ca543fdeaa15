"""Where the answers of one criterion stand in a table, and what they claim."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any, Literal, TypeAlias, TypeVar

import polars as pl

from humanai_maturity.engine.plan import Leaf, Plan
from humanai_maturity.engine.valuation import Valuation
from humanai_maturity.frames.numbers import Operand
from humanai_maturity.frames.truths import Truth
from humanai_maturity.model.assessment import Answer, NotApplicable, Unknown

Keep: TypeAlias = Callable[[str, pl.Expr], pl.Expr]
"""Makes a column of its own of an expression, under a name."""

Kind = TypeVar("Kind")

Holds: TypeAlias = Literal["texts", "truths", "whole", "numbers", "lists"]
"""What a column holds, as far as answers are concerned."""

Means: TypeAlias = Answer | Unknown | NotApplicable
"""What something in a column can stand for."""

SIZE = r"^[0-9]{1,18}$"
"""A text that spells a sample size."""

TEXTS = (pl.String, pl.Categorical, pl.Enum)
"""The types of columns that hold texts."""


@dataclass(frozen=True, kw_only=True)
class Columns:
    """Where one criterion's answers stand in a table.

    Attributes:
        leaf: The criterion or fact, as far as it is answered in the column.
        name: The column of the answers.
        dtype: Its type.
        scale: The type of the one scale on which its answers are; `None` where they may be on any.
        evidence: The column of evidence grades, if there is one.
        sample: The column of sample sizes, if there is one.
        as_of: The column of the days on which the answers were true, if there is one.
        day: The day to which ages are counted, or its column.
        types: The types of the columns beside.
        values: What else in the column stands for what.
    """

    leaf: Leaf
    name: str
    dtype: pl.DataType
    scale: str | None = None
    evidence: str | None = None
    sample: str | None = None
    as_of: str | None = None
    day: date | str | None = None
    types: Mapping[str, pl.DataType] = field(default_factory=dict)
    values: Mapping[Any, Means] = field(default_factory=dict)

    @cached_property
    def ways(self) -> Mapping[str, Valuation]:
        """Return the ways to answer, by the type of scale."""
        return {way.type: way for way in self.leaf.valuations}

    @cached_property
    def holds(self) -> Holds | None:
        """Return what the column holds; `None` for what is no answer, such as a date."""
        return kind_of_column(self.dtype)

    @cached_property
    def parts(self) -> tuple[str, ...]:
        """Return as what the cells are read, one after the other: what fits the first is not read as the second."""
        mapped = ("listed",) if self.values else ()
        if "custom" in self.ways and self.holds is not None:
            return (*mapped, "alone")
        own: tuple[str, ...] = ()
        match self.holds:
            case "texts":
                listed = {"choice", "yes_no"} & self.ways.keys() or mapped
                also = {"ticked": "checklist", "measured": "metric"}
                own = (*(("listed",) if listed else ()), *(part for part, way in also.items() if way in self.ways))
                mapped = ()
            case "truths":
                own = ("listed",) if "yes_no" in self.ways else ()
            case "whole":
                taken = next((way for way in self.ways if way in {"metric", "choice"}), None)
                own = () if taken is None else ("measured",) if taken == "metric" else ("listed",)
            case "numbers":
                own = ("measured",) if "metric" in self.ways else ("listed",) if "choice" in self.ways else ()
            case "lists":
                own = ("ticked",) if "checklist" in self.ways else ()
            case None:
                pass
        return tuple(dict.fromkeys((*mapped, *own)))

    @property
    def sizes(self) -> pl.Expr:
        """Return the sample sizes as numbers; null for a text that spells none."""
        assert self.sample is not None  # noqa: S101 - only asked for where there is one
        given = pl.col(self.sample)
        if self.types[self.sample] not in TEXTS:
            return given
        text = given.cast(pl.String)
        return pl.when(text.str.contains(SIZE)).then(text).cast(pl.Int64)

    @property
    def is_sure(self) -> bool:
        """Whether every answer in the column counts as one."""
        known = all(isinstance(each, Answer) for each in self.values.values())
        return self.sample is None and self.as_of is None and known


@dataclass(frozen=True, slots=True, kw_only=True)
class Claims:
    """What the answers of one criterion claim, before evidence holds them down.

    Attributes:
        value: The claimed value in the unit; 0 where there is none.
        known: Whether there is an answer that counts.
        unfit: Whether there is an answer that does not fit.
        usual: The number of the evidence grade of answers that name none; 0 for none.
        odd: Whether an answer has to be read row by row.
        away: Whether the answer is that the criterion does not apply.
        silent: Whether what stands there says that there is no answer.
        beside: Whether what stands beside an answer does not fit, by column.
    """

    value: Operand
    known: Truth
    unfit: Truth
    usual: Operand
    odd: Truth = False
    away: Truth = False
    silent: Truth = False
    beside: Mapping[str, Truth] = field(default_factory=dict)


def kind_of_column(dtype: pl.DataType) -> Holds | None:
    """Return what a column of some type holds; `None` for what is no answer."""
    if dtype == pl.Boolean:
        return "truths"
    if dtype.is_numeric():
        return "whole" if dtype.is_integer() else "numbers"
    if isinstance(dtype, pl.List | pl.Array):
        inner: Any = dtype.inner
        return "lists" if inner.is_integer() or inner in (*TEXTS, pl.Null) else None
    return "texts" if dtype in TEXTS else None


def scale_of(leaf: Leaf, kind: type[Kind]) -> Kind:
    """Return the scale of a kind on which a criterion is answered."""
    return next(scale for scale in leaf.question.scales if isinstance(scale, kind))


def usual_grade(columns: Columns, way: str, plan: Plan) -> int:
    """Return the number of the evidence grade of answers on a scale that name none; 0 for none."""
    grade = columns.ways[way].evidence or next(iter(columns.leaf.claims), None)
    return plan.grades.get(grade, 0) if grade is not None else 0


def kept(name: str, number: Operand, keep: Keep) -> Operand:
    """Make a column of its own of a number."""
    return number if isinstance(number, int) else replace(number, expr=keep(name, number.expr))
