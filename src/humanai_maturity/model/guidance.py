"""What a rubric advises, and what its numbers rest on. Values only; no score depends on any of them."""

from typing import Annotated, Literal

from pydantic import BeforeValidator

from humanai_maturity.model.exact import Document, Id, StageRef, Text


class Source(Document):
    """Name something published that the rubric rests on."""

    id: Id
    """What a basis calls it."""
    title: Text
    """What it is called."""
    by: Text | None = None
    """Who published it."""
    date: Text | None = None
    """When it was published, as far as is known."""
    place: Text | None = None
    """Where it can be found, such as an address or a page."""
    says: Text | None = None
    """What is taken from it, or what to be careful about."""


class Basis(Document):
    """Say what a number rests on."""

    kind: Literal["sourced", "derived", "judgement"]
    """`sourced`: published. `derived`: worked out from what is published, or from data. `judgement`: neither."""
    sources: tuple[Id, ...] = ()
    """The sources, by their ids; a judgement has none."""
    note: Text | None = None
    """How the number follows, or why it was chosen."""


def _spelt_out(value: object) -> object:
    """Return a bare kind as the basis that it is short for."""
    return {"kind": value} if isinstance(value, str) else value


GivenBasis = Annotated[
    Basis,
    BeforeValidator(_spelt_out, json_schema_input_type=Literal["sourced", "derived", "judgement"] | Basis),
]
"""A basis, or only its kind."""


class Role(Document):
    """Describe one role that people have in a team."""

    id: Id
    """What teams and next steps call it."""
    title: Text
    """What people call it."""
    does: Text | None = None
    """What it is there for."""
    from_stage: StageRef | None = None
    """The first stage at which a team needs it."""


class TeamRole(Document):
    """Say how much of a role a team has at a stage."""

    role: Id
    """The role."""
    amount: Text | None = None
    """How much of it, such as `half a post` or `one for each shift`."""


class Ratio(Document):
    """Give a figure to size a team by."""

    text: Text
    """The figure in words, such as `8 to 12 agents for each supervisor`."""
    basis: GivenBasis
    """What it rests on."""


class Team(Document):
    """Describe the team that fits a stage."""

    shape: Text | None = None
    """How it is put together."""
    roles: tuple[TeamRole, ...] = ()
    """The roles that it has."""
    rituals: tuple[Text, ...] = ()
    """What it does regularly."""
    ratios: tuple[Ratio, ...] = ()
    """Figures to size it by."""


class NextStep(Document):
    """Say what takes a criterion to a stage from the one before."""

    to: StageRef
    """The stage that it leads to."""
    do: Text
    """What to do."""
    effort: Literal["small", "medium", "large"] = "medium"
    """How much work it is: days, weeks, or months."""
    impact: Literal["low", "medium", "high"] = "medium"
    """How much it changes for customers and for the people who serve them."""
    owner: Id | None = None
    """The role that sees to it."""
