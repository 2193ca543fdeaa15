"""Which step lies between two versions, and whether it is as large as the changes deserve."""

from re import compile as pattern
from typing import Literal, TypeAlias

from humanai_maturity.evolve.changes import STEPS, Step

Distance: TypeAlias = Step | Literal["none", "back", "unclear"]
"""How far it is from one version to another; `unclear` where one of them is not made of numbers."""

_VERSION = pattern(r"v?([0-9]{1,9})(?:\.([0-9]{1,9}))?(?:\.([0-9]{1,9}))?")


def distance(before: str, after: str) -> Distance:
    """Return the step from one version to another; before 1.0.0, a minor one counts as major and a patch as minor.

    Example:
        >>> distance("1.2.0", "1.3.0"), distance("0.2", "0.3"), distance("2", "1.9"), distance("spring", "autumn")
        ('minor', 'major', 'back', 'unclear')
    """
    if before == after:
        return "none"
    old, new = _numbers(before), _numbers(after)
    if old is None or new is None:
        return "unclear"
    if new <= old:
        return "none" if new == old else "back"
    first = next(place for place in range(3) if old[place] != new[place])
    return STEPS[2 - first] if old[0] else STEPS[min(2, 3 - first)]


def next_version(version: str, step: Step) -> str | None:
    """Return the version that comes a step after another; `None` where it is not made of numbers.

    Example:
        >>> next_version("1.2.3", "minor"), next_version("0.2.3", "major"), next_version("spring", "patch")
        ('1.3.0', '0.3.0', None)
    """
    numbers = _numbers(version)
    if numbers is None:
        return None
    major, minor, patch = numbers
    size = STEPS.index(step) if major else max(0, STEPS.index(step) - 1)
    return (f"{major}.{minor}.{patch + 1}", f"{major}.{minor + 1}.0", f"{major + 1}.0.0")[size]


def judge(before: str, after: str, needed: Step | None) -> tuple[bool | None, str]:
    """Return whether a version says as much as the changes deserve, and what to do about it.

    Example:
        >>> judge("1.2.0", "1.2.1", "major")
        (False, 'The step from 1.2.0 to 1.2.1 is too small for these changes: they deserve 2.0.0.')
    """
    found = distance(before, after)
    if needed is None:
        return found != "back", "Nothing that matters has changed." if found != "back" else _backwards(before, after)
    proposed = next_version(before, needed)
    deserved = f"a {needed} step" if proposed is None else proposed
    if found == "unclear":
        return None, f"{before!r} and {after!r} cannot be compared as versions; the changes deserve a {needed} step."
    if found == "back":
        return False, f"{_backwards(before, after)} The changes deserve {deserved}."
    if found == "none":
        return False, f"Both say version {after}: the changes deserve {deserved}."
    if STEPS.index(found) < STEPS.index(needed):
        return (
            False,
            f"The step from {before} to {after} is too small for these changes: they deserve {deserved}.",
        )
    return True, f"The step from {before} to {after} is large enough for these changes."


def _backwards(before: str, after: str) -> str:
    return f"The version goes back from {before} to {after}."


def _numbers(version: str) -> tuple[int, int, int] | None:
    found = _VERSION.fullmatch(version.strip())
    if found is None:
        return None
    major, minor, patch = (int(part or 0) for part in found.groups())
    return major, minor, patch
