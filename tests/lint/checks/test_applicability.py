"""Saying that something does not apply neither helps nor costs."""

from findings import asked, choice, found, made, message

LOWEST = {"defaults": {"stage": {"lowest": "children"}}, "max_not_applicable": 1}
SHORT = [asked("a"), asked("b", choice(1, 2), allow_not_applicable=True)]
SUM = {"score": {"rule": "sum"}, "defaults": {"score": {"rule": "sum"}}, "max_not_applicable": 1}
YES = {"type": "yes_no"}
AT_B = ["dimensions[0].criteria[1].allow_not_applicable"]


def test_what_lifts_a_stage() -> None:
    rubric = made(*SHORT, **LOWEST, not_applicable_may_lift=True)
    assert found("not-applicable-lifts", rubric) == AT_B
    assert "stands at 'top'; with the best answer to it, only at 'mid'" in message("not-applicable-lifts", rubric)


def test_what_the_engine_holds_down() -> None:
    assert not found("not-applicable-lifts", made(*SHORT, **LOWEST))


def test_what_costs_a_stage() -> None:
    criteria = [asked("a", YES), asked("b", YES, allow_not_applicable=True)]
    assert found("not-applicable-costs", made(*criteria, **SUM, stage={"cuts": {"mid": 1, "top": 2}})) == AT_B
    mean = made(*criteria, max_not_applicable=1, stage={"cuts": {"mid": 0.5, "top": 1}})
    assert not found("not-applicable-costs", mean)


def test_a_dimension_that_costs_a_stage() -> None:
    parts = [
        {"id": "d", "title": "D", "criteria": [asked("a", YES)]},
        {"id": "e", "title": "E", "criteria": [asked("b", YES)], "allow_not_applicable": True},
    ]
    rubric = made(dimensions=parts, **SUM, stage={"cuts": {"mid": 1, "top": 2}})
    assert found("not-applicable-costs", rubric) == ["dimensions[1].allow_not_applicable"]


def test_no_point_is_not_a_cost() -> None:
    """Where a guard leaves a node without a point, nothing is lower: there is nothing to compare."""
    criteria = [asked("a", YES), asked("b", YES, allow_not_applicable=True)]
    guarded = made(*criteria, **{**SUM, "max_not_applicable": 0}, stage={"cuts": {"mid": 1, "top": 2}})
    assert not found("not-applicable-costs", guarded)
