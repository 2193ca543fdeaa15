"""Many teams at once: distributions, medians, what holds them back; and nobody shown alone."""

from statistics import median_low
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

import humanai_maturity as hm
from humanai_maturity.frames import summarize

SCORED = pl.DataFrame(
    {
        "country": ["a"] * 5 + ["b"] * 2 + ["c"] * 4,
        "overall.stage": [1, 2, 2, 4, None, 3, 3, 1, 1, 1, 1],
        "overall.score": [1.0, 2.0, 2.5, 4.0, None, 3.0, 3.5, 1.0, 1.0, 1.0004, 1.0006],
        "overall.first_blocker": ["cap: d", "cap: d", "any", None, "any", None, None, "any", "any", "any", "any"],
        "d.stage": [1, 1, 1, 1, 1, 2, 2, 1, 1, 1, 2],
        "flags.f": [True, False, False, None, True, True, True, False, False, False, False],
    }
)


def test_groups_and_nodes() -> None:
    found = summarize(SCORED, by="country", nodes=["overall", "d"], smallest_group=2)
    counts = ["teams", "no_stage", "stage_1", "stage_2", "stage_3", "stage_4"]
    shares = ["no_stage_share", "stage_1_share", "stage_2_share", "stage_3_share", "stage_4_share"]
    assert found.columns == ["country", "node", *counts, *shares, "median_stage"]
    assert found.select("country", "node", *counts, "stage_1_share", "median_stage").rows() == [
        ("a", "overall", 5, 1, 1, 2, 0, 1, 0.2, 2),
        ("a", "d", 5, 0, 5, 0, 0, 0, 1.0, 1),
        ("b", "overall", 2, 0, 0, 0, 2, 0, 0.0, 3),
        ("b", "d", 2, 0, 0, 2, 0, 0, 0.0, 2),
        ("c", "overall", 4, 0, 4, 0, 0, 0, 1.0, 1),
        ("c", "d", 4, 0, 3, 1, 0, 0, 0.75, 1),
    ]


def test_groups_that_are_too_small_keep_their_size() -> None:
    found = summarize(SCORED, by="country", nodes=["d"], smallest_group=3)
    told = found.drop("country", "node", "teams")
    assert found["teams"].to_list() == [5, 2, 4]
    assert [any(each is not None for each in row) for row in told.rows()] == [True, False, False]


def test_scores_have_lower_medians_to_three_decimals() -> None:
    found = summarize(SCORED, by="country", nodes=["overall"], smallest_group=1)
    assert found["median_score"].to_list() == [2.0, 3.0, 1.0]
    assert summarize(SCORED.tail(3), nodes=["overall"], smallest_group=1)["median_score"].item() == 1.0


def test_one_group_of_all() -> None:
    found = summarize(SCORED, nodes=["d"])
    assert found.select("node", "teams", "stage_1", "stage_2").rows() == [("d", 11, 8, 3)]


def test_how_many_stand_at_a_stage_at_least_and_at_most() -> None:
    open_ = pl.DataFrame({"d.stage": [1, None, 2], "d.stage_low": [1, 1, 2], "d.stage_high": [1, 3, 3]})
    found = summarize(open_, smallest_group=1)
    assert found["stage_1_at_least", "stage_1_at_most", "stage_3_at_least", "stage_3_at_most"].row(0) == (1, 2, 0, 2)
    assert found["median_stage", "median_stage_low", "median_stage_high"].row(0) == (1, 1, 3)


def test_what_holds_most_teams_back_comes_first() -> None:
    found = summarize(SCORED, by="country", of="blockers", smallest_group=5)
    assert found.rows() == [
        ("a", "overall", 5, "any", 2, 0.4),
        ("a", "overall", 5, "cap: d", 2, 0.4),
        ("b", "overall", 2, None, None, None),
        ("c", "overall", 4, None, None, None),
    ]
    assert summarize(SCORED, of="blockers").rows() == [
        ("overall", 11, "any", 6, 6 / 11),
        ("overall", 11, "cap: d", 2, 2 / 11),
    ]


