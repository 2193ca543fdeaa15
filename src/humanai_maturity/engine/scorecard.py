"""The scorecard: the public face of a result."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import fields
from functools import cache, cached_property
from typing import Any, Self

from pydantic import GetCoreSchemaHandler, TypeAdapter
from pydantic_core import CoreSchema, core_schema

from humanai_maturity.advice.advised import AdvisedStep, TeamAdvice
from humanai_maturity.engine.explanation import explain
from humanai_maturity.engine.findings import Findings
from humanai_maturity.engine.fragment import fragment
from humanai_maturity.engine.result import (
    Blocker,
    CriterionResult,
    FlagResult,
    Loss,
    NodeResult,
    PolicyUsed,
    RubricUsed,
    ScorecardData,
    StageReached,
)
from humanai_maturity.errors import near_miss
from humanai_maturity.model.assessment import Scope
from humanai_maturity.model.rubric import OVERALL


class Scorecard:
    """Read what a rubric makes of one assessment.

    Its parts are worked out when they are first asked for. A scorecard is a value: equal ones compare equal, and an
    equal one comes back from its JSON. pydantic models and FastAPI take scorecards as fields and as return types.

    Example:
        >>> import humanai_maturity as hm
        >>> card = hm.score("ai-human-cx", {"data.sources": "owned"})
        >>> card.stage is None, card["data"].coverage < 0.7
        (True, True)
    """

    def __init__(self, source: ScorecardData | Findings) -> None:
        self._source = source

    @property
    def rubric(self) -> RubricUsed:
        """Return which rubric gave the result."""
        return self._source.rubric

    @property
    def library(self) -> str:
        """Return the version of the library that gave the result."""
        return self._source.library

    @property
    def policies(self) -> tuple[PolicyUsed, ...]:
        """Return what unknown and not applicable answers did: of the whole, and where a node differs."""
        return self._source.policies

    @property
    def overrides(self) -> tuple[str, ...]:
        """Return what overlays changed about the rubric, each in words."""
        return self._source.overrides

    @property
    def scope(self) -> Scope:
        """Return what was assessed."""
        return self._source.scope

    @property
    def date(self) -> dt.date | None:
        """Return the day of the assessment."""
        return self._source.date

    @property
    def stages(self) -> tuple[StageReached, ...]:
        """Return the stages of the rubric, lowest first."""
        return self._source.stages

    @property
    def nodes(self) -> tuple[NodeResult, ...]:
        """Return the whole, then every dimension, level by level."""
        return self._source.nodes

    @property
    def overall(self) -> NodeResult:
        """Return the row of the whole."""
        return self._source.nodes[0]

    @property
    def dimensions(self) -> tuple[NodeResult, ...]:
        """Return the profile: the top dimensions, in the order of the rubric."""
        return tuple(node for node in self.nodes if node.parent == OVERALL)

    @property
    def criteria(self) -> tuple[CriterionResult, ...]:
        """Return every criterion, in the order of the rubric."""
        return self._source.criteria

    @property
    def facts(self) -> tuple[CriterionResult, ...]:
        """Return every fact, in the order of the rubric."""
        return self._source.facts

    @property
    def flags(self) -> tuple[FlagResult, ...]:
        """Return every flag, raised or not."""
        return self._source.flags

    @property
    def blockers(self) -> tuple[Blocker, ...]:
        """Return what stands between each node and its next stage, the whole first."""
        return self._source.blockers

    @property
    def first_lost(self) -> tuple[Loss, ...]:
        """Return the criteria whose smallest drop would cost the whole its stage."""
        return self._source.first_lost

    @property
    def stage(self) -> StageReached | None:
        """Return the stage of the whole; `None` where too little is known for one."""
        return self._source.stage

    @property
    def stage_low(self) -> StageReached | None:
        """Return the lowest stage that the whole can turn out to be at."""
        return self._source.stage_low

    @property
    def stage_high(self) -> StageReached | None:
        """Return the highest stage that the whole can turn out to be at."""
        return self._source.stage_high

    @property
    def score(self) -> float | None:
        """Return the score of the whole; `None` where too little is known for one."""
        return self._source.score

    def explain(self, name: str | None = None) -> str:
        """Return the result in words, ready to paste; or how one of its figures comes about, to the last fraction.

        Args:
            name: The id of a criterion, a fact, a dimension or a flag, or `overall`; by default everything is told.

        Raises:
            KeyError: If the rubric has nothing of that id.

        Example:
            >>> import humanai_maturity as hm
            >>> card = hm.score("ai-human-cx", {"data.sources": "owned"})
            >>> print(card.explain("data.sources"))  # doctest: +ELLIPSIS
            Data sources (data.sources), in Data
            ...
        """
        known = (*self._rows, *(flag.id for flag in self.flags))
        if name is not None and name not in known:
            raise KeyError(_not_there(name, known))
        return explain(self.data, name)

    def next_steps(self, limit: int = 5) -> tuple[AdvisedStep, ...]:
        """Return what to do next, the most pressing first, each with what it would change.

        First comes what clears a flag that blocks, then what others need first, then what lies in the dimension that
        holds others back, then the rest by gap x weight x impact / effort. Every effect is found by scoring the answers
        again as they would be then. A rubric without next steps advises nothing.

        Args:
            limit: How many at most; a result holds ten.

        Example:
            >>> import humanai_maturity as hm
            >>> card = hm.score("ai-human-cx", {"data.sources": "owned"})
            >>> all(step.effects for step in card.next_steps() if step.kind == "step")
            True
        """
        return self._source.next_steps[:limit]

    def team(self) -> TeamAdvice | None:
        """Return which team fits the stage that is reached, and which one the next; `None` without such guidance.

        Where the whole has no point, the stage is the lowest that it can turn out to be at.

        Example:
            >>> import humanai_maturity as hm
            >>> advice = hm.score("ai-human-cx", {}).team()
            >>> advice is None or advice.now.id
            'foundational'
        """
        return self._source.team

    @cached_property
    def data(self) -> ScorecardData:
        """Return everything that the scorecard says, as one value."""
        if isinstance(self._source, ScorecardData):
            return self._source
        return ScorecardData(**{field.name: getattr(self._source, field.name) for field in fields(ScorecardData)})

    @cached_property
    def _rows(self) -> dict[str, NodeResult | CriterionResult]:
        rows: tuple[NodeResult | CriterionResult, ...] = (*self.nodes, *self.criteria, *self.facts)
        return {row.id: row for row in rows}

    def __getitem__(self, name: str) -> NodeResult | CriterionResult:
        """Return the row of a criterion, a fact or a dimension; `overall` is the whole.

        Raises:
            KeyError: If the rubric has nothing of that id.
        """
        try:
            return self._rows[name]
        except KeyError:
            raise KeyError(_not_there(name, self._rows)) from None

    __iter__ = None

    def __contains__(self, name: object) -> bool:
        """Return whether the rubric has a criterion, a fact or a dimension of that id."""
        return name in self._rows

    def __eq__(self, other: object) -> bool:
        """Compare by content."""
        return self.data == other.data if isinstance(other, Scorecard) else NotImplemented

    def __hash__(self) -> int:
        """Hash by content."""
        return hash(self.data)

    def __repr__(self) -> str:
        """Return the outcome in one line."""
        stage, low, high = (each.id if each else None for each in (self.stage, self.stage_low, self.stage_high))
        return f"<Scorecard of {self.rubric.id} {self.rubric.version}: stage {stage}, from {low} to {high}>"

    def _repr_html_(self) -> str:
        """Return the profile for a notebook to show."""
        return fragment(self.data)

    def __reduce__(self) -> tuple[type[Self], tuple[ScorecardData]]:
        """Copy and pickle by content."""
        return type(self), (self.data,)

    def model_dump_json(self, *, indent: int | None = None) -> str:
        """Return the scorecard as JSON: exact numbers as text beside rounded ones, never NaN."""
        return _data_adapter().dump_json(self.data, indent=indent).decode()

    def model_dump(self) -> dict[str, Any]:
        """Return the scorecard as plain data that JSON can hold."""
        dumped: dict[str, Any] = _data_adapter().dump_python(self.data, mode="json")
        return dumped

    @classmethod
    def model_validate(cls, data: object) -> Self:
        """Return the scorecard that plain data describes, such as `model_dump` returns.

        Raises:
            pydantic.ValidationError: If it describes none.
        """
        return cls(_data_adapter().validate_python(data))

    @classmethod
    def model_validate_json(cls, text: str | bytes) -> Self:
        """Return the scorecard that JSON describes.

        Raises:
            pydantic.ValidationError: If it describes none.
        """
        return cls(_data_adapter().validate_json(text))

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: type, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Let pydantic read and write scorecards inside other models."""
        data = handler.generate_schema(ScorecardData)
        read = core_schema.no_info_after_validator_function(cls, data)
        return core_schema.json_or_python_schema(
            json_schema=read,
            python_schema=core_schema.union_schema([core_schema.is_instance_schema(cls), read]),
            serialization=core_schema.plain_serializer_function_ser_schema(lambda card: card.data, return_schema=data),
        )


@cache
def _data_adapter() -> TypeAdapter[ScorecardData]:
    """Return the adapter, built on first use because building it takes longer than scoring."""
    return TypeAdapter(ScorecardData)


def _not_there(name: str, known: Iterable[str]) -> str:
    hint = near_miss(str(name), known)
    return f"the rubric has no {name!r}{f'; did you mean {hint!r}?' if hint else ''}"
