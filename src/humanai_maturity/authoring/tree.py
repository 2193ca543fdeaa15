"""A YAML text as a tree that knows how everything is written, with every comment and blank line at its place."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from re import compile as pattern
from typing import Any, Literal, TypeAlias

import yaml

from humanai_maturity.documents.source import Source

Kind: TypeAlias = Literal["scalar", "alias", "mapping", "sequence"]

_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_COMMENT = pattern("(?<!\\S)#[^\n\r\x85\u2028\u2029]*")
_BLANK_LINE = pattern(r"(?<=\n)[ \t]*\r?\n")
_HEADER = pattern(r"[|>][-+0-9]*")


@dataclass(slots=True, eq=False)
class Node:
    """Hold one value as it is written.

    Attributes:
        kind: What it is.
        start: Where it begins in the text.
        end: Where it ends.
        text: A scalar's value, or the name of the anchor that an alias means.
        style: A scalar's quotation marks, `|`, `>`, or nothing.
        lines: A block scalar's lines as they stand, without their indentation.
        anchor: The name by which aliases mean it.
        flow: Whether it is written in brackets.
        entries: What a mapping or a sequence holds.
        after: The comments that end it, each on a line of its own, with empty texts for blank lines.
    """

    kind: Kind
    start: int
    end: int = 0
    text: str = ""
    style: str = ""
    lines: list[str] | None = None
    anchor: str = ""
    flow: bool = False
    entries: list["Entry"] = field(default_factory=list)
    after: list[str] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Entry:
    """Hold one value of a mapping, with its key, or of a sequence.

    Attributes:
        key: The key, in a mapping.
        start: Where the key, or the sequence's dash, begins.
        column: How far to the right that is.
        holder: The mapping or sequence.
        above: The entry that the mapping or sequence is the value of.
        before: The comments before it, each on a line of its own, with empty texts for blank lines.
        aside: The comment on its line.
        value: The value, which is read after the entry.
    """

    key: Node | None
    start: int
    column: int
    holder: Node
    above: "Entry | None"
    before: list[str] = field(default_factory=list)
    aside: str = ""
    value: Node = field(init=False)


def tree_of(source: Source) -> Node:
    r"""Return a text that YAML can read as a tree.

    Example:
        >>> tree_of(Source("# A start\na: 1  # one\n")).entries[0].before
        ['# A start']
    """
    return _Reader(source.text).read()


@dataclass(frozen=True, slots=True)
class _Remark:
    """Hold a comment, or a blank line, before it has found its entry."""

    at: int
    column: int
    text: str
    alone: bool


class _Reader:
    """Build the tree from the events of the parser, then put the comments into it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.events: Iterator[Any] = iter(yaml.parse(text, Loader=_LOADER))
        self.dashes: deque[int] = deque()
        self.scalars: deque[tuple[int, int]] = deque()
        self.spans: list[tuple[int, int]] = []
        self.entries: list[Entry] = []
        self.remarks: list[_Remark] = []

    def read(self) -> Node:
        """Return the root of the document."""
        self._scan()
        first = next(event for event in self.events if isinstance(event, yaml.NodeEvent))
        root = self._node(first, None)
        self._collect()
        _open_where_commented(root, [each.at for each in self.remarks if each.text])
        placed = _Placing(root, [each for each in self.entries if not _is_inside_brackets(each)])
        for remark in self.remarks:
            placed.put(remark)
        return root

    def _scan(self) -> None:
        """Note where dashes and scalars stand, which the events do not say."""
        tokens: Iterator[Any] = iter(yaml.scan(self.text, Loader=_LOADER))
        for token in tokens:
            if isinstance(token, yaml.BlockEntryToken):
                self.dashes.append(token.start_mark.index)
            elif isinstance(token, yaml.ScalarToken):
                self.scalars.append((token.start_mark.index, token.end_mark.index))

    def _node(self, event: Any, above: Entry | None) -> Node:
        start, end, anchor = event.start_mark.index, event.end_mark.index, event.anchor or ""
        if isinstance(event, yaml.AliasEvent):
            return Node("alias", start, end, text=anchor)
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event, anchor)
        kind: Kind = "mapping" if isinstance(event, yaml.MappingStartEvent) else "sequence"
        node = Node(kind, start, anchor=anchor, flow=bool(event.flow_style))
        for inner in self.events:
            if isinstance(inner, yaml.CollectionEndEvent):
                mark: Any = inner.end_mark
                node.end = mark.index
                break
            self._entry(inner, node, above)
        return node

    def _entry(self, event: Any, holder: Node, above: Entry | None) -> None:
        is_item = holder.kind == "sequence"
        start = self.dashes.popleft() if is_item and not holder.flow else event.start_mark.index
        key = None if is_item else self._node(event, above)
        entry = Entry(key, start, self._column(start), holder, above)
        self.entries.append(entry)
        holder.entries.append(entry)
        entry.value = self._node(event if is_item else next(self.events), entry)

    def _scalar(self, event: Any, anchor: str) -> Node:
        start, end = event.start_mark.index, event.end_mark.index
        style = event.style if event.style in {"'", '"', "|", ">"} else ""
        node = Node("scalar", start, end, text=event.value, style=style, anchor=anchor)
        if self.scalars and start <= self.scalars[0][0] < max(end, start + 1):
            node.start, node.end = self.scalars.popleft()
            if style in {"|", ">"}:
                self._block(node)
            self.spans.append((node.start, node.end))
        return node

    def _block(self, node: Node) -> None:
        """Read the lines of a block scalar as they stand; blank lines at its end are not part of it."""
        begin = self.text.find("\n", node.start) + 1 or len(self.text)
        raw = self.text[begin : node.end].split("\n")
        while raw and not raw[-1].strip():
            raw.pop()
        filled = next((line for line in raw if line.strip()), "")
        indent = len(filled) - len(filled.lstrip(" "))
        node.end = begin + len("\n".join(raw))
        header = _HEADER.match(self.text, node.start)
        if header is not None:
            self._remark_in(node.start, begin)
            if not any(letter.isdigit() for letter in header[0]):
                node.lines = [line[indent:].rstrip("\r") for line in raw]

    def _remark_in(self, start: int, end: int) -> None:
        for found in _COMMENT.finditer(self.text, start, end):
            column = self._column(found.start())
            alone = not self.text[found.start() - column : found.start()].strip()
            self.remarks.append(_Remark(found.start(), column, found[0].rstrip(), alone))

    def _collect(self) -> None:
        """Find all comments, and blank lines, between the scalars."""
        end = 0
        for start, stop in [*self.spans, (len(self.text), len(self.text))]:
            self._remark_in(end, start)
            for found in _BLANK_LINE.finditer(self.text, end, start):
                self.remarks.append(_Remark(found.start(), 0, "", alone=True))
            end = stop
        self.remarks.sort(key=lambda remark: remark.at)

    def _column(self, index: int) -> int:
        return index - (max(self.text.rfind("\n", 0, index), self.text.rfind("\r", 0, index)) + 1)


