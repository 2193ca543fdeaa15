"""The command `report`: a result as something to send, to print, to paste or to calculate with."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

import humanai_maturity as hm
from humanai_maturity.cli.output import TO_FILE, write
from humanai_maturity.cli.results import score_files

if TYPE_CHECKING:
    from collections.abc import Sequence

_FORMATS = ("html", "markdown", "excel", "svg")
_CHARTS = ("ladder", "radar", "heatmap")
_BY_SUFFIX = {".md": "markdown", ".xlsx": "excel", ".svg": "svg"}


@click.command()
@click.argument("rubric")
@click.argument("answers", nargs=-1, required=True, metavar="ANSWERS...")
@click.option(
    "--format", "notation", type=click.Choice(_FORMATS), help="By default as the name of FILE ends, otherwise html."
)
@click.option("--chart", type=click.Choice(_CHARTS), help="Which chart to draw as svg; by default the ladder.")
@TO_FILE
def report(rubric: str, answers: tuple[str, ...], notation: str | None, chart: str | None, output: str | None) -> None:
    """Make a report: a page that needs nothing else, Markdown, an Excel workbook, or one chart.

    Several ANSWERS make a page that compares them: over time where they have the same scope, otherwise side by side.

    \b
    Example:
        humanai-maturity report ai-human-cx answers.yaml -o report.html
        humanai-maturity report ai-human-cx north.yaml south.yaml -o report.html
        humanai-maturity report ai-human-cx answers.yaml --format markdown
        humanai-maturity report ai-human-cx answers.yaml --chart radar -o radar.svg
    """  # noqa: D301
    notation = notation or _BY_SUFFIX.get(Path(output or "").suffix.lower(), "svg" if chart and not output else "html")
    if len(answers) > 1 and notation != "html":
        raise click.UsageError("only a report in html compares several ANSWERS")
    if chart and notation != "svg":
        raise click.UsageError("--chart is for --format svg")
    if notation == "excel" and output is None and sys.stdout.isatty():
        raise click.UsageError("a workbook cannot be shown on a terminal: name a file with -o")
    write(_made(notation, chart or "ladder", score_files(rubric, answers)), output)


def _made(notation: str, chart: str, cards: "Sequence[hm.Scorecard]") -> str | bytes:
    match notation:
        case "markdown":
            return hm.report.to_markdown(cards[0])
        case "excel":
            return hm.report.to_workbook(cards[0])
        case "svg":
            return _chart(chart, cards[0])
        case _:
            return hm.report.to_html(cards)


def _chart(kind: str, card: "hm.Scorecard") -> str:
    found = next(known for known in hm.report.CHARTS if known == kind)
    try:
        return f"{hm.report.chart_svg(card, found)}\n"
    except ValueError as error:
        raise click.UsageError(str(error)) from None
