"""What a terminal shows: the same with and without colour, in narrow windows, and in nothing but ASCII."""

import subprocess
import sys
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest

pytest.importorskip("rich", reason="the extra `cli` is not installed")

import strategies as drawn
from advised_rubrics import SETTLED, advised
from cards import scored
from hypothesis import given, settings
from rich.console import Console, RenderableType
from strategies import Given

import humanai_maturity as hm
from humanai_maturity.report import outline, terminal

GOLDEN = Path(__file__).parents[1] / "golden"


class AsciiOnly(StringIO):
    """A terminal that knows no other letters."""

    encoding = "ascii"  # type: ignore[assignment]


def printed(renderable: RenderableType, width: int = 80, file: StringIO | None = None, *, colour: bool = False) -> str:
    """Print without the blanks at the ends of lines."""
    file = file or StringIO()
    system = "truecolor" if colour else None
    Console(file=file, width=width, color_system=system, force_terminal=colour, no_color=not colour).print(renderable)
    return "".join(f"{line.rstrip()}\n" for line in file.getvalue().splitlines())


@pytest.fixture(scope="module")
def card() -> hm.Scorecard:
    return hm.score(GOLDEN, hm.load_assessment(GOLDEN / "team.yaml"))


def test_a_scorecard(card: hm.Scorecard, golden: Callable[[Path, str], None]) -> None:
    golden(GOLDEN / "score.txt", printed(terminal.render(card)))


def test_a_scorecard_in_ascii_and_in_70_columns(card: hm.Scorecard, golden: Callable[[Path, str], None]) -> None:
    text = printed(terminal.render(card), 70, AsciiOnly())
    assert text.isascii()
    golden(GOLDEN / "score-ascii.txt", text)


def test_advice_and_changes_are_shown() -> None:
    made = hm.Adaptation(id="advised", version="1", digest="d", changes=("title: Own instead of Advised",))
    rubric = advised().model_copy(update={"adapted": made})
    text = printed(terminal.render(hm.score(rubric, {**SETTLED, "owned": "no"})))
    assert "What to do next\n- Name an owner.\n  Owners (owned) to Mid; small effort, high impact; Lead.\n" in text
    assert "Team\n- At Low: Everybody does everything.\n" in text
    assert text.endswith("Changed by overlays\n- title: Own instead of Advised.\n")


def test_the_built_in_rubric_fits_into_70_columns() -> None:
    lines = printed(terminal.render(hm.score("ai-human-cx", {})), 70).splitlines()
    for dimension in hm.load_rubric("ai-human-cx").dimensions:
        assert any(line.startswith(f"{dimension.title} ") for line in lines), "a title is broken in two"


def test_a_rubric(golden: Callable[[Path, str], None]) -> None:
    golden(GOLDEN / "show.txt", printed(outline.render(hm.load_rubric(GOLDEN))))


def test_a_rubric_in_brief(golden: Callable[[Path, str], None]) -> None:
    golden(GOLDEN / "show-brief.txt", printed(outline.render(hm.load_rubric(GOLDEN), brief=True)))


def test_the_profile_comes_first(card: hm.Scorecard) -> None:
    text = printed(terminal.render(card))
    places = [
        text.index(part) for part in ("Care ", "Reach ", "Money ", "Overall ", "Flags", "Before Lead", "Lost first")
    ]
    assert places == sorted(places)


def test_colours_add_nothing_that_is_not_there_without_them(card: hm.Scorecard) -> None:
    coloured = printed(terminal.render(card), colour=True)
    assert "\x1b[" in coloured
    stripped = printed(terminal.render(card))
    for sign in "█▒◆":
        assert coloured.count(sign) == stripped.count(sign)


@pytest.mark.parametrize(
    ("low", "point", "high", "expected"),
    [
        (1, 1, 1, "#O .. .."),
        (1, 2, 3, "## +O ++"),
        (2, 2, 3, "## #O ++"),
        (1, None, 2, "## ++ .."),
        (3, 3, 3, "## ## #O"),
    ],
)
def test_a_ladder(low: int, point: int | None, high: int, expected: str) -> None:
    assert printed(terminal._Ladder(low, high, point, 3), file=AsciiOnly()) == f"{expected}\n"  # noqa: SLF001


def test_ladders_that_differ_look_different() -> None:
    stages = range(1, 5)
    ladders = [(a, b, c) for a in stages for b in stages for c in stages if a <= b <= c]
    drawings = {printed(terminal._Ladder(low, high, point, 4)) for low, point, high in ladders}  # noqa: SLF001
    assert len(drawings) == len(ladders)


def test_many_stages_are_told_in_numbers() -> None:
    stages = [{"id": f"s{number}", "title": f"Stage {number}"} for number in range(1, 31)]
    scale = {"type": "metric", "range": {"worst": 0, "best": 1, "onto": "stages"}}
    dimension = {"id": "d", "title": "Dim", "criteria": [{"id": "c", "title": "C", "scale": scale}]}
    data = {"id": "r", "version": "1", "title": "Long", "stages": stages, "dimensions": [dimension]}
    rubric = hm.Rubric.model_validate(data)
    assert "30 to 30 of 30" in printed(terminal.render(hm.score(rubric, {"c": 1})))


def test_many_unknowns_are_counted() -> None:
    text = printed(terminal.render(hm.score("ai-human-cx", {})))
    assert text.rstrip().endswith(" more")


def test_texts_of_strangers_are_no_markup_and_steer_nothing() -> None:
    rubric = hm.load_rubric(GOLDEN).model_copy(update={"title": "[red]T[/] :bomb: \x9b31m\u202e[link=x]y\n\nz"})
    for text in (printed(terminal.render(hm.score(rubric, {})), colour=True), printed(outline.render(rubric))):
        assert "[red]T[/] :bomb: 31m[link=x]y z" in text
        assert "\u202e" not in text


@settings(max_examples=30)
@given(drawn.cases())
def test_any_result_can_be_shown(case: tuple[hm.Rubric, Given]) -> None:
    card = scored(*case)
    assert all(len(line) <= 70 for line in printed(terminal.render(card), 70).splitlines())
    assert printed(outline.render(case[0]), 70)


def test_show_prints(card: hm.Scorecard, capsys: pytest.CaptureFixture[str]) -> None:
    terminal.show(card)
    assert capsys.readouterr().out.startswith("Care [bold]and[/bold] reach 1.2.0")


@pytest.mark.parametrize("module", ["terminal", "outline"])
def test_without_rich_it_says_what_to_install(module: str) -> None:
    code = (
        "import sys; sys.modules['rich'] = sys.modules['rich.console'] = None\n"
        "import humanai_maturity as hm\n"
        f"try:\n import humanai_maturity.report.{module}\nexcept hm.MissingExtraError as error:\n print(error)"
    )
    finished = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert "pip install 'humanai-maturity[cli]'" in finished.stdout
