"""What a Python package can add to the library: named pure functions, each with what it declares.

A rubric names them and never holds them. They are called with what they need and must not look at anything else: no
files, no clock, no random numbers, nothing that they remember from an earlier call.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from inspect import getdoc
from typing import Any, TypeAlias

from humanai_maturity.model.exact import is_id
from humanai_maturity.model.ranges import score_rule_of
from humanai_maturity.model.rubric import Criterion, Dimension, Rubric
from humanai_maturity.model.rules import Aggregate
from humanai_maturity.model.scales import CustomScale

MeasureFunction: TypeAlias = Callable[[Any, Mapping[str, Any]], object]
"""Takes an answer and a scale's `params`, and returns a number; raises `ValueError` to refuse the answer."""

AggregatorFunction: TypeAlias = Callable[[Sequence[Fraction], Sequence[Fraction], Mapping[str, Any]], object]
"""Takes values, their weights and a rule's `params`, and returns a number."""

PROPERTIES = ("monotone", "idempotent", "internal", "weight_scale_invariant")


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """Turn the answers of a custom scale into numbers; [`measure`][humanai_maturity.measure] makes one of a function.

    Attributes:
        name: What rubrics call it.
        description: What it measures, in one sentence.
        function: The function: it takes an answer and the scale's `params`.
    """

    name: str
    description: str
    function: MeasureFunction

    def __post_init__(self) -> None:
        """Refuse what cannot be used.

        Raises:
            TypeError: If the function is none.
            ValueError: If there is no description.
        """
        _check(self)

    def __call__(self, answer: Any, params: Mapping[str, Any]) -> object:
        """Return what an answer is worth."""
        return self.function(answer, params)


@dataclass(frozen=True, slots=True, kw_only=True)
class Aggregator:
    """Turn the values of a node's children into its score; [`aggregator`][humanai_maturity.aggregator] makes one.

    What is not declared is not promised. [`check_aggregator`][humanai_maturity.testing.check_aggregator] tries to
    break every promise.

    Attributes:
        name: What rubrics call it.
        description: What it returns, in one sentence.
        function: The function: it takes values, weights and the rule's `params`.
        monotone: Whether a higher value never lowers the result. Only then may a stage rest on it.
        idempotent: Whether it returns the value that all values have, where they are equal.
        internal: Whether the result never lies outside the values. What does is refused when it is used.
        weight_scale_invariant: Whether all weights times the same number change nothing.
    """

    name: str
    description: str
    function: AggregatorFunction
    monotone: bool = False
    idempotent: bool = False
    internal: bool = False
    weight_scale_invariant: bool = False

    def __post_init__(self) -> None:
        """Refuse what cannot be used, or contradicts itself.

        Raises:
            TypeError: If the function is none.
            ValueError: If there is no description, or it is declared internal and not idempotent.
        """
        _check(self)
        if self.internal and not self.idempotent:
            raise ValueError(
                f"the aggregator {self.name!r} is declared internal: between equal values there is only one, so "
                "declare `idempotent=True`, too"
            )

    @property
    def properties(self) -> tuple[str, ...]:
        """Return the names of the properties that it declares."""
        return tuple(name for name in PROPERTIES if getattr(self, name))

    def __call__(self, values: Sequence[Fraction], weights: Sequence[Fraction], params: Mapping[str, Any]) -> object:
        """Return what values with weights come to."""
        return self.function(values, weights, params)


def measure(*, name: str | None = None, description: str | None = None) -> Callable[[MeasureFunction], Measure]:
    """Declare a function as a measure.

    Args:
        name: What rubrics call it; by default the function's name with hyphens.
        description: What it measures; by default the first line of the function's docstring.

    Example:
        >>> @measure()
        ... def share_of_days(answer, params):
        ...     '''Return the share of the days on which something was done.'''
        ...     return Fraction(len(answer), params["days"])
        >>> share_of_days.name, share_of_days({"Mon", "Tue"}, {"days": 5})
        ('share-of-days', Fraction(2, 5))
    """

    def declare(function: MeasureFunction) -> Measure:
        return Measure(name=_name(function, name), description=_described(function, description), function=function)

    return declare


