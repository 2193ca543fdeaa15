"""The first blocker of every node, of one evaluation and of whole columns."""

from pathlib import Path

import polars as pl
import pytest
import strategies as drawn
from engine_rubrics import dimension, rubric, staged
from hypothesis import given
from strategies import AGGREGATORS, MEASURES, Given

from humanai_maturity.engine import Scorer
from humanai_maturity.frames import FileTask, score_file, score_frame
from humanai_maturity.frames.blocking import blocker_type, first_blocker
from humanai_maturity.model.rubric import Rubric


@given(drawn.cases())
def test_it_is_the_first_of_the_scorecard(case: tuple[Rubric, Given]) -> None:
    """The first blocker is the first of `card.blockers` of that node."""
    scorer = Scorer(case[0], measures=MEASURES, aggregators=AGGREGATORS)
    evaluation, blockers = scorer.evaluate(case[1]), scorer.score(case[1]).blockers
    for node in scorer.plan.nodes:
        found = first_blocker(evaluation, node)
        first = next((each for each in blockers if each.node == node.id), None)
        assert found == (first and ": ".join(filter(None, (first.kind, first.subject))))
        assert found is None or found in blocker_type(node, scorer.kernel).categories


def held() -> Rubric:
    """Return a rubric with a cap, a gate, and a list of which one thing is enough."""
    asked = [{"criterion": name, "at_least": "s2"} for name in ("d1", "e1")]
    return rubric(
        dimension("d", staged("d1"), stage={"quorum": 1}),
        dimension("e", staged("e1"), stage={"quorum": 1}),
        caps=[{"cap": ["e"], "by": "d", "because": "Data first."}],
        stage={"gates": {"s2": {"any": asked}, "s3": {"all": [{"dimension": "e", "at_least": "s3"}, *asked]}}},
    )


ANSWERS = {"d1": ["1", "1", "2", "3", None], "e1": ["1", "3", "3", "3", "2"]}


FIRST = {
    "overall": ["any", "requirement: e", "requirement: e", None, "requirement: e"],
    "d": ["quorum: d", "quorum: d", "quorum: d", None, "required: d"],
    "e": ["quorum: e", "cap: d", "cap: d", None, "cap: d"],
}


@pytest.mark.parametrize("times", [1, 100])
def test_it_is_the_same_row_by_row_and_of_whole_columns(times: int) -> None:
    table = pl.DataFrame({name: cells * times for name, cells in ANSWERS.items()})
    found = score_frame(held(), table, carry=False)
    assert {name: found[f"{name}.first_blocker"].to_list() for name in FIRST} == {
        name: texts * times for name, texts in FIRST.items()
    }


def test_it_is_left_out_where_it_is_not_wanted() -> None:
    found = score_frame(held(), pl.DataFrame(ANSWERS), blockers=False)
    assert not [name for name in found.columns if name.endswith("first_blocker")]


@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_files_hold_it_as_text(ending: str, tmp_path: Path) -> None:
    pl.DataFrame(ANSWERS).write_csv(tmp_path / "answers.csv")
    score_file(FileTask(scorer=Scorer(held())), tmp_path / "answers.csv", tmp_path / f"scored.{ending}")
    found = (pl.read_csv if ending == "csv" else pl.read_parquet)(tmp_path / f"scored.{ending}")
    assert found["e.first_blocker"].cast(pl.String).to_list() == FIRST["e"]
