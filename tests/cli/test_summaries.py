"""The command `summarize-table`: what it prints, what it writes, and what it refuses."""

from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner

from humanai_maturity.cli import main

SCORED = "country,overall.stage,overall.first_blocker,flags.f\n" + "a,2,cap: data,true\n" * 5 + "b,1,,false\n" * 5


@pytest.fixture
def scored(tmp_path: Path) -> Path:
    path = tmp_path / "scored.csv"
    path.write_text(SCORED)
    return path


def run(*arguments: object) -> tuple[int, str, str]:
    found = CliRunner().invoke(main, ["summarize-table", *map(str, arguments)])
    return found.exit_code, found.stdout, found.stderr


def test_a_summary_is_printed(scored: Path) -> None:
    code, out, err = run(scored, "--by", "country", "--of", "blockers", "--rubric", "ai-human-cx")
    assert (code, err) == (0, "")
    assert out.splitlines()[0] == "country,node,node_title,teams,first_blocker,first_blocker_title,held,share"
    (row,) = out.splitlines()[1:]
    assert row.startswith("a,overall,")
    assert row.endswith(",5,1.0")


@pytest.mark.parametrize("of", ["stages", "blockers", "flags"])
def test_what_score_table_wrote_is_read_from_every_kind_of_file(tmp_path: Path, of: str) -> None:
    (tmp_path / "survey.csv").write_text("team,data.sources\n" + "".join(f"t{place},owned\n" for place in range(6)))
    found = []
    for ending in ("csv", "parquet"):
        path = tmp_path / f"scored.{ending}"
        assert (
            CliRunner().invoke(main, ["score-table", "ai-human-cx", f"{tmp_path}/survey.csv", str(path)]).exit_code == 0
        )
        found.append(run(path, "--of", of, "--rubric", "ai-human-cx"))
    assert found[0] == found[1]
    assert found[0][0] == 0
    assert len(found[0][1].splitlines()) > 1


@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_a_summary_is_written(scored: Path, tmp_path: Path, ending: str) -> None:
    target = tmp_path / f"stages.{ending}"
    assert run(scored, "--by", "country", "--smallest-group", 6, "-o", target) == (0, "", "")
    found = (pl.read_csv if ending == "csv" else pl.read_parquet)(target)
    assert found["teams"].to_list() == [5, 5]
    assert found["stage_1"].null_count() == 2


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ["--by", "contry"],
            "error[missing-column] contry: the table has no column 'contry' (did you mean 'country'?)",
        ),
        (["--node", "data"], "error[missing-column] data: the table tells no stages of 'data'"),
        (["--smallest-group", "0"], "error[wrong-number] smallest_group: `smallest_group` is 1 or more, not 0"),
    ],
)
def test_what_is_not_there_ends_the_work_with_exit_code_2(scored: Path, arguments: list[str], message: str) -> None:
    code, out, err = run(scored, *arguments)
    assert (code, out) == (2, "")
    assert message in err


def test_a_file_that_is_no_table_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "scored.parquet"
    path.write_text("nothing")
    code, _, err = run(path)
    assert code == 2
    assert f"{path} cannot be read" in err
