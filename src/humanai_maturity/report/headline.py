"""What a leader reads in ten seconds: where we stand, what limits us, and what to do first."""

from collections.abc import Iterator
from dataclasses import dataclass

from humanai_maturity.engine.result import Blocker, ScorecardData
from humanai_maturity.engine.wording import one_line, sentence, shown_score, title
from humanai_maturity.model.rubric import OVERALL
from humanai_maturity.report.guidance import steps
from humanai_maturity.report.view import (
    Item,
    blockers_of,
    certainty,
    flags,
    next_heading,
    outline,
    unknowns,
)

_MOST = 3


@dataclass(frozen=True, slots=True)
class First:
    """One thing to do first, and beside it who sees to it and how much work it is."""

    do: str
    aside: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline:
    """The first screen of a report.

    Attributes:
        stage: The stage of the whole, or what there is instead.
        place: Where that is among the stages; empty where there are none.
        certainty: How sure it is.
        limits: What limits it.
        limits_more: How many more things stand before the next stage.
        first: What to do first.
    """

    stage: str
    place: str
    certainty: str
    limits: tuple[Item, ...]
    limits_more: int
    first: tuple[First, ...]


def headline(card: ScorecardData) -> Headline:
    """Return the first screen of a result."""
    blockers = blockers_of(card, OVERALL)
    stage, place = _stand(card)
    return Headline(
        stage=stage,
        place=place,
        certainty=certainty(card),
        limits=tuple(_limits(card, blockers)),
        limits_more=max(0, len(blockers) - _MOST),
        first=tuple(_first(card, blockers))[:_MOST],
    )


def _stand(card: ScorecardData) -> tuple[str, str]:
    whole, count = card.nodes[0], len(card.stages)
    if whole.state == "not_applicable":
        return "Does not apply", ""
    if whole.stage is not None:
        return title(whole.stage), f"Stage {whole.stage.number} of {count}."
    if whole.stage_low is not None:
        reasons = "; ".join(one_line(reason.text) for reason in whole.reasons)
        return "No stage yet", sentence(reasons) if reasons else ""
    return shown_score(whole) or "No score yet", "This is the score of the whole."


def _limits(card: ScorecardData, blockers: list[Blocker]) -> Iterator[Item]:
    """Yield raised flags, what holds the whole down, the lowest dimensions, and what stands before the next stage."""
    raised = [Item(f"{flag.name}: {flag.says}") for flag in flags(card) if flag.is_raised]
    yield from raised[:_MOST]
    if len(raised) > _MOST:
        yield Item(f"More flags that are raised: {len(raised) - _MOST}.")
    whole = card.nodes[0]
    if whole.stage is not None:
        yield from (Item(sentence(reason.text)) for reason in whole.reasons if reason.code != "flag")
    lowest = _lowest(card)
    if lowest:
        yield Item(lowest)
    if blockers:
        titles, stages = _names(card)
        yield Item(next_heading(blockers), tuple(_in_brief(blocker, titles, stages) for blocker in blockers[:_MOST]))


def _names(card: ScorecardData) -> tuple[dict[str, str], dict[str, str]]:
    """Return what people call rows, and stages, by their ids."""
    titles = {row.id: one_line(row.title) for row in (*card.nodes, *card.criteria, *card.facts)}
    return titles, {stage.id: title(stage) for stage in card.stages}


def _in_brief(blocker: Blocker, titles: dict[str, str], stages: dict[str, str]) -> Item:
    """Return what stands in the way in a few words, where it is a stage that something has to reach."""
    if blocker.subject in titles and blocker.needed in stages:
        now = f", now at {stages[blocker.present]}" if blocker.present in stages else ""
        return Item(f"{titles[blocker.subject]}: to {stages[blocker.needed]}{now}")
    parts = [_in_brief(part, titles, stages) for part in blocker.parts]
    if not parts or any(part.items for part in parts):
        return outline([blocker])[0]
    missing = int(blocker.needed) - int(blocker.present)
    return Item("All of these:" if missing >= len(parts) else f"{missing} of these:", tuple(parts))


def _lowest(card: ScorecardData) -> str:
    """Return which dimensions stand lowest; empty where they all stand alike."""
    nodes = [node for node in card.nodes if node.parent == OVERALL]
    staged = {node.id: node.stage for node in nodes if node.stage is not None}
    if len(set(staged.values())) <= 1:
        return ""
    stage = min(staged.values())
    names = [one_line(node.title) for node in nodes if staged.get(node.id) == stage]
    return f"Lowest: {', '.join(names[:_MOST])}{' and others' * (len(names) > _MOST)}, at {title(stage)}."


def _first(card: ScorecardData, blockers: list[Blocker]) -> Iterator[First]:
    """Yield what the rubric advises; without advice the remedies, what lifts the whole, and what to find out."""
    advised = [First(step.do, step.in_brief) for step in steps(card)]
    yield from advised or map(First, _without_advice(card, blockers))


def _without_advice(card: ScorecardData, blockers: list[Blocker]) -> Iterator[str]:
    yield from (flag.remedy for flag in flags(card) if flag.is_raised and flag.remedy)
    titles, stages = _names(card)
    for blocker in blockers:
        if blocker.subject in titles and blocker.needed in stages:
            yield f"Bring {titles[blocker.subject]} to {stages[blocker.needed]}."
    names = [unknown.name for unknown in unknowns(card)]
    if names:
        yield f"Find out: {', '.join(names[:_MOST])}{' and more' * (len(names) > _MOST)}."
