"""Scorecards of the engine as rows of the reference, so that the two can be compared and obey one set of laws."""

from typing import Any

from reference import Reference, Row
from strategies import AGGREGATORS, DAY, MEASURES, Given

from humanai_maturity.engine import Scorecard, Scorer
from humanai_maturity.model.assessment import Assessment
from humanai_maturity.model.rubric import Rubric


def scored(rubric: Rubric, answers: Given) -> Scorecard:
    """Score answers with the measures and aggregators of drawn rubrics."""
    return Scorer(rubric, measures=MEASURES, aggregators=AGGREGATORS).score(answers)


def scored_on_the_day(rubric: Rubric, answers: Given) -> Scorecard:
    """Score an assessment that was made on the day from which the ages of drawn answers are counted."""
    assessment = Assessment.model_validate({"rubric": {"id": rubric.id}, "date": DAY, "answers": answers})
    return Scorer(rubric, measures=MEASURES, aggregators=AGGREGATORS).score(assessment)


def view(rubric: Rubric, answers: Given) -> Reference:
    """Return the engine's results as the reference's rows."""
    return rows(scored(rubric, answers))


def rows(card: Scorecard) -> Reference:
    """Return all rows and flags of a scorecard."""
    results: list[Any] = [*card.nodes, *card.criteria, *card.facts]
    found = Reference({result.id: _row(result) for result in results})
    found.flags = {flag.id: (flag.state, flag.certain) for flag in card.flags}
    return found


def _row(result: Any) -> Row:
    exact = result.exact
    return Row(
        id=result.id,
        state=result.state,
        claimed=exact.claimed,
        score=exact.score,
        used=exact.used,
        low=exact.low,
        high=exact.high,
        minimum=exact.minimum,
        maximum=exact.maximum,
        coverage=exact.coverage,
        not_applicable_share=exact.not_applicable,
        stage_raw=_number(getattr(result, "stage_raw", None)),
        stage=_number(result.stage),
        stage_low=_number(result.stage_low),
        stage_high=_number(result.stage_high),
    )


def _number(stage: Any) -> int | None:
    return None if stage is None else int(stage.number)
