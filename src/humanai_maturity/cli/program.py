"""The program: its commands, and how every one of them ends."""

import os
import sys
from contextlib import suppress
from typing import Any

import click

import humanai_maturity as hm
from humanai_maturity.cli.asking import ask
from humanai_maturity.cli.cases import test
from humanai_maturity.cli.check import check
from humanai_maturity.cli.layout import fmt
from humanai_maturity.cli.output import complain
from humanai_maturity.cli.plugins import plugins
from humanai_maturity.cli.reporting import report
from humanai_maturity.cli.results import explain, score
from humanai_maturity.cli.rubrics import diff, list_, schema, show
from humanai_maturity.cli.starting import init
from humanai_maturity.cli.summaries import summarize_table
from humanai_maturity.cli.tables import score_table

_INTERRUPTED = 130
_BROKEN_PIPE = 141


class _Program(click.Group):
    """End every command quietly: no traceback for bad input, for a closed pipe or for Ctrl-C."""

    def invoke(self, ctx: click.Context) -> Any:
        _never_fail_on_letters()
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            _discard_output()
            ctx.exit(_BROKEN_PIPE)
        except KeyboardInterrupt:
            ctx.exit(_INTERRUPTED)
        except OSError as error:
            _fail(ctx, f"{error.filename}: {error.strerror}" if error.filename else str(error))
        except hm.MaturityError as error:
            _fail(ctx, str(error))


def _fail(ctx: click.Context, message: str) -> None:
    complain(f"error: {message}")
    ctx.exit(2)


def _never_fail_on_letters() -> None:
    """Show a letter that the terminal's encoding lacks as a question mark."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(AttributeError, OSError):
            stream.reconfigure(errors="replace")  # type: ignore[union-attr]


def _discard_output() -> None:
    """Keep Python from complaining about the closed pipe once more when it ends."""
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _show_version(ctx: click.Context, _parameter: click.Parameter, wanted: bool) -> None:  # noqa: FBT001
    if wanted:
        click.echo(f"humanai-maturity {hm.__version__}")
        ctx.exit()


@click.group(cls=_Program, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_show_version, help="Show the version."
)
def main() -> None:
    """Score maturity models that are written as data.

    A RUBRIC is the id of an installed rubric, or the path of a YAML or JSON file, or of a folder that holds
    rubric.yaml. ANSWERS is a YAML, JSON or CSV file, or - for YAML on the standard input.

    Results go to the standard output, messages to the standard error. The exit code is 0, or 1 where `check` or
    `plugins` found problems, `diff` changes, `test` differences or `fmt --check` something to do, or 2 where the
    command or what it was given cannot be used.

    \b
    Example:
        humanai-maturity list
        humanai-maturity score ai-human-cx answers.yaml
    """  # noqa: D301


_AUTHORS = (init, list_, show, check, fmt, diff, test, schema, plugins)
_TEAMS = (ask, score, explain, report, score_table, summarize_table)

for _command in (*_AUTHORS, *_TEAMS):
    main.add_command(_command)
