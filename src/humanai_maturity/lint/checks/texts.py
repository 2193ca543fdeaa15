"""Is everything said that an assessor needs, once, in plain words, and is nothing left over from writing?"""

from collections.abc import Iterator, Sequence
from re import IGNORECASE
from re import compile as pattern
from statistics import median_low

from humanai_maturity.documents.source import Path
from humanai_maturity.lint.answers import Question
from humanai_maturity.lint.finding import Findings, Found
from humanai_maturity.lint.readability import grade_of
from humanai_maturity.lint.study import Study
from humanai_maturity.model.exact import Document
from humanai_maturity.model.rubric import Criterion
from humanai_maturity.model.scales import ChecklistScale, ChoiceScale, Item, Option

_LEFT_OVER = pattern(r"\b(?:TODO|FIXME|TBD|TBC|XXX+)\b|(?i:\blorem ipsum\b|\bplaceholder text\b)|\?\?\?")
_WORD = r"(?:how|what|which|who|whom|whose|why|when|where|whether)"
_TWO_QUESTIONS = pattern(rf"\?.*\?|^\s*{_WORD}\b.*[,;]\s*(?:and|or)\s+{_WORD}\b|\band/or\b", IGNORECASE)
_NAMES = frozenset({"id", "type", "rule", "criterion", "dimension", "evidence", "measure", "name", "unit", "version"})
_LEAST_WORDS = 30
_LEAST_QUESTIONS = 5
_FAR = 6
"""How many school years of reading lie far above the rest."""


def check_texts(study: Study) -> Findings:
    """Find texts that are unfinished, missing, doubled or hard to read."""
    for loc, text in _texts(study.rubric, ()):
        found = _LEFT_OVER.search(text)
        if found is not None:
            fix = "write what belongs here, or delete it"
            yield Found("left-over", loc, f"{found[0]!r} looks like something left over from writing", fix)
    for loc, question in study.known.questions:
        if question.question is not None and _TWO_QUESTIONS.search(question.question):
            fix = "make it two questions, or ask for the one that matters"
            yield Found("double-question", (*loc, "question"), "this seems to ask two things at once", fix)
    yield from _check_reading(study)
    yield from _check_help(study)
    criteria = [(loc, part) for loc, part in study.known.parts if isinstance(part, Criterion)]
    yield from _check_given(criteria, "look_at", "missing-evidence", "which evidence to look at")
    yield from _check_given(criteria, "next_steps", "missing-next-step", "what to do next")
    for place, flag in enumerate(study.rubric.flags):
        if flag.remedy is None:
            message = "this flag does not say what to do about it"
            yield Found("missing-next-step", ("flags", place), message, "add a `remedy`")


def _texts(value: object, loc: Path) -> Iterator[tuple[Path, str]]:
    match value:
        case Document():
            for name in type(value).model_fields:
                if name not in _NAMES:
                    yield from _texts(getattr(value, name), (*loc, name))
        case tuple():
            for place, each in enumerate(value):
                yield from _texts(each, (*loc, place))
        case str():
            yield loc, value
        case _:
            pass


def _check_help(study: Study) -> Findings:
    found = [(loc, told) for loc, question in study.known.questions if (told := _missing_help(question)) is not None]
    if 2 * len(found) > len(study.known.questions) > 1:
        message = f"{len(found)} of {len(study.known.questions)} questions have nothing that helps to answer them"
        fix = "write a `question` or `help`, and a `text` for every option and item"
        yield Found("missing-help", (), message, fix)
        return
    for loc, message in found:
        yield Found("missing-help", loc, message, "write what two strangers would read alike")


def _missing_help(question: Question) -> str | None:
    silent = [part.id for part in _parts(question) if part.text is None]
    if silent:
        listed = ", ".join(map(repr, silent))
        return f"there is no `text` that says when {listed} {'is' if len(silent) == 1 else 'are'} true"
    bare = question.question is None and question.help is None
    return "there is neither a `question` nor a `help` text" if bare else None


def _parts(question: Question) -> Iterator[Option | Item]:
    for scale in question.scales:
        if isinstance(scale, ChoiceScale):
            yield from scale.options
        elif isinstance(scale, ChecklistScale):
            yield from scale.items


def _check_given(criteria: Sequence[tuple[Path, Criterion]], field: str, code: str, what: str) -> Findings:
    """Find the criteria that lack what others have; where most lack it, say so once."""
    without = [(loc, criterion) for loc, criterion in criteria if not getattr(criterion, field)]
    if 2 * len(without) > len(criteria):
        message = f"{len(without)} of {len(criteria)} criteria do not say {what}"
        yield Found(code, (), message, f"add `{field}` to the criteria")
        return
    for loc, _ in without:
        yield Found(code, loc, f"this does not say {what}, and other criteria do", f"add `{field}`")


def _check_reading(study: Study) -> Findings:
    """Find questions whose texts, all together, are much harder to read than those of most questions."""
    grades = {loc: grade_of(text) for loc, text in _long_texts(study)}
    if len(grades) < _LEAST_QUESTIONS:
        return
    usual = median_low(grades.values())
    for loc, grade in grades.items():
        if grade >= usual + _FAR:
            message = f"this takes about {grade} years of school to read, most questions here {usual}"
            yield Found("hard-to-read", loc, message, "write shorter sentences and shorter words")


def _long_texts(study: Study) -> Iterator[tuple[Path, str]]:
    for loc, question in study.known.questions:
        parts = [question.question, question.help, *(part.text for part in _parts(question))]
        text = " ".join(_ended(part) for part in parts if part is not None)
        if len(text.split()) >= _LEAST_WORDS:
            yield loc, text


def _ended(text: str) -> str:
    """Return a text with a full stop, as an option's text may have none."""
    return text if text.rstrip()[-1:] in {".", "?", "!"} else f"{text.rstrip()}."
