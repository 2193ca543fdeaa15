"""One row of a table as the answers that one would give for it alone: what a cell means, written once in Python.

The other modules of this room say the same on columns, and are tested against this.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from re import compile as pattern
from re import fullmatch
from typing import Any

import polars as pl

from humanai_maturity.engine.plan import Leaf, Plan
from humanai_maturity.frames.columns import SIZE, Columns, scale_of
from humanai_maturity.frames.layout import TableLayout
from humanai_maturity.frames.spelling import DAY, DENIALS, NUMBER, TRUTHS, printed
from humanai_maturity.model.assessment import Answer, NotApplicable, Unknown
from humanai_maturity.model.scales import ChecklistScale

_NUMBER = pattern(NUMBER)
_MOST_DIGITS = 400


def answers_in(row: Mapping[str, Any], layout: TableLayout, plan: Plan) -> dict[str, Any]:
    """Return the answers of one row, as one would give them for it alone."""
    found: dict[str, Any] = {}
    for columns in layout.columns:
        answer, name = _answer(row, columns), columns.leaf.question.id
        if answer is not None:
            found[name] = _together(found[name], answer) if name in found else answer
    names = {item: name for name, item in plan.items.items()}
    for item, column in layout.away.items():
        if _says_so(row[column]):
            found[names[item]] = NotApplicable(not_applicable="The table says so.")
    return found


def day_in(row: Mapping[str, Any], layout: TableLayout) -> date | None:
    """Return the day of the assessment in a row."""
    return _day(row[layout.as_of]) if isinstance(layout.as_of, str) else layout.as_of


def ticked_in(text: str) -> list[str]:
    """Return the items that a text lists.

    Example:
        >>> ticked_in("written; shared")
        ['written', 'shared']
    """
    return [part.strip(" ") for part in text.replace(",", ";").split(";") if part.strip(" ")]


def meaning(cell: Any, columns: Columns) -> Any:
    """Return what stands in a cell as `score` takes it, for an answer or in place of one."""
    if columns.dtype == pl.Float32:
        cell = printed(cell)
    if not isinstance(cell, list) and cell in columns.values:
        return columns.values[cell]
    if isinstance(cell, str):
        return _spelled(cell, columns.leaf)
    return int(cell) if columns.parts[-1] == "listed" and _is_whole(cell) else cell


def _answer(row: Mapping[str, Any], columns: Columns) -> Any:
    cell = row[columns.name]
    if cell is None:
        return None
    meant = meaning(cell, columns)
    if isinstance(meant, Unknown | NotApplicable):
        return meant
    answer = {**(dict(meant) if isinstance(meant, Answer) else {"value": meant}), **dict(_beside(row, columns))}
    if columns.scale is not None:
        answer["values"] = {columns.scale: answer.pop("value")}
    return answer


def _together(first: Any, second: Any) -> Any:
    """Return what the columns of two scales say of one criterion together."""
    for answer, other in ((first, second), (second, first)):
        if isinstance(answer, NotApplicable):
            return answer
        if isinstance(answer, Unknown):
            return other
    return {**first, "values": {**first["values"], **second["values"]}}


def _beside(row: Mapping[str, Any], columns: Columns) -> Iterator[tuple[str, Any]]:
    """Yield what stands beside an answer."""
    if columns.evidence is not None and row[columns.evidence] is not None:
        yield "evidence", str(row[columns.evidence])
    if columns.sample is not None and row[columns.sample] is not None:
        size = row[columns.sample]
        spelled = isinstance(size, str) and fullmatch(SIZE, size)
        yield "sample", int(size) if spelled or (not isinstance(size, str) and size == size // 1) else size
    if columns.as_of is not None and row[columns.as_of] is not None:
        day = row[columns.as_of]
        yield "as_of", day.date() if isinstance(day, datetime) else day


def _day(cell: Any) -> date | None:
    """Return the day that a cell holds, if it holds one."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    try:
        return date.fromisoformat(cell) if isinstance(cell, str) and fullmatch(DAY, cell) else None
    except ValueError:
        return None


def _says_so(cell: Any) -> bool:
    """Return whether a cell says that something does not apply: by a truth value, or by a reason."""
    if isinstance(cell, str):
        return cell.strip().lower() not in DENIALS
    return bool(cell)


def _spelled(text: str, leaf: Leaf) -> Any:
    """Return what a text spells: a text where a scale takes it, else a list, a truth value or a number."""
    ways = {way.type: way for way in leaf.valuations}
    if "custom" in ways or ("choice" in ways and text in ways["choice"].choices):
        return text
    if "checklist" in ways and (parts := _items(text, leaf)) is not None:
        return parts
    if "yes_no" in ways and text in TRUTHS:
        return TRUTHS[text]
    if "metric" in ways and _NUMBER.fullmatch(text) and len(text) <= _MOST_DIGITS:
        return Decimal(text)
    return text


def _items(text: str, leaf: Leaf) -> list[str] | None:
    known = {item.id for item in scale_of(leaf, ChecklistScale).items}
    parts = ticked_in(text)
    return parts if known.issuperset(parts) else None


def _is_whole(cell: Any) -> bool:
    if isinstance(cell, Decimal):
        return cell == cell.to_integral_value()
    return isinstance(cell, float) and cell.is_integer()
