"""Groups that are too small stay hidden, and so does what a difference would tell."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from humanai_maturity.frames.suppression import Threshold


def hidden(sizes: list[int], *, group: int = 5, count: int = 1, **counts: list[int]) -> list[bool]:
    table = pl.DataFrame({"teams": sizes, **counts})
    return Threshold(group, count).hidden(table, "teams", [*counts]).to_list()


@pytest.mark.parametrize(
    ("sizes", "expected"),
    [
        ([5, 6], [False, False]),
        ([4, 9, 6, 7], [True, False, True, False]),
        ([4, 1, 6], [True, True, False]),
        ([4, 6, 6], [True, True, False]),
        ([4], [True]),
        ([4, 6], [True, True]),
        ([], []),
    ],
)
def test_the_next_smallest_is_hidden_where_a_difference_would_tell(sizes: list[int], expected: list[bool]) -> None:
    assert hidden(sizes) == expected


def test_small_counts_are_hidden_where_they_matter() -> None:
    assert hidden([9, 9, 9], count=3, a=[0, 2, 9], b=[9, 7, 0]) == [True, True, True]
    assert hidden([9, 9, 9], count=3, a=[2, 2, 9], b=[7, 7, 0]) == [True, True, False]
    assert hidden([9, 9, 9], count=2, a=[0, 2, 9], b=[9, 7, 0]) == [False, False, False]


groups = st.lists(st.tuples(st.integers(1, 9), st.integers(0, 9)), min_size=1, max_size=8)


@given(groups, st.integers(1, 6), st.integers(1, 4))
def test_neither_a_group_nor_a_difference_is_too_small(found: list[tuple[int, int]], group: int, count: int) -> None:
    """Nobody below the threshold is shown: neither by a figure nor by a difference."""
    some = [min(teams, part) for teams, part in found]
    rest = [teams - part for (teams, _), part in zip(found, some, strict=True)]
    away = hidden([teams for teams, _ in found], group=group, count=count, a=some, b=rest)
    shown = [(a, b) for a, b, gone in zip(some, rest, away, strict=True) if not gone]
    lost = [(a, b) for a, b, gone in zip(some, rest, away, strict=True) if gone]
    together = [(sum(a for a, _ in lost), sum(b for _, b in lost))] if lost and shown else []
    for a, b in (*shown, *together):
        assert a + b >= group
        assert all(each == 0 or each >= count for each in (a, b))
