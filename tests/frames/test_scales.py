"""Answers on several scales of one criterion stand in a column each, and count as `values` do for one answer alone."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import hypothesis.strategies as st
import polars as pl
import pytest
from engine_rubrics import GRADES, dimension, rubric, staged
from hypothesis import given

import humanai_maturity as hm
from humanai_maturity.frames.kernel import Outputs
from humanai_maturity.frames.table import Task
from humanai_maturity.model.rubric import Rubric

CHOICE = {
    "type": "choice",
    "evidence": "paper",
    "options": [{"id": "1", "stage": "s1"}, {"id": "live", "stage": "s2"}, {"id": "3", "stage": "s3"}],
}
METRIC = {"type": "metric", "bands": {"s2": 0.5, "s3": 0.9}, "minimum": 0, "maximum": 4, "min_sample": 30}
LIST = {"type": "checklist", "items": [{"id": "x", "stage": 2}, {"id": "y", "stage": 3}]}
YES = {"type": "yes_no", "yes": "s3", "no": "s1"}
WAYS = {"metric": METRIC, "choice": CHOICE, "checklist": LIST, "yes_no": YES}
CELLS: Mapping[str, tuple[list[Any], Any]] = {
    "metric": ([0.7, 0.123456, 1, 7.5], pl.Float64),
    "choice": (["1", "live", "3", "liv"], pl.String),
    "checklist": ([[], ["x"], ["x", "y"], ["z"]], pl.List(pl.String)),
    "yes_no": ([True, False], pl.Boolean),
}
BESIDE: Mapping[str, list[Any]] = {
    "sample": [5, 30],
    "evidence": ["word", "proof", "papr"],
    "as_of": [date(2026, 1, 31), date(2025, 1, 31), date(2026, 2, 1)],
    "not_applicable": [True],
}
DAY = date(2026, 1, 31)


def made_of(*ways: str) -> Rubric:
    first, *others = (WAYS[way] for way in ways)
    several = {"scale": first, "otherwise": others, "allow_not_applicable": True, "max_age_days": 90}
    return rubric(
        dimension("d", {"id": "c", "title": "C", **several}, staged("b"), coverage_floor=0.1), evidence_grades=GRADES
    )


@st.composite
def tables(draw: st.DrawFn) -> tuple[list[str], pl.DataFrame]:
    """Draw scales and a table of answers to `c` on some of them, fitting or not."""
    ways = draw(st.permutations([*WAYS]))[: draw(st.integers(1, 4))]
    rows = draw(st.integers(1, 6))

    def series(values: list[Any], dtype: Any = None) -> pl.Series:
        often = st.sampled_from([None, *values])
        return pl.Series(draw(st.lists(often, min_size=rows, max_size=rows)), dtype=dtype, strict=False)

    answered = draw(st.lists(st.sampled_from(ways), min_size=1, unique=True))
    columns = {f"c__{way}": series(*CELLS[way]) for way in answered}
    columns |= {f"c__{name}": series(BESIDE[name]) for name in draw(st.sets(st.sampled_from([*BESIDE])))}
    return ways, pl.DataFrame(columns)


def alone(made: Rubric, answer: Any) -> hm.Scorecard:
    """Score one answer to `c`, or none, on the day."""
    answers = {} if answer is None else {"c": answer}
    return hm.score(made, hm.Assessment.model_validate({"rubric": "tiny", "date": DAY, "answers": answers}))


def refuses(made: Rubric, answer: Mapping[str, Any]) -> bool:
    try:
        alone(made, answer)
    except hm.AnswerError:
        return True
    return False


def told(row: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the values on scales in a row, and what stands beside them."""
    cells = {name.removeprefix("c__"): cell for name, cell in row.items() if cell is not None}
    values = {name: cell for name, cell in cells.items() if name in WAYS}
    return values, {name: cell for name, cell in cells.items() if name not in WAYS}


def answer_in(made: Rubric, row: Mapping[str, Any]) -> Any:
    """Return the answer in a row as one would give it alone, without what does not fit; `None` without any."""
    values, beside = told(row)
    if beside.pop("not_applicable", None):
        return {"not_applicable": "None."}
    values = {way: value for way, value in values.items() if not refuses(made, {"values": {way: value}})}
    answer = {"values": values, **beside}
    return answer if values and not refuses(made, answer) else None


def figures(card: hm.Scorecard) -> list[Any]:
    node = card["d"]
    stages = (node.stage, node.stage_low, node.stage_high)
    return [*(each and each.number for each in stages), node.score, node.low, node.high, node.coverage]


