"""Which groups of a summary stay hidden, so that nobody is shown alone: neither by a figure nor by a difference.

The rule is the one that statistical offices call a threshold with complementary suppression. A group is hidden where it
is too small. What is hidden could still be had as the difference between all groups together and those that are shown:
so all that is hidden, taken together, has to be large enough as well, or the next smallest group is hidden, too.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from humanai_maturity.frames.names import OWN

_PLACE, _FITS, _HIDDEN = f"{OWN}place", f"{OWN}fits", f"{OWN}hidden"


@dataclass(frozen=True)
class Threshold:
    """Say what is large enough to be shown.

    Attributes:
        group: The least number of teams of a group.
        count: The least number of teams that is told of a part of a group, other than none.
    """

    group: int
    count: int

    def hidden(self, table: pl.DataFrame, size: str, counts: Sequence[str]) -> pl.Series:
        """Return which rows of a table stay hidden.

        Args:
            table: A row for each group, in an order that depends on nothing but the groups.
            size: The column with the sizes of the groups.
            counts: The columns that count teams.
        """
        sorted_ = table.select(size, *counts).with_row_index(_PLACE).with_columns(self._fits(size, counts).alias(_FITS))
        sorted_ = sorted_.sort(_FITS, size, _PLACE)
        unfit = sorted_.height - int(sorted_[_FITS].sum())
        together = sorted_.select(pl.col(size, *counts).cast(pl.Int64).cum_sum()).select(self._fits(size, counts))
        enough = together.to_series().slice(max(0, unfit - 1)).arg_true()
        most = 0 if not unfit else table.height if enough.is_empty() else unfit + enough[0]
        marked = sorted_.select(_PLACE, (pl.int_range(pl.len()) < most).alias(_HIDDEN))
        return marked.sort(_PLACE)[_HIDDEN]

    def _fits(self, size: str, counts: Sequence[str]) -> pl.Expr:
        """Return whether a group is large enough, and every part of it."""
        parts = [(pl.col(name) == 0) | (pl.col(name) >= self.count) for name in counts]
        return pl.all_horizontal(pl.col(size) >= self.group, *parts)
