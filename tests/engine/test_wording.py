"""Figures in words: rounded so that nothing seems to have reached what it has not."""

from fractions import Fraction
from typing import Any

import pytest
from engine_rubrics import CUTS, NORMAL, REASON, dimension, one, pointed, rubric, scored, staged

from humanai_maturity.engine.result import NodeResult
from humanai_maturity.engine.wording import (
    number,
    open_scores,
    open_stages,
    score_bounds,
    score_span,
    shown_score,
    shown_stage,
    stage_span,
)

THIRDS = one(staged("a", allow_not_applicable=True), staged("b"), staged("c"))
"""The score of its dimension lies on thirds."""


def node(answers: dict[str, Any], tiny: Any = THIRDS) -> NodeResult:
    row = scored(tiny, answers)["d"]
    assert isinstance(row, NodeResult)
    return row


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (2.5, "2.5"),
        (3.0, "3"),
        (Fraction(1, 3), "0.33"),
        (0.0004, "0.0004"),
        (-0.00042, "-0.0004"),
        (0, "0"),
        (-0.0, "0"),
    ],
)
def test_a_number_as_people_read_it(value: float, text: str) -> None:
    assert number(value) == text


def test_bounds_of_a_score_are_rounded_outward() -> None:
    row = node({"b": "2"})
    assert (row.exact.low, row.exact.high) == (Fraction(4, 3), Fraction(8, 3))
    assert score_bounds(row, 1) == ("1.3", "2.7")
    assert (score_span(row, 2), stage_span(row)) == ("from 1.33 to 2.67", "from Stage 1 to Stage 2")


def test_bounds_of_a_criterion_lose_their_zeros_and_those_of_a_dimension_keep_them() -> None:
    card = scored(THIRDS, {"a": "2", "b": "2", "c": "2"})
    assert (score_span(card["a"], 1), score_span(card["d"], 1)) == ("2", "2.0")
    assert score_bounds(scored(THIRDS)["a"], 1) == ("1", "3")


def test_what_does_not_apply_has_no_bounds() -> None:
    row = scored(THIRDS, {"a": REASON})["a"]
    assert (score_bounds(row, 1), score_span(row, 1), stage_span(row)) == (("", ""), "", "")


@pytest.mark.parametrize(
    ("answers", "shown", "stages", "scores"),
    [
        ({}, "open", "Stage 1 to Stage 3", "1.0 to 3.0"),
        ({"b": "2"}, "Stage 2", "Stage 1 to Stage 2", "1.3 to 2.7"),
        ({"a": "3", "b": "3"}, "Stage 3", "Stage 2 to Stage 3", "2.3 to 3.0"),
        ({"a": "3", "b": "3", "c": "2"}, "Stage 2", "", ""),
    ],
)
def test_what_is_open_is_told_where_it_says_more(answers: dict[str, str], shown: str, stages: str, scores: str) -> None:
    row = node(answers)
    assert (shown_stage(row), open_stages(row), open_scores(row, 1)) == (shown, stages, scores)


def test_a_node_on_points_has_no_stage() -> None:
    row = node({"a": 1}, one(pointed("a"), stage=CUTS))
    assert (shown_stage(row), open_stages(row), stage_span(row)) == ("-", "", "")


@pytest.mark.parametrize(
    ("display", "shown"),
    [({}, "1.7"), ({"mode": "down"}, "1.6"), ({"digits": 0}, "2"), ({"minimum": 0, "maximum": 100}, "1.7")],
)
def test_a_score_is_told_as_it_is_shown_where_that_only_rounds_it(display: dict[str, Any], shown: str) -> None:
    tiny = rubric(dimension("d", staged("a"), staged("b", weight=2)), display=display)
    assert shown_score(node({"a": "3", "b": "1"}, tiny)) == shown


def test_without_a_score_none_is_told() -> None:
    assert shown_score(node({}, one(staged("a"), pointed("b"), stage=CUTS, defaults=NORMAL))) == ""
