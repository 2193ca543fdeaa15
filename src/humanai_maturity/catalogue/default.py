"""What is found without a catalogue of one's own: what comes with the library, and plug-ins."""

from collections.abc import Mapping
from functools import cache
from os import PathLike

from humanai_maturity.catalogue.catalogue import Catalogue
from humanai_maturity.catalogue.entry_points import Plugin
from humanai_maturity.catalogue.sources import ListedRubric
from humanai_maturity.documents.read import RubricDocument, read_assessment
from humanai_maturity.engine import Scorecard, Scorer
from humanai_maturity.engine.scorer import GivenAnswers
from humanai_maturity.model.assessment import Assessment
from humanai_maturity.model.extensions import AggregatorFunction, MeasureFunction
from humanai_maturity.model.rubric import Rubric


@cache
def default_catalogue() -> Catalogue:
    """Return the catalogue in which the functions of this module look, with plug-ins as they were at its first use.

    Nobody else should register anything in it: make a `Catalogue` of your own.
    """
    return Catalogue()


def list_rubrics() -> tuple[ListedRubric, ...]:
    """Return the rubrics that are installed, by their ids.

    Example:
        >>> [rubric.id for rubric in list_rubrics()]
        ['ai-human-cx']
    """
    return default_catalogue().list_rubrics()


def list_plugins(*, load: bool = False) -> tuple[Plugin, ...]:
    """Return the plug-ins that are installed: what distributions bring by their entry points.

    Args:
        load: Whether to load them, which runs their code and tells which ones work. Without it, nothing is imported.

    Example:
        >>> [plugin.name for plugin in list_plugins() if plugin.status == "broken"]
        []
    """
    return default_catalogue().list_plugins(load=load)


def load_rubric(rubric: str | PathLike[str] | Rubric) -> Rubric:
    """Load a rubric.

    Args:
        rubric: The id of an installed rubric; or the path of a YAML or JSON file, or of a folder that holds
            `rubric.yaml`. A rubric itself is returned as it is.

    Raises:
        RubricNotFoundError: If there is no such rubric; a near miss is suggested.
        RubricSyntaxError: If it cannot be read, or would silently be misread.
        RubricInvalidError: If it is not a rubric; all problems at once.
        PluginError: If the plug-in that brings it is broken, or several bring one of this id.
        TypeError: If it is none of these, such as a mapping, which `parse_rubric` takes.

    Example:
        >>> load_rubric("ai-human-cx").stages[0].title
        'Foundational'
    """
    return default_catalogue().load_rubric(rubric)


def load_document(rubric: str | PathLike[str]) -> RubricDocument:
    """Load a rubric as `load_rubric` does, and keep the text that it was read from.

    Example:
        >>> load_document("ai-human-cx").parsed.source.lines[1]
        'id: ai-human-cx'
    """
    return default_catalogue().load_document(rubric)


def scorer_of(
    rubric: str | PathLike[str] | Rubric,
    *,
    measures: Mapping[str, MeasureFunction] | None = None,
    aggregators: Mapping[str, AggregatorFunction] | None = None,
) -> Scorer:
    """Compile a rubric once, with the measures and aggregators of plug-ins that it names.

    Example:
        >>> scorer_of("ai-human-cx").rubric.id
        'ai-human-cx'
    """
    return default_catalogue().scorer(rubric, measures=measures, aggregators=aggregators)


def load_assessment(path: str | PathLike[str], *, rubric: str | None = None) -> Assessment:
    """Load an assessment from a YAML, JSON or CSV file.

    Args:
        path: The file.
        rubric: The id of the rubric that is answered where the file does not say so itself.

    Raises:
        AnswerError: If there is no such file or it is not an assessment; all problems at once.

    Example:
        >>> from pathlib import Path
        >>> example = Path(list_rubrics()[0].source).with_name("example.yaml")
        >>> load_assessment(example).scope.unit
        'Returns chat team'
    """
    return read_assessment(path, rubric=rubric)


def score(
    rubric: str | PathLike[str] | Rubric,
    answers: GivenAnswers | Assessment,
    *,
    measures: Mapping[str, MeasureFunction] | None = None,
    aggregators: Mapping[str, AggregatorFunction] | None = None,
) -> Scorecard:
    """Score one assessment; for many with the same rubric, use [`Scorer`][humanai_maturity.Scorer].

    Args:
        rubric: The rubric, or whatever [`load_rubric`][humanai_maturity.load_rubric] takes.
        answers: An assessment, or a mapping from ids to answers. What is left out is unknown.
        measures: Functions that custom scales name; they count before those of plug-ins.
        aggregators: Functions that aggregator rules name; they count before those of plug-ins. A stage may only rest on
            one that is declared [monotone][humanai_maturity.Aggregator].

    Raises:
        RubricError: If the rubric is not found, or cannot be scored.
        AnswerError: If any answer does not fit; all problems at once.
        PluginError: If the rubric names a measure or an aggregator that is neither given nor installed, or broken.

    Example:
        >>> card = score("ai-human-cx", {"data.sources": "owned"})
        >>> card["data.sources"].state, card["data"].coverage < 1
        ('answered', True)
    """
    return default_catalogue().score(rubric, answers, measures=measures, aggregators=aggregators)
