"""Requirements are met as the engine says: compared with gates on random answers."""

from typing import Any

import pytest
from findings import asked, made

from humanai_maturity.engine import Scorer
from humanai_maturity.lint.meeting import meets
from humanai_maturity.lint.study import Study
from humanai_maturity.model.rules import CriterionRequirement, DimensionRequirement, ShareRequirement

CASES = [
    {"criterion": "a", "at_least": "mid"},
    {"criterion": "a", "at_least": 2},
    {"criterion": "a", "above": 1},
    {"criterion": "a", "above": "low"},
    {"dimension": "d", "at_least": "mid"},
    {"dimension": "d", "above": 1.5},
    {"share": 0.5, "of": ["a", "b"], "at_least": 2},
    {"share": 0.75, "of": ["a", "b"], "at_least": 2},
    {"share": 0.8, "of": ["a", "b"], "above": 1},
]


@pytest.mark.parametrize("asks", CASES, ids=str)
@pytest.mark.parametrize("a", ["o0", "o1", "o2"])
@pytest.mark.parametrize("b", ["o0", "o1", "o2"])
def test_a_gate_opens_where_its_requirement_is_met(asks: dict[str, Any], a: str, b: str) -> None:
    gates = {"gates": {"mid": asks, "top": {"criterion": "a", "above": 9}}}
    rubric = made(asked("a", weight=3), asked("b"), stage=gates)
    card = Scorer(rubric).score({"a": a, "b": b})
    kind = next(
        kind
        for kind in (CriterionRequirement, DimensionRequirement, ShareRequirement)
        if {*kind.model_fields} >= {*asks}
    )
    assert card.stage is not None
    assert meets(kind.model_validate(asks), Study(rubric).rows(card), rubric) == (card.stage.number == 2)
