"""Make something to read of a scorecard: a page, Markdown, a workbook, or a chart.

All that comes from rubrics and answers is text here: it is escaped wherever it could mean something. The room is at
hand as `hm.report`, without an import of its own.
"""

from humanai_maturity.report.charts import CHARTS, ChartKind, chart_svg
from humanai_maturity.report.markdown import to_markdown
from humanai_maturity.report.pages import to_html
from humanai_maturity.report.workbook import to_workbook

__all__ = ["CHARTS", "ChartKind", "chart_svg", "to_html", "to_markdown", "to_workbook"]
