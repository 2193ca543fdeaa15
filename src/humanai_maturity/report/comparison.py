"""Several results of one rubric beside each other: departments, or one department on different days."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from humanai_maturity.engine.result import CriterionResult, NodeResult, ScorecardData
from humanai_maturity.engine.wording import cut_off, one_line, profile, shown_score, title
from humanai_maturity.errors import AnswerError
from humanai_maturity.report.contents import Contents, contents
from humanai_maturity.report.view import name_of, scope_parts

_MOST_IN_DETAIL = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedNode:
    """One dimension in all results; `None` where a result does not have it."""

    name: str
    depth: int
    nodes: tuple[NodeResult | None, ...]
    cells: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Several results, and what is said of all of them together.

    Attributes:
        rubric: The rubric that they have in common.
        names: What tells the results apart.
        is_over_time: Whether they show the same scope on different days, the earliest first.
        cards: The results.
        contents: What a report says of each of them.
        nodes: The whole, then the dimensions.
        criteria: The name and the scores of every criterion.
        summary: What is to be seen first, in words.
        warning: Why they cannot simply be compared; empty where they can.
    """

    rubric: str
    title: str
    names: tuple[str, ...]
    is_over_time: bool
    cards: tuple[ScorecardData, ...]
    contents: tuple[Contents, ...]
    nodes: tuple[ComparedNode, ...]
    criteria: tuple[tuple[str, tuple[str, ...]], ...]
    summary: tuple[str, ...]
    warning: str

    @property
    def is_large(self) -> bool:
        """Return whether there are too many results to show each of them in detail."""
        return len(self.cards) > _MOST_IN_DETAIL

    @property
    def methods(self) -> tuple[tuple[str, ...], ...]:
        """Return how the results were worked out, each way once."""
        return tuple(dict.fromkeys(each.method for each in self.contents))


def compare(cards: Sequence[ScorecardData]) -> Comparison:
    """Return several results as a comparison.

    Raises:
        AnswerError: If there is none, or if they come from different rubrics.
    """
    _check(cards)
    days = {card.date for card in cards} - {None}
    is_over_time = len(days) == len(cards) and len({_scope(card) for card in cards}) == 1
    if is_over_time:
        cards = sorted(cards, key=lambda card: str(card.date))
    names, nodes = tuple(_names(cards, is_over_time=is_over_time)), tuple(_nodes(cards))
    return Comparison(
        rubric=one_line(cards[0].rubric.title),
        title=(scope_parts(cards[0]) or ["One scope"])[0] if is_over_time else f"{len(cards)} results side by side",
        names=names,
        is_over_time=is_over_time,
        cards=tuple(cards),
        contents=tuple(map(contents, cards)),
        nodes=nodes,
        criteria=tuple(_criteria(cards)),
        summary=tuple(_summary(names, nodes, is_over_time=is_over_time)),
        warning=_warning(cards),
    )


def _check(cards: Sequence[ScorecardData]) -> None:
    if not cards:
        raise AnswerError("a report needs at least one result")
    ids = sorted({card.rubric.id for card in cards})
    if len(ids) > 1:
        raise AnswerError(f"a report compares results of one rubric; these come from {' and '.join(map(repr, ids))}")


def _scope(card: ScorecardData) -> tuple[object, ...]:
    """Return what has to be the same so that two days can be compared."""
    scope = card.scope
    return scope.unit, scope.journey, scope.issue, frozenset(scope.channels)


def _names(cards: Sequence[ScorecardData], *, is_over_time: bool) -> Iterator[str]:
    """Yield the shortest names that tell the results apart."""
    if is_over_time:
        yield from (str(card.date) for card in cards)
        return
    short = [one_line(card.scope.unit or "") for card in cards]
    long = [" · ".join([*scope_parts(card), *([str(card.date)] if card.date else [])]) for card in cards]
    for candidates in (short, long):
        if all(candidates) and len(set(candidates)) == len(cards):
            yield from candidates
            return
    yield from (f"{place}. {name or 'Result'}" for place, name in enumerate(short, 1))


def _nodes(cards: Sequence[ScorecardData]) -> Iterator[ComparedNode]:
    by_id = [{node.id: node for node in card.nodes} for card in cards]
    for depth, node in ((0, cards[-1].nodes[0]), *profile(cards[-1])):
        found = tuple(nodes.get(node.id) for nodes in by_id)
        yield ComparedNode(name=name_of(node), depth=depth, nodes=found, cells=tuple(map(_cell, found)))


def _cell(node: NodeResult | None) -> tuple[str, str]:
    """Return the stage and the score of a node, as a table shows them."""
    if node is None:
        return "-", ""
    if node.state == "not_applicable":
        return "does not apply", ""
    stage = title(node.stage) if node.stage else "open" if node.stage_low else ""
    return stage, shown_score(node) or "open"


def _criteria(cards: Sequence[ScorecardData]) -> Iterator[tuple[str, tuple[str, ...]]]:
    by_id = [{criterion.id: criterion for criterion in card.criteria} for card in cards]
    for criterion in cards[-1].criteria:
        scores = tuple(_score(found.get(criterion.id), cards[-1].rubric.digits) for found in by_id)
        yield one_line(criterion.title), scores


def _score(criterion: CriterionResult | None, digits: int) -> str:
    if criterion is None:
        return "-"
    if criterion.exact.score is None:
        return "n/a" if criterion.state == "not_applicable" else "not known"
    return cut_off(criterion.exact.score, digits)


def _summary(names: Sequence[str], nodes: Sequence[ComparedNode], *, is_over_time: bool) -> Iterator[str]:
    """Yield how every dimension moved from the first day to the last, or where the results stand."""
    if is_over_time:
        yield from (f"{row.name}: {_change(row.cells[0], row.cells[-1])}." for row in nodes)
        return
    if len(names) > _MOST_IN_DETAIL:
        found = Counter(stage or score for stage, score in nodes[0].cells)
        yield from (f"{stage}: {count} of {len(names)}" for stage, count in found.most_common())
        return
    for name, cell in zip(names, nodes[0].cells, strict=True):
        yield f"{name}: {', '.join(filter(None, cell))}."


def _change(first: tuple[str, str], last: tuple[str, str]) -> str:
    if first == last:
        return f"still {', '.join(filter(None, last))}"
    if first[0] == last[0]:
        return f"still {last[0]}, from {first[1]} to {last[1]}" if last[0] else f"from {first[1]} to {last[1]}"
    return f"from {', '.join(filter(None, first))} to {', '.join(filter(None, last))}"


def _warning(cards: Sequence[ScorecardData]) -> str:
    editions = {card.rubric.digest: one_line(card.rubric.version) for card in cards}
    if len(editions) == 1:
        return ""
    versions = ", ".join(sorted(set(editions.values())))
    return f"These results come from {len(editions)} editions of the rubric ({versions}): a change may be the rubric's."
