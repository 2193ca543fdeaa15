"""The shape of the source: which room may know which, and how large things may grow."""

import ast
import re
import sys
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

import humanai_maturity

PACKAGE = "humanai_maturity"
SOURCE = Path(humanai_maturity.__file__).parent
MODULES = {
    ".".join((PACKAGE, *path.relative_to(SOURCE).with_suffix("").parts)).removesuffix(".__init__"): path
    for path in sorted(SOURCE.rglob("*.py"))
}

# Inner rooms first. A new room is added here, next to what it may know.
ROOMS = (
    "errors",
    "model",
    "documents",
    "advice",
    "engine",
    "catalogue",
    "asking",
    "cases",
    "evolve",
    "authoring",
    "lint",
    "frames",
    "report",
    "testing",
    "cli",
    "__main__",
)
CORE = ROOMS[: ROOMS.index("cases") + 1]
CORE_DEPENDENCIES = {"pydantic", "pydantic_core", "yaml"}
DOOR = PACKAGE
"""The package itself re-exports what is public; it may know every room."""

MAX_LINES_OF_A_MODULE = 400
MAX_LINES_OF_A_FUNCTION = 40
EMPTY_NAMES = re.compile(r"(?:^|_)(?:utils?|helpers?|common|base|managers?)$")
EMPTY_CLASS_NAMES = re.compile(r"(?:Utils?|Helpers?|Common|Base|Managers?)$")

Function = ast.FunctionDef | ast.AsyncFunctionDef


def tree_of(module: str) -> ast.Module:
    return ast.parse(MODULES[module].read_text(encoding="utf-8"))


def imports_in(tree: ast.AST) -> Iterator[str]:
    """Every module that is imported anywhere in a tree, late imports included."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"a relative import in line {node.lineno}"
            assert node.module is not None
            submodules = [f"{node.module}.{alias.name}" for alias in node.names]
            yield from ([name for name in submodules if name in MODULES] or [node.module])


def imports_when_running(module: str) -> set[str]:
    """What a module imports when it runs: without what stands under `if TYPE_CHECKING`."""
    tree = tree_of(module)
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            node.body = []
    return set(imports_in(tree))


def room_of(module: str) -> str:
    return module.removeprefix(f"{PACKAGE}.").partition(".")[0]


def functions() -> Iterator[tuple[str, Function]]:
    for module in MODULES:
        for node in ast.walk(tree_of(module)):
            if isinstance(node, Function):
                yield f"{module}:{node.lineno} {node.name}", node


def lines_after_docstring(function: Function) -> int:
    body = function.body[1:] if ast.get_docstring(function) is not None else function.body
    assert function.end_lineno is not None
    return function.end_lineno - body[0].lineno + 1 if body else 0


@pytest.mark.parametrize("module", [module for module in MODULES if module != DOOR])
def test_inner_rooms_never_import_outer_ones(module: str) -> None:
    assert room_of(module) in ROOMS, f"{module} is in no known room: add its room to ROOMS in {Path(__file__).name}"
    known = {name for name in imports_in(tree_of(module)) if name.split(".")[0] == PACKAGE}
    if room_of(module) not in {"cli", "__main__"}:
        assert DOOR not in known, "only the command line comes through the front door"
    outer = {name for name in known - {DOOR} if ROOMS.index(room_of(name)) > ROOMS.index(room_of(module))}
    assert not outer


def test_the_architecture_page_names_every_room_in_order() -> None:
    page = (Path(__file__).parents[1] / "docs" / "explanation" / "architecture.md").read_text(encoding="utf-8")
    rooms = {room_of(module) for module in MODULES if module != DOOR} - {"__main__"}
    assert re.findall(r"^\| `([a-z]+)` \|", page, re.MULTILINE) == [room for room in ROOMS if room in rooms]


def test_there_are_no_import_cycles() -> None:
    graph = {module: imports_when_running(module) & MODULES.keys() - {DOOR} for module in MODULES}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(" -> ".join(error.args[1]))


@pytest.mark.parametrize("module", [module for module in MODULES if room_of(module) in CORE])
def test_the_core_needs_pydantic_and_yaml_and_nothing_else(module: str) -> None:
    roots = {name.split(".")[0] for name in imports_in(tree_of(module))}
    assert roots <= sys.stdlib_module_names | CORE_DEPENDENCIES | {PACKAGE}


@pytest.mark.parametrize("module", MODULES)
def test_a_module_fits_one_head(module: str) -> None:
    assert len(MODULES[module].read_text(encoding="utf-8").splitlines()) <= MAX_LINES_OF_A_MODULE


def test_a_function_fits_one_screen() -> None:
    lengths = {place: lines_after_docstring(function) for place, function in functions()}
    assert not {place: lines for place, lines in lengths.items() if lines > MAX_LINES_OF_A_FUNCTION}


def test_names_say_what_things_are() -> None:
    empty = {module for module in MODULES if any(EMPTY_NAMES.search(part) for part in module.split("."))}
    empty |= {
        f"{module}.{node.name}"
        for module in MODULES
        for node in ast.walk(tree_of(module))
        if isinstance(node, ast.ClassDef) and EMPTY_CLASS_NAMES.search(node.name)
    }
    assert not empty
