"""The reference problem for GoRules ZEN: the same scores, bounds and stages as one graph of expressions."""

import json
from typing import Any

from reference_problem import DIMENSIONS, FLOOR, GATES, POINTS, WEIGHTS


def _name(criterion: str) -> str:
    return criterion.replace(".", "_")


def inputs(answers: dict[str, Any]) -> dict[str, str | None]:
    """Return the same answers under names without dots: an option, nothing, or `n/a`."""

    def given(name: str) -> str | None:
        answer = answers.get(name)
        return "n/a" if isinstance(answer, dict) else answer

    return {_name(each): given(each) for name in DIMENSIONS for each in _criteria(name)}


def _criteria(dimension: str) -> list[str]:
    return [f"{dimension}.{place}" for place in range(len(WEIGHTS))]


def _points(dimension: str) -> dict[str, str]:
    """Turn options into points; 0 stands for nothing, and -1 for what does not apply."""
    found = {}
    for each in map(_name, _criteria(dimension)):
        ladder = f"{each} == 'n/a' ? -1 : 0"
        for option, points in POINTS.items():
            ladder = f"{each} == '{option}' ? {points} : ({ladder})"
        found[f"v_{each}"] = ladder
    return found


def _dimension(name: str) -> dict[str, str]:
    answers = [f"$.v_{_name(each)}" for each in _criteria(name)]

    def added(worth: str) -> str:
        parts = (worth.format(x=each, w=weight) for each, weight in zip(answers, WEIGHTS, strict=True))
        return " + ".join(f"({part})" for part in parts)

    found = {
        f"{name}_t": added("{x} >= 0 ? {w} : 0"),
        f"{name}_k": added("{x} > 0 ? {w} : 0"),
        f"{name}_a": added("{x} > 0 ? {w} * {x} : 0"),
        **{f"{name}_r{stage}": added(f"{{x}} >= {stage} ? {{w}} : 0") for stage in (2, 3, 4, 5)},
    }
    known, points, total = f"$.{name}_k", f"$.{name}_a", f"$.{name}_t"
    found |= {
        f"{name}_point": f"{known} > 0 ? {points} / {known} : null",
        f"{name}_low": f"({points} + {total} - {known}) / {total}",
        f"{name}_high": f"({points} + 5 * ({total} - {known})) / {total}",
        f"{name}_coverage": f"{known} / {total}",
    }
    for mode, plus, of in (("point", "0", known), ("low", "0", total), ("high", f"{total} - {known}", total)):
        ladder = "1"
        for stage in (2, 3, 4, 5):
            ladder = f"(({plus} + $.{name}_r{stage}) * 10 >= 7 * {of} ? {stage} : {ladder})"
        found[f"{name}_raw_{mode}"] = ladder
    return found


def _capped(name: str, mode: str) -> str:
    if name == "data":
        return f"$.data_raw_{mode}"
    by = f"$.data_raw_{mode}"
    if mode == "point":
        by = f"($.data_coverage >= {FLOOR} ? $.data_raw_point : $.data_raw_low)"
    return f"min([$.{name}_raw_{mode}, {by} + 1])"


def _gate(mode: str) -> str:
    def met(name: str, needed: int) -> str:
        if "." in name:
            answer = f"$.v_{_name(name)}"
            open_ = "true" if mode == "high" else "false"
            return f"({answer} < 0 or ({answer} == 0 ? {open_} : {answer} >= {needed}))"
        stage = f"$.{name}_stage_{mode}"
        if mode == "point":
            stage = f"($.{name}_coverage >= {FLOOR} ? $.{name}_stage_point : $.{name}_stage_low)"
        return f"({stage} >= {needed})"

    ladder = "1"
    for stage in (5, 4, 3, 2):
        conditions = " and ".join(met(*each) for each in GATES[stage])
        ladder = f"(({conditions}) ? {stage if ladder == '1' else ladder} : {stage - 1})"
    return ladder


def graph() -> str:
    """Return the decision graph as JSON."""
    expressions: dict[str, str] = {}
    for name in DIMENSIONS:
        expressions |= _points(name)
        expressions |= _dimension(name)
    expressions |= {
        f"{name}_stage_{mode}": _capped(name, mode) for name in DIMENSIONS for mode in ("point", "low", "high")
    }
    whole = sum(DIMENSIONS.values())
    for key in ("low", "high", "coverage"):
        parts = " + ".join(f"{weight} * $.{name}_{key}" for name, weight in DIMENSIONS.items())
        expressions[key] = f"({parts}) / {whole}"
    counted = " + ".join(f"($.{name}_k > 0 ? {weight} : 0)" for name, weight in DIMENSIONS.items())
    added = " + ".join(f"($.{name}_k > 0 ? {weight} * $.{name}_point : 0)" for name, weight in DIMENSIONS.items())
    expressions["point"] = f"({added}) / ({counted})"
    expressions |= {f"stage_{mode}": _gate(mode) for mode in ("point", "low", "high")}
    nodes = [
        {"id": "in", "name": "in", "type": "inputNode", "content": {}},
        {
            "id": "score",
            "name": "score",
            "type": "expressionNode",
            "content": {"expressions": [{"id": key, "key": key, "value": value} for key, value in expressions.items()]},
        },
        {"id": "out", "name": "out", "type": "outputNode", "content": {}},
    ]
    edges = [
        {"id": "1", "type": "edge", "sourceId": "in", "targetId": "score"},
        {"id": "2", "type": "edge", "sourceId": "score", "targetId": "out"},
    ]
    return json.dumps({"nodes": nodes, "edges": edges})
