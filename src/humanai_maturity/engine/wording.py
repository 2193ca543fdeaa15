"""The words that explanations and reports share: numbers, stages, and what stands before the next stage."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import ceil, floor
from re import compile as pattern

from humanai_maturity.engine.result import Blocker, FlagResult, NodeResult, Row, ScorecardData, StageReached
from humanai_maturity.model.rubric import OVERALL

_UNSEEN = pattern("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ud800-\udfff\ufeff]")
MORE_DIGITS = 2
"""How many more decimals than scores the numbers have that stand in the way of a stage or of a value."""

LIKE_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What texts begin with that a spreadsheet takes for formulas."""

_PLACES = 4
_SMALL = 0.001


def one_line(text: str) -> str:
    r"""Return a rubric's or an answer's text on one line, without characters that steer a terminal.

    Example:
        >>> one_line("Where data\nlives\x1b[31m")
        'Where data lives[31m'
    """
    return printable(" ".join(text.split()))


def printable(text: str) -> str:
    r"""Return a text without the characters that steer a terminal or turn the direction of writing.

    Example:
        >>> printable("one\ntwo\x07")
        'one\ntwo'
    """
    return _UNSEEN.sub("", text)


def number(value: Fraction | float, places: int = 2) -> str:
    """Return a number as people read it.

    Example:
        >>> number(2.5), number(3.0), number(Fraction(1, 3)), number(0.0004)
        ('2.5', '3', '0.33', '0.0004')
    """
    decimal = float(value)
    if 0 < abs(decimal) < _SMALL:
        return f"{decimal:.1g}"
    text = f"{decimal:.{places}f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def exactly(value: Fraction) -> str:
    """Return a number exactly, with its decimals where it is no whole number.

    Example:
        >>> exactly(Fraction(4, 17)), exactly(Fraction(3))
        ('4/17 (0.2353)', '3')
    """
    return str(value) if value.denominator == 1 else f"{value} ({number(value, _PLACES)})"


def cut_off(value: Fraction, places: int) -> str:
    """Return a number with at most so many decimals, cut off so that it cannot seem to have reached what it has not.

    Example:
        >>> cut_off(Fraction(29999, 10000), 2), cut_off(Fraction(3), 2)
        ('2.99', '3')
    """
    return _short(rounded_down(value, places))


def at_least(value: Fraction, places: int) -> str:
    """Return a number that has to be reached with at most so many decimals, rounded up.

    Example:
        >>> at_least(Fraction(2345, 1000), 2), at_least(Fraction(3), 2)
        ('2.35', '3')
    """
    return _short(rounded_up(value, places))


def _short(text: str) -> str:
    return text.rstrip("0").rstrip(".") if "." in text else text


def rounded_down(value: Fraction, places: int) -> str:
    """Return a number with so many decimals, rounded down.

    Example:
        >>> rounded_down(Fraction(23, 9), 1), rounded_down(Fraction(-1, 40), 1), rounded_down(Fraction(2), 0)
        ('2.5', '-0.1', '2')
    """
    return _fixed(floor(value * 10**places), places)


def rounded_up(value: Fraction, places: int) -> str:
    """Return a number with so many decimals, rounded up.

    Example:
        >>> rounded_up(Fraction(23, 9), 1), rounded_up(Fraction(-1, 40), 1)
        ('2.6', '0.0')
    """
    return _fixed(ceil(value * 10**places), places)


def rounded(value: Fraction, places: int) -> str:
    """Return a number with so many decimals, rounded to the nearest.

    Example:
        >>> rounded(Fraction(23, 9), 2), rounded(Fraction(-1, 3), 1)
        ('2.56', '-0.3')
    """
    return _fixed(round(value * 10**places), places)


def _fixed(count: int, places: int) -> str:
    """Return a whole number of the last decimal place as a decimal."""
    digits = f"{abs(count):0{places + 1}d}"
    text = f"{digits[:-places]}.{digits[-places:]}" if places else digits
    return f"-{text}" if count < 0 else text


def percent(share: Fraction) -> str:
    """Return a share that was found in whole per cent, cut off: it cannot seem to have reached what it has not.

    Example:
        >>> percent(Fraction(7, 10)), percent(Fraction(699, 1000))
        ('70 %', '69 %')
    """
    return f"{floor(share * 100)} %"


def asked(share: Fraction | float) -> str:
    """Return a share that a rubric asks for in per cent, with the decimals that it has.

    Example:
        >>> asked(Fraction(7, 10)), asked(Fraction(2, 3))
        ('70 %', '66.67 %')
    """
    return f"{float(share) * 100:.4g} %"


def can_be(low: str, high: str) -> str:
    """Return a sentence about what something can turn out to be.

    Example:
        >>> can_be("2.1", "3.4"), can_be("Steady", "Steady")
        ('It can turn out anywhere from 2.1 to 3.4.', 'It can only be Steady.')
    """
    return f"It can only be {low}." if low == high else f"It can turn out anywhere {span(low, high)}."


