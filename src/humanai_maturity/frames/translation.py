"""A program of the engine as expressions over columns: the same source, read once more.

The engine writes a rubric out as the source of one Python function. Here its statements are carried out on columns
instead of numbers, so that there is one set of rules, and every row of a table scores as it does alone.
"""

import ast
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property, lru_cache, partial, reduce
from typing import Any

import polars as pl

from humanai_maturity.engine.evaluation import Kernel
from humanai_maturity.engine.plan import Layout
from humanai_maturity.engine.program import Program
from humanai_maturity.engine.terms import Case
from humanai_maturity.frames.cells import VALUE, Cells, chosen_cells, constant, lowered, standing, valued, weighted
from humanai_maturity.frames.functions import FUNCTIONS, NotInColumnsError, Shifted, Value, holds, number_of
from humanai_maturity.frames.later import Found, Later, now
from humanai_maturity.frames.numbers import (
    Operand,
    Whole,
    added,
    chosen,
    compared,
    divided,
    multiplied,
    opposite,
)
from humanai_maturity.frames.ratios import bounded
from humanai_maturity.frames.rules import ColumnRules, reach_of
from humanai_maturity.frames.truths import Truth, both, either, negated, picked


@dataclass
class Translation:
    """Carry a program out on columns.

    Attributes:
        kernel: The engine's kernel.
        case: Which of its programs.
        unit: The unit of the cells.
        away: Whether each leaf that may not apply does not.
        column: Makes a column of its own of an expression, so that it is worked out once.
        top: The stages under which everything stays, where there are any.
        failed: Where rows have to be scored alone, as what a rule returned does not fit into columns.
        names: What the program's names stand for.
    """

    kernel: Kernel
    case: Case
    unit: int
    away: Mapping[int, pl.Expr]
    column: Callable[[str, pl.Expr], pl.Expr]
    top: Sequence[Operand] = ()
    failed: list[pl.Expr] = field(default_factory=list)
    names: "dict[str, Value | Later]" = field(default_factory=dict)

    def run(self, cells: Sequence[Cells]) -> Mapping[str, Value]:
        """Return what the program's names stand for in the end."""
        terms = replace(self.kernel.program(self.case).terms, called=True)
        tree = _parsed(Program(terms).source)
        (function,) = tree.body
        assert isinstance(function, ast.FunctionDef)  # noqa: S101 - a program is one function
        self.names |= {"unit": self.unit, "cell": tuple(cells)}
        for statement in function.body[:-1]:
            self._carry_out(statement)
        return Found(self.names)

    def ask(self, phrase: str) -> Truth:
        """Return whether a phrase of the program's source holds, once it has run."""
        return self._truth(ast.parse(phrase, mode="eval").body)

    # What follows reads the few kinds of statements that programs are made of.

    def _carry_out(self, statement: ast.stmt) -> None:
        match statement:
            case ast.Assign(targets=[ast.Tuple(elts=[ast.Name(id=name), _]) as pair], value=ast.Call() as call):
                self._bind(pair, self._bounded(name, self._value(call)))
            case ast.Assign(targets=targets, value=value):
                found = self._value(value)
                for target in targets:
                    self._bind(target, found)
            case ast.AugAssign(target=ast.Name(id=name), op=operation, value=value):
                self.names[name] = self._kept(name, self._operated(operation, self._read(name), self._value(value)))
            case ast.If(test=test, body=body, orelse=other):
                self._branch(self._truth(test), body, other)
            case _:
                raise NotInColumnsError(ast.unparse(statement))

    def _bounded(self, name: str, pair: Value) -> Value:
        """Return a node's score, or a share, in no wider a type than it needs."""
        span = (Fraction(0), Fraction(1))
        if name.startswith("n"):
            low, high = reach_of(int(name[1:-1]), self.kernel.plan)
            span = low * self.unit, high * self.unit
        return bounded(pair, span)  # type: ignore[arg-type]

    def _bind(self, target: ast.expr, found: Value) -> None:
        if isinstance(target, ast.Tuple):
            assert isinstance(found, tuple)  # noqa: S101 - programs unpack what they have packed
            for each, part in zip(target.elts, found, strict=True):
                self._bind(each, part)
        else:
            assert isinstance(target, ast.Name)  # noqa: S101 - programs assign to names
            self.names[target.id] = self._kept(target.id, found)

    def _branch(self, test: Truth, body: Sequence[ast.stmt], other: Sequence[ast.stmt]) -> None:
        if isinstance(test, bool):
            for statement in body if test else other:
                self._carry_out(statement)
            return
        before = dict(self.names)
        for statement in body:
            self._carry_out(statement)
        yes, self.names = self.names, dict(before)
        for statement in other:
            self._carry_out(statement)
        no = self.names
        self.names = before
        for name in {**yes, **no}:
            a = yes[name] if name in yes else no[name]
            b = no[name] if name in no else yes[name]
            self.names[name] = a if a is b else Later(partial(self._joined, name, test, a, b))

    def _joined(self, name: str, test: Truth, yes: "Value | Later", no: "Value | Later") -> Value:
        return self._kept(name, self._chosen(test, now(yes), now(no)))

    def _read(self, name: str) -> Value:
        return now(self.names[name])

    def _kept(self, name: str, found: Value) -> Value:
        """Make a column of its own of what was found, so that it is worked out once."""
        match found:
            case Whole():
                return replace(found, expr=self.column(name, found.expr))
            case pl.Expr():
                return self.column(name, found)
            case tuple():
                return tuple(self._kept(name, each) for each in found)
            case Cells():
                return found if found.shared else replace(found, shared=True)
            case _:
                return found

    def _kept_part(self, part: Value) -> Value:
        return self._kept("part", part)

    def _keep(self, number: Operand) -> Operand:
        return number_of(self._kept("sum", number))

    def _value(self, node: ast.expr) -> Value:  # noqa: C901, PLR0911, PLR0912 - one case for each kind of phrase
        match node:
            case ast.Constant(value=int() as number):
                return number
            case ast.Name(id=name):
                return self._read(name)
            case ast.Tuple(elts=parts):
                return tuple(self._value(each) for each in parts)
            case ast.NamedExpr(target=ast.Name(id=name), value=value):
                found = self.names[name] = self._kept(name, self._value(value))
                return found
            case ast.IfExp(test=test, body=body, orelse=other):
                condition = self._truth(test)
                if isinstance(condition, bool):
                    return self._value(body if condition else other)
                return self._chosen(condition, self._value(body), self._value(other))
            case ast.BinOp(left=left, op=operation, right=right):
                return self._operated(operation, self._value(left), self._value(right))
            case ast.BoolOp(op=ast.Or(), values=values) if not all(map(_is_truth, values)):
                return reduce(self._or_else, [self._value(each) for each in values])
            case ast.BoolOp() | ast.Compare() | ast.UnaryOp(op=ast.Not()):
                return self._truth(node)
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return opposite(number_of(self._value(operand)))
            case ast.Subscript():
                return self._item(node)
            case ast.Call(func=function, args=arguments):
                return self._called(function, arguments)
            case _:
                raise NotInColumnsError(ast.unparse(node))

    def _truth(self, node: ast.expr) -> Truth:
        """Return whether a phrase holds."""
        match node:
            case ast.BoolOp(op=operation, values=values):
                parts = [self._truth(each) for each in values]
                return reduce(both if isinstance(operation, ast.And) else either, parts)
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                return negated(self._truth(operand))
            case ast.Compare(left=left, ops=[ast.In()], comparators=[ast.Name(id="away")]):
                return self._away(left)
            case ast.Compare(left=left, ops=[ast.NotIn()], comparators=[ast.Name(id="away")]):
                return negated(self._away(left))
            case ast.Compare(left=left, ops=[ast.In()], comparators=[ast.Tuple(elts=members)]):
                found = number_of(self._value(left))
                return reduce(either, [compared(found, "==", number_of(self._value(each))) for each in members])
            case ast.Compare(left=left, ops=[ast.NotEq()], comparators=[ast.Constant(value=0)]):
                return holds(self._value(left))
            case ast.Compare(left=left, ops=[operation], comparators=[right]):
                return compared(number_of(self._value(left)), _SIGNS[type(operation)], number_of(self._value(right)))
            case _:
                return holds(self._value(node))

    def _away(self, leaf: ast.expr) -> Truth:
        assert isinstance(leaf, ast.Constant)  # noqa: S101 - programs ask for numbered leaves
        return self.away.get(int(str(leaf.value)), False)

    def _chosen(self, condition: Truth, yes: Value, no: Value) -> Value:
        if isinstance(condition, bool):
            return yes if condition else no
        if isinstance(yes, tuple) and isinstance(no, tuple):
            return tuple(self._chosen(condition, a, b) for a, b in zip(yes, no, strict=True))
        if isinstance(yes, Cells) or isinstance(no, Cells):
            return chosen_cells(condition, self._cells(yes), self._cells(no))
        return chosen(condition, number_of(yes), number_of(no))

    def _or_else(self, first: Value, second: Value) -> Value:
        return self._chosen(holds(first), first, second)

    def _cells(self, value: Value) -> Cells:
        if isinstance(value, Cells):
            return value
        number = number_of(value)
        return constant(number, self._layout) if isinstance(number, int) else valued(number, self._layout)

    @property
    def _layout(self) -> Layout:
        return self.kernel.plan.layout

    def _operated(self, operation: ast.operator, left: Value, right: Value) -> Value:
        if isinstance(left, Cells | Shifted) or isinstance(right, Cells):
            return self._on_cells(operation, left, right)
        a, b = number_of(left), number_of(right)
        match operation:
            case ast.Add():
                return added(a, b)
            case ast.Sub():
                return added(a, opposite(b))
            case ast.Mult():
                return multiplied(a, b)
            case ast.FloorDiv():
                return divided(a, b)
            case ast.RShift() if isinstance(b, int):
                return divided(a, 1 << b)
            case ast.LShift() if b == self._layout.shift:
                return valued(a, self._layout)
            case ast.BitOr() if isinstance(a, int) and isinstance(b, int):
                return a | b
            case ast.BitAnd() if isinstance(a, int) and isinstance(b, int):
                return a & b
            case _:
                raise NotInColumnsError(type(operation).__name__)

    def _on_cells(self, operation: ast.operator, left: Value, right: Value) -> Value:
        match left, operation, right:
            case Cells(), ast.RShift(), int():
                place = left.place_of(right)
                return left.field(place) if place == VALUE else Shifted(left, place)
            case Shifted(), ast.BitAnd(), self._layout.mask:
                return left.cells.field(left.place)
            case Cells(), ast.BitAnd(), self._layout.mask:
                return left.field(0)
            case Cells(), ast.BitAnd(), int():
                return left.only(right)
            case _, ast.Add() | ast.BitOr(), _:  # what programs put together bit by bit never overlaps
                return self._cells(left).plus(self._cells(right), self._keep)
            case _, ast.Sub(), _:
                return self._cells(left).plus(self._cells(right).times(-1), self._keep)
            case Cells(), ast.Mult(), _:
                return left.times(number_of(right))
            case _, ast.Mult(), Cells():
                return right.times(number_of(left))
            case _:
                raise NotInColumnsError(type(operation).__name__)

    def _item(self, node: ast.Subscript) -> Value:
        match node:
            case ast.Subscript(value=ast.Name(id="STANDING"), slice=place):
                stage = number_of(self._value(place))
                return self._layout.standing[stage] if isinstance(stage, int) else standing(stage, self._layout)
            case ast.Subscript(value=ast.Name(id="top"), slice=ast.Constant(value=int() as place)):
                return self.top[place]
            case ast.Subscript(value=ast.Name(id="off"), slice=ast.Constant(value=int() as group)):
                return self._off(group)
            case _:
                raise NotInColumnsError(ast.unparse(node))

    def _off(self, group: int) -> Operand:
        """Return the weight that what does not apply takes off a group."""
        name = f"off{group}"
        if name not in self.names:
            parts = next(parts for parts, number in self.kernel.plan.parts.items() if number == group)
            total: Operand = 0
            for leaf, weight in zip(range(*parts.leaves), parts.leaf_weights, strict=True):
                if leaf in self.away:
                    total = added(total, chosen(self.away[leaf], weight, 0))
            self.names[name] = self._kept(name, total)
        return number_of(self._read(name))

    def _called(self, function: ast.expr, arguments: Sequence[ast.expr]) -> Value:
        if isinstance(function, ast.Attribute):
            return self._method(function, arguments)
        assert isinstance(function, ast.Name)  # noqa: S101 - programs call by name
        if function.id == "dot":
            weights: Any = self._value(arguments[0])
            return weighted(self._sliced(arguments[1]), weights, self._keep)
        if function.id == "lowered":
            return self._lowered(*(self._value(each) for each in arguments))
        if function.id.startswith("rule"):
            return self._ruled(int(function.id.removeprefix("rule")), *arguments[:2])
        values = [self._value(each) for each in arguments]
        found: Value = FUNCTIONS[function.id](*values)
        return found

    def _lowered(self, cell: Value, value: Value, on_stages: Value) -> Value:
        """Return a cell held down to a value."""
        cells = self._cells(cell)
        held = self._kept("value", picked(cells.there(), number_of(value), 0))
        return lowered(cells, number_of(held), self.unit, on_stages=bool(on_stages))

    def _ruled(self, item: int, parts: ast.expr, left_out: ast.expr) -> Value:
        """Return what a score rule makes of its parts."""
        node = self.kernel.plan.node(item)
        ratios: Any = self._value(parts)
        return self._rules.score(node, ratios, self._truth(left_out))

    def _sliced(self, node: ast.expr) -> Sequence[Cells]:
        match node:
            case ast.Subscript(
                slice=ast.Slice(lower=ast.Constant(value=int() as first), upper=ast.Constant(value=int() as after))
            ):
                cells: Any = self._read("cell")
                return [*cells[first:after]]
            case _:
                raise NotInColumnsError(ast.unparse(node))

    def _method(self, function: ast.Attribute, arguments: Sequence[ast.expr]) -> Value:
        if function.attr == "bit_count":
            return self._cells(self._value(function.value)).stage()
        item, place = (self._value(each) for each in arguments)
        assert isinstance(item, int)  # noqa: S101 - programs ask for numbered items
        assert isinstance(place, int)  # noqa: S101 - and for one of two ends
        return self._rules.ends(item)[place]

    @cached_property
    def _rules(self) -> ColumnRules:
        return ColumnRules(self.kernel, self.away, self._kept_part, self.failed)


@lru_cache(maxsize=64)
def _parsed(source: str) -> ast.Module:
    return ast.parse(source)


_SIGNS: Mapping[type[ast.cmpop], str] = {
    ast.GtE: ">=", ast.Gt: ">", ast.LtE: "<=", ast.Lt: "<", ast.Eq: "==", ast.NotEq: "!=",
}  # fmt: skip


def _is_truth(node: ast.expr) -> bool:
    return isinstance(node, ast.BoolOp | ast.Compare) or (
        isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not)
    )
