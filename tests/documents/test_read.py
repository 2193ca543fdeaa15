"""Whole documents through the front door: the valid ones load, the invalid ones say all that is wrong with them."""

import json
import os
import pickle
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from humanai_maturity.documents.read import (
    check_rubric,
    parse_assessment,
    parse_cases,
    parse_rubric,
    read_assessment,
    read_cases,
    read_rubric,
)
from humanai_maturity.documents.source import Limits, Source
from humanai_maturity.documents.yaml_text import read_yaml
from humanai_maturity.errors import (
    AnswerError,
    CaseError,
    MaturityError,
    RubricError,
    RubricInvalidError,
    RubricNotFoundError,
    RubricSyntaxError,
)
from humanai_maturity.model.rubric import Rubric

VALID = Path(__file__).parent / "valid"
INVALID = Path(__file__).parent / "invalid"
RUBRICS = sorted(path for path in INVALID.glob("rubric-*") if path.suffix != ".txt")
ASSESSMENTS = sorted(path for path in INVALID.glob("assessment-*") if path.suffix != ".txt")
CASES = sorted(path for path in INVALID.glob("cases-*") if path.suffix != ".txt")
TINY = """
id: tiny
version: 1
title: Tiny
stages: [{id: low, title: Low}, {id: top, title: Top}]
dimensions: [{id: d, title: D, criteria: [{id: c, title: C, scale: {type: yes_no, yes: top, no: low}}]}]
"""


@pytest.mark.parametrize("path", sorted(VALID.iterdir()), ids=lambda path: path.name)
def test_a_valid_rubric_loads(path: Path) -> None:
    assert read_rubric(path).version == "1.10"
    assert parse_rubric(path.read_text(encoding="utf-8")) == read_rubric(str(path))


@pytest.mark.parametrize("path", RUBRICS, ids=lambda path: path.name)
def test_an_invalid_rubric_says_what_is_wrong(path: Path, golden: Callable[[Path, str], None]) -> None:
    with pytest.raises(RubricError) as caught:
        parse_rubric(path.read_bytes(), source=path.name)
    golden(path.with_suffix(f"{path.suffix}.txt"), f"{caught.value}\n")
    check_problems(caught.value)


@pytest.mark.parametrize("path", ASSESSMENTS, ids=lambda path: path.name)
def test_an_invalid_assessment_says_what_is_wrong(path: Path, golden: Callable[[Path, str], None]) -> None:
    with pytest.raises(AnswerError) as caught:
        parse_assessment(path.read_bytes(), source=path.name)
    golden(path.with_suffix(f"{path.suffix}.txt"), f"{caught.value}\n")
    check_problems(caught.value)


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.name)
def test_an_invalid_file_of_cases_says_what_is_wrong(path: Path, golden: Callable[[Path, str], None]) -> None:
    with pytest.raises(CaseError) as caught:
        parse_cases(path.read_bytes(), source=path.name)
    golden(path.with_suffix(f"{path.suffix}.txt"), f"{caught.value}\n")
    check_problems(caught.value)


def test_a_file_of_cases_that_is_not_there_is_named() -> None:
    with pytest.raises(CaseError, match=r"there is no file nowhere\.cases\.yaml"):
        read_cases("nowhere.cases.yaml")


def check_problems(error: MaturityError) -> None:
    assert error.problems
    places = [(problem.line or 0, problem.column or 0) for problem in error.problems]
    assert places == sorted(places)
    assert "pydantic" not in str(error)
    assert "Input should" not in str(error)


def test_every_example_has_its_expected_output() -> None:
    expected = {f"{path.name}.txt" for path in (*RUBRICS, *ASSESSMENTS, *CASES)}
    assert {path.name for path in INVALID.glob("*.txt")} == expected


def test_the_kind_of_error_tells_notation_from_content() -> None:
    with pytest.raises(RubricSyntaxError):
        parse_rubric("id: [")
    with pytest.raises(RubricInvalidError):
        parse_rubric("id: x")


@pytest.mark.parametrize("text", ["5", "[]", "~", "a text"])
def test_a_document_is_a_mapping(text: str) -> None:
    with pytest.raises(RubricInvalidError, match="not-a-mapping"):
        parse_rubric(text)
    with pytest.raises(AnswerError, match="not-a-mapping"):
        parse_assessment(text, rubric="r")


