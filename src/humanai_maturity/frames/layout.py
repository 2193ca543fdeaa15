"""Where the answers stand in a table: columns found by the ids of criteria, or as they are named."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from humanai_maturity.engine.plan import Plan
from humanai_maturity.errors import AnswerError, Problem, near_miss
from humanai_maturity.frames.columns import Columns, NoScaleError, way_for
from humanai_maturity.frames.problems import problem_count, table_problem

EVIDENCE, SAMPLE, NOT_APPLICABLE = "__evidence", "__sample", "__not_applicable"
"""What the name of a column ends in that stands beside the one with the answers."""

MOST_COLUMNS = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class TableLayout:
    """Say where the answers stand in a table.

    Attributes:
        columns: Where the answers of each criterion and fact stand, for those that have a column.
        away: The column that says what does not apply, by item.
        as_of: The day to which ages are counted, or its column.
    """

    columns: tuple[Columns, ...]
    away: Mapping[int, str]
    as_of: date | str | None = None

    def is_complete(self, table: pl.DataFrame) -> bool:
        """Return whether every column holds an answer in every row that is sure to count."""
        return not any(each.sample is not None or table[each.name].null_count() for each in self.columns)


def layout_of(
    plan: Plan,
    schema: Mapping[str, pl.DataType],
    named: Mapping[str, str],
    values: Mapping[str, Mapping[Any, Any]],
    as_of: date | str | None = None,
) -> TableLayout:
    """Find the columns with answers.

    Args:
        plan: The plan.
        schema: The table's columns with their types.
        named: The column of each criterion that is not called by its id.
        values: What texts in the columns of criteria stand for.
        as_of: The day to which ages are counted, or its column.

    Raises:
        AnswerError: If columns are missing, or their types do not fit; all problems at once.
    """
    problems = list(_problems(plan, schema, named, values))
    columns = []
    for leaf in plan.leaves:
        name = named.get(leaf.question.id, leaf.question.id)
        if name not in schema:
            continue
        found = Columns(
            leaf=leaf,
            name=name,
            dtype=schema[name],
            evidence=_beside(name, EVIDENCE, schema),
            sample=_beside(name, SAMPLE, schema),
            values=values.get(leaf.question.id, {}),
        )
        if schema[name] == pl.Null:
            continue
        try:
            way_for(found)
        except NoScaleError:
            problems.append(_wrong_type(found))
        else:
            columns.append(found)
    if not problems and not columns:
        problems.append(_no_column(plan, schema))
    if problems:
        raise AnswerError(problem_count(problems), problems)
    away = {
        item: column
        for name, item in plan.items.items()
        if (column := _beside(named.get(name, name), NOT_APPLICABLE, schema)) is not None
    }
    return TableLayout(columns=tuple(columns), away=away, as_of=as_of)


def _beside(name: str, ending: str, schema: Mapping[str, object]) -> str | None:
    return name + ending if name + ending in schema else None


def _problems(
    plan: Plan, schema: Mapping[str, pl.DataType], named: Mapping[str, str], values: Mapping[str, Mapping[str, Any]]
) -> Iterator[Problem]:
    if len(schema) > MOST_COLUMNS:
        yield table_problem(
            "too-many-columns", "", f"the table has {len(schema)} columns; at most {MOST_COLUMNS} are read"
        )
    for name, column in named.items():
        if name not in plan.items:
            message = f"`columns` names {name!r}, of which the rubric has no criterion or fact"
            yield table_problem("unknown-criterion", name, message, near_miss(name, plan.items))
        if column not in schema:
            message = f"the table has no column {column!r}, which `columns` names for {name!r}"
            yield table_problem("missing-column", column, message, near_miss(column, schema))
    for name in values:
        if name not in plan.items:
            message = f"`values` names {name!r}, of which the rubric has no criterion or fact"
            yield table_problem("unknown-criterion", name, message, near_miss(name, plan.items))
    yield from _refused(plan, schema, named)


def _refused(plan: Plan, schema: Mapping[str, pl.DataType], named: Mapping[str, str]) -> Iterator[Problem]:
    """Yield the columns that say that something does not apply which always does."""
    for name, item in plan.items.items():
        column = _beside(named.get(name, name), NOT_APPLICABLE, schema)
        if column is None:
            continue
        source = plan.leaves[item].question if item < plan.whole else plan.node(item).source
        if not getattr(source, "allow_not_applicable", False):
            yield table_problem(
                "not-applicable-refused", column, f"{name!r} cannot be not applicable: leave the column out"
            )


def _no_column(plan: Plan, schema: Mapping[str, object]) -> Problem:
    guesses = {name: hint for name in schema if (hint := near_miss(name, plan.items)) is not None}
    name, hint = next(iter(guesses.items()), ("", None))
    message = "no column is called by the id of a criterion; name them so, or say which is which in `columns`"
    return table_problem("missing-column", name, message, hint)


def _wrong_type(columns: Columns) -> Problem:
    kinds = ", ".join(dict.fromkeys(way.type for way in columns.leaf.valuations))
    message = f"the column holds {columns.dtype}, which no scale of {columns.leaf.question.id!r} takes ({kinds})"
    return table_problem("wrong-type", columns.name, message)
