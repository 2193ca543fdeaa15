"""Print, after a run, how each benchmark compares with the baseline of its group."""

from typing import Any

import pytest


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Print the ratio of medians: how many times the baseline's time a benchmark took."""
    session = getattr(config, "_benchmarksession", None)
    benchmarks = [each for each in (session.benchmarks if session else ()) if each.stats.data]
    medians = {(each.group, each.name): _per_row(each) for each in benchmarks}
    baselines = {each.group: each for each in benchmarks if each.extra_info.get("baseline")}
    terminalreporter.section("ratios of medians")
    for (group, name), median in medians.items():
        baseline = baselines.get(group)
        if baseline is not None and name != baseline.name:
            ratio = median / _per_row(baseline)
            times = f"{ratio:8.3f} x" if ratio < 1 else f"{ratio:8.2f} x"
            terminalreporter.write_line(f"{group}: {name} = {times} {baseline.name}")


def _per_row(benchmark: Any) -> float:
    """Return the median time; of benchmarks that differ in how much they do, for one row."""
    median: float = benchmark.stats.median
    return median / int(benchmark.extra_info.get("rows", 1))
