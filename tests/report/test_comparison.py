"""Several results: one scope on several days is a course, everything else stands side by side."""

import datetime as dt
from itertools import permutations

import pytest
from hard_results import card_of

import humanai_maturity as hm
from humanai_maturity.engine.result import ScorecardData
from humanai_maturity.report.comparison import compare
from humanai_maturity.report.course import course


def result(unit: str = "Team", date: str | None = "2026-03-31", best: int = 2, **more: str) -> ScorecardData:
    data = card_of([["A", "B"]] * 3, answer=lambda _: best, scope={"unit": unit}).model_dump()
    return hm.Scorecard.model_validate(data | {"date": date, "scope": data["scope"] | {"unit": unit, **more}}).data


def test_one_scope_on_several_days_is_a_course_in_the_order_of_the_days() -> None:
    days = [result(date=date, best=best) for date, best in (("2026-03-31", 1), ("2026-06-30", 2), ("2026-09-30", 3))]
    for cards in permutations(days):
        found = compare(cards)
        assert found.is_over_time
        assert found.names == ("2026-03-31", "2026-06-30", "2026-09-30")
        assert found.summary[0] == "Overall: from Start, 1.0 to Steady, 3.0."


@pytest.mark.parametrize(
    "others",
    [{"unit": "Other"}, {"date": None}, {"date": "2026-03-31"}, {"journey": "Other"}],
    ids=str,
)
def test_anything_else_stands_side_by_side_in_the_order_given(others: dict[str, str | None]) -> None:
    cards = [result(), result(**({"date": "2026-04-30"} | others))]  # type: ignore[arg-type]
    found = compare(cards)
    assert not found.is_over_time
    assert [*found.cards] == cards
    assert len({*found.names}) == 2


def test_names_are_as_short_as_they_can_be() -> None:
    assert compare([result("North"), result("South")]).names == ("North", "South")
    assert compare([result(), result(journey="Other")]).names == ("Team · 2026-03-31", "Team · Other · 2026-03-31")
    assert compare([result(), result()]).names == ("1. Team", "2. Team")


def test_what_stays_is_told_as_such() -> None:
    found = compare([result(date="2026-03-31"), result(date="2026-04-30")])
    assert found.summary == tuple(f"{row.name}: still Grow, 2.0." for row in found.nodes)


def test_side_by_side_the_whole_of_each_comes_first() -> None:
    assert compare([result("North", best=1), result("South", best=4)]).summary == (
        "North: Start, 1.0.",
        "South: Lead, 4.0.",
    )


def test_many_results_are_counted() -> None:
    found = compare([result(f"Team {number}", best=1 + number % 3) for number in range(10)])
    assert found.summary == ("Start: 4 of 10", "Grow: 3 of 10", "Steady: 3 of 10")
    assert found.is_large


def test_other_editions_are_warned_of() -> None:
    one, other = (hm.Scorecard(result("North")).model_dump() for _ in range(2))
    other["rubric"] |= {"version": "2", "digest": "sha256:other"}
    found = compare([hm.Scorecard.model_validate(each).data for each in (one, other)])
    assert found.warning == "These results come from 2 editions of the rubric (1, 2): a change may be the rubric's."
    assert len(found.methods) == 2
    assert compare([result("North"), result("South")]).warning == ""


def test_results_of_other_rubrics_are_refused() -> None:
    with pytest.raises(hm.AnswerError, match="these come from 'ai-human-cx' and 'hard'"):
        hm.report.to_html([hm.score("ai-human-cx", {}), hm.Scorecard(result())])
    with pytest.raises(hm.AnswerError, match="at least one result"):
        hm.report.to_html([])


def test_a_course_breaks_where_there_is_no_point() -> None:
    days = [result(date=date).nodes[0] for date in ("2026-01-01", "2026-02-01", "2026-03-01")]
    unknown = card_of([["A"]], answer=lambda _: None).data.nodes[0]
    points = [(dt.date(2026, month, 1), node) for month, node in enumerate([days[0], days[1], unknown, days[2]], 1)]
    drawn = course("Data", points)
    assert 'class="series-1 path"' in drawn
    assert drawn.count("<circle") == 3
    assert "2026-03-01: open." in drawn
    path = next(part for part in drawn.split("<path") if "series-1" in part)
    assert (path.count("M"), path.count("L")) == (2, 1)
