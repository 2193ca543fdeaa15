"""Whole tables: every row of a data frame is an assessment, and scores as it does alone. Needs the extra `frames`."""

from humanai_maturity.errors import MissingExtraError

try:
    from humanai_maturity.frames.files import FileReport, FileTask, score_file
    from humanai_maturity.frames.long import LongTable, widen
    from humanai_maturity.frames.summary import summarize
    from humanai_maturity.frames.table import score_frame
except ModuleNotFoundError as error:
    if error.name != "polars":
        raise
    raise MissingExtraError("scoring whole tables", "frames") from error

__all__ = ["FileReport", "FileTask", "LongTable", "score_file", "score_frame", "summarize", "widen"]
