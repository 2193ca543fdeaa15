"""The command `init`."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from humanai_maturity.cli.output import complain, write

if TYPE_CHECKING:
    from humanai_maturity.authoring.starter import Start

_PROGRAM = "humanai-maturity"


@click.command()
@click.argument("folder", default=".")
@click.option("--title", help="What people call the rubric.")
@click.option("--id", "name", help="What assessments call it; by default made of the title.")
@click.option("--stage", "stages", multiple=True, metavar="TITLE", help="A stage, lowest first: TITLE or ID=TITLE.")
@click.option("--dimension", "dimensions", multiple=True, metavar="TITLE", help="A dimension: TITLE or ID=TITLE.")
@click.option("--force", is_flag=True, help="Overwrite files that are there.")
def init(
    folder: str,
    title: str | None,
    name: str | None,
    stages: tuple[str, ...],
    dimensions: tuple[str, ...],
    *,
    force: bool,
) -> None:
    """Start a new rubric in FOLDER: a valid one with comments, example answers and worked cases.

    On a terminal it asks for what is not given. The schemas that it writes beside let an editor complete and explain.

    \b
    Example:
        humanai-maturity init care
        humanai-maturity init care --title Care --stage Open --stage Closed --dimension Handoff
    """  # noqa: D301
    from humanai_maturity.authoring.starter import starting_files  # noqa: PLC0415 - pydantic loads slowly

    start = _start(title, name, stages, dimensions)
    files = {Path(folder, file): text for file, text in starting_files(start).items()}
    there = [str(path) for path in files if path.exists()]
    if there and not force:
        raise click.UsageError(f"there already: {', '.join(there)}; choose another folder, or say --force")
    Path(folder).mkdir(parents=True, exist_ok=True)
    for path, text in files.items():
        write(text, str(path))
    _tell(Path(folder))


def is_terminal() -> bool:
    """Return whether somebody is there to be asked."""
    return sys.stdin.isatty()


def _start(title: str | None, name: str | None, stages: tuple[str, ...], dimensions: tuple[str, ...]) -> "Start":
    from humanai_maturity.authoring.starter import Start, named, slug  # noqa: PLC0415 - pydantic loads slowly

    missing = [
        option for option, given in (("--title", title), ("--stage", stages), ("--dimension", dimensions)) if not given
    ]
    if missing and not is_terminal():
        raise click.UsageError(f"without a terminal to ask on, give {', '.join(missing)}")
    title = title or click.prompt("Title of the rubric", err=True)
    if name is None:
        name = click.prompt("Its id", default=slug(title), err=True) if missing else slug(title)
    stages = stages or _ask_for("Stage {}, the lowest first; nothing to go on", 2)
    dimensions = dimensions or _ask_for("Dimension {}; nothing to go on", 1)
    return Start(id=name, title=title, stages=tuple(map(named, stages)), dimensions=tuple(map(named, dimensions)))


def _ask_for(question: str, least: int) -> tuple[str, ...]:
    """Ask until nothing is answered, at least so many times."""
    given: list[str] = []
    while True:
        default = "" if len(given) >= least else None
        answer = click.prompt(question.format(len(given) + 1), default=default, show_default=False, err=True)
        if not answer.strip():
            return tuple(given)
        given.append(answer)


def _tell(folder: Path) -> None:
    rubric, answers = folder / "rubric.yaml", folder / "example.yaml"
    complain(f"written: {rubric}, with example answers, worked cases and schemas for editors beside it\n\nNext:")
    complain(f"  {_PROGRAM} check {rubric} {answers}")
    complain(f"  {_PROGRAM} score {rubric} {answers}")
    complain(f"  {_PROGRAM} test {rubric}")
