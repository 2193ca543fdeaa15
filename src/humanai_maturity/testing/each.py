"""Checks as tests of pytest, one for each, by their names."""

from collections.abc import Iterable
from os import PathLike
from typing import TYPE_CHECKING, TypeAlias

from humanai_maturity.model.extensions import Aggregator, Measure
from humanai_maturity.model.rubric import Rubric
from humanai_maturity.testing.aggregators import aggregator_checks
from humanai_maturity.testing.checks import Check
from humanai_maturity.testing.measures import measure_checks
from humanai_maturity.testing.rubrics import rubric_checks

if TYPE_CHECKING:
    import pytest

Checked: TypeAlias = str | PathLike[str] | Rubric | Measure | Aggregator | Check | Iterable[Check]


def each_check_of(*things: Checked) -> "pytest.MarkDecorator":
    """Turn a test function into one named test for each check of some things.

    The function has one argument, `check`, which it calls. pytest is needed where this is used.

    Args:
        things: Rubrics (or their ids or paths), measures and aggregators; or checks, such as those that
            `measure_checks` returns for examples of one's own.

    Example:
        >>> from humanai_maturity.testing import AGGREGATORS
        >>> @each_check_of("ai-human-cx", AGGREGATORS["midrange"])
        ... def test_mine(check):
        ...     check()
    """
    import pytest  # noqa: PLC0415 - only those who test with it have it

    checks = [check for thing in things for check in _checks_of(thing)]
    return pytest.mark.parametrize("check", [pytest.param(check, id=check.name) for check in checks])


def _checks_of(thing: Checked) -> Iterable[Check]:
    match thing:
        case Check():
            return [thing]
        case Measure():
            return measure_checks(thing)
        case Aggregator():
            return aggregator_checks(thing)
        case str() | PathLike() | Rubric():
            return rubric_checks(thing)
        case _:
            return thing
