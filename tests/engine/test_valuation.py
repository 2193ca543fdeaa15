"""Every scale gives the values that one works out by hand."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import pytest
from engine_rubrics import one, staged
from pydantic import TypeAdapter

from humanai_maturity.engine.valuation import Measure, UnfitValueError, Valuation, valuation
from humanai_maturity.errors import PluginError
from humanai_maturity.model.scales import Scale

RUBRIC = one(staged("c"))
CUMULATIVE = [{"id": "a", "stage": 1}, {"id": "b", "stage": 2}, {"id": "c", "stage": 2}, {"id": "d", "stage": 3}]
POINTS = [{"id": "two", "points": 2}, {"id": "minus", "points": -1}, {"id": "three", "points": 3}]


def way(kind: str, measures: Mapping[str, Measure] | None = None, **scale: Any) -> Valuation:
    parsed: Scale = TypeAdapter(Scale).validate_python({"type": kind, **scale})
    return valuation(parsed, RUBRIC, measures or {})


def measured(measure: Measure, **scale: Any) -> Valuation:
    return way("custom", {"m": measure}, measure="m", **scale)


def test_a_choice_is_worth_its_options_stage() -> None:
    choice = way("choice", options=[{"id": "low", "stage": "s1"}, {"id": "high", "stage": 3}])
    assert (choice.value("low"), choice.value("high")) == (1, 3)
    assert choice.steps == (1, 3)
    assert choice.choices == {"low": 1, "high": 3}


def test_a_choice_is_worth_its_options_points() -> None:
    choice = way("choice", options=[{"id": "no", "points": 0}, {"id": "some", "points": 2.5}])
    assert (choice.value("no"), choice.value("some")) == (0, Fraction(5, 2))


def test_a_number_names_an_option() -> None:
    choice = way("choice", options=[{"id": "1", "stage": 1}, {"id": "2", "stage": 2}])
    assert choice.takes(2)
    assert choice.value(2) == 2
    assert not choice.takes(True)  # noqa: FBT003
    assert not choice.takes(["1"])


def test_what_is_not_an_option_is_named_with_its_near_miss() -> None:
    choice = way("choice", options=[{"id": "owned", "stage": 1}, {"id": "shared", "stage": 2}])
    with pytest.raises(UnfitValueError, match=r"^'owend' is not an option; the options are owned, shared$") as caught:
        choice.value("owend")
    assert (caught.value.code, caught.value.hint) == ("not-an-option", "owned")


def test_long_nonsense_is_cut_short() -> None:
    choice = way("choice", options=[{"id": "a", "stage": 1}, {"id": "b", "stage": 2}])
    with pytest.raises(UnfitValueError, match=rf"^'{'x' * 80}' is not an option"):
        choice.value("x" * 200)


def test_yes_and_no_are_worth_points_or_stages() -> None:
    points, stages = way("yes_no", yes=3, no=-1), way("yes_no", yes="s3", no="s2")
    assert (points.value(True), points.value(False)) == (3, -1)  # noqa: FBT003
    assert (stages.value(True), stages.value(False)) == (3, 2)  # noqa: FBT003
    assert points.steps == (-1, 3)
    assert not points.takes(1)


@pytest.mark.parametrize(
    ("held", "expected", "ahead"),
    [
        ("", 1, ""),
        ("b", 1, "b"),  # nothing counts while stage 1 is not complete
        ("a", 1, ""),
        ("ab", Fraction(3, 2), ""),
        ("ad", 1, "d"),
        ("abd", Fraction(3, 2), "d"),
        ("abc", 2, ""),
        ("abcd", 3, ""),
        ("bcd", 1, "bcd"),
    ],
)
def test_a_checklist_is_cumulative(held: str, expected: Fraction, ahead: str) -> None:
    checklist = way("checklist", items=CUMULATIVE)
    assert checklist.value(list(held)) == expected
    assert checklist.ahead(list(held)) == tuple(ahead)


def test_a_checklists_steps_are_its_values() -> None:
    assert way("checklist", items=CUMULATIVE).steps == (1, Fraction(3, 2), 2, 3)
    assert way("checklist", items=CUMULATIVE[:1]).steps == (1,)


def test_a_stage_without_items_is_passed_freely() -> None:
    checklist = way("checklist", items=[{"id": "c", "stage": 3}])
    assert [checklist.value(held) for held in ([], ["c"])] == [2, 3]


def test_a_checklist_of_points_adds_them_up_to_its_cap() -> None:
    free, capped = way("checklist", items=POINTS), way("checklist", items=POINTS, cap=4)
    held = [[], ["minus"], ["two", "minus"], ["two", "three"]]
    assert [free.value(names) for names in held] == [0, -1, 1, 5]
    assert [capped.value(names) for names in held] == [0, -1, 1, 4]
    assert free.ahead(["two"]) == ()
    assert free.steps == (-1, 0, 2, 5)
    assert capped.steps == (-1, 0, 2, 4)


def test_a_checklist_takes_any_collection_and_a_bare_item() -> None:
    checklist = way("checklist", items=POINTS)
    for given in (["two"], ("two",), {"two"}, frozenset({"two"})):
        assert checklist.takes(given)
        assert checklist.value(given) == 2
    assert not checklist.takes("two")
    assert checklist.value("two") == 2


def test_what_is_not_an_item_or_twice_in_the_list_is_refused() -> None:
    checklist = way("checklist", items=POINTS)
    with pytest.raises(UnfitValueError, match=r"^'thre' is not an item; the items are two, minus, three$") as caught:
        checklist.value(["two", "thre"])
    assert (caught.value.code, caught.value.hint) == ("not-an-item", "three")
    with pytest.raises(UnfitValueError, match=r"^an item is listed twice$") as caught:
        checklist.value(["two", "two"])
    assert (caught.value.code, caught.value.hint) == ("repeated-item", None)


@pytest.mark.parametrize(
    ("bands", "direction", "expected"),
    [
        ({"s2": 10, "s3": 20}, "higher", {9: 1, 10: 2, 15: Fraction(5, 2), 20: 3, 99: 3}),
        ({"s2": 20, "s3": 10}, "lower", {21: 1, 20: 2, 15: Fraction(5, 2), 10: 3, -5: 3}),
        ({"s1": 0, "s2": 10}, "higher", {-1: 1, 0: 1, 5: Fraction(3, 2), 10: 2, 11: 2}),
        ({"s2": 10}, "higher", {9.99: 1, 10: 2, 11: 2}),
    ],
)
def test_bands_are_a_line_through_the_cuts(bands: Any, direction: str, expected: dict[float, Fraction]) -> None:
    metric = way("metric", bands=bands, direction=direction)
    assert {number: metric.value(number) for number in expected} == expected


def test_a_number_is_placed_between_the_worst_and_the_best() -> None:
    more, less = way("metric", range={"worst": 0, "best": 10}), way("metric", range={"worst": 10, "best": 2})
    assert [more.value(number) for number in (-1, 0, 2.5, 10, 11)] == [0, 0, Fraction(1, 4), 1, 1]
    assert [less.value(number) for number in (11, 10, 4, 2, 1)] == [0, 0, Fraction(3, 4), 1, 1]
    assert more.steps == tuple(Fraction(tenth, 10) for tenth in range(11))


def test_a_number_is_placed_on_any_range_of_points() -> None:
    rating = way("metric", range={"worst": 10, "best": 20, "least": 10, "most": 20})
    assert [rating.value(number) for number in (9, 10, 12.5, 20, 21)] == [10, 10, Fraction(25, 2), 20, 20]
    loss = way("metric", direction="lower", range={"worst": 4, "best": 0, "least": -5, "most": 0})
    assert [loss.value(number) for number in (4, 1, 0)] == [-5, Fraction(-5, 4), 0]


def test_a_number_is_placed_on_the_stages() -> None:
    metric = way("metric", range={"worst": 0, "best": 4, "onto": "stages"}, min_sample=30)
    assert [metric.value(number) for number in (0, 1, 2, 4)] == [1, Fraction(3, 2), 2, 3]
    assert metric.steps == (1, 2, 3)
    assert metric.min_sample == 30


def test_an_impossible_number_is_refused() -> None:
    metric = way("metric", range={"worst": 0, "best": 1}, minimum=0, maximum=1.5)
    assert (metric.value(0), metric.value(1.5)) == (0, 1)
    with pytest.raises(UnfitValueError, match=r"^-0\.1 is below 0, the smallest number that is possible$") as caught:
        metric.value(-0.1)
    assert caught.value.code == "out-of-range"
    with pytest.raises(UnfitValueError, match=r"^2 is above 1\.5, the largest number that is possible$") as caught:
        metric.value(2)
    assert caught.value.code == "out-of-range"


def test_what_is_no_number_is_refused() -> None:
    metric = way("metric", range={"worst": 0, "best": 1})
    for value, takes in ((True, False), ("0.5", False), ([1], False), ({}, False), (0.5, True), (Fraction(1, 3), True)):
        assert metric.takes(value) is takes
    with pytest.raises(UnfitValueError, match=r"^expected a finite number of a reasonable size, not nan$") as caught:
        metric.value(float("nan"))
    assert caught.value.code == "not-a-number"


def test_a_measure_gets_the_answer_and_the_settings() -> None:
    custom = measured(lambda value, params: len(value) * params["each"], minimum=0, maximum=10, params={"each": 2.5})
    assert custom.takes(object())
    assert custom.value("abc") == Fraction(15, 2)
    assert custom.steps == tuple(range(11))


def test_a_measure_without_a_range_gives_stages() -> None:
    custom = measured(lambda value, _: value)
    assert [custom.value(number) for number in (1, 2.5, 3)] == [1, Fraction(5, 2), 3]
    with pytest.raises(PluginError, match=r"^the measure 'm' returned 4, outside 1 to 3$"):
        custom.value(4)


def test_a_measure_that_is_not_registered_is_named_with_its_near_miss() -> None:
    with pytest.raises(PluginError, match=r"^the measure 'wrods' is not registered; did you mean 'words'\?$"):
        way("custom", {"words": lambda value, _: value}, measure="wrods")
    with pytest.raises(PluginError, match=r"^the measure 'wrods' is not registered$"):
        way("custom", {}, measure="wrods")


@pytest.mark.parametrize(
    ("returned", "message"),
    [
        (2, "the measure 'm' returned 2, outside 0 to 1"),
        (-0.5, "the measure 'm' returned -1/2, outside 0 to 1"),
        (True, "the measure 'm' failed on 'x': expected a number, not true or false"),
        (None, "the measure 'm' failed on 'x': expected a number, not nothing"),
        (float("nan"), "the measure 'm' failed on 'x': expected a finite number of a reasonable size, not nan"),
    ],
)
def test_what_a_measure_may_not_return(returned: object, message: str) -> None:
    with pytest.raises(PluginError) as caught:
        measured(lambda *_: returned, minimum=0, maximum=1).value("x")
    assert str(caught.value) == message


def test_a_measure_that_raises_is_named() -> None:
    def broken(_value: Any, _params: Mapping[str, Any]) -> object:
        raise KeyError("size")

    with pytest.raises(PluginError, match=r"^the measure 'm' failed on 'x': 'size'$") as caught:
        measured(broken).value("x")
    assert isinstance(caught.value.__cause__, KeyError)


def test_a_measure_may_say_that_the_answer_does_not_fit() -> None:
    def picky(_value: Any, _params: Mapping[str, Any]) -> object:
        raise UnfitValueError("too-short", "write more")

    with pytest.raises(UnfitValueError, match=r"^write more$"):
        measured(picky).value("x")
