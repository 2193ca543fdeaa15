"""The rubric: ordered stages, a tree of dimensions and criteria, and the rules that hold between them."""

from collections.abc import Iterator
from fractions import Fraction
from functools import cached_property
from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from humanai_maturity.model.exact import (
    Count,
    Document,
    FrozenMapping,
    Id,
    Mapped,
    Number,
    Positive,
    Share,
    StageRef,
    Text,
    Threshold,
)
from humanai_maturity.model.guidance import NextStep, Role, Source, Team
from humanai_maturity.model.rules import Mean, Requirement, ScoreRule, StageRule
from humanai_maturity.model.scales import Scale

OVERALL = "overall"
"""The id by which a rubric and a result refer to the root: the whole that all dimensions make up."""

Missing: TypeAlias = Literal["leave_out", "worst", "void", "required"]
"""What an unknown answer does to the node that it belongs to."""


class Stage(Document):
    """Describe one stage of the model."""

    id: Id
    """What the rubric's rules call it."""
    title: Text
    """What people call it."""
    description: Text | None = None
    """What a team at this stage looks like."""
    ai_does: tuple[Text, ...] = ()
    """What AI does at this stage."""
    people_do: tuple[Text, ...] = ()
    """What people do at this stage."""
    team: Team | None = None
    """The team that fits this stage."""
    next_move: Text | None = None
    """What typically leads on to the next stage."""
    anti_patterns: tuple[Text, ...] = ()
    """What typically goes wrong at this stage."""


class EvidenceGrade(Document):
    """Say how far one kind of evidence carries."""

    id: Id
    """What answers call it."""
    title: Text | None = None
    """What people call it."""
    description: Text | None = None
    """What makes an answer deserve this grade."""
    supports: StageRef
    """The highest stage that an answer on this evidence can claim."""


class Prerequisite(Document):
    """Hold a criterion below a stage while another one has not come far enough."""

    criterion: Id
    """The other criterion or fact."""
    at_least: Threshold
    """The stage or value that it needs."""
    for_stage: StageRef
    """While it is not there, this criterion's value is at most the stage before this one."""


class Counter(Document):
    """Hold a criterion close to the counter-metric that keeps it honest."""

    criterion: Id
    """The criterion or fact that serves as the counter-metric; it is placed on the stages, too."""
    plus: Annotated[Number, Field(ge=0)] = Fraction(1)
    """How far above the counter-metric's value this criterion's value may be."""
    unknown_supports: StageRef | None = None
    """The highest stage while the counter-metric is unknown; by default there is no limit, only a wider range."""


class _Question(Document):
    id: Id
    """What answers and rules call it."""
    title: Text
    """What people call it."""
    question: Text | None = None
    """The question, as it is put to people."""
    help: Text | None = None
    """What helps to answer it: what counts, what does not, where to look."""
    scale: Scale
    """How it is answered."""
    otherwise: tuple[Scale, ...] = ()
    """Other ways to answer it, tried in order where the ones before have no answer that counts."""
    max_age_days: Count | None = None
    """How old an answer may be on the assessment's date; an older one is unknown (`stale`)."""
    allow_not_applicable: bool = Field(default=False, strict=True)
    """Whether an assessment may say, with a reason, that this does not apply."""
    quick: bool = Field(default=False, strict=True)
    """Whether it belongs to the short form of the rubric."""
    look_at: tuple[Text, ...] = ()
    """Evidence to look at, such as a report, a setting or a sample of conversations."""
    next_steps: tuple[NextStep, ...] = ()
    """What to do to get further, at most one step for each stage."""

    @property
    def scales(self) -> tuple[Scale, ...]:
        """Return all ways to answer, in the order in which they are tried."""
        return (self.scale, *self.otherwise)


class Criterion(_Question):
    """Ask one thing and give it a weight in its dimension."""

    weight: Positive = Fraction(1)
    """How much it counts among its siblings; above 0."""
    prerequisites: tuple[Prerequisite, ...] = ()
    """What has to be in place before a stage can be claimed."""
    counter: Counter | None = None
    """The counter-metric that holds the value down."""


class Fact(_Question):
    """Ask one thing that no score counts: it only serves rules, as a counter-metric, prerequisite, gate or flag."""


class _Node(Document):
    score: ScoreRule | None = None
    """How the children's values become this node's score; by default `defaults.score`."""
    stage: StageRule | None = None
    """How this node is given a stage; by default `defaults.stage`."""
    missing: Missing | None = None
    """What an unknown child does here; by default as in the node above, at the top `leave_out`."""
    coverage_floor: Share | None = None
    """With `leave_out`: the least coverage that gives a point score; by default as above, at the top 0.7."""
    max_not_applicable: Share | None = None
    """The largest share of weight that may not apply; by default as above, at the top 0.3."""


class Dimension(_Node):
    """Group criteria, or further dimensions, that make up one part of the profile."""

    id: Id
    """What rules and results call it."""
    title: Text
    """What people call it."""
    description: Text | None = None
    """What it is about."""
    weight: Positive = Fraction(1)
    """How much it counts among its siblings; above 0."""
    allow_not_applicable: bool = Field(default=False, strict=True)
    """Whether an assessment may say, with a reason, that this whole dimension does not apply."""
    criteria: tuple[Criterion, ...] = ()
    """The criteria that belong directly to it."""
    dimensions: tuple["Dimension", ...] = ()
    """The dimensions that belong directly to it, after its criteria."""

    @property
    def children(self) -> tuple["Criterion | Dimension", ...]:
        """Return criteria, then dimensions, as written."""
        return (*self.criteria, *self.dimensions)


