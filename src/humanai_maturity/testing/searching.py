"""Searching for the smallest example that breaks a promise."""

from collections.abc import Callable
from typing import TypeVar

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

T = TypeVar("T")

_PHASES = (Phase.generate, Phase.shrink)


def search(promise: Callable[[T], object], examples: st.SearchStrategy[T], *, at_least: int = 1) -> None:
    """Try a promise on drawn examples: the same ones each time, as many as the profile of Hypothesis says.

    Args:
        promise: Raises an `AssertionError` that names the example, where it is broken.
        examples: What to try it on.
        at_least: How many examples to try at least, whatever the profile says.

    Raises:
        AssertionError: If it is broken, with the smallest example that was found.
    """

    @settings(
        max_examples=max(at_least, settings().max_examples),
        derandomize=True,
        database=None,
        deadline=None,
        phases=_PHASES,
        report_multiple_bugs=False,
        suppress_health_check=list(HealthCheck),
    )
    @given(examples)
    def tried(example: T) -> None:
        promise(example)

    try:
        tried()
    except AssertionError as error:
        raise AssertionError(*error.args) from None
