"""Every weight weighs."""

from typing import Any

import pytest
from findings import asked, found, made

HEAVY = [asked("a", weight=3), asked("b")]
AT_A = ["dimensions[0].criteria[0].weight"]


@pytest.mark.parametrize(
    ("more", "places"),
    [
        ({"defaults": {"score": {"rule": "min"}}}, AT_A),
        ({"defaults": {"score": {"rule": "max"}}}, AT_A),
        ({"defaults": {"score": {"rule": "mean_min", "alpha": 0}}}, AT_A),
        ({"defaults": {"score": {"rule": "mean_min", "alpha": 0.5}}}, []),
        ({"defaults": {"score": {"rule": "mean"}}}, []),
        ({"defaults": {"score": {"rule": "min"}, "stage": {"quorum": 0.7}}}, []),
        ({"defaults": {"score": {"rule": "min"}}, "score": {"rule": "mean", "over": "leaves"}}, []),
        ({"defaults": {"score": {"rule": "min"}}, "stage": {"quorum": 0.7, "over": "leaves"}}, []),
        (
            {
                "defaults": {"score": {"rule": "min"}},
                "flags": [
                    {
                        "id": "f",
                        "severity": "warn",
                        "raised_when": {"share": 0.5, "of": ["a", "b"], "at_most": 1},
                        "says": "S.",
                    }
                ],
            },
            [],
        ),
    ],
)
def test_weights_that_no_rule_uses(more: dict[str, Any], places: list[str]) -> None:
    assert found("weight-unused", made(*HEAVY, **more)) == places


def test_weights_that_evidence_counts_are_used() -> None:
    grades = [{"id": "said", "supports": 2}, {"id": "seen", "supports": 3}]
    gates = {"mid": {"evidence": "seen", "share": 0.5}, "top": {"criterion": "a", "at_least": 3}}
    rubric = made(*HEAVY, defaults={"score": {"rule": "min"}}, evidence_grades=grades, stage={"gates": gates})
    assert not found("weight-unused", rubric)


@pytest.mark.parametrize(
    ("weights", "more", "count"),
    [
        ((5, 5), {}, 1),
        ((5,), {}, 1),
        ((1, 1), {}, 0),
        ((5, 4), {}, 0),
        (
            (5, 5),
            {
                "defaults": {"score": {"rule": "aggregator", "name": "unheard-of"}},
                "stage": {"cuts": {"mid": 2, "top": 3}},
            },
            0,
        ),
        ((5, 5), {"score": {"rule": "mean", "over": "leaves"}}, 0),
    ],
)
def test_weights_that_cancel_out(weights: tuple[int, ...], more: dict[str, Any], count: int) -> None:
    rubric = made(*(asked(name, weight=weight) for name, weight in zip("ab", weights, strict=False)), **more)
    assert len(found("weight-cancels", rubric)) == count


def test_the_weights_of_a_sum_never_cancel_out() -> None:
    yes = {"type": "yes_no"}
    rules = {"defaults": {"score": {"rule": "sum"}}, "stage": {"cuts": {"mid": 4, "top": 8}}}
    assert not found("weight-cancels", made(asked("a", yes, weight=4), asked("b", yes, weight=4), **rules))


@pytest.mark.parametrize(
    ("weights", "quorum", "idle"),
    [
        ((9, 1), 0.7, "b"),
        ((2, 1), 0.7, ""),
        ((4, 4, 1), 0.5, ""),
        ((4, 4, 1), 0.4, "c"),
        ((1, 1, 1), 0.7, ""),
        ((1,), 1, ""),
    ],
)
def test_weights_that_never_decide(weights: tuple[int, ...], quorum: float, idle: str) -> None:
    criteria = [asked(name, weight=weight) for name, weight in zip("abc", weights, strict=False)]
    rubric = made(*criteria, defaults={"stage": {"quorum": quorum}}, stage={"lowest": "children"})
    assert found("weight-never-decides", rubric) == [f"dimensions[0].criteria[{'abc'.index(name)}]" for name in idle]


@pytest.mark.parametrize("rule", [{"rule": "lower_median"}, {"rule": "quantile", "q": 0.5}])
def test_weights_that_never_decide_a_median(rule: dict[str, Any]) -> None:
    criteria = [asked("a", weight=5), asked("b"), asked("c")]
    rubric = made(*criteria, defaults={"score": rule}, score={"rule": "mean"})
    assert found("weight-never-decides", rubric) == ["dimensions[0].criteria[1]", "dimensions[0].criteria[2]"]
