"""Drawn score rules and stage rules."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from humanai_maturity.testing.drawn.choices import SHARES, Data, Part
from humanai_maturity.testing.drawn.requirements import Requirements

_EXPONENTS = [Fraction(2), Fraction(0), Fraction(-1), Fraction(1), Fraction(1, 2), Fraction(-3, 2)]
_MAX_NESTED = 2
_ONTO = [{"maximum": Fraction(5)}, {"minimum": Fraction(-1), "maximum": Fraction(1, 2)}]
_ROUNDINGS = ["half_even", "half_up", "down", "up", "floor", "ceiling"]


@dataclass(kw_only=True)
class NodeRules:
    """Hold the rules that a node was given, and what follows from them."""

    score: Data
    parts: list[Part]
    low: Fraction
    high: Fraction
    staged: bool


class Rules(Requirements):
    """Draw how nodes are given a score and a stage."""

    def score_rules(self, children: list[Part]) -> NodeRules:
        """Return a score rule for a node, and what follows from it."""
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
            score |= {"onto": self.pick(_ONTO)} if self.chance(4) else {}
        if over_leaves:
            score["over"] = "leaves"
        if self.chance(6):
            score["weights"] = "equal"
        return self.ruled_and_rounded(self.clipped(score, parts), parts)

    def clipped(self, score: Data, parts: list[Part]) -> Data:
        """Give a score rule limits inside its range, now and then."""
        rules = self.ruled(score, parts)
        if not self.chance(6) or rules.staged:
            return score
        third = (rules.high - rules.low) / 3
        limits = {"minimum": rules.low + third, "maximum": rules.high - third}
        return {**score, "clip": {key: limits[key] for key in self.some([*limits], 1, 2)}}

    def settings(self, kind: str, parts: list[Part], *, normalise: bool) -> Data:
        """Return what a kind of score rule needs to be told."""
        match kind:
            case "sum":
                return {"base": self.pick([Fraction(0), Fraction(10), Fraction(-1)])}
            case "quantile":
                return {"q": self.pick(SHARES)}
            case "mean_min":
                return {"alpha": self.pick([Fraction(1, 2), Fraction(0), Fraction(1), Fraction(2, 3)])}
            case "aggregator":
                return {"name": "midrange"}
            case "power_mean":
                return self.power(parts, normalise=normalise)
            case _:
                return {}

    def power(self, parts: list[Part], *, normalise: bool) -> Data:
        """Return an exponent, and a floor where the values need one or allow one above the lowest of them."""
        low = Fraction(0) if normalise else min(part.low for part in parts)
        high = Fraction(1) if normalise else max(part.high for part in parts)
        exponent = self.pick(_EXPONENTS)
        above = (low + min(high, low + 1)) / 2
        floor = above if exponent <= 0 else None
        if low > 0:
            floor = None if self.spanning else self.pick([None, above])
        return {"exponent": exponent, **({} if floor is None else {"floor": floor})}

    def ruled_and_rounded(self, score: Data, parts: list[Part]) -> NodeRules:
        """Return what follows from a score rule, with a rounding now and then."""
        rules = self.ruled(score, parts)
        if self.chance(6) and rules.high - rules.low >= 1:
            least = 2 if score["rule"] == "sum" else 0
            score["round"] = {"digits": self.number(least, 2), "mode": self.pick(_ROUNDINGS)}
            if any(Fraction(end * 10 ** score["round"]["digits"]).denominator != 1 for end in (rules.low, rules.high)):
                del score["round"]
        return rules

    def ruled(self, score: Data, parts: list[Part]) -> NodeRules:
        """Return what follows from a score rule."""
        normalise = score.get("normalise", False)
        ranges = [(Fraction(0), Fraction(1)) if normalise else (part.low, part.high) for part in parts]
        staged = not normalise and score["rule"] not in {"sum", "aggregator"} and all(part.staged for part in parts)
        low, high = min(low for low, _ in ranges), max(high for _, high in ranges)
        if score["rule"] == "sum":
            weights = [1 if score.get("weights") == "equal" else part.weight or 0 for part in parts]
            low, high = (
                score["base"] + sum(weight * ends[end] for weight, ends in zip(weights, ranges, strict=True))
                for end in (0, 1)
            )
        if "floor" in score and not staged:
            low, high = max(low, score["floor"]), max(high, score["floor"])
        low, high = (_finished(Fraction(end), score) for end in (low, high))
        return NodeRules(score=score, parts=parts, low=low, high=high, staged=staged and "clip" not in score)

    def stage_rule(self, children: list[Part], rules: NodeRules, depth: int) -> Data:
        """Return a stage rule for a node."""
        kinds = ["cuts", "gates"]
        leaves = [leaf for child in children for leaf in child.leaves]
        ranked = all(child.ranked for child in children)
        if ranked:
            kinds += ["quorum", "quorum", "of_children"]
        if all(leaf.staged for leaf in leaves):
            kinds += ["quorum_of_leaves"]
        if depth < _MAX_NESTED:
            kinds += ["of_rules", "lowered"]
        match self.pick(kinds):
            case "cuts":
                return self.cuts(rules)
            case "gates":
                return self.gates()
            case "quorum":
                return {"quorum": self.pick(SHARES)}
            case "quorum_of_leaves":
                return {"quorum": self.pick(SHARES), "over": "leaves"}
            case "of_children":
                return self.several("children")
            case "lowered":
                each = [self.requirement(0) for _ in range(self.number(1, 2))]
                return {"lowered": self.stage_rule(children, rules, depth + 1), "each": each, "by": self.number(1, 2)}
            case _:
                return self.several([self.stage_rule(children, rules, depth + 1) for _ in range(self.number(1, 3))])

    def several(self, of: Any) -> Data:
        """Return one of several stages."""
        kind = self.pick(["lowest", "highest", "kth"])
        return {"kth": {"k": self.number(1, 3), "of": of}} if kind == "kth" else {kind: of}

    def cuts(self, rules: NodeRules) -> Data:
        """Return cuts above the worst score that the best score reaches."""
        closed = self.pick(["left", "right"])
        grid = 2 * (self.n - 1)
        first = 1 if closed == "left" else 0
        places = self.some(range(first, first + grid), self.n - 1, self.n - 1)
        width = rules.high - rules.low
        cuts = {self.stage(s): rules.low + width * Fraction(place, grid) for s, place in enumerate(places, 2)}
        return {"cuts": cuts, **({} if closed == "left" else {"closed": "right"})}

    def gates(self) -> Data:
        """Return a gate for each stage."""
        gates = {self.stage(s): self.requirement(0) for s in range(2, self.n + 1)}
        return {"gates": gates, **({"vacuous": "met"} if self.chance(3) else {})}


def _finished(value: Fraction, score: Data) -> Fraction:
    """Return what a score rule makes of the worst or the best of a node, all but rounded."""
    onto, clip = score.get("onto", {}), score.get("clip", {})
    least, most = onto.get("minimum", Fraction(0)), onto.get("maximum", Fraction(1))
    placed: Fraction = least + value * (most - least)
    held: Fraction = max(placed, clip.get("minimum", placed))
    return min(held, Fraction(clip.get("maximum", held)))
