"""One chart of a result, as SVG that stands by itself."""

from typing import Literal, TypeAlias, get_args

from humanai_maturity.engine import Scorecard
from humanai_maturity.report.heatmap import heatmap
from humanai_maturity.report.ladder import ladder
from humanai_maturity.report.radar import radar

ChartKind: TypeAlias = Literal["ladder", "radar", "heatmap"]
CHARTS: tuple[ChartKind, ...] = get_args(ChartKind)


def chart_svg(card: Scorecard, kind: ChartKind = "ladder") -> str:
    """Draw one chart of a scorecard, to be put into a page or a file: SVG without scripts, styles or ids.

    Its colours are presentation attributes for a light background, so style sheets can replace them by its classes.

    Args:
        card: The scorecard.
        kind: `ladder` is the profile with bounds, `radar` the scores of the top dimensions, `heatmap` all criteria.

    Raises:
        ValueError: If there is no such kind, or the rubric has too few dimensions for a radar.

    Example:
        >>> import humanai_maturity as hm
        >>> chart_svg(hm.score("ai-human-cx", {"data.sources": "owned"}))[:49]
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="'
    """
    if kind not in CHARTS:
        message = f"there is no chart {kind!r}: take one of {', '.join(map(repr, CHARTS))}"
        raise ValueError(message)
    match kind:
        case "ladder":
            return str(ladder(card.data))
        case "heatmap":
            return str(heatmap(card.data))
        case "radar":
            drawn = radar([("", card.data)])
            if drawn is None:
                message = "a radar needs three dimensions or more, and something that applies: take 'ladder'"
                raise ValueError(message)
            return str(drawn)
