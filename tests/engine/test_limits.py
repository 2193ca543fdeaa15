"""Each limit holds down what it says, never below the range, and says why."""

from fractions import Fraction
from typing import Any

import pytest
from engine_rubrics import GRADES, REASON, dimension, one, rubric, scored, scores, staged, stages

from humanai_maturity.engine import Scorecard

MAYBE = {"allow_not_applicable": True}


def reasons(card: Scorecard, name: str) -> list[tuple[str, str | None, float | None, str]]:
    return [(each.code, each.by, each.limit, each.text) for each in card[name].reasons]


def high(name: str, **more: Any) -> dict[str, Any]:
    """Return a criterion whose range begins at the second stage."""
    criterion = staged(name, **more)
    criterion["scale"]["options"] = criterion["scale"]["options"][1:]
    return criterion


def halves(name: str) -> dict[str, Any]:
    """Return a criterion that can be worth 3/2."""
    items = [{"id": "x", "stage": 2}, {"id": "y", "stage": 2}, {"id": "z", "stage": 3}]
    return {"id": name, "title": name.upper(), "scale": {"type": "checklist", "items": items}}


def test_evidence_supports_up_to_its_stage() -> None:
    card = scored(one(staged("a"), evidence_grades=GRADES), {"a": {"value": "3", "evidence": "paper"}})
    assert (card["a"].exact.claimed, scores(card, "a")) == (3, (2, 2, 2))
    text = "evidence of the grade 'paper' supports at most Stage 2"
    assert reasons(card, "a") == [("evidence", "paper", 2.0, text)]


def test_evidence_that_suffices_is_no_reason() -> None:
    card = scored(one(staged("a"), evidence_grades=GRADES), {"a": {"value": "2", "evidence": "paper"}})
    assert reasons(card, "a") == []


def test_evidence_does_not_hold_an_unknown() -> None:
    assert scores(scored(one(staged("a"), evidence_grades=GRADES)), "a") == (1, None, 3)


def test_evidence_never_holds_below_the_range() -> None:
    assert scores(scored(one(high("a"), evidence_grades=GRADES), {"a": "3"}), "a") == (2, 2, 2)


def prepared(answer: Any, at_least: Any = "s2", for_stage: Any = "s2", kind: Any = staged) -> Scorecard:
    needs = {"criterion": "p", "at_least": at_least, "for_stage": for_stage}
    tiny = one(kind("a", prerequisites=[needs]), staged("p", **MAYBE))
    return scored(tiny, {"a": "3"} | ({} if answer is None else {"p": answer}))


@pytest.mark.parametrize(
    ("answer", "expected"),
    [("1", (1, 1, 1)), ("2", (3, 3, 3)), ("3", (3, 3, 3)), (REASON, (3, 3, 3)), (None, (1, 1, 3))],
)
def test_a_prerequisite_holds_below_its_stage_until_it_is_met(answer: Any, expected: tuple[int, ...]) -> None:
    assert scores(prepared(answer), "a") == expected


def test_a_prerequisite_leaves_the_stages_before_its_own() -> None:
    assert scores(prepared("1", for_stage=3), "a") == (2, 2, 2)
    assert scores(prepared("2", at_least=2.5, for_stage=3), "a") == (2, 2, 2)


def test_a_prerequisite_says_what_is_missing() -> None:
    text = "P has to be at Stage 2 first, before Stage 3 can be claimed"
    assert reasons(prepared("1", for_stage=3), "a") == [("prerequisite", "p", 2.0, text)]
    text = "P has to be at 2.5 first, before Stage 3 can be claimed"
    assert reasons(prepared("1", at_least=2.5, for_stage="s3"), "a") == [("prerequisite", "p", 2.0, text)]


def test_a_prerequisite_never_holds_below_the_range() -> None:
    card = prepared("1", kind=high)
    assert scores(card, "a") == (2, 2, 2)
    assert reasons(card, "a")[0][2] == 1.0


def test_an_unknown_is_held_at_its_best_by_what_is_unmet() -> None:
    needs = {"criterion": "p", "at_least": "s2", "for_stage": "s3"}
    card = scored(one(staged("a", prerequisites=[needs]), staged("p")), {"p": "1"})
    assert scores(card, "a") == (1, None, 2)
    assert scores(card, "d") == (1, 1, 2)


def countered(answer: Any, *, kind: Any = staged, of: Any = None, **counter: Any) -> Scorecard:
    other = of or staged("k", **MAYBE)
    tiny = one(kind("a", counter={"criterion": "k", **counter}), other)
    return scored(tiny, {"a": "3"} | ({} if answer is None else {"k": answer}))


@pytest.mark.parametrize(
    ("plus", "answer", "expected"),
    [(1, "1", 2), (1, "2", 3), (0, "2", 2), ("1/3", "1", Fraction(4, 3)), (0.25, "2", Fraction(9, 4))],
)
def test_a_counter_leaves_a_margin_above_it(plus: Any, answer: str, expected: Fraction) -> None:
    assert scores(countered(answer, plus=plus), "a") == (expected, expected, expected)


def test_a_counter_is_one_stage_by_default() -> None:
    card = countered("1")
    assert scores(card, "a") == (2, 2, 2)
    assert reasons(card, "a") == [("counter", "k", 2.0, "K stands at 1, so this may be at most 2")]


def test_a_counter_counts_with_its_fraction() -> None:
    assert scores(countered(["x"], of=halves("k"), plus="1/2"), "a") == (2, 2, 2)
    assert scores(countered(["x"], of=halves("k"), plus="1/3"), "a") == (
        Fraction(11, 6),
        Fraction(11, 6),
        Fraction(11, 6),
    )


