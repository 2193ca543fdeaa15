"""One thing to check about a rubric or a plug-in, by its name."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from humanai_maturity.errors import MaturityError


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
