"""Score a Parquet file of many million rows, each step in a process of its own; print time and peak memory.

python benchmarks/large_files.py [millions of rows, 100 unless said] [folder for the files]
"""

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import polars as pl
import pyarrow.parquet as pq
from test_tables import SCORER, table

from humanai_maturity.frames import FileTask, score_file, score_frame

MILLION = 1_000_000


def write(path: Path, millions: int) -> None:
    """Write so many million rows of answers."""
    rows = table(MILLION).to_arrow()
    with pq.ParquetWriter(path, rows.schema, compression="zstd") as writer:
        for _ in range(millions):
            writer.write_table(rows, row_group_size=250_000)


def decode(source: Path) -> None:
    """Read everything, and no more."""
    pl.scan_parquet(source).select(pl.all().sum()).collect(engine="streaming")


def stages(source: Path) -> None:
    """Count the stages of the whole."""
    scored = score_frame(SCORER, pl.scan_parquet(source))
    scored.group_by("overall.stage").agg(pl.len()).collect(engine="streaming")


def to_parquet(source: Path) -> None:
    """Write all figures to a file."""
    score_file(
        FileTask(scorer=SCORER, carry=False, blockers=False, compression="lz4"), source, source.with_name("all.parquet")
    )


def to_parquet_without_bounds(source: Path) -> None:
    """Write all figures but the bounds to a file."""
    task = FileTask(scorer=SCORER, carry=False, blockers=False, bounds=False, compression="lz4")
    score_file(task, source, source.with_name("some.parquet"))


STEPS: Mapping[str, Callable[[Path], None]] = {
    step.__name__: step for step in (decode, stages, to_parquet, to_parquet_without_bounds)
}


def main() -> None:
    """Run all steps, or the one that is named."""
    if sys.argv[1:2] == ["step"]:
        started = time.perf_counter()
        STEPS[sys.argv[2]](Path(sys.argv[3]))
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
        sys.stdout.write(f"{time.perf_counter() - started:.1f} {peak:.0f}")
        return
    millions = int(sys.argv[1]) if sys.argv[1:] else 100
    with tempfile.TemporaryDirectory(dir=sys.argv[2] if sys.argv[2:] else None) as folder:
        source = Path(folder) / "answers.parquet"
        write(source, millions)
        alone = 0.0
        for name in STEPS:
            command = [sys.executable, __file__, "step", name, str(source)]
            seconds, peak = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()  # noqa: S603
            alone = alone or float(seconds)
            sys.stdout.write(f"{name}: {seconds} s, {float(seconds) / alone:.2f} x decode, peak {peak} MB\n")


if __name__ == "__main__":
    main()
