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
