"""What it means that one field of a part differs: which kind of change it is, and which step it deserves."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from json import dumps
from typing import Any

from humanai_maturity.evolve.changes import ChangeKind, Step

WORDS = frozenset(
    {
        *("title", "description", "attribution", "licence", "question", "help", "text", "unit"),
        *("because", "says", "remedy", "definition", "columns", "basis", "look_at", "next_steps", "roles", "sources"),
        *("ai_does", "people_do", "team", "next_move", "anti_patterns", "adapted"),
    }
)
"""The fields that no score depends on: they hold what people read, and advice."""

POLICIES = frozenset(
    {
        *("missing", "coverage_floor", "max_not_applicable", "not_applicable_may_lift", "allow_not_applicable"),
        *("max_age_days", "evidence", "when_unknown", "severity", "display", "quick"),
    }
)
"""The fields that say how answers are to be treated."""

NUMBERS = frozenset(
    {
        *("at_least", "above", "at_most", "below", "share", "at_least_n", "quorum", "k", "q", "alpha", "exponent"),
        *("floor", "base", "plus", "for_stage", "unknown_supports", "from_stage", "worst", "best", "min_sample"),
        *("minimum", "maximum", "cap", "supports", "least", "most"),
    }
)
"""The fields that hold numbers or stages in rules, which are compared one by one."""

_NUMBERS_BY_STAGE = frozenset({"cuts", "bands", "caps"})
_WITH_A_DEFAULT = frozenset(
    {"plus", "base", "least", "most", "min_sample", "minimum", "maximum", "from_stage", "unknown_supports"}
)
_IN_ANY_ORDER = frozenset({"all", "any", "of", "lowest", "highest", "cap", "prerequisites", "each"})
_NAMING = ("criterion", "dimension", "flag_absent", "evidence", "quorum", "cuts", "gates", "lowered")
_SHOWN = frozenset({"digits", "mode"})


@dataclass(frozen=True, slots=True)
class Difference:
    """Hold what differs in one field before it is put into words."""

    kind: ChangeKind
    field: str
    before: Any
    after: Any
    step: Step


def differences(field: str, before: Any, after: Any) -> Iterator[Difference]:
    """Yield what differs in one field: number by number where only numbers do, else as a whole.

    Example:
        >>> [each.field for each in differences("stage", {"cuts": {"top": 3}}, {"cuts": {"top": 4}})]
        ['stage.cuts.top']
    """
    if field in WORDS:
        yield Difference("text", field, before, after, "patch")
    elif field == "weight":
        yield Difference("reweighted", field, before, after, "major")
    elif field in {"stage", "points", "yes", "no"} and not isinstance(before or after, Mapping):
        yield Difference("scale", field, before, after, "major")
    elif field in POLICIES:
        yield Difference("policy", field, before, after, _step_of_policy(field, before, after))
    else:
        yield from _of_a_rule(field, before, after)


def _step_of_policy(field: str, before: Any, after: Any) -> Step:
    """Return how much a policy matters: nothing becomes invalid or other where only more is allowed or shown."""
    if field == "allow_not_applicable":
        return "minor" if after else "major"
    if field == "display":
        changed = {
            key for key in {*(before or {}), *(after or {})} if (before or {}).get(key) != (after or {}).get(key)
        }
        return "minor" if changed <= _SHOWN else "major"
    return "minor" if field in {"severity", "quick"} else "major"


def _of_a_rule(field: str, before: Any, after: Any) -> Iterator[Difference]:
    old, new = _in_order(before, field), _in_order(after, field)
    if old == new:
        yield Difference("reordered", field, before, after, "patch")
        return
    found = list(_leaves(old, new, field, field))
    if all(leaf is not None for leaf in found):
        yield from (leaf for leaf in found if leaf is not None)
    else:
        yield Difference("rule", field, before, after, "major")


def _leaves(before: Any, after: Any, field: str, path: str) -> Iterator[Difference | None]:
    """Yield every number that differs, and `None` for whatever else does."""
    if before == after:
        return
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        for key in sorted({*before, *after}):
            if (key in before) != (key in after) and key not in _WITH_A_DEFAULT:
                yield None
            else:
                below = "number" if field in _NUMBERS_BY_STAGE else key
                yield from _leaves(before.get(key), after.get(key), below, f"{path}.{key}")
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        for old, new in zip(before, after, strict=True):
            yield from _leaves(old, new, field, f"{path}[{_name(new)}]")
    elif field in NUMBERS or field == "number":
        yield Difference("threshold", path, before, after, "major")
    else:
        yield None


def _name(part: Any) -> str:
    """Return what tells one requirement or rule apart from those beside it."""
    if not isinstance(part, Mapping):
        return str(part)
    name = next((key for key in _NAMING if key in part), next(iter(part), ""))
    return str(part[name]) if isinstance(part.get(name), str) else name


def _in_order(value: Any, field: str = "") -> Any:
    """Return a rule with the parts whose order says nothing in one order, those alike beside each other."""
    if isinstance(value, Mapping):
        return {key: _in_order(each, key) for key, each in value.items()}
    if not isinstance(value, list):
        return value
    parts = [_in_order(each) for each in value]
    return sorted(parts, key=lambda part: (_shape(part), dumps(part))) if field in _IN_ANY_ORDER else parts


def _shape(part: Any) -> str:
    """Return a rule as text without its numbers, so that rules which differ in numbers only are neighbours."""
    return dumps(_without_numbers(part), sort_keys=True)


def _without_numbers(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: None if key in NUMBERS else _without_numbers(each) for key, each in value.items()}
    return [_without_numbers(each) for each in value] if isinstance(value, list) else value
