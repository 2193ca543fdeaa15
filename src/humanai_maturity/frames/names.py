"""Names of columns: those that a setting names, and those that this room keeps to itself."""

from collections.abc import Iterable, Iterator, Sequence

from humanai_maturity.errors import Problem
from humanai_maturity.frames.problems import shown, table_problem

OWN = "__hm_"
"""What the names of all columns begin with that are there only while a table is worked on."""


def as_names(given: str | Sequence[str] | None) -> list[str]:
    """Return the names that a setting gives; one text is one name.

    Example:
        >>> as_names("region"), as_names(["region", "month"]), as_names(None)
        (['region'], ['region', 'month'], [])
    """
    return [given] if isinstance(given, str) else [*(given or ())]


def own_names(schema: Iterable[str]) -> Iterator[Problem]:
    """Yield a problem for every column of a table whose name could be one of this room's own."""
    for name in schema:
        if name.startswith(OWN):
            message = f"{shown(name)} begins with {OWN!r}, as columns do that come and go meanwhile: rename it"
            yield table_problem("taken-name", name, message)
