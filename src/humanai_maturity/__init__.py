"""Score maturity models that are written as data: exactly, with honest bounds, and with the reason for every stage.

Start here:

- [`load_rubric`][humanai_maturity.load_rubric] gives a rubric by its id or path,
  [`list_rubrics`][humanai_maturity.list_rubrics] says which are installed,
  [`parse_rubric`][humanai_maturity.parse_rubric] reads one from a text.
- [`score`][humanai_maturity.score] makes a [`Scorecard`][humanai_maturity.Scorecard] of a rubric and answers;
  [`Scorer`][humanai_maturity.Scorer] compiles a rubric once, to score many assessments.
- A scorecard holds the profile (`dimensions`), the `stage` of the whole with its bounds, `flags`, `blockers` and what
  would be lost first; `explain()` says it in words, `model_dump_json()` as data.
- [`frames`][humanai_maturity.frames] scores whole tables, in the data frame that they are in.
- [`report`][humanai_maturity.report] makes a page, Markdown, a workbook or a chart of one.
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
    from humanai_maturity import frames as frames
    from humanai_maturity import report as report
    from humanai_maturity.advice.advised import AdvisedStep, StepEffect, TeamAdvice
    from humanai_maturity.cases.loading import load_cases
    from humanai_maturity.cases.running import CaseResult, Difference, run_cases
    from humanai_maturity.catalogue import (
        ListedRubric,
        list_plugins,
        list_rubrics,
        load_assessment,
        load_rubric,
        score,
    )
    from humanai_maturity.catalogue.catalogue import Catalogue
    from humanai_maturity.catalogue.entry_points import Plugin
    from humanai_maturity.documents.canonical import digest, dump_assessment, dump_rubric
    from humanai_maturity.documents.read import parse_assessment, parse_rubric
    from humanai_maturity.documents.schema import assessment_schema, cases_schema, rubric_schema
    from humanai_maturity.engine.result import (
        Blocker,
        CriterionResult,
        Exact,
        FlagResult,
        Loss,
        NodeResult,
        PolicyUsed,
        Reason,
        Row,
        RubricUsed,
        ScorecardData,
        StageReached,
    )
    from humanai_maturity.engine.scorecard import Scorecard
    from humanai_maturity.engine.scorer import Scorer
    from humanai_maturity.errors import (
        AnswerError,
        CaseError,
        MaturityError,
        MissingExtraError,
        PluginError,
        Problem,
        RubricError,
        RubricInvalidError,
        RubricNotFoundError,
        RubricSyntaxError,
    )
    from humanai_maturity.evolve.changes import Change, ComparedRubric, RubricDiff
    from humanai_maturity.evolve.comparison import diff_rubrics
    from humanai_maturity.lint.check import check
    from humanai_maturity.lint.finding import Finding
    from humanai_maturity.model.assessment import Answer, Assessment, NotApplicable, RubricRef, Scope, Unknown
    from humanai_maturity.model.cases import Case, Cases, Expected, ExpectedNumber, ExpectedRow, Others, Policy
    from humanai_maturity.model.extensions import Aggregator, Measure, aggregator, measure
    from humanai_maturity.model.guidance import Basis, NextStep, Ratio, Role, Source, Team, TeamRole
    from humanai_maturity.model.rubric import (
        Adaptation,
        Cap,
        Counter,
        Criterion,
        Defaults,
        Dimension,
        Display,
        EvidenceGrade,
        Fact,
        Flag,
        Prerequisite,
        Rubric,
        Silence,
        Stage,
    )
    from humanai_maturity.model.rules import (
        Aggregate,
        All,
        AnyOf,
        AtLeastN,
        Clip,
        CriterionRequirement,
        Cuts,
        DimensionRequirement,
        EvidenceRequirement,
        FlagAbsent,
        Gates,
        Highest,
        Kth,
        KthOf,
        Lowered,
        LowerMedian,
        Lowest,
        Maximum,
        Mean,
        MeanMin,
        Minimum,
        Onto,
        PowerMean,
        Quantile,
        Quorum,
        Rounding,
        ShareRequirement,
        Sum,
    )
    from humanai_maturity.model.scales import (
        ChecklistScale,
        ChoiceScale,
        CustomScale,
        Item,
        MetricRange,
        MetricScale,
        Option,
        YesNoScale,
    )

__version__: str
"""The version of the library."""

__all__ = [
    "Adaptation",
    "AdvisedStep",
    "Aggregate",
    "Aggregator",
    "All",
    "Answer",
    "AnswerError",
    "AnyOf",
    "Assessment",
    "AtLeastN",
    "Basis",
    "Blocker",
    "Cap",
    "Case",
    "CaseError",
    "CaseResult",
    "Cases",
    "Catalogue",
    "Change",
    "ChecklistScale",
    "ChoiceScale",
    "Clip",
    "ComparedRubric",
    "Counter",
    "Criterion",
    "CriterionRequirement",
    "CriterionResult",
    "CustomScale",
    "Cuts",
    "Defaults",
    "Difference",
    "Dimension",
    "DimensionRequirement",
    "Display",
    "EvidenceGrade",
    "EvidenceRequirement",
    "Exact",
    "Expected",
    "ExpectedNumber",
    "ExpectedRow",
    "Fact",
    "Finding",
    "Flag",
    "FlagAbsent",
    "FlagResult",
    "Gates",
    "Highest",
    "Item",
    "Kth",
    "KthOf",
    "ListedRubric",
    "Loss",
    "LowerMedian",
    "Lowered",
    "Lowest",
    "MaturityError",
    "Maximum",
    "Mean",
    "MeanMin",
    "Measure",
    "MetricRange",
    "MetricScale",
    "Minimum",
    "MissingExtraError",
    "NextStep",
    "NodeResult",
    "NotApplicable",
    "Onto",
    "Option",
    "Others",
    "Plugin",
    "PluginError",
    "Policy",
    "PolicyUsed",
    "PowerMean",
    "Prerequisite",
    "Problem",
    "Quantile",
    "Quorum",
    "Ratio",
    "Reason",
    "Role",
    "Rounding",
    "Row",
    "Rubric",
    "RubricDiff",
    "RubricError",
    "RubricInvalidError",
    "RubricNotFoundError",
    "RubricRef",
    "RubricSyntaxError",
    "RubricUsed",
    "Scope",
    "Scorecard",
    "ScorecardData",
    "Scorer",
    "ShareRequirement",
    "Silence",
    "Source",
    "Stage",
    "StageReached",
    "StepEffect",
    "Sum",
    "Team",
    "TeamAdvice",
    "TeamRole",
    "Unknown",
    "YesNoScale",
    "aggregator",
    "assessment_schema",
    "cases_schema",
    "check",
    "diff_rubrics",
    "digest",
    "dump_assessment",
    "dump_rubric",
    "list_plugins",
    "list_rubrics",
    "load_assessment",
    "load_cases",
    "load_rubric",
    "measure",
    "parse_assessment",
    "parse_rubric",
    "rubric_schema",
    "run_cases",
    "score",
]

_NAMES_IN = {
    "advice.advised": "AdvisedStep StepEffect TeamAdvice",
    "cases.loading": "load_cases",
    "cases.running": "CaseResult Difference run_cases",
    "catalogue": "ListedRubric list_plugins list_rubrics load_assessment load_rubric score",
    "catalogue.catalogue": "Catalogue",
    "catalogue.entry_points": "Plugin",
    "documents.canonical": "digest dump_assessment dump_rubric",
    "documents.read": "parse_assessment parse_rubric",
    "documents.schema": "assessment_schema cases_schema rubric_schema",
    "engine.result": (
        "Blocker CriterionResult Exact FlagResult Loss NodeResult PolicyUsed Reason Row RubricUsed "
        "ScorecardData StageReached"
    ),
    "engine.scorecard": "Scorecard",
    "engine.scorer": "Scorer",
    "errors": (
        "AnswerError CaseError MaturityError MissingExtraError PluginError Problem RubricError RubricInvalidError "
        "RubricNotFoundError RubricSyntaxError"
    ),
    "evolve.changes": "Change ComparedRubric RubricDiff",
    "evolve.comparison": "diff_rubrics",
    "lint.check": "check",
    "lint.finding": "Finding",
    "model.assessment": "Answer Assessment NotApplicable RubricRef Scope Unknown",
    "model.guidance": "Basis NextStep Ratio Role Source Team TeamRole",
    "model.cases": "Case Cases Expected ExpectedNumber ExpectedRow Others Policy",
    "model.extensions": "Aggregator Measure aggregator measure",
    "model.rubric": (
        "Adaptation Cap Counter Criterion Defaults Dimension Display EvidenceGrade Fact Flag Prerequisite Rubric "
        "Silence Stage"
    ),
    "model.rules": (
        "Aggregate All AnyOf AtLeastN Clip CriterionRequirement Cuts DimensionRequirement EvidenceRequirement "
        "FlagAbsent Gates Highest Kth KthOf Lowered Lowest LowerMedian Maximum Mean MeanMin Minimum Onto PowerMean "
        "Quantile Quorum Rounding ShareRequirement Sum"
    ),
    "model.scales": "ChecklistScale ChoiceScale CustomScale Item MetricRange MetricScale Option YesNoScale",
}
_ROOMS = ("frames", "report")
"""What is public as a module of its own."""
_HOMES = {name: module for module, names in _NAMES_IN.items() for name in names.split()}

if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        """Bring the module along in which a public name is at home."""
        if name == "__version__":
            value = import_module("importlib.metadata").version("humanai-maturity")
        elif name in _ROOMS:
            value = import_module(f"{__name__}.{name}")
        elif name in _HOMES:
            value = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
        else:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}", name=name, obj=sys.modules[__name__])
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    """Return the public names."""
    return [*__all__, *_ROOMS, "__version__"]
