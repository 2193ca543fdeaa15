"""The report as an Excel workbook: the same sections as tables to sort and filter, and a chart to restyle."""

import datetime as dt
from collections.abc import Iterable, Sequence
from fractions import Fraction
from io import BytesIO
from typing import TYPE_CHECKING

from humanai_maturity.engine import Scorecard
from humanai_maturity.engine.result import ScorecardData
from humanai_maturity.engine.wording import LIKE_A_FORMULA, one_line, profile, title
from humanai_maturity.errors import MissingExtraError
from humanai_maturity.report.contents import Contents, contents
from humanai_maturity.report.palette import LIGHT
from humanai_maturity.report.view import Item

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

_LONGEST = 32_767
"""So many letters fit into a cell."""
_SCORE = 4
"""The column of the scores in the profile."""
_NO_DATE = dt.date(2000, 1, 1)
"""When a workbook was made, where its result has no date: the same result always gives the same bytes."""


def to_workbook(card: Scorecard) -> bytes:
    """Write a scorecard as an Excel workbook: profile with a chart, criteria, what is next, what is open, method.

    Nothing in it is a formula, whatever the texts of rubric and answers begin with.

    Args:
        card: The scorecard.

    Raises:
        MissingExtraError: If XlsxWriter is not installed.

    Example:
        >>> import humanai_maturity as hm
        >>> to_workbook(hm.score("ai-human-cx", {"data.sources": "owned"}))[:2]
        b'PK'
    """
    try:
        from xlsxwriter import Workbook  # noqa: PLC0415 - an extra
    except ModuleNotFoundError as error:
        raise MissingExtraError("the Excel workbook", "excel") from error
    data, report, file = card.data, contents(card.data), BytesIO()
    workbook = Workbook(file, {"in_memory": True})
    created = dt.datetime.combine(data.date or _NO_DATE, dt.time(), dt.UTC)
    workbook.set_properties({"title": report.title[:255], "created": created})
    sheets = _Sheets(workbook)
    _profile(sheets, report, data)
    _criteria(sheets, report, data)
    _steps(sheets, report)
    _before(sheets, report)
    _open(sheets, report)
    sheets.add("Method", ("How this was worked out",), [(line,) for line in report.method], (100,))
    workbook.close()
    return file.getvalue()


class _Sheets:
    """Add sheets that look alike: a head that stays in sight, and cells that wrap."""

    def __init__(self, workbook: "Workbook") -> None:
        self.workbook = workbook
        self._head = workbook.add_format({"bold": True, "bottom": 1, "valign": "top"})
        self._text = workbook.add_format({"text_wrap": True, "valign": "top"})
        self._quoted = workbook.add_format({"text_wrap": True, "valign": "top", "quote_prefix": True})

    def add(
        self,
        name: str,
        heads: Sequence[str],
        rows: Iterable[Sequence[str | float | None]],
        widths: Sequence[float],
    ) -> "Worksheet":
        """Add a sheet with one table. Text is written as text, and cannot become a formula when it is edited."""
        sheet = self.workbook.add_worksheet(name)
        for column, (head, width) in enumerate(zip(heads, widths, strict=True)):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, head, self._head)
        for place, row in enumerate(rows, 1):
            for column, value in enumerate(row):
                self._write(sheet, place, column, value)
        sheet.freeze_panes(1, 0)
        return sheet

    def _write(self, sheet: "Worksheet", row: int, column: int, value: str | float | None) -> None:
        if isinstance(value, str):
            sheet.write_string(row, column, value[:_LONGEST], self._format(value))
        elif value is not None:
            sheet.write_number(row, column, value, self._text)

    def _format(self, text: str) -> "Format":
        return self._quoted if text.startswith(LIKE_A_FORMULA) else self._text


