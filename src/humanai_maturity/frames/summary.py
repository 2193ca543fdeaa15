"""Many scored teams at once: how their stages are distributed, and what lies in the middle."""

from collections.abc import Sequence
from typing import TypeVar

import polars as pl

from humanai_maturity.frames.engines import exchange_for

Frame = TypeVar("Frame")

_STAGE = ".stage"


def summarize(
    frame: Frame, *, by: str | Sequence[str] = (), nodes: Sequence[str] | None = None, smallest_group: int = 5
) -> Frame:
    """Summarise a scored table: for each group and dimension, how many teams stand at each stage, and the medians.

    Nobody is shown alone: groups that are smaller than `smallest_group` keep their size, and nothing else.

    Args:
        frame: What [`score_frame`][humanai_maturity.frames.score_frame] returned.
        by: The column or columns by which to group; none for one group of all.
        nodes: The ids of dimensions, or `overall`; by default all that the table has.
        smallest_group: The least number of teams of which more than their number is told.

    Returns:
        One row for each group and node: `node`, `teams`, `no_stage`, `stage_1`, `stage_2`, ..., the lower medians
        (always a value that a team has) `median_stage`, `median_stage_low`, `median_stage_high`, `median_score`,
        `median_low`, `median_high`; of tables scored without bounds, those without.

    Raises:
        ValueError: If the table was not scored, or has no such column.

    Example:
        >>> import humanai_maturity as hm
        >>> import polars as pl
        >>> scored = pl.DataFrame({"overall.stage": [1, 2, 2, None], "overall.score": [1.5, 2.0, 2.5, None]})
        >>> hm.frames.summarize(scored, smallest_group=2).select("teams", "no_stage", "stage_2", "median_score").rows()
        [(4, 1, 2, 2.0)]
    """
    exchange = exchange_for(frame)
    lazy = exchange.table.lazy()
    names = lazy.collect_schema().names()
    groups = [by] if isinstance(by, str) else [*by]
    found = [name.removesuffix(_STAGE) for name in names if name.endswith(_STAGE)]
    wanted = found if nodes is None else [*nodes]
    missing = [each for each in groups if each not in names] + [each for each in wanted if each not in found]
    if missing or not wanted:
        message = f"the table has no {', '.join(map(repr, missing)) or 'stages'}: score it with `score_frame` first"
        raise ValueError(message)
    top = lazy.select(pl.max_horizontal(pl.col(f"{node}{_STAGE}").max() for node in wanted)).collect().item() or 1
    parts = [_of_node(lazy, node, groups, names, top, smallest_group) for node in wanted]
    together = pl.concat(parts, how="diagonal").sort([*groups, "__node"], maintain_order=True).drop("__node")
    return exchange.back(together.collect(), False)  # noqa: FBT003 - without the table's own columns


def _of_node(
    lazy: pl.LazyFrame, node: str, groups: list[str], names: Sequence[str], top: int, smallest: int
) -> pl.LazyFrame:
    stage = pl.col(f"{node}{_STAGE}")
    medians = {"median_stage": "stage", "median_stage_low": "stage_low", "median_stage_high": "stage_high"}
    medians |= {"median_score": "score", "median_low": "low", "median_high": "high"}
    figures = [
        stage.is_null().sum().alias("no_stage"),
        *((stage == number).sum().alias(f"stage_{number}") for number in range(1, top + 1)),
        *(
            pl.col(f"{node}.{of}").quantile(0.5, interpolation="lower").alias(name)
            for name, of in medians.items()
            if f"{node}.{of}" in names
        ),
    ]
    teams = pl.len().alias("teams")
    summed = lazy.group_by(groups).agg(teams, *figures) if groups else lazy.select(teams, *figures)
    told = [name for name in summed.collect_schema().names() if name not in {*groups, "teams"}]
    large = pl.col("teams") >= smallest
    return summed.select(
        *groups,
        pl.lit(node).alias("node"),
        "teams",
        *(pl.when(large).then(pl.col(name)).alias(name) for name in told),
        pl.lit(names.index(f"{node}{_STAGE}")).alias("__node"),
    )
