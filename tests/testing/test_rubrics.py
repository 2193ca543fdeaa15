"""A rubric that breaks a law, or whose cases come out otherwise, fails by the name of the check."""

import re
from collections.abc import Iterator
from pathlib import Path
from shutil import copy
from typing import Any

import pytest
import strategies as drawn
from hypothesis import HealthCheck, given, settings
from strategies import AGGREGATORS, MEASURES

import humanai_maturity as hm
from humanai_maturity.testing import check_rubric, rubric_checks

GOLDEN = Path(__file__).parents[1] / "golden"
YES_NO = {"type": "yes_no", "yes": "top", "no": "low"}
CASES = """
rubric: team
cases:
  - {id: nothing, title: Nothing known, expect: {stage: null}}
  - {id: dreaming, title: Nothing known and everything reached, expect: {stage: 1}}
"""


@pytest.fixture(autouse=True)
def few_examples() -> Iterator[None]:
    """Search briefly: what is tested is what the checks tell."""
    profile = settings.get_current_profile_name()
    settings.load_profile("quick")
    yield
    settings.load_profile(profile)


def rubric(*criteria: dict[str, Any], **more: Any) -> hm.Rubric:
    data: dict[str, Any] = {
        "id": "tiny",
        "version": "1",
        "title": "Tiny",
        "stages": [{"id": "low", "title": "Low"}, {"id": "top", "title": "Top"}],
        "dimensions": [{"id": "d", "title": "D", "criteria": list(criteria)}],
    }
    return hm.parse_rubric({**data, **more})


def asked(name: str, scale: dict[str, Any] = YES_NO, **more: Any) -> dict[str, Any]:
    return {"id": name, "title": name.upper(), "scale": scale, **more}


def failing(given: Any, **more: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    for check in rubric_checks(given, **more):
        try:
            check()
        except (AssertionError, hm.MaturityError) as error:
            found[check.name.partition(": ")[2]] = str(error)
    return found


def test_a_sound_rubric_passes() -> None:
    check_rubric(rubric(asked("a"), asked("b")))
    check_rubric(GOLDEN)


def test_what_cannot_be_loaded_has_one_check() -> None:
    assert failing("no-such-rubric").keys() == {"loads"}
    with pytest.raises(hm.RubricNotFoundError):
        rubric_checks("no-such-rubric")[0]()
    with pytest.raises(AssertionError, match=r"no-such-rubric: loads: there is no rubric 'no-such-rubric'"):
        check_rubric("no-such-rubric")


def test_what_is_not_sound_is_told() -> None:
    points = asked("a", {"type": "yes_no"})
    for cut, code in ((2, "best-falls-short"), (0, "worst-stands-high")):
        found = failing(rubric(points, stage={"cuts": {"top": cut}}))
        assert found.keys() == {"is sound"}
        assert f"error[{code}]" in found["is sound"]


def holding(*things: Any) -> hm.Catalogue:
    catalogue = hm.Catalogue(installed=False)
    for thing in things:
        catalogue.register(thing)
    return catalogue


def aggregator(function: Any) -> hm.Aggregator:
    return hm.aggregator(name="own", description="Own.", monotone=True)(function)


def test_an_aggregator_that_is_declared_wrongly_breaks_the_laws() -> None:
    """What differs costs more than it brings: a better answer to the best of three lowers the score."""
    tiny = rubric(
        *(asked(name, {"type": "metric", "range": {"worst": 0, "best": 1}}) for name in "abc"),
        defaults={"score": {"rule": "aggregator", "name": "own"}},
        stage={"cuts": {"top": 1}},
    )
    assert failing(tiny, catalogue=holding(aggregator(lambda values, *_: max(values)))) == {}
    spread = aggregator(
        lambda values, *_: max(min(values), sum(values) / len(values) - (max(values) - min(values)) / 2)
    )
    told = failing(tiny, catalogue=holding(spread))["better answers lower nothing"]
    assert re.search(r"^(overall|d): the \S.* falls from \S+ to \S+, with the answers changed: [abc] from", told)


def test_measures_have_to_be_found_and_are_stood_in_for() -> None:
    def refusing(_answer: Any, _params: Any) -> Any:
        raise ValueError("never")

    scale = {"type": "custom", "measure": "own"}
    measure = hm.measure(name="own", description="Own.")(refusing)
    assert failing(rubric(asked("a", scale)), catalogue=holding(measure)) == {}
    assert failing(rubric(asked("a", scale)), catalogue=holding()).keys() == {"loads"}


def test_cases_beside_a_rubric_are_checks_by_their_names(tmp_path: Path) -> None:
    copy(GOLDEN / "team.rubric.yaml", tmp_path / "rubric.yaml")
    (tmp_path / "cases.yaml").write_text(CASES, encoding="utf-8")
    names = [check.name for check in rubric_checks(tmp_path)]
    assert names[-2:] == ["team: case nothing", "team: case dreaming"]
    assert failing(tmp_path).keys() == {"case dreaming"}
    assert "stage is none, expected" in failing(tmp_path)["case dreaming"]


def test_cases_that_do_not_fit_are_one_check(tmp_path: Path) -> None:
    path = tmp_path / "other.yaml"
    path.write_text("rubric: team\ncases: [{id: a, answers: {nobody: 1}, expect: {stage: 1}}]", encoding="utf-8")
    assert failing(GOLDEN, cases=path).keys() == {"cases"}


@given(drawn.rubrics(spanning=True))
@settings(max_examples=3, suppress_health_check=[HealthCheck.nested_given])
def test_drawn_rubrics_keep_the_laws_even_where_they_are_not_sound(drawn_rubric: hm.Rubric) -> None:
    found = failing(drawn_rubric, catalogue=holding(*MEASURES.values(), *AGGREGATORS.values()))
    assert found.keys() <= {"is sound"}
