"""What does not fit in a table is told all at once, in the table's own terms."""

import polars as pl
import pytest
from engine_rubrics import GRADES, dimension, pointed, rubric, staged

import humanai_maturity as hm

LIST = {"type": "checklist", "items": [{"id": "x", "stage": 2}, {"id": "y", "stage": 3}]}
METRIC = {"type": "metric", "bands": {"s2": 0.5, "s3": 0.9}, "minimum": 0, "maximum": 1}
TINY = rubric(
    dimension(
        "d",
        staged("first.choice", allow_not_applicable=True),
        {"id": "ticks", "title": "Ticks", "scale": LIST},
        {"id": "share", "title": "Share", "scale": METRIC},
        {"id": "sure", "title": "Sure", "scale": {"type": "yes_no", "yes": "s3", "no": "s1"}},
    ),
    evidence_grades=GRADES,
)
LATE = "it is no day of the calendar, or after the day to which `as_of` counts, or none is said"
GRADES_ASKED = "write one of word, paper, proof (did you mean 'paper'?)"
NOTHING = "there is no column {!r} with answers that this one could stand beside"
REASONS = "truth values or reasons"
ABOVE = "1.5 is above 1, the largest number that is possible"
NO_OPTION = "'4' is not an option; the options are 1, 2, 3"
AWAY = {"not_applicable": "None."}
REFUSED = "this cannot be not applicable: answer it, or say `unknown: dont-know`"
GOOD = {"first.choice": ["1", "3"], "ticks": [["x"], ["x", "y"]], "share": [0.5, 0.95], "sure": [True, False]}


def problems(data: dict[str, object], many: int = 1, **more: object) -> list[str]:
    table = pl.DataFrame(data, strict=False)
    with pytest.raises(hm.AnswerError) as caught:
        hm.frames.score_frame(TINY, pl.concat([table] * many), **more)  # type: ignore[call-overload]
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.parametrize("many", [1, 300])
def test_every_offender_is_told_with_how_often_it_occurs(many: int) -> None:
    found = problems(
        {
            "first.choice": ["4", "3"], "ticks": [["z"], ["x", "x"]], "share": [float("nan"), 7.5],
            "first.choice__evidence": ["papper", None],
        },
        many,
    )  # fmt: skip
    rows = "1 row" if many == 1 else "300 rows"
    assert f"error[unfit-answer] first.choice: '4' in {rows} does not fit: write one of 1, 2, 3" in found
    assert any(
        each.startswith(f"error[unfit-answer] ticks: 'z' in {rows} does not fit: write one of x, y") for each in found
    )
    assert f"error[unfit-answer] ticks: 'x; x' in {rows} does not fit: write one of x, y" in found
    finite = "expected a finite number of a reasonable size, not nan"
    assert f"error[unfit-answer] share: 'NaN' in {rows} does not fit: {finite}" in found
    beyond = "7.5 is above 1, the largest number that is possible"
    assert f"error[unfit-answer] share: '7.5' in {rows} does not fit: {beyond}" in found
    assert any("'papper'" in each and "did you mean 'paper'?" in each for each in found)


@pytest.mark.parametrize(
    ("value", "why"),
    [
        (float("inf"), "expected a finite number of a reasonable size, not inf"),
        (-0.1, "-0.1 is below 0, the smallest number that is possible"),
        (1e-120, "expected a finite number of a reasonable size, not 1e-120"),
    ],
)
def test_impossible_numbers_are_no_answers(value: float, why: str) -> None:
    assert problems({**GOOD, "share": [0.5, value]}, 200) == [
        f"error[unfit-answer] share: '{value}' in 200 rows does not fit: {why}"
    ]


def test_what_does_not_fit_can_count_as_unknown() -> None:
    table = pl.DataFrame({**GOOD, "first.choice": ["nine", "3"]})
    found = hm.frames.score_frame(TINY, table, on_error="null")
    alone = hm.score(TINY, {"ticks": ["x"], "share": 0.5, "sure": True})
    assert found["d.coverage"][0] == alone["d"].coverage
    assert found["d.low"][0] == alone["d"].low


def test_a_missing_column_is_suggested() -> None:
    (found,) = problems({"first.choise": ["1"]})
    assert found.startswith(
        "error[missing-column] first.choise: no column is called by the id of a criterion; name them"
    )
    assert found.endswith("(did you mean 'first.choice'?)")
    (found,) = problems(GOOD, columns={"ticks": "tickz"})
    assert found.startswith("error[missing-column] tickz: the table has no column 'tickz', which `columns` names for")
    assert found.endswith("(did you mean 'ticks'?)")
    hints = [each.rpartition("(")[2] for each in problems(GOOD, columns={"tikcs": "ticks"}, values={"shar": {}})]
    assert hints == ["did you mean 'ticks'?)", "did you mean 'share'?)"]


