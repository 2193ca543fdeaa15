"""Where results and messages go."""

import os
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

if TYPE_CHECKING:
    from rich.console import RenderableType

Command = TypeVar("Command", bound=Callable[..., object])

TO_FILE = click.option(
    "-o", "--output", type=click.Path(dir_okay=False), metavar="FILE", help="Write to this file, all of it or nothing."
)
AS_FORMAT = click.option(
    "--format", "notation", type=click.Choice(["text", "json"]), default="text", help="For people, or for programs."
)
NO_COLOR = click.option("--no-color", is_flag=True, help="Use no colours; the variable NO_COLOR does the same.")


def for_people_or_programs(command: Command) -> Command:
    """Give a command the options that say how its result is written, and where."""
    return AS_FORMAT(NO_COLOR(TO_FILE(command)))


def complain(message: str) -> None:
    """Print a message on the standard error."""
    from humanai_maturity.engine.wording import printable  # noqa: PLC0415 - pydantic loads slowly

    click.echo(printable(message), err=True)


def drawn(renderable: "RenderableType", output: str | None, *, no_color: bool) -> str:
    """Return what rich makes of a result: as wide as the terminal, with colours only where a terminal shows them."""
    from rich.console import Console  # noqa: PLC0415 - it loads slowly

    console = Console(file=StringIO() if output else None, no_color=no_color or None)
    with console.capture() as capture:
        console.print(renderable)
    return "".join(f"{line.rstrip()}\n" for line in capture.get().splitlines())


def write(content: str | bytes, output: str | None) -> None:
    """Write a result to the standard output, or to a file: to a new one first, which then takes the old one's place."""
    if output is None:
        click.echo(content, nl=False)
        return
    data = content.encode() if isinstance(content, str) else content
    target = Path(os.path.realpath(output))
    if target.exists() and not target.is_file():
        target.write_bytes(data)
        return
    from humanai_maturity.documents.files import new_file  # noqa: PLC0415 - pydantic loads slowly

    try:
        with new_file(target) as file:
            file.write_bytes(data)
    except OSError as error:
        raise click.UsageError(f"cannot write {output}: {error.strerror}") from None
