"""`check` tells rubrics from assessments and finds everything that is wrong with them."""

import json
from pathlib import Path

import pytest

pytest.importorskip("click", reason="the extra `cli` is not installed")

from click.testing import CliRunner, Result

from humanai_maturity.cli import main

GOLDEN = Path(__file__).parents[1] / "golden"
RUBRIC, ANSWERS = str(GOLDEN / "team.rubric.yaml"), str(GOLDEN / "team.yaml")


def check(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["check", *map(str, arguments)])


@pytest.fixture
def written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give an empty folder to write in, which is the current one."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_sound_documents() -> None:
    result = check(RUBRIC, ANSWERS)
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "no problems in 2 files; see 6 notes with --notes\n"


def test_a_folder_and_an_installed_rubric() -> None:
    assert check(GOLDEN, "ai-human-cx").exit_code == 0


def test_problems_of_a_rubric_have_their_lines(written: Path) -> None:
    text = Path(RUBRIC).read_text(encoding="utf-8").replace("weight: 2\n    description", "wieght: 2\n    description")
    (written / "bad.rubric.yaml").write_text(text, encoding="utf-8")
    result = check("bad.rubric.yaml", ANSWERS)
    assert result.exit_code == 1
    assert "bad.rubric.yaml:35:5: error[unknown-key]" in result.stdout
    assert "(did you mean 'weight'?)\n      wieght: 2\n      ^\n" in result.stdout
    assert result.stderr.endswith("1 problem in 1 of 2 files\n")


ANSWERS_WITH_PROBLEMS = """\
rubric: {id: team, version: 1.3}
date: 2026-01-31
answers:
  hear: al
  folow: 0.5
  learn: {value: 3}
  open:
    value: true
    evidence: shwn
    as_of: 2026-02-01
  staff: {not_applicable: No.}
  care: true
"""


def test_answers_are_checked_against_a_rubric_among_the_files(written: Path) -> None:
    (written / "bad.yaml").write_text(ANSWERS_WITH_PROBLEMS, encoding="utf-8")
    result = check("bad.yaml", RUBRIC)
    assert result.exit_code == 1
    places = [line.partition("]")[0] for line in result.stdout.splitlines() if "error[" in line]
    assert places == [
        "bad.yaml:1:29: error[other-version",
        "bad.yaml:4:9: error[not-an-option",
        "bad.yaml:5:3: error[unknown-criterion",
        "bad.yaml:6:18: error[wrong-type",
        "bad.yaml:9:15: error[unknown-grade",
        "bad.yaml:10:12: error[future-answer",
        "bad.yaml:11:27: error[not-applicable-refused",
        "bad.yaml:12:3: error[not-a-criterion",
    ]
    assert result.stderr == "8 problems in 1 of 2 files\n"


def test_answers_are_checked_against_the_rubric_that_is_given(written: Path) -> None:
    (written / "answers.csv").write_text("criterion,value\nhear,all\nlearn,maybe\n", encoding="utf-8")
    result = check("answers.csv", "--rubric", RUBRIC)
    assert result.exit_code == 1
    assert result.stdout.startswith("answers.csv:3:7: error[wrong-type]")


def test_answers_are_checked_against_an_installed_rubric(written: Path) -> None:
    (written / "answers.yaml").write_text("rubric: ai-human-cx\nanswers: {data.surces: x}\n", encoding="utf-8")
    result = check("answers.yaml")
    assert result.exit_code == 1
    assert "answers.yaml:2:11: error[unknown-criterion]" in result.stdout


def test_answers_to_a_rubric_that_is_not_there(written: Path) -> None:
    (written / "answers.yaml").write_text("rubric: {id: taem}\nanswers: {hear: all}\n", encoding="utf-8")
    result = check(RUBRIC, "answers.yaml")
    assert result.exit_code == 1
    assert "answers.yaml:1:14: error[other-rubric]" in result.stdout
    assert "(did you mean 'team'?)" in result.stdout


def test_answers_to_a_rubric_that_cannot_be_read_are_checked_by_their_form(written: Path) -> None:
    (written / "bad.rubric.yaml").write_text("id: team\nstages: []\n", encoding="utf-8")
    result = check("bad.rubric.yaml", ANSWERS)
    assert "other-rubric" not in result.stdout
    assert "only its form was checked, as the rubric 'team' cannot be used" in result.stderr


def test_an_assessment_is_known_by_its_key_even_where_its_answers_are_misspelt(written: Path) -> None:
    (written / "odd.yaml").write_text("rubric: team\nanwsers: {hear: all}\n", encoding="utf-8")
    result = check("odd.yaml")
    assert "did you mean 'answers'?" in result.stdout
    assert "stages" not in result.stdout


