"""Assessments as tables: what cells mean, which layouts are accepted, and where problems are."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from humanai_maturity.documents.csv_text import COLUMNS, read_csv
from humanai_maturity.documents.read import parse_assessment
from humanai_maturity.documents.source import Position, Source
from humanai_maturity.errors import RubricSyntaxError
from humanai_maturity.model.assessment import Answer, Assessment, NotApplicable, Unknown
from humanai_maturity.model.exact import WrittenDecimal, WrittenInt

VALUE = False


def assessment_of(text: str) -> Assessment:
    return parse_assessment(text, syntax="csv", rubric="r")


def value_of(cell: str) -> Any:
    answer = assessment_of(f"criterion,value\nc,{cell}\n").answers["c"]
    return answer.value


def problems_of(text: str) -> list[tuple[str, int | None, int | None]]:
    with pytest.raises(RubricSyntaxError) as caught:
        read_csv(Source(text))
    return [(problem.code, problem.line, problem.column) for problem in caught.value.problems]


def test_every_column_has_its_field() -> None:
    table = (
        f"{','.join(COLUMNS)}\n"
        "a,0.82,seen,A note,The logs,40,2026-01-31,Kim,,\n"
        "b,,,,,,,,dont-know,\n"
        "c,,,,,,,,,no phones here\n"
    )
    answers = assessment_of(table).answers
    assert answers["a"] == Answer(
        value=0.82,  # type: ignore[arg-type]
        evidence="seen",
        note="A note",
        source="The logs",
        sample=40,
        as_of=date(2026, 1, 31),
        respondent="Kim",
    )
    assert answers["b"] == Unknown(unknown="dont-know")
    assert answers["c"] == NotApplicable(not_applicable="no phones here")


def test_lines_before_the_header_say_what_the_table_is() -> None:
    text = (
        "# rubric: r\n# version: 1.10\n#digest : sha256:ab\n# date: 2026-01-31\n\n"
        "# unit: Billing, EMEA\n# journey: J\n# issue: I\n# period: P\n# just a remark\ncriterion,value\nc,1\n"
    )
    parsed = parse_assessment(text, syntax="csv")
    assert parsed.rubric.model_dump() == {"id": "r", "version": "1.10", "digest": "sha256:ab"}
    assert (parsed.date, parsed.scope.unit, parsed.scope.issue) == (date(2026, 1, 31), "Billing, EMEA", "I")
    assert (parsed.scope.journey, parsed.scope.period) == ("J", "P")


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("owned", "owned"),
        ("true", True),
        ("FALSE", False),
        ('"a;b; c"', ("a", "b", "c")),
        ("a;", ("a",)),
        (";", ()),
        ("1.10", WrittenDecimal("1.10")),
        ("-7", WrittenInt("-7")),
        ("1e2", WrittenDecimal("1e2")),
        ("0x1F", "0x1F"),
        ("1/3", Fraction(1, 3)),
        ("nan", "nan"),
        ("2026-01-31", "2026-01-31"),
        ("9" * 401, "9" * 401),
    ],
)
def test_a_cell_is_read_for_what_it_looks_like(cell: str, value: object) -> None:
    assert value_of(cell) == value
    assert type(value_of(cell)) is type(value)


def test_a_row_without_an_answer_is_blank() -> None:
    answers = assessment_of("criterion,value,note\na,,\nb,,not yet\n").answers
    assert answers == {"b": Unknown(unknown="blank", note="not yet")}


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_what_spreadsheets_write_is_accepted(delimiter: str, end: str) -> None:
    rows = ['"# rubric: r"', "Criterion,value,note".lower(), 'c,1,"a; b, c"', ",,", "", "d,2,"]
    text = "\ufeff" + end.join(row.replace(",", delimiter) for row in rows)
    parsed = parse_assessment(text.encode(), syntax="csv")
    assert parsed.rubric.id == "r"
    assert {name: answer.value for name, answer in parsed.answers.items()} == {"c": 1, "d": 2}  # type: ignore[union-attr]


def test_the_order_of_columns_is_free() -> None:
    assert assessment_of("note,value,criterion\nN,1,c\n").answers["c"] == Answer(value=1, note="N")


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("criterion,valeu\na,1\n", [("missing-key", 1, 1), ("unknown-key", 1, 11)]),
        ("value\n1\n", [("missing-key", 1, 1), ("missing-key", 2, 1)]),
        ("criterion,value,value\na,1,\n", [("repeated-key", 1, 17)]),
        ("criterion,value\na,1\na,2\n", [("repeated-key", 3, 1)]),
        ("criterion,value\na,\na,2\n", [("repeated-key", 3, 1)]),
        ("criterion,value\n,1\n", [("missing-key", 2, 1)]),
        ("criterion,value\na,1,2\n", [("too-many-cells", 2, 1)]),
        ("criterion,,value\na,2,1\n", [("too-many-cells", 2, 1)]),
        ("criterion,value,unknown\na,1,blank\n", [("two-answers", 2, 5)]),
        ("# rubic: r\ncriterion,value\n", [("unknown-key", 1, 1)]),
        ('criterion,value\na,"1\n', [("csv-syntax", 2, 1)]),
        ("# rubric: r\n", [("missing-key", 1, 1), ("missing-key", 1, 1)]),
    ],
)
def test_what_does_not_fit_is_placed(text: str, problems: list[tuple[str, int, int]]) -> None:
    assert problems_of(text) == problems


def test_a_problem_with_a_cell_is_placed_at_the_cell() -> None:
    parsed = read_csv(
        Source('criterion,note,sample\n"a,b","x",zero\n"c\nd",n,5\n# no remark,1,\n'.replace("note", "value"))
    )
    assert parsed.locate(("answers", "a,b", "sample"), VALUE) == Position(2, 11)
    assert parsed.locate(("answers", "a,b", "unheard-of"), VALUE) == Position(2, 1)
    assert parsed.locate(("answers", "c\nd", "sample"), VALUE) == Position(3, 1)
    assert parsed.locate(("rubric",), VALUE) == Position(1, 1)


def test_a_row_after_one_of_several_lines_is_placed_right() -> None:
    assert problems_of('criterion,note,value\na,"x\ny\nz",1\na,,2\n') == [("repeated-key", 5, 1)]


@given(st.lists(st.lists(st.text(alphabet='a1,;"\n #:', max_size=4), max_size=4)))
def test_any_cells_are_read_or_refused(rows: list[list[str]]) -> None:
    text = "criterion,value,note\n" + "\n".join(",".join(row) for row in rows)
    lines: set[int | None] = {1}
    try:
        read_csv(Source(text))
    except RubricSyntaxError as error:
        lines = {problem.line for problem in error.problems}
    assert None not in lines
