"""Answers as people type them."""

from decimal import Decimal
from fractions import Fraction
from re import compile as pattern
from typing import assert_never

from humanai_maturity.model.exact import written
from humanai_maturity.model.scales import ChecklistScale, ChoiceScale, CustomScale, MetricScale, Scale, YesNoScale

_NUMBER = pattern(r"([-+]?[0-9]{1,30}(?:[.,][0-9]{1,30})?)\s*(%)?")
_SEPARATORS = pattern(r"[\s,;]+")
_YES, _NO = ("y", "yes", "true"), ("n", "no", "false")
_NONE = ("none", "0", "-")


def typed_value(text: str, scale: Scale) -> object:
    """Return the value that somebody means.

    Options and items are typed as their numbers or ids, several of them with blanks or commas between; a number may
    have a decimal comma, or be a percentage where shares are asked for.

    Args:
        text: What was typed.
        scale: The scale on which the question is answered.

    Raises:
        ValueError: If it is nothing that the scale takes; the message says what to type.

    Example:
        >>> typed_value("2", ChoiceScale(type="choice", options=[{"id": "no", "stage": 1}, {"id": "yes", "stage": 2}]))
        'yes'
        >>> str(typed_value("78 %", MetricScale(type="metric", bands={"top": 0.9})))
        '0.78'
    """
    words = text.strip()
    match scale:
        case ChoiceScale():
            return _one(words, [option.id for option in scale.options])
        case YesNoScale():
            return _yes_or_no(words.lower())
        case ChecklistScale():
            return _several(words, [item.id for item in scale.items])
        case MetricScale():
            return _number(words, shares=_asks_for_shares(scale))
        case CustomScale():
            return _number(words, shares=False) if _NUMBER.fullmatch(words) else words
        case _:
            assert_never(scale)


def _one(words: str, ids: list[str]) -> str:
    if words in ids:
        return words
    if words.isdecimal() and 0 < int(words) <= len(ids):
        return ids[int(words) - 1]
    raise ValueError(f"type a number from 1 to {len(ids)}")


def _several(words: str, ids: list[str]) -> list[str]:
    if words.lower() in _NONE:
        return []
    if words.lower() == "all":
        return ids
    try:
        found = {_one(word, ids) for word in _SEPARATORS.split(words) if word}
    except ValueError:
        found = set()
    if not found:
        raise ValueError(f"type the numbers of those that hold, such as 1 2, from 1 to {len(ids)}; or all, or none")
    return [name for name in ids if name in found]


def _yes_or_no(word: str) -> bool:
    if word not in {*_YES, *_NO}:
        raise ValueError("type yes or no")
    return word in _YES


def _number(words: str, *, shares: bool) -> Fraction | int | float | str:
    found = _NUMBER.fullmatch(words)
    if found is None:
        raise ValueError("type a number, such as 0.78 or 78 %" if shares else "type a number, such as 12.5")
    number = Fraction(Decimal(found[1].replace(",", ".")))
    return written(number / 100 if found[2] and shares else number)


def _asks_for_shares(scale: MetricScale) -> bool:
    """Return whether the numbers of a metric lie between 0 and 1, so that 78 % means 0.78."""
    if scale.maximum is not None:
        return scale.maximum <= 1
    cuts = [*(scale.bands or {}).values(), *((scale.range.worst, scale.range.best) if scale.range else ())]
    return max(cuts, default=Fraction(0)) <= 1
