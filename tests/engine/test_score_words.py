"""Score rules and policies in words."""

from typing import Any

import pytest
from pydantic import TypeAdapter

from humanai_maturity.engine.score_words import policy_words, score_rule_words, whole_policy_words
from humanai_maturity.model.rubric import Dimension, Rubric
from humanai_maturity.model.rules import ScoreRule

ADAPTER: TypeAdapter[Any] = TypeAdapter(ScoreRule)

RULES: list[tuple[dict[str, Any], str]] = [
    ({"rule": "mean"}, "the weighted mean"),
    ({"rule": "mean", "over": "leaves"}, "the weighted mean of all criteria below it"),
    ({"rule": "min", "normalise": True}, "the lowest value, each brought onto 0 to 1 first"),
    ({"rule": "max"}, "the highest value"),
    ({"rule": "mean", "weights": "equal"}, "the weighted mean, each counted once, whatever its weight"),
    (
        {"rule": "max", "normalise": True, "onto": {"maximum": 100}, "clip": {"minimum": 5, "maximum": 95}},
        "the highest value, each brought onto 0 to 1 first, brought onto 0 to 100, at least 5, at most 95",
    ),
    ({"rule": "lower_median"}, "the weighted lower median"),
    ({"rule": "quantile", "q": 0.25}, "the smallest value that 25 % of the weight does not exceed"),
    ({"rule": "power_mean", "exponent": -1}, "the weighted power mean with the exponent -1"),
    (
        {"rule": "power_mean", "exponent": 0, "floor": 0.5},
        "the weighted power mean with the exponent 0 and values of at least 0.5",
    ),
    ({"rule": "mean_min", "alpha": 0.8}, "80 % of the weighted mean and 20 % of the lowest value"),
    ({"rule": "sum"}, "the sum of values times their weights"),
    ({"rule": "sum", "base": 100}, "100 and the sum of values times their weights"),
    ({"rule": "aggregator", "name": "own"}, "what the aggregator own makes of them"),
    (
        {"rule": "aggregator", "name": "own", "params": {"trim": 0.1, "strict": True, "mode": "plain"}},
        "what the aggregator own makes of them (trim: 0.1, strict: true, mode: plain)",
    ),
    (
        {"rule": "max", "round": {"digits": 0}},
        "the highest value, rounded to whole numbers to the nearest, halves to even",
    ),
    (
        {"rule": "max", "round": {"digits": 2, "mode": "up"}},
        "the highest value, rounded to 2 decimal places away from 0",
    ),
]


@pytest.mark.parametrize(("rule", "words"), RULES)
def test_a_score_rule(rule: dict[str, Any], words: str) -> None:
    assert score_rule_words(ADAPTER.validate_python(rule)) == words


@pytest.mark.parametrize(
    ("missing", "words"),
    [
        ("leave_out", "what is unknown is left out"),
        ("worst", "what is unknown counts as the worst"),
        ("void", "one unknown gives the worst score"),
        ("required", "one unknown leaves it without a score"),
    ],
)
def test_what_becomes_of_unknown_answers(missing: str, words: str) -> None:
    assert list(policy_words(Dimension.model_validate({"id": "d", "title": "D", "missing": missing}))) == [words]


def test_the_whole_tells_its_defaults_as_well() -> None:
    data: dict[str, Any] = {
        "id": "r",
        "version": "1",
        "title": "R",
        "stages": [{"id": "low", "title": "Low"}],
        "dimensions": [{"id": "d", "title": "D"}],
    }
    assert list(policy_words(Rubric.model_validate(data))) == []
    told = [
        "what is unknown is left out",
        "a score needs 70 % of the weight to be answered",
        "there is no score where more than 30 % of the weight does not apply",
    ]
    assert list(whole_policy_words(Rubric.model_validate(data))) == told
    data.update(missing="void", coverage_floor=0.5, max_not_applicable=0, not_applicable_may_lift=True)
    assert list(whole_policy_words(Rubric.model_validate(data))) == [
        "one unknown gives the worst score",
        "a score needs 50 % of the weight to be answered",
        "there is no score where more than 0 % of the weight does not apply",
        "what does not apply may lift a stage above what the full set of criteria could support",
    ]
