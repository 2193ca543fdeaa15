"""The evaluation: a plan's functions linked once, then run over the answers in up to three passes."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from graphlib import TopologicalSorter
from typing import TypeAlias

from humanai_maturity.engine.conditions import Condition, flag_condition, required
from humanai_maturity.engine.passes import HIGH, LOW, POINT, Ends, Pass
from humanai_maturity.engine.plan import KNOWN, NOT_APPLICABLE, UNKNOWN, Leaf, Node, Plan
from humanai_maturity.engine.scoring import PluginAggregator, ends_function, score_function, tally
from humanai_maturity.engine.staging import stage_function
from humanai_maturity.engine.status import BLOCKED, NO_POINT, VOIDED, Status, complete_status, status_of
from humanai_maturity.model.ranges import resolve_stage
from humanai_maturity.model.rubric import Cap, Counter, Criterion, Flag
from humanai_maturity.model.rules import requirement_names

Step: TypeAlias = Callable[[Pass], None]
Limit: TypeAlias = Callable[[Pass], Fraction | int | None]
"""Returns the highest value or stage that something may have in a pass, or `None`."""


Grades: TypeAlias = Sequence[str | None]
"""The evidence grade of each known leaf, else `None`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kernel:
    """A plan with its functions, linked once.

    Attributes:
        plan: The plan.
        plugins: The aggregators that the plan's rules name.
        steps: What to do in a pass, in an order in which everything is there before it is read.
        limits: What holds down each criterion, each with the reason that the result gives.
        node_limits: What holds down each node's stage, each with the reason that the result gives.
        ends: What items can be worth where everything applies.
        complete: The status of answers that leave nothing open.
        can_lift: Whether something that does not apply could lift a stage, were it let.
    """

    plan: Plan
    plugins: Mapping[str, PluginAggregator]
    steps: tuple[Step, ...]
    limits: Mapping[int, tuple[tuple[Limit, object], ...]]
    node_limits: Mapping[int, tuple[tuple[Limit, object], ...]]
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
        unlifted: The same with everything that does not apply present at its best, where that can matter.
    """

    kernel: Kernel
    status: Status
    low: Pass
    high: Pass
    point: Pass
    unlifted: "Evaluation | None"

    def passed(self, mode: int) -> Pass:
        """Return the pass of a mode."""
        return (self.low, self.high, self.point)[mode]


def link(plan: Plan, plugins: Mapping[str, PluginAggregator]) -> Kernel:
    """Link a plan: turn its rules into functions and put them in order."""
    limits = {leaf.index: _leaf_limits(leaf, plan) for leaf in plan.leaves}
    node_limits = {node.index: _shared_limits(node.id, plan) for node in plan.nodes}
    first_flag = len(plan.leaves) + len(plan.nodes)
    steps: dict[int, Step] = {
        item: _leaf_step(plan, item, [limit for limit, _ in held]) for item, held in limits.items() if held
    }
    for node in plan.nodes:
        steps[node.index] = _node_step(node, plan, plugins, [limit for limit, _ in node_limits[node.index]])
    for place, flag in enumerate(plan.rubric.flags):
        steps[first_flag + place] = _flag_step(place, flag, plan)
    order = TopologicalSorter(_dependencies(plan)).static_order()
    return Kernel(
        plan=plan,
        plugins=plugins,
        steps=tuple(steps[item] for item in order if item in steps),
        limits=limits,
        node_limits=node_limits,
        ends=ends_function(plan, plugins, [KNOWN] * first_flag),
        complete=complete_status(plan),
        can_lift=not plan.rubric.not_applicable_may_lift
        and any((*limits.values(), *node_limits.values(), *(_falls_short(leaf, plan) for leaf in plan.leaves))),
    )


def evaluate(kernel: Kernel, states: list[int], cells: list[int], unit: int, grades: Grades) -> Evaluation:
    """Run all passes.

    Args:
        kernel: What to run.
        states: The state of each leaf.
        cells: The cell of each known leaf, else 0.
        unit: The unit of the cells.
        grades: The evidence grade of each known leaf.
    """
    plan = kernel.plan
    unlifted = None
    if kernel.can_lift and NOT_APPLICABLE in states:
        present = [KNOWN if state == NOT_APPLICABLE else state for state in states]
        away = [item for item, state in enumerate(states) if state == NOT_APPLICABLE]
        filled = _filled(cells, away, _in_unit(plan.most, unit, plan))
        best = plan.rubric.evidence_grades[-1].id if plan.rubric.evidence_grades else None
        full = [best if state == NOT_APPLICABLE else grade for state, grade in zip(states, grades, strict=True)]
        unlifted = _run_all(kernel, status_of(plan, present), filled, unit, full, None)
    complete = UNKNOWN not in states and NOT_APPLICABLE not in states
    return _run_all(kernel, kernel.complete if complete else status_of(plan, states), cells, unit, grades, unlifted)


def _run_all(  # noqa: PLR0913
    kernel: Kernel, status: Status, cells: list[int], unit: int, grades: Grades, unlifted: Evaluation | None
) -> Evaluation:
    plan = kernel.plan
    ends = kernel.ends if NOT_APPLICABLE not in status.state else ends_function(plan, kernel.plugins, status.state)
    room = [0] * len(plan.nodes)

    def graded(enough: frozenset[str]) -> list[bool]:
        return [grade in enough for grade in grades]

    def run(mode: int, start: list[int], low: Pass | None = None, high: Pass | None = None) -> Pass:
        seen = Pass(plan, mode, start + room, unit, status, graded, ends)
        seen.low, seen.high = low or seen, high or seen
        seen.ceiling = unlifted and unlifted.passed(mode)
        for step in kernel.steps:
            step(seen)
        return seen

    if status.complete:
        point = run(POINT, cells)
        return Evaluation(kernel=kernel, status=status, low=point, high=point, point=point, unlifted=unlifted)
    unknown = [item for item, state in enumerate(status.state[: plan.whole]) if state == UNKNOWN]
    low = run(LOW, _filled(cells, unknown, _in_unit(plan.worst, unit, plan)))
    high = run(HIGH, _filled(cells, unknown, _in_unit(plan.best, unit, plan)))
    point = run(POINT, cells, low, high)
    return Evaluation(kernel=kernel, status=status, low=low, high=high, point=point, unlifted=unlifted)


def _filled(cells: list[int], items: Sequence[int], filling: Sequence[int]) -> list[int]:
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


def _falls_short(leaf: Leaf, plan: Plan) -> bool:
    """Return whether even the best answer to a criterion does not reach the top stage."""
    return leaf.span.on_stages and leaf.span.high < plan.layout.stages


def _leaf_limits(leaf: Leaf, plan: Plan) -> tuple[tuple[Limit, object], ...]:
    """Return everything but evidence that holds a criterion down, each with its source."""
    question = leaf.question
    if not isinstance(question, Criterion):
        return ()
    found: list[tuple[Limit, object]] = []
    for needed in question.prerequisites:
        met = required(plan, plan.items[needed.criterion], needed.at_least, False)  # noqa: FBT003
        found.append((_unless(met, resolve_stage(needed.for_stage, plan.rubric) - 1), needed))
    if question.counter is not None:
        found.append((_counter_limit(question.counter, plan), question.counter))
    return (*found, *_shared_limits(question.id, plan))


def _unless(met: Condition, limit: int) -> Limit:
    return lambda seen: limit if met(seen) is False else None


def _counter_limit(counter: Counter, plan: Plan) -> Limit:
    item = plan.items[counter.criterion]
    ceiling = None if counter.unknown_supports is None else resolve_stage(counter.unknown_supports, plan.rubric)

    def limit(seen: Pass) -> Fraction | int | None:
        state = seen.state[item]
        if state == NOT_APPLICABLE:
            return None
        if state == UNKNOWN and seen.mode == POINT:
            return ceiling
        held = Fraction(seen.cell[item] >> seen.shift, seen.unit) + counter.plus
        return held if state == KNOWN or seen.mode == HIGH or ceiling is None else min(held, ceiling)

    return limit


def _shared_limits(name: str, plan: Plan) -> tuple[tuple[Limit, object], ...]:
    """Return the caps and flags that hold an item down, each with its source."""
    caps: list[tuple[Limit, object]] = [(_cap_limit(cap, plan), cap) for cap in plan.rubric.caps if name in cap.cap]
    for place, flag in enumerate(plan.rubric.flags):
        if name in flag.caps:
            caps.append((_flag_limit(place, resolve_stage(flag.caps[name], plan.rubric)), flag))
    return tuple(caps)


def _flag_limit(place: int, stage: int) -> Limit:
    return lambda seen: stage if seen.flags[place] else None


def _cap_limit(cap: Cap, plan: Plan) -> Limit:
    by = plan.items[cap.by]
    plus, counters = cap.plus, plan.layout.counters
    free = 0 if cap.from_stage is None else resolve_stage(cap.from_stage, plan.rubric) - 1

    def limit(seen: Pass) -> int | None:
        if seen.state[by] == NOT_APPLICABLE:
            return None
        sure = seen if seen.mode != POINT or seen.reported[by] else seen.low
        most = (sure.cell[by] & counters).bit_count() + plus
        return most if most > free else free

    return limit


def _leaf_step(plan: Plan, item: int, limits: Sequence[Limit]) -> Step:
    layout, floor = plan.layout, plan.leaves[item].span.low
    standing = layout.standing

    def step(seen: Pass) -> None:
        if seen.state[item] != KNOWN:
            return
        value = held = seen.cell[item] >> seen.shift
        for limit in limits:
            most = limit(seen)
            if most is not None and most * seen.unit < held:
                held = int(most * seen.unit)
        if held < value:
            held = max(held, int(floor * seen.unit))
            stage = min(layout.stages, max(1, held // seen.unit))
            seen.cell[item] = held << seen.shift | standing[stage]

    return step


def _node_step(node: Node, plan: Plan, plugins: Mapping[str, PluginAggregator], limits: Sequence[Limit]) -> Step:
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
                stage = int(most)
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
