"""A program is made of numbers and of the names that this package gives, and says the same in every case."""

import ast
import re
from dataclasses import replace
from fractions import Fraction
from typing import Any

import strategies as drawn
from engine_rubrics import averaged, dimension, kernel_of, rubric, staged
from hypothesis import given
from strategies import AGGREGATORS, MEASURES

from humanai_maturity.engine import Scorer
from humanai_maturity.engine.evaluation import Evaluation, Given, Kernel, evaluate
from humanai_maturity.engine.plan import NOT_APPLICABLE, Layout
from humanai_maturity.engine.program import FUNCTIONS, PARAMETERS, Program
from humanai_maturity.engine.terms import HIGH, LOW, POINT, Case
from humanai_maturity.model.rubric import Rubric

CASES: tuple[Case, ...] = ("complete", "open", "reduced")
MODES = (LOW, HIGH, POINT)
NAMES = re.compile(
    r"(?:[bu]|[kwpraxe]|[cf]|[ndgsv]|q\d+_|e[nd]\d+_|rule)\d+[plh]?|held|most|need|w|t|run|STANDING|min|max"
)


def kernel(rubric: Rubric) -> Kernel:
    return Scorer(rubric, measures=MEASURES, aggregators=AGGREGATORS)._kernel  # noqa: SLF001


@given(drawn.rubrics())
def test_no_text_of_a_rubric_becomes_source(rubric: Rubric) -> None:
    """Only numbers and names of this kind are ever written, and nothing of a rubric's text."""
    for case in CASES:
        tree = ast.parse(kernel(rubric).program(case).source)
        assert not [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and type(node.value) is str]
        names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)} - {*FUNCTIONS, *PARAMETERS}
        assert not {name for name in names if not NAMES.fullmatch(name)}
        attributes = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
        assert attributes <= {"bit_count", "ratio"}


@given(drawn.rubrics())
def test_every_name_is_written_before_it_is_read(rubric: Rubric) -> None:
    """The rules stand in an order in which all is there before it is read."""
    for case in CASES:
        program = kernel(rubric).program(case)
        written = {*FUNCTIONS, *PARAMETERS, "STANDING", "min", "max"}
        for node in _in_order(ast.parse(program.source)):
            if isinstance(node.ctx, ast.Store):
                written.add(node.id)
            else:
                assert node.id in written or node.id.startswith("rule")
        assert written.issuperset(program.exports)


def _in_order(tree: ast.Module) -> list[ast.Name]:
    """Return all names line by line, in each line those that are read before those that are written."""
    names = [node for node in ast.walk(tree) if isinstance(node, ast.Name) and node.id != "need"]
    return sorted(names, key=lambda name: (name.lineno, isinstance(name.ctx, ast.Store)))


def test_more_answers_than_anyone_writes_by_hand() -> None:
    wide = rubric(dimension("d", *(staged(f"c{place}", weight=1 + place % 3) for place in range(600))))
    linked = kernel_of(wide)
    unit = linked.plan.layout.unit
    cells = [linked.plan.cell(leaf, Fraction(1 + leaf % 3), unit) for leaf in range(600)]
    found = evaluate(linked, Given(cells=cells, unit=unit))
    expected = Fraction(sum((1 + place % 3) ** 2 for place in range(600)), 1200)
    assert found.score(linked.plan.whole, POINT) == expected
    cells[0] = 0
    open_ = evaluate(linked, Given(cells=cells, unit=unit))
    assert [open_.score(linked.plan.whole, mode) for mode in (LOW, HIGH)] == [expected, expected + Fraction(2, 1200)]


