"""A long table becomes wide: one row for each assessment, with the answers that it has."""

from datetime import date
from typing import Any

import hypothesis.strategies as st
import polars as pl
import pytest
from engine_rubrics import CUTS, GRADES, NORMAL, dimension, pointed, rubric, staged
from hypothesis import given
from polars.testing import assert_frame_equal

import humanai_maturity as hm
from humanai_maturity.frames import long

LIST = {"type": "checklist", "items": [{"id": "x", "stage": 2}, {"id": "y", "stage": 3}]}
BOTH = {"type": "metric", "bands": {"s2": 0.5, "s3": 0.9}}
TINY = rubric(
    dimension("d", staged("a"), {"id": "ticks", "title": "Ticks", "scale": LIST}, allow_not_applicable=True),
    dimension(
        "e",
        {"id": "share", "title": "Share", "scale": BOTH, "max_age_days": 30},
        {"id": "sure", "title": "Sure", "scale": {"type": "yes_no", "yes": "s3", "no": "s1"}},
        {**staged("both", allow_not_applicable=True), "otherwise": [BOTH]},
    ),
    evidence_grades=GRADES,
)
ROWS = [
    ("n", "a", "2"),
    ("n", "ticks", "x; y"),
    ("s", "both", "0.7"),
    ("n", "share", "0.72"),
    ("s", "sure", "true"),
    ("w", "a", None),
    ("s", "a", "3"),
    ("n", "both", "3"),
]
LONG = pl.DataFrame(ROWS, schema=["assessment", "criterion", "value"], orient="row")
WIDE = pl.DataFrame(
    {
        "assessment": ["n", "s", "w"],
        "a": ["2", "3", None],
        "ticks": ["x; y", None, None],
        "share": ["0.72", None, None],
        "sure": [None, "true", None],
        "both": ["3", "0.7", None],
    }
)


def told(table: pl.DataFrame, **more: Any) -> list[str]:
    with pytest.raises(hm.AnswerError) as caught:
        hm.frames.widen(TINY, table, **more)
    return [str(problem) for problem in caught.value.problems]


def test_one_row_for_each_assessment_in_the_order_in_which_they_are_seen() -> None:
    found = hm.frames.widen(TINY, LONG)
    assert_frame_equal(found, WIDE, check_column_order=False)
    assert_frame_equal(hm.frames.widen(hm.Scorer(TINY), LONG.lazy()).collect(), found)


@given(st.permutations(range(len(ROWS))))
def test_the_order_of_rows_changes_only_the_order_of_assessments(order: list[int]) -> None:
    found = hm.frames.widen(TINY, LONG[order])
    assert_frame_equal(found.sort("assessment"), WIDE, check_column_order=False)
    assert found["assessment"].to_list() == LONG[order]["assessment"].unique(maintain_order=True).to_list()


def test_other_kinds_of_tables_come_back_as_they_came() -> None:
    pd, pa, duckdb = (pytest.importorskip(name) for name in ("pandas", "pyarrow", "duckdb"))
    assert isinstance(hm.frames.widen(TINY, LONG.to_pandas()), pd.DataFrame)
    assert isinstance(hm.frames.widen(TINY, LONG.to_arrow()), pa.Table)
    (batch,) = LONG.to_arrow().combine_chunks().to_batches()
    assert isinstance(hm.frames.widen(TINY, batch), pa.RecordBatch)
    found = hm.frames.widen(TINY, duckdb.from_arrow(LONG.to_arrow()))
    assert_frame_equal(pl.DataFrame(found.to_arrow_table()), WIDE, check_column_order=False)
    objects = pd.DataFrame(
        {"assessment": ["n", "n", "s"], "criterion": ["a", "share", "sure"], "value": [2, 0.7, True]}
    )
    mixed = hm.frames.widen(TINY, objects.astype({"value": object}))
    assert mixed["share"].tolist()[0] == "0.7"
    assert hm.frames.score_frame(TINY, mixed)["e.coverage"].tolist() == [1 / 3, 1 / 3]


