"""The plug-ins of one catalogue: discovered once, loaded when something of theirs is asked for."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from functools import cached_property
from typing import TypeAlias

from humanai_maturity.catalogue.entry_points import (
    KINDS,
    Kind,
    Plugin,
    declared_by,
    entry_points,
    guarded,
    rubrics_of,
)
from humanai_maturity.catalogue.sources import Bases, Source
from humanai_maturity.documents.read import RubricDocument
from humanai_maturity.errors import PluginError
from humanai_maturity.model.extensions import Aggregator, Measure

Loaded: TypeAlias = tuple[Plugin, Mapping[str, Source]]
"""A plug-in, and where its rubrics are; a broken one has none."""


class Plugins:
    """Find and load plug-ins.

    Args:
        enabled: Whether there are any at all.
    """

    def __init__(self, *, enabled: bool) -> None:
        self._enabled = enabled
        self._found: dict[Kind, tuple[Plugin, ...]] = {}
        self._declared: dict[tuple[Kind, str], Measure | Aggregator] = {}

    def found(self, kind: Kind) -> tuple[Plugin, ...]:
        """Return the plug-ins of a kind, without importing any."""
        if not self._enabled:
            return ()
        if kind not in self._found:
            self._found[kind] = entry_points(kind)
        return self._found[kind]

    def names(self, kind: Kind) -> frozenset[str]:
        """Return the names of the plug-ins of a kind."""
        return frozenset(plugin.name for plugin in self.found(kind))

    @cached_property
    def rubrics(self) -> tuple[Loaded, ...]:
        """Return all plug-ins that bring rubrics, loaded."""
        return tuple(map(_loaded, self.found("rubrics")))

    def declared(self, kind: Kind, name: str) -> tuple[Plugin, Measure | Aggregator] | None:
        """Return the measure or the aggregator of a name with the plug-in that brings it, if any does.

        Raises:
            PluginError: If the plug-in is broken, or there are several.
        """
        named = [plugin for plugin in self.found(kind) if plugin.name == name]
        if not named:
            return None
        if len(named) > 1:
            raise clash(f"the {kind.removesuffix('s')} {name!r}", named)
        if (kind, name) not in self._declared:
            self._declared[kind, name] = declared_by(named[0])
        return named[0], self._declared[kind, name]

    def listed(self, *, load: bool, reserved: Collection[str], bases: Bases) -> tuple[Plugin, ...]:
        """Return all plug-ins with what is known of them.

        Args:
            load: Whether to load them, which tells whether they work.
            reserved: The ids of rubrics that come with the library.
            bases: Says where to find what an overlay extends.
        """
        if not load:
            return tuple(_told_apart(plugin, self.found(kind)) for kind in KINDS for plugin in self.found(kind))
        rubrics = [
            _proven(_with_ids(plugin, sources, self.rubrics, reserved), sources, bases)
            for plugin, sources in self.rubrics
        ]
        others: tuple[Kind, ...] = ("measures", "aggregators")
        return (*rubrics, *(self._tried(plugin) for kind in others for plugin in self.found(kind)))

    def _tried(self, plugin: Plugin) -> Plugin:
        apart = _told_apart(plugin, self.found(plugin.kind))
        if apart.status != "found":
            return apart
        try:
            self.declared(plugin.kind, plugin.name)
        except PluginError as error:
            return plugin.failed(_reason(error))
        return replace(plugin, status="loaded", provides=(plugin.name,))


def read(plugin: Plugin, source: Source, bases: Bases) -> RubricDocument:
    """Return a rubric of a plug-in.

    Args:
        plugin: The plug-in.
        source: Where the rubric is.
        bases: Says where to find what an overlay extends.

    Raises:
        PluginError: If it is not a valid rubric.
    """
    return guarded(plugin, lambda: source.read(bases))


def clash(what: str, owners: Iterable[object]) -> PluginError:
    """Return the error that says that several things have one name."""
    first, *others = map(str, owners)
    return PluginError(f"{what} is there more than once: in {first} and in {' and in '.join(others)}; take one away")


def _reason(error: PluginError) -> str:
    return "\n".join([error.reason or error.message, *map(str, error.problems)])


def _loaded(plugin: Plugin) -> Loaded:
    try:
        return replace(plugin, status="loaded"), rubrics_of(plugin)
    except PluginError as error:
        return plugin.failed(_reason(error)), {}


def _told_apart(plugin: Plugin, others: Iterable[Plugin]) -> Plugin:
    """Mark a measure or an aggregator whose name another one has as well; rubrics are told apart by their ids."""
    same = [str(other) for other in others if other.name == plugin.name and other != plugin]
    if plugin.kind == "rubrics" or plugin.status == "broken" or not same:
        return plugin
    return replace(plugin, status="clash", problem=f"{', '.join(same)} has the same name")


def _with_ids(
    plugin: Plugin, sources: Mapping[str, Source], everything: Iterable[Loaded], reserved: Collection[str]
) -> Plugin:
    """Return a loaded plug-in with the ids of its rubrics, and with what else has one of them."""
    found = replace(plugin, provides=tuple(sources))
    clashes = [f"{id_} comes with humanai-maturity and cannot be replaced" for id_ in sources if id_ in reserved]
    for other, others in everything:
        if other != plugin:
            clashes += [f"{other} brings {id_}, too" for id_ in sources if id_ in others]
    return replace(found, status="clash", problem="; ".join(clashes)) if clashes else found


def _proven(plugin: Plugin, sources: Mapping[str, Source], bases: Bases) -> Plugin:
    """Return a loaded plug-in with what is wrong with the first of its rubrics that is not valid."""
    for source in sources.values() if plugin.status == "loaded" else ():
        try:
            read(plugin, source, bases)
        except PluginError as error:
            return plugin.failed(_reason(error))
    return plugin
