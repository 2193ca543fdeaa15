"""The profile as a radar: one axis for every top dimension. It needs three of them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import cos, pi, sin

from humanai_maturity.engine.result import NodeResult, ScorecardData
from humanai_maturity.engine.wording import one_line, shown_score
from humanai_maturity.model.rubric import OVERALL
from humanai_maturity.report.legend import Entry, legend
from humanai_maturity.report.palette import LIGHT, RANGE_OPACITY
from humanai_maturity.report.svg import Fragment, element, figure, leading, lines, moved, picture, wrap

FEWEST_AXES = 3
MOST_SERIES = 4
_WIDTH = 360
_CENTRE = _WIDTH / 2
_SIZE = 10.5
_MOST_LINES = 3
_MOST_NAMES = 8
_MOST_RINGS, _RINGS = 12, 4
_NEAR = 0.3
_ROOM_ABOVE, _ROOM_BESIDE = 150, 93
_DASHES = (None, "7 4", "2 3", "8 3 2 3")
_MARKS = ("M-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0z", "M-4-4h8v8h-8z", "M0-5l5 9h-10z", "M0-5l5 5l-5 5l-5-5z")


@dataclass(frozen=True, slots=True)
class _Axes:
    """Place things on the axes: where each begins is at the top, and the others follow clockwise."""

    count: int
    radius: float
    middle: float

    def at(self, axis: int, share: float) -> tuple[float, float]:
        """Return the place on an axis, from 0 in the centre to 1 at its end."""
        angle = 2 * pi * axis / self.count - pi / 2
        return _CENTRE + self.radius * share * cos(angle), self.middle + self.radius * share * sin(angle)

    def path(self, shares: Iterable[float]) -> str:
        """Return the closed line through one place on every axis."""
        return f"M{'L'.join(_pair(self.at(axis, share)) for axis, share in enumerate(shares))}z"


def radar(cards: Sequence[tuple[str, ScorecardData]]) -> Fragment | None:
    """Return the profiles of one or several named results as one picture; `None` where it would show nothing.

    Results are told apart by their lines and marks as well as by their colours.
    """
    profiles = [_top(card) for _, card in cards]
    nothing = all(node.exact.low is None for nodes in profiles for node in nodes)
    if len(profiles[0]) < FEWEST_AXES or len(cards) > MOST_SERIES or nothing:
        return None
    names = [one_line(node.title) for node in profiles[0]]
    labels = [wrap(name, _room(place, len(names)), _SIZE) for place, name in enumerate(names)]
    numbered = any(len(label) > _MOST_LINES for label in labels) or len(names) > _MOST_NAMES
    if numbered:
        labels = [[str(place)] for place in range(1, len(names) + 1)]
    axes = _Axes(len(names), 130 if numbered else 78, 150 if numbered else 110)
    parts = [*_grid(axes, cards[0][1]), *_labels(axes, labels)]
    if len(cards) == 1:
        parts += _range(axes, profiles[0])
    for place, nodes in enumerate(profiles):
        parts += _series(axes, nodes, place)
    bottom = axes.middle + axes.radius + 3 * leading(_SIZE)
    key, height = legend(_key(names if numbered else [], cards), _WIDTH)
    return picture(_WIDTH, bottom + height + 4, _said(cards), *parts, moved(key, 0, bottom))


def _top(card: ScorecardData) -> list[NodeResult]:
    return [node for node in card.nodes if node.parent == OVERALL]


def _room(axis: int, count: int) -> float:
    """Return how wide a label may be: less at the sides than at the top and the bottom."""
    return _ROOM_ABOVE if abs(sin(2 * pi * axis / count)) < _NEAR else _ROOM_BESIDE


def _pair(place: tuple[float, float]) -> str:
    return f"{figure(place[0])} {figure(place[1])}"


def _share(node: NodeResult, value: Fraction | None) -> float | None:
    """Return how far out a value is on its axis."""
    low, high = node.exact.minimum, node.exact.maximum
    if value is None or low is None or high is None or low == high:
        return None
    return float((value - low) / (high - low))


def _grid(axes: _Axes, card: ScorecardData) -> Iterator[Fragment]:
    rings = len(card.stages) - 1 if 1 < len(card.stages) <= _MOST_RINGS else _RINGS
    circles = "".join(axes.path([ring / rings] * axes.count) for ring in range(1, rings + 1))
    spokes = "".join(f"M{_pair(axes.at(axis, 0))}L{_pair(axes.at(axis, 1))}" for axis in range(axes.count))
    yield element("path", d=circles + spokes, fill="none", stroke=LIGHT["line"], class_="line")
    yield element("path", d=axes.path([1] * axes.count), fill="none", stroke=LIGHT["edge"], class_="edge")


def _labels(axes: _Axes, labels: Sequence[Sequence[str]]) -> Iterator[Fragment]:
    for axis, label in enumerate(labels):
        x, y = axes.at(axis, 1 + 12 / axes.radius)
        side = round(x - _CENTRE)
        anchor = "middle" if abs(side) < _NEAR * axes.radius else "start" if side > 0 else "end"
        extra = (len(label) - 1) * leading(_SIZE)
        above = extra if y < axes.middle - axes.radius else 0 if y > axes.middle + axes.radius * 0.6 else extra / 2
        yield lines(label, x, y + 4 - above, _SIZE, text_anchor=anchor, fill=LIGHT["ink"], class_="ink")


def _range(axes: _Axes, nodes: Sequence[NodeResult]) -> Iterator[Fragment]:
    """Yield how far each axis can turn out, as a broad line along it."""
    parts = []
    for axis, node in enumerate(nodes):
        low, high = (_share(node, value) for value in (node.exact.low, node.exact.high))
        if low is not None and high is not None and high > low:
            parts.append(f"M{_pair(axes.at(axis, low))}L{_pair(axes.at(axis, high))}")
    if parts:
        d = "".join(parts)
        yield element(
            "path", d=d, fill="none", stroke=LIGHT["sure"], stroke_width=7, opacity=RANGE_OPACITY, class_="range"
        )


def _translucent(path: str) -> Fragment:
    return element("path", d=path, stroke=LIGHT["sure"], stroke_width=7, opacity=RANGE_OPACITY, class_="range")


def _series(axes: _Axes, nodes: Sequence[NodeResult], place: int) -> Iterator[Fragment]:
    """Yield one result: a line from point to point, broken where there is none, and a mark at each."""
    shares = [_share(node, node.exact.score) for node in nodes]
    path, marks = "", []
    for axis, share in enumerate(shares):
        following = shares[(axis + 1) % len(shares)]
        if share is None:
            continue
        x, y = axes.at(axis, share)
        marks.append(moved(element("path", d=_MARKS[place]), x, y))
        if following is not None:
            path += f"M{_pair((x, y))}L{_pair(axes.at((axis + 1) % len(shares), following))}"
    colour, series = LIGHT[f"series-{place + 1}"], f"series-{place + 1}"
    if path:
        dashes = _DASHES[place]
        yield element(
            "path", d=path, fill="none", stroke=colour, stroke_width=2, stroke_dasharray=dashes, class_=f"{series} path"
        )
    yield element("g", *marks, fill=colour, class_=f"{series} marks")


def _key(names: Sequence[str], cards: Sequence[tuple[str, ScorecardData]]) -> Iterator[Entry]:
    for place, (name, _) in enumerate(cards if len(cards) > 1 else ()):
        mark = element("path", d=_MARKS[place], fill=LIGHT[f"series-{place + 1}"], class_=f"series-{place + 1} marks")
        yield Entry(name, moved(mark, 6, 6))
    if len(cards) == 1 and any(node.exact.low != node.exact.high for node in _top(cards[0][1])):
        yield Entry("what it can turn out to be", _translucent("M0 6h12"))
    yield from (Entry(f"{place} {name}") for place, name in enumerate(names, 1))


def _said(cards: Sequence[tuple[str, ScorecardData]]) -> str:
    """Return the chart in words."""
    several = len(cards) > 1
    parts = []
    for name, card in cards:
        scores = "; ".join(f"{one_line(node.title)} {shown_score(node) or 'open'}" for node in _top(card))
        parts.append(f"{name}: {scores}." if several else f"{scores}.")
    return f"Radar of the scores. {' '.join(parts)}"