def span(low: str, high: str) -> str:
    """Return a range in words, or the one thing that it is.

    Example:
        >>> span("Low", "High"), span("Low", "Low")
        ('from Low to High', 'Low')
    """
    return low if low == high else f"from {low} to {high}"


def title(stage: StageReached | None) -> str:
    """Return what people call a stage."""
    return one_line(stage.title) if stage is not None else "none"


def before(stage: StageReached | None) -> str:
    """Return the heading of what stands before a stage, or before there is any."""
    return f"Before {title(stage)}:" if stage is not None else "Before it has a stage:"


def stage_span(row: Row) -> str:
    """Return the stages that a row can turn out to be at; empty where it has none."""
    return span(*stage_bounds(row))


def score_bounds(row: Row, places: int) -> tuple[str, str]:
    """Return the least and the most that a row can turn out to score, rounded outward; empty where it has none.

    As with their scores, dimensions keep the zeros at the end, and criteria do not.
    """
    low, high = row.exact.low, row.exact.high
    if low is None or high is None:
        return "", ""
    if isinstance(row, NodeResult):
        return rounded_down(low, places), rounded_up(high, places)
    return cut_off(low, places), at_least(high, places)


def score_span(row: Row, places: int) -> str:
    """Return the scores that a row can turn out to have; empty where it has none."""
    return span(*score_bounds(row, places))


def stage_bounds(row: Row) -> tuple[str, str]:
    """Return the lowest and the highest stage that a row can turn out to be at; empty where it has none."""
    return ("", "") if row.stage_low is None else (title(row.stage_low), title(row.stage_high))


def shown_score(node: NodeResult) -> str:
    """Return a score as the rubric wants it shown where that only rounds it, else as it is; empty without one."""
    if node.exact.score is None or node.shown is None:
        return ""
    places = len(node.shown.partition(".")[2])
    rounds = abs(Fraction(node.shown) - node.exact.score) * 10**places < 1
    return node.shown if rounds else rounded(node.exact.score, places)


def shown_stage(node: NodeResult) -> str:
    """Return the stage of a node as a table shows it: `open` without a point, a dash without any stage."""
    return title(node.stage) if node.stage is not None else "open" if node.stage_low is not None else "-"


def open_stages(node: NodeResult) -> str:
    """Return the stages that a node can turn out to be at; empty where they say nothing that its stage does not."""
    low, high = stage_bounds(node)
    return "" if low == high else f"{low} to {high}"


def open_scores(node: NodeResult, places: int) -> str:
    """Return the scores that a node can turn out to have; empty where they say nothing that its score does not."""
    if node.exact.low == node.exact.high == node.exact.score:
        return ""
    low, high = score_bounds(node, places)
    return low if low == high else f"{low} to {high}"


def flag_state(flag: FlagResult) -> str:
    """Return whether a flag is raised, and whether that rests on an answer that is not there."""
    if flag.state == "possible":
        return "possible, depending on an unknown answer"
    certain = flag.certain or flag.state == "clear"
    return flag.state if certain else "raised, as an answer that could clear it is unknown"


def profile(card: ScorecardData, above: str = OVERALL, depth: int = 0) -> Iterator[tuple[int, NodeResult]]:
    """Yield every dimension after the one that it belongs to, in the order of the rubric, with its depth."""
    for node in card.nodes:
        if node.parent == above:
            yield depth, node
            yield from profile(card, node.id, depth + 1)


def blocker_lines(blockers: Sequence[Blocker], depth: int = 0) -> Iterator[tuple[int, str]]:
    """Yield blockers line by line, each with its depth: what they are made of stands below them.

    Example:
        >>> from dataclasses import replace
        >>> part = Blocker(node="d", stage=None, kind="stage", subject="c", needed="2", present="1", text="do c")
        >>> whole = replace(part, kind="any", needed="1", present="0", parts=(part, part))
        >>> list(blocker_lines([whole]))
        [(0, '1 of these:'), (1, 'Do c.'), (1, 'Do c.')]
    """
    for blocker in blockers:
        if not blocker.parts:
            yield depth, sentence(blocker.text)
            continue
        missing = int(blocker.needed) - int(blocker.present)
        yield depth, "All of these:" if missing >= len(blocker.parts) else f"{missing} of these:"
        yield from blocker_lines(blocker.parts, depth + 1)


def sentence(text: str) -> str:
    """Return a text as a sentence: a capital letter first, a full stop last.

    Example:
        >>> sentence("nobody knew")
        'Nobody knew.'
    """
    words = one_line(text)
    return f"{words[:1].upper()}{words[1:]}{'' if words.endswith(('.', '!', '?')) else '.'}"
