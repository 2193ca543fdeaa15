"""Confirm findings by brute force: score all full sets of answers to a small rubric, and look whether it is so.

Nothing here uses the checks' own ways: findings of the kind "this changes nothing" are confirmed by deleting it.
"""

import random
import re
from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from fractions import Fraction
from functools import cached_property
from itertools import combinations, product
from math import prod
from typing import Any, TypeAlias

from strategies import AGGREGATORS, MEASURES, Given, best_answers, questions, steps

from humanai_maturity.documents.canonical import meaning
from humanai_maturity.engine import Scorecard, Scorer
from humanai_maturity.model.assessment import Answer, NotApplicable
from humanai_maturity.model.exact import exact
from humanai_maturity.model.ranges import leaves, score_rule_of, stage_rule_of
from humanai_maturity.model.rubric import OVERALL, Dimension, Rubric
from humanai_maturity.model.rules import Quantile

Loc: TypeAlias = tuple[str | int, ...]

MOST_COMBINATIONS = 80
GONE = NotApplicable(not_applicable="We have none.")


def loc_of(path: str) -> Loc:
    """Return the keys and positions of a path as people write it."""
    found = re.findall(r"\[(\d+)\]|\['([^']*)'\]|([A-Za-z_][\w-]*)", path)
    return tuple(int(number) if number else quoted or plain for number, quoted, plain in found)


class Trial:
    """Hold a rubric with full sets of answers, and with what they give."""

    def __init__(self, rubric: Rubric) -> None:
        self.rubric = rubric
        self.data: dict[str, Any] = meaning(rubric)
        self.answers = list(combinations_of(rubric))

    @cached_property
    def cards(self) -> list[Scorecard]:
        return score_all(self.rubric, self.answers)

    @cached_property
    def results(self) -> list[tuple[object, ...]]:
        return [*map(results, self.cards)]

    def at(self, loc: Loc) -> Any:
        part: Any = self.data
        for key in loc:
            part = part[key]
        return part

    def node(self, loc: Loc) -> str:
        """Return the id of the nearest node around a place."""
        for end in range(len(loc), 0, -1):
            part = self.at(loc[:end])
            if isinstance(part, dict) and ("criteria" in part or "dimensions" in part) and "stages" not in part:
                return str(part["id"])
        return OVERALL

    def without(self, *places: Loc) -> Rubric:
        """Return the rubric less some of its parts."""
        data = deepcopy(self.data)
        for loc in sorted(places, key=str, reverse=True):
            part: Any = data
            for key in loc[:-1]:
                part = part[key]
            del part[loc[-1]]
        return Rubric.model_validate(data)

    def replaced(self, loc: Loc, part: Any) -> Rubric:
        """Return the rubric with another part at a place."""
        data = deepcopy(self.data)
        around: Any = data
        for key in loc[:-1]:
            around = around[key]
        around[loc[-1]] = part
        return Rubric.model_validate(data)

    def gives_the_same(self, other: Rubric, answers: list[Given] | None = None) -> bool:
        """Return whether another rubric gives all the same results."""
        own = self.results if answers is None else [*map(results, score_all(self.rubric, answers))]
        others = score_all(other, self.answers if answers is None else answers)
        return all(mine == results(card) for mine, card in zip(own, others, strict=True))


def score_all(rubric: Rubric, answers: list[Given]) -> list[Scorecard]:
    scorer = Scorer(rubric, measures=MEASURES, aggregators=AGGREGATORS)
    return [scorer.score(each) for each in answers]


def results(card: Scorecard, without: str | None = None) -> tuple[object, ...]:
    """Return every score and stage, and the flags."""
    rows = [row for row in (*card.nodes, *card.criteria, *card.facts) if row.id != without]
    stages = [(row.id, row.exact.score, row.stage, getattr(row, "stage_raw", None)) for row in rows]
    return stages, [flag.state for flag in card.flags]  # type: ignore[return-value]


def choices(rubric: Rubric, question: Any) -> list[Answer]:
    """Return all kinds of answers to one question, on every grade of evidence."""
    answers = [answer for scale in question.scales for answer in steps(rubric, question, scale)]
    grades = [grade.id for grade in rubric.evidence_grades] or [None]
    return [answer.model_copy(update={"evidence": grade}) for answer in answers for grade in grades]


