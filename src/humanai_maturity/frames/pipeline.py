"""From the columns of a table to its figures: made once for all tables with the same columns."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeAlias

import polars as pl

from humanai_maturity.engine.scorer import Scorer
from humanai_maturity.frames.functions import NotInColumnsError
from humanai_maturity.frames.kernel import Outputs, TableKernel
from humanai_maturity.frames.layout import TableLayout
from humanai_maturity.frames.names import OWN
from humanai_maturity.frames.numbers import TooLargeError
from humanai_maturity.frames.rows import figures, score_rows
from humanai_maturity.frames.unfit import fitting_columns, reason, refuse, unfit_columns

Inspect: TypeAlias = Callable[[pl.DataFrame, pl.DataFrame], pl.Series | None]
"""Is shown the answers of some rows, and which of them do not fit; says which rows go on, or `None` for all.

Rows come in parts, of which several may come at the same time, and in any order.
"""

_ODD, _UNFIT, _PLACE = f"{OWN}odd", f"{OWN}unfit_", f"{OWN}place"


@dataclass(frozen=True)
class Pipeline:
    """Score tables that have the same columns.

    Attributes:
        scorer: The rubric, compiled.
        layout: Where the answers stand.
        outputs: Which figures are wanted.
        complete: Whether no answer is missing in any of the tables.
    """

    scorer: Scorer
    layout: TableLayout
    outputs: Outputs
    complete: bool = False

    def over(self, table: pl.LazyFrame, inspect: Inspect | None = None, *, beside: Sequence[str] = ()) -> pl.LazyFrame:
        """Return a table with its figures behind its own columns.

        Args:
            table: The table.
            inspect: Is shown every answer before it counts.
            beside: The columns that `inspect` is shown besides the answers.
        """
        own = table.collect_schema()
        kernel, found = self._with_figures
        rows = None if inspect is None else _inspection(unfit_columns(kernel), beside, inspect)
        table = kernel.layers.over(table, rows)
        if found is None:
            return table.select(own.names()).map_batches(self._by_rows, schema={**own, **self.schema}, streamable=True)
        scored = table.with_columns(found)
        if kernel.odd is None:
            return scored.select(*own, *self.schema)
        marked = scored.with_columns(kernel.odd.alias(_ODD)).select(*own, *self.schema, _ODD)
        return marked.map_batches(self._with_odd_rows, schema={**own, **self.schema}, streamable=True)

    def figures_of(self, table: pl.DataFrame, inspect: Inspect | None = None) -> pl.DataFrame:
        """Return the figures of every row of a table, without the table's own columns."""
        return self.over(table.lazy(), inspect).select([*self.schema]).collect(engine="streaming")

    @cached_property
    def for_complete(self) -> "Pipeline":
        """Return the same for tables in which no answer is missing."""
        return replace(self, complete=True)

    def refuse(self, answers: pl.DataFrame, unfit: pl.DataFrame) -> None:
        """Let only answers pass that fit.

        Raises:
            AnswerError: If any does not; all of this part, with how often each occurs.
        """
        if unfit.width and any(unfit.select(pl.all().any()).row(0)):
            marked = answers.with_columns(unfit.select(pl.all().name.prefix(_UNFIT)))
            refuse(marked.lazy(), {name: pl.col(_UNFIT + name) for name in unfit.columns}, self._with_figures[0])

    def check(self, table: pl.LazyFrame) -> None:
        """Check all answers of a table at once.

        Raises:
            AnswerError: If any does not fit.
        """
        kernel = self._kernel()
        unfit = unfit_columns(kernel)
        refuse(kernel.layers.over(table), unfit, kernel)

    def reason(self, name: str, value: str) -> str:
        """Return why a text in a column does not fit."""
        return reason(value, name, self._with_figures[0])

    @property
    def in_columns(self) -> bool:
        """Whether all figures can be worked out in columns, and none row by row."""
        return self._with_figures[1] is not None

    @cached_property
    def schema(self) -> Mapping[str, pl.DataType]:
        """Return the names and types of the figures."""
        return dict(figures(self.scorer, self.outputs))

    @cached_property
    def _with_figures(self) -> tuple[TableKernel, Sequence[pl.Expr] | None]:
        """Return the figures as expressions; `None` where they have to be worked out row by row."""
        kernel = self._kernel()
        try:
            return kernel, [*kernel.figures(kernel.case(complete=self.complete))]
        except (NotInColumnsError, TooLargeError):
            return self._kernel(), None

    def _kernel(self) -> TableKernel:
        return TableKernel(self.scorer.kernel, self.layout.columns, self.layout.away, self.outputs)

    def _by_rows(self, part: pl.DataFrame) -> pl.DataFrame:
        """Score every row alone; what does not fit counts as unknown."""
        kernel = self._kernel()
        fitting = fitting_columns(kernel)
        answers = kernel.layers.over(part.lazy()).with_columns(fitting).select(part.columns).collect()
        return pl.concat([part, score_rows(self.scorer, answers, self.layout, self.outputs)], how="horizontal")

    def _with_odd_rows(self, part: pl.DataFrame) -> pl.DataFrame:
        """Score alone the rows with numbers of many decimals, and put them in their places."""
        odd, part = part[_ODD].fill_null(value=False), part.drop(_ODD)
        if not odd.any():
            return part
        alone = self._by_rows(part.filter(odd).drop(*self.schema))
        places = pl.Series(_PLACE, range(part.height))
        together = pl.concat(
            [part.filter(~odd).with_columns(places.filter(~odd)), alone.with_columns(places.filter(odd))]
        )
        return together.sort(_PLACE).drop(_PLACE)


def _inspection(unfit: Mapping[str, pl.Expr], beside: Sequence[str], inspect: Inspect) -> pl.Expr | None:
    """Return which rows go on, as a condition that shows them to somebody."""
    if not unfit and not beside:
        return None
    given = [pl.col(name) for name in (*unfit, *beside)]
    truths = [truth.fill_null(value=False).alias(name) for name, truth in unfit.items()]

    def shown(series: Sequence[pl.Series]) -> pl.Series:
        answers = pl.DataFrame(series[: len(given)])
        found = inspect(answers, pl.DataFrame(series[len(given) :]))
        return pl.repeat(value=True, n=answers.height, eager=True) if found is None else found

    return pl.map_batches([*given, *truths], shown, return_dtype=pl.Boolean, is_elementwise=True)
