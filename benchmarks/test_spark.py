"""Scoring on Spark beside what Spark takes to read the rows: all in one process, written to a sink that drops them."""

import os
import shutil
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from pytest_benchmark.fixture import BenchmarkFixture
from test_tables import ROWS, SCORER, table

from humanai_maturity.frames import score_frame

SETTINGS = {
    "spark.sql.execution.arrow.maxBytesPerBatch": "2147483647",
    "spark.sql.execution.arrow.maxRecordsPerBatch": "100000",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
}


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    sql = pytest.importorskip("pyspark.sql", reason="tables of Spark need the extra `spark`")
    if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
        pytest.skip("Spark needs Java")
    os.environ["PYSPARK_PYTHON"] = sys.executable
    source = tmp_path_factory.mktemp("spark") / "answers.parquet"
    table(ROWS).write_parquet(source)
    spark = sql.SparkSession.builder.master("local[2]").config(map=SETTINGS).getOrCreate()
    yield spark.read.parquet(str(source))
    spark.stop()


def measured(benchmark: BenchmarkFixture, frame: Any, *, baseline: bool = False) -> None:
    benchmark.group = "Spark"
    benchmark.extra_info["baseline"] = baseline
    work = frame.write.format("noop").mode("overwrite").save
    benchmark.pedantic(work, rounds=5, warmup_rounds=3)


def test_read(benchmark: BenchmarkFixture, answers: Any) -> None:
    measured(benchmark, answers, baseline=True)


def test_full_output(benchmark: BenchmarkFixture, answers: Any) -> None:
    measured(benchmark, score_frame(SCORER, answers, carry=False, blockers=False))


def test_without_bounds(benchmark: BenchmarkFixture, answers: Any) -> None:
    measured(benchmark, score_frame(SCORER, answers, carry=False, blockers=False, bounds=False))


def test_with_first_blockers(benchmark: BenchmarkFixture, answers: Any) -> None:
    measured(benchmark, score_frame(SCORER, answers, carry=False))


def test_with_the_own_columns(benchmark: BenchmarkFixture, answers: Any) -> None:
    measured(benchmark, score_frame(SCORER, answers, blockers=False))
