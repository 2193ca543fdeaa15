"""Where everything is found by its name: what comes with the library, plug-ins, folders, and what is registered."""

from collections.abc import Iterable, Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable
from os import PathLike
from os.path import exists, isdir  # unlike pathlib's, these never raise
from pathlib import Path

from humanai_maturity.catalogue.entry_points import Plugin
from humanai_maturity.catalogue.functions import Functions
from humanai_maturity.catalogue.plugins import Plugins, clash, read
from humanai_maturity.catalogue.sources import (
    HeldRubric,
    ListedRubric,
    RubricFile,
    Source,
    base_file,
    chained,
    is_document,
    only_rubric_in,
    rubrics_in,
)
from humanai_maturity.documents.overlay import BaseOf
from humanai_maturity.documents.read import RubricDocument, read_document
from humanai_maturity.engine import Scorecard, Scorer
from humanai_maturity.engine.scorer import GivenAnswers
from humanai_maturity.errors import RubricNotFoundError, near_miss
from humanai_maturity.model.assessment import Assessment
from humanai_maturity.model.exact import is_id
from humanai_maturity.model.extensions import (
    Aggregator,
    AggregatorFunction,
    Measure,
    MeasureFunction,
    aggregators_of,
    measures_of,
)
from humanai_maturity.model.rubric import Rubric

_PATH_ENDINGS = ("/", "\\", ".yaml", ".yml", ".json")


