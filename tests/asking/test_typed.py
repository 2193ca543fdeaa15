"""Answers as people type them."""

from fractions import Fraction

import pytest

from humanai_maturity.asking.typed import typed_value
from humanai_maturity.model.scales import ChecklistScale, ChoiceScale, CustomScale, MetricScale, Scale, YesNoScale

CHOICE = ChoiceScale(
    type="choice", options=[{"id": "no", "stage": 1}, {"id": "some", "stage": 2}, {"id": "3", "stage": 3}]
)
LIST = ChecklistScale(
    type="checklist", items=[{"id": "a", "stage": 2}, {"id": "b", "stage": 2}, {"id": "c", "stage": 3}]
)
SHARE = MetricScale(type="metric", bands={"top": 0.9})
SECONDS = MetricScale(type="metric", bands={"top": 90})
CAPPED = MetricScale(type="metric", range={"worst": 0, "best": 50}, maximum=100)
CUSTOM = CustomScale(type="custom", measure="own")


@pytest.mark.parametrize(
    ("scale", "text", "expected"),
    [
        (CHOICE, "1", "no"),
        (CHOICE, " some ", "some"),
        (CHOICE, "3", "3"),
        (YesNoScale(type="yes_no"), "Y", True),
        (YesNoScale(type="yes_no"), "no", False),
        (LIST, "1 3", ["a", "c"]),
        (LIST, "3, b;3", ["b", "c"]),
        (LIST, "none", []),
        (LIST, "0", []),
        (LIST, "ALL", ["a", "b", "c"]),
        (SHARE, "0.78", 0.78),
        (SHARE, "0,78", 0.78),
        (SHARE, "78 %", 0.78),
        (SHARE, "78%", 0.78),
        (SHARE, "-1", -1),
        (SECONDS, "45", 45),
        (SECONDS, "45 %", 45),
        (CAPPED, "12.5%", 12.5),
        (CUSTOM, "12.5", 12.5),
        (CUSTOM, "whatever", "whatever"),
    ],
)
def test_what_is_meant(scale: Scale, text: str, expected: object) -> None:
    found = typed_value(text, scale)
    assert (float(found) if isinstance(found, Fraction) else found) == expected


@pytest.mark.parametrize(
    ("scale", "text", "advice"),
    [
        (CHOICE, "4", "type a number from 1 to 3"),
        (CHOICE, "", "type a number from 1 to 3"),
        (CHOICE, "²", "type a number from 1 to 3"),
        (YesNoScale(type="yes_no"), "maybe", "type yes or no"),
        (LIST, "1 4", "type the numbers of those that hold"),
        (LIST, " ", "type the numbers of those that hold"),
        (SHARE, "much", "type a number, such as 0.78 or 78 %"),
        (SECONDS, "1,000,000", "type a number, such as 12.5"),
    ],
)
def test_what_is_nothing_says_what_to_type(scale: Scale, text: str, advice: str) -> None:
    with pytest.raises(ValueError, match=advice):
        typed_value(text, scale)
