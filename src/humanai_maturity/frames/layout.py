"""Where the answers stand in a table: columns found by the ids of criteria, or as they are named."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from humanai_maturity.engine.plan import Leaf, Plan
from humanai_maturity.engine.reading import ProblemList, read_leaf, spelt_out
from humanai_maturity.errors import AnswerError, Problem, near_miss
from humanai_maturity.frames.columns import Columns, Means, kind_of_column
from humanai_maturity.frames.misplaced import holds_days, misplaced
from humanai_maturity.frames.names import own_names
from humanai_maturity.frames.problems import problem_count, shown, table_problem
from humanai_maturity.frames.search import AS_OF, EVIDENCE, NOT_APPLICABLE, SAMPLE, Search
from humanai_maturity.frames.spelling import cell_like
from humanai_maturity.model.assessment import Answer

MOST_COLUMNS = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class TableLayout:
    """Say where the answers stand in a table.

    Attributes:
        columns: Where the answers of each criterion and fact stand, for those that have a column;
            those on several scales in the order in which they count.
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
    problems = [*own_names(schema), *_wrong_settings(search), *_wrong_day(search), *misplaced(search)]
    found = [each for leaf in plan.leaves for each in _columns_of(leaf, search, problems)]
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
        message = (
            f"{shown(taken[0])}{more} the name of a figure: leave its own columns out (`carry=False`, `--no-carry`)"
        )
        problem = table_problem("taken-name", taken[0], message)
        raise AnswerError("the table has 1 problem", [problem])


def _columns_of(leaf: Leaf, search: Search, problems: list[Problem]) -> Iterator[Columns]:
    """Yield where the answers of a criterion stand: in one column, or in one for each scale; nothing without any."""
    name, schema = leaf.question.id, search.schema
    column, answers = search.column_of(name), search.answers(leaf)
    if column in answers and len(answers) > 1:
        others = " and ".join(repr(each) for each in answers if each != column)
        message = f"answers to {name!r} stand here and in {others}: leave this column out, or the others"
        problems.append(table_problem("repeated-answer", column, message))
    meant = _meanings(leaf, search, problems)
    beside = {ending: search.beside(name, ending) for ending in (EVIDENCE, SAMPLE, AS_OF)}
    spelled = [each for each in (beside[SAMPLE], beside[AS_OF], search.as_of) if isinstance(each, str)]
    for each, part in answers.items():
        yield Columns(
            leaf=part,
            name=each,
            dtype=schema[each],
            scale=None if each == column else part.valuations[0].type,
            evidence=beside[EVIDENCE],
            sample=beside[SAMPLE],
            as_of=beside[AS_OF],
            day=search.as_of,
            types={other: schema[other] for other in spelled if other in schema},
            values=meant[each],
        )


def _meanings(leaf: Leaf, search: Search, problems: list[Problem]) -> Mapping[str, Mapping[Any, Means]]:
    """Return what else stands for an answer, by the columns that take it, in the type of each."""
    name = leaf.question.id
    column = search.column_of(name)
    answers = search.answers(leaf) or {column: leaf}
    found: dict[str, dict[Any, Means]] = {each: {} for each in answers}
    for raw, given in search.values.get(name, {}).items():
        wrong = ProblemList()
        answer = spelt_out(name, given, wrong)
        taking = [each for each, part in answers.items() if answer is not None and _takes(part, answer)]
        if answer is not None and not taking:
            read_leaf(leaf, answer, None, wrong)
        messages = [(each.code, each.message, each.hint) for each in wrong.found]
        if isinstance(answer, Answer) and (more := _more_than_a_value(answer, several=column not in answers)):
            messages.append(("unfit-answer", more, None))
        for code, message, hint in messages:
            text = f"`values` says that {raw!r} stands for {given!r:.80}: {message}"
            problems.append(table_problem(code, column, text, hint))
        if answer is not None:
            places = {each: place for each in taking if (place := _place(raw, search.schema.get(each, pl.Null())))}
            for each, (cell,) in places.items():
                found[each][cell] = answer
            problems.extend(() if places else _nowhere(raw, taking, search))
    return found


