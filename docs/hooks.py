"""Write the parts of the reference that the code knows best, when the site is built.

A page holds a marker where such a part belongs:

- `<!-- fields Stage: A stage -->`: a heading and the table of a document's fields;
- `<!-- api -->`: everything public, for mkdocstrings to describe;
- `<!-- commands -->`: the help of every command;
- `<!-- gallery -->` and `<!-- not reproduced -->`: the published models among the tests, scored on the way;
- `<!-- picture -->`: charts of the example, which has its whole report beside the pages.

The hidden Python blocks that check a page's numbers are taken out.
"""

import ast
import builtins
import re
import types
import typing
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Annotated, Any, get_args, get_origin, get_type_hints

import click
import pictures  # the module beside this one
from pydantic.fields import FieldInfo

import humanai_maturity
from humanai_maturity.cases.loading import cases_beside
from humanai_maturity.cli import main
from humanai_maturity.documents.source import decode
from humanai_maturity.documents.yaml_text import read_yaml
from humanai_maturity.model import assessment, cases, exact, guidance, rubric, rules, scales

SOURCE = Path(humanai_maturity.__file__).parent
CONFORMANCE = Path(__file__).parents[1] / "tests" / "conformance"

IN_REPOSITORY = re.compile(r"^<!-- in the repository -->\n.*?^<!-- /in the repository -->\n+", re.MULTILINE | re.DOTALL)
FIELDS = re.compile(r"^<!-- fields (?P<name>\w+): (?P<title>.+) -->$", re.MULTILINE)
LINK = re.compile(r"\]\(#(?P<anchor>[a-z-]+)\)")
HIDDEN = re.compile(r"^<!--+ *invisible-code.*?-->\n?", re.MULTILINE | re.DOTALL)

WORDS: tuple[tuple[Any, str], ...] = (
    (exact.Number, "number"),
    (exact.Positive, "number above 0"),
    (exact.Share, "share from 0 to 1"),
    (exact.Text, "text"),
    (exact.Id, "id"),
    (exact.Day, "day"),
    (exact.Count, "whole number from 1"),
    (exact.StageRef, "stage's id or number"),
    (exact.Threshold, "stage's id, or number"),
    (exact.Setting, "number, text, `true` or `false`"),
    (rules.ScoreRule, "[score rule](#score-rules)"),
    (rules.StageRule, "[stage rule](#stage-rules)"),
    (rules.Requirement, "[requirement](#requirements)"),
    (scales.Scale, "[scale](#scales)"),
    (assessment.GivenAnswer, "value, or [answer](#answers)"),
    (assessment.GivenValue, "value"),
    (cases.GivenNumber, "number, or [expected number](#expectednumber)"),
    (bool, "`true` or `false`"),
    (int, "whole number"),
    (str, "text"),
    (date, "day"),
)
"""What an author calls a type; where several fit, the narrowest counts."""

SECTIONS = {
    "catalogue.": "Plug-ins",
    "model.extensions": "Plug-ins",
    "catalogue": "Start here",
    "cases": "Worked cases",
    "engine": "Score and result",
    "advice": "Advice",
    "documents": "Read and write",
    "evolve": "Versions",
    "model.rubric": "Rubrics",
    "model.guidance": "Guidance",
    "model.scales": "Scales",
    "model.rules": "Rules and requirements",
    "model.assessment": "Answers",
    "model.cases": "Worked cases",
    "errors": "Errors",
    "": "More",
}
"""The headings of the API page, by the modules that names live in; the first that fits counts."""


def on_page_markdown(markdown: str, **_: Any) -> str:
    """Replace every marker of a page."""
    text = IN_REPOSITORY.sub("", HIDDEN.sub("", markdown))
    text = FIELDS.sub(lambda marker: fields_section(marker["name"], marker["title"]), text)
    for marker, write in GENERATED.items():
        if marker in text:
            text = text.replace(marker, write())
    return text


def documents() -> dict[str, type[exact.Document]]:
    """Return every part that a rubric, an assessment or a file of cases is written with, by its name."""
    return {
        name: kind
        for module in (scales, rules, guidance, rubric, assessment, cases)
        for name, kind in vars(module).items()
        if isinstance(kind, type)
        and issubclass(kind, exact.Document)
        and kind.__module__ == module.__name__
        and not name.startswith("_")
    }


