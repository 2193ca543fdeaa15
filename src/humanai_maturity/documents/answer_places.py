"""Where in a document an answer stands that the engine finds wrong."""

from collections.abc import Mapping
from dataclasses import replace

from humanai_maturity.documents.source import Parsed, Path, path_text
from humanai_maturity.errors import Problem

_OF_KEY = ("unknown-criterion", "not-a-criterion")
_FIELDS = {
    "unknown-grade": "evidence",
    "future-answer": "as_of",
    "no-date": "as_of",
    "not-applicable-refused": "not_applicable",
}
_ABOUT_THE_RUBRIC = {"other-rubric": "id", "other-version": "version", "other-digest": "digest"}


def located_answer(problem: Problem, parsed: Parsed, inside: Path = ()) -> Problem:
    r"""Return a problem with an answer together with the line that it is on.

    Args:
        problem: The problem, whose path starts at `answers`.
        parsed: The document.
        inside: Where in the document the `answers` are.

    Example:
        >>> from humanai_maturity.documents.source import Source
        >>> from humanai_maturity.documents.yaml_text import read_yaml
        >>> parsed = read_yaml(Source("answers:\n  a: true\n  b: 5"))
        >>> located_answer(Problem(code="wrong-type", path="answers.b", message="not a text"), parsed).line
        3
    """
    place = _place(problem, parsed.data, inside)
    found = parsed.source.problem(problem.code, problem.message, parsed.locate(place, problem.code in _OF_KEY))
    about_rubric = problem.code in _ABOUT_THE_RUBRIC
    path = problem.path if about_rubric or not inside else f"{path_text(inside)}.{problem.path}"
    return replace(found, path=path, hint=problem.hint)


def _place(problem: Problem, data: object, inside: Path) -> Path:
    if problem.code in _ABOUT_THE_RUBRIC:
        return ("rubric", _ABOUT_THE_RUBRIC[problem.code])
    for part in (*inside, "answers"):
        fits = isinstance(data, Mapping) or (isinstance(data, list) and isinstance(part, int))
        data = data[part] if fits and (not isinstance(data, Mapping) or part in data) else None  # type: ignore[index]
    if not isinstance(data, Mapping):
        return inside
    name = max((name for name in data if problem.path.startswith(path_text(("answers", name)))), key=len, default="")
    of_key = problem.code in _OF_KEY
    return (*inside, "answers", name) if of_key else (*inside, "answers", name, _FIELDS.get(problem.code, "value"))
