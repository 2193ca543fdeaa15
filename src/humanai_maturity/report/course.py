"""One dimension over time: a line from day to day, with what it could have turned out to be behind it."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from humanai_maturity.engine.result import NodeResult
from humanai_maturity.engine.wording import number, shown_score, title
from humanai_maturity.report.palette import LIGHT, RANGE_OPACITY
from humanai_maturity.report.svg import Fragment, element, figure, moved, picture, width_of

_WIDTH, _HEIGHT = 360, 170
_LEFT, _RIGHT, _TOP, _BOTTOM = 50, 30, 22, 26
_SCALE = 20
_SIZE = 11
_MOST_TICKS = 10


@dataclass(frozen=True, slots=True)
class _Frame:
    """Place days and scores on the drawing."""

    first: int
    last: int
    low: Fraction
    high: Fraction

    def x(self, day: dt.date) -> float:
        share = (day.toordinal() - self.first) / ((self.last - self.first) or 1)
        return _LEFT + share * (_WIDTH - _LEFT - _RIGHT)

    def y(self, value: Fraction) -> float:
        share = float((value - self.low) / ((self.high - self.low) or 1))
        return _HEIGHT - _BOTTOM - share * (_HEIGHT - _TOP - _BOTTOM)


def course(name: str, points: Sequence[tuple[dt.date, NodeResult]]) -> Fragment:
    """Return the scores of one dimension on several days as a picture."""
    nodes = [node for _, node in points]
    lows = [node.exact.minimum for node in nodes if node.exact.minimum is not None]
    highs = [node.exact.maximum for node in nodes if node.exact.maximum is not None]
    days = [day.toordinal() for day, _ in points]
    label = f"{name} over time. " + " ".join(f"{day}: {_said(node)}." for day, node in points)
    frame = _Frame(min(days), max(days), min(lows, default=Fraction(0)), max(highs, default=Fraction(1)))
    parts = [*_scale(frame), *_days(frame, [day for day, _ in points]), *_ranges(frame, points), *_line(frame, points)]
    return picture(_WIDTH, _HEIGHT, label, *parts)


def _said(node: NodeResult) -> str:
    if node.state == "not_applicable":
        return "does not apply"
    stage = f"{title(node.stage)}, " if node.stage else ""
    return f"{stage}{shown_score(node) or 'open'}"


def _scale(frame: _Frame) -> Iterator[Fragment]:
    reach = frame.high - frame.low
    whole = reach.denominator == 1 and frame.low.denominator == 1 and reach <= _MOST_TICKS
    steps = int(reach) if whole else 2
    ticks = [frame.low + reach * step / (steps or 1) for step in range(steps + 1)]
    path = "".join(f"M{_SCALE} {figure(frame.y(tick))}H{_WIDTH}" for tick in ticks)
    yield element("path", d=path, fill="none", stroke=LIGHT["line"], class_="line")
    texts = [element("text", number(tick), x=_SCALE - 6, y=frame.y(tick) + 4) for tick in ticks]
    yield element("g", *texts, font_size=_SIZE, text_anchor="end", fill=LIGHT["muted"], class_="muted")


def _days(frame: _Frame, days: Sequence[dt.date]) -> Iterator[Fragment]:
    """Yield the days below their points, as many as there is room for; the first and the last always."""
    width = width_of(str(days[0]), _SIZE)
    free, texts = 0.0, []
    for place, day in enumerate(days):
        x = min(max(frame.x(day), width / 2), _WIDTH - width / 2)
        is_last = place == len(days) - 1
        fits = x - width / 2 >= free and x + width * 1.6 <= frame.x(days[-1])
        if place == 0 or is_last or fits:
            texts.append(element("text", str(day), x=x, y=_HEIGHT - 6))
            free = x + width / 2 + 6
    yield element("g", *texts, font_size=_SIZE, text_anchor="middle", fill=LIGHT["muted"], class_="muted")


def _ranges(frame: _Frame, points: Sequence[tuple[dt.date, NodeResult]]) -> Iterator[Fragment]:
    path = "".join(
        f"M{figure(frame.x(day))} {figure(frame.y(node.exact.low))}V{figure(frame.y(node.exact.high))}"
        for day, node in points
        if node.exact.low is not None and node.exact.high is not None and node.exact.low != node.exact.high
    )
    if path:
        yield element("path", d=path, stroke=LIGHT["sure"], stroke_width=8, opacity=RANGE_OPACITY, class_="range")


def _line(frame: _Frame, points: Sequence[tuple[dt.date, NodeResult]]) -> Iterator[Fragment]:
    """Yield the line through the points, broken where there is none, with a mark and a figure at each."""
    path, marks, texts, pen = "", [], [], "M"
    for day, node in points:
        score = node.exact.score
        if score is None:
            pen = "M"
            continue
        x, y = frame.x(day), frame.y(score)
        path += f"{pen}{figure(x)} {figure(y)}"
        pen = "L"
        marks.append(moved(element("circle", r=4), x, y))
        top = y if node.exact.high is None else frame.y(node.exact.high)
        texts.append(element("text", shown_score(node), x=x, y=min(top - 4, y - 9)))
    if path:
        yield element("path", d=path, fill="none", stroke=LIGHT["sure"], stroke_width=2, class_="series-1 path")
        yield element("g", *marks, fill=LIGHT["sure"], class_="sure")
        ink = LIGHT["ink"]
        yield element("g", *texts, font_size=12, font_weight=600, text_anchor="middle", fill=ink, class_="ink")
