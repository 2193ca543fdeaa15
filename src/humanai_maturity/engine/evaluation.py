"""The evaluation: a plan's programs linked once, then run over answers; and everything that it found."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property, lru_cache
from types import CodeType
from typing import Any, NamedTuple

from humanai_maturity.engine.conditions import GONE, evidence_name, gate_condition
from humanai_maturity.engine.limits import Limit, falls_short, leaf_limits, limited_leaves, stage_limits
from humanai_maturity.engine.obstacles import Way
from humanai_maturity.engine.plan import KNOWN, NOT_APPLICABLE, UNKNOWN, Node, Plan
from humanai_maturity.engine.program import FUNCTIONS, Program, Run
from humanai_maturity.engine.result import StageReached
from humanai_maturity.engine.scoring import Ends, PluginAggregator, Rule, rule_function, writes_itself
from humanai_maturity.engine.staging import child_stage, quorum_tally, stage_phrase
from humanai_maturity.engine.status import NO_POINT, POINTED, all_weight
from humanai_maturity.engine.terms import HIGH, LOW, POINT, Case, Mode, Terms
from humanai_maturity.model.rules import Quorum, Requirement, StageRule


class Given(NamedTuple):
    """What the answers come to, by leaf.

    Attributes:
        cells: The cell of each known leaf, else 0.
        unit: The unit of the cells.
        away: The leaves that do not apply.
    """

    cells: list[int]
    unit: int
    away: frozenset[int] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Kernel:
    """A plan with its programs, each written and compiled when a case first needs it.

    Attributes:
        plan: The plan.
        plugins: The aggregators that the plan's rules name.
        rules: The score rules that programs call.
    """

    plan: Plan
    plugins: Mapping[str, PluginAggregator]
    rules: Mapping[str, Rule]
    _runs: dict[Case, Run] = field(default_factory=dict)
    _programs: dict[Case, Program] = field(default_factory=dict)

    @cached_property
    def stages(self) -> tuple[StageReached, ...]:
        """Return the stages as results refer to them, lowest first."""
        stages = enumerate(self.plan.rubric.stages, 1)
        return tuple(StageReached(number=number, id=stage.id, title=stage.title) for number, stage in stages)

    @cached_property
    def ends(self) -> Ends:
        """Return what items can be worth where everything applies."""
        return Ends(self.plan, self.plugins, ())

    @cached_property
    def limited(self) -> frozenset[int]:
        """Return the leaves that something but evidence can hold down."""
        return frozenset(limited_leaves(self.plan))

    @cached_property
    def can_lift(self) -> bool:
        """Return whether something that does not apply could lift a stage, were it let."""
        rubric, plan = self.plan.rubric, self.plan
        held = self.limited or rubric.caps or any(flag.caps for flag in rubric.flags)
        return not rubric.not_applicable_may_lift and bool(held or any(falls_short(leaf, plan) for leaf in plan.leaves))

    def program(self, case: Case) -> Program:
        """Return the program for a case."""
        if case not in self._programs:
            lifting = case == "reduced" and self.can_lift
            self._programs[case] = Program(Terms(plan=self.plan, case=case, limited=self.limited, lifting=lifting))
        return self._programs[case]

    def run(self, case: Case) -> Run:
        """Return the function for a case."""
        if case not in self._runs:
            self._runs[case] = self.program(case).linked(self.rules)
        return self._runs[case]


def link(plan: Plan, plugins: Mapping[str, PluginAggregator]) -> Kernel:
    """Link a plan with the aggregators that it names.

    Raises:
        PluginError: If the plan names an aggregator that is not given.
    """
    called = [node for node in plan.nodes if not writes_itself(node.rule)]
    rules = {f"rule{node.index}": rule_function(node, plan, plugins) for node in called}
    return Kernel(plan=plan, plugins=plugins, rules=rules)


def evaluate(kernel: Kernel, given: Given) -> "Evaluation":
    """Run over what was given the program that its case needs."""
    if given.away:
        return _reduced(kernel, given)
    case: Case = "open" if 0 in given.cells else "complete"
    found = kernel.run(case)(given.cells, given.unit, (), (), kernel.ends, ())
    return Evaluation(kernel, case, given, kernel.ends, found)


def _reduced(kernel: Kernel, given: Given) -> "Evaluation":
    plan = kernel.plan
    off = [0] * len(plan.parts)
    for leaf in given.away:
        for group, weight in plan.groups[leaf]:
            off[group] += weight
    top: Sequence[int] = ()
    if kernel.can_lift:
        full = evaluate(kernel, _with_everything(given, plan))
        stages = (
            full.stage_at(node.index, mode, raw=raw) for node in plan.nodes for mode in _MODES for raw in (True, False)
        )
        top = [plan.layout.stages if stage is None else stage for stage in stages]
    ends = Ends(plan, kernel.plugins, given.away)
    found = kernel.run("reduced")(given.cells, given.unit, given.away, off, ends, top)
    return Evaluation(kernel, "reduced", given, ends, found)


_MODES: tuple[Mode, ...] = (LOW, HIGH, POINT)


def _with_everything(given: Given, plan: Plan) -> Given:
    """Return what was given with everything that does not apply present, at its best and on the best evidence."""
    best = plan.rubric.evidence_grades[-1].id if plan.rubric.evidence_grades else None
    cells = given.cells.copy()
    for item in given.away:
        cells[item] = plan.cell(item, plan.leaves[item].span.high, given.unit, best)
    return Given(cells=cells, unit=given.unit)


@dataclass(eq=False)  # freezing would make it slow to make, and nobody outside this room holds one
class Evaluation:
    """What a program found for one set of answers.

    Attributes:
        kernel: What was run.
        case: Which of its programs.
        given: The answers.
        ends: What items can be worth among what applies.
        values: What the program returned.
    """

    kernel: Kernel
    case: Case
    given: Given
    ends: Ends
    values: tuple[Any, ...]

    @property
    def plan(self) -> Plan:
        """Return the plan."""
        return self.kernel.plan

    @cached_property
    def terms(self) -> Terms:
        """Return the names of the case."""
        return self.kernel.program(self.case).terms

    @cached_property
    def found(self) -> Mapping[str, Any]:
        """Return everything that was found, by its name."""
        cells = {f"c{leaf}": cell for leaf, cell in enumerate(self.given.cells)}
        given = {"unit": self.given.unit, "away": self.given.away}
        return {**cells, **given, **dict(zip(self.kernel.program(self.case).exports, self.values, strict=True))}

    def ask(self, phrase: str) -> Any:
        """Return what a phrase of the program's source comes to here."""
        return eval(_compiled(phrase), {**FUNCTIONS}, self.found)  # noqa: S307 - the phrase is this package's own

    def _mode(self, mode: Mode) -> Mode:
        return POINT if self.case == "complete" else mode

    def state(self, item: int) -> int:
        """Return whether an item is unknown, known or not applicable."""
        if item < self.plan.whole:
            return KNOWN if self.given.cells[item] else NOT_APPLICABLE if item in self.given.away else UNKNOWN
        if self.case == "complete" or self.found[f"k{item}"]:
            return KNOWN
        return UNKNOWN if self.found[f"w{item}"] else NOT_APPLICABLE

    def applies(self, item: int) -> bool:
        """Return whether an item applies."""
        return self.state(item) != NOT_APPLICABLE

    def standing(self, node: int) -> int:
        """Return whether a node has a point, by its policy."""
        if self.case == "complete":
            return POINTED
        known: int = self.found.get(f"p{node}", POINTED if self.found[f"k{node}"] else NO_POINT)
        return known

    def reported(self, node: int) -> bool:
        """Return whether a node has a point that counts."""
        return self.case == "complete" or bool(self.found[f"r{node}"])

    def coverage(self, node: int) -> Fraction:
        """Return the answered share of a node's applicable weight; some of it has to apply."""
        return Fraction(1) if self.case == "complete" else Fraction(self.found[f"k{node}"], self.found[f"w{node}"])

    def not_applicable(self, node: int) -> Fraction:
        """Return the share of a node's weight that does not apply."""
        if self.case != "reduced":
            return Fraction(0)
        return Fraction(self.found[f"a{node}"], all_weight(self.plan.node(node).scored, self.plan))

    def score(self, node: int, mode: Mode) -> Fraction | None:
        """Return the score of a node in a mode."""
        num, den = (self.found[f"{letter}{node}{self._mode(mode)}"] for letter in "nd")
        return Fraction(num, den * self.given.unit) if den else None

    def stage_at(self, node: int, mode: Mode, *, raw: bool = False) -> int | None:
        """Return the stage of a node in a mode, after caps and flags or before."""
        if not self.plan.node(node).has_stage:
            return None
        return self.found[f"{'g' if raw else 's'}{node}{self._mode(mode)}"] or None

    def value(self, leaf: int, mode: Mode) -> Fraction:
        """Return what an answered leaf is worth in a mode."""
        cell = self.found[self.terms.cell(leaf, self._mode(mode))]
        return Fraction(cell >> self.plan.layout.shift, self.given.unit)

    def stands(self, item: int) -> int:
        """Return the stage at which an item stands in the point; not known, at its worst."""
        stage: int = self.ask(self.terms.stands(item, POINT))
        return stage

    def worth(self, item: int) -> Fraction:
        """Return the value that requirements read of a known item in the point; not reported, at its worst."""
        if item < self.plan.whole:
            return self.value(item, POINT)
        return self.score(item, POINT if self.reported(item) else LOW) or Fraction(0)

    def flag(self, place: int, mode: Mode) -> bool:
        """Return whether a flag is raised in a mode."""
        return bool(self.found[f"f{place}{self._mode(mode)}"])

    def capped(self, node: int) -> bool:
        """Return whether what does not apply would have lifted a node."""
        return bool(self.found.get(f"x{node}"))

    def limits(self, item: int, mode: Mode) -> list[tuple[Limit, Fraction]]:
        """Return what holds an item down in a mode, with the most that it leaves: a value, or a node's stage."""
        mode, plan = self._mode(mode), self.plan
        is_leaf = item < plan.whole
        held = (
            leaf_limits(plan.leaves[item], mode, self.terms)
            if is_leaf
            else stage_limits(plan.node(item).id, mode, self.terms)
        )
        asked = [(limit, self.ask(limit.phrase)) for limit in held]
        return [(limit, Fraction(most, self.given.unit if is_leaf else 1)) for limit, most in asked if most is not None]

    def met(self, requirement: Requirement, node: Node) -> bool | None:
        """Return whether a gate's requirement is met in the point; `None` where nothing of it applies."""
        found = self.ask(gate_condition(requirement, node, POINT, self.terms))
        return None if self.case == "reduced" and found == GONE else bool(found)

    def stage_by(self, rule: StageRule | None, node: Node) -> int:
        """Return the stage that one rule gives a node that has a point."""
        stage: int = self.ask(stage_phrase(rule, node, POINT, self.terms))
        return stage

    def obstacles(self, node: int) -> tuple[Way, ...]:
        """Return what can stand between a node and its next stage."""
        return self.kernel.program(self.case).obstacles[node]

    def child_stage(self, item: int, node: Node) -> int:
        """Return the stage at which a child counts in the point, 0 where it does not."""
        stage: int = self.ask(child_stage(item, node, POINT, self.terms))
        return stage

    def quorum_share(self, rule: Quorum, node: Node, stage: int) -> Fraction:
        """Return the share of the weight that stands at a stage or above in the point."""
        layout, counted = self.plan.layout, self.found[quorum_tally(rule, node, POINT, self.terms)]
        return Fraction(counted >> (layout.bits * (stage - 1)) & layout.mask, counted & layout.mask or 1)

    def evidence_share(self, node: Node, evidence: str) -> Fraction:
        """Return the share of a node's applicable weight that rests on an evidence grade or a better one."""
        return Fraction(*(self.found[name] for name in evidence_name(node, evidence, POINT, self.terms)))


@lru_cache(maxsize=4096)
def _compiled(phrase: str) -> CodeType:
    return compile(phrase, "<phrase>", "eval")
