"""Every field of a rubric has been thought of: a new one has to be put where it belongs."""

from collections.abc import Iterator
from typing import Any, get_args, get_type_hints

from humanai_maturity.evolve import fields, parts
from humanai_maturity.model.exact import Document
from humanai_maturity.model.rubric import Rubric

IDENTITY = {"format", "id", "version", "silence"}
"""What tells documents apart, and what does not count for the digest."""

PARTS = {*parts.HOLDERS, "scale", "otherwise", "criterion", "dimension", "by", "of"}
"""What holds or names other parts, which are compared by themselves."""

RULES = {
    *("score", "stage", "defaults", "raised_when", "prerequisites", "counter", "weight", "measure", "name", "params"),
    *("rule", "over", "normalise", "round", "digits", "mode", "closed", "vacuous", "gates", "lowest", "highest", "kth"),
    *("all", "any", "flag_absent", "cuts", "bands", "range", "onto", "direction", "yes", "no", "points", "type"),
    *("weights", "clip", "lowered", "each"),
}
"""Where any difference is one of a rule or a scale, which may change scores."""


def documents(kind: Any, seen: set[type[Document]]) -> Iterator[type[Document]]:
    """Yield every kind of document that another one holds, at any depth."""
    if isinstance(kind, type) and issubclass(kind, Document) and kind not in seen:
        seen.add(kind)
        yield kind
        for hint in get_type_hints(kind, include_extras=True).values():
            yield from documents(hint, seen)
    for inner in get_args(kind):
        yield from documents(inner, seen)


def test_every_field_has_been_thought_of() -> None:
    guidance = {"Adaptation", "Basis", "NextStep", "Ratio", "Role", "Silence", "Source", "Team", "TeamRole"}
    known = IDENTITY | PARTS | RULES | fields.WORDS | fields.POLICIES | fields.NUMBERS
    unknown = {
        f"{kind.__name__}.{name}"
        for kind in documents(Rubric, set())
        if kind.__name__ not in guidance
        for name in kind.model_fields
        if name not in known
    }
    assert not unknown, f"say in evolve/fields.py or here what a difference in {unknown} means"


def test_no_field_is_in_two_places() -> None:
    assert not fields.WORDS & (fields.POLICIES | fields.NUMBERS | RULES)
    assert not fields.POLICIES & RULES
