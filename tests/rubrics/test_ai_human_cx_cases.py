"""The worked cases of the bundled rubric `ai-human-cx`, and how they move when its judgements do."""

import pytest
from sensitivity import CASES, FOLDER, RUBRIC, quorum_table

import humanai_maturity as hm

RESULTS = hm.run_cases(RUBRIC, CASES)
PAGE = FOLDER.parents[1] / "docs" / "explanation" / "the-built-in-model.md"


@pytest.mark.parametrize("result", RESULTS, ids=lambda result: result.id)
def test_the_rubric_says_what_the_case_expects(result: hm.CaseResult) -> None:
    assert [difference.text for difference in result.differences] == []


def test_every_flag_that_blocks_is_raised_in_some_case() -> None:
    raised = {flag.id for result in RESULTS for flag in result.card.flags if flag.state == "raised"}
    assert raised >= {flag.id for flag in RUBRIC.flags if flag.severity == "block"}


def test_every_stage_is_reached_in_some_case() -> None:
    reached = {result.card.stage.id for result in RESULTS if result.card.stage is not None}
    assert reached == {stage.id for stage in RUBRIC.stages}


def test_every_portrait_has_a_reading() -> None:
    portraits = [case for case in CASES.cases if (case.title or "").startswith("Portrait")]
    assert len(portraits) >= 6
    assert all(case.reading for case in portraits)


def test_the_page_shows_how_the_cases_move_with_the_quorum() -> None:
    """The other table of the script takes a minute: run `python benchmarks/sensitivity.py` and compare."""
    assert quorum_table() in PAGE.read_text(encoding="utf-8")
