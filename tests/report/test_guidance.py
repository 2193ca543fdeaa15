"""What the rubric advises, as a report says it."""

from typing import TYPE_CHECKING, Any

import pytest

import humanai_maturity as hm
from humanai_maturity.report.contents import Contents, contents

if TYPE_CHECKING:
    from collections.abc import Mapping

STEP = {"to": "grow", "do": "Write it down", "effort": "small", "impact": "high", "owner": "lead"}


def report(**more: Any) -> Contents:
    """Return a report on a rubric with advice: two stages, one question, one step."""
    option = [{"id": "no", "stage": "start"}, {"id": "yes", "stage": "grow"}]
    criterion = {"id": "c", "title": "C", "scale": {"type": "choice", "options": option}, "next_steps": [STEP]}
    team: Mapping[str, Any] = {
        "shape": "Two people.",
        "roles": [{"role": "lead", "amount": "a whole position"}, {"role": "scribe"}],
        "rituals": ["Read every week."],
        "ratios": [{"text": "One for ten", "basis": "judgement"}],
    }
    start = {"id": "start", "title": "Start", "ai_does": ["Nothing."], "people_do": ["All."], "next_move": "Begin."}
    data = {
        "id": "r",
        "version": "1",
        "title": "R",
        "roles": [{"id": "lead", "title": "Team lead"}, {"id": "scribe", "title": "Scribe"}],
        "stages": [start | {"anti_patterns": ["Waiting."]}, {"id": "grow", "title": "Grow", "team": team}],
        "dimensions": [{"id": "d", "title": "D", "criteria": [criterion]}],
    }
    return contents(hm.score(hm.Rubric.model_validate(data | more), {"c": "no"}).data)


def test_steps() -> None:
    (step,) = report().steps
    assert (step.do, step.about, step.owner, step.effort, step.impact) == (
        "Write it down.",
        "C to Grow",
        "Team lead",
        "small",
        "high",
    )
    change = "stands at Grow and scores 2.0 instead of 1.0"
    assert step.effect == f"Then D {change} and the whole {change}."
    assert step.in_brief == "Team lead · small effort"


def test_what_is_advised_comes_first() -> None:
    (first,) = report().headline.first
    assert (first.do, first.aside) == ("Write it down.", "Team lead · small effort")


def test_the_team_of_now_and_of_next() -> None:
    now, after = report().teams
    assert (now.heading, now.shape) == ("Now: Start", "")
    assert now.parts == (
        ("What AI does", ("Nothing.",)),
        ("What people do", ("All.",)),
        ("What goes wrong", ("Waiting.",)),
        ("What leads on", ("Begin.",)),
    )
    assert (after.heading, after.shape) == ("Next: Grow", "Two people.")
    assert after.parts == (
        ("Roles", ("Team lead: a whole position", "Scribe")),
        ("What the team does regularly", ("Read every week.",)),
        ("Figures to size it by", ("One for ten (a judgement)",)),
    )


def test_a_rubric_that_advises_nothing_leaves_the_sections_out() -> None:
    plain = [{"id": "start", "title": "Start"}, {"id": "grow", "title": "Grow"}]
    found = report(stages=plain)
    assert found.teams == ()


@pytest.mark.parametrize("write", [hm.report.to_html, hm.report.to_markdown])
def test_the_built_in_rubric_advises(write: Any) -> None:
    text = write(hm.score("ai-human-cx", {"data.sources": "owned"}))
    for words in ("Next steps", "The team", "What AI does", "Owner", "Effort"):
        assert words in text
