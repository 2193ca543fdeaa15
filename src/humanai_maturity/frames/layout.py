"""Where the answers stand in a table: columns found by the ids of criteria, or as they are named."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from humanai_maturity.engine.plan import Leaf, Plan
from humanai_maturity.engine.reading import ProblemList, read_leaf, spelt_out
from humanai_maturity.errors import AnswerError, Problem, near_miss
from humanai_maturity.frames.columns import Columns, Means, kind_of_column
from humanai_maturity.frames.problems import problem_count, table_problem

EVIDENCE, SAMPLE, NOT_APPLICABLE, AS_OF = "__evidence", "__sample", "__not_applicable", "__as_of"
"""What the name of a column ends in that stands beside the one with the answers."""

MOST_COLUMNS = 20_000

_BESIDE: Mapping[str, str] = {
    EVIDENCE: "the texts of evidence grades",
    SAMPLE: "numbers of cases",
    NOT_APPLICABLE: "truth values or reasons",
    AS_OF: "days",
}
"""What stands in the columns beside, in words."""


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

    @property
    def names(self) -> list[str]:
        """Return every column that is read."""
        read = [name for each in self.columns for name in (each.name, each.evidence, each.sample, each.as_of)]
        days = [self.as_of] if isinstance(self.as_of, str) else []
        return [*dict.fromkeys(name for name in (*read, *self.away.values(), *days) if name is not None)]

    def is_complete(self, table: pl.DataFrame) -> bool:
        """Return whether every column holds an answer in every row that is sure to count."""
        return not any(not each.is_sure or table[each.name].null_count() for each in self.columns)


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

    def beside(self, name: str, ending: str) -> str | None:
        """Return the column that stands beside that of a criterion; `None` where there is none, or nothing in it."""
        column = self.column_of(name) + ending
        return column if self.schema.get(column, pl.Null()) != pl.Null else None


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
        values: What texts, numbers and truth values in the columns of criteria stand for.
        as_of: The day to which ages are counted, or its column.

    Raises:
        AnswerError: If columns are missing, or their types do not fit; all problems at once.
    """
    search = Search(plan, schema, named, values, as_of)
    problems = [*_wrong_settings(search), *_wrong_day(search), *_wrong_beside(search)]
    found = [each for leaf in plan.leaves if (each := _columns_of(leaf, search, problems)) is not None]
    problems += [_wrong_type(each) for each in found if not each.parts]
    if not problems and not found:
        problems.append(_no_column(plan, schema))
    if problems:
        raise AnswerError(problem_count(problems), problems)
    away = {item: column for name, item in plan.items.items() if (column := search.beside(name, NOT_APPLICABLE))}
    return TableLayout(columns=tuple(found), away=away, as_of=as_of)


def check_names(schema: Collection[str], figures: Collection[str]) -> None:
    """Check that no figure has the name of one of the table's own columns.

    Raises:
        AnswerError: If any has.
    """
    taken = [name for name in figures if name in schema]
    if taken:
        more = f" and {len(taken) - 1} more of its columns have" if len(taken) > 1 else " has"
        message = f"{taken[0]!r}{more} the name of a figure: leave its own columns out (`carry=False`, `--no-carry`)"
        problem = table_problem("taken-name", taken[0], message)
        raise AnswerError("the table has 1 problem", [problem])


def _columns_of(leaf: Leaf, search: Search, problems: list[Problem]) -> Columns | None:
    """Return where the answers of a criterion stand; `None` where there are none."""
    name, schema = leaf.question.id, search.schema
    column = search.column_of(name)
    meant = dict(_meanings(leaf, column, search, problems))
    if schema.get(column, pl.Null()) == pl.Null:
        return None
    beside = {ending: search.beside(name, ending) for ending in (EVIDENCE, SAMPLE, AS_OF)}
    spelled = [each for each in (beside[SAMPLE], beside[AS_OF], search.as_of) if isinstance(each, str)]
    return Columns(
        leaf=leaf,
        name=column,
        dtype=schema[column],
        evidence=beside[EVIDENCE],
        sample=beside[SAMPLE],
        as_of=beside[AS_OF],
        day=search.as_of,
        types={each: schema[each] for each in spelled if each in schema},
        values=meant,
    )


def _meanings(leaf: Leaf, column: str, search: Search, problems: list[Problem]) -> Iterator[tuple[Any, Means]]:
    """Yield what else stands for an answer in a column, in the type of the column."""
    holds = kind_of_column(search.schema.get(column, pl.Null()))
    for raw, given in search.values.get(leaf.question.id, {}).items():
        wrong = ProblemList()
        answer = spelt_out(leaf.question.id, given, wrong)
        if answer is not None and read_leaf(leaf, answer, None, wrong) is not None:
            yield _cell_like(raw, holds), answer
        for each in wrong.found:
            message = f"`values` says that {raw!r} stands for {given!r:.80}: {each.message}"
            problems.append(table_problem(each.code, column, message, each.hint))


def _cell_like(raw: Any, holds: str | None) -> Any:
    """Return what a setting names as it stands in a column: numbers and truth values may be given as texts."""
    if not isinstance(raw, str) or holds in {"texts", None}:
        return raw
    if holds == "truths":
        return {"true": True, "false": False}.get(raw.lower(), raw)
    try:
        return int(raw) if raw.removeprefix("-").isdecimal() else float(raw)
    except ValueError:
        return raw


