"""A rubric's meaning taken apart into the parts that have names, so that they are compared by name, not by place."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

Data: TypeAlias = Mapping[str, Any]

HOLDERS = ("options", "items", "criteria", "dimensions", "facts", "stages", "flags", "caps", "evidence_grades")
"""The fields of parts that hold other parts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Hold one part of a rubric with all that is said of it, less the parts that it is made of.

    Attributes:
        what: What it is, in words.
        name: Its id; where it has none, something that tells it apart from its like.
        within: The name of the part that it belongs to; empty at the top.
        place: Where it stands among its siblings.
        fields: What is said of it.
        parts: The parts that have names only inside this one: options and items.
    """

    what: str
    name: str
    within: str = ""
    place: int = 0
    fields: Data
    parts: "Parts" = field(default_factory=dict)

    @property
    def title(self) -> str:
        """Return what people call it."""
        return str(self.fields.get("title", self.name))


Key: TypeAlias = tuple[str, str]
"""The kind of name, and the name: criteria and facts share theirs."""

Parts: TypeAlias = dict[Key, Part]
"""The parts of something, by their names."""

_KINDS = {"dimension": "dimension", "criterion": "question", "fact": "question"}


def parts_of(rubric: Data) -> Parts:
    """Return all parts of a rubric, the rubric itself first.

    Example:
        >>> [*parts_of({"id": "r", "stages": [{"id": "low"}], "dimensions": [{"id": "d", "criteria": []}]})]
        [('rubric', ''), ('stage', 'low'), ('dimension', 'd')]
    """
    found = [
        Part(what="rubric", name="", fields=_without_parts(rubric)),
        *_listed("stage", rubric.get("stages", ())),
        *_listed("evidence grade", rubric.get("evidence_grades", ())),
        *(part for place, each in enumerate(rubric["dimensions"]) for part in _dimension(each, "", place)),
        *(_question("fact", each, "", place) for place, each in enumerate(rubric.get("facts", ()))),
        *_listed("flag", rubric.get("flags", ())),
        *_caps(rubric.get("caps", ())),
    ]
    return {key_of(part): part for part in found}


def key_of(part: Part) -> Key:
    """Return the name of a part with its kind."""
    return _KINDS.get(part.what, part.what), part.name


def _without_parts(data: Data) -> dict[str, Any]:
    return {
        name: value
        for name, value in data.items()
        if name not in HOLDERS or (name == "caps" and isinstance(value, Mapping))
    }


def _listed(what: str, entries: Any) -> Iterator[Part]:
    for place, each in enumerate(entries):
        yield Part(what=what, name=each["id"], place=place, fields=_without_parts(each))


def _dimension(dimension: Data, within: str, place: int) -> Iterator[Part]:
    name = dimension["id"]
    yield Part(what="dimension", name=name, within=within, place=place, fields=_without_parts(dimension))
    for inner, each in enumerate(dimension.get("criteria", ())):
        yield _question("criterion", each, name, inner)
    for inner, each in enumerate(dimension.get("dimensions", ())):
        yield from _dimension(each, name, inner)


def _question(what: str, question: Data, within: str, place: int) -> Part:
    """Return a criterion or a fact, whose ways to be answered are parts that only it has names for."""
    scales = [question["scale"], *question.get("otherwise", ())]
    fields = {name: value for name, value in question.items() if name not in {"scale", "otherwise"}}
    parts = [_scale(scale, question["id"], order) for order, scale in enumerate(scales)]
    return Part(
        what=what,
        name=question["id"],
        within=within,
        place=place,
        fields=fields,
        parts={key_of(part): part for part in parts},
    )


def _scale(scale: Data, within: str, place: int) -> Part:
    parts = [
        Part(what=what, name=each["id"], within=scale["type"], place=order, fields=_without_parts(each))
        for what, entries in (("option", scale.get("options", ())), ("item", scale.get("items", ())))
        for order, each in enumerate(entries)
    ]
    named = {key_of(part): part for part in parts}
    return Part(what="scale", name=scale["type"], within=within, place=place, fields=_without_parts(scale), parts=named)


def _caps(caps: Any) -> Iterator[Part]:
    """Yield caps, which have no ids: what they hold down and by what tells them apart, then their order."""
    seen: dict[str, int] = {}
    for place, cap in enumerate(caps):
        alike = f"{', '.join(sorted(cap['cap']))} by {cap['by']}"
        seen[alike] = seen.get(alike, 0) + 1
        name = alike if seen[alike] == 1 else f"{alike} ({seen[alike]})"
        fields = {name: value for name, value in cap.items() if name not in {"cap", "by"}}
        yield Part(what="cap", name=name, place=place, fields=fields)
