"""One rubric for every way in which the parts of a rubric can contradict each other, and nothing else wrong in it."""

import ast
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import rubrics

from humanai_maturity.documents.source import Source
from humanai_maturity.documents.yaml_text import read_yaml
from humanai_maturity.model import checks
from humanai_maturity.model.consistency import Inconsistency, inconsistencies
from humanai_maturity.model.rubric import Rubric

Case: TypeAlias = tuple[str, tuple[str | int, ...], str]
"""The code, the place, and the fields that differ from the base."""

BASE = """
id: base
version: 1
title: Base
stages: [{id: low, title: Low}, {id: mid, title: Mid}, {id: top, title: Top}]
evidence_grades: [{id: said, supports: mid}, {id: seen, supports: top}]
dimensions:
  - {id: data, title: Data, criteria: [
      {id: owned, title: Owned, scale: {type: yes_no, yes: top, no: low}},
      {id: fresh, title: Fresh, scale: {type: metric, bands: {mid: 1, top: 2}}},
    ]}
  - {id: people, title: People, criteria: [{id: trained, title: Trained, scale: {type: yes_no, yes: mid, no: low}}]}
  - {id: tally, title: Tally, stage: {cuts: {mid: 1, top: 2}}, score: {rule: mean, normalise: true}, criteria: [
      {id: counted, title: Counted, scale: {type: yes_no}},
    ]}
score: {rule: mean, normalise: true}
stage: {lowest: children}
facts: [{id: asked, title: Asked, scale: {type: yes_no, yes: top, no: low}}]
flags: [{id: alarm, severity: warn, raised_when: {criterion: owned, below: mid}, says: Careful.}]
"""


def scale(text: str) -> str:
    """Return the dimensions of a rubric with one criterion on a scale."""
    return f"dimensions: [{{id: data, title: Data, criteria: [{{id: owned, title: Owned, scale: {text}}}]}}]\nflags: []"


def limited(text: str, *, on: str = "{type: yes_no, yes: top, no: low}") -> str:
    """Return the dimensions of a rubric with one criterion that is limited, and another one."""
    return (
        f"dimensions: [{{id: data, title: Data, criteria: [{{id: owned, title: Owned, scale: {on}, {text}}}, "
        "{id: other, title: Other, scale: {type: yes_no, yes: top, no: low}}]}]"
    )


def noded(text: str, *, on: str = "{type: yes_no, yes: top, no: low}") -> str:
    """Return the dimensions of a rubric with fields of one dimension."""
    return f"dimensions: [{{id: data, title: Data, {text}, criteria: [{{id: owned, title: Owned, scale: {on}}}]}}]"


def gate(text: str) -> str:
    """Return a stage rule with one requirement to look at."""
    return f"stage: {{gates: {{mid: {text}, top: {{criterion: owned, at_least: top}}}}}}"


def flag(text: str) -> str:
    """Return a flag with one requirement to look at."""
    return f"flags: [{{id: alarm, severity: warn, raised_when: {text}, says: Careful.}}]"


OPTIONS = "{type: choice, options: [{id: a, stage: low}, %s]}"
SCALE = ("dimensions", 0, "criteria", 0, "scale")
FIRST = ("dimensions", 0, "criteria", 0)
GATE = ("stage", "gates", "mid")
RAISED = ("flags", 0, "raised_when")

