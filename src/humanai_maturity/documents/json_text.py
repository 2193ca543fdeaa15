"""JSON text to plain data: numbers as they are written, and neither repeated keys nor NaN."""

from collections import Counter
from collections.abc import Iterator
from functools import cache
from json import JSONDecodeError, JSONDecoder
from re import DOTALL
from re import compile as pattern
from typing import NoReturn

from humanai_maturity.documents.source import (
    LIMITS,
    Limits,
    Locate,
    Parsed,
    Path,
    Position,
    Source,
    cannot_be_read,
    unreadable,
)
from humanai_maturity.documents.yaml_text import Places, compose, read_yaml, written_number
from humanai_maturity.errors import RubricSyntaxError
from humanai_maturity.model.exact import WrittenDecimal, WrittenInt

_SYNTAX: tuple[tuple[str, str], ...] = (
    ("Expecting ',' delimiter", "expected a comma, or the end of the list or object"),
    ("Expecting ':' delimiter", "expected a colon after the key"),
    ("property name", "expected a key in double quotation marks; no comma comes after the last one"),
    ("trailing comma", "expected a key in double quotation marks; no comma comes after the last one"),
    ("Expecting value", "expected a value; no comma comes after the last one"),
    ("Extra data", "expected nothing more after the end of the document"),
    ("Unterminated string", "the quotation mark that opens here is never closed"),
    ("control character", "a text cannot go over several lines: write \\n for a new line"),
    ("escape", "a backslash has a meaning in a text: write it twice"),
)


_CONSTANT_OR_TEXT = pattern(r'"(?:[^"\\]|\\.)*"|NaN|-?Infinity', DOTALL)


class _RefusedError(Exception):
    """Stop reading: the message is a problem's code and its text."""


class _ConstantError(_RefusedError):
    """Stop reading at `NaN` or `Infinity`."""


def read_json(source: Source, limits: Limits = LIMITS) -> Parsed:
    """Read a JSON text as plain data.

    Raises:
        RubricSyntaxError: If it is not JSON, is too large or too deep, or would silently be misread.

    Example:
        >>> read_json(Source('{"weight": 0.10}')).data
        {'weight': Decimal('0.10')}
    """
    try:
        data = _DECODER.decode(source.text)
        _check_size(data, limits)
    except JSONDecodeError as error:
        message = next((text for fragment, text in _SYNTAX if fragment in error.msg), error.msg)
        raise unreadable(source, "json-syntax", message, source.position(error.pos)) from None
    except RecursionError:
        raise unreadable(source, "too-deep", f"nested more than {limits.depth} levels deep") from None
    except _ConstantError as error:
        code, message = error.args
        raise unreadable(source, code, message, _first_constant(source)) from None
    except _RefusedError as error:
        code, message = error.args
        raise _refusal(source, code, message) from None
    return Parsed(source, data, _locate_in(source))


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    built = dict(pairs)
    if len(built) < len(pairs):
        repeated = Counter(key for key, _ in pairs).most_common(1)[0][0]
        raise _RefusedError("repeated-key", f"the key {repeated!r} is there more than once")
    return built


def _number(text: str) -> WrittenInt | WrittenDecimal:
    number = written_number(text)
    if number is None:
        raise _RefusedError("bad-number", f"{text[:20]}… is longer or larger than any number that can be used here")
    return number


def _constant(text: str) -> NoReturn:
    raise _ConstantError("bad-number", f"{text} is not a number that can be used here")


def _first_constant(source: Source) -> Position:
    """Return where the first `NaN` or `Infinity` stands that is in no text."""
    found = next(each for each in _CONSTANT_OR_TEXT.finditer(source.text) if not each[0].startswith('"'))
    return source.position(found.start())


_DECODER = JSONDecoder(object_pairs_hook=_object, parse_float=_number, parse_int=_number, parse_constant=_constant)


def _check_size(data: object, limits: Limits) -> None:
    level, nodes = [data], 1
    for _ in range(limits.depth):
        level = [child for part in level for child in _children(part)]
        nodes += len(level)
        if nodes > limits.nodes:
            raise _RefusedError("too-large", f"more than {limits.nodes:,} values")
    if level:
        raise _RefusedError("too-deep", f"nested more than {limits.depth} levels deep")


def _children(part: object) -> Iterator[object]:
    if isinstance(part, dict):
        yield from part.values()
    elif isinstance(part, list):
        yield from part


def _refusal(source: Source, code: str, message: str) -> RubricSyntaxError:
    """Return the error with the lines that the YAML reader finds, as JSON's own reader knows of none."""
    try:
        read_yaml(source)
    except RubricSyntaxError as error:
        problems = [problem for problem in error.problems if problem.code == code]
        if problems:
            return RubricSyntaxError(cannot_be_read(source), problems)
    return unreadable(source, code, message)


def _locate_in(source: Source) -> Locate:
    """Return a function that reads the text once more as YAML when a place in it is first asked for."""

    @cache
    def places() -> Places | None:
        try:
            return Places(compose(source))
        except RubricSyntaxError:
            return None

    def find(path: Path, of_key: bool) -> Position | None:  # noqa: FBT001 - as `Locate` asks
        found = places()
        return None if found is None else found(path, of_key)

    return find
