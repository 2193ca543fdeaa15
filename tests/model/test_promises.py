"""No stage rests on an aggregator that is not declared monotone, wherever it reads a score."""

from collections.abc import Mapping
from typing import Any

import pytest

import humanai_maturity as hm
from humanai_maturity.model.consistency import broken_promises


def declared(*, monotone: bool) -> hm.Aggregator:
    return hm.aggregator(name="own", description="Own.", monotone=monotone)(
        lambda values, _weights, _params: max(values)
    )


FICKLE: Mapping[str, object] = {"own": declared(monotone=False)}
OWN = {"rule": "aggregator", "name": "own"}
CUTS = {"cuts": {"top": 1}}
FREE = {"quorum": 1, "over": "leaves"}
"""A stage rule that reads no score."""


def rubric(**more: Any) -> hm.Rubric:
    """A rubric in which `d` is scored by the aggregator, and nothing rests on it."""
    staged = {"id": "c", "title": "C", "scale": {"type": "yes_no", "yes": "top", "no": "low"}}
    other = {"id": "o", "title": "O", "scale": {"type": "yes_no", "yes": "top", "no": "low"}}
    d = {"id": "d", "title": "D", "score": OWN, "criteria": [staged], **more.pop("d", {})}
    e = {"id": "e", "title": "E", "criteria": [other]}
    data: dict[str, Any] = {
        "id": "r",
        "version": "1",
        "title": "R",
        "stages": [{"id": "low", "title": "Low"}, {"id": "top", "title": "Top"}],
        "dimensions": [d, e],
        "score": {"rule": "mean", "normalise": True},
        "stage": FREE,
    }
    return hm.parse_rubric({**data, **more})


def test_a_score_without_a_stage_may_be_anything() -> None:
    assert broken_promises(rubric(), FICKLE) == []
    card = hm.score(
        rubric(), {"c": True, "o": True}, aggregators={"own": lambda values, _weights, _params: max(values)}
    )
    assert card.stage is not None
    assert card.stage.id == "top"


FLAG = {"id": "f", "severity": "warn", "says": "Look.", "raised_when": {"dimension": "d", "below": 1.5}}


@pytest.mark.parametrize(
    ("more", "place"),
    [
        ({"stage": CUTS}, ("stage",)),
        ({"stage": {"lowest": [FREE, CUTS]}}, ("stage", "lowest", 1)),
        ({"d": {"stage": CUTS}}, ("dimensions", 0, "stage")),
        ({"stage": {"gates": {"top": {"dimension": "d", "at_least": 1.5}}}}, ("stage", "gates", "top", "dimension")),
        (
            {"stage": {"gates": {"top": {"any": [{"share": 1, "of": ["e", "d"], "at_least": 1.5}]}}}},
            ("stage", "gates", "top", "any", 0, "of", 1),
        ),
        ({"flags": [FLAG]}, ("flags", 0, "raised_when", "dimension")),
    ],
)
def test_a_stage_that_rests_on_it_is_found(more: Mapping[str, Any], place: tuple[str | int, ...]) -> None:
    found = broken_promises(rubric(**more), FICKLE)
    assert [(fault.code, fault.loc) for fault in found] == [("not-monotone", place)]
    assert "the aggregator 'own', which is not declared monotone" in found[0].message
    assert broken_promises(rubric(**more), {"own": declared(monotone=True)}) == []
    assert broken_promises(rubric(**more), {}) == [], "a missing aggregator is another matter"


def test_a_comparison_of_stages_reads_no_score() -> None:
    gated = rubric(d={"stage": FREE}, stage={"gates": {"top": {"dimension": "d", "at_least": "top"}}})
    assert broken_promises(gated, FICKLE) == []


def test_a_default_stage_rule_is_found_where_it_holds() -> None:
    found = broken_promises(rubric(defaults={"stage": CUTS}), FICKLE)
    assert [fault.loc for fault in found] == [("dimensions", 0)]


def test_a_plain_function_declares_nothing() -> None:
    with pytest.raises(hm.RubricInvalidError, match=r"declare it \(`monotone=True`\) if it is") as caught:
        hm.score(rubric(stage=CUTS), {}, aggregators={"own": max})
    assert [(problem.code, problem.path) for problem in caught.value.problems] == [("not-monotone", "stage")]
