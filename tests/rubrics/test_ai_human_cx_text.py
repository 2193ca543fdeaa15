"""The bundled rubric `ai-human-cx`: what it promises to those who answer it, change it or act on it."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from humanai_maturity.documents.read import read_rubric
from humanai_maturity.model.guidance import Basis, Role
from humanai_maturity.model.rubric import Criterion, Stage
from humanai_maturity.model.scales import ChecklistScale, ChoiceScale, Item, MetricScale, Option, Scale

FOLDER = Path(__file__).parents[2] / "rubrics" / "ai-human-cx"
RUBRIC = read_rubric(FOLDER / "rubric.yaml")
CRITERIA = [node for node in RUBRIC.walk() if isinstance(node, Criterion)]
QUESTIONS = (*CRITERIA, *RUBRIC.facts)
METRICS = {question.id: question.scale for question in QUESTIONS if isinstance(question.scale, MetricScale)}
FIRST, *ABOVE = [stage.id for stage in RUBRIC.stages]
ROLES = {role.id: role for role in RUBRIC.roles}
SENTENCE_END = re.compile(r"(?<=[.?!:;])\s+")
FEWER_PEOPLE = re.compile(r"headcount|deflect|contain|handling time|saved|cost|positions", re.IGNORECASE)


def parts(scale: Scale) -> tuple[Option | Item, ...]:
    match scale:
        case ChoiceScale(options=options):
            return options
        case ChecklistScale(items=items):
            return items
    return ()


def stages_of(scale: Scale) -> set[object]:
    """Return the stages that a scale tells apart."""
    return set(scale.bands or ()) if isinstance(scale, MetricScale) else {part.stage for part in parts(scale)}


def asked() -> Iterator[tuple[str, str | None]]:
    """Yield every text that a reader of a form meets, with where it stands."""
    for question in QUESTIONS:
        yield f"{question.id}: question", question.question
        yield f"{question.id}: help", question.help
        yield from ((f"{question.id}: {part.id}", part.text) for scale in question.scales for part in parts(scale))


def advised() -> Iterator[tuple[str, str | None]]:
    """Yield every text of advice, with where it stands."""
    for stage in RUBRIC.stages:
        yield from ((stage.id, text) for text in stage_texts(stage))
    yield from ((role.id, role.does) for role in RUBRIC.roles)
    yield from ((question.id, step.do) for question in QUESTIONS for step in question.next_steps)
    yield from ((name, metric.definition) for name, metric in METRICS.items())
    for flag in RUBRIC.flags:
        yield from ((flag.id, text) for text in (flag.says, flag.remedy))
    yield from ((cap.by, cap.because) for cap in RUBRIC.caps)


def stage_texts(stage: Stage) -> Iterator[str | None]:
    yield from (stage.description, stage.next_move)
    yield from (*stage.ai_does, *stage.people_do, *stage.anti_patterns)
    if stage.team is not None:
        yield stage.team.shape
        yield from (*stage.team.rituals, *(ratio.text for ratio in stage.team.ratios))


def bases() -> Iterator[tuple[str, Basis]]:
    for name, metric in METRICS.items():
        yield from ((f"{name}: {stage}", basis) for stage, basis in metric.basis.items())
    for stage in RUBRIC.stages:
        assert stage.team is not None
        yield from ((stage.id, ratio.basis) for ratio in stage.team.ratios)


def test_everything_is_explained() -> None:
    assert [place for place, text in (*asked(), *advised()) if not text] == []


def test_sentences_are_short() -> None:
    for place, text in (*asked(), *advised()):
        for sentence in SENTENCE_END.split(text or ""):
            assert len(sentence.split()) <= 25, f"{place}: {sentence}"


def test_every_criterion_tells_all_stages_apart() -> None:
    for criterion in CRITERIA:
        for scale in criterion.scales:
            assert stages_of(scale) - {FIRST} == set(ABOVE), criterion.id
            assert FIRST in stages_of(scale) or not isinstance(scale, ChoiceScale), criterion.id


def test_every_metric_can_be_answered_without_a_measurement() -> None:
    for criterion in CRITERIA:
        if isinstance(criterion.scale, MetricScale):
            assert criterion.scale.evidence == "measured", criterion.id
            assert [scale.type for scale in criterion.otherwise] == ["choice"], criterion.id


@pytest.mark.parametrize("name", METRICS)
def test_every_metric_can_be_computed_by_a_stranger(name: str) -> None:
    metric = METRICS[name]
    assert metric.definition
    assert metric.unit
    assert metric.min_sample
    assert metric.columns
    assert all(re.fullmatch(r"[a-z_]+\.[a-z_]+", str(column)) for column in metric.columns)
    assert list(metric.basis) == ABOVE


def test_what_is_sourced_names_its_source_and_every_source_is_used() -> None:
    for place, basis in bases():
        assert bool(basis.sources) == (basis.kind != "judgement") or basis.note, place
        assert basis.kind != "sourced" or basis.sources, place
    used = {source for _, basis in bases() for source in basis.sources}
    assert used | {"five-stages"} == {source.id for source in RUBRIC.sources}


def test_nothing_that_only_means_fewer_people_is_scored() -> None:
    for criterion in CRITERIA:
        measured = criterion.scale.definition if isinstance(criterion.scale, MetricScale) else ""
        for text in (criterion.title, criterion.question, measured):
            assert not FEWER_PEOPLE.search(text or ""), criterion.id


def test_every_criterion_says_where_to_look_and_what_comes_next() -> None:
    for question in QUESTIONS:
        assert question.look_at, question.id
    for criterion in CRITERIA:
        assert [step.to for step in criterion.next_steps] == ABOVE, criterion.id


def test_every_flag_that_holds_down_can_be_cleared_by_a_step() -> None:
    steps = {question.id: [step.to for step in question.next_steps] for question in QUESTIONS}
    for flag in RUBRIC.flags:
        assert "responsive" in steps[flag.raised_when.criterion], flag.id


def test_a_step_is_owned_by_somebody_whom_the_team_has_by_then() -> None:
    for question in QUESTIONS:
        for step in question.next_steps:
            assert step.owner is not None
            needed = RUBRIC.stage_numbers[str(ROLES[step.owner].from_stage)]
            assert needed <= RUBRIC.stage_numbers[str(step.to)], f"{question.id}: {step.to}"


def test_every_role_has_something_to_do() -> None:
    owners = {step.owner for question in QUESTIONS for step in question.next_steps}
    teams = {part.role for stage in RUBRIC.stages if stage.team for part in stage.team.roles}
    assert owners | teams == ROLES.keys()


@pytest.mark.parametrize("role", RUBRIC.roles, ids=lambda role: role.id)
def test_a_role_is_in_no_team_before_its_first_stage_and_in_that_one(role: Role) -> None:
    first = RUBRIC.stage_numbers[str(role.from_stage)]
    found = [
        number
        for number, stage in enumerate(RUBRIC.stages, 1)
        if stage.team and role.id in {part.role for part in stage.team.roles}
    ]
    assert found[0] == first


def test_every_stage_says_who_does_what() -> None:
    for stage in RUBRIC.stages:
        assert stage.ai_does, stage.id
        assert stage.people_do, stage.id
        assert stage.anti_patterns, stage.id
        assert stage.team is not None
        assert stage.team.roles, stage.id
        assert stage.team.rituals, stage.id
        assert stage.team.ratios, stage.id


@pytest.mark.parametrize("name", ["rubric.yaml", "example.yaml", "cases.yaml"])
def test_lines_are_short(name: str) -> None:
    lines = (FOLDER / name).read_text(encoding="utf-8").splitlines()
    assert [number for number, line in enumerate(lines, 1) if len(line) > 120] == []


def test_it_says_whose_model_it_reads() -> None:
    assert RUBRIC.attribution == "An independent reading of the five-stage model published by Glance; not endorsed."


class TestPage:
    """The page about the built-in model counts what the rubric holds."""

    PAGE = (FOLDER.parents[1] / "docs" / "explanation" / "the-built-in-model.md").read_text(encoding="utf-8")

    def test_it_counts_what_numbers_rest_on(self) -> None:
        kinds = Counter(basis.kind for metric in METRICS.values() for basis in metric.basis.values())
        counted = f"{kinds.total()} cut-points of {len(METRICS)} metrics | {kinds['sourced']} are published, "
        assert counted + f"{kinds['derived']} follow from something published, {kinds['judgement']} are" in self.PAGE

    def test_it_counts_criteria_and_next_steps(self) -> None:
        steps = sum(len(question.next_steps) for question in QUESTIONS)
        assert f"| {len(CRITERIA)} criteria and their levels |" in self.PAGE
        assert f"| {steps} next steps, with effort and impact |" in self.PAGE

    def test_it_lists_every_column_that_a_metric_needs(self) -> None:
        listed = {
            f"{table}.{column}"
            for table, columns in re.findall(r"^\| `(\w+)` \| [^|]+ \| (.+) \|$", self.PAGE, re.MULTILINE)
            for column in re.findall(r"`(\w+)`", columns)
        }
        assert listed == {str(column) for metric in METRICS.values() for column in metric.columns}
