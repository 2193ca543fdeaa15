"""Functions that rubrics can name."""

from fractions import Fraction

import humanai_maturity as hm


@hm.measure()
def share_of_days(answer, params):
    """Return the share of the days on which something was done."""
    if not isinstance(answer, list | tuple):
        raise ValueError("list the days, such as [Mon, Tue]")
    return min(Fraction(1), len(answer) / params["days"])


@hm.aggregator(monotone=True, idempotent=True, internal=True, weight_scale_invariant=True)
def midrange(values, weights, params):
    """Return what is halfway between the lowest and the highest value."""
    return (min(values) + max(values)) / 2


@hm.aggregator(idempotent=True, internal=True, weight_scale_invariant=True)
def spread(values, weights, params):
    """Return the mean, less half of what the values differ by: a better answer can lower it."""
    return max(min(values), sum(values) / len(values) - (max(values) - min(values)) / 2)
