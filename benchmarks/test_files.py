"""Scoring a Parquet file: beside reading it alone. `large_files.py` does the same at 100 million rows."""

from pathlib import Path
from typing import Any

import polars as pl
import pytest
from pytest_benchmark.fixture import BenchmarkFixture
from test_tables import SCORER, table

from humanai_maturity.frames import FileTask, score_file, score_frame

ROWS = 5_000_000


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("files") / "answers.parquet"
    pl.concat([table(1_000_000)] * (ROWS // 1_000_000)).write_parquet(path, row_group_size=250_000)
    return path


def measured(benchmark: BenchmarkFixture, work: Any, *, baseline: bool = False) -> Any:
    benchmark.group = "parquet"
    benchmark.extra_info["baseline"] = baseline
    return benchmark.pedantic(work, rounds=3, warmup_rounds=1)


def test_decode(benchmark: BenchmarkFixture, source: Path) -> None:
    everything = pl.scan_parquet(source).select(pl.all().sum())
    measured(benchmark, lambda: everything.collect(engine="streaming"), baseline=True)


def test_stages_aggregated(benchmark: BenchmarkFixture, source: Path) -> None:
    scored = score_frame(SCORER, pl.scan_parquet(source))
    counted = scored.group_by("overall.stage").agg(pl.len())
    found = measured(benchmark, lambda: counted.collect(engine="streaming"))
    assert found["len"].sum() == ROWS


def test_everything_aggregated(benchmark: BenchmarkFixture, source: Path) -> None:
    scored = score_frame(SCORER, pl.scan_parquet(source), carry=False, blockers=False)
    measured(benchmark, lambda: scored.select(pl.all().sum()).collect(engine="streaming"))


@pytest.mark.parametrize("compression", ["zstd", "lz4"])
@pytest.mark.parametrize("bounds", [True, False], ids=["bounds", "no_bounds"])
@pytest.mark.parametrize("precision", ["exact", "compact"])
def test_to_parquet(benchmark: BenchmarkFixture, source: Path, compression: Any, bounds: bool, precision: Any) -> None:  # noqa: FBT001
    task = FileTask(
        scorer=SCORER, bounds=bounds, carry=False, blockers=False, precision=precision, compression=compression
    )
    target = source.with_name("scored.parquet")
    measured(benchmark, lambda: score_file(task, source, target))
    benchmark.extra_info["megabytes"] = target.stat().st_size / 1e6
