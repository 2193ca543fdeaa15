"""The command about tables: `score-table`."""

import sys
from datetime import date
from pathlib import Path
from typing import Literal

import click

import humanai_maturity as hm
from humanai_maturity.cli.output import complain
from humanai_maturity.cli.progress import bar


@click.command("score-table")
@click.argument("rubric")
@click.argument("source", metavar="IN", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("target", metavar="OUT", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--bounds/--no-bounds", default=True, help="Whether to add the lowest and highest stages and scores.")
@click.option("--flags/--no-flags", default=True, help="Whether to add a truth value for every flag.")
@click.option("--blockers/--no-blockers", default=True, help="Whether to add what comes first before the next stage.")
@click.option("--carry/--no-carry", default=True, help="Whether to keep the table's own columns.")
@click.option(
    "--precision",
    type=click.Choice(["exact", "compact"]),
    default="exact",
    help="How scores are written: exactly, or in half the space, with 7 digits.",
)
@click.option(
    "--compression",
    type=click.Choice(["zstd", "lz4", "none"]),
    default="zstd",
    help="How a Parquet file is made smaller: zstd for small files, lz4 or none for fast ones.",
)
@click.option(
    "--on-error",
    type=click.Choice(["fail", "null", "skip"]),
    default="fail",
    help="What an answer that does not fit does: ends the work, counts as unknown, or leaves its row out.",
)
@click.option("--rejects", type=click.Path(dir_okay=False, path_type=Path), help="Write what does not fit to this CSV.")
@click.option(
    "--column", "columns", multiple=True, metavar="ID=NAME", help="The column of a criterion; may be repeated."
)
@click.option("--long", is_flag=True, help="Read one row for each answer instead of one for each assessment.")
@click.option(
    "--assessment", multiple=True, metavar="NAME", help="The column that names the assessment; may be repeated."
)
@click.option("--criterion", default="criterion", help="With --long: the column with the ids of criteria.")
@click.option("--value", default="value", help="With --long: the column with the answers.")
@click.option("--keep", multiple=True, metavar="NAME", help="With --long: another column to keep; may be repeated.")
@click.option("--as-of", metavar="DAY", help="The day to which ages are counted, or the column that holds it.")
@click.option("--progress/--no-progress", default=None, help="Whether to say how far it is; by default on a terminal.")
def score_table(  # noqa: PLR0913 - click hands over every option
    rubric: str,
    source: Path,
    target: Path,
    *,
    bounds: bool,
    flags: bool,
    blockers: bool,
    carry: bool,
    precision: Literal["exact", "compact"],
    compression: Literal["zstd", "lz4", "none"],
    on_error: Literal["fail", "null", "skip"],
    rejects: Path | None,
    columns: tuple[str, ...],
    long: bool,
    assessment: tuple[str, ...],
    criterion: str,
    value: str,
    keep: tuple[str, ...],
    as_of: str | None,
    progress: bool | None,
) -> None:
    """Score every row of a table: of a CSV, Parquet or Excel file into a CSV or Parquet file.

    There is one column per criterion, called by its id. The file is read part by part, so that it may be larger than
    the memory; what is written appears when it is complete. The exit code is 1 where an answer did not fit. With
    --long, there is one row for each answer, with the columns `assessment`, `criterion` and `value`.

    \b
    Example:
        humanai-maturity score-table ai-human-cx survey.csv scored.parquet
        humanai-maturity score-table ai-human-cx survey.csv scored.csv --on-error null --rejects rejects.csv
        humanai-maturity score-table ai-human-cx answers.csv scored.csv --long --assessment tenant --assessment month
    """  # noqa: D301
    named = dict(_named(each) for each in columns)
    scorer = hm.Scorer(hm.load_rubric(rubric))
    shown = sys.stderr.isatty() if progress is None else progress

    from humanai_maturity.frames import FileTask, LongTable, score_file  # noqa: PLC0415 - polars loads slowly

    with bar(shown=shown) as tell:
        task = FileTask(
            scorer=scorer,
            columns=named,
            assessment=() if long else assessment,
            as_of=_day(as_of),
            long=LongTable(assessment=assessment or "assessment", criterion=criterion, value=value, keep=keep)
            if long
            else None,
            bounds=bounds,
            flags=flags,
            blockers=blockers,
            carry=carry,
            precision=precision,
            compression=compression,
            on_error=on_error,
            progress=tell,
        )
        report = score_file(task, source, target, rejects)
    complain(f"{report.written:,} of {report.rows:,} rows scored, {report.rejects:,} answers did not fit")
    click.get_current_context().exit(1 if report.rejects else 0)


def _day(text: str | None) -> date | str | None:
    """Return the day that a text is, or the text where it is the name of a column."""
    try:
        return None if text is None else date.fromisoformat(text)
    except ValueError:
        return text


def _named(text: str) -> tuple[str, str]:
    name, found, column = text.partition("=")
    if not found:
        raise click.UsageError(f"--column takes ID=NAME, not {text!r}")
    return name, column
