"""The first screen: where we stand, what limits us, what to do first."""

from hard_results import CASES, card_of

import humanai_maturity as hm
from humanai_maturity.report.headline import First, headline
from humanai_maturity.report.view import Item


def test_the_stage_its_place_and_how_sure_it_is() -> None:
    top = headline(card_of([["A", "B"]], answer=lambda _: 3).data)
    assert (top.stage, top.place, top.certainty) == ("Steady", "Stage 3 of 4.", "Everything that applies is answered.")


def test_no_stage_says_why_and_what_it_can_be() -> None:
    top = headline(CASES["nothing-answered"]().data)
    assert (top.stage, top.place) == ("No stage yet", "Nothing below it is answered.")
    assert top.certainty == "It can turn out anywhere from Start to Lead."


def test_nothing_applies() -> None:
    top = headline(CASES["nothing-applies"]().data)
    assert (top.stage, top.certainty, top.limits, top.first) == (
        "Does not apply",
        "Nothing of the rubric applies.",
        (),
        (),
    )


def test_what_limits_is_short() -> None:
    needed = {"all": [{"criterion": f"c{n}", "at_least": "s2"} for n in range(5)]}
    gates = {"gates": dict.fromkeys(("s2", "s3", "s4"), needed)}
    top = headline(card_of([["A", "B", "C", "D", "E"]], answer=lambda _: 1, stage=gates).data)
    assert top.limits[-1] == Item("Before Grow", tuple(Item(f"{title}: to Grow, now at Start") for title in "ABC"))
    assert top.limits_more == 2
    assert top.first[0] == First("Bring A to Grow.")


def test_a_choice_is_told_as_one() -> None:
    choice = {"at_least_n": 1, "of": [{"criterion": f"c{n}", "at_least": "s2"} for n in range(2)]}
    top = headline(
        card_of([["A", "B"]], answer=lambda _: 1, stage={"gates": {"s2": choice, "s3": choice, "s4": choice}}).data
    )
    parts = (Item("A: to Grow, now at Start"), Item("B: to Grow, now at Start"))
    assert top.limits[-1] == Item("Before Grow", (Item("1 of these:", parts),))


def test_the_lowest_dimension_is_named_where_the_profile_is_uneven() -> None:
    uneven = headline(card_of([["A"], ["B"], ["C"]], answer=lambda number: number + 1).data)
    assert uneven.limits[0] == Item("Lowest: Dimension 1, at Start.")
    even = headline(card_of([["A"], ["B"]], answer=lambda _: 2).data)
    assert not any(item.text.startswith("Lowest") for item in even.limits)


def test_raised_flags_come_first_and_their_remedies_too() -> None:
    flag = {"id": "f", "title": "Gap", "severity": "high", "raised_when": {"criterion": "c0", "below": "s4"}}
    card = card_of([["A"]], flags=[flag | {"says": "There is a gap.", "remedy": "Close it."}])
    top = headline(card.data)
    assert top.limits[0] == Item("Gap: There is a gap.")
    assert top.first[0] == First("Close it.")


def test_many_flags_are_counted() -> None:
    raised = {"severity": "warn", "raised_when": {"criterion": "c0", "below": "s4"}, "says": "No."}
    top = headline(card_of([["A"]], flags=[raised | {"id": f"f{number}"} for number in range(5)]).data)
    assert [item.text for item in top.limits[:4]] == ["f0: No.", "f1: No.", "f2: No.", "More flags that are raised: 2."]


def test_what_is_open_is_to_be_found_out() -> None:
    assert headline(CASES["half-known"]().data).first[-1] == First("Find out: Two, Two, Two and more.")
    assert isinstance(CASES["half-known"](), hm.Scorecard)
