"""The notebook runs from top to bottom, and holds what its page shows."""

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NOTEBOOK = ROOT / "examples" / "notebook.ipynb"
PAGE = ROOT / "docs" / "how-to" / "recipes" / "notebook.md"


def test_the_notebook_has_the_cells_of_its_page_and_no_outputs() -> None:
    cells = json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]
    code = [cell for cell in cells if cell["cell_type"] == "code"]
    shown = re.findall(r"^```python\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    assert ["".join(cell["source"]) + "\n" for cell in code] == shown
    assert not any(cell["outputs"] or cell["execution_count"] for cell in code)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_the_notebook_runs() -> None:
    nbformat = pytest.importorskip("nbformat", reason="nbformat is not installed: it is in the extra `recipes`")
    nbclient = pytest.importorskip("nbclient", reason="nbclient is not installed: it is in the extra `recipes`")
    pytest.importorskip("ipykernel", reason="ipykernel is not installed: it is in the extra `recipes`")
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    nbclient.NotebookClient(notebook, timeout=120, kernel_name="python3").execute()
    shown = notebook.cells[1].outputs[0]["data"]
    assert shown["text/plain"].startswith("<Scorecard of ai-human-cx")
    assert shown["text/html"].startswith("<table>")
