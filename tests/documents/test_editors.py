"""The JSON Schema in the real YAML language server: what an author sees while writing a rubric.

The server comes from npm into a temporary folder. Without node, without npm or without a way to it, these tests are
skipped, and so they are with `WITHOUT_NPM=1`.
"""

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from language_server import Client

import humanai_maturity as hm

PACKAGE = "yaml-language-server@1.25.0"
SECONDS = 40
HEAD = """\
# yaml-language-server: $schema=rubric.schema.json
format: 1
id: demo
version: 1.0.0
title: Demo
stages:
  - {id: low, title: Low}
  - {id: top, title: Top}
dimensions:
  - id: d
    title: D
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None or os.environ.get("WITHOUT_NPM"):
        pytest.skip("the YAML language server needs node and npm")
    folder = tmp_path_factory.mktemp("editor")
    command = [npm, "install", "--silent", "--no-audit", "--no-fund", "--prefix", str(folder), PACKAGE]
    try:
        subprocess.run(command, check=True, capture_output=True, timeout=SECONDS)
    except (subprocess.SubprocessError, OSError) as error:
        pytest.skip(f"the YAML language server cannot be installed: {error}")
    (folder / "rubric.schema.json").write_text(json.dumps(hm.rubric_schema()), encoding="utf-8")
    program = folder / "node_modules" / "yaml-language-server" / "bin" / "yaml-language-server"
    with Client.of([node, str(program), "--stdio"], folder) as client:
        yield client


def test_a_valid_rubric_has_no_diagnostics(server: Client) -> None:
    path = Path(next(rubric.source for rubric in hm.list_rubrics() if rubric.id == "ai-human-cx"))
    text = path.read_text(encoding="utf-8")
    assert server.diagnostics(f"# yaml-language-server: $schema=rubric.schema.json\n{text}") == []
    everything = Path(__file__).parent / "valid" / "everything.yaml"
    text = everything.read_text(encoding="utf-8")
    assert server.diagnostics(f"# yaml-language-server: $schema=rubric.schema.json\n{text}") == []


@pytest.mark.parametrize(
    ("more", "line", "words"),
    [
        ("    wieght: 2\n", 12, "wieght"),
        ("    weight: heavy\n", 12, "number"),
        ("    criteria:\n      - {id: c, title: C, scale: {type: metrik}}\n", 13, '"metric"'),
        ("    criteria:\n      - {id: c, title: C, scale: {type: choice, optoins: []}}\n", 13, "optoins"),
        ("    stage: {quorun: 0.7}\n", 12, "quorun"),
        ("    stage: {quorum: 1.7}\n", 12, "1"),
        ("    criteria: none\n", 12, "array"),
        ("missing: sometimes\n", 12, '"worst"'),
        ("flags:\n  - id: f\n    severity: block\n    says: So.\n", 13, "raised_when"),
    ],
)
def test_a_mistake_is_shown_on_its_line(server: Client, more: str, line: int, words: str) -> None:
    found = server.diagnostics(HEAD + more)
    assert any(place == line and words in message for place, message in found), found


@pytest.mark.parametrize(
    ("more", "labels"),
    [
        ("^", {"facts", "flags", "caps", "evidence_grades", "defaults", "missing"}),
        ("    ^", {"weight", "criteria", "dimensions", "stage", "score", "description"}),
        ("    criteria:\n      - id: c\n        ^", {"title", "scale", "question", "help", "prerequisites", "counter"}),
        ("    stage:\n      ^", {"quorum", "cuts", "gates", "lowest", "highest", "kth"}),
        ("    score:\n      rule: ^", {"mean", "min", "max", "sum", "quantile", "power_mean", "mean_min"}),
        ("missing: ^", {"leave_out", "worst", "void", "required"}),
        (
            "flags:\n  - id: f\n    raised_when:\n      ^",
            {"criterion", "dimension", "share", "all", "any", "at_least_n"},
        ),
    ],
)
def test_keys_and_values_are_completed(server: Client, more: str, labels: set[str]) -> None:
    assert labels <= server.completion(HEAD + more).keys()


SCALE = "    criteria:\n      - id: c\n        title: C\n        scale:\n          "


def test_the_types_of_scales_are_completed_with_what_they_ask_for(server: Client) -> None:
    found = server.completion(f"{HEAD}{SCALE}type: ^")
    assert found.keys() == {"choice", "yes_no", "checklist", "metric", "custom"}
    assert "Ask for exactly one of several options." in str(found["choice"]["documentation"])
    assert "Ask for a measured number." in str(found["metric"]["documentation"])


def test_only_the_fields_of_the_type_are_completed(server: Client) -> None:
    found = server.completion(f"{HEAD}{SCALE}type: metric\n          ^")
    assert {"bands", "range", "direction", "unit", "min_sample"} <= found.keys()
    assert not {"options", "items", "measure", "yes"} & found.keys()


def test_a_list_is_completed_with_its_first_entry(server: Client) -> None:
    found = server.completion(f"{HEAD}    ^")
    assert found["criteria"]["insertText"].startswith("criteria:\n  - id: ")
    assert "scale:" in found["criteria"]["insertText"]


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ("    wei^ght: 2\n", "How much it counts among its siblings"),
        ("    stage: {quo^rum: 0.7}\n", "The share of the applicable, answered weight."),
        (f"{SCALE}type: met^ric\n", "Ask for a measured number."),
        (f"{SCALE}type: metric\n          min_^sample: 10\n", "The smallest sample that counts"),
        ("miss^ing: worst\n", "What an unknown child does here"),
    ],
)
def test_what_the_mouse_is_over_is_explained(server: Client, more: str, words: str) -> None:
    assert words in server.hover(HEAD + more)
