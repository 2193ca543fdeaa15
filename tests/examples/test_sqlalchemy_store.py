"""The store keeps what was given and what was reported, and scores again once per content of a rubric."""

from collections.abc import Iterator

import pytest

import humanai_maturity as hm

pytest.importorskip("sqlalchemy", reason="sqlalchemy is not installed")

from sqlalchemy import create_engine
from sqlalchemy.orm import Session
from sqlalchemy_store import Table, score_again, store

RUBRIC = hm.load_rubric("ai-human-cx")
STRICTER = RUBRIC.model_copy(update={"version": "2.0.0", "missing": "required"})
ASSESSMENT = hm.Assessment.model_validate(
    {
        "rubric": {"id": RUBRIC.id, "version": RUBRIC.version},
        "scope": {"unit": "Returns"},
        "date": "2026-04-09",
        "answers": {
            "data.sources": {"value": "owned", "as_of": "2026-03-31"},
            "data.identity": 0.7,
            "data.capture": ["basics"],
            "data.consent": {"unknown": "declined"},
        },
    }
)


@pytest.fixture
def session() -> Iterator[Session]:
    engine = create_engine("sqlite://")
    Table.metadata.create_all(engine)
    with Session(engine) as session:
        yield session
    engine.dispose()


def test_an_assessment_and_its_result_come_back_as_they_were(session: Session) -> None:
    stored = store(session, hm.Scorer(RUBRIC), ASSESSMENT)
    session.commit()
    session.expire_all()
    assert hm.Assessment.model_validate(stored.document) == ASSESSMENT
    assert [result.card for result in stored.results] == [hm.score(RUBRIC, ASSESSMENT)]
    assert (stored.unit, stored.day) == ("Returns", ASSESSMENT.date)


def test_a_new_version_adds_a_result_and_keeps_the_old_one(session: Session) -> None:
    stored = store(session, hm.Scorer(RUBRIC), ASSESSMENT)
    session.commit()
    (result,) = score_again(session, hm.Scorer(STRICTER))
    session.commit()
    session.expire_all()
    assert [each.version for each in stored.results] == [RUBRIC.version, STRICTER.version]
    assert stored.results[0].card == hm.score(RUBRIC, ASSESSMENT)
    assert result.card.policies[0].missing == "required"


def test_nothing_is_scored_twice_with_the_same_content(session: Session) -> None:
    store(session, hm.Scorer(RUBRIC), ASSESSMENT)
    assert len(score_again(session, hm.Scorer(STRICTER))) == 1
    assert score_again(session, hm.Scorer(STRICTER)) == []
    assert score_again(session, hm.Scorer(RUBRIC)) == []


def test_answers_that_do_not_fit_are_not_kept(session: Session) -> None:
    wrong = ASSESSMENT.model_copy(update={"rubric": hm.RubricRef(id="other")})
    with pytest.raises(hm.AnswerError):
        store(session, hm.Scorer(RUBRIC), wrong)
    assert not session.new
