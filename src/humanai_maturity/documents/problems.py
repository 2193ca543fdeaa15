"""Pydantic's errors as problems in an author's words, each at its place in the document."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from re import compile as pattern
from typing import TypeAlias

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from humanai_maturity.documents.fields import known_keys, known_kinds
from humanai_maturity.documents.schema import Schema
from humanai_maturity.documents.source import CURLY_QUOTES, Parsed, Path
from humanai_maturity.errors import Problem, near_miss
from humanai_maturity.model.exact import WrittenDecimal, WrittenInt, exact, kind_of, written

_QUOTED = pattern("'([^']*)'")
_MOST_HINTS = 100
_LONGEST = 40
_LEAST_PERCENTAGE, _WHOLE = 5, 100


@dataclass(frozen=True, slots=True)
class Place:
    """Keep where a value is in a document, and what is known about documents of this kind."""

    path: Path
    data: object
    schema: Schema
    without_colon: bool = False
    """Whether this is a key in `{ }` that no colon follows."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Hold one thing that is wrong before it has a line."""

    code: str
    message: str
    hint: str | None = None
    inside: str | None = None
    """The key below the place that it is about."""
    of_key: bool = False
    """Whether the key is wrong rather than its value."""


_Translate: TypeAlias = Callable[[ErrorDetails, Place], Finding]


