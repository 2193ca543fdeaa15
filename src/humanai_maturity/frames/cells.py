"""Cells as columns: what the engine packs into one integer stays apart here, and only what is read is worked out."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

import polars as pl

from humanai_maturity.engine.plan import Layout
from humanai_maturity.frames.numbers import Operand, Whole, compared, multiplied, total
from humanai_maturity.frames.truths import Truth, picked

VALUE = -1
"""The field of the value; the others are the counters, from the lowest."""

Part: TypeAlias = Operand | Truth

Keep: TypeAlias = Callable[[Operand], Operand]
"""Makes a column of its own of what was worked out."""


@dataclass(frozen=True, eq=False)
class Cells:
    """A cell, or a weighted sum of cells.

    Attributes:
        layout: How the engine packs cells.
        fields: A number or a truth value for each field; what is not named is 0, or what the terms add up to.
        terms: What is added up, and how many times each.
        keep: What to do with a field that was added up.
        shared: Whether other sums begin with it, so that its fields are worked out for themselves.
    """

    layout: Layout
    fields: Mapping[int, Part] = field(default_factory=dict)
    terms: "tuple[tuple[Operand, Cells], ...]" = ()
    keep: Keep = lambda number: number
    shared: bool = False
    _found: dict[int, Part] = field(default_factory=dict)

    def part(self, place: int) -> Part:
        """Return one field as it is, a number or a truth value."""
        if not self.terms:
            return self.fields.get(place, 0)
        if place not in self._found:
            parts = [(factor, part) for factor, cells in self.terms if not _is_nothing(part := cells.part(place))]
            if len(parts) == 1 and parts[0][0] == 1:
                self._found[place] = parts[0][1]
            else:
                self._found[place] = self.keep(total(_times(factor, part) for factor, part in parts))
        return self._found[place]

    def field(self, place: int) -> Operand:
        """Return one field as a number."""
        return _times(1, self.part(place))

    def plus(self, other: "Cells", keep: Keep) -> "Cells":
        """Return the sum of two."""
        return Cells(self.layout, terms=(*self.summands(), *other.summands()), keep=keep)

    def summands(self) -> "Sequence[tuple[Operand, Cells]]":
        """Return what another sum adds up to add it."""
        return self.terms if self.terms and not self.shared else ((1, self),)

    def times(self, factor: Operand) -> "Cells":
        """Return a multiple."""
        return Cells(self.layout, terms=tuple((multiplied(factor, each), of) for each, of in self.summands()))

    def place_of(self, shift: int) -> int:
        """Return the field that lies at a bit."""
        return VALUE if shift == self.layout.shift else shift // self.layout.bits

    def only(self, mask: int) -> "Cells":
        """Return what a mask of counters leaves of one cell."""
        layout = self.layout
        kept = [place for place in range(layout.stages + layout.grades) if mask >> (layout.bits * place) & 1]
        return Cells(layout, fields={place: self.part(place) for place in kept})

    def there(self) -> Truth:
        """Return whether it is not 0: whether its lowest counter is not."""
        part = self.part(min((place for place in self.fields if place != VALUE), default=0))
        return part if isinstance(part, bool | pl.Expr) else compared(part, "!=", 0)

    def stage(self) -> Operand:
        """Return how many counters of stages are set."""
        return total(self.field(place) for place in range(self.layout.stages))


def constant(number: int, layout: Layout) -> Cells:
    """Return a cell that is the same in every row."""
    fields = {place: number >> (layout.bits * place) & layout.mask for place in range(layout.stages + layout.grades)}
    return Cells(layout, fields={VALUE: number >> layout.shift, **fields})


def standing(stage: Operand, layout: Layout) -> Cells:
    """Return the counters of something that stands at a stage."""
    return Cells(layout, fields={place: compared(stage, ">=", place + 1) for place in range(layout.stages)})


def valued(value: Operand, layout: Layout) -> Cells:
    """Return a cell of some value without any counter."""
    return Cells(layout, fields={VALUE: value})


def chosen_cells(condition: Truth, yes: Cells, no: Cells) -> Cells:
    """Return one cell where a condition holds, and another where it does not."""
    if isinstance(condition, bool):
        return yes if condition else no
    places = range(VALUE, yes.layout.stages + yes.layout.grades)
    return Cells(yes.layout, fields={place: picked(condition, yes.field(place), no.field(place)) for place in places})


def lowered(cell: Cells, value: Operand, unit: int, *, on_stages: bool) -> Cells:
    """Return a cell held down to a value, which is 0 where there is none."""
    layout = cell.layout
    fields: dict[int, Part] = {VALUE: value, 0: cell.there()}
    for stage in range(1, layout.stages) if on_stages else ():
        fields[stage] = compared(value, ">=", (stage + 1) * unit)
    grades = range(layout.stages, layout.stages + layout.grades)
    return Cells(layout, fields=fields | {place: cell.part(place) for place in grades})


def _is_nothing(part: Part) -> bool:
    return isinstance(part, int) and part == 0


def weighted(cells: Sequence[Cells], weights: Sequence[int], keep: Keep) -> Cells:
    """Return a weighted sum of several cells."""
    return Cells(cells[0].layout, terms=tuple(zip(weights, cells, strict=True)), keep=keep)


def _times(factor: Operand, part: Part) -> Operand:
    match part:
        case bool():
            return factor if part else 0
        case int() | Whole():
            return multiplied(factor, part)
        case _:
            return picked(part, factor, 0)
