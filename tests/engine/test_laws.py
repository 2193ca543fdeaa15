"""The laws of scoring, for the engine: each docstring quotes the sentence that it proves on drawn rubrics."""

from dataclasses import replace
from fractions import Fraction
from typing import Any

import laws
import strategies as drawn
from cards import rows, scored, scored_on_the_day, view
from hypothesis import assume, given
from hypothesis import strategies as st
from strategies import AGGREGATORS, DAY, MEASURES, Given

from humanai_maturity.documents.canonical import digest, dump_assessment, dump_rubric
from humanai_maturity.documents.read import check_rubric, parse_assessment, parse_rubric
from humanai_maturity.engine import Scorecard, Scorer, score
from humanai_maturity.errors import RubricInvalidError
from humanai_maturity.model.assessment import Answer, Assessment, NotApplicable
from humanai_maturity.model.ranges import finished
from humanai_maturity.model.rubric import OVERALL, Rubric

CASES = drawn.cases()


def valid(rubric: Rubric) -> Rubric:
    """Return a changed rubric that is still one."""
    try:
        check_rubric(rubric)
    except RubricInvalidError:
        assume(condition=False)
    return rubric


@given(CASES)
def test_bounds_enclose_the_point(case: tuple[Rubric, Given]) -> None:
    """Low <= point <= high, for scores and stages, everywhere; all inside the declared range."""
    laws.bounds_enclose(case[0], view(*case))


@given(drawn.rubrics(spanning=True))
def test_best_and_worst_answers_reach_the_ends(rubric: Rubric) -> None:
    """Best answers give the top stage and the maximum; worst answers the first stage and the minimum.

    Presupposes scales that span all stages, evidence that supports the top stage, and rules that let the best answers
    reach it: thresholds and cuts inside the range, and the worst value below the lowest of them.
    """
    laws.best_and_worst_reach_the_ends(view, rubric)


@given(CASES, st.data())
def test_better_answers_lower_nothing(case: tuple[Rubric, Given], data: st.DataObject) -> None:
    """A better answer or better evidence never lowers any point, low or high."""
    before, after = view(*case), view(case[0], data.draw(drawn.better_answers(*case)))
    laws.nothing_fell(before, after)
    laws.same_coverage(before, after)


@given(CASES, st.data())
def test_knowing_more_narrows(case: tuple[Rubric, Given], data: st.DataObject) -> None:
    """Answering an unknown never lowers low and never raises high (so it never widens), and never lowers coverage."""
    less, more = data.draw(drawn.settled(*case))
    before, after = view(case[0], less), view(case[0], more)
    laws.nothing_fell(before, after, points=False)
    laws.nothing_rose(before, after)


@given(CASES, st.data())
def test_unknowns_turn_out_inside_the_bounds(case: tuple[Rubric, Given], data: st.DataObject) -> None:
    """Replacing an unknown by any value, or by not applicable where allowed, stays inside the bounds.

    What does not apply may move a `sum`, and all that reads it, where one of its terms was never worth 0: see below.
    """
    rubric, answers = case
    less, more = data.draw(drawn.settled(rubric, answers, gone=not laws.shifts(rubric)))
    laws.stays_inside(view(rubric, less), view(rubric, more))


@given(CASES, st.data())
def test_a_sums_share_stays_inside_the_bounds(case: tuple[Rubric, Given], data: st.DataObject) -> None:
    """For `sum`: the share of its applicable range stays inside the bounds; rounding may move it by what it rounds."""
    rubric, answers = case
    less, more = data.draw(drawn.settled(rubric, answers, gone=True))
    laws.share_stays_inside(rubric, view(rubric, less), view(rubric, more))


@given(CASES, st.data())
def test_order_has_no_effect(case: tuple[Rubric, Given], data: st.DataObject) -> None:
    """Order of criteria, dimensions, options, keys: no effect."""
    rubric, answers = case
    laws.same(view(rubric, answers), view(data.draw(laws.shuffled(rubric)), dict(reversed(answers.items()))))


