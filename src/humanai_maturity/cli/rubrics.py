"""Commands about rubrics: `list`, `show`, `diff` and `schema`."""

import json
from dataclasses import asdict

import click

import humanai_maturity as hm
from humanai_maturity.cli.output import AS_FORMAT, NO_COLOR, TO_FILE, drawn, write
from humanai_maturity.cli.plugins import complain_of_broken_rubrics


@click.command("list")
@AS_FORMAT
@TO_FILE
def list_(notation: str, output: str | None) -> None:
    """List the rubrics that are installed.

    \b
    Example:
        humanai-maturity list
        humanai-maturity list --format json
    """  # noqa: D301
    rubrics = hm.list_rubrics()
    if notation == "json":
        write(_json([asdict(rubric) for rubric in rubrics]), output)
        return
    from humanai_maturity.engine.wording import one_line  # noqa: PLC0415 - pydantic loads slowly

    width = max((len(rubric.id) for rubric in rubrics), default=0)
    lines = [f"{rubric.id:{width}}  {one_line(rubric.version)}  {one_line(rubric.title)}\n" for rubric in rubrics]
    write("".join(lines), output)
    complain_of_broken_rubrics()


@click.command()
@click.argument("rubric")
@click.option("--brief", is_flag=True, help="Leave out what answers mean, and what stages take.")
@click.option(
    "--format",
    "notation",
    type=click.Choice(["text", "markdown", "json"]),
    default="text",
    help="For a terminal, for a review, or for programs.",
)
@NO_COLOR
@TO_FILE
def show(rubric: str, notation: str, output: str | None, *, brief: bool, no_color: bool) -> None:
    """Show a rubric: its questions with the answers that they take, and what each stage takes.

    \b
    Example:
        humanai-maturity show ai-human-cx
        humanai-maturity show ai-human-cx --brief
        humanai-maturity show my.rubric.yaml --format markdown -o review.md
    """  # noqa: D301
    loaded = hm.load_rubric(rubric)
    if notation == "json":
        write(f"{loaded.model_dump_json(indent=2, exclude_none=True)}\n", output)
        return
    if notation == "markdown":
        from humanai_maturity.report.rubric_markdown import rubric_markdown  # noqa: PLC0415 - pydantic loads slowly

        write(rubric_markdown(loaded), output)
        return
    from humanai_maturity.report.outline import render  # noqa: PLC0415 - rich loads slowly

    write(drawn(render(loaded, brief=brief), output, no_color=no_color), output)


@click.command()
@click.argument("before")
@click.argument("after")
@AS_FORMAT
@TO_FILE
@click.pass_context
def diff(ctx: click.Context, before: str, after: str, notation: str, output: str | None) -> None:
    """Show what has changed from one version of a rubric to another, and which step of the version it deserves.

    Parts are compared by their ids, wherever they stand. The exit code is 0 where nothing differs, else 1.

    \b
    Example:
        humanai-maturity diff ai-human-cx my.rubric.yaml
        humanai-maturity diff old.rubric.yaml new.rubric.yaml --format json
    """  # noqa: D301
    found = hm.diff_rubrics(hm.load_rubric(before), hm.load_rubric(after))
    if notation == "json":
        write(_json(asdict(found)), output)
    else:
        from humanai_maturity.engine.wording import printable  # noqa: PLC0415 - pydantic loads slowly
        from humanai_maturity.evolve.wording import lines  # noqa: PLC0415 - same

        write("".join(f"{printable(line)}\n" for line in lines(found)), output)
    ctx.exit(1 if found else 0)


@click.command()
@click.argument(
    "kind",
    type=click.Choice(["rubric", "assessment", "cases"]),
    default="rubric",
    metavar="[rubric|assessment|cases]",
)
@TO_FILE
def schema(kind: str, output: str | None) -> None:
    """Print the JSON Schema of rubrics, of assessments or of worked cases, for an editor to complete and check.

    \b
    Example:
        humanai-maturity schema rubric -o rubric.schema.json
    """  # noqa: D301
    schemas = {"rubric": hm.rubric_schema, "assessment": hm.assessment_schema, "cases": hm.cases_schema}
    write(_json(schemas[kind]()), output)


def _json(data: object) -> str:
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"
