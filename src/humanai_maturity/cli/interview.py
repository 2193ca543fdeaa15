"""How `ask` talks: what it shows, and what it makes of what is typed."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from shutil import get_terminal_size
from textwrap import wrap
from typing import Literal

import click

import humanai_maturity as hm
from humanai_maturity.asking.session import Asked, Session
from humanai_maturity.asking.typed import typed_value
from humanai_maturity.engine.wording import one_line
from humanai_maturity.model.assessment import Unanswered
from humanai_maturity.model.exact import written
from humanai_maturity.model.scales import Scale

_Command = Literal["back", "keep", "skip", "na", "quit"]
_COMMANDS: dict[str, _Command] = {
    **dict.fromkeys(("b", "back"), "back"),
    **dict.fromkeys(("k", "keep"), "keep"),
    **dict.fromkeys(("s", "skip"), "skip"),
    **dict.fromkeys(("na", "not applicable"), "na"),
    **dict.fromkeys(("q", "quit", "exit"), "quit"),
}
_HELP = ("?", "h", "help")
_REASONS: tuple[tuple[Unanswered, str], ...] = (
    ("dont-know", "nobody here knows"),
    ("pending", "the answer is still to come"),
    ("not-asked", "it was left out on purpose"),
    ("declined", "somebody does not want to say"),
)
_WIDEST = 100


class _CommandError(Exception):
    """Something was typed that is no answer but a command."""

    def __init__(self, command: _Command) -> None:
        self.command = command


@dataclass(frozen=True, slots=True)
class Interview:
    """Hold a session on the terminal.

    Attributes:
        session: The session.
        file: Where it is saved, as it is shown.
    """

    session: Session
    file: str

    def hold(self, *, begun: bool) -> None:
        """Ask what is left to ask, until everything is answered or somebody stops."""
        session = self.session
        _say(f"{one_line(session.scorer.rubric.title)}: {len(session.questions)} questions.")
        if begun:
            _say(f"{session.settled} of them are dealt with in {self.file}.")
        _say("Type ? for help, b to go back, s to skip, na where it does not apply, q to stop. All is saved as you go.")
        while (asked := session.next) is not None:
            try:
                self._ask(asked)
            except EOFError:
                return
            except _CommandError as typed:
                if typed.command == "quit":
                    return
                session.back() if typed.command == "back" else session.keep()

    def _ask(self, asked: Asked) -> None:
        """Ask one question until there is an answer that fits."""
        part = f"{one_line(asked.part)}: " if asked.part else ""
        click.echo()
        title = f"{part}{one_line(asked.question.title)} ({asked.question.id})"
        _say(f"[{self.session.place + 1} of {len(self.session.questions)}] {title}")
        _say(asked.question.question or "")
        if (before := self.session.assessment.answers.get(asked.question.id)) is not None:
            _say(f"Answered before: {_in_words(before)}. Type k to keep that.")
        while True:
            try:
                self.session.answer(self._given(asked))
            except hm.AnswerError as error:
                for problem in error.problems:
                    _say(f"! {problem.message}")
            except ValueError as error:
                _say(f"! {error}")
            else:
                return

    def _given(self, asked: Asked) -> hm.Answer | hm.Unknown | hm.NotApplicable:
        question = asked.question
        try:
            return self._answer(asked)
        except _CommandError as typed:
            if typed.command == "skip":
                return _unknown()
            if typed.command == "na" and question.allow_not_applicable:
                return hm.NotApplicable(not_applicable=_read("Why does it not apply? ") or _no_reason())
            if typed.command == "keep" and question.id not in self.session.assessment.answers:
                raise ValueError("there is no answer yet that could be kept") from None
            if typed.command == "na":
                raise ValueError("this always applies: answer it, or type s to skip it") from None
            raise

    def _answer(self, asked: Asked) -> hm.Answer:
        """Ask for a value in each way that the question can be answered, until there is one."""
        scales = asked.question.scales
        for place, scale in enumerate(scales):
            last = place == len(scales) - 1
            for line in _offered(scale):
                _say(line, indent=2)
            text = _read(f"{_wanted(scale, last=last)}: ", asked)
            if text or last:
                value = typed_value(text, scale)
                self.session.check(asked.question.id, hm.Answer(value=value))
                return hm.Answer(value=value, evidence=self._grade(scale), sample=_sample(scale))
        raise AssertionError("the last scale is always answered")

    def _grade(self, scale: Scale) -> str | None:
        """Ask for the evidence grade; the scale's own one is the default, else the weakest."""
        grades = self.session.scorer.rubric.evidence_grades
        if not grades:
            return None
        usual = scale.evidence or grades[0].id
        ids = [grade.id for grade in grades]
        _say("  ".join(f"{number} {_title(grade)}" for number, grade in enumerate(grades, 1)), indent=2)
        while True:
            text = _read(f"What does that rest on? [{ids.index(usual) + 1}] ") or usual
            if text in ids:
                return text
            if text.isdecimal() and 0 < int(text) <= len(ids):
                return ids[int(text) - 1]
            if text not in _HELP:
                _say(f"! type a number from 1 to {len(ids)}, or ? for help")
            for grade in grades if text in _HELP else ():
                _say(f"{_title(grade)}: {one_line(grade.description or '')}", indent=2)


