"""A rubric as Markdown: complete, and without a way for its texts to mean anything."""

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from strategies import rubrics

from humanai_maturity.catalogue import load_rubric
from humanai_maturity.model.exact import Document
from humanai_maturity.model.rubric import Rubric
from humanai_maturity.report.rubric_markdown import rubric_markdown

ROOT = Path(__file__).parents[1]
RUBRIC = ROOT / "golden" / "team.rubric.yaml"
EVERYTHING = ROOT / "documents" / "valid" / "everything.yaml"

NOT_TOLD = {"format", "type", "rule", "kind"}
"""Fields that decide how the others are told."""


def test_a_rubric_is_told(golden: Callable[[Path, str], None]) -> None:
    golden(ROOT / "golden" / "show.md", rubric_markdown(load_rubric(RUBRIC)))


def texts_in(value: Any, field: str = "") -> set[str]:
    """Return every text that a rubric holds, but for those that are among few."""
    if isinstance(value, Document):
        return {
            text
            for name in type(value).model_fields
            if name not in NOT_TOLD
            for text in texts_in(getattr(value, name), name)
        }
    if isinstance(value, dict):
        return {text for each in value.values() for text in texts_in(each, field)}
    if isinstance(value, tuple):
        return {text for each in value for text in texts_in(each, field)}
    return {value} if isinstance(value, str) and " " in value else set()


def test_every_text_of_a_rubric_is_there() -> None:
    """Nothing that an author has written in words is left out."""
    for path in (EVERYTHING, RUBRIC):
        rubric = load_rubric(path)
        told = " ".join(rubric_markdown(rubric).replace("\\", "").split())
        assert not {text for text in texts_in(rubric) if " ".join(text.split()).removesuffix(".") not in told}


@pytest.mark.parametrize("path", [EVERYTHING, RUBRIC], ids=lambda path: path.name)
def test_no_line_is_blank_twice_and_every_table_is_even(path: Path) -> None:
    lines = rubric_markdown(load_rubric(path)).splitlines()
    assert all(line or before for before, line in pairwise(lines))
    for before, line in pairwise(lines):
        if before.startswith("|") and line.startswith("|"):
            assert before.replace("\\|", "").count("|") == line.replace("\\|", "").count("|")
    for before, line in pairwise(lines):
        if line.startswith("#"):
            assert before == ""


NASTY = "<script>alert(1)</script> | [a](javascript:b) `c` *d*\n# e\n1. f"


def test_texts_mean_nothing() -> None:
    data: Any = {
        "id": "r",
        "version": NASTY,
        "title": NASTY,
        "description": NASTY,
        "attribution": NASTY,
        "licence": NASTY,
        "stages": [
            {"id": "low", "title": NASTY, "description": NASTY, "next_move": NASTY},
            {"id": "top", "title": "T"},
        ],
        "dimensions": [{"id": "d", "title": NASTY, "description": NASTY, "criteria": []}],
        "roles": [{"id": "x", "title": NASTY, "does": NASTY}],
        "silence": [{"finding": "f", "at": NASTY, "because": NASTY}],
    }
    options = [{"id": "a", "stage": "low", "text": NASTY}, {"id": "b", "stage": "top"}]
    data["dimensions"][0]["criteria"] = [
        {"id": "c", "title": NASTY, "question": NASTY, "help": NASTY, "scale": {"type": "choice", "options": options}}
    ]
    text = rubric_markdown(Rubric.model_validate(data))
    bare = text.replace("\\\\", "")
    assert "<" not in bare.replace("\\<", "")
    assert "[" not in bare.replace("\\[", "")
    assert "\n# e" not in text
    assert "\n1. f" not in text


@given(rubrics())
def test_any_rubric_can_be_told(rubric: Rubric) -> None:
    text = rubric_markdown(rubric)
    assert all(f"`{node.id}`" in text for node in rubric.walk())
