"""What presses: which criteria a raised flag, a limit or a cap waits for."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import floor
from typing import TypeAlias

from humanai_maturity.advice.advised import Why
from humanai_maturity.advice.situation import Place, Situation
from humanai_maturity.model.exact import Threshold
from humanai_maturity.model.ranges import leaves, resolve_stage
from humanai_maturity.model.rubric import Counter, Criterion, Dimension, Fact, Flag, Rubric
from humanai_maturity.model.rules import (
    CriterionRequirement,
    DimensionRequirement,
    Requirement,
    ShareRequirement,
    StageRule,
    parts_of,
)

_Atom: TypeAlias = CriterionRequirement | DimensionRequirement | ShareRequirement


@dataclass(frozen=True, slots=True)
class Need:
    """Say that something waits for a criterion or a fact.

    Attributes:
        question: The id of the criterion or fact.
        why: Why.
        by: The id of the flag, or of what waits.
        value: The value that would do; `None` where every further stage helps.
    """

    question: str
    why: Why
    by: str
    value: Fraction | None = None


@dataclass(frozen=True)
class Needs:
    """Find what a situation waits for.

    Attributes:
        rubric: The rubric.
        situation: Where everything stands.
    """

    rubric: Rubric
    situation: Situation

    @cached_property
    def questions(self) -> Mapping[str, Criterion | Fact]:
        """Return every criterion and fact, by its id."""
        found: list[Criterion | Fact] = [*leaves(self.rubric), *self.rubric.facts]
        return {question.id: question for question in found}

    def __iter__(self) -> Iterator[Need]:
        """Yield all needs, the most pressing kind first."""
        for flag in self.rubric.flags:
            if flag.severity == "block" and flag.id in self.situation.outcome.raised:
                yield from self._of_flag(flag)
        for criterion in leaves(self.rubric):
            yield from self._of_limits(criterion)
        for node, waiting in self.situation.constraints.items():
            for part in self._questions_of(node):
                yield from (Need(part.id, "constraint", name) for name in waiting)

    def stage_to_claim(self, question: Criterion | Fact) -> int | None:
        """Return the stage of the next step that is left to do; `None` where there is none, or nothing is known."""
        claimed = self.situation.places[question.id].claimed
        if claimed is None:
            return None
        stages = (resolve_stage(step.to, self.rubric) for step in question.next_steps)
        return min((stage for stage in stages if stage > claimed), default=None)

    def _of_flag(self, flag: Flag) -> Iterator[Need]:
        for atom in _atoms(flag.raised_when):
            threshold = atom.below if atom.at_most is None else atom.at_most
            if threshold is None:
                continue
            value = self._beyond(threshold, strict=atom.at_most is not None)
            for name in _names(atom):
                for question in self._questions_of(name):
                    if not self._reaches(self.situation.places[question.id], value):
                        yield Need(question.id, "flag", flag.id, value)

    def _of_limits(self, criterion: Criterion) -> Iterator[Need]:
        place = self.situation.places[criterion.id]
        if not place.applies or place.claimed is None:
            return
        wanted = max(place.claimed, Fraction(self.stage_to_claim(criterion) or 0))
        wanted = min(wanted, Fraction(self.situation.outcome.next_stage))
        for prerequisite in criterion.prerequisites:
            value = self._beyond(prerequisite.at_least, strict=False)
            there = self._reaches(self.situation.places[prerequisite.criterion], value)
            if not there and wanted >= resolve_stage(prerequisite.for_stage, self.rubric):
                yield Need(prerequisite.criterion, "prerequisite", criterion.id, value)
        if criterion.counter is not None and wanted > self._counter_supports(criterion.counter):
            yield Need(criterion.counter.criterion, "counter", criterion.id, wanted - criterion.counter.plus)

    def _counter_supports(self, counter: Counter) -> Fraction:
        """Return the most that a counter-metric lets a criterion be worth."""
        place, top = self.situation.places[counter.criterion], Fraction(len(self.rubric.stages))
        if place.applies and place.supported is not None:
            return place.supported + counter.plus
        unlimited = not place.applies or counter.unknown_supports is None
        return top if unlimited else Fraction(resolve_stage(counter.unknown_supports or 1, self.rubric))

    def _beyond(self, threshold: Threshold, *, strict: bool) -> Fraction:
        """Return the value that a threshold asks for, or the next whole one above it."""
        value = Fraction(resolve_stage(threshold, self.rubric)) if isinstance(threshold, str) else threshold
        return Fraction(floor(value) + 1) if strict else value

    def _reaches(self, place: Place, value: Fraction) -> bool:
        return not place.applies or (place.supported is not None and place.supported >= value)

    def _questions_of(self, name: str) -> tuple[Criterion | Fact, ...]:
        """Return the criterion or fact of that name, or all criteria below a node."""
        if name in self.questions:
            return (self.questions[name],)
        node = next((each for each in self.rubric.walk() if each.id == name), None)
        return tuple(leaves(node if isinstance(node, Dimension) else self.rubric))


def _atoms(requirement: Requirement | StageRule) -> Iterator[_Atom]:
    """Yield the comparisons that raise a flag."""
    if isinstance(requirement, _Atom):
        yield requirement
    for part in parts_of(requirement):
        yield from _atoms(part)


def _names(atom: _Atom) -> tuple[str, ...]:
    match atom:
        case CriterionRequirement():
            return (atom.criterion,)
        case DimensionRequirement():
            return (atom.dimension,)
        case ShareRequirement():
            return atom.of
