"""The one layout of YAML documents: two blanks for each level, quotation marks only where they are needed.

Nothing is moved, and comments stay where they are. What an author wrote in brackets stays in brackets where it fits
into a line, and what goes over several lines keeps them.
"""

from collections.abc import Iterable, Iterator
from json import dumps
from re import compile as pattern

from humanai_maturity.authoring.tree import Entry, Node, tree_of
from humanai_maturity.documents.source import Source, decode, unreadable
from humanai_maturity.documents.yaml_text import read_yaml
from humanai_maturity.model.exact import WrittenDecimal, WrittenInt

WIDTH = 120
"""How wide a line may be before it is broken."""

_STEP = "  "
_PLAIN = pattern(r"[^\W\d_](?:[^\x00-\x1f\x7f\x85\xa0\u2028\u2029\ufeff]*[^\s:])?")
_MISREAD = pattern(r"(?i:true|false|yes|no|on|off|null|y|n)")
_NOT_PLAIN = pattern(r": |:\t| #|\t#")
_BRACKETS = frozenset(",[]{}")
_ESCAPED = pattern("[\x7f-\xa0\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]")
_BREAK = pattern("[ \n]")
_NOT_FOLDED = pattern("\n\n|[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff]|  |^ | $|\n | \n")


def laid_out(content: str | bytes, name: str | None = None) -> str:
    r"""Return a YAML document in its one layout, with the same meaning and every comment.

    Args:
        content: The document.
        name: What to call it in errors.

    Raises:
        RubricSyntaxError: If it cannot be read, or would silently be misread.

    Example:
        >>> print(laid_out("a:   'one'   # first\nb:\n- {c: 1,   d: 2}\n"), end="")
        a: one  # first
        b:
          - {c: 1, d: 2}
    """
    source = decode(content, name)
    before = read_yaml(source).data
    root = tree_of(source)
    _hoist(root)
    text = "\n".join(_document(root)) + "\n"
    _check_same(source, before, text, root)
    return text


def _check_same(source: Source, before: object, text: str, root: Node) -> None:
    """Refuse to hand out a text that means something else, or has lost a comment."""
    after = Source(text, source.name)
    if _spelt(read_yaml(after).data) != _spelt(before) or _comments(tree_of(after)) != _comments(root):
        raise unreadable(source, "layout", "this cannot be laid out without changing it: simplify its notation")


def _spelt(data: object) -> object:
    """Return plain data in which numbers are as they are spelt, so that 1 is not true and 1.0 not 1."""
    match data:
        case dict():
            return {key: _spelt(value) for key, value in data.items()}
        case list():
            return [_spelt(value) for value in data]
        case WrittenInt() | WrittenDecimal():
            return "number", data.text
        case _:
            return type(data), data


def _comments(node: Node) -> list[str]:
    own = [line for line in node.after if line]
    for entry in node.entries:
        own += [line for line in (*entry.before, entry.aside) if line]
        own += _comments(entry.value)
    return sorted(own)


def _document(root: Node) -> list[str]:
    whole = _block(root, "") if root.entries else _alone(root)
    lines = [*whole, *_ending(root, "")]
    while not lines[-1]:
        lines.pop()
    return lines


def _alone(root: Node) -> Iterator[str]:
    """Yield the lines of a document that is one text, or empty brackets."""
    text = _inline(root)
    header, *lines = _scalar_block(root, WIDTH) if text is None else [text or "null"]
    yield from (header, *(f"{_STEP}{line}" if line else "" for line in lines))


def _spaced(lines: Iterable[str], margin: str, *, at_start: bool = False) -> Iterator[str]:
    """Yield comments with their margin, and no blank line after another or at the start."""
    after_blank = at_start
    for line in lines:
        if line or not after_blank:
            yield f"{margin}{line}" if line else ""
        after_blank = not line


def _block(node: Node, margin: str) -> Iterator[str]:
    """Yield the lines of a mapping or a sequence without brackets."""
    for place, entry in enumerate(node.entries):
        yield from _spaced(entry.before, margin, at_start=not place)
        yield from _entry(entry, margin)


def _hoist(node: Node) -> None:
    """Put comments that cannot stand behind the dash of an item before it."""
    for entry in node.entries:
        _hoist(entry.value)
        if _is_compact(entry) and not entry.value.flow:
            first = entry.value.entries[0]
            entry.before += [*([entry.aside] if entry.aside else []), *first.before]
            entry.aside, first.before = "", []


def _is_compact(entry: Entry) -> bool:
    """Return whether an item holds more entries, of which the first begins right behind its dash."""
    return entry.key is None and bool(entry.value.entries) and not entry.value.anchor


