"""Files are scored part by part, and what is written appears when it is complete."""

from pathlib import Path

import polars as pl
import pytest
from engine_rubrics import dimension, rubric, staged
from polars.testing import assert_frame_equal

import humanai_maturity as hm

TINY = rubric(dimension("d", staged("a"), staged("b")))
TABLE = pl.DataFrame({"team": ["n", "s", "e", "w"] * 50, "a": ["1", "2", "3", None] * 50, "b": ["3"] * 200})


def task(**more: object) -> hm.frames.FileTask:
    return hm.frames.FileTask(scorer=hm.Scorer(TINY), **more)  # type: ignore[arg-type]


def read(path: Path) -> pl.DataFrame:
    types = {"a": pl.String, "b": pl.String}
    return pl.read_parquet(path) if path.suffix == ".parquet" else pl.read_csv(path, schema_overrides=types)


@pytest.mark.parametrize("target", ["out.csv", "out.parquet"])
@pytest.mark.parametrize("source", ["in.csv", "in.parquet"])
def test_a_file_scores_as_its_table_does(tmp_path: Path, source: str, target: str) -> None:
    if source.endswith("csv"):
        TABLE.write_csv(tmp_path / source)
    else:
        TABLE.write_parquet(tmp_path / source)
    told: list[int] = []
    report = hm.frames.score_file(task(progress=told.append), tmp_path / source, tmp_path / target)
    assert (report.rows, report.written, report.rejects, told[-1]) == (200, 200, 0, 200)
    expected = hm.frames.score_frame(TINY, TABLE)
    found = read(tmp_path / target).cast(dict(expected.schema))  # type: ignore[arg-type]
    assert_frame_equal(found, expected, check_exact=True)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([source, target])


def test_a_bad_value_ends_the_work_and_nothing_is_half_written(tmp_path: Path) -> None:
    TABLE.with_columns(pl.lit("9").alias("b")).write_parquet(tmp_path / "in.parquet")
    with pytest.raises(hm.AnswerError, match="'9' in 200 rows does not fit"):
        hm.frames.score_file(task(), tmp_path / "in.parquet", tmp_path / "out.csv", tmp_path / "rejects.csv")
    assert [path.name for path in tmp_path.iterdir()] == ["in.parquet"]


@pytest.mark.parametrize(("on_error", "written"), [("null", 200), ("skip", 199)])
def test_a_bad_value_does_not_end_a_long_run(tmp_path: Path, on_error: str, written: int) -> None:
    rows = TABLE.with_row_index().with_columns(
        pl.when(pl.col("index") == 130).then(pl.lit("9")).otherwise("a").alias("a")
    )
    rows.drop("index").write_parquet(tmp_path / "in.parquet")
    report = hm.frames.score_file(
        task(on_error=on_error), tmp_path / "in.parquet", tmp_path / "out.parquet", tmp_path / "rejects.csv"
    )
    assert (report.rows, report.written, report.rejects) == (200, written, 1)
    assert (tmp_path / "rejects.csv").read_text() == 'row,column,value,reason\n131,a,9,"write one of 1, 2, 3"\n'
    assert pl.read_parquet(tmp_path / "out.parquet").height == written


def test_what_cannot_be_read_or_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "in.txt").write_text("hello")
    with pytest.raises(hm.AnswerError, match=r"a table is a \.csv, \.parquet or \.xlsx file, not \.txt"):
        hm.frames.score_file(task(), tmp_path / "in.txt", tmp_path / "out.csv")
    (tmp_path / "in.parquet").write_text("hello")
    with pytest.raises(hm.AnswerError, match=r"in\.parquet cannot be read"):
        hm.frames.score_file(task(), tmp_path / "in.parquet", tmp_path / "out.csv")
    TABLE.write_csv(tmp_path / "in.csv")
    with pytest.raises(hm.AnswerError, match=r"results go to a \.csv or \.parquet file, not to \.xlsx"):
        hm.frames.score_file(task(), tmp_path / "in.csv", tmp_path / "out.xlsx")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.csv", "in.parquet", "in.txt"]
