"""One text for one meaning: the digest sees the meaning and nothing else, and what is written out reads back equal."""

from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from strategies import cases, rubrics

from humanai_maturity.documents.canonical import canonical, digest, dump_assessment, dump_rubric
from humanai_maturity.documents.read import parse_assessment, parse_rubric, read_rubric
from humanai_maturity.model.assessment import Answer, Assessment, NotApplicable, Unknown
from humanai_maturity.model.exact import WrittenDecimal, WrittenInt
from humanai_maturity.model.rubric import Rubric

VALID = Path(__file__).parent / "valid"
TINY = """
id: tiny
version: 1.10
title: Tiny
stages: [{id: low, title: Low}, {id: top, title: Top}]
dimensions:
  - id: data
    title: Data
    weight: 0.1
    criteria: [{id: owned, title: Owned, scale: {type: choice, options: [{id: a, stage: low}, {id: b, stage: top}]}}]
"""


def changed(old: str, new: str) -> Rubric:
    assert old in TINY
    return parse_rubric(TINY.replace(old, new))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("0.1", "0.10"),
        ("0.1", '"1/10"'),
        ("0.1", "1e-1"),
        ("stage: top", "stage: 2"),
        ("title: Data", "title: 'Data' # a comment"),
        ("id: tiny", "format: 1\nid: tiny"),
        ("id: data", "allow_not_applicable: false\n    id: data"),
        ("id: data", "score:\n    id: data"),
        ("id: data\n    title: Data", "title: Data\n    id: data"),
        ("id: tiny", "defaults: {score: {rule: mean}}\ndisplay: {digits: 1}\nid: tiny"),
        ("version: 1.10", 'version: "1.10"'),
        ("id: tiny", "silence: [{finding: missing-help, at: owned, because: The title says it.}]\nid: tiny"),
    ],
)
def test_the_digest_does_not_see_how_a_meaning_is_written(old: str, new: str) -> None:
    assert digest(changed(old, new)) == digest(parse_rubric(TINY))
    assert canonical(changed(old, new)) == canonical(parse_rubric(TINY))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("0.1", "0.2"),
        ("1.10", "1.1"),
        ("title: Data", "title: data"),
        ("stage: low", "stage: low, text: Not yet"),
        ("id: data", "score: {rule: min}\n    id: data"),
        ("id: data", "score: {rule: max}\n    id: data"),
        ("{id: a, stage: low}, {id: b, stage: top}", "{id: b, stage: top}, {id: a, stage: low}"),
        ("id: tiny", "not_applicable_may_lift: true\nid: tiny"),
    ],
)
def test_the_digest_sees_every_difference_in_meaning(old: str, new: str) -> None:
    assert digest(changed(old, new)) != digest(parse_rubric(TINY))


def test_the_digest_tells_a_stage_of_a_number_from_a_value() -> None:
    stages = "stages: [{id: '1', title: Low}, {id: '2', title: Top}]"
    flag = "flags: [{id: f, severity: warn, raised_when: {dimension: data, below: %s}, says: S}]"
    base = TINY.replace("stages: [{id: low, title: Low}, {id: top, title: Top}]", stages)
    base = base.replace("stage: low", "stage: 1").replace("stage: top", "stage: 2")
    assert digest(parse_rubric(base + flag % "2")) != digest(parse_rubric(base + flag % "'2'"))


def test_the_digest_of_an_example_stays_the_same() -> None:
    assert digest(parse_rubric(TINY)) == ("sha256:b64f3017dab4d772b08dba4817109f334b6d6787547cadab2b68701277782262")
    assert digest(read_rubric(VALID / "everything.yaml")) == (
        "sha256:63f1b5390ee7e2b78942eb630e13d3e3381c95083c6b06628ce4a33ba0c5c9ca"
    )


def test_the_canonical_form_is_compact_sorted_and_exact() -> None:
    assert canonical(parse_rubric(TINY)) == (
        '{"dimensions":[{"criteria":[{"id":"owned","scale":{"options":[{"id":"a","stage":"low"},{"id":"b","stage":"top"}],'
        '"type":"choice"},"title":"Owned"}],"id":"data","title":"Data","weight":"1/10"}],"id":"tiny",'
        '"stages":[{"id":"low","title":"Low"},{"id":"top","title":"Top"}],"title":"Tiny","version":"1.10"}'
    )


@pytest.mark.parametrize("path", sorted(VALID.iterdir()), ids=lambda path: path.name)
def test_what_is_written_out_reads_back_equal(path: Path) -> None:
    rubric = read_rubric(path)
    text = dump_rubric(rubric)
    assert parse_rubric(text) == rubric
    assert digest(parse_rubric(text)) == digest(rubric)
    assert dump_rubric(parse_rubric(text)) == text


@given(rubrics())
def test_any_rubric_reads_back_equal(rubric: Rubric) -> None:
    """Dump then load of rubric, assessment and result gives an equal object; the digest survives."""
    again = parse_rubric(dump_rubric(rubric))
    assert again == rubric
    assert digest(again) == digest(rubric)
    assert parse_rubric(rubric.model_dump_json(), syntax="json") == rubric


