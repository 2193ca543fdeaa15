"""Running cases: score each as it says, and return what differs from what it expects."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from os import PathLike
from typing import TypeAlias

from humanai_maturity.cases.answering import answered
from humanai_maturity.cases.expectations import case_inconsistencies
from humanai_maturity.catalogue import scorer_of
from humanai_maturity.documents.source import Path, path_text
from humanai_maturity.engine import Scorecard, Scorer
from humanai_maturity.engine.result import Blocker, CriterionResult, NodeResult, StageReached
from humanai_maturity.engine.scoring import PluginAggregator
from humanai_maturity.engine.valuation import Measure
from humanai_maturity.engine.wording import exactly
from humanai_maturity.errors import CaseError, Problem
from humanai_maturity.model.cases import Case, Cases, Expected, ExpectedNumber, ExpectedRow, Policy
from humanai_maturity.model.ranges import resolve_stage, round_exactly
from humanai_maturity.model.rubric import OVERALL, Rubric
from humanai_maturity.model.rules import Rounding

Shown: TypeAlias = str | tuple[str, ...] | None
"""What is expected or found: one thing, several, or nothing."""

_NUMBERS = frozenset({"score", "claimed", "low", "high", "coverage"})
_STAGES = frozenset({"stage", "stage_raw", "stage_low", "stage_high"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One expectation that a result does not meet.

    Attributes:
        node: The criterion, fact or dimension; `overall` for the whole.
        field: What was compared, such as `stage`.
        expected: What the case expects: a stage's id, a number, a state, or several ids; `None` for nothing.
        found: What there is, in the same terms; numbers exactly.
        place: Where in the file of cases the expectation is.
    """

    node: str
    field: str
    expected: Shown
    found: Shown
    place: Path

    @property
    def path(self) -> str:
        """Return where in the file of cases the expectation is, as people write it."""
        return path_text(self.place)

    @property
    def text(self) -> str:
        """Return the difference in words."""
        subject = self.field if self.node == OVERALL else f"{self.node}: {self.field}"
        return f"{subject} is {self._words(self.found)}, expected {self._words(self.expected)}"

    def _words(self, shown: Shown) -> str:
        if shown is None:
            return "none"
        if isinstance(shown, tuple):
            return f"[{', '.join(shown)}]"
        is_exact = self.field in _NUMBERS and "." not in shown
        return exactly(Fraction(shown)) if is_exact else shown


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseResult:
    """What came of one case.

    Attributes:
        id: The id of the case.
        title: What it is about.
        compared: How many expectations were compared.
        differences: Those that the result does not meet.
        card: The result.
    """

    id: str
    title: str | None
    compared: int
    differences: tuple[Difference, ...]
    card: Scorecard

    @property
    def passed(self) -> bool:
        """Return whether the result is as expected."""
        return not self.differences


def run_cases(
    rubric: str | PathLike[str] | Rubric,
    cases: Cases,
    *,
    measures: Mapping[str, Measure] | None = None,
    aggregators: Mapping[str, PluginAggregator] | None = None,
) -> tuple[CaseResult, ...]:
    """Score worked cases, and compare the results with what they expect.

    Args:
        rubric: The rubric: its id, its path, or itself.
        cases: The cases, such as [`load_cases`][humanai_maturity.load_cases] returns.
        measures: Functions that custom scales name; they count before those of plug-ins.
        aggregators: Functions that aggregator rules name; they count before those of plug-ins.

    Raises:
        CaseError: If the cases speak of something that the rubric does not have.
        AnswerError: If an answer does not fit.
        PluginError: If the rubric names a measure or an aggregator that is neither given nor installed.

    Example:
        >>> rubric = Rubric(
        ...     id="r", version="1", title="R", stages=[{"id": "low", "title": "Low"}, {"id": "top", "title": "Top"}],
        ...     dimensions=[{"id": "d", "title": "D", "criteria": [
        ...         {"id": "c", "title": "C", "scale": {"type": "yes_no", "yes": "top", "no": "low"}},
        ...     ]}],
        ... )
        >>> cases = Cases(rubric="r", cases=[{"id": "best", "answers": {"c": True}, "expect": {"stage": "low"}}])
        >>> [(each.field, each.expected, each.found) for each in run_cases(rubric, cases)[0].differences]
        [('stage', 'low', 'top')]
    """
    scorer = scorer_of(rubric, measures=measures, aggregators=aggregators)
    found = case_inconsistencies(cases, scorer.rubric)
    if found:
        problems = [Problem(code=each.code, path=path_text(each.loc), message=each.message) for each in found]
        raise CaseError(f"the cases do not fit the rubric {scorer.rubric.id}", problems)
    scorers: dict[Policy | None, Scorer] = {None: scorer}
    for case in cases.cases:
        if case.policy not in scorers:
            changed = _with_policy(scorer.rubric, case.policy)
            scorers[case.policy] = scorer_of(changed, measures=measures, aggregators=aggregators)
    return tuple(_run(case, place, cases, scorers[case.policy]) for place, case in enumerate(cases.cases))


