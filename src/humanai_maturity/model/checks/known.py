"""What the ids of a rubric name, asked without trusting that it is consistent."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeAlias

from humanai_maturity.errors import near_miss
from humanai_maturity.model.ranges import (
    Range,
    combined_range,
    question_range,
    score_rule_of,
    scored_parts,
    stage_rule_of,
)
from humanai_maturity.model.rubric import OVERALL, Criterion, Dimension, Fact, Rubric

Loc: TypeAlias = tuple[str | int, ...]
"""Where something is in the document: keys and positions in lists."""

Question: TypeAlias = Criterion | Fact
Node: TypeAlias = Dimension | Rubric
Thing: TypeAlias = Question | Node

_MOST_HINTS = 50


@dataclass(frozen=True, slots=True)
class Inconsistency:
    """Read one thing in a rubric that does not go together with another.

    Attributes:
        code: A stable name of the kind of problem, such as `unknown-stage`.
        loc: Where it is in the document, such as `("dimensions", 0, "weight")`.
        message: What is wrong and what to write instead.
        hint: A near miss that was probably meant.
        of_key: Whether the key at this place is meant rather than its value.
    """

    code: str
    loc: Loc
    message: str
    hint: str | None = None
    of_key: bool = False


Found: TypeAlias = Iterator[Inconsistency]


@dataclass(frozen=True)
class Known:
    """Look up what ids name, what it can be worth, and whether it stands at a stage.

    Attributes:
        rubric: The rubric.
        unclear: The criteria and facts whose scales are faulty, so that nothing more is said about their values.
    """

    rubric: Rubric
    unclear: set[str] = field(default_factory=set)
    _hints: Iterator[int] = field(default_factory=lambda: iter(range(_MOST_HINTS)))
    _spans: dict[int, Range | None] = field(default_factory=dict)

    @cached_property
    def grades(self) -> dict[str, int]:
        """Return the position of each evidence grade."""
        return {grade.id: place for place, grade in enumerate(self.rubric.evidence_grades)}

    @cached_property
    def flags(self) -> frozenset[str]:
        """Return the ids of the flags."""
        return frozenset(flag.id for flag in self.rubric.flags)

    @cached_property
    def questions(self) -> list[tuple[Loc, Question]]:
        """Return all criteria and facts with their places."""
        facts: list[tuple[Loc, Question]] = [(("facts", place), fact) for place, fact in enumerate(self.rubric.facts)]
        return [*((loc, part) for loc, part in self.parts if isinstance(part, Criterion)), *facts]

    @cached_property
    def nodes(self) -> list[tuple[Loc, Node]]:
        """Return the whole and all dimensions with their places."""
        dimensions: list[tuple[Loc, Node]] = [(loc, part) for loc, part in self.parts if isinstance(part, Dimension)]
        return [((), self.rubric), *dimensions]

    @cached_property
    def parts(self) -> list[tuple[Loc, Dimension | Criterion]]:
        """Return all dimensions and criteria with their places, in the order of the document."""
        return list(_parts(self.rubric, ()))

    @cached_property
    def things(self) -> dict[str, Thing]:
        """Return what each id names, the first where several have it."""
        named = [*((part.id, part) for _, part in self.parts), *((fact.id, fact) for fact in self.rubric.facts)]
        return {**dict(reversed(named)), OVERALL: self.rubric}

    def ids(self, *kinds: type[Thing]) -> list[str]:
        """Return the ids of all things of some kinds."""
        return [name for name, thing in self.things.items() if isinstance(thing, kinds)]

    def hint(self, word: str, known: Iterable[str]) -> str | None:
        """Return a near miss, for so many words as a reader will look at."""
        return None if next(self._hints, None) is None else near_miss(word, known)

    def stage_number(self, ref: int | str) -> int | None:
        """Return the number of the stage that is meant, if there is one."""
        if isinstance(ref, str):
            return self.rubric.stage_numbers.get(ref)
        return ref if ref <= len(self.rubric.stages) else None

    def check_stage(self, ref: int | str, loc: Loc, *, of_key: bool = False) -> Found:
        """Find a stage that the rubric does not have."""
        if self.stage_number(ref) is None:
            names = list(self.rubric.stage_numbers)
            number = int(ref) if str(ref).isdecimal() else 0
            hint = names[number - 1] if 0 < number <= len(names) else self.hint(str(ref), names)
            message = f"there is no stage {ref!r}: the stages are {', '.join(names)}"
            yield Inconsistency("unknown-stage", loc, message, hint, of_key)

    def check_grade(self, grade: str, loc: Loc) -> Found:
        """Find an evidence grade that the rubric does not have."""
        if grade not in self.grades:
            listed = f"the grades are {', '.join(self.grades)}" if self.grades else "list it under `evidence_grades`"
            message = f"there is no evidence grade {grade!r}: {listed}"
            yield Inconsistency("unknown-grade", loc, message, self.hint(grade, self.grades))

    def span(self, thing: Thing) -> Range | None:
        """Return what something can be worth, or `None` where a fault elsewhere leaves that open."""
        if id(thing) not in self._spans:
            self._spans[id(thing)] = self._span(thing)
        return self._spans[id(thing)]

    def _span(self, thing: Thing) -> Range | None:
        if isinstance(thing, Criterion | Fact):
            return None if thing.id in self.unclear else question_range(thing, self.rubric)
        if not thing.children or any(self.span(child) is None for child in thing.children):
            return None
        parts = scored_parts(thing, self.rubric)
        spans = [span for span in map(self.span, parts) if span is not None]
        rule = score_rule_of(thing, self.rubric)
        return combined_range(rule, spans, [part.weight for part in parts], len(self.rubric.stages))

    def stands(self, thing: Thing) -> bool:
        """Return whether something stands at a stage, or would but for a fault elsewhere."""
        if not isinstance(thing, Criterion | Fact) and stage_rule_of(thing, self.rubric) is not None:
            return True
        span = self.span(thing)
        return (
            span is None or span.on_stages or (len(self.rubric.stages) == 1 and not isinstance(thing, Criterion | Fact))
        )


def place_text(loc: Loc) -> str:
    """Return where a part of a rubric is, as people write it.

    Example:
        >>> place_text(("dimensions", 0, "criteria", 2))
        'dimensions[0].criteria[2]'
    """
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in loc).removeprefix(".")


def article(thing: Thing) -> str:
    """Return what kind of thing something is, in an author's words."""
    match thing:
        case Criterion():
            return "a criterion"
        case Fact():
            return "a fact"
        case Dimension():
            return "a dimension"
        case _:
            return "the whole"


def _parts(node: Node, loc: Loc) -> Iterator[tuple[Loc, Dimension | Criterion]]:
    if isinstance(node, Dimension):
        yield from (((*loc, "criteria", place), criterion) for place, criterion in enumerate(node.criteria))
    for place, dimension in enumerate(node.dimensions):
        below = (*loc, "dimensions", place)
        yield below, dimension
        yield from _parts(dimension, below)
