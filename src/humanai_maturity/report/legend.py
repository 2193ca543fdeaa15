"""What the signs of a chart mean: entries that flow from left to right, each after its sign."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

from humanai_maturity.report.palette import LIGHT
from humanai_maturity.report.svg import Fragment, element, figure, hatching, leading, lines, moved, width_of, wrap

SIZE = 11
_SIGN = 18
_GAP = 14

Drawn: TypeAlias = tuple[Fragment, float]
"""A part of a drawing, and how high it is."""
Box: TypeAlias = tuple[float, float, float, float]
"""Left, top, width and height."""
SIGN: Box = (0, 0, 12, 12)
"""Where the sign of an entry is drawn."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Name one sign; the sign is drawn in `SIGN`. Without one, the words speak for themselves."""

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


def solid(*boxes: Box) -> Fragment:
    """Draw what is sure."""
    return filled(*boxes, colour="sure")


def filled(*boxes: Box, colour: str) -> Fragment:
    """Draw boxes in one colour of the palette."""
    return element("path", d=_outline(boxes), fill=LIGHT[colour], class_=colour)


def hatched(*boxes: Box) -> Fragment:
    """Draw what is possible and not sure."""
    inner = [_inner(box) for box in boxes]
    stripes = "".join(hatching(*box) for box in inner)
    return element("path", d=_outline(inner) + stripes, fill="none", stroke=LIGHT["sure"], class_="possible")


def empty(*boxes: Box, dashed: bool = False) -> Fragment:
    """Draw what is not reached; dashed, what does not apply."""
    path, dashes = _outline(map(_inner, boxes)), "3 3" if dashed else None
    return element("path", d=path, fill="none", stroke=LIGHT["edge"], stroke_dasharray=dashes, class_="edge")


def _inner(box: Box) -> Box:
    """Return a box in which a line fits that must not reach beyond it."""
    x, y, width, height = box
    return x + 0.5, y + 0.5, width - 1, height - 1


def _outline(boxes: Iterable[Box]) -> str:
    return "".join(
        f"M{figure(x)} {figure(y)}h{figure(width)}v{figure(height)}h{figure(-width)}z" for x, y, width, height in boxes
    )


def pointer(x: float, y: float) -> Fragment:
    """Draw the mark of the point, whose tip is at a place."""
    return element("path", d=f"M{x - 6:g} {y - 8:g}h12l-6 8z", fill=LIGHT["ink"], class_="ink")


def hollow_pointer(x: float, y: float) -> Fragment:
    """Draw the mark of what is claimed and not supported, whose tip is at a place."""
    path = f"M{x - 5:g} {y - 8:g}h10l-5 7z"
    return element("path", d=path, fill="none", stroke=LIGHT["alert"], stroke_width=1.5, class_="claimed")
