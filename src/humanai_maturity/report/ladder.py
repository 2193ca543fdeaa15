"""The profile as a ladder: one bar for every dimension, filled as far as is sure, hatched as far as is possible."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from humanai_maturity.engine.result import NodeResult, ScorecardData, StageReached
from humanai_maturity.engine.wording import one_line, profile, shown_score, stage_span, title
from humanai_maturity.report.legend import (
    SIGN,
    Box,
    Drawn,
    Entry,
    empty,
    hatched,
    hollow_pointer,
    legend,
    pointer,
    solid,
)
from humanai_maturity.report.palette import LIGHT
from humanai_maturity.report.svg import BOLD, Fragment, element, leading, lines, moved, picture, wrap

WIDTH = 360
_NAME, _ASIDE = 13, 11.5
_BAR, _MARK, _GAP = 18, 12, 12
_INDENT, _MOST_DEPTH = 12, 8
_MOST_CELLS = 12
_MOST_LINES = 2
_LONGEST_TITLE = 28


@dataclass(frozen=True, slots=True)
class Bar:
    """Name one bar of a ladder, and what it shows."""

    name: str
    node: NodeResult
    depth: int = 0


def ladder(card: ScorecardData) -> Fragment:
    """Return the profile of a result as a picture, with the key to its signs below."""
    bars = [Bar(one_line(node.title), node, depth) for depth, node in profile(card)]
    bars.append(Bar("Overall", card.nodes[0]))
    drawn, height = _rows(bars, len(card.stages))
    below, more = _key(bars, card.stages)
    return picture(WIDTH, height + more, _in_words("Stages reached", bars, card.stages), drawn, moved(below, 0, height))


def draw(bars: Sequence[Bar], stages: Sequence[StageReached], heading: str) -> Fragment:
    """Return bars as a picture without a key."""
    drawn, height = _rows(bars, len(stages))
    return picture(WIDTH, height, _in_words(heading, bars, stages), drawn)


def key(bars: Sequence[Bar], stages: Sequence[StageReached]) -> Fragment:
    """Return the key to the signs of bars, as a picture of its own."""
    drawn, height = _key(bars, stages)
    return picture(WIDTH, height, "Key of the stages. " + "; ".join(_stage_names(stages)), drawn)


def _rows(bars: Sequence[Bar], count: int) -> Drawn:
    parts: list[Fragment] = []
    y = 0.0
    for bar in bars:
        drawn, height = _row(bar, count)
        parts.append(moved(drawn, 0, y))
        y += height + _GAP
    return element("g", *parts), y


def _in_words(heading: str, bars: Sequence[Bar], stages: Sequence[StageReached]) -> str:
    return f"{heading}. {' '.join(_said(bar, stages) for bar in bars)}"


def _said(bar: Bar, stages: Sequence[StageReached]) -> str:
    """Return one bar in words."""
    node = bar.node
    if node.state == "not_applicable":
        return f"{bar.name}: does not apply."
    if node.stage_low is None:
        return f"{bar.name}: score {shown_score(node) or 'open'}."
    point = f"{title(node.stage)}, {node.stage.number} of {len(stages)}" if node.stage else "open"
    bounds = "" if node.stage_low == node.stage_high else f", can be {stage_span(node)}"
    return f"{bar.name}: {point}{bounds}."


def _row(bar: Bar, count: int) -> Drawn:
    indent = min(bar.depth, _MOST_DEPTH) * _INDENT
    width = WIDTH - indent
    names = wrap(bar.name, width * 0.5, _NAME * BOLD)
    asides = [line for text in _asides(bar.node) for line in wrap(text, width * 0.48, _ASIDE)]
    below = 0.0
    if len(names) > _MOST_LINES:
        names = wrap(bar.name, width, _NAME * BOLD)
        below = len(names) * leading(_NAME)
    top = max(len(names) * leading(_NAME), below + len(asides) * leading(_ASIDE)) + _MARK
    parts = [
        lines(names, 0, _NAME, _NAME, font_weight=600, fill=LIGHT["ink"], class_="ink"),
        lines(asides, width, below + _NAME, _ASIDE, text_anchor="end", fill=LIGHT["muted"], class_="muted"),
        moved(element("g", *_bar(bar.node, width, count)), 0, top),
    ]
    return moved(element("g", *parts), indent, 0), top + _BAR


def _asides(node: NodeResult) -> list[str]:
    """Return what stands at the end of the line: the stage with the score, and what it can turn out to be."""
    if node.state == "not_applicable":
        return ["does not apply"]
    score = shown_score(node)
    if node.stage_low is None:
        return [score or "open"]
    point = " · ".join(part for part in (_short(node.stage) if node.stage else "open", score) if part)
    bounds = f"{_short(node.stage_low)} to {_short(node.stage_high)}"
    return [point] if node.stage_low == node.stage_high else [point, bounds]


def _short(stage: StageReached | None) -> str:
    """Return a stage's title, or its number where the title is long: the key has it in full."""
    name = title(stage)
    return name if stage is None or len(name) <= _LONGEST_TITLE else f"Stage {stage.number}"


