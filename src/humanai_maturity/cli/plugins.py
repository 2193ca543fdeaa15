"""The command about plug-ins, and what other commands say of broken ones."""

import json
from dataclasses import asdict

import click

import humanai_maturity as hm
from humanai_maturity.cli.output import AS_FORMAT, TO_FILE, complain, write


@click.command()
@click.option("--load", is_flag=True, help="Load them, which runs their code, and say which are broken and why.")
@AS_FORMAT
@TO_FILE
@click.pass_context
def plugins(ctx: click.Context, notation: str, output: str | None, *, load: bool) -> None:
    """List the plug-ins that are installed: rubrics, measures and aggregators of other packages.

    Without --load nothing is imported, and a plug-in is `found` where nothing speaks against it. The exit code is 1
    where one is broken or has the name of another.

    \b
    Example:
        humanai-maturity plugins
        humanai-maturity plugins --load --format json
    """  # noqa: D301
    found = hm.list_plugins(load=load)
    if notation == "json":
        text = json.dumps([asdict(plugin) for plugin in found], indent=2, ensure_ascii=False)
        write(f"{text}\n", output)
    else:
        write(_table(found), output)
        if not found:
            complain("no plug-ins are installed")
    ctx.exit(any(plugin.problem for plugin in found))


def complain_of_broken_rubrics() -> None:
    """Say which plug-ins could not be asked for their rubrics."""
    if not any(plugin.kind == "rubrics" for plugin in hm.list_plugins()):
        return
    for plugin in hm.list_plugins(load=True):
        if plugin.kind == "rubrics" and plugin.problem:
            complain(f"{plugin}: {plugin.problem}")


def _table(found: tuple["hm.Plugin", ...]) -> str:
    from humanai_maturity.engine.wording import one_line, printable  # noqa: PLC0415 - pydantic loads slowly

    rows = [
        [plugin.kind, plugin.name, f"{plugin.distribution} {plugin.version}", plugin.status, plugin.value]
        for plugin in found
    ]
    cells = [[one_line(cell) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    lines: list[str] = []
    for plugin, row in zip(found, cells, strict=True):
        lines.append("  ".join(f"{cell:{width}}" for cell, width in zip(row, widths, strict=True)).rstrip())
        if plugin.status == "loaded" and plugin.provides != (plugin.name,):
            lines.append(f"  brings {one_line(', '.join(plugin.provides))}")
        lines += [f"  {line}" for line in printable(plugin.problem or "").splitlines()]
    return "".join(f"{line}\n" for line in lines)