def test_a_wrong_type_is_told() -> None:
    assert problems({**GOOD, "sure": [1.5, 2.5]}) == [
        "error[wrong-type] sure: the column holds Float64, which no scale of 'sure' takes (yes_no)"
    ]


def test_what_always_applies_cannot_be_said_not_to() -> None:
    assert problems({**GOOD, "ticks__not_applicable": ["no", "we have none"]}) == [
        "error[not-applicable-refused] ticks__not_applicable: 'ticks' cannot be not applicable: leave the column out"
    ]


def test_an_empty_table_has_no_rows_and_no_columns_are_an_error() -> None:
    empty = hm.frames.score_frame(TINY, pl.DataFrame(GOOD).clear())
    assert empty.height == 0
    assert "overall.stage" in empty.columns
    assert problems({})[0].startswith("error[missing-column] no column is called by the id of a criterion")


def test_texts_can_stand_for_answers_and_columns_have_other_names() -> None:
    table = pl.DataFrame({"Q1": ["Fully", "Not at all", None], "share": [1, 0, 1]})
    texts = {"first.choice": {"Fully": "3", "Not at all": "1"}}
    for many in (1, 200):
        found = hm.frames.score_frame(
            TINY, pl.concat([table] * many), columns={"first.choice": "Q1"}, values=texts, flags=False, bounds=False
        )
        assert found["d.score"].to_list()[:3] == [
            hm.score(TINY, answers)["d"].score
            for answers in ({"first.choice": "3", "share": 1}, {"first.choice": "1", "share": 0}, {"share": 1})
        ]


def test_ten_thousand_columns_are_read_past() -> None:
    wide = pl.DataFrame({f"x{number}": [1] for number in range(10_000)} | {"share": [0.5]})
    assert hm.frames.score_frame(TINY, wide)["d.coverage"].to_list() == [0.25]


def test_points_and_many_decimals() -> None:
    points = rubric(dimension("d", pointed("p"), pointed("q")), stage={"cuts": {"s2": 0.4, "s3": 0.9}})
    values = [0.1234567890123, 1 / 3, 0.5, 0.4, 0.89999999999]
    found = hm.frames.score_frame(points, pl.DataFrame({"p": values * 100, "q": values * 100}))
    for value, score, stage in zip(values, found["overall.score"], found["overall.stage"], strict=False):
        card = hm.score(points, {"p": value, "q": value})
        assert (score, stage) == (card.score, card.stage.number if card.stage else None)


def test_what_stands_beside_is_told() -> None:
    table = {
        **GOOD,
        "sure__evidence": ["papr", "paper"],
        "share__sample": [0.5, 3],
        "share__as_of": ["2026-02-30", "yesterday"],
    }
    assert problems(table, 200) == [
        "error[unfit-answer] share__sample: '0.5' in 200 rows does not fit: a sample is a whole number of at least 1",
        f"error[unfit-answer] share__as_of: '2026-02-30' in 200 rows does not fit: {LATE}",
        "error[unfit-answer] share__as_of: 'yesterday' in 200 rows does not fit: a day is written as 2026-01-31",
        f"error[unfit-answer] sure__evidence: 'papr' in 200 rows does not fit: {GRADES_ASKED}",
    ]


def test_what_stands_beside_nothing_or_cannot_is_told() -> None:
    table = {
        **GOOD,
        "shar__evidence": ["paper", "paper"],
        "sure__evidence": [True, False],
        "sure__sample": [True, False],
        "ticks__as_of": [1, 2],
        "first.choice__not_applicable": [["x"], ["y"]],
    }
    assert problems(table) == [
        f"error[missing-column] shar__evidence: {NOTHING.format('shar')} (did you mean 'share__evidence'?)",
        "error[wrong-type] sure__evidence: the column holds Boolean, and the texts of evidence grades are wanted",
        "error[wrong-type] sure__sample: the column holds Boolean, and numbers of cases are wanted",
        "error[wrong-type] ticks__as_of: the column holds Int64, and days are wanted",
        f"error[wrong-type] first.choice__not_applicable: the column holds List(String), and {REASONS} are wanted",
    ]
    (found,) = problems({"share": [1], "sure__evidence": ["paper"]})
    assert found == f"error[missing-column] sure__evidence: {NOTHING.format('sure')}"


