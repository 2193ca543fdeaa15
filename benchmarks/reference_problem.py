"""The reference problem: 40 criteria with gates, caps and bounds, as a rubric and as what one would write by hand.

Five dimensions of eight criteria; five stages; whole weights. A dimension's score is the weighted mean, its stage a
quorum of 70 %. Dimensions stand at most one stage above the first one. The whole is gated. Some answers are missing,
some do not apply.
"""

from collections.abc import Iterator
from random import Random
from typing import Any

from humanai_maturity.model.rubric import Rubric

STAGES = ("foundational", "responsive", "intelligent", "predictive", "proactive")
DIMENSIONS = {"data": 3, "tech": 2, "channels": 2, "handoff": 2, "person": 1}
WEIGHTS = (3, 1, 2, 5, 2, 4, 1, 3)
FLOOR = 0.7
GATES: dict[int, list[tuple[str, int]]] = {
    2: [("data.0", 2), ("handoff.1", 2)],
    3: [("data", 3), ("tech.2", 3), ("handoff.1", 3), ("channels.0", 2)],
    4: [("data", 4), ("tech", 3), ("channels", 3), ("handoff", 3), ("person", 3), ("data.3", 4)],
    5: [("data", 4), ("tech", 4), ("channels", 4), ("handoff", 4), ("person", 4), ("person.5", 5)],
}
MODES = ("point", "low", "high")


def rubric_data() -> dict[str, Any]:
    """Return the reference problem as a rubric document."""
    options = [{"id": f"at-{number}", "stage": stage} for number, stage in enumerate(STAGES, 1)]
    criteria = {
        name: [
            {
                "id": f"{name}.{place}",
                "title": f"{name} {place}",
                "weight": weight,
                "allow_not_applicable": True,
                "scale": {"type": "choice", "options": options},
            }
            for place, weight in enumerate(WEIGHTS)
        ]
        for name in DIMENSIONS
    }
    gates = {
        STAGES[number - 1]: {
            "all": [
                {"criterion" if "." in name else "dimension": name, "at_least": STAGES[stage - 1]}
                for name, stage in gate
            ]
        }
        for number, gate in GATES.items()
    }
    return {
        "id": "reference",
        "version": "1",
        "title": "Reference problem",
        "stages": [{"id": stage, "title": stage.title()} for stage in STAGES],
        "defaults": {"stage": {"quorum": 0.7}},
        "dimensions": [
            {"id": name, "title": name.title(), "weight": weight, "criteria": criteria[name]}
            for name, weight in DIMENSIONS.items()
        ],
        "stage": {"gates": gates, "vacuous": "met"},
        "caps": [{"cap": [*DIMENSIONS][1:], "by": "data", "plus": 1, "because": "Follow the data first."}],
        "max_not_applicable": 1,
        "not_applicable_may_lift": True,
    }


def rubric() -> Rubric:
    """Return the reference problem as a rubric."""
    return Rubric.model_validate(rubric_data())


def answer_sets(count: int, *, missing: float = 0.1, away: float = 0.0, seed: int = 7) -> list[dict[str, Any]]:
    """Return answers as plain mappings: `at-1` to `at-5`, or not applicable."""
    random = Random(seed)
    return [dict(_answers(random, missing, away)) for _ in range(count)]


def _answers(random: Random, missing: float, away: float) -> Iterator[tuple[str, Any]]:
    for name in DIMENSIONS:
        for place in range(len(WEIGHTS)):
            draw = random.random()
            if draw < away:
                yield f"{name}.{place}", {"not_applicable": "no such channel"}
            elif draw >= away + missing:
                yield f"{name}.{place}", f"at-{random.choices((1, 2, 3, 4, 5), (1, 3, 5, 4, 2))[0]}"


POINTS = {f"at-{number}": number for number in range(1, 6)}


def by_hand(answers: dict[str, Any]) -> dict[str, Any]:
    """Score one set of answers the straightforward way: loops over dictionaries, floats, three variants."""
    result: dict[str, Any] = {"dimensions": {}}
    values: dict[str, dict[str, int | None]] = {"point": {}, "low": {}, "high": {}}
    away: set[str] = set()
    for name in DIMENSIONS:
        for place in range(len(WEIGHTS)):
            key = f"{name}.{place}"
            given = answers.get(key)
            if isinstance(given, dict):
                away.add(key)
                continue
            value = None if given is None else POINTS[given]
            values["point"][key] = value
            values["low"][key] = 1 if value is None else value
            values["high"][key] = 5 if value is None else value
    stages: dict[str, dict[str, int]] = {"point": {}, "low": {}, "high": {}}
    for name in DIMENSIONS:
        row: dict[str, Any] = {}
        applicable = answered = 0
        for place, weight in enumerate(WEIGHTS):
            key = f"{name}.{place}"
            if key not in away:
                applicable += weight
                if values["point"][key] is not None:
                    answered += weight
        if not applicable:
            continue
        row["coverage"] = answered / applicable
        for mode in MODES:
            total = counted = 0
            reached = {2: 0, 3: 0, 4: 0, 5: 0}
            for place, weight in enumerate(WEIGHTS):
                value = values[mode].get(f"{name}.{place}")
                if value is None:
                    continue
                total += weight * value
                counted += weight
                for stage in range(2, value + 1):
                    reached[stage] += weight
            row[mode] = total / counted if counted else None
            stages[mode][name] = 1
            for stage in (5, 4, 3, 2):
                if counted and reached[stage] * 10 >= 7 * counted:
                    stages[mode][name] = stage
                    break
        result["dimensions"][name] = row
    dimensions = result["dimensions"]
    for mode in MODES:
        for name in dimensions:
            if name != "data" and "data" in dimensions:
                of_data = "low" if mode == "point" and dimensions["data"]["coverage"] < FLOOR else mode
                stages[mode][name] = min(stages[mode][name], stages[of_data]["data"] + 1)
    for name, row in dimensions.items():
        row["stage"], row["stage_low"], row["stage_high"] = (stages[mode][name] for mode in MODES)
        if row["coverage"] < FLOOR:
            row["stage"] = None
    whole = sum(DIMENSIONS[name] for name in dimensions)
    result["coverage"] = sum(DIMENSIONS[name] * row["coverage"] for name, row in dimensions.items()) / whole
    for mode in MODES:
        total = counted = 0
        for name, row in dimensions.items():
            if row[mode] is not None:
                total += DIMENSIONS[name] * row[mode]
                counted += DIMENSIONS[name]
        result[mode] = total / counted
        result["stage" if mode == "point" else f"stage_{mode}"] = _gated(mode, values, stages, dimensions, away)
    if result["coverage"] < FLOOR:
        result["stage"] = None
    return result


def _gated(
    mode: str,
    values: dict[str, dict[str, int | None]],
    stages: dict[str, dict[str, int]],
    dimensions: dict[str, Any],
    away: set[str],
) -> int:
    reached = 1
    for stage, gate in GATES.items():
        for name, needed in gate:
            if name in away:
                continue
            if "." in name:
                value = values[mode].get(name)
                if value is None or value < needed:
                    return reached
            elif name in dimensions:
                row = dimensions[name]
                there = row["stage_low"] if mode == "point" and row["stage"] is None else stages[mode][name]
                if there < needed:
                    return reached
        reached = stage
    return reached