def _title(grade: hm.EvidenceGrade) -> str:
    return one_line(grade.title or grade.id)


def _read(prompt: str, asked: Asked | None = None) -> str:
    """Return what is typed; where a question is asked, help is given and commands are raised."""
    while True:
        text = input(prompt).strip()
        if not sys.stdin.isatty():
            click.echo(text)
        if asked is None:
            return text
        if text.lower() in _HELP:
            _help(asked)
        elif text.lower() in _COMMANDS:
            raise _CommandError(_COMMANDS[text.lower()])
        else:
            return text


def _help(asked: Asked) -> None:
    question = asked.question
    for paragraph in (question.help or "No more is said about this question.").split("\n\n"):
        _say(paragraph, indent=2)
    for place in question.look_at:
        _say(f"Look at: {one_line(place)}", indent=2)
    _say("b: back to the question before. k: keep an answer that is there. s: skip, as unknown. q: stop.", indent=2)
    if question.allow_not_applicable:
        _say("na: it does not apply here.", indent=2)


def _offered(scale: Scale) -> Iterator[str]:
    """Yield what can be chosen, each with the number by which it is."""
    choices: tuple[hm.Option | hm.Item, ...] = ()
    if isinstance(scale, hm.ChoiceScale | hm.ChecklistScale):
        choices = scale.options if isinstance(scale, hm.ChoiceScale) else scale.items
    width = len(str(len(choices)))
    for number, choice in enumerate(choices, 1):
        yield f"{number:>{width}}  {one_line(choice.text or choice.id)}"
    if isinstance(scale, hm.MetricScale) and scale.definition:
        yield one_line(scale.definition)


def _wanted(scale: Scale, *, last: bool) -> str:
    """Return what to type."""
    match scale:
        case hm.ChoiceScale():
            wanted = f"Number, 1 to {len(scale.options)}"
        case hm.YesNoScale():
            wanted = "yes or no"
        case hm.ChecklistScale():
            wanted = "Numbers of those that hold, or none"
        case hm.MetricScale():
            wanted = f"Measured number, {one_line(scale.unit)}" if scale.unit else "Measured number"
        case hm.CustomScale():
            wanted = f"Value for {scale.measure}"
    return wanted if last else f"{wanted} (Enter: there is none)"


def _sample(scale: Scale) -> int | None:
    """Ask how many cases a metric was counted on."""
    if not isinstance(scale, hm.MetricScale):
        return None
    least = f", at least {scale.min_sample}" if scale.min_sample is not None else ""
    while True:
        text = _read(f"Counted on how many cases{least}? (Enter: not known) ").replace(",", "").replace(" ", "")
        if not text:
            return None
        if text.isdecimal() and int(text) > 0:
            return int(text)
        _say("! type a whole number")


def _unknown() -> hm.Unknown:
    """Ask why something is unknown; that nobody knows is the default."""
    for number, (_, words) in enumerate(_REASONS, 1):
        _say(f"{number}  {words}", indent=2)
    while True:
        text = _read("Why is it unknown? [1] ") or "1"
        if text.isdecimal() and 0 < int(text) <= len(_REASONS):
            return hm.Unknown(unknown=_REASONS[int(text) - 1][0])
        _say(f"! type a number from 1 to {len(_REASONS)}")


def _no_reason() -> str:
    raise ValueError("say in a few words why it does not apply, or type s to skip it")


def _in_words(given: hm.Answer | hm.Unknown | hm.NotApplicable) -> str:
    match given:
        case hm.Answer():
            value = (
                given.value
                if given.value is not None
                else "; ".join(f"{key} {each}" for key, each in given.values.items())
            )
            text = ", ".join(map(str, value)) or "none" if isinstance(value, tuple) else _shown(value)
            return one_line(f"{text} ({given.evidence})" if given.evidence else text)
        case hm.Unknown():
            return f"unknown, {given.unknown}"
        case hm.NotApplicable():
            return one_line(f"does not apply: {given.not_applicable}")


def _shown(value: object) -> str:
    return str(written(value)) if isinstance(value, Fraction) else str(value)


def _say(text: str, *, indent: int = 0) -> None:
    """Print a text as wide as the terminal, further lines below the first."""
    width = min(_WIDEST, get_terminal_size().columns) - indent
    hanging = " " * (3 if text[:2].strip().isdecimal() else 0)
    for line in wrap(one_line(text), width, subsequent_indent=hanging):
        click.echo(f"{' ' * indent}{line}")
