"""Score rules, stage rules and requirements: how a rubric says what follows from what, as data.

There is no expression language. Requirements of gates only ask for more (`at_least`, `above`), those of flags
only for less (`at_most`, `below`), so that a better answer can never lower anything.
"""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Annotated, Literal, TypeAlias

from pydantic import Discriminator, Field, Tag

from humanai_maturity.model.exact import (
    Count,
    Document,
    FrozenMapping,
    Id,
    Mapped,
    Number,
    Positive,
    Setting,
    Share,
    Threshold,
)


class Rounding(Document):
    """Round a node's score as part of the model, exactly here."""

    digits: int = Field(strict=True, ge=0, le=15)
    """How many decimal places to keep."""
    mode: Literal["half_even", "half_up", "down", "up", "floor", "ceiling"] = "half_even"
    """What happens to the rest; `down` cuts it off."""


class Onto(Document):
    """Bring a result from 0 to 1 onto a range of the node's own."""

    minimum: Number = Fraction(0)
    """What 0 becomes."""
    maximum: Number
    """What 1 becomes; above `minimum`."""


class Clip(Document):
    """Hold a result inside limits, such as "never below 0"; at least one of them is given."""

    minimum: Number | None = None
    """The least that the score can be."""
    maximum: Number | None = None
    """The most that the score can be."""


class _ScoreRule(Document):
    over: Literal["children", "leaves"] = "children"
    """Over the node's own children, or over all criteria below it, with their own weights."""
    weights: Literal["own", "equal"] = "own"
    """`equal`: the score counts each of them once, whatever its weight; coverage goes by the weights as written."""
    normalise: bool = Field(default=False, strict=True)
    """Bring every child onto 0 to 1 first; needed where the children stand on different ranges."""
    onto: Onto | None = None
    """With `normalise`: bring the result onto this range, rather than leaving it on 0 to 1."""
    clip: Clip | None = None
    """Hold the result inside limits, after `onto`. What is clipped stands on points."""
    round: Rounding | None = None
    """Round the result, as part of the model, last of all."""


class Mean(_ScoreRule):
    """Take the weighted arithmetic mean."""

    rule: Literal["mean"] = "mean"
    """Which rule this is."""


class PowerMean(_ScoreRule):
    """Take the weighted power mean, correctly rounded to 15 decimal places."""

    rule: Literal["power_mean"]
    """Which rule this is."""
    exponent: Number
    """1 is the arithmetic, 0 the geometric, -1 the harmonic mean; the lower, the more weak children count."""
    floor: Positive | None = None
    """Values below this count as this; needed where `exponent` is 0 or less and a value can be 0."""


class Minimum(_ScoreRule):
    """Take the lowest value."""

    rule: Literal["min"]
    """Which rule this is."""


class Maximum(_ScoreRule):
    """Take the highest value."""

    rule: Literal["max"]
    """Which rule this is."""


class LowerMedian(_ScoreRule):
    """Take the weighted lower median, which is always one of the values."""

    rule: Literal["lower_median"]
    """Which rule this is."""


class Quantile(_ScoreRule):
    """Take the smallest value that at least the share `q` of the weight does not exceed."""

    rule: Literal["quantile"]
    """Which rule this is."""
    q: Annotated[Share, Field(gt=0)]
    """The share, above 0 and at most 1; 1/2 is the lower median."""


class Sum(_ScoreRule):
    """Add up the values times their weights, starting from `base`."""

    rule: Literal["sum"]
    """Which rule this is."""
    base: Number = Fraction(0)
    """Where the sum starts; a model that deducts starts at its maximum."""


class MeanMin(_ScoreRule):
    """Blend the weighted mean with the lowest value: `alpha` x mean + (1 - `alpha`) x lowest."""

    rule: Literal["mean_min"]
    """Which rule this is."""
    alpha: Share
    """How much the mean counts."""


class Aggregate(_ScoreRule):
    """Use an aggregator that a Python package provides under a name."""

    rule: Literal["aggregator"]
    """Which rule this is."""
    name: Id
    """The name of the aggregator."""
    params: Mapped[Setting] = Field(default_factory=FrozenMapping)
    """Settings that the aggregator is called with."""