def test_text_that_looks_like_json_is_read_as_json_or_else_as_yaml() -> None:
    assert parse_assessment('{"rubric": "r", "answers": {"c": "\\ud83d\\ude00"}}').answers["c"].value == "😀"
    assert parse_assessment("{rubric: r, answers: {c: owned}}").answers["c"].value == "owned"
    with pytest.raises(AnswerError, match="repeated-key"):
        parse_assessment('{"rubric": "r", "rubric": "s"}')


def test_the_notation_can_be_named() -> None:
    with pytest.raises(RubricSyntaxError, match="json-syntax"):
        parse_rubric(TINY, syntax="json")
    assert parse_rubric(TINY, syntax="yaml", source="tiny.json").id == "tiny"
    assert parse_assessment("criterion,value\nc,true", syntax="csv", rubric="tiny").rubric.id == "tiny"


def test_the_rubric_can_be_given_beside_the_answers() -> None:
    assert parse_assessment("answers: {c: true}", rubric="tiny").rubric.id == "tiny"
    assert parse_assessment("rubric: other\nanswers: {c: true}", rubric="tiny").rubric.id == "other"


def test_a_mapping_is_read_like_a_text() -> None:
    data: Any = read_yaml(Source(TINY)).data
    assert parse_rubric(data) == parse_rubric(TINY)
    answers = parse_assessment({"answers": {"c": True, "d": 0.5}}, rubric="tiny").answers
    assert answers["c"].value is True


def test_all_problems_in_a_mapping_have_paths() -> None:
    data: Any = {
        "id": "r",
        "version": "1",
        "title": "R",
        "stages": ({"id": "a", "titel": "A"},),
        "dimensions": [],
        3: 4,
    }
    with pytest.raises(RubricInvalidError) as caught:
        parse_rubric(data, source="a dict")
    found = {(problem.code, problem.path, problem.line, problem.source) for problem in caught.value.problems}
    assert found == {
        ("missing-key", "stages[0]", None, "a dict"),
        ("unknown-key", "stages[0].titel", None, "a dict"),
        ("too-few-items", "dimensions", None, "a dict"),
        ("bad-key", "[3]", None, "a dict"),
    }
    with pytest.raises(RubricInvalidError, match="unknown-stage"):
        parse_rubric({**read_yaml(Source(TINY)).data, "stage": {"cuts": {"tpo": 1}}})  # type: ignore[dict-item]
    with pytest.raises(AnswerError) as wrong:
        parse_assessment({"rubric": "r", "answers": {"c": {"valeu": 1}, "d": None}})
    assert [problem.path for problem in wrong.value.problems] == ["answers.c.valeu", "answers.d"]
    with pytest.raises(AnswerError, match="wrong-document"):
        parse_assessment(data)


@pytest.mark.parametrize("parse", [parse_rubric, parse_assessment])
def test_what_is_no_document_at_all_is_a_type_error(parse: Callable[[Any], object]) -> None:
    with pytest.raises(TypeError, match="expected a text, bytes or a mapping, not list"):
        parse([1])
    with pytest.raises(TypeError, match=r"load_rubric.*read files"):
        parse(Path("r.yaml"))


def test_a_table_without_a_rubric_says_where_to_name_it() -> None:
    with pytest.raises(AnswerError, match="# rubric: ") as caught:
        parse_assessment("# version: 2\ncriterion,value,unknown\nc,1,", source="a.csv")
    assert [problem.path for problem in caught.value.problems] == ["rubric"]
    with pytest.raises(AnswerError, match="the key `rubric` is missing"):
        parse_assessment("answers: {}")
    with pytest.raises(AnswerError, match="unknown-value") as other:
        parse_assessment("# rubric: r\ncriterion,unknown\nc,maybe", syntax="csv")
    assert "# rubric" not in str(other.value)


TREE = """
id: tree
version: 1
title: Tree
stages: [{id: low, title: Low}, {id: top, title: Top}]
stage: %s
dimensions:
  - id: d
    title: D
    criteria:
      - {id: c, title: C, scale: {type: yes_no, yes: top, no: low}%s}
"""