class Defaults(Document):
    """Set the rules of all dimensions that set none themselves."""

    score: ScoreRule = Field(default_factory=Mean)
    """How children's values become a score; by default the weighted mean."""
    stage: StageRule | None = None
    """How a node is given a stage. Without a rule, a node whose score stands on the stages has the stage that its
    score has reached, and a node on points has none."""


class Cap(Document):
    """Keep the stage of some nodes near the stage of another."""

    cap: Annotated[tuple[Id, ...], Field(min_length=1)]
    """The nodes that are held down: dimensions, criteria, or `overall`."""
    by: Id
    """The node that holds them down."""
    plus: int = Field(default=0, strict=True, ge=0)
    """How many stages above it they may stand."""
    from_stage: StageRef | None = None
    """The lowest stage that this keeps from; lower stages are free."""
    because: Text
    """The reason, in words that a reader of the result understands."""


class Flag(Document):
    """Raise a warning that can hold stages down, and never lift them."""

    id: Id
    """What gates and results call it."""
    title: Text | None = None
    """What people call it."""
    severity: Literal["block", "high", "warn"]
    """How grave it is."""
    raised_when: Requirement
    """When it is raised; only `at_most` and `below` serve here."""
    when_unknown: Literal["raised", "not_raised"] = "raised"
    """Whether an unknown answer raises it as the worst answer would, or only widens the range."""
    caps: Mapped[StageRef] = Field(default_factory=FrozenMapping)
    """The highest stage of each node that it holds down while it is raised."""
    says: Text
    """What is wrong, in one sentence."""
    remedy: Text | None = None
    """What to do about it."""


class Display(Document):
    """Say how scores are shown to people; nothing is computed from it."""

    minimum: Number | None = None
    """The lowest shown score; by default scores are shown on the range that they have."""
    maximum: Number | None = None
    """The highest shown score."""
    digits: int = Field(default=1, strict=True, ge=0, le=15)
    """How many decimal places are shown."""
    mode: Literal["half_even", "half_up", "down", "up", "floor", "ceiling"] = "half_even"
    """What happens to the rest."""


class Silence(Document):
    """Accept one finding of `humanai-maturity check`, for a reason that readers of the rubric see."""

    finding: Id
    """The code of the finding, such as `repeated-title`."""
    at: Text
    """Where it is, as the finding says: the id of a criterion, dimension, fact, flag or stage, or `overall`;
    for a part of it, such as an option, `data.sources/owned`."""
    because: Text
    """Why it is right as it is."""


class Adaptation(Document):
    """Say which rubric an overlay was laid over, and what is different since. Loading an overlay writes this."""

    id: Id
    """The id of the rubric that was changed first."""
    version: Text
    """Its version."""
    digest: Text
    """Its digest."""
    changes: tuple[Text, ...] = ()
    """What is different, each in words."""


class Rubric(_Node):
    """Describe a maturity model completely: everything that a score depends on is in here.

    A rubric is a value. Make one with [`load_rubric`][humanai_maturity.load_rubric], or in Python from its parts.
    """

    format: Literal[1] = 1
    """The version of the document format."""
    id: Id
    """What assessments call it."""
    version: Text
    """Which edition of the model this is, such as `1.2.0`."""
    title: Text
    """What people call it."""
    description: Text | None = None
    """What it is for and how it is meant to be used."""
    attribution: Text | None = None
    """Where it comes from, and what it is not."""
    licence: Text | None = None
    """The terms under which it may be used."""
    stages: tuple[Stage, ...] = Field(min_length=1, max_length=100)
    """The stages, lowest first. Everybody is at least at the first one."""
    evidence_grades: tuple[EvidenceGrade, ...] = ()
    """The kinds of evidence, weakest first; an answer that names none has the weakest."""
    defaults: Defaults = Field(default_factory=Defaults)
    """The rules of all dimensions that set none themselves."""
    dimensions: tuple[Dimension, ...] = Field(min_length=1)
    """The dimensions, in the order of the profile."""
    facts: tuple[Fact, ...] = ()
    """What is asked beside the criteria and not scored."""
    not_applicable_may_lift: bool = Field(default=False, strict=True)
    """Whether something that does not apply may lift a stage above what the full set of criteria could support."""
    caps: tuple[Cap, ...] = ()
    """What holds stages near each other."""
    flags: tuple[Flag, ...] = ()
    """What is warned of."""
    display: Display = Field(default_factory=Display)
    """How scores are shown."""
    roles: tuple[Role, ...] = ()
    """The roles that teams and next steps name."""
    sources: tuple[Source, ...] = ()
    """What has been published and the rubric rests on."""
    adapted: Adaptation | None = None
    """What it was made from, if by an overlay."""
    silence: tuple[Silence, ...] = ()
    """Findings of `humanai-maturity check` that are accepted. They change no score, and do not count in the digest."""

    @property
    def children(self) -> tuple[Dimension, ...]:
        """Return the top dimensions."""
        return self.dimensions

    @cached_property
    def stage_numbers(self) -> dict[str, int]:
        """Return the number of each stage's id, counted from 1."""
        return {stage.id: number for number, stage in enumerate(self.stages, 1)}

    def walk(self) -> Iterator[Dimension | Criterion]:
        """Yield every dimension and criterion, each node before its children."""
        waiting: list[Dimension | Criterion] = [*reversed(self.dimensions)]
        while waiting:
            node = waiting.pop()
            yield node
            if isinstance(node, Dimension):
                waiting.extend(reversed(node.children))
