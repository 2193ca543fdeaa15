"""Where rubrics are found: the ones that came along by their id, all others by their path."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import as_file, files
from importlib.resources.abc import Traversable
from os import PathLike
from os.path import exists, isdir  # unlike pathlib's, these never raise
from pathlib import Path

from humanai_maturity.documents.read import RubricDocument, read_assessment, read_document
from humanai_maturity.documents.source import decode
from humanai_maturity.documents.yaml_text import read_yaml
from humanai_maturity.engine import Scorecard
from humanai_maturity.engine import score as score_with
from humanai_maturity.engine.scorer import GivenAnswers
from humanai_maturity.engine.scoring import PluginAggregator
from humanai_maturity.engine.valuation import Measure
from humanai_maturity.errors import MaturityError, RubricNotFoundError, near_miss
from humanai_maturity.model.assessment import Assessment
from humanai_maturity.model.rubric import Rubric

_FILE = "rubric.yaml"
_SUFFIX = ".rubric.yaml"
_PATH_ENDINGS = ("/", "\\", ".yaml", ".yml", ".json")


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedRubric:
    """Tell installed rubrics apart without loading them.

    Attributes:
        id: What `load_rubric` calls it.
        version: Which edition it is.
        title: What people call it.
        source: Where it is.
    """

    id: str
    version: str
    title: str
    source: str


def list_rubrics() -> tuple[ListedRubric, ...]:
    """Return the rubrics that are installed, by their ids.

    Example:
        >>> [rubric.id for rubric in list_rubrics()]
        ['ai-human-cx']
    """
    return tuple(_listed(name, file) for name, file in sorted(_installed().items()))


def load_rubric(rubric: str | PathLike[str] | Rubric) -> Rubric:
    """Load a rubric.

    Args:
        rubric: The id of an installed rubric; or the path of a YAML or JSON file, or of a folder that holds
            `rubric.yaml`. A rubric itself is returned as it is.

    Raises:
        RubricNotFoundError: If there is no such rubric; a near miss is suggested.
        RubricSyntaxError: If it cannot be read, or would silently be misread.
        RubricInvalidError: If it is not a rubric; all problems at once.
        TypeError: If it is none of these, such as a mapping, which `parse_rubric` takes.

    Example:
        >>> load_rubric("ai-human-cx").stages[0].title
        'Foundational'
    """
    return rubric if isinstance(rubric, Rubric) else load_document(rubric).rubric


def load_document(rubric: str | PathLike[str]) -> RubricDocument:
    """Load a rubric as `load_rubric` does, and keep the text that it was read from.

    Example:
        >>> load_document("ai-human-cx").parsed.source.lines[1]
        'id: ai-human-cx'
    """
    _expect_name(rubric)
    installed = _installed() if isinstance(rubric, str) else {}
    if rubric in installed:
        with as_file(installed[str(rubric)]) as file:
            return read_document(file)
    if isinstance(rubric, str) and not _is_path(rubric):
        raise _not_known(rubric, installed)
    return read_document(_file_in(Path(rubric)) if isdir(rubric) else rubric)  # noqa: PTH112


def load_assessment(path: str | PathLike[str], *, rubric: str | None = None) -> Assessment:
    """Load an assessment from a YAML, JSON or CSV file.

    Args:
        path: The file.
        rubric: The id of the rubric that is answered where the file does not say so itself.

    Raises:
        AnswerError: If there is no such file or it is not an assessment; all problems at once.

    Example:
        >>> example = Path(list_rubrics()[0].source).with_name("example.yaml")
        >>> load_assessment(example).scope.unit
        'Returns chat team'
    """
    return read_assessment(path, rubric=rubric)


def score(
    rubric: str | PathLike[str] | Rubric,
    answers: GivenAnswers | Assessment,
    *,
    measures: Mapping[str, Measure] | None = None,
    aggregators: Mapping[str, PluginAggregator] | None = None,
) -> Scorecard:
    """Score one assessment; for many with the same rubric, use [`Scorer`][humanai_maturity.Scorer].

    Args:
        rubric: The rubric, or whatever [`load_rubric`][humanai_maturity.load_rubric] takes.
        answers: An assessment, or a mapping from ids to answers. What is left out is unknown.
        measures: The functions that custom scales name.
        aggregators: The functions that aggregator rules name.

    Raises:
        RubricError: If the rubric is not found, or contradicts itself.
        AnswerError: If any answer does not fit; all problems at once.
        PluginError: If the rubric names a measure or an aggregator that is not given.

    Example:
        >>> card = score("ai-human-cx", {"data.sources": "owned"})
        >>> card["data.sources"].state, card["data"].coverage < 1
        ('answered', True)
    """
    return score_with(load_rubric(rubric), answers, measures=measures, aggregators=aggregators)


def _installed() -> dict[str, Traversable]:
    """Return the files of the rubrics that came along, by id: folders named after it, or `ID.rubric.yaml`."""
    folder = _folder()
    entries = folder.iterdir() if folder.is_dir() else ()
    return {name: file for entry in entries for name, file in _rubrics_at(entry)}


def _folder() -> Traversable:
    """Return where the rubrics are: inside the package or, for an editable installation, in the checkout."""
    inside = files("humanai_maturity") / "rubrics"
    return inside if inside.is_dir() else Path(__file__).parents[2] / "rubrics"


def _rubrics_at(entry: Traversable) -> Iterator[tuple[str, Traversable]]:
    if entry.name.endswith(_SUFFIX):
        yield entry.name.removesuffix(_SUFFIX), entry
    elif (entry / _FILE).is_file():
        yield entry.name, entry / _FILE


def _listed(name: str, file: Traversable) -> ListedRubric:
    """Read only what tells a rubric apart; one that is broken is listed all the same, by its name."""
    try:
        found = read_yaml(decode(file.read_bytes(), str(file))).data
    except MaturityError:
        found = None
    data = found if isinstance(found, Mapping) else {}
    return ListedRubric(
        id=name, version=_text(data.get("version", "?")), title=_text(data.get("title", name)), source=str(file)
    )


def _text(value: object) -> str:
    return str(getattr(value, "text", value))


def _is_path(text: str) -> bool:
    """Return whether a text was meant as a path rather than as an id."""
    return any(ending in text.lower() for ending in _PATH_ENDINGS) or exists(text)  # noqa: PTH110


def _expect_name(rubric: object) -> None:
    if isinstance(rubric, str | PathLike):
        return
    wanted = "a rubric is named by its id or its path"
    if isinstance(rubric, Mapping | bytes):
        raise TypeError(f"{wanted}; for its content write `parse_rubric(...)`, which gives a Rubric to pass on")
    raise TypeError(f"{wanted}, or is a Rubric itself; this is {rubric!r:.60}")


def _file_in(folder: Path) -> Path:
    """Return the rubric's file in a folder."""
    found = [folder / _FILE] if (folder / _FILE).is_file() else sorted(folder.glob(f"*{_SUFFIX}"))
    if len(found) == 1:
        return found[0]
    if not found:
        raise RubricNotFoundError(f"the folder {folder} holds no {_FILE}")
    names = ", ".join(path.name for path in found)
    raise RubricNotFoundError(f"the folder {folder} holds several rubrics: {names}; name one of them")


def _not_known(name: str, installed: Mapping[str, Traversable]) -> RubricNotFoundError:
    hint = near_miss(name, installed)
    guess = f"; did you mean {hint!r}?" if hint else "."
    known = ", ".join(sorted(installed)) or "none"
    return RubricNotFoundError(f"there is no rubric {name!r}{guess} Installed: {known}. A file is named by its path.")
