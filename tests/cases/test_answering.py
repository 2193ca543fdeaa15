"""What a case answers: its own answers before those it takes over, and the best that claims no more."""

from typing import Any

import pytest
from engine_rubrics import one, staged

from humanai_maturity.cases.answering import answered
from humanai_maturity.engine import Scorer
from humanai_maturity.model.cases import Cases
from humanai_maturity.model.rubric import Rubric

ANY = {"score": 0}
REASON = {"not_applicable": "We have none."}


def cases(*each: dict[str, Any]) -> Cases:
    return Cases.model_validate(
        {"rubric": "tiny", "cases": [{"id": f"c{place}", "expect": ANY, **case} for place, case in enumerate(each)]}
    )


def worth(scale: dict[str, Any], others: dict[str, Any], **more: Any) -> float | None:
    """Return what the answer claims that `others` gives to a criterion with this scale."""
    rubric = one({"id": "a", "title": "A", "scale": scale, **more}, stages=5, stage={"lowest": [{"cuts": CUTS}]})
    full = answered(0, cases({"others": others}), rubric)
    assert bool(full.unanswered) == ("a" not in full.assessment.answers)
    return None if full.unanswered else Scorer(rubric).score(full.assessment)["a"].score


CUTS = {"s2": 1, "s3": 2, "s4": 3, "s5": 4}
CHOICE = {"type": "choice", "options": [{"id": "a", "stage": 1}, {"id": "b", "stage": 3}, {"id": "c", "stage": 5}]}
ITEMS = [("both", 2), ("of", 2), ("then", 3), ("last", 5)]
CHECKLIST = {"type": "checklist", "items": [{"id": item, "stage": stage} for item, stage in ITEMS]}
BANDS = {"type": "metric", "bands": {"s2": 0.5, "s3": 0.6, "s4": 0.7, "s5": 0.8}}
SECONDS = {"type": "metric", "direction": "lower", "bands": {"s2": 60, "s3": 50, "s4": 40, "s5": 30}}
RANGE = {"type": "metric", "range": {"worst": 0, "best": 1, "onto": "stages"}}


@pytest.mark.parametrize(
    "scale", [CHOICE, CHECKLIST, BANDS, SECONDS, RANGE, {"type": "yes_no", "yes": "s5", "no": "s1"}]
)
def test_an_answer_claims_as_much_as_it_can_and_no_more(scale: dict[str, Any]) -> None:
    claims = [worth(scale, {"stage": stage}) for stage in range(1, 6)]
    assert None not in claims
    assert all(claim <= stage for stage, claim in enumerate(claims, 1))  # type: ignore[operator]
    assert claims == sorted(claims)  # type: ignore[type-var]
    assert (claims[0], claims[-1]) == (1, 5)
    if scale not in (CHOICE, CHECKLIST) and scale["type"] == "metric":
        assert claims == [1, 2, 3, 4, 5]


def test_between_two_options_the_lower_one_is_chosen() -> None:
    assert [worth(CHOICE, {"stage": stage}) for stage in (2, 4)] == [1, 3]
    assert worth({"type": "checklist", "items": CHECKLIST["items"][:3]}, {"stage": 4}) == 3


@pytest.mark.parametrize(
    ("scale", "worst", "best"),
    [
        ({"type": "choice", "options": [{"id": "a", "points": 2}, {"id": "b", "points": -1}]}, -1, 2),
        ({"type": "checklist", "items": [{"id": "a", "points": 2}, {"id": "b", "points": -1}]}, -1, 2),
        ({"type": "yes_no", "yes": -5, "no": 0}, -5, 0),
        ({"type": "metric", "range": {"worst": 600, "best": 60}, "direction": "lower"}, 0, 1),
        (BANDS, 1, 5),
        (CHECKLIST, 1, 5),
    ],
)
def test_the_best_and_the_worst_answer(scale: dict[str, Any], worst: int, best: int) -> None:
    assert (worth(scale, {"worth": "worst"}), worth(scale, {"worth": "best"})) == (worst, best)


def test_points_stand_at_no_stage_and_a_measure_takes_nobody_knows_what() -> None:
    assert worth({"type": "yes_no"}, {"stage": 3}) is None
    rubric = one({"id": "a", "title": "A", "scale": {"type": "custom", "measure": "m"}})
    full = answered(0, cases({"others": {"worth": "best"}}), rubric)
    assert [criterion.id for criterion in full.unanswered] == ["a"]


def test_a_first_stage_that_a_metric_cannot_show_is_not_invented() -> None:
    assert worth({**BANDS, "minimum": 0.5}, {"stage": 1}) is None
    assert worth({**BANDS, "minimum": 0.5}, {"stage": 2}) == 2


def test_where_one_scale_has_no_answer_the_next_one_is_used() -> None:
    custom = {"type": "custom", "measure": "m"}
    rubric = one({"id": "a", "title": "A", "scale": custom, "otherwise": [CHOICE]}, stages=5)
    full = answered(0, cases({"others": {"stage": 3}}), rubric)
    assert full.assessment.answers["a"].values == {"choice": "b"}


def rubric() -> Rubric:
    return one(staged("a"), staged("b", allow_not_applicable=True), staged("c"))


def test_others_leave_alone_what_is_answered() -> None:
    case = {"answers": {"a": "3", "b": REASON, "c": {"unknown": "dont-know"}}, "others": {"stage": 1}}
    answers = answered(0, cases(case), rubric()).assessment.answers
    assert answers["a"].value == "3"
    assert answers["b"].not_applicable == "We have none."
    assert answers["c"].unknown == "dont-know"


def test_a_case_takes_over_what_it_does_not_give_itself() -> None:
    first = {"answers": {"a": "1", "b": "1"}, "others": {"stage": 3}, "date": "2026-01-31"}
    full = answered(2, cases(first, {"like": "c0", "answers": {"b": "2"}}, {"like": "c1"}), rubric()).assessment
    assert [full.answers[name].value for name in "ab"] == ["1", "2"]
    assert full.answers["c"].values == {"choice": "3"}
    assert str(full.date) == "2026-01-31"


def test_its_own_others_and_date_go_before_those_taken_over() -> None:
    first = {"others": {"stage": 3, "evidence": "word"}, "date": "2026-01-31"}
    second = {"like": "c0", "others": {"stage": 1}, "date": "2026-02-28"}
    full = answered(1, cases(first, second), rubric()).assessment
    assert full.answers["a"].values == {"choice": "1"}
    assert full.answers["a"].evidence is None
    assert str(full.date) == "2026-02-28"
