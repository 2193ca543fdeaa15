"""Many scored teams at once: how their stages are distributed, what holds them back, and which flags they raise."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias, TypeVar

import polars as pl

from humanai_maturity.errors import AnswerError, Problem, near_miss
from humanai_maturity.frames.engines import exchange_for
from humanai_maturity.frames.names import OWN, as_names, own_names
from humanai_maturity.frames.problems import problem_count, shown, table_problem
from humanai_maturity.frames.scored import Scored
from humanai_maturity.frames.suppression import Threshold
from humanai_maturity.frames.tabulation import (
    BLOCKER,
    COUNT,
    FLAG,
    PLACE,
    STAGE,
    TEAMS,
    Blockers,
    Flags,
    Kind,
    Stages,
    Types,
)
from humanai_maturity.frames.titles import Titles
from humanai_maturity.model.rubric import Rubric

Frame = TypeVar("Frame")

Of: TypeAlias = Literal["stages", "blockers", "flags"]
"""What a summary is about."""

_ALL, _UNIT = f"{OWN}all", f"{OWN}unit"
_WITH_BOUNDS = 3
"""How many stages a table tells of each node if it was scored with bounds."""


def summarize(  # noqa: PLR0913 - a summary has so many settings
    frame: Frame,
    *,
    by: str | Sequence[str] = (),
    of: Of = "stages",
    nodes: str | Sequence[str] | None = None,
    smallest_group: int = 5,
    smallest_count: int = 1,
    rubric: Rubric | None = None,
) -> Frame:
    """Summarise a scored table by groups: how many teams stand where, what holds them back, which flags they raise.

    Nobody is shown alone. A group of fewer than `smallest_group` teams keeps its size, and nothing else. If all that
    are hidden are fewer together, the next smallest group is hidden as well: so no difference between all teams and
    those that are shown tells what is hidden.

    Args:
        frame: What [`score_frame`][humanai_maturity.frames.score_frame] returned. Of a lazy frame, a lazy one comes
            back, whose stages are looked at first.
        by: The column or columns by which to group; none for one group of all.
        of: What to summarise: `stages`, first `blockers`, or `flags`.
        nodes: The ids of dimensions or `overall`, or of flags; by default all that the table has.
        smallest_group: The least number of teams of a group that is shown.
        smallest_count: The least number of teams that a shown figure counts, if it counts any: a group with a smaller
            one is hidden, too.
        rubric: The rubric, for titles beside ids and numbers.

    Returns:
        One row for each group and node, or several:

            - `stages`: `node`, `teams`, `no_stage`, `stage_1`, `stage_2`, ...; how many stand there whatever the
              unknown answers are, and how many can (`stage_1_at_least`, `stage_1_at_most`); shares of the teams
              (`stage_1_share`); and the lower medians, which a team has: `median_stage`, `median_stage_low`,
              `median_stage_high`, `median_score`, `median_low`, `median_high`, scores to three decimals. Of tables that
              were scored without bounds, those without.
            - `blockers`: `node`, `teams`, `first_blocker`, `held` (how many teams it holds back) and `share`: a row for
              each first blocker, the most frequent one first.
            - `flags`: `flag`, `teams`, `raised` and `share`.

    Raises:
        AnswerError: If the table was not scored, or has no such column; all problems at once.

    Example:
        >>> import humanai_maturity as hm
        >>> import polars as pl
        >>> scored = pl.DataFrame({"overall.stage": [1, 2, 2, None], "overall.score": [1.5, 2.0, 2.5, None]})
        >>> hm.frames.summarize(scored, smallest_group=2).select("teams", "no_stage", "stage_2", "median_score").rows()
        [(4, 1, 2, 2.0)]
    """
    exchange = exchange_for(frame)
    table = exchange.table.lazy()
    schema = table.collect_schema()
    groups = tuple(dict.fromkeys(as_names(by)))
    there = _told(schema, of)
    units = there if nodes is None else tuple(dict.fromkeys(as_names(nodes)))
    least = {"smallest_group": smallest_group, "smallest_count": smallest_count}
    problems = [*_problems(schema, groups, units, there, of), *_too_small(least)]
    if problems:
        raise AnswerError(problem_count(problems), problems)
    kind, table = _read(_kind(schema, units, of, smallest_group), table, units, rubric)
    summary = _Summary(kind, groups, units, Threshold(smallest_group, smallest_count), rubric)
    summary.check_names()
    counts = summary.counts(table)
    if isinstance(exchange.table, pl.LazyFrame):
        return exchange.like(counts.map_batches(summary.made_of, schema=summary.columns(table.collect_schema())))
    return exchange.like(summary.made_of(counts.collect(engine="streaming")))


def _told(schema: pl.Schema, of: Of) -> tuple[str, ...]:
    """Return the nodes or flags of which a table tells something."""
    if of == "flags":
        return tuple(name.removeprefix(FLAG) for name in schema if name.startswith(FLAG))
    ending = STAGE if of == "stages" else BLOCKER
    return tuple(name.removesuffix(ending) for name in schema if name.endswith(ending))


def _problems(
    schema: pl.Schema, groups: Sequence[str], units: Sequence[str], there: Sequence[str], of: Of
) -> Iterator[Problem]:
    yield from own_names(groups)
    if not there or not units:
        message = (
            f"the table has no {'flags' if of == 'flags' else f'column with {of}'}: score it with `score_frame` first"
        )
        yield table_problem("missing-column", "", message)
    for name in groups:
        if name not in schema:
            yield table_problem(
                "missing-column", name, f"the table has no column {shown(name)}", near_miss(name, schema)
            )
    for name in units if there else ():
        if name not in there:
            message = f"the table tells no {of} of {shown(name)}"
            yield table_problem("missing-column", name, message, near_miss(name, there))


def _too_small(least: Mapping[str, int]) -> Iterator[Problem]:
    for name, number in least.items():
        if number < 1:
            yield table_problem("wrong-number", name, f"`{name}` is 1 or more, not {number}")


def _kind(schema: pl.Schema, nodes: Sequence[str], of: Of, least: int) -> Kind:
    """Return what the summary is made of; the highest stage is not known yet."""
    if of != "stages":
        return Blockers() if of == "blockers" else Flags()
    stages, scores = (
        [name for name in names if all(f"{node}.{name}" in schema for node in nodes)]
        for names in (("stage", "stage_low", "stage_high"), ("score", "low", "high"))
    )
    return Stages(1, stages if len(stages) == _WITH_BOUNDS else stages[:1], scores, least)


def _read(kind: Kind, table: pl.LazyFrame, units: Sequence[str], rubric: Rubric | None) -> tuple[Kind, pl.LazyFrame]:
    """Return a table with its figures as numbers and truth values, and what the summary is made of.

    Raises:
        AnswerError: If a column holds what is no figure.
    """
    figures = {name: figure for unit in units for name, figure in kind.read_of(unit).items()}
    stages = None if rubric is None else len(rubric.stages)
    scored = Scored(table, figures, stages)
    highest = scored.highest()
    return replace(kind, top=stages or highest) if isinstance(kind, Stages) else kind, scored.read()


@dataclass(frozen=True)
class _Summary:
    """Make a summary of the teams of a table.

    Attributes:
        kind: What it is made of.
        by: The columns by which to group.
        units: The nodes or flags to tell of.
        threshold: What is large enough to be shown.
        rubric: The rubric, for titles.
    """

    kind: Kind
    by: Sequence[str]
    units: Sequence[str]
    threshold: Threshold
    rubric: Rubric | None

    @property
    def _groups(self) -> Sequence[str]:
        """Return the columns that tell groups apart: one that is the same everywhere, where there are no others."""
        return self.by or (_ALL,)

    @property
    def _types(self) -> Types:
        """Return the columns of its own."""
        return Titles(self.rubric).types({self.kind.unit: pl.String, TEAMS: pl.UInt32, **self.kind.types})

    def check_names(self) -> None:
        """Check that no column by which to group is called as one of the summary's own.

        Raises:
            AnswerError: If one is.
        """
        message = "a summary has a column {!r} of its own: rename the one to group by"
        problems = [table_problem("taken-name", name, message.format(name)) for name in self.by if name in self._types]
        if problems:
            raise AnswerError(problem_count(problems), problems)

    def columns(self, schema: pl.Schema) -> pl.Schema:
        """Return the columns of the summary of a table."""
        groups: Types = {name: schema[name] for name in self.by}
        return pl.Schema({**groups, **self._types})

    def counts(self, table: pl.LazyFrame) -> pl.LazyFrame:
        """Return how many teams of each group have the same in common."""
        groups = [pl.col(name) for name in self.by] or [pl.lit(0).alias(*self._groups)]
        found = []
        for unit in self.units:
            for place, keys in enumerate(self.kind.keys(unit)):
                named = [expr.alias(f"{OWN}{name}") for name, expr in keys.items()]
                counts = table.group_by(*groups, *named).agg(pl.len().cast(pl.Int64).alias(COUNT))
                values = [pl.col(f"{OWN}{name}").cast(self.kind.key) for name in keys]
                found.append(counts.with_columns(*values, pl.lit(unit).alias(_UNIT), pl.lit(place).alias(PLACE)))
        return pl.concat(found, how="diagonal")

    def made_of(self, counts: pl.DataFrame) -> pl.DataFrame:
        """Return the summary that counts come to."""
        columns = self.columns(counts.schema)
        each = counts.partition_by(_UNIT, as_dict=True)
        parts = [self._of_unit(unit, each[unit,]) for unit in self.units if (unit,) in each]
        if not parts:
            return pl.DataFrame(schema=columns)
        together = pl.concat(parts, how="diagonal").sort(self._groups, maintain_order=True)
        return Titles(self.rubric).beside(together).select(columns.names()).cast(dict(columns))  # type: ignore[arg-type]

    def _of_unit(self, unit: str, counts: pl.DataFrame) -> pl.DataFrame:
        """Return the rows of one node or flag."""
        figures = counts.group_by(self._groups).agg(*self.kind.figures(counts)).sort(self._groups)
        hidden = self.threshold.hidden(figures, TEAMS, self.kind.parts(figures.columns))
        told = [name for name in figures.columns if name not in {*self._groups, TEAMS}]
        shown = figures.with_columns(pl.when(~hidden).then(pl.col(name)).alias(name) for name in told)
        return self.kind.rows(shown, self._groups).with_columns(pl.lit(unit).alias(self.kind.unit))
