"""What is found in tiny rubrics, in short."""

from typing import Any

from humanai_maturity.lint.check import check
from humanai_maturity.model.rubric import Rubric

LIST_STAGES = ["low", "mid", "top"]


def choice(*stages: int, **more: Any) -> dict[str, Any]:
    """Return a choice with one option at each of some stages."""
    return {"type": "choice", "options": [{"id": f"o{n}", "stage": s} for n, s in enumerate(stages)], **more}


def points(*worths: float) -> dict[str, Any]:
    """Return a choice with one option for each of some points."""
    return {"type": "choice", "options": [{"id": f"o{n}", "points": worth} for n, worth in enumerate(worths)]}


def asked(name: str, scale: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    """Return a criterion or fact, by default on three stages."""
    return {"id": name, "title": name.upper(), "scale": scale or choice(1, 2, 3), **more}


def made(*criteria: dict[str, Any], **more: Any) -> Rubric:
    """Return a rubric of three stages with one dimension `d`."""
    data = {
        "id": "r",
        "version": "1",
        "title": "R",
        "stages": [{"id": each, "title": each} for each in LIST_STAGES],
        "dimensions": [{"id": "d", "title": "D", "criteria": list(criteria) or [asked("a"), asked("b")]}],
    }
    return Rubric.model_validate(data | more)


def found(code: str, rubric: Rubric) -> list[str]:
    """Return the paths at which findings of one kind are."""
    return [finding.path for finding in check(rubric) if finding.code == code]


def message(code: str, rubric: Rubric) -> str:
    """Return what the only finding of a kind says."""
    (finding,) = [finding for finding in check(rubric) if finding.code == code]
    return finding.message