def _wrong_settings(search: Search) -> Iterator[Problem]:
    plan, schema = search.plan, search.schema
    if len(schema) > MOST_COLUMNS:
        yield table_problem(
            "too-many-columns", "", f"the table has {len(schema)} columns; at most {MOST_COLUMNS} are read"
        )
    for name, column in search.named.items():
        if name not in plan.items:
            message = f"`columns` names {name!r}, of which the rubric has no criterion or fact"
            yield table_problem("unknown-criterion", name, message, near_miss(name, plan.items))
        if column not in schema:
            message = f"the table has no column {column!r}, which `columns` names for {name!r}"
            yield table_problem("missing-column", column, message, near_miss(column, schema))
    for name in search.values:
        if name not in plan.items:
            message = f"`values` names {name!r}, of which the rubric has no criterion or fact"
            yield table_problem("unknown-criterion", name, message, near_miss(name, plan.items))
    yield from _shared(search)


def _shared(search: Search) -> Iterator[Problem]:
    """Yield the columns in which the answers to several criteria would stand."""
    users: dict[str, list[str]] = {}
    for leaf in search.plan.leaves:
        users.setdefault(search.column_of(leaf.question.id), []).append(leaf.question.id)
    for column, names in users.items():
        if len(names) > 1 and column in search.schema:
            message = f"the column is read for {' and '.join(map(repr, names))}: name another one for all but one"
            yield table_problem("shared-column", column, message)


def _wrong_day(search: Search) -> Iterator[Problem]:
    """Yield what is wrong with the day to which ages are counted."""
    day = search.as_of
    if isinstance(day, str) and day not in search.schema:
        message = f"the table has no column {day!r}, which `as_of` names; a day is given as a date"
        yield table_problem("missing-column", day, message, near_miss(day, search.schema))
    elif isinstance(day, str) and not _holds_days(search.schema[day]):
        yield table_problem("wrong-type", day, f"the column holds {search.schema[day]}, and days are wanted")


def _wrong_beside(search: Search) -> Iterator[Problem]:
    """Yield the columns that stand beside none, cannot stand there, or are of a type that says nothing there."""
    plan, schema = search.plan, search.schema
    owners = {search.column_of(name): item for name, item in plan.items.items()}
    for column, dtype in schema.items():
        name, mark, _ = column.rpartition("__")
        ending = mark + column[len(name) + len(mark) :]
        if not name or ending not in _BESIDE:
            continue
        if name not in owners or (ending != NOT_APPLICABLE and name not in schema):
            yield from _beside_nothing(column, name, owners, search)
            continue
        item = owners[name]
        if dtype != pl.Null and not _can_hold(ending, dtype):
            yield table_problem("wrong-type", column, f"the column holds {dtype}, and {_BESIDE[ending]} are wanted")
        elif ending == NOT_APPLICABLE:
            yield from _refused(column, item, plan)
        elif ending == AS_OF and dtype != pl.Null:
            yield from _undated(column, item, search)


def _beside_nothing(column: str, name: str, owners: Mapping[str, int], search: Search) -> Iterator[Problem]:
    ending = column[len(name) :]
    known = [each for each in owners if each in search.schema or ending == NOT_APPLICABLE]
    hint = None if name in owners else near_miss(name, known)
    if name in owners or hint is not None:
        message = f"there is no column {name!r} with answers that this one could stand beside"
        yield table_problem("missing-column", column, message, hint and hint + ending)


def _can_hold(ending: str, dtype: pl.DataType) -> bool:
    holds = kind_of_column(dtype)
    match ending:
        case "__evidence":
            return holds in {"texts", "whole"}
        case "__sample":
            return holds in {"whole", "texts"} or dtype.is_float()
        case "__as_of":
            return _holds_days(dtype)
        case _:
            return holds in {"texts", "truths", "whole"} or dtype.is_float()


def _holds_days(dtype: pl.DataType) -> bool:
    return dtype == pl.Date or isinstance(dtype, pl.Datetime) or kind_of_column(dtype) == "texts"


def _refused(column: str, item: int, plan: Plan) -> Iterator[Problem]:
    """Yield a column that says that something does not apply which always does."""
    source = plan.leaves[item].question if item < plan.whole else plan.node(item).source
    if not getattr(source, "allow_not_applicable", False):
        name = next(name for name, each in plan.items.items() if each == item)
        message = f"{name!r} cannot be not applicable: leave the column out"
        yield table_problem("not-applicable-refused", column, message)


def _undated(column: str, item: int, search: Search) -> Iterator[Problem]:
    """Yield a column of days of answers whose age counts, where nobody has said to which day."""
    question = search.plan.leaves[item].question if item < search.plan.whole else None
    if search.as_of is None and question is not None and question.max_age_days is not None:
        message = f"answers to {question.id!r} count for {question.max_age_days} days: say to which day with `as_of`"
        yield table_problem("no-date", column, message)


def _no_column(plan: Plan, schema: Mapping[str, object]) -> Problem:
    guesses = {name: hint for name in schema if (hint := near_miss(name, plan.items)) is not None}
    name, hint = next(iter(guesses.items()), ("", None))
    message = "no column is called by the id of a criterion; name them so, or say which is which in `columns`"
    return table_problem("missing-column", name, message, hint)


def _wrong_type(columns: Columns) -> Problem:
    kinds = ", ".join(dict.fromkeys(way.type for way in columns.leaf.valuations))
    message = f"the column holds {columns.dtype}, which no scale of {columns.leaf.question.id!r} takes ({kinds})"
    return table_problem("wrong-type", columns.name, message)
