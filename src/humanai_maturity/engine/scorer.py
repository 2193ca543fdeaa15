"""The scorer: a rubric compiled once, ready for any number of assessments."""

from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction
from math import lcm
from os import PathLike
from typing import Any, TypeAlias

from humanai_maturity.documents.canonical import digest
from humanai_maturity.documents.read import check_aggregators, check_rubric
from humanai_maturity.engine.compilation import compile_plan
from humanai_maturity.engine.evaluation import Evaluation, Given, Kernel, evaluate, link
from humanai_maturity.engine.findings import Findings
from humanai_maturity.engine.plan import NOT_APPLICABLE, Leaf, Plan
from humanai_maturity.engine.reading import (
    REFUSED,
    ProblemList,
    Reading,
    State,
    blank_reading,
    check_names,
    read_leaf,
    spelt_out,
)
from humanai_maturity.engine.scorecard import Scorecard
from humanai_maturity.engine.scoring import PluginAggregator
from humanai_maturity.engine.valuation import Measure
from humanai_maturity.model.assessment import Assessment, NotApplicable, RubricRef, Scope
from humanai_maturity.model.rubric import Dimension, Rubric

GivenAnswers: TypeAlias = Mapping[str, Any]
"""Answers by the id of the criterion, fact or dimension: bare values, or `Answer`, `Unknown`, `NotApplicable`."""

Place: TypeAlias = tuple[int, int]
"""A leaf, and the cell that an answer puts there."""

_NO_SCOPE = Scope()
_MOST_REMEMBERED = 20_000
_PLAIN = frozenset({str, float})
"""The types of answers that are remembered as they are; others could equal an answer of another type, as 1 is True."""
_NEW = (-1, 0)
"""What is not remembered. (`None` for a cell says that the leaf does not apply.)"""


