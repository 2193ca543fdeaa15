"""Write the parts of the site that the code knows best, when it is built.

A page holds a marker where such a part belongs:

- `<!-- fields Stage: A stage -->`: a heading and the table of a document's fields;
- `<!-- api -->`: everything public, for mkdocstrings to describe;
- `<!-- testing -->`: the testing kit, the same way;
- `<!-- commands -->`: the help of every command;
- `<!-- gallery -->` and `<!-- not reproduced -->`: the published models among the tests, scored on the way;
- `<!-- picture -->`: charts of the example, which has its whole report beside the pages.

The hidden Python blocks that check a page's numbers are taken out.
"""

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from generated import commands, fields, gallery, pictures, python  # the folder beside this file

IN_REPOSITORY = re.compile(r"^<!-- in the repository -->\n.*?^<!-- /in the repository -->\n+", re.MULTILINE | re.DOTALL)
FIELDS = re.compile(r"^<!-- fields (?P<name>\w+): (?P<title>.+) -->$", re.MULTILINE)
HIDDEN = re.compile(r"^<!--+ *invisible-code.*?-->\n?", re.MULTILINE | re.DOTALL)

GENERATED: Mapping[str, Callable[[], str]] = {
    "<!-- api -->": python.api,
    "<!-- testing -->": python.testing_kit,
    "<!-- commands -->": commands.commands,
    "<!-- gallery -->": gallery.gallery,
    "<!-- not reproduced -->": gallery.not_reproduced,
    "<!-- picture -->": pictures.for_a_page,
}


def on_page_markdown(markdown: str, **_: Any) -> str:
    """Replace every marker of a page."""
    text = IN_REPOSITORY.sub("", HIDDEN.sub("", markdown))
    text = FIELDS.sub(lambda marker: fields.fields_section(marker["name"], marker["title"]), text)
    for marker, write in GENERATED.items():
        if marker in text:
            text = text.replace(marker, write())
    return text


def on_post_page(output: str, **_: Any) -> str:
    """Give the theme's search a name for those who hear the page."""
    return output.replace('role="dialog"', 'role="dialog" aria-label="Search"')


def on_post_build(config: Mapping[str, Any], **_: Any) -> None:
    """Put the report of the example beside the pages."""
    (Path(config["site_dir"]) / pictures.REPORT).write_text(pictures.report(), encoding="utf-8")
