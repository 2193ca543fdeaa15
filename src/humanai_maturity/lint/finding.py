"""What a check finds, before and after it has a line, and what each kind of finding is worth."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from humanai_maturity.documents.source import Path
from humanai_maturity.errors import Problem, Severity

Method: TypeAlias = Literal["proven", "searched"]
"""How a check looks: `proven` ones find every case that they describe, `searched` ones may miss some."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding(Problem):
    """Read one thing that is doubtful about a valid rubric.

    A finding has all that a [`Problem`][humanai_maturity.Problem] has, and says what to do. What each code means, and
    how surely it is found, stands in the reference.

    Attributes:
        at: What it is about, as `silence` names it: an id such as `data.sources`, or `data.sources/owned` for a part.
        fix: What to do about it.
    """

    at: str = ""
    fix: str = ""

    def __str__(self) -> str:
        """Return the finding as a linter prints it, with the source line, a caret and what to do."""
        return f"{Problem.__str__(self)}\n  fix: {self.fix}"


@dataclass(frozen=True, slots=True)
class Found:
    """Hold one thing that a check found, before it has a line.

    Attributes:
        code: The stable name of the kind of finding.
        loc: Where it is in the rubric: keys and positions in lists.
        message: What is so.
        fix: What to do about it.
        of_key: Whether the key at this place is meant rather than its value.
        hint: A near miss that was probably meant.
    """

    code: str
    loc: Path
    message: str
    fix: str
    of_key: bool = False
    hint: str | None = None


Findings: TypeAlias = Iterator[Found]


@dataclass(frozen=True, slots=True)
class Kind:
    """Say how grave one kind of finding is, and how it is looked for."""

    severity: Severity
    method: Method


_ERRORS = (
    "best-falls-short",
    "criterion-never-matters",
    "flag-always-raised",
    "flag-never-raised",
    "prerequisite-never-met",
    "requirement-never-met",
    "worst-stands-high",
)
_WARNINGS = (
    "band-out-of-reach",
    "cap-without-effect",
    "counter-without-effect",
    "gate-implied",
    "gates-contradict",
    "grade-never-matters",
    "item-never-matters",
    "left-over",
    "never-read",
    "not-applicable-costs",
    "not-applicable-lifts",
    "not-applicable-option",
    "option-never-matters",
    "options-out-of-order",
    "prerequisite-ahead",
    "prerequisite-without-effect",
    "ranges-gap",
    "ranges-overlap",
    "repeated-text",
    "repeated-title",
    "requirement-always-met",
    "setting-without-effect",
    "similar-ids",
    "stage-never-reached",
    "unused-silence",
    "weight-never-decides",
    "weight-unused",
)
_NOTES = (
    "double-question",
    "hard-to-read",
    "missing-evidence",
    "missing-help",
    "missing-next-step",
    "requirement-implied",
    "same-worth",
    "weight-cancels",
)
_SEARCHED = (
    "criterion-never-matters",
    "double-question",
    "gate-implied",
    "left-over",
    "not-applicable-costs",
    "not-applicable-lifts",
    "not-applicable-option",
    "option-never-matters",
    "ranges-gap",
    "ranges-overlap",
    "requirement-implied",
    "stage-never-reached",
)


def _kind(code: str, severity: Severity) -> Kind:
    return Kind(severity, "searched" if code in _SEARCHED else "proven")


_BY_SEVERITY: tuple[tuple[Severity, tuple[str, ...]], ...] = (
    ("error", _ERRORS),
    ("warning", _WARNINGS),
    ("note", _NOTES),
)
KINDS: dict[str, Kind] = {code: _kind(code, severity) for severity, codes in _BY_SEVERITY for code in codes}
"""All kinds of findings, by their codes."""
