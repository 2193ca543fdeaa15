"""What everything is drawn with: choices from short lists, and what is known of the parts that were drawn."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, TypeAlias, TypeVar

from hypothesis import strategies as st

Data: TypeAlias = dict[str, Any]
T = TypeVar("T")

SHARES = [Fraction(1, 2), Fraction(1), Fraction(1, 3), Fraction(2, 3), Fraction(3, 4)]


@dataclass(kw_only=True)
class Part:
    """Hold what the rest of a rubric has to know of a criterion, a fact or a dimension."""

    id: str
    low: Fraction
    high: Fraction
    staged: bool
    """Whether its values are stages' numbers."""
    ranked: bool
    """Whether it has a stage at all."""
    tight: tuple[Fraction, Fraction]
    weight: Fraction | None = None
    sways: bool = False
    """Whether its range depends on what is applicable."""
    may_lack: bool = False
    """Whether it or anything below it can be not applicable."""
    leaves: list["Part"] = field(default_factory=list)


class Choices:
    """Draw what one rubric is made of, and remember what was made."""

    def __init__(self, draw: st.DrawFn, *, spanning: bool) -> None:
        self.draw = draw
        self.spanning = spanning
        self.n: int = self.pick([2, 3, 4, 3, 2, 5])
        self.parts: list[Part] = []
        self.caps: list[Data] = []
        self.flags: list[Data] = []
        self.grades: list[Data] = self.evidence()
        self.criteria = 0
        self.dimensions = 0
        defaults: list[Data] = [
            {"rule": "mean"},
            {"rule": "mean_min", "alpha": Fraction(1, 2)},
            {"rule": "lower_median"},
        ]
        self.default_score: Data = self.pick(defaults)

    def pick(self, choices: Sequence[T]) -> T:
        """Return one of several choices; earlier ones are simpler."""
        return choices[self.number(0, len(choices) - 1)]

    def number(self, least: int, most: int) -> int:
        """Return a whole number."""
        return self.draw(st.integers(least, most))

    def chance(self, one_in: int) -> bool:
        """Return whether something rare happens."""
        return self.number(0, one_in - 1) == one_in - 1

    def stage(self, number: int) -> str:
        """Return the id of a stage."""
        return f"s{number}"

    def grid(self, low: Fraction, high: Fraction, least: int, most: int) -> Fraction:
        """Return a number on a grid of quarters between two ends, or just beyond them."""
        return low + (high - low) * Fraction(self.number(least, most), 4)

    def some(self, choices: Sequence[T], least: int, most: int) -> list[T]:
        """Return several different choices in their order."""
        most = min(most, len(choices))
        chosen = self.draw(st.sets(st.integers(0, len(choices) - 1), min_size=min(least, most), max_size=most))
        return [choices[place] for place in sorted(chosen)]

    def evidence(self) -> list[Data]:
        """Return evidence grades, or none."""
        if self.chance(3):
            return []
        supports = sorted(self.number(1, self.n) for _ in range(self.number(2, 3)))
        if self.spanning or not self.chance(4):
            supports[-1] = self.n
        return [{"id": f"e{place}", "supports": self.stage(s)} for place, s in enumerate(supports)]
