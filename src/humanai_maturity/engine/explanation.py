"""A result in words, ready to paste: the profile first, then the whole."""

from collections.abc import Iterable, Iterator
from fractions import Fraction

from humanai_maturity.engine.advice_words import MOST_TOLD, step_lines, team_lines
from humanai_maturity.engine.derivation import derive
from humanai_maturity.engine.result import CriterionResult, NodeResult, PolicyUsed, ScorecardData
from humanai_maturity.engine.wording import (
    MORE_DIGITS,
    asked,
    at_least,
    before,
    blocker_lines,
    can_be,
    cut_off,
    flag_state,
    number,
    one_line,
    percent,
    profile,
    score_bounds,
    score_span,
    sentence,
    shown_score,
    span,
    stage_bounds,
    stage_span,
    title,
)
from humanai_maturity.model.rubric import OVERALL

_MISSING = {
    "leave_out": "unknown answers are left out, and a point needs {floor} of the weight answered",
    "worst": "unknown answers count as the worst ones",
    "void": "one unknown answer gives its dimension the worst value",
    "required": "one unknown answer leaves its dimension, and all that needs it, without a point",
}


def explain(card: ScorecardData, name: str | None = None) -> str:
    """Return a result in words, or how one of its figures comes about.

    Args:
        card: The result.
        name: The id of a criterion, a fact, a dimension or a flag, or `overall`.

    Raises:
        KeyError: If the result has no row of that id.
    """
    return derive(card, name) if name is not None else "\n".join(_whole(card))


def _whole(card: ScorecardData) -> Iterator[str]:
    yield f"{one_line(card.rubric.title)}, version {one_line(card.rubric.version)}"
    yield from _scope(card)
    sections = (
        ("Profile", _profile(card)),
        ("The whole", _stage_of_the_whole(card)),
        ("Flags", _flags(card)),
        (_next_stage(card), _blockers(card, OVERALL)),
        ("What to do next", _next_steps(card)),
        ("Team", _bullets((0, line) for line in team_lines(card))),
        ("What would be lost first", _losses(card)),
        ("What is not known", _unknowns(card)),
        ("How this was worked out", method_lines(card)),
    )
    for heading, lines in sections:
        found = list(lines)
        if found:
            yield from ("", heading, "", *found)


def _scope(card: ScorecardData) -> Iterator[str]:
    scope = card.scope
    parts = [part for part in (scope.unit, scope.journey, scope.issue, *scope.channels, scope.period) if part]
    if parts:
        yield f"Assessed: {'; '.join(map(one_line, parts))}."
    if scope.exclusions:
        yield f"Left out on purpose: {'; '.join(map(one_line, scope.exclusions))}."
    if card.date is not None:
        yield f"Date: {card.date.isoformat()}."


def _profile(card: ScorecardData) -> Iterator[str]:
    criteria = {criterion.id: criterion for criterion in card.criteria}
    for depth, node in profile(card):
        head, *lines = _dimension(node, card.rubric.digits)
        lines += [
            line
            for child in node.children
            if child in criteria
            for line in _held_down(criteria[child], card.rubric.digits)
        ]
        waiting = [blocker for blocker in card.blockers if blocker.node == node.id]
        if waiting and waiting[0].stage is not None:
            lines += [before(waiting[0].stage), *_bullets(blocker_lines(waiting))]
        yield from _indented([f"- {head}"], depth)
        yield from _indented(lines, depth + 1)


def _dimension(node: NodeResult, digits: int) -> Iterator[str]:
    """Yield what is to be said about a dimension: its stage, its score, what is known, and what holds it down."""
    if node.state == "not_applicable":
        yield f"{one_line(node.title)}: does not apply."
        return
    yield f"{one_line(node.title)}: {_stage(node)}"
    yield _score(node, digits)
    yield _known(node)
    if node.stage_raw is not None and node.stage_raw != node.stage:
        yield f"Its own rules would give {title(node.stage_raw)}. It is held down."
    yield from (sentence(reason.text) for reason in node.reasons)


def _stage(node: NodeResult) -> str:
    if node.stage_low is None:
        return "it has a score and no stage."
    bounds = can_be(*stage_bounds(node))
    if node.stage is None:
        return f"no stage can be given. {bounds}"
    return f"{title(node.stage)}." if node.stage_low == node.stage_high else f"{title(node.stage)}. {bounds}"


def _score(node: NodeResult, digits: int) -> str:
    score, bounds = shown_score(node), can_be(*score_bounds(node, digits))
    shown = f", shown as {node.shown}" if node.shown is not None and node.shown != score else ""
    if not score:
        return f"There is no score. {bounds}"
    if node.exact.low == node.exact.high:
        return f"The score is {score}{shown}."
    return f"The score is {score}{shown}. {bounds}"


def _known(node: NodeResult) -> str:
    away = f" {_count(node.not_applicable, 'criterion does', 'criteria do')} not apply." if node.not_applicable else ""
    if not node.unknown:
        return f"Everything is answered.{away}"
    told = any(reason.code in {"coverage", "nothing-known"} for reason in node.reasons)
    share = "" if told else f"{percent(node.exact.coverage or Fraction(0))} of the weight is answered. "
    return f"{share}{_count(node.unknown, 'criterion is', 'criteria are')} unknown.{away}"


