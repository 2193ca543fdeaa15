"""True and false as columns; what is the same in every row stays a plain truth value."""

from collections.abc import Sequence
from typing import TypeAlias

import polars as pl

from humanai_maturity.frames.numbers import Operand, chosen

Truth: TypeAlias = pl.Expr | bool
"""A column of truth values, or one truth value."""


def negated(truth: Truth) -> Truth:
    """Return whether something does not hold."""
    return not truth if isinstance(truth, bool) else ~truth


def both(left: Truth, right: Truth) -> Truth:
    """Return whether two things hold."""
    if isinstance(left, bool):
        return right if left else False
    if isinstance(right, bool):
        return left if right else False
    return left & right


def either(left: Truth, right: Truth) -> Truth:
    """Return whether one of two things holds, or both."""
    if isinstance(left, bool):
        return True if left else right
    if isinstance(right, bool):
        return True if right else left
    return left | right


def picked(condition: Truth, yes: Operand, no: Operand) -> Operand:
    """Return one number where a condition holds, and another where it does not."""
    if isinstance(condition, bool):
        return yes if condition else no
    return chosen(condition, yes, no)


def cased(cases: Sequence[tuple[Truth, int]], otherwise: int) -> Operand:
    """Return the number of the case that holds, of which at most one does."""
    found: Operand = otherwise
    for condition, number in cases:
        found = picked(condition, number, found)
    return found
