"""The workbook: tables to calculate with, a native chart, and not one formula."""

import re
import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

pytest.importorskip("xlsxwriter", reason="the extra `excel` is not installed")

from hard_results import CASES, FORMULA, card_of

import humanai_maturity as hm
from humanai_maturity.report import to_workbook

GOLDEN = Path(__file__).parents[1] / "golden"


def parts(card: hm.Scorecard) -> dict[str, str]:
    with zipfile.ZipFile(BytesIO(to_workbook(card))) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


@pytest.fixture(scope="module")
def team() -> hm.Scorecard:
    return hm.score(GOLDEN, hm.load_assessment(GOLDEN / "team.yaml"))


def test_the_sheets(team: hm.Scorecard) -> None:
    names = re.findall(r'<sheet name="([^"]+)"', parts(team)["xl/workbook.xml"])
    assert names == ["Profile", "Criteria", "Next steps", "In the way", "Not known", "Method"]


def test_texts_and_numbers(team: hm.Scorecard) -> None:
    found = parts(team)
    strings = re.findall(r"<t[^>]*>([^<]*)</t>", found["xl/sharedStrings.xml"])
    assert {"Care", "Grow", "People are heard", "All of these:"} <= {*strings}
    assert f"<v>{team['care'].score:.16g}</v>" in found["xl/worksheets/sheet1.xml"]


def test_a_native_chart_of_all_rows(team: hm.Scorecard) -> None:
    chart = parts(team)["xl/charts/chart1.xml"]
    assert "<c:barChart>" in chart
    assert f"Profile!$E$2:$E${len(team.nodes) + 1}" in chart
    assert "Bar chart of the scores" in parts(team)["xl/drawings/drawing1.xml"]


def test_no_text_becomes_a_formula() -> None:
    card = card_of([[FORMULA, "+1", "-1", "@x"]], names=[FORMULA], scope={"unit": FORMULA}, title=FORMULA)
    found = parts(card)
    sheets = [text for name, text in found.items() if name.startswith("xl/worksheets/")]
    assert not any("<f>" in sheet or "<f " in sheet for sheet in sheets)
    assert 'quotePrefix="1"' in found["xl/styles.xml"], "an edit would make it one"
    assert "hyperlink" not in " ".join(sheets)


def test_long_texts_are_cut_where_a_cell_ends() -> None:
    card = card_of([["A"]], answer=lambda _: {"value": "1", "note": "x" * 19_999, "source": "y" * 19_999})
    assert max(map(len, re.findall(r"<t[^>]*>([^<]*)</t>", parts(card)["xl/sharedStrings.xml"]))) == 32_767


@pytest.mark.parametrize("name", CASES)
def test_hard_results_make_a_workbook(name: str) -> None:
    assert "xl/charts/chart1.xml" in parts(CASES[name]())


def test_what_is_the_same_gives_the_same_bytes(team: hm.Scorecard) -> None:
    assert to_workbook(team) == to_workbook(hm.Scorecard.model_validate_json(team.model_dump_json()))


def test_without_xlsxwriter_it_says_what_to_install() -> None:
    code = (
        "import sys; sys.modules['xlsxwriter'] = None\n"
        "import humanai_maturity as hm\n"
        "card = hm.score('ai-human-cx', {})\n"
        "try:\n hm.report.to_workbook(card)\nexcept hm.MissingExtraError as error:\n print(error)"
    )
    finished = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert "pip install 'humanai-maturity[excel]'" in finished.stdout
