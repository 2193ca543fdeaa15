"""Every way in which answers can be wrong is named, all at once; and what right ones come to."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from engine_rubrics import CUTS, GRADES, NORMAL, REASON, dimension, one, problems, rubric, scored, staged

from humanai_maturity.documents.read import parse_assessment
from humanai_maturity.engine import Scorer
from humanai_maturity.engine.reading import ProblemList
from humanai_maturity.engine.result import CriterionResult
from humanai_maturity.errors import AnswerError
from humanai_maturity.model.assessment import Answer, Assessment, NotApplicable, Unknown

DAY = "2026-03-31"
METRIC = {"type": "metric", "range": {"worst": 0, "best": 1}, "minimum": 0, "maximum": 1}
YES_NO = {"type": "yes_no"}
CHECKLIST = {"type": "checklist", "items": [{"id": "first", "points": 1}, {"id": "second", "points": 1}]}
CHOICE = {"type": "choice", "options": [{"id": "no", "points": 0}, {"id": "yes", "points": 1}]}


def asked(scale: dict[str, Any], *otherwise: dict[str, Any], **more: Any) -> Scorer:
    """Return the scorer of a rubric with one criterion `c`."""
    criterion = {"id": "c", "title": "C", "scale": scale, "otherwise": list(otherwise), **more}
    return Scorer(one(criterion, stage=CUTS), measures={"as_given": lambda value, _: value})


def row(scorer: Scorer, answer: Any, day: str | None = None) -> CriterionResult:
    """Return what an answer to `c` comes to."""
    found = scorer.score(assessment({"c": answer}, day) if day else {"c": answer})["c"]
    assert isinstance(found, CriterionResult)
    return found


def wrong(scorer: Scorer, answer: Any, day: str | None = None) -> list[str]:
    """Return what is wrong with an answer to `c`."""
    with pytest.raises(AnswerError) as caught:
        row(scorer, answer, day)
    return problems(caught.value)


def assessment(answers: dict[str, Any], day: str | None = None, **reference: Any) -> Assessment:
    return Assessment.model_validate({"rubric": {"id": "tiny", **reference}, "date": day, "answers": answers})


def test_all_problems_are_listed_at_once() -> None:
    criteria = [
        staged("alpha"),
        {"id": "beta", "title": "B", "scale": METRIC},
        {"id": "gamma", "title": "G", "scale": YES_NO},
    ]
    answers = {"alhpa": "1", "alpha": "4", "beta": 7, "gamma": None, "d": "1"}
    with pytest.raises(AnswerError) as caught:
        scored(one(*criteria, defaults=NORMAL, stage=CUTS), answers)
    assert str(caught.value).splitlines() == [
        "the answers have 5 problems",
        (
            "error[unknown-criterion] answers.alhpa: the rubric has no criterion, fact or dimension of this id"
            " (did you mean 'alpha'?)"
        ),
        "error[no-answer] answers.gamma: nothing is not an answer: leave it out, or say why: {'unknown': 'dont-know'}",
        "error[not-an-option] answers.alpha: '4' is not an option; the options are 1, 2, 3",
        "error[out-of-range] answers.beta: 7 is above 1, the largest number that is possible",
        "error[not-a-criterion] answers.d: a dimension is not answered itself: answer the criteria below it",
    ]


def test_one_problem_is_one() -> None:
    with pytest.raises(AnswerError, match=r"^the answers have 1 problem\n"):
        scored(one(staged("c")), {"zzz": 1})


def test_the_whole_is_not_answered() -> None:
    with pytest.raises(AnswerError, match=r"error\[unknown-criterion\] answers\.overall: "):
        scored(one(staged("c")), {"overall": "1"})


@pytest.mark.parametrize(
    ("scale", "answer", "message"),
    [
        (CHOICE, True, "expected the id of one option, not true or false (True)"),
        (CHOICE, ["yes"], "expected the id of one option, not a list (['yes'])"),
        (CHOICE, 0.5, "expected the id of one option, not a number (0.5)"),
        (YES_NO, 1, "expected true or false, not a number (1)"),
        (YES_NO, 1.0, "expected true or false, not a number (1)"),
        (YES_NO, 0.0, "expected true or false, not a number (0)"),
        (YES_NO, "true", "expected true or false, not a text ('true'): write true"),
        (CHECKLIST, True, "expected the list of the items that hold, not true or false (True)"),
        (CHECKLIST, 1, "expected the list of the items that hold, not a number (1)"),
        (METRIC, True, "expected a number, not true or false (True)"),
        (METRIC, False, "expected a number, not true or false (False)"),
        (METRIC, "0.5", "expected a number, not a text ('0.5'): write 0.5 without quotation marks"),
        (METRIC, [0.5], "expected a number, not a list ([0.5])"),
        (METRIC, {"value": {"a": 1}}, "expected a number, not a mapping ({a: 1})"),
    ],
)
def test_a_value_of_the_wrong_form(scale: dict[str, Any], answer: Any, message: str) -> None:
    assert wrong(asked(scale), answer) == [f"error[wrong-type] answers.c: {message}"]


@pytest.mark.parametrize(
    ("scale", "answer", "remedy"),
    [
        (METRIC, "0.7", ": write 0.7 without quotation marks"),
        (METRIC, "70 %", ": write 0.7"),
        (METRIC, "0,7", ": write 0.7"),
        ({"type": "metric", "range": {"worst": 0, "best": 100}}, "70%", ": write 70"),
        ({"type": "metric", "bands": {"s1": 0, "s2": 50}}, "70%", ": write 70"),
        (METRIC, "much", "not a text ('much')"),
        (METRIC, "don't know", ": write {unknown: dont-know}"),
        (CHOICE, "unknown", "; write {unknown: dont-know}"),
        (CHOICE, "pending", "; write {unknown: pending}"),
        (CHECKLIST, "unknown", "; write {unknown: dont-know}"),
        (YES_NO, "n/a", ": this cannot be not applicable: answer it, or say `unknown: dont-know`"),
        (YES_NO, "No", ": write false"),
        (CHECKLIST, "first, second", "; write [first, second]"),
        (CHECKLIST, "first;second;", "; write [first, second]"),
        (CHECKLIST, {"value": {"first": True}}, ": write a list of the items that hold"),
        (CHECKLIST, {"first": True}, ": write a list of the items that hold: [first]"),
    ],
)
def test_the_commonest_mistakes_have_a_remedy(scale: dict[str, Any], answer: Any, remedy: str) -> None:
    (problem,) = wrong(asked(scale), answer)
    assert problem.endswith(remedy)


def test_not_applicable_has_a_remedy_where_it_is_allowed() -> None:
    (problem,) = wrong(asked(YES_NO, allow_not_applicable=True), "n/a")
    assert problem.endswith(": write {not_applicable: the reason}")


def test_a_long_value_of_the_wrong_form_is_cut_short() -> None:
    (problem,) = wrong(asked(METRIC), "x" * 500)
    assert problem == f"error[wrong-type] answers.c: expected a number, not a text ('{'x' * 59})"


@pytest.mark.parametrize(
    ("scale", "answer", "problem"),
    [
        (CHOICE, "yess", "error[not-an-option] {}: 'yess' is not an option; the options are no, yes{}"),
        (CHECKLIST, ["frist"], "error[not-an-item] {}: 'frist' is not an item; the items are first, second{}"),
        (CHECKLIST, "frist", "error[not-an-item] {}: 'frist' is not an item; the items are first, second{}"),
        (CHECKLIST, ["first", "first"], "error[repeated-item] {}: an item is listed twice"),
        (METRIC, -0.01, "error[out-of-range] {}: -0.01 is below 0, the smallest number that is possible"),
        (METRIC, 1.01, "error[out-of-range] {}: 1.01 is above 1, the largest number that is possible"),
    ],
)
def test_a_value_that_does_not_fit_its_scale(scale: dict[str, Any], answer: Any, problem: str) -> None:
    hints = {"yess": "yes", "frist": "first"}
    hint = (
        next((f" (did you mean {meant!r}?)" for typo, meant in hints.items() if typo in answer), "")
        if not (isinstance(answer, float))
        else ""
    )
    assert wrong(asked(scale), answer) == [problem.format("answers.c", hint)]


@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf"), Decimal("NaN"), Decimal("1e999999")])
def test_a_number_that_is_none(value: object) -> None:
    message = f"expected a finite number of a reasonable size, not {value}"
    assert wrong(asked(METRIC), value) == [f"error[bad-answer] answers.c: {message}"]
    assert wrong(asked(METRIC), {"value": value}) == [f"error[bad-answer] answers.c.value: {message}"]


def test_an_object_is_no_answer() -> None:
    assert wrong(asked(METRIC), object()) == ["error[bad-answer] answers.c: expected a number, not a object"]


def test_a_misspelt_key_of_an_answer() -> None:
    (problem,) = wrong(asked(METRIC), {"valeu": 0.5})
    assert problem.startswith("error[unknown-key] answers.c.valeu: ")
    assert problem.endswith("(did you mean 'value'?)")


def test_an_unknown_reason_for_an_unknown() -> None:
    (problem,) = wrong(asked(METRIC), {"unknown": "pendign"})
    assert "answers.c.unknown" in problem
    assert "pending" in problem


def test_an_answer_without_a_value() -> None:
    assert wrong(asked(METRIC), {}) == ["error[no-answer] answers.c: give either `value` or `values`"]
    assert wrong(asked(METRIC), {"value": 1, "values": {"metric": 1}}) == [
        "error[no-answer] answers.c: give either `value` or `values`"
    ]


@pytest.mark.parametrize("none", [None, {"value": None}])
def test_nothing_is_no_answer(none: object) -> None:
    (problem,) = wrong(asked(METRIC), none)
    assert problem.startswith("error[no-answer] answers.c")


def test_one_is_not_true_whatever_was_answered_before() -> None:
    scorer = asked(YES_NO)
    assert row(scorer, True).exact.score == 1  # noqa: FBT003
    assert wrong(scorer, 1)
    assert wrong(scorer, 1.0)
    assert row(scorer, False).exact.score == 0  # noqa: FBT003
    assert wrong(scorer, 0)


def test_true_is_no_number_whatever_was_answered_before() -> None:
    scorer = asked(METRIC)
    for number, truth in ((1.0, True), (0.0, False), (1, True)):
        assert row(scorer, number).exact.score == number
        assert row(scorer, number).exact.score == number
        assert wrong(scorer, truth)


def test_true_is_not_the_option_1() -> None:
    scorer = Scorer(one(staged("c")))
    assert row(scorer, "1").exact.score == 1
    assert wrong(scorer, True) == [  # noqa: FBT003
        "error[wrong-type] answers.c: expected the id of one option, not true or false (True)"
    ]


def test_a_whole_number_names_an_option() -> None:
    assert row(Scorer(one(staged("c"))), 2).exact.score == 2


def test_not_applicable_has_to_be_allowed() -> None:
    refused = "error[not-applicable-refused] answers.{}: this cannot be not applicable:"
    refused += " answer it, or say `unknown: dont-know`"
    assert wrong(asked(METRIC), REASON) == [refused.format("c")]
    with pytest.raises(AnswerError) as caught:
        scored(one(staged("c")), {"d": REASON})
    assert problems(caught.value) == [refused.format("d")]


def test_not_applicable_needs_a_reason() -> None:
    scorer = asked(METRIC, allow_not_applicable=True)
    (empty,) = wrong(scorer, {"not_applicable": " "})
    assert empty.startswith("error[bad-text] answers.c.not_applicable: expected a text of 1 to")
    (flag,) = wrong(scorer, {"not_applicable": True})
    assert flag == "error[not-a-text] answers.c.not_applicable: expected a text, not true or false"


def test_the_reason_is_kept() -> None:
    found = row(asked(METRIC, allow_not_applicable=True), NotApplicable(not_applicable="We have none."))
    assert (found.state, found.not_applicable, found.score) == ("not_applicable", "We have none.", None)
    assert (found.source, found.note, found.unknown) == (None, None, None)


def test_a_dimension_that_does_not_apply_takes_all_below_with_it() -> None:
    away = dimension("gone", staged("a"), dimensions=[dimension("under", staged("b"))], allow_not_applicable=True)
    card = scored(rubric(dimension("d", staged("c")), away), {"a": "3", "b": "3", "c": "2", "gone": REASON})
    assert [card[name].state for name in ("gone", "under", "a", "b", "c")] == ["not_applicable"] * 4 + ["answered"]
    assert card.overall.exact.score == 2


def test_an_answer_below_a_dimension_that_does_not_apply_has_to_fit_nevertheless() -> None:
    away = dimension("gone", staged("a"), allow_not_applicable=True)
    with pytest.raises(AnswerError, match="'9' is not an option"):
        scored(rubric(dimension("d", staged("c")), away), {"a": "9", "c": "2", "gone": REASON})


def test_a_dimension_cannot_be_unknown() -> None:
    with pytest.raises(AnswerError, match=r"error\[not-a-criterion\] answers\.d: a dimension is not answered itself"):
        scored(one(staged("c")), {"d": Unknown(unknown="pending")})


def graded() -> Scorer:
    return Scorer(one(staged("c"), evidence_grades=GRADES))


def test_an_evidence_grade_that_does_not_exist() -> None:
    assert wrong(graded(), {"value": "3", "evidence": "papr"}) == [
        (
            "error[unknown-grade] answers.c: 'papr' is not an evidence grade; the grades are word, paper, proof"
            " (did you mean 'paper'?)"
        )
    ]


def test_evidence_where_it_does_not_matter_is_kept() -> None:
    assert row(asked(METRIC), {"value": 1, "evidence": "paper"}).evidence == "paper"


def test_an_answer_without_a_grade_has_the_lowest() -> None:
    found = row(graded(), "3")
    assert (found.evidence, found.exact.claimed, found.exact.score) == ("word", 3, 1)


def test_the_scales_grade_holds_where_the_answer_names_none() -> None:
    criterion = staged("c")
    criterion["scale"]["evidence"] = "paper"
    scorer = Scorer(one(criterion, evidence_grades=GRADES))
    assert row(scorer, "3").evidence == "paper"
    assert row(scorer, {"value": "3"}).exact.score == 2
    assert row(scorer, {"value": "3", "evidence": "proof"}).exact.score == 3


def test_an_answer_from_the_future() -> None:
    assert wrong(asked(METRIC), {"value": 1, "as_of": "2026-04-01"}, DAY) == [
        "error[future-answer] answers.c: the answer is as of 2026-04-01, after the assessment's date 2026-03-31"
    ]
    assert row(asked(METRIC), {"value": 1, "as_of": DAY}, DAY).score == 1


def test_a_date_is_needed_where_age_counts() -> None:
    scorer = asked(METRIC, max_age_days=30)
    assert wrong(scorer, {"value": 1, "as_of": DAY}) == [
        "error[no-date] answers.c: the age of this answer counts: give the assessment a `date`"
    ]
    assert row(scorer, 1).score == 1
    assert row(asked(METRIC), {"value": 1, "as_of": DAY}).score == 1


def test_everything_about_one_answer_is_told() -> None:
    scorer = Scorer(one(staged("c"), evidence_grades=GRADES))
    found = wrong(scorer, {"value": "3", "evidence": "zzz", "as_of": "2027-01-01"}, DAY)
    assert [problem.split("]")[0] for problem in found] == ["error[unknown-grade", "error[future-answer"]


@pytest.mark.parametrize(("as_of", "unknown"), [("2026-03-01", None), ("2026-02-28", "stale"), ("2020-01-01", "stale")])
def test_an_answer_that_is_too_old_is_unknown(as_of: str, unknown: str | None) -> None:
    found = row(asked(METRIC, max_age_days=30), {"value": 1, "as_of": as_of}, DAY)
    assert found.unknown == unknown
    assert found.state == ("answered" if unknown is None else "unknown")
    assert found.exact.claimed == (1 if unknown is None else None)


def test_an_age_beyond_the_calendar_is_never_reached() -> None:
    assert row(asked(METRIC, max_age_days=10**12), {"value": 1, "as_of": "0001-01-01"}, DAY).score == 1


def test_age_does_not_matter_without_a_limit_or_a_day() -> None:
    assert row(asked(METRIC), {"value": 1, "as_of": "1999-01-01"}, DAY).score == 1
    assert row(asked(METRIC, max_age_days=1), {"value": 1}, DAY).score == 1


@pytest.mark.parametrize(("sample", "unknown"), [(29, "too-few"), (30, None), (None, None)])
def test_a_sample_that_is_too_small_is_unknown(sample: int | None, unknown: str | None) -> None:
    answer = Answer(value=Fraction(1, 2), sample=sample)
    found = row(asked({**METRIC, "min_sample": 30}), answer)
    assert (found.unknown, found.exact.score) == (unknown, None if unknown else Fraction(1, 2))


def both() -> Scorer:
    return asked({**METRIC, "min_sample": 30}, CHOICE)


def test_the_first_way_that_counts_is_taken() -> None:
    values = {"choice": "yes", "metric": 0.25}
    first, second = row(both(), {"values": values}), row(both(), {"values": values, "sample": 3})
    assert (first.scale, first.exact.score) == ("metric", Fraction(1, 4))
    assert (second.scale, second.exact.score) == ("choice", 1)


def test_one_way_suffices() -> None:
    assert row(both(), {"values": {"choice": "yes"}}).scale == "choice"
    assert row(both(), {"values": {"metric": 0.5}, "sample": 3}).unknown == "too-few"


def test_a_value_goes_to_the_first_way_that_takes_it() -> None:
    scorer = asked(METRIC, CHOICE, YES_NO, CHECKLIST | {"cap": 1})
    given = {"metric": 0.5, "choice": "yes", "yes_no": True, "checklist": ["first"]}
    assert {name: row(scorer, value).scale for name, value in given.items()} == {name: name for name in given}


def test_a_bare_text_is_an_option_before_it_is_an_item() -> None:
    assert row(asked(CHECKLIST | {"cap": 1}, CHOICE), "yes").scale == "choice"
    assert row(asked(METRIC, CHECKLIST | {"cap": 1}), "first").scale == "checklist"


def test_all_values_have_to_fit_even_those_that_do_not_count() -> None:
    (problem,) = wrong(both(), {"values": {"metric": 0.5, "choice": "yse"}})
    assert problem.startswith("error[not-an-option] answers.c: 'yse'")
    assert wrong(both(), {"values": {"metric": 7, "choice": "yes"}, "sample": 3})


def test_values_of_the_wrong_scale() -> None:
    assert wrong(both(), {"values": {"metrics": 0.5}}) == [
        (
            "error[wrong-scale] answers.c: this is not answered on the scale 'metrics', but on metric, choice"
            " (did you mean 'metric'?)"
        )
    ]


def test_a_measure_takes_anything() -> None:
    scorer = asked({"type": "custom", "measure": "as_given", "minimum": 0, "maximum": 1})
    assert row(scorer, 0.25).exact.score == Fraction(1, 4)
    assert row(scorer, "1/4").exact.score == Fraction(1, 4)


def test_numbers_of_every_kind_are_exact() -> None:
    for third in (Fraction(1, 3), "1/3"):
        assert row(asked(METRIC), third).exact.score == Fraction(1, 3)
    for tenth in (0.1, Decimal("0.1"), Fraction(1, 10)):
        assert row(asked(METRIC), tenth).exact.score == Fraction(1, 10)


def test_what_stands_beside_an_answer_is_kept() -> None:
    found = row(asked(METRIC), Answer(value=1, source="survey", note="small"))
    assert (found.source, found.note) == ("survey", "small")
    assert row(asked(METRIC), Unknown(unknown="declined", note="why?")).note == "why?"


@pytest.mark.parametrize("code", ["blank", "dont-know", "declined", "not-asked", "pending", "stale", "too-few"])
def test_every_reason_for_an_unknown_is_kept(code: str) -> None:
    found = row(asked(METRIC), {"unknown": code})
    assert (found.state, found.unknown, found.score, found.low, found.high) == ("unknown", code, None, 0, 1)


def test_what_is_left_out_is_blank() -> None:
    found = scored(one(staged("c")))["c"]
    assert isinstance(found, CriterionResult)
    assert (found.state, found.unknown) == ("unknown", "blank")


@pytest.mark.parametrize(
    ("reference", "problem"),
    [
        ({"id": "other"}, "error[other-rubric] the assessment answers the rubric 'other', this one is 'tiny'"),
        ({"version": "2"}, "error[other-version] the assessment answers version 2 of 'tiny', this one is 1"),
        (
            {"digest": "abc"},
            "error[other-digest] the assessment was made for another edition of 'tiny' 1: the digests differ",
        ),
    ],
)
def test_an_assessment_of_something_else(reference: dict[str, str], problem: str) -> None:
    scorer = Scorer(one(staged("c")))
    with pytest.raises(AnswerError) as caught:
        scorer.score(assessment({}, **reference))
    assert problems(caught.value) == [problem]
    with pytest.raises(AnswerError) as caught:
        scorer.score(assessment({"c": "9"}, **reference))
    assert len(caught.value.problems) == 2


def test_an_assessment_of_this_edition() -> None:
    scorer = Scorer(one(staged("c")))
    card = scorer.score(assessment({"c": "2"}, DAY, version="1", digest=scorer.digest))
    assert (card.score, card.date) == (2, date(2026, 3, 31))


def test_a_number_of_a_document_is_told_as_it_is_written() -> None:
    for text in ("1", "1.50"):
        with pytest.raises(AnswerError) as caught:
            asked(YES_NO).score(parse_assessment(f"rubric: tiny\nanswers: {{c: {text}}}\n"))
        assert problems(caught.value) == [f"error[wrong-type] answers.c: expected true or false, not a number ({text})"]


@pytest.mark.parametrize(
    ("scale", "answer", "same"),
    [
        (METRIC, np.float32(0.7), 0.7),
        (METRIC, np.float64(0.7), 0.7),
        (METRIC, np.int8(1), 1),
        (YES_NO, np.bool_(1), True),
        ({"type": "choice", "options": [{"id": "1", "stage": "s1"}, {"id": "2", "stage": "s3"}]}, np.int64(2), "2"),
    ],
)
def test_numbers_and_truth_values_of_numpy(scale: dict[str, Any], answer: Any, same: Any) -> None:
    scorer = asked(scale)
    assert scorer.score({"c": answer})["c"].exact == scorer.score({"c": same})["c"].exact
    assert scorer.score({"c": answer})["c"].score is not None


def test_problems_are_kept_in_order_until_they_are_raised() -> None:
    problems = ProblemList()
    problems.raise_if_any()
    assert (bool(problems), problems.found) == (False, ())
    problems.add("no-answer", "b", "give one")
    problems.add("no-date", "", "give one", "date")
    assert [(each.code, each.path, each.hint) for each in problems.found] == [
        ("no-answer", "answers.b", None),
        ("no-date", "", "date"),
    ]
    with pytest.raises(AnswerError, match="the answers have 2 problems") as caught:
        problems.raise_if_any()
    assert caught.value.problems == problems.found
