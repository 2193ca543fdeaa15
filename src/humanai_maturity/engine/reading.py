"""Reading answers: from what a caller gives to the state and the claimed value of every leaf."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any, NamedTuple, TypeAlias, get_args

from pydantic import ValidationError

from humanai_maturity.documents.problems import problems_of
from humanai_maturity.documents.schema import schema_of
from humanai_maturity.documents.source import Parsed, Source, path_text
from humanai_maturity.engine.plan import KNOWN, NOT_APPLICABLE, UNKNOWN, Leaf, Plan
from humanai_maturity.engine.valuation import UnfitValueError, Valuation
from humanai_maturity.errors import AnswerError, Problem, near_miss
from humanai_maturity.model.assessment import Answer, NotApplicable, Unanswered, Unknown
from humanai_maturity.model.exact import WrittenDecimal, WrittenInt, kind_of, number_advice, written
from humanai_maturity.model.scales import MetricScale

REFUSED = "this cannot be not applicable: answer it, or say `unknown: dont-know`"
"""What to do instead, where something that has to be answered is said not to apply."""

State: TypeAlias = Answer | Unknown | NotApplicable


class Reading(NamedTuple):
    """What one answer comes to.

    Attributes:
        state: Whether the leaf is unknown, known or not applicable.
        answer: What was given.
        unknown: Why it is unknown.
        claimed: The value that the answer claims.
        held: The value that its evidence supports.
        scale: The type of scale that it was read on.
        evidence: The evidence grade that counts.
        ahead: The items of a checklist that hold beyond their foundation.
    """

    state: int
    answer: State
    unknown: Unanswered | None = None
    claimed: Fraction | None = None
    held: Fraction | None = None
    scale: str | None = None
    evidence: str | None = None
    ahead: tuple[str, ...] = ()


class ProblemList:
    """Collect everything that is wrong with the answers, then raise it at once."""

    def __init__(self) -> None:
        self._problems: list[Problem] = []

    def add(self, code: str, name: str, message: str, hint: str | None = None) -> None:
        """Note one problem with the answer of that name."""
        path = path_text(("answers", name)) if name else ""
        self._problems.append(Problem(code=code, path=path, message=message, hint=hint))

    def add_all(self, name: str, found: Iterable[Problem], *, bare: bool) -> None:
        """Note what is wrong inside an answer; a bare value has no inside."""
        for each in found:
            inside = () if bare else (each.path,)
            self.add(each.code, name, each.message, each.hint)
            path = ".".join((self._problems[-1].path, *inside))
            self._problems[-1] = replace(self._problems[-1], path=path.rstrip("."))

    @property
    def found(self) -> tuple[Problem, ...]:
        """Return all problems."""
        return tuple(self._problems)

    def __bool__(self) -> bool:
        """Return whether there is any problem."""
        return bool(self._problems)

    def raise_if_any(self) -> None:
        """Raise `AnswerError` if there is any problem."""
        if self._problems:
            count = len(self._problems)
            raise AnswerError(f"the answers have {count} problem{'s' if count > 1 else ''}", self._problems)


def spelt_out(name: str, given: object, problems: ProblemList) -> State | None:
    """Return what was given as one of the three states, or note why it is none."""
    if isinstance(given, Answer | Unknown | NotApplicable):
        return given
    if given is None:
        problems.add("no-answer", name, "nothing is not an answer: leave it out, or say why: {'unknown': 'dont-know'}")
        return None
    record = _record(given)
    data = given if isinstance(given, dict) else {"value": given}
    try:
        return record.model_validate(data)
    except ValidationError as error:
        problems.add_all(
            name, problems_of(error, Parsed(Source(""), data, _nowhere), schema_of(record)), bare=data is not given
        )
        return None


def _nowhere(_path: object, _of_key: object) -> None:
    """Answers that come from Python have no place in a document."""


def _record(given: object) -> type[State]:
    """Return which of the three states a mapping describes; anything else is short for an answer's value."""
    if not isinstance(given, dict):
        return Answer
    return Unknown if "unknown" in given else NotApplicable if "not_applicable" in given else Answer