NAMES = [f"d.{name}" for name in ("stage", "stage_low", "stage_high", "score", "low", "high", "coverage")]


@given(tables())
def test_columns_of_scales_count_as_values_do_alone(drawn: tuple[list[str], pl.DataFrame]) -> None:
    """Columns of scales score exactly as `values` do alone; what does not fit is left out, or ends the work."""
    made, table = made_of(*drawn[0]), drawn[1]
    found = Task(hm.Scorer(made), {}, {}, Outputs(), "null", DAY).score(table)
    answers = [answer_in(made, row) for row in table.iter_rows(named=True)]
    for answer, row in zip(answers, found.select(NAMES).rows(), strict=True):
        assert list(row) == figures(alone(made, answer)), answer


@given(tables(), st.sampled_from([1, 500]))
def test_what_score_refuses_ends_the_work(drawn: tuple[list[str], pl.DataFrame], many: int) -> None:
    """A table is refused where one of its rows is, be it scored in columns or row by row; else it scores as they do."""
    made, table = made_of(*drawn[0]), drawn[1]
    rows = [told(row) for row in table.iter_rows(named=True)]
    whole = [
        {"not_applicable": "None."} if beside.pop("not_applicable", None) else {"values": values, **beside}
        for values, beside in rows
    ]
    answers = [None if answer.get("values") == {} else answer for answer in whole]
    task = Task(hm.Scorer(made), {}, {}, Outputs(), "fail", DAY)
    several = pl.concat([table] * many)
    if any(answer is not None and refuses(made, answer) for answer in answers):
        with pytest.raises(hm.AnswerError):
            task.score(several)
        return
    for answer, row in zip(answers, task.score(several).select(NAMES).rows(), strict=False):
        assert list(row) == figures(alone(made, answer)), answer


GIVEN = {"c__metric": [0.7, 0.9, None], "c__choice": ["3", "1", "live"], "c__sample": [5, 100, 5]}


def problems(data: Mapping[str, list[Any]], many: int = 1, **more: Any) -> list[str]:
    with pytest.raises(hm.AnswerError) as caught:
        hm.frames.score_frame(made_of("metric", "choice"), pl.concat([pl.DataFrame(data)] * many), **more)
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.parametrize("many", [1, 300])
def test_a_sample_that_is_too_small_passes_to_the_next_scale(many: int) -> None:
    table = pl.concat([pl.DataFrame(GIVEN)] * many)
    found = hm.frames.score_frame(made_of("metric", "choice"), table, columns={"b": "B"} if "B" in table else None)
    answers = [{"c": each} for each in ("3", {"value": 0.9, "sample": 100}, "live")]
    expected = [hm.score(made_of("metric", "choice"), answer)["d"].score for answer in answers]
    assert found["d.score"].to_list() == expected * many


def test_a_number_of_many_decimals_counts_on_a_later_scale() -> None:
    made, proof = made_of("choice", "metric"), ["proof", "proof"]
    table = pl.DataFrame({"c__choice": [None, "3"], "c__metric": [0.512345, 0.512345], "c__evidence": proof})
    found = hm.frames.score_frame(made, table, on_error="null")
    answers = [hm.Answer(value=value, evidence="proof") for value in (0.512345, "3")]
    assert found.select(NAMES).rows() == [tuple(figures(hm.score(made, {"c": answer}))) for answer in answers]


def test_two_columns_of_one_criterion_do_not_make_another_known() -> None:
    table = pl.DataFrame({"c__metric": [0.7] * 500, "c__choice": ["1"] * 500})
    assert set(hm.frames.score_frame(made_of("metric", "choice"), table)["d.coverage"]) == {0.5}


def test_a_column_is_of_the_criterion_that_it_is_called_by() -> None:
    made = rubric(dimension("d", staged("a"), staged("a__choice"), staged("a__sample")))
    found = hm.frames.score_frame(made, pl.DataFrame({"a__choice": ["1"], "a__sample": ["2"]}))
    assert found["d.coverage"].to_list() == [2 / 3]


