"""Long tables, with one row for each answer, made wide: one row for each assessment."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar

import polars as pl

from humanai_maturity.engine.scorer import Scorer
from humanai_maturity.errors import AnswerError, Problem, near_miss
from humanai_maturity.frames.beside import says_so
from humanai_maturity.frames.distinct import missing_columns, without_value
from humanai_maturity.frames.engines import exchange_for
from humanai_maturity.frames.names import OWN, as_names, own_names
from humanai_maturity.frames.problems import MOST_TOLD, problem_count, rows_text, shown, table_problem
from humanai_maturity.frames.search import AS_OF, EVIDENCE, NOT_APPLICABLE, SAMPLE
from humanai_maturity.model.rubric import Criterion, Dimension, Fact, Rubric

Frame = TypeVar("Frame")

_AT, _ROW = f"{OWN}at", f"{OWN}row"


@dataclass(frozen=True, kw_only=True)
class LongTable:
    """Say how the columns of a long table are called.

    Attributes:
        assessment: The column or columns that name the assessment of an answer.
        criterion: The column with the id of the criterion, of the fact, or of a dimension that does not apply.
        value: The column with the answers.
        evidence: The column with evidence grades; by default `evidence`, if there is one. So for the next three.
        sample: The column with sample sizes.
        not_applicable: The column with truth values or reasons, where something does not apply.
        as_of: The column with the days on which the answers were true.
        keep: Other columns to keep, which have one value for each assessment.

    Example:
        >>> LongTable(assessment=["tenant", "month"], keep="region").criterion
        'criterion'
    """

    assessment: str | Sequence[str] = "assessment"
    criterion: str = "criterion"
    value: str = "value"
    evidence: str | None = None
    sample: str | None = None
    not_applicable: str | None = None
    as_of: str | None = None
    keep: str | Sequence[str] = ()


def widen(  # noqa: PLR0913 - a table has so many columns
    rubric: Rubric | Scorer,
    frame: Frame,
    *,
    assessment: str | Sequence[str] = "assessment",
    criterion: str = "criterion",
    value: str = "value",
    evidence: str | None = None,
    sample: str | None = None,
    not_applicable: str | None = None,
    as_of: str | None = None,
    keep: str | Sequence[str] = (),
) -> Frame:
    """Make a long table wide: from one row for each answer to one for each assessment.

    The result is what [`score_frame`][humanai_maturity.frames.score_frame] takes: the columns that name the assessment,
    one column for each criterion that occurs, and those that stand beside. Assessments come in the order in which they
    are first seen. Answers stay as they are: `score_frame` reads them, and says which do not fit.

    Args:
        rubric: The rubric, or a `Scorer`.
        frame: What `score_frame` takes; a lazy frame is read at once.
        assessment: The column or columns that name the assessment of an answer.
        criterion: The column with the id of the criterion, of the fact, or of a dimension that does not apply.
        value: The column with the answers: texts, numbers, truth values or lists.
        evidence: The column with evidence grades; by default `evidence`, if there is one. So for the next three.
        sample: The column with sample sizes.
        not_applicable: The column with truth values or reasons, where something does not apply.
        as_of: The column with the days on which the answers were true.
        keep: Other columns to keep, which have one value for each assessment.

    Raises:
        AnswerError: If a column is missing, a criterion is unknown, or an assessment has two answers to one criterion;
            all problems at once.

    Example:
        >>> import humanai_maturity as hm
        >>> import polars as pl
        >>> answers = pl.DataFrame({
        ...     "assessment": ["north", "north", "south"],
        ...     "criterion": ["data.sources", "data.identity", "data.sources"],
        ...     "value": ["owned", "0.72", "joined"],
        ... })
        >>> hm.frames.widen(hm.load_rubric("ai-human-cx"), answers).rows()
        [('north', 'owned', '0.72'), ('south', 'joined', None)]
    """
    table = LongTable(
        assessment=assessment,
        criterion=criterion,
        value=value,
        evidence=evidence,
        sample=sample,
        not_applicable=not_applicable,
        as_of=as_of,
        keep=keep,
    )
    return widened(rubric, frame, table)


def widened(rubric: Rubric | Scorer, frame: Frame, named: LongTable) -> Frame:
    """Return a long table as a wide one.

    Args:
        rubric: The rubric, or a `Scorer`.
        frame: The table.
        named: How its columns are called.

    Raises:
        AnswerError: As `widen` does.
    """
    exchange = exchange_for(frame)
    schema = exchange.table.collect_schema()
    beside = {EVIDENCE: named.evidence, SAMPLE: named.sample, NOT_APPLICABLE: named.not_applicable, AS_OF: named.as_of}
    found = {ending: name or (ending[2:] if ending[2:] in schema else None) for ending, name in beside.items()}
    long = _Long(
        rubric=rubric.rubric if isinstance(rubric, Scorer) else rubric,
        keys=[*dict.fromkeys(as_names(named.assessment))],
        criterion=named.criterion,
        value=named.value,
        beside={ending: name for ending, name in found.items() if name is not None},
        keep=[*dict.fromkeys(as_names(named.keep))],
    )
    long.check_columns(schema)
    wide = long.wide(exchange.table.lazy().select(long.names).collect())
    return exchange.like(wide.lazy() if isinstance(exchange.table, pl.LazyFrame) else wide)


@dataclass(frozen=True, kw_only=True)
class _Long:
    """A long table.

    Attributes:
        rubric: The rubric.
        keys: The columns that name an assessment.
        criterion: The column with criteria.
        value: The column with answers.
        beside: The column for what stands beside answers, by what the names of its columns end in.
        keep: The columns to keep.
        problems: All that is wrong.
    """

    rubric: Rubric
    keys: list[str]
    criterion: str
    value: str
    beside: Mapping[str, str]
    keep: list[str]
    problems: list[Problem] = field(default_factory=list)

    @property
    def names(self) -> list[str]:
        """Return every column that is read."""
        return [*dict.fromkeys((*self.keys, self.criterion, self.value, *self.beside.values(), *self.keep))]

    @cached_property
    def questions(self) -> Mapping[str, Criterion | Fact | Dimension]:
        """Return everything that can stand in the column with criteria, by its id."""
        return {each.id: each for each in (*self.rubric.walk(), *self.rubric.facts)}

    def check_columns(self, schema: pl.Schema) -> None:
        """Check that the table has every column that is named.

        Raises:
            AnswerError: If it has not.
        """
        self.problems.extend(own_names(self.names))
        named = {"criterion": [self.criterion], "value": [self.value], "assessment": self.keys, "keep": self.keep}
        named |= {ending[2:]: [name] for ending, name in self.beside.items()}
        for setting, names in named.items():
            self.problems.extend(missing_columns(names, schema, setting))
        for name in dict.fromkeys((*self.keys, *self.keep)):
            if name in self.questions or name.rpartition("__")[0] in self.questions:
                message = f"{shown(name)} is called as a column with answers: give it another name"
                self.problems.append(table_problem("taken-name", name, message))
        for name in self.keep:
            if name in self.keys:
                message = f"{shown(name)} names the assessment already: leave it out of `keep`"
                self.problems.append(table_problem("taken-name", name, message))
        if not self.keys:
            self.problems.append(table_problem("missing-column", "", "`assessment` names no column"))
        self._raise()

    def wide(self, table: pl.DataFrame) -> pl.DataFrame:
        """Return one row for each assessment.

        Raises:
            AnswerError: If anything does not fit.
        """
        self.problems.extend(self._without(table))
        rows, heads = _rows_of(table.select(self.keys))
        self.problems.extend(self._changing(table, rows, heads))
        columns = table.select(*self.keys, *self.keep)[heads].get_columns()
        parts = dict(self._parts(table, rows))
        for name, question in self.questions.items():
            if name in parts:
                columns.extend(self._columns(name, question, table, parts[name], heads.len()))
        self._raise()
        return pl.DataFrame(columns)

    def _raise(self) -> None:
        if self.problems:
            raise AnswerError(problem_count(self.problems), self.problems)

    def _without(self, table: pl.DataFrame) -> Iterator[Problem]:
        """Yield the columns in which something is missing that tells whose answer to what it is."""
        for name in (*self.keys, self.criterion):
            count = table.select(without_value(name, table.schema[name]).sum()).item()
            if count:
                what = "criterion" if name == self.criterion else "assessment"
                message = f"nothing stands here in {rows_text(count)}, so that nobody knows of which {what} they are"
                yield table_problem("missing-id", name, message)

    def _changing(self, table: pl.DataFrame, rows: pl.Series, heads: pl.Series) -> Iterator[Problem]:
        """Yield the columns to keep that are not the same in all rows of an assessment."""
        for name in self.keep:
            first = table[name].gather(heads).gather(rows)
            changed = table.filter(table[name].ne_missing(first)).select(self.keys).unique(maintain_order=True)
            if changed.height:
                whose = ", ".join(shown(str(key)) for key in changed.row(0))
                more = f" and {changed.height - 1} more" if changed.height > 1 else ""
                message = f"{whose}{more} with several values here; `keep` is for what an assessment has one of"
                yield table_problem("several-values", name, message)

    def _parts(self, table: pl.DataFrame, rows: pl.Series) -> Iterator[tuple[str, pl.DataFrame]]:
        """Yield for every criterion which rows of the table are of it, and of which assessment each is."""
        names = table[self.criterion].cast(pl.String)
        code = names.cast(pl.Categorical).to_physical()
        places = pl.DataFrame({"code": code, "row": rows}).with_row_index("at").filter(code.is_not_null())
        unknown: dict[str, int] = {}
        for part in places.partition_by("code", maintain_order=True, include_key=False):
            name = names[part["at"][0]]
            if name in self.questions:
                yield name, part
            else:
                unknown[name] = part.height
        for name, count in sorted(unknown.items(), key=lambda each: -each[1])[:MOST_TOLD]:
            message = f"{shown(name)} in {rows_text(count)} is no criterion of the rubric"
            hint = near_miss(name, self.questions)
            self.problems.append(table_problem("unknown-criterion", self.criterion, message, hint))
        if len(unknown) > MOST_TOLD:
            message = f"{len(unknown) - MOST_TOLD} others are no criteria of the rubric either"
            self.problems.append(table_problem("unknown-criterion", self.criterion, message))

    def _columns(
        self, name: str, question: Criterion | Fact | Dimension, table: pl.DataFrame, part: pl.DataFrame, height: int
    ) -> Iterator[pl.Series]:
        """Yield the columns of one criterion, or that of a dimension that does not apply."""
        part = self._answered(table, part)
        at = pl.repeat(None, height, dtype=pl.get_index_type(), eager=True).scatter(part["row"], part["at"])
        if at.len() - at.null_count() < part.height:
            self.problems.extend(self._repeated(name, table, part))
        cells = table[self.value].gather(at)
        if isinstance(question, Dimension):
            count = cells.count()
            if count:
                message = f"{name!r} is a dimension with answers in {rows_text(count)}; answer the criteria below it"
                self.problems.append(table_problem("not-a-criterion", self.criterion, message))
        else:
            yield cells.alias(name)
        for ending, column in self.beside.items():
            stands = table[column].gather(at)
            told = pl.DataFrame([stands]).select(says_so(column) if ending == NOT_APPLICABLE else pl.col(column))
            if told.to_series().any() if ending == NOT_APPLICABLE else stands.count():
                yield stands.alias(name + ending)

    def _answered(self, table: pl.DataFrame, part: pl.DataFrame) -> pl.DataFrame:
        """Return the rows in which something is said of a criterion."""
        said = table[self.value].is_not_null()
        if NOT_APPLICABLE in self.beside:
            said = said | table.select(says_so(self.beside[NOT_APPLICABLE])).to_series()
        return part if said.all() else part.filter(said.gather(part["at"]))

    def _repeated(self, name: str, table: pl.DataFrame, part: pl.DataFrame) -> Iterator[Problem]:
        """Yield the assessments that have several answers to a criterion."""
        counts = part.group_by("row", maintain_order=True).agg(pl.col("at").first(), pl.len().alias("count"))
        several = counts.filter(pl.col("count") > 1)
        for _, at, count in several.head(MOST_TOLD).iter_rows():
            whose = ", ".join(shown(str(table[key][at])) for key in self.keys)
            message = f"{whose} has {count} answers to {name!r}; an assessment has one"
            yield table_problem("repeated-answer", self.criterion, message)
        if several.height > MOST_TOLD:
            message = f"{several.height - MOST_TOLD} others have several answers to {name!r}, too"
            yield table_problem("repeated-answer", self.criterion, message)


def _rows_of(keys: pl.DataFrame) -> tuple[pl.Series, pl.Series]:
    """Return for every answer the number of its assessment, and for every assessment where it is first seen.

    Answers of one assessment usually follow each other: only the first of each such run is looked up.
    """
    begins = keys.select(pl.any_horizontal(pl.all().ne_missing(pl.all().shift(1))) | (pl.int_range(pl.len()) == 0))
    starts = begins.to_series().arg_true()
    runs = (begins.select(pl.first().cum_sum()).to_series() - 1).cast(pl.get_index_type())
    heads = keys[starts].with_columns(starts.alias(_AT))
    first = heads.unique(keys.columns, keep="first", maintain_order=True).with_row_index(_ROW)
    if first.height == heads.height:
        return runs, starts
    numbered = heads.join(first, on=keys.columns, how="left", nulls_equal=True, maintain_order="left")
    return numbered[_ROW].gather(runs), first[_AT]
