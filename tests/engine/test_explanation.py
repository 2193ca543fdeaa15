"""Explanations say everything that a result holds, and their arithmetic can be done again."""

import re
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest
import strategies as drawn
from cards import scored
from hypothesis import given
from strategies import Given

import humanai_maturity as hm

GOLDEN = Path(__file__).parents[1] / "golden"
NUMBER = r"-?\d+(?:/\d+)?"
DECIMAL = re.compile(r" \(-?[\d.e-]+\)")
PRODUCT = re.compile(rf"({NUMBER}) x ({NUMBER})(?:, the worst[^=]*)? = ({NUMBER})")
PLACE = re.compile(rf"\(({NUMBER}) - ({NUMBER})\) / \(({NUMBER}) - ({NUMBER})\) = ({NUMBER})")


def explained(rubric: hm.Rubric | Path, answers: object) -> str:
    """Explain a result without the version of the library."""
    return hm.score(rubric, answers).explain().replace(f"humanai-maturity {hm.__version__}", "humanai-maturity X")


def yes_no(name: str, **more: object) -> dict[str, object]:
    return {"id": name, "title": name.title(), "scale": {"type": "yes_no", "yes": "top", "no": "low"}, **more}


def rubric(**more: object) -> hm.Rubric:
    criteria = [yes_no("one", weight=2), yes_no("two", allow_not_applicable=True), yes_no("three")]
    data = {
        "id": "r",
        "version": "1",
        "title": "Tiny",
        "stages": [{"id": "low", "title": "Low"}, {"id": "top", "title": "Top"}],
        "dimensions": [{"id": "d", "title": "Dim", "criteria": criteria}],
        "stage": {"lowest": "children"},
    }
    return hm.Rubric.model_validate({**data, **more})


def test_a_whole_result(golden: Callable[[Path, str], None]) -> None:
    golden(GOLDEN / "explain.txt", explained(GOLDEN, hm.load_assessment(GOLDEN / "team.yaml")) + "\n")


def test_a_result_of_which_nothing_is_known(golden: Callable[[Path, str], None]) -> None:
    golden(GOLDEN / "explain-nothing.txt", explained(GOLDEN, {}) + "\n")


def test_every_row(golden: Callable[[Path, str], None]) -> None:
    card = hm.score(GOLDEN, hm.load_assessment(GOLDEN / "team.yaml"))
    rows = [row.id for row in (*card.nodes, *card.criteria, *card.facts)]
    golden(GOLDEN / "explain-rows.txt", "\n\n\n".join(card.explain(row) for row in rows) + "\n")


def check_arithmetic(text: str) -> None:
    plain = DECIMAL.sub("", text)
    for share, value, product in PRODUCT.findall(plain):
        assert Fraction(share) * Fraction(value) == Fraction(product)
    for value, low, base, high, place in ((m[0], m[1], m[3], m[2], m[4]) for m in PLACE.findall(plain)):
        assert low == base
        assert (Fraction(value) - Fraction(low)) / (Fraction(high) - Fraction(low)) == Fraction(place)


@given(drawn.cases())
def test_the_arithmetic_of_every_row_is_right(case: tuple[hm.Rubric, Given]) -> None:
    card = scored(*case)
    for row in (*card.nodes, *card.criteria, *card.facts):
        check_arithmetic(card.explain(row.id))


@given(drawn.cases())
def test_added_up_parts_are_the_sum_of_the_products(case: tuple[hm.Rubric, Given]) -> None:
    card = scored(*case)
    for node in card.nodes:
        text = DECIMAL.sub("", card.explain(node.id))
        told = re.search(rf"^Added up, this is ({NUMBER})\.$", text, re.MULTILINE)
        if told:
            parts = [Fraction(part) for part in re.findall(rf"^- .* = ({NUMBER})\.$", text, re.MULTILINE)]
            assert sum(parts) == Fraction(told[1])


@given(drawn.cases())
def test_a_whole_explanation_names_everything_that_matters(case: tuple[hm.Rubric, Given]) -> None:
    card = scored(*case)
    text = card.explain()
    assert card.rubric.digest in text
    for dimension in card.dimensions:
        assert f"- {dimension.title}: " in text
    for flag in card.flags:
        assert (f"({flag.severity}): {flag.state}" in text) or flag.state == "clear"
    assert text == hm.Scorecard.model_validate_json(card.model_dump_json()).explain()