def wrong_in(text: str) -> list[str]:
    with pytest.raises(RubricInvalidError) as caught:
        parse_rubric(text)
    return [problem.message for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("rest", "advice"),
    [
        ("weight: 20 %", "not the text '20 %': write 0.2"),
        ("weight: 70%", "not the text '70%': write 0.7"),
        ('weight: "2,5"', "not the text '2,5': write 2.5"),
        ('weight: "2"', "not the text '2': write 2 without quotation marks"),
        ("weight: \u201c2\u201d", "write 2 without quotation marks"),
        ('weight: "1,000"', "write a point before decimals, and nothing between thousands"),
        ("weight: two", "not the text 'two'"),
        ("weight: 2,5", "there is no such key here: write a number with a point, not with a comma"),
        ("help: Nobody, or somebody", "so put the text with the comma in quotation marks"),
        ("help: \u201cNobody, or somebody\u201d", "only straight quotation marks keep a text with a comma together"),
        ("help Nobody", "the colon is missing in `help: Nobody`"),
        ("\u201cweigth\u201d: 2", "there is no such key here"),
    ],
)
def test_the_commonest_mistakes_in_a_criterion_have_a_remedy(rest: str, advice: str) -> None:
    (message,) = wrong_in(TREE % ("{quorum: 1}", f", {rest}"))
    assert message.endswith(advice)


def test_a_number_with_a_comma_outside_of_braces() -> None:
    text = TREE.replace("title: D\n", "title: D\n    weight: 0,7\n") % ("{quorum: 1}", "")
    (message,) = wrong_in(text)
    assert message.endswith("write 0.7")


@pytest.mark.parametrize(
    ("stage", "advice"),
    [
        ("{quorum: 70}", "expected a number of at most 1, not 70: write 0.7"),
        ("{quorum: 5}", "expected a number of at most 1, not 5: write 0.05"),
        ("{quorum: 2}", "expected a number of at most 1, not 2"),
        ("{quorum: 101}", "expected a number of at most 1, not 101"),
        ("{quorum: 70%}", "write 0.7"),
        ("{gates: {top: {criterion: c, at_least: 70 %}}}", "write 0.7"),
        ("{gates: {tpo: {criterion: c, at_least: top}}}", "there is no stage 'tpo': the stages are low, top"),
    ],
)
def test_the_commonest_mistakes_in_a_stage_rule_have_one_remedy(stage: str, advice: str) -> None:
    (message,) = wrong_in(TREE % (stage, ""))
    assert message.endswith(advice)


def test_a_repeated_id_names_the_place_of_the_other() -> None:
    (message,) = wrong_in(
        TREE % ("{quorum: 1}", "}\n      - {id: c, title: C, scale: {type: yes_no, yes: top, no: low}")
    )
    assert "dimensions[0].criteria[0]" in message


@pytest.mark.parametrize("written", ["{written: true, shared: false}", "{written}", "{written: ~}"])
def test_a_mapping_of_items_is_a_list_that_was_meant(written: str) -> None:
    with pytest.raises(AnswerError) as caught:
        parse_assessment(f"rubric: r\nanswers: {{c: {written}}}")
    (problem,) = caught.value.problems
    assert (problem.code, problem.message) == ("bad-answer", "write a list of the items that hold: [written]")


def test_a_rubric_made_in_python_is_checked_alike() -> None:
    check_rubric(parse_rubric(TINY))
    data = {"id": "r", "version": "1", "title": "R", "stages": [{"id": "a", "title": "A"}]}
    with pytest.raises(RubricInvalidError, match="no-children") as caught:
        check_rubric(Rubric.model_validate({**data, "dimensions": [{"id": "d", "title": "D"}]}))
    assert caught.value.problems[0].line is None
    assert caught.value.problems[0].path == "dimensions[0]"


