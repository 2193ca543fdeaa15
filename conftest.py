"""The examples in the README and in the documentation, as tests.

Every page is run from top to bottom in a folder of its own, with copies of the rubrics and of the published models:

- `python` blocks are executed, in one namespace per page; what stands after `>>>` is compared;
- `yaml` blocks are read. Whole rubrics, assessments and files of cases are loaded, so they have to be valid; a fragment
  has to be valid where a document has such a field. `csv` blocks are assessments. A block with a `title` is saved under
  it, for later examples;
- `toml` and `python` blocks with a `title` are saved under it;
- `console` blocks: each line `$ humanai-maturity ...` is run, and its output compared where some is shown
  (`...` on a line of its own stands for any number of lines). So is `$ pytest ...`; and `$ pip install .` really
  installs what the page has saved, into a folder beside it and without the network;
- what stands between `<!--- skip: start if(...) -->` and `<!--- skip: end -->` is not run where it cannot be;
- `<!-- invisible-code-block: python -->` checks what the prose claims, without a reader seeing it.
"""

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, get_type_hints

from pydantic import BaseModel, TypeAdapter, ValidationError
from sybil import Document, Example, Region, Sybil
from sybil.parsers.markdown import PythonCodeBlockParser, SkipParser
from sybil.parsers.markdown.lexers import RawFencedCodeBlockLexer

import humanai_maturity as hm
from humanai_maturity.documents.read import read_cases
from humanai_maturity.documents.source import decode
from humanai_maturity.documents.yaml_text import read_yaml
from humanai_maturity.model import assessment, cases, exact, guidance, rubric, rules, scales

ROOT = Path(__file__).parent
COMMAND = Path(sys.executable).with_name("humanai-maturity")
ENVIRONMENT = {**os.environ, "COLUMNS": "100", "NO_COLOR": "1", "PYTHONIOENCODING": "utf-8"}

SITE = "_site"
"""Where a page installs what it wrote."""

PIP = "-m pip install --quiet --no-deps --no-index --no-build-isolation --disable-pip-version-check --upgrade --target"
PROGRAMS: Mapping[str, list[str]] = {
    "humanai-maturity": [str(COMMAND)],
    "pytest": [sys.executable, "-m", "pytest", "-p", "no:cacheprovider"],
    "pip install .": [sys.executable, *PIP.split(), SITE, "."],
}
"""The commands that are run, as they begin on a page and as they are run."""

DURATION = re.compile(r"\bin \d+\.\d\ds\b")
ENDS_WITH_1 = ("diff ", "fmt ", "test ")
"""The commands that end with 1 where they have something to show."""

DOCUMENT = RawFencedCodeBlockLexer(re.compile(r'(?P<kind>yaml|csv)(?: title="(?P<title>[^"]+)")?$\n', re.MULTILINE))
FILE = RawFencedCodeBlockLexer(re.compile(r'(?:toml|python) title="(?P<title>[^"]+)"$\n', re.MULTILINE))
CONSOLE = RawFencedCodeBlockLexer(re.compile(r"console$\n", re.MULTILINE))


def set_up(namespace: dict[str, Any]) -> None:
    """Go to an empty folder."""
    temporary = TemporaryDirectory()
    folder = Path(temporary.name)
    namespace["_back"], namespace["_temporary"] = Path.cwd(), temporary
    for documents in ("rubrics", "tests/conformance"):
        if (ROOT / documents).is_dir():
            shutil.copytree(ROOT / documents, folder / documents)
    os.chdir(folder)


def tear_down(namespace: dict[str, Any]) -> None:
    """Come back and leave nothing behind."""
    os.chdir(namespace["_back"])
    namespace["_temporary"].cleanup()


def document_blocks(document: Document) -> Iterable[Region]:
    """Find the documents of a page and their fragments."""
    for region in DOCUMENT(document):
        region.parsed, region.evaluator = region.lexemes["source"], check_document
        yield region


