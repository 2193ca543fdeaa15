"""The front door: everything public is there, listed once, and costs nothing before it is used."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

import humanai_maturity as hm

SOURCE = Path(hm.__file__)
HEAVY = ("pydantic", "yaml", "click", "rich", "importlib.metadata")


def imported_for_type_checkers() -> Iterator[tuple[str, str]]:
    """Yield the module and the name of everything that the package says it re-exports."""
    for node in ast.walk(ast.parse(SOURCE.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("humanai_maturity."):
            yield from ((node.module, alias.name) for alias in node.names)


def run(code: str) -> str:
    return subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True).stdout.strip()


def test_all_is_sorted_and_complete() -> None:
    assert list(hm.__all__) == sorted(set(hm.__all__))
    assert sorted(name for _, name in imported_for_type_checkers()) == hm.__all__


@pytest.mark.parametrize(("module", "name"), list(imported_for_type_checkers()))
def test_a_name_is_what_it_says_it_is(module: str, name: str) -> None:
    assert getattr(hm, name) is getattr(import_module(module), name)


def test_importing_the_package_loads_nothing_heavy() -> None:
    code = f"import sys, humanai_maturity; print([name for name in {HEAVY} if name in sys.modules])"
    assert run(code) == "[]"


def test_errors_can_be_caught_without_loading_pydantic() -> None:
    assert run("import sys, humanai_maturity as hm; hm.MaturityError; print('pydantic' in sys.modules)") == "False"


def test_looking_around_loads_nothing() -> None:
    code = "import sys, humanai_maturity as hm; print(len(dir(hm)) > 50, 'pydantic' in sys.modules)"
    assert run(code) == "True False"
    assert set(hm.__all__) <= set(dir(hm))


def test_a_star_import_brings_exactly_the_public_names() -> None:
    code = (
        "import humanai_maturity as hm; n = {}; exec('from humanai_maturity import *', n); print({*n} - {*hm.__all__})"
    )
    assert run(code) == "{'__builtins__'}"


def test_the_version_is_the_installed_one() -> None:
    from importlib.metadata import version  # noqa: PLC0415 - so that the import above stays cheap

    assert hm.__version__ == version("humanai-maturity")


def test_an_unknown_name_is_an_attribute_error_that_python_can_improve_on() -> None:
    with pytest.raises(AttributeError) as caught:
        hm.load_rubrik  # type: ignore[attr-defined]  # noqa: B018
    assert (caught.value.name, caught.value.obj) == ("load_rubrik", hm)


def test_submodules_are_still_reachable() -> None:
    assert run("import humanai_maturity as hm, humanai_maturity.errors; print(hm.errors.__name__)") == (
        "humanai_maturity.errors"
    )
