"""Reading assessments for commands, with a line for every answer that does not fit."""

import sys
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

import humanai_maturity as hm
from humanai_maturity.documents.answer_places import located_answer
from humanai_maturity.documents.csv_text import read_csv
from humanai_maturity.documents.json_text import read_json
from humanai_maturity.documents.source import Limits, decode
from humanai_maturity.documents.yaml_text import read_yaml
from humanai_maturity.errors import near_miss

_STANDARD_INPUT = "-"
_READERS = {".json": read_json, ".csv": read_csv}


@dataclass(frozen=True, slots=True)
class Given:
    """Hold an assessment together with where it was read."""

    assessment: hm.Assessment
    name: str
    content: bytes

    def score(self, rubric: hm.Rubric) -> hm.Scorecard:
        """Score the answers.

        Raises:
            AnswerError: If any does not fit, with its line.
        """
        try:
            return hm.score(rubric, self.assessment)
        except hm.AnswerError as error:
            raise hm.AnswerError(f"{self.name}: {error.message}", self._located(error.problems)) from None

    def of_no_rubric(self, known: Iterable[str]) -> hm.AnswerError:
        """Return the error that says that the answers name none of the known rubrics."""
        named = self.assessment.rubric.id
        message = f"there is no rubric {named!r} among the files, nor is one installed"
        problem = hm.Problem(code="other-rubric", path="rubric", message=message, hint=near_miss(named, known))
        return hm.AnswerError(f"{self.name}: {message}", self._located([problem]))

    def _located(self, problems: Iterable[hm.Problem]) -> Iterable[hm.Problem]:
        try:
            read = _READERS.get(Path(self.name).suffix.lower(), read_yaml)
            parsed = read(decode(self.content, self.name))
        except hm.MaturityError:
            return [replace(problem, source=self.name) for problem in problems]
        return sorted((located_answer(problem, parsed) for problem in problems), key=lambda each: each.line or 0)


def read_answers(name: str, rubric: str | None = None) -> Given:
    """Read an assessment from a file, or from the standard input.

    Args:
        name: The file; `-` is the standard input.
        rubric: The id of the rubric that is answered where the file does not say so itself.

    Raises:
        AnswerError: If there is no such file or it is not an assessment; all problems at once.
    """
    if name != _STANDARD_INPUT:
        return Given(hm.load_assessment(name, rubric=rubric), name, Path(name).read_bytes())
    content = sys.stdin.buffer.read(Limits().size + 1)
    return Given(hm.parse_assessment(content, source="<stdin>", rubric=rubric), "<stdin>", content)
