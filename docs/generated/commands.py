"""Write the help of every command."""

from collections.abc import Iterator

import click

from humanai_maturity.cli import main


def commands() -> str:
    """Return the help of the program and of each of its commands."""
    return "\n\n".join(f"## {name}\n\n```text\n{text}\n```" for name, text in help_texts(main, "humanai-maturity"))


def help_texts(command: click.Command, name: str) -> Iterator[tuple[str, str]]:
    """Return a command's help, then that of the commands below it."""
    context = click.Context(command, info_name=name, terminal_width=100)
    yield name, command.get_help(context)
    if isinstance(command, click.Group):
        for below, child in sorted(command.commands.items()):
            yield from help_texts(child, f"{name} {below}")
