"""Real distributions, built and installed once for all tests, without the network."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

DISTRIBUTIONS = Path(__file__).parent / "distributions"
collect_ignore = ["distributions"]

Run = Callable[[str], str]


@pytest.fixture(scope="session")
def target(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder into which all distributions were installed."""
    for tool in ("pip", "hatchling"):
        pytest.importorskip(tool, reason=f"{tool} is not installed, so nothing can be installed")
    folder = tmp_path_factory.mktemp("site")
    offline = ["--no-deps", "--no-index", "--no-build-isolation", "--disable-pip-version-check"]
    sources = [str(source) for source in sorted(DISTRIBUTIONS.iterdir())]
    command = [sys.executable, "-m", "pip", "install", "--quiet", *offline, "--target", str(folder), *sources]
    finished = subprocess.run(command, capture_output=True, check=False, text=True)
    assert finished.returncode == 0, finished.stdout + finished.stderr
    return folder


@pytest.fixture(scope="session")
def environment(target: Path) -> dict[str, str]:
    """Return the variables with which a new process finds the distributions."""
    path = os.pathsep.join(filter(None, [str(target), os.environ.get("PYTHONPATH")]))
    return {**os.environ, "PYTHONPATH": path, "PYTHONIOENCODING": "utf-8", "PYTHONWARNINGS": "error"}


@pytest.fixture(scope="session")
def run(environment: dict[str, str]) -> Run:
    """Return a function that runs Python code beside the distributions and returns what it prints."""

    def run(code: str) -> str:
        command = [sys.executable, "-c", f"import humanai_maturity as hm\n{code}"]
        finished = subprocess.run(command, capture_output=True, check=False, env=environment, encoding="utf-8")
        assert finished.returncode == 0, finished.stderr
        return finished.stdout.strip()

    return run
