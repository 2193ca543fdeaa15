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
    told: list[tuple[int, int | None]] = []
    report = hm.frames.score_file(task(progress=lambda *each: told.append(each)), tmp_path / source, tmp_path / target)
    assert (report.rows, report.written, report.rejects, told[-1][0]) == (200, 200, 0, 200)
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


def test_scores_can_be_written_in_half_the_space(tmp_path: Path) -> None:
    TABLE.write_parquet(tmp_path / "in.parquet")
    hm.frames.score_file(task(precision="compact"), tmp_path / "in.parquet", tmp_path / "out.parquet")
    found, expected = pl.read_parquet(tmp_path / "out.parquet"), hm.frames.score_frame(TINY, TABLE)
    assert {found.schema[f"d.{each}"] for each in ("score", "low", "high", "coverage")} == {pl.Float32()}
    assert_frame_equal(found, expected.cast({pl.Float64: pl.Float32}), check_exact=True)


@pytest.mark.parametrize("compression", ["zstd", "lz4", "none"])
def test_every_compression_holds_the_same(tmp_path: Path, compression: str) -> None:
    TABLE.write_parquet(tmp_path / "in.parquet")
    hm.frames.score_file(task(compression=compression), tmp_path / "in.parquet", tmp_path / "out.parquet")
    assert_frame_equal(pl.read_parquet(tmp_path / "out.parquet"), hm.frames.score_frame(TINY, TABLE), check_exact=True)


def test_a_workbook_is_read(tmp_path: Path) -> None:
    TABLE.write_excel(tmp_path / "in.xlsx")
    report = hm.frames.score_file(task(), tmp_path / "in.xlsx", tmp_path / "out.parquet")
    assert report.rows == 200
    found = pl.read_parquet(tmp_path / "out.parquet")
    assert_frame_equal(found, hm.frames.score_frame(TINY, TABLE), check_exact=True, check_dtypes=False)
    (tmp_path / "in.xlsx").write_text("hello")
    with pytest.raises(hm.AnswerError, match=r"in\.xlsx cannot be read"):
        hm.frames.score_file(task(), tmp_path / "in.xlsx", tmp_path / "out.parquet")


def test_all_offenders_of_a_long_file_are_told_with_their_counts(tmp_path: Path) -> None:
    rows = 300_000  # so many that they come in several parts
    answers = pl.select(pl.arange(rows).alias("row"), pl.lit("3").alias("a"), pl.lit("2").alias("b"))
    bad = answers.with_columns(
        pl.when(pl.col("row") % 100_000 == 7).then(pl.lit("9")).otherwise("a").alias("a"),
        pl.when(pl.col("row") == rows - 1).then(pl.lit("x")).otherwise("b").alias("b"),
    )
    bad.write_parquet(tmp_path / "in.parquet", row_group_size=50_000)
    with pytest.raises(hm.AnswerError) as caught:
        hm.frames.score_file(task(), tmp_path / "in.parquet", tmp_path / "out.parquet")
    assert [str(each) for each in caught.value.problems] == [
        "error[unfit-answer] a: '9' in 3 rows does not fit: write one of 1, 2, 3",
        "error[unfit-answer] b: 'x' in 1 row does not fit: write one of 1, 2, 3",
    ]
    report = hm.frames.score_file(
        task(on_error="skip"), tmp_path / "in.parquet", tmp_path / "out.parquet", tmp_path / "rejects.csv"
    )
    assert (report.rows, report.written, report.rejects) == (rows, rows - 4, 4)
    assert pl.read_csv(tmp_path / "rejects.csv")["row"].to_list() == [8, 100_008, 200_008, rows]
    assert pl.read_parquet(tmp_path / "out.parquet")["row"].is_sorted()