NAMES: list[Case] = [
    (
        "duplicate-id",
        ("stages", 2, "id"),
        "stages: [{id: low, title: Low}, {id: mid, title: Mid}, {id: mid, title: Top}]",
    ),
    ("duplicate-id", ("evidence_grades", 1, "id"), "evidence_grades: [{id: a, supports: 1}, {id: a, supports: 2}]"),
    (
        "duplicate-id",
        ("facts", 0, "id"),
        "facts: [{id: owned, title: Again, scale: {type: yes_no, yes: top, no: low}}]",
    ),
    (
        "duplicate-id",
        ("flags", 1, "id"),
        flag("{criterion: owned, below: mid}")[:-1]
        + ", {id: alarm, severity: high, raised_when: {criterion: owned, below: top}, says: B}]",
    ),
    ("duplicate-id", (*SCALE, "options", 1, "id"), scale(OPTIONS % "{id: a, stage: top}")),
    (
        "duplicate-id",
        (*SCALE, "items", 1, "id"),
        scale("{type: checklist, items: [{id: a, stage: 2}, {id: a, stage: 3}]}"),
    ),
    ("reserved-id", ("facts", 0, "id"), "facts: [{id: overall, title: O, scale: {type: yes_no, yes: top, no: low}}]"),
    (
        "misleading-stage-id",
        ("stages", 0, "id"),
        "stages: [{id: '0', title: None}, {id: mid, title: Mid}, {id: top, title: Top}]\n"
        + scale("{type: yes_no, yes: top, no: mid}")
        + "\nfacts: []",
    ),
]
QUESTIONS: list[Case] = [
    ("stage-or-points", (*SCALE, "options", 1), scale(OPTIONS % "{id: b}")),
    ("stage-or-points", (*SCALE, "items", 0), scale("{type: checklist, items: [{id: a, stage: top, points: 1}]}")),
    ("mixed-worth", (*SCALE, "options", 1), scale(OPTIONS % "{id: b, points: 3}")),
    ("mixed-worth", SCALE, scale("{type: yes_no, yes: top}")),
    ("unknown-stage", (*SCALE, "options", 1, "stage"), scale(OPTIONS % "{id: b, stage: tpo}")),
    ("unknown-stage", (*SCALE, "options", 1, "stage"), scale(OPTIONS % "{id: b, stage: 4}")),
    ("unknown-stage", (*SCALE, "no"), scale("{type: yes_no, yes: top, no: never}")),
    ("unknown-stage", (*SCALE, "bands", "3"), scale("{type: metric, bands: {mid: 1, '3': 2}}")),
    ("unknown-grade", (*SCALE, "evidence"), scale("{type: yes_no, yes: top, no: low, evidence: sene}")),
    ("empty-range", SCALE, scale("{type: choice, options: [{id: a, stage: mid}, {id: b, stage: mid}]}")),
    ("empty-range", SCALE, scale("{type: yes_no, yes: top, no: top}")),
    ("empty-range", SCALE, scale("{type: checklist, items: [{id: a, stage: low}]}")),
    ("empty-range", SCALE, scale("{type: metric, bands: {low: 5}}")),
    ("empty-range", SCALE, scale("{type: metric, bands: {}}")),
    ("empty-range", SCALE, scale("{type: custom, measure: m, minimum: 2, maximum: 1}")),
    ("cap-with-stages", (*SCALE, "cap"), scale("{type: checklist, cap: 2, items: [{id: a, stage: top}]}")),
    ("bands-or-range", SCALE, scale("{type: metric}")),
    ("bands-or-range", SCALE, scale("{type: metric, bands: {mid: 1, top: 2}, range: {worst: 0, best: 1}}")),
    ("bands-not-contiguous", (*SCALE, "bands"), scale("{type: metric, bands: {top: 2}}")),
    ("bands-out-of-order", (*SCALE, "bands", "top"), scale("{type: metric, bands: {mid: 2, top: 2}}")),
    (
        "bands-out-of-order",
        (*SCALE, "bands", "top"),
        scale("{type: metric, direction: lower, bands: {low: 9, mid: 1, top: 1}}"),
    ),
    (
        "points-onto-stages",
        (*SCALE, "range"),
        scale("{type: metric, range: {worst: 0, best: 1, onto: stages, most: 5}}"),
    ),
    ("worst-is-best", (*SCALE, "range"), scale("{type: metric, range: {worst: 1, best: 1}}")),
    ("direction-contradicts", (*SCALE, "range"), scale("{type: metric, range: {worst: 1, best: 0}}")),
    (
        "direction-contradicts",
        (*SCALE, "range"),
        scale("{type: metric, direction: lower, range: {worst: 0, best: 1}}"),
    ),
    (
        "minimum-above-maximum",
        (*SCALE, "minimum"),
        scale("{type: metric, bands: {mid: 1, top: 2}, minimum: 3, maximum: 2}"),
    ),
    ("minimum-and-maximum", SCALE, scale("{type: custom, measure: m, maximum: 2}")),
    (
        "repeated-scale",
        (*FIRST, "otherwise", 0, "type"),
        limited("otherwise: [{type: yes_no, yes: mid, no: low}]"),
    ),
    ("mixed-worth", (*FIRST, "otherwise", 0), limited("otherwise: [{type: metric, range: {worst: 0, best: 1}}]")),
    (
        "mixed-ranges",
        (*FIRST, "otherwise", 0),
        limited("otherwise: [{type: custom, measure: m, minimum: 0, maximum: 2}]", on="{type: yes_no}")
        + "\ndefaults: {score: {rule: mean, normalise: true}, stage: {cuts: {mid: 0.4, top: 0.6}}}\nflags: []",
    ),
]
NODES: list[Case] = [
    ("no-children", ("dimensions", 0), "dimensions: [{id: data, title: Data}]\nflags: []"),
    ("no-stage-rule", (), "stage: ~"),
    ("needs-normalise", ("score",), "score: {rule: mean}"),
    (
        "needs-normalise",
        ("dimensions", 0),
        noded(
            "stage: {cuts: {mid: 1, top: 2}}, dimensions: [{id: d, title: D, score: {rule: sum},"
            " stage: {cuts: {mid: 1, top: 2}}, criteria: [{id: c, title: C, scale: {type: yes_no}}]}]"
        ),
    ),
    ("onto-without-normalise", ("score", "onto"), "score: {rule: min, onto: {maximum: 5}}"),
    ("clip-without-limit", ("score", "clip"), "score: {rule: mean, normalise: true, clip: {}}"),
    (
        "minimum-above-maximum",
        ("score", "onto"),
        "score: {rule: mean, normalise: true, onto: {minimum: 5, maximum: 5}}",
    ),
    ("minimum-above-maximum", ("score", "clip"), "score: {rule: sum, clip: {minimum: 5, maximum: 4}}"),
    ("empty-range", ("score", "clip"), "score: {rule: mean, normalise: true, clip: {minimum: 1}}"),
    ("needs-floor", ("score",), "score: {rule: power_mean, exponent: 0, normalise: true}"),
    (
        "needs-floor",
        ("dimensions", 0, "score"),
        noded(
            "score: {rule: power_mean, exponent: 2}, stage: {cuts: {mid: 1, top: 2}}",
            on="{type: yes_no, yes: 1, no: -1}",
        )
        + "\nflags: []",
    ),
    (
        "out-of-range",
        ("dimensions", 0, "score"),
        noded(
            "score: {rule: sum}, stage: {cuts: {mid: 1, top: 2}}",
            on="{type: checklist, items: [{id: a, points: 9e99}, {id: b, points: 9e99}]}, weight: 9e99",
        )
        + "\nflags: []",
    ),
    ("missing-stage", ("stage", "cuts"), "stage: {cuts: {mid: 0.5}}"),
    (
        "missing-stage",
        ("defaults", "stage", "gates"),
        "defaults: {stage: {gates: {top: {criterion: owned, above: 2}}}}",
    ),
    ("first-stage", ("stage", "cuts", "low"), "stage: {cuts: {low: 0, mid: 0.5, top: 0.8}}"),
    ("first-stage", ("stage", "gates", "low"), gate("{criterion: owned, above: 1}, low: {criterion: owned, above: 1}")),
    ("cuts-out-of-order", ("stage", "cuts", "top"), "stage: {cuts: {mid: 0.5, top: 0.5}}"),
    ("unknown-stage", ("stage", "cuts", "hgih"), "stage: {cuts: {mid: 0.5, top: 0.8, hgih: 0.9}}"),
    (
        "children-without-stage",
        ("dimensions", 0, "stage"),
        noded("stage: {quorum: 0.5}", on="{type: yes_no}") + "\nflags: []",
    ),
    ("children-without-stage", ("stage",), "stage: {quorum: 0.5, over: leaves}"),
    (
        "children-without-stage",
        ("stage", "highest", 0),
        "stage: {highest: [{lowest: children}]}\n" + noded("score: {rule: sum}"),
    ),
    ("children-without-stage", ("stage",), "stage: {highest: children}\n" + noded("score: {rule: sum}")),
    ("children-without-stage", ("stage",), "stage: {kth: {k: 1, of: children}}\n" + noded("score: {rule: sum}")),
    (
        "children-without-stage",
        ("dimensions", 0),
        noded("weight: 1", on="{type: yes_no}") + "\nflags: []\ndefaults: {stage: {lowest: children}}",
    ),
]
REQUIREMENTS: list[Case] = [
    ("one-comparison", GATE, gate("{criterion: owned}")),
    ("one-comparison", RAISED, flag("{criterion: owned, below: mid, at_most: low}")),
    ("gate-comparison", (*GATE, "at_most"), gate("{criterion: owned, at_most: mid}")),
    ("flag-comparison", (*RAISED, "all", 0, "above"), flag("{all: [{criterion: owned, above: low}]}")),
    ("not-in-a-flag", (*RAISED, "any", 0), flag("{any: [{evidence: seen, share: 1}]}")),
    ("not-in-a-flag", (*RAISED, "of", 0), flag("{at_least_n: 1, of: [{flag_absent: other}]}")),
    ("unknown-criterion", (*GATE, "criterion"), gate("{criterion: onwed, at_least: mid}")),
    ("unknown-dimension", (*GATE, "dimension"), gate("{dimension: dtaa, at_least: mid}")),
    ("unknown-node", (*GATE, "of", 1), gate("{share: 1, of: [data, dtaa], at_least: mid}")),
    ("unknown-flag", (*GATE, "all", 0, "flag_absent"), gate("{all: [{flag_absent: alram}]}")),
    ("unknown-grade", (*GATE, "evidence"), "evidence_grades: []\n" + gate("{evidence: seen, share: 1}")),
    ("unknown-stage", (*GATE, "at_least"), gate("{criterion: owned, at_least: mdi}")),
    ("wrong-kind", (*GATE, "criterion"), gate("{criterion: data, at_least: mid}")),
    ("wrong-kind", (*GATE, "dimension"), gate("{dimension: asked, at_least: mid}")),
    ("wrong-kind", (*GATE, "of", 0), gate("{share: 1, of: [asked], at_least: mid}")),
    ("wrong-kind", (*RAISED, "of", 0), flag("{share: 1, of: [overall], below: mid}")),
    ("not-on-stages", (*RAISED, "below"), flag("{criterion: counted, below: mid}")),
    (
        "not-on-stages",
        (*RAISED, "at_most"),
        flag("{dimension: data, at_most: mid}")
        + "\n"
        + noded("score: {rule: sum}")
        + "\nstage: {cuts: {mid: 0.2, top: 0.4}}",
    ),
]
LIMITS: list[Case] = [
    ("unknown-stage", ("evidence_grades", 0, "supports"), "evidence_grades: [{id: said, supports: mdi}]"),
    (
        "evidence-out-of-order",
        ("evidence_grades", 1, "supports"),
        "evidence_grades: [{id: said, supports: top}, {id: seen, supports: mid}]",
    ),
    (
        "limit-on-points",
        (*FIRST, "prerequisites", 0),
        limited("prerequisites: [{criterion: other, at_least: mid, for_stage: top}]", on="{type: yes_no}")
        + "\ndefaults: {score: {rule: mean, normalise: true}, stage: {cuts: {mid: 0.4, top: 0.6}}}\nflags: []",
    ),
    (
        "unknown-criterion",
        (*FIRST, "prerequisites", 0, "criterion"),
        limited("prerequisites: [{criterion: othr, at_least: mid, for_stage: top}]"),
    ),
    (
        "unknown-stage",
        (*FIRST, "prerequisites", 0, "for_stage"),
        limited("prerequisites: [{criterion: other, at_least: 2, for_stage: 9}]"),
    ),
    (
        "for-first-stage",
        (*FIRST, "prerequisites", 0, "for_stage"),
        limited("prerequisites: [{criterion: other, at_least: 2, for_stage: low}]"),
    ),
    (
        "not-on-stages",
        (*FIRST, "prerequisites", 0, "at_least"),
        limited("prerequisites: [{criterion: count, at_least: mid, for_stage: top}]")
        + "\nfacts: [{id: count, title: Count, scale: {type: yes_no}}]",
    ),
    (
        "counter-on-points",
        (*FIRST, "counter", "criterion"),
        limited("counter: {criterion: count}") + "\nfacts: [{id: count, title: Count, scale: {type: yes_no}}]",
    ),
    (
        "counter-unknown-supports",
        (*FIRST, "counter", "unknown_supports"),
        limited("counter: {criterion: other, plus: 1.5, unknown_supports: mid}"),
    ),
    (
        "unknown-stage",
        (*FIRST, "counter", "unknown_supports"),
        limited("counter: {criterion: other, unknown_supports: mdi}"),
    ),
    ("unknown-node", ("caps", 0, "cap", 0), "caps: [{cap: [pepole], by: data, because: B}]"),
    ("unknown-node", ("caps", 0, "by"), "caps: [{cap: [people], by: dta, because: B}]"),
    ("wrong-kind", ("caps", 0, "cap", 0), "caps: [{cap: [asked], by: data, because: B}]"),
    ("cap-without-stage", ("caps", 0, "cap", 0), "caps: [{cap: [counted], by: data, because: B}]"),
    ("cap-without-stage", ("caps", 0, "by"), "caps: [{cap: [data], by: counted, because: B}]"),
    ("unknown-stage", ("caps", 0, "from_stage"), "caps: [{cap: [people], by: data, from_stage: tpo, because: B}]"),
    (
        "unknown-node",
        ("flags", 0, "caps", "pepole"),
        flag("{criterion: owned, below: mid}")[:-2] + ", caps: {pepole: mid}}]",
    ),
    (
        "unknown-stage",
        ("flags", 0, "caps", "people"),
        flag("{criterion: owned, below: mid}")[:-2] + ", caps: {people: 4}}]",
    ),
]
CYCLES: list[Case] = [
    (
        "prerequisite-cycle",
        (*FIRST, "prerequisites", 0),
        limited("prerequisites: [{criterion: owned, at_least: mid, for_stage: top}]"),
    ),
    ("dependency-cycle", (*FIRST, "counter"), limited("counter: {criterion: owned}")),
    ("dependency-cycle", ("caps", 0), "caps: [{cap: [owned], by: data, because: B}]"),
    ("dependency-cycle", GATE, gate("{dimension: overall, at_least: mid}")),
    ("dependency-cycle", RAISED, flag("{criterion: owned, below: mid}")[:-2] + ", caps: {owned: mid}}]"),
    (
        "dependency-cycle",
        ("defaults", "stage", "gates", "mid"),
        f"stage: ~\ndefaults: {{{gate('{dimension: data, at_least: mid}')}}}",
    ),
]
ROLES = "roles: [{id: lead, title: Lead}]"
SOURCES = "sources: [{id: paper, title: Paper}]"