def test_how_many_raise_a_flag() -> None:
    found = summarize(SCORED, by="country", of="flags", smallest_group=4)
    assert found.rows() == [("a", "f", 5, 2, 0.4), ("b", "f", 2, None, None), ("c", "f", 4, None, None)]


def test_titles_beside_ids_and_numbers() -> None:
    rubric = hm.load_rubric("ai-human-cx")
    answers = pl.DataFrame({"data.sources": ["owned"] * 5})
    scored = hm.frames.score_frame(rubric, answers)
    found = summarize(scored, nodes=["overall", "data"], rubric=rubric)
    assert found["node_title"].to_list() == [rubric.title, rubric.dimensions[0].title]
    assert found["median_stage_low_title"].to_list() == [rubric.stages[0].title] * 2
    assert "stage_5" in found.columns
    held = summarize(scored, nodes=["data"], of="blockers", rubric=rubric)
    assert held["first_blocker", "first_blocker_title"].rows() == [("coverage: data", rubric.dimensions[0].title)]
    raised = summarize(scored, of="flags", rubric=rubric)
    assert raised["flag_title"].to_list() == [flag.title or flag.says for flag in rubric.flags]


@pytest.mark.parametrize("of", ["stages", "blockers", "flags"])
def test_lazy_frames_stay_lazy(of: Any) -> None:
    lazy = summarize(SCORED.lazy(), by="country", of=of)
    assert isinstance(lazy, pl.LazyFrame)
    found = lazy.collect()
    assert_frame_equal(found, summarize(SCORED, by="country", of=of))
    assert lazy.collect_schema() == found.schema


def test_other_data_frames_come_back_as_what_they_were() -> None:
    pd, pa = pytest.importorskip("pandas"), pytest.importorskip("pyarrow")
    duckdb = pytest.importorskip("duckdb")
    expected = summarize(SCORED, by="country")
    found = summarize(SCORED.to_pandas(), by="country")
    assert isinstance(found, pd.DataFrame)
    assert found["teams"].tolist() == expected["teams"].to_list()
    batch = SCORED.to_arrow().combine_chunks().to_batches()[0]
    for table in (SCORED.to_arrow(), batch):
        same: Any = summarize(table, by="country")
        assert isinstance(same, type(table))
        assert_frame_equal(pl.DataFrame(pl.from_arrow(same)), expected)
    assert isinstance(summarize(pa.table({"d.stage": pa.array([], pa.int64())})), pa.Table)
    relation = summarize(duckdb.from_arrow(SCORED.to_arrow()), by="country")
    assert_frame_equal(pl.DataFrame(relation.to_arrow_table()), expected)


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"by": "contry"}, "contry: the table has no column 'contry' (did you mean 'country'?)"),
        ({"nodes": ["overal"]}, "overal: the table tells no stages of 'overal' (did you mean 'overall'?)"),
        ({"nodes": ["x"], "of": "flags"}, "x: the table tells no flags of 'x'"),
        ({"smallest_group": 0}, "smallest_group: `smallest_group` is 1 or more, not 0"),
    ],
)
def test_what_is_not_there_is_told(more: dict[str, Any], message: str) -> None:
    with pytest.raises(hm.AnswerError) as found:
        summarize(SCORED, **more)
    assert [str(problem).partition("] ")[2] for problem in found.value.problems] == [message]


def test_a_table_that_was_not_scored_is_refused() -> None:
    with pytest.raises(hm.AnswerError, match="the table has no column with stages: score it with `score_frame` first"):
        summarize(pl.DataFrame({"a": [1]}))


@pytest.mark.parametrize("name", ["teams", "node", "stage_1"])
def test_a_group_is_not_called_as_a_figure(name: str) -> None:
    with pytest.raises(hm.AnswerError, match=f"a summary has a column '{name}' of its own: rename the one to group by"):
        summarize(pl.DataFrame({name: [1], "d.stage": [1]}), by=name)


