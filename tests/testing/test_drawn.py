"""Drawn rubrics and answers are what an author could have written: valid, and different from one another."""

import strategies as drawn
from hypothesis import given
from hypothesis import strategies as st
from reference import evaluate
from strategies import AGGREGATORS, MEASURES

from humanai_maturity.model.consistency import inconsistencies
from humanai_maturity.model.rubric import Rubric


@given(st.booleans().flatmap(lambda spanning: drawn.rubrics(spanning=spanning)))
def test_drawn_rubrics_are_consistent(rubric: Rubric) -> None:
    assert [*inconsistencies(rubric)] == []


@given(drawn.rubrics(), st.data())
def test_ladders_rise(rubric: Rubric, data: st.DataObject) -> None:
    question = data.draw(st.sampled_from(drawn.questions(rubric)))
    scale = data.draw(st.sampled_from(question.scales))
    rows = [
        evaluate(rubric, {question.id: answer}, measures=MEASURES, aggregators=AGGREGATORS)[question.id]
        for answer in drawn.steps(rubric, question, scale)
    ]
    claimed = [row.claimed for row in rows if row.claimed is not None]
    assert claimed == sorted(claimed)
    assert len(claimed) == len(rows)
    assert rows[0].minimum is not None
    worst = evaluate(rubric, drawn.worst_answers(rubric), measures=MEASURES, aggregators=AGGREGATORS)[question.id]
    best = evaluate(rubric, drawn.best_answers(rubric), measures=MEASURES, aggregators=AGGREGATORS)[question.id]
    assert worst.claimed is not None
    assert best.claimed is not None
    assert all(worst.claimed <= value <= best.claimed for value in claimed)
