"""All criteria at a glance: one cell each, the darker the higher, with its score and signs for what is special."""

from collections.abc import Iterable, Iterator, Sequence
from math import floor

from humanai_maturity.engine.result import CriterionResult, NodeResult, ScorecardData
from humanai_maturity.engine.wording import cut_off, one_line, profile
from humanai_maturity.report.legend import Drawn, Entry, empty, legend
from humanai_maturity.report.palette import LEVELS, LIGHT
from humanai_maturity.report.svg import Fragment, element, leading, lines, moved, picture, width_of, wrap

WIDTH = 360
_COLUMNS = 2
_GAP = 4
_CELL = (WIDTH - _GAP) / _COLUMNS
_TITLE, _VALUE = 11, 12
_INSET = 8
_HEADING = 13


def heatmap(card: ScorecardData) -> Fragment:
    """Return the criteria of all dimensions as one picture, with the key to its signs below."""
    parts: list[Fragment] = []
    y = 0.0
    for node, criteria in groups(card):
        names = wrap(one_line(node.title), WIDTH, _HEADING)
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
    words = "The darker, the higher." + "".join(f" {words}." for words, found in _specials(card.criteria) if found)
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
    parts: list[Fragment] = []
    y = 0.0
    for start in range(0, len(criteria), _COLUMNS):
        row = criteria[start : start + _COLUMNS]
        values = [_value(criterion, digits) for criterion in row]
        titles = [
            wrap(one_line(criterion.title), _CELL - 2.5 * _INSET - width_of(value, _VALUE), _TITLE)
            for criterion, value in zip(row, values, strict=True)
        ]
        height = max(map(len, titles)) * leading(_TITLE) + 2 * _INSET
        for column, criterion in enumerate(row):
            cell = _cell(criterion, titles[column], values[column], height)
            parts.append(moved(cell, column * (_CELL + _GAP), y))
        y += height + _GAP
    return element("g", *parts), y - _GAP


def _cell(criterion: CriterionResult, title: Sequence[str], value: str, height: float) -> Fragment:
    level = _level(criterion)
    inside = f"on-level-{level}" if level else "ink"
    texts = (
        lines(title, _INSET, _INSET + _TITLE - 1, _TITLE),
        lines([value], _CELL - _INSET, _INSET + _VALUE - 1.5, _VALUE, font_weight=600, text_anchor="end"),
    )
    return element("g", _ground(criterion, level, height), element("g", *texts, fill=LIGHT[inside], class_=inside))


def _ground(criterion: CriterionResult, level: int, height: float) -> Fragment:
    if level:
        name = f"level-{level}"
        return element("rect", width=_CELL, height=height, rx=3, fill=LIGHT[name], class_=name)
    return empty(0, 0, _CELL, height, dashed=criterion.state == "not_applicable")


def _level(criterion: CriterionResult) -> int:
    """Return how dark a cell is, from 1 to the number of shades; 0 where there is no score."""
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
    ramp = [
        element("rect", x=place * step, width=step, height=12, fill=LIGHT[f"level-{level}"], class_=f"level-{level}")
        for place, level in enumerate(range(1, LEVELS + 1))
    ]
    text = element("text", "the darker, the higher", x=LEVELS * step + 8, y=10, font_size=11)
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
