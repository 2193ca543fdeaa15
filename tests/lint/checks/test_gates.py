"""Requirements decide something, and gates go together."""

from typing import Any

import pytest
from findings import asked, choice, found, made


def gates(mid: dict[str, Any], top: dict[str, Any]) -> dict[str, Any]:
    return {"stage": {"gates": {"mid": mid, "top": top}}}


A2, A3 = {"criterion": "a", "at_least": "mid"}, {"criterion": "a", "at_least": "top"}
B3 = {"criterion": "b", "at_least": "top"}


@pytest.mark.parametrize(
    ("part", "code"),
    [
        ({"criterion": "a", "above": "top"}, "requirement-never-met"),
        ({"criterion": "a", "at_least": 7}, "requirement-never-met"),
        ({"criterion": "a", "at_least": "low"}, "requirement-always-met"),
        ({"criterion": "a", "above": 0}, "requirement-always-met"),
        ({"dimension": "d", "at_least": 1}, "requirement-always-met"),
        ({"share": 0.5, "of": ["a", "b"], "at_least": "low"}, "requirement-always-met"),
        ({"evidence": "said", "share": 0.5}, "requirement-always-met"),
        ({"flag_absent": "never"}, "requirement-always-met"),
        ({"flag_absent": "always"}, "requirement-never-met"),
    ],
)
def test_parts_that_decide_nothing(part: dict[str, Any], code: str) -> None:
    flags = [
        {"id": "never", "severity": "warn", "raised_when": {"criterion": "b", "below": 0}, "says": "S."},
        {"id": "always", "severity": "warn", "raised_when": {"criterion": "b", "at_most": 9}, "says": "S."},
    ]
    grades = [{"id": "said", "supports": 2}, {"id": "seen", "supports": 3}]
    rubric = made(**gates({"all": [A2, part]}, A3), flags=flags, evidence_grades=grades)
    assert found(code, rubric) == ["stage.gates.mid.all[1]"]


def test_parts_that_decide_something_are_left_alone() -> None:
    rubric = made(**gates({"any": [A2, {"share": 0.5, "of": ["a", "b"], "at_least": 2}]}, A3))
    assert not [*found("requirement-never-met", rubric), *found("requirement-always-met", rubric)]


def test_parts_of_flags_that_decide_nothing() -> None:
    parts = [{"criterion": "a", "at_most": 1}, {"criterion": "b", "below": 1}, {"criterion": "b", "at_most": 3}]
    rubric = made(flags=[{"id": "f", "severity": "warn", "raised_when": {"any": parts}, "says": "S."}])
    assert found("requirement-never-met", rubric) == ["flags[0].raised_when.any[1]"]
    assert found("requirement-always-met", rubric) == ["flags[0].raised_when.any[2]"]


def test_a_gate_that_is_open_whenever_the_lower_ones_are() -> None:
    assert found("gate-implied", made(**gates(A3, A2))) == ["stage.gates.top"]
    assert found("stage-never-reached", made(**gates(A3, A2))) == [""]
    assert not found("gate-implied", made(**gates(A2, A3)))


def test_gates_at_odds() -> None:
    rubric = made(**gates(A3, {"all": [A2, B3]}))
    assert found("gates-contradict", rubric) == ["stage.gates.top.all[0]"]
    assert not found("gates-contradict", made(**gates(A2, {"all": [A3, B3]})))


def test_what_a_lower_gate_asks_already() -> None:
    assert found("requirement-implied", made(**gates(A2, {"all": [A2, B3]}))) == ["stage.gates.top.all[0]"]
    several = made(
        **gates({"all": [A3, B3]}, {"all": [{"any": [A2, B3]}, {"criterion": "c", "at_least": 3}]}), facts=[asked("c")]
    )
    assert found("requirement-implied", several) == ["stage.gates.top.all[0]"]


def test_parts_that_follow_from_their_neighbours() -> None:
    assert found("requirement-implied", made(**gates({"all": [A2, A3]}, B3))) == ["stage.gates.mid.all[0]"]
    assert found("requirement-implied", made(**gates({"any": [A2, A3]}, B3))) == ["stage.gates.mid.any[1]"]
    assert found("requirement-implied", made(**gates({"all": [A2, A2]}, B3))) == ["stage.gates.mid.all[1]"]
    deep = gates({"at_least_n": 1, "of": [{"all": [A3, A2]}, B3]}, A3)
    assert found("requirement-implied", made(**deep)) == ["stage.gates.mid.of[0].all[1]"]


def test_gates_that_hold_for_several_nodes_are_found_once() -> None:
    rule = {"gates": {"mid": {"criterion": "f", "at_least": "low"}, "top": {"criterion": "f", "at_least": 3}}}
    rubric = made(asked("a", choice(1, 3)), defaults={"stage": rule}, facts=[asked("f")])
    assert found("requirement-always-met", rubric) == ["defaults.stage.gates.mid"]