def combinations_of(rubric: Rubric) -> Iterator[Given]:
    """Yield full sets of answers: all of them or, where they are many, the extremes and a fixed draw."""
    asked = questions(rubric)
    each = [choices(rubric, question) for question in asked]
    ids = [question.id for question in asked]
    if prod(map(len, each)) <= MOST_COMBINATIONS:
        yield from (dict(zip(ids, given, strict=True)) for given in product(*each))
        return
    draw = random.Random(7)  # noqa: S311 - a fixed draw, not a secret
    yield {name: answers[0] for name, answers in zip(ids, each, strict=True)}
    yield {name: answers[-1] for name, answers in zip(ids, each, strict=True)}
    for _ in range(MOST_COMBINATIONS):
        yield {name: draw.choice(answers) for name, answers in zip(ids, each, strict=True)}


# One function for each kind of finding


def best_falls_short(trial: Trial, loc: Loc, _message: str) -> bool:
    top = len(trial.rubric.stages)
    rows = [card[trial.node(loc)] for card in trial.cards]
    return not any(
        (row.stage is None or row.stage.number == top) and row.exact.score == row.exact.maximum for row in rows
    )


def worst_stands_high(trial: Trial, loc: Loc, _message: str) -> bool:
    rows = [card[trial.node(loc)] for card in trial.cards]
    return not any(
        (row.stage is None or row.stage.number == 1) and row.exact.score == row.exact.minimum for row in rows
    )


def stage_never_reached(trial: Trial, loc: Loc, message: str) -> bool:
    never = set(re.findall("'([^']*)'", message.rpartition(" the stage ")[2]))
    reached = {row.stage.id for card in trial.cards if (row := card[trial.node(loc)]).stage}
    return bool(never) and not never & reached


def band_out_of_reach(trial: Trial, loc: Loc, _message: str) -> bool:
    scale, cut = trial.at(loc[:-2]), exact(trial.at(loc))
    ends = [exact(scale[end]) for end in ("minimum", "maximum") if end in scale]
    return not all(min(ends) < cut <= max(ends) for _ in [0]) if len(ends) > 1 else bool(ends)


def question_never_matters(trial: Trial, loc: Loc, _message: str) -> bool:
    own = trial.at(loc)["id"]
    question = next(each for each in questions(trial.rubric) if each.id == own)
    return all(
        len({str(results(card, own)) for card in score_all(trial.rubric, changed(answers, own, trial, question))}) == 1
        for answers in trial.answers[:20]
    )


def changed(answers: Given, own: str, trial: Trial, question: Any) -> list[Given]:
    return [{**answers, own: choice} for choice in choices(trial.rubric, question)]


def option_never_matters(trial: Trial, loc: Loc, message: str) -> bool:
    own, options = trial.at(loc[:-3])["id"], [trial.at(loc)["id"], re.findall("'([^']*)'", message)[0]]
    several = "values" if trial.at(loc[:-3]).get("otherwise") else "value"
    given = [{several: {"choice": option} if several == "values" else option} for option in options]
    for answers in trial.answers[:40]:
        pair = [{**answers, own: Answer(evidence=answers[own].evidence, **each)} for each in given]  # type: ignore[union-attr]
        one, other = (results(card, own) for card in score_all(trial.rubric, pair))
        if one != other:
            return False
    return True


def same_worth(trial: Trial, loc: Loc, message: str) -> bool:
    option, other = trial.at(loc), re.findall("'([^']*)'", message)[0]
    twin = next(each for each in trial.at(loc[:-1]) if each["id"] == other)
    return option.get("stage") == twin.get("stage") and option.get("points") == twin.get("points")


def deletable(trial: Trial, loc: Loc, _message: str) -> bool:
    """Confirm that deleting what is found changes no result; a list that would be empty goes with it."""
    while isinstance(loc[-1], int) and len(trial.at(loc[:-1])) == 1:
        loc = loc[:-1]
    while loc[-1] in {"cap", "all", "any", "of"}:
        loc = loc[:-1]
        while isinstance(loc[-1], int) and len(trial.at(loc[:-1])) == 1:
            loc = loc[:-1]
    if "gates" in loc and loc[-2] == "gates":
        return True
    return trial.gives_the_same(trial.without(loc))


def grade_never_matters(trial: Trial, loc: Loc, _message: str) -> bool:
    grades = [grade["id"] for grade in trial.data["evidence_grades"]]
    own, twin = grades[int(loc[1])], grades[int(loc[1]) - 1]
    others = [
        {
            name: answer.model_copy(update={"evidence": twin if answer.evidence == own else answer.evidence})
            for name, answer in answers.items()
        }  # type: ignore[union-attr]
        for answers in trial.answers
    ]
    before = map(results, trial.cards)
    return list(before) == list(map(results, score_all(trial.rubric, others)))


