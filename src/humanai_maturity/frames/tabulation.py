"""The figures of a summary: what teams are counted by, and what becomes of the counts.

Every figure is made of counts, also the medians: so a table of any size is read part by part, and what is kept of it is
as small as the number of groups, of stages and of different scores.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, TypeAlias

import polars as pl

from humanai_maturity.frames.names import OWN
from humanai_maturity.frames.scored import Figure

STAGE, BLOCKER, FLAG = ".stage", ".first_blocker", "flags."
"""What the names of a scored table's columns end in, or begin with."""

Types: TypeAlias = Mapping[str, type[pl.DataType] | pl.DataType]

COUNT, PLACE, TEAMS = f"{OWN}count", f"{OWN}place", "teams"
_DECIMALS = 1000
"""Scores are counted in thousandths."""
_REST, _LABEL = f"{OWN}rest", f"{OWN}first_"


@dataclass(frozen=True)
class Stages:
    """At which stages teams stand and can stand, and what lies in the middle.

    Attributes:
        top: The number of the highest stage.
        stages: Which of a node's stages the table has: `stage`, `stage_low`, `stage_high`.
        scores: Which of its scores: `score`, `low`, `high`.
        least: Of how many teams at least a median is told.
    """

    top: int
    stages: Sequence[str]
    scores: Sequence[str]
    least: int

    unit: ClassVar = "node"
    key: ClassVar = pl.Int32

    @property
    def types(self) -> Types:
        """Return the summary's columns behind the number of teams."""
        shares = {f"{name}_share": pl.Float64 for name in self._standing}
        medians: Types = {f"median_{name}": pl.UInt8 for name in self.stages}
        medians = {**medians, **{f"median_{name}": pl.Float64 for name in self.scores}}
        return {**dict.fromkeys(self.parts(()), pl.UInt32), **shares, **medians}

    @property
    def _numbers(self) -> Sequence[int]:
        return range(1, self.top + 1)

    @property
    def _standing(self) -> Sequence[str]:
        return ("no_stage", *(f"stage_{number}" for number in self._numbers))

    def parts(self, _: Iterable[str]) -> Sequence[str]:
        """Return the figures that count a part of a group's teams."""
        ends = [f"stage_{number}_{end}" for number in self._numbers for end in ("at_least", "at_most")]
        return (*self._standing, *(ends if len(self.stages) > 1 else ()))

    def read_of(self, node: str) -> Mapping[str, Figure]:
        """Return the columns of a scored table that tell of a node."""
        stages: Mapping[str, Figure] = {f"{node}.{name}": "stage" for name in self.stages}
        return {**stages, **{f"{node}.{name}": "score" for name in self.scores}}

    def keys(self, node: str) -> Iterator[Mapping[str, pl.Expr]]:
        """Yield what teams are counted by: their stages together, and every score."""
        yield {name: pl.col(f"{node}.{name}") for name in self.stages}
        for name in self.scores:
            yield {name: (pl.col(f"{node}.{name}").cast(pl.Float64) * _DECIMALS).round()}

    def figures(self, _: pl.DataFrame) -> Iterator[pl.Expr]:
        """Yield the figures of a group."""
        stage, low, high = (pl.col(f"{OWN}{name}") for name in ("stage", "stage_low", "stage_high"))
        staged = pl.col(PLACE) == 0
        yield _teams(staged).alias(TEAMS)
        yield _teams(staged & stage.is_null()).alias("no_stage")
        for number in self._numbers:
            yield _teams(staged & (stage == number)).alias(f"stage_{number}")
            if len(self.stages) > 1:
                yield _teams(staged & (low == number) & (high == number)).alias(f"stage_{number}_at_least")
                yield _teams(staged & (low <= number) & (high >= number)).alias(f"stage_{number}_at_most")
        for name in self.stages:
            yield self._median(f"{OWN}{name}").alias(f"median_{name}")
        for name in self.scores:
            yield (self._median(f"{OWN}{name}") / _DECIMALS).alias(f"median_{name}")

    def _median(self, value: str) -> pl.Expr:
        """Return the lower median of a group's teams that have a value: one that a team has. Of few, there is none."""
        there = pl.col(value).is_not_null()
        values, counts = pl.col(value).filter(there), pl.col(COUNT).filter(there)
        reached = counts.sort_by(values).cum_sum() * 2 >= counts.sum()
        return pl.when(counts.sum() >= self.least).then(values.sort().filter(reached).first())

    def rows(self, figures: pl.DataFrame, _: Sequence[str]) -> pl.DataFrame:
        """Return the rows of the summary."""
        shares = (pl.col(name) / pl.col(TEAMS) for name in self._standing)
        return figures.with_columns(share.name.suffix("_share") for share in shares)


