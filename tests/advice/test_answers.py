"""The least answer that claims a value, on each scale."""

from fractions import Fraction
from typing import Any

import pytest
from advised_rubrics import advised

from humanai_maturity.advice.answers import answer_for
from humanai_maturity.advice.situation import Place
from humanai_maturity.model.rubric import Criterion

RUBRIC = advised()
CHOICE = {"type": "choice", "options": [{"id": "a", "stage": 1}, {"id": "b", "stage": 2}, {"id": "c", "stage": "top"}]}
LIST = {
    "type": "checklist",
    "items": [{"id": "x", "stage": "mid"}, {"id": "y", "stage": "top"}, {"id": "z", "stage": 3}],
}


def place(**fields: Any) -> Place:
    known: dict[str, Any] = {"applies": True, "claimed": Fraction(1), "supported": Fraction(1), "scale": None}
    return Place(**{**known, "evidence": None, "ahead": (), **fields})


def least(scale: dict[str, Any], value: Fraction, where: Place | None = None, *others: dict[str, Any]) -> Any:
    question = Criterion(id="q", title="Q", scale=scale, otherwise=others)
    answer = answer_for(question, value, where or place(), RUBRIC)
    return None if answer is None else answer.value


@pytest.mark.parametrize(
    ("scale", "value", "expected"),
    [
        (CHOICE, 2, "b"),
        (CHOICE, Fraction(5, 2), "c"),
        ({"type": "choice", "options": [{"id": "a", "points": 1}, {"id": "b", "points": 4}]}, 2, "b"),
        ({"type": "choice", "options": [{"id": "a", "points": 1}, {"id": "b", "points": 4}]}, 5, None),
        ({"type": "yes_no", "yes": "top", "no": "low"}, 3, True),
        ({"type": "yes_no", "yes": 0, "no": 1}, 1, False),
        ({"type": "yes_no", "yes": "mid", "no": "low"}, 3, None),
        (LIST, 2, ("x",)),
        (LIST, 3, ("x", "y", "z")),
        ({"type": "checklist", "items": [{"id": "x", "points": 1}]}, 1, None),
        ({"type": "metric", "bands": {"mid": 0.25, "top": 0.5}}, 3, Fraction(1, 2)),
        ({"type": "metric", "bands": {"mid": 0.25}}, 3, None),
        ({"type": "metric", "bands": {"mid": 0.25, "top": 2}, "maximum": 1}, 3, None),
        ({"type": "metric", "direction": "lower", "bands": {"mid": 2, "top": -1}, "minimum": 0}, 3, None),
        ({"type": "metric", "direction": "lower", "range": {"worst": 9, "best": 1, "onto": "stages"}}, 2, Fraction(5)),
        ({"type": "metric", "range": {"worst": 0, "best": 50}}, Fraction(1, 2), Fraction(25)),
        ({"type": "metric", "range": {"worst": 10, "best": 20, "least": 1, "most": 2}}, Fraction(3, 2), Fraction(15)),
        ({"type": "custom", "measure": "own"}, 2, None),
    ],
)
def test_the_least_answer_on_each_scale(scale: dict[str, Any], value: int, expected: object) -> None:
    assert least(scale, Fraction(value)) == expected


def test_items_that_hold_already_are_kept() -> None:
    assert least(LIST, Fraction(2), place(ahead=("z",))) == ("x", "z")


def test_the_scale_in_use_comes_first_and_others_where_it_leads_nowhere() -> None:
    assert least(CHOICE, Fraction(3), place(scale="yes_no"), {"type": "yes_no", "yes": "top", "no": "low"}) is True
    assert least({"type": "custom", "measure": "own"}, Fraction(3), place(scale="custom"), CHOICE) == "c"


def test_the_evidence_is_as_weak_as_it_can_be_but_no_weaker_than_now() -> None:
    question = Criterion(id="q", title="Q", scale=CHOICE)

    def grade(value: int, now: str | None) -> str | None:
        answer = answer_for(question, Fraction(value), place(evidence=now), RUBRIC)
        return None if answer is None else answer.evidence

    assert [grade(2, None), grade(2, "seen"), grade(3, "said")] == ["said", "seen", "seen"]
