"""Scoring one assessment: the engine beside a loop written by hand and beside GoRules ZEN."""

from typing import Any

import pytest
from pytest_benchmark.fixture import BenchmarkFixture
from reference_problem import answer_sets, by_hand, rubric

from humanai_maturity import Scorer

CASES = {
    "complete": answer_sets(50, missing=0),
    "one in ten missing": answer_sets(50),
    "some not applicable": answer_sets(50, away=0.04),
}


def outcome(card: Any) -> tuple[Any, ...]:
    """Return what both ways of scoring give for the whole."""
    whole = card.overall
    stages = tuple(stage and stage.number for stage in (whole.stage, whole.stage_low, whole.stage_high))
    return (*stages, pytest.approx(whole.low), pytest.approx(whole.high), pytest.approx(whole.coverage))


@pytest.mark.parametrize("case", CASES)
def test_by_hand(benchmark: BenchmarkFixture, case: str) -> None:
    benchmark.group = f"score, {case}"
    benchmark.extra_info["baseline"] = True
    benchmark(lambda: [by_hand(answers) for answers in CASES[case]])


@pytest.mark.parametrize("case", CASES)
def test_scorer(benchmark: BenchmarkFixture, case: str) -> None:
    benchmark.group = f"score, {case}"
    scorer = Scorer(rubric())
    for answers in CASES[case]:
        found = by_hand(answers)
        keys = ("stage", "stage_low", "stage_high", "low", "high", "coverage")
        assert tuple(found[key] for key in keys) == outcome(scorer.score(answers))
    benchmark(lambda: [scorer.score(answers) for answers in CASES[case]])


@pytest.mark.parametrize("case", CASES)
def test_zen(benchmark: BenchmarkFixture, case: str) -> None:
    zen = pytest.importorskip("zen", reason="pip install zen-engine")
    problem = pytest.importorskip("zen_problem")
    benchmark.group = f"score, {case}"
    decision = zen.ZenEngine().create_decision(problem.graph())
    inputs = [problem.inputs(answers) for answers in CASES[case]]
    for given, answers in zip(inputs, CASES[case], strict=True):
        found, expected = decision.evaluate(given)["result"], by_hand(answers)
        assert (found["stage_low"], found["stage_high"]) == (expected["stage_low"], expected["stage_high"])
        assert float(found["low"]) == pytest.approx(expected["low"])
    benchmark(lambda: [decision.evaluate(given) for given in inputs])
