"""Whether two answers to a question ever give different results: a witness, a proof that they never do, or neither.

All results are compared: scores and stages of nodes, flags, and the criteria that the question holds down. Everything
is taken to be answered.
"""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import product
from math import prod

from humanai_maturity.engine import Scorecard
from humanai_maturity.lint.answers import Level, Question, is_listed
from humanai_maturity.lint.implication import thresholds
from humanai_maturity.lint.study import Study, node_id
from humanai_maturity.model.assessment import Answer
from humanai_maturity.model.checks.known import Node
from humanai_maturity.model.ranges import leaves, score_rule_of
from humanai_maturity.model.rubric import Fact
from humanai_maturity.model.rules import CriterionRequirement, EvidenceRequirement, Quorum

_MOST_TRIALS = 256


def never_tell_apart(question: Question, worse: Level, better: Level, study: Study) -> bool:
    """Return whether it is proven that two answers to a question always come to the same."""
    if isinstance(question, Fact):
        return question.id not in study.held_by and not _is_between(question, worse, better, study)
    if study.is_spent() or any(_differ(question, worse, better, base, study) for base in _bases(question, study)):
        return False
    if study.is_spent():
        return False
    rest = _context(question, study)
    if rest is None:
        return False
    choices, names = [_choices(each, study) for each in rest], [each.id for each in rest]
    if not study.spend(2 * prod(map(len, choices))):
        return False
    answers = ({**study.best_answers, **dict(zip(names, given, strict=True))} for given in product(*choices))
    return not any(_differ(question, worse, better, each, study) for each in answers)


def _is_between(fact: Fact, worse: Level, better: Level, study: Study) -> bool:
    """Return whether any rule could tell two answers to a fact apart, by what it compares the fact with."""
    if any(fact.id == cap.by for cap in study.rubric.caps):
        return True
    compared = [atom for _, _, atom in study.atoms] + [atom for _, atom in study.triggers]
    for atom in compared:
        if isinstance(atom, CriterionRequirement) and atom.criterion == fact.id:
            for key, threshold in thresholds(atom):
                bound = threshold if isinstance(threshold, Fraction) else study.rubric.stage_numbers[threshold]
                inside = (
                    worse.worth < bound <= better.worth
                    if key in {"at_least", "below"}
                    else worse.worth <= bound < better.worth
                )
                if inside:
                    return True
    return False


def _differ(question: Question, worse: Level, better: Level, base: Mapping[str, Answer], study: Study) -> bool:
    one, other = (study.score({**base, question.id: level.answer}) for level in (better, worse))
    if study.outcome(one) != study.outcome(other):
        return True
    return question.id in study.held_by and _supported(one, question) != _supported(other, question)


def _supported(card: Scorecard, question: Question) -> list[Fraction | None]:
    """Return what all other criteria are worth, some of which the question may hold down."""
    return [row.exact.score for row in card.criteria if row.id != question.id]


def _bases(question: Question, study: Study) -> Iterator[Mapping[str, Answer]]:
    """Yield answers to everything else under which a difference would show, the likeliest first, while effort lasts."""
    siblings = _siblings(question, study)
    best, worst = study.best_answers, study.worst_answers
    halves = [{**best, **{name: worst[name] for name in siblings[part::2]}} for part in (0, 1) if len(siblings) > 1]
    mixed = [{**best, **{name: worst[name] for name in siblings}}, {**worst, **{name: best[name] for name in siblings}}]
    for base in (best, worst, study.middling_answers, *mixed, *halves):
        if not study.spend(2):
            return
        yield base


def _siblings(question: Question, study: Study) -> list[str]:
    return [leaf.id for leaf in leaves(study.parents[question.id]) if leaf is not question]


def _choices(question: Question, study: Study) -> list[Answer]:
    return [level.answer for grade in study.grades for level in study.levels(question.id, grade)]


def _context(question: Question, study: Study) -> list[Question] | None:
    """Return the other questions that can matter for whether two answers differ, if trying all their answers is proof.

    That is all of them where they are few; else those in the same dimension, where nothing else sees into it.
    """
    everything = [other for other in study.questions.values() if other is not question]
    if _can_be_tried(everything, study):
        return everything
    parent = study.parents[question.id]
    if not _is_closed(question, parent, study):
        return None
    inside: list[Question] = [leaf for leaf in leaves(parent) if leaf is not question]
    return inside if _can_be_tried(inside, study) else None


def _can_be_tried(questions: Sequence[Question], study: Study) -> bool:
    trials = 1
    for question in questions:
        trials *= len(_choices(question, study)) if is_listed(question) else _MOST_TRIALS + 1
        if trials > _MOST_TRIALS:
            return False
    return True


def _is_closed(question: Question, parent: Node, study: Study) -> bool:
    """Return whether a question can only matter through its dimension, and only its siblings matter for that."""
    inside = {leaf.id for leaf in leaves(parent)} | {child.id for child in parent.children}
    evidence = any(isinstance(atom, EvidenceRequirement) for _, _, atom in study.atoms)
    if question.id in study.read or evidence or any(_looks_deep(node, study) for _, node in study.known.nodes):
        return False
    limited = [leaf for leaf in leaves(parent) if leaf.prerequisites or leaf.counter]
    flagged = {name for flag in study.rubric.flags for name in flag.caps}
    capped = {name for cap in study.rubric.caps for name in cap.cap}
    inside.add(node_id(parent))
    gated = any(node_id(owner) in inside for _, owner, _ in study.requirements)
    return not (limited or gated or inside & (flagged | capped))


def _looks_deep(node: Node, study: Study) -> bool:
    """Return whether a node counts criteria that are not its own children."""
    quorums = (rule for rule in study.rules_of.get(node_id(node), ()) if isinstance(rule, Quorum))
    return any(rule.over == "leaves" for rule in quorums) or score_rule_of(node, study.rubric).over == "leaves"