@dataclass(frozen=True)
class Blockers:
    """What holds most teams back."""

    unit: ClassVar = "node"
    key: ClassVar = pl.String
    types: ClassVar[Types] = {"first_blocker": pl.String, "held": pl.UInt32, "share": pl.Float64}

    def parts(self, figures: Iterable[str]) -> Sequence[str]:
        """Return the figures that count a part of a group's teams."""
        return [name for name in figures if name == _REST or name.startswith(_LABEL)]

    def read_of(self, node: str) -> Mapping[str, Figure]:
        """Return the columns of a scored table that tell of a node."""
        return {f"{node}{BLOCKER}": "blocker"}

    def keys(self, node: str) -> Iterator[Mapping[str, pl.Expr]]:
        """Yield what teams are counted by: what comes first of all that holds them back."""
        yield {"first": pl.col(f"{node}{BLOCKER}")}

    def figures(self, counts: pl.DataFrame) -> Iterator[pl.Expr]:
        """Yield the figures of a group."""
        yield _teams(pl.lit(value=True)).alias(TEAMS)
        yield _teams(pl.col(f"{OWN}first").is_null()).alias(_REST)
        for text in sorted(counts[f"{OWN}first"].drop_nulls().unique()):
            yield _teams(pl.col(f"{OWN}first") == text).alias(_LABEL + text)

    def rows(self, figures: pl.DataFrame, groups: Sequence[str]) -> pl.DataFrame:
        """Return the rows of the summary: in each group the most frequent first, and one without for a hidden group."""
        named = [name for name in self.parts(figures.columns) if name != _REST]
        found = figures.unpivot(named, index=[*groups, TEAMS], variable_name="first_blocker", value_name="held")
        found = found.filter(pl.col("held") > 0).with_columns(pl.col("first_blocker").str.strip_prefix(_LABEL))
        hidden = figures.filter(pl.col(_REST).is_null()).select(*groups, TEAMS)
        together = pl.concat([found, hidden], how="diagonal").sort("held", "first_blocker", descending=[True, False])
        return together.with_columns((pl.col("held") / pl.col(TEAMS)).alias("share"))


@dataclass(frozen=True)
class Flags:
    """How many teams raise a flag."""

    unit: ClassVar = "flag"
    key: ClassVar = pl.Boolean
    types: ClassVar[Types] = {"raised": pl.UInt32, "share": pl.Float64}

    def parts(self, _: Iterable[str]) -> Sequence[str]:
        """Return the figures that count a part of a group's teams."""
        return ("raised", _REST)

    def read_of(self, flag: str) -> Mapping[str, Figure]:
        """Return the column of a scored table that tells of a flag."""
        return {f"{FLAG}{flag}": "flag"}

    def keys(self, flag: str) -> Iterator[Mapping[str, pl.Expr]]:
        """Yield what teams are counted by: whether they raise it."""
        yield {"raised": pl.col(f"{FLAG}{flag}")}

    def figures(self, _: pl.DataFrame) -> Iterator[pl.Expr]:
        """Yield the figures of a group."""
        yield _teams(pl.lit(value=True)).alias(TEAMS)
        yield _teams(pl.col(f"{OWN}raised")).alias("raised")
        yield _teams(~pl.col(f"{OWN}raised")).alias(_REST)

    def rows(self, figures: pl.DataFrame, _: Sequence[str]) -> pl.DataFrame:
        """Return the rows of the summary."""
        return figures.with_columns((pl.col("raised") / pl.col(TEAMS)).alias("share"))


Kind: TypeAlias = Stages | Blockers | Flags
"""What a summary is made of."""


def _teams(where: pl.Expr) -> pl.Expr:
    """Return how many teams of a group something is true of."""
    return pl.col(COUNT).filter(where).sum()
