"""A result as a few lines of HTML for notebooks: the profile with its bounds, and nothing that has to be loaded."""

from collections.abc import Iterator
from fractions import Fraction
from html import escape

from humanai_maturity.engine.result import NodeResult, ScorecardData
from humanai_maturity.engine.wording import (
    one_line,
    open_scores,
    open_stages,
    percent,
    profile,
    shown_score,
    shown_stage,
)

_MOST_CELLS = 12
SIGNS = "■ sure, ▨ possible, □ not reached; ◆ as answered. In brackets: what it can turn out to be."
"""What `stage_signs` means."""
_HEADS = ("Dimension", "Stages", "Stage", "Score", "Known")


def fragment(card: ScorecardData) -> str:
    """Return the profile as an HTML table. Texts of the rubric are escaped.

    Example:
        >>> import humanai_maturity as hm
        >>> fragment(hm.score("ai-human-cx", {}).data)[:16]
        '<table><caption>'
    """
    caption = f"{one_line(card.rubric.title)} {one_line(card.rubric.version)}"
    heads = "".join(f'<th scope="col">{head}</th>' for head in _HEADS)
    rows = [(depth, node, one_line(node.title)) for depth, node in profile(card)]
    rows.append((0, card.nodes[0], "Overall"))
    body = "".join(
        f'<tr><th scope="row">{"&emsp;" * depth}{escape(name)}</th>{"".join(_cells(node, card))}</tr>'
        for depth, node, name in rows
    )
    return (
        f"<table><caption>{escape(caption)}</caption><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>"
        f"<p>{SIGNS}</p>"
    )


def _cells(node: NodeResult, card: ScorecardData) -> Iterator[str]:
    if node.state == "not_applicable":
        yield '<td colspan="4">does not apply</td>'
        return
    yield f"<td>{stage_signs(node, len(card.stages))}</td>"
    yield _cell(shown_stage(node), open_stages(node))
    yield _cell(shown_score(node) or "open", open_scores(node, card.rubric.digits))
    yield f"<td>{percent(node.exact.coverage or Fraction(0))}</td>"


def _cell(point: str, bounds: str) -> str:
    text = f"{point} ({bounds})" if bounds else point
    return f"<td>{escape(text)}</td>"


def stage_signs(node: NodeResult, count: int) -> str:
    """Return the stages of a node as a row of signs; empty where it has none, or too many for a row."""
    if node.stage_low is None or node.stage_high is None or count > _MOST_CELLS:
        return ""
    low, high = node.stage_low.number, node.stage_high.number
    signs = ["■" if stage <= low else "▨" if stage <= high else "□" for stage in range(1, count + 1)]
    if node.stage is not None:
        signs[node.stage.number - 1] = "◆"
    return "".join(signs)
