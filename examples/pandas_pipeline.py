"""Score a table with a row for each unit and a column for each question."""

import pandas as pd

import humanai_maturity as hm


def score_table(scorer: hm.Scorer, table: pd.DataFrame) -> pd.DataFrame:
    """Return coverage, stage, bounds and profile for each row of a table.

    Args:
        scorer: The scorer of the rubric.
        table: A row for each unit. Its columns are called by the ids of
            questions; an empty cell is an answer that nobody knows.

    Raises:
        AnswerError: If an answer does not fit; the note names the row.
    """
    return pd.DataFrame(
        [result_of(scorer, row) for _, row in table.iterrows()],
        index=table.index,
    )


def result_of(scorer: hm.Scorer, row: pd.Series) -> dict[str, object]:
    """Return the result of one row, as a row."""
    try:
        card = scorer.score(row.dropna().to_dict())
    except hm.AnswerError as error:
        error.add_note(f"in row {row.name!r}")
        raise
    whole = card.overall
    ends = {
        "stage": whole.stage,
        "stage_low": whole.stage_low,
        "stage_high": whole.stage_high,
    }
    profile = {dimension.id: dimension.stage for dimension in card.dimensions}
    stages = {
        name: stage.id if stage else None
        for name, stage in {**ends, **profile}.items()
    }
    return {"coverage": whole.coverage, **stages}
