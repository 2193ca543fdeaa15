"""What can hold something down does so sometimes, and not always."""

from typing import Any

import pytest
from findings import asked, choice, found, made


@pytest.mark.parametrize(
    ("needed", "code"),
    [
        ({"at_least": "top", "for_stage": "top"}, "prerequisite-never-met"),
        ({"at_least": 2.5, "for_stage": "top"}, "prerequisite-never-met"),
        ({"at_least": "low", "for_stage": "top"}, "prerequisite-without-effect"),
        ({"at_least": 1, "for_stage": "mid"}, "prerequisite-without-effect"),
        ({"at_least": "mid", "for_stage": "top"}, None),
        ({"at_least": "mid", "for_stage": "mid"}, None),
    ],
)
def test_prerequisites(needed: dict[str, Any], code: str | None) -> None:
    rubric = made(asked("a", choice(1, 2)), asked("b", prerequisites=[{"criterion": "a", **needed}]))
    for each in ("prerequisite-never-met", "prerequisite-without-effect"):
        assert found(each, rubric) == (["dimensions[0].criteria[1].prerequisites[0]"] if each == code else [])


def test_a_prerequisite_for_a_stage_that_nobody_claims() -> None:
    needs = [{"criterion": "a", "at_least": 2, "for_stage": "top"}]
    assert found("prerequisite-without-effect", made(asked("a"), asked("b", choice(1, 2), prerequisites=needs)))


def test_a_prerequisite_that_another_one_makes_superfluous() -> None:
    needs = [
        {"criterion": "a", "at_least": 2, "for_stage": "top"},
        {"criterion": "a", "at_least": 3, "for_stage": "top"},
    ]
    rubric = made(asked("a"), asked("b", prerequisites=needs))
    assert found("prerequisite-without-effect", rubric) == ["dimensions[0].criteria[1].prerequisites[0]"]


def test_a_prerequisite_that_runs_ahead() -> None:
    ahead = {"criterion": "a", "at_least": "top", "for_stage": "mid"}
    assert found("prerequisite-ahead", made(asked("a"), asked("b", prerequisites=[ahead])))
    even = {"criterion": "a", "at_least": "mid", "for_stage": "mid"}
    assert not found("prerequisite-ahead", made(asked("a"), asked("b", prerequisites=[even])))
    share = {"type": "metric", "range": {"worst": 0, "best": 100}}
    on_points = {"criterion": "f", "at_least": 0.5, "for_stage": "mid"}
    assert not found("prerequisite-ahead", made(asked("b", prerequisites=[on_points]), facts=[asked("f", share)]))


def test_counter_metrics() -> None:
    def with_plus(plus: int) -> list[str]:
        return found("counter-without-effect", made(asked("a"), asked("b", counter={"criterion": "a", "plus": plus})))

    assert with_plus(2) == ["dimensions[0].criteria[1].counter"]
    assert with_plus(1) == []


@pytest.mark.parametrize(
    ("more", "idle"), [({}, False), ({"plus": 1}, False), ({"plus": 2}, True), ({"from_stage": 3}, False)]
)
def test_caps(more: dict[str, Any], idle: bool) -> None:  # noqa: FBT001 - a table
    rubric = made(asked("a"), asked("b"), caps=[{"cap": ["b"], "by": "a", "because": "B.", **more}])
    assert found("cap-without-effect", rubric) == (["caps[0].cap[0]"] if idle else [])


def flag(raised_when: dict[str, Any], **caps: Any) -> dict[str, Any]:
    return {"flags": [{"id": "f", "severity": "high", "raised_when": raised_when, "caps": caps, "says": "S."}]}


def test_flags_that_are_never_raised_or_always() -> None:
    assert found("flag-never-raised", made(**flag({"criterion": "a", "below": 1}))) == ["flags[0].raised_when"]
    assert found("flag-always-raised", made(**flag({"criterion": "a", "at_most": 3}))) == ["flags[0].raised_when"]
    sometimes = made(**flag({"criterion": "a", "at_most": 2}))
    assert not [*found("flag-never-raised", sometimes), *found("flag-always-raised", sometimes)]


def test_the_cap_of_a_flag_that_holds_nothing_down() -> None:
    low = {"criterion": "a", "at_most": 1}
    assert found("cap-without-effect", made(**flag(low, d="top", b="mid"))) == ["flags[0].caps.d"]
