"""What the signs of a chart mean: entries that flow from left to right, each after its sign."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

from humanai_maturity.report.palette import LIGHT
from humanai_maturity.report.svg import Fragment, element, hatching, leading, lines, moved, width_of, wrap

SIZE = 11
_SIGN = 18
_GAP = 14

Drawn: TypeAlias = tuple[Fragment, float]
"""A part of a drawing, and how high it is."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Name one sign; the sign is drawn in a box of 12 by 12. Without one, the words speak for themselves."""

    words: str
    sign: Fragment | None = None


def legend(entries: Iterable[Entry], width: float) -> Drawn:
    """Draw the entries one after the other, on as many lines as it takes."""
    parts: list[Fragment] = []
    x, y = 0.0, 0.0
    for entry in entries:
        indent = _SIGN if entry.sign is not None else 0
        texts = wrap(entry.words, width - indent, SIZE)
        taken = indent + max(width_of(text, SIZE) for text in texts)
        if x and x + taken > width:
            x, y = 0.0, y + leading(SIZE) + 4
        parts += [moved(entry.sign, x, y)] if entry.sign is not None else []
        parts.append(lines(texts, x + indent, y + SIZE - 1, SIZE))
        x += taken + _GAP
        if len(texts) > 1:
            x, y = 0.0, y + leading(SIZE) * len(texts) + 4
    height = y + leading(SIZE) + 2 if x else y
    return element("g", *parts, class_="muted", fill=LIGHT["muted"]), height


def solid(x: float, y: float, width: float, height: float) -> Fragment:
    """Draw what is sure."""
    return element("rect", x=x, y=y, width=width, height=height, rx=2, fill=LIGHT["sure"], class_="sure")


def hatched(x: float, y: float, width: float, height: float) -> Fragment:
    """Draw what is possible and not sure."""
    frame = element("rect", x=x + 0.5, y=y + 0.5, width=width - 1, height=height - 1, rx=2)
    stripes = element("path", d=hatching(x + 0.5, y + 0.5, width - 1, height - 1))
    return element("g", frame, stripes, fill="none", stroke=LIGHT["sure"], class_="possible")


def empty(x: float, y: float, width: float, height: float, *, dashed: bool = False) -> Fragment:
    """Draw what is not reached; dashed, what does not apply."""
    return element(
        "rect",
        x=x + 0.5,
        y=y + 0.5,
        width=width - 1,
        height=height - 1,
        rx=2,
        fill="none",
        stroke=LIGHT["edge"],
        stroke_dasharray="3 3" if dashed else None,
        class_="edge",
    )


def pointer(x: float, y: float) -> Fragment:
    """Draw the mark of the point, whose tip is at a place."""
    return element("path", d=f"M{x - 6:g} {y - 8:g}h12l-6 8z", fill=LIGHT["ink"], class_="ink")


def hollow_pointer(x: float, y: float) -> Fragment:
    """Draw the mark of what is claimed and not supported, whose tip is at a place."""
    path = f"M{x - 5:g} {y - 8:g}h10l-5 7z"
    return element("path", d=path, fill="none", stroke=LIGHT["alert"], stroke_width=1.5, class_="claimed")
