"""Every switch switches something."""

from typing import Any

import pytest
from findings import asked, found, made

OPTIONAL = asked("a", allow_not_applicable=True)
YES = {"type": "yes_no"}
CUTS = {"stage": {"cuts": {"mid": 0.5, "top": 1}}}


@pytest.mark.parametrize(
    ("more", "path"),
    [
        ({"missing": "worst", "coverage_floor": 0.5}, "coverage_floor"),
        ({"coverage_floor": 0.5}, None),
        ({"missing": "leave_out", "coverage_floor": 0.5}, None),
        ({"max_not_applicable": 0.5}, "max_not_applicable"),
        ({"not_applicable_may_lift": True}, "not_applicable_may_lift"),
    ],
)
def test_switches_of_the_whole(more: dict[str, Any], path: str | None) -> None:
    assert found("setting-without-effect", made(**more)) == ([] if path is None else [path])


def test_switches_about_what_may_not_apply() -> None:
    assert not found("setting-without-effect", made(OPTIONAL, max_not_applicable=0.5, not_applicable_may_lift=True))


def test_a_floor_that_a_dimension_below_goes_by() -> None:
    below = {"id": "d", "title": "D", "missing": "leave_out", "criteria": [asked("a")]}
    assert not found("setting-without-effect", made(missing="worst", coverage_floor=0.5, dimensions=[below]))
    own = made(missing="worst", coverage_floor=0.5, dimensions=[{**below, "coverage_floor": 0.9}])
    assert found("setting-without-effect", own) == ["coverage_floor"]


def test_normalising_what_is_normal() -> None:
    node = {"id": "d", "title": "D", "score": {"rule": "mean", "normalise": True}}
    assert found("setting-without-effect", made(dimensions=[{**node, "criteria": [asked("a", YES)]}], **CUTS)) == [
        "dimensions[0].score.normalise"
    ]
    wider = asked("b", {"type": "yes_no", "yes": 5, "no": 0})
    assert not found(
        "setting-without-effect", made(dimensions=[{**node, "criteria": [asked("a", YES), wider]}], **CUTS)
    )


@pytest.mark.parametrize(
    ("gate", "idle"),
    [
        ({"criterion": "b", "at_least": 2}, True),
        ({"criterion": "a", "at_least": 2}, False),
        ({"all": [{"criterion": "a", "at_least": 2}, {"criterion": "b", "at_least": 2}]}, True),
    ],
)
def test_gates_that_are_never_empty(gate: dict[str, Any], idle: bool) -> None:  # noqa: FBT001 - a table
    gates = {"gates": {"mid": gate, "top": {"criterion": "b", "at_least": 3}}, "vacuous": "met"}
    assert found("setting-without-effect", made(OPTIONAL, asked("b"), stage=gates)) == (
        ["stage.vacuous"] if idle else []
    )


def test_a_gate_about_a_dimension_that_may_go() -> None:
    parts = [
        {"id": "d", "title": "D", "criteria": [asked("a")], "allow_not_applicable": True},
        {"id": "e", "title": "E", "criteria": [asked("b")]},
    ]
    gates = {
        "gates": {"mid": {"criterion": "a", "at_least": 2}, "top": {"criterion": "b", "at_least": 3}},
        "vacuous": "met",
    }
    assert not found("setting-without-effect", made(dimensions=parts, stage=gates))
