"""A measure with another name than its entry point."""

import humanai_maturity as hm


@hm.measure()
def named(answer, params):
    """Return the answer."""
    return answer
