"""Rules that no expression can say: called once for each combination of values, and never trusted beyond columns."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

import polars as pl
import pytest
from engine_rubrics import dimension, one, rubric, staged
from polars.testing import assert_frame_equal

import humanai_maturity as hm
from humanai_maturity.engine import Scorer
from humanai_maturity.errors import PluginError
from humanai_maturity.frames.kernel import Outputs
from humanai_maturity.frames.rows import score_rows
from humanai_maturity.frames.table import Task

CUTS = {"cuts": {"s2": 1.5, "s3": 2.5}}
TABLE = pl.DataFrame({"a": ["1", "2", "3", None] * 25, "b": ["1", "3"] * 50, "c": ["2"] * 100})


def of_two(aggregator: Any) -> Scorer:
    below = dimension("d", staged("a"), staged("b"), score={"rule": "aggregator", "name": "own"}, stage=CUTS)
    cuts = {"cuts": {"s2": 0.25, "s3": 0.5}}
    whole = rubric(below, dimension("e", staged("c")), score={"rule": "mean", "normalise": True}, stage=cuts)
    return Scorer(whole, aggregators={"own": hm.aggregator(description="Mixes.", monotone=True)(aggregator)})


def test_a_rule_is_called_once_for_each_combination() -> None:
    calls: list[Sequence[Fraction]] = []

    def midrange(values: Sequence[Fraction], _weights: Sequence[Fraction], _params: Mapping[str, Any]) -> Fraction:
        calls.append(values)
        return (min(values) + max(values)) / 2

    scorer = of_two(midrange)
    pipeline = Task(scorer, {}, {}, Outputs(), "fail").pipeline(TABLE.schema)
    assert pipeline.in_columns
    calls.clear()
    found = pipeline.figures_of(TABLE)
    assert len(calls) <= 3 * 8  # three modes of at most eight combinations, of a hundred rows
    assert_frame_equal(found, score_rows(scorer, TABLE, pipeline.layout, Outputs()), check_exact=True)


def test_a_result_that_does_not_fit_into_columns_is_worked_out_alone() -> None:
    def fine(values: Sequence[Fraction], _weights: Sequence[Fraction], _params: Mapping[str, Any]) -> Fraction:
        return min(values) + (max(values) - min(values)) * Fraction(1, 10**30 + 1)

    scorer = of_two(fine)
    pipeline = Task(scorer, {}, {}, Outputs(), "fail").pipeline(TABLE.schema)
    assert pipeline.in_columns
    alone = score_rows(scorer, TABLE, pipeline.layout, Outputs())
    assert_frame_equal(pipeline.figures_of(TABLE), alone, check_exact=True)


def test_a_rule_that_fails_says_so() -> None:
    def broken(values: Sequence[Fraction], _weights: Sequence[Fraction], _params: Mapping[str, Any]) -> Fraction:
        return max(values) + 1

    pipeline = Task(of_two(broken), {}, {}, Outputs(), "fail").pipeline(TABLE.schema)
    with pytest.raises(PluginError, match="outside the values that it was given"):
        pipeline.figures_of(TABLE)


@pytest.mark.parametrize("exponent", [-1, 0, 0.5, 2])
def test_power_means(exponent: float) -> None:
    scorer = Scorer(one(staged("a"), staged("b"), stage=CUTS, score={"rule": "power_mean", "exponent": exponent}))
    table = TABLE.select("a", "b")
    pipeline = Task(scorer, {}, {}, Outputs(), "fail").pipeline(table.schema)
    assert pipeline.in_columns
    alone = score_rows(scorer, table, pipeline.layout, Outputs())
    assert_frame_equal(pipeline.figures_of(table), alone, check_exact=True)