class Catalogue:
    """Find rubrics, measures and aggregators by their names.

    What comes with the library cannot be replaced, and nothing replaces anything else: where two things have one name,
    an error says so when that name is asked for. What is in folders is looked up each time. Plug-ins are discovered
    once, when something is asked for that is nowhere else, and only those that are asked for have to work.

    Args:
        folders: Folders with rubrics: `ID.rubric.yaml`, or `rubric.yaml` in a folder `ID`.
        installed: Whether what comes with the library and plug-ins are found as well.

    Raises:
        RubricNotFoundError: If a folder is not there.

    Example:
        >>> catalogue = Catalogue()
        >>> catalogue.register(Rubric.model_validate({
        ...     "id": "demo", "version": "1", "title": "Demo",
        ...     "stages": [{"id": "low", "title": "Low"}, {"id": "high", "title": "High"}],
        ...     "dimensions": [{"id": "people", "title": "People", "criteria": [
        ...         {"id": "trained", "title": "Trained", "scale": {"type": "yes_no", "yes": "high", "no": "low"}},
        ...     ]}],
        ... }))
        >>> catalogue.score("demo", {"trained": True}).stage.id
        'high'
    """

    def __init__(self, *, folders: Iterable[str | PathLike[str]] = (), installed: bool = True) -> None:
        if isinstance(folders, str | PathLike):
            raise TypeError(f"folders are given in a list: write `folders=[{str(folders)!r}]`")
        self._folders = [_folder(folder) for folder in folders]
        self._installed = installed
        self._plugins = Plugins(enabled=installed)
        self._rubrics: dict[str, Rubric] = {}
        self._measures = Functions("measures", Measure, self._plugins)
        self._aggregators = Functions("aggregators", Aggregator, self._plugins)

    def register(self, thing: Rubric | Measure | Aggregator) -> None:
        """Add a rubric, a measure or an aggregator under its own name.

        Raises:
            PluginError: If there is one of that name, registered, in a folder or in the library. That a plug-in has
                the same name is said when that name is asked for.
            TypeError: If it is something else, such as a plain function.
        """
        _expect_registrable(thing)
        match thing:
            case Rubric():
                known = [str(source) for source in (*self._bundled(), *self._own()) if source.id == thing.id]
                if known:
                    raise clash(f"the rubric {thing.id!r}", ["what is registered now", *known])
                self._rubrics[thing.id] = thing
            case Measure():
                self._measures.add(thing)
            case Aggregator():
                self._aggregators.add(thing)

    def list_rubrics(self) -> tuple[ListedRubric, ...]:
        """Return all rubrics that can be found, by their ids. One whose plug-in is broken is left out."""
        bundled = tuple(self._bundled())
        found = [source.listed() for source in (*bundled, *self._own())]
        for plugin, sources in self._plugins.rubrics:
            origin = f"{plugin.distribution} {plugin.version}"
            free = sources.keys() - {source.id for source in bundled}
            found += [source.listed(origin) for id_, source in sources.items() if id_ in free]
        return tuple(sorted(found, key=lambda listed: (listed.id, listed.source)))

    def list_plugins(self, *, load: bool = False) -> tuple[Plugin, ...]:
        """Return all plug-ins that are installed.

        Args:
            load: Whether to load them, which runs their code and tells which ones work; else nothing is imported.
        """
        return self._plugins.listed(
            load=load,
            reserved={source.id for source in self._bundled()},
            bases=lambda path: self._bases(path, ()),
        )

    def load_rubric(self, rubric: str | PathLike[str] | Rubric) -> Rubric:
        """Load a rubric by its id or its path; see [`load_rubric`][humanai_maturity.load_rubric].

        Raises:
            RubricError: If there is no such rubric, or it is not valid.
            PluginError: If the plug-in that brings it is broken, or several things have this id.
        """
        return rubric if isinstance(rubric, Rubric) else self.load_document(rubric).rubric

    def load_document(self, rubric: str | PathLike[str]) -> RubricDocument:
        """Load a rubric as `load_rubric` does, and keep the text that it was read from."""
        return self._load(rubric, ())

    def measure(self, name: str) -> Measure:
        """Return the measure of a name.

        Raises:
            PluginError: If there is none, there are several, or it is broken.
        """
        return self._measures.find(name)

    def aggregator(self, name: str) -> Aggregator:
        """Return the aggregator of a name.

        Raises:
            PluginError: If there is none, there are several, or it is broken.
        """
        return self._aggregators.find(name)

    def scorer(
        self,
        rubric: str | PathLike[str] | Rubric,
        *,
        measures: Mapping[str, MeasureFunction] | None = None,
        aggregators: Mapping[str, AggregatorFunction] | None = None,
    ) -> Scorer:
        """Compile a rubric once, with the measures and aggregators that it names, to score many assessments.

        Args:
            rubric: The rubric, or whatever `load_rubric` takes.
            measures: Functions that count before those that the catalogue finds.
            aggregators: Functions that count before those that the catalogue finds. A stage may only rest on one that
                is declared monotone.

        Raises:
            RubricError: If the rubric is not found or contradicts itself, or lets a stage rest on an aggregator that
                is not declared monotone.
            PluginError: If a measure or an aggregator is not found, or broken.
        """
        loaded = self.load_rubric(rubric)
        picked = self._aggregators.pick(aggregators_of(loaded), aggregators or {})
        return Scorer(loaded, measures=self._measures.pick(measures_of(loaded), measures or {}), aggregators=picked)

    def score(
        self,
        rubric: str | PathLike[str] | Rubric,
        answers: GivenAnswers | Assessment,
        *,
        measures: Mapping[str, MeasureFunction] | None = None,
        aggregators: Mapping[str, AggregatorFunction] | None = None,
    ) -> Scorecard:
        """Score one assessment; see [`score`][humanai_maturity.score].

        Raises:
            RubricError: If the rubric is not found, or cannot be scored.
            AnswerError: If any answer does not fit; all problems at once.
            PluginError: If a measure or an aggregator is not found, or broken.
        """
        return self.scorer(rubric, measures=measures, aggregators=aggregators).score(answers)

    def _load(self, rubric: str | PathLike[str], above: tuple[Path, ...]) -> RubricDocument:
        """Load a rubric that may be an overlay.

        Args:
            rubric: Its id or its path.
            above: The files of the overlays that extend it, directly or by way of others.
        """
        _expect_name(rubric)
        if isinstance(rubric, str):
            found = self._named(rubric, above)
            if found is not None:
                return found
            if not _is_path(rubric):
                raise self._not_known(rubric)
        path = only_rubric_in(Path(rubric)) if isdir(rubric) else rubric  # noqa: PTH112
        return read_document(path, self._bases(Path(path), above))

    def _bases(self, overlay: Path, above: tuple[Path, ...]) -> BaseOf:
        """Return what finds the rubrics that an overlay extends: by their ids, or by paths relative to it."""
        files = chained(overlay, above)

        def base_of(name: str) -> Rubric:
            if not is_id(name) or is_document(name):
                return self._load(base_file(name, overlay), files).rubric
            found = self._named(name, files)
            if found is None:
                raise self._not_known(name)
            return found.rubric

        return base_of

    def _bundled(self) -> Iterable[RubricFile]:
        return rubrics_in(_bundled_folder()) if self._installed else ()

    def _own(self) -> Iterable[Source]:
        """Yield what was registered, and what is in the folders now."""
        yield from (HeldRubric(rubric, "what is registered") for rubric in self._rubrics.values())
        for folder in self._folders:
            yield from rubrics_in(folder, folder.resolve().name)

    def _named(self, name: str, above: tuple[Path, ...]) -> RubricDocument | None:
        """Return the rubric of an id, if there is one.

        Raises:
            PluginError: If there are several, or a plug-in that is broken has this name.
        """
        if not is_id(name):
            return None
        bundled = [source for source in self._bundled() if source.id == name]
        sources: list[Source] = [*bundled, *(source for source in self._own() if source.id == name)]
        brought = [] if bundled else [(plugin, found[name]) for plugin, found in self._plugins.rubrics if name in found]
        if len(sources) + len(brought) > 1:
            raise clash(f"the rubric {name!r}", [*sources, *(plugin for plugin, _ in brought)])

        def bases(overlay: Path) -> BaseOf:
            return self._bases(overlay, above)

        if sources:
            return sources[0].read(bases)
        if brought:
            return read(*brought[0], bases)
        broken = [plugin for plugin in self._broken() if plugin.name == name]
        if broken:
            raise broken[0].error()
        return None

    def _broken(self) -> list[Plugin]:
        return [plugin for plugin, _ in self._plugins.rubrics if plugin.status == "broken"]

    def _not_known(self, name: str) -> RubricNotFoundError:
        known = sorted({listed.id for listed in self.list_rubrics()})
        hint = near_miss(name, known)
        guess = f"; did you mean {hint!r}?" if hint else "."
        names = ", ".join(known) or "none"
        message = f"there is no rubric {name!r}{guess} Installed: {names}. A file is named by its path."
        broken = "".join(f"\n{plugin} may bring it, but cannot be used: {plugin.problem}" for plugin in self._broken())
        return RubricNotFoundError(message + broken)


def _bundled_folder() -> Traversable:
    """Return where the rubrics are: inside the package or, for an editable installation, in the checkout."""
    inside = files("humanai_maturity") / "rubrics"
    return inside if inside.is_dir() else Path(__file__).parents[3] / "rubrics"


def _folder(folder: str | PathLike[str]) -> Path:
    if not isdir(folder):  # noqa: PTH112
        raise RubricNotFoundError(f"there is no folder {folder}")
    return Path(folder)


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


def _expect_registrable(thing: object) -> None:
    if isinstance(thing, Rubric | Measure | Aggregator):
        return
    advice = ": declare a function with `@measure()` or `@aggregator(...)` first" if callable(thing) else ""
    raise TypeError(f"a Rubric, a Measure or an Aggregator can be registered, not {thing!r:.60}{advice}")
