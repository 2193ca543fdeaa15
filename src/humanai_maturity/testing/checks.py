"""One thing to check about a rubric or a plug-in, by its name."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from humanai_maturity.errors import MaturityError
from humanai_maturity.model.exact import exact


@dataclass(frozen=True, slots=True)
class Check:
    """Check one thing, by calling it.

    Attributes:
        name: What is checked, and of what: `midrange: monotone`.
        run: Does it; raises an `AssertionError` that says what is wrong.
    """

    name: str
    run: Callable[[], None]

    def __call__(self) -> None:
        """Check it.

        Raises:
            AssertionError: If it is not as it should be.
        """
        self.run()


def expect(condition: object, message: str) -> None:
    """Raise an `AssertionError` with a message, unless a condition holds; also where Python skips `assert`."""
    if not condition:
        raise AssertionError(message)


def as_in_a_rubric(params: Mapping[str, Any] | None) -> dict[str, Any]:
    """Return settings as a rubric gives them: numbers are exact."""
    numbers = int | float | Decimal | Fraction
    return {
        name: exact(value) if isinstance(value, numbers) and not isinstance(value, bool) else value
        for name, value in (params or {}).items()
    }


def run_all(checks: Iterable[Check]) -> None:
    """Run checks, and say of all that fail why.

    Raises:
        AssertionError: If any fails.
    """
    failures: list[str] = []
    for check in checks:
        try:
            check()
        except (AssertionError, MaturityError) as error:
            failures.append(f"{check.name}: {error}")
    if failures:
        raise AssertionError("\n".join(failures))
