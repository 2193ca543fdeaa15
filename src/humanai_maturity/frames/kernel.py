"""A rubric over the columns of one table: what every figure of every row is, as expressions."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property, reduce

import polars as pl

from humanai_maturity.engine.evaluation import Kernel
from humanai_maturity.engine.plan import Node, Plan
from humanai_maturity.engine.terms import HIGH, LOW, POINT, Case, Mode
from humanai_maturity.frames.beside import says_so
from humanai_maturity.frames.blocking import FirstBlocker, blocker_type
from humanai_maturity.frames.cells import Cells, chosen_cells, constant
from humanai_maturity.frames.columns import Claims, Columns
from humanai_maturity.frames.fields import cells_of, claims_of, first_that_counts, unit_of
from humanai_maturity.frames.functions import Value
from humanai_maturity.frames.names import OWN
from humanai_maturity.frames.numbers import Operand, Whole, compared, literal, multiplied, ratio
from humanai_maturity.frames.translation import Translation
from humanai_maturity.frames.truths import Truth, both, either, negated, picked

_MODES: tuple[Mode, ...] = (LOW, HIGH, POINT)


@dataclass
class Layers:
    """Columns that are worked out one after the other, each from those before it."""

    levels: list[list[pl.Expr]] = field(default_factory=list)
    _depths: dict[str, int] = field(default_factory=dict)

    def keep(self, name: str, expr: pl.Expr) -> pl.Expr:
        """Make a column of its own of an expression, and return it."""
        roots = expr.meta.root_names()
        if len(roots) == 1 and expr.meta.eq(pl.col(roots[0])):
            return expr
        depth = max((self._depths.get(root, -1) for root in roots), default=-1) + 1
        column = f"{OWN}{len(self._depths)}_{name}"
        self._depths[column] = depth
        while len(self.levels) <= depth:
            self.levels.append([])
        self.levels[depth].append(expr.alias(column))
        return pl.col(column)

    def over(self, table: pl.LazyFrame, rows: pl.Expr | None = None) -> pl.LazyFrame:
        """Return a table with these columns, of the rows for which a condition holds."""
        needed = -1 if rows is None else max(self._depths.get(name, -1) for name in rows.meta.root_names())
        if rows is not None and needed < 0:
            table = table.filter(rows)
        for depth, level in enumerate(self.levels):
            table = table.with_columns(level)
            if rows is not None and depth == needed:
                table = table.filter(rows)
        return table


@dataclass(frozen=True)
class Outputs:
    """Which figures are wanted.

    Attributes:
        bounds: Whether lowest and highest scores and stages are.
        flags: Whether flags are.
        blockers: Whether first blockers are.
    """

    bounds: bool = True
    flags: bool = True
    blockers: bool = True


@dataclass(frozen=True)
class TableKernel:
    """Score the rows of a table.

    Attributes:
        kernel: The engine's kernel.
        columns: Where the answers stand.
        away: The column or columns that say what does not apply, by item.
        outputs: Which figures are wanted.
        layers: The columns on the way to them.
        failed: Where rows have to be scored alone, as what a rule returned does not fit into columns.
    """

    kernel: Kernel
    columns: Sequence[Columns]
    away: Mapping[int, str]
    outputs: Outputs
    layers: Layers = field(default_factory=Layers)
    failed: list[pl.Expr] = field(default_factory=list)

    @property
    def plan(self) -> Plan:
        """Return the plan."""
        return self.kernel.plan

    @cached_property
    def unit(self) -> int:
        """Return the unit of the values."""
        return unit_of(self.plan, self.columns)

    @cached_property
    def read(self) -> Mapping[str, Claims]:
        """Return what the answers claim, by column."""
        return {each.name: claims_of(each, self.unit, self.plan, self.layers.keep) for each in self.columns}

    @cached_property
    def claims(self) -> Mapping[int, Claims]:
        """Return what the answers claim, by leaf."""
        found: dict[int, Claims] = {}
        for each in self.columns:
            leaf, claims = each.leaf.index, self.read[each.name]
            found[leaf] = first_that_counts(found[leaf], claims) if leaf in found else claims
        return found

    @cached_property
    def gone(self) -> Mapping[int, pl.Expr]:
        """Return whether each leaf that may not apply does not."""
        found: dict[int, Truth] = {}
        for item, column in self.away.items():
            leaves = (item,) if item < self.plan.whole else range(*self.plan.node(item).below.leaves)
            said = self.layers.keep(f"away{item}", says_so(column))
            for leaf in leaves:
                found[leaf] = either(found.get(leaf, False), said)
        for leaf, claims in self.claims.items():
            found[leaf] = either(found.get(leaf, False), claims.away)
        return {
            leaf: self.layers.keep(f"gone{leaf}", truth) for leaf, truth in found.items() if not isinstance(truth, bool)
        }

    @cached_property
    def odd(self) -> pl.Expr | None:
        """Return whether a row has to be scored alone, once the figures are there; `None` where none has."""
        found = [*self.failed, *(each.odd for each in self.claims.values() if not isinstance(each.odd, bool))]
        return reduce(lambda a, b: a | b, found) if found else None

    @cached_property
    def cells(self) -> tuple[Cells, ...]:
        """Return the cells of all leaves."""
        named = {each.leaf.index: each for each in self.columns}
        nothing = Cells(self.plan.layout, fields={})
        found = []
        for leaf in self.plan.leaves:
            if leaf.index not in named:
                found.append(nothing)
                continue
            claims = self.claims[leaf.index]
            known = both(claims.known, negated(self.gone.get(leaf.index, False)))
            if not isinstance(known, bool):
                known = self.layers.keep(f"known{leaf.index}", known)
            there = replace(claims, known=known)
            found.append(cells_of(named[leaf.index], there, self.unit, self.plan, self.layers.keep))
        return tuple(found)

    def case(self, *, complete: bool) -> Case:
        """Return which of the engine's programs the table needs."""
        if self.gone:
            return "reduced"
        return "complete" if complete and len(self.claims) == len(self.plan.leaves) else "open"

    def _top(self) -> list[Operand]:
        """Return every stage as it is with everything present that does not apply, at its best."""
        plan, cells = self.plan, list(self.cells)
        best = plan.rubric.evidence_grades[-1].id if plan.rubric.evidence_grades else None
        for leaf, gone in self.gone.items():
            most = constant(plan.cell(leaf, plan.leaves[leaf].span.high, self.unit, best), plan.layout)
            cells[leaf] = chosen_cells(gone, most, cells[leaf])
        names = Translation(self.kernel, "open", self.unit, {}, self.layers.keep, failed=self.failed).run(cells)
        stages = [names[f"{letter}{node.index}{mode}"] for node in plan.nodes for mode in _MODES for letter in "gs"]
        none = plan.layout.stages
        return [picked(compared(stage, "==", 0), none, stage) for stage in stages]  # type: ignore[arg-type]

    def figures(self, case: Case) -> Iterator[pl.Expr]:
        """Yield every figure that is wanted, under its name."""
        top = self._top() if case == "reduced" and self.kernel.can_lift else ()
        translation = Translation(self.kernel, case, self.unit, self.gone, self.layers.keep, top, self.failed)
        names = translation.run(self.cells)
        obstacles, ask = self.kernel.program(case).obstacles, cache(translation.ask)
        for node in self.plan.nodes:
            yield from _node(node, names, case, self.unit, self.outputs)
            if self.outputs.blockers and node.has_stage:
                first = FirstBlocker(blocker_type(node, self.kernel), ask).of(obstacles[node.index])
                yield first.alias(f"{node.id}.first_blocker")
        if self.outputs.flags:
            for place, flag in enumerate(self.plan.rubric.flags):
                raised = _as_truth(names[f"f{place}{POINT}"])
                yield (pl.lit(raised) if isinstance(raised, bool) else raised).alias(f"flags.{flag.id}")


