"""What to do next: which step is offered for each criterion, in which order, and what it would change."""

from typing import Any

import pytest
from advised_rubrics import SETTLED, advised
from cards import scored
from hypothesis import given
from strategies import Given, cases

from humanai_maturity.advice.advised import AdvisedStep
from humanai_maturity.engine import Scorecard, Scorer
from humanai_maturity.model.assessment import Answer
from humanai_maturity.model.guidance import NextStep
from humanai_maturity.model.ranges import question_range
from humanai_maturity.model.rubric import Criterion, Dimension, Rubric
from humanai_maturity.model.rules import Gates

SCORER = Scorer(advised())


def card(**answers: Any) -> Scorecard:
    return SCORER.score({**SETTLED, **answers})


def steps(**answers: Any) -> list[AdvisedStep]:
    return list(card(**answers).next_steps(10))


def step(criterion: str, **answers: Any) -> AdvisedStep:
    return next(each for each in steps(**answers) if each.criterion == criterion)


def told(found: list[AdvisedStep]) -> list[tuple[str, str]]:
    return [(each.criterion, each.why) for each in found]


def test_only_the_next_stage_is_offered() -> None:
    assert (step("owned", owned="no").to, step("owned", owned="no").do) == ("mid", "Name an owner")
    assert (step("owned").to, step("owned").do) == ("top", "Name the others")
    assert "owned" not in [each.criterion for each in steps(owned={"value": "all", "evidence": "seen"})]


def test_a_step_says_what_the_rubric_says_of_it() -> None:
    found = step("owned")
    assert (found.kind, found.effort, found.impact, found.look_at) == (
        "step",
        "large",
        "medium",
        ("The list of owners",),
    )
    assert found.owner is not None
    assert found.owner.title == "Keeper"
    assert found.evidence == "seen", "the weakest grade that supports the top stage"


def test_what_clears_a_flag_that_blocks_comes_first() -> None:
    found = steps(told=False, owned="no")
    assert told(found)[:2] == [("owned", "flag"), ("told", "flag")]
    assert (found[0].by, found[0].clears) == (("nobody",), ("nobody",))
    assert (found[1].kind, found[1].do, found[1].clears) == ("remedy", "Tell them", ("silent",))


def test_a_flag_that_only_warns_is_no_reason() -> None:
    assert step("fresh", fresh={"value": 0.4, "sample": 50}, trained=[]).why == "constraint"


def test_an_unknown_answer_that_keeps_a_flag_raised_is_to_be_found_out() -> None:
    found = step("told", told={"unknown": "dont-know"})
    assert (found.kind, found.do, found.effects) == ("answer", "Find out: Are they told?", ())


def gated(mid: str, top: str) -> Scorer:
    """Return a scorer of a rubric whose stages need two criteria."""
    gates = {"mid": {"criterion": mid, "at_least": "mid"}, "top": {"criterion": top, "at_least": "top"}}
    return Scorer(advised().model_copy(update={"stage": Gates(gates=gates)}))


def test_what_others_need_comes_before_the_rest() -> None:
    heard = {"value": True, "evidence": "seen"}
    answers = {**SETTLED, "fresh": {"value": 0.4, "sample": 50}, "complaints": 0.15, "heard": heard}
    found = gated("owned", "heard").score(answers).next_steps()
    assert {(each.criterion, each.why, each.by) for each in found[:2]} == {
        ("complaints", "counter", ("heard",)),
        ("fresh", "prerequisite", ("trained",)),
    }


def test_what_leads_beyond_the_next_stage_of_the_whole_comes_last() -> None:
    found = [each for each in steps(trained=["a"]) if each.why == "constraint"]
    assert [(each.criterion, each.to) for each in found] == [("trained", "mid"), ("heard", "top")]
    assert card(trained=["a"]).stage_low == card().stages[0], "so Mid comes next, though Listening has a larger gap"


def test_what_stands_before_the_next_stage_of_the_whole_comes_first() -> None:
    owned = {"value": "all", "evidence": "seen"}
    answers = {**SETTLED, "owned": owned, "fresh": {"value": 1, "sample": 50, "evidence": "seen"}}
    assert told(list(gated("owned", "trained").score(answers).next_steps(2)))[0] == ("trained", "gap")
    assert told(list(gated("owned", "heard").score(answers).next_steps(2)))[0] == ("heard", "gap")


def test_where_a_gate_asks_for_better_evidence_it_is_to_be_shown() -> None:
    top = {"all": [{"criterion": "owned", "at_least": "mid"}, {"evidence": "seen", "share": 1}]}
    gates = {"mid": {"criterion": "owned", "at_least": "mid"}, "top": top}
    scorer = Scorer(advised().model_copy(update={"stage": Gates(gates=gates)}))
    done = {"owned": {"value": "all", "evidence": "seen"}, "fresh": {"value": 1, "sample": 50, "evidence": "seen"}}
    answers = {**SETTLED, **done, "trained": {"value": ["a", "b", "c", "d"], "evidence": "seen"}, "heard": True}
    (found,) = [each for each in scorer.score(answers).next_steps() if each.kind == "evidence"]
    assert (found.criterion, found.evidence) == ("heard", "seen")


def test_what_waits_for_a_prerequisite_has_no_step_of_its_own() -> None:
    found = steps(fresh={"value": 0.4, "sample": 50}, trained={"value": ["a", "b", "c", "d"], "evidence": "seen"})
    assert "trained" not in [each.criterion for each in found]


