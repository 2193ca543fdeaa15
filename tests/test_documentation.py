"""The documentation says all that it has to say, and the site asks nothing of the outside.

That its examples work is tested where they stand: see `conftest.py` at the top.
"""

import ast
import inspect
import re
import tomllib
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Annotated, get_args, get_origin, get_type_hints

import pytest

import humanai_maturity as hm
from humanai_maturity.catalogue.entry_points import KINDS
from humanai_maturity.model import assessment, rubric, rules, scales

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
SOURCE = Path(hm.__file__).parent
EXAMPLES = ROOT / "examples"
PAGES = sorted(DOCS.rglob("*.md"))

SHOWN = re.compile(
    r"""(?P<fence>^```python title="examples/(?P<name>\w+\.py)"\n).*?^```$""", flags=re.MULTILINE | re.DOTALL
)
"""A block of a page that shows one of the examples."""

NAMES_A_CODE = {
    "Finding",
    "Inconsistency",
    "PydanticCustomError",
    "UnfitValueError",
    "_RefusedError",
    "_note",
    "_refused",
    "_problem",
    "table_problem",
    "_wrong_length",
    "add",
    "problem",
    "unreadable",
}
"""The calls that have a problem's code as their first or second argument."""

CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")

LINK = re.compile(r"\]\(([^)#]+\.md)")

COMPOSED = {"unknown-criterion", "unknown-dimension", "unknown-node", "unknown-role", "unknown-source"}
"""Codes that the source composes from parts."""


@pytest.fixture(scope="module")
def hooks() -> ModuleType:
    pytest.importorskip("click", reason="the pages about the command line need the extra `cli`")
    pytest.importorskip("jinja2", reason="the report of the example needs the extra `report`")
    return import_module("hooks")


