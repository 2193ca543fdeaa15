"""Overlays: small documents that say what is different about a rubric, laid over it before it is checked.

Mappings are merged key by key, and a list of things that have ids is given as a mapping from their ids to what is
different about them. Everything else takes the place of what was there.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from json import dumps
from typing import Any, TypeAlias

from humanai_maturity.documents.canonical import digest, plain
from humanai_maturity.documents.problems import in_order
from humanai_maturity.documents.source import Parsed, Path, Position
from humanai_maturity.errors import Problem, RubricInvalidError, RubricNotFoundError, near_miss
from humanai_maturity.model.exact import kind_of
from humanai_maturity.model.rubric import Adaptation, Rubric
from humanai_maturity.model.rules import telling_key

EXTENDS = "extends"
"""The key that makes a document an overlay."""

BaseOf: TypeAlias = Callable[[str], Rubric]
"""Finds the rubric that an overlay extends, by the id or the path that it names; raises `RubricNotFoundError`."""

_OFF = "off"
_ANYWHERE = ("dimensions", "criteria")
_LONGEST = 60
_MOST_NAMES = 8
_NEAR = 2


@dataclass(frozen=True, slots=True)
class Overlaid:
    """A rubric's document as an overlay makes it.

    Attributes:
        parsed: Its data, in which everything has the place in the overlay that it comes from.
        base: The rubric that was extended.
        changes: What is different, in words.
    """

    parsed: Parsed
    base: Rubric
    changes: tuple[str, ...]

    def sign(self, rubric: Rubric) -> Rubric:
        """Return the rubric that was read from this, with what it was made from."""
        first = self.base.adapted
        made = Adaptation(
            id=first.id if first else self.base.id,
            version=first.version if first else self.base.version,
            digest=first.digest if first else digest(self.base),
            changes=(*(first.changes if first else ()), *self.changes),
        )
        return rubric.model_copy(update={"adapted": made})


def overlaid(overlay: Parsed, base_of: BaseOf | None) -> Overlaid:
    """Return the document that an overlay makes of the rubric that it extends.

    Args:
        overlay: The overlay.
        base_of: Finds that rubric; without it, overlays are refused.

    Raises:
        RubricInvalidError: If it changes what is not there; all problems at once.
    """
    data = overlay.data if isinstance(overlay.data, Mapping) else {}
    if base_of is None:
        message = "this is an overlay: save it as a file, and load that with `load_rubric`"
        raise _refused(overlay, "overlay-not-here", (EXTENDS,), message)
    base = _base(overlay, data[EXTENDS], base_of)
    merge = _Merge(overlay, base)
    merge.everything({key: value for key, value in data.items() if key != EXTENDS})
    if merge.problems:
        raise _invalid(overlay, merge.problems)
    return Overlaid(Parsed(overlay.source, merge.data, merge.locate), base, tuple(merge.changes))


def _base(overlay: Parsed, named: object, base_of: BaseOf) -> Rubric:
    """Return the rubric that is extended: named by a text, or by a mapping that says which version it has to be."""
    given = named if isinstance(named, Mapping) else {"rubric": named}
    for key in sorted(given.keys() - {"rubric", "version"}):
        raise _refused(overlay, "unknown-key", (EXTENDS, key), "only `rubric` and `version` are known here")
    name, version = given.get("rubric"), given.get("version")
    if not isinstance(name, str):
        message = f"expected the id or the path of a rubric, not {kind_of(name)}"
        raise _refused(overlay, "not-a-text", (EXTENDS,), message)
    try:
        base = base_of(name)
    except RubricNotFoundError as error:
        raise _refused(overlay, "base-not-found", (EXTENDS,), error.message) from None
    if version is not None and str(getattr(version, "text", version)) != base.version:
        message = f"{name!r} has the version {base.version} now: see what is different, then name that one"
        raise _refused(overlay, "base-has-changed", (EXTENDS, "version"), message)
    return base


@dataclass(frozen=True, slots=True)
class _Spot:
    """A part of the rubric that an overlay changes.

    Attributes:
        path: Where it is in the merged document.
        place: Where the overlay says so.
        keys: The keys and ids that lead to it.
        of: The id of the criterion or dimension that they start from; by default they start from the rubric.
    """

    path: Path = ()
    place: Path = ()
    keys: tuple[str, ...] = ()
    of: str | None = None

    def key(self, key: str) -> "_Spot":
        return _Spot((*self.path, key), (*self.place, key), (*self.keys, key), self.of)

    def entry(self, at: int, name: str) -> "_Spot":
        return _Spot((*self.path, at), (*self.place, name), (*self.keys, name), self.of)

    def __str__(self) -> str:
        keys = ".".join(self.keys)
        return keys if self.of is None else f"{keys} of {self.of}"


class _Merge:
    """Lay an overlay over the data of a rubric, and remember what came from where."""

    def __init__(self, overlay: Parsed, base: Rubric) -> None:
        self.data = plain(base)
        self.problems: list[Problem] = []
        self.changes: list[str] = []
        self._overlay = overlay
        self._places: dict[Path, Path] = {}
        self._left_out: list[Path] = []

    def everything(self, changes: Mapping[str, Any]) -> None:
        """Apply all changes of an overlay: first leave things out, as that moves what comes after them."""
        anywhere = [
            (kind, name, change)
            for kind in _ANYWHERE
            if isinstance(changes.get(kind), Mapping)
            for name, change in changes[kind].items()
        ]
        for kind, name, change in sorted(anywhere, key=lambda each: each[2] != _OFF):
            found = _find(self.data, name, kind)
            if found is None:
                self._note_unknown(name, _named(self.data, kind), (kind, name))
            elif change == _OFF:
                del found[0][found[1]]
                self._leave_out(name, (kind, name))
            else:
                siblings, at, path = found
                siblings[at] = self._merged(siblings[at], change, _Spot(path, (kind, name), of=name))
        told = {kind for kind, _, _ in anywhere}
        self._merge_mappings(self.data, {key: each for key, each in changes.items() if key not in told}, _Spot())

    def locate(self, path: Path, of_key: bool) -> Position | None:  # noqa: FBT001 - as all documents are asked
        """Find the part of the overlay that a part of the merged document comes from, or that it is due to."""
        for length in range(len(path), -1, -1):
            if path[:length] in self._places:
                return self._overlay.locate((*self._places[path[:length]], *path[length:]), of_key)
        nearest = max(self._places, key=lambda place: _shared(place, path), default=())
        near = self._places and (_shared(nearest, path) >= len(path) - _NEAR or not self._left_out)
        place = self._places[nearest] if near else next(iter(self._left_out), (EXTENDS,))
        return self._overlay.locate(place, True)  # noqa: FBT003 - the type of a plain function has no keywords

    def _merged(self, old: Any, new: object, spot: _Spot) -> Any:
        """Return what a change makes of a value."""
        if isinstance(new, Mapping) and isinstance(old, dict) and not _other_kind(old, new):
            self._merge_mappings(old, new, spot)
            return old
        if isinstance(new, Mapping) and isinstance(old, list):
            return self._merge_list(old, new, spot)
        self._places[spot.path] = spot.place
        if old != new:
            self.changes.append(f"{spot}: {_shown(new)} instead of {_shown(old)}")
        return new

    def _merge_mappings(self, old: dict[str, Any], new: Mapping[str, Any], spot: _Spot) -> None:
        for key, change in new.items():
            if change is not None:
                old[key] = self._merged(old.get(key), change, spot.key(key))
            elif key in old:
                self._places[spot.key(key).path] = spot.key(key).place
                self.changes.append(f"{spot.key(key)}: the default instead of {_shown(old.pop(key))}")

    def _merge_list(self, old: list[Any], new: Mapping[str, Any], spot: _Spot) -> list[Any]:
        names = [_id(each) for each in old]
        if None in names:
            self._note("needs-the-list", "these have no ids to name them by: write the whole list", spot.place)
            return old
        kept = [each for each in old if new.get(str(_id(each))) != _OFF]
        for name, change in new.items():
            at = next((at for at, each in enumerate(kept) if _id(each) == name), None)
            if at is not None:
                kept[at] = self._merged(kept[at], change, spot.entry(at, name))
            elif name in names:
                self._leave_out(str(spot.entry(0, name)), (*spot.place, name))
            else:
                self._note_unknown(name, map(str, names), (*spot.place, name))
        return kept

    def _leave_out(self, name: str, place: Path) -> None:
        self._left_out.append(place)
        self.changes.append(f"{name} is left out")

    def _note_unknown(self, name: str, known: Iterable[str], place: Path) -> None:
        names = list(known)
        message = f"there is nothing of the id {name!r} to change: known are {', '.join(names[:_MOST_NAMES])}"
        self._note(
            "nothing-to-change",
            f"{message}{', ...' if len(names) > _MOST_NAMES else ''}",
            place,
            near_miss(name, names),
        )

    def _note(self, code: str, message: str, place: Path, hint: str | None = None) -> None:
        at = self._overlay.locate(place, True)  # noqa: FBT003 - the type of a plain function has no keywords
        self.problems.append(self._overlay.source.problem(code, message, at, path=place, hint=hint))


def _find(node: object, name: str, kind: str, above: Path = ()) -> tuple[list[Any], int, Path] | None:
    """Return the list that a dimension or a criterion is in, its position there, and its path."""
    for at, each in enumerate(_entries(node, kind)):
        if _id(each) == name:
            return _entries(node, kind), at, (*above, kind, at)
    for at, each in enumerate(_entries(node, "dimensions")):
        found = _find(each, name, kind, (*above, "dimensions", at))
        if found is not None:
            return found
    return None


def _named(node: object, kind: str) -> Iterator[str]:
    """Yield the ids of all dimensions, or of all criteria."""
    yield from (str(_id(each)) for each in _entries(node, kind))
    for each in _entries(node, "dimensions"):
        yield from _named(each, kind)


def _entries(node: object, kind: str) -> list[Any]:
    """Return the criteria or dimensions directly below a node; a change may have put anything there."""
    found = node.get(kind) if isinstance(node, Mapping) else None
    return found if isinstance(found, list) else []


def _id(entry: object) -> str | None:
    """Return what an entry of a list is named by: its id, or the type of a scale."""
    if not isinstance(entry, Mapping):
        return None
    name = entry.get("id", entry.get("type"))
    return None if name is None else str(name)


def _other_kind(old: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
    """Return whether a mapping says itself that it is something else than the one that was there."""
    if any(key in new and new[key] != old.get(key) for key in ("type", "rule")):
        return True
    kind = telling_key(new)
    return kind is not None and telling_key(old) not in {kind, None}


def _shared(one: Path, other: Path) -> int:
    """Return how many steps two paths have in common."""
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _shown(value: object) -> str:
    """Return a value in a few words."""
    if value is None:
        return "the default"
    text = value if isinstance(value, str) else dumps(value, ensure_ascii=False, default=str).replace('"', "")
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _refused(overlay: Parsed, code: str, path: Path, message: str) -> RubricInvalidError:
    at = overlay.locate(path, False)  # noqa: FBT003 - the type of a plain function has no keywords
    return _invalid(overlay, [overlay.source.problem(code, message, at, path=path)])


def _invalid(overlay: Parsed, problems: Sequence[Problem]) -> RubricInvalidError:
    count = len(problems)
    name = overlay.source.name or "the document"
    return RubricInvalidError(f"{name} is not a valid overlay: {count} problem{'s' * (count != 1)}", in_order(problems))
