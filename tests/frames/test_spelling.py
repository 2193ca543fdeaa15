"""What a setting names stands in a column of its type, or nowhere."""

from decimal import Decimal
from struct import pack, unpack
from typing import Any

import hypothesis.strategies as st
import polars as pl
import pytest
from hypothesis import given

from humanai_maturity.frames.spelling import cell_like, printed, text_of


@pytest.mark.parametrize(
    ("raw", "dtype", "cell"),
    [
        (1, pl.String(), "1"),
        (Decimal("0.50"), pl.String(), "0.50"),
        ("+7", pl.Int8(), 7),
        (True, pl.Int8(), 1),
        (Decimal("7.00"), pl.UInt64(), 7),
        ("1e3", pl.Float64(), 1000.0),
        (0.1, pl.Decimal(9, 1), Decimal("0.1")),
        (1.0, pl.Boolean(), True),
    ],
)
def test_what_is_named_stands_in_a_column(raw: Any, dtype: pl.DataType, cell: Any) -> None:
    found = cell_like(raw, dtype)
    assert (found, type(found)) == (cell, type(cell))


@pytest.mark.parametrize(
    ("raw", "dtype"),
    [
        (None, pl.String()),
        ("Fully", pl.Int64()),
        (300, pl.Int8()),
        (-1, pl.UInt8()),
        (1.5, pl.Int64()),
        (float("nan"), pl.Float64()),
        ("nan", pl.Float64()),
        ("9" * 401, pl.Float64()),
        (1e39, pl.Float32()),
        (0.125, pl.Decimal(9, 2)),
        (10**38, pl.Decimal(38, 0)),
        (2, pl.Boolean()),
        ("yes", pl.Boolean()),
        (None, pl.Float64()),
        ("x", pl.List(pl.String)),
    ],
)
def test_what_cannot_stand_in_a_column_stands_nowhere(raw: Any, dtype: pl.DataType) -> None:
    with pytest.raises(ValueError, match=r"^$"):
        cell_like(raw, dtype)


@given(st.floats(width=32, allow_nan=False, allow_infinity=False, allow_subnormal=False))
def test_a_float_of_32_bits_is_printed_so_that_it_reads_back(number: float) -> None:
    """Of all that read back, it is the one with the fewest digits: what Polars prints."""
    assert unpack("f", pack("f", printed(number)))[0] == number
    assert float(text_of(printed(number))) == float(pl.Series([number], dtype=pl.Float32).cast(pl.String)[0])
