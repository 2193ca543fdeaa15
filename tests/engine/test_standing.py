"""Where everything stands, as advice wants to know it."""

from fractions import Fraction

from advised_rubrics import SETTLED, advised

from humanai_maturity.advice.situation import Standing
from humanai_maturity.engine import Scorer
from humanai_maturity.engine.evaluation import Evaluation
from humanai_maturity.engine.findings import Findings
from humanai_maturity.engine.standing import outcome_of, situation_of


def findings(**answers: object) -> Findings:
    source = Scorer(advised()).score({**SETTLED, **answers})._source  # noqa: SLF001 - that is what the test is about
    assert isinstance(source, Findings)
    return source


def outcome(evaluation: Evaluation) -> tuple[dict[str, Standing], frozenset[str]]:
    found = outcome_of(evaluation)
    return dict(found.standings), found.raised


def test_the_outcome_is_that_of_the_rows() -> None:
    found = findings(owned="no", heard={"unknown": "pending"})
    standings, raised = outcome(found.evaluation)
    assert raised == {flag.id for flag in found.flags if flag.state == "raised"} == {"nobody"}
    assert [*standings] == ["overall", "data", "people"]
    for row in found.nodes:
        assert standings[row.id] == Standing(
            score=row.exact.score,
            stage=row.stage.number if row.stage else None,
            stage_low=row.stage_low.number if row.stage_low else None,
        )


def test_caps_say_who_waits_for_whom() -> None:
    found = findings(heard=True)
    situation = situation_of((*found.criteria, *found.facts), found.nodes, found.outcome, found.blockers)
    assert situation.constraints == {"data": ("people",)}
    assert situation.asked == {"data", "people"}
    fresh = situation.places["fresh"]
    assert (fresh.claimed, fresh.supported, fresh.scale) == (Fraction(9, 4), 2, "metric")