def advised(step: str, *, on: str = "{type: choice, options: [{id: a, stage: low}, {id: b, stage: top}]}") -> str:
    """Return the dimensions of a rubric with one criterion that has next steps."""
    return limited(f"next_steps: [{step}]", on=on)


def teamed(team: str) -> str:
    """Return the stages of a rubric, the first with a team."""
    return f"stages: [{{id: low, title: Low, team: {team}}}, {{id: mid, title: Mid}}, {{id: top, title: Top}}]"


def based(basis: str) -> str:
    """Return the dimensions of a rubric with one metric whose bands have a basis."""
    return scale(f"{{type: metric, bands: {{mid: 1, top: 2}}, basis: {basis}}}") + f"\n{SOURCES}"


TEAM = ("stages", 0, "team")
STEP = ("dimensions", 0, "criteria", 0, "next_steps")
BASES = (*SCALE, "basis")
GUIDANCE: list[Case] = [
    ("duplicate-id", ("roles", 1, "id"), "roles: [{id: lead, title: A}, {id: lead, title: B}]"),
    ("duplicate-id", ("sources", 1, "id"), "sources: [{id: paper, title: A}, {id: paper, title: B}]"),
    ("unknown-stage", ("roles", 0, "from_stage"), "roles: [{id: lead, title: A, from_stage: 4}]"),
    ("unknown-role", (*TEAM, "roles", 0, "role"), teamed("{roles: [{role: laed}]}") + f"\n{ROLES}"),
    ("basis-without-source", (*TEAM, "ratios", 0, "basis"), teamed("{ratios: [{text: Ten, basis: sourced}]}")),
    ("unknown-stage", (*BASES, "mdi"), based("{mdi: judgement}")),
    ("basis-without-band", (*BASES, "low"), based("{low: judgement}")),
    ("basis-without-source", (*BASES, "mid"), based("{mid: {kind: sourced}}")),
    ("judgement-with-source", (*BASES, "mid", "sources"), based("{mid: {kind: judgement, sources: [paper]}}")),
    ("unknown-source", (*BASES, "top", "sources", 1), based("{top: {kind: derived, sources: [paper, papre]}}")),
    ("unknown-stage", (*STEP, 0, "to"), advised("{to: tpo, do: It}")),
    ("unknown-role", (*STEP, 0, "owner"), advised("{to: top, do: It, owner: laed}")),
    ("repeated-step", (*STEP, 1, "to"), advised("{to: 3, do: It}, {to: top, do: That}")),
    ("step-to-first-stage", (*STEP, 0, "to"), advised("{to: low, do: It}")),
    ("step-out-of-reach", (*STEP, 0, "to"), advised("{to: mid, do: It}")),
    ("step-out-of-reach", (*STEP, 0, "to"), advised("{to: 2, do: It}", on="{type: yes_no, yes: top, no: low}")),
    ("step-out-of-reach", (*STEP, 0, "to"), advised("{to: top, do: It}", on="{type: metric, bands: {mid: 1}}")),
    (
        "step-on-points",
        ("facts", 0, "next_steps", 0, "to"),
        "facts: [{id: f, title: F, scale: {type: yes_no}, next_steps: [{to: mid, do: It}]}]",
    ),
]

