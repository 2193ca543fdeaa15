"""What all tests share: modules of helpers beside them, and how long properties are searched for counterexamples."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

sys.path.insert(0, str(Path(__file__).parent))

# The same draws each time, so that a commit is judged alike everywhere; `long` draws others each time, and many.
settings.register_profile("default", max_examples=60, deadline=None, derandomize=True)
settings.register_profile("quick", max_examples=30, deadline=None, derandomize=True)
settings.register_profile("long", max_examples=3000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let a run rewrite the files of expected outputs: look at the difference before you keep it."""
    parser.addoption("--update-golden", action="store_true", help="rewrite the expected outputs beside the examples")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[Path, str], None]:
    """Return a function that compares a text with a file's, or rewrites the file."""

    def compare(path: Path, text: str) -> None:
        if request.config.getoption("--update-golden"):
            path.write_text(text, encoding="utf-8")
        assert path.read_text(encoding="utf-8") == text

    return compare
