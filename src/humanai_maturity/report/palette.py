"""The colours of charts and pages: every pair that is read together has the contrast that WCAG asks for at level AA."""

from collections.abc import Mapping

LIGHT: Mapping[str, str] = {
    "paper": "#ffffff",
    "wash": "#f4f7f7",
    "ink": "#14232a",
    "muted": "#4c5d66",
    "line": "#d5dde0",
    "edge": "#71828b",
    "sure": "#0f6f68",
    "on-sure": "#ffffff",
    "alert": "#9a3412",
    "level-1": "#eaf3f2",
    "level-2": "#bfe0db",
    "level-3": "#82c0b7",
    "level-4": "#1f7d74",
    "level-5": "#0b4f49",
    "on-level-1": "#14232a",
    "on-level-2": "#14232a",
    "on-level-3": "#14232a",
    "on-level-4": "#ffffff",
    "on-level-5": "#ffffff",
    "series-1": "#0f6f68",
    "series-2": "#b04a08",
    "series-3": "#4338ca",
    "series-4": "#a21578",
}
DARK: Mapping[str, str] = {
    "paper": "#11181c",
    "wash": "#182227",
    "ink": "#e8eef0",
    "muted": "#a8b7be",
    "line": "#2f3d44",
    "edge": "#788a93",
    "sure": "#5ec4b8",
    "on-sure": "#0b1a1c",
    "alert": "#f4a97f",
    "level-1": "#1b2a2e",
    "level-2": "#1d4645",
    "level-3": "#28645f",
    "level-4": "#5ec4b8",
    "level-5": "#aeeae2",
    "on-level-1": "#e8eef0",
    "on-level-2": "#e8eef0",
    "on-level-3": "#ffffff",
    "on-level-4": "#0b1a1c",
    "on-level-5": "#0b1a1c",
    "series-1": "#5ec4b8",
    "series-2": "#f2a65a",
    "series-3": "#a5b0ff",
    "series-4": "#f08fd0",
}
RANGE_OPACITY = 0.67
"""How dense the bars are that show what a score can turn out to be: what lies over them can still be seen."""
LEVELS = 5
"""How many shades a heat map has."""
