"""Options stand in order, and their texts leave nothing out and nothing twice."""

from typing import Any

import pytest
from findings import asked, choice, found, made, points

OPTIONS = "dimensions[0].criteria[0].scale.options"
CUTS = {"stage": {"cuts": {"mid": 1, "top": 2}}}


@pytest.mark.parametrize(
    ("scale", "place"),
    [
        (choice(1, 3, 2), 2),
        (choice(1, 2, 3), None),
        (choice(3, 2, 1), None),
        (choice(1, 2, 2, 3), None),
        (choice(3, 1, 2), 2),
    ],
)
def test_order(scale: dict[str, Any], place: int | None) -> None:
    assert found("options-out-of-order", made(asked("a", scale))) == ([] if place is None else [f"{OPTIONS}[{place}]"])


def texts(*written: str) -> dict[str, Any]:
    scale = choice(*range(1, len(written) + 1))
    scale["options"] = [{**option, "text": text} for option, text in zip(scale["options"], written, strict=True)]
    return scale


@pytest.mark.parametrize(
    ("written", "code"),
    [
        (("0 to 25 % are", "25 to 50 % are"), "ranges-overlap"),
        (("0-25%", "20-50%"), "ranges-overlap"),
        (("50 to 100 calls", "0 to 50 calls"), "ranges-overlap"),
        (("0 to 25 % are", "30 to 50 % are"), "ranges-gap"),
        (("0.0 to 0.5 shares", "0.6 to 1 shares"), "ranges-gap"),
        (("0 to 25 % are", "26 to 50 % are"), None),
        (("below 25 %", "25 to 50 %"), None),
        (("1 to 2 people", "2 to 3 days"), None),
        (("1 to 2 of 5 people", "2 to 3 of 5 people"), None),
        (("In 2024-2025 nobody", "In 2025-2026 somebody, 3 times"), None),
        (("Nothing", "Something"), None),
    ],
)
def test_ranges(written: tuple[str, ...], code: str | None) -> None:
    rubric = made(asked("a", texts(*written)))
    for each in ("ranges-overlap", "ranges-gap"):
        assert found(each, rubric) == ([f"{OPTIONS}[1].text"] if each == code else [])


@pytest.mark.parametrize(
    ("option", "is_none"),
    [
        ({"id": "n-a"}, True),
        ({"id": "NA"}, True),
        ({"id": "not_applicable"}, True),
        ({"id": "x", "text": "N/A"}, True),
        ({"id": "x", "text": "Not applicable to this team"}, True),
        ({"id": "nation"}, False),
        ({"id": "x", "text": "Rules are not applicable to all."}, False),
    ],
)
def test_an_option_that_is_no_answer(option: dict[str, str], is_none: bool) -> None:  # noqa: FBT001 - a table
    scale = points(1, 2)
    scale["options"].append({**option, "points": 0})
    rubric = made(asked("a", scale), **CUTS)
    assert found("not-applicable-option", rubric) == ([f"{OPTIONS}[2]"] if is_none else [])
    assert bool(found("options-out-of-order", rubric)) != is_none, "what is no answer is in no order"


def test_texts_that_stand_twice() -> None:
    assert found("repeated-text", made(asked("a", texts("No list.", "no  list")))) == [f"{OPTIONS}[1].text"]
    assert not found("repeated-text", made(asked("a", texts("No list.", "A list."))))
