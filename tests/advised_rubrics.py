"""A rubric that advises: small, with every kind of advice in it."""

from typing import Any

from humanai_maturity.documents.read import parse_rubric
from humanai_maturity.model.rubric import Rubric

ADVISED = """
id: advised
version: 1
title: Advised
stages:
  - {id: low, title: Low, team: {shape: Everybody does everything, roles: [{role: lead}]}, next_move: Begin}
  - id: mid
    title: Mid
    ai_does: [Answers]
    team: {shape: Some look after AI, roles: [{role: lead, amount: half a post}, {role: keeper}]}
  - {id: top, title: Top}
roles: [{id: lead, title: Lead, does: Leads}, {id: keeper, title: Keeper}, {id: idle, title: Idle}]
evidence_grades: [{id: said, supports: mid}, {id: seen, supports: top}]
stage: {lowest: children}
dimensions:
  - id: data
    title: Data
    weight: 2
    criteria:
      - id: owned
        title: Owners
        scale: {type: choice, options: [{id: no, stage: low}, {id: some, stage: mid}, {id: all, stage: top}]}
        look_at: [The list of owners]
        next_steps:
          - {to: top, do: Name the others, effort: large, owner: keeper}
          - {to: mid, do: Name an owner, effort: small, impact: high, owner: lead}
      - id: fresh
        title: Freshness
        weight: 3
        scale: {type: metric, bands: {mid: 0.5, top: 0.9}, min_sample: 20}
        next_steps: [{to: mid, do: Measure it}, {to: top, do: Speed it up}]
  - id: people
    title: People
    criteria:
      - id: trained
        title: Training
        scale:
          type: checklist
          items: [{id: a, stage: mid}, {id: b, stage: mid}, {id: c, stage: top}, {id: d, stage: top}]
        next_steps: [{to: mid, do: Train people}, {to: top, do: Train all people, effort: small}]
        prerequisites: [{criterion: fresh, at_least: mid, for_stage: top}]
      - id: heard
        title: Listening
        scale: {type: yes_no, yes: top, no: low}
        next_steps: [{to: top, do: Listen to them}]
        counter: {criterion: complaints, plus: 0, unknown_supports: mid}
facts:
  - {id: told, title: Disclosure, question: Are they told?, scale: {type: yes_no}}
  - id: complaints
    title: Complaints
    scale: {type: metric, direction: lower, bands: {mid: 0.2, top: 0.1}}
    next_steps: [{to: top, do: Mend what they complain of}]
caps: [{cap: [people], by: data, because: Data comes first}]
flags:
  - {id: silent, title: Silence, severity: block, raised_when: {criterion: told, at_most: 0}, caps: {overall: low},
     says: Nobody is told, remedy: Tell them}
  - {id: nobody, severity: block, raised_when: {criterion: owned, below: mid}, says: Nobody owns it}
  - {id: slow, severity: warn, raised_when: {criterion: fresh, below: mid}, says: It is slow}
"""

SETTLED: dict[str, Any] = {
    "owned": "some",
    "fresh": {"value": 0.6, "sample": 50},
    "trained": ["a", "b"],
    "heard": False,
    "told": True,
    "complaints": 0.05,
}
"""Answers after which no flag that blocks is raised, and nothing is held down."""


def advised() -> Rubric:
    """Return the rubric."""
    return parse_rubric(ADVISED)