def aggregator(
    *,
    name: str | None = None,
    description: str | None = None,
    monotone: bool = False,
    idempotent: bool = False,
    internal: bool = False,
    weight_scale_invariant: bool = False,
) -> Callable[[AggregatorFunction], Aggregator]:
    """Declare a function as an aggregator, with the properties that it promises to have.

    Args:
        name: What rubrics call it; by default the function's name with hyphens.
        description: What it returns; by default the first line of the function's docstring.
        monotone: Whether a higher value never lowers the result. Only then may a stage rest on it.
        idempotent: Whether it returns the value that all values have, where they are equal.
        internal: Whether the result never lies outside the values.
        weight_scale_invariant: Whether all weights times the same number change nothing.

    Example:
        >>> @aggregator(monotone=True, idempotent=True, internal=True, weight_scale_invariant=True)
        ... def midrange(values, weights, params):
        ...     '''Return what is halfway between the lowest and the highest value.'''
        ...     return (min(values) + max(values)) / 2
        >>> midrange.name, midrange.properties[0], midrange([Fraction(1), Fraction(2)], [Fraction(1)] * 2, {})
        ('midrange', 'monotone', Fraction(3, 2))
    """

    def declare(function: AggregatorFunction) -> Aggregator:
        return Aggregator(
            name=_name(function, name),
            description=_described(function, description),
            function=function,
            monotone=monotone,
            idempotent=idempotent,
            internal=internal,
            weight_scale_invariant=weight_scale_invariant,
        )

    return declare


def _check(declared: Measure | Aggregator) -> None:
    kind = type(declared).__name__.lower()
    if not callable(declared.function):
        raise TypeError(f"the {kind} {declared.name!r} needs a function, not {declared.function!r:.60}")
    if not is_id(declared.name):
        raise ValueError(f"{declared.name!r:.60} is no name that a rubric can use: use letters, digits and . _ - :")
    if not declared.description.strip():
        raise ValueError(f"say what the {kind} {declared.name!r} does: in its docstring, or as `description`")


def _name(function: object, name: str | None) -> str:
    return str(getattr(function, "__name__", "unnamed")).replace("_", "-") if name is None else name


def _described(function: object, description: str | None) -> str:
    first_line = (getdoc(function) or "").partition("\n")[0]
    return first_line if description is None else description


def measures_of(rubric: Rubric) -> frozenset[str]:
    """Return the names of the measures that a rubric needs.

    Example:
        >>> rubric = Rubric(
        ...     id="r", version="1", title="R", stages=[{"id": "low", "title": "Low"}],
        ...     dimensions=[{"id": "d", "title": "D", "criteria": [
        ...         {"id": "c", "title": "C", "scale": {"type": "custom", "measure": "share-of-days"}},
        ...     ]}],
        ... )
        >>> sorted(measures_of(rubric))
        ['share-of-days']
    """
    questions = [*(node for node in rubric.walk() if isinstance(node, Criterion)), *rubric.facts]
    scales = (scale for question in questions for scale in question.scales)
    return frozenset(scale.measure for scale in scales if isinstance(scale, CustomScale))


def aggregators_of(rubric: Rubric) -> frozenset[str]:
    """Return the names of the aggregators that a rubric needs.

    Example:
        >>> rubric = Rubric(
        ...     id="r", version="1", title="R", stages=[{"id": "low", "title": "Low"}],
        ...     dimensions=[{"id": "d", "title": "D", "score": {"rule": "aggregator", "name": "midrange"}}],
        ... )
        >>> sorted(aggregators_of(rubric))
        ['midrange']
    """
    nodes: list[Rubric | Dimension] = [rubric, *(node for node in rubric.walk() if isinstance(node, Dimension))]
    rules = (score_rule_of(node, rubric) for node in nodes)
    return frozenset(rule.name for rule in rules if isinstance(rule, Aggregate))
