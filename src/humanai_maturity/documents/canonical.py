"""One text for one meaning: the canonical form and the digest of a rubric, and documents written out as YAML."""

from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import cache
from hashlib import sha256
from json import dumps
from re import compile as pattern
from typing import Any, TypeAlias

import yaml

from humanai_maturity.model.assessment import Answer, Assessment, RubricRef
from humanai_maturity.model.exact import Document, WrittenDecimal, WrittenInt
from humanai_maturity.model.guidance import Basis
from humanai_maturity.model.rubric import Rubric

_Leaf: TypeAlias = Callable[[object, str], object]
"""Turns a value that is no document, mapping or list into plain data, knowing the name of its field."""

_FIRST = (
    *("format", "rule", "type", "id", "version", "title", "description", "attribution", "licence", "stages"),
    *(
        "evidence_grades",
        "defaults",
        "question",
        "help",
        "weight",
        "criterion",
        "dimension",
        "at_least_n",
        "share",
        "of",
    ),
)
"""The fields that readers look for first; the others follow as they are declared."""
_TELLING = ("rule", "type", "unknown")
_STAGE_FIELDS = ("stage", "supports", "for_stage", "unknown_supports", "from_stage", "caps", "to")
_FRAGILE = pattern("[\t\r\x85\u2028\u2029\ufeff]|\\A[ \n]|[ ]\n|[ ]\\Z|\n\n\\Z")
"""What only double quotation marks are sure to keep as it is."""


