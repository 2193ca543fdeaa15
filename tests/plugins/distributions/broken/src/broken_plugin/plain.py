"""Functions that return nothing of use."""


def nothing():
    """Return no rubric at all."""
    return []


def texts():
    """Return what is no rubric."""
    return ["a rubric", "another one"]