CASES = [*GUIDANCE, *NAMES, *QUESTIONS, *NODES, *REQUIREMENTS, *LIMITS, *CYCLES]


def rubric_with(text: str) -> Rubric:
    return Rubric.model_validate({**fields_of(BASE), **fields_of(text or "{}")})


def fields_of(text: str) -> dict[str, Any]:
    data = read_yaml(Source(text)).data
    assert isinstance(data, dict)
    return data


def test_the_base_is_consistent() -> None:
    assert inconsistencies(rubric_with("")) == []


@pytest.mark.parametrize(("code", "loc", "text"), CASES)
def test_one_fault_gives_one_finding(code: str, loc: tuple[str | int, ...], text: str) -> None:
    found = inconsistencies(rubric_with(text))
    assert [(each.code, each.loc) for each in found] == [(code, loc)]
    assert found[0].message[0].islower() or found[0].message[0] in "`'"
    assert not found[0].message.endswith(".")


def test_advice_for_other_ways_to_answer_is_checked_there() -> None:
    found = inconsistencies(
        rubric_with(
            limited(
                "otherwise: [{type: metric, bands: {mid: 1}, basis: {top: judgement}}], next_steps: [{to: 2, do: It}]"
            )
        )
    )
    assert [each.loc[-3:] for each in found] == [(0, "basis", "top")]


