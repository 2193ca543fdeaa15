"""A promise that an aggregator breaks is found, and told with the smallest example."""

import re
from fractions import Fraction
from typing import Any

import pytest

import humanai_maturity as hm
from humanai_maturity.testing import AGGREGATORS, aggregator_checks, check_aggregator

ALL = {"monotone": True, "idempotent": True, "internal": True, "weight_scale_invariant": True}


def declared(function: Any, **properties: bool) -> hm.Aggregator:
    return hm.aggregator(name="own", description="Own.", **(properties or ALL))(function)


def failing(function: Any, **properties: bool) -> dict[str, str]:
    """The checks that fail, with what they say."""
    found: dict[str, str] = {}
    for check in aggregator_checks(declared(function, **properties)):
        try:
            check()
        except AssertionError as error:
            found[check.name.removeprefix("own: ")] = str(error)
    return found


def mean(values: Any, weights: Any, _params: Any) -> Fraction:
    return sum(value * weight for value, weight in zip(values, weights, strict=True)) / Fraction(sum(weights))


@pytest.mark.parametrize(
    "function",
    [
        mean,
        lambda values, *_: min(values),
        lambda values, *_: sorted(values)[len(values) // 2],
        AGGREGATORS["midrange"],
    ],
    ids=["mean", "lowest", "upper-median", "midrange"],
)
def test_what_keeps_its_promises_passes(function: Any) -> None:
    check_aggregator(declared(function))


@pytest.mark.parametrize(
    ("function", "broken", "message"),
    [
        (
            lambda values, *_: max(min(values), sum(values) / len(values) - (max(values) - min(values)) / 2),
            {"monotone"},
            r"a higher value lowers the result from \S+ to \S+: values .* before, values .* after",
        ),
        (
            lambda values, weights, _: sum(v * w for v, w in zip(values, weights, strict=True)),
            {"idempotent", "internal", "weight-scale-invariant"},
            r"all weights times 2 change the result from 1 to 2: values 1 with weights 1$",
        ),
        (lambda values, *_: max(values) + 1, {"idempotent", "internal"}, r"it returns 1, outside the values: values 0"),
        (lambda values, *_: values[0], {"order"}, r"it returns 0 for values 0, 1 .*, and 1 for values 1, 0"),
    ],
    ids=["spread", "sum", "beyond", "first"],
)
def test_what_is_broken_is_told_with_the_smallest_example(function: Any, broken: set[str], message: str) -> None:
    with pytest.raises(AssertionError, match=message) as caught:
        check_aggregator(declared(function))
    assert set(re.findall("^own: ([a-z-]+):", str(caught.value), re.MULTILINE)) == broken


def test_floats_are_not_exact() -> None:
    assert failing(lambda values, *_: float(max(values)), monotone=True) == {
        "exact": "it returns 0.0, which is no exact number, for values 0 with weights 1: compute with the "
        "Fractions that it is given"
    }


def test_only_what_is_declared_is_tried() -> None:
    assert failing(lambda values, *_: max(values) + 1, monotone=True, weight_scale_invariant=True) == {}
    names = [check.name for check in aggregator_checks(declared(mean, monotone=True))]
    assert names == ["own: exact", "own: order", "own: monotone"]


def test_what_remembers_is_found() -> None:
    calls: list[object] = []

    def counting(values: Any, *_: Any) -> int:
        calls.append(values)
        return len(calls)

    assert "then" in failing(counting, monotone=True)["exact"]


def test_what_fails_or_returns_nothing_is_told() -> None:
    assert failing(lambda values, *_: 1 / min(values), monotone=True)["exact"] == (
        "it fails on values 0 with weights 1: ZeroDivisionError: Fraction(1, 0)"
    )
    assert "returns None for values" in failing(lambda *_: None, monotone=True)["monotone"]


def test_settings_and_the_range_of_values_are_passed_on() -> None:
    seen: list[Any] = []

    def shifted(values: Any, _weights: Any, params: Any) -> Fraction:
        seen.extend(values)
        return Fraction(max(values) + params["by"])

    check_aggregator(declared(shifted, monotone=True), params={"by": 1}, between=(-1, Fraction(-1, 2)))
    assert all(-1 <= value <= Fraction(-1, 2) for value in seen)


def test_a_plain_function_is_to_be_declared() -> None:
    with pytest.raises(TypeError, match=r"declare the aggregator first, with `@humanai_maturity.aggregator"):
        check_aggregator(max)  # type: ignore[arg-type]
