"""The evaluation: a plan's functions linked once, then run over the answers in up to three passes."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from graphlib import TopologicalSorter
from typing import TypeAlias

from humanai_maturity.engine.conditions import flag_condition
from humanai_maturity.engine.limits import Limit, Most, falls_short, leaf_limits, stage_limits
from humanai_maturity.engine.passes import HIGH, LOW, POINT, Ends, Given, Pass
from humanai_maturity.engine.plan import KNOWN, NOT_APPLICABLE, UNKNOWN, Leaf, Node, Plan
from humanai_maturity.engine.scoring import Extent, PluginAggregator, score_function, tally
from humanai_maturity.engine.staging import stage_function
from humanai_maturity.engine.status import BLOCKED, NO_POINT, VOIDED, Status, complete_status, status_of
from humanai_maturity.model.rubric import Criterion, Flag
from humanai_maturity.model.rules import requirement_names

Step: TypeAlias = Callable[[Pass], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kernel:
    """A plan with its functions, linked once.

    Attributes:
        plan: The plan.
        plugins: The aggregators that the plan's rules name.
        steps: What to do in a pass, in an order in which everything is there before it is read.
        limits: What holds down each item.
        ends: What items can be worth where everything applies.
        complete: The status of answers that leave nothing open.
        can_lift: Whether something that does not apply could lift a stage, were it let.
    """

    plan: Plan
    plugins: Mapping[str, PluginAggregator]
    steps: tuple[Step, ...]
    limits: Sequence[tuple[Limit, ...]]
    ends: Ends
    complete: Status
    can_lift: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """All passes over one set of answers.

    Attributes:
        kernel: What was run.
        status: What is known of every item.
        low: The pass with every unknown at its worst.
        high: The pass with every unknown at its best.
        point: The pass in which the policies decide.
    """

    kernel: Kernel
    status: Status
    low: Pass
    high: Pass
    point: Pass

    def passed(self, mode: int) -> Pass:
        """Return the pass of a mode."""
        return (self.low, self.high, self.point)[mode]


def link(plan: Plan, plugins: Mapping[str, PluginAggregator]) -> Kernel:
    """Link a plan: turn its rules into functions and put them in order."""
    limits = [leaf_limits(leaf, plan) for leaf in plan.leaves] + [stage_limits(node.id, plan) for node in plan.nodes]
    most = [[limit.most for limit in held] for held in limits]
    first_flag = len(limits)
    steps = {leaf.index: _leaf_step(leaf, plan, most[leaf.index]) for leaf in plan.leaves if most[leaf.index]}
    steps |= {node.index: _node_step(node, plan, plugins, most[node.index]) for node in plan.nodes}
    steps |= {first_flag + place: _flag_step(place, flag, plan) for place, flag in enumerate(plan.rubric.flags)}
    order = TopologicalSorter(_dependencies(plan)).static_order()
    return Kernel(
        plan=plan,
        plugins=plugins,
        steps=tuple(steps[item] for item in order if item in steps),
        limits=limits,
        ends=Extent(plan, plugins, [KNOWN] * first_flag),
        complete=complete_status(plan),
        can_lift=not plan.rubric.not_applicable_may_lift
        and (any(limits) or any(falls_short(leaf, plan) for leaf in plan.leaves)),
    )


def evaluate(kernel: Kernel, given: Given) -> Evaluation:
    """Run all passes over what was given."""
    plan, states = kernel.plan, given.states
    if NOT_APPLICABLE not in states:
        status = status_of(plan, states) if UNKNOWN in states else kernel.complete
        return _run_all(kernel, status, given, None)
    unlifted = None
    if kernel.can_lift:
        present = _with_everything(given, plan)
        unlifted = _run_all(kernel, status_of(plan, present.states), present, None)
    return _run_all(kernel, status_of(plan, states), given, unlifted)


def _with_everything(given: Given, plan: Plan) -> Given:
    """Return what was given with everything that does not apply present, at its best and on the best evidence."""
    away = {item for item, state in enumerate(given.states) if state == NOT_APPLICABLE}
    best = plan.rubric.evidence_grades[-1].id if plan.rubric.evidence_grades else None
    return Given(
        states=[KNOWN if state == NOT_APPLICABLE else state for state in given.states],
        cells=_filled(given.cells, away, _in_unit(plan.most, given.unit, plan)),
        unit=given.unit,
        grades=[best if item in away else grade for item, grade in enumerate(given.grades)],
    )


def _run_all(kernel: Kernel, status: Status, given: Given, unlifted: Evaluation | None) -> Evaluation:
    plan, unit = kernel.plan, given.unit
    ends = kernel.ends if NOT_APPLICABLE not in status.state else Extent(plan, kernel.plugins, status.state)

    def run(mode: int, cells: list[int], low: Pass | None = None, high: Pass | None = None) -> Pass:
        seen = Pass(plan, mode, cells + [0] * len(plan.nodes), given, status, ends)
        seen.low, seen.high = low, high
        seen.ceiling = None if unlifted is None else unlifted.passed(mode)
        for step in kernel.steps:
            step(seen)
        return seen

    if status.complete:
        point = run(POINT, given.cells)
        return Evaluation(kernel=kernel, status=status, low=point, high=point, point=point)
    unknown = [item for item, state in enumerate(given.states) if state == UNKNOWN]
    low = run(LOW, _filled(given.cells, unknown, _in_unit(plan.worst, unit, plan)))
    high = run(HIGH, _filled(given.cells, unknown, _in_unit(plan.best, unit, plan)))
    point = run(POINT, given.cells, low, high)
    return Evaluation(kernel=kernel, status=status, low=low, high=high, point=point)


def _filled(cells: list[int], items: Iterable[int], filling: Sequence[int]) -> list[int]:
    """Return the cells with some of them filled in."""
    filled = cells.copy()
    for item in items:
        filled[item] = filling[item]
    return filled


def _in_unit(cells: Sequence[int], unit: int, plan: Plan) -> Sequence[int]:
    factor = unit // plan.layout.unit
    return cells if factor == 1 else [plan.layout.rescaled(cell, factor) for cell in cells]


def _dependencies(plan: Plan) -> dict[int, set[int]]:
    """Return what has to be there before each item and each flag."""
    first_flag = len(plan.leaves) + len(plan.nodes)
    found: dict[int, set[int]] = {leaf.index: set() for leaf in plan.leaves}
    for node in plan.nodes:
        names = requirement_names(node.stage_rule) if node.stage_rule else ()
        parts = {item for item, _ in (*node.children.members, *node.below.members)}
        found[node.index] = parts | {_place(plan, kind, name) for kind, name in names}
    for place, flag in enumerate(plan.rubric.flags):
        found[first_flag + place] = {_place(plan, kind, name) for kind, name in requirement_names(flag.raised_when)}
        for name in flag.caps:
            found[plan.items[name]].add(first_flag + place)
    for cap in plan.rubric.caps:
        for name in cap.cap:
            found[plan.items[name]].add(plan.items[cap.by])
    for leaf in plan.leaves:
        if isinstance(leaf.question, Criterion):
            others = [each.criterion for each in leaf.question.prerequisites]
            others += [leaf.question.counter.criterion] if leaf.question.counter else []
            found[leaf.index] |= {plan.items[name] for name in others}
    return found


def _place(plan: Plan, kind: str, name: str) -> int:
    return len(plan.leaves) + len(plan.nodes) + plan.flags[name] if kind == "flag" else plan.items[name]


def _leaf_step(leaf: Leaf, plan: Plan, limits: Sequence[Most]) -> Step:
    item, layout = leaf.index, plan.layout
    floor_num, floor_den = leaf.span.low.as_integer_ratio()
    standing = layout.standing

    def step(seen: Pass) -> None:
        if seen.state[item] != KNOWN:
            return
        value = held = seen.cell[item] >> seen.shift
        for limit in limits:
            most = limit(seen)
            if most is not None and most < held:
                held = most
        if held < value:
            held = max(held, floor_num * seen.unit // floor_den)
            stage = min(layout.stages, max(1, held // seen.unit))
            seen.cell[item] = held << seen.shift | standing[stage]

    return step


def _node_step(node: Node, plan: Plan, plugins: Mapping[str, PluginAggregator], limits: Sequence[Most]) -> Step:
    item, layout = node.index, plan.layout
    score_of, stage_of = score_function(node, plan, plugins), stage_function(node, plan)
    tallied, has_stage = tally(node.scored, node.policy.missing), node.has_stage
    standing = layout.standing
    top = layout.stages

    def step(seen: Pass) -> None:
        state, pointed = seen.state[item], seen.standing[item]
        if state == NOT_APPLICABLE or (seen.mode == POINT and pointed in _POINTLESS):
            return
        if pointed == VOIDED and seen.mode != HIGH:
            raw = 1
            seen.score[item] = seen.ends(item)[0].as_integer_ratio()
        else:
            counted = tallied(seen)
            seen.score[item] = score = score_of(seen, counted)
            raw = stage_of(seen, score, counted) if has_stage else 1
        stage = raw
        for limit in limits:
            most = limit(seen)
            if most is not None and most < stage:
                stage = most
        if seen.ceiling is not None:
            raw, stage = _under_ceiling(seen, seen.ceiling, item, raw, stage)
        if has_stage:
            seen.raw[item], seen.stage[item] = raw, stage
        if state == UNKNOWN and seen.mode != POINT:
            seen.score[item] = seen.ends(item)[seen.mode].as_integer_ratio()
            stage = top if seen.mode == HIGH else 1
        seen.cell[item] = standing[stage]

    return step


def _under_ceiling(seen: Pass, ceiling: Pass, item: int, raw: int, stage: int) -> tuple[int, int]:
    """Return a node's stages, no higher than with everything present that does not apply."""
    most_raw, most = ceiling.raw[item], ceiling.stage[item]
    if most_raw is None or most is None:
        return raw, stage
    if most_raw < raw or most < stage:
        seen.capped.add(item)
    return min(raw, most_raw), min(stage, most)


_POINTLESS = frozenset({NO_POINT, BLOCKED})


def _flag_step(place: int, flag: Flag, plan: Plan) -> Step:
    condition = flag_condition(flag.raised_when, plan, cautious=flag.when_unknown == "raised")

    def step(seen: Pass) -> None:
        seen.flags[place] = condition(seen)

    return step
