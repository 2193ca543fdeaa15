"""`check` knows lines where there is a text, respects what is silenced, and is quick."""

import pickle
from pathlib import Path
from time import process_time
from typing import Any

import pytest
from engine_rubrics import dimension, one, rubric, staged
from strategies import midrange

import humanai_maturity as hm

ROOT = Path(__file__).parents[2]
TEXT = """\
id: r
version: 1
title: R
stages: [{id: low, title: Low}, {id: top, title: Top}]
dimensions:
  - id: d
    title: D
    criteria:
      - {id: c, title: D, scale: {type: yes_no, yes: top, no: low}}
"""


def grave(findings: tuple[hm.Finding, ...]) -> list[str]:
    return [finding.code for finding in findings if finding.severity != "note"]


def test_findings_in_a_file_have_lines_and_those_in_a_value_have_paths(tmp_path: Path) -> None:
    path = tmp_path / "r.rubric.yaml"
    path.write_text(TEXT, encoding="utf-8")
    (in_file,) = [finding for finding in hm.check(path) if finding.code == "repeated-title"]
    assert (in_file.line, in_file.column, in_file.source, in_file.at) == (9, 24, str(path), "c")
    assert (
        str(in_file).splitlines()[0].startswith(f"{path}:9:24: warning[repeated-title] dimensions[0].criteria[0].title")
    )
    assert str(in_file).splitlines()[2:] == [f"{' ' * 25}^", "  fix: give each its own title"]
    (in_value,) = [finding for finding in hm.check(hm.parse_rubric(TEXT)) if finding.code == "repeated-title"]
    assert (in_value.line, in_value.path, in_value.fix) == (None, in_file.path, in_file.fix)


def test_a_finding_is_a_problem_that_survives_pickling() -> None:
    finding = hm.check(hm.parse_rubric(TEXT))[0]
    assert isinstance(finding, hm.Problem)
    assert pickle.loads(pickle.dumps(finding)) == finding  # noqa: S301 - our own bytes


def test_one_finding_is_silenced_and_no_other() -> None:
    silence = "silence: [{finding: repeated-title, at: c, because: It is the only one.}]\n"
    assert grave(hm.check(hm.parse_rubric(TEXT))) == ["repeated-title"]
    assert grave(hm.check(hm.parse_rubric(TEXT + silence))) == []
    assert grave(hm.check(hm.parse_rubric(TEXT + silence.replace("at: c", "at: d")))) == [
        "repeated-title",
        "unused-silence",
    ]


def test_a_silence_that_is_misspelt_is_found_with_what_was_meant() -> None:
    wrong = "silence: [{finding: repeated-titel, at: c, because: B.}, {finding: repeated-title, at: cc, because: B.}]\n"
    found = hm.check(hm.parse_rubric(TEXT + wrong))
    assert [finding.hint for finding in found if finding.code == "unused-silence"] == ["repeated-title", "c"]


def test_a_rubric_that_is_not_valid_is_refused() -> None:
    with pytest.raises(hm.RubricInvalidError):
        hm.check(hm.parse_rubric(TEXT).model_copy(update={"dimensions": (hm.Dimension(id="e", title="E"),)}))
    with pytest.raises(hm.RubricNotFoundError):
        hm.check("no-such-rubric")


def test_the_built_in_rubric_is_sound() -> None:
    assert grave(hm.check("ai-human-cx")) == []


@pytest.mark.parametrize("path", sorted((ROOT / "tests" / "documents" / "valid").iterdir()), ids=lambda path: path.name)
def test_documents_of_the_tests_have_no_errors(path: Path) -> None:
    found = [finding for finding in hm.check(path) if finding.severity == "error"]
    assert not found


def test_what_is_really_there_is_found_in_the_document_with_everything() -> None:
    found = grave(hm.check(ROOT / "tests" / "documents" / "valid" / "everything.yaml"))
    assert sorted(found) == ["requirement-always-met", "setting-without-effect", "unused-silence"]


def test_an_aggregator_that_nobody_gives_is_taken_to_be_a_mean() -> None:
    mixed = one(
        staged("a"), staged("b"), score={"rule": "aggregator", "name": "midrange"}, stage={"cuts": {"s2": 2, "s3": 3}}
    )
    assert "best-falls-short" not in grave(hm.check(mixed))
    assert hm.check(mixed) == hm.check(mixed, aggregators={"midrange": midrange})


def large(dimensions: int, criteria: int) -> hm.Rubric:
    """Return a rubric with gates, prerequisites and flags over many criteria."""

    def asked(number: int, place: int) -> dict[str, Any]:
        needs = [{"criterion": f"c{number}.{place - 1}", "at_least": 2, "for_stage": 3}] if place else []
        return staged(f"c{number}.{place}", top=5, prerequisites=needs, allow_not_applicable=place % 2 == 1)

    made = [dimension(f"d{n}", *(asked(n, place) for place in range(criteria))) for n in range(dimensions)]
    gates = {
        f"s{s}": {"all": [{"dimension": f"d{n}", "at_least": f"s{s}"} for n in range(dimensions)]} for s in range(2, 6)
    }
    flags = [
        {"id": f"f{n}", "severity": "high", "raised_when": {"criterion": f"c{n}.0", "at_most": 1}, "says": "Low.",
         "caps": {"overall": 2}}
        for n in range(dimensions)
    ]  # fmt: skip
    return rubric(*made, stages=5, stage={"gates": gates}, defaults={"stage": {"quorum": 0.7}}, flags=flags)


def test_forty_criteria_take_less_than_two_seconds() -> None:
    rubric = large(5, 8)
    hm.check(one(staged("a")))
    start = process_time()
    hm.check(rubric)
    assert process_time() - start < 2


def test_effort_stays_within_bounds_for_a_very_large_rubric() -> None:
    rubric = large(20, 20)
    start = process_time()
    hm.check(rubric)
    assert process_time() - start < 20
