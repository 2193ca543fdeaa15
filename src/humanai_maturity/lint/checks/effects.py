"""Does everything that can be answered or set change some result?"""

from itertools import pairwise

from humanai_maturity.documents.source import Path
from humanai_maturity.lint.answers import Question
from humanai_maturity.lint.finding import Findings, Found
from humanai_maturity.lint.study import Study
from humanai_maturity.lint.telling import never_tell_apart
from humanai_maturity.model.rubric import Fact
from humanai_maturity.model.rules import EvidenceRequirement
from humanai_maturity.model.scales import ChecklistScale, ChoiceScale


def check_effects(study: Study) -> Findings:
    """Find questions, options, items and evidence grades that make no difference."""
    for loc, question in study.known.questions:
        if isinstance(question, Fact) and question.id not in study.read:
            message = "no gate, flag, cap, prerequisite or counter-metric reads this, so no answer changes anything"
            fix = "make it a criterion, let a rule read it, or delete it"
            yield Found("never-read", loc, message, fix)
        else:
            yield from _check_question(question, loc, study)
    for loc, _, scale in study.scales:
        if isinstance(scale, ChecklistScale):
            yield from _check_items(scale, loc)
    yield from _check_grades(study)


def _check_question(question: Question, loc: Path, study: Study) -> Findings:
    worst, best = study.levels(question.id, study.grades[0])[0], study.levels(question.id, study.grades[-1])[-1]
    if never_tell_apart(question, worst, best, study):
        message = "no answer to this changes any score, stage or flag, whatever the other answers are"
        fix = "choose a score rule in which it counts, or delete it"
        yield Found("criterion-never-matters", loc, message, fix)
    else:
        yield from _check_options(question, loc, study)


def _check_options(question: Question, loc: Path, study: Study) -> Findings:
    """Find neighbouring options of different worth between which no result changes."""
    if not isinstance(question.scale, ChoiceScale):
        return
    places = {option.id: place for place, option in enumerate(question.scale.options)}
    for low, high in pairwise(study.levels(question.id, study.grades[-1])):
        names = [level.answer.values.get("choice", level.answer.value) for level in (low, high)]
        if not all(isinstance(name, str) and name in places for name in names):
            continue
        on_all_grades = [
            [level for level in study.levels(question.id, grade) if level.worth in {low.worth, high.worth}]
            for grade in reversed(study.grades)
        ]
        if all(never_tell_apart(question, one, other, study) for one, other in on_all_grades):
            message = f"no result changes between {names[0]!r} and this, whatever the other answers are"
            fix = "let a rule tell them apart, or make them one option"
            yield Found("option-never-matters", (*loc, "scale", "options", places[str(names[1])]), message, fix)


def _check_items(scale: ChecklistScale, loc: Path) -> Findings:
    for place, item in enumerate(scale.items):
        if item.points == 0:
            message = "this is worth nothing, so ticking it changes nothing"
            yield Found("item-never-matters", (*loc, "items", place), message, "give it points, or delete it")


def _check_grades(study: Study) -> Findings:
    """Find grades that support no more than the one before, where no gate asks for them by name either."""
    grades = study.rubric.evidence_grades
    numbers = [study.known.stage_number(grade.supports) for grade in grades]
    asked = {atom.evidence for _, _, atom in study.atoms if isinstance(atom, EvidenceRequirement)}
    for place, (weaker, stronger) in enumerate(pairwise(grades), 1):
        if numbers[place] == numbers[place - 1] and stronger.id not in asked:
            message = f"this supports as much as {weaker.id!r} does, and no gate asks for it"
            fix = "let it support more, ask for it in a gate, or make them one grade"
            yield Found("grade-never-matters", ("evidence_grades", place), message, fix)
