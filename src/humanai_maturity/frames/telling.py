"""Why something in a table does not fit, and what to write instead."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from re import fullmatch
from typing import Any

from humanai_maturity.errors import near_miss
from humanai_maturity.frames.alone import problems_of_cell
from humanai_maturity.frames.answers import ticked_in
from humanai_maturity.frames.columns import Columns, scale_of
from humanai_maturity.frames.listed import readings_of
from humanai_maturity.frames.spelling import DAY, NUMBER
from humanai_maturity.model.exact import number_advice
from humanai_maturity.model.scales import ChecklistScale

_TRUTHS = {**dict.fromkeys(("yes", "y"), "true"), **dict.fromkeys(("no", "n"), "false")}


def why_not(name: str, text: str, columns: Columns) -> tuple[str, str | None]:
    """Return why a text in a column of some answers does not fit, and what was probably meant."""
    if name == columns.evidence:
        grades = [*columns.leaf.claims]
        return f"write one of {', '.join(grades)}", near_miss(text, grades)
    if name == columns.sample:
        return "a sample is a whole number of at least 1", None
    if name == columns.as_of:
        return _why_no_day(text, columns), None
    known = [*_known(columns)]
    number = _why_no_number(text, columns)
    if number is not None:
        return number, None
    if "yes_no" in columns.ways and text.lower() in _TRUTHS and text not in known:
        return f"write {_TRUTHS[text.lower()]}, or say in `values` what it stands for", None
    if not known:
        return _of_the_engine(text, columns), None
    also = " or a number" if columns.holds == "texts" and "metric" in columns.ways else ""
    parts = ticked_in(text) if "ticked" in columns.parts else []
    strange = next((part for part in parts if part not in known), text)
    return f"write one of {', '.join(known)}{also}", near_miss(strange, known) if strange not in known else None


def _why_no_day(text: str, columns: Columns) -> str:
    if columns.holds is not None and fullmatch(DAY, text[:10]):
        return "it is no day of the calendar, or after the day to which `as_of` counts, or none is said"
    return "a day is written as 2026-01-31"


def _why_no_number(text: str, columns: Columns) -> str | None:
    """Return what is wrong with a number, or with what was probably meant as one; `None` for anything else."""
    if "measured" not in columns.parts:
        return None
    if columns.holds in {"whole", "numbers"} or fullmatch(NUMBER, text):
        return _of_the_engine(text, columns)
    advice = number_advice(text)
    return None if advice is None else f"a number is wanted: {advice}"


def _of_the_engine(text: str, columns: Columns) -> str:
    """Return what the engine says of a cell."""
    problems = problems_of_cell(columns, _cell(text, columns))
    return problems[0].message if problems else "it does not fit the scale"


def _cell(text: str, columns: Columns) -> Any:
    match columns.holds:
        case "numbers":
            return float(text)
        case "whole":
            return Decimal(text)
        case "lists":
            return ticked_in(text)
        case _:
            return text


def _known(columns: Columns) -> Iterator[str]:
    """Yield everything that is possible in a column, as far as it can be listed."""
    if "listed" in columns.parts:
        spelt: Sequence[Any] = [*readings_of(columns)]
        yield from (str(each).lower() if isinstance(each, bool) else str(each) for each in spelt if not _loud(each))
    if "ticked" in columns.parts:
        yield from (item.id for item in scale_of(columns.leaf, ChecklistScale).items)


def _loud(raw: Any) -> bool:
    """Return whether something is another spelling of a truth value."""
    return raw in {"True", "TRUE", "False", "FALSE"} if isinstance(raw, str) else False
