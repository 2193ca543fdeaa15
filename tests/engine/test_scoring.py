"""Score rules at the nodes of a rubric: what counts, on which range, rounded where the rubric says."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import pytest
from engine_rubrics import CUTS, NORMAL, REASON, dimension, one, pointed, rubric, scored, scores, staged, stages

from humanai_maturity.engine import Scorer
from humanai_maturity.errors import PluginError, RubricInvalidError
from humanai_maturity.model.extensions import aggregator

MAYBE = {"allow_not_applicable": True}
AGGREGATOR = {"rule": "aggregator", "name": "own", "params": {"power": 2}}


def on_points(rule: dict[str, Any], *weights: Any, **more: Any) -> Any:
    """Return a rubric whose dimension `d` holds points a, b, ... of these weights."""
    parts = [pointed(name, weight=weight, **MAYBE) for name, weight in zip("abcx", weights, strict=False)]
    return rubric(dimension("d", *parts, score=rule, **more), stage=CUTS)


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ({"rule": "mean"}, Fraction(11, 40)),
        ({"rule": "min"}, Fraction(0)),
        ({"rule": "max"}, Fraction(4, 5)),
        ({"rule": "lower_median"}, Fraction(1, 5)),
        ({"rule": "quantile", "q": "1/5"}, Fraction(0)),
        ({"rule": "quantile", "q": "21/100"}, Fraction(3, 20)),
        ({"rule": "sum"}, Fraction(11, 8)),
        ({"rule": "sum", "base": -1}, Fraction(3, 8)),
        ({"rule": "mean_min", "alpha": "1/2"}, Fraction(11, 80)),
        ({"rule": "power_mean", "exponent": 1}, Fraction(11, 40)),
        ({"rule": "power_mean", "exponent": 0, "floor": "1/5"}, Fraction("0.263901582154579")),
    ],
)
def test_every_rule(rule: dict[str, Any], expected: Fraction) -> None:
    # weights 1, 5/2, 1/2 and 1 of 5; values 0, 1/5, 3/20 and 4/5
    card = scored(on_points(rule, 1, 2.5, 0.5, 1), {"a": 0, "b": 0.2, "c": 0.15, "x": 0.8})
    assert card["d"].exact.score == expected


def test_a_sum_without_some_terms_has_the_share_that_the_others_reach() -> None:
    card = scored(on_points({"rule": "sum", "base": 10}, 2, 3), {"a": 0.5})
    assert scores(card, "d") == (11, Fraction(25, 2), 14)
    assert (card["d"].exact.minimum, card["d"].exact.maximum) == (10, 15)


def test_a_sum_with_everything_known_is_not_stretched() -> None:
    assert scores(scored(on_points({"rule": "sum"}, 2, 3), {"a": 0.5, "b": 0.1}), "d") == (Fraction(13, 10),) * 3


def test_a_sum_loses_what_does_not_apply_with_its_share_of_the_range() -> None:
    card = scored(on_points({"rule": "sum", "base": 10}, 2, 3), {"a": 0.5, "b": REASON})
    assert scores(card, "d") == (11, 11, 11)
    assert (card["d"].exact.minimum, card["d"].exact.maximum) == (10, 12)


def test_a_sum_that_takes_the_worst_adds_it() -> None:
    card = scored(on_points({"rule": "sum", "base": 10}, 2, 3, missing="worst"), {"a": 0.5})
    assert scores(card, "d") == (11, 11, 14)


def test_a_normalised_sum_without_some_terms() -> None:
    parts = staged("a", weight=4), staged("b", weight=1)
    tiny = rubric(dimension("d", *parts, score={"rule": "sum", "normalise": True}), stage=CUTS)
    assert scores(scored(tiny, {"a": "2"}), "d") == (2, Fraction(5, 2), 3)
    assert scores(scored(tiny, {"a": "2", "b": "3"}), "d") == (3, 3, 3)


def test_deductions_that_are_partly_unknown() -> None:
    options = [{"id": "none", "points": 0}, {"id": "some", "points": -1}, {"id": "many", "points": -4}]
    parts = [{"id": name, "title": name, "scale": {"type": "choice", "options": options}} for name in ("a", "b")]
    tiny = rubric(dimension("d", *parts, score={"rule": "sum", "base": 10}), stage=CUTS)
    assert scores(scored(tiny, {"a": "some"}), "d") == (5, 8, 9)  # 3/4 of the way from 2 to 10


def test_a_rounded_sum_is_rounded_once() -> None:
    rule = {"rule": "sum", "round": {"digits": 0, "mode": "up"}}
    assert scores(scored(on_points(rule, 2, 3.5), {"a": 0.1}), "d") == (1, 1, 4)  # 11/20 of 11/2 points


def test_what_is_voided_counts_above_with_its_own_weight_alone() -> None:
    parts = staged("a", weight=2), staged("b")
    tiny = rubric(dimension("d", *parts, missing="void"), dimension("e", staged("c")))
    card = scored(tiny, {"b": "3", "c": "3"})
    assert scores(card, "d") == (1, 1, 3)
    assert scores(card) == (2, 2, 3)


def test_criteria_beside_a_dimension_have_a_score_of_their_own_and_count_for_the_stage_with_it() -> None:
    inner = dimension("e", staged("b"), weight=2)
    tiny = rubric(dimension("d", staged("a"), dimensions=[inner], stage={"quorum": 0.5}))
    card = scored(tiny, {"a": "1"})
    assert scores(card, "d") == (1, 1, Fraction(7, 3))
    assert stages(card, "d") == (1, 1, 3)


def test_children_on_different_ranges_are_brought_onto_one() -> None:
    tiny = one(staged("a"), pointed("b"), pointed("c", 5), defaults=NORMAL, stage=CUTS)
    card = scored(tiny, {"a": "2", "b": 0.25, "c": 4})
    assert card["d"].exact.score == (Fraction(1, 2) + Fraction(1, 4) + Fraction(4, 5)) / 3
    assert (card["d"].exact.minimum, card["d"].exact.maximum) == (0, 1)


def test_a_normalised_result_can_be_brought_onto_a_range_of_its_own() -> None:
    rule = {"rule": "mean", "normalise": True, "onto": {"minimum": 10, "maximum": 20}}
    card = scored(on_points(rule, 1, 1), {"a": 1, "b": 0})
    assert scores(card, "d") == (15, 15, 15)
    assert (card["d"].exact.minimum, card["d"].exact.maximum) == (10, 20)
    assert scores(scored(on_points(rule, 1, 1), {"a": 1}), "d") == (15, 20, 20)


def test_limits_hold_the_point_the_bounds_and_the_range() -> None:
    rule = {"rule": "sum", "base": -1, "clip": {"minimum": 0, "maximum": 5}}
    assert scores(scored(on_points(rule, 2, 5), {"a": 0, "b": 0.1}), "d") == (0, 0, 0)
    card = scored(on_points(rule, 2, 5), {"a": 1})
    assert (card["d"].exact.low, card["d"].exact.high) == (1, 5)
    assert (card["d"].exact.minimum, card["d"].exact.maximum) == (0, 5)


def test_limits_come_after_the_range_and_before_the_rounding() -> None:
    onto, round_ = {"maximum": 10}, {"digits": 0, "mode": "up"}
    rule = {"rule": "mean", "normalise": True, "onto": onto, "clip": {"minimum": 2.5}, "round": round_}
    assert scores(scored(on_points(rule, 1, 1), {"a": 0.1, "b": 0.1}), "d") == (3, 3, 3)


def test_equal_weights_count_each_part_once_and_coverage_goes_by_the_weights_as_written() -> None:
    parts = [pointed("a", weight=3), pointed("b")]
    for rule, score in (({"rule": "mean"}, Fraction(1, 2)), ({"rule": "sum"}, Fraction(1))):
        tiny = rubric(dimension("d", *parts, score={**rule, "weights": "equal"}), stage=CUTS)
        card = scored(tiny, {"a": 1, "b": 0})
        assert card["d"].exact.score == score
        assert card["a"].exact.weight_used == Fraction(1, 2)
        assert card["a"].exact.contribution == score
        assert scored(tiny, {"a": 1})["d"].exact.coverage == Fraction(3, 4)
        assert "1/2 x 1 = 1/2" in card.explain("d") or "1 x 1 = 1" in card.explain("d")


def test_a_stage_scale_that_ends_early_is_normalised_on_all_stages() -> None:
    card = scored(one(staged("a", top=2), defaults=NORMAL, stage=CUTS), {"a": "2"})
    assert card["d"].exact.score == Fraction(1, 2)


def test_a_range_of_one_value_is_worth_nothing() -> None:
    flat = dimension("flat", pointed("a"), score={"rule": "min", "round": {"digits": 0, "mode": "floor"}}, weight=3)
    flat["criteria"][0]["scale"] = {"type": "custom", "measure": "as_given", "minimum": 0, "maximum": "1/2"}
    whole = {"rule": "mean", "normalise": True}
    tiny = rubric(flat, dimension("d", pointed("b")), stage=CUTS, score=whole)
    card = scored(tiny, {"a": 0.5, "b": 1})
    assert (card["flat"].exact.minimum, card["flat"].exact.maximum) == (0, 0)
    assert card.overall.exact.score == Fraction(1, 4)


def test_a_sum_of_nothing_that_can_vary_is_at_its_least() -> None:
    flat = dimension("flat", pointed("a"), score={"rule": "min", "round": {"digits": 0, "mode": "floor"}})
    flat["criteria"][0]["scale"] = {"type": "custom", "measure": "as_given", "minimum": 0, "maximum": "1/2"}
    tiny = rubric(flat, dimension("d", pointed("b")), stage=CUTS, score={"rule": "sum", "base": 7})
    assert scores(scored(tiny, {"a": 0.5})) == (7, 7, 8)


def nested(rule: dict[str, Any]) -> Any:
    first = dimension("first", staged("a"), staged("b"), weight=3)
    return rubric(first, dimension("second", staged("c", weight=2)), score=rule)


def test_over_children_and_over_leaves() -> None:
    answers = {"a": "1", "b": "3", "c": "1"}
    assert scored(nested({"rule": "mean"}), answers).overall.exact.score == Fraction(7, 4)
    assert scored(nested({"rule": "mean", "over": "leaves"}), answers).overall.exact.score == Fraction(6, 4)
    assert scored(nested({"rule": "min", "over": "leaves"}), answers).overall.exact.score == 1
    assert scored(nested({"rule": "min"}), answers).overall.exact.score == 1
    assert scored(nested({"rule": "max"}), answers).overall.exact.score == 2


def test_means_of_means_leave_out_what_is_unknown() -> None:
    card = scored(nested({"rule": "mean"}), {"a": "1", "b": "2"})
    assert scores(card) == (Fraction(11, 8), Fraction(3, 2), Fraction(15, 8))
    over = scored(nested({"rule": "mean", "over": "leaves"}), {"a": "1", "b": "2"})
    assert scores(over) == (Fraction(5, 4), Fraction(3, 2), Fraction(9, 4))


@pytest.mark.parametrize("rule", ["mean", "min"])
def test_what_is_unknown_counts_as_the_worst(rule: str) -> None:
    first = dimension("first", staged("a"), missing="required")
    tiny = rubric(first, dimension("second", staged("b"), staged("c")), missing="worst", score={"rule": rule})
    card = scored(tiny, {"b": "3"})
    expected = {"mean": ((1 + Fraction(2)) / 2, 3), "min": (Fraction(1), 3)}[rule]
    assert (card["second"].exact.score, scores(card)[1:]) == (2, expected)


def test_means_with_different_denominators() -> None:
    parts = [
        dimension(name, staged(name + "1", weight=weight), staged(name + "2")) for name, weight in (("x", 2), ("y", 4))
    ]
    answers = {"x1": "1", "x2": "2", "y1": "2", "y2": "3"}
    assert (
        scored(rubric(*parts, dimension("z", staged("z1"))), answers | {"z1": "3"}).overall.exact.score
        == (Fraction(4, 3) + Fraction(11, 5) + 3) / 3
    )


@pytest.mark.parametrize(
    ("mode", "up", "down"),
    [
        ("half_even", 2, -2),
        ("half_up", 3, -3),
        ("down", 2, -2),
        ("up", 3, -3),
        ("floor", 2, -3),
        ("ceiling", 3, -2),
    ],
)
def test_a_node_is_rounded_as_the_rubric_says(mode: str, up: int, down: int) -> None:
    options = [{"id": "less", "points": -2.5}, {"id": "more", "points": 2.5}]
    part = {"id": "a", "title": "A", "scale": {"type": "choice", "options": options}}
    rule = {"rule": "mean", "round": {"digits": 0, "mode": mode}}
    tiny = rubric(dimension("d", part, score=rule), stage=CUTS)
    assert scored(tiny, {"a": "more"})["d"].exact.score == up
    card = scored(tiny, {"a": "less"})
    assert card["d"].exact.score == down
    assert (card["d"].exact.minimum, card["d"].exact.maximum) == (down, up)
    assert card.overall.exact.score == down


def test_rounding_keeps_digits() -> None:
    rule = {"rule": "mean", "round": {"digits": 2}}
    assert scored(on_points(rule, 2, 1), {"a": 1, "b": 0})["d"].exact.score == Fraction(67, 100)


@aggregator(description="For a test.", monotone=True)
def own(values: Sequence[Fraction], weights: Sequence[Fraction], params: Any) -> object:
    return max(values) - (max(values) - min(values)) / params["power"] * weights[0] / sum(weights)


def test_an_aggregator_gets_values_weights_and_settings() -> None:
    card = scored(on_points(AGGREGATOR, 1, 3), {"a": 0, "b": 1}, aggregators={"own": own})
    assert card["d"].exact.score == Fraction(7, 8)


def test_a_stage_rests_only_on_an_aggregator_that_is_declared_monotone() -> None:
    def undeclared(values: Sequence[Fraction], _weights: Sequence[Fraction], _params: Any) -> object:
        return values[0]

    with pytest.raises(RubricInvalidError, match="not-monotone"):
        Scorer(on_points(AGGREGATOR, 1, 3), aggregators={"own": undeclared})


def test_an_aggregator_that_is_missing_is_named_with_its_near_miss() -> None:
    tiny = on_points(AGGREGATOR, 1, 3)
    with pytest.raises(PluginError, match=r"^the aggregator 'own' is not registered$"):
        Scorer(tiny)
    with pytest.raises(PluginError, match=r"^the aggregator 'own' is not registered; did you mean 'owned'\?$"):
        Scorer(tiny, aggregators={"owned": own})


@pytest.mark.parametrize(
    ("returned", "message"),
    [
        (1.01, "the aggregator 'own' returned 101/100, outside the values that it was given"),
        (0.24, "the aggregator 'own' returned 6/25, outside the values that it was given"),
        (float("nan"), "the aggregator 'own' failed: expected a finite number of a reasonable size, not nan"),
        (None, "the aggregator 'own' failed: expected a number, not nothing"),
        (True, "the aggregator 'own' failed: expected a number, not true or false"),
    ],
)
def test_what_an_aggregator_may_not_return(returned: object, message: str) -> None:
    @aggregator(description="For a test.", monotone=True)
    def broken(values: Sequence[Fraction], _weights: Sequence[Fraction], _params: Any) -> object:
        return returned if min(values) == Fraction(1, 4) else values[0]

    with pytest.raises(PluginError) as caught:
        scored(on_points(AGGREGATOR, 1, 3), {"a": 0.25, "b": 1}, aggregators={"own": broken})
    assert str(caught.value) == message


@pytest.mark.parametrize("returned", [Fraction(1, 4), 1, 0.25])
def test_the_values_themselves_are_inside(returned: object) -> None:
    card = scored(on_points(AGGREGATOR, 1, 3), {"a": 0.25, "b": 1}, aggregators={"own": _ends(returned)})
    assert card["d"].exact.score == returned


def _ends(returned: object) -> Any:
    @aggregator(description="For a test.", monotone=True)
    def ends(values: Sequence[Fraction], _weights: Sequence[Fraction], _params: Any) -> Any:
        return returned if min(values) == Fraction(1, 4) else values[0]

    return ends


def test_an_aggregator_that_raises_is_named() -> None:
    @aggregator(description="For a test.", monotone=True)
    def broken(*_: object) -> object:
        raise ZeroDivisionError("oh")

    with pytest.raises(PluginError, match=r"^the aggregator 'own' failed: oh$") as caught:
        scored(on_points(AGGREGATOR, 1, 3), {"a": 1, "b": 0}, aggregators={"own": broken})
    assert isinstance(caught.value.__cause__, ZeroDivisionError)