def _with_policy(rubric: Rubric, policy: Policy | None) -> Rubric:
    changes = {} if policy is None else {field: getattr(policy, field) for field in policy.model_fields_set}
    return rubric.model_copy(update={field: value for field, value in changes.items() if value is not None})


def _run(case: Case, place: int, cases: Cases, scorer: Scorer) -> CaseResult:
    assessment = answered(place, cases, scorer.rubric).assessment
    if case.policy is not None:
        reference = assessment.rubric.model_copy(update={"digest": None})
        assessment = assessment.model_copy(update={"rubric": reference})
    card = scorer.score(assessment)
    comparisons = [*_Comparison(scorer.rubric, card).of_case(case.expect, ("cases", place, "expect"))]
    differences = tuple(each for each in comparisons if each is not None)
    return CaseResult(id=case.id, title=case.title, compared=len(comparisons), differences=differences, card=card)


@dataclass(frozen=True, slots=True)
class _Comparison:
    """Compare what is expected with what a scorecard says; `None` stands for an expectation that is met."""

    rubric: Rubric
    card: Scorecard

    def of_case(self, expected: Expected, place: Path) -> Iterator[Difference | None]:
        yield from self._of_row(OVERALL, expected, place)
        for field, there in (("flags", self._flags()), ("blockers", self._blockers())):
            if (ids := getattr(expected, field)) is not None:
                yield _compared(OVERALL, field, tuple(sorted(set(ids))), there, (*place, field))
        for name, row in expected.nodes.items():
            yield from self._of_row(name, row, (*place, "nodes", name))

    def _of_row(self, name: str, expected: ExpectedRow, place: Path) -> Iterator[Difference | None]:
        row = self.card[name]
        for field in filter(expected.model_fields_set.__contains__, ExpectedRow.model_fields):
            wanted, at = getattr(expected, field), (*place, field)
            if field in _NUMBERS:
                there = getattr(row.exact, field)
                yield None if _same_number(wanted, there) else _differs(name, field, _number(wanted), _text(there), at)
            elif field in _STAGES:
                yield _compared(name, field, self._stage(wanted), _stage_id(getattr(row, field)), at)
            elif field == "reasons":
                yield _compared(name, field, tuple(sorted(set(wanted or ()))), _codes(row), at)
            else:
                yield _compared(name, field, wanted, row.state, at)

    def _stage(self, ref: int | str | None) -> str | None:
        return None if ref is None else self.rubric.stages[resolve_stage(ref, self.rubric) - 1].id

    def _flags(self) -> tuple[str, ...]:
        return tuple(sorted(flag.id for flag in self.card.flags if flag.state == "raised"))

    def _blockers(self) -> tuple[str, ...]:
        named = {each.subject for top in self.card.blockers if top.node == OVERALL for each in _with_parts(top)}
        return tuple(sorted(name for name in named if name is not None))


def _with_parts(blocker: Blocker) -> Iterator[Blocker]:
    yield blocker
    for part in blocker.parts:
        yield from _with_parts(part)


def _compared(name: str, field: str, expected: Shown, found: Shown, place: Path) -> Difference | None:
    return None if expected == found else _differs(name, field, expected, found, place)


def _differs(name: str, field: str, expected: Shown, found: Shown, place: Path) -> Difference:
    return Difference(node=name, field=field, expected=expected, found=found, place=place)


def _same_number(expected: ExpectedNumber | None, found: Fraction | None) -> bool:
    if expected is None or found is None:
        return expected is None and found is None
    if expected.digits is None:
        return expected.value == found
    return expected.value == round_exactly(found, Rounding(digits=expected.digits, mode=expected.mode))


def _number(expected: ExpectedNumber | None) -> str | None:
    if expected is None:
        return None
    text = str(expected.value)
    if expected.digits is None:
        return text
    return f"{float(expected.value):.{expected.digits}f}"


def _text(number: Fraction | None) -> str | None:
    return None if number is None else str(number)


def _stage_id(stage: StageReached | None) -> str | None:
    return None if stage is None else stage.id


def _codes(row: NodeResult | CriterionResult) -> tuple[str, ...]:
    return tuple(sorted({reason.code for reason in row.reasons}))