@pytest.mark.parametrize("many", [1, 300])
def test_texts_stand_for_what_the_scale_of_a_column_takes(many: int) -> None:
    made = made_of("metric", "choice")
    away = hm.NotApplicable(not_applicable="None.")
    texts = {"ready": "3", "much": 0.9, "?": hm.Unknown(unknown="dont-know"), "n/a": away}
    table = pl.DataFrame({"Q__metric": ["much", "?", "n/a", "9"], "Q__choice": ["1", "ready", "live", "n/a"]})
    found = hm.frames.score_frame(made, pl.concat([table] * many), columns={"c": "Q"}, values={"c": texts})
    answers = [{"values": {"metric": 0.9, "choice": "1"}}, "3", {"not_applicable": "None."}, {"not_applicable": "-"}]
    expected = [hm.score(made, {"c": answer}) for answer in answers]
    assert found["d.low"].to_list() == [card["d"].low for card in expected] * many
    assert found["d.coverage"].to_list() == [card["d"].coverage for card in expected] * many


def test_every_cell_that_does_not_fit_is_told() -> None:
    table = {"c__metric": [7.0, 0.5], "c__choice": ["liv", "nope"], "c__evidence": ["papr", "paper"]}
    above = "7 is above 4, the largest number that is possible"
    assert problems(table, 300) == [
        f"error[unfit-answer] c__metric: '7.0' in 300 rows does not fit: {above}",
        (
            "error[unfit-answer] c__evidence: 'papr' in 300 rows does not fit: write one of word, paper, proof"
            " (did you mean 'paper'?)"
        ),
        "error[unfit-answer] c__choice: 'liv' in 300 rows does not fit: write one of 1, live, 3 (did you mean 'live'?)",
        "error[unfit-answer] c__choice: 'nope' in 300 rows does not fit: write one of 1, live, 3",
    ]


def test_what_stands_beside_several_columns_is_told_once() -> None:
    table = {"c__metric": [0.7, None, 1.0], "c__choice": [None, "1", "1"], "c__sample": [0, 0, 0]}
    assert problems(table) == [
        "error[unfit-answer] c__sample: '0' in 3 rows does not fit: a sample is a whole number of at least 1"
    ]


def test_answers_stand_in_one_place() -> None:
    assert problems({**GIVEN, "c": ["1", "1", "1"]}) == [
        (
            "error[repeated-answer] c: answers to 'c' stand here and in 'c__metric' and 'c__choice': leave this column"
            " out, or the others"
        )
    ]


def test_columns_that_no_scale_is_called_by_are_told() -> None:
    table = {"c__metrc": [1], "c__yes_no": [True], "cc__choice": ["1"], "c__samples": [4], "c__remark": ["fine"]}
    beside = "nothing that stands beside 'c' is called"
    assert problems(table) == [
        f"error[missing-column] c__metrc: {beside} 'metrc' (did you mean 'c__metric'?)",
        "error[wrong-scale] c__yes_no: 'c' is not answered on the scale 'yes_no', but on metric, choice",
        (
            "error[unknown-criterion] cc__choice: there is no criterion 'cc' that could be answered here"
            " (did you mean 'c__choice'?)"
        ),
        f"error[missing-column] c__samples: {beside} 'samples' (did you mean 'c__sample'?)",
    ]
    assert problems({"c__metric": [True]}) == [
        "error[wrong-type] c__metric: the column holds Boolean, which no scale of 'c' takes (metric)"
    ]


def test_what_stands_beside_needs_an_answer_on_any_scale() -> None:
    nothing = "there is no column 'c' with answers that this one could stand beside"
    assert problems({"b": ["1"], "c__sample": [5]}) == [f"error[missing-column] c__sample: {nothing}"]
    assert problems({"Q__choice": ["1"]}, columns={"c": "Q", "b": "Q"}) == [
        "error[shared-column] Q__choice: the column is read for 'c' and 'b': name another one for all but one"
    ]


def test_a_text_stands_for_one_value() -> None:
    (found,) = problems(GIVEN, values={"c": {"F": {"value": "3", "evidence": "proof"}}})
    assert found.endswith("one value is wanted here; put `evidence` in columns beside")
    (found,) = problems({"c": ["F"]}, values={"c": {"F": {"values": {"choice": "3"}, "sample": 3}}})
    assert found.endswith("one value is wanted here; put `sample` and `values` in columns beside")


@pytest.mark.parametrize("many", [1, 300])
def test_a_text_stands_for_an_answer_with_its_evidence(many: int) -> None:
    made = made_of("choice")
    table = pl.DataFrame({"c": ["F", "F"], "c__evidence": [None, "word"]})
    found = hm.frames.score_frame(
        made, pl.concat([table] * many), values={"c": {"F": {"value": "3", "evidence": "proof"}}}
    )
    expected = [hm.score(made, {"c": hm.Answer(value="3", evidence=grade)})["d"].low for grade in ("proof", "word")]
    assert found["d.low"].to_list() == expected * many
