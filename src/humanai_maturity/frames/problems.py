"""What is wrong with a table, in the table's own terms: columns, rows and how many of them."""

from collections.abc import Sequence

from humanai_maturity.errors import AnswerError, Problem

MOST_TOLD = 20
"""How many of the values that are wrong in one way are told; of the others, how many there are."""


def table_problem(code: str, path: str, message: str, hint: str | None = None) -> Problem:
    """Return a problem with a column of a table."""
    return Problem(code=code, path=path, message=message, hint=hint)


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