def always_met(trial: Trial, loc: Loc, _message: str) -> bool:
    if "evidence" in trial.at(loc):
        return trial.gives_the_same(
            trial.replaced(loc, {**trial.at(loc), "evidence": trial.rubric.evidence_grades[0].id})
        )
    return all(met(trial.at(loc), card) for card in trial.cards)


def never_met(trial: Trial, loc: Loc, _message: str) -> bool:
    return not any(met(trial.at(loc), card) for card in trial.cards)


def gate_implied(trial: Trial, loc: Loc, _message: str) -> bool:
    """Confirm that nothing changes where the gate asks what the one below does."""
    gates, order = trial.at(loc[:-1]), [stage.id for stage in trial.rubric.stages]
    below = order[order.index(str(loc[-1])) - 1]
    return trial.gives_the_same(trial.replaced(loc, gates[below]))


def met(asked: dict[str, Any], card: Scorecard) -> bool:
    """Return whether a requirement is met, straight from the text of the format."""
    if "all" in asked:
        return all(met(part, card) for part in asked["all"])
    if "any" in asked:
        return any(met(part, card) for part in asked["any"])
    if "at_least_n" in asked:
        return sum(met(part, card) for part in asked["of"]) >= asked["at_least_n"]
    if "flag_absent" in asked:
        return all(flag.state != "raised" for flag in card.flags if flag.id == asked["flag_absent"])
    names = asked["of"] if "share" in asked else [asked.get("criterion", asked.get("dimension"))]
    weights = [(compare(asked, card[name], card), card[name].exact.weight or 1) for name in names]
    reached = sum(weight for holds, weight in weights if holds)
    return reached >= exact(asked.get("share", 1)) * sum(weight for _, weight in weights)


def compare(asked: dict[str, Any], row: Any, card: Scorecard) -> bool:
    numbers = {stage.id: stage.number for stage in card.stages}
    for key, test in (
        ("at_least", lambda value, bound: value >= bound),
        ("above", lambda value, bound: value > bound),
        ("at_most", lambda value, bound: value <= bound),
        ("below", lambda value, bound: value < bound),
    ):
        if key in asked:
            bound = asked[key]
            return bool(
                test(row.stage.number, numbers[bound])
                if isinstance(bound, str) and "/" not in bound
                else test(row.exact.score, exact(bound))
            )
    raise AssertionError(asked)


def prerequisite_never_met(trial: Trial, loc: Loc, _message: str) -> bool:
    needed = trial.at(loc)
    return not any(compare({"at_least": needed["at_least"]}, card[needed["criterion"]], card) for card in trial.cards)


def prerequisite_ahead(trial: Trial, loc: Loc, _message: str) -> bool:
    needed, numbers = trial.at(loc), trial.rubric.stage_numbers
    wanted, held = (
        Fraction(numbers[ref]) if ref in numbers else exact(ref) for ref in (needed["at_least"], needed["for_stage"])
    )
    return wanted > held


def flag_never_raised(trial: Trial, loc: Loc, _message: str) -> bool:
    return not any(raised(card, trial.at(loc[:2])["id"]) for card in trial.cards)


def flag_always_raised(trial: Trial, loc: Loc, _message: str) -> bool:
    return all(raised(card, trial.at(loc[:2])["id"]) for card in trial.cards)


def raised(card: Scorecard, flag: str) -> bool:
    return any(row.id == flag and row.state == "raised" for row in card.flags)


def weight_unused(trial: Trial, loc: Loc, _message: str) -> bool:
    return trial.gives_the_same(trial.without(loc))


def weight_cancels(trial: Trial, loc: Loc, _message: str) -> bool:
    parent = trial.at(loc[:-3])
    places = [
        (*loc[:-3], kind, place, "weight")
        for kind in ("criteria", "dimensions")
        for place in range(len(parent.get(kind, ())))
    ]
    return trial.gives_the_same(trial.without(*places))


def weight_never_decides(trial: Trial, loc: Loc, _message: str) -> bool:
    """Confirm for at least one quorum or quantile around it that no set of the others is tipped."""
    own = trial.at(loc)["id"]
    nodes: list[Rubric | Dimension] = [trial.rubric, *(p for p in trial.rubric.walk() if isinstance(p, Dimension))]
    return any(not tips(own, parts, share) for node in nodes for parts, share in counts(node, trial.rubric, own))