def test_all_that_is_known_is_the_same_whether_it_could_be_unknown_or_not() -> None:
    """Each case is the most specific program for the same rules: a complete one gives what the others give."""
    linked = kernel_of(rubric(dimension("d", staged("a", weight=2), staged("b")), dimension("e", staged("c"))))
    plan, unit = linked.plan, linked.plan.layout.unit
    cells = [plan.cell(leaf, Fraction(value), unit) for leaf, value in enumerate((3, 1, 2))]
    off = [0] * len(plan.parts)
    found = []
    for case in CASES:
        values = linked.run(case)(cells, unit, frozenset(), off, linked.ends, ())
        names = dict(zip(linked.program(case).exports, values, strict=True))
        found.append(
            [(Fraction(names[f"n{node}p"], names[f"d{node}p"] * unit), names[f"s{node}p"]) for node in (3, 4, 5)]
        )
    assert found[0] == found[1] == found[2]


def _lowered(layout: Layout, unit: int) -> Any:
    """Return what holds a cell down to a value."""

    def lowered(cell: int, held: int, on_stages: int) -> int:
        if not cell or held == cell >> layout.shift:
            return cell
        stage = min(layout.stages, max(1, held // unit)) if on_stages else 1
        return held << layout.shift | layout.standing[stage] | cell & layout.evidence

    return lowered


def _called(found: Evaluation) -> Evaluation:
    """Evaluate the same answers by the program that leaves averages and limits to functions."""
    kernel, given, case = found.kernel, found.given, found.case
    lowered = _lowered(kernel.plan.layout, given.unit)
    functions: Any = {**kernel.rules, "averaged": averaged, "lowered": lowered, "min": lambda *parts: min(parts)}
    program = Program(replace(kernel.program(case).terms, called=True))
    return evaluate(replace(kernel, _runs={**kernel._runs, case: program.linked(functions)}), given)  # noqa: SLF001


def _rows(found: Evaluation) -> list[Any]:
    plan = found.plan
    applying = [node.index for node in plan.nodes if found.state(node.index) != NOT_APPLICABLE]
    return [
        [(item, found.reported(item), found.coverage(item), found.not_applicable(item)) for item in applying],
        [(item, mode, found.score(item, mode), found.stage_at(item, mode)) for item in applying for mode in MODES],
        [
            (leaf, mode, found.value(leaf, mode))
            for leaf in range(plan.whole)
            if found.given.cells[leaf]
            for mode in MODES
        ],
        [(place, mode, found.flag(place, mode)) for place in range(len(plan.flags)) for mode in MODES],
        [found.capped(item) for item in applying],
    ]


@given(drawn.cases())
def test_a_program_that_leaves_averages_and_limits_to_functions_comes_to_the_same(
    case: tuple[Rubric, drawn.Given],
) -> None:
    """One rule is written once: columns carry out the same program, in which they work out averages and limits."""
    rubric, answers = case
    found = Scorer(rubric, measures=MEASURES, aggregators=AGGREGATORS).evaluate(answers)
    assert _rows(_called(found)) == _rows(found)


def test_a_cap_and_a_limit_that_are_left_to_functions() -> None:
    cap = {"cap": ["second", "overall"], "by": "first", "plus": 1, "because": "Data first."}
    needs = {"criterion": "a", "at_least": "s2", "for_stage": "s3"}
    capped = rubric(
        dimension("first", staged("a")),
        dimension("second", staged("b", prerequisites=[needs]), staged("c")),
        caps=[cap],
    )
    for answers in ({"a": "1", "b": "3", "c": "3"}, {"b": "3"}, {"a": "2", "c": "3"}):
        found = Scorer(capped).evaluate(answers)
        assert _rows(_called(found)) == _rows(found)
    held = _called(Scorer(capped).evaluate({"a": "1", "b": "3", "c": "3"}))
    second = held.plan.items["second"]
    assert (held.value(1, POINT), held.score(second, POINT), held.stage_at(second, POINT)) == (2, Fraction(5, 2), 2)


def test_a_limit_that_is_left_to_a_function_holds_nothing_below_its_range() -> None:
    needs = {"criterion": "a", "at_least": "s2", "for_stage": "s2"}
    high = staged("b", prerequisites=[needs])
    high["scale"]["options"] = high["scale"]["options"][1:]
    found = _called(Scorer(rubric(dimension("d", staged("a"), high))).evaluate({"a": "1", "b": "3"}))
    assert found.value(1, POINT) == 2
