"""A session: which question comes next, and what has been answered so far."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeAlias

from humanai_maturity.engine import Scorer
from humanai_maturity.errors import RubricError
from humanai_maturity.model.assessment import Answer, Assessment, NotApplicable, Unknown
from humanai_maturity.model.exact import FrozenMapping
from humanai_maturity.model.rubric import Criterion, Dimension, Fact, Rubric

Given: TypeAlias = Answer | Unknown | NotApplicable


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of a session.

    Attributes:
        question: The criterion or fact.
        part: The title of the dimension that it belongs to; `None` for a fact.
    """

    question: Criterion | Fact
    part: str | None


@dataclass
class Session:
    """Lead through the questions of a rubric, and keep the answers.

    Attributes:
        scorer: Scores the rubric's answers, which tells whether one fits.
        questions: The questions, in the order in which they are put.
        assessment: What has been answered.
        save: Is called with the assessment after every answer.
        place: The number of the next question, counted from 0.
    """

    scorer: Scorer
    questions: tuple[Asked, ...]
    assessment: Assessment
    save: Callable[[Assessment], None]
    place: int = field(init=False)

    def __post_init__(self) -> None:
        """Begin with the first question that has no answer, once those that are there fit the rubric."""
        self.scorer.score(self.assessment)
        answers = self.assessment.answers
        ids = [asked.question.id for asked in self.questions]
        self.place = next((place for place, name in enumerate(ids) if name not in answers), len(ids))

    @property
    def next(self) -> Asked | None:
        """Return the question that comes next; `None` after the last."""
        return self.questions[self.place] if self.place < len(self.questions) else None

    @property
    def settled(self) -> int:
        """Return how many of the questions have been dealt with."""
        return sum(asked.question.id in self.assessment.answers for asked in self.questions)

    def check(self, name: str, given: Given) -> None:
        """Check that an answer fits its question, whatever the others are.

        Raises:
            AnswerError: If it does not.
        """
        self.scorer.score(self._with(FrozenMapping({name: given})))

    def answer(self, given: Given) -> None:
        """Keep an answer to the next question, save everything, and go on.

        Raises:
            AnswerError: If it does not fit.
        """
        name = self.questions[self.place].question.id
        self.check(name, given)
        self.assessment = self._with(FrozenMapping({**self.assessment.answers, name: given}))
        self.save(self.assessment)
        self.place += 1

    def keep(self) -> None:
        """Go on, and leave the answer to the next question as it is."""
        self.place += 1

    def back(self) -> None:
        """Go back to the question before, if there is one."""
        self.place = max(0, self.place - 1)

    def _with(self, answers: FrozenMapping) -> Assessment:
        return self.assessment.model_copy(update={"answers": answers})


def questions_of(rubric: Rubric, *, quick: bool = False) -> tuple[Asked, ...]:
    """Return the questions of a rubric: dimension by dimension, then the facts.

    Args:
        rubric: The rubric.
        quick: Whether only those of its short form are asked.

    Raises:
        RubricError: If it has no short form.

    Example:
        >>> from humanai_maturity.documents.read import parse_rubric
        >>> rubric = parse_rubric('''
        ... {id: r, version: 1, title: R, stages: [{id: low, title: Low}, {id: top, title: Top}],
        ...  dimensions: [{id: d, title: Data, criteria: [
        ...    {id: c, title: C, quick: true, scale: {type: yes_no, yes: top, no: low}},
        ...    {id: e, title: E, scale: {type: yes_no, yes: top, no: low}}]}]}
        ... ''')
        >>> [(asked.question.id, asked.part) for asked in questions_of(rubric, quick=True)]
        [('c', 'Data')]
    """
    found: list[Asked] = []
    part: Dimension | None = None
    for node in rubric.walk():
        if isinstance(node, Criterion):
            found.append(Asked(node, part.title if part is not None else None))
        else:
            part = node
    found += [Asked(fact, None) for fact in rubric.facts]
    if not quick:
        return tuple(found)
    short = tuple(asked for asked in found if asked.question.quick)
    if not short:
        raise RubricError(f"the rubric {rubric.id!r} has no short form: no question of it is marked as `quick`")
    return short
