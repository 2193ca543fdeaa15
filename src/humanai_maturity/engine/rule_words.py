"""What a rubric asks for, in words: requirements, stage rules, prerequisites, counter-metrics and caps."""

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import assert_never

from humanai_maturity.engine.wording import asked, one_line
from humanai_maturity.model.exact import written
from humanai_maturity.model.ranges import leaves, resolve_stage
from humanai_maturity.model.rubric import OVERALL, Cap, Counter, Criterion, Dimension, Fact, Flag, Prerequisite, Rubric
from humanai_maturity.model.rules import (
    All,
    AnyOf,
    AtLeastN,
    CriterionRequirement,
    Cuts,
    DimensionRequirement,
    EvidenceRequirement,
    FlagAbsent,
    Gates,
    Highest,
    Kth,
    Lowered,
    Lowest,
    Quorum,
    Requirement,
    ShareRequirement,
    StageRule,
)

_WORDS = {"at_least": ("at least at", "at least"), "above": ("above", "above")}
_LESS = {"at_most": ("at most at", "at most"), "below": ("below", "below")}


class RuleWords:
    """Say what one rubric asks for.

    Args:
        rubric: The rubric.
    """

    def __init__(self, rubric: Rubric) -> None:
        self._rubric = rubric

    def stage(self, reference: int | str) -> str:
        """Return what people call a stage."""
        return one_line(self._rubric.stages[resolve_stage(reference, self._rubric) - 1].title)

    def name(self, of: str) -> str:
        """Return what people call a criterion, a fact, a dimension, a flag or the whole."""
        return "the whole" if of == OVERALL else self._titles.get(of, of)

    @cached_property
    def _titles(self) -> dict[str, str]:
        nodes, facts = _nodes(self._rubric.dimensions), self._rubric.facts
        known: list[Dimension | Criterion | Fact] = [*nodes, *leaves(self._rubric), *facts]
        return {each.id: one_line(each.title) for each in known}

    @cached_property
    def _flags(self) -> dict[str, str]:
        return {flag.id: one_line(flag.title or flag.id) for flag in self._rubric.flags}

    def _grade(self, name: str) -> str:
        return next((one_line(grade.title or name) for grade in self._rubric.evidence_grades if grade.id == name), name)

    def requirement(self, requirement: Requirement) -> str:
        """Return a requirement in one line."""
        match requirement:
            case CriterionRequirement():
                return f"{self.name(requirement.criterion)} is {self._bar(requirement)}"
            case DimensionRequirement():
                return f"{self.name(requirement.dimension)} is {self._bar(requirement)}"
            case ShareRequirement():
                of = ", ".join(map(self.name, requirement.of))
                return f"{asked(requirement.share)} of the weight of {of} is {self._bar(requirement)}"
            case EvidenceRequirement():
                grade = self._grade(requirement.evidence)
                return f"{asked(requirement.share)} of the weight rests on evidence of the grade {grade} or better"
            case FlagAbsent():
                return f"the flag {self._flags.get(requirement.flag_absent, requirement.flag_absent)} is not raised"
            case All():
                return self._together(requirement.all, " and ")
            case AnyOf():
                return self._together(requirement.any, " or ")
            case AtLeastN():
                return f"at least {requirement.at_least_n} of these hold: {self._together(requirement.of, '; ')}"
            case _:
                assert_never(requirement)

    def _together(self, parts: Sequence[Requirement], word: str) -> str:
        nested = len(parts) > 1
        compound = (All, AnyOf, AtLeastN)
        texts = [(self.requirement(part), nested and isinstance(part, compound)) for part in parts]
        return word.join(f"({text})" if inner else text for text, inner in texts)

    def requirement_lines(self, requirement: Requirement, depth: int = 0) -> Iterator[tuple[int, str]]:
        """Yield a requirement line by line, each with its depth."""
        match requirement:
            case All():
                yield depth, "all of these:"
                parts = requirement.all
            case AnyOf():
                yield depth, "one of these:"
                parts = requirement.any
            case AtLeastN():
                yield depth, f"at least {requirement.at_least_n} of these:"
                parts = requirement.of
            case _:
                yield depth, self.requirement(requirement)
                return
        for part in parts:
            yield from self.requirement_lines(part, depth + 1)

    def _bar(self, requirement: CriterionRequirement | DimensionRequirement | ShareRequirement) -> str:
        for key, (of_stage, of_value) in {**_WORDS, **_LESS}.items():
            bar = getattr(requirement, key)
            if bar is not None:
                return f"{of_stage} {self.stage(bar)}" if isinstance(bar, str) else f"{of_value} {written(bar)}"
        return "there"

    def stage_rule(self, rule: StageRule | None, depth: int = 0) -> Iterator[tuple[int, str]]:
        """Yield how a node is given its stage, line by line, each with its depth."""
        match rule:
            case None:
                yield depth, "the stage that its score has reached, where its score stands on the stages"
            case Cuts():
                word = "from a score of" if rule.closed == "left" else "above a score of"
                cuts = sorted(rule.cuts.items(), key=lambda cut: cut[1])
                yield depth, ", ".join(f"{self.stage(stage)} {word} {written(cut)}" for stage, cut in cuts)
            case Quorum():
                of = " of all criteria below it" if rule.over == "leaves" else ""
                yield depth, f"the highest stage at or above which {asked(rule.quorum)} of the weight{of} stands"
            case Gates():
                yield from self._gates(rule, depth)
            case Lowest():
                yield from self._several("the lowest stage", rule.lowest, depth)
            case Highest():
                yield from self._several("the highest stage", rule.highest, depth)
            case Kth():
                yield from self._several(
                    f"number {rule.kth.k} of the stages, counted from the lowest,", rule.kth.of, depth
                )
            case Lowered():
                yield from self._lowered(rule, depth)
            case _:
                assert_never(rule)

    def _lowered(self, rule: Lowered, depth: int) -> Iterator[tuple[int, str]]:
        less = f"{rule.by} stage{'s' * (rule.by != 1)} less"
        yield depth, f"{less} for each of these that is not met:"
        for part in rule.each:
            yield from self.requirement_lines(part, depth + 1)
        yield depth, "than this:"
        yield from self.stage_rule(rule.lowered, depth + 1)

    def _several(self, which: str, of: str | Sequence[StageRule], depth: int) -> Iterator[tuple[int, str]]:
        if isinstance(of, str):
            yield depth, f"{which} of its parts"
            return
        yield depth, f"{which} of these:"
        for rule in of:
            yield from self.stage_rule(rule, depth + 1)

    def _gates(self, rule: Gates, depth: int) -> Iterator[tuple[int, str]]:
        ordered = sorted(rule.gates.items(), key=lambda gate: resolve_stage(gate[0], self._rubric))
        for place, (stage, requirement) in enumerate(ordered):
            also = ", besides all that the stages before it take" if place else ""
            yield depth, f"{self.stage(stage)} takes{also}:"
            if isinstance(requirement, All):
                for part in requirement.all:
                    yield from self.requirement_lines(part, depth + 1)
            else:
                yield from self.requirement_lines(requirement, depth + 1)

    def prerequisite(self, needed: Prerequisite) -> str:
        """Return a prerequisite in words."""
        bar = self.stage(needed.at_least) if isinstance(needed.at_least, str) else written(needed.at_least)
        word = "at least at" if isinstance(needed.at_least, str) else "at least"
        return f"{self.stage(needed.for_stage)} takes that {self.name(needed.criterion)} is {word} {bar}"

    def counter(self, counter: Counter) -> str:
        """Return a counter-metric in words."""
        name = self.name(counter.criterion)
        text = (
            f"it is at most {written(counter.plus)} above {name}" if counter.plus else f"it is at most what {name} is"
        )
        if counter.unknown_supports is None:
            return text
        return f"{text}, and at most {self.stage(counter.unknown_supports)} while that is unknown"

    def cap(self, cap: Cap) -> str:
        """Return a cap in words."""
        held, by = ", ".join(map(self.name, cap.cap)), self.name(cap.by)
        many = "s" if cap.plus != 1 else ""
        most = f"at most {cap.plus} stage{many} above {by}" if cap.plus else f"at most at the stage of {by}"
        free = (
            ""
            if cap.from_stage is None
            else f"; this holds from {self.stage(cap.from_stage)} on, lower stages are free"
        )
        return f"{held}: {most}{free}"

    def flag_caps(self, flag: Flag) -> str:
        """Return what a flag holds down; empty where it is nothing."""
        return ", ".join(f"{self.name(node)} at most at {self.stage(stage)}" for node, stage in flag.caps.items())


def _nodes(dimensions: Sequence[Dimension]) -> Iterator[Dimension]:
    for dimension in dimensions:
        yield dimension
        yield from _nodes(dimension.dimensions)
