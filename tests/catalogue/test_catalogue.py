"""A catalogue finds what it was given, replaces nothing, and looks nowhere else."""

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from shutil import copy
from typing import Any

import pytest

import humanai_maturity as hm

GOLDEN = Path(__file__).parents[1] / "golden"


@hm.measure()
def level(answer: Any, _params: Any) -> Any:
    """Return a number as it is."""
    if not isinstance(answer, int | float | Fraction):
        raise ValueError("give a number")  # noqa: TRY004 - this is how measures refuse
    return answer


@hm.aggregator(monotone=True, idempotent=True, internal=True, weight_scale_invariant=True)
def top(values: Any, _weights: Any, _params: Any) -> Fraction:
    """Return the highest value."""
    return Fraction(max(values))


def custom(name: str = "mine", *, measure: str = "level", rule: str = "top") -> hm.Rubric:
    scale = {"type": "custom", "measure": measure, "minimum": 0, "maximum": 1}
    return hm.parse_rubric(
        {
            "id": name,
            "version": "1",
            "title": name.upper(),
            "stages": [{"id": "low", "title": "Low"}, {"id": "high", "title": "High"}],
            "dimensions": [{"id": "d", "title": "D", "criteria": [{"id": "c", "title": "C", "scale": scale}]}],
            "score": {"rule": "aggregator", "name": rule},
            "stage": {"cuts": {"high": 0.5}},
        }
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "team").mkdir()
    copy(GOLDEN / "team.rubric.yaml", tmp_path / "team" / "rubric.yaml")
    return tmp_path


def own(*things: Any, **more: Any) -> hm.Catalogue:
    catalogue = hm.Catalogue(installed=False, **more)
    for thing in things:
        catalogue.register(thing)
    return catalogue


def test_what_is_registered_is_found_and_scored() -> None:
    catalogue = own(custom(), level, top)
    assert catalogue.load_rubric("mine") == custom()
    assert (catalogue.measure("level"), catalogue.aggregator("top")) == (level, top)
    assert catalogue.score("mine", {"c": 0.5}).overall.exact.score == Fraction(1, 2)
    assert catalogue.scorer("mine").score({"c": 1}) == catalogue.score(custom(), {"c": 1})
    listed = catalogue.list_rubrics()
    assert [(each.id, each.title, each.source, each.distribution) for each in listed] == [
        ("mine", "MINE", "what is registered", None)
    ]


def test_what_is_in_folders_is_found(folder: Path) -> None:
    catalogue = own(folders=[folder, str(folder / "team")][:1])
    assert catalogue.load_rubric("team").id == "team"
    assert [listed.id for listed in catalogue.list_rubrics()] == ["team"]


def test_a_folder_may_itself_be_a_rubric(folder: Path) -> None:
    assert own(folders=[folder / "team"]).load_rubric("team").id == "team"


def test_a_folder_is_looked_up_each_time(folder: Path) -> None:
    catalogue = own(folders=[folder])
    copy(GOLDEN / "team.rubric.yaml", folder / "late.rubric.yaml")
    assert [listed.id for listed in catalogue.list_rubrics()] == ["late", "team"]


def test_a_file_has_the_id_of_its_rubric(folder: Path) -> None:
    copy(GOLDEN / "team.rubric.yaml", folder / "late.rubric.yaml")
    with pytest.raises(hm.RubricError, match="found as 'late' and holds the rubric 'team': make them the same"):
        own(folders=[folder]).load_rubric("late")


def test_nothing_is_shared_between_catalogues() -> None:
    own(custom(), level, top)
    with pytest.raises(hm.RubricNotFoundError, match="Installed: none"):
        own().load_rubric("mine")
    with pytest.raises(hm.RubricNotFoundError):
        hm.load_rubric("mine")


def test_without_what_is_installed_nothing_else_is_found() -> None:
    assert own().list_rubrics() == own().list_plugins(load=True) == ()
    with pytest.raises(hm.RubricNotFoundError):
        own().load_rubric("ai-human-cx")
    assert hm.Catalogue().load_rubric("ai-human-cx").id == "ai-human-cx"


