"""Making a long table wide: beside what Polars' own pivot takes, which checks nothing."""

from typing import Any

import polars as pl
import pytest
from pytest_benchmark.fixture import BenchmarkFixture
from test_tables import NAMES, SCORER

from humanai_maturity.frames import widen

ASSESSMENTS = 1_000_000


@pytest.fixture(scope="module")
def answers() -> pl.DataFrame:
    """Return one row for each of forty answers of every assessment, as texts."""
    row, many = pl.col("row"), len(NAMES)
    return (
        pl.select(row=pl.int_range(ASSESSMENTS * many))
        .lazy()
        .select(
            assessment=pl.lit("team-") + (row // many).cast(pl.String),
            criterion=pl.lit(pl.Series(NAMES)).gather(row % many),
            value=(row * 7 % 5 + 1).cast(pl.String),
        )
        .collect()
    )


def measured(benchmark: BenchmarkFixture, work: Any, *, baseline: bool = False) -> pl.DataFrame:
    benchmark.group = "long table, per assessment"
    benchmark.extra_info["rows"] = ASSESSMENTS
    benchmark.extra_info["baseline"] = baseline
    found: pl.DataFrame = benchmark.pedantic(work, rounds=2)
    return found


def test_pivot(benchmark: BenchmarkFixture, answers: pl.DataFrame) -> None:
    def work() -> pl.DataFrame:
        return answers.pivot("criterion", index="assessment", values="value", on_columns=NAMES)

    assert measured(benchmark, work, baseline=True).shape == (ASSESSMENTS, len(NAMES) + 1)


def test_widen(benchmark: BenchmarkFixture, answers: pl.DataFrame) -> None:
    found = measured(benchmark, lambda: widen(SCORER, answers))
    assert found.shape == (ASSESSMENTS, len(NAMES) + 1)
    assert found.null_count().sum_horizontal().item() == 0
