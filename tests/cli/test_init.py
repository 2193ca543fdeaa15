"""`init` writes a start, asks where it can, and never overwrites by accident."""

import sys
from pathlib import Path

import pytest

pytest.importorskip("click", reason="the extra `cli` is not installed")

from click.testing import CliRunner, Result

from humanai_maturity.cli import main

OPTIONS = ("--title", "Care", "--stage", "Open", "--stage", "done=Well done", "--dimension", "Handoff")
FILES = [
    *("assessment.schema.json", "cases.schema.json", "cases.yaml", "example.yaml", "rubric.schema.json", "rubric.yaml"),
]


def run(*arguments: str | Path, given: str | None = None) -> Result:
    return CliRunner(env={"NO_COLOR": "1"}).invoke(main, list(map(str, arguments)), input=given)


def test_what_it_writes_can_be_used_at_once(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "care"
    result = run("init", folder, *OPTIONS)
    assert (result.exit_code, result.stdout) == (0, "")
    assert sorted(path.name for path in folder.iterdir()) == FILES
    commands = [line.split()[1:] for line in result.stderr.splitlines() if line.startswith("  humanai-maturity ")]
    assert [command[0] for command in commands] == ["check", "score", "test"]
    for command in commands:
        assert run(*command).exit_code == 0, command
    assert run("fmt", "--check", *folder.glob("*.yaml")).exit_code == 0


def test_nothing_is_overwritten_unless_that_is_wanted(tmp_path: Path) -> None:
    (tmp_path / "cases.yaml").write_text("mine", encoding="utf-8")
    result = run("init", tmp_path, *OPTIONS)
    assert result.exit_code == 2
    assert f"there already: {tmp_path / 'cases.yaml'}" in result.stderr
    assert list(tmp_path.iterdir()) == [tmp_path / "cases.yaml"]
    assert run("init", tmp_path, *OPTIONS, "--force").exit_code == 0
    assert "mine" not in (tmp_path / "cases.yaml").read_text(encoding="utf-8")


def test_without_a_terminal_it_says_which_options_it_needs(tmp_path: Path) -> None:
    result = run("init", tmp_path, "--title", "Care")
    assert result.exit_code == 2
    assert "without a terminal to ask on, give --stage, --dimension" in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_on_a_terminal_it_asks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("humanai_maturity.cli.starting.is_terminal", lambda: True)
    result = run("init", tmp_path, given="Care\n\nOpen\n\nClosed\n\nHandoff\n\n")
    assert result.exit_code == 0
    text = (tmp_path / "rubric.yaml").read_text(encoding="utf-8")
    assert all(line in text for line in ("id: care\n", "title: Care\n", "title: Open\n", "title: Closed\n"))
    assert "title: Handoff\n" in text


def test_what_makes_no_rubric_is_told(tmp_path: Path) -> None:
    result = run("init", tmp_path, *OPTIONS, "--dimension", "Handoff")
    assert result.exit_code == 2
    assert "error[duplicate-id] dimensions[1].id" in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    result = run("init", tmp_path / "file", *OPTIONS)
    assert result.exit_code == 2
    assert "Traceback" not in result.stderr
    assert sys.exc_info() == (None, None, None)
