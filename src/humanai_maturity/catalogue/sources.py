"""Where one rubric comes from: a file in a folder, a package or an archive, or an object in memory."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import as_file
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TypeAlias

from humanai_maturity.documents.overlay import BaseOf
from humanai_maturity.documents.read import UNWRITTEN, RubricDocument, check_rubric, read_document
from humanai_maturity.documents.source import LIMITS, decode
from humanai_maturity.documents.yaml_text import read_yaml
from humanai_maturity.errors import MaturityError, RubricError, RubricNotFoundError
from humanai_maturity.model.exact import is_id
from humanai_maturity.model.rubric import Rubric

Bases: TypeAlias = Callable[[Path], BaseOf]
"""Returns what finds the rubrics that an overlay in a file extends."""

_FILE = "rubric.yaml"
_SUFFIX = ".rubric.yaml"
_MOST_OVERLAYS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedRubric:
    """Tell rubrics apart without loading them.

    Attributes:
        id: What `load_rubric` calls it.
        version: Which edition it is.
        title: What people call it.
        source: Where it is.
        distribution: The distribution whose plug-in brings it, with its version.
    """

    id: str
    version: str
    title: str
    source: str
    distribution: str | None = None


@dataclass(frozen=True, slots=True)
class RubricFile:
    """A rubric in a file that has its id in its name, or in that of its folder."""

    id: str
    file: Traversable

    def __str__(self) -> str:
        """Return where it is."""
        return str(self.file)

    def read(self, bases: Bases | None = None) -> RubricDocument:
        """Return the rubric, with its text.

        Args:
            bases: Says where to find what an overlay in a file extends; without it, overlays are refused.

        Raises:
            RubricError: If it cannot be read, is not valid, or has another id than its file.
        """
        with as_file(self.file) as path:
            document = read_document(path, bases(path) if bases is not None else None)
        if document.rubric.id != self.id:
            found = document.rubric.id
            raise RubricError(f"{self.file} is found as {self.id!r} and holds the rubric {found!r}: make them the same")
        return document

    def listed(self, distribution: str | None = None) -> ListedRubric:
        """Read only what tells the rubric apart; one that is broken is listed all the same, by its name."""
        try:
            with self.file.open("rb") as opened:
                found = read_yaml(decode(opened.read(LIMITS.size + 1), str(self.file))).data
        except (MaturityError, OSError):
            found = None
        data = found if isinstance(found, Mapping) else {}
        return ListedRubric(
            id=self.id,
            version=_text(data.get("version", "?")),
            title=_text(data.get("title", self.id)),
            source=str(self.file),
            distribution=distribution,
        )


@dataclass(frozen=True, slots=True)
class HeldRubric:
    """A rubric that was made in Python."""

    rubric: Rubric
    origin: str

    @property
    def id(self) -> str:
        """Return the rubric's id."""
        return self.rubric.id

    def __str__(self) -> str:
        """Return where it was made."""
        return self.origin

    def read(self, _bases: Bases | None = None) -> RubricDocument:
        """Return the rubric, which has no text.

        Raises:
            RubricInvalidError: If it contradicts itself.
        """
        check_rubric(self.rubric)
        return RubricDocument(self.rubric, UNWRITTEN)

    def listed(self, distribution: str | None = None) -> ListedRubric:
        """Return what tells the rubric apart."""
        rubric = self.rubric
        return ListedRubric(
            id=rubric.id,
            version=rubric.version,
            title=rubric.title,
            source=self.origin,
            distribution=distribution,
        )


Source: TypeAlias = RubricFile | HeldRubric


def rubrics_in(folder: Traversable, name: str | None = None) -> Iterator[RubricFile]:
    """Yield the rubrics in a folder: `ID.rubric.yaml`, and `rubric.yaml` in a folder `ID`.

    Args:
        folder: The folder; nothing is found in one that does not exist.
        name: The id of a `rubric.yaml` in the folder itself; without it, such a file is not looked at.
    """
    if not folder.is_dir():
        return
    if name is not None and (folder / _FILE).is_file():
        yield RubricFile(name, folder / _FILE)
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        id_ = entry.name.removesuffix(_SUFFIX)
        if not is_id(id_):
            continue
        if id_ != entry.name:
            yield RubricFile(id_, entry)
        elif entry.is_dir() and (entry / _FILE).is_file():
            yield RubricFile(id_, entry / _FILE)


def only_rubric_in(folder: Path) -> Path:
    """Return the file of the one rubric in a folder that somebody named.

    Raises:
        RubricNotFoundError: If there is none, or there are several.
    """
    found = [folder / _FILE] if (folder / _FILE).is_file() else sorted(folder.glob(f"*{_SUFFIX}"))
    if len(found) == 1:
        return found[0]
    if not found:
        raise RubricNotFoundError(f"the folder {folder} holds no {_FILE}")
    names = ", ".join(path.name for path in found)
    raise RubricNotFoundError(f"the folder {folder} holds several rubrics: {names}; name one of them")


def base_file(name: str, overlay: Path) -> Path:
    """Return the file of the rubric that an overlay names by a path, relative to its own folder.

    Raises:
        RubricNotFoundError: If it can be no rubric; no other file is opened.
    """
    named = overlay.parent / name
    if named.is_dir():
        return only_rubric_in(named)
    if not is_document(name):
        raise RubricNotFoundError(f"{name!r} is no id, and no path of a YAML or JSON file or of a folder")
    return named


def is_document(name: str) -> bool:
    """Return whether a name is that of a YAML or JSON file."""
    return name.lower().endswith((".yaml", ".yml", ".json"))


def chained(overlay: Path, above: tuple[Path, ...]) -> tuple[Path, ...]:
    """Return the files of the overlays that lead to a file, with the file itself.

    Raises:
        RubricNotFoundError: If it is one of them, or there are too many.
    """
    file = overlay.resolve()
    if file in above:
        raise RubricNotFoundError(f"{overlay} extends this overlay itself: name a rubric that does not")
    if len(above) > _MOST_OVERLAYS:
        raise RubricNotFoundError(f"more than {_MOST_OVERLAYS} overlays lie one on another: join some of them")
    return (*above, file)


def _text(value: object) -> str:
    return str(getattr(value, "text", value))
