"""The command `check`."""

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

import humanai_maturity as hm
from humanai_maturity.cli.output import TO_FILE, complain, write

if TYPE_CHECKING:
    from collections.abc import Sequence

_FORMATS = ("text", "json", "github", "gitlab", "sarif")


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--rubric", metavar="RUBRIC", help="Check answers against this rubric rather than the one they name.")
@click.option("--strict", is_flag=True, help="End with 1 for warnings, too, not only for errors.")
@click.option("--notes", is_flag=True, help="List notes, too: what is only worth a look.")
@click.option(
    "--format",
    "notation",
    type=click.Choice(_FORMATS),
    default="text",
    help="For people, for programs, or for the CI systems that read it: workflow commands of GitHub, a code quality "
    "report of GitLab, or SARIF.",
)
@TO_FILE
@click.pass_context
def check(
    ctx: click.Context, /, files: tuple[str, ...], rubric: str | None, notation: str, output: str | None, **how: bool
) -> None:
    """Check rubrics and assessments, told apart by what is in them, and print every problem.

    A rubric that is valid is also looked at for what is unsound: answers that cannot reach a stage, rules that never
    decide anything, and much more. Each finding says what to do, and can be silenced in the rubric, with a reason.

    Answers are checked against the rubric that they name, as `score` would; it has to be among the files or installed.

    The exit code is 1 where there is an error.

    \b
    Example:
        humanai-maturity check my.rubric.yaml answers.yaml
        humanai-maturity check answers.csv --rubric ai-human-cx
        humanai-maturity check --strict --format sarif -o check.sarif my.rubric.yaml
    """  # noqa: D301
    from humanai_maturity.cli.checking import check_files  # noqa: PLC0415 - pydantic loads slowly

    found = check_files(files, rubric, strict=how["strict"], notes=how["notes"])
    write(_written(found.problems, notation), output)
    for message in found.messages:
        complain(message)
    complain(found.summary)
    ctx.exit(found.exit_code)


def _written(problems: "Sequence[hm.Problem]", notation: str) -> str:
    from humanai_maturity.engine.wording import printable  # noqa: PLC0415 - pydantic loads slowly
    from humanai_maturity.lint import annotations  # noqa: PLC0415 - same

    match notation:
        case "json":
            return json.dumps([asdict(problem) for problem in problems], indent=2, ensure_ascii=False) + "\n"
        case "github":
            return annotations.github(problems)
        case "gitlab":
            return annotations.gitlab(problems)
        case "sarif":
            return annotations.sarif(problems, hm.__version__)
        case _:
            return "".join(f"{printable(str(problem))}\n" for problem in problems)
