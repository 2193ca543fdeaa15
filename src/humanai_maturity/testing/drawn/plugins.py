"""The measure and the aggregator that drawn rubrics name."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from humanai_maturity.model.extensions import Aggregator, Measure, aggregator, measure


@measure()
def level(answer: Any, params: Mapping[str, Any]) -> Any:
    """Measure a number as itself, within the settings' `least` and `most`."""
    return min(max(answer, params["least"]), params["most"])


@aggregator(monotone=True, idempotent=True, internal=True, weight_scale_invariant=True)
def midrange(values: Sequence[Fraction], weights: Sequence[Fraction], params: Mapping[str, Any]) -> Fraction:
    """Return what is halfway between the lowest and the highest value."""
    del weights, params
    return (min(values) + max(values)) / 2


MEASURES: Mapping[str, Measure] = {level.name: level}
"""The measures that drawn rubrics name."""

AGGREGATORS: Mapping[str, Aggregator] = {midrange.name: midrange}
"""The aggregators that drawn rubrics name."""
