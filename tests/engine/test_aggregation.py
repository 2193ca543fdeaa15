"""Score rules give what one works out by hand."""

from fractions import Fraction

import pytest

from humanai_maturity.engine.aggregation import highest, lowest, mean, mean_min, power_mean, quantile, weighted_sum

HALF = Fraction(1, 2)


def numbers(*values: float | Fraction) -> list[Fraction]:
    return [Fraction(value) for value in values]


def test_the_mean_is_weighted() -> None:
    assert mean(numbers(1, 2, 5), numbers(HALF, Fraction(1, 3), Fraction(1, 6))) == Fraction(2)


def test_lowest_and_highest_ignore_weights() -> None:
    assert lowest(numbers(3, 1, 2), numbers(1, 9, 1)) == 1
    assert highest(numbers(3, 1, 2), numbers(1, 9, 1)) == 3


@pytest.mark.parametrize(
    ("q", "weights", "expected"),
    [
        (HALF, (1, 1, 1, 1), 2),  # exactly half of the weight lies at 2 or below
        (Fraction(51, 100), (1, 1, 1, 1), 3),
        (Fraction(1, 4), (1, 1, 1, 1), 1),
        (Fraction(1), (1, 1, 1, 1), 4),
        (HALF, (4, 1, 1, 1), 1),
        (HALF, (1, 1, 1, 4), 4),
    ],
)
def test_a_quantile_is_the_first_value_that_holds_enough_weight(
    q: Fraction, weights: tuple[int, ...], expected: int
) -> None:
    values = numbers(4, 2, 3, 1)
    by_value = dict(zip(numbers(1, 2, 3, 4), numbers(*weights), strict=True))
    assert quantile(q)(values, [by_value[value] for value in values]) == expected


def test_a_sum_multiplies_by_weights_and_starts_at_its_base() -> None:
    assert weighted_sum(Fraction(10))(numbers(-1, 2), numbers(3, HALF)) == 8


@pytest.mark.parametrize(
    ("alpha", "expected"), [(Fraction(0), Fraction(1)), (Fraction(1), Fraction(2)), (Fraction(1, 4), Fraction(5, 4))]
)
def test_mean_min_lies_between_the_lowest_and_the_mean(alpha: Fraction, expected: Fraction) -> None:
    assert mean_min(alpha)(numbers(1, 4), numbers(2, 1)) == expected


@pytest.mark.parametrize(
    ("exponent", "values", "weights", "expected"),
    [
        (1, (1, 2), (1, 3), Fraction(7, 4)),
        (2, (1, 7), (1, 1), Fraction(5)),
        (0, (1, 4), (1, 1), Fraction(2)),
        (0, (1, 16), (1, 3), Fraction(8)),
        (-1, (1, 3), (1, 1), Fraction(3, 2)),
        (-1, (1, 3), (1, 3), Fraction(2)),
        (HALF, (1, 9), (1, 1), Fraction(4)),
    ],
)
def test_a_power_mean_that_is_rational_is_exact(
    exponent: Fraction, values: tuple[int, ...], weights: tuple[int, ...], expected: Fraction
) -> None:
    assert power_mean(Fraction(exponent))(numbers(*values), numbers(*weights)) == expected


@pytest.mark.parametrize(
    ("exponent", "values", "expected"),
    [
        (0, (1, 2), "1.414213562373095"),  # 1.41421356237309504880...
        (2, (1, 2), "1.581138830084190"),  # 1.58113883008418966599...
        (2, (0, 1), "0.707106781186548"),  # 0.70710678118654752440...
        (-1, (1, 2), "1.333333333333333"),
    ],
)
def test_a_power_mean_is_rounded_to_fifteen_places(exponent: int, values: tuple[int, ...], expected: str) -> None:
    assert power_mean(Fraction(exponent))(numbers(*values), numbers(1, 1)) == Fraction(expected)


@pytest.mark.parametrize(("twice", "expected"), [(1, 0), (3, 2), (5, 2), (7, 4)])
def test_a_power_mean_on_a_tie_goes_to_the_even_digit(twice: int, expected: int) -> None:
    values = numbers(0, Fraction(twice, 10**15))
    assert power_mean(Fraction(1))(values, numbers(1, 1)) == Fraction(expected, 10**15)


def test_a_power_mean_of_equal_values_is_that_value_rounded() -> None:
    assert power_mean(Fraction(2))(numbers(Fraction(2, 3), Fraction(2, 3)), numbers(1, 5)) == Fraction(
        666666666666667, 10**15
    )
    assert power_mean(Fraction(-1))(numbers(3), numbers(7)) == 3


def test_values_below_the_floor_count_as_the_floor() -> None:
    assert power_mean(Fraction(0), Fraction(1))(numbers(0, 4), numbers(1, 1)) == 2
    assert power_mean(Fraction(1), Fraction(1))(numbers(2, 4), numbers(1, 1)) == 3


def test_weights_of_a_power_mean_are_proportions() -> None:
    values = numbers(1, 2, 3)
    assert power_mean(Fraction(3))(values, numbers(1, 2, 3)) == power_mean(Fraction(3))(values, numbers(10, 20, 30))
