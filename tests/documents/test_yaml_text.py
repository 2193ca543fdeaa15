"""YAML by the core rules of 1.2: what each spelling means, what is refused, and where everything stands."""

from decimal import Decimal
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from humanai_maturity.documents import yaml_text
from humanai_maturity.documents.source import Limits, Position, Source
from humanai_maturity.documents.yaml_text import Places, compose, guarded, read_yaml, written_number
from humanai_maturity.errors import RubricSyntaxError
from humanai_maturity.model.exact import WrittenDecimal, WrittenInt, exact

VALUE = False


@pytest.fixture(params=["fast", "pure"])
def _parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Read once with PyYAML's C parser where there is one, and once without."""
    if request.param == "pure":
        monkeypatch.setattr(yaml_text, "_Composer", guarded(yaml.BaseLoader))


def value_of(text: str) -> Any:
    data: Any = read_yaml(Source(f"value: {text}")).data
    return data["value"]


def codes_of(text: str, **limits: int) -> list[str]:
    with pytest.raises(RubricSyntaxError) as caught:
        read_yaml(Source(text), Limits(**limits))
    return [problem.code for problem in caught.value.problems]


@pytest.mark.parametrize("text", ["true", "True", "TRUE"])
def test_only_true_is_true(text: str) -> None:
    assert value_of(text) is True


@pytest.mark.parametrize("text", ["false", "False", "FALSE"])
def test_only_false_is_false(text: str) -> None:
    assert value_of(text) is False


@pytest.mark.parametrize("text", ["", "~", "null", "Null", "NULL"])
def test_nothing_is_nothing(text: str) -> None:
    assert value_of(text) is None


TEXTS = (
    "No|yes|on|Off|y|tRUE|2026-01-31|2026-01-31 10:00:00|1_000|12:30:45|1/3|0b11|+0x1|"
    "0x|1e|.|+|--|1.2.3|nan|inf|. inf|e5|0o8|=|1 2"
)


@pytest.mark.parametrize("text", TEXTS.split("|"))
def test_everything_else_is_text(text: str) -> None:
    assert value_of(text) == text


@pytest.mark.parametrize("text", ['"1"', "'true'", '"~"', '""', "'.nan'", "|\n  1", ">-\n  null"])
def test_quoted_and_block_texts_are_texts(text: str) -> None:
    assert isinstance(value_of(text), str)


@pytest.mark.parametrize(
    ("text", "number"),
    [("0", 0), ("-7", -7), ("+12", 12), ("010", 10), ("0x1F", 31), ("0o17", 15), ("9" * 400, int("9" * 400))],
)
def test_whole_numbers_keep_their_spelling(text: str, number: int) -> None:
    value = value_of(text)
    assert isinstance(value, WrittenInt)
    assert (value, value.text) == (number, text)


@pytest.mark.parametrize("text", ["0.1", "1.10", "-.5", "5.", "+1.5e3", "1e-2", "1E5", "00.50"])
def test_decimals_keep_their_spelling_and_are_exact(text: str) -> None:
    value = value_of(text)
    assert isinstance(value, WrittenDecimal)
    assert (value, value.text) == (Decimal(text), text)


@pytest.mark.parametrize(
    "text", [".nan", ".NaN", ".inf", "-.INF", "+.Inf", "9" * 401, "0x" + "f" * 400, "1e9999999999999999999"]
)
def test_what_is_no_usable_number_is_refused(text: str) -> None:
    assert codes_of(f"value: {text}") == ["bad-number"]


def test_keys_are_texts_as_they_are_written() -> None:
    assert read_yaml(Source("1.10: a\n2: b\ntrue: c\n'': d\n\"~\": e")).data == {
        "1.10": "a",
        "2": "b",
        "true": "c",
        "": "d",
        "~": "e",
    }


@pytest.mark.parametrize("text", ["~: a", "? ~\n: a", "[a]: b", "? {a: b}\n: c"])
def test_what_is_no_key_is_refused(text: str) -> None:
    assert codes_of(text) == ["bad-key"]


def problem_of(text: str) -> tuple[str, tuple[int | None, int | None], str]:
    with pytest.raises(RubricSyntaxError) as caught:
        read_yaml(Source(text))
    (problem,) = caught.value.problems
    return problem.code, (problem.line, problem.column), problem.message


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("id: r\na:\n  - {id: low, title: Low\n  - {id: top}\nb: 1", (3, 5)),
        ("id: r\na: {id: low, title: Low\nb: 1\nc: 2", (2, 4)),
        ("id: r\na: [{id: low}, {id: top}\nb: 1\nc: 2", (2, 4)),
        ('a: {id: low,\n  title: "Low"\n  text: b}\nb: 1', (1, 4)),
    ],
)
@pytest.mark.usefixtures("_parser")
def test_what_is_not_closed_is_named_where_it_was_opened(text: str, place: tuple[int, int]) -> None:
    code, at, message = problem_of(text)
    assert (code, at) == ("yaml-syntax", place)
    assert "is not closed, or a comma is missing in it before line " in message


