"""What is published: the source distribution, and the wheel that is built from it."""

import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def tracked(*folders: str) -> set[str]:
    """The files that git tracks in some folders and that are still there."""
    try:
        listing = subprocess.run(
            ["git", "ls-files", "-z", "--", *folders],  # noqa: S607 - whichever git there is
            cwd=ROOT,
            capture_output=True,
            check=True,
            text=True,
        ).stdout
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("this is no git checkout, so there is no list of what has to be inside")
    return {name for name in listing.split("\0") if name and (ROOT / name).exists()}


@pytest.fixture(scope="module")
def distributions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    for tool in ("build", "hatchling"):
        pytest.importorskip(tool, reason=f"{tool} is not installed, so nothing can be built")
    if not (ROOT / "src").is_dir():
        pytest.skip("the source is not here, so there is nothing to build from")
    folder = tmp_path_factory.mktemp("dist")
    # Without arguments the wheel is built from the source distribution, as a publisher does it.
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    finished = subprocess.run(command, capture_output=True, check=False, text=True)
    assert finished.returncode == 0, finished.stdout + finished.stderr
    return folder


@pytest.fixture(scope="module")
def in_wheel(distributions: Path) -> set[str]:
    (wheel,) = distributions.glob("*.whl")
    return set(zipfile.ZipFile(wheel).namelist())


@pytest.fixture(scope="module")
def in_sdist(distributions: Path) -> set[str]:
    (sdist,) = distributions.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        return {member.name.partition("/")[2] for member in archive.getmembers()}


def test_every_rubric_is_in_the_wheel(in_wheel: set[str]) -> None:
    rubrics = {f"humanai_maturity/{name}" for name in tracked("rubrics")}
    assert not rubrics - in_wheel


def test_every_source_file_is_in_the_wheel(in_wheel: set[str]) -> None:
    sources = {name.removeprefix("src/") for name in tracked("src")}
    assert not sources - in_wheel


def test_the_wheel_is_typed_and_licensed(in_wheel: set[str]) -> None:
    assert "humanai_maturity/py.typed" in in_wheel
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in in_wheel)


def test_the_wheel_holds_nothing_else(in_wheel: set[str]) -> None:
    tops = {name.partition("/")[0].partition("-")[0] for name in in_wheel}
    assert tops == {"humanai_maturity"}


def test_the_source_distribution_can_be_tested(in_sdist: set[str]) -> None:
    needed = tracked("src", "rubrics", "tests", "docs", "conftest.py", "mkdocs.yml", "README.md", "LICENSE")
    assert not needed - in_sdist
