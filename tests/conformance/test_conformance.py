"""Other systems' published numbers: every model is an ordinary rubric, and every number a case beside it.

Structure, ids and numbers only; what cannot be reproduced is listed in `not-reproduced.yaml` with the reason.
"""

from fractions import Fraction
from pathlib import Path

import pytest

import humanai_maturity as hm
from humanai_maturity.cases.loading import cases_beside
from humanai_maturity.documents.source import decode
from humanai_maturity.documents.yaml_text import read_yaml

HERE = Path(__file__).parent
RUBRICS = sorted(HERE.glob("*/*.rubric.yaml"))


@pytest.mark.parametrize("path", RUBRICS, ids=lambda path: path.name.removesuffix(".rubric.yaml"))
def test_published_numbers_are_reproduced(path: Path) -> None:
    rubric = hm.load_rubric(path)
    results = hm.run_cases(rubric, hm.load_cases(cases_beside(str(path)), rubric))
    assert [(result.id, each.text) for result in results for each in result.differences] == []
    assert all(result.compared for result in results)


def test_every_rubric_has_cases_and_the_other_way_round() -> None:
    assert RUBRICS
    assert {cases_beside(str(path)) for path in RUBRICS} == {*HERE.glob("*/*.cases.yaml")}


@pytest.mark.parametrize(
    ("model", "case", "score"),
    [
        ("samm/samm", "all-top", "3"),
        ("samm/samm", "mixed", "57/40"),
        ("samm/samm", "partial", "19/24"),
        ("samm/samm", "partial-leave-out", "107/80"),
        ("samm/samm-void", "partial", "1/10"),
        ("openssf-scorecard/openssf-scorecard", "valid-payload", "29/5"),
        ("cti-cmm/cti-cmm", "all3", "735/735"),
        ("cti-cmm/cti-cmm", "mixed", "347/735"),
        ("cti-cmm/cti-cmm", "mixed-with-na", "292/582"),
        ("cti-cmm/cti-cmm", "na-blank-and-two-domains-off", "209/513"),
        ("sprs/sprs", "none-met", "-196"),
    ],
)
def test_the_cases_hold_the_numbers_that_the_systems_are_known_for(model: str, case: str, score: str) -> None:
    rubric = hm.load_rubric(HERE / f"{model}.rubric.yaml")
    results = {each.id: each for each in hm.run_cases(rubric, hm.load_cases(HERE / f"{model}.cases.yaml", rubric))}
    assert results[case].card.overall.exact.score == Fraction(score)


def test_a_number_that_is_off_by_the_smallest_digit_is_noticed() -> None:
    rubric, path = hm.load_rubric(HERE / "samm/samm.rubric.yaml"), HERE / "samm/samm.cases.yaml"
    data = read_yaml(decode(path.read_bytes(), path.name)).data
    data["cases"][2]["expect"]["score"] = "1425000000000001/1000000000000000"  # type: ignore[call-overload, index]
    [difference] = [
        each for result in hm.run_cases(rubric, hm.Cases.model_validate(data)) for each in result.differences
    ]
    assert difference.text == "score is 57/40 (1.425), expected 1425000000000001/1000000000000000 (1.425)"


def test_a_model_that_is_not_reproduced_says_why() -> None:
    path = HERE / "not-reproduced.yaml"
    models = read_yaml(decode(path.read_bytes(), path.name)).data["models"]  # type: ignore[call-overload, index]
    assert models
    assert all(model.keys() == {"title", "gives", "reason"} for model in models)
