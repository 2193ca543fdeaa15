"""What a raised flag, a limit or a cap waits for."""

from fractions import Fraction
from typing import Any

from advised_rubrics import advised

from humanai_maturity.advice.needs import Need, Needs
from humanai_maturity.advice.situation import Outcome, Place, Situation, Standing

RUBRIC = advised()


def place(value: float | None, *, applies: bool = True) -> Place:
    number = None if value is None else Fraction(value)
    return Place(applies=applies, claimed=number, supported=number, scale=None, evidence=None, ahead=())


def needs(
    raised: tuple[str, ...] = (), constraints: dict[str, tuple[str, ...]] | None = None, whole: int = 2, **places: Any
) -> list[Need]:
    known = {name: place(3) for name in ("owned", "fresh", "trained", "heard", "told", "complaints")}
    given = {name: each if isinstance(each, Place) else place(each) for name, each in places.items()}
    situation = Situation(
        places={**known, **given},
        outcome=Outcome(
            standings={"overall": Standing(score=None, stage=whole, stage_low=1)}, raised=frozenset(raised)
        ),
        constraints=constraints or {},
    )
    return list(Needs(RUBRIC, situation))


def test_nothing_waits_for_anything_at_the_top() -> None:
    assert needs() == []


def test_a_flag_waits_for_what_raises_it() -> None:
    assert needs(raised=("nobody",), owned=1) == [Need("owned", "flag", "nobody", Fraction(2))]
    assert needs(raised=("silent",), told=0) == [Need("told", "flag", "silent", Fraction(1))]
    assert needs(raised=("nobody",), owned=None) == [Need("owned", "flag", "nobody", Fraction(2))]
    assert needs(raised=("slow",), fresh=1, trained=1) == []


def test_a_criterion_waits_for_its_prerequisite_when_the_stage_is_claimed_or_next() -> None:
    waiting = [Need("fresh", "prerequisite", "trained", Fraction(2))]
    assert needs(fresh=1, trained=3) == waiting
    assert needs(fresh=1, trained=2) == waiting
    assert needs(fresh=None, trained=2) == waiting
    assert needs(fresh=1, trained=1) == []
    assert needs(fresh=1, trained=None) == []
    assert needs(fresh=place(None, applies=False), trained=3) == []


def test_what_leads_beyond_the_next_stage_of_the_whole_does_not_press() -> None:
    assert needs(fresh=1, trained=3, whole=1) == []
    assert needs(complaints=2, whole=1) == []
    assert needs(complaints=1, whole=1) == [Need("complaints", "counter", "heard", Fraction(2))]


def test_a_criterion_waits_for_its_counter_metric() -> None:
    waiting = [Need("complaints", "counter", "heard", Fraction(3))]
    assert needs(complaints=2) == waiting
    assert needs(complaints=None) == waiting, "an unknown one supports Mid"
    assert needs(complaints=place(None, applies=False)) == []


def test_what_is_held_back_waits_for_all_of_a_dimension_or_for_one_criterion() -> None:
    assert needs(constraints={"data": ("people",)}) == [
        Need("owned", "constraint", "people"),
        Need("fresh", "constraint", "people"),
    ]
    assert needs(constraints={"told": ("data", "people")}) == [
        Need("told", "constraint", "data"),
        Need("told", "constraint", "people"),
    ]
    assert [need.question for need in needs(constraints={"overall": ("data",)})] == [
        "owned",
        "fresh",
        "trained",
        "heard",
    ]