ScoreRule = Annotated[
    Mean | PowerMean | Minimum | Maximum | LowerMedian | Quantile | Sum | MeanMin | Aggregate,
    Field(discriminator="rule"),
]
"""How the values of a node's children become the node's score."""


class _Comparison(Document):
    at_least: Threshold | None = None
    """Met from this stage or value on."""
    above: Threshold | None = None
    """Met above this stage or value."""
    at_most: Threshold | None = None
    """In a flag: met up to this stage or value."""
    below: Threshold | None = None
    """In a flag: met below this stage or value."""


class CriterionRequirement(_Comparison):
    """Ask something of one criterion or fact."""

    criterion: Id
    """The criterion or fact."""


class DimensionRequirement(_Comparison):
    """Ask something of one dimension: of its stage by a stage's id, of its score by a number."""

    dimension: Id
    """The dimension."""


class ShareRequirement(_Comparison):
    """Ask that a share of the weight of several nodes stands at a stage or value."""

    share: Annotated[Share, Field(gt=0)]
    """The share of the applicable weight."""
    of: Annotated[tuple[Id, ...], Field(min_length=1)]
    """The criteria and dimensions, each with its own weight."""


class EvidenceRequirement(Document):
    """Ask that a share of the weight of the criteria below the node rests on evidence of at least a grade."""

    evidence: Id
    """The lowest evidence grade that counts."""
    share: Annotated[Share, Field(gt=0)]
    """The share of the applicable weight."""


class FlagAbsent(Document):
    """Ask that a flag is not raised."""

    flag_absent: Id
    """The flag."""


class All(Document):
    """Ask that every requirement is met."""

    all: Annotated[tuple["Requirement", ...], Field(min_length=1)]
    """The requirements."""


class AnyOf(Document):
    """Ask that at least one requirement is met."""

    any: Annotated[tuple["Requirement", ...], Field(min_length=1)]
    """The requirements."""


class AtLeastN(Document):
    """Ask that a number of the requirements is met."""

    at_least_n: Count
    """How many; where fewer are applicable, all of those."""
    of: Annotated[tuple["Requirement", ...], Field(min_length=1)]
    """The requirements."""


class Cuts(Document):
    """Give the node the highest stage whose cut its score has reached."""

    cuts: Mapped[Number]
    """The lowest score of each stage above the first."""
    closed: Literal["left", "right"] = "left"
    """`left`: a score on the cut has reached it. `right`: only a score above the cut has."""


class Quorum(Document):
    """Give the node the highest stage at or above which at least a share of its weight stands."""

    quorum: Annotated[Share, Field(gt=0)]
    """The share of the applicable, answered weight."""
    over: Literal["children", "leaves"] = "children"
    """Over the node's own children, or over all criteria below it, with their own weights."""


class Gates(Document):
    """Give the node the highest stage whose requirement, and all lower ones, are met."""

    gates: Mapped["Requirement"]
    """The requirement of each stage above the first."""
    vacuous: Literal["unmet", "met"] = "unmet"
    """What a gate is whose every requirement is not applicable."""


class Lowest(Document):
    """Give the node the lowest of several stages."""

    lowest: Literal["children"] | Annotated[tuple["StageRule", ...], Field(min_length=1)]
    """Rules, or `children` for the stages of the node's children."""


class Highest(Document):
    """Give the node the highest of several stages."""

    highest: Literal["children"] | Annotated[tuple["StageRule", ...], Field(min_length=1)]
    """Rules, or `children` for the stages of the node's children."""


class KthOf(Document):
    """Count into several stages, sorted from the lowest."""

    k: Count
    """1 is the lowest; where there are fewer, the highest of those."""
    of: Literal["children"] | Annotated[tuple["StageRule", ...], Field(min_length=1)]
    """Rules, or `children` for the stages of the node's children."""


class Kth(Document):
    """Give the node the k-th lowest of several stages."""

    kth: KthOf
    """Which one, of what."""


