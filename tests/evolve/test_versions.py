"""Versions and steps: what is claimed, and whether it is enough."""

import pytest

from humanai_maturity.evolve.changes import Step
from humanai_maturity.evolve.versions import distance, judge, next_version


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("1.2.3", "2.0.0", "major"),
        ("1.2.3", "1.3.0", "minor"),
        ("1.2.3", "1.2.4", "patch"),
        ("1.2.3", "1.2.3", "none"),
        ("1.0", "1.0.0", "none"),
        ("1", "2", "major"),
        ("1.10", "1.9", "back"),
        ("1.9", "1.10", "minor"),
        ("v1.9", "v2.0", "major"),
        ("0.1.0", "1.0.0", "major"),
        ("0.1.0", "0.2.0", "major"),
        ("0.1.0", "0.1.1", "minor"),
        ("2026a", "2026b", "unclear"),
    ],
)
def test_the_distance_of_two_versions(before: str, after: str, expected: str) -> None:
    assert distance(before, after) == expected


@pytest.mark.parametrize(
    ("version", "step", "expected"),
    [
        ("1.2.3", "major", "2.0.0"),
        ("1.2.3", "minor", "1.3.0"),
        ("1.2.3", "patch", "1.2.4"),
        ("0.2.3", "major", "0.3.0"),
        ("0.2.3", "minor", "0.2.4"),
        ("0.2.3", "patch", "0.2.4"),
        ("spring", "major", None),
    ],
)
def test_the_next_version(version: str, step: Step, expected: str | None) -> None:
    assert next_version(version, step) == expected
    if expected is not None:
        assert judge(version, expected, step)[0]


@pytest.mark.parametrize(
    ("before", "after", "needed", "honest", "advice"),
    [
        ("1.0.0", "1.0.0", None, True, "Nothing that matters has changed."),
        ("1.0.0", "0.9.0", None, False, "The version goes back from 1.0.0 to 0.9.0."),
        ("1.0.0", "1.0.0", "patch", False, "Both say version 1.0.0: the changes deserve 1.0.1."),
        ("1.0.0", "1.0.1", "minor", False, "The step from 1.0.0 to 1.0.1 is too small"),
        ("1.0.0", "0.9.0", "minor", False, "The changes deserve 1.1.0."),
        ("1.0.0", "2.0.0", "patch", True, "is large enough"),
        ("spring", "autumn", "major", None, "cannot be compared as versions; the changes deserve a major step."),
        ("spring", "spring", "major", False, "Both say version spring: the changes deserve a major step."),
    ],
)
def test_a_version_is_judged(before: str, after: str, needed: Step | None, honest: object, advice: str) -> None:
    found = judge(before, after, needed)
    assert found[0] is honest
    assert advice in found[1]
