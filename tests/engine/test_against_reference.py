"""The engine agrees with the reference evaluator in every field of every row, and on every flag."""

from dataclasses import replace

import strategies as drawn
from cards import rows, scored, scored_on_the_day
from hypothesis import given
from reference import Reference, evaluate
from strategies import AGGREGATORS, DAY, MEASURES, Given

from humanai_maturity.engine import Scorecard
from humanai_maturity.model.rubric import Rubric


def shown(reference: Reference) -> Reference:
    """Return what of the reference's rows a scorecard shows, too."""
    found = Reference(
        {
            id_: replace(row, stage_raw_low=None, stage_raw_high=None, stage_internal=None)
            for id_, row in reference.items()
        }
    )
    found.flags = reference.flags
    return found


def agree(card: Scorecard, reference: Reference) -> None:
    engine, expected = rows(card), shown(reference)
    assert engine.keys() == expected.keys()
    for id_, row in expected.items():
        assert engine[id_] == row
    assert engine.flags == expected.flags


@given(drawn.cases())
def test_answers(case: tuple[Rubric, Given]) -> None:
    agree(scored(*case), evaluate(*case, measures=MEASURES, aggregators=AGGREGATORS))


@given(drawn.cases(dated=True))
def test_dated_assessments(case: tuple[Rubric, Given]) -> None:
    agree(scored_on_the_day(*case), evaluate(*case, date=DAY, measures=MEASURES, aggregators=AGGREGATORS))


@given(drawn.cases(spanning=True))
def test_spanning_rubrics(case: tuple[Rubric, Given]) -> None:
    agree(scored(*case), evaluate(*case, measures=MEASURES, aggregators=AGGREGATORS))
