"""Markdown that says the same as the page, and in which texts of strangers mean nothing."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hard_results import CASES

import humanai_maturity as hm
from humanai_maturity.report import to_markdown
from humanai_maturity.report.markdown import _text

GOLDEN = Path(__file__).parents[1] / "golden"


def test_a_report(golden: Callable[[Path, str], None]) -> None:
    golden(GOLDEN / "report.md", to_markdown(hm.score(GOLDEN, hm.load_assessment(GOLDEN / "team.yaml"))))


@pytest.mark.parametrize("name", CASES)
def test_tables_have_as_many_cells_in_every_row(name: str) -> None:
    lines = to_markdown(CASES[name]()).splitlines()
    width = 0
    for line in lines:
        cells = line.replace("\\|", "").count("|")
        if line.startswith("|") and width:
            assert cells == width
        width = cells if line.startswith("|") else 0


@pytest.mark.parametrize("name", CASES)
def test_no_text_means_anything(name: str) -> None:
    text = to_markdown(CASES[name]())
    assert "<script" not in text.replace("\\<script", "")
    assert "<b>" not in text.replace("\\<b\\>", "")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain 2.8 (a-b)", "plain 2.8 (a-b)"),
        ("- no list", "\\- no list"),
        ("# no heading", "\\# no heading"),
        ("3. no list", "3\\. no list"),
        ("2.8", "2.8"),
        (
            "[a](http://b) `c` *d* _e_ |f| <g> ~h~ &amp;",
            "\\[a\\](http://b) \\`c\\` \\*d\\* \\_e\\_ \\|f\\| \\<g\\> \\~h\\~ \\&amp;",
        ),
    ],
)
def test_escaping(text: str, expected: str) -> None:
    assert _text(text) == expected
