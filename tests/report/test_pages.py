"""The page says all there is to say, loads nothing, and shows texts of strangers as text."""

import re
import subprocess
import sys
from collections.abc import Callable
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest

pytest.importorskip("jinja2", reason="the extra `report` is not installed")

import strategies as drawn
from cards import scored
from hard_results import CASES, HOSTILE, card_of
from hypothesis import given, settings
from strategies import Given

import humanai_maturity as hm
from humanai_maturity.report import to_html

GOLDEN = Path(__file__).parents[1] / "golden"
VOID = {"meta", "link", "wbr", "br", "img"}
ALLOWED = {
    *("html", "head", "meta", "link", "title", "style", "body", "header", "main", "section", "div", "p"),
    *("h1", "h2", "h3", "h4", "ul", "ol", "li", "small", "b", "bdi", "wbr", "figure", "figcaption"),
    *("table", "thead", "tbody", "tr", "th", "td", "svg", "g", "path", "text", "tspan", "circle"),
}


class Reader(HTMLParser):
    """Read a page strictly: every element is closed in order, and known."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.said: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.said.append(data)


def read(page: str) -> Reader:
    reader = Reader()
    reader.feed(page)
    reader.close()
    assert reader.open == []
    return reader


def words(page: str) -> str:
    return " ".join(" ".join(read(page).said).split())


@pytest.fixture(scope="module")
def team() -> hm.Scorecard:
    return hm.score(GOLDEN, hm.load_assessment(GOLDEN / "team.yaml"))


def test_a_page(team: hm.Scorecard, golden: Callable[[Path, str], None]) -> None:
    golden(GOLDEN / "report.html", f"{to_html(team)}\n")


def test_it_says_everything_in_the_order_in_which_it_is_read(team: hm.Scorecard) -> None:
    page = to_html(team)
    assert re.findall("<h2>(.*?)</h2>", page) == [
        "Where we stand",
        "What limits us",
        "What to do first",
        "Profile",
        "Claimed and supported",
        "Flags",
        "Before Lead",
        "The next stage of each dimension",
        "Not known",
        "Criteria",
        "How this was worked out",
    ]
    assert team.rubric.digest[:12] in page


def test_scope_and_date_come_first(team: hm.Scorecard) -> None:
    text = words(to_html(team))
    assert "Team North chat · phone · 2026-03-31 Left out on purpose: Sales." in text


@pytest.mark.parametrize("name", CASES)
def test_hard_results_make_a_page_that_is_well_formed(name: str) -> None:
    reader = read(to_html(CASES[name]()))
    assert {tag for tag, _ in reader.tags} <= ALLOWED
    attributes = {key for _, attributes in reader.tags for key in attributes}
    assert not {key for key in attributes if key.startswith("on") or key in {"src", "style", "action"}}


@pytest.mark.parametrize("name", CASES)
def test_a_page_is_small(name: str) -> None:
    assert len(to_html(CASES[name]()).encode()) < 100_000


def test_a_page_loads_nothing_and_runs_nothing(team: hm.Scorecard) -> None:
    page = to_html(team)
    links = [attributes for tag, attributes in read(page).tags if tag == "link"]
    assert links == [{"rel": "icon", "href": "data:,"}]
    assert "default-src 'none'" in page
    assert not re.search(r"@import|url\(|<script|https?://(?!www\.w3\.org/2000/svg)", page)


def test_markup_is_text_everywhere() -> None:
    page = to_html(CASES["markup"]())
    assert "<script" not in page
    assert "<img" not in page
    assert "49" not in words(page), "a template was evaluated"
    assert HOSTILE.split("<img")[0].strip() in words(page)


def test_every_chart_has_words_and_a_table_beside_it(team: hm.Scorecard) -> None:
    reader = read(to_html(team))
    charts = [attributes for tag, attributes in reader.tags if tag == "svg"]
    assert len(charts) >= 4
    assert all(chart["role"] == "img" and chart["aria-label"] for chart in charts)
    regions = [attributes["aria-label"] for _, attributes in reader.tags if attributes.get("role") == "region"]
    assert {"The profile as a table", "The criteria as a table"} <= {*regions}
    assert len(regions) == len({*regions})


def test_headings_go_down_step_by_step(team: hm.Scorecard) -> None:
    for page in (to_html(team), to_html([team, team])):
        levels = [int(tag[1]) for tag, _ in read(page).tags if re.fullmatch("h[1-6]", tag)]
        assert levels[0] == 1
        assert all(following - level <= 1 for level, following in pairwise(levels))


def test_the_method_says_where_a_rubric_comes_from_and_what_was_changed() -> None:
    data = card_of([["A"]], attribution="After a model of somebody else").model_dump()
    text = words(to_html(hm.Scorecard.model_validate(data | {"overrides": ["weight of A: 2 instead of 1"]})))
    method = text.partition("How this was worked out")[2]
    assert "After a model of somebody else." in method
    assert "Changed by an overlay: weight of A: 2 instead of 1." in method


def test_a_radar_only_where_it_says_something() -> None:
    assert "Radar of the scores" in to_html(CASES["half-known"]())
    assert "Radar of the scores" not in to_html(CASES["two-dimensions"]())


def test_what_is_the_same_gives_the_same_page(team: hm.Scorecard) -> None:
    again = hm.Scorecard.model_validate_json(team.model_dump_json())
    assert to_html(again) == to_html(team) == to_html([team])


def test_results_side_by_side() -> None:
    cards = [
        card_of([["A", "B"]] * 3, answer=lambda n, k=k: (n + k) % 4 + 1, scope={"unit": f"Team {k}"}) for k in range(3)
    ]
    page = to_html(cards)
    assert "3 results side by side Team 0 · Team 1 · Team 2" in words(page)
    assert page.count('role="img"') == 4 + 1 + 1
    assert len(page.encode()) < 100_000


def test_many_results_have_one_line_each() -> None:
    cards = [card_of([["A"]] * 3, scope={"unit": f"Team {k}"}) for k in range(20)]
    page = to_html(cards)
    assert page.count('<tr><th scope="row">') == 20
    assert page.count('role="img"') == 2
    assert len(page.encode()) < 50_000


def test_markup_in_several_results_is_text() -> None:
    page = to_html([CASES["markup"](), CASES["markup"]()])
    assert "<script" not in page
    assert read(page)


@settings(max_examples=20)
@given(drawn.cases())
def test_any_result_makes_a_page(case: tuple[hm.Rubric, Given]) -> None:
    card = scored(*case)
    assert read(to_html(card))
    assert read(to_html([card, card]))


def test_without_jinja2_it_says_what_to_install() -> None:
    code = (
        "import sys; sys.modules['jinja2'] = None\n"
        "import humanai_maturity as hm\n"
        "card = hm.score('ai-human-cx', {})\n"
        "card._repr_html_(); hm.report.chart_svg(card); hm.report.to_markdown(card)\n"
        "try:\n hm.report.to_html(card)\nexcept hm.MissingExtraError as error:\n print(error)"
    )
    finished = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert "pip install 'humanai-maturity[report]'" in finished.stdout


def test_importing_the_room_loads_neither_jinja2_nor_xlsxwriter() -> None:
    code = "import sys, humanai_maturity as hm; hm.report.to_html; print({'jinja2', 'xlsxwriter'} & sys.modules.keys())"
    finished = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert finished.stdout == "set()\n"