def _takes(leaf: Leaf, answer: Means) -> bool:
    return read_leaf(leaf, answer, None, ProblemList()) is not None


def _more_than_a_value(answer: Answer, *, several: bool) -> str | None:
    """Return what to do instead, where an answer says what columns say for every row."""
    said = answer.model_fields_set & {"values", "sample", "as_of", *(["evidence"] if several else [])}
    named = " and ".join(f"`{each}`" for each in sorted(said))
    return f"one value is wanted here; put {named} in columns beside" if said else None


def _place(raw: Any, dtype: pl.DataType) -> tuple[Any] | None:
    """Return what a setting names as it stands in a column; `None` where it cannot."""
    try:
        return (cell_like(raw, dtype),)
    except ValueError:
        return None


def _nowhere(raw: Any, columns: Sequence[str], search: Search) -> Iterator[Problem]:
    """Yield that a setting names what cannot stand in any column that there is."""
    for column in columns:
        dtype = search.schema.get(column, pl.Null())
        if kind_of_column(dtype) is not None:
            message = f"`values` says what {raw!r} stands for, and the column holds {dtype}, where that cannot stand"
            yield table_problem("wrong-type", column, message)


def _wrong_settings(search: Search) -> Iterator[Problem]:
    plan, schema = search.plan, search.schema
    if len(schema) > MOST_COLUMNS:
        yield table_problem(
            "too-many-columns", "", f"the table has {len(schema)} columns; at most {MOST_COLUMNS} are read"
        )
    for name, column in search.named.items():
        if name not in plan.items:
            message = f"`columns` names {shown(name)}, of which the rubric has no criterion or fact"
            yield table_problem("unknown-criterion", name, message, near_miss(name, plan.items))
        if not search.has_answers(column):
            message = f"the table has no column {shown(column)}, which `columns` names for {name!r}"
            yield table_problem("missing-column", column, message, near_miss(column, schema))
    for name in search.values:
        if name not in plan.items:
            message = f"`values` names {shown(name)}, of which the rubric has no criterion or fact"
            yield table_problem("unknown-criterion", name, message, near_miss(name, plan.items))
    yield from _shared(search)


def _shared(search: Search) -> Iterator[Problem]:
    """Yield the columns in which the answers to several criteria would stand."""
    users: dict[str, list[str]] = {}
    for leaf in search.plan.leaves:
        for column in {search.column_of(leaf.question.id): leaf, **search.answers(leaf)}:
            users.setdefault(column, []).append(leaf.question.id)
    for column, names in users.items():
        if len(names) > 1 and column in search.schema:
            message = f"the column is read for {' and '.join(map(repr, names))}: name another one for all but one"
            yield table_problem("shared-column", column, message)


def _wrong_day(search: Search) -> Iterator[Problem]:
    """Yield what is wrong with the day to which ages are counted."""
    day = search.as_of
    if isinstance(day, str) and day not in search.schema:
        message = f"the table has no column {shown(day)}, which `as_of` names; a day is given as a date"
        yield table_problem("missing-column", day, message, near_miss(day, search.schema))
    elif isinstance(day, str) and not holds_days(search.schema[day]):
        yield table_problem("wrong-type", day, f"the column holds {search.schema[day]}, and days are wanted")


def _no_column(plan: Plan, schema: Mapping[str, object]) -> Problem:
    guesses = {name: hint for name in schema if (hint := near_miss(name, plan.items)) is not None}
    name, hint = next(iter(guesses.items()), ("", None))
    message = "no column is called by the id of a criterion; name them so, or say which is which in `columns`"
    return table_problem("missing-column", name, message, hint)


def _wrong_type(columns: Columns) -> Problem:
    kinds = ", ".join(dict.fromkeys(way.type for way in columns.leaf.valuations))
    message = f"the column holds {columns.dtype}, which no scale of {columns.leaf.question.id!r} takes ({kinds})"
    return table_problem("wrong-type", columns.name, message)