def read_leaf(leaf: Leaf, answer: State, day: date | None, problems: ProblemList) -> Reading | None:
    """Return what an answer to one criterion or fact comes to, or note what is wrong with it."""
    name = leaf.question.id
    if isinstance(answer, Unknown):
        return Reading(UNKNOWN, answer, unknown=answer.unknown)
    if isinstance(answer, NotApplicable):
        if leaf.question.allow_not_applicable:
            return Reading(NOT_APPLICABLE, answer)
        problems.add("not-applicable-refused", name, REFUSED)
        return None
    if not _fits_metadata(leaf, answer, day, problems):
        return None
    if _is_stale(leaf, answer, day):
        return Reading(UNKNOWN, answer, unknown="stale")
    try:
        return _read_values(leaf, answer)
    except UnfitValueError as error:
        problems.add(error.code, name, str(error), error.hint)
        return None


def _fits_metadata(leaf: Leaf, answer: Answer, day: date | None, problems: ProblemList) -> bool:
    """Note what is wrong with an answer's evidence grade and its day."""
    name, sound = leaf.question.id, True
    if answer.evidence is not None and leaf.claims and answer.evidence not in leaf.claims:
        grades = ", ".join(leaf.claims)
        problems.add(
            "unknown-grade",
            name,
            f"{answer.evidence!r} is not an evidence grade; the grades are {grades}",
            near_miss(answer.evidence, leaf.claims),
        )
        sound = False
    if answer.as_of is not None and day is not None and answer.as_of > day:
        problems.add("future-answer", name, f"the answer is as of {answer.as_of}, after the assessment's date {day}")
        sound = False
    if answer.as_of is not None and day is None and leaf.question.max_age_days is not None:
        problems.add("no-date", name, "the age of this answer counts: give the assessment a `date`")
        sound = False
    return sound


def _is_stale(leaf: Leaf, answer: Answer, day: date | None) -> bool:
    if answer.as_of is None or day is None or leaf.question.max_age_days is None:
        return False
    return (day - answer.as_of).days > leaf.question.max_age_days


def _read_values(leaf: Leaf, answer: Answer) -> Reading:
    """Try the ways to answer in order; a sample that is too small passes to the next."""
    given: dict[str, object] = dict(answer.values) or {_way(leaf, answer.value).type: answer.value}
    stray = next((name for name in given if name not in {way.type for way in leaf.valuations}), None)
    if stray is not None:
        ways = ", ".join(way.type for way in leaf.valuations)
        raise UnfitValueError(
            "wrong-scale",
            f"this is not answered on the scale {stray!r}, but on {ways}",
            near_miss(stray, ways.split(", ")),
        )
    counted = None
    for way in leaf.valuations:
        if way.type not in given:
            continue
        value = _value(way, given[way.type], leaf)
        too_few = way.min_sample is not None and answer.sample is not None and answer.sample < way.min_sample
        if counted is None and not too_few:
            counted = (way, given[way.type], value)
    if counted is None:
        return Reading(UNKNOWN, answer, unknown="too-few")
    return _reading(leaf, answer, *counted)


def _reading(leaf: Leaf, answer: Answer, way: Valuation, given: object, claimed: Fraction) -> Reading:
    grade = answer.evidence or way.evidence or next(iter(leaf.claims), None)
    return Reading(
        KNOWN,
        answer,
        claimed=claimed,
        held=leaf.held(claimed, grade),
        scale=way.type,
        evidence=grade,
        ahead=way.ahead(given),
    )


def _way(leaf: Leaf, value: object) -> Valuation:
    """Return the first way that takes a value of this form; a bare text may be a checklist of one item."""
    fitting = [way for way in leaf.valuations if way.takes(value)]
    if not fitting and isinstance(value, str):
        fitting = [way for way in leaf.valuations if way.type == "checklist"]
    return fitting[0] if fitting else leaf.valuations[0]


