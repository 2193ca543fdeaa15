"""The reference problem as one would write it for Polars by hand: `when` chains on floats, with the same figures."""

from collections.abc import Iterator

import polars as pl
from reference_problem import DIMENSIONS, FLOOR, GATES, MODES, WEIGHTS

_FILL = {"point": None, "low": 1.0, "high": 5.0}
_QUORUM = 0.7 - 1e-9  # without the margin, some rows land in the wrong stage


def figures(table: pl.LazyFrame) -> pl.LazyFrame:
    """Return stages, raw stages, scores, bounds and coverage of every dimension and of the whole."""
    table = table.with_columns(_values())
    table = table.with_columns(_dimensions()).with_columns(_raw_stages())
    table = table.with_columns(_capped()).with_columns(_whole())
    names = [f"{node}.{each}" for node in ("overall", *DIMENSIONS) for each in FIGURES]
    return table.with_columns(_hidden()).select(names)


FIGURES = ("stage", "stage_raw", "stage_low", "stage_high", "score", "low", "high", "coverage")


def _criteria(dimension: str) -> list[str]:
    return [f"{dimension}.{place}" for place in range(len(WEIGHTS))]


def _values() -> Iterator[pl.Expr]:
    for dimension in DIMENSIONS:
        for criterion in _criteria(dimension):
            chain = pl.when(pl.col(criterion) == 1).then(1.0)
            for value in range(2, 6):
                chain = chain.when(pl.col(criterion) == value).then(float(value))
            yield chain.otherwise(None).alias(f"v.{criterion}")


def _value(criterion: str, mode: str) -> pl.Expr:
    fill = _FILL[mode]
    value = pl.col(f"v.{criterion}")
    return value if fill is None else value.fill_null(fill)


def _dimensions() -> Iterator[pl.Expr]:
    for name in DIMENSIONS:
        pairs = list(zip(_criteria(name), map(float, WEIGHTS), strict=True))
        known = pl.sum_horizontal(
            pl.when(pl.col(f"v.{each}").is_not_null()).then(w).otherwise(0.0) for each, w in pairs
        )
        for mode in MODES:
            total = pl.sum_horizontal(_value(each, mode) * w for each, w in pairs)
            weight = known if mode == "point" else pl.lit(float(sum(WEIGHTS)))
            yield (total / pl.when(weight > 0).then(weight)).alias(f"{name}.{'score' if mode == 'point' else mode}")
        yield (known / float(sum(WEIGHTS))).alias(f"{name}.coverage")


def _raw_stages() -> Iterator[pl.Expr]:
    for name in DIMENSIONS:
        pairs = list(zip(_criteria(name), map(float, WEIGHTS), strict=True))
        for mode in MODES:
            there = pl.sum_horizontal(
                pl.when(_value(each, mode).is_not_null()).then(w).otherwise(0.0) for each, w in pairs
            )
            stage = pl.lit(1)
            for number in (2, 3, 4, 5):
                reached = pl.sum_horizontal(
                    pl.when(_value(each, mode) >= number).then(w).otherwise(0.0) for each, w in pairs
                )
                stage = pl.when(reached / there >= _QUORUM).then(number).otherwise(stage)
            yield stage.alias(f"{name}.raw_{mode}")


def _capped() -> Iterator[pl.Expr]:
    answered = pl.col("data.coverage") >= FLOOR
    for name in DIMENSIONS:
        for mode in MODES:
            stage = pl.col(f"{name}.raw_{mode}")
            if name != "data":
                data = pl.col(f"data.raw_{mode}")
                data = pl.when(answered).then(data).otherwise(pl.col("data.raw_low")) if mode == "point" else data
                stage = pl.min_horizontal(stage, data + 1)
            yield stage.alias(f"{name}.at_{mode}")


def _whole() -> Iterator[pl.Expr]:
    weights = {name: float(weight) for name, weight in DIMENSIONS.items()}
    for each in ("score", "low", "high"):
        total = pl.sum_horizontal(pl.col(f"{name}.{each}") * weight for name, weight in weights.items())
        there = pl.sum_horizontal(
            pl.when(pl.col(f"{name}.{each}").is_not_null()).then(weight).otherwise(0.0)
            for name, weight in weights.items()
        )
        yield (total / pl.when(there > 0).then(there)).alias(f"overall.{each}")
    coverage = pl.sum_horizontal(pl.col(f"{name}.coverage") * weight for name, weight in weights.items())
    yield (coverage / sum(weights.values())).alias("overall.coverage")
    for mode in MODES:
        stage = pl.lit(5)
        for number in (5, 4, 3, 2):
            met = pl.all_horizontal(_met(name, needed, mode) for name, needed in GATES[number])
            stage = pl.when(met).then(stage).otherwise(number - 1)
        yield stage.alias(f"overall.at_{mode}")


def _met(name: str, needed: int, mode: str) -> pl.Expr:
    if "." in name:
        return (_value(name, mode) >= needed).fill_null(value=False)
    stage = pl.col(f"{name}.at_{mode}")
    if mode == "point":
        stage = pl.when(pl.col(f"{name}.coverage") >= FLOOR).then(stage).otherwise(pl.col(f"{name}.at_low"))
    return stage >= needed


def _hidden() -> Iterator[pl.Expr]:
    """Yield the stages and scores, of which there are none where too little is answered."""
    for node in ("overall", *DIMENSIONS):
        answered = pl.col(f"{node}.coverage") >= FLOOR
        raw = "at" if node == "overall" else "raw"
        yield pl.when(answered).then(pl.col(f"{node}.at_point")).alias(f"{node}.stage")
        yield pl.when(answered).then(pl.col(f"{node}.{raw}_point")).alias(f"{node}.stage_raw")
        yield pl.when(answered).then(pl.col(f"{node}.score")).alias(f"{node}.score")
        yield pl.col(f"{node}.at_low").alias(f"{node}.stage_low")
        yield pl.col(f"{node}.at_high").alias(f"{node}.stage_high")
