"""A measure with the name of another."""

import humanai_maturity as hm


@hm.measure()
def twice(answer, params):
    """Return the answer twice."""
    return 2 * answer
