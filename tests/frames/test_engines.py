"""Every kind of data frame comes back as the same kind, with the same figures."""

from typing import Any

import polars as pl
import pytest
from engine_rubrics import dimension, rubric, staged
from polars.testing import assert_frame_equal

import humanai_maturity as hm
from humanai_maturity.frames.engines import exchange_for

TINY = rubric(dimension("d", staged("a", weight=2), staged("b"), coverage_floor=0.7), dimension("e", staged("c")))
ANSWERS = pl.DataFrame(
    {
        "team": [f"t{number}" for number in range(400)],
        "a": ["1", "3"] * 200,
        "b": ["2", None, "3", "1"] * 100,
        "c": ["1"] * 400,
    }
)
EXPECTED = hm.frames.score_frame(TINY, ANSWERS)


def alike(found: pl.DataFrame) -> None:
    assert_frame_equal(found.cast(dict(EXPECTED.schema)), EXPECTED, check_exact=True)  # type: ignore[arg-type]


def test_rows_score_as_they_do_alone() -> None:
    card = hm.score(TINY, {"a": "3", "c": "1"})
    row = EXPECTED.row(1, named=True)
    for node in card.nodes:
        stages = (node.stage, node.stage_raw, node.stage_low, node.stage_high)
        names = ("stage", "stage_raw", "stage_low", "stage_high")
        assert [row[f"{node.id}.{name}"] for name in names] == [stage and stage.number for stage in stages]
        figures = (node.score, node.low, node.high, node.coverage)
        assert tuple(row[f"{node.id}.{name}"] for name in ("score", "low", "high", "coverage")) == figures
    assert (row["team"], row["d.stage"], row["d.coverage"]) == ("t1", None, 2 / 3)


def test_lazy_frames_stay_lazy() -> None:
    found = hm.frames.score_frame(TINY, ANSWERS.lazy())
    assert isinstance(found, pl.LazyFrame)
    alike(found.collect(engine="streaming"))
    bare = hm.frames.score_frame(TINY, ANSWERS.lazy(), carry=False).collect()
    assert bare.columns == EXPECTED.columns[4:]


@pytest.mark.parametrize("arrow", [False, True])
def test_pandas(arrow: bool) -> None:  # noqa: FBT001
    pd = pytest.importorskip("pandas")
    frame = ANSWERS.to_pandas(use_pyarrow_extension_array=arrow)
    frame.index = pd.Index(range(1000, 1400), name="row")
    found = hm.frames.score_frame(TINY, frame)
    assert isinstance(found, pd.DataFrame)
    assert found.index.equals(frame.index)
    assert isinstance(found.dtypes["overall.low"], pd.ArrowDtype) == arrow
    alike(pl.from_pandas(found))


def test_arrow() -> None:
    pa = pytest.importorskip("pyarrow")
    table = ANSWERS.to_arrow()
    found = hm.frames.score_frame(TINY, table)
    assert isinstance(found, pa.Table)
    alike(pl.DataFrame(found))
    (batch,) = table.combine_chunks().to_batches()
    assert isinstance(hm.frames.score_frame(TINY, batch), pa.RecordBatch)


def test_duckdb() -> None:
    duckdb = pytest.importorskip("duckdb")
    pytest.importorskip("pyarrow")
    found = hm.frames.score_frame(TINY, duckdb.from_arrow(ANSWERS.to_arrow()))
    assert isinstance(found, duckdb.DuckDBPyRelation)
    alike(pl.DataFrame(found.to_arrow_table()))


def test_anything_with_an_arrow_stream() -> None:
    class Stream:
        def __arrow_c_stream__(self, requested_schema: Any = None) -> Any:
            return ANSWERS.__arrow_c_stream__(requested_schema)

    alike(hm.frames.score_frame(TINY, Stream()))  # type: ignore[arg-type]


def test_what_is_no_table_is_refused() -> None:
    with pytest.raises(TypeError, match="a table is a data frame or has an Arrow stream; this is dict"):
        hm.frames.score_frame(TINY, {"a": ["1"]})


def test_figures_that_are_the_same_in_every_row_are_in_every_row() -> None:
    nothing = pl.DataFrame({"a": [None] * 400, "b": ["2", None] * 200}, schema={"a": pl.String, "b": pl.String})
    assert hm.frames.score_frame(TINY, nothing).height == 400


