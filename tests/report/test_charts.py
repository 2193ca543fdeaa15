"""Charts stand by themselves, say in words what they show, and never tell anything by colour alone."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import pytest
import strategies as drawn
from cards import scored
from hard_results import CASES, HOSTILE, card_of
from hypothesis import given, settings
from strategies import Given

import humanai_maturity as hm
from humanai_maturity.report import CHARTS, ChartKind, chart_svg
from humanai_maturity.report.palette import LIGHT

GOLDEN = Path(__file__).parents[1] / "golden"
SVG = "{http://www.w3.org/2000/svg}"


def read(card: hm.Scorecard, kind: ChartKind) -> ET.Element:
    return ET.fromstring(chart_svg(card, kind))  # noqa: S314 - our own


def label_of(card: hm.Scorecard, kind: ChartKind) -> str:
    return read(card, kind).get("aria-label") or ""


def texts(chart: ET.Element) -> Iterator[str]:
    for text in chart.iter(f"{SVG}text"):
        yield " ".join(part.strip() for part in text.itertext())


@pytest.fixture(scope="module")
def team() -> hm.Scorecard:
    return hm.score(GOLDEN, hm.load_assessment(GOLDEN / "team.yaml"))


@pytest.mark.parametrize("kind", CHARTS)
def test_a_chart(team: hm.Scorecard, kind: ChartKind, golden: Callable[[Path, str], None]) -> None:
    golden(GOLDEN / f"{kind}.svg", f"{chart_svg(team, kind)}\n")


@pytest.mark.parametrize("kind", CHARTS)
def test_a_chart_needs_no_style_no_script_and_no_ids(team: hm.Scorecard, kind: ChartKind) -> None:
    chart = read(team, kind)
    assert {element.tag.removeprefix(SVG) for element in chart.iter()} <= {
        "svg",
        "g",
        "path",
        "text",
        "tspan",
        "circle",
    }
    for element in chart.iter():
        assert not {"id", "href", "style", "onload"} & {*element.keys()}
    assert not re.search("url|http(?!://www.w3.org/2000/svg)", chart_svg(team, kind))


@pytest.mark.parametrize("kind", CHARTS)
def test_what_has_a_class_has_the_colour_too(team: hm.Scorecard, kind: ChartKind) -> None:
    """So that a chart keeps its looks in a document that has no such classes."""
    for element in read(team, kind).iter():
        if element.get("class", "chart") != "chart":
            assert {element.get("fill"), element.get("stroke")} & {*LIGHT.values()}


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("kind", ["ladder", "heatmap"])
def test_hard_results_are_drawn(name: str, kind: ChartKind) -> None:
    label = label_of(CASES[name](), kind)
    assert len(label) > 20


def test_markup_is_text() -> None:
    card = CASES["markup"]()
    for kind in CHARTS:
        assert "<script" not in chart_svg(card, kind)
    assert HOSTILE.split()[0] in label_of(card, "ladder")


def test_a_ladder_in_words(team: hm.Scorecard) -> None:
    label = label_of(team, "ladder")
    assert "Care: Grow, 2 of 3." in label
    assert "Reach: open, can be from Start to Lead." in label
    assert "Abroad: does not apply." in label


def test_a_ladder_tells_sure_possible_and_beyond_apart_without_colour() -> None:
    chart = chart_svg(card_of([["A", "B", "C", "D"]], answer=lambda number: None if number else 4))
    words = [*texts(ET.fromstring(chart))]  # noqa: S314 - our own
    assert "possible" in words
    assert "sure" in words
    assert 'class="possible"' in chart


def test_a_ladder_marks_what_is_claimed_and_not_supported() -> None:
    chart = chart_svg(CASES["markup"]())
    assert 'class="claimed"' in chart
    assert "by its own rules alone" in chart


def test_a_ladder_names_its_stages() -> None:
    words = [*texts(read(card_of([["A"]]), "ladder"))]
    assert [word for word in words if re.match(r"\d \w", word)] == ["1 Start", "2 Grow", "3 Steady", "4 Lead"]


def test_the_more_stages_the_less_numbers() -> None:
    assert "15" not in [*texts(read(CASES["forty-stages"](), "ladder"))]


def test_a_radar_in_words(team: hm.Scorecard) -> None:
    assert label_of(team, "radar") == "Radar of the scores. Care 2.1; Reach open; Money 17.0."


@pytest.mark.parametrize("name", ["one-dimension", "two-dimensions", "nothing-applies"])
def test_a_radar_that_would_show_nothing_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="take 'ladder'"):
        chart_svg(CASES[name](), "radar")


def test_a_radar_with_long_or_many_labels_has_numbers_and_a_key() -> None:
    for name in ("long-labels", "thirty-dimensions"):
        words = [*texts(read(CASES[name](), "radar"))]
        assert words[:3] == ["1", "2", "3"]
        assert any(word.startswith("1 ") for word in words)


def test_a_radar_has_no_point_where_there_is_none() -> None:
    chart = read(CASES["half-known"](), "radar")
    marks = next(group for group in chart.iter(f"{SVG}g") if "marks" in (group.get("class") or ""))
    assert len(marks) == 0


def test_a_heat_map_in_words(team: hm.Scorecard) -> None:
    label = label_of(team, "heatmap")
    assert "Care: People are heard 2; Promises are kept 2.2; Mistakes teach 2." in label
    assert "Open at night 3; Staff at night not known." in label
    assert "Abroad: Languages does not apply." in label


def test_a_heat_map_writes_its_values_into_the_cells(team: hm.Scorecard) -> None:
    words = [*texts(read(team, "heatmap"))]
    assert {"▾ 2.2", "?", "n/a", "0.4"} <= {*words}
    assert {"? not known", "n/a does not apply", "▾ counts for less than is claimed"} <= {*words}


def test_a_better_value_never_has_a_lower_shade() -> None:
    shades = []
    for value in range(1, 5):
        chart = chart_svg(card_of([["A"]], answer=lambda _, value=value: value), "heatmap")
        shades.append(max(int(level) for level in re.findall(r'class="on-level-(\d)"', chart)))
    assert all(low <= high for low, high in pairwise(shades))
    assert (shades[0], shades[-1]) == (1, 5)


def test_another_kind_is_refused(team: hm.Scorecard) -> None:
    with pytest.raises(ValueError, match="there is no chart 'pie': take one of 'ladder', 'radar', 'heatmap'"):
        chart_svg(team, "pie")  # type: ignore[arg-type]


@settings(max_examples=30)
@given(drawn.cases())
def test_any_result_can_be_drawn(case: tuple[hm.Rubric, Given]) -> None:
    card = scored(*case)
    for kind in ("ladder", "heatmap"):
        assert read(card, kind).get("role") == "img"