@pytest.mark.parametrize("of", ["stages", "blockers", "flags"])
def test_a_table_of_texts_tells_the_same(of: Any) -> None:
    """A CSV file holds all figures as texts."""
    texts = SCORED.with_columns(pl.all().cast(pl.String))
    assert_frame_equal(summarize(texts, by="country", of=of), summarize(SCORED, by="country", of=of))
    spelled = texts.with_columns(pl.col("overall.stage") + ".0", pl.col("flags.f").str.to_titlecase())  # as pandas does
    assert_frame_equal(summarize(spelled, by="country", of=of), summarize(SCORED, by="country", of=of))


def test_what_is_no_figure_is_told() -> None:
    sales = pl.DataFrame(
        {"sales.stage": ["won", "lost", "3"], "sales.score": ["much", None, "1"], "flags.f": ["y"] * 3}
    )
    sales = sales.with_columns(pl.lit(0).alias("d.stage"), pl.date(2026, 1, 1).alias("day.stage"))
    other = "if the column is no figure, say in `nodes` what to tell of"

    def told(*columns: str, **more: Any) -> list[str]:
        with pytest.raises(hm.AnswerError) as found:
            summarize(sales.select(columns), **more)
        return [str(problem) for problem in found.value.problems]

    assert told("sales.stage", "sales.score") == [
        f"error[unfit-figure] sales.stage: 'lost' in 2 rows is no stage: they are numbered from 1; {other}",
        f"error[unfit-figure] sales.score: 'much' in 1 row is no score; {other}",
    ]
    assert told("flags.f", of="flags") == [
        f"error[unfit-figure] flags.f: 'y' in 3 rows is neither `true` nor `false`; {other}"
    ]
    assert told("d.stage") == [
        f"error[unfit-figure] d.stage: '0' in 3 rows is no stage: they are numbered from 1; {other}"
    ]
    assert told("day.stage") == [
        f"error[wrong-type] day.stage: the column holds Date, and the numbers of stages are wanted; {other}"
    ]


def test_a_rubric_with_fewer_stages_is_of_another_table() -> None:
    rubric = hm.load_rubric("ai-human-cx")
    scored = pl.DataFrame({"overall.stage": [1, len(rubric.stages) + 1] * 5})
    with pytest.raises(hm.AnswerError, match=r"'6' in 5 rows is no stage of the rubric, which has 5"):
        summarize(scored, rubric=rubric)


def test_one_name_is_one_node() -> None:
    assert_frame_equal(summarize(SCORED, nodes="overall"), summarize(SCORED, nodes=["overall"]))


def test_columns_of_any_name_tell_groups_apart() -> None:
    for name in ("__unit", "__count", "__stage", "__first", "__all", "__place"):
        for of in ("stages", "blockers"):
            found = summarize(SCORED.rename({"country": name}), by=name, of=of, smallest_group=1)  # type: ignore[arg-type]
            assert_frame_equal(
                found.rename({name: "country"}),
                summarize(SCORED, by="country", of=of, smallest_group=1),  # type: ignore[arg-type]
            )
    with pytest.raises(hm.AnswerError, match="'__hm_unit' begins with '__hm_', as columns do that come and go"):
        summarize(SCORED.rename({"country": "__hm_unit"}), by="__hm_unit")


def test_a_median_of_few_is_hidden() -> None:
    """The only score of a group would be that of one team."""
    one = pl.DataFrame({"d.stage": [2, *[None] * 9], "d.score": [2.5, *[None] * 9]})
    assert summarize(one)["median_stage", "median_score"].row(0) == (None, None)
    assert summarize(one, smallest_group=1)["median_stage", "median_score"].row(0) == (2, 2.5)


def test_one_bound_alone_tells_nothing() -> None:
    found = summarize(pl.DataFrame({"d.stage": [1], "d.stage_low": [1]}), smallest_group=1)
    assert not [name for name in found.columns if name.endswith(("at_least", "at_most", "low"))]


