"""Rows: shares, contributions, counts and how a score is shown."""

from fractions import Fraction
from typing import Any

import pytest
from engine_rubrics import CUTS, NORMAL, REASON, dimension, one, pointed, rubric, scored, staged

from humanai_maturity.engine import Scorecard
from humanai_maturity.engine.result import NodeResult

MAYBE = {"allow_not_applicable": True}


def parts(card: Scorecard, *names: str) -> list[tuple[Fraction | None, Fraction | None]]:
    """Return the share of each row and what it adds."""
    return [(card[name].exact.weight_used, card[name].exact.contribution) for name in names]


def of_three(
    rule: dict[str, Any], answers: dict[str, Any], **more: Any
) -> list[tuple[Fraction | None, Fraction | None]]:
    children = pointed("a", weight=2), pointed("b", **MAYBE), pointed("c")
    return parts(scored(rubric(dimension("d", *children, score=rule, **more), stage=CUTS), answers), "a", "b", "c")


MEAN, SUM, LEAST = {"rule": "mean"}, {"rule": "sum", "base": 5}, {"rule": "min"}
ALL = {"a": 0.5, "b": 1, "c": 0.2}


def test_contributions_to_a_mean_are_shares_of_values() -> None:
    assert of_three(MEAN, ALL) == [
        (Fraction(1, 2), Fraction(1, 4)),
        (Fraction(1, 4), Fraction(1, 4)),
        (Fraction(1, 4), Fraction(1, 20)),
    ]


def test_what_is_left_out_or_does_not_apply_has_no_share() -> None:
    assert of_three(MEAN, {"a": 0.5, "b": 1}) == [
        (Fraction(2, 3), Fraction(1, 3)),
        (Fraction(1, 3), Fraction(1, 3)),
        (0, None),
    ]
    assert of_three(MEAN, {"a": 0.5, "b": REASON, "c": 1}) == [
        (Fraction(2, 3), Fraction(1, 3)),
        (None, None),
        (Fraction(1, 3), Fraction(1, 3)),
    ]
    assert of_three(MEAN, {}) == [(0, None)] * 3


def test_the_worst_has_a_share() -> None:
    assert of_three(MEAN, {"a": 0.5, "b": 1}, missing="worst")[2] == (Fraction(1, 4), 0)


def test_contributions_to_a_sum_are_weights_times_values() -> None:
    assert [contribution for _, contribution in of_three(SUM, ALL)] == [1, 1, Fraction(1, 5)]
    assert [contribution for _, contribution in of_three(SUM, {"a": 0.5, "b": REASON, "c": 1})] == [1, None, 1]
    assert [contribution for _, contribution in of_three(SUM, {"a": 0.5, "b": 1})] == [None] * 3


def test_other_rules_have_shares_only() -> None:
    assert of_three(LEAST, ALL) == [(Fraction(1, 2), None), (Fraction(1, 4), None), (Fraction(1, 4), None)]


def test_normalised_contributions() -> None:
    tiny = one(staged("a"), pointed("b", 4, weight=3), defaults=NORMAL, stage=CUTS)
    assert parts(scored(tiny, {"a": "2", "b": 1}), "a", "b") == [
        (Fraction(1, 4), Fraction(1, 8)),
        (Fraction(3, 4), Fraction(3, 16)),
    ]


def test_a_range_of_one_value_contributes_nothing() -> None:
    flat = dimension("flat", pointed("a"), score={"rule": "min", "round": {"digits": 0, "mode": "floor"}})
    flat["criteria"][0]["scale"] = {"type": "custom", "measure": "as_given", "minimum": 0, "maximum": "1/2"}
    tiny = rubric(flat, dimension("d", pointed("b")), stage=CUTS, score={"rule": "mean", "normalise": True})
    assert parts(scored(tiny, {"a": 0.5, "b": 1}), "flat", "d") == [
        (Fraction(1, 2), 0),
        (Fraction(1, 2), Fraction(1, 2)),
    ]


def test_no_shares_where_the_score_skips_the_children() -> None:
    over = {"rule": "mean", "over": "leaves"}
    tiny = rubric(dimension("d", staged("a"), staged("b")), score=over)
    card = scored(tiny, {"a": "1", "b": "3"})
    assert parts(card, "d", "a") == [(None, None), (Fraction(1, 2), Fraction(1, 2))]
    flat = rubric(dimension("d", staged("a"), staged("b"), score=over))
    assert parts(scored(flat, {"a": "1", "b": "3"}), "d", "a") == [(1, 2), (Fraction(1, 2), Fraction(1, 2))]


