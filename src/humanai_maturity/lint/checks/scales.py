"""Do the options of a choice stand in order, and does their wording leave nothing out and nothing twice?"""

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from re import IGNORECASE
from re import compile as pattern

from humanai_maturity.documents.source import Path
from humanai_maturity.lint.finding import Findings, Found
from humanai_maturity.lint.study import Study
from humanai_maturity.model.scales import ChoiceScale, Option

_ONE = r"\d{1,9}(?:\.\d{1,9})?"
_RANGE = pattern(
    rf"(?<![\d.])(?P<low>{_ONE}) ?%? ?(?:-|–|to|up to|bis) ?(?P<high>{_ONE})\s*(?P<unit>%|\w*)",  # noqa: RUF001
    IGNORECASE,
)
_NUMBER = pattern(r"\d+(?:[.,]\d+)?")
_ABSENT_IDS = frozenset({"na", "notapplicable", "doesnotapply", "nonapplicable"})
_ABSENT_TEXT = pattern(r"\s*(?:(?:is |are )?not applicable|n\s?/\s?a|n\.\s?a\.|does not apply)\b.*", IGNORECASE)


def check_scales(study: Study) -> Findings:
    """Find choices whose options are out of order, overlap, leave gaps, or stand for no answer at all."""
    for loc, _, scale in study.scales:
        if isinstance(scale, ChoiceScale):
            yield from _check_order(scale, (*loc, "options"), study)
            yield from _check_worths(scale, (*loc, "options"), study)
            yield from _check_ranges(scale.options, (*loc, "options"))
            yield from _check_absence(scale.options, (*loc, "options"))
            yield from _check_repeats(scale.options, (*loc, "options"))


def _check_order(scale: ChoiceScale, loc: Path, study: Study) -> Findings:
    """Find the first option that turns back on the way from the worst to the best, or the other way round."""
    options = [(place, each) for place, each in enumerate(scale.options) if not says_not_applicable(each)]
    worths = [_worth(option, study) for _, option in options]
    rising = bool(worths) and worths[-1] >= worths[0]
    for (_, before), (place, option) in pairwise(options):
        one, other = _worth(before, study), _worth(option, study)
        if (other < one) if rising else (other > one):
            message = f"this is worth {'less' if rising else 'more'} than {before.id!r} before it, out of order"
            fix = "put the options in the order of their worth, or correct the worth"
            yield Found("options-out-of-order", (*loc, place), message, fix)
            return


def _check_worths(scale: ChoiceScale, loc: Path, study: Study) -> Findings:
    seen: dict[Fraction, str] = {}
    for place, option in enumerate(scale.options):
        worth = _worth(option, study)
        if says_not_applicable(option):
            continue
        if worth in seen:
            message = f"this is worth as much as {seen[worth]!r}, so choosing either comes to the same"
            yield Found("same-worth", (*loc, place), message, "part them, or make them one option")
        seen.setdefault(worth, option.id)


def _worth(option: Option, study: Study) -> Fraction:
    stage = None if option.stage is None else study.known.stage_number(option.stage)
    return Fraction(stage) if stage is not None else option.points or Fraction(0)


def _check_ranges(options: Sequence[Option], loc: Path) -> Findings:
    """Compare the ranges of numbers that neighbouring options name, where each names exactly one."""
    for place, (one, other) in enumerate(pairwise(options), 1):
        first, second = _range(one.text), _range(other.text)
        if first is None or second is None or first[2] != second[2]:
            continue
        (low, high, _), (next_low, next_high, _) = sorted((first, second))
        whole = all(end.denominator == 1 for end in (low, high, next_low, next_high))
        if next_low <= high:
            message = f"{_shown(next_low)} is in the range of {one.id!r} and in this one"
            fix = "let each range begin where the one before has ended: `below 25`, then `25 or more`"
            yield Found("ranges-overlap", (*loc, place, "text"), message, fix)
        elif next_low - high > (1 if whole else 0):
            message = f"nothing covers the numbers between {_shown(high)} and {_shown(next_low)}"
            yield Found("ranges-gap", (*loc, place, "text"), message, "let the ranges meet")


def _range(text: str | None) -> tuple[Fraction, Fraction, str] | None:
    """Return the one range of numbers in a text and its unit; none where there are other numbers beside it."""
    found = [*_RANGE.finditer(text or "")]
    if len(found) != 1 or len(_NUMBER.findall(text or "")) != len(_NUMBER.findall(found[0][0])):
        return None
    low, high = Fraction(found[0]["low"]), Fraction(found[0]["high"])
    return (low, high, found[0]["unit"].casefold()) if low < high else None


def _shown(number: Fraction) -> str:
    return f"{float(number):g}"


def _check_absence(options: Sequence[Option], loc: Path) -> Findings:
    for place, option in enumerate(options):
        if says_not_applicable(option):
            message = "an option is scored, so this makes a number of something that does not apply"
            fix = "delete the option and write `allow_not_applicable: true` at the criterion"
            yield Found("not-applicable-option", (*loc, place), message, fix)


def says_not_applicable(option: Option) -> bool:
    """Return whether an option is a way to say that the question does not apply.

    Example:
        >>> says_not_applicable(Option(id="n-a", points=0)), says_not_applicable(Option(id="none", points=0))
        (True, False)
    """
    letters = "".join(filter(str.isalpha, option.id.lower()))
    return letters in _ABSENT_IDS or _ABSENT_TEXT.fullmatch(option.text or "") is not None


def _check_repeats(options: Sequence[Option], loc: Path) -> Findings:
    seen: dict[str, str] = {}
    for place, option in enumerate(options):
        text = " ".join((option.text or "").casefold().split()).rstrip(".")
        if text and text in seen:
            message = f"{seen[text]!r} has the same text"
            yield Found("repeated-text", (*loc, place, "text"), message, "say what tells the two apart")
        seen.setdefault(text, option.id)
