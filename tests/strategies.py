"""Hypothesis strategies for whole rubrics and answers to them, valid by construction and full of ties.

Numbers come from small grids of fractions, so that a score on a cut, two equal children or a share that just makes a
quorum are common. Every cross-reference points to something made earlier, so nothing can run in a circle.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from math import ceil
from typing import Any, TypeAlias, TypeVar

from hypothesis import strategies as st

from humanai_maturity.model.assessment import Answer, NotApplicable, Unknown
from humanai_maturity.model.ranges import scale_range
from humanai_maturity.model.rubric import OVERALL, Criterion, Dimension, Fact, Rubric
from humanai_maturity.model.scales import (
    ChecklistScale,
    ChoiceScale,
    CustomScale,
    Item,
    MetricScale,
    Option,
    Scale,
    YesNoScale,
)

Question: TypeAlias = Criterion | Fact
Given: TypeAlias = dict[str, Answer | Unknown | NotApplicable]
Data: TypeAlias = dict[str, Any]
T = TypeVar("T")

DAY = date(2026, 1, 31)
"""The day on which assessments with dated answers are made."""


def level(value: Any, params: Mapping[str, Any]) -> Any:
    """Measure a number as itself, within the settings' `least` and `most`."""
    return min(max(value, params["least"]), params["most"])


def midrange(values: Sequence[Fraction], weights: Sequence[Fraction], params: Mapping[str, Any]) -> Fraction:
    """Return what is halfway between the lowest and the highest value: monotone, and never outside of them."""
    del weights, params
    return (min(values) + max(values)) / 2


MEASURES: dict[str, Callable[[Any, Mapping[str, Any]], Any]] = {"level": level}
"""The measures that generated rubrics use."""

AGGREGATORS: dict[str, Callable[[Sequence[Fraction], Sequence[Fraction], Mapping[str, Any]], Fraction]] = {
    "midrange": midrange
}
"""The aggregators that generated rubrics use."""

_WEIGHTS = [Fraction(1), Fraction(1), Fraction(2), Fraction(3), Fraction(1, 2)]
_RANGES = [(0, 1), (0, 1), (0, 4), (1, 3), (-2, 0)]
_SHARES = [Fraction(1, 2), Fraction(1), Fraction(1, 3), Fraction(2, 3), Fraction(3, 4)]
_EXPONENTS = [Fraction(2), Fraction(0), Fraction(-1), Fraction(1), Fraction(1, 2), Fraction(-3, 2)]
_ROUNDINGS = ["half_even", "half_up", "down", "up", "floor", "ceiling"]
_REASONS = ["blank", "dont-know", "declined", "not-asked", "pending"]
_MISSING = ["leave_out", "worst", "void", "required"]
_MAX_CRITERIA = 8
_MAX_DEPTH = 3


@dataclass(kw_only=True)
class _Part:
    """Hold what the rest of a rubric has to know of a criterion, a fact or a dimension."""

    id: str
    low: Fraction
    high: Fraction
    staged: bool
    """Whether its values are stages' numbers."""
    ranked: bool
    """Whether it has a stage at all."""
    tight: tuple[Fraction, Fraction]
    weight: Fraction | None = None
    sways: bool = False
    """Whether its range depends on what is applicable."""
    may_lack: bool = False
    """Whether it or anything below it can be not applicable."""
    leaves: list["_Part"] = field(default_factory=list)


@dataclass(kw_only=True)
class _Rules:
    """Hold the rules that a node was given, and what follows from them."""

    score: Data
    parts: list[_Part]
    low: Fraction
    high: Fraction
    staged: bool


