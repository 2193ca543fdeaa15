"""What was found for one assessment, each part worked out when it is first asked for."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import version

from humanai_maturity.advice.advised import AdvisedStep, TeamAdvice
from humanai_maturity.advice.situation import Outcome
from humanai_maturity.advice.steps import advise
from humanai_maturity.advice.team import team_for
from humanai_maturity.engine.blockers import blockers_of
from humanai_maturity.engine.evaluation import Evaluation
from humanai_maturity.engine.losses import losses_of
from humanai_maturity.engine.reading import Reading
from humanai_maturity.engine.result import (
    Blocker,
    CriterionResult,
    FlagResult,
    Loss,
    NodeResult,
    PolicyUsed,
    RubricUsed,
    StageReached,
)
from humanai_maturity.engine.rows import Rows
from humanai_maturity.engine.rule_words import RuleWords
from humanai_maturity.engine.standing import outcome_of, situation_of
from humanai_maturity.engine.terms import HIGH, LOW, POINT
from humanai_maturity.model.assessment import Answer, Scope
from humanai_maturity.model.rubric import OVERALL


@dataclass(eq=False, kw_only=True)  # freezing would make it slow to make, and a scorecard keeps it to itself
class Findings:
    """Give the parts of a result, by the names that `ScorecardData` has for them.

    Attributes:
        evaluation: The evaluation.
        read: Returns what every answer came to, by leaf.
        digest_of: Returns the hash of the rubric's meaning.
        scope: What was assessed.
        date: The day of the assessment.
        retry: Scores the same answers again with some of them changed.
    """

    evaluation: Evaluation
    read: Callable[[], Mapping[int, Reading]]
    digest_of: Callable[[], str]
    scope: Scope
    date: dt.date | None
    retry: "Callable[[Mapping[str, Answer]], Findings]"

    @cached_property
    def rows(self) -> Rows:
        """Return what works out the rows."""
        return Rows(self.evaluation, self.read)

    @cached_property
    def rubric(self) -> RubricUsed:
        """Return which rubric was used."""
        rubric = self.rows.plan.rubric
        return RubricUsed(
            id=rubric.id,
            version=rubric.version,
            title=rubric.title,
            digest=self.digest_of(),
            format=rubric.format,
            digits=rubric.display.digits,
            attribution=rubric.attribution,
        )

    @cached_property
    def library(self) -> str:
        """Return the version of this library."""
        return version("humanai-maturity")

    @cached_property
    def policies(self) -> tuple[PolicyUsed, ...]:
        """Return the policy of the whole and of every node that differs from its parent."""
        plan = self.rows.plan
        return tuple(
            PolicyUsed(
                node=node.id,
                missing=node.policy.missing,
                coverage_floor=float(node.policy.coverage_floor),
                max_not_applicable=float(node.policy.max_not_applicable),
            )
            for node in plan.nodes
            if node.parent < 0 or node.policy != plan.node(node.parent).policy
        )

    @property
    def overrides(self) -> tuple[str, ...]:
        """Return what overlays changed about the rubric."""
        adapted = self.rows.plan.rubric.adapted
        return adapted.changes if adapted is not None else ()

    @property
    def not_applicable_may_lift(self) -> bool:
        """Return whether what does not apply may lift a stage."""
        return self.rows.plan.rubric.not_applicable_may_lift

    @cached_property
    def stages(self) -> tuple[StageReached, ...]:
        """Return the stages of the rubric."""
        return self.evaluation.kernel.stages

    @property
    def stage(self) -> StageReached | None:
        """Return the stage of the whole."""
        whole = self.evaluation.plan.whole
        return self.rows.stage(self.evaluation.stage_at(whole, POINT)) if self.evaluation.reported(whole) else None

    @property
    def stage_low(self) -> StageReached | None:
        """Return the lowest stage that the whole can turn out to be at."""
        return self.rows.stage(self.evaluation.stage_at(self.evaluation.plan.whole, LOW))

    @property
    def stage_high(self) -> StageReached | None:
        """Return the highest stage that the whole can turn out to be at."""
        return self.rows.stage(self.evaluation.stage_at(self.evaluation.plan.whole, HIGH))

    @property
    def score(self) -> float | None:
        """Return the score of the whole."""
        whole = self.evaluation.plan.whole
        score = self.evaluation.score(whole, POINT) if self.evaluation.reported(whole) else None
        return None if score is None else float(score)

    @cached_property
    def nodes(self) -> tuple[NodeResult, ...]:
        """Return the rows of the whole and of every dimension."""
        return tuple(self.rows.node(node) for node in self.rows.plan.nodes)

    @cached_property
    def criteria(self) -> tuple[CriterionResult, ...]:
        """Return the rows of all criteria."""
        plan = self.rows.plan
        return tuple(self.rows.criterion(leaf) for leaf in plan.leaves[: plan.criteria])

    @cached_property
    def facts(self) -> tuple[CriterionResult, ...]:
        """Return the rows of all facts."""
        plan = self.rows.plan
        return tuple(self.rows.criterion(leaf) for leaf in plan.leaves[plan.criteria :])

    @cached_property
    def flags(self) -> tuple[FlagResult, ...]:
        """Return the rows of all flags."""
        words = RuleWords(self.rows.plan.rubric)
        return tuple(self.rows.flag(place, words) for place in range(len(self.rows.plan.flags)))

    @cached_property
    def blockers(self) -> tuple[Blocker, ...]:
        """Return what stands between each node and its next stage."""
        return blockers_of(self.rows)

    @cached_property
    def first_lost(self) -> tuple[Loss, ...]:
        """Return what would be lost first."""
        return losses_of(self.rows)

    @cached_property
    def next_steps(self) -> tuple[AdvisedStep, ...]:
        """Return what to do next."""
        situation = situation_of((*self.criteria, *self.facts), self.nodes, self.outcome, self.blockers)
        return advise(self.rows.plan.rubric, situation, lambda changes: self.retry(changes).outcome)

    @cached_property
    def team(self) -> TeamAdvice | None:
        """Return which team fits, and which one comes next."""
        return team_for(self.rows.plan.rubric, self.outcome.standings[OVERALL])

    @cached_property
    def outcome(self) -> Outcome:
        """Return what the answers lead to, as advice wants to know it."""
        return outcome_of(self.evaluation)
