"""The measures, or the aggregators, that a catalogue knows by their names."""

from collections.abc import Collection, Iterable, Mapping
from typing import Generic, TypeVar

from humanai_maturity.catalogue.entry_points import Kind
from humanai_maturity.catalogue.plugins import Plugins, clash
from humanai_maturity.errors import PluginError, near_miss
from humanai_maturity.model.extensions import Aggregator, Measure

F = TypeVar("F", bound=Measure | Aggregator)
G = TypeVar("G")


class Functions(Generic[F]):
    """Find functions of one kind: those that were registered, and those of plug-ins.

    Args:
        kind: The kind.
        type_: What functions of this kind are declared as.
        plugins: The plug-ins.
    """

    def __init__(self, kind: Kind, type_: type[F], plugins: Plugins) -> None:
        self._kind: Kind = kind
        self._type = type_
        self._word = type_.__name__.lower()
        self._plugins = plugins
        self._own: dict[str, F] = {}

    def add(self, function: F) -> None:
        """Register a function.

        Raises:
            PluginError: If there is one of its name.
        """
        if function.name in self._own:
            raise clash(f"the {self._word} {function.name!r}", ["what is registered now", "what was registered before"])
        self._own[function.name] = function

    def find(self, name: str, others: Collection[str] = ()) -> F:
        """Return the function of a name.

        Args:
            name: The name.
            others: Further names that may have been meant.

        Raises:
            PluginError: If there is none, there are several, or it is broken.
        """
        own, brought = self._own.get(name), self._plugins.declared(self._kind, name)
        if own is not None and brought is not None:
            raise clash(f"the {self._word} {name!r}", ["what is registered", brought[0]])
        found = own if brought is None else brought[1]
        if isinstance(found, self._type):
            return found
        hint = near_miss(name, {*self._own, *self._plugins.names(self._kind), *others})
        advice = (
            f"install the plug-in that brings it, register it with `Catalogue.register`, "
            f"or give it as `{self._kind}={{{name!r}: ...}}`"
        )
        raise PluginError(
            f"the {self._word} {name!r} is not registered{f'; did you mean {hint!r}?' if hint else ''} ({advice})"
        )

    def pick(self, names: Iterable[str], given: Mapping[str, G]) -> dict[str, F | G]:
        """Return the functions of some names; those that are given count before those that are found.

        Raises:
            PluginError: If one is neither given nor found, or broken.
        """
        return {name: given[name] if name in given else self.find(name, given) for name in sorted(names)}
