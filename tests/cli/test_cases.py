"""`test`: nothing but a summary where all is as expected, else each difference with its line."""

import json
from pathlib import Path

import pytest

pytest.importorskip("click", reason="the extra `cli` is not installed")

from click.testing import CliRunner, Result

from humanai_maturity.cli import main

RUBRIC = Path(__file__).parents[1] / "golden" / "team.rubric.yaml"
CASES = """\
rubric: team
cases:
  - id: best
    title: Everything at its best
    others: {worth: best, evidence: shown}
    expect:
      score: 1
      flags: [bias, noise]
  - {id: worst, others: {worth: worst}, expect: {stage: grow, nodes: {care: {reasons: []}}}}
"""


def run(*arguments: str) -> Result:
    return CliRunner(env={"COLUMNS": "80", "NO_COLOR": "1"}).invoke(main, ["test", *arguments])


@pytest.fixture
def cases(tmp_path: Path) -> Path:
    (tmp_path / "team.rubric.yaml").write_bytes(RUBRIC.read_bytes())
    (tmp_path / "team.cases.yaml").write_text(CASES, encoding="utf-8")
    return tmp_path / "team.cases.yaml"


def test_a_difference_has_its_line_and_ends_with_1(cases: Path) -> None:
    result = run(str(RUBRIC), str(cases))
    assert result.exit_code == 1
    assert result.stdout == f"worst\n  {cases}:9:50: stage is start, expected grow\n"
    assert result.stderr == "2 cases, 4 expectations: 1 differs\n"


def test_all_as_expected_ends_with_0_and_says_so(cases: Path) -> None:
    cases.write_text(CASES.replace("stage: grow", "stage: start"), encoding="utf-8")
    result = run(str(cases.with_name("team.rubric.yaml")))
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "2 cases, 4 expectations: all as expected\n"


def test_differences_are_data(cases: Path) -> None:
    result = run(str(RUBRIC), str(cases), "--format", "json")
    best, worst = json.loads(result.stdout)
    assert best == {"id": "best", "title": "Everything at its best", "compared": 2, "differences": []}
    assert worst["differences"] == [
        {
            "node": "overall",
            "field": "stage",
            "expected": "grow",
            "found": "start",
            "path": "cases[1].expect.stage",
            "line": 9,
            "column": 50,
        }
    ]


def test_the_result_can_go_to_a_file(cases: Path, tmp_path: Path) -> None:
    assert run(str(RUBRIC), str(cases), "-o", str(tmp_path / "out.txt")).stdout == ""
    assert "stage is start" in (tmp_path / "out.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("text", ["", "rubric: team\ncases: [{id: a, expect: {stage: nowhere}}]"])
def test_cases_that_cannot_be_used_end_with_2(cases: Path, text: str) -> None:
    cases.write_text(text, encoding="utf-8")
    result = run(str(RUBRIC), str(cases))
    assert (result.exit_code, result.stdout) == (2, "")
    assert "error" in result.stderr


def test_a_rubric_without_cases_says_where_they_would_be() -> None:
    result = run(str(RUBRIC))
    assert result.exit_code == 2
    assert f"there is no file {RUBRIC.with_name('team.cases.yaml')}" in result.stderr