def _bar(node: NodeResult, width: float, count: int) -> Iterator[Fragment]:
    if node.state == "not_applicable":
        yield empty((0, 0, width, _BAR), dashed=True)
    elif node.stage_low is None or node.stage_high is None:
        yield from _scale(node, width)
    else:
        yield from _cells(node.stage_low.number, node.stage_high.number, width, count)
        yield from _marks(node, width / count)


def _cells(low: int, high: int, width: float, count: int) -> Iterator[Fragment]:
    """Yield one cell for every stage, each with its number where there is room."""
    gap = 3 if count <= _MOST_CELLS else 0.5
    step = (width + gap) / count
    boxes: list[Box] = [((stage - 1) * step, 0, step - gap, _BAR) for stage in range(1, count + 1)]
    for drawn, part in ((solid, boxes[:low]), (hatched, boxes[low:high]), (empty, boxes[high:])):
        if part:
            yield drawn(*part)
    if count <= _MOST_CELLS:
        sure = [_number(stage, (stage - 0.5) * step - gap / 2) for stage in range(1, low + 1)]
        rest = [_number(stage, (stage - 0.5) * step - gap / 2) for stage in range(high + 1, count + 1)]
        for name, numbers in (("on-sure", sure), ("muted", rest)):
            yield element("g", *numbers, font_size=10.5, text_anchor="middle", fill=LIGHT[name], class_=name)


def _number(stage: int, x: float) -> Fragment:
    return element("text", str(stage), x=x, y=_BAR - 5)


def _marks(node: NodeResult, step: float) -> Iterator[Fragment]:
    if node.stage is not None:
        yield pointer((node.stage.number - 0.5) * step, -1)
    if _is_held_down(node) and node.stage_raw is not None:
        yield hollow_pointer((node.stage_raw.number - 0.5) * step, -1)


def _is_held_down(node: NodeResult) -> bool:
    return node.stage_raw is not None and node.stage_raw != node.stage


def _is_open_to_change(node: NodeResult) -> bool:
    """Return whether the bar of a node has a hatched part."""
    if node.stage_low is None:
        return node.exact.low != node.exact.high
    return node.stage_low != node.stage_high


def _scale(node: NodeResult, width: float) -> Iterator[Fragment]:
    """Yield the bar of a node that has scores and no stages."""
    exact = node.exact
    yield empty((0, 0, width, _BAR))
    if exact.low is None or exact.high is None or exact.minimum is None or exact.maximum is None:
        return
    reach = float(exact.maximum - exact.minimum) or 1.0
    low, high = (float(value - exact.minimum) / reach * width for value in (exact.low, exact.high))
    if low > 0:
        yield solid((0, 0, low, _BAR))
    if high - low > 1:
        yield hatched((low, 0, high - low, _BAR))
    if exact.score is not None:
        yield pointer(min(max(float(exact.score - exact.minimum) / reach * width, 6), width - 6), -1)


def _key(bars: Iterable[Bar], stages: Sequence[StageReached]) -> Drawn:
    """Draw the meaning of the signs, of those that are there, and then the stages by their numbers."""
    nodes = [bar.node for bar in bars]
    signs, height = legend(_signs(nodes), WIDTH)
    staged = any(node.stage_low is not None for node in nodes)
    names, more = legend(map(Entry, _stage_names(stages) if staged else ()), WIDTH)
    gap = 4 if more else 0
    return element("g", signs, moved(names, 0, height + gap)), height + gap + more


def _stage_names(stages: Sequence[StageReached]) -> list[str]:
    return [f"{stage.number} {one_line(stage.title)}" for stage in stages]


def _signs(nodes: Sequence[NodeResult]) -> Iterator[Entry]:
    if any(node.exact.score is not None for node in nodes):
        yield Entry("as answered", pointer(6, 10))
    if any(map(_is_held_down, nodes)):
        yield Entry("by its own rules alone", hollow_pointer(6, 10))
    if any(node.exact.low is not None for node in nodes):
        yield Entry("sure", solid(SIGN))
        yield Entry("not reached", empty(SIGN))
    if any(map(_is_open_to_change, nodes)):
        yield Entry("possible", hatched(SIGN))