class _Placing:
    """Give remarks, in their order, to the entries that they belong to."""

    def __init__(self, root: Node, entries: list[Entry]) -> None:
        self.root = root
        self.entries = entries
        self.next = 0

    def put(self, remark: _Remark) -> None:
        """Give one remark to an entry, or to the end of a mapping or sequence."""
        while self.next < len(self.entries) and self.entries[self.next].start < remark.at:
            self.next += 1
        last = self.entries[self.next - 1] if self.next else None
        following = self.entries[self.next] if self.next < len(self.entries) else None
        if not remark.text:
            self._put_blank(remark, last, following)
        elif last is not None and not remark.alone:
            last.before += [last.aside] * bool(last.aside)
            last.aside = remark.text
        else:
            self._lines(remark, last, following).append(remark.text)

    def _put_blank(self, remark: _Remark, last: Entry | None, following: Entry | None) -> None:
        inside = last is not None and last.value.flow and last.value.start < remark.at < last.value.end
        if following is not None and not inside:
            following.before.append("")
        elif not inside:
            self.root.after.append("")

    def _lines(self, remark: _Remark, last: Entry | None, following: Entry | None) -> list[str]:
        """Return the lines that a comment of its own goes to, judging by how far to the right it stands."""
        ending = list(_holders(last))
        if following is not None:
            going_on = list(_holders(following))
            ending = [holder for holder in ending if holder not in going_on]
            if remark.column <= following.column:
                ending = []
        fitting = [holder for holder in ending if holder.entries[0].column <= remark.column]
        if fitting:
            found = max(reversed(fitting), key=lambda holder: holder.entries[0].column).after
        else:
            found = self.root.after if following is None else following.before
        if following is not None and found is not following.before:
            found += _trailing_blanks(following.before)
        return found


def _trailing_blanks(lines: list[str]) -> list[str]:
    """Take the blank lines at the end away that a comment after them takes along."""
    taken: list[str] = [line for line in lines if not line]
    if len(taken) == len(lines):
        lines.clear()
        return taken
    return []


def _holders(entry: Entry | None) -> Iterator[Node]:
    """Yield the mappings and sequences that an entry is in, the narrowest first."""
    while entry is not None:
        yield entry.holder
        entry = entry.above


def _is_inside_brackets(entry: Entry) -> bool:
    return any(holder.flow for holder in _holders(entry))


def _open_where_commented(node: Node, comments: list[int]) -> None:
    """Write a list or mapping in brackets without them where a comment stands inside."""
    if node.flow and any(node.start < comment < node.end for comment in comments):
        node.flow = False
    for entry in node.entries:
        _open_where_commented(entry.value, comments)