def test_texts_of_strangers_stay_on_their_line_and_steer_nothing() -> None:
    hostile = rubric(title="Tiny\n\nFlags\n\n- None \x9b31m\u202edab")
    text = hm.score(hostile, {"one": True}).explain()
    assert text.splitlines()[0] == "Tiny Flags - None 31mdab, version 1"


@pytest.mark.parametrize(
    ("missing", "words"),
    [
        ("leave_out", "a point needs 70 % of the weight answered"),
        ("worst", "Unknown answers count as the worst ones"),
        ("void", "One unknown answer gives its dimension the worst value"),
        ("required", "One unknown answer leaves its dimension, and all that needs it, without a point"),
    ],
)
def test_the_policy_is_told(missing: str, words: str) -> None:
    assert words in hm.score(rubric(missing=missing), {"one": True}).explain()


def test_the_policies_in_rows() -> None:
    answers = {"one": True}
    assert "unknown, left out" in hm.score(rubric(), answers).explain("d")
    assert "1/4 x 1, the worst for want of an answer" in hm.score(rubric(missing="worst"), answers).explain("d")
    assert "It counts with its worst value, 1." in hm.score(rubric(missing="void"), answers).explain("d")
    assert "So it has no score." in hm.score(rubric(missing="required"), answers).explain("d")


def test_a_rule_without_parts_is_told_by_its_result() -> None:
    text = hm.score(rubric(defaults={"score": {"rule": "min"}}), dict.fromkeys(("one", "two", "three"), True)).explain(
        "d"
    )
    assert "The rubric's score rule makes 2 of them." in text


def test_what_does_not_apply_has_its_reason() -> None:
    card = hm.score(rubric(), {"one": True, "two": hm.NotApplicable(not_applicable="No such thing."), "three": True})
    assert card.explain("two").splitlines()[2:4] == [
        "It does not apply, so nothing counts it.",
        "Reason: No such thing.",
    ]
    assert "1 criterion does not apply" in card.explain()


def test_what_runs_ahead_of_its_foundation_is_named() -> None:
    card = hm.score(GOLDEN, {"follow": hm.Answer(value=["list", "review"])})
    told = "of Grow (2) 1 of 2 hold, missing `owner`; until these hold, nothing counts of `review`."
    assert told in card.explain("follow")


def test_a_flag_is_explained() -> None:
    text = hm.score(GOLDEN, hm.load_assessment(GOLDEN / "team.yaml")).explain("waste")
    assert "It is raised.\n" in text
    assert "It is raised when Spending is tracked is below 0.5.\n" in text
    assert "While it is raised, it holds down: the whole at most at Grow.\n" in text
    assert text.endswith("What to do: Track it.")


def test_a_name_that_is_not_there_has_a_near_miss_among_flags() -> None:
    with pytest.raises(KeyError, match="did you mean 'waste'"):
        hm.score(GOLDEN, {}).explain("wast")


def metric(**more: object) -> hm.Rubric:
    scale = {"type": "metric", "bands": {"top": 0.4, "over": 0.7}, **more}
    stages = [{"id": name, "title": name.title()} for name in ("low", "top", "over")]
    criterion = {"id": "c", "title": "C", "scale": scale}
    return rubric(stages=stages, dimensions=[{"id": "d", "title": "Dim", "criteria": [criterion]}])


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (0.58, "0.58 lies between 0.4 (Top, 2) and 0.7 (Over, 3), 3/5 (0.6) of the way: 2 + 3/5 = 13/5."),
        (0.3, "0.3 has not reached 0.4 (Top, 2), so it stands for Low (1)."),
        (0.7, "0.7 has reached 0.7, from which on it stands for Over (3)."),
    ],
)
def test_a_number_is_placed_between_its_cuts(answer: float, words: str) -> None:
    assert f"The answer is: {answer}.\n{words}\n" in hm.score(metric(), {"c": answer}).explain("c")


def test_a_number_is_placed_on_a_range_of_points() -> None:
    words = "15 lies 1/2 (0.5) of the way from 10, the worst, to 20, the best: -5 + 1/2 of 10 = 0."
    rated = metric(bands=None, range={"worst": 10, "best": 20, "least": -5, "most": 5})
    whole = rated.model_copy(update={"stage": hm.Cuts(cuts={"top": 1, "over": 2})})
    assert words in hm.score(whole, {"c": 15}).explain("c")


