"""Answers to try a rubric with begin with the worst and end with the best that a question takes."""

from fractions import Fraction
from typing import Any

import pytest
from engine_rubrics import one, staged
from hypothesis import given
from strategies import AGGREGATORS, MEASURES, best_answers, questions, rubrics, worst_answers

from humanai_maturity.engine import Scorer
from humanai_maturity.lint.answers import is_listed, levels, stand_ins
from humanai_maturity.lint.study import Study
from humanai_maturity.model.rubric import Rubric


def worths(scale: dict[str, Any], **more: Any) -> list[Fraction]:
    rubric = one({"id": "a", "title": "A", "scale": scale, **more}, stage={"cuts": {"s2": 1, "s3": 2}})
    return [level.worth for level in levels(questions(rubric)[0], rubric, grade=None)]


@pytest.mark.parametrize(
    ("scale", "expected"),
    [
        ({"type": "yes_no"}, [0, 1]),
        ({"type": "choice", "options": [{"id": "b", "points": 5}, {"id": "a", "points": 1}]}, [1, 5]),
        ({"type": "checklist", "items": [{"id": "x", "points": 2}, {"id": "y", "points": -1}]}, [-1, 0, 2]),
        ({"type": "checklist", "items": [{"id": "x", "stage": 2}, {"id": "y", "stage": 3}]}, [1, 2, 3]),
        ({"type": "metric", "bands": {"s2": 5, "s3": 10}, "maximum": 7}, [1, 2, Fraction(11, 5), Fraction(12, 5)]),
        ({"type": "metric", "range": {"worst": 0, "best": 10}, "minimum": 5}, [Fraction(1, 2), Fraction(3, 4), 1]),
        ({"type": "custom", "measure": "m", "minimum": 0, "maximum": 4}, [0, 1, 2, 3, 4]),
    ],
)
def test_levels_rise(scale: dict[str, Any], expected: list[Any]) -> None:
    assert worths(scale) == expected


def test_levels_are_taken_from_all_ways_to_answer() -> None:
    more = [{"type": "yes_no", "yes": "s3", "no": "s1"}]
    assert worths(
        {"type": "choice", "options": [{"id": "o", "stage": 1}, {"id": "p", "stage": 2}]}, otherwise=more
    ) == [1, 2, 3]


@given(rubrics())
def test_the_ends_are_the_worst_and_the_best(rubric: Rubric) -> None:
    """Compared with the answers that the strategies know as the worst and the best."""
    study = Study(rubric)
    scorer = Scorer(rubric, measures=MEASURES, aggregators=AGGREGATORS)
    for own, known in ((study.best_answers, best_answers(rubric)), (study.worst_answers, worst_answers(rubric))):
        one_card, other = scorer.score(own), scorer.score(known)
        assert [row.exact.score for row in one_card.criteria] == [row.exact.score for row in other.criteria]


def test_what_can_be_listed() -> None:
    rubric = one(staged("a"), {"id": "b", "title": "B", "scale": {"type": "metric", "bands": {"s2": 1, "s3": 2}}})
    assert [is_listed(question) for question in questions(rubric)] == [True, False]


def test_measures_are_stood_in_for() -> None:
    rubric = one(
        {"id": "a", "title": "A", "scale": {"type": "custom", "measure": "m", "minimum": 0, "maximum": 4}},
        stage={"cuts": {"s2": 1, "s3": 2}},
    )
    assert stand_ins(rubric)["m"](3, {}) == 3