def test_the_whole_and_facts_have_no_share() -> None:
    card = scored(one(staged("a"), facts=[staged("k")]), {"a": "1", "k": "2"})
    assert parts(card, "overall", "k") == [(None, None), (None, None)]
    assert (card["k"].weight, card["k"].parent, card["overall"].parent) == (None, None, None)
    assert (card["a"].weight, card["a"].parent, card["d"].parent) == (1, "d", "overall")


def test_a_node_without_a_point_passes_nothing_on() -> None:
    tiny = rubric(dimension("d", staged("a"), staged("b")), missing="required")
    assert parts(scored(tiny, {"a": "3"}), "a", "b", "d") == [(0, None), (0, None), (0, None)]


def test_states_are_counted_below_each_node() -> None:
    under = dimension("under", staged("c", **MAYBE), staged("e"))
    tiny = rubric(dimension("d", staged("a"), staged("b"), dimensions=[under]))
    card = scored(tiny, {"a": "3", "c": REASON, "e": {"unknown": "pending"}})
    found = [(node.answered, node.unknown, node.not_applicable) for node in card.nodes]
    assert found == [(1, 2, 1), (1, 2, 1), (0, 1, 1)]
    assert [node.children for node in card.nodes] == [("d",), ("a", "b", "under"), ("c", "e")]


def shown(value: Any, best: Any = 1, **display: Any) -> str | None:
    found = scored(one(pointed("a", best), stage=CUTS, display=display), {"a": value})["d"]
    assert isinstance(found, NodeResult)
    return found.shown


@pytest.mark.parametrize(
    ("value", "display", "text"),
    [
        (0.25, {}, "0.2"),
        (0.35, {}, "0.4"),
        (0.25, {"mode": "half_up"}, "0.3"),
        (0.29, {"mode": "down"}, "0.2"),
        (0.5, {"digits": 0}, "0"),
        (1, {"digits": 0}, "1"),
        (0.05, {"digits": 3}, "0.050"),
        (0.25, {"minimum": 0, "maximum": 100, "digits": 0}, "25"),
        (0.25, {"minimum": 1, "maximum": 5, "digits": 2}, "2.00"),
        (0.25, {"minimum": -100, "maximum": 100, "digits": 1}, "-50.0"),
        (0.4995, {"minimum": -100, "maximum": 100, "digits": 1}, "-0.1"),
        (0.4999, {"minimum": -100, "maximum": 100, "digits": 1}, "0.0"),
        (0.25, {"minimum": 5, "maximum": 1, "digits": 0}, "4"),
    ],
)
def test_a_score_is_shown_as_the_rubric_wants(value: float, display: dict[str, Any], text: str) -> None:
    assert shown(value, **display) == text


def test_a_score_is_shown_from_its_own_range() -> None:
    assert shown(2, 8, minimum=0, maximum=100, digits=0) == "25"
    assert shown(12, 20, digits=2) == "12.00"


def test_a_range_of_one_value_is_shown_as_it_is() -> None:
    flat = dimension("flat", pointed("a"), score={"rule": "min", "round": {"digits": 0, "mode": "floor"}})
    flat["criteria"][0]["scale"] = {"type": "custom", "measure": "as_given", "minimum": 0, "maximum": "1/2"}
    tiny = rubric(flat, stage=CUTS, display={"minimum": 1, "maximum": 5})
    assert [node.shown for node in scored(tiny, {"a": 0.5}).nodes] == ["0.0", "0.0"]


def test_without_a_score_nothing_is_shown() -> None:
    assert [node.shown for node in scored(one(staged("a"))).nodes] == [None, None]


def test_a_node_that_does_not_apply_says_nothing_else() -> None:
    away = dimension("away", staged("b"), weight=2, **MAYBE)
    row = scored(rubric(dimension("d", staged("a")), away), {"a": "2", "away": REASON})["away"]
    assert (row.state, row.score, row.low, row.stage, row.stage_high, row.coverage) == ("not_applicable", *[None] * 5)
    assert (row.exact.not_applicable, row.exact.weight, row.reasons) == (1, 2, ())


def test_stages_of_a_criterion() -> None:
    items = [{"id": "x", "stage": 2}, {"id": "y", "stage": 2}]
    half = {"id": "a", "title": "A", "scale": {"type": "checklist", "items": items}}
    row = scored(one(half), {"a": ["x"]})["a"]
    assert row.exact.score == Fraction(3, 2)
    assert row.stage is not None
    assert row.stage.number == 1
    unknown = scored(one(half))["a"]
    assert [stage and stage.number for stage in (unknown.stage, unknown.stage_low, unknown.stage_high)] == [None, 1, 2]


def test_nothing_contributes_to_a_voided_node() -> None:
    children = pointed("a", weight=2), pointed("b")
    card = scored(rubric(dimension("d", *children, missing="void"), stage=CUTS), {"a": 0.5})
    assert card["d"].exact.score == 0
    assert card["a"].contribution is None
