"""Differences between what a case expects and what a rubric makes of it."""

from typing import Any

import pytest
from engine_rubrics import one, staged

import humanai_maturity as hm
from humanai_maturity.cases import run_cases
from humanai_maturity.model.cases import Cases

FLAG = {
    "id": "low",
    "severity": "warn",
    "says": "Low.",
    "raised_when": {"criterion": "a", "at_most": 1},
    "caps": {"overall": 1},
}


def rubric(**more: Any) -> hm.Rubric:
    return one(staged("a"), staged("b", weight=2), stage={"lowest": "children"}, flags=[FLAG], **more)


def differences(expect: dict[str, Any], answers: dict[str, Any], **case: Any) -> list[tuple[Any, ...]]:
    cases = {"rubric": "tiny", "cases": [{"id": "c", "answers": answers, "expect": expect, **case}]}
    [result] = run_cases(rubric(), Cases.model_validate(cases))
    assert result.passed == (not result.differences)
    return [(each.node, each.field, each.expected, each.found) for each in result.differences]


ANSWERS = {"a": "2", "b": "3"}


@pytest.mark.parametrize(
    ("expect", "difference"),
    [
        ({"stage": 3}, ("overall", "stage", "s3", "s2")),
        ({"stage": None}, ("overall", "stage", None, "s2")),
        ({"stage_raw": 3}, ("overall", "stage_raw", "s3", "s2")),
        ({"stage_low": "s1"}, ("overall", "stage_low", "s1", "s2")),
        ({"stage_high": "s3"}, ("overall", "stage_high", "s3", "s2")),
        ({"score": 2}, ("overall", "score", "2", "8/3")),
        ({"score": None}, ("overall", "score", None, "8/3")),
        ({"score": {"value": 2.6, "digits": 1}}, ("overall", "score", "2.6", "8/3")),
        ({"low": 2}, ("overall", "low", "2", "8/3")),
        ({"high": "17/6"}, ("overall", "high", "17/6", "8/3")),
        ({"coverage": 0.5}, ("overall", "coverage", "1/2", "1")),
        ({"state": "unknown"}, ("overall", "state", "unknown", "answered")),
        ({"reasons": ["flag"]}, ("overall", "reasons", ("flag",), ())),
        ({"flags": ["low"]}, ("overall", "flags", ("low",), ())),
        ({"blockers": []}, ("overall", "blockers", (), ("d",))),
        ({"nodes": {"d": {"stage": 3}}}, ("d", "stage", "s3", "s2")),
        ({"nodes": {"a": {"claimed": 3}}}, ("a", "claimed", "3", "2")),
        ({"nodes": {"overall": {"stage": 1}}}, ("overall", "stage", "s1", "s2")),
    ],
)
def test_each_expectation_can_fail(expect: dict[str, Any], difference: tuple[Any, ...]) -> None:
    assert differences(expect, ANSWERS) == [difference]


def test_what_is_met_is_counted() -> None:
    expect = {
        "stage": "s2",
        "score": "8/3",
        "low": {"value": 2.6, "digits": 1, "mode": "down"},
        "flags": [],
        "blockers": ["d"],
        "nodes": {"a": {"stage": 2, "reasons": []}},
    }
    cases = Cases.model_validate({"rubric": "tiny", "cases": [{"id": "c", "answers": ANSWERS, "expect": expect}]})
    [result] = run_cases(rubric(), cases)
    assert (result.passed, result.compared, result.card.stage and result.card.stage.id) == (True, 7, "s2")


def test_flags_and_reasons_are_compared_as_sets() -> None:
    answers = {"a": "1", "b": "3"}
    assert not differences({"flags": ["low", "low"], "stage": 1, "blockers": ["low"], "reasons": ["flag"]}, answers)


def test_a_policy_holds_for_its_case_alone() -> None:
    known = {"id": "known", "answers": {"a": "2"}, "expect": {"score": 2}}
    worst = {"id": "worst", "like": "known", "policy": {"missing": "worst"}, "expect": {"score": "4/3"}}
    floor = {"id": "floor", "like": "known", "policy": {"coverage_floor": 0.5}, "expect": {"score": None}}
    cases = {
        "rubric": {"id": "tiny", "digest": hm.digest(rubric())},
        "cases": [known, worst, floor, known | {"id": "k"}],
    }
    assert [result.passed for result in run_cases(rubric(), Cases.model_validate(cases))] == [True] * 4


def test_a_difference_says_where_it_is_and_what_in_words() -> None:
    cases = {"rubric": "tiny", "cases": [{"id": "c", "answers": ANSWERS, "expect": {"nodes": {"d": {"score": 2}}}}]}
    [difference] = run_cases(rubric(), Cases.model_validate(cases))[0].differences
    assert difference.path == "cases[0].expect.nodes.d.score"
    assert difference.text == "d: score is 8/3 (2.6667), expected 2"


def test_cases_made_in_python_are_checked_too() -> None:
    cases = Cases.model_validate({"rubric": "tiny", "cases": [{"id": "c", "expect": {"stage": "s9"}}]})
    with pytest.raises(hm.CaseError, match="unknown-stage"):
        run_cases(rubric(), cases)
    cases = Cases.model_validate(
        {"rubric": "tiny", "cases": [{"id": "c", "answers": {"x": 1}, "expect": {"stage": 1}}]}
    )
    with pytest.raises(hm.AnswerError, match="unknown-criterion"):
        run_cases(rubric(), cases)
