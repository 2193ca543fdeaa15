"""The paper that charts are drawn on: elements that escape what they hold, and text that is measured and wrapped.

Drawings carry presentation attributes, so that they keep their looks when they are copied into another document.
"""

from collections.abc import Iterator, Sequence
from html import escape
from math import ceil
from unicodedata import category, east_asian_width

_NARROW = frozenset("iIl.,:;'|!jtfr()[]{}/ -")
_WIDE = frozenset("mwMW@%&—…")
_JOINER = "\u200d"
_TONES = "\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff"
_MARKS = frozenset({"Mn", "Me", "Mc"})

BOLD = 1.16
"""How much wider bold letters are."""
FONT = "system-ui,Segoe UI,Roboto,Arial,sans-serif"
_LONGEST_WORD, _PIECE = 28, 14


class Fragment(str):
    """Hold markup that is safe to insert as it is; everything else is text, and gets escaped."""

    __slots__ = ()

    def __html__(self) -> str:
        """Return the markup itself: template engines ask for it."""
        return str(self)


def breakable(value: object) -> object:
    """Return a text so that words which no line can hold may be broken; anything else as it is.

    Example:
        >>> breakable("short"), breakable("a&" + "b" * 30)
        ('short', 'a&amp;bbbbbbbbbbbb<wbr>bbbbbbbbbbbbbb<wbr>bbbb')
    """
    if not isinstance(value, str) or hasattr(value, "__html__"):
        return value
    words = value.split(" ")
    if max(map(len, words)) <= _LONGEST_WORD:
        return value
    return Fragment(" ".join(map(_in_pieces, words)))


def _in_pieces(word: str) -> str:
    if len(word) <= _LONGEST_WORD:
        return escape(word)
    return "<wbr>".join(escape(word[start : start + _PIECE]) for start in range(0, len(word), _PIECE))


def element(name: str, *children: str, **attributes: float | str | None) -> Fragment:
    """Return an element. Children that are no fragments are text; attributes that are `None` are left out.

    Example:
        >>> element("text", "a < b", x=1.25, font_size=12)
        '<text x="1.25" font-size="12">a &lt; b</text>'
    """
    head = "".join(f' {_name(key)}="{_value(value)}"' for key, value in attributes.items() if value is not None)
    body = "".join(child if isinstance(child, Fragment) else escape(child, quote=False) for child in children)
    return Fragment(f"<{name}{head}>{body}</{name}>" if children else f"<{name}{head}/>")


def _name(key: str) -> str:
    return key if key == "viewBox" else key.rstrip("_").replace("_", "-")


def _value(value: float | str) -> str:
    return escape(value) if isinstance(value, str) else figure(value)


def figure(value: float) -> str:
    """Return a coordinate with at most two decimals.

    Example:
        >>> figure(12.0), figure(1.005), figure(-0.001)
        ('12', '1', '0')
    """
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def picture(width: float, height: float, label: str, *children: Fragment) -> Fragment:
    """Return a whole drawing, with what it shows in words for those who do not see it."""
    return element(
        "svg",
        *children,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {figure(width)} {figure(ceil(height))}",
        role="img",
        aria_label=label,
        font_family=FONT,
        class_="chart",
    )


def moved(drawing: Fragment, x: float, y: float) -> Fragment:
    """Return a part of a drawing at another place."""
    return element("g", drawing, transform=f"translate({figure(x)} {figure(y)})")


def lines(
    texts: Sequence[str], x: float, y: float, size: float, *, inherited: bool = False, **attributes: float | str | None
) -> Fragment:
    """Return text on several lines, the first with its letters standing on `y`; its size may come from outside."""
    attributes = {"x": x, "y": y, "font_size": None if inherited else size, **attributes}
    if len(texts) == 1:
        return element("text", texts[0], **attributes)
    spans = [element("tspan", text, x=x, dy=leading(size)) for text in texts[1:]]
    return element("text", texts[0], *spans, **attributes)


def leading(size: float) -> float:
    """Return the distance from one line to the next."""
    return round(size * 1.27)


def width_of(text: str, size: float) -> float:
    """Return about how wide a text is in the widest of usual fonts."""
    return size * sum(map(_width, text))


def _width(letter: str) -> float:
    if letter in _NARROW:
        return 0.38
    if category(letter) in {"Mn", "Me", "Cf"} or letter in _TONES:
        return 0
    if east_asian_width(letter) in {"W", "F"}:
        return 1.25 if category(letter) == "So" else 1
    return 0.95 if letter in _WIDE else 0.7 if letter.isupper() else 0.62


def wrap(text: str, width: float, size: float) -> list[str]:
    """Return a text on as many lines as it takes, broken between words, and inside of those that are too long.

    Example:
        >>> wrap("Sources of data", 60, 12)
        ['Sources', 'of data']
    """
    found = [""]
    for word in text.split():
        for place, part in enumerate(_parts(word, width, size)):
            joined = f"{found[-1]} {part}" if found[-1] and not place else part
            if width_of(joined, size) <= width and not place:
                found[-1] = joined
            else:
                found.append(part)
    return found[1:] if not found[0] and len(found) > 1 else found


def _parts(word: str, width: float, size: float) -> Iterator[str]:
    """Yield a word, in pieces where it is wider than a line."""
    if width_of(word, size) <= width:
        yield word
        return
    piece = ""
    for cluster in _clusters(word):
        if piece and width_of(piece + cluster, size) > width:
            yield piece
            piece = ""
        piece += cluster
    yield piece


def _clusters(word: str) -> Iterator[str]:
    """Yield what a reader takes for one letter: with its accents, and a picture with all that it is joined from."""
    cluster = ""
    for letter in word:
        joined = letter == _JOINER or cluster.endswith(_JOINER)
        if cluster and not joined and category(letter) not in _MARKS and letter not in _TONES:
            yield cluster
            cluster = ""
        cluster += letter
    yield cluster


def hatching(x: float, y: float, width: float, height: float, gap: float = 6) -> str:
    """Return the path of diagonal lines that fill a box, for what is possible and not sure.

    Example:
        >>> hatching(0, 0, 6, 6, gap=6)
        'M0 6L6 0'
    """
    parts = []
    for step in range(1, ceil((width + height) / gap)):
        reach = step * gap
        left, right = max(0, reach - height), min(width, reach)
        parts.append(f"M{figure(x + left)} {figure(y + reach - left)}L{figure(x + right)} {figure(y + reach - right)}")
    return "".join(parts)
