"""Which of the parts that are gone is probably there under another name, and rubrics read with the new names."""

from collections import Counter
from collections.abc import Iterator, Mapping
from re import compile as pattern
from typing import Any, TypeAlias

from humanai_maturity.evolve.parts import Data, Key, Part, Parts

Renames: TypeAlias = dict[Key, str]
"""The later name of parts, by their earlier one."""

_WORD = pattern(r"[^\W_]+")
_LEAST = 0.6
_CAN_BE_RENAMED = ("stage", "evidence grade", "dimension", "question", "flag", "option", "item")
_NODES, _STAGES, _GRADES, _FLAGS = "nodes", "stages", "grades", "flags"
_SPACE_OF_KIND = {
    "stage": _STAGES,
    "evidence grade": _GRADES,
    "dimension": _NODES,
    "question": _NODES,
    "flag": _FLAGS,
}
_SPACE_OF_LIST = {
    "stages": _STAGES,
    "evidence_grades": _GRADES,
    "dimensions": _NODES,
    "criteria": _NODES,
    "facts": _NODES,
    "flags": _FLAGS,
}
_SPACE_OF_VALUE = {
    **dict.fromkeys(("criterion", "dimension", "by", "of", "cap"), _NODES),
    **dict.fromkeys(("supports", "for_stage", "unknown_supports", "from_stage", "stage", "yes", "no"), _STAGES),
    **dict.fromkeys(("at_least", "above", "at_most", "below", "to"), _STAGES),
    "evidence": _GRADES,
    "flag_absent": _FLAGS,
}
_SPACE_OF_KEYS = {"cuts": _STAGES, "bands": _STAGES, "gates": _STAGES, "basis": _STAGES, "caps": _NODES}
_FIELD_OF_VALUES = {"cuts": "number", "bands": "number", "gates": "gate", "basis": "ground", "caps": "supports"}
"""What the values are that stand under names."""


def probable_renames(before: Parts, after: Parts) -> Renames:
    """Return which parts probably have another name now: what is said of them is mostly the same.

    Example:
        >>> old = Part(what="stage", name="first", fields={"id": "first", "title": "A good start"})
        >>> new = Part(what="stage", name="start", fields={"id": "start", "title": "A good start"})
        >>> probable_renames({("stage", "first"): old}, {("stage", "start"): new})
        {('stage', 'first'): 'start'}
    """
    gone = [(key, _words(before[key])) for key in before if key not in after and key[0] in _CAN_BE_RENAMED]
    new = [(key, _words(after[key])) for key in after if key not in before and key[0] in _CAN_BE_RENAMED]
    alike = [
        (likeness, old, late)
        for old, words in gone
        for late, others in new
        if old[0] == late[0] and (likeness := _likeness(words, others)) >= _LEAST
    ]
    renames: Renames = {}
    for _, old, late in sorted(alike, key=lambda pair: -pair[0]):
        if old not in renames and late[1] not in {name for key, name in renames.items() if key[0] == old[0]}:
            renames[old] = late[1]
    return renames


def with_new_names(rubric: Data, renames: Renames) -> Data:
    """Return a rubric's meaning with every name that has changed replaced, wherever it is referred to.

    Example:
        >>> rubric = {"stages": [{"id": "low"}], "flags": [{"id": "f", "caps": {"d": "low"}}]}
        >>> with_new_names(rubric, {("stage", "low"): "first"})
        {'stages': [{'id': 'first'}], 'flags': [{'id': 'f', 'caps': {'d': 'first'}}]}
    """
    names: dict[str, dict[str, str]] = {}
    for (kind, old), new in renames.items():
        names.setdefault(_SPACE_OF_KIND.get(kind, kind), {})[old] = new
    renamed: Data = _renamed(rubric, "", names)
    return renamed


def _renamed(value: Any, field: str, names: Mapping[str, Mapping[str, str]]) -> Any:
    if isinstance(value, Mapping):
        keys = names.get(_SPACE_OF_KEYS.get(field, ""), {})
        own = names.get(_SPACE_OF_LIST.get(field, ""), {})
        below = _FIELD_OF_VALUES.get(field)
        return {
            keys.get(key, key): own.get(each, each) if key == "id" else _renamed(each, below or key, names)
            for key, each in value.items()
        }
    if isinstance(value, list):
        return [_renamed(each, "" if field == "caps" else field, names) for each in value]
    space = names.get(_SPACE_OF_VALUE.get(field, ""), {})
    return space.get(value, value) if isinstance(value, str) else value


def _likeness(some: Counter[str], others: Counter[str]) -> float:
    """Return from 0 to 1 how much two bags of words have in common."""
    return 2 * (some & others).total() / max(1, some.total() + others.total())


def _words(part: Part) -> Counter[str]:
    """Return the words of all that is said of a part, its own name left out."""
    words: Counter[str] = Counter(
        {f"in {part.within}": 1, f"at {part.place}": 1} if part.what in {"stage", "evidence grade"} else {}
    )
    for text in _texts({name: value for name, value in part.fields.items() if name != "id"}):
        words.update(word.casefold() for word in _WORD.findall(text))
    for inner in part.parts.values():
        words.update(_words(inner))
        words[inner.name] += 1
    return words


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        for key, each in value.items():
            yield key
            yield from _texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)
    else:
        yield str(value)
