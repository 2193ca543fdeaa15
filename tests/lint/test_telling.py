"""Two answers are only said never to differ where that is proven."""

from typing import Any

import pytest
from findings import asked, choice, made, points

from humanai_maturity.lint.study import Study
from humanai_maturity.lint.telling import never_tell_apart
from humanai_maturity.model.rubric import Rubric

LOSING = [asked("a", choice(1, 2)), asked("b", choice(2, 3))]
MAX = {"defaults": {"score": {"rule": "max"}}}


def never(rubric: Rubric, name: str = "a") -> bool:
    study = Study(rubric)
    ladder = study.levels(name, study.grades[-1])
    return never_tell_apart(study.questions[name], ladder[0], ladder[-1], study)


def test_what_always_loses_never_tells() -> None:
    assert never(made(*LOSING, **MAX))
    assert not never(made(*LOSING, **MAX), "b")
    assert not never(made(*LOSING))


def test_nothing_is_proven_beyond_the_effort() -> None:
    study = Study(made(*LOSING, **MAX))
    while study.spend(1):
        pass
    low, high = study.levels("a", None)[0], study.levels("a", None)[-1]
    assert not never_tell_apart(study.questions["a"], low, high, study)


@pytest.mark.parametrize(
    "more",
    [
        {"caps": [{"cap": ["d"], "by": "c0", "because": "B."}]},
        {
            "flags": [
                {
                    "id": "f",
                    "severity": "warn",
                    "raised_when": {"criterion": "c0", "at_most": 1},
                    "caps": {"d": 2},
                    "says": "S.",
                }
            ]
        },
        {"score": {"rule": "mean", "over": "leaves"}},
        {"stage": {"quorum": 0.5, "over": "leaves"}},
    ],
    ids=["cap", "flag", "leaves", "quorum"],
)
def test_a_dimension_that_others_see_into_proves_nothing(more: dict[str, Any]) -> None:
    """What is true of the dimension alone is not claimed of the whole then."""
    others = [{"id": f"e{n}", "title": f"E{n}", "criteria": [asked(f"c{n}"), asked(f"k{n}")]} for n in range(6)]
    losing = {"id": "d", "title": "D", "criteria": LOSING, "score": {"rule": "max"}}
    assert never(made(dimensions=[losing, *others]))
    assert not never(made(dimensions=[losing, *others], **more))


@pytest.mark.parametrize(
    ("asks", "apart"),
    [
        ({"at_most": 0}, True),
        ({"below": 0}, False),
        ({"at_most": 1}, False),
        ({"below": 1}, True),
        ({"below": 0.5}, True),
    ],
)
def test_facts_are_told_apart_by_what_reads_them(asks: dict[str, Any], apart: bool) -> None:  # noqa: FBT001 - a table
    flag = {"id": "f", "severity": "warn", "raised_when": {"criterion": "x", **asks}, "says": "S."}
    assert never(made(facts=[asked("x", points(0, 1))], flags=[flag]), "x") != apart


def test_a_fact_that_holds_something_down_tells() -> None:
    rubric = made(asked("a", counter={"criterion": "x"}), facts=[asked("x")])
    assert not never(rubric, "x")
    assert not never(made(facts=[asked("x")], caps=[{"cap": ["a"], "by": "x", "because": "B."}]), "x")