def test_a_sample_that_is_missing_or_too_small_is_told() -> None:
    assert "(no sample was given; at least 50 cases are expected)" in hm.score(
        metric(min_sample=50), {"c": 0.5}
    ).explain("c")
    small = hm.score(metric(min_sample=50), {"c": hm.Answer(value=0.5, sample=3)}).explain("c")
    assert "The answer was: 0.5, on a sample of 3. A sample of 3 is too small: at least 50 cases are needed." in small


def test_an_unknown_answer_says_what_limits_it() -> None:
    card = hm.score(GOLDEN, {"hear": "some"})
    assert "It can be at most 2 while People are heard is below Lead." in card.explain("learn")


def test_what_can_only_be_one_thing_says_so() -> None:
    text = hm.score(rubric(stage={"cuts": {"top": 3}}), {"one": True}).explain()
    assert "no stage can be given. It can only be Low." in text
    assert "anywhere Low" not in text


def test_a_dimension_on_points_has_no_stage() -> None:
    points = {"id": "p", "title": "Points", "criteria": [{"id": "c", "title": "C", "scale": {"type": "yes_no"}}]}
    stages = [{"id": "low", "title": "Low"}, {"id": "top", "title": "Top"}]
    data = {"id": "r", "version": "1", "title": "T", "stages": stages, "dimensions": [points]}
    card = hm.score(hm.Rubric.model_validate({**data, "stage": {"cuts": {"top": 1}}}), {"c": True})
    assert "- Points: it has a score and no stage." in card.explain()


def test_without_raised_flags_it_says_so() -> None:
    answers = {**hm.load_assessment(GOLDEN / "team.yaml").answers, "track": 90, "staff": True, "fairness": True}
    assert "No flag is raised." in hm.score(GOLDEN, answers).explain()


def test_what_is_held_down_says_by_what() -> None:
    raised_when = {"criterion": "two", "below": "top"}
    flag = {
        "id": "f",
        "severity": "warn",
        "raised_when": raised_when,
        "caps": {"d": "low", "overall": "low"},
        "says": "Bad.",
    }
    capped = rubric(defaults={"stage": {"quorum": 0.5}}, flags=[flag], stage={"quorum": 0.5, "over": "leaves"})
    text = hm.score(capped, {"one": True, "two": False, "three": True}).explain()
    assert "Its own rules would give Top. It is held down.\n  Bad." in text
    assert "The rules alone would give Top. It is held down.\nBad." in text


def test_the_shown_score_is_told_where_it_is_another_one() -> None:
    card = hm.score(rubric(display={"minimum": 0, "maximum": 100}), dict.fromkeys(("one", "two", "three"), True))
    assert "The score is 2.0, shown as 100.0." in card.explain()


def test_at_the_top_nothing_stands_before_anything() -> None:
    text = hm.score(rubric(), dict.fromkeys(("one", "two", "three"), True)).explain()
    assert "stands before" not in text
    assert "What is not known" not in text


def test_where_a_rubric_comes_from_is_told() -> None:
    text = explained(rubric(attribution="after somebody's\nmodel"), {"one": True})
    assert "How this was worked out\n\nAfter somebody's model.\nRubric r, version 1" in text


def test_the_parts_of_a_normalised_sum_add_up() -> None:
    pointed = {"type": "choice", "options": [{"id": str(points), "points": points} for points in (0, 5, 20)]}
    criteria = [
        {"id": name, "title": name, "weight": weight, "scale": pointed} for name, weight in (("a", 3), ("b", 1))
    ]
    summed = {"rule": "sum", "normalise": True}
    dimensions = [{"id": "d", "title": "Dim", "criteria": criteria, "score": summed, "stage": {"cuts": {"top": 2}}}]
    text = hm.score(rubric(dimensions=dimensions, stage={"lowest": "children"}), {"a": "5", "b": "20"}).explain("d")
    assert "(5 - 0) / (20 - 0) = 1/4 (0.25); 3 x 1/4 = 3/4" in text
    assert "(20 - 0) / (20 - 0) = 1; 1 x 1 = 1" in text
    assert "Added up, this is 7/4 (1.75)." in text
