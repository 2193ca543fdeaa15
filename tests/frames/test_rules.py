"""Score rules on columns: as in the engine, and no longer for many parts than for few."""

from typing import Any

import polars as pl
import pytest
from engine_rubrics import dimension, rubric, staged
from polars.testing import assert_frame_equal

from humanai_maturity.engine import Scorer
from humanai_maturity.frames.kernel import Outputs
from humanai_maturity.frames.rows import score_rows
from humanai_maturity.frames.table import Task

CUTS = {"cuts": {"s2": 1.5, "s3": 2.5}}


@pytest.mark.parametrize(
    "rule",
    [
        {"rule": "min"},
        {"rule": "max"},
        {"rule": "mean_min", "alpha": 0.3},
        {"rule": "lower_median"},
        {"rule": "quantile", "q": 0.2},
        {"rule": "mean", "round": {"digits": 1, "mode": "half_up"}},
        {"rule": "mean", "normalise": True, "round": {"digits": 2, "mode": "half_even"}},
        {"rule": "sum", "base": 5},
    ],
)
@pytest.mark.parametrize("missing", ["leave_out", "worst"])
def test_many_criteria(rule: dict[str, Any], missing: str) -> None:
    names = [f"c{number}" for number in range(30)]
    criteria = [staged(name, weight=1 + number % 3) for number, name in enumerate(names)]
    cuts = {"cuts": {"s2": 0.2, "s3": 0.6}} if rule.get("normalise") else CUTS
    wide = rubric(
        dimension("d", *criteria, score=rule, stage=cuts), score={"rule": "mean"}, stage=cuts, missing=missing
    )
    values = ["1", "2", "3", "3"] if missing == "leave_out" and rule["rule"] == "sum" else ["1", None, "3", "2", "3"]
    table = pl.DataFrame(
        {
            name: [values[(row * 7 + place * place) % len(values)] for row in range(40)]
            for place, name in enumerate(names)
        }
    )
    task = Task(Scorer(wide), {}, {}, Outputs(), "fail")
    pipeline = task.pipeline(table.schema)
    pipeline = pipeline.for_complete if pipeline.layout.is_complete(table) else pipeline
    assert pipeline.in_columns
    found = pipeline.figures_of(table)
    assert_frame_equal(found, score_rows(task.scorer, table, pipeline.layout, Outputs()), check_exact=True)
