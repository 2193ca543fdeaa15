"""Declarations of measures and aggregators say what they are, or are refused."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest

import humanai_maturity as hm


def half(values: Any, _weights: Any, _params: Any) -> Fraction:
    """Return half of the first value.

    This is no sentence of a description.
    """
    return Fraction(values[0], 2)


def test_a_name_and_a_description_come_from_the_function() -> None:
    @hm.measure()
    def share_of_days(answer: Any, params: Any) -> Fraction:
        """Return the share of the days."""
        return Fraction(answer, params["days"])

    assert (share_of_days.name, share_of_days.description) == ("share-of-days", "Return the share of the days.")
    assert share_of_days(2, {"days": 5}) == Fraction(2, 5)
    declared = hm.aggregator()(half)
    assert (declared.name, declared.description) == ("half", "Return half of the first value.")
    assert declared([1], [1], {}) == Fraction(1, 2)


def test_they_can_be_given() -> None:
    declared = hm.measure(name="my:days", description="Days.")(lambda answer, _: answer)
    assert (declared.name, declared.description) == ("my:days", "Days.")


def test_what_is_not_declared_is_not_promised() -> None:
    assert hm.aggregator()(half).properties == ()
    declared = hm.aggregator(monotone=True, weight_scale_invariant=True)(half)
    assert declared.properties == ("monotone", "weight_scale_invariant")


def test_declarations_are_values() -> None:
    declared = hm.aggregator(monotone=True)(half)
    assert declared == hm.aggregator(monotone=True)(half) != hm.aggregator()(half)
    with pytest.raises(AttributeError):
        declared.monotone = False  # type: ignore[misc]


@pytest.mark.parametrize(
    ("declare", "error", "message"),
    [
        (lambda: hm.measure()(lambda answer, _: answer), ValueError, "'<lambda>' is no name that a rubric can use"),
        (lambda: hm.measure(name="x")(lambda answer, _: answer), ValueError, "say what the measure 'x' does"),
        (lambda: hm.measure(name="two words")(half), ValueError, "'two words' is no name"),
        (lambda: hm.aggregator(description=" ")(half), ValueError, "say what the aggregator 'half' does"),
        (lambda: hm.aggregator(internal=True)(half), ValueError, "declare `idempotent=True`, too"),
        (lambda: hm.measure(name="x", description="X.")(3), TypeError, "the measure 'x' needs a function, not 3"),  # type: ignore[arg-type]
    ],
)
def test_what_cannot_be_used_is_refused(declare: Callable[[], Any], error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        declare()
