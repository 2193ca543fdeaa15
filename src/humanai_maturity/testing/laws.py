"""The laws of scoring that every rubric has to keep, as checks of scorecards."""

from collections.abc import Iterator
from fractions import Fraction
from typing import TypeAlias

from humanai_maturity.engine import Scorecard
from humanai_maturity.engine.result import CriterionResult, NodeResult
from humanai_maturity.model.assessment import Answer, NotApplicable, Unknown
from humanai_maturity.testing.drawn.ladders import Given

Row: TypeAlias = NodeResult | CriterionResult
Figure: TypeAlias = Fraction | int | None
Scored: TypeAlias = tuple[Scorecard, Given]
"""A result, and the answers that it is of."""

_POINTS = ("score", "stage")
_LOWS = ("low", "stage_low")
_HIGHS = ("high", "stage_high")
_WORDS = {"low": "lowest score", "high": "highest score", "stage_low": "lowest stage", "stage_high": "highest stage"}


def bounds_enclose(scored: Scored) -> None:
    """Check that low <= point <= high for every score and stage, inside the possible range."""
    card, answers = scored
    for row in _rows(card):
        figures = {**_figures(row), "minimum": row.exact.minimum, "maximum": row.exact.maximum}
        for low, high in (
            ("minimum", "low"),
            ("low", "score"),
            ("score", "high"),
            ("high", "maximum"),
            ("stage_low", "stage"),
            ("stage", "stage_high"),
        ):
            if not _at_most(figures[low], figures[high]):
                told = f"{row.id}: the {_words(low)} {figures[low]} is above the {_words(high)} {figures[high]}"
                raise AssertionError(f"{told}, with the answers {answers_in_words(answers)}")


def nothing_fell(before: Scored, after: Scored) -> None:
    """Check that no point and no bound is lower than before."""
    for row, other in zip(_rows(before[0]), _rows(after[0]), strict=True):
        one, two = _figures(row), _figures(other)
        for name in (*_POINTS, *_LOWS, *_HIGHS):
            if not _at_most(one[name], two[name]):
                told = f"{row.id}: the {_words(name)} falls from {one[name]} to {two[name]}"
                raise AssertionError(f"{told}, {_change(before[1], after[1])}")


def bounds_narrowed(before: Scored, after: Scored) -> None:
    """Check that no lower bound is lower than before, and no upper one higher."""
    for row, other in zip(_rows(before[0]), _rows(after[0]), strict=True):
        one, two = _figures(row), _figures(other)
        for name in (*_LOWS, *_HIGHS):
            outer, inner = (one, two) if name in _LOWS else (two, one)
            if not _at_most(outer[name], inner[name]):
                told = f"{row.id}: the {_words(name)} goes from {one[name]} to {two[name]}"
                raise AssertionError(f"{told}, {_change(before[1], after[1])}")


def answers_in_words(answers: Given) -> str:
    """Return answers as short as they can be told.

    Example:
        >>> answers_in_words({"a": Answer(value="low", evidence="seen"), "b": Unknown()})
        'a: low (seen), b: unknown'
    """
    return ", ".join(f"{name}: {_answer(answer)}" for name, answer in answers.items()) or "none"


def _change(before: Given, after: Given) -> str:
    """Return in words what is answered otherwise, and what is answered the same."""
    changed = [name for name in after if before.get(name) != after[name]]
    told = ", ".join(f"{name} from {_answer(before.get(name))} to {_answer(after[name])}" for name in changed)
    same = answers_in_words({name: answer for name, answer in after.items() if name not in changed})
    return f"with the answers changed: {told or 'none'}; the same: {same}"


def _answer(answer: Answer | Unknown | NotApplicable | None) -> str:
    match answer:
        case Answer():
            value = answer.value if answer.value is not None else dict(answer.values)
            return f"{value} ({answer.evidence})" if answer.evidence else str(value)
        case NotApplicable():
            return "not applicable"
        case _:
            return "unknown"


def _rows(card: Scorecard) -> Iterator[Row]:
    yield from card.nodes
    yield from card.criteria
    yield from card.facts


def _figures(row: Row) -> dict[str, Figure]:
    stages = {name: getattr(row, name) for name in ("stage", "stage_low", "stage_high")}
    numbers = {name: None if stage is None else stage.number for name, stage in stages.items()}
    return {"score": row.exact.score, "low": row.exact.low, "high": row.exact.high, **numbers}


def _at_most(low: Figure, high: Figure) -> bool:
    return low is None or high is None or low <= high


def _words(name: str) -> str:
    return _WORDS.get(name, name)
