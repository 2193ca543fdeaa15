"""Two rubrics compared: what changed is found, all of it and nothing else, and the step is deserved."""

from collections.abc import Callable
from dataclasses import asdict
from json import dumps
from typing import Any

import pytest
from hypothesis import assume, given, reject
from hypothesis import strategies as st
from strategies import AGGREGATORS, MEASURES, Given, answers_for, rubrics

from humanai_maturity.documents.canonical import digest
from humanai_maturity.documents.read import check_rubric
from humanai_maturity.engine import Scorer
from humanai_maturity.errors import RubricInvalidError
from humanai_maturity.evolve.changes import RubricDiff
from humanai_maturity.evolve.comparison import diff_rubrics
from humanai_maturity.model.rubric import Rubric

STAGES = [{"id": "low", "title": "Low"}, {"id": "mid", "title": "Mid"}, {"id": "top", "title": "Top"}]
Data = dict[str, Any]
Found = set[tuple[str, str, str | None]]


def choice(*stages: int) -> Data:
    return {"type": "choice", "options": [{"id": f"o{stage}", "stage": stage, "text": f"T{stage}"} for stage in stages]}


def base() -> Data:
    heard: Data = {"id": "heard", "title": "People are heard", "weight": 2, "scale": choice(1, 2, 3)}
    kept: Data = {
        "id": "kept",
        "title": "Promises are kept",
        "scale": {"type": "metric", "unit": "share", "bands": {"mid": 0.5, "top": 0.9}},
        "prerequisites": [{"criterion": "heard", "at_least": "mid", "for_stage": "top"}],
    }
    care = {"id": "care", "title": "Care", "stage": {"quorum": 0.7}, "criteria": [heard, kept]}
    plan: Data = {"id": "plan", "title": "There is a plan", "scale": choice(1, 3)}
    money = {"id": "money", "title": "Money", "criteria": [plan]}
    gates: Data = {
        "mid": {"criterion": "heard", "at_least": "mid"},
        "top": {"all": [{"criterion": "heard", "at_least": "top"}, {"dimension": "money", "at_least": 2}]},
    }
    flag = {
        "id": "waste",
        "severity": "high",
        "raised_when": {"criterion": "plan", "below": 2},
        "caps": {"overall": "mid"},
        "says": "Wasted.",
    }
    return {
        "id": "demo",
        "version": "1.0.0",
        "title": "Demo",
        "stages": STAGES,
        "dimensions": [care, money],
        "stage": {"gates": gates},
        "flags": [flag],
        "facts": [{"id": "size", "title": "Size of the team", "scale": {"type": "yes_no"}}],
        "caps": [{"cap": ["care"], "by": "money", "plus": 1, "because": "It costs."}],
        "evidence_grades": [{"id": "told", "supports": 2}, {"id": "shown", "supports": 3}],
    }


def compared(change: Callable[[Data], object]) -> RubricDiff:
    data = base()
    change(data)
    return diff_rubrics(Rubric.model_validate(base()), Rubric.model_validate(data))


def set_at(*path: str | int, to: Any) -> Callable[[Data], object]:
    def change(data: Any) -> None:
        for part in path[:-1]:
            data = data[part]
        data[path[-1]] = to

    return change


def delete(*path: str | int) -> Callable[[Data], object]:
    def change(data: Any) -> None:
        for part in path[:-1]:
            data = data[part]
        del data[path[-1]]

    return change


def several(*changes: Callable[[Data], object]) -> Callable[[Data], object]:
    return lambda data: [change(data) for change in changes]


HEARD = ("dimensions", 0, "criteria", 0)
KEPT = ("dimensions", 0, "criteria", 1)
NEW = {"id": "new", "title": "Something new", "scale": {"type": "yes_no"}}
GATES = ("stage", "gates")

