"""Columns in which each answer is one of a few: options, truth values, and what has been said to stand for one."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

import polars as pl

from humanai_maturity.engine.plan import NOT_APPLICABLE, Plan
from humanai_maturity.engine.reading import ProblemList, Reading, read_leaf
from humanai_maturity.frames.columns import TEXTS, Claims, Columns, Keep, Means, scale_of
from humanai_maturity.frames.numbers import Operand, Whole, compared, literal, multiplied, whole
from humanai_maturity.frames.spelling import TRUTHS, cell_like
from humanai_maturity.frames.truths import Truth, both, cased, either, negated
from humanai_maturity.model.assessment import Answer
from humanai_maturity.model.scales import ChecklistScale

_MOST_IN_8_BITS = 127
"""Places up to here fit into a column of 8 bits; wider ones are slower to read and to compare."""


def listed(columns: Columns, unit: int, plan: Plan, keep: Keep) -> Claims:
    """Read a column in which each answer is one of a few.

    Answers are numbered by what they are worth first, as small numbers are compared faster than texts.
    """
    ordered = sorted(readings_of(columns).items(), key=lambda each: each[1].claimed or 0)
    numbered = _numbered(columns, [raw for raw, _ in ordered])
    code = whole(keep(f"code{columns.leaf.index}", numbered), 0, len(ordered))
    readings = [reading for _, reading in ordered]
    away = _any_of(code, [each.state == NOT_APPLICABLE for each in readings])
    silent = _any_of(code, [each.claimed is None for each in readings])
    known = both(compared(code, ">", 0), negated(silent))
    if columns.sample is not None:
        known = both(known, negated(_too_few(columns, code, readings)))
    return Claims(
        value=_value(code, readings, unit),
        known=known,
        unfit=both(pl.col(columns.name).is_not_null(), compared(code, "==", 0)),
        usual=_usual(code, readings, plan),
        away=away,
        silent=silent,
    )


def _numbered(columns: Columns, answers: Sequence[Any]) -> pl.Expr:
    """Number answers from 1 in an order; 0 is for none of them."""
    given, dtype = pl.col(columns.name), columns.dtype
    if dtype in TEXTS:
        given, dtype = given.cast(pl.String), pl.String()
    elif isinstance(dtype, pl.Decimal):
        answers = [int(Fraction(answer) * 10**dtype.scale) for answer in answers]
        given, dtype = given.to_physical().cast(pl.Int128), pl.Int128()
    if dtype == pl.Int8 and len(answers) > _MOST_IN_8_BITS:
        given = given.cast(pl.Int16)
    if dtype.is_integer() and answers and answers == [*range(answers[0], answers[0] + len(answers))]:
        before = answers[0] - 1
        place = given - before if before else given
        return pl.when(given.is_between(answers[0], answers[-1])).then(place).otherwise(0)
    found = cased([(given == pl.lit(answer, dtype=dtype), place) for place, answer in enumerate(answers, 1)], 0)
    return literal(found).expr.fill_null(0)


def readings_of(columns: Columns) -> Mapping[Any, Reading]:
    """Return everything that can stand in a column, with what it comes to."""
    own: dict[Any, Any] = {}
    options = columns.ways["choice"].choices if "choice" in columns.ways else ()
    match columns.holds:
        case "truths" if "yes_no" in columns.ways:
            own = {True: True, False: False}
        case "whole" | "numbers" if "listed" in columns.parts and columns.parts[-1] == "listed":
            own = {int(option): option for option in options if _can_stand(option, columns.dtype)}
        case "texts":
            items = columns.ways.get("checklist") and scale_of(columns.leaf, ChecklistScale).items
            named = {item.id for item in items or ()}
            truths = TRUTHS if "yes_no" in columns.ways else {}
            own = {text: truth for text, truth in truths.items() if text not in named}
            own |= {option: option for option in options}
        case _:
            pass
    if "custom" in columns.ways:
        own = {}
    answers: Mapping[Any, Means] = {raw: Answer(value=value) for raw, value in own.items()}
    return {raw: reading_of(columns, answer) for raw, answer in {**answers, **columns.values}.items()}


def reading_of(columns: Columns, answer: Means) -> Reading:
    """Return what an answer comes to.

    Raises:
        AnswerError: If it does not fit.
    """
    problems = ProblemList()
    reading = read_leaf(columns.leaf, answer, None, problems)
    problems.raise_if_any()
    assert reading is not None  # noqa: S101 - otherwise there is a problem
    return reading


def _can_stand(option: str, dtype: pl.DataType) -> bool:
    """Return whether an option is called by a whole number, written as such, that can stand in a column."""
    if not option.removeprefix("-").isdecimal() or str(int(option)) != option:
        return False
    try:
        return bool(cell_like(option, dtype) == int(option))
    except ValueError:
        return False


def _value(code: Whole, readings: list[Reading], unit: int) -> Operand:
    values = [int((each.claimed or 0) * unit) for each in readings]
    if values == [unit * place for place in range(1, len(values) + 1)]:
        return multiplied(code, unit)
    return cased([(compared(code, "==", place), each) for place, each in enumerate(values, 1)], 0)


def _usual(code: Whole, readings: list[Reading], plan: Plan) -> Operand:
    grades = [plan.grades.get(each.evidence, 0) if each.evidence is not None else 0 for each in readings]
    return cased(
        [(compared(code, "==", place), grade) for place, grade in enumerate(grades, 1) if grade != grades[0]],
        grades[0] if grades else 0,
    )


def _too_few(columns: Columns, code: Whole, readings: list[Reading]) -> Truth:
    """Return whether an answer is said to stand for a number that was measured on too few cases."""
    found: Truth = False
    for place, reading in enumerate(readings, 1):
        least = columns.ways[reading.scale].min_sample if reading.scale is not None else None
        if least is not None and columns.sample is not None:
            few = (columns.sizes < least).fill_null(value=False)
            found = either(found, both(compared(code, "==", place), few))
    return found


def _any_of(code: Whole, which: list[bool]) -> Truth:
    found: Truth = False
    for place, each in enumerate(which, 1):
        found = either(found, compared(code, "==", place)) if each else found
    return found
