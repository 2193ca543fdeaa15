"""The parts of an advice: frozen values that hold what is advised, and compute nothing."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

from humanai_maturity.model.exact import ExactNumber
from humanai_maturity.model.guidance import Role
from humanai_maturity.model.rubric import Stage

Kind: TypeAlias = Literal["step", "remedy", "evidence", "answer"]
"""A next step of the rubric, the remedy of a flag, evidence for what is claimed, or an answer to what is unknown."""

Why: TypeAlias = Literal["flag", "prerequisite", "counter", "constraint", "gap"]
"""Why a step comes where it does, the most pressing reason first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StepEffect:
    """What a step changes at one node, found by scoring the answers again as they would be then.

    Attributes:
        node: The id of the node; `overall` for the whole.
        score: The score now; `None` where there is no point.
        score_then: The score then.
        stage: The id of the stage now; `None` where there is no point.
        stage_then: The id of the stage then.
    """

    node: str
    score: ExactNumber | None
    score_then: ExactNumber | None
    stage: str | None
    stage_then: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AdvisedStep:
    """One thing to do next.

    Attributes:
        criterion: The id of the criterion or fact that it improves.
        title: What people call that.
        kind: `step`, as the rubric advises; `remedy` of a flag; `evidence`, to show what is claimed; or `answer`, to
            find out what is unknown.
        to: The id of the stage that it leads to, if any.
        do: What to do.
        effort: How much work it is, where the rubric says so.
        impact: How much it changes, where the rubric says so.
        owner: The role that sees to it, where the rubric names one.
        evidence: The weakest evidence grade on which an answer can claim that stage.
        look_at: Evidence to look at.
        why: Why it comes where it does: it clears a `flag` that blocks; others need it as a `prerequisite` or are held
            down by it as a `counter`; it lies in the dimension that is the `constraint` of others; or there is a `gap`
            to close.
        by: The ids of the flags, or of what waits for it.
        clears: The ids of the flags that are no longer raised then.
        effects: What changes at its top dimension and at the whole; empty where that cannot be computed.
    """

    criterion: str
    title: str
    kind: Kind
    to: str | None
    do: str
    effort: Literal["small", "medium", "large"] | None
    impact: Literal["low", "medium", "high"] | None
    owner: Role | None
    evidence: str | None
    look_at: tuple[str, ...]
    why: Why
    by: tuple[str, ...]
    clears: tuple[str, ...]
    effects: tuple[StepEffect, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamAdvice:
    """Which team fits, and which one comes next.

    Attributes:
        now: The stage of the whole, with its guidance.
        next: The next stage; `None` at the top.
        sure: Whether `now` is the stage that is reached; else it is the lowest that it can turn out to be.
        roles: The roles that the two stages name, as the rubric describes them.
    """

    now: Stage
    next: Stage | None
    sure: bool
    roles: tuple[Role, ...]
