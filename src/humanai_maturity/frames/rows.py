"""Row by row: what cannot be said in expressions, scored one assessment at a time."""

from collections.abc import Iterable, Iterator
from typing import Any

import polars as pl

from humanai_maturity.engine.evaluation import Evaluation
from humanai_maturity.engine.scorer import Scorer
from humanai_maturity.engine.terms import HIGH, LOW, POINT
from humanai_maturity.frames.answers import answers_in, day_in
from humanai_maturity.frames.blocking import blocker_type, first_blocker
from humanai_maturity.frames.kernel import Outputs
from humanai_maturity.frames.layout import TableLayout


def score_rows(scorer: Scorer, table: pl.DataFrame, layout: TableLayout, outputs: Outputs) -> pl.DataFrame:
    """Return the figures of every row, each scored alone.

    Raises:
        AnswerError: If an answer does not fit.
    """
    schema = dict(figures(scorer, outputs))
    found: dict[str, list[Any]] = {name: [] for name in schema}
    for row in table.iter_rows(named=True):
        evaluation = scorer.evaluate(answers_in(row, layout, scorer.plan), day_in(row, layout))
        for name, value in _values(evaluation, outputs):
            found[name].append(value)
    return pl.DataFrame(found, schema=schema)


def figures(scorer: Scorer, outputs: Outputs) -> Iterator[tuple[str, pl.DataType]]:
    """Yield the name and the type of every figure."""
    for node in scorer.plan.nodes:
        for name in _names(has_stage=node.has_stage, outputs=outputs):
            yield f"{node.id}.{name}", pl.UInt8() if name.startswith("stage") else pl.Float64()
        if outputs.blockers and node.has_stage:
            yield f"{node.id}.first_blocker", blocker_type(node, scorer.kernel)
    if outputs.flags:
        yield from ((f"flags.{flag.id}", pl.Boolean()) for flag in scorer.plan.rubric.flags)


def _names(*, has_stage: bool, outputs: Outputs) -> Iterable[str]:
    bounds = outputs.bounds
    if has_stage:
        yield from ("stage", "stage_raw", *(("stage_low", "stage_high") if bounds else ()))
    yield from ("score", *(("low", "high") if bounds else ()), "coverage")


def _values(evaluation: Evaluation, outputs: Outputs) -> Iterator[tuple[str, Any]]:
    for node in evaluation.plan.nodes:
        item, reported = node.index, evaluation.reported(node.index)
        applies = evaluation.applies(item)
        found = {
            "stage": evaluation.stage_at(item, POINT) if reported else None,
            "stage_raw": evaluation.stage_at(item, POINT, raw=True) if reported else None,
            "stage_low": evaluation.stage_at(item, LOW),
            "stage_high": evaluation.stage_at(item, HIGH),
            "score": _float(evaluation.score(item, POINT)) if reported else None,
            "low": _float(evaluation.score(item, LOW)),
            "high": _float(evaluation.score(item, HIGH)),
            "coverage": float(evaluation.coverage(item)) if applies else None,
        }
        for name in _names(has_stage=node.has_stage, outputs=outputs):
            yield f"{node.id}.{name}", found[name]
        if outputs.blockers and node.has_stage:
            yield f"{node.id}.first_blocker", first_blocker(evaluation, node)
    if outputs.flags:
        for place, flag in enumerate(evaluation.plan.rubric.flags):
            yield f"flags.{flag.id}", evaluation.flag(place, POINT)


def _float(value: Any) -> float | None:
    return None if value is None else float(value)
