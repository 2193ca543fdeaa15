"""Every row of a table scores as the same answers alone."""

import pytest

import humanai_maturity as hm

pd = pytest.importorskip("pandas", reason="pandas is not installed")

from pandas_pipeline import score_table

SCORER = hm.Scorer(hm.load_rubric("ai-human-cx"))
TABLE = pd.DataFrame(
    {
        "data.sources": ["owned", "joined", None],
        "data.identity": [0.7, None, 0.3],
        "tech.safety": [["release_test", "switch"], None, []],
        "ai_disclosed": [True, None, False],
    },
    index=["Returns", "Orders", "Complaints"],
)


def test_a_row_scores_as_the_same_answers_alone() -> None:
    results = score_table(SCORER, TABLE)
    assert list(results.index) == list(TABLE.index)
    alone = SCORER.score(
        {
            "data.sources": "owned",
            "data.identity": 0.7,
            "tech.safety": ["release_test", "switch"],
            "ai_disclosed": True,
        }
    )
    assert results.loc["Returns", "coverage"] == alone.overall.coverage
    assert results.loc["Returns", "stage_high"] == alone.stage_high.id


def test_an_empty_cell_is_not_known() -> None:
    alone = SCORER.score({"data.sources": "joined"})
    assert score_table(SCORER, TABLE).loc["Orders", "coverage"] == alone.overall.coverage


def test_a_table_of_numbers_alone_is_read_too() -> None:
    numbers = pd.DataFrame({"data.identity": [1], "human_requests_met": [1]})
    assert score_table(SCORER, numbers).loc[0, "coverage"] == SCORER.score({"data.identity": 1}).overall.coverage


def test_a_wrong_answer_names_its_row() -> None:
    wrong = TABLE.assign(**{"data.sources": ["owned", "joint", None]})
    with pytest.raises(hm.AnswerError, match="joined") as caught:
        score_table(SCORER, wrong)
    assert caught.value.__notes__ == ["in row 'Orders'"]
