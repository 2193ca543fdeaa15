"""The names that stand for everything in the source of an evaluation, and the few phrases made of them.

A rubric's evaluation is written once, as Python source: see `program`. Here is the vocabulary. For an item `i`:

- `c3` is the cell of a leaf as it was answered, 0 without an answer; `c3p`, `c3l`, `c3h` what is left of it under its
  limits, in the point, the low and the high variant;
- `k40` / `w40` is the coverage of a node: how much is known of what applies; `r40` whether its point is reported;
- `n40p` / `d40p` is a node's score, counted in the unit, the denominator 0 where there is none; `g40p` its stage by its
  own rule, `s40p` the one after caps and flags, `v40p` the one at which others see it, 0 where they do not;
- `f2p` is whether a flag is raised.

Only numbers and names of this kind are ever written, and nothing of a rubric's text.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, TypeAlias

from humanai_maturity.engine.plan import Parts, Plan

Mode: TypeAlias = Literal["p", "l", "h"]
"""The variants of an evaluation: the point, every unknown at its worst, every unknown at its best."""

POINT: Mode = "p"
LOW: Mode = "l"
HIGH: Mode = "h"

Case: TypeAlias = Literal["complete", "open", "reduced"]
"""What answers leave open: nothing; something unknown; or there is something that does not apply."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """Name what is there to read in one case.

    Attributes:
        plan: The plan.
        case: What the answers leave open.
        limited: The leaves that something can hold down.
        lifting: Whether something that does not apply could lift a stage, were it let.
        called: Whether averages are left to a function, as columns want it, rather than written out.
    """

    plan: Plan
    case: Case
    limited: Collection[int]
    lifting: bool = False
    called: bool = False

    @property
    def complete(self) -> bool:
        """Return whether everything is known, so that all modes are one."""
        return self.case == "complete"

    @property
    def reduced(self) -> bool:
        """Return whether something may not apply."""
        return self.case == "reduced"

    @property
    def modes(self) -> tuple[Mode, ...]:
        """Return the modes that have to be told apart, in an order in which a point finds the others."""
        return (POINT,) if self.complete else (LOW, HIGH, POINT)

    def is_leaf(self, item: int) -> bool:
        """Return whether an item is a criterion or a fact."""
        return item < self.plan.whole

    def cell(self, leaf: int, mode: Mode) -> str:
        """Return a leaf's cell as far as it was answered."""
        return f"c{leaf}{mode}" if leaf in self.limited else f"c{leaf}"

    def gone(self, item: int) -> str:
        """Return whether an item does not apply."""
        return f"{item} in away" if self.is_leaf(item) else f"not w{item}"

    def applies(self, item: int) -> str:
        """Return whether an item applies."""
        if not self.reduced:
            return "True"
        return f"{item} not in away" if self.is_leaf(item) else f"w{item}"

    def seen(self, node: int, mode: Mode, other: Mode = LOW) -> str:
        """Return the stage at which a node is seen; without a reported point, the one in another mode."""
        if mode != POINT or self.complete:
            return f"v{node}{mode}"
        return f"(v{node}p if r{node} else v{node}{other})"

    def stands(self, item: int, mode: Mode) -> str:
        """Return the stage at which an item stands, at the worst in the point where it is not known."""
        if not self.is_leaf(item):
            return self.seen(item, mode)
        stage = f"({self.cell(item, mode)} & {self.plan.layout.counters}).bit_count()"
        if self.complete:
            return stage
        return f"({stage} if c{item} else {self.end_stage(item, HIGH if mode == HIGH else LOW)})"

    def reaches(self, item: int, mode: Mode, bar: Fraction, sign: str, other: Mode = LOW) -> str:
        """Return whether the value of a known item compares with a bar; without a reported point, in another mode."""
        num, den = bar.as_integer_ratio()
        if self.is_leaf(item):
            return f"({self.cell(item, mode)} >> {self.plan.layout.shift}){_times(den)} {sign} {num} * unit"

        def compared(of: Mode) -> str:
            return f"n{item}{of}{_times(den)} {sign} {num} * d{item}{of} * unit"

        if mode != POINT or self.complete:
            return compared(mode)
        return f"({compared(POINT)} if r{item} else {compared(other)})"

    def counter(self, stage: int) -> int:
        """Return the bit of a cell that tells whether it stands at a stage."""
        return self.plan.layout.counter(stage)

    def end(self, leaf: int, mode: Mode) -> Fraction:
        """Return what an unknown leaf is worth at its worst or at its best."""
        low, high = self.plan.ends(leaf)
        return high if mode == HIGH else low

    def end_stage(self, leaf: int, mode: Mode) -> int:
        """Return the stage of an unknown leaf at its worst or at its best."""
        return self.plan.layout.stages if mode == HIGH and self.plan.leaves[leaf].span.on_stages else 1

    def end_cell(self, leaf: int, mode: Mode) -> str:
        """Return the cell of an unknown leaf at its worst or at its best."""
        value, layout = self.end(leaf, mode), self.plan.layout
        resting = layout.resting[-1] if mode == HIGH else layout.resting[0]
        below = layout.standing[self.end_stage(leaf, mode)] | resting
        return f"({in_unit(value)} << {layout.shift} | {below})"

    def group(self, parts: Parts) -> int:
        """Return the number of a group of neighbours."""
        return self.plan.parts[parts]


def in_unit(value: Fraction) -> str:
    """Return a value that the unit holds, counted in it."""
    num, den = value.as_integer_ratio()
    if den == 1:
        return "unit" if num == 1 else f"{num} * unit"
    return f"{num} * unit // {den}"


def _times(factor: int) -> str:
    return "" if factor == 1 else f" * {factor}"


Write: TypeAlias = Callable[[str], None]
"""Takes the next line of a source."""
