"""Many teams at once: distributions, medians, and nobody shown alone."""

import polars as pl
import pytest

import humanai_maturity as hm

SCORED = pl.DataFrame(
    {
        "country": ["a"] * 5 + ["b"] * 2,
        "overall.stage": [1, 2, 2, 4, None, 3, 3],
        "overall.score": [1.0, 2.0, 2.5, 4.0, None, 3.0, 3.5],
        "d.stage": [1, 1, 1, 1, 1, 2, 2],
    }
)


def test_groups_and_nodes() -> None:
    found = hm.frames.summarize(SCORED, by="country", smallest_group=3)
    counts = ["teams", "no_stage", "stage_1", "stage_2", "stage_3", "stage_4"]
    assert found.columns == ["country", "node", *counts, "median_stage", "median_score"]
    assert found.rows() == [
        ("a", "overall", 5, 1, 1, 2, 0, 1, 2.0, 2.0),
        ("a", "d", 5, 0, 5, 0, 0, 0, 1.0, None),
        ("b", "overall", 2, None, None, None, None, None, None, None),
        ("b", "d", 2, None, None, None, None, None, None, None),
    ]


def test_one_group_of_all() -> None:
    found = hm.frames.summarize(SCORED, nodes=["d"])
    assert found.select("node", "teams", "stage_1", "stage_2").rows() == [("d", 7, 5, 2)]


@pytest.mark.parametrize("more", [{"by": "region"}, {"nodes": ["x"]}])
def test_what_is_not_there_is_told(more: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"the table has no '(region|x)': score it with `score_frame` first"):
        hm.frames.summarize(SCORED, **more)  # type: ignore[call-overload]
    with pytest.raises(ValueError, match="the table has no stages"):
        hm.frames.summarize(pl.DataFrame({"a": [1]}))
