"""All criteria at a glance: one cell each in the shade of its score, with the score and signs for what is special."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import floor

from humanai_maturity.engine.result import CriterionResult, NodeResult, ScorecardData
from humanai_maturity.engine.wording import cut_off, one_line, profile
from humanai_maturity.report.legend import Box, Drawn, Entry, empty, filled, legend
from humanai_maturity.report.palette import LEVELS, LIGHT
from humanai_maturity.report.svg import BOLD, Fragment, element, leading, lines, moved, picture, width_of, wrap

WIDTH = 360
_COLUMNS = 2
_GAP = 4
_CELL = (WIDTH - _GAP) / _COLUMNS
_TITLE = 11
_INSET = 8
_HEADING = 13


def heatmap(card: ScorecardData) -> Fragment:
    """Return the criteria of all dimensions as one picture, with the key to its signs below."""
    parts: list[Fragment] = []
    y = 0.0
    for node, criteria in groups(card):
        names = wrap(one_line(node.title), WIDTH, _HEADING * BOLD)
        parts.append(lines(names, 0, y + _HEADING, _HEADING, font_weight=600, fill=LIGHT["ink"], class_="ink"))
        y += len(names) * leading(_HEADING) + 5
        drawn, height = _block(criteria, card.rubric.digits)
        parts.append(moved(drawn, 0, y))
        y += height + 14
    drawn, height = _key(card.criteria)
    parts.append(moved(drawn, 0, y))
    label = "Heat map of the criteria. " + " ".join(_said(*group, card.rubric.digits) for group in groups(card))
    return picture(WIDTH, y + height + 2, label, *parts)


def heatmap_of(node: NodeResult, criteria: Sequence[CriterionResult], digits: int) -> Fragment:
    """Return the criteria of one dimension as a picture, without heading and key."""
    drawn, height = _block(criteria, digits)
    return picture(WIDTH, height, f"Heat map. {_said(node, criteria, digits)}", drawn)


def heatmap_key(card: ScorecardData) -> Fragment:
    """Return the key to the signs, as a picture of its own."""
    drawn, height = _key(card.criteria)
    words = "Shades from the lowest to the highest." + "".join(
        f" {words}." for words, found in _specials(card.criteria) if found
    )
    return picture(WIDTH, height, f"Key of the heat map. {words}", drawn)


def groups(card: ScorecardData) -> Iterator[tuple[NodeResult, list[CriterionResult]]]:
    """Yield every dimension that has criteria of its own, with them."""
    for _, node in profile(card):
        criteria = [criterion for criterion in card.criteria if criterion.parent == node.id]
        if criteria:
            yield node, criteria


def is_held_down(criterion: CriterionResult) -> bool:
    """Return whether a criterion counts for less than its answer claims."""
    claimed, score = criterion.exact.claimed, criterion.exact.score
    return claimed is not None and score is not None and score < claimed


def _block(criteria: Sequence[CriterionResult], digits: int) -> Drawn:
    """Draw the cells of one dimension, those of one shade together: that halves the size of large charts."""
    cells: dict[str, list[_Cell]] = {}
    y = 0.0
    for start in range(0, len(criteria), _COLUMNS):
        row = [(criterion, _value(criterion, digits)) for criterion in criteria[start : start + _COLUMNS]]
        titles = [wrap(one_line(each.title), _room_beside(value), _TITLE) for each, value in row]
        height = max(map(len, titles)) * leading(_TITLE) + 2 * _INSET
        for column, (criterion, value) in enumerate(row):
            box = (column * (_CELL + _GAP), y, _CELL, height)
            cells.setdefault(_shade(criterion), []).append(_Cell(box, titles[column], value))
        y += height + _GAP
    return element("g", *(_shaded(*group) for group in cells.items()), font_size=_TITLE), y - _GAP


@dataclass(frozen=True, slots=True)
class _Cell:
    box: Box
    title: Sequence[str]
    value: str

    @property
    def baseline(self) -> float:
        return self.box[1] + _INSET + _TITLE - 1


def _room_beside(value: str) -> float:
    """Return how wide a title may be beside the value in its cell."""
    return _CELL - 2.5 * _INSET - width_of(value, _TITLE * BOLD)


def _shaded(shade: str, cells: Sequence[_Cell]) -> Fragment:
    boxes = [cell.box for cell in cells]
    inside = f"on-{shade}" if shade in LIGHT else "ink"
    ground = filled(*boxes, colour=shade) if shade in LIGHT else empty(*boxes, dashed=shade == "away")
    titles = [lines(cell.title, cell.box[0] + _INSET, cell.baseline, _TITLE, inherited=True) for cell in cells]
    values = [element("text", cell.value, x=cell.box[0] + _CELL - _INSET, y=cell.baseline) for cell in cells]
    bold = element("g", *values, font_weight=700, text_anchor="end")
    return element("g", ground, *titles, bold, fill=LIGHT[inside], class_=inside)


def _shade(criterion: CriterionResult) -> str:
    """Return the colour of a cell, or why it has none."""
    level = _level(criterion)
    return f"level-{level}" if level else "away" if criterion.state == "not_applicable" else "open"


def _level(criterion: CriterionResult) -> int:
    """Return the shade of a cell, from 1 for the lowest; 0 where there is no score."""
    exact = criterion.exact
    if exact.score is None or exact.minimum is None or exact.maximum is None:
        return 0
    if exact.minimum == exact.maximum:
        return LEVELS
    share = (exact.score - exact.minimum) / (exact.maximum - exact.minimum)
    return min(LEVELS, 1 + floor(share * LEVELS))


def _value(criterion: CriterionResult, digits: int) -> str:
    if criterion.state == "not_applicable":
        return "n/a"
    if criterion.exact.score is None:
        return "?"
    return f"{'▾ ' if is_held_down(criterion) else ''}{cut_off(criterion.exact.score, digits)}"


def _key(criteria: Iterable[CriterionResult]) -> Drawn:
    found = [Entry(words) for words, there in _specials(criteria) if there]
    step = 16
    ramp = [filled((level * step - step, 0, step, 12), colour=f"level-{level}") for level in range(1, LEVELS + 1)]
    text = element("text", "from the lowest to the highest", x=LEVELS * step + 8, y=10, font_size=11)
    first = element("g", *ramp, element("g", text, fill=LIGHT["muted"], class_="muted"))
    drawn, height = legend(found, WIDTH)
    return element("g", first, moved(drawn, 0, 20)), 20 + height


def _specials(criteria: Iterable[CriterionResult]) -> list[tuple[str, bool]]:
    """Return the meaning of every sign, and whether it is there."""
    rows = list(criteria)
    return [
        ("? not known", any(row.state == "unknown" for row in rows)),
        ("n/a does not apply", any(row.state == "not_applicable" for row in rows)),
        ("▾ counts for less than is claimed", any(map(is_held_down, rows))),
    ]


def _said(node: NodeResult, criteria: Iterable[CriterionResult], digits: int) -> str:
    """Return the cells of one dimension in words."""
    words = {"not_applicable": "does not apply", "unknown": "not known"}
    cells = (
        f"{one_line(row.title)} "
        + (cut_off(row.exact.score, digits) if row.exact.score is not None else words.get(row.state, "open"))
        for row in criteria
    )
    return f"{one_line(node.title)}: {'; '.join(cells)}."