class _Builder:
    """Draw one rubric, from the leaves up."""

    def __init__(self, draw: st.DrawFn, *, spanning: bool) -> None:
        self.draw = draw
        self.spanning = spanning
        self.n = self.pick([2, 3, 4, 3, 2, 5])
        self.parts: list[_Part] = []
        self.caps: list[Data] = []
        self.flags: list[Data] = []
        self.grades = self.evidence()
        self.criteria = 0
        self.dimensions = 0
        defaults: list[Data] = [
            {"rule": "mean"},
            {"rule": "mean_min", "alpha": Fraction(1, 2)},
            {"rule": "lower_median"},
        ]
        self.default_score = self.pick(defaults)

    # Choices

    def pick(self, choices: Sequence[T]) -> T:
        return choices[self.number(0, len(choices) - 1)]

    def number(self, least: int, most: int) -> int:
        return self.draw(st.integers(least, most))

    def chance(self, one_in: int) -> bool:
        return self.number(0, one_in - 1) == one_in - 1

    def stage(self, number: int) -> str:
        return f"s{number}"

    def grid(self, low: Fraction, high: Fraction, least: int, most: int) -> Fraction:
        return low + (high - low) * Fraction(self.number(least, most), 4)

    def some(self, choices: Sequence[T], least: int, most: int) -> list[T]:
        """Return several different choices in their order."""
        most = min(most, len(choices))
        chosen = self.draw(st.sets(st.integers(0, len(choices) - 1), min_size=min(least, most), max_size=most))
        return [choices[place] for place in sorted(chosen)]

    # The rubric

    def rubric(self) -> Data:
        facts = [self.fact(number) for number in range(self.number(0, 2))]
        may_lift = self.chance(5)
        dimensions = [self.dimension(1) for _ in range(self.number(1, 3))]
        tops = [part for part in self.parts if part.id in {d["id"] for d in dimensions}]
        node, _ = self.node(tops, root=True)
        self.hold_down(OVERALL)
        return {
            "id": "drawn",
            "version": "1",
            "title": "Drawn",
            "stages": [{"id": self.stage(s), "title": f"Stage {s}"} for s in range(1, self.n + 1)],
            "evidence_grades": self.grades,
            "defaults": {"score": self.default_score},
            "dimensions": dimensions,
            "facts": facts,
            "not_applicable_may_lift": may_lift,
            "caps": self.caps,
            "flags": self.flags,
            **node,
        }

    def evidence(self) -> list[Data]:
        if self.chance(3):
            return []
        supports = sorted(self.number(1, self.n) for _ in range(self.number(2, 3)))
        if self.spanning or not self.chance(4):
            supports[-1] = self.n
        return [{"id": f"e{place}", "supports": self.stage(s)} for place, s in enumerate(supports)]

    # Questions

    def fact(self, number: int) -> Data:
        id_ = f"f{number}"
        data, part = self.question(id_, self.chance(3), (Fraction(0), Fraction(1)))
        self.parts.append(part)
        return data

    def criterion(self, *, points: bool, between: tuple[Fraction, Fraction]) -> Data:
        self.criteria += 1
        id_ = f"c{self.criteria}"
        data, part = self.question(id_, points, between)
        part.weight = data["weight"] = self.pick(_WEIGHTS)
        if part.staged:
            self.limit(data)
        self.parts.append(part)
        if part.staged:
            self.hold_down(id_)
        self.maybe_flag()
        return data

    def question(self, id_: str, points: bool, between: tuple[Fraction, Fraction]) -> tuple[Data, _Part]:  # noqa: FBT001
        makers = self.point_scales(between) if points else self.stage_scales()
        chosen = self.some(makers, 2, 2) if self.chance(5) else [self.pick(makers)]
        scales, ranges = zip(*(make() for make in chosen), strict=True)
        if len({scale["type"] for scale in scales}) < len(scales):
            scales, ranges = scales[:1], ranges[:1]
        data: Data = {"id": id_, "title": id_.upper(), "scale": scales[0], "otherwise": scales[1:]}
        if self.chance(3):
            data["allow_not_applicable"] = True
        if self.chance(8):
            data["max_age_days"] = 30
        tight = (min(Fraction(low) for low, _ in ranges), max(Fraction(high) for _, high in ranges))
        low, high = tight if points else (Fraction(1), Fraction(self.n))
        part = _Part(id=id_, low=low, high=high, staged=not points, ranked=not points, tight=tight)
        part.leaves = [part]
        part.may_lack = data.get("allow_not_applicable", False)
        return data, part

    def with_evidence(self, scale: Data) -> Data:
        if self.grades and self.chance(4):
            scale["evidence"] = self.pick(self.grades)["id"]
        return scale

    def stage_scales(self) -> list[Callable[[], tuple[Data, tuple[int, int]]]]:
        return [self.choice, self.yes_no, self.checklist, self.bands, self.onto_stages, self.levels]

    def top(self, least: int = 2) -> int:
        return self.n if self.spanning or not self.chance(3) else self.number(least, self.n)

    def choice(self) -> tuple[Data, tuple[int, int]]:
        top = self.top()
        bottom = 1 if self.spanning or top == 2 or not self.chance(4) else 2
        inner = self.some(range(bottom + 1, top), 0, 3) if top > bottom + 1 else []
        options = [{"id": f"o{s}", "stage": self.stage(s)} for s in (bottom, *inner, top)]
        return self.with_evidence({"type": "choice", "options": options}), (bottom, top)

    def yes_no(self) -> tuple[Data, tuple[int, int]]:
        top = self.top()
        yes, no = (self.stage(1), self.stage(top)) if self.chance(4) else (self.stage(top), self.stage(1))
        return self.with_evidence({"type": "yes_no", "yes": yes, "no": no}), (1, top)

    def checklist(self) -> tuple[Data, tuple[int, int]]:
        top = self.top()
        stages = sorted({2 if self.spanning else self.number(1, 2), top})
        stages = sorted([*stages, *(self.number(1, top) for _ in range(self.number(0, 3)))])
        items = [{"id": f"i{place}", "stage": self.stage(s)} for place, s in enumerate(stages)]
        return self.with_evidence({"type": "checklist", "items": items}), (1, top)

    def bands(self) -> tuple[Data, tuple[int, int]]:
        top, lower = self.top(), self.chance(2)
        stages = range(1 if self.chance(2) else 2, top + 1)
        cuts = {self.stage(s): Fraction(-s if lower else s, 2) for s in stages}
        scale = {"type": "metric", "direction": "lower" if lower else "higher", "bands": cuts}
        return self.with_evidence(self.with_sample(scale)), (1, top)

    def onto_stages(self) -> tuple[Data, tuple[int, int]]:
        worst, best = (Fraction(1), Fraction(0)) if self.chance(2) else (Fraction(0), Fraction(1))
        between = {"worst": worst, "best": best, "onto": "stages"}
        direction = "higher" if worst < best else "lower"
        return self.with_sample({"type": "metric", "range": between, "direction": direction}), (1, self.n)

    def with_sample(self, scale: Data) -> Data:
        if self.chance(4):
            scale["min_sample"] = 5
        return scale

    def levels(self) -> tuple[Data, tuple[int, int]]:
        return {"type": "custom", "measure": "level", "params": {"least": 1, "most": self.n}}, (1, self.n)

    def point_scales(self, between: tuple[Fraction, Fraction]) -> list[Callable[[], tuple[Data, tuple[Any, Any]]]]:
        low, high = between
        middle = (low + high) / 2

        def choice() -> tuple[Data, tuple[Any, Any]]:
            worths = [low, *self.some([middle, middle, low + (high - low) / 3], 0, 3), high]
            options = [{"id": f"o{place}", "points": worth} for place, worth in enumerate(worths)]
            return self.with_evidence({"type": "choice", "options": options}), between

        def yes_no() -> tuple[Data, tuple[Any, Any]]:
            yes, no = (low, high) if self.chance(4) else (high, low)
            return self.with_evidence({"type": "yes_no", "yes": yes, "no": no}), between

        def levels() -> tuple[Data, tuple[Any, Any]]:
            params = {"least": low, "most": high}
            return {"type": "custom", "measure": "level", "minimum": low, "maximum": high, "params": params}, between

        makers = [choice, yes_no, levels]
        return [
            *makers,
            *([self.metric_points] if (low, high) == (Fraction(0), Fraction(1)) else []),
            *self.checklists(low, high),
        ]

    def metric_points(self) -> tuple[Data, tuple[int, int]]:
        worst, best = (Fraction(8), Fraction(4)) if self.chance(2) else (Fraction(4), Fraction(8))
        direction = "higher" if worst < best else "lower"
        between = {"worst": worst, "best": best}
        return self.with_sample({"type": "metric", "range": between, "direction": direction}), (0, 1)

    def checklists(self, low: Fraction, high: Fraction) -> list[Callable[[], tuple[Data, tuple[Any, Any]]]]:
        """Return a checklist of points where the range has nothing held in it, which is worth 0."""
        if not low <= 0 <= high:
            return []

        def checklist() -> tuple[Data, tuple[Any, Any]]:
            worths = [high / 2] * self.number(2, 3) * (high > 0) + [low / 2] * 2 * (low < 0)
            items = [{"id": f"i{place}", "points": worth} for place, worth in enumerate(worths)]
            return self.with_evidence({"type": "checklist", "items": items, "cap": high}), (low, high)

        return [checklist]

    def limit(self, data: Data) -> None:
        """Add prerequisites and a counter-metric, all of which were made earlier."""
        asked = [part for part in self.parts if part.id[0] in "cf"]
        if asked and self.chance(4):
            data["prerequisites"] = [self.prerequisite(self.pick(asked)) for _ in range(self.number(1, 2))]
        counters = [part for part in asked if part.staged]
        if counters and self.chance(5):
            plus = self.pick([Fraction(1), Fraction(0), Fraction(1, 2), Fraction(2)])
            data["counter"] = {"criterion": self.pick(counters).id, "plus": plus}
            if self.chance(3) and 1 + plus <= self.n:
                data["counter"]["unknown_supports"] = self.stage(self.number(ceil(1 + plus), self.n))

    def prerequisite(self, part: _Part) -> Data:
        threshold = self.threshold(part, "at_least")
        return {"criterion": part.id, "at_least": threshold, "for_stage": self.stage(self.number(2, self.n))}

    # Dimensions

    def dimension(self, depth: int) -> Data:
        self.dimensions += 1
        id_ = f"d{self.dimensions}"
        deeper = depth < _MAX_DEPTH and self.criteria < _MAX_CRITERIA and self.chance(3)
        below = [self.dimension(depth + 1) for _ in range(self.number(1, 2))] if deeper else []
        asked = self.questions(0 if below else 1)
        ids = [data["id"] for data in (*asked, *below)]
        children = [part for part in self.parts if part.id in ids]
        node, rules = self.node(children, root=False)
        parts = {"criteria": asked, "dimensions": below}
        data = {"id": id_, "title": id_.upper(), "weight": self.pick(_WEIGHTS), **parts, **node}
        if self.chance(4):
            data["allow_not_applicable"] = True
        self.parts.append(
            _Part(
                id=id_,
                low=rules.low,
                high=rules.high,
                staged=rules.staged,
                ranked=rules.staged or "stage" in node,
                tight=(rules.low, rules.high),
                weight=data["weight"],
                sways=self.sways(rules, children),
                may_lack=data.get("allow_not_applicable", False) or any(child.may_lack for child in children),
                leaves=[leaf for child in children for leaf in child.leaves],
            )
        )
        if self.parts[-1].ranked:
            self.hold_down(id_)
        self.maybe_flag()
        return data

    def questions(self, least: int) -> list[Data]:
        points = self.chance(3)
        low, high = self.pick(_RANGES)
        many = self.number(least, 3) if self.criteria < _MAX_CRITERIA else least
        made = []
        for _ in range(many):
            other = self.chance(8)
            made.append(self.criterion(points=points != other, between=(Fraction(low), Fraction(high))))
        return made

    def sways(self, rules: _Rules, children: list[_Part]) -> bool:
        if rules.score["rule"] == "sum":
            return any(child.may_lack for child in children)
        return not rules.score.get("normalise", False) and any(part.sways for part in rules.parts)

    def node(self, children: list[_Part], *, root: bool) -> tuple[Data, _Rules]:
        """Return the rules and policies of a node."""
        rules = self.score_rules(children)
        node: Data = {} if rules.score is self.default_score else {"score": rules.score}
        needs_stage = root and not rules.staged
        if needs_stage or self.chance(2):
            node["stage"] = self.stage_rule(children, rules, 0)
        if self.chance(4):
            node["missing"] = self.pick(_MISSING)
        if self.chance(4):
            node["coverage_floor"] = self.pick([Fraction(0), Fraction(1, 2), Fraction(1)])
        if self.chance(4):
            node["max_not_applicable"] = self.pick([Fraction(1), Fraction(1, 2), Fraction(0)])
        return node, rules

    # Score rules

    def score_rules(self, children: list[_Part]) -> _Rules:
        leaves = [leaf for child in children for leaf in child.leaves]
        over_leaves = leaves != children and self.chance(3)
        parts = leaves if over_leaves else children
        alike = all(part.staged for part in parts) or (
            not any(part.staged for part in parts) and len({(part.low, part.high) for part in parts}) == 1
        )
        steady = not any(part.sways for part in parts)
        plain = alike and steady
        if plain and not over_leaves and self.chance(3):
            return self.ruled(self.default_score, parts)
        kinds = ["mean", "sum", "power_mean", "min", "max", "lower_median", "quantile", "mean_min", "aggregator"]
        kind = self.pick(kinds)
        normalise = self.chance(6) if plain or kind == "sum" else True
        if kind == "power_mean" and not normalise and min(part.low for part in parts) < 0:
            kind = "max"
        score = {"rule": kind, **self.settings(kind, parts, normalise=normalise)}
        if normalise:
            score["normalise"] = True
        if over_leaves:
            score["over"] = "leaves"
        return self.ruled_and_rounded(score, parts)

    def settings(self, kind: str, parts: list[_Part], *, normalise: bool) -> Data:
        match kind:
            case "sum":
                return {"base": self.pick([Fraction(0), Fraction(10), Fraction(-1)])}
            case "quantile":
                return {"q": self.pick(_SHARES)}
            case "mean_min":
                return {"alpha": self.pick([Fraction(1, 2), Fraction(0), Fraction(1), Fraction(2, 3)])}
            case "aggregator":
                return {"name": "midrange"}
            case "power_mean":
                return self.power(parts, normalise=normalise)
            case _:
                return {}

    def power(self, parts: list[_Part], *, normalise: bool) -> Data:
        """Return an exponent, and a floor where the values need one or allow one above the lowest of them."""
        low = Fraction(0) if normalise else min(part.low for part in parts)
        high = Fraction(1) if normalise else max(part.high for part in parts)
        exponent = self.pick(_EXPONENTS)
        above = (low + min(high, low + 1)) / 2
        floor = above if exponent <= 0 else None
        if low > 0:
            floor = None if self.spanning else self.pick([None, above])
        return {"exponent": exponent, **({} if floor is None else {"floor": floor})}

    def ruled_and_rounded(self, score: Data, parts: list[_Part]) -> _Rules:
        rules = self.ruled(score, parts)
        if self.chance(6) and rules.high - rules.low >= 1:
            least = 2 if score["rule"] == "sum" else 0
            score["round"] = {"digits": self.number(least, 2), "mode": self.pick(_ROUNDINGS)}
            if any(Fraction(end * 10 ** score["round"]["digits"]).denominator != 1 for end in (rules.low, rules.high)):
                del score["round"]
        return rules

    def ruled(self, score: Data, parts: list[_Part]) -> _Rules:
        normalise = score.get("normalise", False)
        ranges = [(Fraction(0), Fraction(1)) if normalise else (part.low, part.high) for part in parts]
        staged = not normalise and score["rule"] not in {"sum", "aggregator"} and all(part.staged for part in parts)
        low, high = min(low for low, _ in ranges), max(high for _, high in ranges)
        if score["rule"] == "sum":
            low, high = (
                score["base"] + sum((part.weight or 0) * ends[end] for part, ends in zip(parts, ranges, strict=True))
                for end in (0, 1)
            )
        if "floor" in score and not staged:
            low, high = max(low, score["floor"]), max(high, score["floor"])
        return _Rules(score=score, parts=parts, low=Fraction(low), high=Fraction(high), staged=staged)

    # Stage rules

    def stage_rule(self, children: list[_Part], rules: _Rules, depth: int) -> Data:
        kinds = ["cuts", "gates"]
        leaves = [leaf for child in children for leaf in child.leaves]
        ranked = all(child.ranked for child in children)
        if ranked:
            kinds += ["quorum", "quorum", "of_children"]
        if all(leaf.staged for leaf in leaves):
            kinds += ["quorum_of_leaves"]
        if depth < 2:
            kinds += ["of_rules"]
        match self.pick(kinds):
            case "cuts":
                return self.cuts(rules)
            case "gates":
                return self.gates()
            case "quorum":
                return {"quorum": self.pick(_SHARES)}
            case "quorum_of_leaves":
                return {"quorum": self.pick(_SHARES), "over": "leaves"}
            case "of_children":
                return self.several("children")
            case _:
                return self.several([self.stage_rule(children, rules, depth + 1) for _ in range(self.number(1, 3))])

    def several(self, of: Any) -> Data:
        kind = self.pick(["lowest", "highest", "kth"])
        return {"kth": {"k": self.number(1, 3), "of": of}} if kind == "kth" else {kind: of}

    def cuts(self, rules: _Rules) -> Data:
        """Return cuts above the worst score that the best score reaches."""
        closed = self.pick(["left", "right"])
        grid = 2 * (self.n - 1)
        first = 1 if closed == "left" else 0
        places = self.some(range(first, first + grid), self.n - 1, self.n - 1)
        width = rules.high - rules.low
        cuts = {self.stage(s): rules.low + width * Fraction(place, grid) for s, place in enumerate(places, 2)}
        return {"cuts": cuts, **({} if closed == "left" else {"closed": "right"})}

    def gates(self) -> Data:
        gates = {self.stage(s): self.requirement(0) for s in range(2, self.n + 1)}
        return {"gates": gates, **({"vacuous": "met"} if self.chance(3) else {})}

    # Requirements

    def threshold(self, part: _Part, kind: str) -> Fraction | str:
        """Return a threshold that the worst value does not meet and the best does; in a flag the other way round."""
        first, last = (1, 4) if kind in {"at_least", "below"} else (0, 3)
        low, high = part.tight if part.staged and part.id[0] in "cf" else (Fraction(1), Fraction(self.n))
        if part.ranked and low < high and self.chance(2):
            shift = 1 if first else 0
            return self.stage(self.number(int(low) + shift, int(high) - 1 + shift))
        low, high = part.tight if part.id[0] in "cf" else (part.low, part.high)
        return self.grid(low, high, first, last)

    def atom(self, part: _Part, kinds: Sequence[str]) -> Data:
        kind = self.pick(kinds)
        return {"dimension" if part.id[0] == "d" else "criterion": part.id, kind: self.threshold(part, kind)}

    def sharing(self, kinds: Sequence[str]) -> Data | None:
        """Return a requirement on the share of several parts, with a threshold that fits the first of them."""
        first = self.pick([part for part in self.parts if part.weight is not None])
        kind = self.pick(kinds)
        threshold = self.threshold(first, kind)
        fitting = [part for part in self.parts if part.weight is not None and self.fits(part, threshold, kind)]
        return {"share": self.pick(_SHARES), "of": [part.id for part in self.some(fitting, 1, 3)], kind: threshold}

    def fits(self, part: _Part, threshold: Fraction | str, kind: str) -> bool:
        by_stage = isinstance(threshold, str)
        if by_stage and not part.ranked:
            return False
        number = Fraction(int(threshold[1:])) if isinstance(threshold, str) else threshold
        low, high = part.tight if part.id[0] in "cf" else (part.low, part.high)
        if by_stage and part.id[0] == "d":
            low, high = Fraction(1), Fraction(self.n)
        return low < number <= high if kind in {"at_least", "below"} else low <= number < high

    def requirement(self, depth: int) -> Data:
        kinds = ["atom", "atom", "share"]
        if self.grades:
            kinds += ["evidence", "evidence"]
        if self.flags:
            kinds += ["flag", "flag"]
        if depth == 0:
            kinds += ["all", "any", "at_least_n"]
        match self.pick(kinds):
            case "atom":
                return self.atom(self.pick(self.parts), ["at_least", "at_least", "above"])
            case "share":
                return self.sharing(["at_least", "above"]) or {}
            case "evidence":
                return {"evidence": self.pick(self.grades[1:])["id"], "share": self.pick(_SHARES)}
            case "flag":
                return {"flag_absent": self.pick(self.flags)["id"]}
            case kind:
                return self.group(kind, [self.requirement(depth + 1) for _ in range(self.number(1, 3))])

    def group(self, kind: str, parts: list[Data]) -> Data:
        if kind == "at_least_n":
            return {"at_least_n": self.number(1, len(parts)), "of": parts}
        return {kind: parts}

    def trigger(self, depth: int) -> Data:
        kinds = ["atom", "atom", "share"] + (["all", "any", "at_least_n"] if depth == 0 else [])
        match self.pick(kinds):
            case "atom":
                return self.atom(self.pick(self.parts), ["at_most", "below"])
            case "share":
                return self.sharing(["at_most", "below"]) or {}
            case kind:
                return self.group(kind, [self.trigger(depth + 1) for _ in range(self.number(1, 3))])

    # What holds stages down

    def maybe_flag(self) -> None:
        """Raise a flag on what is there; what comes later may be held down by it."""
        if len(self.flags) < 2 and self.chance(6):
            self.flags.append(
                {
                    "id": f"flag{len(self.flags)}",
                    "severity": self.pick(["warn", "high", "block"]),
                    "raised_when": self.trigger(0),
                    "when_unknown": self.pick(["raised", "not_raised"]),
                    "caps": {},
                    "says": "Something is wrong.",
                }
            )

    def hold_down(self, id_: str) -> None:
        """Let what was made before a node hold its stage down."""
        if self.flags and self.chance(3):
            self.pick(self.flags)["caps"][id_] = self.stage(self.number(1, self.n))
        earlier = [part for part in self.parts if part.ranked and part.id[0] != "f" and part.id != id_]
        if earlier and self.chance(6):
            by, plus = self.pick(earlier).id, self.number(0, 1)
            cap: Data = {"cap": [id_], "by": by, "plus": plus, "because": "It rests on it."}
            if self.chance(2):
                cap["from_stage"] = self.stage(self.number(1, self.n))
            self.caps.append(cap)


