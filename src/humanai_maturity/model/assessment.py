"""Answers in their three states, and the assessment that holds them: values only."""

from decimal import Decimal
from fractions import Fraction
from numbers import Integral
from typing import Annotated, Any, Literal, Self, TypeAlias

from pydantic import (
    BeforeValidator,
    Discriminator,
    Field,
    PlainSerializer,
    PlainValidator,
    Tag,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import PydanticCustomError

from humanai_maturity.errors import near_miss
from humanai_maturity.model.exact import (
    RATIO,
    Count,
    Day,
    Document,
    FrozenMapping,
    Id,
    Mapped,
    Text,
    WrittenDecimal,
    exact,
    written,
)

Unanswered: TypeAlias = Literal["blank", "dont-know", "declined", "not-asked", "pending", "stale", "too-few"]
"""Why an answer is unknown."""

State: TypeAlias = Literal["answered", "unknown", "not_applicable"]
"""What is known: of a dimension, `answered` means that something below it is."""

AnswerValue: TypeAlias = bool | int | Decimal | Fraction | str | tuple[Any, ...] | FrozenMapping
"""What an answer can be before its scale has looked at it."""

_MAX_LIST = 1000
_NO_ANSWER = "nothing is not an answer: leave it out, or say why: unknown: dont-know"


def _value(value: object) -> AnswerValue:
    """Return an answer's value, frozen; which values a criterion takes is its scale's affair."""
    if value is None:
        raise PydanticCustomError("no-answer", _NO_ANSWER)
    if isinstance(value, str) and RATIO.fullmatch(value):
        return Fraction(value)
    if isinstance(value, bool | int | str | WrittenDecimal | Fraction):
        return value
    if isinstance(value, list | tuple | set | frozenset) and len(value) <= _MAX_LIST:
        members = sorted(value, key=str) if isinstance(value, set | frozenset) else value
        return tuple(_value(member) for member in members)
    if isinstance(value, dict) and len(value) <= _MAX_LIST:
        return FrozenMapping({str(key): _value(member) for key, member in value.items()})
    if isinstance(value, Integral):
        return int(value)
    if getattr(getattr(value, "dtype", None), "kind", None) == "b" and not getattr(value, "shape", None):
        return bool(value)  # NumPy's truth values are no `bool`
    try:
        return exact(value)
    except ValueError as error:
        raise PydanticCustomError("bad-answer", "{why}", {"why": str(error)}) from None


def _plain(value: AnswerValue) -> Any:
    if isinstance(value, tuple):
        return [_plain(member) for member in value]
    if isinstance(value, dict):
        return {key: _plain(member) for key, member in value.items()}
    is_number = isinstance(value, int | Decimal | Fraction) and not isinstance(value, bool)
    return written(exact(value)) if is_number else value


GivenValue = Annotated[
    AnswerValue,
    PlainValidator(_value),
    PlainSerializer(_plain),
    WithJsonSchema({"type": ["string", "number", "boolean", "array", "object"]}),
]
"""A value as an assessment gives it."""


class Answer(Document):
    """Give an answer together with what it rests on."""

    value: GivenValue | None = None
    """The value, in the form that the criterion's scale asks for; either this or `values`."""
    values: Mapped[GivenValue] = Field(default_factory=FrozenMapping)
    """Values for several ways to answer, by the type of scale: `{metric: 0.82, choice: owned}`."""
    sample: Count | None = None
    """How many cases a metric was measured on."""
    evidence: Id | None = None
    """The rubric's evidence grade that the answer deserves."""
    source: Text | None = None
    """Where the answer comes from."""
    note: Text | None = None
    """What else a reader should know."""
    as_of: Day | None = None
    """The day on which the answer was true."""
    respondent: Text | None = None
    """Who answered."""

    @model_validator(mode="before")
    @classmethod
    def _is_no_list(cls, data: object) -> object:
        """Refuse `{written: true}` or `{written, shared}` with one problem, as it is a list that was meant."""
        if not isinstance(data, dict) or not data or len(data) > _MAX_LIST:
            return data
        meant = [str(key) for key, each in data.items() if each is None or each is True]
        truths = all(each is None or isinstance(each, bool) for each in data.values())
        if truths and not any(near_miss(str(key), cls.model_fields) for key in data):
            listed = {"listed": ", ".join(meant)}
            raise PydanticCustomError("bad-answer", "write a list of the items that hold: [{listed}]", listed)
        return data

    @model_validator(mode="after")
    def _has_a_value(self) -> Self:
        if (self.value is None) == (not self.values):
            raise PydanticCustomError("no-answer", "give either `value` or `values`")
        return self


class Unknown(Document):
    """Say that something was not answered, and why."""

    unknown: Unanswered = "blank"
    """Why there is no answer."""
    note: Text | None = None
    """What else a reader should know."""


class NotApplicable(Document):
    """Say that a criterion, a fact or a whole dimension does not apply."""

    not_applicable: Text
    """The reason, in words."""


def _state(value: object) -> str:
    if isinstance(value, Document):
        return type(value).__name__
    keys = value if isinstance(value, dict) else ()
    if "unknown" in keys:
        return "Unknown"
    return "NotApplicable" if "not_applicable" in keys else "Answer"


def _spelt_out(value: object) -> object:
    """Return a bare value as the answer that it is short for."""
    if value is None:
        raise PydanticCustomError("no-answer", _NO_ANSWER)
    if isinstance(value, Answer | Unknown | NotApplicable | dict) and not isinstance(value, FrozenMapping):
        return value
    return {"value": value}


_Bare: TypeAlias = Annotated[Any, WithJsonSchema({"type": ["string", "number", "boolean", "array"]})]

GivenAnswer: TypeAlias = Annotated[
    Annotated[Answer, Tag("Answer")]
    | Annotated[Unknown, Tag("Unknown")]
    | Annotated[NotApplicable, Tag("NotApplicable")],
    Discriminator(_state),
    BeforeValidator(_spelt_out, json_schema_input_type=_Bare | Answer | Unknown | NotApplicable),
]
"""One answer: a value, unknown, or not applicable."""


class Scope(Document):
    """Say what was assessed. Start small: one department, one issue."""

    unit: Text | None = None
    """The team, department or organisation."""
    journey: Text | None = None
    """The customer journey."""
    issue: Text | None = None
    """The issue or contact reason."""
    channels: tuple[Text, ...] = ()
    """The channels that were looked at."""
    period: Text | None = None
    """The period that the answers speak of."""
    exclusions: tuple[Text, ...] = ()
    """What was left out on purpose."""


class RubricRef(Document):
    """Name the rubric that an assessment answers; what is given has to fit."""

    id: Id
    """The rubric's id."""
    version: Text | None = None
    """The rubric's version."""
    digest: Text | None = None
    """The rubric's digest."""


def reference(value: object) -> object:
    """Return a bare id as the reference that it is short for.

    Example:
        >>> reference("ai-human-cx")
        {'id': 'ai-human-cx'}
    """
    return {"id": value} if isinstance(value, str) else value


class Assessment(Document, defer_build=False):
    """Hold the answers of one unit at one time to one rubric."""

    rubric: Annotated[RubricRef, BeforeValidator(reference, json_schema_input_type=Id | RubricRef)]
    """The rubric that the answers are for."""
    scope: Scope = Field(default_factory=Scope)
    """What was assessed."""
    date: Day | None = None
    """The day of the assessment; ages of answers are counted to it."""
    answers: Mapped[GivenAnswer] = Field(default_factory=FrozenMapping)
    """The answers by the id of the criterion or fact, and dimensions that do not apply."""
