"""The command `score-table`: exit codes, messages, and files."""

from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner

from humanai_maturity.cli import main

GOOD = "team,data.sources,ident,handoff.human_access\nnorth,owned,0.72,\nsouth,joined,0.5,\n"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "survey.csv"
    path.write_text(GOOD)
    return path


def run(*arguments: object) -> tuple[int, str, str]:
    found = CliRunner().invoke(main, ["score-table", "ai-human-cx", *map(str, arguments)])
    return found.exit_code, found.stdout, found.stderr


def test_a_table_is_scored(source: Path, tmp_path: Path) -> None:
    target = tmp_path / "scored.parquet"
    code, out, err = run(source, target, "--column", "data.identity=ident", "--no-flags", "--progress")
    assert (code, out) == (0, "")
    assert "2 rows" in err
    assert err.endswith("2 of 2 rows scored, 0 answers did not fit\n")
    found = pl.read_parquet(target)
    assert found["team"].to_list() == ["north", "south"]
    assert found["data.coverage"].is_between(0.2, 0.5).all()


def test_what_does_not_fit_gives_exit_code_1_and_is_written_down(source: Path, tmp_path: Path) -> None:
    source.write_text(GOOD.replace("owned", "ownd"))
    target, rejects = tmp_path / "scored.csv", tmp_path / "rejects.csv"
    code, _, err = run(source, target, "--on-error", "skip", "--rejects", rejects, "--no-carry", "--no-bounds")
    assert code == 1
    assert "1 of 2 rows scored, 1 answers did not fit" in err
    assert rejects.read_text().splitlines()[1].startswith('1,data.sources,ownd,"write one of ')
    assert rejects.read_text().splitlines()[1].endswith("(did you mean 'owned'?)\"")
    assert "team" not in target.read_text()


def test_what_does_not_fit_ends_the_work_with_exit_code_2(source: Path, tmp_path: Path) -> None:
    source.write_text(GOOD.replace("owned", "ownd"))
    code, _, err = run(source, tmp_path / "scored.csv")
    assert code == 2
    assert "error[unfit-answer] data.sources: 'ownd' in 1 row does not fit" in err
    assert "(did you mean 'owned'?)" in err
    assert not (tmp_path / "scored.csv").exists()


def test_a_column_is_named_in_one_way(source: Path, tmp_path: Path) -> None:
    code, _, err = run(source, tmp_path / "scored.csv", "--column", "data.identity")
    assert code == 2
    assert "--column takes ID=NAME, not 'data.identity'" in err


def test_a_long_table_is_scored(source: Path, tmp_path: Path) -> None:
    rows = ["north,data.sources,owned,a", "north,data.identity,0.72,a", "south,data.sources,joined,b"]
    source.write_text("\n".join(["team,criterion,answer,region", *rows]))
    columns = ["--assessment", "team", "--value", "answer", "--keep", "region"]
    code, _, err = run(source, tmp_path / "scored.parquet", "--long", *columns)
    assert (code, err) == (0, "2 of 2 rows scored, 0 answers did not fit\n")
    found = pl.read_parquet(tmp_path / "scored.parquet")
    assert found.select("team", "region", "data.identity").rows() == [("north", "a", "0.72"), ("south", "b", None)]
    code, _, err = run(source, tmp_path / "other.parquet", "--long")
    assert code == 2
    assert "error[missing-column] value: the table has no column 'value', which `value` names" in err


def test_rows_are_told_apart_and_ages_are_counted(source: Path, tmp_path: Path) -> None:
    source.write_text("team,data.sources,data.sources__as_of\nnorth,owned,2026-01-02\nnorth,owned,2027-01-01\n")
    code, _, err = run(source, tmp_path / "scored.csv", "--assessment", "team")
    assert code == 2
    assert "error[repeated-id] team: 'north' stands in 2 rows; an assessment has one row" in err
    code, _, err = run(source, tmp_path / "scored.csv", "--as-of", "2026-11-24")
    assert code == 2
    assert "error[unfit-answer] data.sources__as_of: '2027-01-01' in 1 row does not fit" in err
    code, _, err = run(source, tmp_path / "scored.csv", "--as-of", "tea")
    assert "error[missing-column] tea: the table has no column 'tea', which `as_of` names" in err


def test_a_table_that_was_scored_is_scored_again_without_its_own_columns(source: Path, tmp_path: Path) -> None:
    run(source, tmp_path / "scored.parquet")
    code, _, err = run(tmp_path / "scored.parquet", tmp_path / "again.parquet")
    assert code == 2
    assert "leave its own columns out (`carry=False`, `--no-carry`)" in err
    code, _, _ = run(tmp_path / "scored.parquet", tmp_path / "again.parquet", "--no-carry")
    assert code == 0


def test_a_file_without_answers_is_told(source: Path, tmp_path: Path) -> None:
    source.write_text("team,data.source\nnorth,owned\n")
    code, _, err = run(source, tmp_path / "scored.csv")
    assert code == 2
    assert "error[missing-column] data.source: no column is called by the id of a criterion" in err
