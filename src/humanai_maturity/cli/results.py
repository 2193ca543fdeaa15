"""Commands about answers: `score` and `explain`."""

from collections.abc import Sequence

import click

import humanai_maturity as hm
from humanai_maturity.cli.output import TO_FILE, drawn, for_people_or_programs, write


@click.command()
@click.argument("rubric")
@click.argument("answers")
@for_people_or_programs
def score(rubric: str, answers: str, notation: str, output: str | None, *, no_color: bool) -> None:
    """Score answers: the profile, the stage with its bounds, and what comes next.

    Scores have as many decimals as the rubric shows, their bounds are rounded outward, and percentages are cut off;
    `explain` with an id has the exact figures.

    \b
    Example:
        humanai-maturity score ai-human-cx answers.yaml
        humanai-maturity score ai-human-cx answers.csv --format json -o result.json
    """  # noqa: D301
    card = score_files(rubric, [answers])[0]
    if notation == "json":
        write(f"{card.model_dump_json(indent=2)}\n", output)
        return
    from humanai_maturity.report.terminal import render  # noqa: PLC0415 - rich loads slowly

    write(drawn(render(card), output, no_color=no_color), output)


@click.command()
@click.argument("rubric")
@click.argument("answers")
@click.argument("name", metavar="[ID]", required=False)
@TO_FILE
def explain(rubric: str, answers: str, name: str | None, output: str | None) -> None:
    """Say a result in words; or how one figure comes about, by the id of a criterion, a dimension or a flag.

    \b
    Example:
        humanai-maturity explain ai-human-cx answers.yaml
        humanai-maturity explain ai-human-cx answers.yaml data.sources
    """  # noqa: D301
    card = score_files(rubric, [answers])[0]
    try:
        write(f"{card.explain(name)}\n", output)
    except KeyError as error:
        raise click.UsageError(str(error.args[0])) from None


def score_files(rubric: str, files: Sequence[str]) -> "list[hm.Scorecard]":
    """Score the answers in some files."""
    from humanai_maturity.cli.inputs import read_answers  # noqa: PLC0415 - pydantic loads slowly

    loaded = hm.load_rubric(rubric)
    return [read_answers(file, loaded.id).score(loaded) for file in files]