def test_texts_say_what_to_write() -> None:
    table = {"share": ["0,72", "70 %", "much", "1.5"], "sure": ["yes", "true", "N", "maybe"]}
    assert problems(table, 100) == [
        "error[unfit-answer] share: '0,72' in 100 rows does not fit: a number is wanted: write 0.72",
        f"error[unfit-answer] share: '1.5' in 100 rows does not fit: {ABOVE}",
        "error[unfit-answer] share: '70 %' in 100 rows does not fit: a number is wanted: write 0.7",
        "error[unfit-answer] share: 'much' in 100 rows does not fit: expected a number, not a text ('much')",
        "error[unfit-answer] sure: 'N' in 100 rows does not fit: write false, or say in `values` what it stands for",
        "error[unfit-answer] sure: 'maybe' in 100 rows does not fit: write one of true, false",
        "error[unfit-answer] sure: 'yes' in 100 rows does not fit: write true, or say in `values` what it stands for",
    ]


def test_settings_that_fit_nothing_are_told() -> None:
    found = problems(GOOD, columns={"sure": "share"})
    assert found[0] == (
        "error[shared-column] share: the column is read for 'share' and 'sure': name another one for all but one"
    )
    assert problems(GOOD, values={"first.choice": {"Fully": "4"}, "ticks": {"n/a": AWAY}}) == [
        f"error[not-an-option] first.choice: `values` says that 'Fully' stands for '4': {NO_OPTION}",
        f"error[not-applicable-refused] ticks: `values` says that 'n/a' stands for {AWAY}: {REFUSED}",
    ]
    assert problems(GOOD, as_of="mnth") == [
        "error[missing-column] mnth: the table has no column 'mnth', which `as_of` names; a day is given as a date"
    ]
    assert problems(GOOD, as_of="sure") == ["error[wrong-type] sure: the column holds Boolean, and days are wanted"]


def test_an_age_that_counts_needs_a_day() -> None:
    aged = rubric(dimension("d", staged("a", max_age_days=30)))
    with pytest.raises(hm.AnswerError) as caught:
        hm.frames.score_frame(aged, pl.DataFrame({"a": ["1"], "a__as_of": ["2026-01-01"]}))
    assert [str(each) for each in caught.value.problems] == [
        "error[no-date] a__as_of: answers to 'a' count for 30 days: say to which day with `as_of`"
    ]


def test_an_answer_does_not_count_beside_which_stands_what_does_not_fit() -> None:
    table = pl.DataFrame({**GOOD, "sure__evidence": ["papr", "paper"]})
    found = hm.frames.score_frame(TINY, table, on_error="null")
    assert found["d.coverage"].to_list() == [0.75, 1.0]


def test_what_does_not_apply_is_not_looked_at() -> None:
    table = pl.DataFrame({**GOOD, "first.choice": ["nonsense", "3"], "first.choice__not_applicable": [True, False]})
    for many in (1, 200):
        found = hm.frames.score_frame(TINY, pl.concat([table] * many))
        assert found["d.coverage"].to_list() == [1.0, 1.0] * many


@pytest.mark.parametrize("lazy", [False, True])
def test_a_number_of_many_decimals_beside_an_answer_that_does_not_fit(lazy: bool) -> None:  # noqa: FBT001
    table = pl.DataFrame({"first.choice": ["nine", "3"], "share": [1 / 3, 2 / 3]})
    found = hm.frames.score_frame(TINY, table.lazy() if lazy else table, on_error="null").lazy().collect()
    assert found["first.choice"].to_list() == ["nine", "3"]
    for row, answers in enumerate([{"share": 1 / 3}, {"first.choice": "3", "share": 2 / 3}]):
        assert found["d.low"][row] == hm.score(TINY, answers)["d"].low


@pytest.mark.parametrize("many", [1, 300])
def test_nothing_in_a_list_is_told(many: int) -> None:
    rows = "1 row" if many == 1 else "300 rows"
    assert problems({**GOOD, "ticks": [["x", None], [None]]}, many) == [
        f"error[unfit-answer] ticks: 'null' in {rows} does not fit: write one of x, y",
        f"error[unfit-answer] ticks: 'x; null' in {rows} does not fit: write one of x, y",
    ]


def test_what_values_names_and_cannot_stand_in_the_column_is_told() -> None:
    table = {"first.choice": [1, 3], "ticks": [["x"], []], "share": [0.5, 1.0], "sure": [True, False]}
    wrong = {"first.choice": {"Fully": "3", 1.5: "1"}, "ticks": {"x": []}, "share": {"n/a": 1}, "sure": {"yes": True}}
    no_place = "and the column holds {}, where that cannot stand"
    assert problems(table, values=wrong) == [
        f"error[wrong-type] first.choice: `values` says what 'Fully' stands for, {no_place.format('Int64')}",
        f"error[wrong-type] first.choice: `values` says what 1.5 stands for, {no_place.format('Int64')}",
        f"error[wrong-type] ticks: `values` says what 'x' stands for, {no_place.format('List(String)')}",
        f"error[wrong-type] share: `values` says what 'n/a' stands for, {no_place.format('Float64')}",
        f"error[wrong-type] sure: `values` says what 'yes' stands for, {no_place.format('Boolean')}",
    ]