def test_every_code_has_a_case() -> None:
    elsewhere = {"not-monotone"}  # needs an aggregator that somebody declares: tests/plugins
    assert {code for code, _, _ in CASES} | elsewhere == codes_in(Path(checks.__file__).parent)


def codes_in(folder: Path) -> set[str]:
    """Return the codes that the modules of a folder give."""
    calls = (
        node
        for path in folder.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"Inconsistency", "Kind"}
    )
    given_codes = {call.args[0].value for call in calls if isinstance(call.args[0], ast.Constant)}
    computed = {"gate-comparison", "flag-comparison", "unknown-role", "unknown-source"}
    return {str(code) for code in given_codes} | computed


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        (scale(OPTIONS % "{id: b, stage: tpo}"), "top"),
        (scale("{type: metric, bands: {mid: 1, '3': 2}}"), "top"),
        (scale(OPTIONS % "{id: b, stage: 4}"), None),
        (gate("{criterion: onwed, at_least: mid}"), "owned"),
        (gate("{criterion: askd, at_least: mid}"), "asked"),
        (gate("{dimension: peple, at_least: mid}"), "people"),
        (gate("{dimension: onwed, at_least: mid}"), None),
        (gate("{all: [{flag_absent: alram}]}"), "alarm"),
        ("caps: [{cap: [pepole], by: data, because: B}]", "people"),
        ("caps: [{cap: [people], by: aksed, because: B}]", "asked"),
    ],
)
def test_a_near_miss_is_suggested(text: str, hint: str | None) -> None:
    assert [each.hint for each in inconsistencies(rubric_with(text))] == [hint]


