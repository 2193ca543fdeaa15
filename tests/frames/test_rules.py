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
        {"rule": "mean", "weights": "equal"},
        {"rule": "mean", "normalise": True, "onto": {"minimum": 1, "maximum": 4}},
        {"rule": "sum", "base": -40, "clip": {"minimum": 0, "maximum": 60}},
        {"rule": "power_mean", "exponent": -1},
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
    values = ["1", None, "3", "2", "3"]
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


LOWERED = {"lowered": CUTS, "by": 1, "each": [{"criterion": "a", "at_least": "s2"}]}


@pytest.mark.parametrize(
    "own",
    [
        {"score": {"rule": "sum"}},
        {"score": {"rule": "sum", "base": 2, "clip": {"minimum": 9, "maximum": 16}}},
        {"score": {"rule": "sum", "normalise": True, "onto": {"minimum": 1, "maximum": 3}}},
        {"score": {"rule": "power_mean", "exponent": 0}},
        {"score": {"rule": "max"}, "stage": LOWERED},
        {"missing": "void", "score": {"rule": "sum"}},
    ],
)
def test_what_a_dimension_can_be_worth_depends_on_what_applies(own: dict[str, Any]) -> None:
    parts = [staged(name, weight=weight, allow_not_applicable=True) for name, weight in (("a", 2), ("b", 1), ("c", 3))]
    normal = {"score": {"rule": "mean", "normalise": True}, "stage": {"cuts": {"s2": 0.25, "s3": 0.5}}}
    whole = rubric(dimension("d", *parts, **{"stage": CUTS, **own}), dimension("e", staged("f")), **normal)
    rows = [(a, b, f) for a in ("1", "3", None) for b in ("2", "3", None) for f in ("1", "3")]
    table = pl.DataFrame(rows, schema=["a", "b", "f"], orient="row").with_columns(
        c=pl.lit("2"),
        a__not_applicable=pl.int_range(pl.len()) % 3 == 0,
        b__not_applicable=pl.int_range(pl.len()) % 4 == 0,
        c__not_applicable=pl.int_range(pl.len()) % 2 == 0,
    )
    scorer = Scorer(whole)
    pipeline = Task(scorer, {}, {}, Outputs(), "fail").pipeline(table.schema)
    assert pipeline.in_columns
    alone = score_rows(scorer, table, pipeline.layout, Outputs())
    assert_frame_equal(pipeline.figures_of(table), alone, check_exact=True)
