"""Where answers are looked for in a table: under the name of a criterion, and beside it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

import polars as pl

from humanai_maturity.engine.plan import Leaf, Plan

EVIDENCE, SAMPLE, NOT_APPLICABLE, AS_OF = "__evidence", "__sample", "__not_applicable", "__as_of"
"""What the name of a column ends in that stands beside the one with the answers."""


@dataclass(frozen=True)
class Search:
    """What is known of a table before its answers are found.

    Attributes:
        plan: The plan.
        schema: The table's columns with their types.
        named: The column of each criterion that is not called by its id.
        values: What else stands in the columns of criteria for what.
        as_of: The day to which ages are counted, or its column.
    """

    plan: Plan
    schema: Mapping[str, pl.DataType]
    named: Mapping[str, str]
    values: Mapping[str, Mapping[Any, Any]]
    as_of: date | str | None = None

    def column_of(self, name: str) -> str:
        """Return the column of a criterion, whether there is one or not."""
        return self.named.get(name, name)

    @cached_property
    def owners(self) -> Mapping[str, int]:
        """Return the items by the column of each, whether there is one or not."""
        return {self.column_of(name): item for name, item in self.plan.items.items()}

    def beside(self, name: str, ending: str) -> str | None:
        """Return the column that stands beside that of a criterion; `None` where there is none, or nothing in it."""
        column = self.column_of(name) + ending
        return column if self._holds(column) and column not in self.owners else None

    def answers(self, leaf: Leaf) -> Mapping[str, Leaf]:
        """Return the columns with answers to a criterion, each with the criterion as far as it is answered there."""
        name = leaf.question.id
        found = {self.column_of(name): leaf} if self._holds(self.column_of(name)) else {}
        for way in leaf.valuations:
            column = self.beside(name, f"__{way.type}")
            if column is not None:
                found[column] = replace(leaf, valuations=(way,))
        return found

    def has_answers(self, column: str) -> bool:
        """Return whether a criterion has answers in its column, be it empty, or in one beside for a scale."""
        item = self.owners.get(column, self.plan.whole)
        on_scales = item < self.plan.whole and self.answers(self.plan.leaves[item])
        return column in self.schema or bool(on_scales)

    def _holds(self, column: str) -> bool:
        return self.schema.get(column, pl.Null()) != pl.Null
