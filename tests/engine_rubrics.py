"""Tiny rubrics for unit tests of the engine: stages `s1`, `s2`, ..., and criteria on stages or on points."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from humanai_maturity.engine import Scorecard, Scorer
from humanai_maturity.engine.compilation import compile_plan
from humanai_maturity.engine.evaluation import Kernel, link
from humanai_maturity.engine.plan import Plan
from humanai_maturity.errors import AnswerError
from humanai_maturity.model.rubric import Rubric

GRADES = [{"id": "word", "supports": 1}, {"id": "paper", "supports": 2}, {"id": "proof", "supports": 3}]
REASON = {"not_applicable": "We have none."}
CUTS = {"cuts": {"s2": 1, "s3": 2}}
"""The stage rule of a whole on points."""
NORMAL = {"score": {"rule": "mean", "normalise": True}}
"""The defaults of a rubric that mixes stages and points."""


def staged(name: str, *, top: int = 3, **more: Any) -> dict[str, Any]:
    """Return a criterion that is answered with the number of its stage."""
    options = [{"id": str(stage), "stage": stage} for stage in range(1, top + 1)]
    return {"id": name, "title": name.upper(), "scale": {"type": "choice", "options": options}, **more}


def pointed(name: str, best: Any = 1, **more: Any) -> dict[str, Any]:
    """Return a criterion that is answered with a number from 0 to 1, or with points up to a higher best."""
    scale: dict[str, Any] = {"type": "metric", "range": {"worst": 0, "best": 1}}
    if best != 1:
        scale = {"type": "custom", "measure": "as_given", "minimum": 0, "maximum": best}
    return {"id": name, "title": name.upper(), "scale": scale, **more}


def dimension(name: str, *criteria: Mapping[str, Any], **more: Any) -> dict[str, Any]:
    """Return a dimension."""
    return {"id": name, "title": name.upper(), "criteria": list(criteria), **more}


def rubric(*dimensions: Mapping[str, Any], stages: int = 3, **more: Any) -> Rubric:
    """Return a rubric without a coverage floor, so that whatever is known gives a point."""
    data = {
        "id": "tiny",
        "version": "1",
        "title": "Tiny",
        "stages": [{"id": f"s{number}", "title": f"Stage {number}"} for number in range(1, stages + 1)],
        "dimensions": list(dimensions),
        "coverage_floor": 0,
        "max_not_applicable": 1,
    }
    return Rubric.model_validate(data | more)


def one(*criteria: Mapping[str, Any], **more: Any) -> Rubric:
    """Return a rubric with one dimension `d`."""
    return rubric(dimension("d", *criteria), **more)


def given(value: Any, _params: Mapping[str, Any]) -> Any:
    """Measure what was given as it is."""
    return value


def scored(rubric: Rubric, answers: Mapping[str, Any] | None = None, **plugins: Any) -> Scorecard:
    """Score answers, with the measure of `pointed`."""
    return Scorer(rubric, **{"measures": {"as_given": given}, **plugins}).score(answers or {})


def plan_of(rubric: Rubric) -> Plan:
    """Compile a rubric."""
    return compile_plan(rubric, {"as_given": given})


def kernel_of(rubric: Rubric) -> Kernel:
    """Compile and link a rubric."""
    return link(plan_of(rubric), {})


def averaged(leaves: Sequence[int], nodes: Sequence[tuple[int, int, int]]) -> tuple[int, int]:
    """Return the weighted mean of a sum and of ratios, of those that are there."""
    there = [(Fraction(num, den) * weight, weight) for num, den, weight in nodes if den]
    there += [(Fraction(leaves[0], leaves[1]), leaves[2])] if leaves else []
    weight = sum(weight for _, weight in there)
    return (sum((part for part, _ in there), Fraction(0)) / weight).as_integer_ratio() if weight else (0, 0)


def stages(card: Scorecard, name: str = "overall") -> tuple[int | None, int | None, int | None]:
    """Return the numbers of a row's stage: lowest, point, highest."""
    row: Any = card[name]
    low, point, high = (stage and stage.number for stage in (row.stage_low, row.stage, row.stage_high))
    return low, point, high


def scores(card: Scorecard, name: str = "overall") -> tuple[Fraction | None, Fraction | None, Fraction | None]:
    """Return a row's exact score: lowest, point, highest."""
    exact = card[name].exact
    return exact.low, exact.score, exact.high


def problems(error: AnswerError) -> list[str]:
    """Return every problem in one line."""
    return [str(problem) for problem in error.problems]
