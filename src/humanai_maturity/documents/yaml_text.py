"""YAML text to plain data by the core rules of YAML 1.2, refusing whatever would silently be misread.

Only `true` and `false` are truth values, a day stays a text, and numbers remember how they were written.
"""

from collections.abc import Iterable
from dataclasses import astuple
from decimal import InvalidOperation
from re import compile as pattern
from typing import Any

import yaml

from humanai_maturity.documents.source import LIMITS, Limits, Parsed, Path, Position, Source, cannot_be_read, unreadable
from humanai_maturity.errors import Problem, RubricSyntaxError
from humanai_maturity.model.exact import WrittenDecimal, WrittenInt

_WORDS: dict[str, bool | None] = {
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
}
_NUMERIC = frozenset("+-.0123456789")
_WHOLE = pattern(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
_DECIMAL = pattern(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_NOT_FINITE = pattern(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")
_DIRECTIVE = pattern(r"^%(?!YAML 1\.[12]\b)", 8)
_LONGEST_NUMBER = 400
_CORE = "tag:yaml.org,2002:"

_INDENTATION = pattern(r" *(?:- +)*")
_ODD_INDENTATION = pattern("[ \\-]*[\u00a0\u2000-\u200b\u202f\u205f\u3000]")
_NO_PLAIN_KEY = frozenset(":#[]{}\"'|>&*!%@`")

_TOO_DEEP = "nested more than {} levels deep, or an alias that contains itself"
_NO_COLON = "expected a key, a colon and a value"
_NO_BREAK_SPACE = "this blank is a no-break space, which YAML takes for text: indent with plain spaces"
_AT_START = ("end of stream", "expected ':'")

_SYNTAX: tuple[tuple[str, str], ...] = (
    (
        "mapping values are not allowed",
        "a colon is not allowed here: put the text in quotation marks, or mind the indentation",
    ),
    ("cannot start any token", "{letter} cannot start a text: put the text in quotation marks"),
    ("' or ']'", "a list in [ ] is not closed, or a comma is missing in it"),
    ("' or '}'", "a mapping in {{ }} is not closed, or a comma is missing in it"),
    ("unexpected end of stream", "the quotation mark that opens here is never closed"),
    ("unknown escape character", "a backslash has a meaning in double quotation marks: use single ones"),
    ("undefined alias", "this alias refers to an anchor that is not there"),
    ("'-' indicator", "the items of this list do not begin in one column: mind the indentation"),
    ("found '?'", "the items of this list do not begin in one column: mind the indentation"),
    ("expected key", "this does not fit what stands before it: mind the indentation and the quotation marks"),
    ("<block end>", "this does not fit what stands before it: mind the indentation and the quotation marks"),
    ("node content", "a value is expected here: if this is a text, put it in quotation marks"),
    ("expected ':'", _NO_COLON),
    ("second occurrence", "this anchor is used before: give it another name"),
    ("another document", "a file holds one document: split it where the second `---` stands"),
)


def read_yaml(source: Source, limits: Limits = LIMITS) -> Parsed:
    """Read a YAML text as plain data.

    Raises:
        RubricSyntaxError: If it is not YAML, is too large or too deep, or would silently be misread.

    Example:
        >>> read_yaml(Source("{version: 1.10, answer: No}")).data
        {'version': Decimal('1.10'), 'answer': 'No'}
    """
    root = compose(source, limits)
    builder = _Builder(source, limits)
    data = builder.build(root, 1)
    if builder.problems:
        raise RubricSyntaxError(cannot_be_read(source), sorted(builder.problems, key=_place))
    return Parsed(source, data, Places(root))


def compose(source: Source, limits: Limits = LIMITS) -> yaml.Node:
    """Read a YAML text as nodes that know their places.

    Raises:
        RubricSyntaxError: If it is not YAML, too large, too deep or empty.

    Example:
        >>> compose(Source("a: 1")).value[0][1].value
        '1'
    """
    found = _DIRECTIVE.search(source.text)
    if found:
        raise unreadable(
            source, "yaml-syntax", "directives are not used here: delete the line", source.position(found.start())
        )
    try:
        composer = _Composer(source.text)
        composer.start(source, limits)
        root = composer.get_single_node()
    except yaml.YAMLError as error:
        raise _syntax_error(source, error, limits) from None
    if not isinstance(root, yaml.Node):
        raise unreadable(source, "empty", "there is nothing in it")
    return root


class Places:
    """Look up where the values and keys of a document stand, without searching a mapping twice."""

    def __init__(self, root: yaml.Node) -> None:
        self.root = root
        self._entries: dict[int, dict[str, tuple[yaml.Node, yaml.Node]]] = {}

    def __call__(self, path: Path, of_key: bool = False) -> Position:  # noqa: FBT001, FBT002 - as `Locate` asks
        """Return where the value at a path stands, or its key; the nearest that is there.

        Example:
            >>> places = Places(compose(Source("a: {b: 1}")))
            >>> places(("a", "b")), places(("a", "c"))
            (Position(line=1, column=8), Position(line=1, column=4))
        """
        key, value = self.root, self.root
        for part in path:
            found = self._child(value, part)
            if found is None:
                return _position(value)
            key, value = found
        empty = isinstance(value, yaml.ScalarNode) and not value.value and not value.style
        return _position(key if of_key or empty else value)

    def _child(self, node: yaml.Node, part: str | int) -> tuple[yaml.Node, yaml.Node] | None:
        if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            return node.value[part], node.value[part]
        return self._mapping(node).get(part) if isinstance(node, yaml.MappingNode) and isinstance(part, str) else None

    def _mapping(self, node: yaml.MappingNode) -> dict[str, tuple[yaml.Node, yaml.Node]]:
        if id(node) not in self._entries:
            self._entries[id(node)] = {key.value: (key, value) for key, value in node.value}
        return self._entries[id(node)]


def guarded(loader: type[Any]) -> type[Any]:
    """Return a loader that stops early where a document is too deep or too large, and leaves scalars unresolved.

    Example:
        >>> guarded(yaml.BaseLoader).__name__
        'Guarded'
    """

    class Guarded(loader):  # type: ignore[misc]
        def start(self, source: Source, limits: Limits) -> None:
            self.source, self.limits = source, limits
            self.depth = self.nodes = 0

        def descend_resolver(self, parent: yaml.Node | None, _index: object) -> None:
            self.depth += 1
            self.nodes += 1
            if parent is not None:
                _within(self.limits, self.depth, self.nodes, self.source, parent)

        def ascend_resolver(self) -> None:
            self.depth -= 1

        def resolve(self, _kind: object, _value: object, _implicit: object) -> None:
            return None

    return Guarded


_Composer = guarded(getattr(yaml, "CBaseLoader", yaml.BaseLoader))


class _Builder:
    """Make plain data from nodes, and collect what would be misread."""

    def __init__(self, source: Source, limits: Limits) -> None:
        self.source, self.limits = source, limits
        self.problems: list[Problem] = []
        self.nodes = 1

    def build(self, node: yaml.Node, depth: int) -> object:
        if node.tag is not None:
            self._problem(node, "tag", f"the tag {node.tag.replace(_CORE, '!!')} is not used here: delete it")
        if isinstance(node, yaml.ScalarNode):
            return node.value if node.style else self._plain(node)
        self.nodes += len(node.value)
        _within(self.limits, depth, self.nodes, self.source, node)
        if isinstance(node, yaml.SequenceNode):
            return [self.build(child, depth + 1) for child in node.value]
        return self._mapping(node, depth)

    def _mapping(self, node: yaml.Node, depth: int) -> dict[str, object]:
        built: dict[str, object] = {}
        firsts: dict[str, int] = {}
        for key_node, value_node in node.value:
            key = self._key(key_node)
            if key is None:
                continue
            if key in built:
                firsts = firsts or _firsts(node)
                self._problem(key_node, "repeated-key", f"the key {key!r} is on line {firsts[key]} already")
            built[key] = self.build(value_node, depth + 1)
        return built

    def _key(self, node: yaml.Node) -> str | None:
        if not isinstance(node, yaml.ScalarNode):
            self._problem(node, "bad-key", "a key is a text, not a list or a mapping")
            return None
        if not node.style and _ODD_INDENTATION.match(node.value):
            self._problem(node, "no-break-space", _NO_BREAK_SPACE)
        elif not node.style and _WORDS.get(node.value, "") is None:
            self._problem(node, "bad-key", "a key is missing before the colon")
        elif node.value == "<<" and not node.style:
            self._problem(node, "merge-key", "merging with `<<` is not supported: write the keys out")
        return str(node.value)

    def _plain(self, node: yaml.ScalarNode) -> object:
        text = node.value
        if text in _WORDS:
            return _WORDS[text]
        return self._number(node, text) if text[0] in _NUMERIC else text

    def _number(self, node: yaml.ScalarNode, text: str) -> object:
        if _NOT_FINITE.fullmatch(text):
            self._problem(node, "bad-number", f"{text} is not a number that can be used here")
        if not (_DECIMAL.fullmatch(text) or _WHOLE.fullmatch(text)):
            return text
        number = written_number(text)
        if number is None:
            self._problem(node, "bad-number", "this number is longer or larger than any that can be used here")
        return number

    def _problem(self, node: yaml.Node, code: str, message: str) -> None:
        self.problems.append(self.source.problem(code, message, _position(node)))


def written_number(text: str) -> WrittenInt | WrittenDecimal | None:
    """Return a number as it is written, or `None` where it is out of all proportion.

    Example:
        >>> written_number("0.10"), written_number("1e999999999999999999999")
        (Decimal('0.10'), None)
    """
    if len(text) > _LONGEST_NUMBER:
        return None
    if _WHOLE.fullmatch(text):
        return WrittenInt(text)
    try:
        return WrittenDecimal(text)
    except InvalidOperation:
        return None


def _firsts(node: yaml.Node) -> dict[str, int]:
    """Return the line on which each key of a mapping is first."""
    scalars = (key for key, _ in reversed(node.value) if isinstance(key, yaml.ScalarNode))
    return {key.value: key.start_mark.line + 1 for key in scalars}


def _within(limits: Limits, depth: int, nodes: int, source: Source, node: yaml.Node) -> None:
    if depth > limits.depth:
        raise unreadable(source, "too-deep", _TOO_DEEP.format(limits.depth), _position(node))
    if nodes > limits.nodes:
        message = f"more than {limits.nodes:,} values, with every alias written out"
        raise unreadable(source, "too-large", message, _position(node))


def _place(problem: Problem) -> tuple[int, int]:
    return problem.line or 0, problem.column or 0


def _position(node: yaml.Node) -> Position:
    return Position(node.start_mark.line + 1, node.start_mark.column + 1)


def _syntax_error(source: Source, error: yaml.YAMLError, limits: Limits) -> RubricSyntaxError:
    """Return PyYAML's error in an author's words, at the line to be mended rather than where PyYAML stops."""
    if not isinstance(error, yaml.MarkedYAMLError):
        return unreadable(source, "yaml-syntax", "this is not YAML text")
    problem, end = str(error.problem), source.position(len(source.text.rstrip()))
    stop = end if error.problem_mark is None else _before(error.problem_mark, end)
    start = stop if error.context_mark is None else _before(error.context_mark, end)
    unclosed = "' or '" in problem and start.line < stop.line
    begins = stop == end or unclosed or any(fragment in problem for fragment in _AT_START)
    at = _without_colon(source, stop, problem) or (start if begins else stop)
    blank = _odd_blank(source, (at.line, stop.line))
    if blank is not None:
        return unreadable(source, "no-break-space", _NO_BREAK_SPACE, blank)
    letter = source.lines[at.line - 1][at.column - 1 :][:1]
    if letter == "\t":
        return unreadable(source, "tab", "a tab is not allowed here: indent with spaces", at)
    if "nesting depth" in problem:
        return unreadable(source, "too-deep", _TOO_DEEP.format(limits.depth), at)
    message = next((text for fragment, text in _SYNTAX if fragment in problem), problem)
    if at != stop and "mapping values" in problem:
        message = _NO_COLON
    if unclosed and stop != end:
        message += f" before line {stop.line}"
    code = "several-documents" if "another document" in problem else "yaml-syntax"
    return unreadable(source, code, message.format(letter=repr(letter)), at)


def _before(mark: yaml.Mark, end: Position) -> Position:
    return min(Position(mark.line + 1, mark.column + 1), end, key=astuple)


def _without_colon(source: Source, stop: Position, problem: str) -> Position | None:
    """Return where the line before begins if its colon was forgotten, so that the next line does not fit."""
    if "mapping values" not in problem or stop.line == 1:
        return None
    previous, line = (_INDENTATION.match(source.lines[number]) for number in (stop.line - 2, stop.line - 1))
    if previous is None or line is None or len(previous[0]) != len(line[0]):
        return None
    key = previous.string[previous.end() :]
    return Position(stop.line - 1, previous.end() + 1) if key and not set(key) & _NO_PLAIN_KEY else None


def _odd_blank(source: Source, lines: Iterable[int]) -> Position | None:
    """Return where a blank that YAML takes for text is in the indentation of these lines, or of those before."""
    for number in sorted({number - before for number in lines for before in (0, 1)} - {0}):
        found = _ODD_INDENTATION.match(source.lines[number - 1])
        if found:
            return Position(number, found.end())
    return None
