"""How numbers, truth values and days are spelled in cells, and how what a setting names stands in a column."""

from decimal import Decimal
from fractions import Fraction
from re import fullmatch
from struct import pack, unpack
from typing import Any

import polars as pl

from humanai_maturity.frames.columns import kind_of_column

NUMBER = r"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$"
"""A text that spells a number."""

DAY = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
"""A text that spells a day."""

TRUTHS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
"""The texts that spell truth values."""

DENIALS = frozenset(("", "false", "no", "0"))
"""The texts that say that something applies, where others are reasons why it does not."""

_FEWEST_DIGITS, _ALL_DIGITS = 6, 9
_MOST_DIGITS = 400
_LARGEST_DECIMAL = 10**38
_LARGEST_WHOLE = 2**127 - 1


def cell_like(raw: object, dtype: pl.DataType) -> Any:
    """Return what is named as it stands in a column of some type.

    Raises:
        ValueError: If nothing in such a column can be it.

    Example:
        >>> cell_like(1.0, pl.String()), cell_like("7", pl.Int64()), cell_like(0.1, pl.Float32())
        ('1', 7, 0.1)
    """
    match kind_of_column(dtype):
        case "texts":
            return text_of(raw)
        case "truths":
            return _truth(raw)
        case "whole":
            return _whole(raw, dtype)
        case "numbers":
            return _decimal(raw, dtype) if isinstance(dtype, pl.Decimal) else _float(raw, dtype)
        case _:
            raise ValueError


def text_of(raw: object) -> str:
    """Return the text that spells something.

    Raises:
        ValueError: If it is neither a text nor a number nor a truth value.

    Example:
        >>> text_of("yes"), text_of(True), text_of(2.0), text_of(0.5)
        ('yes', 'true', '2', '0.5')
    """
    match raw:
        case str():
            return raw
        case bool():
            return str(raw).lower()
        case float() if raw.is_integer():
            return str(int(raw))
        case int() | float() | Decimal():
            return str(raw)
        case _:
            raise ValueError


def printed(number: float) -> float:
    """Return the number with the fewest digits that a 32-bit float stands for: as it is printed.

    Example:
        >>> printed(0.30000001192092896)
        0.3
    """
    texts = (f"{number:.{digits}g}" for digits in range(_FEWEST_DIGITS, _ALL_DIGITS + 1))
    return next((float(text) for text in texts if unpack("f", pack("f", float(text)))[0] == number), number)


def in_32_bits(number: float) -> float:
    """Return the float of 32 bits next to a number.

    Raises:
        OverflowError: If there is none.

    Example:
        >>> in_32_bits(0.3)
        0.30000001192092896
    """
    found: float = unpack("<f", pack("<f", number))[0]
    return found


def _truth(raw: object) -> bool:
    if isinstance(raw, str):
        raw = TRUTHS.get(raw.lower())
    if not isinstance(raw, int | float | Decimal) or raw not in {0, 1}:
        raise ValueError
    return bool(raw)


def _number(raw: object) -> Decimal:
    """Return a number exactly: a float as it is printed."""
    if isinstance(raw, str) and (not fullmatch(NUMBER, raw) or len(raw) > _MOST_DIGITS):
        raise ValueError
    if not isinstance(raw, str | int | float | Decimal):
        raise ValueError  # noqa: TRY004 - nothing is wrong with its type, it only stands nowhere
    number = Decimal(str(raw) if isinstance(raw, float) else raw)
    if not number.is_finite() or abs(number.adjusted()) > _MOST_DIGITS:
        raise ValueError
    return number


def _whole(raw: object, dtype: Any) -> int:
    number = _number(raw)
    least, most = pl.select(low=dtype.min(), high=dtype.max()).row(0)
    if number != number.to_integral_value() or not least <= number <= min(most, _LARGEST_WHOLE):
        raise ValueError
    return int(number)


def _decimal(raw: object, dtype: pl.Decimal) -> Decimal:
    number = _number(raw)
    digits = Fraction(number) * 10**dtype.scale
    if digits.denominator != 1 or abs(digits) >= _LARGEST_DECIMAL:
        raise ValueError
    return number


def _float(raw: object, dtype: pl.DataType) -> float:
    number = _number(raw)
    found = float(number)
    try:
        return printed(in_32_bits(found)) if dtype == pl.Float32 else found
    except OverflowError:
        raise ValueError from None