def fields_section(name: str, title: str) -> str:
    """Return the heading, the description and the table of fields of one document."""
    kind = documents()[name]
    hints = get_type_hints(kind, include_extras=True)
    rows = [
        f"| `{field}` | {in_words(hints[field], info)} | {default_in_words(info)} | {one_line(info.description)} |"
        for field, info in sorted(kind.model_fields.items(), key=lambda item: prominence(kind, *item))
    ]
    head = f"### {title} {{ #{name.lower()} }}\n\n{described(kind)}\n"
    table = "\n".join([head, "| Field | Takes | By default | |", "|---|---|---|---|", *rows]) + "\n"
    return LINK.sub(linked_from_cases, table) if kind.__module__ == cases.__name__ else table


def linked_from_cases(link: re.Match[str]) -> str:
    """Return a link on the page about cases, which leads to another page where the part is shown there."""
    here = {name.lower() for name, kind in documents().items() if kind.__module__ == cases.__name__}
    return link[0] if link["anchor"] in here else f"](rubric-format.md#{link['anchor']})"


def prominence(kind: type[exact.Document], field: str, info: FieldInfo) -> tuple[bool, ...]:
    """Return what sorts the fields that tell documents apart first, then the required ones, then a document's own."""
    return field not in {"type", "rule"}, not info.is_required(), field not in kind.__annotations__


def described(kind: type[exact.Document]) -> str:
    """Return a document's own description, in paragraphs."""
    return "\n".join(line.strip() for line in (kind.__doc__ or "").strip().splitlines())


def one_line(text: str | None) -> str:
    """Return a description as a cell of a table."""
    return " ".join((text or "").split()).replace("|", "\\|")


def default_in_words(info: FieldInfo) -> str:
    """Return what a field is where an author leaves it out."""
    if info.is_required():
        return "**required**"
    value = info.get_default(call_default_factory=True, validated_data={})
    match value:
        case None:
            words = ""
        case bool():
            words = f"`{str(value).lower()}`"
        case int() | str() | Fraction():
            words = f"`{exact.written(value) if isinstance(value, Fraction) else value}`"
        case rules.Mean():
            words = "`{rule: mean}`"
        case exact.Document():
            words = "its defaults"
        case _:
            words = "none"
    return words


def in_words(kind: Any, info: FieldInfo | None = None) -> str:
    """Return a type as an author of a document would say it, with the limits that its field sets."""
    more = limits(info.metadata) if info is not None else ""
    known = named(kind)
    if known is not None:
        return known + more
    arguments = get_args(kind)
    match get_origin(kind):
        case typing.Annotated:
            words = in_words(arguments[0]) + limits(arguments[1:])
        case typing.Literal:
            words = listed(f"`{option}`" for option in arguments)
        case typing.Union | types.UnionType:
            words = listed(in_words(part) for part in arguments if part is not type(None))
        case builtins.tuple:
            words = f"list of {plural(in_words(arguments[0]))}{more}"
        case builtins.dict:
            words = f"mapping from {in_words(arguments[0])} to {in_words(arguments[1])}"
        case _:
            words = f"[{spaced(kind.__name__)}](#{kind.__name__.lower()})"
    return words


def named(kind: Any) -> str | None:
    """Return the name of a type that has one of its own, or of the narrowest one that it refines."""
    if get_origin(kind) is not Annotated:
        return next((words for known, words in WORDS if known == kind), None)
    fitting = [
        (len(known.__metadata__), words)
        for known, words in WORDS
        if get_origin(known) is Annotated
        and known.__origin__ == kind.__origin__
        and kind.__metadata__[: len(known.__metadata__)] == known.__metadata__
    ]
    return max(fitting)[1] if fitting else None


def limits(metadata: Iterable[Any]) -> str:
    """Return the lengths and bounds that stand among a type's metadata, to be added to its words."""
    parts = [part for entry in metadata for part in (entry.metadata if isinstance(entry, FieldInfo) else [entry])]
    low, high = (
        next((getattr(part, key) for part in parts for key in keys if hasattr(part, key)), None)
        for keys in (("min_length", "ge"), ("max_length", "le"))
    )
    if low is None or (low, high) in {(1, None), (0, 1)}:
        return ""
    return f", {low} or more" if high is None else f", {low} to {high}"


def listed(words: Iterable[str]) -> str:
    """Return alternatives as a sentence lists them.

    Example:
        >>> listed(["a", "b", "c"])
        'a, b or c'
    """
    *first, last = dict.fromkeys(words)
    return f"{', '.join(first)} or {last}" if first else last


def plural(words: str) -> str:
    """Return the plural of a type's name, in or out of a link."""
    return re.sub(r"(\w)(\]\([^)]*\))?$", r"\1s\2", words).replace("criterions", "criteria")


def spaced(name: str) -> str:
    """Return a class's name as words.

    Example:
        >>> spaced("EvidenceGrade")
        'evidence grade'
    """
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).lower()