def test_what_holds_others_back_comes_before_what_is_held_back() -> None:
    found = steps(trained={"value": ["a", "b", "c", "d"], "evidence": "seen"}, heard=True)
    assert [each.why for each in found] == ["constraint", "constraint", "gap"]
    assert {each.criterion for each in found[:2]} == {"owned", "fresh"}
    assert found[0].by == ("people",)


def test_a_claim_beyond_its_evidence_is_to_be_shown_before_the_next_step() -> None:
    found = step("owned", owned="all")
    assert (found.kind, found.to, found.evidence) == ("evidence", "top", "seen")


def test_gaps_rank_by_gap_weight_impact_and_effort() -> None:
    found = steps(owned={"value": "all", "evidence": "seen"}, fresh={"value": 1, "sample": 50, "evidence": "seen"})
    assert told(found) == [("trained", "constraint"), ("heard", "constraint")], (
        "1 x 2 / 1 goes before 2 x 2 / 2 by the rubric's order"
    )
    found = steps(
        owned={"value": "all", "evidence": "seen"},
        fresh={"value": 1, "sample": 50, "evidence": "seen"},
        trained={"value": ["a", "b", "c"], "evidence": "seen"},
    )
    assert told(found) == [("heard", "constraint"), ("trained", "constraint")]


def test_what_does_not_apply_is_not_advised() -> None:
    rubric = advised()
    data = rubric.dimensions[0].model_copy(update={"allow_not_applicable": True})
    found = Scorer(rubric.model_copy(update={"dimensions": (data, rubric.dimensions[1])})).score(
        {
            **{key: value for key, value in SETTLED.items() if key not in {"owned", "fresh"}},
            "data": {"not_applicable": "no"},
        }
    )
    assert {each.criterion for each in found.next_steps(10)} <= {"trained", "heard"}


def test_an_effect_is_what_the_changed_answer_scores() -> None:
    found = step("trained", trained=["a", "c"])
    then = card(trained={"value": ["a", "b", "c"], "evidence": "said"})
    whole = found.effects[-1]
    assert [effect.node for effect in found.effects] == ["people", "overall"]
    assert (whole.score_then, whole.stage_then) == (then.overall.exact.score, then.stage and then.stage.id)
    assert whole.score == card(trained=["a", "c"]).overall.exact.score
    assert found.effects[0].score_then == then["people"].exact.score, "what holds beyond its foundation is kept"


def test_a_metric_is_tried_at_its_cut_with_the_smallest_sample() -> None:
    then = card(fresh=Answer(value="9/10", sample=20, evidence="seen"))
    assert step("fresh").effects[0].score_then == then["data"].exact.score


def test_steps_survive_json() -> None:
    before = card(told=False, owned="no")
    after = Scorecard.model_validate_json(before.model_dump_json())
    assert after == before
    assert after.next_steps(3) == before.next_steps(3)
    assert len(after.next_steps(3)) == 3
    assert after.team() == before.team()


def test_a_rubric_without_next_steps_advises_nothing() -> None:
    plain = advised()
    plain = plain.model_copy(
        update={"dimensions": tuple(map(without_steps, plain.dimensions)), "facts": plain.facts[:1]}
    )
    bare = plain.dimensions[1].criteria[1].model_copy(update={"counter": None})
    people = plain.dimensions[1].model_copy(update={"criteria": (plain.dimensions[1].criteria[0], bare)})
    scorer = Scorer(plain.model_copy(update={"dimensions": (plain.dimensions[0], people)}))
    assert scorer.score({"told": False}).next_steps() == ()


def without_steps(dimension: Dimension) -> Dimension:
    criteria = tuple(each.model_copy(update={"next_steps": ()}) for each in dimension.criteria)
    return dimension.model_copy(update={"criteria": criteria})


def with_steps(node: Dimension, rubric: Rubric) -> Dimension:
    """Return a drawn dimension whose criteria have a step to their top stage."""

    def stepped(criterion: Criterion) -> Criterion:
        span = question_range(criterion, rubric)
        top = int(span.high)
        steps = (NextStep(to=top, do="Go"),) if span.on_stages and top > 1 and criterion.scale.type != "custom" else ()
        return criterion.model_copy(update={"next_steps": steps})

    return node.model_copy(
        update={
            "criteria": tuple(map(stepped, node.criteria)),
            "dimensions": tuple(with_steps(each, rubric) for each in node.dimensions),
        }
    )


@given(cases())
def test_a_step_never_makes_anything_worse(case: tuple[Rubric, Given]) -> None:
    """A better answer never lowers any point; and the same advice comes back from JSON, in the same order."""
    rubric, answers = case
    rubric = rubric.model_copy(update={"dimensions": tuple(with_steps(each, rubric) for each in rubric.dimensions)})
    found = scored(rubric, answers)
    for each in found.next_steps(10):
        for effect in each.effects:
            assert effect.score is None or effect.score_then is None or effect.score_then >= effect.score
    assert Scorecard.model_validate_json(found.model_dump_json()).next_steps(10) == found.next_steps(10)


@pytest.mark.parametrize("limit", [0, 1, 3])
def test_no_more_steps_than_asked_for(limit: int) -> None:
    assert len(card(told=False, owned="no").next_steps(limit)) == limit