@given(CASES, st.sampled_from([Fraction(7, 3), Fraction(1, 10), Fraction(1000)]))
def test_only_proportions_of_weights_count(case: tuple[Rubric, Given], factor: Fraction) -> None:
    """All weights times k: no effect (but for `sum`)."""
    rubric, answers = case
    assume(not laws.has_sum(rubric))
    laws.same(view(rubric, answers), view(laws.reweighted(rubric, factor), answers))


@given(drawn.cases(spanning=True), st.data())
def test_what_does_not_apply_changes_nothing(case: tuple[Rubric, Given], data: st.DataObject) -> None:
    """Adding a not-applicable criterion changes nothing but its own row, while the guards of section 6 are not crossed.

    The guards are open here. Beside another one that does not apply and would lift a stage, the new one changes what
    the full set of criteria could support; so what does not apply may lift here, too.
    """
    rubric, answers = case
    dimension = data.draw(st.sampled_from(laws.answerable(rubric)))
    weight = data.draw(st.sampled_from([Fraction(1), Fraction(5)]))
    free = laws.unguarded(rubric.model_copy(update={"not_applicable_may_lift": True}))
    gone = {"extra": NotApplicable(not_applicable="We have none.")}
    after = view(valid(laws.with_one_more(free, dimension, weight)), {**answers, **gone})
    for id_, row in view(free, answers).items():
        assert replace(after[id_], not_applicable_share=None) == replace(row, not_applicable_share=None)


@given(drawn.cases(spanning=True), st.data())
def test_one_criterion_that_does_not_apply_changes_nothing(case: tuple[Rubric, Given], data: st.DataObject) -> None:
    """Adding a not-applicable criterion changes nothing but its own row: also where nothing may lift, if it is alone.

    Everything else applies, and something of its dimension is known: otherwise the new one, at its best, would bring
    a dimension of which nothing is known, and which a cap holds down, into the evaluation that nothing may exceed.
    """
    rubric, answers = case
    dimension = data.draw(st.sampled_from(laws.answerable(rubric)))
    all_apply: Given = {id_: answer for id_, answer in answers.items() if not isinstance(answer, NotApplicable)}
    known: Given = {**all_apply, dimension.criteria[0].id: drawn.best_answer(rubric, dimension.criteria[0])}
    rubric = laws.unguarded(rubric.model_copy(update={"not_applicable_may_lift": False}))
    gone = {"extra": NotApplicable(not_applicable="We have none.")}
    after = view(valid(laws.with_one_more(rubric, dimension, Fraction(2))), {**known, **gone})
    for id_, row in view(rubric, known).items():
        assert replace(after[id_], not_applicable_share=None) == replace(row, not_applicable_share=None)


@given(CASES, st.booleans())
def test_width_is_what_is_open(case: tuple[Rubric, Given], normalise: bool) -> None:  # noqa: FBT001
    """For weighted means where no limit or cap binds, high - low == (1 - coverage) x range."""
    rubric, answers = case
    normalise = normalise or not laws.all_staged(rubric)
    laws.width_is_what_is_open(view(laws.averaged(rubric, normalise=normalise), answers))


@given(CASES)
def test_limits_only_lower(case: tuple[Rubric, Given]) -> None:
    """Supported <= raw <= what claimed values alone would give; caps and flags only lower."""
    laws.limits_only_lower(view(*case), view(laws.unlimited(case[0]), case[1]))


@given(CASES, st.sampled_from(["left", "right"]))
def test_a_score_on_a_cut(case: tuple[Rubric, Given], closed: str) -> None:
    """A value exactly on a cut is treated as `closed` says, always."""
    rubric, answers = case
    before = view(rubric, answers)[OVERALL]
    assume(before.score is not None and rubric.missing != "void")
    assert before.score is not None
    row = view(laws.cut_at(rubric, before.score, closed), answers)[OVERALL]
    assert row.score == before.score
    assert row.stage_raw == (2 if closed == "left" else 1)


