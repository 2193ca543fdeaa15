"""Whatever `score` takes for one answer alone, a cell takes too, and gives the same, in whatever type of column."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import hypothesis.strategies as st
import polars as pl
import pytest
from engine_rubrics import GRADES, dimension, rubric
from hypothesis import given
from polars.testing import assert_frame_equal

import humanai_maturity as hm
from humanai_maturity.frames.kernel import Outputs
from humanai_maturity.frames.rows import score_rows
from humanai_maturity.frames.table import Task
from humanai_maturity.model.rubric import Rubric

CHOICE = {
    "type": "choice",
    "evidence": "paper",
    "options": [{"id": "1", "stage": "s1"}, {"id": "live", "stage": "s2"}, {"id": "3", "stage": "s3"}],
}
METRIC = {"type": "metric", "bands": {"s2": 0.5, "s3": 0.9}, "minimum": 0, "maximum": 4, "min_sample": 30}
LIST = {"type": "checklist", "items": [{"id": "x", "stage": 2}, {"id": "12", "stage": 2}, {"id": "true", "stage": 3}]}
YES = {"type": "yes_no", "yes": "s3", "no": "s1"}


def with_ways(*scales: dict[str, Any], **more: Any) -> Rubric:
    ways = {"scale": scales[0], "otherwise": list(scales[1:])}
    return rubric(dimension("d", {"id": "c", "title": "C", **ways, **more}, coverage_floor=0.1), evidence_grades=GRADES)


def both_ways(made: Rubric, table: pl.DataFrame, **settings: Any) -> pl.DataFrame:
    """Return the figures of a table, the same by columns and by rows."""
    task = Task(hm.Scorer(made), {}, settings.get("values", {}), Outputs(), "fail", settings.get("as_of"))
    pipeline = task.pipeline(table.schema)
    found = pipeline.figures_of(table, pipeline.refuse)
    assert_frame_equal(found, score_rows(task.scorer, table, pipeline.layout, Outputs()), check_exact=True)
    return found


def as_alone(made: Rubric, cells: pl.Series, answers: list[Any], **settings: Any) -> None:
    """Check that cells score as answers do alone."""
    found = both_ways(made, pl.DataFrame({"c": cells}), **settings)
    for answer, low, high, score in zip(answers, found["d.low"], found["d.high"], found["d.score"], strict=True):
        card = hm.score(made, {} if answer is None else {"c": answer})
        assert (low, high, score) == (card["d"].low, card["d"].high, card["d"].score), answer


FINE = [Decimal("0.72"), Decimal("0.7200001")]
WHOLE = [
    pl.Int8, pl.Int16, pl.Int32, pl.Int64, pl.Int128, pl.UInt8, pl.UInt16, pl.UInt32, pl.UInt64,
]  # fmt: skip
WAYS: Mapping[str, dict[str, Any]] = {"choice": CHOICE, "metric": METRIC, "checklist": LIST, "yes_no": YES}


@pytest.mark.parametrize(
    ("ways", "cells", "answers"),
    [
        ("choice", ["1", "live", None, "3"], ["1", "live", None, "3"]),
        ("choice", pl.Series(["1", "live"], dtype=pl.Categorical), ["1", "live"]),
        ("choice", pl.Series(["1", "live"], dtype=pl.Enum(["live", "1"])), ["1", "live"]),
        *[("choice", pl.Series([1, 3, None], dtype=each), [1, 3, None]) for each in WHOLE],
        *[("choice", pl.Series([1.0, 3.0], dtype=each), ["1", "3"]) for each in (pl.Float32, pl.Float64)],
        ("choice", pl.Series([Decimal("1.0"), Decimal(3)], dtype=pl.Decimal(9, 2)), ["1", "3"]),
        *[("metric", pl.Series([0, 1, 4, None], dtype=each), [0, 1, 4, None]) for each in WHOLE],
        ("metric", pl.Series([0.1, 0.7, 1 / 3, 0.55555]), [0.1, 0.7, 1 / 3, 0.55555]),
        ("metric", pl.Series([0.1, 0.7, 0.55555], dtype=pl.Float32), [0.1, 0.7, 0.55555]),
        ("metric", pl.Series(FINE, dtype=pl.Decimal(20, 7)), FINE),
        ("metric", pl.Series([Decimal("0.7"), None], dtype=pl.Decimal(5, 1)), [0.7, None]),
        ("metric", ["0.72", "1", ".6", "7e-1", "2/3", "0.72000000000000000001", "+0.5"], [
            0.72, 1, 0.6, 0.7, "2/3", Decimal("0.72000000000000000001"), 0.5,
        ]),
        ("yes_no", [True, False, None], [True, False, None]),
        ("yes_no", ["true", "False", "TRUE"], [True, False, True]),
        ("checklist", [["x"], [], None, ["12", "x"]], [["x"], [], None, ["12", "x"]]),
        ("checklist", pl.Series([["x"], ["12"]], dtype=pl.Array(pl.String, 1)), ["x", "12"]),
        ("checklist", pl.Series([[12], []], dtype=pl.List(pl.Int16)), [[12], []]),
        ("checklist", ["x; true", "x,12", "x", ""], [["x", "true"], ["x", "12"], "x", []]),
        ("metric choice", ["0.72", "live", "3", "1"], [0.72, "live", "3", "1"]),
        ("choice metric", ["0.72", "live", "3", "2.5"], [0.72, "live", "3", 2.5]),
        ("metric choice", [1, 3], [1, 3]),
        ("choice metric", [1, 3], [1, 3]),
        ("choice metric", [1.0, 0.72], [1.0, 0.72]),
        ("metric checklist", ["0.72", "x", "12", "12; x"], [0.72, "x", "12", ["12", "x"]]),
        ("yes_no checklist", ["true", "x", "false"], ["true", "x", False]),
        ("choice checklist yes_no metric", ["1", "x", "x; 12", "FALSE", "0.6"], ["1", ["x"], ["x", "12"], False, 0.6]),
    ],
)  # fmt: skip
def test_cells_are_what_score_takes(ways: str, cells: Any, answers: list[Any]) -> None:
    series = cells if isinstance(cells, pl.Series) else pl.Series(cells, strict=True)
    as_alone(with_ways(*(WAYS[way] for way in ways.split())), series, answers)


LATE = "it is no day of the calendar, or after the day to which `as_of` counts, or none is said"
TEXTS = ["1", "live", "3", "x", "12", "x; 12", "true", "FALSE", "0.72", "1", "2/3", "1e-1", "0.123456", "", "-0"]


@given(st.permutations(list(WAYS)), st.integers(1, 4), st.lists(st.sampled_from([*TEXTS, "5", "nope", "x; x", "yes"])))
def test_a_text_is_read_in_columns_as_in_rows(order: list[str], many: int, texts: list[str]) -> None:
    made = with_ways(*(WAYS[way] for way in order[:many]))
    cells = pl.DataFrame({"c": pl.Series(texts, dtype=pl.String), "c__sample": pl.Series([5, 50] * 99)[: len(texts)]})
    task = Task(hm.Scorer(made), {}, {}, Outputs(), "null")
    fitting = [fits(made, row) for row in cells.iter_rows(named=True)]
    found = task.score(cells)
    both_ways(made, cells.filter(pl.Series(fitting, dtype=pl.Boolean)))
    assert [covered == 0 for covered in found.filter(~pl.Series(fitting, dtype=pl.Boolean))["d.coverage"]] == [
        True for fits_in in fitting if not fits_in
    ]


def fits(made: Rubric, row: dict[str, Any]) -> bool:
    table = pl.DataFrame([row])
    task = Task(hm.Scorer(made), {}, {}, Outputs(), "fail")
    try:
        score_rows(task.scorer, table, task.layout(table.schema), Outputs())
    except hm.AnswerError:
        return False
    return True


def test_values_say_what_texts_numbers_and_truth_values_stand_for() -> None:
    made = with_ways(CHOICE, METRIC, allow_not_applicable=True)
    away, shrug = hm.NotApplicable(not_applicable="We have none."), {"unknown": "dont-know"}
    texts = {"Fully": "3", "Half": 0.55, "n/a": away, "?": shrug}
    cells = pl.Series(["Fully", "Half", "n/a", "?", "live", None])
    as_alone(made, cells, ["3", 0.55, away, shrug, "live", None], values={"c": texts})
    as_alone(made, pl.Series([True, False, None]), ["live", shrug, None], values={"c": {True: "live", "false": shrug}})
    as_alone(made, pl.Series([7, 9, 1]), ["live", away, 1], values={"c": {7: "live", "9": away}})
    as_alone(made, pl.Series([7.5, 0.6]), ["3", 0.6], values={"c": {7.5: "3"}})


def test_evidence_samples_and_days_count_as_they_do_alone() -> None:
    made = with_ways(METRIC, CHOICE, max_age_days=90)
    rows: list[tuple[Any, Any, Any, Any]] = [
        ("0.95", "paper", 40, date(2026, 1, 1)),
        ("0.95", "paper", 4, date(2026, 1, 1)),
        ("0.95", None, None, date(2025, 1, 1)),
        ("3", "proof", 4, None),
        ("3", None, None, date(2025, 11, 2)),
        ("nonsense", None, None, date(2025, 1, 1)),
        (None, "nonsense", 0, date(2031, 1, 1)),
    ]
    names = ["c", "c__evidence", "c__sample", "c__as_of"]
    table = pl.DataFrame(rows, schema=names, orient="row")
    days: list[pl.Expr] = [pl.col("c__as_of").cast(pl.Datetime("ms")), pl.col("c__as_of").cast(pl.String)]
    for day in (pl.col("c__as_of"), *days):
        found = both_ways(made, table.with_columns(day), as_of=date(2026, 1, 31))
        for (value, evidence, sample, as_of), low, score in zip(rows, found["d.low"], found["d.score"], strict=True):
            number = float(value) if value == "0.95" else value
            answer = hm.Answer(value=number, evidence=evidence, sample=sample, as_of=as_of) if value else None
            assessment = hm.Assessment(rubric="tiny", date=date(2026, 1, 31), answers={"c": answer} if answer else {})
            card = hm.score(made, assessment)
            assert (low, score) == (card["d"].low, card["d"].score)


def test_every_row_can_have_its_own_day() -> None:
    made = with_ways(CHOICE, max_age_days=90)
    table = pl.DataFrame(
        {"c": ["3", "3", "3"], "c__as_of": [date(2026, 1, 1)] * 3, "month": ["2026-01-31", "2026-06-30", "2026-04-01"]}
    )
    assert both_ways(made, table, as_of="month")["d.coverage"].to_list() == [1, 0, 1]
    wrong = table.with_columns(pl.Series("month", [date(2025, 1, 1), None, date(2026, 4, 1)]).cast(pl.Datetime))
    with pytest.raises(hm.AnswerError) as caught:
        hm.frames.score_frame(made, wrong, as_of="month")
    assert [str(each) for each in caught.value.problems] == [
        f"error[unfit-answer] c__as_of: '2026-01-01' in 2 rows does not fit: {LATE}"
    ]


def given_or_refused(value: Any, _params: Mapping[str, Any]) -> Any:
    if value == "nothing":
        message = "that is no measurement"
        raise ValueError(message)
    return len(value) if isinstance(value, str | tuple) else value


def by_length() -> hm.Scorer:
    scale = {"type": "custom", "measure": "length", "minimum": 0, "maximum": 3}
    made = rubric(dimension("d", {"id": "c", "title": "C", "scale": scale}), stage={"cuts": {"s2": 1, "s3": 2}})
    return hm.Scorer(made, measures={"length": given_or_refused})


@pytest.mark.parametrize(
    ("cells", "answers"),
    [
        (["a", "bc", None], ["a", "bc", None]),
        ([1, 2, None], [1, 2, None]),
        ([1.25, 2.0], [1.25, 2]),
        ([["x"], ["x", "y"]], [["x"], ["x", "y"]]),
    ],
)
def test_measures_are_asked_row_by_row(cells: list[Any], answers: list[Any]) -> None:
    scorer = by_length()
    for many in (1, 200):
        table = pl.concat([pl.DataFrame({"c": cells})] * many)
        found = hm.frames.score_frame(scorer, table)
        scores = [None if each is None else scorer.score({"c": each}).score for each in answers]
        assert found["overall.score"].to_list() == scores * many


def test_what_a_measure_refuses_is_told() -> None:
    scorer = by_length()
    table = pl.DataFrame({"c": ["nothing", "a"] * 200})
    with pytest.raises(hm.AnswerError) as caught:
        hm.frames.score_frame(scorer, table)
    assert [str(each) for each in caught.value.problems] == [
        "error[unfit-answer] c: 'nothing' in 200 rows does not fit: that is no measurement"
    ]
    assert hm.frames.score_frame(scorer, table, on_error="null")["overall.score"].to_list() == [None, 1.0] * 200


@pytest.mark.parametrize("many", [1, 200])
@pytest.mark.parametrize("cells", [[["x", None]], [["x", "x"]], [["y"]]])
def test_lists_hold_every_item_once(cells: list[Any], many: int) -> None:
    table = pl.DataFrame({"c": cells * many})
    with pytest.raises(hm.AnswerError, match=f"in {many} row"):
        hm.frames.score_frame(with_ways(LIST), table)
    assert hm.frames.score_frame(with_ways(LIST), table, on_error="null")["d.coverage"].to_list() == [0.0] * many


@pytest.mark.parametrize("dtype", [pl.Date, pl.Datetime, pl.Duration, pl.Time, pl.Binary, pl.Struct({"a": pl.Int8})])
def test_what_is_no_answer_is_refused(dtype: Any) -> None:
    table = pl.DataFrame({"c": []}, schema={"c": dtype})
    with pytest.raises(hm.AnswerError, match=r"error\[wrong-type\] c: the column holds"):
        hm.frames.score_frame(with_ways(CHOICE, METRIC), table)


@pytest.mark.parametrize("rows", [1, 300])
def test_samples_may_be_spelled(rows: int) -> None:
    cells = pl.DataFrame({"c": [0.7, 0.7], "c__sample": [5, 50]})
    texts = cells.with_columns(pl.col("c__sample").cast(pl.String))
    made = with_ways(METRIC)
    spelled, counted = (hm.frames.score_frame(made, pl.concat([each] * rows), carry=False) for each in (texts, cells))
    assert_frame_equal(spelled, counted)
    assert counted["d.coverage"].to_list()[:2] == [0.0, 1.0]
    wrong = cells.with_columns(pl.Series("c__sample", ["5", "4.5 of 9"]))
    with pytest.raises(hm.AnswerError, match=r"'4.5 of 9' in \d+ rows? does not fit: a sample is a whole number"):
        hm.frames.score_frame(made, pl.concat([wrong] * rows))


def metric(**more: Any) -> Rubric:
    return rubric(dimension("d", {"id": "c", "title": "C", "scale": {"type": "metric", **more}}))


@pytest.mark.parametrize("cut", [10**12, 2 * 10**14, 10**15, 10**18, 10**34, 10**60])
def test_cuts_may_be_as_large_as_numbers_are(cut: int) -> None:
    made = metric(bands={"s2": cut, "s3": 3 * cut})
    floats = [float(cut), 1.5 * cut, 3.0 * cut, 0.5 * cut, -1.0 * cut, 0.12345, 1e99]
    as_alone(made, pl.Series(floats), floats)
    as_alone(made, pl.Series([repr(each) for each in floats]), floats)
    whole = [each for each in (cut, cut - 1, cut + 1, 3 * cut, -cut, 7) if abs(each) < 10**38]
    as_alone(made, pl.Series(whole, dtype=pl.Int128), whole)
    as_alone(made, pl.Series([*map(Decimal, whole)], dtype=pl.Decimal(38, 0)), whole)


def test_whole_numbers_at_the_end_of_their_type() -> None:
    options = [{"id": str(place), "stage": 1 + place // 90} for place in range(200)]
    scale = {"type": "choice", "options": options}
    made = rubric(dimension("d", {"id": "c", "title": "C", "scale": scale}))
    as_alone(made, pl.Series([0, 127, 100], dtype=pl.Int8), [0, 127, 100])
    as_alone(made, pl.Series([0, 199, None], dtype=pl.UInt8), [0, 199, None])
    if hasattr(pl, "UInt128"):
        numbers = [2, None, 2**128 - 1]
        as_alone(metric(bands={"s2": 1, "s3": 3}), pl.Series(numbers, dtype=pl.UInt128), numbers)


def test_decimals_of_as_many_digits_as_there_are() -> None:
    numbers = [Decimal(9), Decimal("8.6"), Decimal(1)]
    as_alone(metric(bands={"s2": 8.55, "s3": 9}), pl.Series(numbers, dtype=pl.Decimal(38, 37)), numbers)
    assert both_ways(with_ways(CHOICE), pl.DataFrame({"c": pl.Series([Decimal(3)], dtype=pl.Decimal(38, 0))})).height
    large = pl.DataFrame({"c": pl.Series([Decimal(10**37)], dtype=pl.Decimal(38, 0))})
    assert not fits(with_ways(CHOICE), large.row(0, named=True))


def test_floats_of_32_bits_are_possible_as_they_are_printed() -> None:
    made = metric(bands={"s2": 0.1, "s3": 0.3}, minimum=0.1, maximum=0.3)
    as_alone(made, pl.Series([0.1, 0.2, 0.3], dtype=pl.Float32), [0.1, 0.2, 0.3])
    beyond = pl.DataFrame({"c": pl.Series([0.09999999, 0.3000001], dtype=pl.Float32)})
    for rows in (1, 200):
        with pytest.raises(hm.AnswerError, match="the table has 2 problems"):
            hm.frames.score_frame(made, pl.concat([beyond] * rows))


@pytest.mark.parametrize(
    ("cells", "raw"),
    [
        (pl.Series([0.1], dtype=pl.Float32), 0.1),
        (pl.Series([0.1]), Decimal("0.1")),
        (pl.Series([Decimal("0.1")], dtype=pl.Decimal(38, 30)), 0.1),
        (pl.Series([7], dtype=pl.Int8), "7.0"),
        (pl.Series(["1"]), 1),
        (pl.Series(["0.5"]), 0.5),
        (pl.Series(["true"]), True),
        (pl.Series([True]), "TRUE"),
        (pl.Series([False]), 0),
    ],
)
def test_what_values_names_stands_in_a_column_of_any_type(cells: pl.Series, raw: Any) -> None:
    as_alone(with_ways(CHOICE, METRIC), cells, ["3"], values={"c": {raw: "3"}})


def test_mixed_objects_are_texts_also_where_values_names_them() -> None:
    pandas = pytest.importorskip("pandas")
    for many in (1, 300):
        table = pandas.DataFrame({"c": [1, "n/a"] * many}, dtype=object)
        found = hm.frames.score_frame(with_ways(CHOICE), table, values={"c": {1: "live", "n/a": {"unknown": "blank"}}})
        assert found["d.score"].head(1).to_list() == [2.0]


def test_an_option_is_a_decimal_only_where_it_is_exactly_that() -> None:
    cells = pl.Series([Decimal(1), Decimal("1.00000000000000000001")], dtype=pl.Decimal(30, 20))
    for rows in (1, 200):
        with pytest.raises(hm.AnswerError, match=f"'1.00000000000000000001' in {rows} row"):
            hm.frames.score_frame(with_ways(CHOICE), pl.concat([pl.DataFrame({"c": cells})] * rows))


@pytest.mark.parametrize(
    ("said", "applies"),
    [
        (["", " No ", "0", "FALSE", None, "0.0", "We have none."], [True] * 5 + [False] * 2),
        ([0.0, -0.0, None, 1.0, float("nan")], [True] * 3 + [False] * 2),
        ([0, None, 2], [True, True, False]),
    ],
)
def test_what_says_that_something_does_not_apply(said: list[Any], applies: list[bool]) -> None:
    made = with_ways(CHOICE, allow_not_applicable=True)
    found = both_ways(made, pl.DataFrame({"c": ["3"] * len(said), "c__not_applicable": said}))
    assert [score is not None for score in found["d.score"]] == applies


@pytest.mark.parametrize("rows", [1, 300])
def test_there_is_no_year_0(rows: int) -> None:
    table = pl.DataFrame({"c": ["3"] * rows, "c__as_of": ["0000-01-01"] * rows})
    with pytest.raises(hm.AnswerError, match=r"c__as_of: '0000-01-01' in \d+ rows? does not fit"):
        hm.frames.score_frame(with_ways(CHOICE), table)


@pytest.mark.parametrize("rows", [1, 300])
def test_what_is_no_number_is_no_answer_to_a_measure(rows: int) -> None:
    table = pl.DataFrame({"c": [1.0, float("nan")] * rows})
    with pytest.raises(hm.AnswerError, match=rf"'NaN' in {rows} rows? does not fit: .*not nan"):
        hm.frames.score_frame(by_length(), table)
    found = hm.frames.score_frame(by_length(), table, on_error="null")
    assert found["overall.score"].to_list() == [1.0, None] * rows


@pytest.mark.parametrize("rows", [1, 300])
def test_numbers_that_do_not_fit_into_columns_are_read_row_by_row(rows: int) -> None:
    worst = {"type": "metric", "range": {"worst": 0, "onto": "stages"}}
    asked = [
        {"id": f"c{best}", "title": "C", "scale": {**worst, "range": {**worst["range"], "best": best}}}  # type: ignore[dict-item]
        for best in (10**9 + 7, 10**9 + 9, 10**9 + 21, 10**9 + 33, 10**9 + 87)
    ]
    made = rubric(dimension("d", *asked))
    table = pl.DataFrame({each["id"]: [1e8, 5.0] * rows for each in asked})
    answers = {each["id"]: 1e8 for each in asked}
    assert hm.frames.score_frame(made, table)["d.score"].to_list()[0] == hm.score(made, answers)["d"].score
    wrong = table.with_columns(pl.lit("much").alias("c1000000009"))
    with pytest.raises(hm.AnswerError, match=rf"'much' in {2 * rows} rows does not fit: expected a number"):
        hm.frames.score_frame(made, wrong)
