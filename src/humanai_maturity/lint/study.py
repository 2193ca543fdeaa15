"""A rubric under study: its parts with their places, and what scoring makes of answers to try."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from typing import Any, TypeAlias

from humanai_maturity.documents.source import Path
from humanai_maturity.engine import Scorecard, Scorer
from humanai_maturity.engine.result import Blocker, CriterionResult, NodeResult
from humanai_maturity.engine.scoring import PluginAggregator
from humanai_maturity.lint.answers import Level, Question, levels, stand_ins
from humanai_maturity.lint.implication import Ranks, ranks_of
from humanai_maturity.model.assessment import Answer, NotApplicable
from humanai_maturity.model.checks.known import Known, Node
from humanai_maturity.model.checks.requirements import Atom, atoms, gates, rules
from humanai_maturity.model.extensions import Aggregator, aggregator, aggregators_of
from humanai_maturity.model.ranges import stage_rule_of
from humanai_maturity.model.rubric import OVERALL, Criterion, Dimension, Rubric
from humanai_maturity.model.rules import Requirement, StageRule, requirement_names
from humanai_maturity.model.scales import Scale

Answers: TypeAlias = Mapping[str, Answer | NotApplicable]
Outcome: TypeAlias = tuple[object, ...]

_EFFORT = 20_000
"""About how many rows are worked out in all, before searches stop."""
_LEAST = 2
"""How many assessments it takes to compare two answers."""


class Study:
    """Look up the parts of a rubric, and score answers to it.

    Attributes:
        rubric: The rubric.
        known: Its parts with their places.
    """

    def __init__(self, rubric: Rubric, aggregators: Mapping[str, PluginAggregator] | None = None) -> None:
        self.rubric = rubric
        self.known: Known = Known(rubric)
        given = {name: _taken_at_its_word(each) for name, each in (aggregators or {}).items()}
        self._aggregators = {**_means(rubric), **given}
        self._levels: dict[tuple[str, str | None], tuple[Level, ...]] = {}
        self._left = _EFFORT // (len(self.known.parts) + len(rubric.facts) + 1)

    @cached_property
    def questions(self) -> dict[str, Question]:
        """Return all criteria and facts by their ids."""
        return {question.id: question for _, question in self.known.questions}

    @cached_property
    def scales(self) -> tuple[tuple[Path, Question, Scale], ...]:
        """Return every way to answer every question, with its place."""
        return tuple(
            ((*loc, "scale") if number == 0 else (*loc, "otherwise", number - 1), question, scale)
            for loc, question in self.known.questions
            for number, scale in enumerate(question.scales)
        )

    @cached_property
    def parents(self) -> dict[str, Node]:
        """Return the node that each dimension and criterion belongs to."""
        return {child.id: node for _, node in self.known.nodes for child in node.children}

    @cached_property
    def ranks(self) -> Ranks:
        """Return what stages and evidence grades are compared by."""
        return ranks_of(self.rubric)

    @cached_property
    def places(self) -> dict[str, Path]:
        """Return where each dimension, criterion and fact is."""
        facts = {fact.id: ("facts", place) for place, fact in enumerate(self.rubric.facts)}
        return {OVERALL: (), **{part.id: loc for loc, part in self.known.parts}, **facts}

    @cached_property
    def grades(self) -> tuple[str | None, ...]:
        """Return the evidence grades, weakest first; where there are none, `None` alone."""
        return tuple(grade.id for grade in self.rubric.evidence_grades) or (None,)

    @cached_property
    def best_answers(self) -> dict[str, Answer]:
        """Return the best answer to everything, on the best evidence."""
        return {name: self.levels(name, self.grades[-1])[-1].answer for name in self.questions}

    @cached_property
    def worst_answers(self) -> dict[str, Answer]:
        """Return the worst answer to everything, on the weakest evidence."""
        return {name: self.levels(name, self.grades[0])[0].answer for name in self.questions}

    @cached_property
    def middling_answers(self) -> dict[str, Answer]:
        """Return an answer in the middle to everything, on the best evidence."""
        ladders = {name: self.levels(name, self.grades[-1]) for name in self.questions}
        return {name: ladder[len(ladder) // 2].answer for name, ladder in ladders.items()}

    @cached_property
    def best(self) -> Scorecard:
        """Return what the best answers give; as nothing better ever lowers anything, no answers give more."""
        return self.score(self.best_answers)

    @cached_property
    def worst(self) -> Scorecard:
        """Return what the worst answers give; no full set of answers gives less."""
        return self.score(self.worst_answers)

    @cached_property
    def requirements(self) -> tuple[tuple[Path, Node, Requirement], ...]:
        """Return the requirement of every gate with its place and the node whose gate it is."""
        return tuple(
            (place, node, requirement)
            for loc, node, rule in self.stage_rules
            for place, requirement in gates(rule, loc)
        )

    @cached_property
    def stage_rules(self) -> tuple[tuple[Path, Node, StageRule], ...]:
        """Return the stage rule of every node that has one, with its place."""
        found = ((loc, node, stage_rule_of(node, self.rubric)) for loc, node in self.known.nodes)
        return tuple(
            ((*loc, "stage") if node.stage is not None else ("defaults", "stage"), node, rule)
            for loc, node, rule in found
            if rule is not None
        )

    @cached_property
    def parts_of_stage_rules(self) -> tuple[tuple[Path, Node, StageRule], ...]:
        """Return every stage rule and those inside it."""
        return tuple((place, node, each) for loc, node, rule in self.stage_rules for place, each in rules(rule, loc))

    @cached_property
    def rules_of(self) -> dict[str, list[StageRule]]:
        """Return the stage rule of each node and those inside it, by the node's id."""
        found: dict[str, list[StageRule]] = {}
        for _, node, rule in self.parts_of_stage_rules:
            found.setdefault(node_id(node), []).append(rule)
        return found

    @cached_property
    def atoms(self) -> tuple[tuple[Path, Node, Atom], ...]:
        """Return what the gates are made of."""
        return tuple(
            (place, node, atom)
            for loc, node, requirement in self.requirements
            for place, atom in atoms(requirement, loc)
        )

    @cached_property
    def triggers(self) -> tuple[tuple[Path, Atom], ...]:
        """Return what raises flags."""
        return tuple(
            found
            for place, flag in enumerate(self.rubric.flags)
            for found in atoms(flag.raised_when, ("flags", place, "raised_when"))
        )

    @cached_property
    def read(self) -> frozenset[str]:
        """Return the ids of everything that a gate, flag, cap, prerequisite or counter-metric looks at."""
        asked = [requirement for _, _, requirement in self.requirements]
        asked += [flag.raised_when for flag in self.rubric.flags]
        names = {name for requirement in asked for kind, name in requirement_names(requirement) if kind == "node"}
        names.update(cap.by for cap in self.rubric.caps)
        return frozenset(names | self.held_by)

    @cached_property
    def held_by(self) -> frozenset[str]:
        """Return the ids of all prerequisites and counter-metrics."""
        criteria = [part for _, part in self.known.parts if isinstance(part, Criterion)]
        needed = {needed.criterion for criterion in criteria for needed in criterion.prerequisites}
        return frozenset(needed | {criterion.counter.criterion for criterion in criteria if criterion.counter})

    def levels(self, name: str, grade: str | None) -> tuple[Level, ...]:
        """Return answers to a question from the worst to the best."""
        if (name, grade) not in self._levels:
            self._levels[name, grade] = levels(self.questions[name], self.rubric, grade=grade)
        return self._levels[name, grade]

    def spend(self, count: int) -> bool:
        """Return whether so many assessments may still be scored, and count them."""
        if count > self._left:
            return False
        self._left -= count
        return True

    def is_spent(self) -> bool:
        """Return whether the effort is used up."""
        return self._left < _LEAST

    def score(self, answers: Answers) -> Scorecard:
        """Score answers."""
        return self._scorer.score(answers)

    def outcome(self, card: Scorecard) -> Outcome:
        """Return the scores and stages of all nodes, and the flags."""
        nodes = tuple((row.exact.score, row.stage, row.stage_raw) for row in card.nodes)
        return nodes, tuple(flag.state for flag in card.flags) if self.rubric.flags else ()

    def rows(self, card: Scorecard) -> dict[str, NodeResult | CriterionResult]:
        """Return all rows of a scorecard by their ids."""
        rows: tuple[NodeResult | CriterionResult, ...] = (*card.nodes, *card.criteria, *card.facts)
        return {row.id: row for row in rows}

    @cached_property
    def best_rows(self) -> dict[str, NodeResult | CriterionResult]:
        """Return what the best answers give, row by row."""
        return self.rows(self.best)

    @cached_property
    def worst_rows(self) -> dict[str, NodeResult | CriterionResult]:
        """Return what the worst answers give, row by row."""
        return self.rows(self.worst)

    @cached_property
    def blockers(self) -> dict[str, list[Blocker]]:
        """Return what keeps each node from its next stage with the best answers."""
        found: dict[str, list[Blocker]] = {}
        for blocker in self.best.blockers:
            found.setdefault(blocker.node, []).append(blocker)
        return found

    @cached_property
    def best_flags(self) -> dict[str, str]:
        """Return the state of each flag with the best answers."""
        return {flag.id: flag.state for flag in self.best.flags}

    @cached_property
    def worst_flags(self) -> dict[str, str]:
        """Return the state of each flag with the worst answers."""
        return {flag.id: flag.state for flag in self.worst.flags}

    @cached_property
    def _scorer(self) -> Scorer:
        return Scorer(self.rubric, measures=stand_ins(self.rubric), aggregators=self._aggregators)


def node_id(node: Node) -> str:
    """Return the id by which results know a node."""
    return node.id if isinstance(node, Dimension) else OVERALL


def titled(thing: Node | Question) -> str:
    """Return a thing's title, in quotation marks, for a message."""
    return "the whole" if isinstance(thing, Rubric) else repr(thing.id)


def _means(rubric: Rubric) -> dict[str, PluginAggregator]:
    """Return a mean for every aggregator that is named, for those that nobody gives."""
    return dict.fromkeys(aggregators_of(rubric), _taken_at_its_word(_mean))


def _taken_at_its_word(function: PluginAggregator) -> PluginAggregator:
    """Return an aggregator on which a stage may rest: what is asked here is what the rubric makes of it."""
    if isinstance(function, Aggregator) and function.monotone:
        return function
    return aggregator(name="given", description="Stand in while a rubric is studied.", monotone=True)(function)


def _mean(values: Sequence[Fraction], weights: Sequence[Fraction], _params: Mapping[str, Any]) -> Fraction:
    weighted = (value * weight for value, weight in zip(values, weights, strict=True))
    return sum(weighted, Fraction(0)) / sum(weights, Fraction(0))
