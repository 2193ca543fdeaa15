"""The report as one HTML page that needs nothing else: no script, no font, no picture from elsewhere."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import TYPE_CHECKING

from humanai_maturity.engine import Scorecard
from humanai_maturity.engine.advice_words import MOST_TOLD
from humanai_maturity.engine.result import ScorecardData
from humanai_maturity.engine.wording import one_line
from humanai_maturity.errors import MissingExtraError
from humanai_maturity.report.comparison import ComparedNode, Comparison, compare
from humanai_maturity.report.contents import contents
from humanai_maturity.report.course import course
from humanai_maturity.report.heatmap import groups, heatmap_key, heatmap_of
from humanai_maturity.report.ladder import Bar, draw, key, ladder
from humanai_maturity.report.looks import style_sheet
from humanai_maturity.report.radar import radar
from humanai_maturity.report.svg import Fragment, breakable

if TYPE_CHECKING:
    from jinja2 import Environment

_MOST_BARS = 9
"""So many bars fit beside the first words; more of them stand in a section of their own."""


def to_html(card: Scorecard | Iterable[Scorecard]) -> str:
    """Write results as one HTML page that can be sent, printed and kept: it loads nothing and runs nothing.

    Several results of one rubric are compared: those of one scope on different days as a course over time, all
    others side by side.

    Args:
        card: The scorecard, or several.

    Raises:
        AnswerError: If there is no scorecard, or if they come from different rubrics.
        MissingExtraError: If jinja2 is not installed.

    Example:
        >>> import humanai_maturity as hm
        >>> page = to_html(hm.score("ai-human-cx", {"data.sources": "owned"}))
        >>> page[:15], "<script" in page
        ('<!doctype html>', False)
    """
    cards = [card.data] if isinstance(card, Scorecard) else [each.data for each in card]
    if len(cards) == 1:
        return _page("one.html.jinja", result=contents(cards[0]), charts=_charts(cards[0]))
    comparison = compare(cards)
    return _page("several.html.jinja", comparison=comparison, charts=_charts_of_several(comparison))


def _page(template: str, **values: object) -> str:
    return _environment().get_template(template).render(style=Fragment(style_sheet()), **values)


@cache
def _environment() -> "Environment":
    """Return what reads templates: everything that is no fragment gets escaped, and nothing may be missing."""
    try:
        from jinja2 import Environment, PackageLoader, StrictUndefined  # noqa: PLC0415 - an extra
    except ModuleNotFoundError as error:
        raise MissingExtraError("the HTML report", "report") from error
    loader = PackageLoader("humanai_maturity.report")
    environment = Environment(
        loader=loader,
        autoescape=True,
        finalize=breakable,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["most_steps"] = MOST_TOLD
    return environment


def _charts(card: ScorecardData) -> Mapping[str, object]:
    """Return the pictures of one result, by the names that the template has for them."""
    return {
        "ladder": ladder(card),
        "is_tall": len(card.nodes) > _MOST_BARS,
        "radar": radar([("", card)]),
        "maps": [
            (one_line(node.title), heatmap_of(node, criteria, card.rubric.digits)) for node, criteria in groups(card)
        ],
        "map_key": heatmap_key(card),
    }


def _charts_of_several(comparison: Comparison) -> Mapping[str, object]:
    """Return the pictures of several results: for every dimension a course over time, or ladders side by side."""
    shown = comparison.nodes[:1] if comparison.is_large and not comparison.is_over_time else comparison.nodes
    rows = [
        (row.name, _course(row, comparison) if comparison.is_over_time else _bars(row, comparison)) for row in shown
    ]
    bars = [Bar("", node) for row in shown for node in row.nodes if node is not None]
    return {
        "rows": rows,
        "key": None if comparison.is_over_time else key(bars, comparison.cards[0].stages),
        "radar": radar(list(zip(comparison.names, comparison.cards, strict=True))),
    }


def _course(row: ComparedNode, comparison: Comparison) -> Fragment:
    days = [card.date for card in comparison.cards]
    points = [(day, node) for day, node in zip(days, row.nodes, strict=True) if day is not None and node is not None]
    return course(row.name, points)


def _bars(row: ComparedNode, comparison: Comparison) -> Fragment:
    named = zip(comparison.names, row.nodes, strict=True)
    return draw([Bar(name, node) for name, node in named if node is not None], comparison.cards[0].stages, row.name)
