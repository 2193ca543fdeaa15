"""A scorecard is a value: it comes back from JSON and from a pickle, and it cannot be changed."""

import copy
import json
import pickle
from dataclasses import FrozenInstanceError, fields
from pathlib import Path
from typing import Any

import pytest
import strategies as drawn
from cards import scored
from hypothesis import given
from pydantic import BaseModel, TypeAdapter, ValidationError
from strategies import Given

import humanai_maturity as hm

GOLDEN = Path(__file__).parents[1] / "golden"


class Report(BaseModel):
    title: str
    card: hm.Scorecard


@pytest.fixture(scope="module")
def card() -> hm.Scorecard:
    return hm.score(GOLDEN, hm.load_assessment(GOLDEN / "team.yaml"))


@given(drawn.cases())
def test_a_scorecard_comes_back_from_its_json_and_from_a_pickle(case: tuple[hm.Rubric, Given]) -> None:
    card = scored(*case)
    text = card.model_dump_json()
    again = hm.Scorecard.model_validate_json(text)
    assert again == card
    assert hash(again) == hash(card)
    assert again.model_dump_json() == text
    assert pickle.loads(pickle.dumps(card)) == card  # noqa: S301 - its own pickle


@given(drawn.cases())
def test_json_holds_finite_numbers_and_exact_texts(case: tuple[hm.Rubric, Given]) -> None:
    def refuse(name: str) -> None:
        pytest.fail(f"{name} in a result")

    dumped = json.loads(scored(*case).model_dump_json(), parse_constant=refuse)
    for row in (*dumped["nodes"], *dumped["criteria"], *dumped["facts"]):
        for value in row["exact"].values():
            assert value is None or isinstance(value, str)


def test_plain_data_is_what_the_json_says(card: hm.Scorecard) -> None:
    assert card.model_dump() == json.loads(card.model_dump_json())
    assert card.model_dump_json(indent=2).startswith('{\n  "rubric"')


def test_pydantic_models_take_scorecards_as_fields(card: hm.Scorecard) -> None:
    report = Report(title="North", card=card)
    assert report.card is card
    assert Report.model_validate_json(report.model_dump_json()) == report
    assert Report.model_validate({"title": "North", "card": card.data}).card == card
    schema = TypeAdapter(hm.Scorecard).json_schema()
    assert set(schema["properties"]) == {field.name for field in fields(hm.ScorecardData)}


def test_what_is_no_scorecard_is_refused() -> None:
    with pytest.raises(ValidationError):
        hm.Scorecard.model_validate_json("{}")
    with pytest.raises(ValidationError):
        Report.model_validate({"title": "North", "card": {"nodes": []}})


@pytest.mark.parametrize("number", ["1/0", "0.5", "", "NaN", "1/2/3"])
def test_exact_numbers_are_whole_or_ratios(card: hm.Scorecard, number: str) -> None:
    dumped = card.model_dump()
    dumped["nodes"][0]["exact"]["score"] = number
    with pytest.raises(ValidationError):
        hm.Scorecard.model_validate_json(json.dumps(dumped))


def test_rows_are_found_by_id(card: hm.Scorecard) -> None:
    assert card["overall"] is card.overall is card.nodes[0]
    assert card["care"] in card.dimensions
    assert card["hear"] in card.criteria
    assert card["complaints"] in card.facts


def test_a_near_miss_is_suggested(card: hm.Scorecard) -> None:
    with pytest.raises(KeyError, match="did you mean 'follow'"):
        card["folow"]
    with pytest.raises(KeyError, match="no 'zzz'"):
        card["zzz"]
    with pytest.raises(KeyError, match="did you mean 'follow'"):
        card.explain("folow")


def test_it_cannot_be_changed(card: hm.Scorecard) -> None:
    assignments: list[tuple[Any, str]] = [
        (card, "stage"),
        (card.overall, "score"),
        (card.overall.exact, "score"),
        (card.data, "nodes"),
        (card.stages[0], "number"),
    ]
    for value, name in assignments:
        with pytest.raises((AttributeError, FrozenInstanceError)):
            setattr(value, name, None)
    assert isinstance(card.nodes, tuple)


def test_equal_by_content(card: hm.Scorecard) -> None:
    same = hm.score(GOLDEN, hm.load_assessment(GOLDEN / "team.yaml"))
    assert same == card
    assert hash(same) == hash(card)
    assert copy.deepcopy(card) == card
    assert hm.score(GOLDEN, {}) != card
    assert card != card.data


def test_the_outcome_in_one_line(card: hm.Scorecard) -> None:
    assert repr(card) == "<Scorecard of team 1.2.0: stage grow, from grow to grow>"
    assert repr(hm.score(GOLDEN, {})) == "<Scorecard of team 1.2.0: stage None, from start to lead>"


def test_everything_has_a_short_way(card: hm.Scorecard) -> None:
    for field in fields(hm.ScorecardData):
        if field.name not in {"not_applicable_may_lift", "next_steps", "team"}:
            assert getattr(card, field.name) == getattr(card.data, field.name)
    assert (card.next_steps(), card.team()) == (card.data.next_steps, card.data.team)
    assert (card.stage, card.stage_low, card.stage_high) == (
        card.overall.stage,
        card.overall.stage_low,
        card.overall.stage_high,
    )
    assert card.score == card.overall.score
    assert [row.id for row in card.dimensions] == ["care", "reach", "money"]


def test_stages_compare_by_their_number(card: hm.Scorecard) -> None:
    assert max(card.stages).id == "lead"
    assert card.stage_low is not None
    assert card.stage_low <= card.stages[-1]