def problems_of(error: ValidationError, parsed: Parsed, schema: Schema) -> tuple[Problem, ...]:
    r"""Return everything that pydantic found wrong with a document, in the order of the lines.

    Example:
        >>> from humanai_maturity.documents.source import Source
        >>> from humanai_maturity.documents.yaml_text import read_yaml
        >>> from humanai_maturity.model.rubric import Stage
        >>> parsed = read_yaml(Source("id: top\ntitle: Top\ndesciption: Best"))
        >>> try:
        ...     Stage.model_validate(parsed.data)
        ... except ValidationError as error:
        ...     print(*problems_of(error, parsed, Stage.model_json_schema()))
        3:1: error[unknown-key] desciption: there is no such key here (did you mean 'description'?)
          desciption: Best
          ^
    """
    errors = [each for each in error.errors(include_url=False) if not _is_echo(each)]
    problems = [_problem(each, parsed, schema if count < _MOST_HINTS else {}) for count, each in enumerate(errors)]
    return in_order(problems)


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return problems in the order of their lines.

    Example:
        >>> problems = [Problem(code="b", path="", message="", line=line) for line in (7, 2)]
        >>> [problem.line for problem in in_order(problems)]
        [2, 7]
    """
    return tuple(sorted(problems, key=lambda problem: (problem.line or 0, problem.column or 0)))


def document_path(loc: Sequence[str | int], data: object, *, into_mapping: bool = False) -> Path:
    """Return the path in the document that a location of pydantic's means.

    The location has the names of union members between the keys, and a key may have the same name. So every way to
    read it is followed, and the one kept that ends where the location ends and leaves out least.

    Args:
        loc: Pydantic's location.
        data: The document.
        into_mapping: Whether the place is a mapping in which something is missing.

    Example:
        >>> document_path(("scale", "choice", "options", 0), {"scale": {"options": ["a"]}})
        ('scale', 'options', 0)
    """
    ways: dict[Path, object] = {(): data}
    for part in loc:
        further = dict(ways) if isinstance(part, str) else {}
        further.update({(*path, part): _item(value, part) for path, value in ways.items() if _has(value, part)})
        ways = further or ways
    end = tuple(loc[-1:])
    return max(ways, key=lambda way: (not into_mapping or isinstance(ways[way], Mapping), way[-1:] == end, len(way)))


def _has(value: object, part: str | int) -> bool:
    if isinstance(value, list | tuple):
        return isinstance(part, int) and part < len(value)
    return isinstance(value, Mapping) and part in value


def _item(value: object, part: str | int) -> object:
    return value[part] if isinstance(value, list | tuple | dict) else None  # type: ignore[index]


def _is_echo(error: ErrorDetails) -> bool:
    """Return whether an error only repeats others: a list short of its faulty items, or the other of two branches."""
    branch = str(error["loc"][-1:])
    if error["type"] == "too_short":
        return bool(len(error["input"]) >= error["ctx"]["min_length"])
    if "literal[" in branch:
        return isinstance(error["input"], list)
    return "tuple[" in branch and error["type"] == "tuple_type"


def _problem(error: ErrorDetails, parsed: Parsed, schema: Schema) -> Problem:
    missing = error["type"] == "missing"
    path = document_path(error["loc"][: len(error["loc"]) - missing], parsed.data, into_mapping=missing)
    place = Place(path, parsed.data, schema, without_colon=_is_without_colon(path, parsed))
    finding = _TRANSLATIONS.get(error["type"], _other)(error, place)
    if finding.inside is not None:
        path = (*path, finding.inside)
    at = parsed.locate(path, finding.of_key)
    return parsed.source.problem(finding.code, finding.message, at, path=path, hint=finding.hint)


def _is_without_colon(path: Path, parsed: Parsed) -> bool:
    at = parsed.locate(path, True) if path else None  # noqa: FBT003 - the type of a plain function has no keywords
    if at is None:
        return False
    line, key = parsed.source.lines[at.line - 1][at.column - 1 :], str(path[-1])
    return line.startswith(key) and line[len(key) :].lstrip()[:1] in {",", "}"}


def _other(error: ErrorDetails, _place: Place) -> Finding:
    """Take over the model's own problems, which are written for authors; pydantic's as well as may be."""
    if "-" in error["type"]:
        return Finding(error["type"], error["msg"], of_key=error["loc"][-1:] == ("[key]",))
    return Finding(error["type"].replace("_", "-"), error["msg"].replace("Input should be", "expected"))


def _missing(error: ErrorDetails, _place: Place) -> Finding:
    return Finding("missing-key", f"the key `{error['loc'][-1]}` is missing")


def _unknown_key(error: ErrorDetails, place: Place) -> Finding:
    keys, key = known_keys(place.schema, place.data, place.path[:-1]), str(place.path[-1])
    if error["input"] is None and place.without_colon:
        return Finding("unknown-key", f"there is no such key here{_meant_as_text(key, keys)}", of_key=True)
    hint = near_miss(key.strip(CURLY_QUOTES), keys)
    listed = "" if hint or not keys else f"; there are {', '.join(keys)}"
    return Finding("unknown-key", f"there is no such key here{listed}", hint, of_key=True)


def _meant_as_text(key: str, keys: Sequence[str]) -> str:
    """Say what to do about a key without a colon and a value: mostly it is the rest of a text after a comma."""
    if set(key) & set(CURLY_QUOTES):
        return ": only straight quotation marks keep a text with a comma together"
    if key.strip("% ").isdecimal():
        return ": write a number with a point, not with a comma"
    first, _, rest = key.partition(" ")
    if first in keys and rest:
        return f": the colon is missing in `{first}: {rest[:_LONGEST]}`"
    return ": a comma ends a text in { }, so put the text with the comma in quotation marks"


def _not_a_key(error: ErrorDetails, _place: Place) -> Finding:
    return Finding("bad-key", f"a key is a text, not {kind_of(error['loc'][-1])}", of_key=True)


def _not_a_list(error: ErrorDetails, _place: Place) -> Finding:
    return Finding("not-a-list", f"expected a list, not {shown(error['input'])}")


def _not_a_mapping(error: ErrorDetails, _place: Place) -> Finding:
    return Finding("not-a-mapping", f"expected a mapping of keys and values, not {shown(error['input'])}")


def _no_kind(error: ErrorDetails, place: Place) -> Finding:
    key = error["ctx"]["discriminator"].strip("'")
    kinds = known_kinds(place.schema, place.data, place.path, key)
    listed = f": one of {', '.join(kinds)}" if kinds else ""
    if isinstance(error["input"], Mapping):
        return Finding("missing-key", f"the key `{key}` is missing{listed}")
    return Finding("not-a-mapping", f"expected a mapping with the key `{key}`, not {shown(error['input'])}")


def _unknown_kind(error: ErrorDetails, _place: Place) -> Finding:
    known = _QUOTED.findall(error["ctx"]["expected_tags"])
    key, tag = error["ctx"]["discriminator"].strip("'"), str(error["ctx"]["tag"])
    message = f"expected one of {', '.join(known)}, not {tag[:_LONGEST]!r}"
    return Finding("unknown-value", message, near_miss(tag, known), inside=key)


def _unknown_value(error: ErrorDetails, _place: Place) -> Finding:
    expected, given = error["ctx"]["expected"], error["input"]
    if "literal[" in str(error["loc"][-1]):
        expected += " or a list of stage rules"
    hint = near_miss(given, _QUOTED.findall(expected)) if isinstance(given, str) else None
    return Finding("unknown-value", f"expected {expected}, not {shown(given)}", hint)


def _not_a_truth_value(error: ErrorDetails, _place: Place) -> Finding:
    return Finding("not-a-truth-value", f"expected true or false, not {shown(error['input'])}")


def _not_a_whole_number(error: ErrorDetails, _place: Place) -> Finding:
    return Finding("not-a-whole-number", f"expected a whole number, not {shown(error['input'])}")


def _out_of_range(bound: str, key: str) -> _Translate:
    def translate(error: ErrorDetails, _place: Place) -> Finding:
        given, limit = error["input"], error["ctx"][key]
        percent = key == "le" and limit == 1 and _is_percentage(given)
        advice = f": write {written(exact(given) / 100)}" if percent else ""
        return Finding("out-of-range", f"expected {bound} {limit}, not {shown(given)}{advice}")

    return translate


def _is_percentage(given: object) -> bool:
    return isinstance(given, int | float | Decimal | Fraction) and _LEAST_PERCENTAGE <= given <= _WHOLE


def _wrong_length(code: str, bound: str, key: str) -> _Translate:
    def translate(error: ErrorDetails, _place: Place) -> Finding:
        most = error["ctx"][key]
        return Finding(code, f"expected {bound} {most} item{'s' * (most != 1)}, not {len(error['input'])}")

    return translate


def _not_a_day(error: ErrorDetails, _place: Place) -> Finding:
    return Finding("not-a-day", f"{error['input']!r} is not a day of the calendar: write it as 2026-01-31")


def _no_rule(error: ErrorDetails, _place: Place) -> Finding:
    """Point out the key that was probably meant where none tells what a rule is."""
    known, given = error["msg"].rpartition(" of ")[2].split(", "), error["input"]
    close = [near_miss(key, known) for key in given] if isinstance(given, Mapping) else []
    instead = "" if isinstance(given, Mapping) else f"; not {shown(given)}"
    return Finding(error["type"], f"{error['msg']}{instead}", next(filter(None, close), None))


def shown(value: object) -> str:
    """Return a value as a message names it.

    Example:
        >>> shown("yes"), shown(True), shown(["a"])
        ("the text 'yes'", 'true', 'a list')
    """
    match value:
        case bool():
            return str(value).lower()
        case str():
            return f"the text {value[:_LONGEST]!r}"
        case WrittenInt() | WrittenDecimal():
            return value.text[:_LONGEST]
        case _:
            return kind_of(value)


_TRANSLATIONS: dict[str, _Translate] = {
    "missing": _missing,
    "extra_forbidden": _unknown_key,
    "invalid_key": _not_a_key,
    "tuple_type": _not_a_list,
    "dict_type": _not_a_mapping,
    "model_type": _not_a_mapping,
    "model_attributes_type": _not_a_mapping,
    "union_tag_not_found": _no_kind,
    "union_tag_invalid": _unknown_kind,
    "literal_error": _unknown_value,
    "bool_type": _not_a_truth_value,
    "int_type": _not_a_whole_number,
    "greater_than": _out_of_range("a number above", "gt"),
    "greater_than_equal": _out_of_range("a number of at least", "ge"),
    "less_than_equal": _out_of_range("a number of at most", "le"),
    "too_short": _wrong_length("too-few-items", "at least", "min_length"),
    "too_long": _wrong_length("too-many-items", "at most", "max_length"),
    "date_from_datetime_parsing": _not_a_day,
    "not-a-requirement": _no_rule,
    "not-a-stage-rule": _no_rule,
}
