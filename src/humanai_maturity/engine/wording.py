"""The words that explanations and reports share: numbers, stages, and what stands before the next stage."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from re import compile as pattern

from humanai_maturity.engine.result import Blocker, FlagResult, NodeResult, Row, ScorecardData, StageReached
from humanai_maturity.model.rubric import OVERALL

_UNSEEN = pattern("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ud800-\udfff\ufeff]")
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


def percent(share: Fraction | float) -> str:
    """Return a share in per cent, so precisely that it cannot seem to have reached what it has not.

    Example:
        >>> percent(Fraction(7, 10)), percent(0.699)
        ('70 %', '69.9 %')
    """
    return f"{float(share) * 100:.4g} %"


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
    return "" if row.stage_low is None else span(title(row.stage_low), title(row.stage_high))


def score_span(row: Row) -> str:
    """Return the scores that a row can turn out to have; empty where it has none."""
    return "" if row.low is None or row.high is None else span(number(row.low), number(row.high))


def shown_score(node: NodeResult) -> str:
    """Return a score as the rubric wants it shown where that only rounds it, else as it is; empty without one."""
    if node.exact.score is None or node.shown is None:
        return ""
    places = len(node.shown.partition(".")[2])
    rounds = abs(Fraction(node.shown) - node.exact.score) * 10**places < 1
    return node.shown if rounds else number(node.exact.score)


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