@st.composite
def _rubrics(draw: st.DrawFn, *, spanning: bool) -> Rubric:
    return Rubric.model_validate(_Builder(draw, spanning=spanning).rubric())


def rubrics(*, spanning: bool = False) -> st.SearchStrategy[Rubric]:
    """Return a strategy for rubrics.

    Args:
        spanning: Whether every scale spans all stages and the best evidence supports the top stage, so that the best
            answers reach the top everywhere.
    """
    return _rubrics(spanning=spanning)


def questions(rubric: Rubric) -> list[Question]:
    """Return all criteria and facts."""
    return [*criteria(rubric), *rubric.facts]


def criteria(rubric: Rubric) -> list[Criterion]:
    """Return all criteria."""
    return [node for node in rubric.walk() if isinstance(node, Criterion)]


def dimensions(rubric: Rubric) -> list[Dimension]:
    """Return all dimensions, each before those below it."""
    return [node for node in rubric.walk() if isinstance(node, Dimension)]


def leaves(node: Rubric | Dimension) -> list[Criterion]:
    """Return all criteria below a node."""
    below = [leaf for child in node.children if isinstance(child, Dimension) for leaf in leaves(child)]
    return [*(child for child in node.children if isinstance(child, Criterion)), *below]


def ladder(rubric: Rubric, scale: Scale) -> list[Any]:
    """Return values of one scale from worst to best; neighbours may be worth the same."""
    match scale:
        case ChoiceScale(options=options):
            return [option.id for option in sorted(options, key=lambda option: _place(rubric, option))]
        case YesNoScale(yes=yes, no=no):
            return [False, True] if _amount(rubric, yes) >= _amount(rubric, no) else [True, False]
        case ChecklistScale():
            return _checklist_ladder(rubric, scale)
        case MetricScale():
            return _metric_ladder(scale)
        case CustomScale():
            between = scale_range(scale, rubric)
            return [between.low + (between.high - between.low) * Fraction(step, 4) for step in range(5)]


