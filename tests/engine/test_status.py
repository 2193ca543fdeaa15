"""What is known of every item: states, points, coverage and guards."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import pytest
from engine_rubrics import REASON, dimension, kernel_of, rubric, scored, staged

from humanai_maturity.engine.evaluation import Evaluation, Given, evaluate
from humanai_maturity.engine.plan import KNOWN, NOT_APPLICABLE, UNKNOWN
from humanai_maturity.engine.status import BLOCKED, NO_POINT, POINTED, VOIDED

U, K, N = UNKNOWN, KNOWN, NOT_APPLICABLE


def tree(**more: Any) -> Any:
    """Return a rubric of criteria a (1) and b (3), and below them c (1) and d (1) in a dimension of weight 4."""
    parts = [
        staged(name, weight=weight, allow_not_applicable=True)
        for name, weight in zip("abcd", (1, 3, 1, 1), strict=True)
    ]
    under = dimension("under", *parts[2:], weight=4, **more.pop("under", {}))
    return rubric(dimension("top", *parts[:2], dimensions=[under], **more.pop("top", {})), **more)


class Statuses:
    """What is known of the whole, of `top` and of `under`, in that order; and of the criteria before them."""

    def __init__(self, found: Evaluation) -> None:
        nodes = [node.index for node in found.plan.nodes]
        self.state = [found.state(item) for item in range(nodes[-1] + 1)]
        self.applies = [found.applies(item) for item in range(nodes[-1] + 1)]
        self.standing = [found.standing(node) for node in nodes]
        self.reported = [found.reported(node) for node in nodes]
        self.coverage = [None if found.state(node) == N else found.coverage(node) for node in nodes]
        self.not_applicable = [found.not_applicable(node) for node in nodes]


def statuses(states: Sequence[int], **more: Any) -> Statuses:
    kernel = kernel_of(tree(**more))
    unit = kernel.plan.layout.unit
    cells = [kernel.plan.cell(leaf, Fraction(3), unit) if state == K else 0 for leaf, state in enumerate(states)]
    away = frozenset(leaf for leaf, state in enumerate(states) if state == N)
    return Statuses(evaluate(kernel, Given(cells=cells, unit=unit, away=away)))


@pytest.mark.parametrize(
    ("states", "top", "under"),
    [
        ([K, K, K, K], Fraction(1), Fraction(1)),
        ([K, U, U, U], Fraction(1, 8), Fraction(0)),
        ([U, U, K, U], Fraction(1, 4), Fraction(1, 2)),
        ([U, K, K, U], Fraction(3, 8) + Fraction(1, 4), Fraction(1, 2)),
        ([U, U, U, U], Fraction(0), Fraction(0)),
        ([N, K, K, U], Fraction(3, 7) + Fraction(2, 7), Fraction(1, 2)),
        ([K, U, N, N], Fraction(1, 4), None),
        ([K, U, N, U], Fraction(1, 8), Fraction(0)),
        ([N, N, N, K], Fraction(1), Fraction(1)),
    ],
)
def test_coverage_is_the_answered_share_of_what_applies(
    states: list[int], top: Fraction, under: Fraction | None
) -> None:
    found = statuses(states).coverage
    assert found == [top, top, under]


@pytest.mark.parametrize(
    ("states", "top", "under"),
    [
        ([K, K, U, U], Fraction(0), Fraction(0)),
        ([N, U, U, U], Fraction(1, 8), Fraction(0)),
        ([N, U, N, U], Fraction(1, 8) + Fraction(1, 4), Fraction(1, 2)),
        ([U, U, N, N], Fraction(1, 2), Fraction(1)),
        ([N, N, N, N], Fraction(1), Fraction(1)),
    ],
)
def test_the_share_that_does_not_apply_is_of_everything(states: list[int], top: Fraction, under: Fraction) -> None:
    found = statuses(states).not_applicable
    assert found == [top, top, under]


def test_coverage_over_leaves_is_flat() -> None:
    found = statuses([K, U, K, U], top={"score": {"rule": "mean", "over": "leaves"}}).coverage
    assert found[1] == Fraction(2, 6)


@pytest.mark.parametrize(
    ("states", "expected"),
    [([K, U, U, U], [K, K, U]), ([N, N, N, K], [K, K, K]), ([N, N, N, N], [N, N, N]), ([U, U, N, N], [U, U, N])],
)
def test_a_node_is_known_if_anything_below_it_is(states: list[int], expected: list[int]) -> None:
    found = statuses(states)
    assert found.state == [*states, *expected]
    assert found.applies == [state != N for state in (*states, *expected)]


def test_nothing_open() -> None:
    found = statuses([K] * 4)
    assert (found.state, found.standing, found.reported) == ([K] * 7, [POINTED] * 3, [True] * 3)
    assert (found.coverage, found.not_applicable) == ([1, 1, 1], [0, 0, 0])


@pytest.mark.parametrize(
    ("policy", "states", "expected"),
    [
        ("leave_out", [K, U, U, U], [POINTED, POINTED, NO_POINT]),
        ("leave_out", [U, U, U, U], [NO_POINT, NO_POINT, NO_POINT]),
        ("worst", [U, U, U, U], [POINTED, POINTED, POINTED]),
        ("worst", [K, K, N, N], [POINTED, POINTED, NO_POINT]),
        ("void", [K, K, K, U], [POINTED, POINTED, VOIDED]),
        ("void", [K, U, K, K], [POINTED, VOIDED, POINTED]),
        ("void", [K, N, K, K], [POINTED, POINTED, POINTED]),
        ("required", [K, K, K, U], [BLOCKED, BLOCKED, BLOCKED]),
        ("required", [K, U, K, K], [BLOCKED, BLOCKED, POINTED]),
        ("required", [K, N, K, K], [POINTED, POINTED, POINTED]),
    ],
)
def test_what_an_unknown_does_to_its_node(policy: str, states: list[int], expected: list[int]) -> None:
    assert list(statuses(states, missing=policy).standing) == expected


def test_a_blocked_child_blocks_what_leaves_out_and_not_what_takes_the_worst() -> None:
    required = {"missing": "required"}
    assert list(statuses([K, K, K, U], under=required).standing) == [BLOCKED, BLOCKED, BLOCKED]
    worst = statuses([K, K, K, U], under=required, top={"missing": "worst"})
    assert list(worst.standing) == [POINTED, POINTED, BLOCKED]
    assert list(worst.reported) == [True, True, False]


def test_a_blocked_child_blocks_a_node_that_scores_leaves() -> None:
    found = statuses(
        [K, K, K, U],
        under={"missing": "required"},
        top={"score": {"rule": "mean", "over": "leaves"}, "missing": "leave_out"},
    )
    assert list(found.standing) == [BLOCKED, BLOCKED, BLOCKED]


@pytest.mark.parametrize(("floor", "passes"), [("5/8", True), ("51/80", False)])
def test_coverage_on_the_floor_passes(floor: str, passes: bool) -> None:  # noqa: FBT001
    found = statuses([U, K, K, U], top={"coverage_floor": floor}, under={"coverage_floor": 0})
    assert list(found.reported) == [True, passes, True]


def test_the_floor_holds_only_where_unknowns_are_left_out() -> None:
    assert all(statuses([U, U, U, U], missing="worst", coverage_floor=1).reported)


@pytest.mark.parametrize(("most", "passes"), [("3/8", True), ("29/80", False)])
def test_a_share_on_the_guard_passes(most: str, passes: bool) -> None:  # noqa: FBT001
    found = statuses([N, K, N, K], top={"max_not_applicable": most}, under={"max_not_applicable": 1})
    assert list(found.reported) == [True, passes, True]


def test_what_has_no_point_shows_bounds_only_and_counts_above() -> None:
    card = scored(tree(top={"coverage_floor": 1}), {"a": "3"})
    assert (card["top"].exact.score, card["top"].exact.low, card["top"].exact.high) == (None, Fraction(5, 4), 3)
    assert card.overall.exact.score == 3
    assert [reason.code for reason in card["top"].reasons] == ["coverage"]


def test_too_much_that_does_not_apply_is_told() -> None:
    card = scored(tree(top={"max_not_applicable": 0.25}), {"a": "3", "b": REASON, "c": "3", "d": "3"})
    (reason,) = card["top"].reasons
    assert (reason.code, reason.limit) == ("not-applicable-share", 0.25)


def test_one_unknown_voids_its_node_to_its_worst() -> None:
    card = scored(tree(missing="void"), {"a": "3", "b": "3", "c": "3"})
    assert (card["under"].exact.score, card["under"].exact.low, card["under"].exact.high) == (1, 1, 3)
    assert card["top"].exact.score == 2
    assert [reason.code for reason in card["under"].reasons] == ["void"]


def test_one_unknown_takes_the_point_from_all_above() -> None:
    card = scored(tree(missing="required"), {"a": "3", "b": "3", "c": "3"})
    for name in ("under", "top", "overall"):
        assert card[name].score is None
        assert card[name].reasons[0].code == "required"
    assert (card["top"].exact.low, card["top"].exact.high) == (Fraction(5, 2), 3)
