"""What `check` does: every problem of several documents, whatever they are."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import humanai_maturity as hm
from humanai_maturity.catalogue import load_document
from humanai_maturity.cli.inputs import Given, read_answers
from humanai_maturity.lint.check import check_document

_SEVERITIES = ("error", "warning", "note")


@dataclass
class Checked:
    """Collect what was found in some files.

    Attributes:
        problems: Everything that is wrong with what could be read, and what is doubtful about rubrics.
        messages: What else there is to say.
        files: How many files were looked at.
        faulty: How many of them have problems.
        unusable: How many of them could not be opened at all.
        strict: Whether warnings fail the check, too.
        notes: Whether notes count as problems; else they are only counted.
        unshown: How many notes were left out.
    """

    problems: list[hm.Problem] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)
    files: int = 0
    faulty: int = 0
    unusable: int = 0
    strict: bool = False
    notes: bool = False
    unshown: int = 0

    @property
    def exit_code(self) -> int:
        """Return 2 where a file could not be opened, 1 where one has errors (or warnings, if strict), else 0."""
        grave = {"error", "warning"} if self.strict else {"error"}
        return 2 if self.unusable else 1 if any(problem.severity in grave for problem in self.problems) else 0

    @property
    def summary(self) -> str:
        """Return the outcome in one line."""
        problems = _count(len(self.problems), "problem") if self.problems else "no problems"
        counts = Counter[str](problem.severity for problem in self.problems)
        if set(counts) - {"error"}:
            problems += f" ({', '.join(_count(counts[kind], kind) for kind in _SEVERITIES if counts[kind])})"
        files = f"{self.faulty} of {_count(self.files, 'file')}" if self.faulty else _count(self.files, "file")
        unusable = f", {self.unusable} cannot be used" if self.unusable else ""
        unshown = f"; see {_count(self.unshown, 'note')} with --notes" if self.unshown and not self.problems else ""
        return f"{problems} in {files}{unusable}{unshown}"

    def add(self, error: hm.MaturityError) -> None:
        """Note what is wrong with one file."""
        self._add(error.problems)
        if not error.problems:
            self.unusable += 1
            self.messages.append(f"error: {error}")

    def add_findings(self, findings: Sequence[hm.Finding]) -> None:
        """Note what is doubtful about one rubric."""
        shown = [finding for finding in findings if self.notes or finding.severity != "note"]
        self.unshown += len(findings) - len(shown)
        self._add(shown)

    def _add(self, problems: Sequence[hm.Problem]) -> None:
        self.problems += problems
        self.faulty += bool(problems)


def check_files(files: Sequence[str], rubric: str | None, *, strict: bool = False, notes: bool = False) -> Checked:
    """Check rubrics first, then assessments against them.

    Args:
        files: The files.
        rubric: The id or path of the rubric for all assessments; by default the one that each of them names.
        strict: Whether warnings fail the check, too.
        notes: Whether notes are listed.
    """
    found = Checked(files=len(files), strict=strict, notes=notes)
    against = hm.load_rubric(rubric) if rubric is not None else None
    known: dict[str, hm.Rubric] = {}
    broken: list[str] = []
    assessments: list[str] = []
    for file in files:
        try:
            document = load_document(file)
            known[document.rubric.id] = document.rubric
            found.add_findings(check_document(document))
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
