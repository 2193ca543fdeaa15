"""`fmt` lays documents out in place, all of a file or nothing."""

import os
from pathlib import Path

import pytest

pytest.importorskip("click", reason="the extra `cli` is not installed")

from click.testing import CliRunner, Result

from humanai_maturity.cli import main

BEFORE, AFTER = "a:   1 # one\n", "a: 1  # one\n"


def run(*arguments: str | Path, given: str | bytes | None = None) -> Result:
    return CliRunner().invoke(main, ["fmt", *map(str, arguments)], input=given)


@pytest.fixture
def untidy(tmp_path: Path) -> Path:
    path = tmp_path / "untidy.yaml"
    path.write_text(BEFORE, encoding="utf-8")
    return path


@pytest.fixture
def tidy(tmp_path: Path) -> Path:
    path = tmp_path / "tidy.yaml"
    path.write_text(AFTER, encoding="utf-8")
    return path


def test_files_are_laid_out_in_place(untidy: Path, tidy: Path) -> None:
    untidy.chmod(0o640)
    os.utime(tidy, (0, 0))
    result = run(untidy, tidy)
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "1 file laid out anew, 1 file left alone\n")
    assert untidy.read_text(encoding="utf-8") == AFTER
    assert untidy.stat().st_mode & 0o777 == 0o640
    assert tidy.stat().st_mtime == 0
    assert sorted(untidy.parent.iterdir()) == [tidy, untidy]


def test_checking_changes_nothing(untidy: Path, tidy: Path) -> None:
    assert run(tidy, "--check").exit_code == 0
    result = run(untidy, tidy, "--check")
    assert (result.exit_code, result.stdout) == (1, "")
    assert f"{untidy}: to be laid out anew\n{tidy}: left alone\n" in result.stderr
    assert untidy.read_text(encoding="utf-8") == BEFORE


def test_the_difference_is_shown(untidy: Path, tidy: Path) -> None:
    result = run(untidy, tidy, "--diff")
    assert result.exit_code == 1
    assert result.stdout == f"--- {untidy}\n+++ {untidy} (laid out)\n@@ -1 +1 @@\n-a:   1 # one\n+a: 1  # one\n"
    assert untidy.read_text(encoding="utf-8") == BEFORE
    assert run(tidy, "--diff").stdout == ""


def test_a_broken_file_is_left_alone_and_the_others_are_not(untidy: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.yaml"
    broken.write_text("a: [", encoding="utf-8")
    result = run(broken, tmp_path / "none.yaml", untidy)
    assert result.exit_code == 2
    assert "broken.yaml:1:5: error[yaml-syntax] " in result.stderr
    assert "there is no file" in result.stderr
    assert result.stderr.endswith("2 files unreadable, 1 file laid out anew\n")
    assert broken.read_text(encoding="utf-8") == "a: ["
    assert untidy.read_text(encoding="utf-8") == AFTER


def test_the_standard_input_goes_to_the_standard_output() -> None:
    result = run("-", given=BEFORE)
    assert (result.exit_code, result.stdout, result.stderr) == (0, AFTER, "")
    assert run("-", "--check", given=BEFORE).exit_code == 1
    assert run("-", given=b"\xff").exit_code == 2


def test_line_breaks_and_byte_order_marks_go(tmp_path: Path) -> None:
    path = tmp_path / "windows.yaml"
    path.write_bytes(b"\xef\xbb\xbfa: 1\r\n")
    assert run(path, "--check").exit_code == 1
    run(path)
    assert path.read_bytes() == b"a: 1\n"


@pytest.mark.parametrize("name", ["answers.csv", "rubric.json"])
def test_other_notations_are_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("{}", encoding="utf-8")
    result = run(tmp_path / name)
    assert result.exit_code == 2
    assert "only YAML is laid out" in result.stderr
