"""Columns of every type say what their cells say one by one: which fit, and what each row comes to."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import hypothesis.strategies as st
import polars as pl
from engine_rubrics import CUTS, GRADES, dimension, rubric
from hypothesis import given
from polars.testing import assert_frame_equal

import humanai_maturity as hm
from humanai_maturity.frames.kernel import Outputs
from humanai_maturity.frames.pipeline import Pipeline
from humanai_maturity.frames.rows import score_rows
from humanai_maturity.frames.table import Task

CHOICE = {
    "type": "choice",
    "options": [{"id": "1", "stage": "s1"}, {"id": "live", "stage": "s2"}, {"id": "300", "stage": "s3"}],
}
LIST = {"type": "checklist", "items": [{"id": "x", "stage": 2}, {"id": "12", "stage": 2}, {"id": "null", "stage": 3}]}
YES = {"type": "yes_no", "yes": "s3", "no": "s1"}
BANDS = [
    {"s2": 0.1, "s3": 0.3}, {"s2": "1/3", "s3": 300}, {"s2": 10**12, "s3": 2 * 10**12}, {"s2": 10**15, "s3": 10**17},
    {"s2": 1, "s3": 10**34}, {"s2": -1, "s3": 10**60},
]  # fmt: skip
ENDS = [None, 0.1, 0.3, "1/3", 300, 10**12, 10**34]
NUMBERS = [
    0, 1, 2, -1, 12, 300, 0.1, 0.3, 1 / 3, 0.55555, 1e-7, 1e9, 1e12, 1000000000000.0001, 1e15, 1e17, 2e19, 1e34, 1e99,
]  # fmt: skip
TEXTS = ["1", "live", "300", "1.0", "x", "12; x", "null", "true", "FALSE", "0.3", "1/3", "1e12", "1e34", "", "nope"]
WHOLE = [pl.Int8, pl.Int16, pl.Int32, pl.Int64, pl.Int128, pl.UInt8, pl.UInt16, pl.UInt32, pl.UInt64]
WHOLE += [pl.UInt128] if hasattr(pl, "UInt128") else []
MEANS = ["live", True, ["x"], 0.2, {"unknown": "dont-know"}, {"not_applicable": "We have none."}]


def measure(value: Any, _params: Mapping[str, Any]) -> Any:
    if value == "nope":
        message = "that is no measurement"
        raise ValueError(message)
    return len(value) % 3 if isinstance(value, str | tuple) else 1


@st.composite
def scales(draw: st.DrawFn) -> list[dict[str, Any]]:
    if draw(st.integers(0, 5)) == 0:
        return [{"type": "custom", "measure": "some", "minimum": 0, "maximum": 3}]
    ends = {"minimum": draw(st.sampled_from(ENDS)), "maximum": draw(st.sampled_from(ENDS))}
    metric = {"type": "metric", "bands": draw(st.sampled_from(BANDS)), **ends}
    return draw(st.permutations([CHOICE, metric, LIST, YES]))[: draw(st.integers(1, 4))]


@st.composite
def columns(draw: st.DrawFn, rows: int = 6) -> pl.Series:
    def of(dtype: Any, cells: st.SearchStrategy[Any]) -> pl.Series:
        return pl.Series("c", draw(st.lists(st.none() | cells, min_size=rows, max_size=rows)), dtype=dtype)

    numbers = st.sampled_from(NUMBERS)
    match draw(st.sampled_from(["texts", "whole", "floats", "decimals", "truths", "lists"])):
        case "texts":
            return of(pl.String, st.sampled_from(TEXTS)).cast(draw(st.sampled_from([pl.String, pl.Categorical])))
        case "whole":
            dtype = draw(st.sampled_from(WHOLE))
            low, high = pl.select(low=dtype.min(), high=dtype.max()).row(0)
            fitting = [int(each) for each in NUMBERS if each == each // 1 and low <= each <= high]
            return of(dtype, st.sampled_from([*fitting, low, high]))
        case "floats":
            special = st.sampled_from([float("nan"), float("inf"), -0.0, 5e-324])
            return of(draw(st.sampled_from([pl.Float32, pl.Float64])), numbers.map(float) | special)
        case "decimals":
            scale = draw(st.sampled_from([0, 2, 7, 20, 37]))
            fitting = [number for each in NUMBERS if (number := _decimal(each, scale)) is not None]
            return of(pl.Decimal(38, scale), st.sampled_from([*fitting, 1 + Decimal(10) ** -min(scale, 20)]))
        case "truths":
            return of(pl.Boolean, st.booleans())
        case _:
            return of(pl.List(pl.String), st.lists(st.sampled_from(["x", "12", "null", "nope", None]), max_size=3))


def _decimal(number: float, scale: int) -> Decimal | None:
    found = Decimal(repr(number))
    fits = found.adjusted() + scale < 38 and -int(found.normalize().as_tuple().exponent) <= scale
    return found if fits else None


@st.composite
def tables(draw: st.DrawFn) -> pl.DataFrame:
    cells = draw(columns())
    beside = draw(
        st.sampled_from(
            [
                {},
                {"c__not_applicable": ["", "0", "0.0", "No", "We have none.", None]},
                {"c__not_applicable": [0.0, -0.0, 1.5, float("nan"), None, 0.0]},
                {"c__not_applicable": [0, 1, 2, None, 0, 0]},
                {"c__as_of": ["2026-01-31", "0000-01-01", "2026-02-30", "soon", None, "0001-01-01"]},
                {"c__sample": [0, 1, 50, None, 5, 30]},
                {"c__evidence": ["word", "proof", "papr", None, None, "word"]},
            ]
        )
    )
    return pl.DataFrame({"c": cells, **beside})


def fits_alone(pipeline: Pipeline, row: pl.DataFrame) -> bool:
    try:
        score_rows(pipeline.scorer, row, pipeline.layout, Outputs())
    except hm.AnswerError:
        return False
    return True


@given(
    scales(),
    tables(),
    st.dictionaries(st.sampled_from([*NUMBERS, *TEXTS, True, False]), st.sampled_from(MEANS), max_size=2),
)
def test_columns_say_what_cells_say_one_by_one(
    ways: list[dict[str, Any]], table: pl.DataFrame, values: dict[Any, Any]
) -> None:
    """What a row alone is refused for, columns refuse too, and nothing else; what fits scores the same."""
    question = {"scale": ways[0], "otherwise": ways[1:], "allow_not_applicable": True}
    more = {"stage": CUTS, "evidence_grades": []} if ways[0]["type"] == "custom" else {"evidence_grades": GRADES}
    made = rubric(dimension("d", {"id": "c", "title": "C", **question}), **more)
    try:
        scorer = hm.Scorer(made, measures={"some": measure})
        pipeline = Task(scorer, {}, {"c": values}, Outputs(), "fail").pipeline(table.schema)
    except (hm.AnswerError, hm.RubricInvalidError):
        return  # nothing of that type can stand there, what `values` names cannot, or the ends are the wrong way round
    fitting = pl.Series([fits_alone(pipeline, row) for row in table.iter_slices(1)])
    refused: set[int] = set()

    def inspect(answers: pl.DataFrame, unfit: pl.DataFrame) -> pl.Series:
        fits = ~unfit.select(pl.any_horizontal(pl.lit(value=False), pl.all())).to_series()
        refused.update(answers.filter(~fits)["row"])
        return fits

    found = pipeline.over(table.with_row_index("row").lazy(), inspect, beside=["row"])
    figures = found.select([*pipeline.schema]).collect(engine="streaming")
    assert refused == {row for row, fits in enumerate(fitting) if not fits}
    alone = score_rows(scorer, table.filter(fitting), pipeline.layout, Outputs())
    assert_frame_equal(figures, alone, check_exact=True)