def test_all_faults_are_found_at_once() -> None:
    text = "caps: [{cap: [x], by: y, because: Z}]\nevidence_grades: [{id: a, supports: 9}]\n"
    text += gate("{criterion: nope, at_most: 2}")
    codes = [each.code for each in inconsistencies(rubric_with(text))]
    assert codes == ["unknown-criterion", "gate-comparison", "unknown-stage", "unknown-node", "unknown-node"]


def test_a_cycle_is_named_from_one_end_to_the_other() -> None:
    text = """
    dimensions:
      - {id: d, title: D, criteria: [
          {id: b, title: B, scale: {type: yes_no, yes: top, no: low},
           prerequisites: [{criterion: c, at_least: mid, for_stage: top}]},
          {id: a, title: A, scale: {type: yes_no, yes: top, no: low},
           prerequisites: [{criterion: b, at_least: mid, for_stage: top}]},
          {id: c, title: C, scale: {type: yes_no, yes: top, no: low},
           prerequisites: [{criterion: a, at_least: mid, for_stage: top}]},
        ]}
    flags: []
    """
    (found,) = inconsistencies(rubric_with(text))
    assert "a -> b -> c -> a" in found.message
    assert found.loc == ("dimensions", 0, "criteria", 1, "prerequisites", 0)