def _node(node: Node, names: Mapping[str, Value], case: Case, unit: int, outputs: Outputs) -> Iterator[pl.Expr]:
    item, name = node.index, node.id
    complete = case == "complete"

    def at(letter: str, mode: Mode) -> Operand:
        return names[f"{letter}{item}{POINT if complete else mode}"]  # type: ignore[return-value]

    reported = True if complete else _as_truth(names[f"r{item}"])

    def score(mode: Mode) -> pl.Expr:
        return ratio(at("n", mode), multiplied(at("d", mode), unit))

    def stage(letter: str, mode: Mode) -> pl.Expr:
        number = literal(at(letter, mode))
        expr = number.expr.cast(pl.UInt8)
        return expr if number.low > 0 else pl.when(number.expr > 0).then(expr)

    if node.has_stage:
        yield _where(reported, stage("s", POINT)).alias(f"{name}.stage")
        yield _where(reported, stage("g", POINT)).alias(f"{name}.stage_raw")
        if outputs.bounds:
            yield stage("s", LOW).alias(f"{name}.stage_low")
            yield stage("s", HIGH).alias(f"{name}.stage_high")
    yield _where(reported, score(POINT)).alias(f"{name}.score")
    if outputs.bounds:
        yield score(LOW).alias(f"{name}.low")
        yield score(HIGH).alias(f"{name}.high")
    if complete:
        yield pl.lit(1.0).alias(f"{name}.coverage")
    else:
        yield ratio(names[f"k{item}"], names[f"w{item}"]).alias(f"{name}.coverage")  # type: ignore[arg-type]


def _where(condition: Truth, expr: pl.Expr) -> pl.Expr:
    return expr if condition is True else pl.when(condition).then(expr)


def _as_truth(value: Value) -> Truth:
    if isinstance(value, bool | pl.Expr):
        return value
    assert isinstance(value, int | Whole)  # noqa: S101 - whether something is reported is a truth or a number
    return compared(value, "!=", 0)
