"""Exact numbers, texts and immutable mappings: the types that all documents are built from."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from numbers import Integral, Real
from re import compile as pattern
from typing import Annotated, Any, ClassVar, NoReturn, Self, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    PlainSerializer,
    PlainValidator,
    WithJsonSchema,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError

RATIO = pattern(r"-?[0-9]{1,400}/[1-9][0-9]{0,399}")
"""How a number that is no decimal is written, such as a third: `1/3`."""

_WRITTEN_RATIO = pattern(r"-?[0-9]+(/[1-9][0-9]*)?")
_MEANT_AS_NUMBER = pattern(r"([-+]?[0-9]{1,30}(?:[.,][0-9]{1,30})?)\s?(%)?")
_THOUSANDS = pattern(r"[-+]?[1-9][0-9]{0,2},[0-9]{3}")
_QUOTATION_MARKS = " \t\u00a0\"'\u2018\u2019\u201c\u201d\u201e\u201f"
_MOST_DIGITS = 400
_MAX_EXPONENT = 100
_LARGEST = 10**_MAX_EXPONENT
_SHOWN = 40
_DAY = pattern(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MAX_TEXT = 20_000
_UNSAVEABLE = pattern("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_MAX_ID = 120
_ID = pattern(rf"[A-Za-z0-9][A-Za-z0-9_.:\-]{{0,{_MAX_ID - 1}}}")


class WrittenInt(int):
    """A whole number that remembers how a document spelt it."""

    text: str

    def __new__(cls, text: str) -> Self:
        """Read the decimal, hexadecimal or octal digits of YAML 1.2."""
        self = super().__new__(cls, text, 0 if text.lstrip("+-")[:2].lower() in {"0x", "0o"} else 10)
        self.text = text
        return self


class WrittenDecimal(Decimal):
    """A decimal number that remembers how a document spelt it."""

    text: str

    def __new__(cls, text: str) -> Self:
        """Keep the digits exactly as written."""
        self = super().__new__(cls, text)
        self.text = text
        return self


def exact(value: object) -> Fraction:
    """Return a number exactly: a decimal as it is written, a float as it is printed.

    Args:
        value: An `int`, `float`, `Decimal`, `Fraction`, a number of NumPy, or a text of the form `"7/20"`.

    Raises:
        ValueError: If it is not a finite number of a reasonable size; truth values are not numbers.

    Example:
        >>> exact(0.1)
        Fraction(1, 10)
    """
    if isinstance(value, bool):
        msg = "expected a number, not true or false"
    elif isinstance(value, int | Fraction):
        if -_LARGEST < value < _LARGEST:
            return Fraction(value)
        msg = _of_no_size(value)
    elif isinstance(value, float | Decimal):
        number = Decimal(repr(float(value))) if isinstance(value, float) else value
        if (
            number.is_finite()
            and abs(number.adjusted()) < _MAX_EXPONENT
            and len(number.as_tuple().digits) <= _MOST_DIGITS
        ):
            return Fraction(number)
        msg = _of_no_size(value)
    elif isinstance(value, str) and RATIO.fullmatch(value):
        return exact(Fraction(value))
    elif isinstance(value, str):
        advice = number_advice(value)
        msg = f"expected a number, not the text {value[:40]!r}{f': {advice}' if advice else ''}"
    elif isinstance(value, Integral):
        return exact(int(value))
    elif isinstance(value, Real):  # one of less precision than a float is printed with fewer digits
        return exact(Decimal(str(value)))
    else:
        msg = f"expected a number, not {kind_of(value)}"
    raise ValueError(msg)


def _of_no_size(value: object) -> str:
    text = str(value)
    shown = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}..."
    return f"expected a finite number of a reasonable size, not {shown}"


def number_advice(text: str, percent: Fraction = Fraction(1, 100)) -> str | None:
    """Return how to write the number that a text was probably meant to be, or `None` if it looks like none.

    Args:
        text: The text.
        percent: What one per cent is where the number is wanted.

    Example:
        >>> number_advice("0.7"), number_advice("70 %"), number_advice("0,7"), number_advice("much")
        ('write 0.7 without quotation marks', 'write 0.7', 'write 0.7', None)
    """
    found = _MEANT_AS_NUMBER.fullmatch(text.strip(_QUOTATION_MARKS))
    if found is None:
        return None
    digits, sign = found.groups()
    if _THOUSANDS.fullmatch(digits):
        return "write a point before decimals, and nothing between thousands"
    number = Fraction(digits.replace(",", "."))
    if sign:
        number *= percent
    elif "," not in digits:
        return f"write {digits} without quotation marks"
    return f"write {written(number)}"


def kind_of(value: object) -> str:
    """Return what a value is, in an author's words.

    Example:
        >>> kind_of([1, 2])
        'a list'
    """
    kinds: tuple[tuple[type | tuple[type, ...], str], ...] = (
        (bool, "true or false"),
        ((int, float, Decimal, Fraction), "a number"),
        (str, "a text"),
        (Mapping, "a mapping"),
        ((list, tuple, set, frozenset), "a list"),
    )
    return next(
        (name for kind, name in kinds if isinstance(value, kind)),
        "nothing" if value is None else f"a {type(value).__name__}",
    )


def written(number: Fraction) -> int | float | str:
    """Return a number as JSON should hold it: exactly, as a number where that is possible, else as `"1/3"`.

    Example:
        >>> written(Fraction(7, 20)), written(Fraction(1, 3)), written(Fraction(2))
        (0.35, '1/3', 2)
    """
    if number.denominator == 1:
        return int(number)
    try:
        decimal = float(number)
    except OverflowError:
        return str(number)
    return decimal if Fraction(repr(decimal)) == number else str(number)


def _number(value: object) -> Fraction:
    try:
        return exact(value)
    except ValueError as error:
        raise PydanticCustomError("not-a-number", "{why}", {"why": str(error)}) from None


def _spelling(value: object) -> object:
    return value.text if isinstance(value, WrittenInt | WrittenDecimal) else value


def _text(value: object) -> str:
    text = _spelling(value)
    if not isinstance(text, str):
        raise PydanticCustomError("not-a-text", "expected a text, not {kind}", {"kind": kind_of(value)})
    if _UNSAVEABLE.search(text):
        raise PydanticCustomError("bad-text", "a text cannot hold control characters")
    if not text.strip() or len(text) > _MAX_TEXT:
        raise PydanticCustomError("bad-text", "expected a text of 1 to {most} characters", {"most": _MAX_TEXT})
    return text


def _id(value: object) -> str:
    text = _spelling(value)
    if not isinstance(text, str):
        raise PydanticCustomError("not-a-text", "expected an id, not {kind}", {"kind": kind_of(value)})
    if not is_id(text):
        raise PydanticCustomError(
            "bad-id",
            "{text} is not an id: use at most {most} letters, digits and . _ - :, a letter or digit first",
            {"text": repr(text[:40]), "most": _MAX_ID},
        )
    return text


def is_id(text: str) -> bool:
    """Return whether a text can be an id.

    Example:
        >>> is_id("data.sources"), is_id("data sources")
        (True, False)
    """
    return _ID.fullmatch(text) is not None


def _stage(value: object) -> int | str:
    if isinstance(value, int) and not isinstance(value, bool):
        if value < 1:
            raise PydanticCustomError(
                "bad-stage", "stages are counted from 1, so {value} is none", {"value": int(value)}
            )
        return int(value)
    return _id(value)


def _threshold(value: object) -> Fraction | str:
    names = isinstance(value, str) and is_id(value)
    is_number = isinstance(value, str) and (RATIO.fullmatch(value) or (not names and number_advice(value)))
    return _id(value) if isinstance(value, str) and not is_number else _number(value)


def _day(value: object) -> object:
    if isinstance(value, str) and not _DAY.fullmatch(value):
        raise PydanticCustomError(
            "not-a-day", "{text} is not a day: write it as 2026-01-31", {"text": repr(value[:40])}
        )
    if not isinstance(value, str | date) or isinstance(value, datetime):
        raise PydanticCustomError(
            "not-a-day", "expected a day such as 2026-01-31, not {kind}", {"kind": kind_of(value)}
        )
    return value


def _ratio(value: object) -> Fraction:
    if isinstance(value, Fraction):
        return value
    if isinstance(value, str) and _WRITTEN_RATIO.fullmatch(value):
        return Fraction(value)
    message = "expected an exact number such as '7/20'"
    raise ValueError(message)


def _setting(value: object) -> Fraction | bool | str:
    if isinstance(value, bool):
        return value
    return _text(value) if isinstance(value, str) and not RATIO.fullmatch(value) else _number(value)


class FrozenMapping(dict[str, Any]):
    """A mapping that cannot be changed, so that a value which holds it can be hashed and shared."""

    def _refuse(self, *_: object, **__: object) -> NoReturn:
        message = "a rubric and an assessment cannot be changed; make a new one"
        raise TypeError(message)

    __setitem__: Callable[..., NoReturn] = _refuse
    __delitem__: Callable[..., NoReturn] = _refuse
    __ior__: Callable[..., NoReturn] = _refuse
    clear: Callable[..., NoReturn] = _refuse
    pop: Callable[..., NoReturn] = _refuse
    popitem: Callable[..., NoReturn] = _refuse
    setdefault: Callable[..., NoReturn] = _refuse
    update: Callable[..., NoReturn] = _refuse

    def __hash__(self) -> int:  # type: ignore[override]
        """Hash by content, whatever the order."""
        return hash(frozenset(self.items()))

    def __reduce__(self) -> tuple[type["FrozenMapping"], tuple[dict[str, Any]]]:
        """Copy and pickle by content."""
        return type(self), (dict(self),)


Value = TypeVar("Value")

Number = Annotated[
    Fraction,
    BeforeValidator(_number),
    PlainSerializer(written, return_type=int | float | str),
    WithJsonSchema({"anyOf": [{"type": "number"}, {"type": "string", "pattern": "^-?[0-9]+/[1-9][0-9]*$"}]}),
]
"""An exact number: `0.1` is one tenth; a third is written `"1/3"`."""

ExactNumber = Annotated[
    Fraction,
    PlainValidator(_ratio),
    PlainSerializer(str, return_type=str),
    WithJsonSchema({"type": "string", "pattern": f"^{_WRITTEN_RATIO.pattern}$"}),
]
"""An exact number of a result, as text of the form `"7/20"` in JSON."""

Positive = Annotated[
    Number,
    Field(gt=0),
    WithJsonSchema(
        {"anyOf": [{"type": "number", "exclusiveMinimum": 0}, {"type": "string", "pattern": "^[0-9]+/[1-9][0-9]*$"}]}
    ),
]
"""An exact number above 0."""

Share = Annotated[
    Number,
    Field(ge=0, le=1),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "number", "minimum": 0, "maximum": 1},
                {"type": "string", "pattern": "^[0-9]+/[1-9][0-9]*$"},
            ]
        }
    ),
]
"""An exact number from 0 to 1."""

_ID_SCHEMA = {"type": "string", "maxLength": _MAX_ID, "pattern": f"^{_ID.pattern}$"}

Text = Annotated[
    str, PlainValidator(_text), WithJsonSchema({"type": ["string", "number"], "minLength": 1, "maxLength": _MAX_TEXT})
]
"""A text that is not empty; `1.10` and `No` keep their spelling."""

Id = Annotated[str, PlainValidator(_id), WithJsonSchema({**_ID_SCHEMA, "type": ["string", "number"]})]
"""A name to refer to: letters, digits, `.`, `_`, `-`, `:`; a letter or a digit comes first."""

Day = Annotated[date, BeforeValidator(_day)]
"""A day of the calendar, written as 2026-01-31."""

Count = Annotated[int, Field(strict=True, ge=1)]
"""A whole number of at least 1."""

StageRef = Annotated[
    int | str, PlainValidator(_stage), WithJsonSchema({"anyOf": [{"type": "integer", "minimum": 1}, _ID_SCHEMA]})
]
"""A stage, by its id or by its number, counted from 1 for the lowest."""

Threshold = Annotated[
    Fraction | str,
    PlainValidator(_threshold),
    PlainSerializer(lambda value: value if isinstance(value, str) else written(value), return_type=int | float | str),
    WithJsonSchema({"anyOf": [{"type": "number"}, _ID_SCHEMA, {"type": "string", "pattern": f"^{RATIO.pattern}$"}]}),
]
"""A stage's id, which compares stages, or a number, which compares values."""

Setting = Annotated[
    Fraction | bool | str,
    PlainValidator(_setting),
    PlainSerializer(
        lambda value: written(value) if isinstance(value, Fraction) else value, return_type=int | float | str | bool
    ),
    WithJsonSchema({"type": ["number", "boolean", "string"]}),
]
"""A setting of a measure or an aggregator: a number, a truth value or a text."""

Mapped = Annotated[dict[Id, Value], AfterValidator(FrozenMapping)]
"""An immutable mapping from ids to values."""


class Document(BaseModel):
    """The base of everything that a document holds: closed, immutable, compared by content."""

    model_config: ClassVar[ConfigDict] = ConfigDict(
        frozen=True, extra="forbid", use_attribute_docstrings=True, defer_build=True
    )

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Write defaults that are exact numbers as the numbers that a document holds."""
        written_out = handler(schema)
        properties = handler.resolve_ref_schema(written_out).get("properties", {})
        for name, info in cls.model_fields.items():
            if isinstance(info.default, Fraction):
                properties[name]["default"] = written(info.default)
        return written_out
