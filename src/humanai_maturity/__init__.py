"""Score maturity models that are written as data: exactly, with honest bounds, and with the reason for every stage.

Start here:

- [`load_rubric`][humanai_maturity.load_rubric] gives a rubric by its id or path,
  [`list_rubrics`][humanai_maturity.list_rubrics] says which are installed,
  [`parse_rubric`][humanai_maturity.parse_rubric] reads one from a text.
- [`score`][humanai_maturity.score] makes a [`Scorecard`][humanai_maturity.Scorecard] of a rubric and answers;
  [`Scorer`][humanai_maturity.Scorer] compiles a rubric once, to score many assessments.
- A scorecard holds the profile (`dimensions`), the `stage` of the whole with its bounds, `flags`, `blockers` and what
  would be lost first; `explain()` says it in words, `model_dump_json()` as data.
- [`load_assessment`][humanai_maturity.load_assessment] reads answers with what they rest on. In Python, they are
  [`Answer`][humanai_maturity.Answer], [`Unknown`][humanai_maturity.Unknown] and
  [`NotApplicable`][humanai_maturity.NotApplicable].
- [`diff_rubrics`][humanai_maturity.diff_rubrics] says what has changed between two versions of a rubric.
- [`load_cases`][humanai_maturity.load_cases] and [`run_cases`][humanai_maturity.run_cases] compare a rubric's results
  with those that it was built to give.
- Everything that is raised on purpose is a [`MaturityError`][humanai_maturity.MaturityError].

What a name in `__all__` takes and returns is public. So are the types and the fields of errors; their wording is not.
Importing the package loads nothing else: each name brings its module along when it is first used.

Example:
    >>> import humanai_maturity as hm
    >>> card = hm.score("ai-human-cx", {"data.sources": "owned"})
    >>> card["data.sources"].state, card["data"].coverage < 1
    ('answered', True)
"""

import sys
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    "advice.advised": "AdvisedStep StepEffect TeamAdvice",