def _entry(entry: Entry, margin: str) -> Iterator[str]:
    head = "-" if entry.key is None else f"{_key(entry.key)}:"
    value = entry.value
    anchor = f" &{value.anchor}" if value.anchor else ""
    line = _one_line(entry, f"{margin}{head}{anchor}")
    aside = f"  {entry.aside}" if entry.aside else ""
    if line is not None:
        yield f"{line}{aside}"
    elif value.kind == "scalar":
        header, *lines = _scalar_block(value, WIDTH - len(margin) - len(_STEP))
        yield f"{margin}{head}{anchor} {header}{aside}"
        yield from (f"{margin}{_STEP}{each}" if each else "" for each in lines)
    elif _is_compact(entry):
        first, *rest = [*_block(value, f"{margin}{_STEP}"), *_ending(value, f"{margin}{_STEP}")]
        yield from [f"{margin}{entry.aside}"] if entry.aside else []
        yield f"{margin}- {first.lstrip(' ')}"
        yield from rest
    else:
        yield f"{margin}{head}{anchor}{aside}"
        yield from _block(value, f"{margin}{_STEP}")
        yield from _ending(value, f"{margin}{_STEP}")


def _ending(node: Node, margin: str) -> Iterator[str]:
    yield from _spaced(node.after, margin)


def _one_line(entry: Entry, head: str) -> str | None:
    """Return an entry in one line, or `None` where it does not fit into one or is better off without."""
    value = entry.value
    text = _inline(value)
    if text is None:
        return None
    line = f"{head} {text}".rstrip(" ")
    fits = len(line) <= WIDTH
    if value.kind == "scalar":
        return line if fits or not _can_be_folded(value) else None
    return line if fits or not value.entries else None


def _inline(node: Node, *, in_brackets: bool = False) -> str | None:
    """Return a value in one line, or `None` where it has to go over several."""
    match node.kind:
        case "alias":
            return f"*{node.text}"
        case "scalar":
            return _scalar(node, in_brackets=in_brackets)
        case _ if node.entries and not node.flow:
            return None
        case "mapping":
            parts = [_pair(entry) for entry in node.entries]
            brackets = "{}"
        case _:
            parts = [_inside(entry.value) for entry in node.entries]
            brackets = "[]"
    known = [part for part in parts if part is not None]
    return f"{brackets[0]}{', '.join(known)}{brackets[1]}" if len(known) == len(parts) else None


def _pair(entry: Entry) -> str | None:
    value = _inside(entry.value)
    return None if value is None or entry.key is None else f"{_key(entry.key, in_brackets=True)}: {value}"


def _inside(node: Node) -> str | None:
    """Return a value inside of brackets, with its anchor."""
    text = _inline(node, in_brackets=True)
    anchor = f"&{node.anchor} " if node.anchor else ""
    return None if text is None else f"{anchor}{text or 'null'}"


def _key(node: Node, *, in_brackets: bool = False) -> str:
    anchor = f"&{node.anchor} " if node.anchor else ""
    if node.kind == "alias":
        return f"*{node.text} "
    return anchor + (_scalar(node, in_brackets=in_brackets) or _quoted(node.text))


def _scalar(node: Node, *, in_brackets: bool) -> str | None:
    """Return a scalar in one line, or `None` where it has several."""
    text = node.text
    if "\n" in text or (node.style in {"|", ">"} and text):
        return None
    if not node.style:
        return text
    return as_written(text, in_brackets=in_brackets)


def as_written(text: str, *, in_brackets: bool = True) -> str:
    """Return a text of one line as YAML writes it: in quotation marks only where it needs them.

    Args:
        text: The text.
        in_brackets: Whether it stands in `[ ]` or `{ }`, where a comma ends it.

    Example:
        >>> as_written("care"), as_written("No"), as_written("a, b"), as_written("a, b", in_brackets=False)
        ('care', '"No"', '"a, b"', 'a, b')
    """
    return text if _is_plain(text, in_brackets=in_brackets) else _quoted(text)


def _is_plain(text: str, *, in_brackets: bool) -> bool:
    """Return whether a text is surely read as it is without quotation marks."""
    if not _PLAIN.fullmatch(text) or _MISREAD.fullmatch(text) or _NOT_PLAIN.search(text):
        return False
    return not in_brackets or not _BRACKETS & set(text)


def _quoted(text: str) -> str:
    if ('"' in text or "\\" in text) and "'" not in text and text.isprintable():
        return f"'{text}'"
    escaped = dumps(text, ensure_ascii=False)
    return _ESCAPED.sub(lambda letter: f"\\u{ord(letter[0]):04x}", escaped)


def _can_be_folded(node: Node) -> bool:
    text = node.text.removesuffix("\n")
    return bool(_BREAK.search(text)) and not _NOT_FOLDED.search(text)


def _scalar_block(node: Node, width: int) -> list[str]:
    """Return a scalar over several lines: its header, then its lines."""
    ending = "" if node.text.endswith("\n") else "-"
    if node.text.endswith("\n\n") or not node.text.strip():
        return [_quoted(node.text)]
    if node.lines is not None:
        return [f"{node.style}{ending}", *node.lines]
    if node.style == "|" or not _can_be_folded(node):
        return [_quoted(node.text)]
    paragraphs = [_wrapped(each, width) for each in node.text.removesuffix("\n").split("\n")]
    lines = [line for paragraph in paragraphs for line in ("", *paragraph)]
    return [f">{ending}", *lines[1:]]


def _wrapped(text: str, width: int) -> list[str]:
    lines: list[str] = [""]
    for word in text.split(" "):
        joined = f"{lines[-1]} {word}" if lines[-1] else word
        if len(joined) <= width or not lines[-1]:
            lines[-1] = joined
        else:
            lines.append(word)
    return lines
