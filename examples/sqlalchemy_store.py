"""Keep assessments in a database, and score them again when the rubric changes.

An assessment is kept as it was given and never changes. Each version of the
rubric adds a result of its own, so that every number that was ever reported can
still be shown.
"""

from datetime import date
from typing import Any

from sqlalchemy import JSON, ForeignKey, UniqueConstraint, select
from sqlalchemy.orm import (
    DeclarativeBase,
    Mapped,
    Session,
    mapped_column,
    relationship,
)

import humanai_maturity as hm


class Table(DeclarativeBase):
    """Hold what all tables share: a mapping is a JSON column."""

    type_annotation_map = {dict[str, Any]: JSON}


class StoredAssessment(Table):
    """Keep one assessment, as it was given."""

    __tablename__ = "assessments"

    id: Mapped[int] = mapped_column(primary_key=True)
    rubric: Mapped[str] = mapped_column(index=True)
    unit: Mapped[str | None]
    day: Mapped[date | None]
    document: Mapped[dict[str, Any]]
    results: Mapped[list["StoredResult"]] = relationship(
        order_by="StoredResult.id"
    )


class StoredResult(Table):
    """Keep what one version of a rubric made of an assessment."""

    __tablename__ = "results"
    __table_args__ = (UniqueConstraint("assessment_id", "digest"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessments.id"))
    version: Mapped[str]
    digest: Mapped[str]
    stage: Mapped[str | None]
    document: Mapped[dict[str, Any]]

    @property
    def card(self) -> hm.Scorecard:
        """Return the result as it was."""
        return hm.Scorecard.model_validate(self.document)


def store(
    session: Session, scorer: hm.Scorer, assessment: hm.Assessment
) -> StoredAssessment:
    """Keep an assessment with its first result.

    Raises:
        AnswerError: If its answers do not fit the rubric; then nothing is kept.
    """
    stored = StoredAssessment(
        rubric=assessment.rubric.id,
        unit=assessment.scope.unit,
        day=assessment.date,
        document=assessment.model_dump(mode="json", exclude_defaults=True),
        results=[result_of(scorer, assessment)],
    )
    session.add(stored)
    return stored


def score_again(session: Session, scorer: hm.Scorer) -> list[StoredResult]:
    """Score what this content of the rubric has not scored yet.

    Raises:
        AnswerError: If answers no longer fit, such as after an option was
            renamed: migrate those first.
    """
    scored = select(StoredResult.assessment_id).where(
        StoredResult.digest == scorer.digest
    )
    left = select(StoredAssessment).where(
        StoredAssessment.rubric == scorer.rubric.id,
        StoredAssessment.id.not_in(scored),
    )
    results = []
    for stored in session.scalars(left):
        assessment = hm.Assessment.model_validate(stored.document)
        # The answers name the version that they were given for, which is not
        # the one that scores them now.
        anew = assessment.model_copy(
            update={"rubric": hm.RubricRef(id=scorer.rubric.id)}
        )
        results.append(result_of(scorer, anew))
        stored.results.append(results[-1])
    return results


def result_of(scorer: hm.Scorer, assessment: hm.Assessment) -> StoredResult:
    """Return the result of an assessment, ready to be kept."""
    card = scorer.score(assessment)
    return StoredResult(
        version=card.rubric.version,
        digest=card.rubric.digest,
        stage=card.stage.id if card.stage else None,
        document=card.model_dump(),
    )
