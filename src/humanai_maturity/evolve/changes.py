"""What a comparison of two rubrics finds: values only."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from pydantic import JsonValue

Step: TypeAlias = Literal["major", "minor", "patch"]
"""How large a step from one version to the next is.

- `major`: scores may change for answers that exist, or answers become invalid, or programs meet other ids;
- `minor`: something is new, and every result that exists keeps its scores, its stages and their bounds;
- `patch`: only words, or the order in which things are shown.
"""

ChangeKind: TypeAlias = Literal[
    "added",
    "removed",
    "renamed",
    "moved",
    "reordered",
    "reweighted",
    "threshold",
    "scale",
    "rule",
    "policy",
    "text",
]
"""What has happened to a part of a rubric."""

STEPS: tuple[Step, ...] = ("patch", "minor", "major")
"""The steps, smallest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Read one difference between two rubrics.

    Attributes:
        kind: What has happened.
        what: The kind of part that it has happened to, such as `criterion` or `option`.
        id: The part's id in the later rubric, or in the earlier one where it is gone. An option is named after what
            it belongs to: `data.sources/owned`.
        field: The field that differs, such as `weight` or `stage.gates.responsive[data.sources].at_least`; `None`
            where it is the part as a whole.
        before: What was there, as it would stand in JSON; `None` where nothing was, or the default.
        after: What is there now.
        step: How large a step it deserves by itself.
        text: The same in words.
    """

    kind: ChangeKind
    what: str
    id: str
    field: str | None = None
    before: "JsonValue" = None
    after: "JsonValue" = None
    step: Step
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedRubric:
    """Tell which of two rubrics is meant.

    Attributes:
        id: The rubric's id.
        version: Its version.
        digest: Its digest.
    """

    id: str
    version: str
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RubricDiff:
    """Read what has changed between two rubrics, and which step of the version it deserves.

    It is true where there is any change.

    Attributes:
        before: The earlier rubric.
        after: The later rubric.
        changes: All changes, the gravest first.
        step: The largest step that any of them deserves; `None` where nothing has changed.
        honest: Whether the versions say at least as much; `None` where they cannot be compared.
        advice: What to do about the version, in one sentence.
    """

    before: ComparedRubric
    after: ComparedRubric
    changes: tuple[Change, ...]
    step: Step | None
    honest: bool | None
    advice: str

    def __bool__(self) -> bool:
        """Return whether anything has changed."""
        return bool(self.changes)

    def of_step(self, step: Step) -> tuple[Change, ...]:
        """Return the changes that deserve exactly this step."""
        return tuple(change for change in self.changes if change.step == step)
