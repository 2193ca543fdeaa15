"""Columns may be called anything but what this room calls its own, and what they are called is told plainly."""

from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
from engine_rubrics import dimension, rubric, staged

import humanai_maturity as hm

METRIC = {"type": "metric", "bands": {"s2": 0.5, "s3": 0.9}}
TINY = rubric(dimension("d", staged("a"), {"id": "m", "title": "M", "scale": METRIC}))
TABLE = pl.DataFrame({"team": [f"t{place}" for place in range(300)], "a": ["1"] * 300, "m": [0.123456] * 300})
LONG = pl.DataFrame({"team": ["n", "s"], "criterion": ["a", "a"], "value": ["1", "2"]})


def of_file(name: str, tmp_path: Path) -> pl.DataFrame:
    TABLE.rename({"team": name}).write_parquet(tmp_path / "in.parquet")
    task = hm.frames.FileTask(scorer=hm.Scorer(TINY), assessment=[name])
    hm.frames.score_file(task, tmp_path / "in.parquet", tmp_path / "out.parquet")
    return pl.read_parquet(tmp_path / "out.parquet")


def of_frame(name: str, _: Path) -> pl.DataFrame:
    return hm.frames.score_frame(TINY, TABLE.rename({"team": name}), assessment=name)


def of_long(name: str, _: Path) -> pl.DataFrame:
    return hm.frames.widen(TINY, LONG.rename({"team": name}), assessment=name)


def of_summary(name: str, _: Path) -> pl.DataFrame:
    scored = hm.frames.score_frame(TINY, TABLE.rename({"team": name}))
    return hm.frames.summarize(scored, by=name, smallest_group=1)


@pytest.mark.parametrize("work", [of_frame, of_file, of_long, of_summary])
def test_no_name_of_a_column_gets_in_the_way(work: Callable[[str, Path], pl.DataFrame], tmp_path: Path) -> None:
    for name in ("__odd", "__place", "__row", "__rows", "__at", "__unit", "__stage", "__index_level_0__"):
        assert name in work(name, tmp_path).columns
    with pytest.raises(
        hm.AnswerError, match=r"error\[taken-name\] __hm_row: '__hm_row' begins with '__hm_', as .*: ren"
    ):
        work("__hm_row", tmp_path)


NAME = "x\nerror[fake] \x1b[2J" + "y" * 1000


@pytest.mark.parametrize(
    "work",
    [
        lambda: hm.frames.score_frame(TINY, TABLE, assessment=NAME),
        lambda: hm.frames.score_frame(TINY, TABLE, columns={"a": NAME}),
        lambda: hm.frames.score_frame(TINY, TABLE.with_columns(pl.date(2026, 1, 1).alias(NAME)), columns={"a": NAME}),
        lambda: hm.frames.widen(TINY, LONG, assessment="team", keep=NAME),
        lambda: hm.frames.summarize(pl.DataFrame({"d.stage": [1]}), by=NAME),
        lambda: hm.frames.summarize(pl.DataFrame({f"{NAME}.stage": ["won"]})),
    ],
    ids=["assessment", "columns", "type", "keep", "by", "figure"],
)
def test_a_name_neither_begins_a_line_nor_fills_the_screen(work: Callable[[], object]) -> None:
    with pytest.raises(hm.AnswerError) as caught:
        work()
    (problem,) = caught.value.problems
    assert str(problem).isprintable()
    assert len(str(problem)) < 350
