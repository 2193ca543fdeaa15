"""Exact numbers of a result are fractions, or texts of whole numbers and ratios; nothing else."""

from fractions import Fraction
from typing import Any

import pytest
from engine_rubrics import one, scored, staged
from pydantic import TypeAdapter, ValidationError

from humanai_maturity.engine import Scorecard
from humanai_maturity.engine.result import Exact

EXACT = TypeAdapter(Exact)


@pytest.mark.parametrize("given", [Fraction(-7, 2), "-7/2"])
def test_an_exact_number_is_read_and_written(given: Any) -> None:
    assert EXACT.validate_python({"score": given}) == Exact(score=Fraction(-7, 2))
    assert EXACT.dump_python(Exact(score=Fraction(-7, 2)), mode="json")["score"] == "-7/2"


@pytest.mark.parametrize("given", [0.25, 1, True, "0.5", "1/0", "1/2 ", "\u0661", "", "inf"])
def test_what_is_no_exact_number(given: Any) -> None:
    with pytest.raises(ValidationError, match="expected an exact number such as '7/20'"):
        EXACT.validate_python({"score": given})


def test_a_scorecard_comes_back_from_plain_data() -> None:
    card = scored(one(staged("a")), {"a": "2"})
    assert Scorecard.model_validate(card.model_dump()) == card
    assert "a" in card
    assert "b" not in card


def test_the_whole_of_a_result_that_was_kept() -> None:
    card = scored(one(staged("a", top=5), staged("b", top=5), stages=5), {"a": "2"})
    kept = Scorecard.model_validate(card.model_dump())
    for whole in (card, card.data, kept, kept.data):
        reached = [stage and stage.number for stage in (whole.stage_low, whole.stage, whole.stage_high)]
        assert (reached, whole.score) == ([1, 2, 3], 2.0)
