"""A table of Spark scores as one of Polars does, wherever its rows are, and carries what Polars does not know."""

from typing import Any

import hypothesis.strategies as st
import polars as pl
import pytest
import strategies as drawn
from drawn_tables import tables
from engine_rubrics import dimension, one, rubric, staged
from hypothesis import HealthCheck, assume, given, settings
from polars.testing import assert_frame_equal
from strategies import AGGREGATORS, MEASURES

import humanai_maturity as hm
from humanai_maturity.engine import Scorer
from humanai_maturity.errors import RubricInvalidError
from humanai_maturity.frames.spark import polars_type

TINY = rubric(dimension("d", staged("a.x", weight=2), staged("b"), coverage_floor=0.7), dimension("e", staged("c")))
ANSWERS = pl.DataFrame(
    {
        "team": [f"t{number}" for number in range(800)],
        "a.x": ["1", "3"] * 400,
        "b": ["2", None, "3", "1"] * 200,
        "c": ["1"] * 800,
    }
)


def on_spark(spark: Any, table: pl.DataFrame) -> Any:
    return spark.createDataFrame(table.to_arrow())


def collected(frame: Any) -> pl.DataFrame:
    return pl.DataFrame(frame.toArrow())


def alike(found: Any, expected: pl.DataFrame) -> None:
    table = collected(found)
    assert_frame_equal(table.cast(dict(expected.schema)), expected, check_exact=True)  # type: ignore[arg-type]


def test_a_table_comes_back_as_one_of_spark(spark: Any) -> None:
    frame = on_spark(spark, ANSWERS)
    found = hm.frames.score_frame(TINY, frame)
    assert type(found) is type(frame)
    alike(found, hm.frames.score_frame(TINY, ANSWERS))


def test_without_the_own_columns_and_without_bounds(spark: Any) -> None:
    wanted = {"carry": False, "bounds": False, "flags": False}
    found = hm.frames.score_frame(TINY, on_spark(spark, ANSWERS), **wanted)  # type: ignore[call-overload]
    alike(found, hm.frames.score_frame(TINY, ANSWERS, **wanted))  # type: ignore[call-overload]


@settings(max_examples=10, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_tables_of_spark_score_as_those_of_polars_do(spark: Any, data: st.DataObject) -> None:
    """What every row scores is the same on executors, to the last bit."""
    drawn_rubric = data.draw(drawn.rubrics())
    try:
        scorer = Scorer(drawn_rubric, measures=MEASURES, aggregators=AGGREGATORS)
    except RubricInvalidError:
        assume(condition=False)
        raise
    # Each of two partitions gets more rows than are scored one after the other.
    table = pl.concat([data.draw(tables(drawn_rubric))] * 120)
    alike(hm.frames.score_frame(scorer, on_spark(spark, table)), hm.frames.score_frame(scorer, table))


def test_columns_of_all_types_are_carried(spark: Any) -> None:
    plain = spark.range(3).selectExpr(
        "cast(id + 1 as string) as b",
        "cast(id as decimal(20,3)) as amount",
        "date'2026-11-24' as day",
        "timestamp'2026-11-24 10:00:00' as at",
        "timestamp_ntz'2026-11-24 10:00:00' as local",
        "interval '1' day as took",
        "struct(id, map('k', array(id)) as m) as nested",
        "binary('x') as raw",
        "parse_json('{\"k\": 1}') as variant",
        "null as nothing",
    )
    found = hm.frames.score_frame(TINY, plain)
    own = found.select(plain.columns)
    assert own.schema == plain.schema
    assert [str(row) for row in own.collect()] == [str(row) for row in plain.collect()]


def test_what_cannot_be_carried_is_told_at_once(spark: Any) -> None:
    table = spark.range(1).selectExpr("'1' as b", "interval '1' year as age", "struct(make_interval(1)) as more")
    with pytest.raises(hm.AnswerError) as caught:
        hm.frames.score_frame(TINY, table)
    told = [str(problem) for problem in caught.value.problems]
    assert told[0] == "error[wrong-type] age: Spark passes no interval year on: cast it, or write `carry=False`"
    assert told[1].startswith("error[wrong-type] more: Spark passes no struct<")
    assert hm.frames.score_frame(TINY, table, carry=False).count() == 1


def test_columns_that_are_missing_or_of_a_wrong_type_are_told_at_once(spark: Any) -> None:
    with pytest.raises(hm.AnswerError, match=r"did you mean 'a\.x'"):
        hm.frames.score_frame(TINY, spark.createDataFrame([("1",)], "`a.y` string"))
    with pytest.raises(hm.AnswerError, match=r"error\[wrong-type\] b: the column holds Date"):
        hm.frames.score_frame(TINY, spark.sql("select date'2026-11-24' as b"))


def test_a_name_that_several_columns_have_is_told_at_once(spark: Any) -> None:
    twice = spark.createDataFrame([("1", "2")], "b string, b string")
    with pytest.raises(hm.AnswerError, match=r"error\[repeated-column\] b: 2 columns have this name"):
        hm.frames.score_frame(TINY, twice)
    scored = hm.frames.score_frame(TINY, spark.createDataFrame([("1",)], "b string"))
    with pytest.raises(hm.AnswerError, match=r"error\[taken-name\] overall\.stage: .*`carry=False`"):
        hm.frames.score_frame(TINY, scored)
    assert hm.frames.score_frame(TINY, scored, carry=False).count() == 1


def test_rows_are_not_told_apart(spark: Any) -> None:
    with pytest.raises(hm.AnswerError, match="`assessment` is not checked on Spark"):
        hm.frames.score_frame(TINY, on_spark(spark, ANSWERS), assessment="team")


def test_answers_that_do_not_fit_are_told_by_sparks_own_error(spark: Any) -> None:
    errors = pytest.importorskip("pyspark.errors")
    table = ANSWERS.with_columns(pl.lit("four").alias("c"))
    found = hm.frames.score_frame(TINY, on_spark(spark, table))
    with pytest.raises(errors.PythonException) as caught:
        found.collect()
    assert "AnswerError: the table has 1 problem (in a part of 400 rows; others were not looked at)" in str(
        caught.value
    )
    assert "error[unfit-answer] c: 'four' in 400 rows does not fit: write one of 1, 2, 3" in str(caught.value)
    unknown = hm.frames.score_frame(TINY, on_spark(spark, table), on_error="null")
    alike(unknown, hm.frames.score_frame(TINY, table, on_error="null"))


def test_functions_go_along(spark: Any) -> None:
    rule = {"rule": "aggregator", "name": "first"}
    first = one(staged("b"), staged("c"), score=rule, stage={"quorum": 0.5})
    scorer = hm.Scorer(first, aggregators={"first": lambda values, weights, params: values[0]})  # noqa: ARG005
    alike(hm.frames.score_frame(scorer, on_spark(spark, ANSWERS)), hm.frames.score_frame(scorer, ANSWERS))


TYPES = ["boolean", "tinyint", "smallint", "int", "bigint", "float", "double", "string",
         "binary", "date", "timestamp_ntz", "void", "decimal(9,2)", "array<string>", "array<array<int>>"]  # fmt: skip


def test_types_are_known_before_anything_runs(spark: Any) -> None:
    frame = spark.createDataFrame([], ", ".join(f"c{place} {dtype}" for place, dtype in enumerate(TYPES)))
    assert [polars_type(field.dataType) for field in frame.schema] == collected(frame).dtypes
