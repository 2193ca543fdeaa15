"""The strategies of `humanai_maturity.testing`, and the parts that they are made of, by short names."""

from humanai_maturity.model.ranges import leaves
from humanai_maturity.testing.drawn.answers import DAY, answer_to
from humanai_maturity.testing.drawn.answers import answers as answers_for
from humanai_maturity.testing.drawn.answers import rubrics_with_answers as cases
from humanai_maturity.testing.drawn.changes import better_answers, settled
from humanai_maturity.testing.drawn.ladders import (
    Given,
    Question,
    best_answer,
    best_answers,
    criteria,
    dimensions,
    ladder,
    questions,
    steps,
    worst_answer,
    worst_answers,
)
from humanai_maturity.testing.drawn.plugins import AGGREGATORS, MEASURES, level, midrange
from humanai_maturity.testing.drawn.rubrics import rubrics

__all__ = [
    "AGGREGATORS",
    "DAY",
    "MEASURES",
    "Given",
    "Question",
    "answer_to",
    "answers_for",
    "best_answer",
    "best_answers",
    "better_answers",
    "cases",
    "criteria",
    "dimensions",
    "ladder",
    "leaves",
    "level",
    "midrange",
    "questions",
    "rubrics",
    "settled",
    "steps",
    "worst_answer",
    "worst_answers",
]
