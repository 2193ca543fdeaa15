"""The command `report`: one result in several forms, or several results on one page."""

from pathlib import Path

import pytest

pytest.importorskip("click", reason="the extra `cli` is not installed")
pytest.importorskip("jinja2", reason="the extra `report` is not installed")

from click.testing import CliRunner, Result

import humanai_maturity as hm
from humanai_maturity.cli import main, reporting

GOLDEN = Path(__file__).parents[1] / "golden"
RUBRIC, ANSWERS = str(GOLDEN / "team.rubric.yaml"), str(GOLDEN / "team.yaml")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["report", RUBRIC, *arguments])


@pytest.fixture(scope="module")
def card() -> hm.Scorecard:
    return hm.score(RUBRIC, hm.load_assessment(ANSWERS))


def test_a_page_by_default(card: hm.Scorecard) -> None:
    assert run(ANSWERS).stdout == hm.report.to_html(card)


@pytest.mark.parametrize(
    ("name", "start"),
    [("r.html", b"<!doctype"), ("r.md", b"# Team North"), ("r.xlsx", b"PK"), ("r.svg", b"<svg"), ("r", b"<!d")],
)
def test_the_name_of_the_file_says_the_format(name: str, start: bytes, tmp_path: Path) -> None:
    pytest.importorskip("xlsxwriter", reason="the extra `excel` is not installed")
    result = run(ANSWERS, "-o", str(tmp_path / name))
    assert (result.exit_code, result.output) == (0, "")
    assert (tmp_path / name).read_bytes().startswith(start)


def test_a_format_that_is_said_counts_more_than_a_name(tmp_path: Path, card: hm.Scorecard) -> None:
    assert run(ANSWERS, "--format", "markdown", "-o", str(tmp_path / "r.html")).exit_code == 0
    assert (tmp_path / "r.html").read_text(encoding="utf-8") == hm.report.to_markdown(card)


def test_charts(card: hm.Scorecard) -> None:
    assert reporting._CHARTS == hm.report.CHARTS  # noqa: SLF001 - written twice, so that --help stays fast
    for chart in hm.report.CHARTS:
        assert run(ANSWERS, "--chart", chart).stdout == f"{hm.report.chart_svg(card, chart)}\n"


def test_several_answers_make_one_page(tmp_path: Path) -> None:
    other = tmp_path / "other.yaml"
    other.write_text(Path(ANSWERS).read_text(encoding="utf-8").replace("Team North", "Team South"), encoding="utf-8")
    assert "2 results side by side" in run(ANSWERS, str(other)).stdout


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ((ANSWERS, ANSWERS, "--format", "markdown"), "only a report in html"),
        ((ANSWERS, "--format", "html", "--chart", "radar"), "--chart is for --format svg"),
        ((), "Missing argument"),
    ],
)
def test_a_wrong_use_is_told(arguments: tuple[str, ...], expected: str) -> None:
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert expected in result.stderr


def test_a_radar_that_would_show_nothing(tmp_path: Path) -> None:
    rubric = tmp_path / "small.rubric.yaml"
    rubric.write_text(
        "id: small\nversion: '1'\ntitle: S\nstages: [{id: a, title: A}, {id: b, title: B}]\n"
        "dimensions: [{id: d, title: D, criteria: [{id: c, title: C, scale: {type: yes_no, yes: b, no: a}}]}]\n",
        encoding="utf-8",
    )
    answers = tmp_path / "answers.yaml"
    answers.write_text("rubric: small\nanswers: {c: true}\n", encoding="utf-8")
    result = CliRunner().invoke(main, ["report", str(rubric), str(answers), "--chart", "radar"])
    assert result.exit_code == 2
    assert "a radar needs three dimensions" in result.stderr
