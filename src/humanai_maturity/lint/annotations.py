"""Problems and findings in the forms that common CI systems show beside the lines of a change."""

from collections import Counter
from collections.abc import Sequence
from hashlib import sha256
from json import dumps
from pathlib import PurePath
from urllib.parse import quote

from humanai_maturity.engine.wording import one_line
from humanai_maturity.errors import Problem, Severity
from humanai_maturity.lint.finding import Finding

_COMMANDS: dict[Severity, str] = {"error": "error", "warning": "warning", "note": "notice"}
_RANKS: dict[Severity, str] = {"error": "major", "warning": "minor", "note": "info"}
_SARIF_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json"
_TOOL = "humanai-maturity"


def github(problems: Sequence[Problem]) -> str:
    """Return workflow commands of GitHub Actions, one a line.

    Example:
        >>> print(github([Problem(code="bad-id", path="id", message="no", line=2, column=5, source="r.yaml")]), end="")
        ::error file=r.yaml,line=2,col=5,title=bad-id::id: no
    """
    return "".join(f"::{_COMMANDS[each.severity]} {_properties(each)}::{_escaped(_text(each))}\n" for each in problems)


def gitlab(problems: Sequence[Problem]) -> str:
    """Return a code quality report of GitLab.

    Example:
        >>> import json
        >>> report = gitlab([Problem(code="bad-id", path="id", message="no", line=2, source="r.yaml")])
        >>> json.loads(report)[0]["location"]
        {'path': 'r.yaml', 'lines': {'begin': 2}}
    """
    return _json(
        [
            {
                "description": _text(each),
                "check_name": each.code,
                "fingerprint": mark,
                "severity": _RANKS[each.severity],
                "location": {"path": _path(each), "lines": {"begin": each.line or 1}},
            }
            for each, mark in zip(problems, _marks(problems), strict=True)
        ]
    )


def sarif(problems: Sequence[Problem], version: str) -> str:
    """Return a log in SARIF 2.1.0, which code scanning of several hosts reads.

    Args:
        problems: What was found.
        version: The version of this library.

    Example:
        >>> import json
        >>> log = sarif([Problem(code="bad-id", path="id", message="no", line=2, source="r.yaml")], "1.0")
        >>> json.loads(log)["runs"][0]["results"][0]["ruleId"]
        'bad-id'
    """
    codes = sorted({each.code for each in problems})
    driver = {"name": _TOOL, "semanticVersion": version, "rules": [{"id": code} for code in codes]}
    results = [
        {
            "ruleId": each.code,
            "ruleIndex": codes.index(each.code),
            "level": each.severity,
            "message": {"text": _text(each)},
            "locations": [{"physicalLocation": _location(each)}],
            "partialFingerprints": {"place/v1": mark},
        }
        for each, mark in zip(problems, _marks(problems), strict=True)
    ]
    return _json(
        {"$schema": _SARIF_SCHEMA, "version": "2.1.0", "runs": [{"tool": {"driver": driver}, "results": results}]}
    )


def _text(problem: Problem) -> str:
    hint = f" (did you mean {problem.hint!r}?)" if problem.hint is not None else ""
    fix = f"; fix: {problem.fix}" if isinstance(problem, Finding) else ""
    return one_line(f"{f'{problem.path}: ' if problem.path else ''}{problem.message}{hint}{fix}")


def _path(problem: Problem) -> str:
    return PurePath(problem.source or "").as_posix()


def _properties(problem: Problem) -> str:
    file = _path(problem) if problem.source else None
    given = {"file": file, "line": problem.line, "col": problem.column, "title": problem.code}
    known = {key: str(value) for key, value in given.items() if value is not None}
    return ",".join(f"{key}={_escaped(one_line(value), ':,')}" for key, value in known.items())


def _escaped(text: str, more: str = "") -> str:
    """Return a text without what would end a command, or a property of it."""
    for letter in "%\r\n" + more:
        text = text.replace(letter, f"%{ord(letter):02X}")
    return text


def _marks(problems: Sequence[Problem]) -> list[str]:
    """Return for each problem what stays the same while lines above it come and go."""
    seen: Counter[str] = Counter()
    marks = []
    for each in problems:
        place = each.at if isinstance(each, Finding) else each.path
        key = "\n".join((each.code, _path(each), place))
        seen[key] += 1
        marks.append(sha256(f"{key}\n{seen[key]}".encode(errors="replace")).hexdigest())
    return marks


def _location(problem: Problem) -> dict[str, object]:
    region = {"startLine": problem.line, "startColumn": problem.column}
    known = {key: value for key, value in region.items() if value is not None}
    return {"artifactLocation": {"uri": quote(_path(problem))}, **({"region": known} if known else {})}


def _json(data: object) -> str:
    return dumps(data, indent=2, ensure_ascii=False) + "\n"
