"""How the worked cases of `ai-human-cx` move when its judgements do: quorum, weights, evidence limits and caps.

`python benchmarks/sensitivity.py` prints the tables that `docs/explanation/the-built-in-model.md` shows.
"""

import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from random import Random

import humanai_maturity as hm
from humanai_maturity.cases.answering import answered
from humanai_maturity.model.assessment import Answer
from humanai_maturity.model.rubric import Cap, Criterion, Dimension
from humanai_maturity.model.rules import All, EvidenceRequirement, Gates, Quorum
from humanai_maturity.model.scales import ChecklistScale, ChoiceScale

FOLDER = Path(__file__).parents[1] / "rubrics" / "ai-human-cx"
RUBRIC = hm.load_rubric(FOLDER / "rubric.yaml")
CASES = hm.load_cases(FOLDER / "cases.yaml", RUBRIC)
QUORUMS = [Fraction(share, 100) for share in (60, 65, 70, 75, 80)]
FIFTH = Fraction(1, 5)
DRAWN = 300
"""How many teams are drawn beside the cases."""
GRADES = ["attested", "documented", "documented", "measured", "measured"]
"""What a drawn answer rests on."""

Stages = tuple[int | None, ...]
"""The stage of the whole, then those of the dimensions in order; `None` where there is none."""


@dataclass(frozen=True, slots=True)
class Change:
    """One judgement, and the rubrics that would result from other ones."""

    title: str
    rubrics: tuple[hm.Rubric, ...]


def worked_cases() -> dict[str, hm.Assessment]:
    """Return what each case answers."""
    return {case.id: answered(place, CASES, RUBRIC).assessment for place, case in enumerate(CASES.cases)}


def drawn_teams(count: int) -> dict[str, hm.Assessment]:
    """Draw uneven teams: dimensions up to one stage from the team's, criteria up to two from their dimension's."""
    draw = Random(1)
    sound = worked_cases()["all-at-proactive"]
    teams = {}
    for number in range(count):
        team = draw.randint(1, 5)
        answers = dict(sound.answers)
        for dimension in RUBRIC.dimensions:
            usual = team + draw.choice([-1, 0, 0, 1])
            for criterion in dimension.criteria:
                stage = min(max(usual + draw.choice([-2, -1, -1, 0, 0, 0, 1, 1, 2]), 1), 5)
                answers[criterion.id] = answer_at(criterion, stage, draw.choice(GRADES))
        teams[f"team {number}"] = sound.model_copy(update={"answers": answers})
    return teams


def answer_at(criterion: Criterion, stage: int, evidence: str) -> Answer:
    """Return the answer that shows a stage: an option, or all items up to the stage."""
    scale = next(each for each in criterion.scales if isinstance(each, ChoiceScale | ChecklistScale))
    parts = scale.options if isinstance(scale, ChoiceScale) else scale.items
    numbers = {part.id: RUBRIC.stage_numbers[str(part.stage)] for part in parts}
    if isinstance(scale, ChoiceScale):
        value: object = next(name for name, number in numbers.items() if number == stage)
    else:
        value = [name for name, number in numbers.items() if number <= stage]
    return Answer.model_validate({"values": {scale.type: value}, "evidence": evidence})


def stages_of(rubric: hm.Rubric, teams: Mapping[str, hm.Assessment]) -> dict[str, Stages]:
    """Return the stages of every team under a rubric."""
    scorer = hm.Scorer(rubric)
    found = {}
    for name, assessment in teams.items():
        card = scorer.score(assessment)
        found[name] = tuple(row.stage and row.stage.number for row in (card.overall, *card.dimensions))
    return found


def with_quorum(share: Fraction) -> hm.Rubric:
    """Ask for another share of the weight before a dimension has a stage."""
    defaults = RUBRIC.defaults.model_copy(update={"stage": Quorum(quorum=share)})
    return RUBRIC.model_copy(update={"defaults": defaults})


def with_dimension(changed: Dimension) -> hm.Rubric:
    """Put another dimension in the place of the one with the same id."""
    dimensions = tuple(changed if each.id == changed.id else each for each in RUBRIC.dimensions)
    return RUBRIC.model_copy(update={"dimensions": dimensions})


def other_weights() -> Iterator[hm.Rubric]:
    """Make each dimension and each criterion a fifth lighter and a fifth heavier, one at a time."""
    for dimension in RUBRIC.dimensions:
        for factor in (1 - FIFTH, 1 + FIFTH):
            yield with_dimension(dimension.model_copy(update={"weight": dimension.weight * factor}))
            for criterion in dimension.criteria:
                heavier = criterion.model_copy(update={"weight": criterion.weight * factor})
                criteria = tuple(heavier if each.id == heavier.id else each for each in dimension.criteria)
                yield with_dimension(dimension.model_copy(update={"criteria": criteria}))


def with_evidence(**supports: str) -> hm.Rubric:
    """Let grades of evidence support other stages."""
    grades = tuple(
        each.model_copy(update={"supports": supports.get(each.id, each.supports)}) for each in RUBRIC.evidence_grades
    )
    return RUBRIC.model_copy(update={"evidence_grades": grades})


