"""Loading and compiling: the built-in rubric beside PyYAML's own reading of the same text."""

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
import yaml
from pytest_benchmark.fixture import BenchmarkFixture
from reference_problem import rubric

from humanai_maturity import Scorer, load_rubric, parse_rubric

TEXT = (Path(__file__).parents[1] / "rubrics/ai-human-cx/rubric.yaml").read_text(encoding="utf-8")
LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def test_compose(benchmark: BenchmarkFixture) -> None:
    benchmark.group = "load the built-in rubric"
    benchmark.extra_info["baseline"] = True
    benchmark(yaml.compose, TEXT, Loader=LOADER)


def test_parse_rubric(benchmark: BenchmarkFixture) -> None:
    benchmark.group = "load the built-in rubric"
    benchmark(parse_rubric, TEXT)


def test_compile_reference_problem(benchmark: BenchmarkFixture) -> None:
    benchmark.group = "compile"
    benchmark(Scorer, rubric())


def test_compile_built_in(benchmark: BenchmarkFixture) -> None:
    benchmark.group = "compile"
    benchmark(Scorer, load_rubric("ai-human-cx"))


@pytest.mark.parametrize("module", ["pydantic", "humanai_maturity"])
def test_import(benchmark: BenchmarkFixture, module: str) -> None:
    assert find_spec(module)
    benchmark.group = "import"
    benchmark.extra_info["baseline"] = module == "pydantic"
    attribute = {"pydantic": "BaseModel", "humanai_maturity": "Rubric"}[module]
    command = [sys.executable, "-c", f"import {module}; {module}.{attribute}"]
    benchmark.pedantic(subprocess.run, (command,), {"check": True}, rounds=7, warmup_rounds=1)


def test_import_alone(benchmark: BenchmarkFixture) -> None:
    benchmark.group = "import"
    benchmark.pedantic(subprocess.run, ([sys.executable, "-c", "import humanai_maturity"],), {"check": True}, rounds=7)