@pytest.mark.usefixtures("_parser")
def test_what_is_closed_by_the_wrong_bracket_is_named_there() -> None:
    assert problem_of("a: [{id: low}, {id: top]\nb: 1")[1] == (1, 24)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("id: r\ntitle Opening\nstages: 1", (2, 1)),
        ("a:\n  - id: b\n    title Opening\n    c: 1", (3, 5)),
        ("a:\n  - id: b\n    title Opening\n", (3, 5)),
        ("title Opening\nid: r", (1, 1)),
        ("a:\n  - id b\n    title: T", (2, 5)),
    ],
)
@pytest.mark.usefixtures("_parser")
def test_a_forgotten_colon_is_named_in_its_line(text: str, place: tuple[int, int]) -> None:
    assert problem_of(text) == ("yaml-syntax", place, "expected a key, a colon and a value")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("a: b: c", (1, 5)),
        ("a: |\n  text\nb: c: d", (3, 5)),
        ("a: text\nb: c: d", (2, 5)),
        ("'a'\nb: c", (2, 1)),
    ],
)
@pytest.mark.usefixtures("_parser")
def test_a_colon_too_many_is_named_in_its_own_line(text: str, place: tuple[int, int]) -> None:
    assert problem_of(text)[1] == place


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("a:\n  b: 1\n\u00a0 c: 2", (3, 1)),
        ("a:\n\u00a0\u00a0b: 1\n  c: 2", (2, 1)),
        ("a:\n  - id: x\n\u00a0 \u00a0 title: T", (3, 1)),
        ("a:\n  - id: x\n  \u00a0 title: T", (3, 3)),
    ],
)
@pytest.mark.usefixtures("_parser")
def test_a_blank_that_is_none_is_named(text: str, place: tuple[int, int]) -> None:
    code, at, message = problem_of(text)
    assert (code, at) == ("no-break-space", place)
    assert "plain spaces" in message


def test_no_break_spaces_within_texts_are_kept() -> None:
    assert value_of("|\n  \u00a0a\n  b") == "\u00a0a\nb"


def test_a_quoted_merge_key_is_a_key() -> None:
    assert read_yaml(Source('"<<": a')).data == {"<<": "a"}
    assert codes_of("a: &a {b: 1}\nc:\n  <<: *a") == ["merge-key"]


@pytest.mark.parametrize("text", ["a: 1\nb: 2\na: 3", "{a: 1, 'a': 2}", "a: [{b: 1, b: 1}]"])
@pytest.mark.usefixtures("_parser")
def test_repeated_keys_are_refused(text: str) -> None:
    assert codes_of(text) == ["repeated-key"]


def test_a_repeated_key_names_both_lines() -> None:
    with pytest.raises(RubricSyntaxError) as caught:
        read_yaml(Source("b: 1\na: 1\n\na: 2"))
    (problem,) = caught.value.problems
    assert problem.line == 4
    assert "line 2" in problem.message


@pytest.mark.parametrize("text", ["!!str a", "!own a", "!!python/object:os.system a", "!own [a]", "!own {a: 1}"])
@pytest.mark.usefixtures("_parser")
def test_tags_are_refused(text: str) -> None:
    assert codes_of(f"value: {text}") == ["tag"]


@pytest.mark.usefixtures("_parser")
def test_aliases_are_written_out() -> None:
    assert read_yaml(Source("a: &a [1, {b: 2}]\nc: [*a, *a]")).data == {
        "a": [1, {"b": 2}],
        "c": [[1, {"b": 2}], [1, {"b": 2}]],
    }


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ("a: b: c", "yaml-syntax", (1, 5)),
        ("a:\n\t- b", "tab", (2, 1)),
        ("a: [1, 2", "yaml-syntax", (1, 4)),
        ("a: {b: 1", "yaml-syntax", (1, 4)),
        ("a: 'x", "yaml-syntax", (1, 4)),
        ("a: *b", "yaml-syntax", (1, 4)),
        ("a: 1\n---\nb: 2", "several-documents", (2, 1)),
        ("a:\n  - b\n c: d", "yaml-syntax", (3, 2)),
        ("a: @x", "yaml-syntax", (1, 4)),
        ("a: &x 1\nb: &x 2", "yaml-syntax", (2, 4)),
        ("%TAG ! x\n---\n1", "yaml-syntax", (1, 1)),
        ("a: |x\n", "yaml-syntax", (1, 5)),
        ("a: }", "yaml-syntax", (1, 4)),
        ("[", "yaml-syntax", (1, 2)),
        ("# nothing", "empty", (None, None)),
    ],
)
@pytest.mark.usefixtures("_parser")
def test_what_is_not_yaml_is_placed(text: str, code: str, place: tuple[int | None, int | None]) -> None:
    with pytest.raises(RubricSyntaxError) as caught:
        read_yaml(Source(text))
    (problem,) = caught.value.problems
    assert (problem.code, (problem.line, problem.column)) == (code, place)


