"""The kit for authors of rubrics and plug-ins. Needs the extra `testing`.

- [`check_rubric`][humanai_maturity.testing.check_rubric], [`check_measure`][humanai_maturity.testing.check_measure] and
  [`check_aggregator`][humanai_maturity.testing.check_aggregator] check everything there is to check, and raise an
  `AssertionError` that says what is wrong, with the smallest example. `rubric_checks`, `measure_checks` and
  `aggregator_checks` return the same one by one.
- [`each_check_of`][humanai_maturity.testing.each_check_of] turns them into tests of pytest, one for each.
- The [Hypothesis](https://hypothesis.readthedocs.io) strategies draw whole rubrics and answers to them, valid by
  construction and full of ties: [`rubrics`][humanai_maturity.testing.rubrics],
  [`answers`][humanai_maturity.testing.answers],
  [`rubrics_with_answers`][humanai_maturity.testing.rubrics_with_answers] and more.

How long is searched for a counterexample is up to the profile of Hypothesis that is loaded.
"""

from humanai_maturity.errors import MissingExtraError

try:
    import hypothesis as _  # noqa: F401 - asked for here, so that one message names the extra
except ModuleNotFoundError as error:
    raise MissingExtraError("humanai_maturity.testing", "testing") from error

from humanai_maturity.testing.aggregators import aggregator_checks, check_aggregator
from humanai_maturity.testing.checks import Check
from humanai_maturity.testing.drawn.answers import DAY, answer_to, answers, rubrics_with_answers
from humanai_maturity.testing.drawn.changes import better_answers, settled
from humanai_maturity.testing.drawn.ladders import best_answers, worst_answers
from humanai_maturity.testing.drawn.plugins import AGGREGATORS, MEASURES
from humanai_maturity.testing.drawn.rubrics import rubrics
from humanai_maturity.testing.each import each_check_of
from humanai_maturity.testing.measures import check_measure, measure_checks
from humanai_maturity.testing.rubrics import check_rubric, rubric_checks

__all__ = [
    "AGGREGATORS",
    "DAY",
    "MEASURES",
    "Check",
    "aggregator_checks",
    "answer_to",
    "answers",
    "best_answers",
    "better_answers",
    "check_aggregator",
    "check_measure",
    "check_rubric",
    "each_check_of",
    "measure_checks",
    "rubric_checks",
    "rubrics",
    "rubrics_with_answers",
    "settled",
    "worst_answers",
]