def test_an_unknown_counter_only_widens() -> None:
    assert scores(countered(None), "a") == (2, 3, 3)
    assert scores(countered(None, plus=0), "a") == (1, 3, 3)


def test_an_unknown_counter_supports_what_the_rubric_says() -> None:
    assert scores(countered(None, unknown_supports="s1", plus=0), "a") == (1, 1, 3)
    assert scores(countered(None, unknown_supports="s2"), "a") == (2, 2, 3)
    assert scores(countered(None, unknown_supports=2, plus=0), "a") == (1, 2, 3)


def test_a_counter_that_does_not_apply_holds_nothing() -> None:
    assert scores(countered(REASON, unknown_supports="s1", plus=0), "a") == (3, 3, 3)


def test_a_counter_never_holds_below_the_range() -> None:
    assert scores(countered("1", plus=0, kind=high), "a") == (2, 2, 2)


def capped(answers: dict[str, Any], *, target: str = "first", by: str = "second", **cap: Any) -> Scorecard:
    rule = {"cap": [target], "by": by, "because": "Data first.", **cap}
    parts = dimension("first", staged("a")), dimension("second", staged("b"), allow_not_applicable=True)
    return scored(rubric(*parts, caps=[rule], not_applicable_may_lift=True), answers)


def test_a_cap_holds_the_stage_and_not_the_score() -> None:
    card = capped({"a": "3", "b": "1"})
    assert (stages(card, "first"), scores(card, "first")) == ((1, 1, 1), (3, 3, 3))
    assert reasons(card, "first") == [("cap", "second", 1.0, "Data first.")]
    assert stages(card) == (2, 2, 2)


@pytest.mark.parametrize(
    ("cap", "b", "expected"),
    [
        ({"plus": 1}, "1", 2),
        ({"plus": 1}, "2", 3),
        ({"from_stage": "s3"}, "1", 2),
        ({"from_stage": 2}, "1", 1),
        ({"from_stage": "s3", "plus": 1}, "2", 3),
        ({}, REASON, None),
    ],
)
def test_a_cap_leaves_its_margin_and_the_stages_before_it_begins(cap: Any, b: Any, expected: int | None) -> None:
    name, b = ("b", b) if b is not REASON else ("second", REASON)
    assert stages(capped({"a": "3", name: b}, **cap), "first")[1] == (expected or 3)


def test_a_cap_by_what_is_unknown() -> None:
    assert stages(capped({"a": "3"}), "first") == (1, 1, 3)


def test_a_cap_by_a_dimension_without_a_point_is_by_its_lowest() -> None:
    parts = dimension("first", staged("a")), dimension("second", staged("b"), staged("c"), coverage_floor=1)
    cap = {"cap": ["first"], "by": "second", "because": "Data first."}
    assert stages(scored(rubric(*parts, caps=[cap]), {"a": "3", "b": "3"}), "first") == (2, 2, 3)


def test_a_cap_on_a_criterion_holds_its_value() -> None:
    card = capped({"a": "3", "b": "1"}, target="a", by="b", plus=1)
    assert scores(card, "a") == (2, 2, 2)
    assert scores(card, "first") == (2, 2, 2)
    assert reasons(card, "a") == [("cap", "b", 2.0, "Data first.")]


def test_a_cap_on_an_unknown_criterion_holds_its_best() -> None:
    assert scores(capped({"b": "2"}, target="a", by="b"), "a") == (1, None, 2)


def flag(**caps: Any) -> dict[str, Any]:
    low = {"criterion": "b", "at_most": "s1"}
    return {"id": "f", "severity": "block", "raised_when": low, "says": "It hurts.", "caps": caps}


def test_a_flag_holds_nodes_and_criteria_while_it_is_raised() -> None:
    tiny = one(staged("a"), staged("b"), stage={"highest": "children"}, flags=[flag(a="s2", overall=1)])
    card = scored(tiny, {"a": "3", "b": "1"})
    assert scores(card, "a") == (2, 2, 2)
    assert reasons(card, "a") == [("flag", "f", 2.0, "It hurts.")]
    assert card.overall.stage == card.stages[0]
    assert scores(scored(tiny, {"a": "3", "b": "2"}), "a") == (3, 3, 3)
    assert scores(scored(tiny, {"a": "3"}), "a") == (2, 2, 3)


def test_the_lowest_limit_counts_and_all_are_told() -> None:
    needs = {"criterion": "b", "at_least": "s2", "for_stage": "s3"}
    limited = staged("a", prerequisites=[needs], counter={"criterion": "b", "plus": "1/2"})
    card = scored(
        one(limited, staged("b"), flags=[flag(a=2)], evidence_grades=GRADES),
        {
            "a": {"value": "3", "evidence": "paper"},
            "b": {"value": "1", "evidence": "proof"},
        },
    )
    assert scores(card, "a") == (Fraction(3, 2), Fraction(3, 2), Fraction(3, 2))
    assert [reason[:3] for reason in reasons(card, "a")] == [
        ("evidence", "paper", 2.0),
        ("prerequisite", "b", 2.0),
        ("counter", "b", 1.5),
        ("flag", "f", 2.0),
    ]


def test_facts_have_no_limits() -> None:
    card = scored(one(staged("b"), facts=[staged("k")], evidence_grades=GRADES), {"k": "3", "b": "1"})
    assert scores(card, "k") == (3, 3, 3)
