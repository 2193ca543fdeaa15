"""Finding the cases of a rubric and checking them against it, answers included."""

from collections.abc import Iterable, Mapping
from os import PathLike
from os.path import isdir
from pathlib import Path as FilePath

from humanai_maturity.cases.answering import answered, own_answers
from humanai_maturity.cases.expectations import case_inconsistencies
from humanai_maturity.catalogue import list_rubrics, scorer_of
from humanai_maturity.documents.answer_places import located_answer
from humanai_maturity.documents.problems import in_order
from humanai_maturity.documents.read import CasesDocument, located, read_cases
from humanai_maturity.engine import Scorer
from humanai_maturity.engine.scoring import PluginAggregator
from humanai_maturity.engine.valuation import Measure
from humanai_maturity.errors import AnswerError, CaseError, Problem
from humanai_maturity.model.cases import Cases
from humanai_maturity.model.checks.known import Inconsistency
from humanai_maturity.model.rubric import Rubric

_RUBRIC = "rubric.yaml"
_SUFFIX = ".rubric.yaml"


def load_cases(
    path: str | PathLike[str],
    rubric: str | PathLike[str] | Rubric,
    *,
    measures: Mapping[str, Measure] | None = None,
    aggregators: Mapping[str, PluginAggregator] | None = None,
) -> Cases:
    """Load the worked cases of a rubric, and check that they fit it.

    Args:
        path: The file, in YAML or JSON.
        rubric: The rubric that the cases are for: its id, its path, or itself.
        measures: Functions that custom scales name; they count before those of plug-ins.
        aggregators: Functions that aggregator rules name; they count before those of plug-ins.

    Raises:
        CaseError: If there is no such file, or the cases do not fit the rubric; all problems at once.
        RubricError: If the rubric cannot be used.
        PluginError: If the rubric names a measure or an aggregator that is neither given nor installed.

    Example:
        >>> load_cases("missing.yaml", "ai-human-cx")
        Traceback (most recent call last):
        humanai_maturity.errors.CaseError: there is no file missing.yaml
    """
    return checked(path, scorer_of(rubric, measures=measures, aggregators=aggregators)).cases


def cases_beside(rubric: str) -> FilePath:
    """Return where a rubric's cases are: `cases.yaml` beside `rubric.yaml`, `X.cases.yaml` beside `X.rubric.yaml`.

    Args:
        rubric: The rubric's id, or its path.

    Example:
        >>> cases_beside("models/iso.rubric.yaml").name, cases_beside("models/rubric.yaml").name
        ('iso.cases.yaml', 'cases.yaml')
    """
    installed = {listed.id: listed.source for listed in list_rubrics()}
    file = FilePath(installed.get(rubric, rubric))
    if isdir(file):  # noqa: PTH112 - unlike pathlib's, this never raises
        file /= _RUBRIC
    stem = file.name.removesuffix(_SUFFIX)
    return file.with_name("cases.yaml" if stem == file.name else f"{stem}.cases.yaml")


def checked(path: str | PathLike[str], scorer: Scorer) -> CasesDocument:
    """Load worked cases together with the document that they stand in, and check them against their rubric.

    Raises:
        CaseError: If there is no such file, or the cases do not fit the rubric; all problems at once.

    Example:
        >>> import humanai_maturity as hm
        >>> checked("missing.yaml", hm.Scorer(hm.load_rubric("ai-human-cx")))
        Traceback (most recent call last):
        humanai_maturity.errors.CaseError: there is no file missing.yaml
    """
    read = read_cases(path)
    found = case_inconsistencies(read.cases, scorer.rubric)
    problems = [located(each, read.parsed) for each in found]
    for place in range(len(read.cases.cases)):
        problems += _unfit_answers(read, place, scorer)
        if not found:
            problems += _unanswered(read, place, scorer.rubric)
    if problems:
        problems = list(in_order(dict.fromkeys(problems)))
        count = f"{len(problems)} problem{'s' * (len(problems) != 1)}"
        raise CaseError(f"{path} does not fit the rubric {scorer.rubric.id}: {count}", problems)
    return read


def _unfit_answers(read: CasesDocument, place: int, scorer: Scorer) -> Iterable[Problem]:
    """Yield what is wrong with a case's own answers; with the reference to the rubric, for each case alike."""
    try:
        scorer.score(own_answers(place, read.cases))
    except AnswerError as error:
        yield from (located_answer(each, read.parsed, ("cases", place)) for each in error.problems)


def _unanswered(read: CasesDocument, place: int, rubric: Rubric) -> Iterable[Problem]:
    """Yield the problem that `others` has no answer to some criteria."""
    names = ", ".join(criterion.id for criterion in answered(place, read.cases, rubric).unanswered)
    if names and read.cases.cases[place].others is not None:
        at = ("cases", place, "others")
        message = f"there is no such answer to {names}: answer them in the case"
        yield located(Inconsistency("no-such-answer", at, message), read.parsed)
