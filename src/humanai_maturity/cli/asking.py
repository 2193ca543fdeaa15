"""The command `ask`: an assessment on the terminal, one question at a time."""

import datetime as dt
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

import humanai_maturity as hm
from humanai_maturity.cli.output import complain, write

if TYPE_CHECKING:
    from humanai_maturity.asking.session import Session

_ENDINGS = (".yaml", ".yml")


@click.command()
@click.argument("rubric")
@click.option("--quick", is_flag=True, help="Ask only the questions of the rubric's short form.")
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False),
    metavar="FILE",
    help="Save to this YAML file, and go on where it ends; by default ID.answers.yaml here.",
)
def ask(rubric: str, output: str | None, *, quick: bool) -> None:
    """Ask the questions of a rubric one by one, and save an assessment that `score` takes.

    Everything is saved after every answer. Stop whenever you like, also with Ctrl-C: the same command goes on where you
    stopped.

    \b
    Example:
        humanai-maturity ask ai-human-cx --quick
        humanai-maturity ask ai-human-cx -o returns-team.yaml
    """  # noqa: D301
    from humanai_maturity.asking.session import Session, questions_of  # noqa: PLC0415 - pydantic loads slowly
    from humanai_maturity.catalogue import scorer_of  # noqa: PLC0415 - same
    from humanai_maturity.cli.interview import Interview  # noqa: PLC0415 - same

    loaded = hm.load_rubric(rubric)
    file = output or f"{loaded.id}.answers.yaml"
    if not file.lower().endswith(_ENDINGS):
        raise click.UsageError(f"the answers are saved as YAML: give {file} the ending .yaml")
    questions = questions_of(loaded, quick=quick)
    begun = Path(file).exists()
    assessment = hm.load_assessment(file, rubric=loaded.id) if begun else _begin(loaded)
    session = Session(scorer_of(loaded), questions, assessment, lambda answers: _save(answers, file))
    try:
        Interview(session, file).hold(begun=begun)
    except KeyboardInterrupt:
        _say_what_is_saved(session, file, rubric)
        raise
    _say_what_is_saved(session, file, rubric)


def _begin(rubric: "hm.Rubric") -> "hm.Assessment":
    today = dt.datetime.now().astimezone().date()
    return hm.Assessment(rubric=hm.RubricRef(id=rubric.id, version=rubric.version), date=today)


def _save(answers: "hm.Assessment", file: str) -> None:
    write(hm.dump_assessment(answers), file)


def _say_what_is_saved(session: "Session", file: str, rubric: str) -> None:
    if not Path(file).exists():
        complain("\nNothing was answered, so nothing is saved.")
        return
    sys.stdout.flush()
    complain(f"\n{session.settled} of {len(session.questions)} are dealt with. Saved: {os.fspath(file)}")
    complain(f"See the result:  humanai-maturity score {rubric} {file}")
