"""The notation of Markdown: texts without meaning for it, lists and tables."""

from collections.abc import Iterable, Iterator, Sequence
from re import compile as pattern

_SPECIAL = pattern(r"([\\`*_{}\[\]<>|~&$])")
_AT_THE_START = pattern(r"^([-+#=](?=\s|$|#|=))|^(\d+)([.)])(?=\s|$)")


def escaped(text: str) -> str:
    r"""Return a text without meaning for Markdown or HTML.

    Example:
        >>> print(escaped("1. <b>*bold*</b> | x"))
        1\. \<b\>\*bold\*\</b\> \| x
    """
    return _AT_THE_START.sub(r"\2\\\1\3", _SPECIAL.sub(r"\\\1", text))


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield the lines of a table whose cells are escaped already; none without rows.

    Example:
        >>> list(table(["a", "b"], [["1", "2"]]))
        ['| a | b |', '|---|---|', '| 1 | 2 |']
    """
    if rows:
        yield f"| {' | '.join(heads)} |"
        yield f"|{'---|' * len(heads)}"
        yield from (f"| {' | '.join(row)} |" for row in rows)


def bullets(texts: Iterable[str]) -> Iterator[str]:
    r"""Yield a list of texts that are not escaped yet.

    Example:
        >>> print(*bullets(["a", "b*"]))
        - a - b\*
    """
    yield from (f"- {escaped(text)}" for text in texts)
