"""A session: the order of questions, going back and on, and saving after every answer."""

import pytest
from advised_rubrics import advised

from humanai_maturity.asking.session import Session, questions_of
from humanai_maturity.engine import Scorer
from humanai_maturity.errors import AnswerError, RubricError
from humanai_maturity.model.assessment import Answer, Assessment, Unknown
from humanai_maturity.model.rubric import Rubric

ALL = ["owned", "fresh", "trained", "heard", "told", "complaints"]


def rubric() -> Rubric:
    plain = advised()
    facts = (plain.facts[0].model_copy(update={"quick": True}), plain.facts[1])
    return plain.model_copy(update={"facts": facts})


def session(saved: list[Assessment], **answers: object) -> Session:
    begun = Assessment.model_validate({"rubric": "advised", "answers": answers})
    return Session(Scorer(rubric()), questions_of(rubric()), begun, saved.append)


def test_questions_come_in_the_rubrics_order_facts_last() -> None:
    found = questions_of(rubric())
    assert [asked.question.id for asked in found] == ALL
    assert [asked.part for asked in found] == ["Data", "Data", "People", "People", None, None]


def test_the_short_form_has_the_quick_questions() -> None:
    assert [asked.question.id for asked in questions_of(rubric(), quick=True)] == ["told"]
    with pytest.raises(RubricError, match="has no short form"):
        questions_of(advised(), quick=True)


def test_every_answer_is_saved_at_once() -> None:
    saved: list[Assessment] = []
    asking = session(saved)
    asking.answer(Answer(value="some"))
    asking.answer(Unknown(unknown="pending"))
    assert [sorted(each.answers) for each in saved] == [["owned"], ["fresh", "owned"]]
    assert (asking.settled, asking.place) == (2, 2)


def test_an_answer_that_does_not_fit_changes_nothing() -> None:
    saved: list[Assessment] = []
    asking = session(saved)
    with pytest.raises(AnswerError):
        asking.answer(Answer(value="smoe"))
    assert (saved, asking.place, asking.settled) == ([], 0, 0)


def test_it_begins_where_answers_end() -> None:
    assert session([], owned="some", trained=["a"]).place == 1
    assert session([], **{key: {"unknown": "pending"} for key in ALL}).next is None
    with pytest.raises(AnswerError):
        session([], owned="smoe")


def test_back_and_on_again() -> None:
    asking = session([], owned="some")
    asking.back()
    asking.back()
    assert asking.next is not None
    assert asking.next.question.id == "owned"
    asking.keep()
    assert asking.next.question.id == "fresh"
    assert asking.assessment.answers["owned"] == Answer(value="some")
