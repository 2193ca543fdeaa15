"""Options that are called by numbers may stand in columns of numbers."""

import hypothesis.strategies as st
import polars as pl
from engine_rubrics import dimension, rubric
from hypothesis import assume, given

from humanai_maturity.engine import Scorer
from humanai_maturity.frames.kernel import Outputs
from humanai_maturity.frames.table import Task


@given(st.data())
def test_options_that_are_called_by_numbers_stand_as_numbers(data: st.DataObject) -> None:
    """Whole numbers in a column score as the options that they name do alone."""
    first = data.draw(st.integers(-3, 300))
    names = [str(first + place) for place in range(data.draw(st.integers(2, 6)))]
    stages = sorted(data.draw(st.lists(st.sampled_from(["s1", "s2", "s3"]), min_size=len(names), max_size=len(names))))
    options = [
        {"id": name, "stage": stage} for name, stage in zip(names, stages, strict=True) if not name.startswith("-")
    ]
    assume(len({option["stage"] for option in options}) > 1)
    scale = {"type": "choice", "options": options}
    scorer = Scorer(rubric(dimension("d", {"id": "c", "title": "C", "scale": scale})))
    given_numbers = data.draw(st.lists(st.sampled_from([None, *(int(each["id"]) for each in options)]), min_size=1))
    dtype = data.draw(st.sampled_from([pl.Int16, pl.Int64, pl.UInt16]))
    task = Task(scorer, {}, {}, Outputs(), "fail")
    found = task.pipeline({"c": dtype()}).figures_of(pl.DataFrame({"c": given_numbers}, schema={"c": dtype}))
    for row, number in zip(found.iter_rows(named=True), given_numbers, strict=True):
        card = scorer.score({} if number is None else {"c": str(number)})
        assert row["d.score"] == card["d"].score
        assert row["d.stage_high"] == card["d"].stage_high.number