def _place(rubric: Rubric, part: Option | Item) -> Fraction:
    return _amount(rubric, part.points if part.stage is None else part.stage)


def _amount(rubric: Rubric, worth: Fraction | int | str | None) -> Fraction:
    return Fraction(rubric.stage_numbers[worth] if isinstance(worth, str) else worth or 0)


def _checklist_ladder(rubric: Rubric, scale: ChecklistScale) -> list[Any]:
    """Return ever better sets: first without what is deducted, then with ever more, from the lowest stage up."""
    items = sorted(scale.items, key=lambda item: _place(rubric, item))
    bad = [item.id for item in items if item.points is not None and item.points < 0]
    good = [item.id for item in items if item.id not in bad]
    return [tuple(bad[step:]) for step in range(len(bad))] + [tuple(good[:step]) for step in range(len(good) + 1)]


def _metric_ladder(scale: MetricScale) -> list[Any]:
    """Return all cut-points, what is halfway between them, and something beyond them on either side."""
    if scale.range is not None:
        worst, best = scale.range.worst, scale.range.best
        return [worst + (best - worst) * Fraction(step, 4) for step in range(-1, 6)]
    cuts = sorted((scale.bands or {}).values(), reverse=scale.direction == "lower")
    sign = -1 if scale.direction == "lower" else 1
    between = [number for pair in pairwise(cuts) for number in (pair[0], sum(pair) / 2)]
    return [cuts[0] - sign, *between, cuts[-1], cuts[-1] + sign]


