"""Ids and titles can be told apart."""

import pytest
from findings import asked, choice, found, made


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("data.list", "data_list", True),
        ("dataList", "datalist", True),
        ("a1", "a-1", True),
        ("a1.1", "a1-1", True),
        ("a1.11", "a11.1", False),
        ("a1.1", "a11", False),
        ("data", "date", False),
    ],
)
def test_ids_of_criteria(one: str, other: str, alike: bool) -> None:  # noqa: FBT001 - a table
    rubric = made(asked(one), facts=[asked(other)])
    assert found("similar-ids", rubric) == (["facts[0].id"] if alike else [])


def test_ids_of_other_kinds() -> None:
    scale = choice(1, 2, 3)
    scale["options"][1]["id"], scale["options"][2]["id"] = "x-1", "X1"
    items = {"type": "checklist", "items": [{"id": "y", "stage": 2}, {"id": "Y", "stage": 3}]}
    low = {"criterion": "a", "at_most": 1}
    flags = [{"id": name, "severity": "warn", "raised_when": low, "says": "S."} for name in ("f.g", "fg")]
    grades = [{"id": "said", "supports": 2}, {"id": "SAID", "supports": 3}]
    stages = [{"id": name, "title": f"T{name}"} for name in ("low", "mid", "mi_d")]
    rubric = made(asked("a", scale), asked("b", items), flags=flags, evidence_grades=grades, stages=stages)
    assert found("similar-ids", rubric) == [
        "stages[2].id",
        "evidence_grades[1].id",
        "flags[1].id",
        "dimensions[0].criteria[0].scale.options[2].id",
        "dimensions[0].criteria[1].scale.items[1].id",
    ]


def test_the_same_id_of_different_kinds_is_no_matter() -> None:
    flags = [{"id": "A", "severity": "warn", "raised_when": {"criterion": "a", "at_most": 1}, "says": "S."}]
    assert not found("similar-ids", made(asked("a"), flags=flags))


def test_titles() -> None:
    twice = made(asked("a", title="One  thing"), asked("b", title="one thing"), facts=[asked("c", title="D")])
    assert found("repeated-title", twice) == ["dimensions[0].criteria[1].title", "facts[0].title"]
    stages = [{"id": "low", "title": "S"}, {"id": "mid", "title": "s"}, {"id": "top", "title": "T"}]
    assert found("repeated-title", made(stages=stages)) == ["stages[1].title"]
    assert not found("repeated-title", made())
