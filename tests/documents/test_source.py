"""What is refused before a document is read, and how a problem points into its text."""

import pytest

from humanai_maturity.documents.source import Limits, Position, Source, decode, path_text
from humanai_maturity.errors import RubricSyntaxError


@pytest.mark.parametrize(
    "content", ["title: Grüße", "title: Grüße".encode(), b"\xef\xbb\xbftitle: Gr\xc3\xbc\xc3\x9fe"]
)
def test_texts_and_bytes_are_read_alike(content: str | bytes) -> None:
    assert decode(content, "r.yaml") == Source("title: Grüße", "r.yaml")


@pytest.mark.parametrize(
    ("content", "code", "line", "column"),
    [
        (b"", "empty", None, None),
        (" \n\t ", "empty", None, None),
        (b"\xef\xbb\xbf", "empty", None, None),
        ("a\0b", "binary", None, None),
        (b"\x89PNG\r\n\x1a\n\0\0\xff", "binary", None, None),
        (b"a: 1\nb: \xff", "not-utf-8", 2, 4),
        ("a: 1\r\nb: \x1b[31m", "control-character", 2, 4),
        ("a: \ud800", "control-character", 1, 4),
        ("x" * 11, "too-large", None, None),
    ],
)
def test_what_is_no_text_is_refused(content: str | bytes, code: str, line: int | None, column: int | None) -> None:
    with pytest.raises(RubricSyntaxError) as caught:
        decode(content, "r.yaml", Limits(size=10 if code == "too-large" else 100))
    (problem,) = caught.value.problems
    assert (problem.code, problem.line, problem.column, problem.source) == (code, line, column, "r.yaml")
    assert str(caught.value).startswith("r.yaml cannot be read\n")


def test_a_text_of_the_largest_size_is_read() -> None:
    assert decode("x" * 10, limits=Limits(size=10)).text == "x" * 10


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\x85", "\u2028"])
def test_lines_end_where_yaml_ends_them(end: str) -> None:
    source = Source(f"one{end}two{end}three")
    assert source.lines == ["one", "two", "three"]
    assert source.position(source.text.index("three") + 2) == Position(3, 3)


def test_a_problem_shows_its_line_without_what_would_move_the_caret() -> None:
    problem = Source("a: 1\n\tb: \x1b2").problem("code", "message", Position(2, 5))
    assert problem.excerpt == " b:  2"
    assert str(problem).splitlines() == ["2:5: error[code] message", "   b:  2", "      ^"]


def test_a_long_line_is_cut_after_the_place() -> None:
    source = Source("x" * 500)
    assert source.problem("code", "message", Position(1, 160)).excerpt == "x" * 160 + "…"
    assert source.problem("code", "message", Position(1, 161)).excerpt is None


@pytest.mark.parametrize("at", [None, Position(2, 1), Position(9, 1)])
def test_without_a_line_nothing_is_shown(at: Position | None) -> None:
    assert Source("a: 1\n ").problem("code", "message", at).excerpt is None


def test_paths_are_written_as_people_write_them() -> None:
    assert path_text(()) == ""
    assert path_text(("dimensions", 0, "criteria", 2, "scale")) == "dimensions[0].criteria[2].scale"
    assert path_text(("answers", "data.sources", "value")) == "answers['data.sources'].value"
    assert path_text((0, "a-b_c")) == "[0].a-b_c"
