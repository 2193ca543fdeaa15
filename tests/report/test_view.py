"""What every form of a report has in common, in words."""

from pathlib import Path

import pytest
from hard_results import CASES, card_of

import humanai_maturity as hm
from humanai_maturity.engine.result import ScorecardData
from humanai_maturity.report import view
from humanai_maturity.report.contents import contents

GOLDEN = Path(__file__).parents[1] / "golden"


@pytest.fixture(scope="module")
def team() -> ScorecardData:
    return hm.score(GOLDEN, hm.load_assessment(GOLDEN / "team.yaml")).data


def test_the_profile_has_bounds_only_where_they_say_more(team: ScorecardData) -> None:
    rows = {row.name: row for row in view.standings(team)}
    assert (rows["Care"].stage, rows["Care"].stage_bounds, rows["Care"].known) == ("Grow", "", "100 %")
    assert (rows["Reach"].stage, rows["Reach"].stage_bounds) == ("open", "Start to Lead")
    assert (rows["Abroad"].stage, rows["Abroad"].score, rows["Abroad"].depth) == ("does not apply", "", 1)
    assert [*rows][-1] == "Overall"


def test_everything_that_is_held_down_says_why(team: ScorecardData) -> None:
    rows = {row.name: row for row in view.held_down(team)}
    assert (rows["People are heard"].claimed, rows["People are heard"].supported) == ("3", "2")
    assert all(row.reasons for row in rows.values())
    assert rows.keys() >= {row.title for row in team.criteria if row.score is not None and row.claimed != row.score}


def test_flags_that_are_raised_come_first(team: ScorecardData) -> None:
    found = view.flags(team)
    assert [flag.is_raised for flag in found] == sorted((flag.is_raised for flag in found), reverse=True)
    assert found[0].holds_down == "Holds Overall at Grow."
    assert not {"Noise"} & {flag.name for flag in found}


def test_blockers_are_a_tree(team: ScorecardData) -> None:
    tree = contents(team).next_items
    assert any(item.items for item in tree)
    assert sum(map(_size, tree)) == len([*view.blocker_lines(view.blockers_of(team, "overall"))])


def _size(item: view.Item) -> int:
    return 1 + sum(map(_size, item.items))


def test_unknowns_say_where_why_and_what_they_can_be_worth(team: ScorecardData) -> None:
    row = next(row for row in view.unknowns(team) if row.name == "Staff at night")
    assert (row.where, row.why, row.note) == ("At night", "The answer is still to come.", "They count again in May.")
    assert row.worth == "1 to 3"


def test_what_unknowns_can_change(team: ScorecardData) -> None:
    assert "At night scores from 2.0 to 3.0, and its stage is from Start to Lead." in [*view.effects(team)]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("one-dimension", "Everything that applies is answered."),
        ("nothing-answered", "It can turn out anywhere from Start to Lead."),
        ("nothing-applies", "Nothing of the rubric applies."),
        ("points", "It can turn out anywhere from One to Two."),
    ],
)
def test_certainty(name: str, expected: str) -> None:
    assert view.certainty(CASES[name]().data) == expected


def test_criteria_with_all_that_is_beside_the_answer() -> None:
    card = card_of([["A"]], answer=lambda _: {"value": "2", "source": "visits", "note": "once"})
    row = view.answered(card.data.criteria[0], 1)
    assert (row.answer, row.score, row.claimed, row.remarks) == ("2", "2", "", ("Source: visits.", "Once."))


def test_facts_stand_after_the_criteria(team: ScorecardData) -> None:
    heading, rows = contents(team).criteria[-1]
    assert (heading, [row.name for row in rows]) == ("Facts, which are not scored", ["Complaints", "Fairness"])


def test_a_title_is_not_said_twice() -> None:
    assert contents(card_of([["A"]], scope={}).data).title == "Team: Hard to show 1"
    assert contents(CASES["points"]().data).title == "On points"