def test_what_stands_beside_comes_along() -> None:
    beside = LONG.with_columns(
        grade=pl.when(pl.col("criterion") == "a").then(pl.lit("proof")),
        sample=pl.when(pl.col("criterion") == "share").then(40),
        not_applicable=pl.lit(None, dtype=pl.String),
        as_of=pl.when(pl.col("criterion") == "share").then(pl.lit(date(2026, 1, 1))),
    )
    away = pl.DataFrame(
        {
            "assessment": ["w", "w"],
            "criterion": ["both", "d"],
            "value": [None, None],
            "not_applicable": ["None.", "true"],
        },
        schema_overrides={"value": pl.String},
    )
    found = hm.frames.widen(TINY, pl.concat([beside, away], how="diagonal"), evidence="grade")
    expected = WIDE.with_columns(
        a__evidence=pl.Series(["proof", "proof", None]),
        share__sample=pl.Series([40, None, None]),
        share__as_of=pl.Series([date(2026, 1, 1), None, None]),
        both__not_applicable=pl.Series([None, None, "None."]),
        d__not_applicable=pl.Series([None, None, "true"]),
    )
    assert_frame_equal(found, expected, check_column_order=False, check_dtypes=False)
    scored = hm.frames.score_frame(TINY, found, as_of=date(2026, 1, 31))
    alone = hm.Assessment(
        rubric="tiny",
        date=date(2026, 1, 31),
        answers={
            "a": hm.Answer(value="2", evidence="proof"),
            "ticks": ["x", "y"],
            "share": hm.Answer(value=0.72, sample=40, as_of=date(2026, 1, 1)),
            "both": "3",
        },
    )
    card = hm.score(TINY, alone)
    assert (scored["overall.low"][0], scored["overall.high"][0]) == (card.overall.low, card.overall.high)


def test_several_columns_name_an_assessment_and_others_are_kept() -> None:
    table = LONG.rename({"assessment": "tenant"}).with_columns(month=pl.lit(1), region=pl.col("tenant") + "0")
    found = hm.frames.widen(TINY, table, assessment=["tenant", "month"], keep=["region"])
    assert found.select("tenant", "month", "region").rows() == [("n", 1, "n0"), ("s", 1, "s0"), ("w", 1, "w0")]
    regions = pl.Series("region", [*"abcdefgh"])
    assert told(table.with_columns(regions), assessment=["tenant", "month"], keep=["region"]) == [
        f"error[several-values] region: 'n', '1' and 1 more with several values here; {KEEP}"
    ]


def test_everything_that_is_wrong_is_told_at_once() -> None:
    more = [("n", "a", "3"), ("n", "tickz", "x"), ("s", "tickz", "x")]
    more += [("n", "e", "yes"), (None, "a", "1"), ("v", None, "1")]  # type: ignore[list-item]
    table = pl.concat([LONG, pl.DataFrame(more, schema=LONG.schema, orient="row")])
    assert told(table) == [
        "error[missing-id] assessment: nothing stands here in 1 row, so that nobody knows of which assessment they are",
        "error[missing-id] criterion: nothing stands here in 1 row, so that nobody knows of which criterion they are",
        "error[unknown-criterion] criterion: 'tickz' in 2 rows is no criterion of the rubric (did you mean 'ticks'?)",
        "error[repeated-answer] criterion: 'n' has 2 answers to 'a'; an assessment has one",
        "error[not-a-criterion] criterion: 'e' is a dimension with answers in 1 row; answer the criteria below it",
    ]


def test_no_more_than_twenty_of_a_kind_are_told() -> None:
    many = [(f"t{number}", "a", "1") for number in range(30)] * 2
    many += [(f"t{number}", f"q{number}", "1") for number in range(30)]
    found = told(pl.DataFrame(many, schema=LONG.schema, orient="row"))
    assert len(found) == 42
    assert "error[unknown-criterion] criterion: 10 others are no criteria of the rubric either" in found
    assert "error[repeated-answer] criterion: 10 others have several answers to 'a', too" in found


