"""Write the tables of fields: every part of a document, in the words of those who write documents."""

import builtins
import re
import types
import typing
from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from typing import Annotated, Any, get_args, get_origin, get_type_hints

from pydantic.fields import FieldInfo

from humanai_maturity.model import assessment, cases, exact, guidance, rubric, rules, scales

LINK = re.compile(r"\]\(#(?P<anchor>[a-z-]+)\)")

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
    table = "\n".join([head, "| Field | Takes | By default | Meaning |", "|---|---|---|---|", *rows]) + "\n"
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