def _count(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"


def _held_down(criterion: CriterionResult, digits: int) -> Iterator[str]:
    """Yield why a criterion counts for less than its answer claims."""
    claimed, score = criterion.exact.claimed, criterion.exact.score
    if claimed is None or score is None or score == claimed:
        return
    places = digits + MORE_DIGITS
    yield f"- {one_line(criterion.title)} claims {at_least(claimed, places)} and counts {cut_off(score, places)}."
    yield from (f"  {sentence(reason.text)}" for reason in criterion.reasons)


def _stage_of_the_whole(card: ScorecardData) -> Iterator[str]:
    whole = card.nodes[0]
    yield f"Stage: {_stage(whole)}"
    if whole.unknown and whole.stage is not None and whole.stage_low == whole.stage_high:
        yield "It stays there however the unknown answers turn out."
    yield _score(whole, card.rubric.digits)
    yield _known(whole)
    if whole.stage_raw is not None and whole.stage_raw != whole.stage:
        yield f"The rules alone would give {title(whole.stage_raw)}. It is held down."
    yield from (sentence(reason.text) for reason in whole.reasons)


def _flags(card: ScorecardData) -> Iterator[str]:
    titles = {row.id: one_line(row.title) for row in (*card.nodes, *card.criteria)}
    found = [flag for state in ("raised", "possible") for flag in card.flags if flag.state == state]
    for flag in found:
        yield f"- {one_line(flag.title or flag.id)} ({flag.severity}): {flag_state(flag)}."
        yield f"  {sentence(flag.says)}"
        if flag.remedy:
            yield f"  What to do: {sentence(flag.remedy)}"
        if flag.caps:
            verb = "It holds down" if flag.state == "raised" else "It would hold down"
            yield f"  {verb}: {', '.join(titles[node] if node != OVERALL else 'the whole' for node in flag.caps)}."
    if not found and card.flags:
        yield "No flag is raised."


def _next_stage(card: ScorecardData) -> str:
    stage = next((blocker.stage for blocker in card.blockers if blocker.node == OVERALL), None)
    return f"What stands before {title(stage)}" if stage is not None else "What stands before a stage"


def _blockers(card: ScorecardData, node: str) -> Iterator[str]:
    yield from _bullets(blocker_lines([blocker for blocker in card.blockers if blocker.node == node]))


def _next_steps(card: ScorecardData) -> Iterator[str]:
    for step in card.next_steps[:MOST_TOLD]:
        head, *lines = step_lines(step, card)
        yield f"- {head}"
        yield from _indented(lines, 1)


def _losses(card: ScorecardData) -> Iterator[str]:
    places = card.rubric.digits + MORE_DIGITS
    titles = {criterion.id: one_line(criterion.title) for criterion in card.criteria}
    for loss in card.first_lost:
        drop = f"at {number(loss.falls_to, places)} instead of {number(loss.claimed, places)}"
        yield f"- {titles[loss.criterion]}: {drop}, the whole falls to {title(loss.stage)}."


def _unknowns(card: ScorecardData) -> Iterator[str]:
    titles = {node.id: one_line(node.title) for node in card.nodes}
    unknown = [row for row in (*card.criteria, *card.facts) if row.state == "unknown"]
    for row in unknown:
        where = f"in {titles[row.parent]}" if row.parent is not None else "a fact"
        why = " ".join(sentence(reason.text) for reason in row.reasons)
        yield f"- {one_line(row.title)}, {where}. {why} {_worth(row, card.rubric.digits)}"
        if row.note:
            yield f"  Note: {one_line(row.note)}"
    if unknown:
        whole = card.nodes[0]
        yield f"With them, the score of the whole is {score_span(whole, card.rubric.digits)}{_its_stage(whole)}."


def _worth(row: CriterionResult, digits: int) -> str:
    low, high = score_bounds(row, digits)
    return f"It is worth {low} in any case." if low == high else f"It can be worth anything {span(low, high)}."


def _its_stage(whole: NodeResult) -> str:
    bounds = stage_span(whole)
    return f", and its stage is {bounds}" if bounds else ""


def method_lines(card: ScorecardData) -> Iterator[str]:
    """Yield how a result was worked out: by which rubric and which policies, and what was changed about it."""
    rubric = card.rubric
    if rubric.attribution is not None:
        yield sentence(rubric.attribution)
    yield f"Rubric {rubric.id}, version {one_line(rubric.version)}, document format {rubric.format}."
    yield f"Digest of the rubric: {rubric.digest}."
    yield f"Library: humanai-maturity {card.library}."
    titles = {node.id: one_line(node.title) for node in card.nodes}
    for policy in card.policies:
        where = "" if policy.node == OVERALL else f"in {titles[policy.node]}"
        yield sentence(f"{where} {'; '.join(_policy(policy))}")
    digits = _count(rubric.digits, "decimal", "decimals")
    yield f"Scores have {digits}; what they can turn out to be is rounded outward."
    yield "Percentages are cut off. The explanation of a row has the exact figures."
    lifts = "can" if card.not_applicable_may_lift else "cannot"
    yield f"What does not apply {lifts} lift a stage above what the full set of criteria could support."
    yield from (f"Changed by an overlay: {one_line(override)}." for override in card.overrides)


def _policy(policy: PolicyUsed) -> Iterator[str]:
    yield _MISSING[policy.missing].format(floor=asked(policy.coverage_floor))
    yield f"at most {asked(policy.max_not_applicable)} of the weight may not apply"


def _bullets(lines: Iterable[tuple[int, str]]) -> Iterator[str]:
    yield from (f"{'  ' * depth}- {text}" for depth, text in lines)


def _indented(lines: Iterable[str], depth: int) -> Iterator[str]:
    yield from (f"{'  ' * depth}{line}" for line in lines)
