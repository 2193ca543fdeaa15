"""Every command does what its help says, and says what is wrong where it cannot."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

pytest.importorskip("click", reason="the extra `cli` is not installed")

from click.testing import CliRunner, Result

import humanai_maturity as hm
from humanai_maturity.cli import main

GOLDEN = Path(__file__).parents[1] / "golden"
RUBRIC, ANSWERS = str(GOLDEN / "team.rubric.yaml"), str(GOLDEN / "team.yaml")


def run(*arguments: str, given: str | bytes | None = None) -> Result:
    return CliRunner(env={"COLUMNS": "80", "NO_COLOR": "1"}).invoke(main, arguments, input=given)


def good(*arguments: str, given: str | bytes | None = None) -> str:
    result = run(*arguments, given=given)
    assert (result.exit_code, result.stderr) == (0, ""), result.output
    return result.stdout


def bad(*arguments: str, given: str | bytes | None = None, code: int = 2) -> str:
    result = run(*arguments, given=given)
    assert (result.exit_code, result.stdout) == (code, ""), result.output
    return result.stderr


@pytest.mark.parametrize("command", sorted(main.commands))
def test_every_command_has_a_help_with_an_example(command: str) -> None:
    text = good(command, "--help")
    assert f"humanai-maturity {command}" in text.partition("Example:")[2]


def test_the_program_has_a_help_and_a_version() -> None:
    assert all(command in good("--help") for command in main.commands)
    assert good("--version") == f"humanai-maturity {hm.__version__}\n"


def test_list() -> None:
    assert any(line.startswith("ai-human-cx  ") for line in good("list").splitlines())
    listed = json.loads(good("list", "--format", "json"))
    assert listed[0].keys() == {"id", "version", "title", "source", "distribution"}


def test_show(golden: Callable[[Path, str], None]) -> None:
    golden(GOLDEN / "show.txt", good("show", RUBRIC))
    assert hm.parse_rubric(good("show", RUBRIC, "--format", "json"), syntax="json") == hm.load_rubric(RUBRIC)


def test_diff(tmp_path: Path) -> None:
    assert good("diff", RUBRIC, RUBRIC) == "team 1.2.0: no differences\n"
    changed = tmp_path / "changed.rubric.yaml"
    text = Path(RUBRIC).read_text(encoding="utf-8").replace("weight: 2", "weight: 3", 1).replace("1.2.0", "1.3.0")
    changed.write_text(text, encoding="utf-8")
    result = run("diff", RUBRIC, str(changed))
    assert (result.exit_code, result.stderr) == (1, "")
    assert result.stdout == (
        "team 1.2.0 to 1.3.0\n\nMajor: scores may change, or answers become invalid\n"
        "- dimension care: weight from 2 to 3\n\n"
        "The step from 1.2.0 to 1.3.0 is too small for these changes: they deserve 2.0.0.\n"
    )
    found = json.loads(run("diff", RUBRIC, str(changed), "--format", "json").stdout)
    assert (found["step"], found["honest"], len(found["changes"])) == ("major", False, 1)
    assert "there is no file none.yaml" in bad("diff", RUBRIC, "none.yaml")


def test_score(golden: Callable[[Path, str], None]) -> None:
    golden(GOLDEN / "score.txt", good("score", RUBRIC, ANSWERS))
    card = hm.Scorecard.model_validate_json(good("score", RUBRIC, ANSWERS, "--format", "json"))
    assert card == hm.score(RUBRIC, hm.load_assessment(ANSWERS))


def test_the_built_in_example() -> None:
    listed = next(rubric for rubric in hm.list_rubrics() if rubric.id == "ai-human-cx")
    assert "Overall" in good("score", "ai-human-cx", str(Path(listed.source).with_name("example.yaml")))


def test_answers_from_the_standard_input() -> None:
    text = Path(ANSWERS).read_text(encoding="utf-8")
    assert good("score", RUBRIC, "-", given=text) == good("score", RUBRIC, ANSWERS)
    assert "<stdin>:1:17: error[not-an-option]" in bad("score", RUBRIC, "-", given="answers: {hear: al}")


def test_answers_from_a_table_take_the_rubric_of_the_command(tmp_path: Path) -> None:
    path = tmp_path / "answers.csv"
    path.write_text("criterion,value\nhear,all\nlearn,true\n", encoding="utf-8")
    card = hm.Scorecard.model_validate_json(good("score", RUBRIC, str(path), "--format", "json"))
    assert card == hm.score(RUBRIC, {"hear": "all", "learn": True})


def test_explain() -> None:
    card = hm.score(RUBRIC, hm.load_assessment(ANSWERS))
    assert good("explain", RUBRIC, ANSWERS) == f"{card.explain()}\n"
    assert good("explain", RUBRIC, ANSWERS, "care") == f"{card.explain('care')}\n"
    assert "did you mean 'care'?" in bad("explain", RUBRIC, ANSWERS, "cares")


def test_schema() -> None:
    assert json.loads(good("schema")) == json.loads(good("schema", "rubric")) == hm.rubric_schema()
    assert json.loads(good("schema", "assessment")) == hm.assessment_schema()


def test_colours_only_where_they_are_wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    runner = CliRunner(env={"FORCE_COLOR": "1", "COLUMNS": "80", "NO_COLOR": None, "TERM": "xterm-256color"})
    coloured = runner.invoke(main, ["score", RUBRIC, ANSWERS], color=True).stdout
    plain = runner.invoke(main, ["score", RUBRIC, ANSWERS, "--no-color"], color=True).stdout
    no_color = runner.invoke(main, ["score", RUBRIC, ANSWERS], color=True, env={"NO_COLOR": "1"}).stdout
    assert "\x1b[36m" in coloured
    assert "\x1b[36m" not in plain + no_color


@pytest.mark.parametrize(
    "arguments", [("list",), ("show", RUBRIC), ("score", RUBRIC, ANSWERS), ("explain", RUBRIC, ANSWERS), ("schema",)]
)
def test_a_result_into_a_file(arguments: tuple[str, ...], tmp_path: Path) -> None:
    target = tmp_path / "result"
    target.write_text("old", encoding="utf-8")
    assert good(*arguments, "-o", str(target)) == ""
    assert target.read_text(encoding="utf-8") == good(*arguments)
    assert list(tmp_path.iterdir()) == [target]


def test_a_file_that_cannot_be_written(tmp_path: Path) -> None:
    assert "No such file or directory" in bad("list", "-o", str(tmp_path / "none" / "result"))
    assert "is a directory" in bad("list", "-o", str(tmp_path))


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").write_text("old", encoding="utf-8")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    good("list", "-o", str(tmp_path / "link"))
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_text(encoding="utf-8") == good("list")


@pytest.mark.parametrize(
    "arguments",
    [(), ("frobnicate",), ("score",), ("score", RUBRIC), ("check",), ("schema", "x"), ("list", "--format", "x")],
)
def test_a_wrong_use_is_told(arguments: tuple[str, ...]) -> None:
    assert "Usage: " in bad(*arguments)


def test_a_rubric_that_is_not_there() -> None:
    assert "did you mean 'ai-human-cx'?" in bad("show", "ai-human-c")
    assert "there is no file none.yaml" in bad("show", "none.yaml")


def test_a_rubric_for_review() -> None:
    text = good("show", RUBRIC, "--format", "markdown")
    assert text.startswith("# Care \\[bold\\]and\\[/bold\\] reach\n")
    assert "- Its score: 10 and the sum of values times their weights." in text
