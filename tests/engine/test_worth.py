"""How an answer came to its value, in words: the answer as it was given, and the step from it to the value."""

from typing import Any

import pytest
from engine_rubrics import CUTS, REASON, one, scored, staged

from humanai_maturity.engine.result import CriterionResult
from humanai_maturity.model.exact import WrittenDecimal

POINTS = [{"id": "x", "points": 1}, {"id": "y", "points": 2.5}, {"id": "z", "points": 2.5}]
STAGED = [{"id": "x", "stage": 2}, {"id": "y", "stage": 2}, {"id": "z", "stage": 3}]
CHOICE = {
    "type": "choice",
    "options": [{"id": "no", "points": 0}, {"id": "one", "points": 1}, {"id": "two", "points": 2}],
}
CUSTOM = {"type": "custom", "measure": "sized", "minimum": 0, "maximum": 400}


def sized(value: Any, _params: Any) -> Any:
    """Measure how many there are of something."""
    return len(value)


def told(scale: dict[str, Any], answer: Any, *otherwise: dict[str, Any], **more: Any) -> tuple[str | None, str | None]:
    """Return the answer and how it was read, of the one criterion of a rubric."""
    question = {"id": "a", "title": "A", "scale": scale, "otherwise": otherwise, "allow_not_applicable": True}
    tiny = one(question, **more)
    row = scored(tiny, {} if answer is None else {"a": answer}, measures={"sized": sized})["a"]
    assert isinstance(row, CriterionResult)
    return row.answer, row.reading


@pytest.mark.parametrize("answer", [None, {"unknown": "pending"}, REASON])
def test_what_is_no_answer_is_not_told(answer: Any) -> None:
    assert told(staged("a")["scale"], answer) == (None, None)


@pytest.mark.parametrize(
    ("scale", "answer", "text", "reading"),
    [
        (CHOICE, "one", "one", "the option `one` stands for 1 point"),
        (CHOICE, "two", "two", "the option `two` stands for 2 points"),
        ({"type": "yes_no"}, True, "true", "yes stands for 1 point"),
        ({"type": "yes_no", "no": 0.5}, False, "false", "no stands for 0.5 points"),
        ({"type": "checklist", "items": POINTS}, [], "no item", "nothing holds; missing `x`, `y`, `z`"),
        ({"type": "checklist", "items": POINTS}, "y", "y", "2.5 (`y`) = 2.5; missing `x`, `z`"),
        (
            {"type": "checklist", "items": POINTS, "cap": 3},
            ["x", "y", "z"],
            "x, y, z",
            "1 (`x`) + 2.5 (`y`) + 2.5 (`z`) = 6, of which at most 3 counts",
        ),
        (
            CUSTOM,
            {"per week": [1, 2.5], "ever": True},
            "per week: 1, 2.5, ever: true",
            "the measure `sized` makes 2 of it",
        ),
        (CUSTOM, {}, "nothing", "the measure `sized` makes 0 of it"),
        (
            {"type": "metric", "range": {"worst": 0, "best": 1}},
            WrittenDecimal("0.50"),
            "0.50",
            "0.5 lies 1/2 (0.5) of the way from 0, the worst, to 1, the best",
        ),
    ],
)
def test_an_answer_that_is_worth_points(scale: dict[str, Any], answer: Any, text: str, reading: str) -> None:
    assert told(scale, answer if scale is not CUSTOM else {"value": answer}, stage=CUTS) == (text, reading)


def test_an_answer_of_many_parts_is_told_as_far_as_it_fits() -> None:
    parts = {f"part{number:03}": 1 for number in range(100)}
    text, _ = told(CUSTOM, {"value": parts}, stage=CUTS)
    assert text is not None
    assert len(text) == 203
    assert text.startswith("part000: 1, part001: 1, ")
    assert text.endswith("...")


NOT_YET = (
    "of Stage 1 (1) 0 of 1 hold, missing `w`; without them it stays at Stage 1 (1); "
    "until these hold, nothing counts of `x`"
)


