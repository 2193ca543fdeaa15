"""The command `fmt`."""

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import unified_diff
from pathlib import Path

import click

import humanai_maturity as hm
from humanai_maturity.cli.output import complain, write

_STANDARD_INPUT = "-"
_SAME, _ANEW, _WOULD, _BROKEN = "left alone", "laid out anew", "to be laid out anew", "unreadable"


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--check", is_flag=True, help="Change nothing; end with 1 where anything would be.")
@click.option("--diff", is_flag=True, help="Change nothing, and show what would be; end with 1 where anything would.")
@click.pass_context
def fmt(ctx: click.Context, files: tuple[str, ...], *, check: bool, diff: bool) -> None:
    """Lay YAML documents out in the one way, in place: the same meaning, and every comment where it was.

    A FILE is a rubric, an assessment or any other YAML file that the library reads. With - the standard input goes to
    the standard output.

    \b
    Example:
        humanai-maturity fmt my.rubric.yaml answers.yaml
        humanai-maturity fmt my.rubric.yaml --diff
        humanai-maturity fmt *.yaml --check
    """  # noqa: D301
    results: list[str] = []
    for name in files:
        try:
            before, after = _lay_out(name)
        except hm.MaturityError as error:
            results.append(_BROKEN)
            complain(f"error: {error}")
            continue
        results.append(_SAME if before == after else _WOULD if check or diff else _ANEW)
        if diff:
            write("".join(_difference(name, before, after)), None)
        elif check:
            complain(f"{name}: {results[-1]}")
        elif name == _STANDARD_INPUT or before != after:
            write(after, None if name == _STANDARD_INPUT else name)
    if files != (_STANDARD_INPUT,):
        counts = Counter(results)
        complain(", ".join(f"{count} file{'s' * (count != 1)} {result}" for result, count in counts.items()))
    ctx.exit(2 if _BROKEN in results else 1 if _WOULD in results else 0)


def _lay_out(name: str) -> tuple[str, str]:
    """Return a document as it is and as it should be.

    Raises:
        MaturityError: If it cannot be read, or is no YAML.
    """
    from humanai_maturity.authoring.layout import laid_out  # noqa: PLC0415 - pydantic loads slowly
    from humanai_maturity.documents.files import content_of  # noqa: PLC0415 - same
    from humanai_maturity.documents.source import Limits  # noqa: PLC0415 - same

    if Path(name).suffix.lower() in {".json", ".csv"}:
        raise hm.RubricSyntaxError(f"{name}: only YAML is laid out")
    if name == _STANDARD_INPUT:
        content = sys.stdin.buffer.read(Limits().size + 1)
        return content.decode("utf-8", errors="replace"), laid_out(content, "<stdin>")
    content = content_of(name)
    return content.decode("utf-8", errors="replace"), laid_out(content, name)


def _difference(name: str, before: str, after: str) -> Iterator[str]:
    old, new = (_lines(text) for text in (before, after))
    yield from unified_diff(old, new, name, f"{name} (laid out)")


def _lines(text: str) -> Sequence[str]:
    return [f"{line}\n" for line in text.removesuffix("\n").split("\n")]