class Scorer:
    """Compile a rubric once and score any number of assessments with it.

    A scorer keeps no state that a result depends on and may be shared between threads. Between processes it goes as its
    rubric and its functions, and is compiled anew.

    Args:
        rubric: The rubric.
        measures: The functions that custom scales name: each takes an answer and the scale's `params`.
        aggregators: The functions that aggregator rules name: each takes values, weights and the rule's `params`.

    Raises:
        RubricInvalidError: If the rubric contradicts itself; all problems at once.
        PluginError: If the rubric names a measure or an aggregator that is not given.

    Example:
        >>> rubric = Rubric.model_validate({
        ...     "id": "demo", "version": "1", "title": "Demo",
        ...     "stages": [{"id": "low", "title": "Low"}, {"id": "high", "title": "High"}],
        ...     "dimensions": [{"id": "people", "title": "People", "criteria": [
        ...         {"id": "trained", "title": "Trained", "scale": {"type": "yes_no", "yes": "high", "no": "low"}},
        ...     ]}],
        ... })
        >>> Scorer(rubric).score({"trained": True}).stage.id
        'high'
    """

    def __init__(
        self,
        rubric: Rubric,
        *,
        measures: Mapping[str, Measure] | None = None,
        aggregators: Mapping[str, PluginAggregator] | None = None,
    ) -> None:
        _expect_rubric(rubric)
        check_rubric(rubric)
        check_aggregators(rubric, aggregators or {})
        self.rubric = rubric
        self._functions = (dict(measures or {}), dict(aggregators or {}))
        self._plan = compile_plan(rubric, self._functions[0])
        self._kernel = link(self._plan, self._functions[1])
        self._plain: dict[tuple[object, ...], Place] = {
            (leaf.question.id, option): (leaf.index, self._cell(leaf, value, grade))
            for leaf in self._plan.leaves
            for option, value, grade in _bare_choices(leaf)
        }
        self._odd: dict[tuple[object, ...] | None, tuple[int, int | None]] = {}
        self._digest: str | None = None

    @property
    def digest(self) -> str:
        """Return the hash of the rubric's meaning."""
        if self._digest is None:
            self._digest = digest(self.rubric)
        return self._digest

    @property
    def kernel(self) -> Kernel:
        """Return the compiled rules, for rooms that run them in other ways."""
        return self._kernel

    @property
    def plan(self) -> Plan:
        """Return the plan, for rooms that read it in other ways."""
        return self._plan

    def evaluate(self, answers: GivenAnswers, day: date | None = None) -> Evaluation:
        """Return what the rules make of answers on a day, without a scorecard around it.

        Raises:
            AnswerError: If any answer does not fit; all problems at once.
        """
        return self._scored(answers, day, _NO_SCOPE, None).evaluation

    def __reduce__(self) -> tuple[Any, ...]:
        """Keep in a pickle what it was made of."""
        return _made_of, (self.rubric, *self._functions)

    def __repr__(self) -> str:
        """Return which rubric it scores."""
        return f"<Scorer of {self.rubric.id} {self.rubric.version}>"

    def score(self, answers: GivenAnswers | Assessment) -> Scorecard:
        """Score one assessment.

        Args:
            answers: An assessment, or a mapping from ids to answers. What is left out is unknown.

        Returns:
            The result. Its rows are worked out when they are asked for.

        Raises:
            AnswerError: If any answer does not fit, or the assessment is for another rubric; all problems at once.
        """
        _expect_answers(answers)
        if not isinstance(answers, Assessment):
            return Scorecard(self._scored(answers, None, _NO_SCOPE, None))
        problems = ProblemList()
        self._check_reference(answers.rubric, problems)
        return Scorecard(self._scored(answers.answers, answers.date, answers.scope, problems))

    def _scored(self, given: GivenAnswers, day: date | None, scope: Scope, problems: ProblemList | None) -> Findings:
        known, new = self._by_heart(given)
        readings: Mapping[int, Reading] = {}
        if new or problems:
            readings = self._read(new, day, problems or ProblemList())
            known = self._placed(readings, known)
            self._remember(new, readings)
        snapshot = dict(given)
        return Findings(
            evaluation=evaluate(self._kernel, known),
            read=lambda: self._read_all(snapshot, readings),
            digest_of=lambda: self.digest,
            scope=scope,
            date=day,
            retry=lambda changes: self._scored({**snapshot, **changes}, day, scope, None),
        )

    def _by_heart(self, given: GivenAnswers) -> tuple[Given, dict[str, object]]:
        """Return what answers come to that were read before, and the others."""
        cells, away = [0] * len(self._plan.leaves), set()
        plain, odd = dict(given), {}
        kinds = [*map(type, plain.values())]
        if not _PLAIN.issuperset(kinds):
            odd = {name: plain.pop(name) for name, kind in zip(given, kinds, strict=True) if kind not in _PLAIN}
        new: set[str] = set()
        try:
            for item, cells[item] in map(self._plain.__getitem__, plain.items()):  # noqa: B007 - fills the cells
                pass
        except KeyError:
            new = {name for name, value in plain.items() if (name, value) not in self._plain}
            for item, cells[item] in (self._plain[each] for each in plain.items() if each[0] not in new):  # noqa: B007
                pass
        for name, value in odd.items():
            item, cell = self._odd.get(_key(name, value), _NEW)
            if cell:
                cells[item] = cell
            elif cell is None:
                away.add(item)
            else:
                new.add(name)
        known = Given(cells=cells, unit=self._plan.layout.unit, away=frozenset(away))
        return known, {name: answer for name, answer in given.items() if name in new} if new else {}

    def _remember(self, given: Mapping[str, object], readings: Mapping[int, Reading]) -> None:
        """Learn what bare answers come to."""
        for name, value in given.items():
            key, item = _key(name, value), self._plan.items[name]
            if key is None or item not in readings or len(self._plain) + len(self._odd) > _MOST_REMEMBERED:
                continue
            reading = readings[item]
            if reading.state == NOT_APPLICABLE:
                if isinstance(value, dict):  # rather than an answer in a dimension that does not apply
                    self._odd[key] = (item, None)
            elif reading.held is not None and self._plan.layout.unit % reading.held.denominator == 0:
                cell = self._cell(self._plan.leaves[item], reading.held, reading.evidence)
                remembered: dict[Any, Any] = self._plain if type(value) in _PLAIN else self._odd
                remembered[key] = (item, cell)

    def _read_all(self, given: GivenAnswers, readings: Mapping[int, Reading]) -> Mapping[int, Reading]:
        """Return what every answer came to, those included that were known by heart."""
        items = self._plan.items
        known = {name: answer for name, answer in given.items() if items[name] not in readings}
        blank = {leaf.index: blank_reading() for leaf in self._plan.leaves}
        return {**blank, **self._read(known, None, ProblemList()), **readings}

    def _read(self, given: Mapping[str, object], day: date | None, problems: ProblemList) -> dict[int, Reading]:
        """Read the answers that are not just the id of an option; raise if anything is wrong with any of them."""
        plan = self._plan
        check_names(plan, given, problems)
        answers = {name: spelt_out(name, answer, problems) for name, answer in given.items() if name in plan.items}
        readings: dict[int, Reading] = {}
        away: dict[int, Reading] = {}
        for name, answer in answers.items():
            item = plan.items[name]
            if answer is not None and item >= plan.whole:
                away.update(self._whole_dimension(item, answer, problems))
            elif answer is not None and (reading := read_leaf(plan.leaves[item], answer, day, problems)):
                readings[item] = reading
        problems.raise_if_any()
        return {**readings, **away}

    def _whole_dimension(self, item: int, answer: State, problems: ProblemList) -> dict[int, Reading]:
        """Return the criteria below a dimension that does not apply, or note why that cannot be said."""
        node = self._plan.node(item)
        if not isinstance(answer, NotApplicable):
            problems.add("not-a-criterion", node.id, "a dimension is not answered itself: answer the criteria below it")
        elif not isinstance(node.source, Dimension) or not node.source.allow_not_applicable:
            problems.add("not-applicable-refused", node.id, REFUSED)
        return {leaf: Reading(NOT_APPLICABLE, answer) for leaf in range(*node.below.leaves)}

    def _placed(self, readings: Mapping[int, Reading], known: Given) -> Given:
        """Return what was read beside what was known by heart, in a unit that holds it all."""
        plan, layout, cells = self._plan, self._plan.layout, known.cells
        unit = lcm(layout.unit, *(each.held.denominator for each in readings.values() if each.held is not None))
        if unit != layout.unit:
            cells[:] = [layout.rescaled(cell, unit // layout.unit) for cell in cells]
        away = known.away.union(item for item, reading in readings.items() if reading.state == NOT_APPLICABLE)
        for item, reading in readings.items():
            held = None if item in away else reading.held
            cells[item] = 0 if held is None else plan.cell(item, held, unit, reading.evidence)
        return Given(cells=cells, unit=unit, away=away)

    def _cell(self, leaf: Leaf, value: Fraction, evidence: str | None) -> int:
        return self._plan.cell(leaf.index, value, self._plan.layout.unit, evidence)

    def _check_reference(self, reference: RubricRef, problems: ProblemList) -> None:
        """Note every way in which an assessment names another rubric than this one."""
        rubric = self.rubric
        if reference.id != rubric.id:
            problems.add(
                "other-rubric", "", f"the assessment answers the rubric {reference.id!r}, this one is {rubric.id!r}"
            )
        elif reference.version is not None and reference.version != rubric.version:
            message = (
                f"the assessment answers version {reference.version} of {rubric.id!r}, this one is {rubric.version}"
            )
            problems.add("other-version", "", message)
        elif reference.digest is not None and reference.digest != self.digest:
            message = (
                f"the assessment was made for another edition of {rubric.id!r} {rubric.version}: the digests differ"
            )
            problems.add("other-digest", "", message)


def _made_of(rubric: Rubric, measures: Mapping[str, Measure], aggregators: Mapping[str, PluginAggregator]) -> Scorer:
    return Scorer(rubric, measures=measures, aggregators=aggregators)


def _expect_rubric(rubric: object) -> None:
    if isinstance(rubric, Rubric):
        return
    if isinstance(rubric, Mapping):
        raise TypeError("a Scorer takes a rubric, not a mapping: make one with `parse_rubric(...)`")
    if isinstance(rubric, str | PathLike):
        raise TypeError(f"a Scorer takes a rubric, not its name: write `Scorer(load_rubric({str(rubric)!r}))`")
    raise TypeError(f"a Scorer takes a rubric, not {rubric!r:.60}: `load_rubric` and `parse_rubric` give one")


def _expect_answers(answers: object) -> None:
    if not isinstance(answers, Assessment | Mapping):
        kind = type(answers).__name__
        raise TypeError(
            f"answers are an Assessment or a mapping from ids to answers, such as {{'id': True}}, not {kind}"
        )


def _key(name: str, value: object) -> tuple[object, ...] | None:
    """Return by what an answer is remembered; `None` where it is not."""
    kind = type(value)
    if kind in _PLAIN:
        return name, value
    if isinstance(value, dict):
        reason = value.get("not_applicable")
        return (name, dict, reason) if len(value) == 1 and type(reason) is str else None
    if isinstance(value, list | tuple):
        return (name, list, *value) if all(type(each) is str for each in value) else None
    return (name, kind, value) if isinstance(value, int) else None


def _bare_choices(leaf: Leaf) -> Iterator[tuple[str, Fraction, str | None]]:
    """Yield the options that a bare text can name, with the value that its evidence supports and that evidence."""
    way = next((way for way in leaf.valuations if way.type in {"choice", "custom"}), None)
    if way is None or way.type == "custom":
        return
    grade = way.evidence or next(iter(leaf.claims), None)
    for option, value in way.choices.items():
        yield option, leaf.held(value, grade), grade


def score(
    rubric: Rubric,
    answers: GivenAnswers | Assessment,
    *,
    measures: Mapping[str, Measure] | None = None,
    aggregators: Mapping[str, PluginAggregator] | None = None,
) -> Scorecard:
    """Score one assessment; for many with the same rubric, use [`Scorer`][humanai_maturity.Scorer].

    Args:
        rubric: The rubric.
        answers: An assessment, or a mapping from ids to answers. What is left out is unknown.
        measures: The functions that custom scales name.
        aggregators: The functions that aggregator rules name.

    Raises:
        RubricInvalidError: If the rubric contradicts itself.
        AnswerError: If any answer does not fit.
        PluginError: If the rubric names a measure or an aggregator that is not given.
    """
    return Scorer(rubric, measures=measures, aggregators=aggregators).score(answers)
