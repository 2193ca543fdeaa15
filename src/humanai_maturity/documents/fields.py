"""Which keys and which kinds are known at a place of a document, read off its JSON Schema."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from humanai_maturity.documents.source import Path

_Node: TypeAlias = Mapping[str, Any]


def known_keys(schema: _Node, data: object, path: Path) -> tuple[str, ...]:
    """Return the keys that the mapping at a path can have; none where any key will do.

    Example:
        >>> known_keys({"type": "object", "properties": {"id": {}, "title": {}}}, {"titel": "T"}, ())
        ('id', 'title')
    """
    return tuple(_fitting(schema, *_descend(schema, data, path)).get("properties", ()))


def known_kinds(schema: _Node, data: object, path: Path, key: str) -> tuple[str, ...]:
    """Return the values that the telling key of the mapping at a path can have, such as the types of scales.

    Example:
        >>> metric = {"type": "object", "properties": {"type": {"const": "metric"}}}
        >>> known_kinds({"anyOf": [metric]}, {}, (), "type")
        ('metric',)
    """
    node, _ = _descend(schema, data, path)
    properties = (variant.get("properties", {}).get(key, {}) for variant in _variants(schema, node))
    return tuple(each["const"] for each in properties if "const" in each)


def _descend(schema: _Node, data: object, path: Path) -> tuple[_Node, object]:
    node, value = schema, data
    for part in path:
        node, value = _step(_fitting(schema, node, value), part), _part_of(value, part)
    return node, value


def _part_of(value: object, part: str | int) -> object:
    if isinstance(value, Mapping):
        return value.get(part)
    return value[part] if isinstance(value, Sequence) and isinstance(part, int) else None


def _step(node: _Node, part: str | int) -> _Node:
    found: _Node
    if isinstance(part, int):
        found = node.get("items", {})
    else:
        found = node.get("properties", {}).get(part) or node.get("additionalProperties") or {}
    return found


def _fitting(schema: _Node, node: _Node, value: object) -> _Node:
    """Return the variant that the value was probably meant to be."""
    kind = "object" if isinstance(value, Mapping) else "array"
    variants = [variant for variant in _variants(schema, node) if variant.get("type") == kind]
    return max(variants, key=lambda variant: _likeness(variant, value), default={})


def _variants(schema: _Node, node: _Node) -> Iterator[_Node]:
    if "$ref" in node:
        yield from _variants(schema, schema["$defs"][node["$ref"].rpartition("/")[2]])
    elif "anyOf" in node:
        for branch in node["anyOf"]:
            yield from _variants(schema, branch)
    else:
        yield node


def _likeness(variant: _Node, value: object) -> tuple[int, int]:
    """Count the telling keys that agree, then the keys that are known."""
    if not isinstance(value, Mapping):
        return 0, 0
    properties = variant.get("properties", {})
    agreeing = sum(each["const"] == value.get(key) for key, each in properties.items() if "const" in each)
    return agreeing, sum(key in properties for key in value)
