"""JSON as it is written: exact numbers, no repeated keys, nothing that is not JSON, and the same limits as YAML."""

from decimal import Decimal
from typing import Any

import pytest

from humanai_maturity.documents.json_text import read_json
from humanai_maturity.documents.source import Limits, Position, Source
from humanai_maturity.errors import RubricSyntaxError
from humanai_maturity.model.exact import WrittenDecimal, WrittenInt

VALUE = False
KEY = True


def problem_of(text: str, **limits: int) -> tuple[str, int | None, int | None]:
    with pytest.raises(RubricSyntaxError) as caught:
        read_json(Source(text), Limits(**limits))
    (problem,) = caught.value.problems
    return problem.code, problem.line, problem.column


@pytest.mark.parametrize("word", ["NaN", "Infinity", "-Infinity"])
def test_a_number_that_is_none_has_a_place(word: str) -> None:
    with pytest.raises(RubricSyntaxError) as caught:
        read_json(Source(f'{{"NaN": "a \\" NaN",\n "b": [1, {word}]}}'))
    (problem,) = caught.value.problems
    assert (problem.code, problem.line, problem.column) == ("bad-number", 2, 11)
    assert word in problem.message


def test_values_are_read() -> None:
    text = '{"a": [true, false, null, "No", "1"], "b": {"c": "\\ud83d\\ude00"}}'
    assert read_json(Source(text)).data == {"a": [True, False, None, "No", "1"], "b": {"c": "😀"}}


def test_numbers_keep_their_spelling() -> None:
    data: Any = read_json(Source("[1.10, 1e2, 12, -0.5]")).data
    assert [value.text for value in data] == ["1.10", "1e2", "12", "-0.5"]
    assert [type(value) for value in data] == [WrittenDecimal, WrittenDecimal, WrittenInt, WrittenDecimal]
    assert data[0] == Decimal("1.1")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('{"a" 1}', (1, 6)),
        ('{"a": [1 2]}', (1, 10)),
        ('{"a": }', (1, 7)),
        ('{\n"a": tru}', (2, 6)),
        ('["x\ny"]', (1, 4)),
        ('"abc', (1, 1)),
        ("{} {}", (1, 4)),
        ("{'a': 1}", (1, 2)),
        ('["\\q"]', (1, 3)),
        ("", (1, 1)),
    ],
)
def test_what_is_not_json_is_placed(text: str, place: tuple[int, int]) -> None:
    assert problem_of(text) == ("json-syntax", *place)


def test_an_unheard_of_message_is_passed_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("humanai_maturity.documents.json_text._SYNTAX", ())
    with pytest.raises(RubricSyntaxError, match="Expecting value"):
        read_json(Source("["))


def test_repeated_keys_are_placed() -> None:
    assert problem_of('{"a": {"b": 1,\n "b": 2}}') == ("repeated-key", 2, 2)


def test_repeated_keys_that_yaml_cannot_find_are_refused_all_the_same() -> None:
    assert problem_of('{"a": 1, "a": "\\ud83d\\ude00"}') == ("repeated-key", None, None)
    assert problem_of('{"a": 1, "\\u0061": "\\ud83d\\ude00"}') == ("repeated-key", None, None)


@pytest.mark.parametrize("text", ["NaN", "Infinity", "-Infinity"])
def test_what_is_no_number_is_refused(text: str) -> None:
    assert problem_of(f'{{"a": {text}}}') == ("bad-number", 1, 7)


@pytest.mark.parametrize("text", ["9" * 401, "1e99999999999999999999", "0." + "1" * 400])
def test_numbers_out_of_all_proportion_are_refused(text: str) -> None:
    assert problem_of(f'{{"a": {text}}}') == ("bad-number", 1, 7)


def test_depth_and_size_are_limited() -> None:
    assert read_json(Source("[[1]]"), Limits(depth=3)).data == [[1]]
    assert problem_of("[[1]]", depth=2)[0] == "too-deep"
    assert problem_of("[" * 100 + "]" * 100)[0] == "too-deep"
    assert problem_of("[" * 200_000 + "]" * 200_000)[0] == "too-deep"
    assert read_json(Source("[1, 2, 3]"), Limits(nodes=4)).data == [1, 2, 3]
    assert problem_of('{"a": [1, 2, 3]}', nodes=4)[0] == "too-large"


def test_values_have_places_where_yaml_reads_the_text_too() -> None:
    parsed = read_json(Source('{\n\t"a":\t{\t"b": 1}}'))
    assert parsed.locate(("a", "b"), KEY) == Position(2, 9)
    assert parsed.locate(("a", "b"), VALUE) == Position(2, 14)
    assert read_json(Source('{"a": "\\ud83d\\ude00"}')).locate(("a",), VALUE) is None
