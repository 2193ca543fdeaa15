"""Law 13, against the reference: every blocker is true; where the rule is conjunctive, blockers are exactly enough."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import strategies as drawn
from cards import scored
from engine_rubrics import REASON, one, staged
from hypothesis import given
from hypothesis import strategies as st
from reference import Evaluation, evaluate, stage_number
from strategies import AGGREGATORS, MEASURES, Given

from humanai_maturity.engine import Scorecard, Scorer
from humanai_maturity.engine.result import Blocker
from humanai_maturity.model.rubric import OVERALL, Rubric
from humanai_maturity.model.rules import Cuts, EvidenceRequirement, Gates, Quorum, ShareRequirement


class Judge:
    """Judge blockers by what the reference evaluator says."""

    def __init__(self, rubric: Rubric, evaluation: Evaluation) -> None:
        self.rubric = rubric
        self.reference = evaluation

    def number(self, text: str) -> Fraction:
        """Return a stage's number, or a number."""
        numbers = self.rubric.stage_numbers
        return Fraction(numbers[text]) if text in numbers else Fraction(text)

    def parts_of_rule(self, node: str) -> Iterator[Any]:
        """Yield everything in a node's stage rule."""
        waiting: list[Any] = [self.reference.stage_rule(node)]
        while waiting:
            rule = waiting.pop()
            yield rule
            for name in ("lowest", "highest", "all", "any", "of", "each"):
                below = getattr(rule, name, ())
                waiting.extend(part for part in below if not isinstance(part, str))
            waiting.extend(getattr(rule, "gates", {}).values())
            waiting.extend(getattr(rule, name) for name in ("kth", "lowered") if hasattr(rule, name))

    def confirm(self, blocker: Blocker) -> None:
        """Check that a blocker is true, and all that it is made of."""
        getattr(self, f"_{blocker.kind}")(blocker)
        for part in blocker.parts:
            assert (part.node, part.stage) == (blocker.node, blocker.stage)
            self.confirm(part)

    def _cut(self, blocker: Blocker) -> None:
        assert blocker.stage is not None
        score, cut = self.reference.score(blocker.node, "point"), Fraction(blocker.needed)
        assert score == Fraction(blocker.present)
        cuts = [rule for rule in self.parts_of_rule(blocker.node) if isinstance(rule, Cuts)]
        same = [rule.closed for rule in cuts if rule.cuts.get(blocker.stage.id) == cut]
        assert same or (not cuts and cut == blocker.stage.number)
        assert score < cut or (score == cut and "right" in same)

    def _quorum(self, blocker: Blocker) -> None:
        assert blocker.stage is not None
        shares = []
        for rule in self.parts_of_rule(blocker.node):
            if isinstance(rule, Quorum) and rule.quorum == Fraction(blocker.needed):
                stages = self.reference._child_stages(blocker.node, rule.over, "point")  # noqa: SLF001
                total = sum(weight for _, weight in stages)
                reached = sum(weight for stage, weight in stages if stage >= blocker.stage.number)
                shares.append(Fraction(reached, total) if total else Fraction(0))
        assert Fraction(blocker.present) in shares
        assert Fraction(blocker.present) < Fraction(blocker.needed)

    def _requirement(self, blocker: Blocker) -> None:
        subject = str(blocker.subject)
        if not blocker.present:
            assert not self.reference.known(subject)
            return
        threshold = blocker.needed if blocker.needed in self.rubric.stage_numbers else Fraction(blocker.needed)
        seen = "point" if self.reference.reported(subject) else "low"
        shown, asked = self.reference._compared(subject, threshold, seen)  # type: ignore[arg-type]  # noqa: SLF001
        assert shown == self.number(blocker.present)
        assert shown <= asked

    def _share(self, blocker: Blocker) -> None:
        asked = [rule for rule in self.parts_of_rule(blocker.node) if isinstance(rule, ShareRequirement)]
        assert Fraction(blocker.present) in [self._share_of(rule) for rule in asked]
        assert Fraction(blocker.present) < Fraction(blocker.needed)

    def _share_of(self, rule: ShareRequirement) -> Fraction | None:
        met = {id_: self.reference._positive_atom(id_, rule, "point") for id_ in rule.of}  # noqa: SLF001
        weights = {id_: self.reference._weight(id_) for id_, state in met.items() if state != "gone"}  # noqa: SLF001
        if not weights:
            return None
        return sum((w for id_, w in weights.items() if met[id_] == "met"), Fraction(0)) / sum(weights.values())

    def _evidence(self, blocker: Blocker) -> None:
        grade = [grade.id for grade in self.rubric.evidence_grades].index(str(blocker.subject))
        assert self.reference.evidence_share(blocker.node, grade, "point") == Fraction(blocker.present)
        assert Fraction(blocker.present) < Fraction(blocker.needed)
        kinds = [rule for rule in self.parts_of_rule(blocker.node) if isinstance(rule, EvidenceRequirement)]
        assert any((rule.evidence, rule.share) == (blocker.subject, Fraction(blocker.needed)) for rule in kinds)

    def _flag(self, blocker: Blocker) -> None:
        assert self.reference.raised(str(blocker.subject), "point")

    def _cap(self, blocker: Blocker) -> None:
        assert blocker.stage is not None
        caps = [cap for cap in self.rubric.caps if cap.by == blocker.subject and blocker.node in cap.cap]
        limits = [self.reference._cap_limit(cap, "point") for cap in caps]  # noqa: SLF001
        assert min(limits) < blocker.stage.number
        assert self.number(blocker.present) < self.number(blocker.needed)

    def _stage(self, blocker: Blocker) -> None:
        assert blocker.stage is not None
        subject = str(blocker.subject)
        stage = self.reference.used_stage(subject, "point") or self.reference.used_stage(subject, "low")
        assert stage is not None
        assert stage == self.number(blocker.present)
        assert stage < blocker.stage.number == self.number(blocker.needed)

    def _capped(self, blocker: Blocker) -> None:
        assert blocker.stage is not None
        assert self.reference.ceiling is not None
        ceiling = self.reference.ceiling.stage(blocker.node, "point")
        assert ceiling is not None
        assert ceiling < blocker.stage.number

    def _required(self, blocker: Blocker) -> None:
        assert self.reference.score(blocker.node, "point") is None or self.reference.voided(blocker.node)

    def _coverage(self, blocker: Blocker) -> None:
        assert self.reference.coverage(blocker.node) == Fraction(blocker.present) < Fraction(blocker.needed)

    def _not_applicable(self, blocker: Blocker) -> None:
        if blocker.stage is None:
            assert self.reference.na_share(blocker.node) == Fraction(blocker.present) > Fraction(blocker.needed)
            return
        states = []
        for rule in self.parts_of_rule(blocker.node):
            if not isinstance(rule, Gates) or rule.vacuous == "met":
                continue
            gates = {stage_number(self.rubric, stage): requirement for stage, requirement in rule.gates.items()}
            states += [
                self.reference._requirement(blocker.node, requirement, "point")  # noqa: SLF001
                for stage, requirement in gates.items()
                if stage <= blocker.stage.number
            ]
        assert "gone" in states

    def _any(self, blocker: Blocker) -> None:
        assert blocker.parts

    def _all(self, blocker: Blocker) -> None:
        assert len(blocker.parts) > 1

    def _at_least_n(self, blocker: Blocker) -> None:
        assert blocker.parts
        assert int(blocker.present) < int(blocker.needed) <= int(blocker.present) + len(blocker.parts)


