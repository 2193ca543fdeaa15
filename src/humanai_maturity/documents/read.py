"""Rubrics, assessments and worked cases from texts and files: checked completely, with every problem at once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from os import PathLike
from pathlib import Path as FilePath
from typing import Any, Literal, TypeAlias

from pydantic import ValidationError

from humanai_maturity.documents.csv_text import read_csv
from humanai_maturity.documents.files import content_of
from humanai_maturity.documents.json_text import read_json
from humanai_maturity.documents.overlay import EXTENDS, BaseOf, overlaid
from humanai_maturity.documents.problems import in_order, problems_of
from humanai_maturity.documents.schema import assessment_schema, cases_schema, rubric_schema
from humanai_maturity.documents.source import Parsed, Source, decode
from humanai_maturity.documents.yaml_text import read_yaml
from humanai_maturity.errors import (
    AnswerError,
    CaseError,
    MaturityError,
    Problem,
    RubricInvalidError,
    RubricSyntaxError,
)
from humanai_maturity.model.assessment import Assessment
from humanai_maturity.model.cases import Cases
from humanai_maturity.model.consistency import Inconsistency, broken_promises, inconsistencies
from humanai_maturity.model.rubric import Rubric

RubricSyntax: TypeAlias = Literal["yaml", "json"]
"""The notations in which a rubric can be written."""

AssessmentSyntax: TypeAlias = Literal["yaml", "json", "csv"]
"""The notations in which an assessment can be written."""

_TELLING = {"dimensions": "a rubric", "answers": "an assessment", "cases": "a file of cases"}
"""What a document is, by the key that only it has."""

_SUFFIXES: Mapping[str, AssessmentSyntax] = {".json": "json", ".csv": "csv"}


@dataclass(frozen=True, slots=True)
class RubricDocument:
    """Keep a rubric together with the text that it was read from."""

    rubric: Rubric
    parsed: Parsed


@dataclass(frozen=True, slots=True)
class CasesDocument:
    """Keep worked cases together with the text that they were read from."""

    cases: Cases
    parsed: Parsed


def parse_rubric(
    text: str | bytes | Mapping[str, Any], *, source: str | None = None, syntax: RubricSyntax | None = None
) -> Rubric:
    """Read a rubric from a text, or from plain data.

    Args:
        text: The text, or its bytes in UTF-8; or a mapping that holds what such a text would. Problems in a mapping
            have paths, but no lines.
        source: A name to show in errors, such as the file's.
        syntax: How it is written; by default as the source's suffix says, else YAML, of which JSON is a part.

    Raises:
        RubricSyntaxError: If it cannot be read, or would silently be misread.
        RubricInvalidError: If it is not a rubric; all problems at once.
        TypeError: If it is neither a text nor a mapping.

    Example:
        >>> rubric = parse_rubric('''
        ... id: tiny
        ... version: 1.0
        ... title: Tiny
        ... stages: [{id: low, title: Low}, {id: top, title: Top}]
        ... dimensions:
        ...   - id: data
        ...     title: Data
        ...     criteria:
        ...       - {id: owned, title: Owned, scale: {type: yes_no, yes: top, no: low}}
        ... ''')
        >>> rubric.version
        '1.0'
    """
    return parse_document(text, source=source, syntax=syntax).rubric


def parse_document(
    text: str | bytes | Mapping[str, Any],
    *,
    source: str | None = None,
    syntax: RubricSyntax | None = None,
    base_of: BaseOf | None = None,
) -> RubricDocument:
    """Read a rubric as `parse_rubric` does, and keep the text, so that more can be said about its lines.

    Args:
        text: The text, or plain data.
        source: A name to show in errors.
        syntax: How it is written.
        base_of: Finds the rubric that an overlay extends; without it, overlays are refused.

    Example:
        >>> text = "{id: r, version: 1, title: R, stages: [{id: low, title: Low}], dimensions: []}"
        >>> parse_document(text)
        Traceback (most recent call last):
        humanai_maturity.errors.RubricInvalidError: the document is not a valid rubric: 1 problem
        1:76: error[too-few-items] dimensions: expected at least 1 item, not 0
          {id: r, version: 1, title: R, stages: [{id: low, title: Low}], dimensions: []}
                                                                                     ^
    """
    parsed = _parse(text, source, syntax)
    overlay = overlaid(parsed, base_of) if isinstance(parsed.data, Mapping) and EXTENDS in parsed.data else None
    parsed = overlay.parsed if overlay is not None else parsed
    _expect(parsed, "dimensions", RubricInvalidError)
    try:
        rubric = Rubric.model_validate(parsed.data)
    except ValidationError as error:
        raise _invalid(parsed, problems_of(error, parsed, rubric_schema())) from None
    check_rubric(rubric, parsed)
    return RubricDocument(overlay.sign(rubric) if overlay is not None else rubric, parsed)


def check_rubric(rubric: Rubric, parsed: Parsed | None = None) -> None:
    """Check that the parts of a rubric go together, such as one that was made in Python.

    Args:
        rubric: The rubric.
        parsed: The document that it was read from.

    Raises:
        RubricInvalidError: If they do not; all problems at once.

    Example:
        >>> check_rubric(Rubric(
        ...     id="r", version="1", title="R", stages=[{"id": "low", "title": "Low"}],
        ...     dimensions=[{"id": "d", "title": "D"}],
        ... ))
        Traceback (most recent call last):
        humanai_maturity.errors.RubricInvalidError: the document is not a valid rubric: 1 problem
        error[no-children] dimensions[0]: there is nothing in this dimension: add `criteria` or `dimensions`
    """
    _refuse(inconsistencies(rubric), parsed or UNWRITTEN)


def check_aggregators(rubric: Rubric, aggregators: Mapping[str, object]) -> None:
    """Check that no stage rests on an aggregator that is not declared monotone.

    Args:
        rubric: The rubric, which is consistent otherwise.
        aggregators: The aggregators that it names; a plain function declares nothing.

    Raises:
        RubricInvalidError: If one does; all places at once.

    Example:
        >>> check_aggregators(Rubric(
        ...     id="r", version="1", title="R", stages=[{"id": "low", "title": "Low"}],
        ...     dimensions=[{"id": "d", "title": "D"}],
        ... ), {"midrange": max})
    """
    _refuse(broken_promises(rubric, aggregators), UNWRITTEN)


def read_rubric(path: str | PathLike[str]) -> Rubric:
    """Read a rubric from a file.

    Raises:
        RubricNotFoundError: If there is no such file.
        RubricSyntaxError: If it cannot be read, or would silently be misread.
        RubricInvalidError: If it is not a rubric; all problems at once.

    Example:
        >>> read_rubric("missing.yaml")
        Traceback (most recent call last):
        humanai_maturity.errors.RubricNotFoundError: there is no file missing.yaml
    """
    return read_document(path).rubric


def read_document(path: str | PathLike[str], base_of: BaseOf | None = None) -> RubricDocument:
    """Read a rubric from a file as `read_rubric` does, and keep the text.

    Args:
        path: The file.
        base_of: Finds the rubric that an overlay extends; without it, overlays are refused.

    Example:
        >>> read_document("missing.yaml")
        Traceback (most recent call last):
        humanai_maturity.errors.RubricNotFoundError: there is no file missing.yaml
    """
    return parse_document(content_of(path), source=str(path), base_of=base_of)


def parse_assessment(
    text: str | bytes | Mapping[str, Any],
    *,
    source: str | None = None,
    syntax: AssessmentSyntax | None = None,
    rubric: str | None = None,
) -> Assessment:
    r"""Read an assessment from a text, or from plain data.

    Args:
        text: The text, or its bytes in UTF-8; or a mapping that holds what such a text would. Problems in a mapping
            have paths, but no lines.
        source: A name to show in errors, such as the file's.
        syntax: How it is written; by default as the source's suffix says, else YAML, of which JSON is a part.
        rubric: The id of the rubric that is answered where the text does not say so itself.

    Raises:
        AnswerError: If it is not an assessment; all problems at once.
        TypeError: If it is neither a text nor a mapping.

    Example:
        >>> parse_assessment("rubric: tiny\nanswers: {owned: true}").answers["owned"].value
        True
    """
    notation = syntax or _SUFFIXES.get(FilePath(source or "").suffix.lower())
    try:
        parsed = _parse(text, source, notation)
    except RubricSyntaxError as error:
        raise AnswerError(error.message, error.problems) from None
    _expect(parsed, "answers", AnswerError)
    data = parsed.data
    if rubric is not None and isinstance(data, Mapping):
        data = {"rubric": rubric, **data}
    try:
        return Assessment.model_validate(data)
    except ValidationError as error:
        problems = problems_of(error, parsed, assessment_schema())
        if notation == "csv":
            problems = tuple(_say_where_to_name_the_rubric(problem) for problem in problems)
        raise AnswerError(_headline(parsed, "assessment", problems), problems) from None


def read_assessment(path: str | PathLike[str], *, rubric: str | None = None) -> Assessment:
    """Read an assessment from a YAML, JSON or CSV file.

    Args:
        path: The file.
        rubric: The id of the rubric that is answered where the file does not say so itself.

    Raises:
        AnswerError: If there is no such file or it is not an assessment; all problems at once.

    Example:
        >>> read_assessment("missing.csv")
        Traceback (most recent call last):
        humanai_maturity.errors.AnswerError: there is no file missing.csv
    """
    content = content_of(path, missing=AnswerError, wrong=AnswerError)
    return parse_assessment(content, source=str(path), rubric=rubric)


def parse_cases(text: str | bytes | Mapping[str, Any], *, source: str | None = None) -> CasesDocument:
    r"""Read worked cases from a text, or from plain data; whether they fit their rubric is not looked at.

    Args:
        text: The text, or its bytes in UTF-8; or a mapping that holds what such a text would.
        source: A name to show in errors, such as the file's.

    Raises:
        CaseError: If they are no cases; all problems at once.

    Example:
        >>> parse_cases("rubric: r\ncases: [{id: nothing, expect: {stage: low}}]").cases.cases[0].id
        'nothing'
    """
    try:
        parsed = _parse(text, source, "json" if FilePath(source or "").suffix.lower() == ".json" else None)
    except RubricSyntaxError as error:
        raise CaseError(error.message, error.problems) from None
    _expect(parsed, "cases", CaseError)
    try:
        return CasesDocument(Cases.model_validate(parsed.data), parsed)
    except ValidationError as error:
        problems = problems_of(error, parsed, cases_schema())
        raise CaseError(_headline(parsed, "file of cases", problems), problems) from None


def read_cases(path: str | PathLike[str]) -> CasesDocument:
    """Read worked cases from a file; whether they fit their rubric is not looked at.

    Raises:
        CaseError: If there is no such file or they are no cases; all problems at once.

    Example:
        >>> read_cases("missing.yaml")
        Traceback (most recent call last):
        humanai_maturity.errors.CaseError: there is no file missing.yaml
    """
    return parse_cases(content_of(path, missing=CaseError, wrong=CaseError), source=str(path))


def located(found: Inconsistency, parsed: Parsed) -> Problem:
    r"""Return something that does not go together as a problem, where it stands in the document.

    Example:
        >>> read = parse_cases("rubric: r\ncases:\n- {id: c, expect: {stage: tpo}}")
        >>> located(Inconsistency("unknown-stage", ("cases", 0, "expect", "stage"), "there is none"), read.parsed).line
        3
    """
    at = parsed.locate(found.loc, found.of_key)
    return parsed.source.problem(found.code, found.message, at, path=found.loc, hint=found.hint)


def _parse(text: object, name: str | None, syntax: AssessmentSyntax | None) -> Parsed:
    if isinstance(text, Mapping):
        return Parsed(Source("", name), {**text}, _nowhere)
    if not isinstance(text, str | bytes):
        files = " (`load_rubric` and `load_assessment` read files)" if isinstance(text, PathLike) else ""
        raise TypeError(f"expected a text, bytes or a mapping, not {type(text).__name__}{files}")
    source = decode(text, name)
    match syntax or _SUFFIXES.get(FilePath(name or "").suffix.lower()):
        case "json":
            return read_json(source)
        case "csv":
            return read_csv(source)
        case "yaml":
            return read_yaml(source)
        case _:
            return _read_either(source)


def _say_where_to_name_the_rubric(problem: Problem) -> Problem:
    """Point to the lines above a table, where there is no rubric."""
    if problem.code != "missing-key" or problem.path not in {"", "rubric"}:
        return problem
    return replace(
        problem, message="the rubric is missing: write its id above the header, as in `# rubric: ai-human-cx`"
    )


def _nowhere(_path: object, _of_key: object) -> None:
    """Plain data has no lines."""


def _read_either(source: Source) -> Parsed:
    """Read JSON where a text looks like it, as YAML does not have all of its escapes."""
    if source.text.lstrip().startswith("{"):
        try:
            return read_json(source)
        except RubricSyntaxError as error:
            if error.problems[0].code != "json-syntax":
                raise
    return read_yaml(source)


def _expect(parsed: Parsed, own: str, kind: type[MaturityError]) -> None:
    """Refuse a document of another kind with one problem rather than with one for each of its keys."""
    if not isinstance(parsed.data, Mapping) or own in parsed.data:
        return
    foreign = next((key for key in _TELLING if key in parsed.data), None)
    if foreign is not None:
        message = f"this is {_TELLING[foreign]}, not {_TELLING[own]}"
        at = parsed.locate((foreign,), True)  # noqa: FBT003 - the type of a plain function has no keywords
        raise kind(
            f"{message}: {_name(parsed)}", [parsed.source.problem("wrong-document", message, at, path=(foreign,))]
        )


UNWRITTEN = Parsed(Source(""), None, _nowhere)
"""What stands for the text of a rubric that has none."""


def _refuse(found: Iterable[Inconsistency], parsed: Parsed) -> None:
    problems = in_order(located(each, parsed) for each in found)
    if problems:
        raise _invalid(parsed, problems)


def _invalid(parsed: Parsed, problems: tuple[Problem, ...]) -> RubricInvalidError:
    return RubricInvalidError(_headline(parsed, "rubric", problems), problems)


def _headline(parsed: Parsed, kind: str, problems: tuple[Problem, ...]) -> str:
    count = len(problems)
    return f"{_name(parsed)} is not a valid {kind}: {count} problem{'s' * (count != 1)}"


def _name(parsed: Parsed) -> str:
    return parsed.source.name or "the document"
