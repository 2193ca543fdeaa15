"""What a place in a rubric is called, so that a finding can be silenced by a name that survives reordering."""

from humanai_maturity.documents.source import Path
from humanai_maturity.model.rubric import OVERALL, Cap, Prerequisite, Rubric, Silence

_THINGS = frozenset({"stages", "evidence_grades", "dimensions", "criteria", "facts", "flags", "roles", "sources"})
_PARTS = frozenset({"options", "items"})
_KEYED = frozenset({"gates", "cuts", "bands", "caps"})


def name_of(loc: Path, rubric: Rubric) -> str:
    """Return what `silence` calls a place: the id of the thing that it is in, and of the part of it.

    Example:
        >>> rubric = Rubric.model_validate({
        ...     "id": "r", "version": "1", "title": "R", "stages": [{"id": "low", "title": "Low"}],
        ...     "dimensions": [{"id": "d", "title": "D", "criteria": [{"id": "c", "title": "C", "scale": {
        ...         "type": "choice", "options": [{"id": "a", "points": 0}, {"id": "b", "points": 1}],
        ...     }}]}],
        ... })
        >>> name_of(("dimensions", 0, "criteria", 0, "scale", "options", 1, "text"), rubric)
        'c/b'
        >>> name_of(("title",), rubric)
        'overall'
    """
    thing, parts = OVERALL, list[str]()
    value: object = rubric
    for before, key in zip((None, *loc), loc, strict=False):
        value = _inside(value, key)
        if isinstance(key, int) and before in _THINGS:
            thing, parts = str(getattr(value, "id", thing)), []
        elif isinstance(key, int):
            parts += _part(value, str(before))
        elif before in _KEYED:
            parts.append(key)
    return "/".join((thing, *parts))


def _inside(value: object, key: str | int) -> object:
    if isinstance(key, int):
        return value[key] if isinstance(value, tuple) and key < len(value) else None
    return value.get(key) if isinstance(value, dict) else getattr(value, key, None)


def _part(value: object, container: str) -> list[str]:
    match value:
        case Cap():
            return [value.by]
        case Prerequisite():
            return [value.criterion]
        case Silence():
            return [value.at]
        case _:
            return [str(getattr(value, "id", ""))] if container in _PARTS else []