def steps(rubric: Rubric, question: Question, scale: Scale) -> list[Answer]:
    """Return answers on one scale of a criterion from worst to best."""
    alone = len(question.scales) == 1
    sample = scale.min_sample if isinstance(scale, MetricScale) else None
    return [
        Answer(value=value, sample=sample) if alone else Answer(values={scale.type: value}, sample=sample)
        for value in ladder(rubric, scale)
    ]


def worst_answer(rubric: Rubric, question: Question) -> Answer:
    """Return an answer that is worth the least that a criterion can be worth, on the weakest evidence."""
    scale = min(question.scales, key=lambda scale: scale_range(scale, rubric).low)
    return _on(rubric, steps(rubric, question, scale)[0], 0)


def best_answer(rubric: Rubric, question: Question) -> Answer:
    """Return an answer that is worth the most that a criterion can be worth, on the best evidence."""
    scale = max(question.scales, key=lambda scale: scale_range(scale, rubric).high)
    return _on(rubric, steps(rubric, question, scale)[-1], -1)


def _on(rubric: Rubric, answer: Answer, grade: int) -> Answer:
    grades = rubric.evidence_grades
    return answer.model_copy(update={"evidence": grades[grade].id}) if grades else answer


def worst_answers(rubric: Rubric) -> Given:
    """Answer every criterion and fact as badly as possible."""
    return {question.id: worst_answer(rubric, question) for question in questions(rubric)}


