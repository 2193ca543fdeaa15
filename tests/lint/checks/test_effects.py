"""Whatever is asked, offered or set makes a difference."""

from typing import Any

from findings import asked, choice, found, made, points

CUTS = {"cuts": {"mid": 1, "top": 2}}


def flag(raised_when: dict[str, Any]) -> dict[str, Any]:
    return {"id": "f", "severity": "warn", "raised_when": raised_when, "says": "S."}


def test_a_fact_that_nothing_reads() -> None:
    rubric = made(facts=[asked("x"), asked("y")], flags=[flag({"criterion": "y", "at_most": 1})])
    assert found("never-read", rubric) == ["facts[0]"]


def test_facts_that_hold_something_down_are_read() -> None:
    needs = [{"criterion": "x", "at_least": 2, "for_stage": 3}]
    criteria = [asked("a", prerequisites=needs), asked("b", counter={"criterion": "y"})]
    caps = [{"cap": ["a"], "by": "z", "because": "B."}]
    assert not found("never-read", made(*criteria, facts=[asked("x"), asked("y"), asked("z")], caps=caps))


def test_a_criterion_that_always_loses() -> None:
    rubric = made(asked("a", choice(1, 2)), asked("b", choice(2, 3)), defaults={"score": {"rule": "max"}})
    assert found("criterion-never-matters", rubric) == ["dimensions[0].criteria[0]"]
    assert not found(
        "criterion-never-matters", made(asked("a", choice(1, 3)), asked("b"), defaults={"score": {"rule": "max"}})
    )


def test_one_that_something_else_reads_matters() -> None:
    losing = [asked("a", choice(1, 2)), asked("b", choice(2, 3))]
    rules: dict[str, Any] = {"defaults": {"score": {"rule": "max"}}}
    read = made(*losing, **rules, flags=[flag({"criterion": "a", "at_most": 1})])
    assert not found("criterion-never-matters", read)
    held = asked("c", prerequisites=[{"criterion": "a", "at_least": 2, "for_stage": 3}])
    assert not found("criterion-never-matters", made(*losing, held, **rules))


def test_in_a_large_rubric_it_is_proven_within_the_dimension() -> None:
    others = [{"id": f"e{n}", "title": f"E{n}", "criteria": [asked(f"c{n}"), asked(f"k{n}")]} for n in range(6)]
    losing = {"id": "d", "title": "D", "criteria": [asked("a", choice(1, 2)), asked("b", choice(2, 3))]}
    rubric = made(dimensions=[{**losing, "score": {"rule": "max"}}, *others])
    assert found("criterion-never-matters", rubric) == ["dimensions[0].criteria[0]"]


def test_nothing_is_claimed_of_measured_numbers_that_cannot_all_be_tried() -> None:
    metric = {"type": "metric", "bands": {"low": 0, "mid": 1, "top": 2}}
    rubric = made(
        asked("a", choice(1, 2)), asked("b", metric), asked("c", choice(2, 3)), defaults={"score": {"rule": "max"}}
    )
    assert not found("criterion-never-matters", rubric)


def test_options_of_a_fact_that_no_rule_tells_apart() -> None:
    size = asked("x", points(0, 1, 2))
    at_1 = made(facts=[size], flags=[flag({"criterion": "x", "at_most": 0})])
    assert found("option-never-matters", at_1) == ["facts[0].scale.options[2]"]
    both = flag({"any": [{"criterion": "x", "at_most": 0}, {"criterion": "x", "below": 2}]})
    assert not found("option-never-matters", made(facts=[size], flags=[both]))


def test_options_of_a_criterion_that_rounding_makes_alike() -> None:
    rules = {"score": {"rule": "mean", "round": {"digits": 0, "mode": "floor"}}}
    node = {"id": "d", "title": "D", "criteria": [asked("a", points(0, 0.2, 2))], **rules}
    rubric = made(dimensions=[node], stage=CUTS)
    assert found("option-never-matters", rubric) == ["dimensions[0].criteria[0].scale.options[1]"]


def test_options_of_equal_worth() -> None:
    assert found("same-worth", made(asked("a", choice(1, 2, 2, 3)))) == ["dimensions[0].criteria[0].scale.options[2]"]
    named = choice(1, 3)
    named["options"].append({"id": "x", "stage": "top"})
    assert found("same-worth", made(asked("a", named))) == ["dimensions[0].criteria[0].scale.options[2]"]


def test_items_that_are_worth_nothing() -> None:
    items = [{"id": "x", "points": 2}, {"id": "y", "points": 0}]
    rubric = made(asked("a", {"type": "checklist", "items": items}), stage=CUTS)
    assert found("item-never-matters", rubric) == ["dimensions[0].criteria[0].scale.items[1]"]


def test_grades_that_support_the_same() -> None:
    grades = [{"id": "said", "supports": 2}, {"id": "shown", "supports": 3}, {"id": "proven", "supports": "top"}]
    assert found("grade-never-matters", made(evidence_grades=grades)) == ["evidence_grades[2]"]
    gates = {"mid": {"criterion": "a", "at_least": 2}, "top": {"evidence": "proven", "share": 0.5}}
    assert not found("grade-never-matters", made(evidence_grades=grades, stage={"gates": gates}))
