"""Assessments as tables: one row for each criterion.

In the column `value` a number is a number, `true` and `false` are truth values, and a cell with a semicolon is a list:
`data;people`, or `data;` for a list of one. Everything else is a text. Before the header, lines such as
`# rubric: ai-human-cx` or `# date: 2026-01-31` say what the table is.
"""

from collections.abc import Iterator, Mapping, Sequence
from csv import Error, reader
from dataclasses import dataclass
from io import StringIO
from itertools import zip_longest
from re import compile as pattern

from humanai_maturity.documents.problems import in_order
from humanai_maturity.documents.source import Parsed, Path, Position, Source, cannot_be_read, unreadable
from humanai_maturity.documents.yaml_text import written_number
from humanai_maturity.errors import Problem, RubricSyntaxError, near_miss

COLUMNS = (
    "criterion",
    "value",
    "evidence",
    "note",
    "source",
    "sample",
    "as_of",
    "respondent",
    "unknown",
    "not_applicable",
)
"""The columns that a table can have."""

_STATES = ("value", "unknown", "not_applicable")
_ABOUT: Mapping[str, tuple[str, ...]] = {
    "rubric": ("rubric", "id"),
    "version": ("rubric", "version"),
    "digest": ("rubric", "digest"),
    "date": ("date",),
    "unit": ("scope", "unit"),
    "journey": ("scope", "journey"),
    "issue": ("scope", "issue"),
    "period": ("scope", "period"),
}
_ABOUT_LINE = pattern(r"#\s*([A-Za-z_]+)\s*:\s*(.*)")
_NUMBER = pattern(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")


def read_csv(source: Source) -> Parsed:
    r"""Read a table as the plain data of an assessment.

    Raises:
        RubricSyntaxError: If it is not such a table.

    Example:
        >>> read_csv(Source("# rubric: r\ncriterion,value\nc1,true\nc2,a;\n")).data
        {'rubric': {'id': 'r'}, 'answers': {'c1': True, 'c2': ['a']}}
    """
    table = _Table(source)
    data = {**table.about(), "answers": table.answers()}
    if table.problems:
        raise RubricSyntaxError(cannot_be_read(source), in_order(table.problems))
    return Parsed(source, data, table.locate)


@dataclass(frozen=True, slots=True)
class _Row:
    line: int
    cells: list[str]


class _Table:
    """Read the parts of a table, and collect what does not fit."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.problems: list[Problem] = []
        self.places: dict[Path, Position] = {}
        self.notes = _count_notes(source.lines)
        self.delimiter = max(",;\t", key=(source.lines[self.notes] if self.notes < len(source.lines) else "").count)
        self.rows = list(self._rows())

    def about(self) -> dict[str, object]:
        """Read the lines before the header."""
        data: dict[str, object] = {}
        for number, line in enumerate(self.source.lines[: self.notes], 1):
            found = _ABOUT_LINE.fullmatch(line.strip(' \t",;'))
            if found:
                self._tell(found[1], found[2], number, data)
        return data

    def answers(self) -> dict[str, object]:
        """Read the rows below the header."""
        header, *rows = self.rows or [_Row(1, [])]
        columns = [cell.strip() for cell in header.cells]
        self._check_header(columns, header)
        answers: dict[str, object] = {}
        for row in rows:
            headed = zip_longest(columns, row.cells, fillvalue="")
            cells = {column: cell.strip() for column, cell in headed if cell.strip()}
            if cells.pop("", None) is not None:
                self._problem("too-many-cells", "this row has a cell in a column without a header", row)
            self._answer(cells, columns, row, answers)
        return answers

    def locate(self, path: Path, _of_key: bool) -> Position:  # noqa: FBT001 - as `Locate` asks
        """Return where the cell at a path is, or the row that it would be in."""
        ends = range(len(path), 0, -1)
        return next((self.places[path[:end]] for end in ends if path[:end] in self.places), Position(1, 1))

    def _rows(self) -> Iterator[_Row]:
        text = StringIO(self.source.text, newline="")
        for _ in range(self.notes):
            text.readline()
        lines = reader(text, delimiter=self.delimiter, strict=True)
        line = 0
        try:
            for cells in lines:
                if any(cell.strip() for cell in cells):
                    yield _Row(self.notes + line + 1, cells)
                line = lines.line_num
        except Error as error:
            at = Position(self.notes + lines.line_num, 1)
            raise unreadable(self.source, "csv-syntax", f"this row cannot be read: {error}", at) from None

    def _tell(self, key: str, value: str, number: int, data: dict[str, object]) -> None:
        at = Position(number, 1)
        if key not in _ABOUT:
            message = f"there is no such key here; there are {', '.join(_ABOUT)}"
            self.problems.append(self.source.problem("unknown-key", message, at, hint=near_miss(key, _ABOUT)))
            return
        *above, last = _ABOUT[key]
        inner = data
        for part in above:
            inner = inner.setdefault(part, {})  # type: ignore[assignment]
        inner[last] = value
        self.places[_ABOUT[key]] = at

    def _check_header(self, columns: Sequence[str], row: _Row) -> None:
        for place, column in enumerate(columns):
            if column and column not in COLUMNS:
                message = f"there is no such column here; there are {', '.join(COLUMNS)}"
                self._problem("unknown-key", message, row, place, hint=near_miss(column, COLUMNS))
            if column and column in columns[:place]:
                self._problem("repeated-key", f"the column {column!r} is there already", row, place)
        if "criterion" not in columns:
            self._problem("missing-key", "the column `criterion` is missing", row)
        if not set(_STATES) & {*columns}:
            self._problem("missing-key", "the column `value` is missing", row)

    def _answer(self, cells: dict[str, str], columns: list[str], row: _Row, answers: dict[str, object]) -> None:
        name = cells.pop("criterion", "")
        if not name:
            self._problem("missing-key", "the criterion is missing in this row", row)
        if ("answers", name) in self.places:
            line = self.places["answers", name].line
            self._problem("repeated-key", f"the criterion {name!r} is on line {line} already", row)
        states = [state for state in _STATES if state in cells]
        if len(states) > 1:
            self._problem("two-answers", f"give one of {', '.join(states)}", row, columns.index(states[1]))
        self.places["answers", name] = self._position(row, 0)
        self.places.update({("answers", name, each): self._position(row, columns.index(each)) for each in cells})
        if cells:
            answers[name] = _spelt(cells)

    def _problem(self, code: str, message: str, row: _Row, place: int = 0, hint: str | None = None) -> None:
        self.problems.append(self.source.problem(code, message, self._position(row, place), hint=hint))

    def _position(self, row: _Row, place: int) -> Position:
        """Return where a cell begins, or the row for cells after one that goes over several lines."""
        starts, quoted = [0], False
        line = self.source.lines[row.line - 1]
        for index, letter in enumerate(line, 1):
            quoted ^= letter == '"'
            if letter == self.delimiter and not quoted:
                starts.append(index)
        return Position(row.line, starts[place] + 1 if place < len(starts) else 1)


def _count_notes(lines: Sequence[str]) -> int:
    """Return how many lines come before the header: empty ones, and those that begin with `#`."""
    return next((count for count, line in enumerate(lines) if not _is_note(line)), len(lines))


def _is_note(line: str) -> bool:
    return not line.strip(" \t,;") or line.lstrip(' "').startswith("#")


def _spelt(cells: Mapping[str, str]) -> object:
    """Return a row as an assessment spells its answer; a row without any is blank."""
    answer: dict[str, object] = {**cells}
    if "value" in cells:
        answer["value"] = _value(cells["value"])
    if "sample" in cells:
        answer["sample"] = _number(cells["sample"])
    if answer.keys() <= {"note"}:
        answer["unknown"] = "blank"
    return answer["value"] if answer.keys() == {"value"} else answer


def _value(cell: str) -> object:
    if ";" in cell:
        return [part.strip() for part in cell.split(";") if part.strip()]
    truths = {"true": True, "false": False}
    return truths.get(cell.lower(), _number(cell))


def _number(cell: str) -> object:
    number = written_number(cell) if _NUMBER.fullmatch(cell) else None
    return cell if number is None else number
