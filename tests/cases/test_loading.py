"""Cases from a file, against a rubric: every problem at once, each with its line."""

from collections.abc import Callable
from pathlib import Path

import pytest

import humanai_maturity as hm
from humanai_maturity.cases.loading import cases_beside

INVALID = Path(__file__).parent / "invalid"
TEAM = Path(__file__).parents[1] / "golden" / "team.rubric.yaml"


@pytest.mark.parametrize("path", sorted(INVALID.glob("*.cases.yaml")), ids=lambda path: path.name)
def test_cases_that_do_not_fit_say_why(path: Path, golden: Callable[[Path, str], None]) -> None:
    with pytest.raises(hm.CaseError) as caught:
        hm.load_cases(path, TEAM)
    text = str(caught.value).replace(str(path), path.name)
    golden(path.with_suffix(".yaml.txt"), f"{text}\n")
    places = [(problem.line or 0, problem.column or 0) for problem in caught.value.problems]
    assert places == sorted(places)
    assert all(problem.line for problem in caught.value.problems)


def test_cases_can_be_json(tmp_path: Path) -> None:
    file = tmp_path / "cases.json"
    file.write_text('{"rubric": "team", "cases": [{"id": "c", "expect": {"stage": null}}]}', encoding="utf-8")
    assert hm.load_cases(file, TEAM).cases[0].expect.model_fields_set == {"stage"}


@pytest.mark.parametrize("content", ["", "a: [", "5", "\0"])
def test_what_is_no_file_of_cases_is_refused(tmp_path: Path, content: str) -> None:
    file = tmp_path / "cases.yaml"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(hm.CaseError) as caught:
        hm.load_cases(file, TEAM)
    assert caught.value.problems


def test_cases_are_beside_their_rubric(tmp_path: Path) -> None:
    assert cases_beside(str(TEAM)) == TEAM.with_name("team.cases.yaml")
    assert cases_beside(str(tmp_path)) == tmp_path / "cases.yaml"
    assert cases_beside(str(tmp_path / "rubric.yaml")) == tmp_path / "cases.yaml"
    installed = Path(hm.list_rubrics()[0].source)
    assert cases_beside("ai-human-cx") == installed.with_name("cases.yaml")
