"""What installed distributions say that they bring, and what comes of taking one at its word.

To list entry points, nothing is imported. Only `rubrics_of` and `declared_by` run code that is not this library's.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from importlib import import_module
from operator import attrgetter
from typing import Literal, TypeAlias, TypeVar

from humanai_maturity.catalogue.sources import HeldRubric, Source, rubrics_in
from humanai_maturity.errors import MaturityError, PluginError, Problem
from humanai_maturity.model.extensions import Aggregator, Measure
from humanai_maturity.model.rubric import Rubric

T = TypeVar("T")

Kind: TypeAlias = Literal["rubrics", "measures", "aggregators"]
"""What plug-ins can bring: one group of entry points for each, `humanai_maturity.` before its name."""

Status: TypeAlias = Literal["found", "loaded", "clash", "broken"]
"""How far a plug-in has come."""

KINDS: tuple[Kind, ...] = ("rubrics", "measures", "aggregators")

_NAME = r"[^\W\d]\w*(?:\.[^\W\d]\w*)*"
_VALUE = re.compile(rf"\s*(?P<module>{_NAME})\s*(?::\s*(?P<attribute>{_NAME}))?\s*(?:\[.*\])?\s*")
_ENDINGS_OF_FILES = (".yaml", ".yml", ".json")


@dataclass(frozen=True, slots=True, kw_only=True)
class Plugin:
    """Read what an installed distribution brings by one entry point.

    Attributes:
        kind: What it brings; the group of the entry point is `humanai_maturity.` and this.
        name: The entry point's name. A measure or an aggregator is called by it.
        value: Where it is: a package, or `module:attribute`.
        distribution: The distribution that brings it.
        version: The version of the distribution.
        status: `found`: nothing has been imported. `loaded`: it works. `clash`: something else has the same name.
            `broken`: it cannot be used.
        problem: Why it cannot be used.
        provides: What it brings, once loaded: the ids of its rubrics, or the name that rubrics call it by.
    """

    kind: Kind
    name: str
    value: str
    distribution: str
    version: str
    status: Status = "found"
    problem: str | None = None
    provides: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Return which plug-in it is, in words."""
        return f"the plug-in {self.name!r} of {self.distribution} {self.version}"

    def failed(self, problem: str) -> "Plugin":
        """Return the plug-in with the reason why it cannot be used."""
        return replace(self, status="broken", problem=problem)

    def error(self, problems: tuple[Problem, ...] = ()) -> PluginError:
        """Return the error that says why it cannot be used."""
        message = f"{self} cannot be used (humanai_maturity.{self.kind}, {self.value}): {self.problem}"
        return PluginError(
            message,
            problems,
            entry_point=self.name,
            distribution=self.distribution,
            version=self.version,
            reason=self.problem,
        )


def entry_points(kind: Kind) -> tuple[Plugin, ...]:
    """Return the plug-ins of a kind that are installed, without importing any.

    Example:
        >>> {plugin.status for plugin in entry_points("measures")} <= {"found", "broken"}
        True
    """
    from importlib import metadata  # noqa: PLC0415 - it loads slowly

    found = [
        Plugin(
            kind=kind,
            name=entry.name,
            value=entry.value,
            distribution=entry.dist.name if entry.dist else "a distribution without a name",
            version=entry.dist.version if entry.dist else "?",
        )
        for entry in metadata.entry_points(group=f"humanai_maturity.{kind}")
    ]
    return tuple(sorted(map(_read, found), key=lambda plugin: (plugin.name, plugin.distribution, plugin.value)))


def rubrics_of(plugin: Plugin) -> dict[str, Source]:
    """Return where the rubrics of a plug-in are, by their ids.

    Raises:
        PluginError: If it cannot be used.
    """
    module, attribute = _place(plugin)
    if attribute is None:
        found = _in_package(plugin, module)
    else:
        found = [HeldRubric(rubric, str(plugin)) for rubric in _made_by(plugin, module, attribute)]
    by_id = {source.id: source for source in found}
    if len(by_id) < len(found):
        raise plugin.failed("it brings two rubrics with one id").error()
    return by_id


def declared_by(plugin: Plugin) -> Measure | Aggregator:
    """Return the measure or the aggregator of a plug-in.

    Raises:
        PluginError: If it cannot be used.
    """
    kind = Measure if plugin.kind == "measures" else Aggregator
    word = kind.__name__.lower()
    module, attribute = _place(plugin)
    if attribute is None:
        raise plugin.failed(f"name the {word} in the module, as '{module}:my_{word}'").error()
    found = guarded(plugin, lambda: attrgetter(attribute)(import_module(module)))
    if not isinstance(found, kind):
        what = "a plain function" if callable(found) else f"{found!r:.60}"
        advice = f"put `@humanai_maturity.{word}(...)` over a function"
        raise plugin.failed(f"{attribute} is {what} and not a declared {word}: {advice}").error()
    if found.name != plugin.name:
        advice = "give the entry point the same name"
        raise plugin.failed(f"{attribute} is declared with the name {found.name!r}: {advice}").error()
    return found


def guarded(plugin: Plugin, run: Callable[[], T]) -> T:
    """Return what code of a plug-in returns.

    Raises:
        PluginError: If it fails in any way.
    """
    try:
        return run()
    except MaturityError as error:
        raise plugin.failed(error.message).error(error.problems) from error
    except (Exception, SystemExit) as error:
        raise plugin.failed(f"{type(error).__name__}: {error}").error() from error


def _read(plugin: Plugin) -> Plugin:
    """Note where an entry point names no module, which can be told without importing anything."""
    if plugin.value.lower().endswith(_ENDINGS_OF_FILES):
        return plugin.failed(f"{plugin.value!r} is a file: name the package that holds it, such as 'my_rubrics'")
    if not _VALUE.fullmatch(plugin.value):
        return plugin.failed(f"{plugin.value!r} names no module: write 'package', or 'module:attribute'")
    return plugin


def _place(plugin: Plugin) -> tuple[str, str | None]:
    found = _VALUE.fullmatch(plugin.value)
    if plugin.status == "broken" or found is None:
        raise plugin.error()
    return found["module"], found["attribute"]


def _in_package(plugin: Plugin, module: str) -> list[Source]:
    from importlib.resources import files  # noqa: PLC0415 - it loads slowly

    if not hasattr(guarded(plugin, lambda: import_module(module)), "__path__"):
        advice = f"name a package that holds rubric documents, or write '{module}:function'"
        raise plugin.failed(f"{module} is a single module: {advice}").error()
    found: list[Source] = [*guarded(plugin, lambda: list(rubrics_in(files(module), plugin.name)))]
    if not found:
        raise plugin.failed(f"the package {module} holds no ID.rubric.yaml, rubric.yaml or ID/rubric.yaml").error()
    return found


def _made_by(plugin: Plugin, module: str, attribute: str) -> list[Rubric]:
    def make() -> list[object]:
        made: Iterable[object] = attrgetter(attribute)(import_module(module))()
        return [made] if isinstance(made, Rubric) else list(made)

    made = guarded(plugin, make)
    rubrics = [each for each in made if isinstance(each, Rubric)]
    others = [each for each in made if not isinstance(each, Rubric)]
    if others or not rubrics:
        what = f"{others[0]!r:.60} where a Rubric belongs" if others else "nothing"
        raise plugin.failed(f"{attribute} returned {what}: return a Rubric, or several in a list").error()
    return rubrics
