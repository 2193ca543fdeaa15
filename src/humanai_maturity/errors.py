"""Every error that the library raises.

```text
MaturityError
  RubricError
    RubricSyntaxError       not YAML or JSON, or a document that would be misread
    RubricInvalidError      a readable document that is not a rubric: all problems at once
    RubricNotFoundError     also LookupError
  AnswerError               also ValueError: answers or an assessment that cannot be scored
  CaseError                 also ValueError: worked cases that do not fit their rubric
  PluginError               a plug-in, a measure or an aggregator that is missing or misbehaves
  MissingExtraError         also ImportError: an optional dependency is not installed
```

The types and their fields are part of the public interface; the wording of messages is not.
"""

from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable

Severity: TypeAlias = Literal["error", "warning", "note"]
"""How grave a problem is: only errors make a document unusable."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Read one thing that is wrong with a document or with an answer.

    Attributes:
        code: A stable name of the kind of problem, such as `unknown-id`.
        path: Where it is, such as `dimensions[0].criteria[2].weight`; empty for the whole document.
        message: What is wrong and what to write instead.
        line: The line in the source, counted from 1, where there is a source.
        column: The column in the source, counted from 1.
        hint: A near miss that was probably meant.
        source: The name of the file.
        excerpt: The line of the source as it stands there.
        severity: How grave it is; what makes a document unusable is an `error`.
    """

    code: str
    path: str
    message: str
    line: int | None = None
    column: int | None = None
    hint: str | None = None
    source: str | None = None
    excerpt: str | None = None
    severity: Severity = "error"

    def __str__(self) -> str:
        """Return the problem as a linter prints it, with the source line and a caret."""
        place = ":".join(str(part) for part in (self.source, self.line, self.column) if part is not None)
        text = f"{place + ': ' if place else ''}{self.severity}[{self.code}] {self.path + ': ' if self.path else ''}"
        text += self.message
        if self.hint is not None:
            text += f" (did you mean {self.hint!r}?)"
        if self.excerpt is None or self.column is None:
            return text
        return f"{text}\n  {self.excerpt}\n  {' ' * (self.column - 1)}^"


class MaturityError(Exception):
    """Catch this to catch everything that the library raises on purpose.

    Attributes:
        problems: All that was found wrong, in the order of the source; empty where the message says it all.
    """

    def __init__(self, message: str, problems: "Iterable[Problem]" = ()) -> None:
        self.message = message
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__(message, self.problems)

    def __str__(self) -> str:
        """Return the message, followed by one paragraph for each problem."""
        return "\n".join([self.message, *map(str, self.problems)])


class RubricError(MaturityError):
    """Catch this for anything that is wrong with a rubric."""


class RubricSyntaxError(RubricError):
    """Fix the document's notation: it is not YAML or JSON, or would silently be misread."""


class RubricInvalidError(RubricError):
    """Fix the document's content: it is readable but not a valid rubric."""


class RubricNotFoundError(RubricError, LookupError):
    """Check the spelling of the rubric's id or path: nothing is known by that name."""


class AnswerError(MaturityError, ValueError):
    """Fix the answers: at least one does not fit its criterion, or the assessment does not fit the rubric."""


class CaseError(MaturityError, ValueError):
    """Fix the worked cases: the file is not one of cases, or does not fit the rubric."""


class PluginError(MaturityError):
    """Mend what extends the library: it is missing, broken, or has the name of something else.

    Attributes:
        entry_point: The name of the entry point that is broken, where it is one.
        distribution: The distribution that brings it.
        version: The version of the distribution.
        reason: Why it cannot be used.
    """

    def __init__(
        self,
        message: str,
        problems: "Iterable[Problem]" = (),
        *,
        entry_point: str | None = None,
        distribution: str | None = None,
        version: str | None = None,
        reason: str | None = None,
    ) -> None:
        super().__init__(message, problems)
        self.entry_point = entry_point
        self.distribution = distribution
        self.version = version
        self.reason = reason


class MissingExtraError(MaturityError, ImportError):
    """Install the optional dependencies that the message names."""

    def __init__(self, feature: str, extra: str) -> None:
        self.feature = feature
        self.extra = extra
        super().__init__(f"{feature} needs optional packages: pip install 'humanai-maturity[{extra}]'")

    def __reduce__(self) -> tuple[type["MissingExtraError"], tuple[str, str]]:
        """Rebuild from the two fields rather than from the composed message."""
        return type(self), (self.feature, self.extra)


def near_miss(word: str, known: "Iterable[str]") -> str | None:
    """Return the known word that was probably meant, or `None`.

    Example:
        >>> near_miss("wieght", ["weight", "title"])
        'weight'
    """
    names = sorted(set(known))
    folded = {name.casefold(): name for name in names}
    if word.casefold() in folded:
        return folded[word.casefold()]
    return next(iter(get_close_matches(word, names, n=1)), None)