def counts(node: Rubric | Dimension, rubric: Rubric, own: str) -> Iterator[tuple[list[Any], Fraction]]:
    for parts in (list(node.children), list(leaves(node))):
        if own in {part.id for part in parts}:
            score, stage = score_rule_of(node, rubric), stage_rule_of(node, rubric)
            shares = re.findall(r"quorum=Fraction\((\d+), (\d+)\)", repr(stage))
            yield from ((parts, Fraction(int(over), int(under))) for over, under in shares)
            if score.rule in {"quantile", "lower_median"}:
                yield parts, score.q if isinstance(score, Quantile) else Fraction(1, 2)


def tips(own: str, parts: list[Any], share: Fraction) -> bool:
    weight = next(part.weight for part in parts if part.id == own)
    others = [part.weight for part in parts if part.id != own]
    needed = share * (weight + sum(others))
    sums = [sum(chosen) for size in range(len(others) + 1) for chosen in combinations(others, size)]
    return any(total < needed <= total + weight for total in sums)


def not_applicable_lifts(trial: Trial, loc: Loc, _message: str) -> bool:
    return any(gone > there for gone, there in shifts(trial, loc))


def not_applicable_costs(trial: Trial, loc: Loc, _message: str) -> bool:
    return any(gone < there for gone, there in shifts(trial, loc))


def shifts(trial: Trial, loc: Loc) -> Iterator[tuple[int, int]]:
    """Yield stages of nodes where something does not apply, each with the one where that has the best answer."""
    name = str(trial.at(loc[:-1])["id"])
    below = [leaf.id for leaf in leaves_of(trial.rubric, name)]
    best = best_answers(trial.rubric)
    for answers in [*ladders(trial.rubric), *trial.answers]:
        gone = {**{each: answer for each, answer in answers.items() if each not in below}, name: GONE}
        there = {**answers, **{each: best[each] for each in below}}
        after, before = score_all(trial.rubric, [gone, there])
        for row, other in zip(after.nodes, before.nodes, strict=True):
            if row.stage is not None and other.stage is not None:
                yield row.stage.number, other.stage.number


def leaves_of(rubric: Rubric, name: str) -> list[Any]:
    thing = next((part for part in (*rubric.walk(), *rubric.facts) if part.id == name), None)
    return list(leaves(thing)) if isinstance(thing, Dimension) else [thing]


def ladders(rubric: Rubric) -> Iterator[Given]:
    """Yield the best answers, then others some way down from them."""
    for share in (1, Fraction(1, 2), Fraction(2, 3), Fraction(1, 3)):
        yield {question.id: part_way(choices(rubric, question), share, rubric) for question in questions(rubric)}


def part_way(answers: list[Answer], share: Fraction | int, rubric: Rubric) -> Answer:
    """Return one of the answers on the best evidence."""
    grades = max(1, len(rubric.evidence_grades))
    ladder = answers[grades - 1 :: grades]
    return ladder[min(len(ladder) - 1, int(len(ladder) * share))]


def options_out_of_order(trial: Trial, loc: Loc, _message: str) -> bool:
    numbers = trial.rubric.stage_numbers
    worths = [numbers[o["stage"]] if "stage" in o else exact(o["points"]) for o in trial.at(loc[:-1])]
    return worths not in (sorted(worths), sorted(worths, reverse=True))


CONFIRM: Mapping[str, Callable[[Trial, Loc, str], bool]] = {
    "band-out-of-reach": band_out_of_reach,
    "best-falls-short": best_falls_short,
    "cap-without-effect": deletable,
    "counter-without-effect": deletable,
    "criterion-never-matters": question_never_matters,
    "flag-always-raised": flag_always_raised,
    "flag-never-raised": flag_never_raised,
    "gate-implied": gate_implied,
    "gates-contradict": deletable,
    "grade-never-matters": grade_never_matters,
    "never-read": question_never_matters,
    "not-applicable-costs": not_applicable_costs,
    "not-applicable-lifts": not_applicable_lifts,
    "option-never-matters": option_never_matters,
    "options-out-of-order": options_out_of_order,
    "prerequisite-ahead": prerequisite_ahead,
    "prerequisite-never-met": prerequisite_never_met,
    "prerequisite-without-effect": deletable,
    "requirement-always-met": always_met,
    "requirement-implied": deletable,
    "requirement-never-met": never_met,
    "same-worth": same_worth,
    "stage-never-reached": stage_never_reached,
    "weight-cancels": weight_cancels,
    "weight-never-decides": weight_never_decides,
    "weight-unused": weight_unused,
    "worst-stands-high": worst_stands_high,
}
"""How each kind of finding is confirmed that answers can confirm."""
