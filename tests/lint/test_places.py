"""Places are called by ids, so that a silence survives when things move."""

from typing import Any

import pytest
from engine_rubrics import one, staged

from humanai_maturity.lint.places import name_of
from humanai_maturity.model.rubric import Rubric

NEEDS = [{"criterion": "a", "at_least": 2, "for_stage": 2}]
RUBRIC: Rubric = one(
    staged("a"),
    staged("b", prerequisites=NEEDS),
    stage={"gates": {"s2": {"criterion": "a", "at_least": 2}, "s3": {"criterion": "b", "at_least": 3}}},
    caps=[{"cap": ["d"], "by": "a", "because": "B."}],
    flags=[
        {"id": "f", "severity": "warn", "raised_when": {"criterion": "a", "at_most": 1}, "caps": {"d": 1}, "says": "S."}
    ],
)
CRITERION = ("dimensions", 0, "criteria", 1)


@pytest.mark.parametrize(
    ("loc", "name"),
    [
        ((), "overall"),
        (("title",), "overall"),
        (("stages", 1, "title"), "s2"),
        (("dimensions", 0, "score"), "d"),
        ((*CRITERION, "weight"), "b"),
        ((*CRITERION, "scale", "options", 2, "text"), "b/3"),
        ((*CRITERION, "prerequisites", 0), "b/a"),
        (("stage", "gates", "s3", "all", 0), "overall/s3"),
        (("caps", 0, "cap", 0), "overall/a"),
        (("flags", 0, "raised_when"), "f"),
        (("flags", 0, "caps", "d"), "f/d"),
        (("dimensions", 7, "criteria"), "overall"),
    ],
)
def test_a_place_is_called_by_ids(loc: Any, name: str) -> None:
    assert name_of(loc, RUBRIC) == name
