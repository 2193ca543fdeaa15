"""Two rubrics compared, part by part and by their names."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from humanai_maturity.documents.canonical import digest, meaning
from humanai_maturity.evolve.changes import STEPS, Change, ComparedRubric, RubricDiff, Step
from humanai_maturity.evolve.fields import Difference, differences
from humanai_maturity.evolve.parts import Key, Part, Parts, parts_of
from humanai_maturity.evolve.renames import Renames, probable_renames, with_new_names
from humanai_maturity.evolve.versions import judge
from humanai_maturity.evolve.wording import change
from humanai_maturity.model.ranges import scale_range
from humanai_maturity.model.rubric import Criterion, Rubric

_ABOUT_THE_DOCUMENT = frozenset({"id", "version", "format"})
_ORDER_DECIDES = frozenset({"stage", "evidence grade"})


def diff_rubrics(before: Rubric, after: Rubric) -> RubricDiff:
    """Compare two versions of a rubric: what has changed, and which step of the version it deserves.

    Parts are compared by their ids, wherever they stand. A part that is gone while a very similar one has appeared is
    taken to be renamed.

    Args:
        before: The earlier rubric.
        after: The later rubric.

    Example:
        >>> from humanai_maturity.catalogue import load_rubric
        >>> rubric = load_rubric("ai-human-cx")
        >>> heavier = rubric.dimensions[0].model_copy(update={"weight": Fraction(5)})
        >>> found = diff_rubrics(rubric, rubric.model_copy(update={"dimensions": (heavier, *rubric.dimensions[1:])}))
        >>> found.step, found.honest, [change.text for change in found.changes]
        ('major', False, ['dimension data: weight from 4 to 5'])
    """
    old, new = meaning(before), meaning(after)
    later = parts_of(new)
    renames = probable_renames(parts_of(old), later)
    earlier = parts_of(with_new_names(old, renames))
    found = [
        *_own_id(before, after),
        *_renamed(renames, later),
        *_gone(earlier, later),
        *_new(earlier, later, (before, after)),
        *(each for key in later if key in earlier for each in _within(earlier[key], later[key], (before, after))),
        *_reordered(earlier, later),
    ]
    changes = sorted(found, key=lambda each: -STEPS.index(each.step))
    step = changes[0].step if changes else None
    honest, advice = judge(before.version, after.version, step)
    return RubricDiff(
        before=_compared(before),
        after=_compared(after),
        changes=tuple(changes),
        step=step,
        honest=honest,
        advice=advice,
    )


def _compared(rubric: Rubric) -> ComparedRubric:
    return ComparedRubric(id=rubric.id, version=rubric.version, digest=digest(rubric))


def _own_id(before: Rubric, after: Rubric) -> Iterator[Change]:
    if before.id != after.id:
        yield change("renamed", Part(what="rubric", name=after.id, fields={}), "major", values=(before.id, after.id))


def _renamed(renames: Renames, later: Parts, within: Part | None = None) -> Iterator[Change]:
    for (kind, old), new in renames.items():
        yield change("renamed", later[kind, new], "major", values=(old, new), within=within)


def _gone(earlier: Parts, later: Parts, within: Part | None = None) -> Iterator[Change]:
    for key, part in earlier.items():
        if key not in later:
            yield change("removed", part, "major", values=(_title(part), None), within=within)


def _new(earlier: Parts, later: Parts, rubrics: tuple[Rubric, Rubric]) -> Iterator[Change]:
    for key, part in later.items():
        if key not in earlier:
            yield change("added", part, _step_of_new(part, earlier, rubrics), values=(None, _title(part)))


def _title(part: Part) -> str:
    return str(part.fields.get("title", part.fields.get("text", part.name)))


def _step_of_new(part: Part, earlier: Parts, rubrics: tuple[Rubric, Rubric]) -> Step:
    """Return the step that a new part deserves: minor where nothing that exists can come out otherwise."""
    match part.what:
        case "fact":
            return "minor"
        case "flag":
            return "major" if part.fields.get("caps") else "minor"
        case "evidence grade":
            return "minor" if _adds_nothing(part, earlier, rubrics[1]) else "major"
        case _:
            return "major"


def _adds_nothing(grade: Part, earlier: Parts, rubric: Rubric) -> bool:
    """Return whether a grade comes after all others and supports no more than the best of them did."""
    known = [part for (kind, _), part in earlier.items() if kind == grade.what]
    is_last = grade.place == len(rubric.evidence_grades) - 1
    return is_last and any(part.fields["supports"] == grade.fields["supports"] for part in known)


def _within(before: Part, after: Part, rubrics: tuple[Rubric, Rubric]) -> Iterator[Change]:
    """Yield what has changed in a part that is there before and after."""
    if before.what != after.what or before.within != after.within:
        values = (_place(before), _place(after))
        yield change("moved", after, "major", values=values)
    ignored = _ABOUT_THE_DOCUMENT if before.what == after.what else {*_ABOUT_THE_DOCUMENT, "weight"}
    yield from _fields(before.fields, after.fields, after, ignored=ignored)
    if before.parts or after.parts:
        yield from _scales(before, after, rubrics)


def _place(part: Part) -> str:
    return part.within or ("facts" if part.what == "fact" else "the top")


def _fields(
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    part: Part,
    *,
    within: Part | None = None,
    ignored: frozenset[str] | set[str] = _ABOUT_THE_DOCUMENT,
) -> Iterator[Change]:
    for field in (*after, *(field for field in before if field not in after)):
        if field not in ignored and before.get(field) != after.get(field):
            for each in differences(field, before.get(field), after.get(field)):
                yield _change_of(each, part, within)


def _change_of(found: Difference, part: Part, within: Part | None) -> Change:
    values = (found.before, found.after)
    return change(found.kind, part, found.step, values=values, field=found.field, within=within)


def _scales(before: Part, after: Part, rubrics: tuple[Rubric, Rubric]) -> Iterator[Change]:
    """Yield what has changed in the ways to answer one question."""
    old, new = ([name for _, name in part.parts] for part in (before, after))
    if old != new:
        yield change("scale", after, "major", values=(old, new), field="scale")
    for key in after.parts:
        if key in before.parts:
            yield from _scale(before.parts[key], after.parts[key], after, rubrics)


def _scale(before: Part, after: Part, question: Part, rubrics: tuple[Rubric, Rubric]) -> Iterator[Change]:
    yield from _fields(before.fields, after.fields, question)
    renames = probable_renames(before.parts, after.parts)
    later = after.parts
    earlier = {_new_key(key, renames): part for key, part in before.parts.items()}
    yield from _renamed(renames, later, question)
    yield from _gone(earlier, later, question)
    for key, part in later.items():
        if key not in earlier:
            step: Step = "minor" if _is_inside(part, question, rubrics) else "major"
            yield change("added", part, step, values=(None, _title(part)), within=question)
        else:
            yield from _fields(earlier[key].fields, part.fields, part, within=question)
    yield from _reordered(earlier, later, question)


def _new_key(key: Key, renames: Renames) -> Key:
    return key[0], renames.get(key, key[1])


def _is_inside(option: Part, question: Part, rubrics: tuple[Rubric, Rubric]) -> bool:
    """Return whether a new option leaves what the choice can be worth as it was."""
    if option.what != "option":
        return False
    before, after = (_range_of_choice(rubric, question.name) for rubric in rubrics)
    return before is not None and before == after


def _range_of_choice(rubric: Rubric, name: str) -> tuple[Fraction, Fraction] | None:
    questions = [*(node for node in rubric.walk() if isinstance(node, Criterion)), *rubric.facts]
    scales = [scale for each in questions if each.id == name for scale in each.scales if scale.type == "choice"]
    if not scales:
        return None
    found = scale_range(scales[0], rubric)
    return found.low, found.high


def _reordered(earlier: Parts, later: Parts, within: Part | None = None) -> Iterator[Change]:
    """Yield the siblings that stand in another order, told once by the first that does."""
    groups: dict[tuple[str, str], list[Key]] = {}
    for key, part in later.items():
        if key in earlier and earlier[key].within == part.within and earlier[key].what == part.what:
            groups.setdefault((part.what, part.within), []).append(key)
    for (what, _), keys in groups.items():
        before = sorted(keys, key=lambda key: earlier[key].place)
        if before != keys:
            step: Step = "major" if what in _ORDER_DECIDES else "patch"
            names = [name for _, name in before], [name for _, name in keys]
            yield change("reordered", later[keys[0]], step, values=names, within=within)