@given(
    st.text(min_size=1).filter(str.strip)
    | st.sampled_from(["No", "1.10", "~", "a: b", "0o17", "1e5", "<<", "- a", "x\n", "\n x\ny "])
)
def test_any_text_reads_back_equal(text: str) -> None:
    try:
        rubric = changed("0.1", "0.1").model_validate(
            {**parse_rubric(TINY).model_dump(), "description": text, "title": f"{text}\n{text}"}
        )
    except ValueError:
        return
    assert parse_rubric(dump_rubric(rubric)) == rubric


def test_plain_text_stays_readable() -> None:
    rubric = read_rubric(VALID / "everything.yaml")
    text = dump_rubric(rubric)
    assert "description: |\n  A model that nobody needs.\n\n  It has" in text
    assert "weight: 0.125\n" in text
    assert "weight: 1/3\n" in text
    assert text.startswith("id: everything\nversion: '1.10'\ntitle: Everything at once\n")


def test_other_readers_of_yaml_agree_on_texts() -> None:
    data: Any = yaml.safe_load(dump_rubric(read_rubric(VALID / "everything.yaml")))
    options = data["dimensions"][0]["criteria"][0]["scale"]["options"]
    assert options[1] == {"id": "1.10", "text": "No", "stage": 2}


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (Fraction(0), "0"),
        (Fraction(-3), "-3"),
        (Fraction(1, 8), "0.125"),
        (Fraction(-1, 20), "-0.05"),
        (Fraction(123456789, 10**9), "0.123456789"),
        (Fraction(1, 10**30), "0." + "0" * 29 + "1"),
        (Fraction(2, 3), "2/3"),
        (Fraction(10**30) + Fraction(1, 2), "1" + "0" * 30 + ".5"),
    ],
)
def test_numbers_are_written_exactly(number: Fraction, text: str) -> None:
    rubric = parse_rubric(TINY + f"display: {{minimum: {number}}}")
    assert f"minimum: {text}\n" in dump_rubric(rubric)
    assert parse_rubric(dump_rubric(rubric)) == rubric


ASSESSMENT = """
rubric: {id: tiny, version: 1.10, digest: 'sha256:ab'}
scope: {unit: Billing, channels: [phone, chat]}
date: 2026-01-31
answers:
  text: owned
  truth: true
  whole: 7
  decimal: 1.10
  spelt: 0x1F
  items: [a, b]
  nothing-of-it: []
  mapping: {value: {a: 1}}
  full: {value: 0.5, sample: 40, evidence: seen, note: N, source: S, as_of: 2026-01-30, respondent: Kim}
  both: {values: {metric: 0.5, choice: b}}
  unknown: {unknown: blank}
  asked: {unknown: dont-know, note: N}
  absent: {not_applicable: no phones}
  number-like: "1.10"
  truth-like: "true"
  day-like: "2026-01-31"
"""


def test_an_assessment_reads_back_equal() -> None:
    assessment = parse_assessment(ASSESSMENT)
    text = dump_assessment(assessment)
    again = parse_assessment(text)
    assert again == assessment
    assert [type(answer) for answer in again.answers.values()] == [
        type(answer) for answer in assessment.answers.values()
    ]
    assert dump_assessment(again) == text


def test_bare_answers_stay_bare_and_keep_their_spelling() -> None:
    text = dump_assessment(parse_assessment(ASSESSMENT))
    assert "  decimal: 1.10\n  spelt: 0x1F\n" in text
    assert "  unknown: {}\n" not in text
    assert "  mapping:\n    value:\n      a: 1\n" in text
    assert "date: 2026-01-31\n" in text


def test_an_assessment_made_in_python_is_written_out() -> None:
    answers = {"a": True, "b": 0.5, "c": Fraction(1, 8), "d": {"value": 3, "as_of": date(2026, 1, 1)}, "e": ["x"]}
    assessment = Assessment.model_validate({"rubric": "tiny", "answers": answers})
    assert dump_assessment(assessment) == (
        "rubric: tiny\nanswers:\n  a: true\n  b: 0.5\n  c: 0.125\n"
        "  d:\n    value: 3\n    as_of: 2026-01-01\n  e:\n  - x\n"
    )
    assert parse_assessment(dump_assessment(assessment)) == assessment


@given(cases(dated=True))
def test_any_assessment_reads_back_equal(case: tuple[Rubric, dict[str, Answer | Unknown | NotApplicable]]) -> None:
    """Dump then load of rubric, assessment and result gives an equal object; the digest survives."""
    rubric, answers = case
    assessment = Assessment(rubric=rubric.id, date=date(2026, 1, 31), answers=answers)  # type: ignore[arg-type]
    assert parse_assessment(dump_assessment(assessment)) == assessment


def test_written_numbers_compare_by_value() -> None:
    assert WrittenInt("7") == 7
    assert WrittenDecimal("0.5") == Fraction(1, 2)
