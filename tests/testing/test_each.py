"""The decorator makes one test of each check, by its name; a whole test file is five lines."""

import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import pytest

FILE = """
    from humanai_maturity.testing import AGGREGATORS, each_check_of

    @each_check_of("ID", AGGREGATORS["midrange"])
    def test_mine(check):
        check()
"""
NOT_SOUND = """
    from humanai_maturity.testing import each_check_of

    @each_check_of("steep.yaml", "misspelt.yaml")
    def test_mine(check):
        check()
"""
FEW = """
from hypothesis import settings

settings.register_profile("few", max_examples=5)
settings.load_profile("few")
"""
RUBRIC = """
id: tiny
version: 1
title: Tiny
stages: [{id: low, title: Low}, {id: top, title: Top}]
dimensions:
  - {id: d, title: D, criteria: [{id: c, title: C, scale: {type: yes_no}}]}
stage: {cuts: {top: 1}}
"""


def run(folder: Path) -> str:
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-v",
        "-p",
        "no:cacheprovider",
        "-c",
        str(folder / "none.ini"),
        str(folder),
    ]
    (folder / "none.ini").write_text("[pytest]\n", encoding="utf-8")
    return subprocess.run(command, capture_output=True, check=False, cwd=folder, encoding="utf-8").stdout


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "rubric.yaml").write_text(RUBRIC, encoding="utf-8")
    (tmp_path / "test_mine.py").write_text(dedent(FILE).replace("ID", "rubric.yaml"), encoding="utf-8")
    (tmp_path / "conftest.py").write_text(FEW, encoding="utf-8")
    return tmp_path


def test_each_check_is_a_test_by_its_name(folder: Path) -> None:
    out = run(folder)
    for name in ("tiny: loads", "tiny: better answers lower nothing", "midrange: monotone", "midrange: internal"):
        assert f"test_mine[{name}] PASSED" in out
    assert " failed" not in out


def test_what_fails_is_told_by_pytest(folder: Path) -> None:
    (folder / "steep.yaml").write_text(RUBRIC.replace("top: 1", "top: 2"), encoding="utf-8")
    (folder / "misspelt.yaml").write_text(RUBRIC.replace("top: 1", "tpo: 1"), encoding="utf-8")
    (folder / "test_mine.py").write_text(dedent(NOT_SOUND), encoding="utf-8")
    out = run(folder)
    assert "test_mine[tiny: is sound] FAILED" in out
    assert "error[best-falls-short]" in out
    assert "test_mine[misspelt.yaml: loads] FAILED" in out
    assert "there is no stage 'tpo'" in out
