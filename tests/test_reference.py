"""The reference evaluator, checked by hand on the examples of the specification and by the laws on drawn rubrics."""

from dataclasses import replace
from fractions import Fraction

import laws
import strategies as drawn
from hypothesis import assume, given
from hypothesis import strategies as st
from reference import Reference, evaluate
from strategies import AGGREGATORS, MEASURES, Given

from humanai_maturity.model.assessment import Answer, NotApplicable
from humanai_maturity.model.rubric import OVERALL, Rubric

CASES = drawn.cases()


def view(rubric: Rubric, answers: Given) -> Reference:
    return evaluate(rubric, answers, measures=MEASURES, aggregators=AGGREGATORS)


@given(CASES)
def test_law_1(case: tuple[Rubric, Given]) -> None:
    """Low <= point <= high, for scores and stages, everywhere; all inside the declared range."""
    laws.bounds_enclose(case[0], view(*case))


@given(drawn.rubrics(spanning=True))
def test_law_2(rubric: Rubric) -> None:
    """Best answers give the top stage and the maximum; worst answers the first stage and the minimum."""
    laws.best_and_worst_reach_the_ends(view, rubric)


@given(CASES, st.data())
def test_law_3_better(case: tuple[Rubric, Given], data: st.DataObject) -> None:
    """A better answer or better evidence never lowers any point, low or high."""
    before, after = view(*case), view(case[0], data.draw(drawn.better_answers(*case)))
    laws.nothing_fell(before, after)


@given(CASES, st.data())
def test_law_3_known(case: tuple[Rubric, Given], data: st.DataObject) -> None:
    """Answering an unknown never lowers low and never raises high, and never lowers coverage."""
    less, more = data.draw(drawn.settled(*case))
    before, after = view(case[0], less), view(case[0], more)
    laws.nothing_fell(before, after, points=False)
    laws.nothing_rose(before, after)


@given(CASES, st.data())
def test_law_4(case: tuple[Rubric, Given], data: st.DataObject) -> None:
    """Replacing an unknown by any value, or by not applicable where allowed, stays inside the bounds."""
    rubric, answers = case
    less, more = data.draw(drawn.settled(rubric, answers, gone=not laws.shifts(rubric)))
    laws.stays_inside(view(rubric, less), view(rubric, more))


@given(CASES, st.data())
def test_law_4_sum(case: tuple[Rubric, Given], data: st.DataObject) -> None:
    """For `sum`: the share of its applicable range stays inside the bounds."""
    rubric, answers = case
    less, more = data.draw(drawn.settled(rubric, answers, gone=True))
    laws.share_stays_inside(rubric, view(rubric, less), view(rubric, more))


@given(CASES, st.data())
def test_law_5(case: tuple[Rubric, Given], data: st.DataObject) -> None:
    """Order: no effect. All weights times k: no effect (but for `sum`)."""
    rubric, answers = case
    before = view(rubric, answers)
    laws.same(before, view(data.draw(laws.shuffled(rubric)), dict(reversed(answers.items()))))
    if not laws.has_sum(rubric):
        laws.same(before, view(laws.reweighted(rubric, Fraction(7, 3)), answers))


@given(drawn.cases(spanning=True), st.data())
def test_law_6(case: tuple[Rubric, Given], data: st.DataObject) -> None:
    """Adding a not-applicable criterion changes nothing but its own row, while the guards are not crossed."""
    rubric, answers = case
    dimensions = laws.answerable(rubric)
    assume(dimensions)
    dimension = data.draw(st.sampled_from(dimensions))
    weight = data.draw(st.sampled_from([Fraction(1), Fraction(5)]))
    gone = {"extra": NotApplicable(not_applicable="None.")}
    rubric = rubric.model_copy(update={"not_applicable_may_lift": True})
    after = view(laws.with_one_more(rubric, dimension, weight), {**answers, **gone})
    for id_, row in view(laws.unguarded(rubric), answers).items():
        assert replace(after[id_], not_applicable_share=None) == replace(row, not_applicable_share=None)


@given(CASES, st.booleans())
def test_law_7(case: tuple[Rubric, Given], normalise: bool) -> None:  # noqa: FBT001
    """For weighted means where no limit or cap binds, high - low == (1 - coverage) x range."""
    rubric, answers = case
    normalise = normalise or not laws.all_staged(rubric)
    laws.width_is_what_is_open(view(laws.averaged(rubric, normalise=normalise), answers))


@given(CASES)
def test_law_8(case: tuple[Rubric, Given]) -> None:
    """Supported <= raw <= what claimed values alone would give; caps and flags only lower."""
    laws.limits_only_lower(view(*case), view(laws.unlimited(case[0]), case[1]))


@given(CASES, st.sampled_from(["left", "right"]))
def test_law_9(case: tuple[Rubric, Given], closed: str) -> None:
    """A value exactly on a cut is treated as `closed` says, always."""
    rubric, answers = case
    score = view(rubric, answers)[OVERALL].used
    assume(score is not None)
    assert score is not None
    row = view(laws.cut_at(rubric, score, closed), answers)[OVERALL]
    voided = row.used == row.minimum and row.stage_raw == 1
    assert row.stage_raw in ({2, None} if closed == "left" and not voided else {1, None})


@given(CASES, st.data())
def test_law_10(case: tuple[Rubric, Given], data: st.DataObject) -> None:
    """Splitting a dimension into sub-dimensions with product weights leaves a weighted mean unchanged."""
    rubric, answers = laws.averaged(case[0], normalise=True), case[1]
    dimensions = laws.answerable(rubric)
    assume(dimensions)
    parted = data.draw(laws.split(rubric, data.draw(st.sampled_from(dimensions))))
    full = drawn.best_answers(rubric) | {id_: a for id_, a in answers.items() if isinstance(a, Answer)}
    before = view(rubric, full)
    assume(before[OVERALL].coverage == 1)
    laws.same(before, view(parted, full))
