"""Worked cases: answers, and what an experienced assessor expects a rubric to make of them. Values only."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from humanai_maturity.model.assessment import GivenAnswer, RubricRef, State, reference
from humanai_maturity.model.exact import (
    Day,
    Document,
    FrozenMapping,
    Id,
    Mapped,
    Number,
    Share,
    StageRef,
    Text,
)
from humanai_maturity.model.rubric import Missing


class Policy(Document):
    """Change what the whole rubric does about unknown and not applicable answers, for one case."""

    missing: Missing | None = None
    """What an unknown child does, in place of the rubric's own `missing`."""
    coverage_floor: Share | None = None
    """The least coverage that gives a point score, in place of the rubric's own."""
    max_not_applicable: Share | None = None
    """The largest share of weight that may not apply, in place of the rubric's own."""
    not_applicable_may_lift: bool | None = Field(default=None, strict=True)
    """Whether something that does not apply may lift a stage, in place of the rubric's own."""


class Others(Document):
    """Answer every criterion that a case does not answer itself; facts stay unanswered."""

    stage: StageRef | None = None
    """The stage that they stand at: each gets the best answer that claims no more. Either this or `worth`."""
    worth: Literal["best", "worst"] | None = None
    """The most or the least that they can be worth. Either this or `stage`."""
    evidence: Id | None = None
    """The evidence grade of these answers; by default the one that an answer without any has."""


class ExpectedNumber(Document):
    """Expect a number that is known only to some decimal places."""

    value: Number
    """The number."""
    digits: int | None = Field(default=None, strict=True, ge=0, le=15)
    """To how many decimal places what is found is rounded before it is compared; by default it is exact."""
    mode: Literal["half_even", "half_up", "down", "up", "floor", "ceiling"] = "half_even"
    """How it is rounded."""


def _spelt_out(value: object) -> object:
    """Return a bare number as the expectation that it is short for."""
    return value if isinstance(value, dict | ExpectedNumber) else {"value": value}


GivenNumber = Annotated[ExpectedNumber, BeforeValidator(_spelt_out, json_schema_input_type=Number | ExpectedNumber)]
"""A number that is expected exactly, or to some decimal places."""


class ExpectedRow(Document):
    """Expect something of one criterion, fact or dimension; what is left out is not compared."""

    state: State | None = None
    """Whether it is answered, unknown or not applicable."""
    stage: StageRef | None = None
    """The stage; `null` where there is none."""
    stage_raw: StageRef | None = None
    """Of a dimension or the whole: the stage before caps and flags."""
    stage_low: StageRef | None = None
    """The lowest stage that it can turn out to be."""
    stage_high: StageRef | None = None
    """The highest stage that it can turn out to be."""
    score: GivenNumber | None = None
    """The score; `null` where there is none."""
    claimed: GivenNumber | None = None
    """Of a criterion or fact: the value that the answer alone claims; `null` where there is none."""
    low: GivenNumber | None = None
    """The lowest that the score can turn out to be."""
    high: GivenNumber | None = None
    """The highest that the score can turn out to be."""
    coverage: GivenNumber | None = None
    """The answered share of the applicable weight; `null` where nothing is applicable."""
    reasons: tuple[Id, ...] | None = None
    """The codes of all reasons why it is held down or has no point, in any order; `[]` for none."""


class Expected(ExpectedRow):
    """Expect something of the result; what is left out is not compared. The fields of a row are those of the whole."""

    flags: tuple[Id, ...] | None = None
    """All flags that are raised, in any order; `[]` for none."""
    blockers: tuple[Id, ...] | None = None
    """All ids that the blockers of the whole name, in any order; `[]` for none."""
    nodes: Mapped[ExpectedRow] = Field(default_factory=FrozenMapping)
    """What is expected of criteria, facts and dimensions, by their ids."""


class Case(Document):
    """Say what a rubric should make of some answers."""

    id: Id
    """What it is called; unique in the file."""
    title: Text | None = None
    """What it is about, in a few words."""
    reading: Text | None = None
    """What an experienced assessor would say of it, and why."""
    like: Id | None = None
    """An earlier case whose answers, `others` and `date` hold here, too, where this one gives none itself."""
    date: Day | None = None
    """The day of the assessment; ages of answers are counted to it."""
    policy: Policy | None = None
    """What is different about unknown and not applicable answers; not taken over by `like`."""
    others: Others | None = None
    """How all criteria are answered that the case does not name."""
    answers: Mapped[GivenAnswer] = Field(default_factory=FrozenMapping)
    """The answers, as in an assessment."""
    expect: Expected
    """What the result has to be."""


class Cases(Document):
    """Hold worked cases of one rubric: what it was built to say."""

    format: Literal[1] = 1
    """The version of the document format."""
    rubric: Annotated[RubricRef, BeforeValidator(reference, json_schema_input_type=Id | RubricRef)]
    """The rubric that the cases are for."""
    title: Text | None = None
    """What the cases are about."""
    description: Text | None = None
    """What they show, and how far they go."""
    attribution: Text | None = None
    """Where the expected results come from."""
    cases: tuple[Case, ...] = Field(min_length=1)
    """The cases."""
