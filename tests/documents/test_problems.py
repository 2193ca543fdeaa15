"""Pydantic's errors in an author's words; whole documents with them lie in `invalid/`."""

from typing import Any

import pytest
from pydantic import BaseModel, ConfigDict, ValidationError

from humanai_maturity.documents.problems import document_path, problems_of, shown
from humanai_maturity.documents.schema import rubric_schema
from humanai_maturity.documents.source import Source
from humanai_maturity.documents.yaml_text import read_yaml
from humanai_maturity.errors import Problem
from humanai_maturity.model.exact import WrittenDecimal
from humanai_maturity.model.rubric import Rubric


class Strange(BaseModel):
    """A model with types that no document of this library has."""

    model_config = ConfigDict(extra="forbid")
    address: bytes = b""
    name: str = ""
    sizes: tuple[int, ...] = ()


def problems_in(text: str, kind: type[BaseModel] = Strange, schema: Any = None) -> tuple[Problem, ...]:
    parsed = read_yaml(Source(text))
    with pytest.raises(ValidationError) as caught:
        kind.model_validate(parsed.data)
    own = rubric_schema() if kind is Rubric else kind.model_json_schema()
    return problems_of(caught.value, parsed, own if schema is None else schema)


@pytest.mark.parametrize(
    ("loc", "path"),
    [
        ((), ()),
        (("stages", 0, "title"), ("stages", 0, "title")),
        (("stage", "gates", "gates", "gates", "criterion", "criterion"), ("stage", "gates", "gates", "criterion")),
        (("stage", "gates", "gates", "mid", "all", "all", 0, "share", "of"), ("stage", "gates", "mid", "all", 0, "of")),
        (("stage", "gates", "gates", "mid", "all", "all", 0, "share"), ("stage", "gates", "mid", "all", 0, "share")),
        (("caps", "x y", "[key]"), ("caps", "x y")),
        (("bare", "Answer", "value"), ("bare",)),
        (("rule", "literal['children']"), ("rule",)),
        (("stages", 7, "title"), ("stages",)),
        ((3,), ()),
    ],
)
def test_a_location_becomes_a_path(loc: tuple[str | int, ...], path: tuple[str | int, ...]) -> None:
    data = {
        "stages": [{"title": 1}],
        "stage": {"gates": {"gates": {"criterion": 1}, "mid": {"all": [{"share": 0.5, "of": []}]}}},
        "caps": {"x y": 1},
        "bare": [1, None],
        "rule": 5,
    }
    assert document_path(loc, data) == path


def test_where_something_is_missing_the_path_ends_at_a_mapping() -> None:
    data = {"raised_when": {"share": 0.5}}
    assert document_path(("raised_when", "share"), data, into_mapping=True) == ("raised_when",)
    assert document_path(("raised_when", "share"), data) == ("raised_when", "share")


def test_many_readings_of_a_deep_location_are_told_apart_quickly() -> None:
    data: Any = {"criterion": 1}
    loc: tuple[str | int, ...] = ("criterion", "criterion")
    for _ in range(60):
        data, loc = {"all": [data]}, ("all", "all", 0, *loc)
    assert document_path(loc, data) == ("all", 0) * 60 + ("criterion",)


def test_an_unforeseen_error_is_passed_on() -> None:
    (problem,) = problems_in("address: 5")
    assert (problem.code, problem.path) == ("bytes-type", "address")
    assert problem.message == "expected a valid bytes"


def test_unknown_keys_are_listed_where_none_is_near() -> None:
    (problem,) = problems_in("zzz: 1")
    assert problem.message == "there is no such key here; there are address, name, sizes"
    assert problem.hint is None


def test_without_a_schema_nothing_is_listed() -> None:
    (problem,) = problems_in("zzz: 1", schema={})
    assert problem.message == "there is no such key here"


def test_only_so_many_problems_are_looked_up() -> None:
    text = "".join(f"nmae{number}: 1\n" for number in range(150))
    hints = [problem.hint for problem in problems_in(text)]
    assert hints == ["name"] * 100 + [None] * 50


def test_a_missing_kind_is_told_without_a_schema_too() -> None:
    text = "id: r\nversion: 1\ntitle: T\nstages: [{id: a, title: A}]\ndimensions: [{id: d, title: D, score: {}}]"
    (problem,) = problems_in(text, Rubric, {"properties": {}, "type": "object"})
    assert problem.message == "the key `rule` is missing"


def test_values_are_named_as_they_are_written() -> None:
    given = [True, "x" * 50, WrittenDecimal("1.10"), None, {}, [], 5]
    words = ["true", f"the text '{'x' * 40}'", "1.10", "nothing", "a mapping", "a list", "a number"]
    assert [shown(value) for value in given] == words


def test_too_many_items_are_counted() -> None:
    stages = ", ".join(f"{{id: s{number}, title: S}}" for number in range(101))
    text = f"id: r\nversion: 1\ntitle: T\nstages: [{stages}]\ndimensions: [{{id: d, title: D}}]"
    (problem,) = problems_in(text, Rubric)
    assert (problem.code, problem.message) == ("too-many-items", "expected at most 100 items, not 101")