def test_a_file_is_read_by_its_suffix(tmp_path: Path) -> None:
    files = {
        "a.csv": "# rubric: r\ncriterion,value\nc,true\n",
        "a.json": '{"rubric": "r", "answers": {"c": true}}',
        "a.yaml": "rubric: r\nanswers: {c: true}",
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    first, *others = [read_assessment(tmp_path / name) for name in files]
    assert first.answers["c"].value is True
    assert others == [first, first]


def test_a_missing_file_suggests_the_one_beside_it(tmp_path: Path) -> None:
    (tmp_path / "service.rubric.yaml").write_text(TINY, encoding="utf-8")
    with pytest.raises(RubricNotFoundError, match=r"did you mean '.*service\.rubric\.yaml'"):
        read_rubric(tmp_path / "servce.rubric.yaml")
    with pytest.raises(AnswerError, match="there is no file"):
        read_assessment(tmp_path / "x.csv")
    with pytest.raises(RubricNotFoundError):
        read_rubric(tmp_path / "nowhere" / "x.yaml")
    with pytest.raises(RubricNotFoundError):
        read_rubric(tmp_path / "service.rubric.yaml" / "x.yaml")
    with pytest.raises(RubricNotFoundError):
        read_rubric("nul\0character")


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(RubricSyntaxError, match="is a folder"):
        read_rubric(tmp_path)
    with pytest.raises(AnswerError, match="is a folder"):
        read_assessment(tmp_path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
def test_a_pipe_is_no_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(RubricSyntaxError, match="not a regular file"):
        read_rubric(tmp_path / "pipe")


def test_a_file_that_cannot_be_opened_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "r.yaml"
    path.write_text(TINY, encoding="utf-8")

    def refuse(*_: Any, **__: Any) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(RubricSyntaxError, match=r"r\.yaml cannot be read: Permission denied"):
        read_rubric(path)


def test_a_large_file_is_refused_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "large.yaml"
    with path.open("wb") as file:
        file.truncate(Limits().size + 1)
    monkeypatch.setattr(Path, "open", lambda *_: pytest.fail("it was opened"))
    with pytest.raises(RubricSyntaxError, match="larger than 5,000,000 bytes"):
        read_rubric(path)


def test_a_file_that_grows_while_it_is_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "growing.yaml"
    path.write_bytes(b"#" * 100)
    monkeypatch.setattr(Path, "open", lambda *_: BytesIO(b"#" * (Limits().size + 9)))
    with pytest.raises(RubricSyntaxError, match="larger than 5,000,000 bytes"):
        read_rubric(path)


def test_errors_survive_pickling() -> None:
    with pytest.raises(RubricInvalidError) as caught:
        parse_rubric("id: x", source="x.yaml")
    copied = pickle.loads(pickle.dumps(caught.value))  # noqa: S301 - what it has just written itself
    assert str(copied) == str(caught.value)
    assert copied.problems == caught.value.problems


LETTERS = "[]{},'\"!|>#~?%é:\t\n\0"
WORDS = ": ,- ,&a ,*a,---\n,1.5,true,<<,id,title,stages,dimensions,scale,type,rubric,answers,\n  "
PIECES = st.sampled_from([*LETTERS, *WORDS.split(",")])


@given(st.one_of(st.text(), st.lists(PIECES).map("".join)))
def test_any_text_is_read_or_refused(text: str) -> None:
    for parse in (parse_rubric, parse_assessment):
        for syntax in ("yaml", "json", None):
            only_own_errors(parse, text, syntax)
    only_own_errors(parse_assessment, text, "csv")


@given(st.binary())
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    only_own_errors(parse_rubric, content, None)
    only_own_errors(parse_assessment, content, "csv")


def only_own_errors(parse: Callable[..., object], content: str | bytes, syntax: str | None) -> None:
    try:
        parse(content, syntax=syntax)
    except MaturityError as error:
        str(error).encode()


KEYS = st.sampled_from(["id", "title", "scale", "type", "stage", "all", "any", "criterion"])
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3) | st.floats(allow_nan=False),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=6,
)
PLACES: list[tuple[str | int, ...]] = [
    ("stages",),
    ("stages", 0),
    ("dimensions",),
    ("dimensions", 0),
    ("dimensions", 0, "criteria", 0),
    ("dimensions", 0, "criteria", 0, "scale"),
    ("stage",),
    ("defaults",),
    ("flags",),
    ("flags", 0, "raised_when"),
    ("caps",),
]


@given(st.sampled_from(PLACES), JSON)
def test_anything_anywhere_in_a_rubric_is_read_or_refused(place: tuple[str | int, ...], value: Any) -> None:
    flags = "flags: [{id: f, severity: warn, raised_when: {criterion: c, below: top}, says: S}]\n"
    data: Any = read_yaml(Source(f"{TINY}{flags}")).data
    data["version"] = "1"
    *above, last = place
    inner = data
    for part in above:
        inner = inner[part]
    inner[last] = value
    only_own_errors(parse_rubric, json.dumps(data), "json")