def test_only_so_many_cycles_are_told() -> None:
    criteria = ",".join(
        f"{{id: c{n}, title: C, scale: {{type: yes_no, yes: top, no: low}}, counter: {{criterion: c{n}}}}}"
        for n in range(50)
    )
    found = inconsistencies(rubric_with(f"dimensions: [{{id: d, title: D, criteria: [{criteria}]}}]\nflags: []"))
    assert [each.code for each in found] == ["dependency-cycle"] * 20


def test_only_so_many_near_misses_are_sought() -> None:
    caps = ",".join(f"{{cap: [dat{n}], by: people, because: B}}" for n in range(60))
    found = inconsistencies(rubric_with(f"caps: [{caps}]"))
    assert [each.hint for each in found] == ["data"] * 50 + [None] * 10


def test_with_a_single_stage_every_node_stands_at_it() -> None:
    text = """
    stages: [{id: only, title: Only}]
    evidence_grades: []
    dimensions: [{id: d, title: D, criteria: [{id: c, title: C, scale: {type: yes_no}}]}]
    flags: [{id: f, severity: warn, raised_when: {criterion: c, below: 1}, caps: {overall: only, d: 1}, says: S}]
    facts: []
    stage: ~
    """
    assert inconsistencies(rubric_with(text)) == []


def test_findings_can_be_compared_and_kept_in_sets() -> None:
    assert {Inconsistency("a", ("b", 1), "c")} == {Inconsistency("a", ("b", 1), "c")}


@given(st.data())
def test_generated_rubrics_are_consistent(data: st.DataObject) -> None:
    rubric: Any = data.draw(rubrics())
    assert inconsistencies(rubric) == []
