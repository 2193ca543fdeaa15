"""Show what a real result looks like: the example of the rubric that comes along, scored when the site is built.

The picture in the README has to be there before anything is built, so it is a file. To bring it up to date:
`python docs/generated/pictures.py`.
"""

import re
from pathlib import Path

import humanai_maturity as hm
from humanai_maturity.report import chart_svg, to_html

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "rubrics" / "ai-human-cx" / "example.yaml"
FILE = ROOT / "docs" / "assets" / "result.svg"
REPORT = "example-report.html"

MARGIN = 24
SCALE = 1.4


def example() -> hm.Scorecard:
    """Return the scorecard of the example."""
    return hm.score(hm.load_rubric("ai-human-cx"), hm.load_assessment(EXAMPLE))


def for_a_page() -> str:
    """Return the figure that stands on pages of the site: charts on paper, and what they show."""
    card = example()
    drawn = (chart_svg(card, kind="ladder"), chart_svg(card, kind="radar"))
    charts = "".join(f'<div class="paper">{chart}</div>' for chart in drawn)
    scope = "; ".join(part for part in (card.scope.unit, card.scope.issue) if part)
    caption = f"An invented team, scored: {scope} [See the whole report.]({REPORT})"
    return (
        f'<figure class="result" markdown>\n<div class="charts">{charts}</div>\n'
        f"<figcaption markdown>{caption}</figcaption>\n</figure>"
    )


def for_the_readme() -> str:
    """Return the picture of the README: the ladder on white paper, so that it can be read on any background."""
    chart = chart_svg(example(), kind="ladder")
    width, height = map(float, re.findall(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', chart)[0])
    outer_width, outer_height = (f"{side + 2 * MARGIN:g}" for side in (width, height))
    placed = chart.replace("<svg ", f'<svg x="{MARGIN}" y="{MARGIN}" width="{width:g}" height="{height:g}" ', 1)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {outer_width} {outer_height}"'
        f' width="{SCALE * float(outer_width):g}" height="{SCALE * float(outer_height):g}">'
        f'<rect width="{outer_width}" height="{outer_height}" rx="6" fill="#ffffff"/>{placed}</svg>\n'
    )


def report() -> str:
    """Return the whole report of the example."""
    return to_html(example())


if __name__ == "__main__":
    FILE.write_text(for_the_readme(), encoding="utf-8")
