"""Can everything be told apart by its id and by its title?"""

from collections.abc import Iterable, Iterator
from re import compile as pattern
from typing import TypeAlias

from humanai_maturity.documents.source import Path
from humanai_maturity.lint.finding import Findings, Found
from humanai_maturity.lint.study import Study
from humanai_maturity.model.scales import ChecklistScale, ChoiceScale

_Named: TypeAlias = Iterable[tuple[Path, str]]

_BETWEEN_DIGITS = pattern(r"(?<=\d)[._:-](?=\d)")
"""What tells 1.11 from 11.1, whichever mark it is."""
_MARK = pattern("[._:-]")


def check_names(study: Study) -> Findings:
    """Find ids and titles that readers will mix up."""
    for named in _groups(study):
        yield from _check_ids(named)
    stages = ((("stages", place), stage.title) for place, stage in enumerate(study.rubric.stages))
    yield from _check_titles(stages)
    facts = [(("facts", place), fact.title) for place, fact in enumerate(study.rubric.facts)]
    yield from _check_titles([*((loc, part.title) for loc, part in study.known.parts), *facts])


def _groups(study: Study) -> Iterator[_Named]:
    """Yield the ids that have to be told apart from each other."""
    rubric = study.rubric
    facts = [(("facts", place), fact.id) for place, fact in enumerate(rubric.facts)]
    yield [*((loc, part.id) for loc, part in study.known.parts), *facts]
    yield [(("stages", place), stage.id) for place, stage in enumerate(rubric.stages)]
    yield [(("evidence_grades", place), grade.id) for place, grade in enumerate(rubric.evidence_grades)]
    yield [(("flags", place), flag.id) for place, flag in enumerate(rubric.flags)]
    for loc, _, scale in study.scales:
        if isinstance(scale, ChoiceScale):
            yield [((*loc, "options", at), option.id) for at, option in enumerate(scale.options)]
        elif isinstance(scale, ChecklistScale):
            yield [((*loc, "items", at), item.id) for at, item in enumerate(scale.items)]


def _check_ids(named: _Named) -> Findings:
    seen: dict[str, str] = {}
    for loc, name in named:
        letters = _MARK.sub("", _BETWEEN_DIGITS.sub("/", name.casefold()))
        if letters in seen:
            message = f"{name!r} differs from {seen[letters]!r} only in capitals or punctuation"
            yield Found("similar-ids", (*loc, "id"), message, "give one of them another id")
        seen.setdefault(letters, name)


def _check_titles(titled: _Named) -> Findings:
    seen: dict[str, str] = {}
    for loc, title in titled:
        words = " ".join(title.casefold().split())
        if words in seen:
            message = f"{seen[words]!r} is a title already, so a report has two rows of one name"
            yield Found("repeated-title", (*loc, "title"), message, "give each its own title")
        seen.setdefault(words, title)