def canonical(rubric: Rubric) -> str:
    """Return a rubric's meaning as compact JSON: sorted keys, no defaults, exact numbers, stages by their ids.

    Example:
        >>> rubric = Rubric(
        ...     id="r", version="1", title="R", stages=[{"id": "low", "title": "Low"}],
        ...     dimensions=[{"id": "d", "title": "D", "weight": 0.50}],
        ... )
        >>> canonical(rubric)[:50]
        '{"dimensions":[{"id":"d","title":"D","weight":"1/2'
    """
    return dumps(meaning(rubric), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def meaning(rubric: Rubric) -> dict[str, Any]:
    """Return a rubric's meaning as plain data: no defaults, numbers as `1/2`, stages by their ids.

    What is silenced is a remark to those who check the rubric and no part of its meaning.

    Example:
        >>> rubric = Rubric(
        ...     id="r", version="1", title="R", stages=[{"id": "low", "title": "Low"}],
        ...     dimensions=[{"id": "d", "title": "D", "weight": 0.50}],
        ... )
        >>> meaning(rubric)["dimensions"]
        [{'id': 'd', 'title': 'D', 'weight': '1/2'}]
    """
    names = [stage.id for stage in rubric.stages]

    def leaf(value: object, field: str) -> object:
        if isinstance(value, Fraction):
            return int(value) if value.denominator == 1 else str(value)
        if isinstance(value, int) and field in _STAGE_FIELDS and value <= len(names):
            return names[value - 1]
        return value

    plain: dict[str, Any] = dict(_entries(rubric.model_copy(update={"silence": ()}), leaf))
    return plain


def digest(rubric: Rubric) -> str:
    """Return a rubric's fingerprint: the same for the same meaning, however it is written down.

    Example:
        >>> rubric = Rubric(
        ...     id="r", version="1", title="R", stages=[{"id": "low", "title": "Low"}],
        ...     dimensions=[{"id": "d", "title": "D"}],
        ... )
        >>> digest(rubric)[:15]
        'sha256:f6376fd5'
    """
    return f"sha256:{sha256(canonical(rubric).encode()).hexdigest()}"


def dump_rubric(rubric: Rubric) -> str:
    """Return a rubric as YAML, in the order of its fields and without what is the default.

    Example:
        >>> rubric = Rubric(
        ...     id="r", version="1", title="R", stages=[{"id": "low", "title": "Low"}],
        ...     dimensions=[{"id": "d", "title": "D", "weight": 0.50}],
        ... )
        >>> print(dump_rubric(rubric))
        id: r
        version: '1'
        title: R
        stages:
        - id: low
          title: Low
        dimensions:
        - id: d
          title: D
          weight: 0.5
        <BLANKLINE>
    """
    return _dump(_plain(rubric, "", _as_written))


def plain(rubric: Rubric) -> dict[str, Any]:
    """Return a rubric as plain data of one's own, as its YAML holds it.

    Example:
        >>> rubric = Rubric(
        ...     id="r", version="1", title="R", stages=[{"id": "low", "title": "Low"}],
        ...     dimensions=[{"id": "d", "title": "D"}],
        ... )
        >>> plain(rubric)["dimensions"]
        [{'id': 'd', 'title': 'D'}]
    """
    return {name: _plain(value, name, _as_written) for name, value in _told(rubric)}


def dump_assessment(assessment: Assessment) -> str:
    """Return an assessment as YAML, in the order of its fields; a bare answer stays bare.

    Example:
        >>> print(dump_assessment(Assessment(rubric="r", answers={"c": "owned"})))
        rubric: r
        answers:
          c: owned
        <BLANKLINE>
    """
    return _dump(_plain(assessment, "", _as_written))


def _plain(value: object, field: str, leaf: _Leaf) -> object:
    match value:
        case RubricRef(version=None, digest=None):
            return value.id
        case Basis(sources=(), note=None):
            return value.kind
        case Answer() if _is_bare(value):
            return _plain(value.value, "value", leaf)
        case Document():
            return dict(_entries(value, leaf))
        case dict():
            return {key: _plain(each, field, leaf) for key, each in value.items()}
        case tuple():
            return [_plain(each, field, leaf) for each in value]
        case _:
            return leaf(value, field)


def _entries(document: Document, leaf: _Leaf) -> Iterator[tuple[str, object]]:
    yield from ((name, _plain(each, name, leaf)) for name, each in _told(document))


def _is_bare(answer: Answer) -> bool:
    return not isinstance(answer.value, dict) and [name for name, _ in _told(answer)] == ["value"]


def _told(document: Document) -> Iterator[tuple[str, object]]:
    """Yield the fields that are not at their defaults, and those that tell the kind of document."""
    for name, default in _defaults(type(document)):
        value = getattr(document, name)
        if value != default or name in _TELLING:
            yield name, value


@cache
def _defaults(kind: type[Document]) -> list[tuple[str, object]]:
    fields = kind.model_fields
    names = [name for name in _FIRST if name in fields] + [name for name in fields if name not in _FIRST]
    return [(name, fields[name].get_default(call_default_factory=True)) for name in names]


def _as_written(value: object, _field: str) -> object:
    """Return a number so that it reads back exactly: as a decimal where that is possible, else as the text `1/3`."""
    return _decimal(value) if isinstance(value, Fraction) else value


def _decimal(number: Fraction) -> WrittenInt | WrittenDecimal | str:
    if number.denominator == 1:
        return WrittenInt(str(number))
    digits = _decimal_places(number.denominator)
    if digits is None:
        return str(number)
    scaled = abs(number.numerator) * 10**digits // number.denominator
    whole, rest = divmod(scaled, 10**digits)
    return WrittenDecimal(f"{'-' * (number < 0)}{whole}.{rest:0{digits}d}")


def _decimal_places(denominator: int) -> int | None:
    """Return how many decimal places a fraction has, or `None` for infinitely many."""
    twos = fives = 0
    while denominator % 2 == 0:
        denominator, twos = denominator // 2, twos + 1
    while denominator % 5 == 0:
        denominator, fives = denominator // 5, fives + 1
    return max(twos, fives) if denominator == 1 else None


def _dump(data: object) -> str:
    text: str = yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=110)
    return text


class _Dumper(yaml.SafeDumper):
    """Write numbers as they are spelt, texts so that YAML 1.1 and 1.2 agree on them, and no aliases."""

    def ignore_aliases(self, _data: object) -> bool:
        return True


def _represent_text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = '"' if _FRAGILE.search(text) else "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


def _represent_whole(dumper: yaml.SafeDumper, number: WrittenInt) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:int", number.text)


def _represent_decimal(dumper: yaml.SafeDumper, number: WrittenDecimal) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:float", number.text)


_Dumper.add_representer(str, _represent_text)
_Dumper.add_representer(WrittenInt, _represent_whole)
_Dumper.add_representer(WrittenDecimal, _represent_decimal)
_Dumper.add_implicit_resolver("tag:yaml.org,2002:int", pattern("^(?:[-+]?[0-9]+|0o[0-7]+)$"), list("+-0123456789"))
_Dumper.add_implicit_resolver(
    "tag:yaml.org,2002:float",
    pattern(r"^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$"),
    list("+-.0123456789"),
)
