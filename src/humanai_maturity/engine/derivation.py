"""How one figure of a result comes about, so that it can be worked out again by hand."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from humanai_maturity.engine.result import CriterionResult, Exact, FlagResult, NodeResult, Reason, Row, ScorecardData
from humanai_maturity.engine.wording import (
    asked,
    before,
    blocker_lines,
    can_be,
    exactly,
    flag_state,
    number,
    one_line,
    sentence,
    span,
    stage_span,
    title,
)
from humanai_maturity.model.rubric import OVERALL

_ZERO = Fraction(0)
_PLACES = 4


def derive(card: ScorecardData, name: str) -> str:
    """Return how the figure of one row, or the state of one flag, comes about.

    Raises:
        KeyError: If the result has no row and no flag of that id.
    """
    every: tuple[NodeResult | CriterionResult, ...] = (*card.nodes, *card.criteria, *card.facts)
    rows = {row.id: row for row in every}
    flag = next((flag for flag in card.flags if flag.id == name), None)
    if name not in rows and flag is not None:
        return "\n".join(_flag(flag, {row.id: one_line(row.title) for row in every}))
    row = rows[name]
    parent = rows[row.parent] if row.parent is not None else None
    where = f", in {one_line(parent.title)}" if parent is not None else ""
    lines = [f"{one_line(row.title)} ({row.id}){where}", ""]
    if row.state == "not_applicable":
        lines += _away(row)
    elif isinstance(row, NodeResult):
        lines += [*_node(row, [rows[child] for child in row.children]), *_blockers(row, card)]
    else:
        lines += _criterion(row)
    lines += _weight(row, parent)
    return "\n".join(lines)


def _flag(flag: FlagResult, titles: Mapping[str, str]) -> Iterator[str]:
    """Yield what is to be said about a flag."""
    yield from (f"{one_line(flag.title or flag.id)} ({flag.id}), a flag ({flag.severity})", "")
    yield f"It is {flag_state(flag)}."
    yield sentence(flag.says)
    if flag.raised_when is not None:
        yield f"It is raised when {flag.raised_when}."
    names = {**titles, OVERALL: "the whole"}
    stages = [f" at most at {title(stage)}" for stage in flag.cap_stages] or [""] * len(flag.caps)
    if flag.caps:
        held = ", ".join(f"{names.get(node, node)}{most}" for node, most in zip(flag.caps, stages, strict=True))
        yield f"While it is raised, it holds down: {held}."
    else:
        yield "It holds nothing down."
    if flag.remedy:
        yield f"What to do: {sentence(flag.remedy)}"


def _away(row: Row) -> Iterator[str]:
    yield "It does not apply, so nothing counts it."
    if isinstance(row, CriterionResult) and row.not_applicable is not None:
        yield f"Reason: {sentence(row.not_applicable)}"


def _criterion(row: CriterionResult) -> Iterator[str]:
    claimed, score, low, high = row.exact.claimed, row.exact.score, row.exact.low, row.exact.high
    if claimed is None or score is None:
        yield " ".join(["It is unknown.", *(sentence(reason.text) for reason in row.reasons)])
        if row.answer is not None:
            yield f"The answer was: {one_line(row.answer)}. {sentence(row.reading or '')}".rstrip()
    else:
        if row.answer is not None:
            yield f"The answer is: {one_line(row.answer)}."
        if row.reading is not None:
            yield sentence(row.reading)
        yield f"So it claims {exactly(claimed)}, read on the scale `{row.scale}`."
        if row.evidence is not None:
            yield f"Its evidence is of the grade `{row.evidence}`."
        for reason in row.reasons:
            yield f"Limit {number(reason.limit or 0, _PLACES)}: {sentence(reason.text)}"
        lowest = "The lowest of these counts" if row.reasons else "Nothing holds it down"
        yield f"{lowest}: {exactly(score)}{_at(row)}."
    if low is not None and high is not None and (low != high or score is None):
        yield can_be(exactly(low), exactly(high))


def _at(row: Row) -> str:
    return f", which is {title(row.stage)}" if row.stage is not None else ""


def _node(row: NodeResult, children: Sequence[Row]) -> Iterator[str]:
    exact = row.exact
    yield "It is made of:"
    yield from (f"- {one_line(child.title)} ({child.id}): {_part(child)}." for child in children)
    yield from _total(row, children)
    if row.shown is not None:
        yield f"The score is shown as {row.shown}."
    if exact.low is not None and exact.high is not None and exact.low != exact.high:
        yield f"The unknown answers can bring it anywhere {span(exactly(exact.low), exactly(exact.high))}."
    yield f"On this scale it can lie {span(exactly(exact.minimum or _ZERO), exactly(exact.maximum or _ZERO))}."
    yield f"{_share(exact.coverage or _ZERO)} of the weight that applies is answered."
    if exact.not_applicable:
        yield f"{_share(exact.not_applicable)} of the weight does not apply."
    if row.stage_raw is not None:
        yield f"Its own rule gives the stage {title(row.stage_raw)}. After caps and flags it is {title(row.stage)}."
    if row.stage_low != row.stage_high:
        yield f"The unknown answers can bring the stage anywhere {stage_span(row)}."
    elif row.stage_low is not None and row.stage is None:
        yield f"Its stage can only be {stage_span(row)}."
    told = () if row.exact.used is None or row.exact.score is not None else _no_point(row)
    yield from (sentence(reason.text) for reason in row.reasons if reason not in told)


def _share(share: Fraction) -> str:
    return asked(share) if share.denominator == 1 else f"{share} ({asked(share)})"


def _no_point(row: NodeResult) -> Sequence[Reason]:
    """Return the reasons for which a node that counts above has no score of its own."""
    return [reason for reason in row.reasons if reason.code in {"coverage", "not-applicable-share"}]


def _part(child: Row) -> str:
    """Return what a child is worth in its parent, with the arithmetic where the parent's rule is a mean or a sum."""
    exact, weight = child.exact, f"weight {exactly(child.exact.weight or _ZERO)}"
    if child.state == "not_applicable":
        return "does not apply"
    if exact.weight_used:
        weight += f", a share of {exactly(exact.weight_used)}"
    if exact.contribution is not None:
        return f"{weight}; {_product(exact)} = {exactly(exact.contribution)}"
    return f"{weight}; {'unknown, left out' if exact.used is None else exactly(exact.used)}"


