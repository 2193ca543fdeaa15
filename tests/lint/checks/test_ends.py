"""The best answers give the top, the worst the bottom, and something gives every stage between."""

import pytest
from findings import asked, choice, found, made, message, points

from humanai_maturity.lint.check import check

SUM = {"score": {"rule": "sum"}, "defaults": {"score": {"rule": "sum"}}}
YES_NO = {"type": "yes_no", "yes": "top", "no": "low"}


def test_a_cut_that_no_score_reaches() -> None:
    rubric = made(asked("a", points(0, 1)), **SUM, stage={"cuts": {"mid": 1, "top": 2}})
    assert found("best-falls-short", rubric) == [""]
    assert "the score has to be at least 2, it is 1" in message("best-falls-short", rubric)
    assert not found("best-falls-short", made(asked("a", points(0, 2)), **SUM, stage={"cuts": {"mid": 1, "top": 2}}))


def test_the_lowest_node_that_falls_short_is_named_and_the_whole() -> None:
    inner = {"id": "e", "title": "E", "criteria": [asked("a", choice(1, 2))]}
    outer = {"id": "d", "title": "D", "dimensions": [inner]}
    other = {"id": "f", "title": "F", "criteria": [asked("b")]}
    assert found("best-falls-short", made(dimensions=[outer, other])) == ["", "dimensions[0].dimensions[0]"]


def test_the_criterion_that_falls_short_is_named_with_the_reason() -> None:
    rubric = made(asked("a"), evidence_grades=[{"id": "said", "title": "Said", "supports": "mid"}])
    by_path = {finding.path: finding.message for finding in check(rubric) if finding.code == "best-falls-short"}
    assert [*by_path] == ["", "dimensions[0]"]
    assert "'a' comes to 2 of 3: " in by_path["dimensions[0]"]
    assert "the grade 'said' supports at most mid" in by_path["dimensions[0]"]


def test_worst_answers_above_the_first_stage() -> None:
    assert found("worst-stands-high", made(asked("a", choice(2, 3)))) == ["", "dimensions[0]"]
    assert not found("worst-stands-high", made(asked("a", choice(1, 3))))
    high = made(asked("a", points(0, 2)), stage={"cuts": {"mid": 0, "top": 1}})
    assert "stands at 'mid', not at 'low'" in message("worst-stands-high", high)


def test_a_stage_between_at_which_nothing_can_stand() -> None:
    lowest = {"stage": {"lowest": "children"}, "defaults": {"stage": {"quorum": 0.5}}}
    assert found("stage-never-reached", made(asked("a", YES_NO), **lowest)) == [""]
    assert not found("stage-never-reached", made(asked("a", YES_NO), asked("b"), **lowest))


@pytest.mark.parametrize(
    ("scale", "stages"),
    [
        ({"bands": {"mid": 0.5, "top": 2}, "maximum": 1}, ["top"]),
        ({"bands": {"mid": 0, "top": 1}, "minimum": 0}, ["mid"]),
        ({"bands": {"mid": 5, "top": 1}, "direction": "lower", "minimum": 2}, ["top"]),
        ({"bands": {"mid": 5, "top": 1}, "direction": "lower", "maximum": 5}, ["mid"]),
        ({"bands": {"low": 0, "mid": 1, "top": 2}, "minimum": 0, "maximum": 2}, []),
        ({"bands": {"mid": 1, "top": 2}}, []),
    ],
)
def test_cut_points_beyond_what_is_possible(scale: dict[str, object], stages: list[str]) -> None:
    rubric = made(asked("a", {"type": "metric", **scale}))
    assert found("band-out-of-reach", rubric) == [f"dimensions[0].criteria[0].scale.bands.{s}" for s in stages]