def api() -> str:
    """Return a description of every public name for mkdocstrings to fill in, section by section."""
    homes = homes_of_public_names()
    sections: dict[str, list[str]] = {heading: [] for heading in SECTIONS.values()}
    for name in humanai_maturity.__all__:
        home = homes.get(name, "")
        sections[next(heading for part, heading in SECTIONS.items() if home.startswith(part))].append(name)
    parts: list[str] = []
    for heading, names in sections.items():
        parts += [f"## {heading}"] * bool(names)
        parts += [f"::: humanai_maturity.{name}" for name in names]
    return "\n\n".join([*parts, "## Reports", "::: humanai_maturity.report"])


def homes_of_public_names() -> dict[str, str]:
    """Return the module of every name that the package re-exports, read from its import statements."""
    tree = ast.parse((SOURCE / "__init__.py").read_text(encoding="utf-8"))
    return {
        alias.asname or alias.name: node.module.removeprefix("humanai_maturity.")
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("humanai_maturity.")
        for alias in node.names
    }


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


def gallery() -> str:
    """Return a section for every model that is reproduced: where its numbers come from, and how each case comes out."""
    return "\n\n".join(model_section(path) for path in sorted(CONFORMANCE.glob("*/*.rubric.yaml")))


def model_section(path: Path) -> str:
    """Return a model's description and the table of its cases."""
    model = humanai_maturity.load_rubric(path)
    worked = humanai_maturity.load_cases(cases_beside(str(path)), model)
    results = humanai_maturity.run_cases(model, worked)
    compared = sum(result.compared for result in results)
    agreed = compared - sum(len(result.differences) for result in results)
    questions = sum(isinstance(part, rubric.Criterion) for part in model.walk())
    head = [
        f"### {worked.title or model.title}",
        one_line(worked.description),
    ]
    facts = [
        f"- **Numbers from:** {one_line(worked.attribution)}",
        f"- **Size:** {questions} question{'s' * (questions != 1)}",
        f"- **Agreement:** {agreed} of {compared} numbers and stages",
        f"- **Documents:** `{path.parent.name}/{path.name}`, `{path.parent.name}/{cases_beside(str(path)).name}`",
    ]
    rows = [case_row(case, result) for case, result in zip(worked.cases, results, strict=True)]
    table = ["| Case | Published | Here |", "|---|---|---|", *rows]
    return "\n\n".join([*head, "\n".join(facts), "\n".join(table)])


def case_row(case: cases.Case, result: humanai_maturity.CaseResult) -> str:
    """Return what a case expects of the whole, beside what comes out."""
    whole, stages, numbers = result.card.overall, ("stage", "stage_low", "stage_high"), ("score", "low", "high")
    found = {field: (stage := getattr(whole, field)) and stage.id for field in stages}
    found |= {field: getattr(whole.exact, field) for field in numbers}
    stated = [field for field in found if field in case.expect.model_fields_set]
    published, here = (
        ", ".join(f"{field.replace('_', ' ')} {in_figures(figures(field))}" for field in stated)
        for figures in (lambda field: getattr(case.expect, field), found.__getitem__)
    )
    return f"| {one_line(case.title or case.id)} | {published} | {here} |"


def in_figures(value: object) -> str:
    """Return a number or a stage as a cell of a table shows it: exactly, with decimals beside a fraction."""
    match value:
        case None:
            return "none"
        case cases.ExpectedNumber(digits=int(digits)):
            return f"{float(value.value):.{digits}f} (to {digits} places)"
        case cases.ExpectedNumber():
            return in_figures(value.value)
        case Fraction() if value.denominator > 1 and isinstance(exact.written(value), str):
            return f"{value} (≈ {float(value):.4f})"
        case Fraction():
            return str(exact.written(value))
        case _:
            return str(value)


def not_reproduced() -> str:
    """Return what other systems give and this library does not, with the reason."""
    path = CONFORMANCE / "not-reproduced.yaml"
    data: Any = read_yaml(decode(path.read_bytes(), path.name)).data
    rows = [" | ".join(one_line(model[key]) for key in ("title", "gives", "reason")) for model in data["models"]]
    return "\n".join(["| Model | It gives | Here |", "|---|---|---|", *(f"| {row} |" for row in rows)])


def on_post_build(config: Mapping[str, Any], **_: Any) -> None:
    """Put the report of the example beside the pages."""
    (Path(config["site_dir"]) / pictures.REPORT).write_text(pictures.report(), encoding="utf-8")


GENERATED: Mapping[str, Callable[[], str]] = {
    "<!-- api -->": api,
    "<!-- commands -->": commands,
    "<!-- gallery -->": gallery,
    "<!-- not reproduced -->": not_reproduced,
    "<!-- picture -->": pictures.for_a_page,
}
