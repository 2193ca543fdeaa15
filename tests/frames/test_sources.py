"""What stands in a file is read as it is written, or refused with a reason."""

from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest
import xlsxwriter

import humanai_maturity as hm
from humanai_maturity.frames.sources import reading


def read(path: Path) -> pl.DataFrame:
    with reading(path) as table:
        return table.collect()


def refused(path: Path) -> str:
    with pytest.raises(hm.AnswerError) as caught, reading(path) as table:
        table.collect()
    return str(caught.value)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_text_files_of_every_kind(tmp_path: Path, separator: str, end: str, encoding: str) -> None:
    lines = [["team", "a.b", "d"], ["007", "0.72", ""], ["1e3", "true", "é"]]
    text = "".join(separator.join(line) + end for line in lines)
    (tmp_path / "in.csv").write_bytes(text.encode(encoding))
    assert read(tmp_path / "in.csv").rows() == [("007", "0.72", None), ("1e3", "true", "é")]
    assert read(tmp_path / "in.csv").columns == lines[0]


def test_a_quoted_header_is_read_as_such(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text('"a, in full","b"\n1,2\n')
    assert read(tmp_path / "in.csv").columns == ["a, in full", "b"]


def test_letters_and_line_ends_that_are_not_read(tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    path.write_bytes("a,b\n1,2\n".encode("utf-16"))
    assert "its letters are in UTF-16: save it as UTF-8" in refused(path)
    path.write_bytes(b"a,b\r1,2\r")
    assert "its lines end as on very old computers" in refused(path)


def test_columns_that_are_called_the_same(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("a,b,a,a,b\n1,2,3,4,5\n")
    assert refused(tmp_path / "in.csv").splitlines()[1:] == [
        "error[repeated-column] a: 3 columns are called so: call them differently",
        "error[repeated-column] b: 2 columns are called so: call them differently",
    ]
    pl.DataFrame({"x": ["a", "1"], "y": ["a", "2"]}).write_excel(tmp_path / "in.xlsx", include_header=False)
    assert "error[repeated-column] a: 2 columns are called so" in refused(tmp_path / "in.xlsx")


def test_no_cell_of_a_workbook_is_lost(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "in.xlsx") as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["team", "number", "day", "truth"])
        for row in range(1, 1200):
            sheet.write_row(row, 0, ["t", 0.72 * row, None, True])
            sheet.write_datetime(row, 2, datetime(2026, 3, 31, tzinfo=UTC).replace(tzinfo=None), book.add_format())
        sheet.write_row(1200, 0, ["last", "about 7", "n/a", "yes"])
    found = read(tmp_path / "in.xlsx")
    assert found.height == 1200
    assert found.row(-1) == ("last", "about 7", "n/a", "yes")
    assert found.row(0)[1] == "0.72"
    assert found.row(0)[3] == "true"


def test_a_folder_and_what_is_no_table(tmp_path: Path) -> None:
    (tmp_path / "in.json").write_text("{}")
    assert "a table is a .csv, .parquet or .xlsx file, not .json" in refused(tmp_path / "in.json")
    (tmp_path / "in.csv").mkdir()
    assert "in.csv cannot be read" in refused(tmp_path / "in.csv")
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / "in.csv").touch()
    assert "cannot be read" in refused(tmp_path / "empty" / "in.csv")
