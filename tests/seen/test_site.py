"""The documentation site as it is seen: built into a folder, opened from there without a server."""

import os
import subprocess
import sys
from pathlib import Path
from time import sleep

import pytest
from browser import LAPTOP, PHONE, Browser, Page, Scheme, Size

for needed in ("mkdocs", "mkdocstrings", "material"):
    pytest.importorskip(needed, reason=f"{needed} is not installed, so the site cannot be built")

ROOT = Path(__file__).parents[2]
if not (ROOT / "src").is_dir():
    pytest.skip("the source is not here, and the site describes it", allow_module_level=True)

PAGES = sorted(
    path.relative_to(ROOT / "docs").with_suffix(".html").as_posix() for path in (ROOT / "docs").rglob("*.md")
)
VIEWS = [(PHONE, "dark"), (LAPTOP, "light")]
DOORS = ["index.html", "developers.html", "rubric-authors.html", "leaders.html"]

OF_THE_THEME = ("landmark-unique", "md-typeset__scrollwrap")
"""The theme puts unnamed navigation around each button to copy code, and tables that scroll on phones into a box."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(folder)]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    built = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=False, text=True)
    assert (built.returncode, built.stdout, built.stderr) == (0, "", "")
    return folder


def violations(page: Page) -> list[str]:
    return [found for found in page.violations() if not any(name in found for name in OF_THE_THEME)]


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize(("size", "scheme"), VIEWS, ids=["phone-dark", "laptop-light"])
def test_nothing_is_wrong_with_a_page(chromium: Browser, site: Path, name: str, size: Size, scheme: Scheme) -> None:
    with chromium.page(site / name, size, scheme) as page:
        found = {
            "overflows": page.overflows(),
            "messages": page.messages(),
            "requests": page.requests(site),
            "violations": violations(page),
        }
    assert not {kind: problems for kind, problems in found.items() if problems}


@pytest.mark.parametrize("name", DOORS)
@pytest.mark.parametrize(("size", "scheme"), [(PHONE, "light"), (LAPTOP, "dark")], ids=["phone-light", "laptop-dark"])
def test_the_doors_can_be_read_in_the_other_light(
    chromium: Browser, site: Path, name: str, size: Size, scheme: Scheme
) -> None:
    with chromium.page(site / name, size, scheme) as page:
        colour = page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert (colour == "rgb(255, 255, 255)") == (scheme == "light")
        assert violations(page) == []


def test_the_home_page_shows_a_result_and_leads_to_its_report(chromium: Browser, site: Path) -> None:
    with chromium.page(site / "index.html", LAPTOP) as page:
        assert [name.split(".")[0] for name in page.figures() if name] == ["Stages reached", "Radar of the scores"]
        assert page.evaluate("document.querySelector('figcaption a').getAttribute('href')") == "example-report.html"
    assert "Returns chat team" in (site / "example-report.html").read_text(encoding="utf-8")


def test_the_search_works_from_a_folder(chromium: Browser, site: Path) -> None:
    with chromium.page(site / "tutorials" / "first-score.html", LAPTOP) as page:
        page.evaluate("""(() => {
            document.querySelector('#__search').click();
            const field = document.querySelector('.md-search__input');
            field.focus(); field.value = 'quorum'; field.dispatchEvent(new Event('keyup'));
        })()""")
        for _ in range(50):
            results = page.evaluate("document.querySelectorAll('.md-search-result__item').length")
            if results:
                break
            sleep(0.1)
        assert results > 0
