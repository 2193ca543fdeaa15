"""Checks of measures: what they return, and what they refuse."""

from collections.abc import Iterable, Mapping
from copy import deepcopy
from typing import Any, TypeAlias

from hypothesis import strategies as st

from humanai_maturity.model.exact import exact
from humanai_maturity.model.extensions import Measure
from humanai_maturity.testing.checks import Check, as_in_a_rubric, expect, run_all
from humanai_maturity.testing.searching import search

Examples: TypeAlias = Iterable[tuple[Any, Any]]
"""Answers, each with the number that is expected of it."""

_TEXT = st.text(max_size=5)
_ANYTHING = st.recursive(
    st.booleans() | st.integers(-1000, 1000) | st.fractions(max_denominator=12) | st.floats(allow_nan=False) | _TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_TEXT, inner, max_size=2),
    max_leaves=5,
)
"""Whatever an assessment can hold as an answer, and then some."""


def check_measure(
    measure: Measure,
    *,
    examples: Examples = (),
    params: Mapping[str, Any] | None = None,
    between: tuple[Any, Any] | None = None,
) -> None:
    """Check that a measure returns what it should, always the same, and refuses what it does not take.

    It may return any finite number, inside the range of the scale, and raise `ValueError` where an answer does not fit;
    nothing else, whatever the answer is. It may not change the answer.

    Args:
        measure: The measure.
        examples: Answers, each with the number that is expected of it.
        params: The settings that a rubric would give it.
        between: The `minimum` and the `maximum` of the scale that a rubric would use it on.

    Raises:
        AssertionError: If it does something else; all that is wrong, each with the smallest example.

    Example:
        >>> import humanai_maturity as hm
        >>> @hm.measure()
        ... def share_of_days(answer, params):
        ...     '''Return the share of the days on which something was done.'''
        ...     return len(answer) / params["days"]
        >>> try:
        ...     check_measure(share_of_days, params={"days": 5}, examples=[(["Mon", "Tue"], 0.4)])
        ... except AssertionError as error:
        ...     print(str(error)[:75])
        share-of-days: refuses: it fails on False: TypeError: object of type 'bool'
    """
    run_all(measure_checks(measure, examples=examples, params=params, between=between))


def measure_checks(
    measure: Measure,
    *,
    examples: Examples = (),
    params: Mapping[str, Any] | None = None,
    between: tuple[Any, Any] | None = None,
) -> list[Check]:
    """Return the checks of a measure one by one; the arguments are those of `check_measure`.

    Example:
        >>> from humanai_maturity.testing import MEASURES
        >>> [check.name for check in measure_checks(MEASURES["level"])]
        ['level: refuses', 'level: repeats']
    """
    if not isinstance(measure, Measure):
        raise TypeError(f"declare the measure first, with `@humanai_maturity.measure()`: {measure!r:.60}")
    tried = _Tried(measure, as_in_a_rubric(params), between)
    return [
        *(_example(tried, number, *example) for number, example in enumerate(examples, 1)),
        Check(f"{measure.name}: refuses", lambda: search(tried.refuses, _ANYTHING)),
        Check(f"{measure.name}: repeats", lambda: search(tried.repeats, _ANYTHING)),
    ]


class _Tried:
    """Ask one measure what answers are worth."""

    def __init__(self, measure: Measure, params: Mapping[str, Any], between: tuple[Any, Any] | None) -> None:
        self.measure = measure
        self._params = params
        self._between = between

    def meets(self, answer: object, expected: object) -> None:
        """Check that an answer is worth what is expected."""
        returned = self.refuses(answer)
        expect(returned is not None, f"it refuses {answer!r}, which should be worth {expected}")
        expect(exact(returned) == exact(expected), f"it returns {returned} for {answer!r}, not {expected}")

    def refuses(self, answer: object) -> object:
        """Check that an answer is worth a number that is possible, or refused; return the number."""
        try:
            returned = self.measure(answer, self._params)
        except ValueError:
            return None
        except Exception as error:  # noqa: BLE001 - whatever it raises
            told = "refuse an answer by a ValueError that says what it should be"
            raise AssertionError(f"it fails on {answer!r}: {type(error).__name__}: {error}: {told}") from None
        try:
            number = exact(returned)
        except ValueError:
            raise AssertionError(f"it returns {returned!r} for {answer!r}, which is no finite number") from None
        if self._between is not None:
            low, high = map(exact, self._between)
            expect(low <= number <= high, f"it returns {returned} for {answer!r}, outside {low} to {high}")
        return returned

    def repeats(self, answer: object) -> None:
        """Check that an answer is worth the same each time, and stays as it is."""
        before = deepcopy(answer)
        first, again = self._attempt(answer), self._attempt(answer)
        expect(first == again, f"it returns {first}, then {again} for the same answer {before!r}")
        expect(answer == before, f"it changes the answer {before!r} to {answer!r}")

    def _attempt(self, answer: object) -> object:
        try:
            return self.measure(answer, self._params)
        except Exception as error:  # noqa: BLE001 - what it raises is another check's matter
            return repr(error)


def _example(tried: _Tried, number: int, answer: object, expected: object) -> Check:
    return Check(f"{tried.measure.name}: example {number}", lambda: tried.meets(answer, expected))
