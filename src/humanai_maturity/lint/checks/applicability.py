"""Does it help or cost anything to say that something does not apply?"""

from collections.abc import Iterator, Mapping
from typing import TypeAlias

from humanai_maturity.documents.source import Path
from humanai_maturity.lint.finding import Findings, Found
from humanai_maturity.lint.study import Study
from humanai_maturity.model.assessment import Answer, NotApplicable
from humanai_maturity.model.ranges import leaves
from humanai_maturity.model.rubric import Dimension

_GONE = NotApplicable(not_applicable="To see what follows.")

_Shift: TypeAlias = tuple[str, int, int]
"""A node, its stage where something does not apply, and its stage where that has the best answer."""


def check_applicability(study: Study) -> Findings:
    """Find what raises a stage, or costs one, by not being applicable."""
    for name, below in _optional(study):
        if not study.spend(4):
            return
        loc = (*study.places[name], "allow_not_applicable")
        shifts = [*_shifts(study, study.best_answers, name, below)]
        yield from _lifted([*shifts, *_shifts(study, study.middling_answers, name, below)], loc, study)
        yield from _lowered(shifts, loc, study)


def _optional(study: Study) -> Iterator[tuple[str, list[str]]]:
    """Yield what may be not applicable, each with the questions that then have no answer."""
    yield from ((name, [name]) for name, question in study.questions.items() if question.allow_not_applicable)
    for _, part in study.known.parts:
        if isinstance(part, Dimension) and part.allow_not_applicable:
            yield part.id, [leaf.id for leaf in leaves(part)]


def _shifts(study: Study, base: Mapping[str, Answer], name: str, below: list[str]) -> Iterator[_Shift]:
    """Yield the nodes whose stage is another where something does not apply than where it has the best answer."""
    there = study.score({**base, **{each: study.best_answers[each] for each in below}})
    gone = study.score({**{each: answer for each, answer in base.items() if each not in below}, name: _GONE})
    for before, after in zip(there.nodes, gone.nodes, strict=True):
        if before.stage is not None and after.stage is not None and before.stage != after.stage:
            yield before.id, after.stage.number, before.stage.number


def _lifted(shifts: list[_Shift], loc: Path, study: Study) -> Findings:
    for node, gone, there in [shift for shift in shifts if shift[1] > shift[2]][:1]:
        message = f"where this does not apply, {node!r} stands at {_stage(gone, study)}; "
        message += f"with the best answer to it, only at {_stage(there, study)}"
        fix = "leave out `not_applicable_may_lift`, or `allow_not_applicable` here"
        yield Found("not-applicable-lifts", loc, message, fix)


def _lowered(shifts: list[_Shift], loc: Path, study: Study) -> Findings:
    for node, gone, there in [shift for shift in shifts if shift[1] < shift[2]][:1]:
        message = f"with the best answers to all else, {node!r} stands at {_stage(gone, study)} where this does not "
        message += f"apply, and at {_stage(there, study)} where it does"
        fix = "score by a mean, or by a sum that is normalised above; or leave out `allow_not_applicable` here"
        yield Found("not-applicable-costs", loc, message, fix)


def _stage(number: int, study: Study) -> str:
    return repr(study.rubric.stages[number - 1].id)