def best_answers(rubric: Rubric) -> Given:
    """Answer every criterion and fact as well as possible."""
    return {question.id: best_answer(rubric, question) for question in questions(rubric)}


@st.composite
def answer_to(
    draw: st.DrawFn, rubric: Rubric, question: Question, *, dated: bool = False, good: bool = False
) -> Answer:
    """Draw an answer from everything that a criterion's scales take.

    Args:
        draw: Supplied by Hypothesis.
        rubric: What the criterion belongs to.
        question: The criterion or fact.
        dated: Whether an answer to a criterion with `max_age_days` carries a date.
        good: Whether the answer is among the better ones, on the best evidence.
    """
    values = {scale.type: draw(_value_on(rubric, scale, good=good)) for scale in draw(_ways(question))}
    update: Data = {}
    samples = [scale.min_sample for scale in question.scales if isinstance(scale, MetricScale) and scale.min_sample]
    if samples:
        update["sample"] = draw(st.sampled_from([samples[0], samples[0], 1]))
    grades: list[str | None] = [grade.id for grade in rubric.evidence_grades]
    if grades:
        update["evidence"] = grades[-1] if good else draw(st.sampled_from([*grades, None]))
    if dated and question.max_age_days is not None:
        age = draw(st.sampled_from([0, question.max_age_days, question.max_age_days + 1]))
        update["as_of"] = DAY - timedelta(days=age)
    if len(question.scales) == 1:
        return Answer(value=next(iter(values.values())), **update)
    return Answer(values=values, **update)


