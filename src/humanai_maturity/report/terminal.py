"""A scorecard on a terminal: the profile first, as ladders that need neither colour nor Unicode."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from humanai_maturity.engine import Scorecard
from humanai_maturity.engine.advice_words import MOST_TOLD, step_lines, team_lines
from humanai_maturity.engine.result import NodeResult, ScorecardData
from humanai_maturity.engine.wording import (
    MORE_DIGITS,
    before,
    blocker_lines,
    flag_state,
    number,
    one_line,
    open_scores,
    open_stages,
    percent,
    profile,
    score_bounds,
    score_span,
    sentence,
    shown_score,
    shown_stage,
    title,
)
from humanai_maturity.errors import MissingExtraError
from humanai_maturity.model.rubric import OVERALL

try:
    from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
    from rich.measure import Measurement
    from rich.padding import Padding
    from rich.table import Table
    from rich.text import Text
except ModuleNotFoundError as error:
    raise MissingExtraError("the report on a terminal", "cli") from error

_HEADING = "bold"
_ASIDE = "dim"
_MOST_CELLS = 12
_MOST_UNKNOWNS = 10


@dataclass(frozen=True, slots=True)
class _Signs:
    sure: str
    possible: str
    beyond: str
    point: str


_BLOCKS = _Signs(sure="█", possible="▒", beyond="·", point="◆")
_LETTERS = _Signs(sure="#", possible="+", beyond=".", point="O")


def show(card: Scorecard, console: Console | None = None) -> None:
    """Print a scorecard.

    Args:
        card: The scorecard.
        console: Where to; by default the standard output, with colours where it can show them.

    Example:
        >>> import humanai_maturity as hm
        >>> show(hm.score("ai-human-cx", {}), Console(width=70, no_color=True))  # doctest: +ELLIPSIS
        AI and human maturity in customer experience ...
    """
    (console or Console()).print(render(card))


def render(card: Scorecard) -> RenderableType:
    """Return a scorecard as something that rich can print: as wide as there is room, in ASCII where that is all."""
    data = card.data
    parts: list[RenderableType] = [*_head(data), Text(), _profile(data), *_without_point(data), Text(), _legend(data)]
    for heading, lines in (
        ("Held down", _held_down(data)),
        (_flags_heading(data), _flags(data)),
        (_next_stage(data), _blockers(data)),
        ("What to do next", _next_steps(data)),
        ("Team", map(_item, team_lines(data))),
        ("Lost first", _losses(data)),
        ("Not known", _unknowns(data)),
        ("Changed by overlays", (_item(f"{one_line(change)}.") for change in data.overrides)),
    ):
        found = list(lines)
        if found:
            parts += [Text(), Text(heading, style=_HEADING), *found]
    return Group(*parts)


@dataclass(frozen=True, slots=True)
class _Ladder:
    """Draw the stages of one row: filled as far as is sure, hatched as far as is possible, with a mark at the point."""

    low: int
    high: int
    point: int | None
    count: int

    def __rich_console__(self, _console: Console, options: ConsoleOptions) -> RenderResult:
        signs = _signs(options)
        yield Text(" ").join(self._cell(stage, signs) for stage in range(1, self.count + 1))

    def __rich_measure__(self, _console: Console, _options: ConsoleOptions) -> Measurement:
        return Measurement(self.count * 3 - 1, self.count * 3 - 1)

    def _cell(self, stage: int, signs: _Signs) -> Text:
        if stage <= self.low:
            fill, style = signs.sure, "cyan"
        elif stage <= self.high:
            fill, style = signs.possible, "yellow"
        else:
            fill, style = signs.beyond, _ASIDE
        cell = Text(fill, style=style)
        return cell.append(signs.point, style="bold") if stage == self.point else cell.append(fill)


@dataclass(frozen=True, slots=True)
class _Legend:
    """Say what the signs of the table mean, of those that are there."""

    ladders: bool
    bounds: bool
    without_point: bool
    without_stage: bool

    def __rich_console__(self, _console: Console, options: ConsoleOptions) -> RenderResult:
        signs = _signs(options)
        meanings = (
            (signs.sure, "sure"),
            (signs.possible, "possible"),
            (signs.point, "as answered"),
            (signs.beyond, "not reached"),
        )
        if self.ladders:
            yield Text("   ".join(f"{sign} {meaning}" for sign, meaning in meanings), style=_ASIDE)
        if self.bounds:
            yield Text("a to b: what it can turn out to be; scores rounded outward", style=_ASIDE)
        if self.without_point:
            yield Text("open: there is no point, for the reason given above", style=_ASIDE)
        if self.without_stage:
            yield Text("-: it has a score and no stage", style=_ASIDE)
        yield Text("Known: the answered share of the weight that applies, cut off", style=_ASIDE)


def _legend(card: ScorecardData) -> _Legend:
    shown = [node for node in card.nodes if node.state != "not_applicable"]
    return _Legend(
        ladders=len(card.stages) <= _MOST_CELLS and any(node.stage_low is not None for node in shown),
        bounds=any(node.exact.low != node.exact.high or node.stage_low != node.stage_high for node in shown),
        without_point=any(_is_open(node) for node in shown),
        without_stage=any(node.stage_low is None for node in shown),
    )


def _is_open(node: NodeResult) -> bool:
    """Return whether a node that applies has no point."""
    return node.state != "not_applicable" and node.exact.score is None


def _without_point(card: ScorecardData) -> Iterator[RenderableType]:
    """Yield why nodes have no point."""
    found = [node for node in (*card.nodes[1:], card.nodes[0]) if _is_open(node)]
    if found:
        yield Text()
    for node in found:
        name = "Overall" if node.id == OVERALL else one_line(node.title)
        why = "; ".join(reason.text for reason in node.reasons) or "nothing gives it a score"
        yield _item(f"{name}: {why}.")


def _signs(options: ConsoleOptions) -> _Signs:
    return _LETTERS if options.ascii_only else _BLOCKS


def _head(card: ScorecardData) -> Iterator[Text]:
    yield Text(f"{one_line(card.rubric.title)} {one_line(card.rubric.version)}", style=_HEADING)
    scope = card.scope
    parts = [one_line(part) for part in (scope.unit, scope.journey, scope.issue, *scope.channels) if part]
    if card.date is not None:
        parts.append(card.date.isoformat())
    if parts:
        yield Text("; ".join(parts))


def _profile(card: ScorecardData) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0), header_style=_ASIDE)
    table.add_column("Dimension", overflow="fold")
    table.add_column("Stages", no_wrap=True)
    table.add_column("Stage", overflow="fold")
    table.add_column("Score", no_wrap=True)
    table.add_column("Known", no_wrap=True, justify="right")
    for depth, node in profile(card):
        table.add_row(*_row(f"{'  ' * depth}{one_line(node.title)}", node, card))
    table.add_row(Text())
    table.add_row(*_row("Overall", card.nodes[0], card), style=_HEADING)
    return table


def _row(name: str, node: NodeResult, card: ScorecardData) -> Iterator[RenderableType]:
    yield Text(name)
    if node.state == "not_applicable":
        yield from (Text(), Text("does not apply"))
        return
    yield _ladder(node, len(card.stages))
    yield _two_lines(shown_stage(node), open_stages(node))
    yield _two_lines(shown_score(node) or "open", open_scores(node, card.rubric.digits))
    yield Text(percent(node.exact.coverage or Fraction(0)))


def _ladder(node: NodeResult, count: int) -> RenderableType:
    if node.stage_low is None or node.stage_high is None:
        return Text()
    point = node.stage.number if node.stage is not None else None
    if count > _MOST_CELLS:
        return Text(f"{node.stage_low.number} to {node.stage_high.number} of {count}")
    return _Ladder(node.stage_low.number, node.stage_high.number, point, count)


def _two_lines(point: str, bounds: str) -> Text:
    """Return a point with its bounds below, where they say more than the point."""
    text = Text(point)
    return text.append(f"\n{bounds}", style=_ASIDE) if bounds else text


def _held_down(card: ScorecardData) -> Iterator[RenderableType]:
    """Yield why dimensions, or the whole, stand lower than their own rules say."""
    for node in card.nodes:
        if node.stage_raw is not None and node.stage_raw != node.stage:
            reasons = " ".join(sentence(reason.text) for reason in node.reasons)
            name = "Overall" if node.id == OVERALL else one_line(node.title)
            yield _item(f"{name}: {title(node.stage)} instead of {title(node.stage_raw)}. {reasons}")


def _flags_heading(card: ScorecardData) -> str:
    """Return the heading of the flags with what their signs mean, of those that are there."""
    states = {flag.state for flag in card.flags}
    told = [flag.remedy for flag in card.flags if flag.state != "clear" and flag.remedy]
    signs = (("raised" in states, "! raised"), ("possible" in states, "? possible"), (bool(told), "> what to do"))
    return f"Flags ({', '.join(meaning for there, meaning in signs if there)})"


def _flags(card: ScorecardData) -> Iterator[RenderableType]:
    for state, sign in (("raised", "!"), ("possible", "?")):
        for flag in card.flags:
            if flag.state != state:
                continue
            text = Text(one_line(flag.title or flag.id), style=_HEADING)
            text.append(f" ({flag.severity}): {flag_state(flag)}. {sentence(flag.says)}", style="not bold")
            yield _item(text, sign=sign)
            if flag.remedy:
                yield _item(sentence(flag.remedy), depth=1, sign=">")


def _next_stage(card: ScorecardData) -> str:
    stage = next((blocker.stage for blocker in card.blockers if blocker.node == OVERALL), None)
    return before(stage).rstrip(":")


def _blockers(card: ScorecardData) -> Iterator[RenderableType]:
    found = [blocker for blocker in card.blockers if blocker.node == OVERALL]
    yield from (_item(text, depth) for depth, text in blocker_lines(found))


def _next_steps(card: ScorecardData) -> Iterator[RenderableType]:
    for step in card.next_steps[:MOST_TOLD]:
        head, *lines = step_lines(step, card)
        yield _item(Text(head, style=_HEADING))
        yield from (Padding(Text(line), (0, 0, 0, 2)) for line in lines)


def _losses(card: ScorecardData) -> Iterator[RenderableType]:
    places = card.rubric.digits + MORE_DIGITS
    titles = {criterion.id: one_line(criterion.title) for criterion in card.criteria}
    for loss in card.first_lost:
        drop = f"from {number(loss.claimed, places)} to {number(loss.falls_to, places)}"
        yield _item(f"{titles[loss.criterion]}: {drop} takes the whole to {title(loss.stage)}.")


def _unknowns(card: ScorecardData) -> Iterator[RenderableType]:
    unknown = [row for row in (*card.criteria, *card.facts) if row.state == "unknown"]
    for row in unknown[:_MOST_UNKNOWNS]:
        why = "; ".join(reason.text for reason in row.reasons)
        low, high = score_bounds(row, card.rubric.digits)
        worth = f"it is {low} in any case" if low == high else f"so anything {score_span(row, card.rubric.digits)}"
        yield _item(f"{one_line(row.title)} ({row.id}): {why}, {worth}.")
    if len(unknown) > _MOST_UNKNOWNS:
        yield _item(f"{len(unknown) - _MOST_UNKNOWNS} more")


def _item(text: str | Text, depth: int = 0, sign: str = "-") -> RenderableType:
    """Return one entry of a list, whose further lines are indented as far as the first."""
    row = Table.grid(padding=(0, 1, 0, 0))
    row.add_column(width=1)
    row.add_column(overflow="fold")
    row.add_row(Text(sign), Text(text) if isinstance(text, str) else text)
    return Padding(row, (0, 0, 0, 2 * depth))
