"""`check`: everything that is doubtful about a valid rubric, in the order of its text."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from os import PathLike

from humanai_maturity.catalogue import load_document
from humanai_maturity.catalogue.default import default_catalogue
from humanai_maturity.documents.read import UNWRITTEN, RubricDocument, check_rubric
from humanai_maturity.engine.scoring import PluginAggregator
from humanai_maturity.errors import PluginError
from humanai_maturity.lint.checks.applicability import check_applicability
from humanai_maturity.lint.checks.effects import check_effects
from humanai_maturity.lint.checks.ends import check_ends
from humanai_maturity.lint.checks.gates import check_gates
from humanai_maturity.lint.checks.limits import check_limits
from humanai_maturity.lint.checks.names import check_names
from humanai_maturity.lint.checks.scales import check_scales
from humanai_maturity.lint.checks.settings import check_settings
from humanai_maturity.lint.checks.silences import silence
from humanai_maturity.lint.checks.texts import check_texts
from humanai_maturity.lint.checks.weights import check_weights
from humanai_maturity.lint.finding import KINDS, Finding, Findings, Found
from humanai_maturity.lint.places import name_of
from humanai_maturity.lint.study import Study
from humanai_maturity.model.extensions import aggregators_of
from humanai_maturity.model.rubric import Rubric

_CHECKS: tuple[Callable[[Study], Findings], ...] = (
    check_ends,
    check_gates,
    check_limits,
    check_applicability,
    check_weights,
    check_effects,
    check_settings,
    check_scales,
    check_names,
    check_texts,
)


def check(
    rubric: str | PathLike[str] | Rubric, *, aggregators: Mapping[str, PluginAggregator] | None = None
) -> tuple[Finding, ...]:
    """Check whether a valid rubric is sound: that its best answers reach the top, that everything counts, and more.

    Nothing is random: the same rubric always has the same findings. A measure of a custom scale is taken to return
    whatever its scale declares; an aggregator that is not given is taken to be a mean.

    Args:
        rubric: The rubric, or whatever [`load_rubric`][humanai_maturity.load_rubric] takes. Findings in a file have
            lines and columns; those in a rubric that was made in Python have paths only.
        aggregators: The functions that aggregator rules name; they count before those of plug-ins.

    Returns:
        What was found and is not silenced, in the order of the text.

    Raises:
        RubricError: If the rubric is not found or not valid.
        PluginError: If an aggregator misbehaves.

    Example:
        >>> from humanai_maturity.documents.read import parse_rubric
        >>> rubric = parse_rubric('''
        ... {id: r, version: 1, title: R, stages: [{id: low, title: Low}, {id: top, title: Top}], dimensions: [
        ...   {id: d, title: D, criteria: [{id: c, title: C, scale: {type: yes_no, yes: top, no: low}}]}],
        ...  facts: [{id: f, title: F, scale: {type: yes_no}}]}
        ... ''')
        >>> [(finding.code, finding.at) for finding in check(rubric) if finding.severity != "note"]
        [('never-read', 'f')]
    """
    if isinstance(rubric, Rubric):
        check_rubric(rubric)
        return check_document(RubricDocument(rubric, UNWRITTEN), aggregators=aggregators)
    return check_document(load_document(rubric), aggregators=aggregators)


def check_document(
    document: RubricDocument, *, aggregators: Mapping[str, PluginAggregator] | None = None
) -> tuple[Finding, ...]:
    """Check a rubric that was read from a text."""
    study = Study(document.rubric, {**dict(_installed(document.rubric)), **(aggregators or {})})
    found = dict.fromkeys(each for one in _CHECKS for each in one(study))
    findings = sorted(
        (_finding(each, document) for each in silence([*found], study)),
        key=lambda finding: (finding.line or 0, finding.column or 0),
    )
    return tuple(_told_once(findings))


def _told_once(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yield one of several findings in a part of the text that is written once and used in several places."""
    groups: dict[object, list[Finding]] = {}
    for each in findings:
        key = each.path if each.line is None else (each.line, each.column, each.message)
        groups.setdefault((each.code, key), []).append(each)
    for first, *others in groups.values():
        count = f"; so it is in {len(others)} other place{'s' * (len(others) > 1)} that use this text"
        yield replace(first, message=first.message + count) if others else first


def _installed(rubric: Rubric) -> Iterator[tuple[str, PluginAggregator]]:
    """Yield the aggregators of plug-ins that a rubric names, as far as they are there and sound."""
    for name in sorted(aggregators_of(rubric)):
        with suppress(PluginError):
            yield name, default_catalogue().aggregator(name).function


def _finding(found: Found, document: RubricDocument) -> Finding:
    at = document.parsed.locate(found.loc, found.of_key)
    problem = document.parsed.source.problem(found.code, found.message, at, path=found.loc, hint=found.hint)
    return Finding(
        code=problem.code,
        path=problem.path,
        message=problem.message,
        line=problem.line,
        column=problem.column,
        hint=problem.hint,
        source=problem.source,
        excerpt=problem.excerpt,
        severity=KINDS[found.code].severity,
        at=name_of(found.loc, document.rubric),
        fix=found.fix,
    )