def with_measured(share: Mapping[str, Fraction]) -> hm.Rubric:
    """Ask for another share of measured weight before a stage is given; 0 asks for none."""
    assert isinstance(RUBRIC.stage, Gates)
    gates = {}
    for stage, gate in RUBRIC.stage.gates.items():
        assert isinstance(gate, All)
        kept = [part for part in gate.all if not (isinstance(part, EvidenceRequirement) and stage in share)]
        asked = [EvidenceRequirement(evidence="measured", share=share[stage])] if share.get(stage) else []
        gates[stage] = All(all=(*kept, *asked))
    return RUBRIC.model_copy(update={"stage": Gates(gates=gates)})


def with_caps(*caps: Cap) -> hm.Rubric:
    """Hold dimensions down in another way."""
    return RUBRIC.model_copy(update={"caps": caps})


def changes() -> Iterator[Change]:
    """Yield the judgements that are tried in another way."""
    yield Change("Quorum 0.6 or 0.65 in place of 0.7", tuple(map(with_quorum, QUORUMS[:2])))
    yield Change("Quorum 0.75 or 0.8 in place of 0.7", tuple(map(with_quorum, QUORUMS[3:])))
    yield Change("One weight a fifth lighter or heavier", tuple(other_weights()))
    yield Change("What is only said supports Responsive", (with_evidence(attested="responsive"),))
    yield Change("What is only said supports Predictive", (with_evidence(attested="predictive"),))
    yield Change("What was seen supports Intelligent", (with_evidence(documented="intelligent"),))
    yield Change("What was seen supports Proactive", (with_evidence(documented="proactive"),))
    yield Change("Any answer supports any stage", (with_evidence(attested="proactive", documented="proactive"),))
    yield Change("No share has to be measured", (with_measured({"predictive": Fraction(0), "proactive": Fraction(0)}),))
    more = {"predictive": Fraction(3, 5), "proactive": Fraction(4, 5)}
    yield Change("0.6 and 0.8 have to be measured, not 0.4 and 0.6", (with_measured(more),))
    by_data = [cap for cap in RUBRIC.caps if cap.by == "data"]
    by_carriers = [cap for cap in RUBRIC.caps if cap.by != "data"]
    level = [cap.model_copy(update={"plus": 0}) for cap in by_data]
    yield Change("No dimension may stand above data at all", (with_caps(*level, *by_carriers),))
    yield Change("Dimensions are free of data", (with_caps(*by_carriers),))
    yield Change("Dimensions are free of what carries them", (with_caps(*by_data),))


def quorum_table() -> str:
    """Return how the profile of each case whose stages move depends on the quorum."""
    found = [stages_of(with_quorum(share), worked_cases()) for share in QUORUMS]
    lines = [row(["Case", *(f"{float(share)}" for share in QUORUMS)]), row(["---"] * (1 + len(QUORUMS)))]
    for case in CASES.cases:
        profiles = [written(stages[case.id]) for stages in found]
        if len(set(profiles)) > 1:
            lines.append(row([case.id, *profiles]))
    return "\n".join(lines)


def change_table() -> str:
    """Return which cases, and how many drawn teams, move with each judgement."""
    cases, teams = worked_cases(), drawn_teams(DRAWN)
    lines = [
        row(["Change", "Rubrics", "Cases whose whole moves", "Drawn: wholes", "Drawn: dimensions"]),
        row(["---"] * 5),
    ]
    for change in changes():
        named = dict.fromkeys(name for name, place in moves(change, cases) if place == 0)
        moved = [place for _, place in moves(change, teams)]
        tried = len(change.rubrics) * len(teams)
        wholes = per_cent(moved.count(0), tried)
        parts = per_cent(len(moved) - moved.count(0), tried * len(RUBRIC.dimensions))
        lines.append(row([change.title, str(len(change.rubrics)), ", ".join(named) or "none", wholes, parts]))
    return "\n".join(lines)


def moves(change: Change, teams: Mapping[str, hm.Assessment]) -> list[tuple[str, int]]:
    """Return every team and place, 0 for the whole, whose stage is another one under a changed rubric."""
    base = stages_of(RUBRIC, teams)
    return [
        (name, place)
        for rubric in change.rubrics
        for name, stages in stages_of(rubric, teams).items()
        for place, (found, expected) in enumerate(zip(stages, base[name], strict=True))
        if found != expected
    ]


def per_cent(part: int, whole: int) -> str:
    """Write a share of a whole."""
    return f"{100 * part / whole:.1f} %"


def written(stages: Stages) -> str:
    """Write the stage of the whole, then those of the dimensions."""
    whole, *parts = ("-" if number is None else str(number) for number in stages)
    return f"**{whole}** {' '.join(parts)}"


def row(cells: Iterable[str]) -> str:
    """Write one row of a table."""
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    sys.stdout.write(f"{quorum_table()}\n\n{change_table()}\n")
