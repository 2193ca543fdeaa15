"""The parts of a result: frozen values that hold what was found, and compute nothing."""

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from humanai_maturity.advice.advised import AdvisedStep, TeamAdvice
from humanai_maturity.model.assessment import Scope, State
from humanai_maturity.model.exact import ExactNumber


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class StageReached:
    """One stage of the rubric, as a result refers to it. Stages compare by their number.

    Attributes:
        number: Its number; the lowest stage is 1.
        id: Its id in the rubric.
        title: What people call it.
    """

    number: int
    id: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Exact:
    """The exact numbers behind a row.

    Attributes:
        score: The score that counts, if there is one.
        used: The value with which the row counts in its parent; also where coverage is too low for a score.
        low: The lowest that the score can turn out to be.
        high: The highest that the score can turn out to be.
        minimum: The least that is possible at all.
        maximum: The most that is possible at all.
        coverage: The answered share of the applicable weight, from 0 to 1.
        not_applicable: The share of the weight that does not apply, from 0 to 1.
        weight: The weight as the rubric writes it.
        weight_used: The share of its siblings' counted weight.
        contribution: What it adds to the parent's score, before a base, a range, limits or a rounding; only for means
            and sums.
        claimed: What the answer alone claims; only for criteria.
    """

    score: ExactNumber | None = None
    used: ExactNumber | None = None
    low: ExactNumber | None = None
    high: ExactNumber | None = None
    minimum: ExactNumber | None = None
    maximum: ExactNumber | None = None
    coverage: ExactNumber | None = None
    not_applicable: ExactNumber | None = None
    weight: ExactNumber | None = None
    weight_used: ExactNumber | None = None
    contribution: ExactNumber | None = None
    claimed: ExactNumber | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why a supported value or stage is below the claimed or raw one, or why there is none.

    Attributes:
        code: `evidence`, `prerequisite`, `counter`, `cap`, `flag`, `capped` (something that does not apply would lift
            it), `coverage`, `not-applicable-share`, `required`, `void`, `nothing-known`, or the code of an unknown.
        by: The id of what holds it down: an evidence grade, a criterion, a node or a flag.
        limit: The highest value or stage that it leaves.
        text: The reason in words.
    """

    code: str
    by: str | None
    limit: float | None
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What a criterion, a fact, a dimension and the whole have in common.

    Attributes:
        id: Its id; `overall` for the whole.
        title: What people call it.
        parent: The id of what it belongs to.
        state: Whether it is answered, unknown or not applicable.
        score: The score; for a criterion, the value that is supported. `None` where there is no point.
        low: The lowest that the score can turn out to be, whatever the unknowns are.
        high: The highest that the score can turn out to be.
        stage: The stage that is supported. `None` where there is no point, or no stage at all.
        stage_low: The lowest stage that it can turn out to be.
        stage_high: The highest stage that it can turn out to be.
        coverage: The answered share of the applicable weight, from 0 to 1.
        weight: The weight as the rubric writes it.
        weight_used: The share of its siblings' counted weight, from 0 to 1.
        contribution: What it adds to the parent's score, before a base, a range, limits or a rounding; only for means
            and sums.
        reasons: Why it is held down, or why there is no point.
        exact: The exact numbers.
    """

    id: str
    title: str
    parent: str | None
    state: State
    score: float | None
    low: float | None
    high: float | None
    stage: StageReached | None
    stage_low: StageReached | None
    stage_high: StageReached | None
    coverage: float | None
    weight: float | None
    weight_used: float | None
    contribution: float | None
    reasons: tuple[Reason, ...]
    exact: Exact


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionResult(Row):
    """What was found for one criterion or fact.

    Attributes:
        claimed: The value that the answer alone claims.
        unknown: Why it is unknown.
        not_applicable: The reason why it does not apply.
        scale: The type of scale that the answer was read on.
        evidence: The evidence grade that counts.
        source: Where the answer comes from.
        note: The note beside the answer.
        ahead: Items of a checklist that hold beyond their foundation.
        answer: The answer as it was given, as text.
        reading: How the answer came to the value that it claims, in one sentence.
    """

    claimed: float | None
    unknown: str | None
    not_applicable: str | None
    scale: str | None
    evidence: str | None
    source: str | None
    note: str | None
    ahead: tuple[str, ...]
    answer: str | None = None
    reading: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeResult(Row):
    """What was found for one dimension, or for the whole.

    Attributes:
        children: The ids of its criteria and dimensions.
        shown: The score as the rubric wants it shown.
        stage_raw: The stage before caps and flags.
        answered: How many criteria below it are answered.
        unknown: How many criteria below it are unknown.
        not_applicable: How many criteria below it do not apply.
    """

    children: tuple[str, ...]
    shown: str | None
    stage_raw: StageReached | None
    answered: int
    unknown: int
    not_applicable: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FlagResult:
    """What was found for one flag.

    Attributes:
        id: Its id.
        title: What people call it.
        severity: How grave it is.
        state: `raised`; `possible`, where only an unknown answer could raise it; or `clear`.
        certain: Whether it is raised however the unknowns turn out.
        says: What is wrong.
        remedy: What to do about it.
        caps: The nodes that it holds down while it is raised.
        cap_stages: The highest stage of each of them while it is raised.
        raised_when: What raises it, in words.
    """

    id: str
    title: str | None
    severity: Literal["block", "high", "warn"]
    state: Literal["raised", "possible", "clear"]
    certain: bool
    says: str
    remedy: str | None
    caps: tuple[str, ...]
    cap_stages: tuple[StageReached, ...] = ()
    raised_when: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Blocker:
    """One thing that stands between a node and its next stage.

    Attributes:
        node: The node that is held back.
        stage: The stage that it would reach; `None` where it has no stage yet.
        kind: `cut`, `quorum`, `requirement`, `share`, `evidence`, `flag`, `cap`, `stage`, `capped`, `coverage`,
            `not_applicable`, `required`; or `all`, `any`, `at_least_n`, which hold others.
        subject: The id of what has to change.
        needed: What is needed, exactly: a stage's id, a number, a share or a count.
        present: What is there, in the same terms; empty where nothing is.
        parts: What it is made of: all of them, one of them, or some of them have to be met.
        text: The same in words.
    """

    node: str
    stage: StageReached | None
    kind: str
    subject: str | None
    needed: str
    present: str
    parts: "tuple[Blocker, ...]" = ()
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """The smallest drop of one criterion that costs the whole its stage.

    Attributes:
        criterion: The criterion's id.
        claimed: What its answer claims now.
        falls_to: The claimed value at which the stage is lost.
        stage: The stage that is left then.
    """

    criterion: str
    claimed: float
    falls_to: float
    stage: StageReached


