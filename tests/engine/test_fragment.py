"""What a notebook shows of a scorecard."""

from collections.abc import Callable
from pathlib import Path

from hard_results import CASES

import humanai_maturity as hm
from humanai_maturity.engine.fragment import stage_signs

GOLDEN = Path(__file__).parents[1] / "golden"


def test_a_fragment(golden: Callable[[Path, str], None]) -> None:
    card = hm.score(GOLDEN, hm.load_assessment(GOLDEN / "team.yaml"))
    golden(GOLDEN / "notebook.html", f"{card._repr_html_()}\n")


def test_markup_is_text() -> None:
    shown = CASES["markup"]()._repr_html_()
    assert "<script" not in shown
    assert "&lt;script&gt;" in shown


def test_stages_as_signs() -> None:
    assert stage_signs(CASES["nothing-answered"]().overall, 4) == "■▨▨▨"
    assert stage_signs(CASES["two-dimensions"]().overall, 4) == "■◆□□"
    assert stage_signs(CASES["forty-stages"]().overall, 40) == ""
    assert stage_signs(CASES["nothing-applies"]().overall, 4) == ""