def judged(rubric: Rubric, answers: Given) -> tuple[Scorecard, Judge]:
    reference = evaluate(rubric, answers, measures=MEASURES, aggregators=AGGREGATORS)
    return scored(rubric, answers), Judge(rubric, reference.evaluation)


@given(drawn.cases())
def test_every_blocker_is_true(case: tuple[Rubric, Given]) -> None:
    """Every blocker is true."""
    card, judge = judged(*case)
    for blocker in card.blockers:
        judge.confirm(blocker)


@given(drawn.cases())
def test_whoever_is_not_at_the_top_has_a_blocker(case: tuple[Rubric, Given]) -> None:
    card, judge = judged(*case)
    held = {blocker.node for blocker in card.blockers}
    top = len(case[0].stages)
    for node in card.nodes:
        staged = node.state != "not_applicable" and judge.reference.has_stage(node.id)
        at_the_top = node.stage is not None and node.stage.number == top
        assert (node.id in held) == (staged and not at_the_top), node


@st.composite
def conjunctive(draw: st.DrawFn) -> tuple[Rubric, dict[str, str]]:
    """Draw a rubric all of whose rules ask for everything, and plain answers to it."""
    n = draw(st.integers(2, 5))
    ids = [f"c{number}" for number in range(draw(st.integers(1, 4)))]
    scale = {"type": "choice", "options": [{"id": f"o{s}", "stage": s} for s in range(1, n + 1)]}
    atoms = [{"criterion": id_, "at_least": f"s{s}"} for id_ in ids for s in range(2, n + 1)]
    gates = {f"s{s}": {"all": draw(st.lists(st.sampled_from(atoms), min_size=1, max_size=4))} for s in range(2, n + 1)}
    rubric = Rubric.model_validate(
        {
            "id": "conjunctive",
            "version": "1",
            "title": "Conjunctive",
            "stages": [{"id": f"s{s}", "title": f"S{s}"} for s in range(1, n + 1)],
            "dimensions": [
                {
                    "id": "d",
                    "title": "D",
                    "stage": draw(st.sampled_from([{"gates": gates}, {"lowest": "children"}, {"quorum": 1}])),
                    "criteria": [{"id": id_, "title": id_, "scale": scale} for id_ in ids],
                }
            ],
        }
    )
    return rubric, {id_: f"o{draw(st.integers(1, n))}" for id_ in ids}


