"""The kit for authors of rubrics and plug-ins. Needs the extra `testing`.

The [Hypothesis](https://hypothesis.readthedocs.io) strategies draw whole rubrics and answers to them, valid by
construction and full of ties: [`rubrics`][humanai_maturity.testing.rubrics],
[`answers`][humanai_maturity.testing.answers], [`rubrics_with_answers`][humanai_maturity.testing.rubrics_with_answers].
"""

from humanai_maturity.errors import MissingExtraError

try:
    import hypothesis as _  # noqa: F401 - asked for here, so that one message names the extra
except ModuleNotFoundError as error:
    raise MissingExtraError("humanai_maturity.testing", "testing") from error

from humanai_maturity.testing.drawn.answers import DAY, answer_to, answers, rubrics_with_answers
from humanai_maturity.testing.drawn.ladders import best_answers, worst_answers
from humanai_maturity.testing.drawn.plugins import AGGREGATORS, MEASURES
from humanai_maturity.testing.drawn.rubrics import rubrics

__all__ = [
    "AGGREGATORS",
    "DAY",
    "MEASURES",
    "answer_to",
    "answers",
    "best_answers",
    "rubrics",
    "rubrics_with_answers",
    "worst_answers",
]
