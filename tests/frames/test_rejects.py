"""What does not fit is kept in the order of the rows, so much of it as can be, and counted in any case."""

from pathlib import Path

import polars as pl
import pytest
from engine_rubrics import dimension, rubric, staged

import humanai_maturity as hm
from humanai_maturity.frames import rejects
from humanai_maturity.frames.kernel import Outputs
from humanai_maturity.frames.rejects import ROW, Rejects
from humanai_maturity.frames.table import Task

SCHEMA = {"a": pl.String(), "b": pl.String()}
PIPELINE = Task(hm.Scorer(rubric(dimension("d", staged("a"), staged("b")))), {}, {}, Outputs(), "null").pipeline(SCHEMA)


def part(first: int, a: list[str | None], b: list[str | None]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return answers of some rows, and which of them do not fit: those that are no numbers."""
    answers = pl.DataFrame({"a": a, "b": b}, schema=SCHEMA)
    unfit = answers.select(~pl.all().str.contains("[0-9]").fill_null(value=True))
    return answers.with_columns(pl.Series(ROW, range(first, first + len(a)), dtype=pl.UInt32)), unfit


def test_parts_may_come_in_any_order(tmp_path: Path) -> None:
    told: list[int] = []
    kept = Rejects(PIPELINE, "null", told.append)
    assert kept(*part(3, ["x", "1"], ["2", "y"])) is None
    assert kept(*part(1, ["1", "z"], ["q", None])) is None
    kept.write(tmp_path / "rejects.csv")
    found = pl.read_csv(tmp_path / "rejects.csv")
    assert found.select("row", "column", "value").rows() == [(1, "b", "q"), (2, "a", "z"), (3, "a", "x"), (4, "b", "y")]
    assert found["reason"].unique().to_list() == ["write one of 1, 2, 3"]
    assert (kept.rows, kept.passed, kept.found, told) == (4, 4, 4, [2, 4])


def test_no_text_becomes_a_formula(tmp_path: Path) -> None:
    kept = Rejects(PIPELINE, "null", lambda _: None)
    kept(*part(1, ["=cmd|x", "+a", "-b", "@c", "\td", "\re", "f=g"], ["1"] * 7))
    kept.write(tmp_path / "rejects.csv")
    found = pl.read_csv(tmp_path / "rejects.csv")
    assert found["value"].to_list() == ["'=cmd|x", "'+a", "'-b", "'@c", "'\td", "'\re", "f=g"]
    assert found["reason"].null_count() == 0


def test_rows_that_are_left_out_do_not_go_on() -> None:
    kept = Rejects(PIPELINE, "skip", lambda _: None)
    going_on = kept(*part(1, ["x", "1", "y"], ["1", "2", "z"]))
    assert going_on is not None
    assert going_on.to_list() == [False, True, False]
    assert (kept.rows, kept.passed, kept.found) == (3, 1, 3)


def test_so_many_are_kept_and_all_are_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rejects, "MOST_KEPT", 3)
    kept = Rejects(PIPELINE, "null", lambda _: None)
    for first in (1, 3, 5, 7):
        kept(*part(first, ["x", "y"], ["1", "1"]))
    kept.write(tmp_path / "rejects.csv")
    assert pl.read_csv(tmp_path / "rejects.csv")["row"].to_list() == [1, 2, 3]
    assert kept.found == 8


def test_the_first_part_with_an_offender_ends_the_work() -> None:
    kept = Rejects(PIPELINE, "fail", lambda _: None)
    assert kept(*part(1, ["1"], ["2"])) is None
    with pytest.raises(hm.AnswerError, match="'x' in 1 row does not fit: write one of 1, 2, 3"):
        kept(*part(2, ["x"], ["2"]))
    assert kept.rows == 1


def test_without_offenders_there_is_a_header(tmp_path: Path) -> None:
    kept = Rejects(PIPELINE, "null", lambda _: None)
    kept.write(tmp_path / "rejects.csv")
    assert (tmp_path / "rejects.csv").read_text() == "row,column,value,reason\n"
