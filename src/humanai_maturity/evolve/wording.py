"""Changes in words, one line for each."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from re import compile as pattern
from typing import TYPE_CHECKING, Any

from humanai_maturity.evolve.changes import STEPS, Change, ChangeKind, RubricDiff, Step
from humanai_maturity.evolve.parts import Part
from humanai_maturity.model.exact import RATIO, written

if TYPE_CHECKING:
    from pydantic import JsonValue

_LONGEST = 60
_BLANKS = pattern(r"\s+")
_HEADINGS: Mapping[Step, str] = {
    "major": "Major: scores may change, or answers become invalid",
    "minor": "Minor: something is new, and existing results keep their scores",
    "patch": "Patch: only words or order",
}


def change(
    kind: ChangeKind,
    part: Part,
    step: Step,
    *,
    values: tuple[Any, Any],
    field: str | None = None,
    within: Part | None = None,
) -> Change:
    """Return a change with its text.

    Example:
        >>> part = Part(what="criterion", name="c", fields={})
        >>> change("reweighted", part, "major", values=(1, "1/2"), field="weight").text
        'criterion c: weight from 1 to 0.5'
    """
    before, after = (_as_json(value, field) for value in values)
    name = part.name if within is None else f"{within.name}/{part.name}"
    text = _text(kind, part, name, field, (before, after))
    return Change(kind=kind, what=part.what, id=name, field=field, before=before, after=after, step=step, text=text)


def lines(diff: RubricDiff) -> Iterator[str]:
    """Yield a comparison as people read it.

    Example:
        >>> from humanai_maturity.catalogue import load_rubric
        >>> from humanai_maturity.evolve.comparison import diff_rubrics
        >>> rubric = load_rubric("ai-human-cx")
        >>> next(lines(diff_rubrics(rubric, rubric)))
        'ai-human-cx 1.0.0: no differences'
    """
    before, after = diff.before, diff.after
    if not diff:
        yield f"{after.id} {after.version}: no differences"
        return
    yield f"{before.id} {before.version} to {after.id if after.id != before.id else ''} {after.version}".replace(
        "  ", " "
    )
    for step in reversed(STEPS):
        found = diff.of_step(step)
        if found:
            yield from ("", _HEADINGS[step])
            yield from (f"- {each.text}" for each in found)
    yield from ("", diff.advice)


def _text(kind: ChangeKind, part: Part, name: str, field: str | None, values: tuple["JsonValue", "JsonValue"]) -> str:
    subject = f"{part.what} {name}" if name else "the rubric"
    before, after = (_short(value) for value in values)
    match kind:
        case "added":
            where = f", in {part.within}" if part.what in {"criterion", "dimension"} and part.within else ""
            return f"{subject} is new: {after}{where}"
        case "removed":
            return f"{subject} is gone: {before}"
        case "renamed":
            return f"{part.what} {name.removesuffix(part.name)}{before} is probably renamed to {part.name}"
        case "moved":
            return f"{subject} moves from {before} to {after}"
        case "reordered" if field is None:
            above = name.rpartition("/")[0] or part.within
            return f"{_plural(part.what)}{' of ' * bool(above)}{above} in another order: {after}"
        case "reordered":
            return f"{subject}: {field} in another order"
        case "text":
            return f"{subject}: {field} {_how(values)}"
        case _:
            return f"{subject}: {field} from {before} to {after}"


def _plural(what: str) -> str:
    return {"criterion": "criteria"}.get(what, f"{what}s")


def _how(values: tuple["JsonValue", "JsonValue"]) -> str:
    before, after = values
    if before is None:
        return f"is new: {_short(after)}"
    return "is gone" if after is None else f"reads {_short(after)!r}"


def _short(value: "JsonValue") -> str:
    """Return a value in one short line."""
    match value:
        case None:
            return "the default"
        case bool():
            text = str(value).lower()
        case list():
            text = ", ".join(map(_short, value))
        case dict():
            text = ", ".join(f"{key}: {_short(each)}" for key, each in value.items())
            text = f"{{{text}}}"
        case _:
            text = _BLANKS.sub(" ", str(value)).strip()
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 3]}..."


def _as_json(value: Any, field: str | None = None) -> "JsonValue":
    """Return a value of a rubric's meaning with numbers as JSON holds them, exactly."""
    if isinstance(value, Mapping):
        return {key: _as_json(each, key) for key, each in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_as_json(each, field) for each in value]
    if isinstance(value, str) and field is not None and RATIO.fullmatch(value):
        return written(Fraction(value))
    json: JsonValue = value
    return json
