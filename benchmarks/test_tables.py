"""Scoring a table: the columns of Polars beside a plain sum of them, beside chains by hand, and beside a loop."""

from typing import Any

import chains
import polars as pl
import pytest
from polars.testing import assert_frame_equal
from pytest_benchmark.fixture import BenchmarkFixture
from reference_problem import DIMENSIONS, WEIGHTS, answer_sets, rubric, rubric_data

from humanai_maturity import Rubric, Scorer
from humanai_maturity.frames import score_frame, summarize

ROWS = 1_000_000
FEW = 2_000


def coded() -> Rubric:
    """Return the reference problem with options that are called by numbers, as surveys store them."""
    data = rubric_data()
    for dimension in data["dimensions"]:
        for criterion in dimension["criteria"]:
            options = criterion["scale"]["options"]
            criterion["scale"] = {
                "type": "choice",
                "options": [{**o, "id": o["id"].removeprefix("at-")} for o in options],
            }
    return Rubric.model_validate(data)


NAMES = [f"{name}.{place}" for name in DIMENSIONS for place in range(len(WEIGHTS))]


def table(rows: int) -> pl.DataFrame:
    """Return answers of which one in ten is missing, drawn a thousand at a time and repeated."""
    sets = answer_sets(1000)
    columns = {
        name: pl.Series([int(answers[name][-1]) if name in answers else None for answers in sets], dtype=pl.Int8)
        for name in NAMES
    }
    drawn = pl.DataFrame(columns)
    return pl.concat([drawn.sample(fraction=1, shuffle=True, seed=seed) for seed in range(rows // 1000)]).rechunk()


@pytest.fixture(scope="module")
def answers() -> pl.DataFrame:
    return table(ROWS)


SCORER = Scorer(coded())


def measured(benchmark: BenchmarkFixture, rows: int, work: Any, *, baseline: bool = False) -> Any:
    benchmark.group = "table, per row"
    benchmark.extra_info["rows"] = rows
    benchmark.extra_info["baseline"] = baseline
    return benchmark.pedantic(work, rounds=5, warmup_rounds=1)


def test_sum(benchmark: BenchmarkFixture, answers: pl.DataFrame) -> None:
    measured(benchmark, ROWS, lambda: answers.select(pl.sum_horizontal(pl.all())), baseline=True)


def test_full_output(benchmark: BenchmarkFixture, answers: pl.DataFrame) -> None:
    found = measured(benchmark, ROWS, lambda: score_frame(SCORER, answers, carry=False))
    for row, given in zip(found.head(50).iter_rows(named=True), answers.head(50).iter_rows(named=True), strict=True):
        card = SCORER.score({name: str(value) for name, value in given.items() if value is not None})
        assert row["overall.low"] == card.overall.low
        assert row["overall.stage_high"] == (card.stage_high and card.stage_high.number)


def test_without_bounds(benchmark: BenchmarkFixture, answers: pl.DataFrame) -> None:
    measured(benchmark, ROWS, lambda: score_frame(SCORER, answers, carry=False, bounds=False))


def test_without_blockers(benchmark: BenchmarkFixture, answers: pl.DataFrame) -> None:
    measured(benchmark, ROWS, lambda: score_frame(SCORER, answers, carry=False, blockers=False))


def test_summary(benchmark: BenchmarkFixture, answers: pl.DataFrame) -> None:
    scored = score_frame(SCORER, answers, carry=False)
    measured(benchmark, ROWS, lambda: summarize(scored, rubric=SCORER.rubric))


def test_chains_on_floats(benchmark: BenchmarkFixture, answers: pl.DataFrame) -> None:
    found = measured(benchmark, ROWS, lambda: chains.figures(answers.lazy()).collect(engine="streaming"))
    expected = score_frame(SCORER, answers, carry=False, blockers=False).select(found.columns)
    assert_frame_equal(found, expected, check_dtypes=False)  # to nine digits: they are floats


def test_pyarrow(benchmark: BenchmarkFixture, answers: pl.DataFrame) -> None:
    frame = answers.to_arrow()
    measured(benchmark, ROWS, lambda: score_frame(SCORER, frame, carry=False))


def test_pandas(benchmark: BenchmarkFixture, answers: pl.DataFrame) -> None:
    frame: Any = answers.to_pandas(use_pyarrow_extension_array=True)
    measured(benchmark, ROWS, lambda: score_frame(SCORER, frame, carry=False))


def test_pandas_floats(benchmark: BenchmarkFixture, answers: pl.DataFrame) -> None:
    """What pandas makes of a CSV file with gaps: every column a float, and NaN where nothing is."""
    frame: Any = answers.cast(pl.Float64).to_pandas()
    measured(benchmark, ROWS, lambda: score_frame(SCORER, frame, carry=False))


def test_duckdb(benchmark: BenchmarkFixture, answers: pl.DataFrame) -> None:
    duckdb = pytest.importorskip("duckdb")
    relation = duckdb.from_arrow(answers.to_arrow())
    measured(benchmark, ROWS, lambda: score_frame(SCORER, relation, carry=False).to_arrow_table())


def test_loop(benchmark: BenchmarkFixture) -> None:
    sets = answer_sets(FEW)
    scorer = Scorer(rubric())
    measured(benchmark, FEW, lambda: [(card.stage, card.score) for card in map(scorer.score, sets)])


def test_zen(benchmark: BenchmarkFixture) -> None:
    zen = pytest.importorskip("zen", reason="pip install zen-engine")
    problem = pytest.importorskip("zen_problem")
    decision = zen.ZenEngine().create_decision(problem.graph())
    inputs = [problem.inputs(each) for each in answer_sets(FEW // 10)]
    measured(benchmark, FEW // 10, lambda: [decision.evaluate(given) for given in inputs])
