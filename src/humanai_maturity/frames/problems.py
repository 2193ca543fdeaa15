"""What is wrong with a table, in the table's own terms: columns, rows and how many of them."""

from collections.abc import Sequence

from humanai_maturity.errors import AnswerError, Problem

MOST_TOLD = 20
"""How many of the values that are wrong in one way are told; of the others, how many there are."""

MOST_SHOWN = 80
"""So many letters of a name or of a value are shown."""


def table_problem(code: str, path: str, message: str, hint: str | None = None) -> Problem:
    """Return a problem with a column of a table; what the column is called comes from a stranger."""
    return Problem(code=code, path=_plain(path), message=message, hint=hint and hint[:MOST_SHOWN])


def shown(text: str) -> str:
    r"""Return a name or a value as a message shows it: in quotes, in one line, and not too long.

    Example:
        >>> print(shown("two\nlines"))
        'two\nlines'
    """
    return repr(text[:MOST_SHOWN])


def _plain(text: str) -> str:
    """Return a text without what moves a cursor or begins a line."""
    cut = text[:MOST_SHOWN]
    return cut if cut.isprintable() else repr(cut)[1:-1]


def refuse_repeated(names: Sequence[str]) -> None:
    """Refuse columns that are called the same, as one of them would be read.

    Raises:
        AnswerError: If there are any.
    """
    repeated = [name for name in dict.fromkeys(names) if names.count(name) > 1] if len({*names}) < len(names) else []
    problems = [
        table_problem("repeated-column", name, f"{names.count(name)} columns are called so: call them differently")
        for name in repeated
    ]
    if problems:
        raise AnswerError(problem_count(problems), problems)


def problem_count(problems: Sequence[Problem]) -> str:
    """Return how many problems there are, as a sentence."""
    return f"the table has {len(problems)} problem{'s' * (len(problems) > 1)}"


def rows_text(count: int) -> str:
    """Return a number of rows in words."""
    return f"{count} row{'s' * (count != 1)}"