def _profile(sheets: _Sheets, report: Contents, card: ScorecardData) -> None:
    nodes = [*(node for _, node in profile(card)), card.nodes[0]]
    rows = [
        (
            f"{'  ' * row.depth}{row.name}",
            row.stage,
            title(node.stage_low) if node.stage_low else None,
            title(node.stage_high) if node.stage_high else None,
            node.score,
            node.low,
            node.high,
            node.coverage,
        )
        for row, node in zip(report.standings, nodes, strict=True)
    ]
    heads = ("Dimension", "Stage", "Lowest stage", "Highest stage", "Score", "Lowest", "Highest", "Known")
    sheet = sheets.add("Profile", heads, rows, (30, 16, 16, 16, 10, 10, 10, 10))
    _chart(sheets, sheet, len(rows), card.nodes[0].exact.maximum)


def _chart(sheets: _Sheets, sheet: "Worksheet", count: int, most: Fraction | None) -> None:
    """Add a native chart of the scores below the table of the profile."""
    chart = sheets.workbook.add_chart({"type": "bar"})
    chart.add_series(
        {
            "name": "Score",
            "categories": ["Profile", 1, 0, count, 0],
            "values": ["Profile", 1, _SCORE, count, _SCORE],
            "fill": {"color": LIGHT["sure"]},
            "data_labels": {"value": True, "num_format": "0.0"},
        }
    )
    scale = {"max": float(most)} if most else {}
    chart.set_x_axis({"min": 0, "major_gridlines": {"visible": False}, **scale})
    chart.set_y_axis({"reverse": True})
    chart.set_legend({"none": True})
    chart.set_title({"name": "Scores"})
    chart.set_size({"width": 720, "height": 120 + 34 * count})
    sheet.insert_chart(count + 3, 0, chart, {"description": "Bar chart of the scores in the table above."})


def _criteria(sheets: _Sheets, report: Contents, card: ScorecardData) -> None:
    found = {criterion.id: criterion for criterion in (*card.criteria, *card.facts)}
    rows = [
        (
            name,
            row.id,
            row.name,
            row.answer,
            row.stage,
            found[row.id].claimed,
            found[row.id].score,
            found[row.id].low,
            found[row.id].high,
            row.evidence,
            " ".join(row.remarks),
        )
        for name, criteria in report.criteria
        for row in criteria
    ]
    heads = ("Dimension", "Id", "Criterion", "Answer", "Stage", "Claimed", "Score", "Lowest", "Highest", "Evidence")
    widths = (20, 24, 30, 30, 14, 9, 9, 9, 9, 14, 60)
    sheet = sheets.add("Criteria", (*heads, "Why, and where from"), rows, widths)
    sheet.autofilter(0, 0, len(rows), len(widths) - 1)


def _steps(sheets: _Sheets, report: Contents) -> None:
    rows = [
        (step.do, step.about, step.owner, step.effort, step.impact, step.why, step.effect, step.look_at)
        for step in report.steps
    ]
    heads = ("What to do", "For", "Owner", "Effort", "Impact", "Why", "What it changes", "Evidence to look at")
    sheets.add("Next steps", heads, rows, (50, 30, 22, 10, 10, 40, 40, 50))


def _before(sheets: _Sheets, report: Contents) -> None:
    rows = [("Overall", report.next_heading, text) for text in _flat(report.next_items)]
    for each in report.next_of_dimensions:
        rows += [(each.name, f"Before {each.stage}", text) for text in _flat(each.items)]
    rows += [(flag.name, flag.state, " ".join(filter(None, (flag.says, flag.remedy)))) for flag in report.flags]
    sheets.add("In the way", ("What", "When", "Text"), rows, (28, 28, 90))


def _open(sheets: _Sheets, report: Contents) -> None:
    rows = [(row.name, row.where, row.why, row.worth, row.note) for row in report.unknowns]
    sheets.add("Not known", ("Question", "Belongs to", "Why", "Can be worth", "Note"), rows, (30, 20, 50, 16, 50))


def _flat(items: Iterable[Item], depth: int = 0) -> list[str]:
    """Return a tree as lines that are indented."""
    return [line for item in items for line in (f"{'   ' * depth}{one_line(item.text)}", *_flat(item.items, depth + 1))]