def _ways(question: Question) -> st.SearchStrategy[Sequence[Scale]]:
    alone = [(scale,) for scale in question.scales]
    return st.sampled_from([*alone, question.scales] if len(alone) > 1 else alone)


def _value_on(rubric: Rubric, scale: Scale, *, good: bool) -> st.SearchStrategy[Any]:
    values = ladder(rubric, scale)
    if good:
        return st.sampled_from(values[len(values) // 2 :])
    if isinstance(scale, ChecklistScale):
        return st.sampled_from(values) | st.sets(st.sampled_from([item.id for item in scale.items]))
    return st.sampled_from(values)


@st.composite
def answers_for(draw: st.DrawFn, rubric: Rubric, *, dated: bool = False) -> Given:
    """Draw answers to a rubric: values, unknowns with reasons, absent keys, and what does not apply.

    Args:
        draw: Supplied by Hypothesis.
        rubric: What is answered.
        dated: Whether answers to criteria with `max_age_days` carry a date; the assessment's date is then `DAY`.
    """
    given: Given = {}
    good = draw(st.booleans())
    known = draw(st.sampled_from([3, 9]))
    for question in questions(rubric):
        states = [*["answered"] * known, "unknown", "absent"]
        match draw(st.sampled_from([*states, *["gone"] * (2 * question.allow_not_applicable)])):
            case "answered":
                given[question.id] = draw(answer_to(rubric, question, dated=dated, good=good))
            case "unknown":
                given[question.id] = Unknown.model_validate({"unknown": draw(st.sampled_from(_REASONS))})
            case "gone":
                given[question.id] = NotApplicable(not_applicable="We have none.")
            case _:
                pass
    for dimension in dimensions(rubric):
        if dimension.allow_not_applicable and draw(st.integers(0, 4)) == 4:
            given[dimension.id] = NotApplicable(not_applicable="We do none of this.")
    return given


@st.composite
def cases(draw: st.DrawFn, *, spanning: bool = False, dated: bool = False) -> tuple[Rubric, Given]:
    """Draw a rubric together with answers to it."""
    rubric = draw(rubrics(spanning=spanning))
    return rubric, draw(answers_for(rubric, dated=dated))


def without(answers: Given, ids: Iterable[str]) -> Given:
    """Return answers less some of them."""
    left_out = set(ids)
    return {id_: answer for id_, answer in answers.items() if id_ not in left_out}
