"""Checks of rubrics: that one is sound, keeps the laws of scoring, and gives what its worked cases expect."""

from collections.abc import Callable
from functools import cache, partial
from os import PathLike
from os.path import isfile
from typing import TypeAlias

from hypothesis import strategies as st

from humanai_maturity.cases.loading import cases_beside, load_cases
from humanai_maturity.cases.running import CaseResult, run_cases
from humanai_maturity.catalogue.catalogue import Catalogue
from humanai_maturity.catalogue.default import default_catalogue
from humanai_maturity.documents.canonical import digest, dump_rubric
from humanai_maturity.documents.read import parse_rubric
from humanai_maturity.errors import MaturityError
from humanai_maturity.lint.answers import stand_ins
from humanai_maturity.lint.check import check
from humanai_maturity.model.cases import Cases
from humanai_maturity.model.extensions import aggregators_of, measures_of
from humanai_maturity.model.rubric import Rubric
from humanai_maturity.testing import laws
from humanai_maturity.testing.checks import Check, expect, run_all
from humanai_maturity.testing.drawn.answers import answers
from humanai_maturity.testing.drawn.changes import better_answers, settled
from humanai_maturity.testing.drawn.ladders import Given
from humanai_maturity.testing.searching import search

GivenRubric: TypeAlias = str | PathLike[str] | Rubric
GivenCases: TypeAlias = str | PathLike[str] | Cases


def check_rubric(rubric: GivenRubric, *, cases: GivenCases | None = None, catalogue: Catalogue | None = None) -> None:
    """Check that a rubric is sound, keeps the laws of scoring, and gives what its worked cases expect.

    It is sound where [`check`][humanai_maturity.check] finds no errors; warnings and notes are left to you. Its
    measures and aggregators have to be found. For the laws, each measure is replaced by one that takes a number of
    the scale's range as it is; what the measures themselves do is for
    [`check_measure`][humanai_maturity.testing.check_measure].

    Args:
        rubric: The rubric, or its id or path.
        cases: Its worked cases, or their path; by default those beside it, where there are any.
        catalogue: Where the rubric, its measures and its aggregators are found; by default what is installed.

    Raises:
        AssertionError: If it does not; all that is wrong, with the smallest answers that show it.

    Example:
        >>> check_rubric(Rubric.model_validate({
        ...     "id": "demo", "version": "1", "title": "Demo",
        ...     "stages": [{"id": "low", "title": "Low"}, {"id": "high", "title": "High"}],
        ...     "dimensions": [{"id": "people", "title": "People", "criteria": [
        ...         {"id": "trained", "title": "Trained", "scale": {"type": "yes_no", "yes": "high", "no": "low"}},
        ...     ]}],
        ... }))
    """
    run_all(rubric_checks(rubric, cases=cases, catalogue=catalogue))


def rubric_checks(
    rubric: GivenRubric, *, cases: GivenCases | None = None, catalogue: Catalogue | None = None
) -> list[Check]:
    """Return the checks of a rubric one by one; the arguments are those of `check_rubric`.

    A rubric that cannot be loaded has one check, which raises what is wrong with it.

    Example:
        >>> [check.name for check in rubric_checks("no-such-rubric")]
        ['no-such-rubric: loads']
    """
    places = catalogue or default_catalogue()
    try:
        loaded = places.load_rubric(rubric)
        tried = _Tried(loaded, places)
    except MaturityError as error:
        return [Check(f"{rubric}: loads", _raiser(error))]
    name = loaded.id
    return [
        Check(f"{name}: loads", tried.loads),
        Check(f"{name}: survives being written", tried.survives),
        Check(f"{name}: is sound", tried.is_sound),
        Check(f"{name}: bounds enclose", tried.bounds_enclose),
        Check(f"{name}: better answers lower nothing", tried.never_lowers),
        Check(f"{name}: answering narrows the bounds", tried.narrows),
        *_case_checks(rubric, loaded, cases, places),
    ]


class _Tried:
    """Score answers to one rubric, with measures that take the number of a custom scale as it is."""

    def __init__(self, rubric: Rubric, catalogue: Catalogue) -> None:
        self._rubric = rubric
        self._catalogue = catalogue
        self._scorer = catalogue.scorer(rubric, measures=stand_ins(rubric))

    def loads(self) -> None:
        self._catalogue.scorer(self._rubric)

    def survives(self) -> None:
        again = parse_rubric(dump_rubric(self._rubric))
        expect(again == self._rubric, "what `dump_rubric` writes is read as another rubric")
        expect(digest(again) == digest(self._rubric), "what `dump_rubric` writes has another digest")

    def is_sound(self) -> None:
        aggregators = {name: self._catalogue.aggregator(name) for name in aggregators_of(self._rubric)}
        found = check(self._rubric, aggregators=aggregators)
        errors = [str(finding) for finding in found if finding.severity == "error"]
        expect(not errors, "\n".join(errors))

    def bounds_enclose(self) -> None:
        search(lambda given: laws.bounds_enclose(self._scored(given)), answers(self._rubric))

    def never_lowers(self) -> None:
        @st.composite
        def changed(draw: st.DrawFn) -> tuple[Given, Given]:
            before = draw(answers(self._rubric))
            return before, draw(better_answers(self._rubric, before))

        search(lambda both: laws.nothing_fell(self._scored(both[0]), self._scored(both[1])), changed())

    def narrows(self) -> None:
        @st.composite
        def changed(draw: st.DrawFn) -> tuple[Given, Given]:
            return draw(settled(self._rubric, draw(answers(self._rubric))))

        search(lambda both: laws.bounds_narrowed(self._scored(both[0]), self._scored(both[1])), changed())

    def _scored(self, given: Given) -> laws.Scored:
        return self._scorer.score(given), given


def _case_checks(given: GivenRubric, rubric: Rubric, cases: GivenCases | None, catalogue: Catalogue) -> list[Check]:
    if cases is None and not isinstance(given, Rubric):
        beside = cases_beside(str(given))
        cases = beside if isfile(beside) else None  # noqa: PTH113 - unlike pathlib's, this never raises
    if cases is None:
        return []
    measures = {name: catalogue.measure(name) for name in measures_of(rubric)}
    aggregators = {name: catalogue.aggregator(name) for name in aggregators_of(rubric)}
    try:
        loaded = (
            cases if isinstance(cases, Cases) else load_cases(cases, rubric, measures=measures, aggregators=aggregators)
        )
    except MaturityError as error:
        return [Check(f"{rubric.id}: cases", _raiser(error))]

    @cache
    def results() -> dict[str, CaseResult]:
        found = run_cases(rubric, loaded, measures=measures, aggregators=aggregators)
        return {result.id: result for result in found}

    def compared(name: str) -> None:
        result = results()[name]
        expect(result.passed, "; ".join(difference.text for difference in result.differences))

    return [Check(f"{rubric.id}: case {case.id}", partial(compared, case.id)) for case in loaded.cases]


def _raiser(error: MaturityError) -> Callable[[], None]:
    def check() -> None:
        raise error

    return check
