"""Drawn rubrics, from the leaves up."""

from fractions import Fraction

from hypothesis import strategies as st

from humanai_maturity.model.rubric import OVERALL, Rubric
from humanai_maturity.testing.drawn.choices import Data, Part
from humanai_maturity.testing.drawn.questions import WEIGHTS, Questions
from humanai_maturity.testing.drawn.rules import NodeRules, Rules

_RANGES = [(0, 1), (0, 1), (0, 4), (1, 3), (-2, 0)]
_MISSING = ["leave_out", "worst", "void", "required"]
_MAX_CRITERIA = 8
_MAX_DEPTH = 3


class _Builder(Questions, Rules):
    """Draw one rubric, from the leaves up."""

    def rubric(self) -> Data:
        """Return the rubric as data."""
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

    def dimension(self, depth: int) -> Data:
        """Return a dimension with all that is below it."""
        self.dimensions += 1
        id_ = f"d{self.dimensions}"
        deeper = depth < _MAX_DEPTH and self.criteria < _MAX_CRITERIA and self.chance(3)
        below = [self.dimension(depth + 1) for _ in range(self.number(1, 2))] if deeper else []
        asked = self.questions(0 if below else 1)
        ids = [data["id"] for data in (*asked, *below)]
        children = [part for part in self.parts if part.id in ids]
        node, rules = self.node(children, root=False)
        parts = {"criteria": asked, "dimensions": below}
        data = {"id": id_, "title": id_.upper(), "weight": self.pick(WEIGHTS), **parts, **node}
        if self.chance(4):
            data["allow_not_applicable"] = True
        self.parts.append(
            Part(
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
        """Return criteria that stand beside one another."""
        points = self.chance(3)
        low, high = self.pick(_RANGES)
        many = self.number(least, 3) if self.criteria < _MAX_CRITERIA else least
        made = []
        for _ in range(many):
            other = self.chance(8)
            made.append(self.criterion(points=points != other, between=(Fraction(low), Fraction(high))))
        return made

    def sways(self, rules: NodeRules, children: list[Part]) -> bool:
        """Return whether the range of a node depends on what is applicable."""
        if rules.score["rule"] == "sum":
            return any(child.may_lack for child in children)
        return not rules.score.get("normalise", False) and any(part.sways for part in rules.parts)

    def node(self, children: list[Part], *, root: bool) -> tuple[Data, NodeRules]:
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
