"""Where everything stands, as far as advice depends on it: values only."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from humanai_maturity.model.rubric import OVERALL


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a criterion or a fact stands.

    Attributes:
        applies: Whether it applies.
        claimed: What its answer claims; `None` while it is unknown.
        supported: What counts of that.
        scale: The type of the scale on which it is answered.
        evidence: The evidence grade of the answer.
        ahead: The items of a checklist that hold beyond their foundation.
    """

    applies: bool
    claimed: Fraction | None
    supported: Fraction | None
    scale: str | None
    evidence: str | None
    ahead: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a node stands.

    Attributes:
        score: Its score; `None` where there is no point.
        stage: The number of its stage; `None` where there is no point.
        stage_low: The number of the lowest stage that it can turn out to be at.
    """

    score: Fraction | None
    stage: int | None
    stage_low: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What answers lead to.

    Attributes:
        standings: Where every node stands, by its id.
        raised: The ids of the flags that are raised.
    """

    standings: Mapping[str, Standing]
    raised: frozenset[str]

    @property
    def next_stage(self) -> int:
        """Return the number of the stage that comes next for the whole; one too many at the top."""
        whole = self.standings[OVERALL]
        return (whole.stage or whole.stage_low or 0) + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """Where everything stands.

    Attributes:
        places: Where every criterion and fact stands, by its id.
        outcome: What the answers lead to.
        constraints: The ids of what holds others down by a cap, or will before the next stage of the whole, and of what
            it holds; and of the dimension for which the whole waits, if there is one that alone stands in its way.
        asked: The ids that stand between the whole and its next stage.
        proof: The evidence grade of which there has to be more before that stage, if that is so.
    """

    places: Mapping[str, Place]
    outcome: Outcome
    constraints: Mapping[str, tuple[str, ...]]
    asked: frozenset[str] = frozenset()
    proof: str | None = None