def _product(exact: Exact) -> str:
    """Return the factors of a contribution: a share or a weight, and the value or where in its range it lies."""
    share, weight, contribution = exact.weight_used or _ZERO, exact.weight or _ZERO, exact.contribution or _ZERO
    low, high = exact.minimum or _ZERO, exact.maximum or _ZERO
    value = low if exact.used is None else exact.used
    wanting = ", the worst for want of an answer," if exact.used is None else ""
    for factor in (share, Fraction(1), weight):
        if contribution == factor * value:
            return f"{factor} x {exactly(value)}{wanting}"
    for factor in filter(None, (share, weight)):
        place = contribution / factor
        if value - low == place * (high - low):
            return f"({value} - {low}) / ({high} - {low}) = {exactly(place)}; {factor} x {place}{wanting}"
    place = contribution / share if share else _ZERO
    return f"{value} is {exactly(place)} of the way from the first stage to the last; {share} x {place}"


def _total(row: NodeResult, children: Sequence[Row]) -> Iterator[str]:
    """Yield how the parts make up the score."""
    used, parts = row.exact.used, [child.exact.contribution for child in children]
    adding = [part for part in parts if part is not None]
    total = sum(adding, _ZERO)
    if used is None:
        yield "So it has no score."
    elif any(reason.code == "void" for reason in row.reasons):
        yield f"It counts with its worst value, {exactly(used)}."
    elif not adding:
        yield f"The rubric's score rule makes {exactly(used)} of them."
    elif total == used:
        yield f"Added up, this is {exactly(used)}."
    else:
        yield f"Added up, this is {exactly(total)}."
        yield f"The rubric's score rule has a base, a range, limits or a rounding, and makes it {exactly(used)}."
    if used is not None and row.exact.score is None:
        why = "; ".join(reason.text for reason in _no_point(row)) or "nothing that gives it a score is known"
        yield f"It counts with this above, but is not called a score: {why}."


def _blockers(row: NodeResult, card: ScorecardData) -> Iterator[str]:
    blockers = [blocker for blocker in card.blockers if blocker.node == row.id]
    if blockers:
        yield before(blockers[0].stage)
        yield from (f"{'  ' * depth}- {text}" for depth, text in blocker_lines(blockers))


def _weight(row: Row, parent: Row | None) -> Iterator[str]:
    """Yield what a row adds to its parent."""
    exact = row.exact
    if parent is None or exact.weight is None:
        return
    name = one_line(parent.title)
    yield f"Its weight in {name} is {exactly(exact.weight)}."
    if exact.weight_used:
        yield f"That is a share of {exactly(exact.weight_used)} of the weight that counts there."
    if exact.contribution is not None:
        yield f"What it adds to the score there: {_product(exact)} = {exactly(exact.contribution)}."
