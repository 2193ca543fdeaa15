"""Whether one requirement follows from others, told from what they say: never wrong, not always complete.

It holds wherever everything is answered and applies.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import islice
from typing import TypeAlias

from humanai_maturity.model.exact import Threshold
from humanai_maturity.model.rubric import Rubric
from humanai_maturity.model.rules import (
    All,
    AnyOf,
    AtLeastN,
    CriterionRequirement,
    DimensionRequirement,
    EvidenceRequirement,
    Requirement,
    ShareRequirement,
)

Redundant: TypeAlias = Callable[[Requirement, Requirement], bool]
Comparison: TypeAlias = CriterionRequirement | DimensionRequirement | ShareRequirement
MOST_PARTS = 200
"""How many parts of a requirement are compared with each other; no author writes as many."""


@dataclass(frozen=True)
class Ranks:
    """Keep what stages and evidence grades are compared by, and what is known to follow from what.

    Attributes:
        stages: The number of each stage.
        grades: The place of each evidence grade.
    """

    stages: Mapping[str, int]
    grades: Mapping[str, int]
    _known: dict[tuple[int, int], tuple[Requirement, Requirement, bool]] = field(default_factory=dict, repr=False)

    def follows(self, one: Requirement, other: Requirement) -> bool:
        """Return whether the other follows from the one; each pair is looked at once, however deep they are nested."""
        key = id(one), id(other)
        if key not in self._known:
            self._known[key] = one, other, _implies(one, other, self)
        return self._known[key][2]


def ranks_of(rubric: Rubric) -> Ranks:
    """Return what stages and evidence grades are compared by.

    Example:
        >>> ranks_of(Rubric(
        ...     id="r", version="1", title="R", stages=[{"id": "low", "title": "Low"}],
        ...     evidence_grades=[{"id": "word", "supports": 1}], dimensions=[{"id": "d", "title": "D"}],
        ... ))
        Ranks(stages={'low': 1}, grades={'word': 0})
    """
    return Ranks(rubric.stage_numbers, {grade.id: place for place, grade in enumerate(rubric.evidence_grades)})


def implies(one: Requirement, other: Requirement, ranks: Ranks) -> bool:
    """Return whether the other requirement is met wherever the one is.

    Example:
        >>> strict = CriterionRequirement(criterion="c", at_least=3)
        >>> mild = CriterionRequirement(criterion="c", above=2)
        >>> implies(strict, mild, Ranks({}, {})), implies(mild, strict, Ranks({}, {}))
        (True, False)
    """
    return ranks.follows(one, other)


def _implies(one: Requirement, other: Requirement, ranks: Ranks) -> bool:
    if one == other:
        return True
    match one:
        case All() if any(implies(part, other, ranks) for part in one.all):
            return True
        case AnyOf() if all(implies(part, other, ranks) for part in one.any):
            return True
        case _:
            return _follows(one, other, ranks)


def _follows(one: Requirement, other: Requirement, ranks: Ranks) -> bool:
    """Return whether the other follows from the one as a whole."""
    match other:
        case All():
            return all(implies(one, part, ranks) for part in other.all)
        case AnyOf():
            return any(implies(one, part, ranks) for part in other.any)
        case AtLeastN(at_least_n=wanted):
            return sum(implies(one, part, ranks) for part in other.of) >= wanted
        case EvidenceRequirement():
            return isinstance(one, EvidenceRequirement) and _evidence_follows(one, other, ranks)
        case CriterionRequirement() | DimensionRequirement() | ShareRequirement():
            return isinstance(one, Comparison) and _compares(one, other, ranks)
        case _:
            return False


def is_open_whenever(gate: Requirement, lower: Sequence[Requirement], ranks: Ranks) -> bool:
    """Return whether a gate is open wherever all of the lower ones are."""
    known = [*islice((part for each in lower for part in conjuncts(each)), MOST_PARTS)]
    asked = [*islice(conjuncts(gate), MOST_PARTS + 1)]
    if len(asked) > MOST_PARTS:
        return False
    return all(any(implies(one, part, ranks) for one in known) for part in asked)


def redundant(parts: Sequence[Requirement], adds_nothing: Redundant) -> Iterator[tuple[int, int]]:
    """Yield the places of parts that add nothing to another, with its place; of two that say the same, the later.

    Args:
        parts: The parts; beyond a number that no author comes to, nothing is said of them.
        adds_nothing: Whether a part adds nothing to another one.
    """
    few = parts[:MOST_PARTS]
    for place, part in enumerate(few):
        for other, each in enumerate(few):
            if place != other and adds_nothing(part, each) and (other < place or not adds_nothing(each, part)):
                yield place, other
                break


def conjuncts(requirement: Requirement) -> Iterator[Requirement]:
    """Yield the requirements that all have to be met for this one.

    Example:
        >>> inner = All(all=[{"flag_absent": "f"}, {"flag_absent": "g"}])
        >>> [part.flag_absent for part in conjuncts(All(all=[inner, {"flag_absent": "h"}]))]
        ['f', 'g', 'h']
    """
    if isinstance(requirement, All):
        for part in requirement.all:
            yield from conjuncts(part)
    else:
        yield requirement


def subject(atom: Requirement) -> object:
    """Return what a comparison is about; two with the same subject can be told apart by their thresholds alone."""
    match atom:
        case CriterionRequirement():
            return "criterion", atom.criterion
        case DimensionRequirement():
            return "dimension", atom.dimension
        case ShareRequirement():
            return "share", frozenset(atom.of)
        case _:
            return None


def _evidence_follows(one: EvidenceRequirement, other: EvidenceRequirement, ranks: Ranks) -> bool:
    return one.share >= other.share and ranks.grades[one.evidence] >= ranks.grades[other.evidence]


def _compares(one: Comparison, other: Comparison, ranks: Ranks) -> bool:
    if subject(one) != subject(other):
        return False
    if isinstance(one, ShareRequirement) and isinstance(other, ShareRequirement) and one.share < other.share:
        return False
    return any(_is_stricter(strict, mild, ranks) for strict in thresholds(one) for mild in thresholds(other))


def thresholds(atom: Comparison) -> Iterable[tuple[str, Threshold]]:
    """Return the comparisons of an atom, each with its threshold."""
    for key in ("at_least", "above", "at_most", "below"):
        threshold = getattr(atom, key)
        if threshold is not None:
            yield key, threshold


def _is_stricter(strict: tuple[str, Threshold], mild: tuple[str, Threshold], ranks: Ranks) -> bool:
    (key, value), (other, bound) = strict, mild
    if isinstance(value, str) != isinstance(bound, str):
        return False
    upward = key in {"at_least", "above"}
    if upward != (other in {"at_least", "above"}):
        return False
    high, low = _number(value, ranks), _number(bound, ranks)
    if not upward:
        high, low = -high, -low
    return high > low or (high == low and (key in {"above", "below"} or other in {"at_least", "at_most"}))


def _number(threshold: Threshold, ranks: Ranks) -> Fraction:
    return Fraction(ranks.stages[threshold]) if isinstance(threshold, str) else threshold
