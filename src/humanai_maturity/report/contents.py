"""All that a report says of one result, section by section; charts are left to those who can show them."""

from collections.abc import Iterator
from dataclasses import dataclass

from humanai_maturity.engine.explanation import method_lines
from humanai_maturity.engine.result import ScorecardData
from humanai_maturity.engine.wording import one_line, title
from humanai_maturity.model.rubric import OVERALL
from humanai_maturity.report import view
from humanai_maturity.report.guidance import StageTeam, Step, steps, teams
from humanai_maturity.report.headline import Headline, headline
from humanai_maturity.report.heatmap import groups


@dataclass(frozen=True, slots=True, kw_only=True)
class NextStage:
    """What stands between a dimension and its next stage."""

    name: str
    stage: str
    items: tuple[view.Item, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """Hold the sections of a report, in the order in which they are read; what there is nothing to say of is empty."""

    rubric: str
    heading: str
    subtitle: str
    exclusions: str
    headline: Headline
    standings: tuple[view.Standing, ...]
    held: tuple[view.HeldDown, ...]
    flags: tuple[view.Warned, ...]
    next_heading: str
    next_items: tuple[view.Item, ...]
    next_of_dimensions: tuple[NextStage, ...]
    losses: tuple[str, ...]
    steps: tuple[Step, ...]
    teams: tuple[StageTeam, ...]
    effects: tuple[str, ...]
    unknowns: tuple[view.Open, ...]
    criteria: tuple[tuple[str, tuple[view.Answered, ...]], ...]
    method: tuple[str, ...]

    @property
    def title(self) -> str:
        """Return the heading together with the rubric, where it says more."""
        return self.heading if self.heading in self.rubric else f"{self.heading}: {self.rubric}"


def contents(card: ScorecardData) -> Contents:
    """Return all that a report says of a result."""
    heading, *rest = view.scope_parts(card) or [one_line(card.rubric.title)]
    blockers = view.blockers_of(card, OVERALL)
    return Contents(
        rubric=f"{one_line(card.rubric.title)} {one_line(card.rubric.version)}",
        heading=heading,
        subtitle=" · ".join([*rest, *([card.date.isoformat()] if card.date else [])]),
        exclusions="; ".join(map(one_line, card.scope.exclusions)),
        headline=headline(card),
        standings=tuple(view.standings(card)),
        held=tuple(view.held_down(card)),
        flags=tuple(view.flags(card)),
        next_heading=view.next_heading(blockers),
        next_items=view.outline(blockers),
        next_of_dimensions=tuple(_next_of_dimensions(card)),
        losses=tuple(view.losses(card)),
        steps=tuple(steps(card)),
        teams=tuple(teams(card)),
        effects=tuple(view.effects(card)),
        unknowns=tuple(view.unknowns(card)),
        criteria=tuple(_criteria(card)),
        method=tuple(method_lines(card)),
    )


def _next_of_dimensions(card: ScorecardData) -> Iterator[NextStage]:
    for node in card.nodes[1:]:
        blockers = view.blockers_of(card, node.id)
        if blockers and blockers[0].stage is not None:
            items = view.outline(blockers)
            yield NextStage(name=one_line(node.title), stage=title(blockers[0].stage), items=items)


def _criteria(card: ScorecardData) -> Iterator[tuple[str, tuple[view.Answered, ...]]]:
    for node, criteria in groups(card):
        yield one_line(node.title), tuple(view.answered(criterion, card.rubric.digits) for criterion in criteria)
    if card.facts:
        yield "Facts, which are not scored", tuple(view.answered(fact, card.rubric.digits) for fact in card.facts)
