"""Weighted sums as lines of source: however they are written, they come to the same."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import product
from typing import Any

import pytest
from engine_rubrics import averaged as mean
from engine_rubrics import dimension, plan_of, rubric, scored, staged, stages

from humanai_maturity.engine.plan import Plan
from humanai_maturity.engine.tallies import averaged, leaf_terms
from humanai_maturity.engine.terms import HIGH, LOW, POINT, Mode, Terms

Ratios = Sequence[tuple[int, int, int]]


def run(lines: Iterable[str], **names: Any) -> dict[str, Any]:
    """Run lines of source and return all names."""
    exec("\n".join(lines), names)  # noqa: S102 - the lines are the package's own
    return names


@pytest.mark.parametrize("called", [False, True])
@pytest.mark.parametrize("some", [False, True])
@pytest.mark.parametrize("leaves", [None, (7, 1, 3), (5, 2, 2)])
@pytest.mark.parametrize("nodes", [[(2, 3, 1)], [(2, 3, 1), (5, 3, 4)], [(1, 2, 2), (2, 3, 1), (4, 1, 3)]])
def test_a_mean_of_ratios_is_exact(
    leaves: tuple[int, int, int] | None,
    nodes: Ratios,
    some: bool,  # noqa: FBT001
    called: bool,  # noqa: FBT001
) -> None:
    for there in product((True, False) if some else (True,), repeat=len(nodes)):
        present = [
            (num, den, weight) if is_there else (0, 0, weight)
            for is_there, (num, den, weight) in zip(there, nodes, strict=True)
        ]
        names = {"t": leaves[0], "o": leaves[1], "x": leaves[2]} if leaves else {}
        for place, (num, den, _) in enumerate(present):
            names |= {f"n{place}": num, f"d{place}": den}
        lines = averaged(
            ("num", "den"),
            ("t", "o", "x") if leaves else None,
            [(f"n{place}", f"d{place}", weight) for place, (*_, weight) in enumerate(nodes)],
            some=some,
            called=called,
        )
        found = run(lines, **names, averaged=mean)
        expected = mean(leaves or (), present)
        assert (found["den"] == 0) == (expected[1] == 0)
        assert not expected[1] or Fraction(found["num"], found["den"]) == Fraction(*expected)


def three() -> Plan:
    return plan_of(rubric(dimension("d", staged("a", weight=2), staged("b"), staged("c", weight=3))))


@pytest.mark.parametrize("called", [False, True])
@pytest.mark.parametrize("limited", [(), (1,), (0, 2), (0, 1, 2)])
@pytest.mark.parametrize(
    ("mode", "fills", "filled"), [(POINT, False, 0), (POINT, True, 1), (LOW, False, 1), (HIGH, False, 3)]
)
def test_leaves_are_added_up_under_their_limits(
    mode: Mode,
    fills: bool,  # noqa: FBT001
    filled: int,
    limited: tuple[int, ...],
    called: bool,  # noqa: FBT001
) -> None:
    plan = three()
    terms = Terms(plan=plan, case="open", limited=limited, called=called)
    parts, layout = plan.nodes[1].children, plan.layout
    cells = [plan.cell(leaf, Fraction(value), 1) if value else 0 for leaf, value in enumerate((3, 0, 2))]
    held = [plan.cell(leaf, Fraction(1), 1) if cell else 0 for leaf, cell in enumerate(cells)]
    group = terms.group(parts)
    weights = parts.leaf_weights
    names = {f"c{leaf}": cell for leaf, cell in enumerate(cells)}
    names |= {f"c{leaf}{mode}": held[leaf] for leaf in limited}
    names |= {f"b{group}": sum(map(int.__mul__, weights, cells)), f"u{group}": weights[1], "unit": 1}
    total = eval(" + ".join(leaf_terms(parts, mode, terms, fills=fills)), names)  # noqa: S307 - the phrase is the package's own
    worth = [1 if leaf in limited else value for leaf, value in ((0, 3), (2, 2))]
    assert total >> layout.shift == 2 * worth[0] + 3 * worth[1] + filled
    assert total & layout.mask == 5 + (filled > 0)


@pytest.mark.parametrize(
    ("missing", "share", "stage"),
    [("leave_out", 1, 3), ("worst", 1, 1), ("worst", "1/2", 3), ("worst", "51/100", 1)],
)
def test_a_dimension_without_a_point_is_left_out_of_a_quorum_or_the_worst(missing: str, share: Any, stage: int) -> None:
    open_ = dimension("e", staged("b"), missing="leave_out")
    tiny = rubric(dimension("d", staged("a")), open_, stage={"quorum": share}, missing=missing)
    assert stages(scored(tiny, {"a": "3"}), "e") == (1, None, 3)
    assert stages(scored(tiny, {"a": "3"}))[1] == stage
