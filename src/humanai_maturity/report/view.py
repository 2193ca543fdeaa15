"""What a report says, as plain values in words: the page, the Markdown and the workbook are made of the same."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from humanai_maturity.engine.result import (
    Blocker,
    CriterionResult,
    FlagResult,
    NodeResult,
    Reason,
    ScorecardData,
)
from humanai_maturity.engine.wording import (
    MORE_DIGITS,
    at_least,
    before,
    blocker_lines,
    can_be,
    cut_off,
    flag_state,
    number,
    one_line,
    open_scores,
    open_stages,
    percent,
    profile,
    score_bounds,
    score_span,
    sentence,
    shown_score,
    shown_stage,
    stage_bounds,
    stage_span,
    title,
)
from humanai_maturity.model.rubric import OVERALL
from humanai_maturity.report.heatmap import is_held_down


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a list, with the lines below it."""

    text: str
    items: "tuple[Item, ...]" = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One row of the profile; the bounds are empty where they say no more than the point."""

    name: str
    depth: int
    stage: str
    stage_bounds: str
    score: str
    score_bounds: str
    known: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldDown:
    """Something that counts for less than it claims, and why."""

    name: str
    claimed: str
    supported: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Warned:
    """A flag that is raised, or may be."""

    name: str
    state: str
    is_raised: bool
    severity: str
    says: str
    remedy: str
    holds_down: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Open:
    """Something that is not known."""

    name: str
    where: str
    why: str
    worth: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """One row of the table of criteria."""

    id: str
    name: str
    answer: str
    stage: str
    claimed: str
    score: str
    evidence: str
    remarks: tuple[str, ...]


def name_of(node: NodeResult) -> str:
    """Return what people call a node."""
    return "Overall" if node.id == OVERALL else one_line(node.title)


def scope_parts(card: ScorecardData) -> list[str]:
    """Return what was assessed, in the order from the large to the small."""
    scope = card.scope
    parts = (scope.unit, scope.journey, scope.issue, *scope.channels, scope.period)
    return [one_line(part) for part in parts if part]


def standings(card: ScorecardData) -> list[Standing]:
    """Return the rows of the profile, the whole last."""
    return [_standing(node, depth, card) for depth, node in (*profile(card), (0, card.nodes[0]))]


def _standing(node: NodeResult, depth: int, card: ScorecardData) -> Standing:
    applies = node.state != "not_applicable"
    return Standing(
        name=name_of(node),
        depth=depth,
        stage=shown_stage(node) if applies else "does not apply",
        stage_bounds=open_stages(node),
        score=(shown_score(node) or "open") if applies else "",
        score_bounds=open_scores(node, card.rubric.digits),
        known=percent(node.exact.coverage or Fraction(0)) if applies else "",
    )


def certainty(card: ScorecardData) -> str:
    """Return how sure the stage of the whole is, in one sentence."""
    whole = card.nodes[0]
    if whole.state == "not_applicable":
        return "Nothing of the rubric applies."
    if whole.stage_low is None:
        return can_be(*score_bounds(whole, card.rubric.digits)) if whole.unknown else "Everything is answered."
    if whole.stage_low != whole.stage_high:
        return can_be(*stage_bounds(whole))
    if whole.unknown:
        return "It stays there however the unknown answers turn out."
    return "Everything that applies is answered."


def held_down(card: ScorecardData) -> Iterator[HeldDown]:
    """Yield the dimensions, then the criteria, that count for less than they claim."""
    for node in (*card.nodes[1:], card.nodes[0]):
        if node.stage_raw is not None and node.stage_raw != node.stage:
            yield HeldDown(
                name=name_of(node),
                claimed=title(node.stage_raw),
                supported=title(node.stage),
                reasons=_reasons(node.reasons),
            )
    places = card.rubric.digits + MORE_DIGITS
    for criterion in filter(is_held_down, card.criteria):
        claimed, score = criterion.exact.claimed or Fraction(0), criterion.exact.score or Fraction(0)
        yield HeldDown(
            name=one_line(criterion.title),
            claimed=at_least(claimed, places),
            supported=cut_off(score, places),
            reasons=_reasons(criterion.reasons),
        )


def _reasons(reasons: Iterable[Reason]) -> tuple[str, ...]:
    return tuple(sentence(reason.text) for reason in reasons)


def flags(card: ScorecardData) -> list[Warned]:
    """Return the flags that are raised, then those that may be."""
    titles = {row.id: one_line(row.title) for row in card.criteria} | {node.id: name_of(node) for node in card.nodes}
    ordered = [flag for state in ("raised", "possible") for flag in card.flags if flag.state == state]
    return [_warned(flag, titles) for flag in ordered]


def _warned(flag: FlagResult, titles: dict[str, str]) -> Warned:
    held = ", ".join(
        f"{titles[node]} at {title(stage)}" for node, stage in zip(flag.caps, flag.cap_stages, strict=True)
    )
    raised = flag.state == "raised"
    return Warned(
        name=one_line(flag.title or flag.id),
        state=flag_state(flag),
        is_raised=raised,
        severity=flag.severity,
        says=sentence(flag.says),
        remedy=sentence(flag.remedy) if flag.remedy else "",
        holds_down=f"{'Holds' if raised else 'Would hold'} {held}." if held else "",
    )


def next_heading(blockers: Sequence[Blocker]) -> str:
    """Return the heading of what stands before the next stage."""
    return before(blockers[0].stage).rstrip(":") if blockers else ""


def blockers_of(card: ScorecardData, node: str) -> list[Blocker]:
    """Return what stands between one node and its next stage."""
    return [blocker for blocker in card.blockers if blocker.node == node]


def outline(blockers: Sequence[Blocker]) -> tuple[Item, ...]:
    """Return blockers as a list of lists."""
    return _nested(list(blocker_lines(blockers)))


def _nested(lines: Sequence[tuple[int, str]]) -> tuple[Item, ...]:
    """Return lines, each with its depth, as the tree that they describe."""
    if not lines:
        return ()
    starts = [place for place, (depth, _) in enumerate(lines) if depth == lines[0][0]]
    ends = [*starts[1:], len(lines)]
    parts = zip(starts, ends, strict=True)
    return tuple(Item(lines[start][1], _nested(lines[start + 1 : end])) for start, end in parts)


def unknowns(card: ScorecardData) -> Iterator[Open]:
    """Yield every criterion and fact that is not known."""
    titles = {node.id: name_of(node) for node in card.nodes}
    for row in (*card.criteria, *card.facts):
        if row.state == "unknown":
            low, high = score_bounds(row, card.rubric.digits)
            yield Open(
                name=one_line(row.title),
                where=titles.get(row.parent or "", "a fact"),
                why=" ".join(_reasons(row.reasons)),
                worth=f"{low} in any case" if low == high else f"{low} to {high}",
                note=one_line(row.note or ""),
            )


def effects(card: ScorecardData) -> Iterator[str]:
    """Yield what the unknown answers can change: of each dimension that they touch, and of the whole."""
    for node in (*card.nodes[1:], card.nodes[0]):
        if not node.unknown or node.exact.low == node.exact.high:
            continue
        scores = f"{name_of(node)} scores {score_span(node, card.rubric.digits)}"
        stages = f", at {stage_span(node)}" if node.stage_low is not None and node.stage_low == node.stage_high else ""
        wide = f", and its stage is {stage_span(node)}" if node.stage_low != node.stage_high else ""
        yield f"{scores}{stages}{wide}."


def losses(card: ScorecardData) -> Iterator[str]:
    """Yield the smallest drops that would cost the whole its stage."""
    places = card.rubric.digits + MORE_DIGITS
    titles = {criterion.id: one_line(criterion.title) for criterion in card.criteria}
    for loss in card.first_lost:
        drop = f"from {number(loss.claimed, places)} to {number(loss.falls_to, places)}"
        yield f"{titles[loss.criterion]}: {drop} takes the whole to {title(loss.stage)}."


def answered(criterion: CriterionResult, digits: int) -> Answered:
    """Return one row of the table of criteria."""
    claimed, score = criterion.exact.claimed, criterion.exact.score
    away = one_line(criterion.not_applicable or "")
    remarks = (
        *_reasons(criterion.reasons),
        *([sentence(away)] if away else []),
        *([f"Ahead of its foundation: {', '.join(criterion.ahead)}."] if criterion.ahead else []),
        *([sentence(f"source: {criterion.source}")] if criterion.source else []),
        *([sentence(criterion.note)] if criterion.note else []),
    )
    silent = {"unknown": "not known", "not_applicable": "does not apply"}
    return Answered(
        id=criterion.id,
        name=one_line(criterion.title),
        answer=one_line(criterion.answer or silent.get(criterion.state, "")),
        stage=title(criterion.stage) if criterion.stage else "",
        claimed=at_least(claimed, digits) if claimed is not None and is_held_down(criterion) else "",
        score=cut_off(score, digits) if score is not None else "",
        evidence=criterion.evidence or "",
        remarks=remarks,
    )
