"""What `check` does: every problem of several documents, whatever they are."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import humanai_maturity as hm
from humanai_maturity.cli.inputs import Given, read_answers


@dataclass
class Checked:
    """Collect what was found in some files.

    Attributes:
        problems: Everything that is wrong with what could be read.
        messages: What else there is to say.
        files: How many files were looked at.
        faulty: How many of them have problems.
        unusable: How many of them could not be opened at all.
    """

    problems: list[hm.Problem] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)
    files: int = 0
    faulty: int = 0
    unusable: int = 0

    @property
    def exit_code(self) -> int:
        """Return 2 where a file could not be opened, 1 where one has problems, else 0."""
        return 2 if self.unusable else 1 if self.problems else 0

    @property
    def summary(self) -> str:
        """Return the outcome in one line."""
        problems = _count(len(self.problems), "problem") if self.problems else "no problems"
        files = f"{self.faulty} of {_count(self.files, 'file')}" if self.faulty else _count(self.files, "file")
        return f"{problems} in {files}" + (f", {self.unusable} cannot be used" if self.unusable else "")

    def add(self, error: hm.MaturityError) -> None:
        """Note what is wrong with one file."""
        self.problems += error.problems
        self.faulty += bool(error.problems)
        if not error.problems:
            self.unusable += 1
            self.messages.append(f"error: {error}")


def check_files(files: Sequence[str], rubric: str | None) -> Checked:
    """Check rubrics first, then assessments against them.

    Args:
        files: The files.
        rubric: The id or path of the rubric for all assessments; by default the one that each of them names.
    """
    found = Checked(files=len(files))
    against = hm.load_rubric(rubric) if rubric is not None else None
    known: dict[str, hm.Rubric] = {}
    broken: list[str] = []
    assessments: list[str] = []
    for file in files:
        try:
            loaded = hm.load_rubric(file)
            known[loaded.id] = loaded
        except hm.MaturityError as error:
            if _is_assessment(error):
                assessments.append(file)
            else:
                broken.append(file)
                found.add(error)
    for file in assessments:
        try:
            given = read_answers(file, against.id if against is not None else None)
            _check_answers(given, against or _named_by(given, known, broken), found)
        except hm.MaturityError as error:
            found.add(error)
    return found


def _is_assessment(error: hm.MaturityError) -> bool:
    """Return whether what was read as a rubric is an assessment, judging by the problems that it has as a rubric."""
    return any(
        problem.code == "wrong-document" or (problem.code == "unknown-key" and problem.path == "rubric")
        for problem in error.problems
    )


def _named_by(given: Given, known: dict[str, hm.Rubric], broken: Sequence[str]) -> hm.Rubric | None:
    """Return the rubric that an assessment names; `None` where it may be one of the files that cannot be read.

    Raises:
        AnswerError: If there is no such rubric.
    """
    name = given.assessment.rubric.id
    installed = [listed.id for listed in hm.list_rubrics()]
    if name not in known and name in installed:
        known[name] = hm.load_rubric(name)
    if name not in known and not broken:
        raise given.of_no_rubric([*known, *installed])
    return known.get(name)


def _check_answers(given: Given, rubric: hm.Rubric | None, found: Checked) -> None:
    if rubric is not None:
        given.score(rubric)
        return
    name = given.assessment.rubric.id
    found.messages.append(f"{given.name}: only its form was checked, as the rubric {name!r} cannot be used")


def _count(count: int, noun: str) -> str:
    return f"{count} {noun}{'s' * (count != 1)}"
