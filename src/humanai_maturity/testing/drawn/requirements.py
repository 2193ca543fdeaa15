"""Drawn requirements, and what holds stages down: flags and caps."""

from collections.abc import Sequence
from fractions import Fraction

from humanai_maturity.testing.drawn.choices import SHARES, Choices, Data, Part

_MAX_FLAGS = 2


class Requirements(Choices):
    """Draw what asks something of the parts that were made before."""

    def threshold(self, part: Part, kind: str) -> Fraction | str:
        """Return a threshold that the worst value does not meet and the best does; in a flag the other way round."""
        first, last = (1, 4) if kind in {"at_least", "below"} else (0, 3)
        low, high = part.tight if part.staged and part.id[0] in "cf" else (Fraction(1), Fraction(self.n))
        if part.ranked and low < high and self.chance(2):
            shift = 1 if first else 0
            return self.stage(self.number(int(low) + shift, int(high) - 1 + shift))
        low, high = part.tight if part.id[0] in "cf" else (part.low, part.high)
        return self.grid(low, high, first, last)

    def atom(self, part: Part, kinds: Sequence[str]) -> Data:
        """Return a requirement on one part."""
        kind = self.pick(kinds)
        return {"dimension" if part.id[0] == "d" else "criterion": part.id, kind: self.threshold(part, kind)}

    def sharing(self, kinds: Sequence[str]) -> Data | None:
        """Return a requirement on the share of several parts, with a threshold that fits the first of them."""
        first = self.pick([part for part in self.parts if part.weight is not None])
        kind = self.pick(kinds)
        threshold = self.threshold(first, kind)
        fitting = [part for part in self.parts if part.weight is not None and self.fits(part, threshold, kind)]
        return {"share": self.pick(SHARES), "of": [part.id for part in self.some(fitting, 1, 3)], kind: threshold}

    def fits(self, part: Part, threshold: Fraction | str, kind: str) -> bool:
        """Return whether a threshold is one that a part's worst value does not meet and its best does."""
        by_stage = isinstance(threshold, str)
        if by_stage and not part.ranked:
            return False
        number = Fraction(int(threshold[1:])) if isinstance(threshold, str) else threshold
        low, high = part.tight if part.id[0] in "cf" else (part.low, part.high)
        if by_stage and part.id[0] == "d":
            low, high = Fraction(1), Fraction(self.n)
        return low < number <= high if kind in {"at_least", "below"} else low <= number < high

    def requirement(self, depth: int) -> Data:
        """Return what a gate can ask."""
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
                return {"evidence": self.pick(self.grades[1:])["id"], "share": self.pick(SHARES)}
            case "flag":
                return {"flag_absent": self.pick(self.flags)["id"]}
            case kind:
                return self.group(kind, [self.requirement(depth + 1) for _ in range(self.number(1, 3))])

    def group(self, kind: str, parts: list[Data]) -> Data:
        """Return several requirements as one."""
        if kind == "at_least_n":
            return {"at_least_n": self.number(1, len(parts)), "of": parts}
        return {kind: parts}

    def trigger(self, depth: int) -> Data:
        """Return what a flag can be raised for."""
        kinds = ["atom", "atom", "share"] + (["all", "any", "at_least_n"] if depth == 0 else [])
        match self.pick(kinds):
            case "atom":
                return self.atom(self.pick(self.parts), ["at_most", "below"])
            case "share":
                return self.sharing(["at_most", "below"]) or {}
            case kind:
                return self.group(kind, [self.trigger(depth + 1) for _ in range(self.number(1, 3))])

    def maybe_flag(self) -> None:
        """Raise a flag on what is there; what comes later may be held down by it."""
        if len(self.flags) < _MAX_FLAGS and self.chance(6):
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
