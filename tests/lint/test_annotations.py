"""What CI systems read has the form that they ask for, whatever the texts are."""

import json
import re
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from humanai_maturity.errors import Problem
from humanai_maturity.lint.annotations import github, gitlab, sarif
from humanai_maturity.lint.finding import Finding

PROBLEM = Problem(code="bad-id", path="stages[0].id", message="no id", line=3, column=7, source="a b/r.yaml", hint="x")
FINDING = Finding(
    code="never-read", path="facts[0]", message="nothing reads\nthis: 100 %", line=9, column=3, source="r.yaml",
    severity="warning", at="f", fix="delete it",
)  # fmt: skip
NOTE = Finding(code="same-worth", path="", message="m", severity="note", at="overall", fix="f")

GITLAB: dict[str, Any] = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string"},
                    "lines": {"properties": {"begin": {"type": "integer", "minimum": 1}}, "required": ["begin"]},
                },
            },
        },
    },
}
"""What GitLab documents about its code quality reports."""

REGION = {"properties": {"startLine": {"minimum": 1}, "startColumn": {"minimum": 1}}}
LOCATION = {
    "properties": {
        "physicalLocation": {
            "required": ["artifactLocation"],
            "properties": {
                "artifactLocation": {"properties": {"uri": {"type": "string", "pattern": r"^[^\s\\]*$"}}},
                "region": REGION,
            },
        }
    }
}
RESULT = {
    "type": "object",
    "required": ["message", "ruleId", "ruleIndex", "level", "locations"],
    "properties": {
        "ruleId": {"type": "string"},
        "level": {"enum": ["none", "note", "warning", "error"]},
        "message": {"required": ["text"], "properties": {"text": {"type": "string", "minLength": 1}}},
        "locations": {"type": "array", "items": LOCATION},
        "partialFingerprints": {"type": "object", "additionalProperties": {"type": "string"}},
    },
}
DRIVER = {
    "required": ["name"],
    "properties": {"rules": {"type": "array", "uniqueItems": True, "items": {"required": ["id"]}}},
}
SARIF: dict[str, Any] = {
    "type": "object",
    "required": ["version", "runs"],
    "properties": {
        "version": {"const": "2.1.0"},
        "runs": {
            "items": {
                "required": ["tool", "results"],
                "properties": {
                    "tool": {"required": ["driver"], "properties": {"driver": DRIVER}},
                    "results": {"type": "array", "items": RESULT},
                },
            }
        },
    },
}
"""The part of the SARIF schema that our logs use."""


def test_workflow_commands() -> None:
    assert github([PROBLEM, FINDING, NOTE]).splitlines() == [
        "::error file=a b/r.yaml,line=3,col=7,title=bad-id::stages[0].id: no id (did you mean 'x'?)",
        "::warning file=r.yaml,line=9,col=3,title=never-read::facts[0]: nothing reads this: 100 %25; fix: delete it",
        "::notice title=same-worth::m; fix: f",
    ]


def test_code_quality_report() -> None:
    report = json.loads(gitlab([PROBLEM, FINDING, NOTE]))
    assert [each["severity"] for each in report] == ["major", "minor", "info"]
    assert report[0]["location"] == {"path": "a b/r.yaml", "lines": {"begin": 3}}
    assert report[1]["description"] == "facts[0]: nothing reads this: 100 %; fix: delete it"


def test_sarif_log() -> None:
    (run,) = json.loads(sarif([PROBLEM, FINDING, FINDING], "1.2.3"))["runs"]
    assert run["tool"]["driver"]["semanticVersion"] == "1.2.3"
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["bad-id", "never-read"]
    first = run["results"][0]["locations"][0]["physicalLocation"]
    assert first == {"artifactLocation": {"uri": "a%20b/r.yaml"}, "region": {"startLine": 3, "startColumn": 7}}
    for result in run["results"]:
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30).filter(str.strip)
PROBLEMS = st.builds(
    Problem,
    code=st.sampled_from(["bad-id", "never-read"]),
    path=TEXTS,
    message=TEXTS,
    line=st.integers(1, 9) | st.none(),
    column=st.integers(1, 9) | st.none(),
    source=TEXTS | st.none(),
    hint=TEXTS | st.none(),
    severity=st.sampled_from(["error", "warning", "note"]),
)


@given(st.lists(PROBLEMS, max_size=4))
def test_any_texts_keep_the_form(problems: list[Problem]) -> None:
    lines = github(problems).split("\n")[:-1]
    assert len(lines) == len(problems)
    assert all(re.fullmatch(r"::(?:error|warning|notice) [^\r\n]*?::[^\r\n]*", line) for line in lines)
    report = json.loads(gitlab(problems))
    jsonschema.validate(report, GITLAB)
    assert len({each["fingerprint"] for each in report}) == len(problems)
    jsonschema.validate(json.loads(sarif(problems, "1")), SARIF)


def test_nothing_found_is_a_report_too() -> None:
    assert github([]) == ""
    assert json.loads(gitlab([])) == []
    assert json.loads(sarif([], "1"))["runs"][0]["results"] == []


@pytest.mark.parametrize("kind", ["gitlab", "sarif"])
def test_a_mark_stays_while_lines_come_and_go(kind: str) -> None:
    def marks(line: int) -> str:
        moved = [Problem(code="bad-id", path="id", message="no", line=line, source="r.yaml")]
        text = gitlab(moved) if kind == "gitlab" else sarif(moved, "1")
        return re.findall("[0-9a-f]{64}", text)[0]

    assert marks(1) == marks(7)