@pytest.mark.parametrize(
    ("items", "held", "reading"),
    [
        (STAGED, [], "nothing has to hold for Stage 1 (1); of Stage 2 (2) 0 of 2 hold, missing `x`, `y`"),
        (STAGED, ["x", "y"], "all items up to Stage 2 (2) hold; of Stage 3 (3) 0 of 1 hold, missing `z`"),
        (STAGED, ["x", "y", "z"], "all 3 items hold, up to Stage 3 (3)"),
        (STAGED[:1], ["x"], "its one item holds"),
        (
            [{"id": "w", "stage": 1}, *STAGED],
            ["x"],
            NOT_YET,
        ),
    ],
)
def test_a_checklist_on_the_stages(items: list[dict[str, Any]], held: list[str], reading: str) -> None:
    assert told({"type": "checklist", "items": items}, held)[1] == reading


@pytest.mark.parametrize(
    ("worth", "reading"), [(True, "yes stands for Stage 3 (3)"), (False, "no stands for Stage 1 (1)")]
)
def test_yes_or_no_on_the_stages(worth: bool, reading: str) -> None:  # noqa: FBT001
    assert told({"type": "yes_no", "yes": "s3", "no": "s1"}, worth)[1] == reading


@pytest.mark.parametrize(
    ("number", "reading"),
    [
        (0.9, "0.9 has not reached 0.5 (Stage 2, 2), so it stands for Stage 1 (1)"),
        (0.5, "0.5 lies between 0.5 (Stage 2, 2) and 0.1 (Stage 3, 3), 0 of the way: 2 + 0 = 2"),
        (0.2, "0.2 lies between 0.5 (Stage 2, 2) and 0.1 (Stage 3, 3), 3/4 (0.75) of the way: 2 + 3/4 = 11/4"),
        (0.1, "0.1 has reached 0.1, from which on it stands for Stage 3 (3)"),
    ],
)
def test_a_number_of_which_less_is_better(number: float, reading: str) -> None:
    assert told({"type": "metric", "direction": "lower", "bands": {"s2": 0.5, "s3": 0.1}}, number)[1] == reading


def test_a_number_on_a_range_of_stages() -> None:
    scale = {"type": "metric", "range": {"worst": 10, "best": 20, "onto": "stages"}}
    where = "lies {} of the way from 10, the worst, to 20, the best; of the 2 steps up from 1 that is {}: 1 + {} = {}"
    assert told(scale, 15)[1] == f"15 {where.format('1/2 (0.5)', 1, 1, 2)}"
    assert told(scale, 25)[1] == f"25 {where.format(1, 2, 2, 3)}"
    assert told(scale, 5)[1] == f"5 {where.format(0, 0, 0, 1)}"


REACHED = "0.9 has reached 0.9, from which on it stands for Stage 3 (3)"
SAMPLED = {"type": "metric", "bands": {"s2": 0.5, "s3": 0.9}, "min_sample": 20}
ELSE = {"type": "choice", "options": [{"id": "no", "stage": 1}, {"id": "yes", "stage": 3}]}


@pytest.mark.parametrize(
    ("sample", "text", "reading"),
    [
        (20, "0.9, on a sample of 20", REACHED),
        (19, "no, on a sample of 19", "the option `no` stands for Stage 1 (1)"),
        (
            None,
            "0.9",
            f"{REACHED} (no sample was given; at least 20 cases are expected)",
        ),
    ],
)
def test_of_several_values_the_one_that_counts_is_told(sample: int | None, text: str, reading: str) -> None:
    answer = {"values": {"metric": 0.9, "choice": "no"}} | ({} if sample is None else {"sample": sample})
    assert told(SAMPLED, answer, ELSE) == (text, reading)


def test_where_no_value_counts_all_are_told() -> None:
    few = {"values": {"metric": 0.9}, "sample": 3}
    small = "a sample of 3 is too small: at least 20 cases are needed"
    assert told(SAMPLED, few, ELSE) == ("0.9, on a sample of 3", small)
    assert told(SAMPLED, {"value": 0.9, "sample": 3}) == ("0.9, on a sample of 3", small)