class Lowered(Document):
    """Give the node the stage of another rule, lowered for each of several requirements that is not met."""

    lowered: "StageRule"
    """The rule whose stage is lowered."""
    each: Annotated[tuple["Requirement", ...], Field(min_length=1)]
    """The requirements; what is not applicable takes nothing off."""
    by: Count = 1
    """How many stages each of them takes off; nothing goes below the first."""


_BY_KEY: tuple[tuple[str, type[Document]], ...] = (
    ("criterion", CriterionRequirement),
    ("dimension", DimensionRequirement),
    ("evidence", EvidenceRequirement),
    ("share", ShareRequirement),
    ("flag_absent", FlagAbsent),
    ("all", All),
    ("any", AnyOf),
    ("at_least_n", AtLeastN),
    ("cuts", Cuts),
    ("quorum", Quorum),
    ("gates", Gates),
    ("lowest", Lowest),
    ("highest", Highest),
    ("kth", Kth),
    ("lowered", Lowered),
)


def telling_key(value: object) -> str | None:
    """Return the key that tells which requirement or stage rule a mapping is."""
    if isinstance(value, Document):
        return next((key for key, kind in _BY_KEY if type(value) is kind), None)
    return next((key for key, _ in _BY_KEY if key in value), None) if isinstance(value, Mapping) else None


Requirement: TypeAlias = Annotated[
    Annotated[CriterionRequirement, Tag("criterion")]
    | Annotated[DimensionRequirement, Tag("dimension")]
    | Annotated[ShareRequirement, Tag("share")]
    | Annotated[EvidenceRequirement, Tag("evidence")]
    | Annotated[FlagAbsent, Tag("flag_absent")]
    | Annotated[All, Tag("all")]
    | Annotated[AnyOf, Tag("any")]
    | Annotated[AtLeastN, Tag("at_least_n")],
    Discriminator(
        telling_key,
        custom_error_type="not-a-requirement",
        custom_error_message="expected a requirement: one of "
        "criterion, dimension, share, evidence, flag_absent, all, any, at_least_n",
    ),
]
"""Something that answers meet or do not meet."""

StageRule: TypeAlias = Annotated[
    Annotated[Cuts, Tag("cuts")]
    | Annotated[Quorum, Tag("quorum")]
    | Annotated[Gates, Tag("gates")]
    | Annotated[Lowest, Tag("lowest")]
    | Annotated[Highest, Tag("highest")]
    | Annotated[Kth, Tag("kth")]
    | Annotated[Lowered, Tag("lowered")],
    Discriminator(
        telling_key,
        custom_error_type="not-a-stage-rule",
        custom_error_message="expected a stage rule: one of cuts, quorum, gates, lowest, highest, kth, lowered",
    ),
]
"""How a node is given a stage."""


def requirement_names(rule: Requirement | StageRule) -> Iterator[tuple[str, str]]:
    """Yield what a requirement or a stage rule refers to: `("node", id)` or `("flag", id)`.

    Example:
        >>> list(requirement_names(All(all=[{"flag_absent": "f"}, {"criterion": "c", "at_least": 2}])))
        [('flag', 'f'), ('node', 'c')]
    """
    match rule:
        case CriterionRequirement():
            yield "node", rule.criterion
        case DimensionRequirement():
            yield "node", rule.dimension
        case ShareRequirement():
            yield from (("node", name) for name in rule.of)
        case FlagAbsent():
            yield "flag", rule.flag_absent
        case _:
            for part in parts_of(rule):
                yield from requirement_names(part)


def parts_of(rule: Requirement | StageRule) -> tuple[Requirement | StageRule, ...]:
    """Return the requirements or stage rules that another one is directly made of.

    Example:
        >>> parts_of(Quorum(quorum=1))
        ()
    """
    match rule:
        case All():
            return rule.all
        case AnyOf():
            return rule.any
        case AtLeastN():
            return rule.of
        case Gates():
            return tuple(rule.gates.values())
        case Lowest(lowest=of) | Highest(highest=of) | Kth(kth=KthOf(of=of)):
            return of if isinstance(of, tuple) else ()
        case Lowered():
            return (rule.lowered, *rule.each)
        case _:
            return ()
