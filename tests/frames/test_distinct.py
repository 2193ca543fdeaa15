"""Rows are told apart by the columns that say so, and errors name those that are not."""

import polars as pl
import pytest
from engine_rubrics import dimension, rubric, staged

import humanai_maturity as hm

TINY = rubric(dimension("d", staged("a")))


def problems(table: pl.DataFrame | pl.LazyFrame, assessment: str | list[str]) -> list[str]:
    with pytest.raises(hm.AnswerError) as caught:
        hm.frames.score_frame(TINY, table, assessment=assessment)
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.parametrize("lazy", [False, True])
def test_repeated_and_missing_ids_are_named_with_counts(lazy: bool) -> None:  # noqa: FBT001
    table = pl.DataFrame({"team": ["n", None, "s", "n", "n", None], "a": ["1"] * 6})
    assert problems(table.lazy() if lazy else table, "team") == [
        "error[missing-id] team: nothing stands here in 2 rows, and `assessment` says that it tells the rows apart",
        "error[repeated-id] team: 'n' stands in 3 rows; an assessment has one row",
    ]


def test_several_columns_together_name_a_row() -> None:
    table = pl.DataFrame({"tenant": ["n", "n", "s"], "month": [1, 2, 1], "a": ["1"] * 3})
    assert hm.frames.score_frame(TINY, table, assessment=["tenant", "month"]).height == 3
    assert problems(table.with_columns(month=1), ["tenant", "month"]) == [
        "error[repeated-id] tenant, month: 'n', '1' stands in 2 rows; an assessment has one row"
    ]


def test_no_more_than_twenty_are_named() -> None:
    table = pl.DataFrame({"team": [*range(25)] * 2 + [float("nan")], "a": ["1"] * 51}, strict=False)
    found = problems(table, "team")
    assert found[0].startswith("error[missing-id] team: nothing stands here in 1 row,")
    assert found[-1] == "error[repeated-id] team: 5 others stand in several rows, too"
    assert len(found) == 22


def test_a_column_that_is_not_there_is_suggested() -> None:
    assert problems(pl.DataFrame({"team": ["n"], "a": ["1"]}), "teem") == [
        "error[missing-column] teem: the table has no column 'teem', which `assessment` names (did you mean 'team'?)"
    ]