@given(CASES, st.data())
def test_splitting_a_dimension_changes_nothing(case: tuple[Rubric, Given], data: st.DataObject) -> None:
    """Splitting a dimension into sub-dimensions with product weights leaves a weighted mean unchanged.

    Where something is unknown, it leaves the bounds unchanged: what is left out gives its weight to its new siblings.
    """
    rubric, answers = laws.averaged(case[0], normalise=True), case[1]
    parted = data.draw(laws.split(rubric, data.draw(st.sampled_from(laws.answerable(rubric)))))
    full = drawn.best_answers(rubric) | {id_: a for id_, a in answers.items() if isinstance(a, Answer)}
    before = view(rubric, full)
    after = view(parted, full)
    for id_, row in before.items():
        assert (after[id_].low, after[id_].high) == (row.low, row.high)
    if before[OVERALL].coverage == 1:
        laws.same(before, after)


@given(CASES, st.data())
def test_one_by_one_or_together(case: tuple[Rubric, Given], data: st.DataObject) -> None:
    """One row of a table scores exactly as the same assessment alone.

    Tables are for a later release; until then: a scorer that has scored others gives the same as a new one, as
    `score`, and as an assessment, in any order of keys.
    """
    rubric, answers = case
    text = scored(rubric, answers).model_dump_json()
    scorer = Scorer(rubric, measures=MEASURES, aggregators=AGGREGATORS)
    scorer.score(data.draw(drawn.answers_for(rubric)))
    mixed = dict(data.draw(st.permutations([*answers.items()])))
    assessment = Assessment.model_validate({"rubric": {"id": rubric.id}, "answers": mixed})
    assert scorer.score(mixed).model_dump_json() == text
    assert scorer.score(assessment).model_dump_json() == text
    assert score(rubric, answers, measures=MEASURES, aggregators=AGGREGATORS).model_dump_json() == text


@given(CASES)
def test_results_come_back_from_json(case: tuple[Rubric, Given]) -> None:
    """Dump then load of a result gives an equal object."""
    card = scored(*case)
    text = card.model_dump_json()
    again = Scorecard.model_validate_json(text)
    assert again == card
    assert again.model_dump_json() == text
    assert rows(again) == rows(card)


@given(drawn.cases(dated=True))
def test_documents_come_back(case: tuple[Rubric, Given]) -> None:
    """Dump then load of rubric, assessment and result gives an equal object; the digest survives."""
    rubric, answers = case
    assessment = Assessment.model_validate({"rubric": {"id": rubric.id}, "date": DAY, "answers": answers})
    assert Rubric.model_validate_json(rubric.model_dump_json()) == rubric
    assert Assessment.model_validate_json(assessment.model_dump_json()) == assessment
    read, again = parse_rubric(dump_rubric(rubric)), parse_assessment(dump_assessment(assessment))
    assert read == rubric
    assert again == assessment
    assert digest(read) == digest(rubric)
    card = scored_on_the_day(rubric, answers)
    assert Scorer(read, measures=MEASURES, aggregators=AGGREGATORS).score(again) == card


@given(CASES)
def test_contributions_add_up(case: tuple[Rubric, Given]) -> None:
    """Explained: every figure can be recomputed by hand from the result."""
    rubric, answers = case
    card = scored(rubric, answers)
    for node in card.nodes:
        parts: list[Any] = [card[child] for child in node.children]
        rule = _score_rule(rubric, node.id)
        contributions = [part.exact.contribution for part in parts if part.exact.contribution is not None]
        voided = any(reason.code == "void" for reason in node.reasons)
        adds_up = rule.rule == "mean" and rule.over == "children" and not voided
        if adds_up and contributions and node.exact.used is not None:
            assert finished(sum(contributions), rule) == node.exact.used, node.id
        shares = [part.exact.weight_used for part in parts if part.exact.weight_used is not None]
        assert not any(shares) or rule.over == "leaves" or sum(shares) == 1, node.id


def _score_rule(rubric: Rubric, id_: str) -> Any:
    nodes: dict[str, Any] = {OVERALL: rubric} | {dimension.id: dimension for dimension in drawn.dimensions(rubric)}
    return nodes[id_].score or rubric.defaults.score