@st.composite
def scored_tables(draw: st.DrawFn) -> pl.DataFrame:
    """Draw tables as they are after scoring: a stage between its bounds or none, in up to four groups."""
    rows = draw(st.lists(st.tuples(*[st.integers(1, 4)] * 3, st.booleans(), st.sampled_from("abcd")), min_size=1))
    blockers, flags = st.sampled_from(["any", "cut: d", None]), st.booleans()
    size = {"min_size": len(rows), "max_size": len(rows)}
    stages = [sorted(row[:3]) for row in rows]
    return pl.DataFrame(
        {
            "group": [row[4] for row in rows],
            "d.stage": pl.Series(
                [None if row[3] else each[1] for row, each in zip(rows, stages, strict=True)], dtype=pl.Int64
            ),
            "d.stage_low": [each[0] for each in stages],
            "d.stage_high": [each[2] for each in stages],
            "d.first_blocker": pl.Series(draw(st.lists(blockers, **size)), dtype=pl.String),
            "flags.f": draw(st.lists(flags, **size)),
        }
    )


@given(scored_tables(), st.integers(1, 4))
def test_counts_add_up(table: pl.DataFrame, smallest: int) -> None:
    """Counts add up, and the stages that are there lie between the least and the most."""
    found = summarize(table, by="group", smallest_group=smallest)
    assert found["teams"].sum() == table.height
    numbers = [int(name.removeprefix("stage_")) for name in found.columns if name.removeprefix("stage_").isdecimal()]
    for row in found.drop_nulls("no_stage").to_dicts():
        counts = [row[f"stage_{number}"] for number in numbers]
        least, most = ([row[f"stage_{number}_at_{end}"] for number in numbers] for end in ("least", "most"))
        assert sum(counts) + row["no_stage"] == row["teams"]
        assert sum(least) <= row["teams"] <= sum(most)
        for count, low, high in zip(counts, least, most, strict=True):
            assert count <= high
            assert low <= min(high, count + row["no_stage"])
        stages = table.filter(group=row["group"])["d.stage"].drop_nulls().to_list()
        assert row["median_stage"] == (median_low(stages) if len(stages) >= smallest else None)
        held = summarize(table, by="group", of="blockers", smallest_group=1).filter(group=row["group"])
        assert held["held"].sum() == table.filter(group=row["group"])["d.first_blocker"].count()


@given(scored_tables(), st.integers(1, 6), st.integers(1, 3), st.sampled_from(["stages", "blockers", "flags"]))
def test_nobody_below_the_threshold_is_shown(table: pl.DataFrame, group: int, count: int, of: Any) -> None:
    """Nobody below the threshold is shown, nor by the difference between all and those that are shown."""
    setting: dict[str, Any] = {"of": of, "smallest_group": group, "smallest_count": count}
    found = summarize(table, by="group", **setting)
    key = {"stages": "no_stage", "blockers": "held", "flags": "raised"}[of]
    sizes = dict(table.group_by("group").len().rows())
    gone = set(found.filter(pl.col(key).is_null())["group"])
    if of == "blockers":  # a group that nothing holds back has no row
        gone &= set(found["group"])
    shown = set(sizes) - gone
    assert all(sizes[name] >= group for name in shown)
    if gone and shown:
        assert sum(sizes[name] for name in gone) >= group
    for value in found.select(pl.col(pl.UInt32).exclude("teams")).to_numpy().ravel():
        assert not 0 < value < count


@given(scored_tables(), st.randoms(use_true_random=False), st.sampled_from(["stages", "blockers", "flags"]))
def test_the_order_of_the_rows_does_not_matter(table: pl.DataFrame, random: Any, of: Any) -> None:
    """Order of rows: no effect."""
    shuffled = table.sample(fraction=1, shuffle=True, seed=random.randint(0, 2**31))
    setting: dict[str, Any] = {"by": "group", "of": of, "smallest_group": 3}
    assert_frame_equal(summarize(shuffled, **setting), summarize(table, **setting))