def test_problems_for_programs(written: Path) -> None:
    (written / "bad.yaml").write_text("rubric: team\nanswers: {hear: al}\n", encoding="utf-8")
    result = check("bad.yaml", "--rubric", RUBRIC, "--format", "json")
    (problem,) = json.loads(result.stdout)
    assert (problem["code"], problem["line"], problem["source"]) == ("not-an-option", 2, "bad.yaml")
    assert json.loads(check(RUBRIC, "--format", "json").stdout) == []


def test_json_that_is_no_yaml_still_names_its_file() -> None:
    text = '{"rubric": "team", "answers": {"hear": "\\ud83d\\ude00"}}'
    result = CliRunner().invoke(main, ["score", RUBRIC, "-"], input=text)
    assert result.exit_code == 2
    assert "<stdin>" in result.stderr
    assert "not-an-option" in result.stderr


def test_files_that_cannot_be_opened(written: Path) -> None:
    (written / "bad.yaml").write_text("a: [", encoding="utf-8")
    result = check("none.yaml", "bad.yaml", RUBRIC)
    assert result.exit_code == 2
    assert "error: there is no file none.yaml" in result.stderr
    assert result.stderr.endswith("1 problem in 1 of 3 files, 1 cannot be used\n")


def test_characters_that_steer_a_terminal_are_left_out(written: Path) -> None:
    (written / "bad.yaml").write_text('rubric: team\nanswers: {"hear": "\\u202e\\u009b31m"}\n', encoding="utf-8")
    result = check("bad.yaml", "--rubric", RUBRIC)
    assert result.exit_code == 1
    assert not {"\u202e", "\x9b"} & set(result.stdout)


UNSOUND = """\
id: unsound
version: 1
title: Unsound
stages: [{id: low, title: Low}, {id: top, title: Top}]
dimensions:
  - id: d
    title: D
    criteria: [{id: c, title: C, scale: {type: yes_no, yes: top, no: low}}]
facts:
  - {id: f, title: F, scale: {type: yes_no}}
"""
WORSE = f"{UNSOUND}flags: [{{id: g, severity: warn, raised_when: {{criterion: f, below: 0}}, says: Never.}}]\n"


@pytest.fixture
def unsound(written: Path) -> Path:
    """Write a rubric that has a warning, and one that has an error."""
    (written / "unsound.rubric.yaml").write_text(UNSOUND, encoding="utf-8")
    (written / "worse.rubric.yaml").write_text(WORSE, encoding="utf-8")
    return written


def test_what_is_valid_and_unsound(unsound: Path) -> None:
    result = check(unsound / "unsound.rubric.yaml")
    assert "unsound.rubric.yaml:10:5: warning[never-read] facts[0]: " in result.stdout
    assert "\n  fix: make it a criterion, let a rule read it, or delete it\n" in result.stdout
    assert (result.exit_code, result.stderr) == (0, "1 problem (1 warning) in 1 of 1 file\n")
    assert check("--strict", unsound / "unsound.rubric.yaml").exit_code == 1
    assert check(unsound / "worse.rubric.yaml").exit_code == 1


def test_notes_are_shown_where_they_are_asked_for(unsound: Path) -> None:
    result = check("--notes", unsound / "unsound.rubric.yaml")
    assert "note[missing-next-step]" in result.stdout
    assert "4 problems (1 warning, 3 notes)" in result.stderr
    assert result.exit_code == 0


def test_findings_as_json_say_how_to_silence_them(unsound: Path) -> None:
    (finding,) = json.loads(check("--format", "json", unsound / "unsound.rubric.yaml").stdout)
    assert (finding["code"], finding["at"], finding["severity"]) == ("never-read", "f", "warning")
    silence = "silence: [{finding: never-read, at: f, because: It is for the record.}]\n"
    (unsound / "quiet.rubric.yaml").write_text(UNSOUND + silence, encoding="utf-8")
    assert check("--strict", unsound / "quiet.rubric.yaml").stdout == ""


@pytest.mark.parametrize(("form", "start"), [("github", "::error file="), ("gitlab", "[\n"), ("sarif", "{\n")])
def test_forms_for_continuous_integration(unsound: Path, form: str, start: str) -> None:
    (unsound / "bad.yaml").write_text("rubric: unsound\nanswers: {c: maybe}\n", encoding="utf-8")
    result = check(
        "--format", form, unsound / "worse.rubric.yaml", "bad.yaml", "--rubric", unsound / "worse.rubric.yaml"
    )
    assert result.exit_code == 1
    assert result.stdout.startswith(start)
    assert "flag-never-raised" in result.stdout, "findings"
    assert "wrong-type" in result.stdout, "problems with answers, too"
    target = unsound / "report"
    check("--format", form, "-o", target, unsound / "worse.rubric.yaml")
    assert target.read_text(encoding="utf-8").startswith(start)