def test_a_version_directive_is_accepted() -> None:
    assert read_yaml(Source("%YAML 1.2\n---\na: 1")).data == {"a": 1}


def test_an_error_without_a_place_is_placed_at_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken(yaml.BaseLoader):
        def get_single_node(self) -> None:
            raise yaml.MarkedYAMLError(problem="something else")

    monkeypatch.setattr(yaml_text, "_Composer", guarded(Broken))
    with pytest.raises(RubricSyntaxError, match=r"2:5: error\[yaml-syntax\] something else"):
        read_yaml(Source("a: 1\nb: 2\n\n"))


def test_an_error_of_the_reader_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml_text, "_Composer", guarded(yaml.BaseLoader))
    with pytest.raises(RubricSyntaxError, match="this is not YAML text"):
        read_yaml(Source("a: \x07"))


@pytest.mark.usefixtures("_parser")
@pytest.mark.parametrize("bracket", ["[", "{a: ", "- ", "? "])
def test_deep_nesting_is_refused_at_once(bracket: str) -> None:
    assert codes_of(bracket * 200_000) == ["too-deep"]


@pytest.mark.usefixtures("_parser")
def test_nesting_is_allowed_up_to_the_limit() -> None:
    assert read_yaml(Source("[[[1]]]"), Limits(depth=4)).data == [[[1]]]
    assert codes_of("[[[1]]]", depth=3) == ["too-deep"]
    assert codes_of("a: &a [1]\nb: &b [*a]\nc: [*b]", depth=3) == ["too-deep"]


@pytest.mark.usefixtures("_parser")
def test_an_alias_inside_itself_is_refused() -> None:
    assert codes_of("&a [*a]") == ["too-deep"]
    assert codes_of("&a {b: *a, c: *a}") in (["too-deep"], ["too-large"])


@pytest.mark.usefixtures("_parser")
def test_many_values_are_refused_while_they_are_read() -> None:
    assert codes_of("[" + "1," * 1000 + "]", nodes=1000) == ["too-large"]
    assert codes_of("- 1\n" * 1000, nodes=1000) == ["too-large"]
    assert len(read_yaml(Source("- 1\n" * 999), Limits(nodes=1000)).data) == 999  # type: ignore[arg-type]


@pytest.mark.usefixtures("_parser")
def test_aliases_that_multiply_are_refused() -> None:
    lines = ["a: &a [x,x,x,x,x,x,x,x,x]"]
    lines += [f"{new}: &{new} [{','.join([f'*{old}'] * 9)}]" for old, new in zip("abcdefgh", "bcdefghi", strict=True)]
    assert codes_of("\n".join(lines)) == ["too-large"]


TREE = "a:\n  - b: 1\n    c:\n  - 2\nd: {e: f}\n"


@pytest.mark.parametrize(
    ("path", "value", "key"),
    [
        ((), (1, 1), (1, 1)),
        (("a",), (2, 3), (1, 1)),
        (("a", 0), (2, 5), (2, 5)),
        (("a", 0, "b"), (2, 8), (2, 5)),
        (("a", 0, "c"), (3, 5), (3, 5)),
        (("a", 1), (4, 5), (4, 5)),
        (("a", 2), (2, 3), (2, 3)),
        (("a", "b"), (2, 3), (2, 3)),
        (("a", 1, "x"), (4, 5), (4, 5)),
        (("d", "e"), (5, 8), (5, 5)),
        (("d", "x", "y"), (5, 4), (5, 4)),
    ],
)
def test_every_value_and_key_has_a_place(
    path: tuple[str | int, ...], value: tuple[int, int], key: tuple[int, int]
) -> None:
    parsed = read_yaml(Source(TREE))
    assert parsed.locate(path, VALUE) == Position(*value)
    assert Places(compose(Source(TREE)))(path, of_key=True) == Position(*key)


def test_a_number_out_of_all_proportion_is_none() -> None:
    assert written_number("1" * 400) == int("1" * 400)
    assert written_number("1" * 401) is None
    assert written_number("1e-999999999999999999999") is None


@given(st.decimals(allow_nan=False, allow_infinity=False) | st.integers())
def test_every_number_is_read_exactly(number: Decimal | int) -> None:
    value = value_of(str(number))
    assert value == number
    assert value.text == str(number)


@given(st.fractions(max_denominator=50))
def test_a_fraction_is_text_that_a_number_field_takes(number: Any) -> None:
    text = f"{number.numerator}/{number.denominator}"
    assert exact(value_of(text)) == number
