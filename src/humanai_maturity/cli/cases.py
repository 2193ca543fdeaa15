"""The command `test`: the worked cases beside a rubric."""

import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click

import humanai_maturity as hm
from humanai_maturity.cli.output import AS_FORMAT, TO_FILE, complain, write

if TYPE_CHECKING:
    from humanai_maturity.documents.read import CasesDocument
    from humanai_maturity.documents.source import Position


@click.command("test")
@click.argument("rubric")
@click.argument("cases", required=False, metavar="[CASES]")
@AS_FORMAT
@TO_FILE
@click.pass_context
def test(ctx: click.Context, rubric: str, cases: str | None, notation: str, output: str | None) -> None:
    """Score the worked cases of a rubric, and print what differs from what they expect.

    CASES is a YAML or JSON file; by default cases.yaml beside rubric.yaml, or X.cases.yaml beside X.rubric.yaml. The
    exit code is 1 where anything differs.

    \b
    Example:
        humanai-maturity test my/rubric.yaml
        humanai-maturity test my.rubric.yaml more.cases.yaml --format json
    """  # noqa: D301
    from humanai_maturity.cases.loading import cases_beside, checked  # noqa: PLC0415 - pydantic loads slowly
    from humanai_maturity.catalogue import scorer_of  # noqa: PLC0415 - same
    from humanai_maturity.engine.wording import printable  # noqa: PLC0415 - same

    loaded = hm.load_rubric(rubric)
    file = cases or str(cases_beside(rubric))
    read = checked(file, scorer_of(loaded))
    results = hm.run_cases(loaded, read.cases)
    if notation == "json":
        write(json.dumps([_data(each, read) for each in results], indent=2, ensure_ascii=False) + "\n", output)
    else:
        lines = [line for result in results for line in _lines(result, read)]
        write("".join(f"{printable(line)}\n" for line in lines), output)
    complain(_summary(results))
    ctx.exit(0 if all(result.passed for result in results) else 1)


def _lines(result: "hm.CaseResult", read: "CasesDocument") -> Iterator[str]:
    """Yield a heading and a line for each difference; nothing for a case that is as expected."""
    if result.passed:
        return
    yield f"{result.id}: {result.title}" if result.title else result.id
    for each in result.differences:
        at = _position(each, read)
        place = ":".join(str(part) for part in (read.parsed.source.name, at and at.line, at and at.column) if part)
        yield f"  {place}: {each.text}"


def _position(difference: "hm.Difference", read: "CasesDocument") -> "Position | None":
    return read.parsed.locate(difference.place, True)  # noqa: FBT003 - the type of a plain function has no keywords


def _data(result: "hm.CaseResult", read: "CasesDocument") -> dict[str, Any]:
    differences = []
    for each in result.differences:
        at = _position(each, read)
        differences.append(
            {
                "node": each.node,
                "field": each.field,
                "expected": each.expected,
                "found": each.found,
                "path": each.path,
                "line": at and at.line,
                "column": at and at.column,
            }
        )
    return {"id": result.id, "title": result.title, "compared": result.compared, "differences": differences}


def _summary(results: "Sequence[hm.CaseResult]") -> str:
    failed = sum(not result.passed for result in results)
    compared = sum(result.compared for result in results)
    cases = f"{len(results)} case{'s' * (len(results) != 1)}, {compared} expectation{'s' * (compared != 1)}"
    return f"{cases}: {f'{failed} differ' + 's' * (failed == 1) if failed else 'all as expected'}"
