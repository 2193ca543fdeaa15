"""The text of a document: its limits, its decoding, and problems that point into it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from re import compile as pattern
from typing import TypeAlias

from humanai_maturity.errors import Problem, RubricSyntaxError

Path: TypeAlias = tuple[str | int, ...]
"""Where something is in a document: keys and positions in lists."""

_BREAK = pattern("\r\n|[\n\r\x85\u2028\u2029]")
_UNPRINTABLE = pattern("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SIMPLE_KEY = pattern(r"[A-Za-z_][A-Za-z0-9_\-]*")
CURLY_QUOTES = "\u2018\u2019\u201c\u201d\u201e\u201f"
"""What word processors make of quotation marks."""

_BYTE_ORDER_MARK = "\ufeff"
_WIDEST = 160


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Set how large a document may be before it is refused unread.

    Attributes:
        size: The most bytes, or characters of a text.
        depth: The most levels of nesting.
        nodes: The most values, counted with every alias written out.
    """

    size: int = 5_000_000
    depth: int = 64
    nodes: int = 200_000


LIMITS = Limits()
"""The limits that hold unless others are asked for."""


@dataclass(frozen=True, slots=True)
class Position:
    """Point to a character of a text, by line and column counted from 1."""

    line: int
    column: int


@dataclass(frozen=True)
class Source:
    """Keep a text with its name, to say where in it a problem is."""

    text: str = field(repr=False)
    name: str | None = None

    @cached_property
    def lines(self) -> list[str]:
        """Return the lines, broken where YAML breaks them."""
        return _BREAK.split(self.text)

    def problem(
        self, code: str, message: str, at: Position | None = None, *, path: Path = (), hint: str | None = None
    ) -> Problem:
        r"""Return a problem of this text, with the line that it is in.

        Example:
            >>> print(Source("a: 1\nb: 2", "r.yaml").problem("unknown-key", "not known", Position(2, 1), path=("b",)))
            r.yaml:2:1: error[unknown-key] b: not known
              b: 2
              ^
        """
        return Problem(
            code=code,
            path=path_text(path),
            message=message,
            line=None if at is None else at.line,
            column=None if at is None else at.column,
            hint=hint,
            source=self.name,
            excerpt=None if at is None else self._excerpt(at),
        )

    def position(self, index: int) -> Position:
        r"""Return the line and column of a character.

        Example:
            >>> Source("a: 1\nb: 2").position(6)
            Position(line=2, column=2)
        """
        line, start = 1, 0
        for found in _BREAK.finditer(self.text, 0, index):
            line, start = line + 1, found.end()
        return Position(line, index - start + 1)

    def _excerpt(self, at: Position) -> str | None:
        line = self.lines[at.line - 1] if at.line <= len(self.lines) else ""
        if at.column > _WIDEST or not line.strip():
            return None
        shown = "".join(letter if letter.isprintable() else " " for letter in line[:_WIDEST])
        return shown if len(line) <= _WIDEST else f"{shown}…"


Locate: TypeAlias = Callable[[Path, bool], Position | None]
"""Find the value at a path or, where the second argument is true, its key; the nearest that is there."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """Hold the plain data of a document, and where in the text each part of it stands."""

    source: Source
    data: object
    locate: Locate


def decode(content: str | bytes, name: str | None = None, limits: Limits = LIMITS) -> Source:
    r"""Return a document's text, refusing what is too large, binary or not UTF-8.

    Raises:
        RubricSyntaxError: If it is not text.

    Example:
        >>> decode(b"\xef\xbb\xbftitle: T").text
        'title: T'
    """
    if len(content) > limits.size:
        raise unreadable(
            Source("", name), "too-large", f"larger than {limits.size:,} bytes: this is no rubric or assessment"
        )
    source = Source(
        (_utf8(content, name) if isinstance(content, bytes) else content).removeprefix(_BYTE_ORDER_MARK), name
    )
    found = _UNPRINTABLE.search(source.text)
    if found is None and source.text.strip():
        return source
    if found is None:
        raise unreadable(Source("", name), "empty", "there is nothing in it")
    if found[0] == "\0":
        raise unreadable(Source("", name), "binary", "this is a binary file, not a text")
    message = f"a control character ({ord(found[0]):#06x}) is not allowed: delete it"
    raise unreadable(source, "control-character", message, source.position(found.start()))


def unreadable(source: Source, code: str, message: str, at: Position | None = None) -> RubricSyntaxError:
    """Return the error for a text in which one thing makes it unreadable.

    Example:
        >>> print(unreadable(Source(""), "empty", "there is nothing in it"))
        the document cannot be read
        error[empty] there is nothing in it
    """
    return RubricSyntaxError(cannot_be_read(source), [source.problem(code, message, at)])


def cannot_be_read(source: Source) -> str:
    """Return the headline of the errors for an unreadable text.

    Example:
        >>> cannot_be_read(Source("", "r.yaml"))
        'r.yaml cannot be read'
    """
    return f"{source.name or 'the document'} cannot be read"


def path_text(path: Path) -> str:
    """Return a path as people write it.

    Example:
        >>> path_text(("dimensions", 0, "weight")), path_text(("answers", "data.sources"))
        ('dimensions[0].weight', "answers['data.sources']")
    """
    text = ""
    for part in path:
        if isinstance(part, int):
            text += f"[{part}]"
        elif _SIMPLE_KEY.fullmatch(part):
            text += f".{part}"
        else:
            text += f"[{part!r}]"
    return text.removeprefix(".")


def _utf8(content: bytes, name: str | None) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        if b"\0" in content:
            raise unreadable(Source("", name), "binary", "this is a binary file, not a text") from None
        before = Source(content[: error.start].decode("utf-8"), name)
        at = before.position(len(before.text))
        raise unreadable(before, "not-utf-8", "this is not UTF-8: save the file in that encoding", at) from None
