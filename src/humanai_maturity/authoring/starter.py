"""A start for a new rubric: a valid one with comments, answers to it, and its first worked cases."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from json import dumps
from re import compile as pattern
from unicodedata import normalize

from humanai_maturity.authoring.layout import as_written, laid_out
from humanai_maturity.documents.read import parse_rubric
from humanai_maturity.documents.schema import assessment_schema, cases_schema, rubric_schema
from humanai_maturity.errors import MaturityError

MOST_STAGES = 6
"""How many stages a start can have; more can be added to it."""

_NO_ID = pattern(r"[^a-z0-9]+")
_LADDER = (
    "Each case is handled in its own way.",
    "There is a written way, and most people follow it.",
    "The written way is followed everywhere, and a named person answers for it.",
    "Results are counted every month, and the named person acts on them.",
    "Changes are tried on a few cases first, and kept where results improve.",
    "Needs are foreseen, and the way changes before anybody complains.",
)
_STEPS = (
    "",
    "Write down how it is done on a good day, and show it to everybody who does it.",
    "Name a person who answers for it, with time to do so.",
    "Count the results every month, and put them on the agenda of one meeting.",
    "Choose ten cases to try the next change on, and compare them with ten others.",
    "Ask which needs could have been seen a week earlier, and look for them.",
)

_ITEMS = (
    ("written", "It is written down."),
    ("owned", "A named person answers for it."),
    ("counted", "It is counted."),
    ("tried", "Changes are tried before they are made."),
    ("foreseen", "It is looked for ahead of time."),
)


@dataclass(frozen=True, slots=True)
class Named:
    """Name a stage or a dimension.

    Attributes:
        id: What rules call it.
        title: What people call it.
    """

    id: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """Say what a new rubric is called, and what it is made of.

    Attributes:
        id: What assessments call it.
        title: What people call it.
        stages: Its stages, lowest first.
        dimensions: Its dimensions.
    """

    id: str
    title: str
    stages: tuple[Named, ...]
    dimensions: tuple[Named, ...]

    @property
    def top(self) -> str:
        """Return the id of the highest stage."""
        return self.stages[-1].id


def slug(title: str) -> str:
    """Return an id that resembles a title.

    Example:
        >>> slug("Größe & Tempo"), slug("3rd step")
        ('grosse-tempo', 'x-3rd-step')
    """
    letters = normalize("NFKD", title.casefold()).encode("ascii", "ignore").decode()
    found = _NO_ID.sub("-", letters).strip("-")[:60].strip("-") or "x"
    return f"x-{found}" if found[0].isdigit() else found


def named(text: str) -> Named:
    """Return a stage or dimension that is given as a title, or as an id, `=` and a title.

    Example:
        >>> named("Well done"), named("done=Well done")
        (Named(id='well-done', title='Well done'), Named(id='done', title='Well done'))
    """
    name, sign, title = text.partition("=")
    return Named(name.strip(), title.strip()) if sign else Named(slug(text), text.strip())


def starting_files(start: Start) -> Mapping[str, str]:
    """Return the files of a new rubric by their names.

    Raises:
        MaturityError: If the names do not make a rubric, such as two stages with one id.

    Example:
        >>> stages, dimensions = (named("Open"), named("Closed")), (named("Handoff"),)
        >>> [*starting_files(Start(id="demo", title="Demo", stages=stages, dimensions=dimensions))][:3]
        ['rubric.yaml', 'example.yaml', 'cases.yaml']
    """
    if not 2 <= len(start.stages) <= MOST_STAGES:  # noqa: PLR2004 - one stage tells nothing apart
        raise MaturityError(f"a start has 2 to {MOST_STAGES} stages, not {len(start.stages)}; add more to it later")
    if not start.dimensions:
        raise MaturityError("a rubric has at least one dimension")
    rubric = laid_out("\n".join(_rubric(start)))
    parse_rubric(rubric, source="the new rubric")
    return {
        "rubric.yaml": rubric,
        "example.yaml": laid_out("\n".join(_example(start))),
        "cases.yaml": laid_out("\n".join(_cases(start))),
        "rubric.schema.json": _json(rubric_schema()),
        "assessment.schema.json": _json(assessment_schema()),
        "cases.schema.json": _json(cases_schema()),
    }


def _json(data: object) -> str:
    return dumps(data, indent=2, ensure_ascii=False) + "\n"


def _text(text: str) -> str:
    """Return any text so that YAML reads it as it is."""
    return as_written(text)


def _rubric(start: Start) -> Iterator[str]:
    yield "# yaml-language-server: $schema=rubric.schema.json"
    yield "# A start: every question and answer is an example. Replace them by your own, one at a time, and run"
    yield "# `humanai-maturity check rubric.yaml` after each."
    yield f"format: 1\nid: {_text(start.id)}"
    yield "# A step for each change: `humanai-maturity diff` says which.\nversion: 0.1.0"
    yield f"title: {_text(start.title)}"
    yield f"description: {_text(f'Where does a team stand with {start.title}, and what comes next?')}\n"
    yield "# Lowest first. Everybody is at least at the first one: it describes a beginning, not a failing."
    yield "stages:"
    for stage, words in zip(start.stages, _ladder(start, _LADDER), strict=True):
        yield f"  - id: {_text(stage.id)}\n    title: {_text(stage.title)}\n    description: {_text(words)}"
    yield "\ndefaults:"
    yield "  # A dimension is at the highest stage at which 70 % of its weight stands, or above."
    yield "  stage: {quorum: 0.7}\n"
    yield "# The whole is where its lowest dimension is. Write `{quorum: 0.7}` instead to let most of them decide."
    yield "stage: {lowest: children}\n"
    yield "dimensions:"
    for place, dimension in enumerate(start.dimensions):
        yield f"  - id: {_text(dimension.id)}\n    title: {_text(dimension.title)}\n    criteria:"
        yield from _choice(dimension, start, explained=not place)
        yield from _checklist(dimension, start) if not place else ()
        yield ""
    yield from _more(start)


def _ladder(start: Start, words: Sequence[str]) -> list[str]:
    """Return words for each stage, from the lowest to the highest of the ladder."""
    last = len(start.stages) - 1
    return [words[round(place * (len(words) - 1) / last)] for place in range(last + 1)]


def _choice(dimension: Named, start: Start, *, explained: bool) -> Iterator[str]:
    if explained:
        yield "      # One state of several: `choice`. Other types: checklist, metric, yes_no."
    yield f"      - id: {_text(f'{dimension.id}.practice')}"
    yield f"        title: {_text(f'Practice of {dimension.title}')}"
    yield f"        question: {_text(f'Which of these describes {dimension.title} best today?')}"
    yield "        help: Look at the last three months, and take the highest option that is fully true."
    yield f"        look_at: [{_text(f'The last ten cases of {dimension.title}')}]"
    yield "        scale:\n          type: choice\n          options:"
    if explained:
        yield "            # Each option is something that a stranger could see."
    for stage, words in zip(start.stages, _ladder(start, _LADDER), strict=True):
        yield f"            - {{id: {_text(stage.id)}, stage: {_text(stage.id)}, text: {_text(words)}}}"
    yield "        next_steps:"
    for stage, words in [*zip(start.stages, _ladder(start, _STEPS), strict=True)][1:]:
        yield f"          - {{to: {_text(stage.id)}, do: {_text(words)}}}"


def _checklist(dimension: Named, start: Start) -> Iterator[str]:
    yield "\n      # Several things that each hold or not: `checklist`. A stage is reached with all items up to it."
    yield f"      - id: {_text(f'{dimension.id}.checks')}"
    yield f"        title: {_text(f'Safeguards of {dimension.title}')}"
    yield "        question: What of this can you show?"
    yield "        help: Tick what a stranger could verify."
    yield "        look_at: [A document or a setting for each item]"
    yield "        # It counts half as much as a criterion that says nothing about its weight.\n        weight: 0.5"
    yield "        scale:\n          type: checklist\n          items:"
    for stage, (name, words) in zip(start.stages[1:], _ITEMS, strict=False):
        yield f"            - {{id: {name}, stage: {_text(stage.id)}, text: {words}}}"
    yield "        next_steps:"
    for stage in start.stages[1:]:
        yield f"          - {{to: {_text(stage.id)}, do: Take the first item of this stage that is missing.}}"


def _more(start: Start) -> Iterator[str]:
    """Yield what else a rubric can say, commented out: valid as it stands once the signs are taken away."""
    first, second = start.dimensions[0].id, start.stages[1].id
    yield "# What else a rubric can say: take away the `# ` of the lines that you want, and change them."
    yield "#"
    yield "# Claims go no further than their evidence; an answer that names none has the first grade."
    yield "# evidence_grades:"
    yield f"#   - {{id: told, title: Somebody says so, supports: {as_written(start.stages[-2].id)}}}"
    yield f"#   - {{id: shown, title: Somebody has seen it, supports: {as_written(start.top)}}}"
    yield "#"
    yield "# A flag warns of what must never be glossed over, and can hold stages down."
    yield "# flags:"
    yield "#   - id: no-practice"
    yield "#     severity: high"
    yield f"#     raised_when: {{criterion: {as_written(f'{first}.practice')}, below: {as_written(second)}}}"
    yield f"#     caps: {{overall: {as_written(start.stages[0].id)}}}"
    yield "#     says: Everything else rests on this, and it is not there."
    yield "#     remedy: Begin here."
    yield "#"
    yield "# A cap keeps the whole near one dimension."
    yield "# caps:"
    yield f"#   - {{cap: [overall], by: {as_written(first)}, plus: 1, because: Nothing stands on what is not there.}}"


def _example(start: Start) -> Iterator[str]:
    first, *others = start.dimensions
    yield "# yaml-language-server: $schema=assessment.schema.json"
    yield "# Answers of an invented team. What is left out, or unknown, widens the result and invents nothing."
    yield f"rubric: {{id: {_text(start.id)}, version: 0.1.0}}"
    yield "scope: {unit: An invented team}"
    yield "answers:"
    yield f"  {_text(f'{first.id}.practice')}: {_text(start.top)}"
    yield f"  {_text(f'{first.id}.checks')}: {{value: [written], note: The rest is being prepared.}}"
    for place, dimension in enumerate(others):
        stage = start.stages[place % len(start.stages)]
        yield f"  {_text(f'{dimension.id}.practice')}: {_text(stage.id)}"


def _cases(start: Start) -> Iterator[str]:
    yield "# yaml-language-server: $schema=cases.schema.json"
    yield "# Worked cases: answers, and what the rubric has to make of them. `humanai-maturity test` runs them, so that"
    yield "# a change of the rubric that moves a result is seen. Add teams that you know well."
    yield f"format: 1\nrubric: {_text(start.id)}\ncases:"
    yield "  - id: all-at-their-best"
    yield "    title: Everything is as good as it can be"
    yield "    others: {worth: best}"
    yield f"    expect: {{stage: {_text(start.top)}}}\n"
    yield "  - id: all-at-their-worst"
    yield "    title: Nothing is there yet"
    yield "    others: {worth: worst}"
    yield f"    expect: {{stage: {_text(start.stages[0].id)}}}\n"
    yield "  - id: nothing-known"
    yield "    title: Nobody has answered anything"
    yield "    reading: No stage is claimed, and every stage is possible."
    yield "    answers: {}"
    yield "    expect:"
    yield "      stage: null"
    yield f"      stage_low: {_text(start.stages[0].id)}"
    yield f"      stage_high: {_text(start.top)}\n"
    yield "  - id: one-weak-practice"
    yield "    title: One dimension is only beginning"
    yield "    reading: The whole is where its lowest dimension is."
    yield "    like: all-at-their-best"
    yield f"    answers: {{{_text(f'{start.dimensions[-1].id}.practice')}: {_text(start.stages[0].id)}}}"
    yield f"    expect: {{stage: {_text(start.stages[0].id)}}}"
