"""Every kind of finding is explained, with an example that has it and the example repaired."""

import re
from pathlib import Path
from typing import Any

import pytest

from humanai_maturity.documents.read import parse_rubric
from humanai_maturity.documents.source import Source
from humanai_maturity.documents.yaml_text import read_yaml
from humanai_maturity.lint.check import check
from humanai_maturity.lint.finding import KINDS

PAGE = (Path(__file__).parents[2] / "docs" / "reference" / "findings.md").read_text(encoding="utf-8")
SECTIONS = {
    found["code"]: found
    for found in re.finditer(
        r"^### (?P<code>[a-z-]+)\n\n\*(?P<method>\w+)\.\*(?P<text>.*?)(?=^##)", f"{PAGE}\n##", re.MULTILINE | re.DOTALL
    )
}
GROUPS = {"Errors": "error", "Warnings": "warning", "Notes": "note"}


def documents(code: str) -> dict[str, str]:
    """Return the two examples of a section, by `wrong` and `right`."""
    blocks = re.findall(
        rf'^```yaml title="{code}\.(wrong|right)\.yaml"\n(.*?)^```', SECTIONS[code]["text"], re.MULTILINE | re.DOTALL
    )
    assert [kind for kind, _ in blocks] == ["wrong", "right"]
    return dict(blocks)


def plain(text: str) -> dict[str, Any]:
    data = read_yaml(Source(text)).data
    assert isinstance(data, dict)
    return data


def codes(change: str) -> set[str]:
    """Return what is found in the page's rubric with a change to it."""
    base = re.search(r'^```yaml title="example\.rubric\.yaml"\n(.*?)^```', PAGE, re.MULTILINE | re.DOTALL)
    assert base is not None
    data = plain(base[1]) | plain(change)
    if "criteria" in data:
        data["dimensions"] = [data["dimensions"][0] | {"criteria": data.pop("criteria")}]
    return {finding.code for finding in check(parse_rubric(data))}


def test_every_kind_has_a_section_and_no_other() -> None:
    headings = re.findall(r"^### (.*)$", PAGE, re.MULTILINE)
    assert sorted(headings) == sorted(KINDS)
    assert sorted(SECTIONS) == sorted(KINDS)


def test_sections_stand_under_their_severity() -> None:
    parts = re.split(r"^## (.*)$", PAGE, flags=re.MULTILINE)[1:]
    for heading, text in zip(parts[::2], parts[1::2], strict=True):
        for code in re.findall(r"^### (.*)$", text, re.MULTILINE):
            assert KINDS[code].severity == GROUPS[heading], code


@pytest.mark.parametrize("code", sorted(KINDS))
def test_a_section_says_how_surely_its_kind_is_found(code: str) -> None:
    assert SECTIONS[code]["method"].lower() == KINDS[code].method


@pytest.mark.parametrize("code", sorted(KINDS))
def test_the_example_has_what_it_shows_and_the_repaired_one_has_not(code: str) -> None:
    examples = documents(code)
    assert code in codes(examples["wrong"])
    assert code not in codes(examples["right"])