def test_paths_and_rubrics_are_taken_as_well() -> None:
    assert own().load_rubric(GOLDEN).id == "team"
    assert own().load_rubric(str(GOLDEN / "team.rubric.yaml")).id == "team"
    assert own(level, top).score(custom(), {"c": 1}).rubric.id == "mine"


def test_what_is_given_for_one_call_counts_first() -> None:
    catalogue = own(custom(), level, top)
    card = catalogue.score("mine", {"c": 0}, measures={"level": lambda _answer, _params: 1})
    assert card.overall.score == 1


@pytest.mark.parametrize(
    ("thing", "message"),
    [
        (custom(), "the rubric 'mine' is there more than once: in what is registered now and in what is registered"),
        (level, "the measure 'level' is there more than once"),
        (top, "the aggregator 'top' is there more than once"),
    ],
)
def test_a_duplicate_is_refused(thing: Any, message: str) -> None:
    with pytest.raises(hm.PluginError, match=message):
        own(custom(), level, top).register(thing)


def test_what_comes_with_the_library_or_is_in_a_folder_is_not_replaced(folder: Path) -> None:
    with pytest.raises(hm.PluginError, match="the rubric 'ai-human-cx' is there more than once"):
        hm.Catalogue().register(custom("ai-human-cx"))
    with pytest.raises(hm.PluginError, match=r"team.rubric\.yaml"):
        own(folders=[folder]).register(custom("team"))


def test_one_id_in_two_folders_is_told_when_it_is_asked_for(folder: Path, tmp_path_factory: Any) -> None:
    other = tmp_path_factory.mktemp("other")
    copy(GOLDEN / "team.rubric.yaml", other / "team.rubric.yaml")
    catalogue = own(folders=[folder, other])
    assert [listed.id for listed in catalogue.list_rubrics()] == ["team", "team"]
    with pytest.raises(hm.PluginError, match="the rubric 'team' is there more than once") as caught:
        catalogue.load_rubric("team")
    assert str(folder) in str(caught.value)
    assert str(other) in str(caught.value)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: own().measure("level"), "the measure 'level' is not registered .install the plug-in"),
        (lambda: own(top).aggregator("tpo"), "the aggregator 'tpo' is not registered; did you mean 'top'"),
        (lambda: own(custom(), top).score("mine", {}), "the measure 'level' is not registered"),
        (lambda: own(custom(rule="other"), level).scorer("mine"), "the aggregator 'other' is not registered"),
        (
            lambda: own(custom(), top).scorer("mine", measures={"levle": max}),
            r"did you mean 'levle'\? .*give it as `measures=\{'level'",
        ),
    ],
)
def test_what_is_missing_is_told(call: Callable[[], object], message: str) -> None:
    with pytest.raises(hm.PluginError, match=message):
        call()


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: own(3), "a Rubric, a Measure or an Aggregator can be registered, not 3"),
        (lambda: own(max), "declare a function with `@measure"),
        (lambda: hm.Catalogue(folders="rubrics"), r"write `folders=\['rubrics'\]`"),
        (lambda: own().load_rubric(3), "named by its id or its path"),  # type: ignore[arg-type]
    ],
)
def test_what_is_of_the_wrong_type_says_what_to_pass(call: Callable[[], object], message: str) -> None:
    with pytest.raises(TypeError, match=message):
        call()


def test_a_folder_that_is_not_there_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(hm.RubricNotFoundError, match="there is no folder"):
        own(folders=[tmp_path / "none"])


def test_a_registered_rubric_is_checked_when_it_is_loaded() -> None:
    bad = custom().model_copy(update={"stage": None})
    with pytest.raises(hm.RubricInvalidError, match="no-stage-rule"):
        own(bad, level, top).load_rubric("mine")


def test_a_measure_refuses_answers_by_a_value_error() -> None:
    catalogue = own(custom(), level, top)
    with pytest.raises(hm.AnswerError) as caught:
        catalogue.score("mine", {"c": "much"})
    (problem,) = caught.value.problems
    assert (problem.code, problem.path, problem.message) == ("refused-by-measure", "answers.c", "give a number")
