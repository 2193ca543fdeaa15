"""The style sheet of a page: the palette as variables, in light and in dark, and what charts take from it."""

from collections.abc import Iterator, Mapping
from importlib.resources import files

from humanai_maturity.report.palette import DARK, LEVELS, LIGHT
from humanai_maturity.report.radar import MOST_SERIES

_FILLED = ("ink", "muted", "sure", "on-sure")
_DRAWN = {"edge": "edge", "line": "line", "possible": "sure", "range": "sure", "claimed": "alert"}
"""What is drawn with a line, and the colour of that line."""


def style_sheet() -> str:
    """Return all styles of a page. Paper is always light."""
    written = files("humanai_maturity.report").joinpath("templates", "report.css").read_text(encoding="utf-8")
    light = f":root{{color-scheme:light;{_variables(LIGHT)}}}"
    dark = f"@media screen and (prefers-color-scheme:dark){{:root{{color-scheme:dark;{_variables(DARK)}}}}}"
    return "\n".join([light, dark, written, *_charts()])


def _variables(palette: Mapping[str, str]) -> str:
    return ";".join(f"--{name}:{colour}" for name, colour in palette.items())


def _charts() -> Iterator[str]:
    """Yield what gives the parts of charts the colours of the page."""
    levels = [f"level-{level}" for level in range(1, LEVELS + 1)]
    for name in (*_FILLED, *levels, *(f"on-{level}" for level in levels)):
        yield f".chart .{name}{{fill:var(--{name})}}"
    for name, colour in _DRAWN.items():
        yield f".chart .{name}{{stroke:var(--{colour})}}"
    for series in (f"series-{place}" for place in range(1, MOST_SERIES + 1)):
        yield f".chart .{series}.path{{stroke:var(--{series})}}.chart .{series}.marks{{fill:var(--{series})}}"
