"""The report as Markdown, to be pasted into a pull request, an issue or a wiki."""

from collections.abc import Iterable, Iterator

from humanai_maturity.engine import Scorecard
from humanai_maturity.engine.advice_words import MOST_TOLD
from humanai_maturity.engine.fragment import SIGNS, stage_signs
from humanai_maturity.engine.result import ScorecardData
from humanai_maturity.engine.wording import profile
from humanai_maturity.report.contents import Contents, contents
from humanai_maturity.report.markdown_text import bullets as _bullets
from humanai_maturity.report.markdown_text import escaped as _text
from humanai_maturity.report.markdown_text import table as _table
from humanai_maturity.report.view import Item


def to_markdown(card: Scorecard) -> str:
    r"""Write a scorecard as Markdown with tables, as code hosts and wikis read it.

    Args:
        card: The scorecard.

    Example:
        >>> import humanai_maturity as hm
        >>> text = to_markdown(hm.score("ai-human-cx", {"data.sources": "owned"}))
        >>> text.startswith("# AI and human maturity in customer experience\n")
        True
    """
    return "\n".join(_report(contents(card.data), card.data)) + "\n"


def _report(report: Contents, card: ScorecardData) -> Iterator[str]:
    yield f"# {_text(report.heading)}"
    if report.subtitle:
        yield from ("", _text(report.subtitle))
    if report.exclusions:
        yield from ("", f"Left out on purpose: {_text(report.exclusions)}.")
    top = report.headline
    yield from ("", f"**{_text(top.stage)}**", "", _text(" ".join(filter(None, (top.place, top.certainty)))))
    sections: tuple[tuple[str, Iterable[str]], ...] = (
        ("Profile", _profile(report, card)),
        ("Next steps" if report.steps else "What to do first", _first(report)),
        ("Claimed and supported", _held_down(report)),
        ("Flags", _flags(report)),
        (report.next_heading, _tree(report.next_items)),
        ("Lost first", _bullets(report.losses)),
        ("Not known", _unknowns(report)),
        ("The team", _team(report)),
        ("Criteria", _criteria(report)),
        ("How this was worked out", _bullets(report.method)),
    )
    for heading, lines in sections:
        found = list(lines)
        if found:
            yield from ("", f"## {_text(heading)}", "", *found)


def _profile(report: Contents, card: ScorecardData) -> Iterator[str]:
    nodes = [*(node for _, node in profile(card)), card.nodes[0]]
    rows = [
        (
            f"{'&nbsp;&nbsp;' * row.depth}{_text(row.name)}",
            stage_signs(node, len(card.stages)),
            _two(row.stage, row.stage_bounds),
            _two(row.score, row.score_bounds),
            row.known,
        )
        for row, node in zip(report.standings, nodes, strict=True)
    ]
    yield from _table(("Dimension", "Stages", "Stage", "Score", "Known"), rows)
    yield from ("", SIGNS)


def _two(point: str, bounds: str) -> str:
    return f"{_text(point)} ({_text(bounds)})" if bounds else _text(point)


def _held_down(report: Contents) -> Iterator[str]:
    rows = [tuple(map(_text, (row.name, row.claimed, row.supported, " ".join(row.reasons)))) for row in report.held]
    yield from _table(("", "Claimed", "Supported", "Why"), rows)


def _flags(report: Contents) -> Iterator[str]:
    for flag in report.flags:
        said = " ".join(part for part in (flag.says, flag.holds_down) if part)
        yield f"- **{_text(flag.name)}** ({flag.severity}): {flag.state}. {_text(said)}"
        if flag.remedy:
            yield f"  - What to do: {_text(flag.remedy)}"


def _first(report: Contents) -> Iterator[str]:
    """Yield the next steps as a table; without advice, what there is to do first."""
    rows = [
        tuple(map(_text, (step.do, step.about, step.owner, step.effort, step.impact, f"{step.why} {step.effect}")))
        for step in report.steps[:MOST_TOLD]
    ]
    yield from _table(("What to do", "For", "Owner", "Effort", "Impact", "Why, and what it changes"), rows)
    if not rows:
        yield from _bullets(first.do for first in report.headline.first)


def _team(report: Contents) -> Iterator[str]:
    for team in report.teams:
        yield from (f"### {_text(team.heading)}", "")
        if team.shape:
            yield from (_text(team.shape), "")
        for heading, lines in team.parts:
            yield from (f"{heading}:", "", *_bullets(lines), "")


def _unknowns(report: Contents) -> Iterator[str]:
    if report.effects:
        yield from ("Once all of this is known:", "", *_bullets(report.effects), "")
    rows = [
        (_text(row.name), _text(row.where), _text(" ".join(filter(None, (row.why, row.note)))), row.worth)
        for row in report.unknowns
    ]
    yield from _table(("Question", "Belongs to", "Why", "Can be worth"), rows)


def _criteria(report: Contents) -> Iterator[str]:
    rows = [
        (
            _text(name),
            _text(row.name),
            _text(row.answer),
            _text(row.stage),
            f"{row.score} (claims {row.claimed})" if row.claimed else row.score,
            row.evidence,
        )
        for name, criteria in report.criteria
        for row in criteria
    ]
    yield from _table(("Dimension", "Criterion", "Answer", "Stage", "Score", "Evidence"), rows)


def _tree(items: Iterable[Item], depth: int = 0) -> Iterator[str]:
    for item in items:
        yield f"{'  ' * depth}- {_text(item.text)}"
        yield from _tree(item.items, depth + 1)