CHANGES: dict[str, tuple[Callable[[Data], object], str, list[str]]] = {
    "weight": (set_at(*HEARD, "weight", to=3), "major", ["criterion heard: weight from 2 to 3"]),
    "default-weight": (
        set_at("dimensions", 1, "weight", to=0.5),
        "major",
        ["dimension money: weight from the default to 0.5"],
    ),
    "title": (set_at(*HEARD, "title", to="Heard"), "patch", ["criterion heard: title reads 'Heard'"]),
    "new-help": (set_at(*HEARD, "help", to="Ask."), "patch", ["criterion heard: help is new: Ask."]),
    "no-unit": (delete(*KEPT, "scale", "unit"), "patch", ["criterion kept: unit is gone"]),
    "band": (set_at(*KEPT, "scale", "bands", "top", to=0.8), "major", ["criterion kept: bands.top from 0.9 to 0.8"]),
    "quorum": (
        set_at("dimensions", 0, "stage", to={"quorum": 0.6}),
        "major",
        ["dimension care: stage.quorum from 0.7 to 0.6"],
    ),
    "rule": (
        set_at("dimensions", 0, "stage", to={"lowest": "children"}),
        "major",
        ["dimension care: stage from {quorum: 0.7} to {lowest: children}"],
    ),
    "gate": (
        set_at(*GATES, "top", "all", 1, "at_least", to=3),
        "major",
        ["the rubric: stage.gates.top.all[money].at_least from 2 to 3"],
    ),
    "order-in-gate": (
        lambda data: data["stage"]["gates"]["top"]["all"].reverse(),
        "patch",
        ["the rubric: stage in another order"],
    ),
    "prerequisite": (
        set_at(*KEPT, "prerequisites", 0, "at_least", to="top"),
        "major",
        ["criterion kept: prerequisites[heard].at_least from mid to top"],
    ),
    "option-stage": (
        set_at(*HEARD, "scale", "options", 1, "stage", to=3),
        "major",
        ["option heard/o2: stage from mid to top"],
    ),
    "option-text": (
        set_at(*HEARD, "scale", "options", 1, "text", to="Other."),
        "patch",
        ["option heard/o2: text reads 'Other.'"],
    ),
    "option-inside": (
        set_at("dimensions", 1, "criteria", 0, "scale", to=choice(1, 2, 3)),
        "minor",
        ["option plan/o2 is new: T2"],
    ),
    "option-gone": (delete(*HEARD, "scale", "options", 1), "major", ["option heard/o2 is gone: T2"]),
    "option-renamed": (
        set_at(*HEARD, "scale", "options", 1, "id", to="second"),
        "major",
        ["option heard/o2 is probably renamed to second"],
    ),
    "scale": (
        set_at(*HEARD, "scale", to={"type": "yes_no", "yes": "top", "no": "low"}),
        "major",
        ["criterion heard: scale from choice to yes_no"],
    ),
    "stage-by-number": (set_at(*HEARD, "scale", "options", 1, "stage", to="mid"), "", []),
    "criterion": (
        lambda data: data["dimensions"][0]["criteria"].append(NEW),
        "major",
        ["criterion new is new: Something new, in care"],
    ),
    "fact": (lambda data: data["facts"].append(NEW), "minor", ["fact new is new: Something new"]),
    "moved": (
        lambda data: data["dimensions"][1]["criteria"].append(data["dimensions"][0]["criteria"].pop(1)),
        "major",
        ["criterion kept moves from care to money"],
    ),
    "reordered": (
        lambda data: data["dimensions"][0]["criteria"].reverse(),
        "patch",
        ["criteria of care in another order: kept, heard"],
    ),
    "renamed": (
        several(
            set_at(*HEARD, "id", to="listening"),
            set_at(*KEPT, "prerequisites", 0, "criterion", to="listening"),
            set_at(*GATES, "mid", "criterion", to="listening"),
            set_at(*GATES, "top", "all", 0, "criterion", to="listening"),
        ),
        "major",
        ["criterion heard is probably renamed to listening"],
    ),
    "renamed-dimension": (
        several(
            set_at("dimensions", 1, "id", to="funds"),
            set_at("caps", 0, "by", to="funds"),
            set_at(*GATES, "top", "all", 1, "dimension", to="funds"),
        ),
        "major",
        ["dimension money is probably renamed to funds"],
    ),
    "flag-gone": (delete("flags", 0), "major", ["flag waste is gone: waste"]),
    "flag-cap": (
        set_at("flags", 0, "caps", "overall", to="low"),
        "major",
        ["flag waste: caps.overall from mid to low"],
    ),
    "cap": (set_at("caps", 0, "plus", to=2), "major", ["cap care by money: plus from 1 to 2"]),
    "cap-text": (set_at("caps", 0, "because", to="So."), "patch", ["cap care by money: because reads 'So.'"]),
    "policy": (set_at("missing", to="worst"), "major", ["the rubric: missing from the default to worst"]),
    "not-applicable": (
        set_at(*HEARD, "allow_not_applicable", to=True),
        "minor",
        ["criterion heard: allow_not_applicable from the default to true"],
    ),
    "severity": (set_at("flags", 0, "severity", to="warn"), "minor", ["flag waste: severity from high to warn"]),
    "digits": (
        set_at("display", to={"digits": 3}),
        "minor",
        ["the rubric: display from the default to {digits: 3}"],
    ),
    "grade": (
        lambda data: data["evidence_grades"].append({"id": "proven", "supports": 3}),
        "minor",
        ["evidence grade proven is new: proven"],
    ),
    "better-grade": (
        set_at("evidence_grades", 0, "supports", to=3),
        "major",
        ["evidence grade told: supports from mid to top"],
    ),
    "id": (set_at("id", to="other"), "major", ["rubric demo is probably renamed to other"]),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_is_found_and_nothing_else(name: str) -> None:
    change, step, texts = CHANGES[name]
    found = compared(change)
    assert [each.text for each in found.changes] == texts
    assert found.step == (step or None)
    assert bool(found) == bool(texts)


def test_a_stage_renamed_everywhere_is_one_change() -> None:
    data = base()
    text = dumps(data).replace('"mid"', '"middle"')
    found = diff_rubrics(Rubric.model_validate(data), Rubric.model_validate_json(text))
    assert [each.text for each in found.changes] == ["stage mid is probably renamed to middle"]


def test_what_has_little_in_common_is_not_renamed() -> None:
    found = compared(set_at("facts", 0, to={"id": "age", "title": "Years", "scale": choice(1, 2)}))
    assert [(each.kind, each.id) for each in found.changes] == [("removed", "size"), ("added", "age")]


def test_the_gravest_change_comes_first() -> None:
    found = compared(several(set_at("title", to="T"), set_at(*HEARD, "weight", to=3)))
    assert [each.step for each in found.changes] == ["major", "patch"]
    assert [each.kind for each in found.of_step("patch")] == ["text"]


def test_it_says_which_rubrics_it_compared() -> None:
    found = compared(set_at("version", to="2.0.0"))
    assert (found.before.version, found.after.version) == ("1.0.0", "2.0.0")
    assert found.after.digest == digest(Rubric.model_validate({**base(), "version": "2.0.0"}))
    assert dumps(asdict(found))


# Random rubrics, changed in a known way


def the_same(rubric: Rubric) -> Data:
    data: Data = rubric.model_dump(mode="json", exclude_unset=True)
    return data


def every(data: Any, key: str) -> list[Data]:
    """Return the entries of every list of that name, at any depth."""
    if isinstance(data, dict):
        own = data.get(key, [])
        return [*(own if isinstance(own, list) else []), *(x for value in data.values() for x in every(value, key))]
    return [each for value in data for each in every(value, key)] if isinstance(data, list) else []


def nodes(data: Data) -> list[Data]:
    return [*every(data, "dimensions"), *every(data, "criteria")]


def reweigh(draw: st.DrawFn, data: Data) -> Found:
    node = draw(st.sampled_from(nodes(data)))
    node["weight"] = 7
    return {("reweighted", node["id"], "weight")}


def retitle(draw: st.DrawFn, data: Data) -> Found:
    node = draw(st.sampled_from([*nodes(data), *data["stages"]]))
    node["title"] = "Called otherwise"
    return {("text", node["id"], "title")}


def describe(_draw: st.DrawFn, data: Data) -> Found:
    data["description"] = "In other words."
    return {("text", "", "description")}


def reorder(draw: st.DrawFn, data: Data) -> Found:
    lists = [node["criteria"] for node in every(data, "dimensions") if len(node.get("criteria", ())) > 1]
    assume(lists)
    siblings = draw(st.sampled_from(lists))
    siblings.reverse()
    return {("reordered", siblings[0]["id"], None)}


def add_fact(_draw: st.DrawFn, data: Data) -> Found:
    data.setdefault("facts", []).append({**NEW, "title": "Zebra crossings"})
    return {("added", "new", None)}


def add_flag(draw: st.DrawFn, data: Data) -> Found:
    asked = draw(st.sampled_from(every(data, "criteria")))
    flag = {"id": "other", "severity": "warn", "says": "So.", "raised_when": {"criterion": asked["id"], "below": 1000}}
    data.setdefault("flags", []).append(flag)
    return {("added", "other", None)}


def allow(draw: st.DrawFn, data: Data) -> Found:
    closed = [each for each in nodes(data) if not each.get("allow_not_applicable")]
    assume(closed)
    node = draw(st.sampled_from(closed))
    node["allow_not_applicable"] = True
    return {("policy", node["id"], "allow_not_applicable")}


def raise_quorum(draw: st.DrawFn, data: Data) -> Found:
    having = [node for node in [data, *every(data, "dimensions")] if "quorum" in node.get("stage", {})]
    assume(having)
    node = draw(st.sampled_from(having))
    node["stage"]["quorum"] = 0.17
    return {("threshold", node["id"] if node is not data else "", "stage.quorum")}


def let_missing_be_worst(_draw: st.DrawFn, data: Data) -> Found:
    assume(data.get("missing") != "worst")
    data["missing"] = "worst"
    return {("policy", "", "missing")}


def remove_flags_text(draw: st.DrawFn, data: Data) -> Found:
    assume(data.get("flags"))
    flag = draw(st.sampled_from(data["flags"]))
    flag["says"] = "It is as it is."
    return {("text", flag["id"], "says")}


def turn_a_rule_around(draw: st.DrawFn, data: Data) -> Found:
    """Reverse a list of requirements or rules whose order says nothing."""
    lists = [
        (node["id"] if node is not data else "", parts)
        for node in [data, *every(data, "dimensions")]
        for name in ("all", "any", "of", "lowest", "highest")
        for parts in lists_in(node.get("stage"), name)
        if parts != parts[::-1]
    ]
    assume(lists)
    name, parts = draw(st.sampled_from(lists))
    parts.reverse()
    return {("reordered", name, "stage")}


def lists_in(rule: Any, name: str) -> list[list[Any]]:
    if isinstance(rule, list):
        return [found for each in rule for found in lists_in(each, name)]
    if not isinstance(rule, dict):
        return []
    own = [rule[name]] if isinstance(rule.get(name), list) else []
    return [*own, *(found for each in rule.values() for found in lists_in(each, name))]


def add_grade(_draw: st.DrawFn, data: Data) -> Found:
    assume(data.get("evidence_grades"))
    data["evidence_grades"].append({"id": "best", "supports": data["evidence_grades"][-1]["supports"]})
    return {("added", "best", None)}


def add_option(draw: st.DrawFn, data: Data) -> Found:
    asked = [*every(data, "criteria"), *data.get("facts", [])]
    choices = [each for each in asked if each["scale"]["type"] == "choice"]
    assume(choices)
    question = draw(st.sampled_from(choices))
    options = question["scale"]["options"]
    options.append({**options[0], "id": "another", "text": "Quite something else."})
    return {("added", f"{question['id']}/another", None)}


PATCHES = [retitle, describe, reorder, remove_flags_text, turn_a_rule_around]
MINORS = [add_fact, add_flag, allow, add_grade, add_option]
MAJORS = [reweigh, raise_quorum, let_missing_be_worst]
STEPS = {"patch": PATCHES, "minor": MINORS, "major": MAJORS}


def changed(draw: st.DrawFn, rubric: Rubric, change: Callable[[st.DrawFn, Data], Found]) -> tuple[Rubric, Found]:
    data = the_same(rubric)
    expected = change(draw, data)
    later = Rubric.model_validate(data)
    try:
        check_rubric(later)
    except RubricInvalidError:
        reject()
    return later, expected


@st.composite
def rubrics_changed(draw: st.DrawFn, step: str) -> tuple[Rubric, Rubric, Found, Given]:
    rubric = draw(rubrics())
    later, expected = changed(draw, rubric, draw(st.sampled_from(STEPS[step])))
    return rubric, later, expected, draw(answers_for(rubric))


@given(st.sampled_from([*STEPS]).flatmap(lambda step: st.tuples(st.just(step), rubrics_changed(step))))
def test_a_random_rubric_changed_in_a_known_way(drawn: tuple[str, tuple[Rubric, Rubric, Found, Given]]) -> None:
    """Exactly the change that was made is found, with the step that it deserves."""
    step, (before, after, expected, _) = drawn
    found = diff_rubrics(before, after)
    assert {(each.kind, each.id, each.field) for each in found.changes} == expected
    assert found.step == step


@given(rubrics())
def test_a_rubric_does_not_differ_from_itself(rubric: Rubric) -> None:
    assert not diff_rubrics(rubric, rubric)
    assert not diff_rubrics(rubric, Rubric.model_validate(the_same(rubric)))


def scored(rubric: Rubric, answers: Given) -> dict[str, Any]:
    card = Scorer(rubric, measures=MEASURES, aggregators=AGGREGATORS).score(answers)
    stages = {
        row.id: [stage and stage.number for stage in (row.stage, row.stage_low, row.stage_high)] for row in card.nodes
    }
    return {row.id: (row.exact, stages.get(row.id)) for row in (*card.nodes, *card.criteria)}


@given(st.sampled_from(["patch", "minor"]).flatmap(rubrics_changed))
def test_small_steps_never_change_a_score(drawn: tuple[Rubric, Rubric, Found, Given]) -> None:
    """Differences that deserve less than a major step leave every score, every stage and all bounds as they are."""
    before, after, _, answers = drawn
    assert diff_rubrics(before, after).step in {"patch", "minor"}
    assert scored(after, answers) == scored(before, answers)


@given(rubrics(), rubrics())
def test_any_two_rubrics_can_be_compared(before: Rubric, after: Rubric) -> None:
    """Where two rubrics do not differ, they mean the same; where they do, the digests do as well."""
    found = diff_rubrics(before, after)
    assert bool(found) == (digest(before) != digest(after))
    assert len({(each.kind, each.what, each.id, each.field) for each in found.changes}) == len(found.changes)