def test_columns_that_are_not_there_are_suggested() -> None:
    assert told(LONG, value="valu", evidence="grade", keep=["asessment"]) == [
        "error[missing-column] valu: the table has no column 'valu', which `value` names (did you mean 'value'?)",
        f"error[missing-column] asessment: {NO_KEEP} (did you mean 'assessment'?)",
        "error[missing-column] grade: the table has no column 'grade', which `evidence` names",
    ]
    assert told(LONG, assessment=[]) == ["error[missing-column] `assessment` names no column"]
    assert told(LONG.rename({"assessment": "a"}), assessment="a") == [
        "error[taken-name] a: 'a' is called as a column with answers: give it another name"
    ]
    assert told(LONG, keep="assessment") == [
        "error[taken-name] assessment: 'assessment' names the assessment already: leave it out of `keep`"
    ]
    beside = LONG.with_columns(pl.lit(1).alias("sample"), pl.lit(1).alias("share__sample"))
    assert told(beside, keep="share__sample") == [
        "error[taken-name] share__sample: 'share__sample' is called as a column with answers: give it another name"
    ]


KEEP = "`keep` is for what an assessment has one of"
NO_KEEP = "the table has no column 'asessment', which `keep` names"


def test_no_rows_give_no_rows() -> None:
    assert hm.frames.widen(TINY, LONG.clear()).rows() == []


TEXTS = ["2/3", "0.89999999999999999999", "tRUE", "true", "x;y", "2", "0,72", "much", "live"]


@given(st.data())
def test_a_cell_of_a_long_table_is_what_it_is_in_a_wide_one(data: st.DataObject) -> None:
    """Whatever a cell takes and refuses, it takes and refuses in a long table too."""
    rows = data.draw(st.lists(st.tuples(*[st.sampled_from([None, *TEXTS])] * 5), min_size=1, max_size=4))
    names = ["a", "ticks", "share", "sure", "both"]
    wide = pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String), orient="row").with_row_index("assessment")
    table = wide.unpivot(names, index="assessment", variable_name="criterion", value_name="value")
    found = hm.frames.widen(TINY, table)
    assert_frame_equal(found, wide, check_column_order=False)
    scored = hm.frames.score_frame(TINY, found, on_error="null", carry=False)
    assert_frame_equal(scored, hm.frames.score_frame(TINY, wide, on_error="null", carry=False), check_exact=True)


def test_what_does_not_fit_is_told_when_it_is_scored() -> None:
    more = pl.DataFrame([("w", "share", "0,72"), ("q", "share", "much")], schema=LONG.schema, orient="row")
    found = hm.frames.widen(TINY, pl.concat([LONG, more]))
    with pytest.raises(hm.AnswerError) as caught:
        hm.frames.score_frame(TINY, found)
    assert [str(each) for each in caught.value.problems] == [
        "error[unfit-answer] share: '0,72' in 1 row does not fit: a number is wanted: write 0.72",
        "error[unfit-answer] share: 'much' in 1 row does not fit: expected a number, not a text ('much')",
    ]
    values = {"share": {"much": 0.9, "0,72": hm.Unknown(unknown="dont-know")}}
    assert hm.frames.score_frame(TINY, found, values=values).height == 4


def test_numbers_stay_numbers() -> None:
    points = rubric(dimension("d", pointed("p"), staged("a"), **NORMAL), **NORMAL, stage=CUTS)
    table = pl.DataFrame({"assessment": [1, 1, 2], "criterion": ["p", "a", "a"], "value": [0.25, 3, 1]})
    found = hm.frames.widen(points, table)
    assert found.schema == {"assessment": pl.Int64, "p": pl.Float64, "a": pl.Float64}
    card = hm.score(points, {"p": 0.25, "a": "3"})
    assert hm.frames.score_frame(points, found)["overall.score"][0] == card.score


def test_runs_are_looked_up_once() -> None:
    rows, heads = long._rows_of(pl.DataFrame({"k": ["b", "b", None, "a", None, "b"]}))  # noqa: SLF001
    assert (rows.to_list(), heads.to_list()) == ([0, 0, 1, 2, 1, 0], [0, 2, 3])
