"""Drawn criteria and facts, on every kind of scale."""

from collections.abc import Callable
from fractions import Fraction
from math import ceil
from typing import Any

from humanai_maturity.testing.drawn.choices import Data, Part
from humanai_maturity.testing.drawn.requirements import Requirements

WEIGHTS = [Fraction(1), Fraction(1), Fraction(2), Fraction(3), Fraction(1, 2)]
_SECOND = 2


class Questions(Requirements):
    """Draw what is asked, and what limits the claims that answers make."""

    def fact(self, number: int) -> Data:
        """Return a fact."""
        id_ = f"f{number}"
        data, part = self.question(id_, self.chance(3), (Fraction(0), Fraction(1)))
        self.parts.append(part)
        return data

    def criterion(self, *, points: bool, between: tuple[Fraction, Fraction]) -> Data:
        """Return a criterion."""
        self.criteria += 1
        id_ = f"c{self.criteria}"
        data, part = self.question(id_, points, between)
        part.weight = data["weight"] = self.pick(WEIGHTS)
        if part.staged:
            self.limit(data)
        self.parts.append(part)
        if part.staged:
            self.hold_down(id_)
        self.maybe_flag()
        return data

    def question(self, id_: str, points: bool, between: tuple[Fraction, Fraction]) -> tuple[Data, Part]:  # noqa: FBT001
        """Return what facts and criteria have in common."""
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
        part = Part(id=id_, low=low, high=high, staged=not points, ranked=not points, tight=tight)
        part.leaves = [part]
        part.may_lack = data.get("allow_not_applicable", False)
        return data, part

    def with_evidence(self, scale: Data) -> Data:
        """Give a scale an evidence grade of its own, now and then."""
        if self.grades and self.chance(4):
            scale["evidence"] = self.pick(self.grades)["id"]
        return scale

    def stage_scales(self) -> list[Callable[[], tuple[Data, tuple[int, int]]]]:
        """Return what makes scales that are worth stages."""
        return [self.choice, self.yes_no, self.checklist, self.bands, self.onto_stages, self.levels]

    def top(self, least: int = 2) -> int:
        """Return the highest stage that a scale reaches."""
        return self.n if self.spanning or not self.chance(3) else self.number(least, self.n)

    def choice(self) -> tuple[Data, tuple[int, int]]:
        """Return a choice among options that are worth stages."""
        top = self.top()
        bottom = 1 if self.spanning or top == _SECOND or not self.chance(4) else _SECOND
        inner = self.some(range(bottom + 1, top), 0, 3) if top > bottom + 1 else []
        options = [{"id": f"o{s}", "stage": self.stage(s)} for s in (bottom, *inner, top)]
        return self.with_evidence({"type": "choice", "options": options}), (bottom, top)

    def yes_no(self) -> tuple[Data, tuple[int, int]]:
        """Return a question of yes or no that is worth stages."""
        top = self.top()
        yes, no = (self.stage(1), self.stage(top)) if self.chance(4) else (self.stage(top), self.stage(1))
        return self.with_evidence({"type": "yes_no", "yes": yes, "no": no}), (1, top)

    def checklist(self) -> tuple[Data, tuple[int, int]]:
        """Return a checklist that is worth stages."""
        top = self.top()
        stages = sorted({2 if self.spanning else self.number(1, 2), top})
        stages = sorted([*stages, *(self.number(1, top) for _ in range(self.number(0, 3)))])
        items = [{"id": f"i{place}", "stage": self.stage(s)} for place, s in enumerate(stages)]
        return self.with_evidence({"type": "checklist", "items": items}), (1, top)

    def bands(self) -> tuple[Data, tuple[int, int]]:
        """Return a metric with a cut-point for each stage."""
        top, lower = self.top(), self.chance(2)
        stages = range(1 if self.chance(2) else 2, top + 1)
        cuts = {self.stage(s): Fraction(-s if lower else s, 2) for s in stages}
        scale = {"type": "metric", "direction": "lower" if lower else "higher", "bands": cuts}
        return self.with_evidence(self.with_sample(scale)), (1, top)

    def onto_stages(self) -> tuple[Data, tuple[int, int]]:
        """Return a metric between a worst and a best that is worth stages."""
        worst, best = (Fraction(1), Fraction(0)) if self.chance(2) else (Fraction(0), Fraction(1))
        between = {"worst": worst, "best": best, "onto": "stages"}
        direction = "higher" if worst < best else "lower"
        return self.with_sample({"type": "metric", "range": between, "direction": direction}), (1, self.n)

    def with_sample(self, scale: Data) -> Data:
        """Give a metric a smallest sample, now and then."""
        if self.chance(4):
            scale["min_sample"] = 5
        return scale

    def levels(self) -> tuple[Data, tuple[int, int]]:
        """Return a custom scale that is worth stages."""
        return {"type": "custom", "measure": "level", "params": {"least": 1, "most": self.n}}, (1, self.n)

    def point_scales(self, between: tuple[Fraction, Fraction]) -> list[Callable[[], tuple[Data, tuple[Any, Any]]]]:
        """Return what makes scales that are worth points."""
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

        def metric() -> tuple[Data, tuple[Any, Any]]:
            worst, best = (Fraction(8), Fraction(4)) if self.chance(2) else (Fraction(4), Fraction(8))
            direction = "higher" if worst < best else "lower"
            placed = {"worst": worst, "best": best, "least": low, "most": high}
            return self.with_sample({"type": "metric", "range": placed, "direction": direction}), between

        return [choice, yes_no, levels, metric, *self.checklists(low, high)]

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

    def prerequisite(self, part: Part) -> Data:
        """Return a prerequisite on what was made before."""
        threshold = self.threshold(part, "at_least")
        return {"criterion": part.id, "at_least": threshold, "for_stage": self.stage(self.number(2, self.n))}
