"""Titles beside the ids and numbers of a summary."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from humanai_maturity.model.rubric import OVERALL, Rubric


@dataclass(frozen=True)
class Titles:
    """Set the rubric's titles beside ids and numbers, each in a column of its own.

    Attributes:
        rubric: The rubric; without one, nothing has a title.
    """

    rubric: Rubric | None

    def types(self, types: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return columns with their types, each followed by the one with its titles."""
        found: dict[str, Any] = {}
        for name, dtype in types.items():
            found[name] = dtype
            if self.rubric is not None and name in _TITLED:
                found[f"{name}_title"] = pl.String
        return found

    def beside(self, table: pl.DataFrame) -> pl.DataFrame:
        """Return a table with the titles of what stands in it."""
        rubric = self.rubric
        if rubric is None:
            return table
        titled = [name for name in table.columns if name in _TITLED]
        return table.with_columns(
            pl.Series(f"{name}_title", [_TITLED[name](each, rubric) for each in table[name]], dtype=pl.String)
            for name in titled
        )


def _of_node(name: str, rubric: Rubric) -> str | None:
    if name == OVERALL:
        return rubric.title
    return next((each.title for each in (*rubric.walk(), *rubric.facts) if each.id == name), None)


def _of_flag(name: str, rubric: Rubric) -> str | None:
    return next((flag.title or flag.says for flag in rubric.flags if flag.id == name), None)


def _of_grade(name: str, rubric: Rubric) -> str | None:
    return next((grade.title for grade in rubric.evidence_grades if grade.id == name), None)


def _of_stage(number: int | None, rubric: Rubric) -> str | None:
    return None if number is None else rubric.stages[number - 1].title


def _of_blocker(text: str | None, rubric: Rubric) -> str | None:
    """Return the title of what a blocker is about."""
    kind, _, subject = (text or "").partition(": ")
    of = {"flag": _of_flag, "evidence": _of_grade}.get(kind, _of_node)
    return of(subject, rubric)


_TITLED: Mapping[str, Callable[[Any, Rubric], str | None]] = {
    "node": _of_node,
    "flag": _of_flag,
    "first_blocker": _of_blocker,
    "median_stage": _of_stage,
    "median_stage_low": _of_stage,
    "median_stage_high": _of_stage,
}
"""What has a title, and which."""
