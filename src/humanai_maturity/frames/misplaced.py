"""Columns that are called as if they stood beside the answers to a criterion, and do not, or cannot."""

from collections.abc import Iterator, Mapping

import polars as pl

from humanai_maturity.engine.plan import Plan
from humanai_maturity.errors import Problem, near_miss
from humanai_maturity.frames.columns import kind_of_column
from humanai_maturity.frames.problems import shown, table_problem
from humanai_maturity.frames.search import AS_OF, EVIDENCE, NOT_APPLICABLE, SAMPLE, Search

_SCALES = ("choice", "yes_no", "checklist", "metric", "custom")
"""What the name of a column ends in that holds the answers on one of several scales, behind two underscores."""

_BESIDE: Mapping[str, str] = {
    EVIDENCE: "the texts of evidence grades",
    SAMPLE: "numbers of cases",
    NOT_APPLICABLE: "truth values or reasons",
    AS_OF: "days",
}
"""What stands in the columns beside, in words."""


def misplaced(search: Search) -> Iterator[Problem]:
    """Yield the columns that stand beside none, cannot stand there, or are of a type that says nothing there."""
    for column, dtype in search.schema.items():
        name, mark, kind = column.rpartition("__")
        ending = mark + kind
        if not name or column in search.owners:
            continue
        if ending not in _BESIDE:
            yield from _wrong_scale(column, name, kind, search)
        elif name not in search.owners or (ending != NOT_APPLICABLE and not search.has_answers(name)):
            yield from _beside_nothing(column, name, ending, search)
        elif dtype != pl.Null and not _can_hold(ending, dtype):
            yield table_problem("wrong-type", column, f"the column holds {dtype}, and {_BESIDE[ending]} are wanted")
        elif ending == NOT_APPLICABLE:
            yield from _refused(column, search.owners[name], search.plan)
        elif ending == AS_OF and dtype != pl.Null:
            yield from _undated(column, search.owners[name], search)


def _wrong_scale(column: str, name: str, kind: str, search: Search) -> Iterator[Problem]:
    """Yield a column for answers on a scale on which there are none, or for what is nearly called as one."""
    plan, item = search.plan, search.owners.get(name)
    if item is None:
        criteria = [each for each, place in search.owners.items() if place < plan.whole]
        hint = near_miss(name, criteria) if kind in _SCALES else None
        if hint is not None:
            message = f"there is no criterion {shown(name)} that could be answered here"
            yield table_problem("unknown-criterion", column, message, f"{hint}__{kind}")
    elif item < plan.whole:
        ways = [way.type for way in plan.leaves[item].valuations]
        hint = near_miss(kind, [*ways, *(ending.removeprefix("__") for ending in _BESIDE)])
        if kind in _SCALES and kind not in ways:
            message = f"{shown(name)} is not answered on the scale {kind!r}, but on {', '.join(ways)}"
            yield table_problem("wrong-scale", column, message)
        elif kind not in ways and hint is not None:
            message = f"nothing that stands beside {shown(name)} is called {kind!r}"
            yield table_problem("missing-column", column, message, f"{name}__{hint}")


def _beside_nothing(column: str, name: str, ending: str, search: Search) -> Iterator[Problem]:
    known = [each for each in search.owners if ending == NOT_APPLICABLE or search.has_answers(each)]
    hint = None if name in search.owners else near_miss(name, known)
    if name in search.owners or hint is not None:
        message = f"there is no column {shown(name)} with answers that this one could stand beside"
        yield table_problem("missing-column", column, message, hint and hint + ending)


def _can_hold(ending: str, dtype: pl.DataType) -> bool:
    holds = kind_of_column(dtype)
    match ending:
        case "__evidence":
            return holds in {"texts", "whole"}
        case "__sample":
            return holds in {"whole", "texts"} or dtype.is_float()
        case "__as_of":
            return holds_days(dtype)
        case _:
            return holds in {"texts", "truths", "whole"} or dtype.is_float()


def holds_days(dtype: pl.DataType) -> bool:
    """Return whether a column of some type can hold days."""
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
