"""The report as it is seen: in headless Chromium, as large as a phone, a laptop and A4, in light and in dark."""

from pathlib import Path

import pytest

pytest.importorskip("jinja2", reason="the extra `report` is not installed")

from browser import A4, LAPTOP, PHONE, Browser, Page, Scheme, Size, axe_source
from hard_results import CASES, card_of

import humanai_maturity as hm

EXAMPLE = Path(__file__).parents[2] / "rubrics" / "ai-human-cx" / "example.yaml"
VIEWS = [(PHONE, "light"), (PHONE, "dark"), (LAPTOP, "light"), (LAPTOP, "dark")]


def several() -> list[hm.Scorecard]:
    """Return what three departments make of the same rubric."""
    return [
        card_of([["A", "B"]] * 3, answer=lambda n, k=k: (n + k) % 4 + 1, scope={"unit": f"Team {k}"}) for k in range(3)
    ]


PAGES = {
    "example": lambda: hm.score("ai-human-cx", hm.load_assessment(EXAMPLE)),
    "several": several,
    "many": lambda: [card_of([["A"]] * 3, scope={"unit": f"Team number {k}"}) for k in range(20)],
    **CASES,
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pages")
    for name, make in PAGES.items():
        (folder / f"{name}.html").write_text(hm.report.to_html(make()), encoding="utf-8")
    return folder


def wrong_with(page: Page) -> dict[str, list[str]]:
    """Return everything that is wrong with a page, by kind."""
    found = {
        "overflows": page.overflows(),
        "messages": page.messages(),
        "requests": page.requests(),
        "nameless figures": [name for name in page.figures() if not name],
    }
    return {kind: problems for kind, problems in found.items() if problems}


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize(
    ("size", "printed"), [(PHONE, False), (LAPTOP, False), (A4, True)], ids=["phone", "laptop", "a4"]
)
def test_nothing_overflows_and_nothing_is_asked_for(
    chromium: Browser, folder: Path, name: str, size: Size, *, printed: bool
) -> None:
    with chromium.page(folder / f"{name}.html", size, printed=printed) as page:
        assert wrong_with(page) == {}


@pytest.mark.parametrize("name", ["example", "several", "markup", "half-known"])
@pytest.mark.parametrize(("size", "scheme"), VIEWS)
def test_axe_finds_nothing(chromium: Browser, folder: Path, name: str, size: Size, scheme: Scheme) -> None:
    if axe_source() is None:
        pytest.skip("axe-core is not installed: npm install --no-save axe-core")
    with chromium.page(folder / f"{name}.html", size, scheme) as page:
        assert page.violations() == []


def test_the_accessibility_tree_has_every_figure(chromium: Browser, folder: Path) -> None:
    with chromium.page(folder / "example.html", LAPTOP) as page:
        names = page.figures()
    assert [name.partition(".")[0] for name in names] == [
        "Stages reached",
        "Radar of the scores",
        *["Heat map"] * 5,
        "Key of the heat map",
    ]
    assert "Personalization: Foundational, 1 of 5" in names[0]


def test_light_and_dark_differ_and_paper_is_light(chromium: Browser, folder: Path) -> None:
    grounds = []
    for scheme, printed in (("light", False), ("dark", False), ("dark", True)):
        with chromium.page(folder / "example.html", LAPTOP, scheme, printed=printed) as page:  # type: ignore[arg-type]
            grounds.append(page.evaluate("getComputedStyle(document.body).backgroundColor"))
    assert grounds == ["rgb(255, 255, 255)", "rgb(17, 24, 28)", "rgb(255, 255, 255)"]


def test_the_first_screen_says_what_matters(chromium: Browser, folder: Path) -> None:
    with chromium.page(folder / "example.html", LAPTOP) as page:
        bottoms = page.evaluate(
            "['Where we stand', 'What limits us', 'What to do first'].map(text => [...document.querySelectorAll('h2')]"
            ".find(each => each.textContent === text).parentElement.getBoundingClientRect().bottom)"
        )
    assert all(bottom <= LAPTOP[1] for bottom in bottoms)


def test_it_prints_on_a4(chromium: Browser, folder: Path) -> None:
    with chromium.page(folder / "example.html", A4, printed=True) as page:
        printed = page.pdf()
    assert b"/MediaBox [0 0 594.9" in printed, "this is no A4"
    assert 5 <= printed.count(b"/MediaBox") <= 15


def test_what_is_wrong_is_seen(chromium: Browser, tmp_path: Path) -> None:
    """So that a page without a finding is known to be without a fault."""
    bad = tmp_path / "bad.html"
    bad.write_text(
        "<!doctype html><title>t</title><main><div style='width:2000px'>wide</div><img src='http://127.0.0.1:9/x'>"
        "<script>console.log('said')</script></main>",
        encoding="utf-8",
    )
    with chromium.page(bad, PHONE) as page:
        assert {"overflows", "messages", "requests", "nameless figures"} == wrong_with(page).keys()
        assert axe_source() is None or any("image-alt" in each for each in page.violations())
