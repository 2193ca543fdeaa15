"""Checks of aggregators: what they declare, and what is asked of every one."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any, TypeAlias

from hypothesis import strategies as st

from humanai_maturity.model.exact import exact
from humanai_maturity.model.extensions import Aggregator
from humanai_maturity.testing.checks import Check, as_in_a_rubric, expect, run_all
from humanai_maturity.testing.searching import search

Number: TypeAlias = int | float | Fraction
Pairs: TypeAlias = Sequence[tuple[Fraction, Fraction]]
"""Values with their weights."""

_MOST = 5
_EXAMPLES = 200
_WEIGHTS = st.sampled_from([Fraction(numerator, 12) for numerator in (12, 24, 6, 36, 4, 60, 21, 1, 120)])
_SHARES = sorted((Fraction(step, 24) for step in range(25)), key=lambda share: share.denominator not in {1, 2, 4})
"""Where values lie between the lowest and the highest: quarters first, as earlier ones make simpler examples."""


def check_aggregator(
    aggregator: Aggregator, *, params: Mapping[str, Any] | None = None, between: tuple[Number, Number] = (0, 4)
) -> None:
    """Check that an aggregator has the properties that it declares, on drawn exact numbers.

    Every aggregator also has to return exact numbers, the same ones for the same values, in whatever order they come.

    Args:
        aggregator: The aggregator.
        params: The settings that a rubric would give it.
        between: The lowest and the highest value to try.

    Raises:
        AssertionError: If a promise is broken; all that are, each with the smallest example.

    Example:
        >>> import humanai_maturity as hm
        >>> @hm.aggregator(monotone=True, weight_scale_invariant=True)
        ... def spread(values, weights, params):
        ...     '''Return how far apart the values are.'''
        ...     return max(values) - min(values)
        >>> try:
        ...     check_aggregator(spread)
        ... except AssertionError as error:
        ...     print(str(error)[:63])
        spread: monotone: a higher value lowers the result from 1 to 0:
    """
    run_all(aggregator_checks(aggregator, params=params, between=between))


def aggregator_checks(
    aggregator: Aggregator, *, params: Mapping[str, Any] | None = None, between: tuple[Number, Number] = (0, 4)
) -> list[Check]:
    """Return the checks of an aggregator one by one; the arguments are those of `check_aggregator`.

    Example:
        >>> from humanai_maturity.testing import AGGREGATORS
        >>> [check.name for check in aggregator_checks(AGGREGATORS["midrange"])][:3]
        ['midrange: exact', 'midrange: order', 'midrange: monotone']
    """
    if not isinstance(aggregator, Aggregator):
        raise TypeError(f"declare the aggregator first, with `@humanai_maturity.aggregator(...)`: {aggregator!r:.60}")
    laws = _Laws(aggregator, as_in_a_rubric(params), exact(between[0]), exact(between[1]))
    run: dict[str, Callable[[], None]] = {
        "exact": laws.exact,
        "order": laws.order,
        "monotone": laws.monotone,
        "idempotent": laws.idempotent,
        "internal": laws.internal,
        "weight_scale_invariant": laws.weight_scale_invariant,
    }
    asked = ("exact", "order", *aggregator.properties)
    return [Check(f"{aggregator.name}: {name.replace('_', '-')}", run[name]) for name in asked]


class _Laws:
    """Try the properties of one aggregator, each on its own examples."""

    def __init__(self, aggregator: Aggregator, params: Mapping[str, Any], low: Fraction, high: Fraction) -> None:
        self._aggregator = aggregator
        self._params = params
        self._grid = [low + (high - low) * share for share in _SHARES]
        self._values = st.sampled_from(self._grid)
        self._pairs = st.lists(st.tuples(self._values, _WEIGHTS), min_size=1, max_size=_MOST)

    def exact(self) -> None:
        def promise(pairs: Pairs) -> None:
            first, again = self._returned(pairs), self._returned(pairs)
            kept = isinstance(first, int | Fraction | Decimal) and not isinstance(first, bool)
            told = "compute with the Fractions that it is given"
            expect(kept, f"it returns {first!r}, which is no exact number, for {_told(pairs)}: {told}")
            expect(first == again, f"it returns {first}, then {again} for the same: {_told(pairs)}")

        search(promise, self._pairs, at_least=_EXAMPLES)

    def order(self) -> None:
        def promise(both: tuple[Pairs, Pairs]) -> None:
            pairs, mixed = both
            first, other = self._combined(pairs), self._combined(mixed)
            expect(
                first == other,
                f"the order counts: it returns {first} for {_told(pairs)}, and {other} for {_told(mixed)}",
            )

        search(
            promise,
            self._pairs.flatmap(lambda pairs: st.tuples(st.just(pairs), st.permutations(pairs))),
            at_least=_EXAMPLES,
        )

    def monotone(self) -> None:
        @st.composite
        def raised(draw: st.DrawFn) -> tuple[Pairs, Pairs]:
            pairs = draw(self._pairs)
            place = draw(st.integers(0, len(pairs) - 1))
            value, weight = pairs[place]
            higher = draw(st.sampled_from([each for each in self._grid if each >= value]))
            return pairs, [*pairs[:place], (higher, weight), *pairs[place + 1 :]]

        def promise(both: tuple[Pairs, Pairs]) -> None:
            less, more = map(self._combined, both)
            expect(
                less <= more,
                f"a higher value lowers the result from {less} to {more}: {_told(both[0])} before, "
                f"{_told(both[1])} after",
            )

        search(promise, raised(), at_least=_EXAMPLES)

    def idempotent(self) -> None:
        def promise(drawn: tuple[Fraction, list[Fraction]]) -> None:
            pairs = [(drawn[0], weight) for weight in drawn[1]]
            result = self._combined(pairs)
            expect(result == drawn[0], f"all values are {drawn[0]}, and it returns {result}: {_told(pairs)}")

        search(promise, st.tuples(self._values, st.lists(_WEIGHTS, min_size=1, max_size=_MOST)), at_least=_EXAMPLES)

    def internal(self) -> None:
        def promise(pairs: Pairs) -> None:
            result = self._combined(pairs)
            low, high = min(value for value, _ in pairs), max(value for value, _ in pairs)
            expect(low <= result <= high, f"it returns {result}, outside the values: {_told(pairs)}")

        search(promise, self._pairs, at_least=_EXAMPLES)

    def weight_scale_invariant(self) -> None:
        def promise(drawn: tuple[Pairs, Fraction]) -> None:
            pairs, factor = drawn
            scaled = [(value, weight * factor) for value, weight in pairs]
            before, after = self._combined(pairs), self._combined(scaled)
            expect(
                before == after,
                f"all weights times {factor} change the result from {before} to {after}: {_told(pairs)}",
            )

        search(promise, st.tuples(self._pairs, _WEIGHTS), at_least=_EXAMPLES)

    def _combined(self, pairs: Pairs) -> Fraction:
        returned = self._returned(pairs)
        try:
            return exact(returned)
        except ValueError as error:
            raise AssertionError(f"it returns {returned!r} for {_told(pairs)}: {error}") from None

    def _returned(self, pairs: Pairs) -> object:
        values, weights = [value for value, _ in pairs], [weight for _, weight in pairs]
        try:
            return self._aggregator(values, weights, self._params)
        except Exception as error:  # noqa: BLE001 - whatever it raises
            raise AssertionError(f"it fails on {_told(pairs)}: {type(error).__name__}: {error}") from None


def _told(pairs: Pairs) -> str:
    values, weights = ", ".join(str(value) for value, _ in pairs), ", ".join(str(weight) for _, weight in pairs)
    return f"values {values} with weights {weights}"