@given(conjunctive())
def test_blockers_are_exactly_enough(case: tuple[Rubric, dict[str, str]]) -> None:
    """Where the rule is conjunctive: meeting all blockers of a node and nothing else reaches the next stage.

    Leaving any one out does not. A quorum of everything names no criteria: meeting it means all of them.
    """
    rubric, answers = case
    scorer = Scorer(rubric)
    card = scorer.score(answers)
    blockers = [blocker for blocker in card.blockers if blocker.node == "d"]
    if not blockers or blockers[0].kind == "quorum":
        return
    before = card["d"].stage
    assert before is not None
    needed = {str(blocker.subject): 0 for blocker in blockers}
    for blocker in blockers:
        needed[str(blocker.subject)] = max(needed[str(blocker.subject)], rubric.stage_numbers[blocker.needed])
    met = {id_: f"o{number}" for id_, number in needed.items()}
    after = scorer.score({**answers, **met})["d"].stage
    assert after is not None
    assert after > before
    for left_out in met:
        others = {id_: answer for id_, answer in met.items() if id_ != left_out}
        assert scorer.score({**answers, **others})["d"].stage == before


@given(drawn.cases())
def test_what_would_be_lost_first(case: tuple[Rubric, Given]) -> None:
    """What would be lost first (the smallest drop that costs the stage): that drop costs it, a smaller one does not."""
    rubric, answers = case
    card, judge = judged(rubric, answers)
    stage = card.stage
    for loss in card.first_lost:
        assert stage is not None
        assert loss.falls_to < loss.claimed
        assert loss.stage < stage
        fallen = _with_claim(judge.reference, loss.criterion, Fraction(loss.falls_to).limit_denominator(10**6))
        assert fallen.stage(OVERALL, "point") in {loss.stage.number, None}


def _with_claim(evaluation: Evaluation, criterion: str, claimed: Fraction) -> Evaluation:
    """Return the same evaluation with another claimed value of one criterion."""
    readings = dict(evaluation.readings)
    readings[criterion] = type(readings[criterion])(state="answered", claimed=claimed, grade=readings[criterion].grade)
    ceiling = None if evaluation.ceiling is None else _with_claim(evaluation.ceiling, criterion, claimed)
    return Evaluation(evaluation.rubric, readings, evaluation.marked, evaluation.aggregators, ceiling)


def told(rubric: Rubric, answers: dict[str, Any], node: str) -> list[tuple[str, str, str, str]]:
    card = scored(rubric, answers)
    return [(each.kind, each.needed, each.present, each.text) for each in card.blockers if each.node == node]


def test_what_would_be_lifted_by_what_does_not_apply() -> None:
    weak = staged("b", top=2, allow_not_applicable=True)
    tiny = one(staged("a"), weak, defaults={"stage": {"lowest": "children"}})
    text = "what does not apply cannot lift it: bring what it depends on further"
    assert told(tiny, {"a": "3", "b": REASON}, "d") == [("capped", "3", "2", text)]


def test_a_gate_of_which_nothing_applies() -> None:
    gates = {"gates": {"s2": {"criterion": "a", "at_least": "s2"}, "s3": {"criterion": "b", "at_least": "s3"}}}
    tiny = one(staged("a", allow_not_applicable=True), staged("b"), stage=gates)
    text = "nothing that Stage 2 asks for applies, so nothing supports it"
    assert told(tiny, {"a": REASON, "b": "3"}, "overall") == [("not_applicable", "s2", "", text)]


def test_what_needs_an_answer() -> None:
    voided = one(staged("a"), staged("b"), missing="void")
    text = "answer everything below it: one unknown answer voids it"
    assert told(voided, {"a": "3"}, "d") == [("required", "every answer", "unknown answers", text)]
    required = one(staged("a"), staged("b"), missing="required")
    text = "answer what is unknown below it"
    assert told(required, {"a": "3"}, "d") == [("required", "answers", "unknown", text)]