def test_what_a_csv_file_holds_stays_text(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("team,a,b\n007,1,2\n1e3,,3\n")
    report = hm.frames.score_file(task(), tmp_path / "in.csv", tmp_path / "out.csv")
    assert (report.written, report.rejects) == (2, 0)
    found = pl.read_csv(tmp_path / "out.csv", infer_schema=False)
    assert found["team"].to_list() == ["007", "1e3"]
    assert found["d.coverage"].to_list() == ["1.0", "0.5"]


@pytest.mark.parametrize("long", [False, True])
def test_a_csv_file_with_samples_keeps_ids_as_they_are_written(tmp_path: Path, long: bool) -> None:  # noqa: FBT001
    header, names = (
        ("assessment,criterion,value,sample", "007,c,0.7,") if long else ("assessment,c,c__sample", "007,0.7,")
    )
    (tmp_path / "in.csv").write_text(f"{header}\n{names}50\n{names.replace('7,', '8,', 1)}5\n")
    metric = {"type": "metric", "range": {"worst": 0, "best": 1}, "min_sample": 30}
    scorer = hm.Scorer(
        rubric(dimension("d", {"id": "c", "title": "C", "scale": metric}), stage={"cuts": {"s2": 0.5, "s3": 0.9}})
    )
    named = hm.frames.LongTable(assessment="assessment") if long else None
    hm.frames.score_file(hm.frames.FileTask(scorer=scorer, long=named), tmp_path / "in.csv", tmp_path / "out.csv")
    found = pl.read_csv(tmp_path / "out.csv", infer_schema=False)
    assert found.select("assessment", "overall.coverage").rows() == [("007", "1.0"), ("008", "0.0")]


def test_every_file_is_one_of_its_own(tmp_path: Path) -> None:
    source, target = tmp_path / "in.csv", tmp_path / "out.csv"
    TABLE.write_csv(source)
    before = source.read_bytes()
    for paths in ((source, source), (source, target, target), (source, target, source)):
        with pytest.raises(hm.AnswerError, match="is named for two things"):
            hm.frames.score_file(task(), *paths)
    assert [*tmp_path.iterdir()] == [source]
    assert source.read_bytes() == before


def test_a_folder_that_is_not_there_is_told_of_the_target(tmp_path: Path) -> None:
    TABLE.write_csv(tmp_path / "in.csv")
    for target, rejects in (("no/out.csv", None), ("out.csv", tmp_path / "no" / "rejects.csv")):
        with pytest.raises(hm.AnswerError, match=r"no.(out|rejects)\.csv cannot be written: No such file or directory"):
            hm.frames.score_file(task(), tmp_path / "in.csv", tmp_path / target, rejects)
    assert [path.name for path in tmp_path.iterdir()] == ["in.csv"]


@pytest.mark.parametrize("setting", [{"on_error": "nul"}, {"precision": "half"}, {"compression": "gzip"}])
def test_a_setting_that_is_none_is_refused(setting: dict[str, str]) -> None:
    (name,) = setting
    with pytest.raises(ValueError, match=f"`{name}` is '.*', not '{setting[name]}'"):
        task(**setting)
    if name == "on_error":
        with pytest.raises(ValueError, match="`on_error` is 'fail' or 'null', not 'nul'"):
            hm.frames.score_frame(TINY, TABLE, on_error="nul")  # type: ignore[arg-type]


def test_a_long_file_is_called_otherwise(tmp_path: Path) -> None:
    names = {"assessment": "team", "criterion": "question", "value": "answer", "sample": "cases", "keep": "region"}
    answers = {
        "team": ["n", "n"],
        "question": ["a", "b"],
        "answer": ["2", "3"],
        "cases": [None, 4],
        "region": ["x"] * 2,
    }
    pl.DataFrame(answers).write_parquet(tmp_path / "in.parquet")
    named = hm.frames.LongTable(**names)  # type: ignore[arg-type]
    hm.frames.score_file(task(long=named), tmp_path / "in.parquet", tmp_path / "out.parquet")
    expected = hm.frames.score_frame(TINY, hm.frames.widen(TINY, pl.DataFrame(answers), **names))  # type: ignore[call-overload]
    assert_frame_equal(pl.read_parquet(tmp_path / "out.parquet"), expected)