_ASKS = {
    "choice": "the id of one option",
    "yes_no": "true or false",
    "checklist": "the list of the items that hold",
    "metric": "a number",
}


def _value(way: Valuation, value: Any, leaf: Leaf) -> Fraction:
    takes_bare_item = way.type == "checklist" and isinstance(value, str)
    if not way.takes(value) and not takes_bare_item:
        remedy = _remedy(leaf, value)
        message = f"expected {_ASKS[way.type]}, not {kind_of(value)} ({_shown(value):.60})"
        raise UnfitValueError("wrong-type", f"{message}: {remedy}" if remedy else message)
    try:
        return way.value(value)
    except UnfitValueError as error:
        remedy = None if way.type == "custom" else _remedy(leaf, value)
        if remedy is None:
            raise
        raise UnfitValueError(error.code, f"{error}; {remedy}") from None


_REASONS = {reason.replace("-", ""): reason for reason in get_args(Unanswered)}
_DONT_KNOW = dict.fromkeys(("unknown", "notknown", "donotknow", "unanswered"), "dont-know")
_NOT_APPLICABLE = ("na", "notapplicable", "doesnotapply")
_TRUTHS = {**dict.fromkeys(("yes", "y", "true"), "true"), **dict.fromkeys(("no", "n", "false"), "false")}


def _remedy(leaf: Leaf, value: object) -> str | None:
    """Return what to write instead of a value that fits no scale, if that can be told."""
    types = {way.type for way in leaf.valuations}
    if isinstance(value, Mapping) and "checklist" in types:
        return "write a list of the items that hold"
    if not isinstance(value, str):
        return None
    letters = "".join(filter(str.isalpha, value.lower()))
    reason = {**_REASONS, **_DONT_KNOW}.get(letters)
    if reason is not None:
        return f"write {{unknown: {reason}}}"
    if letters in _NOT_APPLICABLE:
        return "write {not_applicable: the reason}" if leaf.question.allow_not_applicable else REFUSED
    if "yes_no" in types and letters in _TRUTHS:
        return f"write {_TRUTHS[letters]}"
    parts = [part.strip() for part in value.replace(";", ",").split(",")]
    if "checklist" in types and len(parts) > 1:
        return f"write [{', '.join(filter(None, parts))}]"
    return number_advice(value, _percent(leaf)) if "metric" in types else None


def _percent(leaf: Leaf) -> Fraction:
    """Return what one per cent is on the metric of a leaf: 1 where it can be above 1."""
    metrics = [scale for scale in leaf.question.scales if isinstance(scale, MetricScale)]
    bounds = [bound for scale in metrics for bound in _bounds(scale) if bound is not None]
    return Fraction(1) if max(bounds, default=0) > 1 else Fraction(1, 100)


def _bounds(scale: MetricScale) -> Iterable[Fraction | None]:
    ends = () if scale.range is None else (scale.range.worst, scale.range.best)
    return (scale.maximum, *ends, *(scale.bands or {}).values())


def _shown(value: object) -> str:
    """Return a value as an assessment would write it."""
    match value:
        case WrittenInt() | WrittenDecimal():
            return value.text
        case Fraction():
            return str(written(value))
        case tuple():
            return f"[{', '.join(map(_shown, value))}]"
        case Mapping():
            return f"{{{', '.join(f'{key}: {_shown(each)}' for key, each in value.items())}}}"
        case _:
            return repr(value)


def blank_reading() -> Reading:
    """Return what the absence of an answer comes to."""
    return Reading(UNKNOWN, Unknown(unknown="blank"), unknown="blank")


def check_names(plan: Plan, names: Mapping[str, object], problems: ProblemList) -> None:
    """Note every answer that belongs to nothing in the rubric."""
    for name in names:
        if name not in plan.items or name == "overall":
            problems.add(
                "unknown-criterion",
                str(name),
                "the rubric has no criterion, fact or dimension of this id",
                near_miss(str(name), plan.items),
            )
