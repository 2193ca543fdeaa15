"""Is everything still found that is silenced?"""

from collections.abc import Sequence

from humanai_maturity.errors import near_miss
from humanai_maturity.lint.finding import KINDS, Findings, Found
from humanai_maturity.lint.places import name_of
from humanai_maturity.lint.study import Study

_MOST_HINTS = 50
"""For how many silences a near miss is looked for."""


def silence(found: Sequence[Found], study: Study) -> Findings:
    """Leave out what is silenced, and find what is silenced though it is not there."""
    silenced = {(each.finding, each.at) for each in study.rubric.silence}
    names = [(each.code, name_of(each.loc, study.rubric)) for each in found]
    yield from (each for each, name in zip(found, names, strict=True) if name not in silenced)
    there = dict.fromkeys(names)
    unused = [place for place, each in enumerate(study.rubric.silence) if (each.finding, each.at) not in there]
    for count, place in enumerate(unused):
        each = study.rubric.silence[place]
        yield _unused(each.finding, each.at, place, [*there] if count < _MOST_HINTS else [])


def _unused(code: str, at: str, place: int, there: Sequence[tuple[str, str]]) -> Found:
    loc = ("silence", place)
    if code not in KINDS:
        message, hint = f"no check finds anything called {code!r}", near_miss(code, KINDS)
        return Found("unused-silence", (*loc, "finding"), message, "correct the code, or delete this", hint=hint)
    near = near_miss(at, [name for found, name in there if found == code])
    message = f"nothing of this kind is found at {at!r}"
    return Found("unused-silence", (*loc, "at"), message, "delete this, or correct the place", hint=near)
