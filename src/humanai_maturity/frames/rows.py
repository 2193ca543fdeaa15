"""Row by row: what cannot be said in expressions, scored one assessment at a time."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import polars as pl

from humanai_maturity.engine.evaluation import Evaluation
from humanai_maturity.engine.scorer import Scorer
from humanai_maturity.engine.terms import HIGH, LOW, POINT
from humanai_maturity.frames.blocking import blocker_type, first_blocker
from humanai_maturity.frames.columns import Columns
from humanai_maturity.frames.kernel import Outputs
from humanai_maturity.frames.layout import TableLayout
from humanai_maturity.model.assessment import Answer, NotApplicable


def score_rows(scorer: Scorer, table: pl.DataFrame, layout: TableLayout, outputs: Outputs) -> pl.DataFrame:
    """Return the figures of every row, each scored alone.

    Raises:
        AnswerError: If an answer does not fit.
    """
    schema = dict(figures(scorer, outputs))
    found: dict[str, list[Any]] = {name: [] for name in schema}
    for row in table.iter_rows(named=True):
        evaluation = scorer.evaluate(answers_in(row, layout, scorer))
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


def answers_in(row: Mapping[str, Any], layout: TableLayout, scorer: Scorer) -> dict[str, Any]:
    """Return the answers of one row, as one would give them for it alone."""
    found: dict[str, Any] = {}
    for columns in layout.columns:
        answer = _answer(row, columns)
        if answer is not None:
            found[columns.leaf.question.id] = answer
    names = {item: name for name, item in scorer.plan.items.items()}
    for item, column in layout.away.items():
        text = str(row[column]).strip() if row[column] is not None else ""
        if text.lower() not in {"", "false", "no", "0"}:
            found[names[item]] = NotApplicable(not_applicable=text)
    return found


def _answer(row: Mapping[str, Any], columns: Columns) -> Any:
    value = row[columns.name]
    if value is None:
        return None
    value = columns.values.get(value, value) if isinstance(value, str) else value
    evidence = row[columns.evidence] if columns.evidence is not None else None
    sample = row[columns.sample] if columns.sample is not None else None
    if isinstance(value, str) and _is_list(columns):
        value = [part.strip() for part in value.replace(",", ";").split(";") if part.strip()]
    if evidence is None and sample is None:
        return value
    return Answer(value=value, evidence=evidence, sample=sample)


def _is_list(columns: Columns) -> bool:
    types = [way.type for way in columns.leaf.valuations]
    return "checklist" in types and "choice" not in types


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