def check_document(example: Example) -> None:
    """Load a whole document, or check each field of a fragment."""
    path = Path(example.region.lexemes["title"] or f"example.{example.region.lexemes['kind']}")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(str(example.parsed), encoding="utf-8")
    if path.suffix == ".csv":
        hm.load_assessment(path)
        return
    data = read_plain(path)
    if "stages" in data and "dimensions" in data:
        hm.load_rubric(path)
    elif "cases" in data:
        read_cases(path)
    elif "rubric" in data and "answers" in data:
        hm.load_assessment(path)
    else:
        for key, value in data.items():
            check_field(key, value)


def read_plain(path: Path) -> dict[str, Any]:
    """Read a file as the library does, without knowing what it is."""
    data = read_yaml(decode(path.read_bytes(), path.name)).data
    assert isinstance(data, dict), "a fragment starts with the name of a field"
    return data


def check_field(key: str, value: object) -> None:
    """Check that at least one kind of document has such a field that takes such a value."""
    errors: list[ValidationError] = []
    for kind in kinds_with(key):
        annotation = get_type_hints(kind, include_extras=True)[key]
        try:
            TypeAdapter(annotation).validate_python(value)
        except ValidationError as error:
            errors.append(error)
        else:
            return
    assert errors, f"no document has a field {key!r}"
    raise errors[0]


def kinds_with(field: str) -> Iterator[type[BaseModel]]:
    """Find all kinds of document that have a field."""
    for module in (rubric, assessment, guidance, rules, scales, cases):
        for kind in vars(module).values():
            if isinstance(kind, type) and issubclass(kind, exact.Document) and field in kind.model_fields:
                yield kind


def file_blocks(document: Document) -> Iterable[Region]:
    """Find the files of a page that are no documents of this library."""
    for region in FILE(document):
        region.parsed, region.evaluator = region.lexemes["source"], save_file
        yield region


def save_file(example: Example) -> None:
    """Save a file for later examples."""
    path = Path(example.region.lexemes["title"])
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(str(example.parsed), encoding="utf-8")


def console_blocks(document: Document) -> Iterable[Region]:
    """Find the commands of a page."""
    for region in CONSOLE(document):
        region.parsed, region.evaluator = region.lexemes["source"], check_console
        yield region


def check_console(example: Example) -> None:
    """Run the commands that are known and compare what they print."""
    path = os.pathsep.join(filter(None, [str(Path(SITE).absolute()), ENVIRONMENT.get("PYTHONPATH")]))
    environment = {**ENVIRONMENT, "PYTHONPATH": path, "HYPOTHESIS_PROFILE": "default"}
    for program, arguments, shown in commands(str(example.parsed)):
        command = [*PROGRAMS[program], *shlex.split(arguments)]
        finished = subprocess.run(command, capture_output=True, check=False, env=environment, encoding="utf-8")
        printed = tidy(finished.stdout + finished.stderr)
        expected = {0, 1} if arguments.startswith(ENDS_WITH_1) and shown else {0}
        assert finished.returncode in expected or re.search("error|failed", shown), printed
        if shown:
            pattern = "\n".join(".*" if line == "..." else re.escape(line) for line in tidy(shown).split("\n"))
            assert re.fullmatch(pattern, printed, re.DOTALL), printed


def commands(block: str) -> Iterator[tuple[str, str, str]]:
    """Split a console block into the commands that are known: program, arguments and the output shown under them."""
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        line, _, shown = part.partition("\n")
        program = next((name for name in PROGRAMS if f"{line} ".startswith(f"{name} ")), None)
        if program is not None:
            yield program, line.removeprefix(program).strip(), shown.strip("\n")


def tidy(text: str) -> str:
    """Return a text without blanks at the ends of its lines, in which everything took the same time."""
    return "\n".join(DURATION.sub("in 0.50s", line.rstrip()) for line in text.strip("\n").splitlines())


pytest_collect_file = Sybil(
    parsers=[PythonCodeBlockParser(), SkipParser(), document_blocks, file_blocks, console_blocks],
    patterns=["README.md", "CONTRIBUTING.md", "docs/*.md", "docs/*/*.md", "docs/*/*/*.md"],
    setup=set_up,
    teardown=tear_down,
).pytest()