@pytest.mark.parametrize("engine", ["streaming", "in-memory"])
def test_a_lazy_frame_is_checked_as_it_is_read(engine: Any) -> None:
    bad = pl.LazyFrame({"a": ["1", "9"], "b": ["2", "2"]})
    with pytest.raises(hm.AnswerError, match="'9' in 1 row does not fit"):
        hm.frames.score_frame(TINY, bad).select("d.stage_low").collect(engine=engine)
    lenient = hm.frames.score_frame(TINY, bad, on_error="null").collect(engine=engine)
    assert lenient["d.coverage"].to_list() == [1.0, 1 / 3]


def test_objects_of_pandas_are_what_they_spell() -> None:
    pd = pytest.importorskip("pandas")
    data = {
        "a": pd.Series(["1", 3, None], dtype=object),
        "b": pd.Series([2.0, float("nan"), "3"], dtype=object),
        "c": [1.0, float("nan"), 3.0],
        "owner": pd.Series([{"n"}, object(), None], dtype=object),
    }
    frame = pd.DataFrame(data).set_index(pd.Index([7, 8, 9]))
    found = hm.frames.score_frame(TINY, frame)
    assert found["owner"].tolist()[1] is frame["owner"].tolist()[1]
    plain = pl.DataFrame({"a": ["1", "3", None], "b": ["2", None, "3"], "c": ["1", None, "3"]})
    expected = hm.frames.score_frame(TINY, plain, carry=False)
    again = pl.from_pandas(found[expected.columns])
    assert_frame_equal(again.cast(dict(expected.schema)), expected, check_exact=True)  # type: ignore[arg-type]
    with pytest.raises(hm.AnswerError, match="the column holds Object, which no scale of 'a' takes"):
        hm.frames.score_frame(TINY, frame.assign(a=frame["owner"]))


@pytest.mark.parametrize("lazy", [False, True])
def test_what_was_scored_is_scored_again_without_its_own_columns(lazy: bool) -> None:  # noqa: FBT001
    again = EXPECTED.lazy() if lazy else EXPECTED
    told = r"'overall.stage' and \d+ more of its columns have the name of a figure: leave its own columns out"
    with pytest.raises(hm.AnswerError, match=told):
        hm.frames.score_frame(TINY, again)
    found = hm.frames.score_frame(TINY, again, carry=False).lazy().collect()
    assert_frame_equal(found, EXPECTED.select(found.columns), check_exact=True)


def test_a_relation_stays_with_its_connection() -> None:
    duckdb = pytest.importorskip("duckdb")
    connection = duckdb.connect()
    connection.sql("CREATE TABLE countries AS SELECT 't1' AS team, 'Chile' AS country")
    connection.sql("CREATE TABLE scored AS SELECT 'none of ours' AS team")
    answers = connection.from_arrow(ANSWERS.to_arrow())
    figures = hm.frames.score_frame(TINY, answers)
    joined = connection.sql('SELECT country, "d.stage_low" FROM figures JOIN countries USING (team)')
    assert joined.fetchall() == [("Chile", EXPECTED["d.stage_low"][1])]
    assert figures.join(connection.table("countries"), "team").fetchall()
    assert [table for _, _, table, *_ in connection.sql("SHOW ALL TABLES").fetchall()] == ["countries", "scored"]


@pytest.mark.parametrize("kind", ["polars", "lazy", "pandas", "table", "batch", "duckdb"])
def test_an_empty_table_of_any_kind_comes_back_with_every_figure(kind: str) -> None:
    pa, duckdb = pytest.importorskip("pyarrow"), pytest.importorskip("duckdb")
    pytest.importorskip("pandas")
    empty = ANSWERS.clear()
    arrow = empty.to_arrow()
    kinds = {
        "polars": lambda: empty,
        "lazy": empty.lazy,
        "pandas": empty.to_pandas,
        "table": lambda: arrow,
        "batch": lambda: pa.RecordBatch.from_pylist([], arrow.schema),
        "duckdb": lambda: duckdb.from_arrow(arrow),
    }
    frame: Any = kinds[kind]()
    found = hm.frames.score_frame(TINY, frame)
    assert type(found) is type(frame)
    table = exchange_for(found).table.lazy().collect()
    assert (table.height, table.columns) == (0, EXPECTED.columns)


def test_columns_that_are_called_the_same() -> None:
    pd, pa = pytest.importorskip("pandas"), pytest.importorskip("pyarrow")
    frames = [pd.DataFrame([["1", "2"]], columns=["a", "a"]), pa.table([["1"], ["2"]], names=["a", "a"])]
    for frame in frames:
        with pytest.raises(hm.AnswerError, match=r"repeated-column\] a: 2 columns are called so"):
            hm.frames.score_frame(TINY, frame)
