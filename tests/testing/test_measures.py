"""What a measure does wrong is found, and told with the answer that shows it."""

from fractions import Fraction
from typing import Any

import pytest

import humanai_maturity as hm
from humanai_maturity.testing import MEASURES, check_measure, measure_checks


def declared(function: Any) -> hm.Measure:
    return hm.measure(name="own", description="Own.")(function)


def days(answer: Any, params: Any) -> Fraction:
    if not isinstance(answer, list):
        raise ValueError("list the days")  # noqa: TRY004 - this is how measures refuse
    return min(Fraction(1), Fraction(len(answer), params["days"]))


def test_what_is_right_passes() -> None:
    check_measure(declared(days), params={"days": 5}, between=(0, 1), examples=[(["Mon", "Tue"], 0.4), ([], 0)])


def test_there_is_a_check_for_each_example() -> None:
    names = [check.name for check in measure_checks(MEASURES["level"], examples=[(1, 1), (2, 2)])]
    assert names == ["level: example 1", "level: example 2", "level: refuses", "level: repeats"]


@pytest.mark.parametrize(
    ("function", "message"),
    [
        (lambda answer, _: len(answer), r"refuses: it fails on \S+: TypeError: .*: refuse an answer by a ValueError"),
        (lambda _answer, _params: None, "returns None for False, which is no finite number"),
        (lambda _answer, _params: float("inf"), "returns inf for False, which is no finite number"),
        (lambda _answer, _params: 2, r"returns 2 for False, outside 0 to 1"),
        (lambda _answer, _params: Fraction(1, 3), r"example 1: it returns 1/3 for \['Mon'\], not 0.2"),
    ],
    ids=["crash", "nothing", "infinite", "outside", "wrong"],
)
def test_what_is_wrong_is_told_with_the_answer(function: Any, message: str) -> None:
    with pytest.raises(AssertionError, match=message):
        check_measure(declared(function), params={"days": 5}, between=(0, 1), examples=[(["Mon"], 0.2)])


def test_an_example_that_is_refused_is_told() -> None:
    with pytest.raises(AssertionError, match=r"example 1: it refuses 'Mon', which should be worth 0.2"):
        check_measure(declared(days), params={"days": 5}, examples=[("Mon", 0.2)])


def test_what_remembers_or_changes_its_answer_is_found() -> None:
    calls: list[object] = []

    def counting(answer: Any, _params: Any) -> int:
        calls.append(answer)
        return len(calls)

    def growing(answer: Any, _params: Any) -> int:
        if isinstance(answer, list):
            answer.append(1)
        return 0

    with pytest.raises(AssertionError, match=r"repeats: it returns \d+, then \d+ for the same answer"):
        check_measure(declared(counting))
    with pytest.raises(AssertionError, match=r"repeats: it changes the answer \[\] to \[1, 1\]"):
        check_measure(declared(growing))


def test_a_plain_function_is_to_be_declared() -> None:
    with pytest.raises(TypeError, match=r"declare the measure first, with `@humanai_maturity.measure"):
        check_measure(len)  # type: ignore[arg-type]
