"""The bundled rubric `ai-human-cx`: how its rules judge."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from humanai_maturity.documents.read import read_assessment, read_rubric
from humanai_maturity.engine import Scorer
from humanai_maturity.model.assessment import Answer
from humanai_maturity.model.rubric import Criterion, Fact, Flag
from humanai_maturity.model.rules import CriterionRequirement
from humanai_maturity.model.scales import ChecklistScale, ChoiceScale, MetricScale

FOLDER = Path(__file__).parents[2] / "rubrics" / "ai-human-cx"
RUBRIC = read_rubric(FOLDER / "rubric.yaml")
SCORER = Scorer(RUBRIC)
CRITERIA = [node for node in RUBRIC.walk() if isinstance(node, Criterion)]
DIMENSIONS = [dimension.id for dimension in RUBRIC.dimensions]
BESIDE_DATA = [dimension for dimension in DIMENSIONS if dimension != "data"]
LOAD_BEARING = {
    2: {"data.sources": 2, "tech.capability": 2, "omnichannel.journeys": 2, "handoff.human_access": 2},
    3: {
        "data.identity": 3,
        "data.capture": 3,
        "tech.safety": 3,
        "omnichannel.record": 3,
        "handoff.context": 3,
        "handoff.triggers": 3,
    },
    4: {
        "data.consent": 4,
        "data.freshness": 4,
        "tech.quality": 4,
        "handoff.context": 4,
        "personalization.prediction": 4,
    },
    5: {
        "tech.safety": 5,
        "omnichannel.orchestration": 5,
        "handoff.human_access": 5,
        "handoff.outcome": 4,
        "handoff.workforce": 4,
        "personalization.proactive": 4,
    },
}
"""What each overall stage asks of single criteria: the stage that each of them needs."""
CARRIERS = {
    "data": ["data.sources", "data.identity", "data.capture", "data.consent"],
    "tech": ["tech.knowledge", "tech.safety", "tech.governance"],
    "omnichannel": ["omnichannel.journeys", "omnichannel.record"],
    "handoff": ["handoff.human_access", "handoff.context", "handoff.triggers"],
    "personalization": ["personalization.permission"],
}
"""The criteria above which their dimension stands one stage at most."""
COUNTERS = {
    "data.identity": "duplicate_records",
    "tech.resolution": "containment_gap",
    "tech.copilot": "wrong_suggestions",
    "tech.quality": "reviewer_agreement",
    "omnichannel.continuity": "repeated_information",
    "omnichannel.resolution": "repeat_contacts",
    "handoff.context": "repeated_information",
    "handoff.wait": "handovers_answered",
    "handoff.outcome": "second_transfers",
    "personalization.proactive": "unwanted_contacts",
}


def value_at(question: Criterion | Fact, stage: int) -> Any:
    """Return the least value that shows a stage: an option, a list of items, or a number on the cut."""
    name = RUBRIC.stages[stage - 1].id
    match min(question.scales, key=lambda scale: scale.type):
        case ChoiceScale(options=options):
            return next(option.id for option in options if option.stage == name)
        case ChecklistScale(items=items):
            return [item.id for item in items if RUBRIC.stage_numbers[str(item.stage)] <= stage]
        case MetricScale(bands=bands, direction=direction, minimum=least, maximum=most):
            assert bands is not None
            beyond = max(bands.values()) * 2 if most is None else most
            return bands.get(name, beyond if direction == "lower" else least)
    return stage > 1


def team(everything: int, evidence: str = "measured", **dimensions: int) -> dict[str, Answer]:
    """Return the answers of a team that stands at one stage, or at another one in some dimensions."""
    stages = {
        question.id: dimensions.get(question.id.split(".")[0], everything) for question in (*CRITERIA, *RUBRIC.facts)
    }
    return {
        question.id: Answer(value=value_at(question, stages[question.id]), evidence=evidence)
        for question in (*CRITERIA, *RUBRIC.facts)
    }


def at(stage: int, *ids: str) -> dict[str, Answer]:
    """Return measured answers at a stage to some of the questions."""
    return {id_: answer for id_, answer in team(stage).items() if id_ in ids}


def profile(answers: Mapping[str, Any]) -> dict[str, int | None]:
    card = SCORER.score(answers)
    return {id_: None if card[id_].stage is None else card[id_].stage.number for id_ in DIMENSIONS}


def overall(answers: Mapping[str, Any]) -> int | None:
    stage = SCORER.score(answers).stage
    return None if stage is None else stage.number


def raised(answers: Mapping[str, Any]) -> set[str]:
    return {flag.id for flag in SCORER.score(answers).flags if flag.state == "raised"}


def without(answers: dict[str, Answer], *ids: str) -> dict[str, Answer]:
    return {id_: answer for id_, answer in answers.items() if id_ not in ids}


@pytest.mark.parametrize("stage", range(1, 6))
def test_a_team_that_stands_at_one_stage_everywhere_stands_there_overall(stage: int) -> None:
    answers = team(stage)
    assert profile(answers) == dict.fromkeys(DIMENSIONS, stage)
    assert overall(answers) == stage


@pytest.mark.parametrize("stage", range(2, 6))
def test_a_sound_team_raises_no_flag(stage: int) -> None:
    assert raised(team(stage)) == set()


@pytest.mark.parametrize(("data", "others"), [(1, 2), (2, 3), (3, 3), (4, 4), (5, 5)])
def test_no_dimension_runs_ahead_of_data(data: int, others: int) -> None:
    assert profile(team(5, data=data)) == {"data": data, **dict.fromkeys(BESIDE_DATA, others)}


def test_foundational_data_holds_the_others_at_responsive() -> None:
    answers = team(5, data=1) | at(2, "data.sources", "data.identity", "data.capture")
    assert profile(answers) == {"data": 1, **dict.fromkeys(BESIDE_DATA, 2)}


def test_ambition_without_data_stays_responsive() -> None:
    answers = team(4, data=2)
    assert profile(answers) == {"data": 2, **dict.fromkeys(BESIDE_DATA, 3)}
    assert overall(answers) == 2


@pytest.mark.parametrize(
    ("stage", "criterion"), [(stage, id_) for stage, named in LOAD_BEARING.items() for id_ in named]
)
def test_a_stage_is_lost_with_any_of_its_load_bearing_criteria(stage: int, criterion: str) -> None:
    needed = LOAD_BEARING[stage][criterion]
    assert overall(team(stage) | at(needed - 1, criterion)) == stage - 1


@pytest.mark.parametrize("stage", [2, 3])
def test_load_bearing_criteria_alone_do_not_carry_a_stage(stage: int) -> None:
    assert overall(team(stage - 1) | at(stage, *LOAD_BEARING[stage], "ai_disclosed")) == stage - 1


def test_predictive_needs_predictive_data() -> None:
    answers = team(4) | at(3, "data.sources", "data.identity", "data.capture")
    assert profile(answers) == dict.fromkeys(DIMENSIONS, 3)
    assert overall(answers) == 3


@pytest.mark.parametrize(
    ("stage", "dimension"),
    [
        *((4, dimension) for dimension in BESIDE_DATA),
        # Handoff is left out: what Proactive asks of its criteria already makes it Predictive.
        *((5, dimension) for dimension in BESIDE_DATA if dimension != "handoff"),
    ],
)
def test_predictive_and_proactive_need_a_foundation_in_every_dimension(stage: int, dimension: str) -> None:
    named = {id_ for lower in range(2, stage + 1) for id_ in LOAD_BEARING[lower]}
    weak = [c.id for c in CRITERIA if c.id.startswith(dimension) and c.id not in named]
    kept = {} if dimension != "omnichannel" or stage == 4 else at(3, "omnichannel.continuity")
    answers = team(stage) | at(stage - 2, *weak) | kept
    assert profile(answers)[dimension] == stage - 2
    assert overall(answers) == stage - 1


@pytest.mark.parametrize("weak", ["omnichannel", "personalization"])
def test_an_uneven_profile_is_normal(weak: str) -> None:
    """One dimension below costs nothing in the lower stages, where no gate asks for one of its criteria."""
    answers = team(3, **{weak: 2})
    assert profile(answers)[weak] == 2
    assert overall(answers | {"omnichannel.record": team(3)["omnichannel.record"]}) == 3


def test_one_brilliant_dimension_lifts_nothing_else() -> None:
    assert overall(team(2, tech=5, personalization=5)) == 2


class TestPeopleAtTheCentre:
    def test_no_way_to_a_person_keeps_everything_foundational(self) -> None:
        answers = team(3) | {"handoff.human_access": Answer(value=["offered", "silent", "wait"], evidence="measured")}
        assert raised(answers) == {"no_way_to_a_person"}
        assert overall(answers) == 1
        assert profile(answers) == {"data": 3, "tech": 3, "omnichannel": 3, "handoff": 1, "personalization": 3}

    def test_not_knowing_the_way_to_a_person_counts_as_having_none(self) -> None:
        answers = without(team(5), "handoff.human_access")
        assert raised(answers) == {"no_way_to_a_person"}
        assert overall(answers) == 1

    @pytest.mark.parametrize("missing", [False, True])
    def test_undisclosed_ai_keeps_everything_foundational(self, missing: bool) -> None:  # noqa: FBT001
        answers = without(team(5), "ai_disclosed") | ({} if missing else {"ai_disclosed": Answer(value=False)})
        assert raised(answers) == {"undisclosed_ai"}
        assert profile(answers)["handoff"] == 2
        assert overall(answers) == 1

    @pytest.mark.parametrize(
        ("flag", "fact", "number", "dimension"),
        [
            ("requests_not_met", "human_requests_met", 0.79, "handoff"),
            ("hollow_containment", "containment_gap", 0.31, "tech"),
        ],
    )
    def test_turning_customers_away_is_worth_responsive_at_most(
        self, flag: str, fact: str, number: float, dimension: str
    ) -> None:
        answers = team(5) | {fact: Answer(value=number)}
        assert raised(answers) == {flag}
        assert profile(answers)[dimension] == 2
        assert overall(answers) == 2

    def test_unowned_ai_is_worth_responsive_at_most(self) -> None:
        answers = team(5) | {"tech.governance": Answer(value=["register", "training"], evidence="measured")}
        assert raised(answers) == {"unowned_ai"}
        assert profile(answers)["tech"] == 2
        assert overall(answers) == 2


@pytest.mark.parametrize("flag", RUBRIC.flags, ids=lambda flag: flag.id)
class TestFlags:
    def worst(self, flag: Flag, stage: int) -> dict[str, Answer]:
        assert isinstance(flag.raised_when, CriterionRequirement)
        return team(stage) | at(1, flag.raised_when.criterion)

    def test_the_worst_answer_raises_it_alone(self, flag: Flag) -> None:
        assert raised(self.worst(flag, 5)) == {flag.id}

    def test_it_holds_down_what_it_concerns(self, flag: Flag) -> None:
        held = {name: RUBRIC.stage_numbers[str(stage)] for name, stage in flag.caps.items()}
        answers = self.worst(flag, 5)
        reached = profile(answers) | {"overall": overall(answers)}
        assert {name: reached[name] for name in held} == held

    def test_none_of_weight_lets_a_team_be_predictive(self, flag: Flag) -> None:
        stage = overall(self.worst(flag, 4))
        assert stage is not None
        assert stage < 4 or flag.severity == "warn"


@pytest.mark.parametrize(("dimension", "criterion"), [(d, c) for d, carriers in CARRIERS.items() for c in carriers])
def test_no_dimension_stands_far_above_what_carries_it(dimension: str, criterion: str) -> None:
    assert profile(team(5) | at(2, criterion))[dimension] == 3


class TestEvidence:
    @pytest.mark.parametrize(("evidence", "stage"), [("attested", 3), ("documented", 3), ("measured", 4)])
    def test_predictive_needs_measurement(self, evidence: str, stage: int) -> None:
        assert overall(team(4, evidence)) == stage

    @pytest.mark.parametrize("dimension", DIMENSIONS)
    def test_what_is_only_said_supports_intelligent(self, dimension: str) -> None:
        assert profile(team(5, "attested"))[dimension] == 3

    def test_measurements_that_are_missing_do_not_block(self) -> None:
        measured = [fact.id for fact in RUBRIC.facts if fact.id != "ai_disclosed"]
        answers = without(team(3), *measured)
        assert raised(answers) == set()
        assert overall(answers) == 3

    def test_proactive_needs_more_of_it(self) -> None:
        measured = {"tech.safety", "omnichannel.orchestration", "handoff.human_access"}
        documented = [
            criterion.id
            for criterion in CRITERIA
            if criterion.id not in measured and not criterion.id.startswith(("data", "personalization"))
        ]
        answers = team(5) | {id_: answer for id_, answer in team(5, "documented").items() if id_ in documented}
        assert profile(answers) == {"data": 5, "tech": 4, "omnichannel": 4, "handoff": 4, "personalization": 5}
        assert overall(answers) == 4

    @pytest.mark.parametrize(("criterion", "counter"), COUNTERS.items())
    def test_claims_above_intelligent_need_their_counter_metric(self, criterion: str, counter: str) -> None:
        row = SCORER.score(without(team(5), counter))[criterion]
        assert (row.claimed, row.score) == (5, 3)

    @pytest.mark.parametrize(("criterion", "counter"), COUNTERS.items())
    def test_a_claim_stands_one_stage_above_its_counter_metric_at_most(self, criterion: str, counter: str) -> None:
        row = SCORER.score(team(5) | at(3, counter))[criterion]
        assert (row.claimed, row.score) == (5, 4)


class TestQuickForm:
    def quick(self, stage: int) -> dict[str, Answer]:
        asked = [question.id for question in (*CRITERIA, *RUBRIC.facts) if question.quick]
        return at(stage, *asked)

    def test_it_asks_for_what_carries_the_first_stages(self) -> None:
        asked = {criterion.id for criterion in CRITERIA if criterion.quick}
        assert 10 <= len(asked) <= 12
        assert asked >= LOAD_BEARING[2].keys() | LOAD_BEARING[3].keys()
        assert {id_.split(".")[0] for id_ in asked} == set(DIMENSIONS)

    @pytest.mark.parametrize("stage", [2, 3])
    def test_it_says_where_a_team_does_not_stand_yet(self, stage: int) -> None:
        card = SCORER.score(self.quick(stage))
        assert (card.stage, card.stage_low.number, card.stage_high.number) == (None, 1, stage)
        assert raised(self.quick(stage)) == set()

    @pytest.mark.parametrize("stage", range(2, 6))
    def test_the_whole_form_ends_inside_its_range(self, stage: int) -> None:
        card = SCORER.score(self.quick(stage))
        for rest in range(1, 6):
            reached = overall(team(rest) | self.quick(stage))
            assert reached is not None
            assert card.stage_low.number <= reached <= card.stage_high.number


class TestUnknowns:
    def test_half_the_answers_give_a_range_and_no_stage(self) -> None:
        half = [criterion.id for criterion in CRITERIA[::2]]
        card = SCORER.score(without(team(3), *half))
        assert card.stage is None
        assert card.stage_high.number - card.stage_low.number >= 2

    def test_no_answers_give_no_stage(self) -> None:
        assert overall({}) is None
        assert set(profile({}).values()) == {None}


class TestOneChannel:
    def test_criteria_about_several_channels_may_not_apply(self) -> None:
        one_channel = {"not_applicable": "Customers have one channel."}
        answers = team(3) | {"omnichannel.record": one_channel, "omnichannel.continuity": one_channel}
        assert profile(answers) == dict.fromkeys(DIMENSIONS, 3)
        assert overall(answers) == 3


class TestExample:
    def card(self) -> Any:
        return SCORER.score(read_assessment(FOLDER / "example.yaml"))

    def test_its_profile_is_uneven(self) -> None:
        card = self.card()
        stages = {id_: card[id_].stage.id for id_ in DIMENSIONS}
        assert stages == {
            "data": "responsive",
            "tech": "intelligent",
            "omnichannel": "intelligent",
            "handoff": "responsive",
            "personalization": "foundational",
        }
        assert card.stage.id == "responsive"

    def test_its_unknowns_leave_a_range(self) -> None:
        card = self.card()
        assert card["personalization"].coverage < 1
        assert card["personalization"].low < card["personalization"].score < card["personalization"].high

    def test_its_counter_metric_holds_resolution_down(self) -> None:
        resolution = self.card()["tech.resolution"]
        assert resolution.score < resolution.claimed
