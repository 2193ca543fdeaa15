"""List everything public, section by section, for mkdocstrings to describe."""

import ast
from pathlib import Path

import humanai_maturity
from humanai_maturity import testing

SOURCE = Path(humanai_maturity.__file__).parent
SECTIONS = {
    "catalogue.": "Plug-ins",
    "model.extensions": "Plug-ins",
    "catalogue": "Start here",
    "cases": "Worked cases",
    "engine": "Score and result",
    "advice": "Advice",
    "documents": "Read and write",
    "asking": "Asking",
    "evolve": "Versions",
    "lint": "Check a rubric",
    "model.rubric": "Rubrics",
    "model.guidance": "Guidance",
    "model.scales": "Scales",
    "model.rules": "Rules and requirements",
    "model.assessment": "Answers",
    "model.cases": "Worked cases",
    "errors": "Errors",
    "": "More",
}
"""The headings of the API page, by the modules that names live in; the first that fits counts."""


def api() -> str:
    """Return a description of every public name for mkdocstrings to fill in, section by section."""
    homes = homes_of_public_names()
    sections: dict[str, list[str]] = {heading: [] for heading in SECTIONS.values()}
    for name in humanai_maturity.__all__:
        home = homes.get(name, "")
        sections[next(heading for part, heading in SECTIONS.items() if home.startswith(part))].append(name)
    parts: list[str] = []
    for heading, names in sections.items():
        parts += [f"## {heading}"] * bool(names)
        parts += [f"::: humanai_maturity.{name}" for name in names]
    return "\n\n".join(
        [*parts, "## Tables", "::: humanai_maturity.frames", "## Reports", "::: humanai_maturity.report"]
    )


def testing_kit() -> str:
    """Return a description of everything in the testing kit: the checks, then the strategies."""
    homes = homes_of_public_names("testing/__init__.py")
    drawn = [name for name in testing.__all__ if homes[name].startswith("testing.drawn.")]
    checks = [name for name in testing.__all__ if name not in drawn]
    return "\n\n".join(
        line
        for heading, names in (("Checks", checks), ("Strategies", drawn))
        for line in (f"## {heading}", *(f"::: humanai_maturity.testing.{name}" for name in names))
    )


def homes_of_public_names(door: str = "__init__.py") -> dict[str, str]:
    """Return the module of every name that the package, or a room of it, re-exports, read from import statements."""
    tree = ast.parse((SOURCE / door).read_text(encoding="utf-8"))
    return {
        alias.asname or alias.name: node.module.removeprefix("humanai_maturity.")
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("humanai_maturity.")
        for alias in node.names
    }
