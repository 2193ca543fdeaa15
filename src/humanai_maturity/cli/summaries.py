"""The command about many scored teams: `summarize-table`."""

from io import BytesIO
from pathlib import Path
from typing import Literal

import click

import humanai_maturity as hm
from humanai_maturity.cli.output import TO_FILE, write


@click.command("summarize-table")
@click.argument("scored", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--by", multiple=True, metavar="COLUMN", help="Group by this column; may be repeated.")
@click.option(
    "--of",
    type=click.Choice(["stages", "blockers", "flags"]),
    default="stages",
    help="What to tell: where teams stand, what holds them back first, or which flags they raise.",
)
@click.option(
    "--node", "nodes", multiple=True, metavar="ID", help="Tell of this dimension, overall or flag; may be repeated."
)
@click.option("--smallest-group", default=5, metavar="N", help="The least number of teams of a group that is shown.")
@click.option("--smallest-count", default=1, metavar="N", help="The least number of teams that a shown figure counts.")
@click.option("--rubric", help="The rubric, for titles beside ids and numbers.")
@TO_FILE
def summarize_table(  # noqa: PLR0913 - click hands over every option
    scored: Path,
    *,
    by: tuple[str, ...],
    of: Literal["stages", "blockers", "flags"],
    nodes: tuple[str, ...],
    smallest_group: int,
    smallest_count: int,
    rubric: str | None,
    output: str | None,
) -> None:
    """Summarise the teams of a table that `score-table` wrote, group by group.

    The summary is CSV, or Parquet if the file to write ends in .parquet.

    Groups that are too small keep their size and nothing else, and so does the next smallest one where a difference
    would tell what is hidden.

    \b
    Example:
        humanai-maturity summarize-table scored.parquet --by country -o stages.csv
        humanai-maturity summarize-table scored.parquet --by country --of blockers --rubric ai-human-cx
    """  # noqa: D301
    from humanai_maturity.frames import summarize  # noqa: PLC0415 - polars loads slowly
    from humanai_maturity.frames.sources import reading  # noqa: PLC0415 - as above

    titles = None if rubric is None else hm.load_rubric(rubric)
    with reading(scored) as table:
        found = summarize(
            table,
            by=by,
            of=of,
            nodes=nodes or None,
            smallest_group=smallest_group,
            smallest_count=smallest_count,
            rubric=titles,
        ).collect(engine="streaming")
    if output is not None and output.endswith(".parquet"):
        data = BytesIO()
        found.write_parquet(data)
        write(data.getvalue(), output)
    else:
        write(found.write_csv(), output)
