"""The five scales: what an answer looks like and what it is worth.

A scale's value is either a stage's number (the first stage is 1), or points. The two never mix by accident:
a dimension whose criteria stand on different ranges has to say `normalise: true`.
"""

from fractions import Fraction
from typing import Annotated, Literal

from pydantic import Field

from humanai_maturity.model.exact import (
    Count,
    Document,
    FrozenMapping,
    Id,
    Mapped,
    Number,
    Setting,
    StageRef,
    Text,
    Threshold,
)
from humanai_maturity.model.guidance import GivenBasis


class _Scale(Document):
    evidence: Id | None = None
    """The evidence grade of an answer on this scale that names none itself; by default the lowest grade."""


class Option(Document):
    """Write one of the answers that a choice offers."""

    id: Id
    """What an answer says to choose it."""
    text: Text | None = None
    """What a stranger would see where this option is true, in one or two plain sentences."""
    stage: StageRef | None = None
    """The stage that it shows; either this or `points`."""
    points: Number | None = None
    """What it is worth; either this or `stage`."""


class ChoiceScale(_Scale):
    """Ask for exactly one of several options."""

    type: Literal["choice"]
    """Which scale this is."""
    options: tuple[Option, ...] = Field(min_length=2, max_length=200)
    """The options, in the order in which they are shown; all with `stage`, or all with `points`."""


class YesNoScale(_Scale):
    """Ask for `true` or `false`."""

    type: Literal["yes_no"]
    """Which scale this is."""
    yes: Threshold = Fraction(1)
    """What `true` is worth: points, or a stage's id."""
    no: Threshold = Fraction(0)
    """What `false` is worth: points, or a stage's id."""


class Item(Document):
    """Write one statement of a checklist."""

    id: Id
    """What an answer lists where the statement holds."""
    text: Text | None = None
    """The statement, observable by a stranger."""
    stage: StageRef | None = None
    """The stage that it belongs to; either this or `points`."""
    points: Number | None = None
    """What it is worth; either this or `stage`."""


class ChecklistScale(_Scale):
    """Ask for the set of statements that hold.

    With stages the list is cumulative: the value is the highest stage s such that every item of stages up to s
    holds, plus the share of the next stage's items that hold. With points the value is the sum of the points.
    """

    type: Literal["checklist"]
    """Which scale this is."""
    items: tuple[Item, ...] = Field(min_length=1, max_length=200)
    """The statements; all with `stage`, or all with `points`."""
    cap: Number | None = None
    """The most that the points can add up to; only for items with `points`."""


class MetricRange(Document):
    """Place a number between the worst and the best that it can be; beyond them it is clipped."""

    worst: Number
    """The number that is worth least."""
    best: Number
    """The number that is worth most; below `worst` where less is better."""
    onto: Literal["points", "stages"] = "points"
    """`points`: worth `least` to `most`. `stages`: worth the first stage to the top stage."""
    least: Number = Fraction(0)
    """The points that `worst` is worth; a rating from 10 to 20 that counts as itself has 10 here."""
    most: Number = Fraction(1)
    """The points that `best` is worth; more than `least`."""


class MetricScale(_Scale):
    """Ask for a measured number."""

    type: Literal["metric"]
    """Which scale this is."""
    unit: Text | None = None
    """The unit of the number, such as `share`, `seconds` or `points`."""
    direction: Literal["higher", "lower"] = "higher"
    """Which way is better."""
    bands: Mapped[Number] | None = None
    """The cut-point of each stage: the number from which on the stage is reached, linear in between.
    Below the lowest cut-point the value is the first stage. Either this or `range`."""
    range: MetricRange | None = None
    """The worst and the best number; either this or `bands`."""
    min_sample: Count | None = None
    """The smallest sample that counts; an answer that states a smaller one is unknown (`too-few`)."""
    minimum: Number | None = None
    """The smallest number that is possible at all; a smaller one is an error."""
    maximum: Number | None = None
    """The largest number that is possible at all; a larger one is an error."""
    definition: Text | None = None
    """How exactly the number is computed: what is counted, and what it is divided by."""
    columns: tuple[Id, ...] = ()
    """The columns of records that it is computed from, such as `handoffs.accepted_at`."""
    basis: Mapped[GivenBasis] = Field(default_factory=FrozenMapping)
    """What the cut-point of each stage rests on."""


class CustomScale(_Scale):
    """Ask for whatever a measure takes that a Python package provides under a name."""

    type: Literal["custom"]
    """Which scale this is."""
    measure: Id
    """The name of the measure."""
    minimum: Number | None = None
    """The least that the measure returns; without a range it returns stages' numbers."""
    maximum: Number | None = None
    """The most that the measure returns."""
    params: Mapped[Setting] = Field(default_factory=FrozenMapping)
    """Settings that the measure is called with."""


Scale = Annotated[ChoiceScale | YesNoScale | ChecklistScale | MetricScale | CustomScale, Field(discriminator="type")]
"""One way to answer a criterion."""