@dataclass(frozen=True, slots=True, kw_only=True)
class RubricUsed:
    """Which rubric gave a result.

    Attributes:
        id: Its id.
        version: Its version.
        title: What people call it.
        digest: The hash of its meaning.
        format: The version of the document format.
        digits: How many decimal places it shows of scores.
        attribution: Where it comes from, and what it is not.
    """

    id: str
    version: str
    title: str
    digest: str
    format: int
    digits: int = 1
    attribution: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyUsed:
    """What unknown and not applicable answers did at one node.

    Attributes:
        node: The node; it holds for everything below, down to the next that says otherwise.
        missing: What an unknown child does.
        coverage_floor: The least coverage that gives a point, where unknown children are left out.
        max_not_applicable: The largest share of weight that may not apply.
    """

    node: str
    missing: Literal["leave_out", "worst", "void", "required"]
    coverage_floor: float
    max_not_applicable: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ScorecardData:
    """Everything that a result says, as one value.

    Attributes:
        rubric: Which rubric gave the result.
        library: The version of this library.
        policies: What unknown and not applicable answers did.
        not_applicable_may_lift: Whether what does not apply may lift a stage.
        overrides: What overlays changed about the rubric, each in words.
        scope: What was assessed.
        date: The day of the assessment.
        stages: The stages of the rubric, lowest first.
        nodes: The whole, then every dimension, level by level.
        criteria: Every criterion, in the order of the rubric.
        facts: Every fact.
        flags: Every flag.
        blockers: What stands between each node and its next stage.
        first_lost: What would be lost first.
        next_steps: What to do next, the most pressing first.
        team: Which team fits, and which one comes next.
    """

    rubric: RubricUsed
    library: str
    policies: tuple[PolicyUsed, ...]
    not_applicable_may_lift: bool
    overrides: tuple[str, ...]
    scope: Scope
    date: dt.date | None
    stages: tuple[StageReached, ...]
    nodes: tuple[NodeResult, ...]
    criteria: tuple[CriterionResult, ...]
    facts: tuple[CriterionResult, ...]
    flags: tuple[FlagResult, ...]
    blockers: tuple[Blocker, ...]
    first_lost: tuple[Loss, ...]
    next_steps: tuple[AdvisedStep, ...] = ()
    team: TeamAdvice | None = None

    @property
    def stage(self) -> StageReached | None:
        """Return the stage of the whole; `None` where too little is known for one."""
        return self.nodes[0].stage

    @property
    def stage_low(self) -> StageReached | None:
        """Return the lowest stage that the whole can turn out to be at."""
        return self.nodes[0].stage_low

    @property
    def stage_high(self) -> StageReached | None:
        """Return the highest stage that the whole can turn out to be at."""
        return self.nodes[0].stage_high

    @property
    def score(self) -> float | None:
        """Return the score of the whole; `None` where too little is known for one."""
        return self.nodes[0].score