def place(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def page(name: str) -> str:
    return (DOCS / name).read_text(encoding="utf-8")


def codes_in(tree: ast.Module) -> Iterator[str]:
    for found in places_of_codes(tree):
        for node in [found.body, found.orelse] if isinstance(found, ast.IfExp) else [found]:
            if isinstance(node, ast.Constant) and CODE.fullmatch(str(node.value)):
                yield str(node.value)


def places_of_codes(tree: ast.Module) -> Iterator[ast.expr]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield from node.args[:2] if ast.unparse(node.func).rpartition(".")[2] in NAMES_A_CODE else []
            yield from (keyword.value for keyword in node.keywords if keyword.arg == "custom_error_type")
        elif isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "code":
            yield node.value


def codes_in_source() -> set[str]:
    rooms = ("model", "documents", "engine", "cases", "authoring", "frames")
    paths = [path for room in rooms for path in (SOURCE / room).rglob("*.py")]
    return COMPOSED | {code for path in paths for code in codes_in(ast.parse(path.read_text(encoding="utf-8")))}


def test_every_problem_code_is_explained_and_no_other() -> None:
    explained = re.findall(r"^\| `([a-z0-9-]+)` \|", page("reference/errors.md"), re.MULTILINE)
    assert len(explained) == len(set(explained)), "a code stands twice"
    assert set(explained) == codes_in_source()


def test_the_reference_lists_every_public_name(hooks: ModuleType) -> None:
    listed = re.findall(r"^::: humanai_maturity\.(\w+)$", hooks.python.api(), re.MULTILINE)
    assert sorted(listed) == sorted([*hm.__all__, "frames", "report"])


def test_public_names_are_sorted_and_there() -> None:
    assert list(hm.__all__) == sorted(hm.__all__)
    assert not [name for name in hm.__all__ if not hasattr(hm, name)]


@pytest.mark.parametrize("name", [name for name in hm.__all__ if inspect.isroutine(getattr(hm, name))])
def test_every_public_function_has_an_example(name: str) -> None:
    assert ">>>" in (inspect.getdoc(getattr(hm, name)) or "")


@pytest.mark.parametrize("name", [name for name in hm.__all__ if inspect.isclass(getattr(hm, name))])
def test_every_public_class_says_what_it_is_for(name: str) -> None:
    assert getattr(hm, name).__doc__


def test_the_format_pages_show_every_part_of_a_document_once(hooks: ModuleType) -> None:
    pages = page("reference/rubric-format.md") + page("reference/case-format.md")
    shown = [marker["name"] for marker in hooks.FIELDS.finditer(pages)]
    assert sorted(shown) == sorted(hooks.fields.documents())


def test_every_field_of_a_document_is_described(hooks: ModuleType) -> None:
    silent = {
        f"{name}.{field}"
        for name, kind in hooks.fields.documents().items()
        for field, info in kind.model_fields.items()
        if not info.description
    }
    assert not silent


def test_every_type_of_a_field_has_words(hooks: ModuleType) -> None:
    for kind in hooks.fields.documents().values():
        hints = get_type_hints(kind, include_extras=True)
        for field, info in kind.model_fields.items():
            words = re.sub(r"`[^`]*`|\(#[a-z-]+\)", "", hooks.fields.in_words(hints[field], info))
            assert re.fullmatch(r"[a-z0-9' ,\[\]]*", words), f"{kind.__name__}.{field}: {words}"


@pytest.mark.parametrize("path", [path for path in PAGES if SHOWN.search(path.read_text(encoding="utf-8"))], ids=place)
def test_an_example_is_shown_as_it_is(path: Path, golden: Callable[[Path, str], None]) -> None:
    def current(block: re.Match[str]) -> str:
        return f"{block['fence']}{(EXAMPLES / block['name']).read_text(encoding='utf-8')}```"

    golden(path, SHOWN.sub(current, path.read_text(encoding="utf-8")))


def test_every_example_is_shown_once() -> None:
    shown = [block["name"] for path in PAGES for block in SHOWN.finditer(path.read_text(encoding="utf-8"))]
    assert sorted(shown) == sorted(path.name for path in EXAMPLES.glob("*.py"))


def test_a_door_leads_to_every_page() -> None:
    doors = [DOCS / f"{name}.md" for name in ("developers", "rubric-authors", "leaders")]
    signs = [*doors, *DOCS.glob("how-to/*/index.md")]
    led_to = {sign.parent / link for sign in signs for link in LINK.findall(sign.read_text(encoding="utf-8"))}
    missed = {place(path) for path in PAGES} - {place(path.resolve()) for path in (DOCS / "index.md", *doors, *led_to)}
    assert not missed, "link it from docs/developers.md, docs/rubric-authors.md or docs/leaders.md"


def test_the_help_of_every_command_is_shown(hooks: ModuleType) -> None:
    from humanai_maturity.cli import main  # noqa: PLC0415 - it needs the extra `cli`

    headings = re.findall(r"^## humanai-maturity ?(.*)$", hooks.commands.commands(), re.MULTILINE)
    assert headings == ["", *sorted(main.commands)]
    assert hooks.commands.commands().count("Usage: humanai-maturity") == len(headings)
    assert "<!-- commands -->" in page("reference/cli.md")


def test_the_gallery_shows_every_model_with_all_of_its_numbers(hooks: ModuleType) -> None:
    shown = hooks.gallery.gallery()
    agreements = re.findall(r"\*\*Agreement:\*\* (\d+) of (\d+) ", shown)
    assert len(agreements) == len([*hooks.gallery.CONFORMANCE.glob("*/*.rubric.yaml")]) > 0
    assert all(agreed == compared for agreed, compared in agreements)
    assert "| 34 of 90 answers are missing | score 19/24 (≈ 0.7917), low 19/24 (≈ 0.7917), high 1.925 |" in shown
    assert "-1" in hooks.gallery.not_reproduced()
    page_text = page("explanation/gallery.md")
    assert "<!-- gallery -->" in page_text
    assert "<!-- not reproduced -->" in page_text


def words_of(union: object) -> list[str]:
    """What authors write to say which kind they mean: the value of the field that tells them apart, or a key."""
    members = get_args(get_args(union)[0])
    if all(get_origin(member) is Annotated for member in members):
        return [get_args(member)[1].tag for member in members]
    field = get_args(union)[1].discriminator
    return [get_args(member.model_fields[field].annotation)[0] for member in members]


@pytest.mark.parametrize(
    "word",
    [
        *words_of(scales.Scale),
        *words_of(rules.ScoreRule),
        *words_of(rules.StageRule),
        *words_of(rules.Requirement),
        *get_args(rubric.Missing),
        *get_args(assessment.Unanswered),
    ],
)
def test_what_it_computes_is_explained_by_an_example(word: str) -> None:
    explained = page("explanation/how-scores-are-computed.md")
    assert re.search(rf"`[^`]*\b{word}\b[^`]*`", explained)


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_tells_how_plug_ins_are_found(kind: str) -> None:
    assert f"| `humanai_maturity.{kind}` |" in page("explanation/architecture.md")
    how_to = [path.read_text(encoding="utf-8") for path in DOCS.glob("how-to/*.md")]
    assert any(f"humanai_maturity.{kind}" in text for text in how_to)


@pytest.mark.parametrize("path", [ROOT / "README.md", *PAGES, ROOT / "mkdocs.yml"], ids=place)
def test_a_page_loads_nothing_from_elsewhere(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.findall(r"""!\[[^]]*\]\(https?:|(?:src|href)=["']https?:|extra_javascript""", text)


def test_the_site_has_no_fonts_or_counters_from_elsewhere() -> None:
    settings = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    assert "font: false" in settings
    assert not re.search("analytics|repo_url|mermaid", settings)


def test_the_picture_in_the_readme_is_current(hooks: ModuleType, golden: Callable[[Path, str], None]) -> None:
    golden(hooks.pictures.FILE, hooks.pictures.for_the_readme())


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md"])
def test_what_a_page_of_the_repository_links_to_is_there(name: str) -> None:
    links = re.findall(r"\]\(([^)#]+)", (ROOT / name).read_text(encoding="utf-8"))
    assert links
    assert not [link for link in links if not (ROOT / link).is_file()]


def test_the_changelog_begins_with_this_version() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    first = re.search(r"^## (\S+)", changelog, re.MULTILINE)
    assert first is not None
    assert first[1] == version
    assert "### Scores may change" in changelog
