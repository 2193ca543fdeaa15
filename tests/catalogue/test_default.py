"""Rubrics are found by id, by path and by folder, and what is not found is said with what was probably meant."""

from collections.abc import Callable
from pathlib import Path
from shutil import copy
from zipfile import ZipFile

import pytest

import humanai_maturity as hm
from humanai_maturity.catalogue import catalogue

GOLDEN = Path(__file__).parents[1] / "golden"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "team").mkdir()
    copy(GOLDEN / "team.rubric.yaml", tmp_path / "team" / "rubric.yaml")
    return tmp_path


@pytest.mark.parametrize(
    ("call", "advice"),
    [
        (lambda: hm.score({}, {}), "parse_rubric"),  # type: ignore[arg-type]
        (lambda: hm.load_rubric(3), "named by its id or its path"),  # type: ignore[arg-type]
        (lambda: hm.score("ai-human-cx", [1]), "a mapping from ids to answers"),  # type: ignore[arg-type]
        (lambda: hm.Scorer("ai-human-cx"), r"Scorer\(load_rubric\('ai-human-cx'\)\)"),  # type: ignore[arg-type]
        (lambda: hm.Scorer({}), "not a mapping: make one with .parse_rubric"),  # type: ignore[arg-type]
        (lambda: hm.Scorer(3), "a Scorer takes a rubric, not 3"),  # type: ignore[arg-type]
    ],
)
def test_what_is_of_the_wrong_type_says_what_to_pass(call: Callable[[], object], advice: str) -> None:
    with pytest.raises(TypeError, match=advice):
        call()


def test_every_installed_rubric_loads_under_the_id_it_is_listed_with() -> None:
    listed = hm.list_rubrics()
    assert [rubric.id for rubric in listed] == sorted(rubric.id for rubric in listed)
    assert "ai-human-cx" in {rubric.id for rubric in listed}
    for rubric in listed:
        loaded = hm.load_rubric(rubric.id)
        assert (loaded.id, loaded.version, loaded.title) == (rubric.id, rubric.version, rubric.title)
        assert Path(rubric.source).is_file()


def test_a_rubric_is_returned_as_it_is() -> None:
    rubric = hm.load_rubric("ai-human-cx")
    assert hm.load_rubric(rubric) is rubric


@pytest.mark.parametrize("kind", [str, Path])
def test_a_path_is_a_file_or_a_folder(folder: Path, kind: type) -> None:
    assert hm.load_rubric(kind(folder / "team" / "rubric.yaml")).id == "team"
    assert hm.load_rubric(kind(folder / "team")).id == "team"
    assert hm.load_rubric(kind(GOLDEN)).id == "team"


def test_json_is_read_too(tmp_path: Path) -> None:
    path = tmp_path / "team.json"
    rubric = hm.load_rubric(GOLDEN)
    path.write_text(rubric.model_dump_json(exclude_none=True), encoding="utf-8")
    assert hm.load_rubric(path) == rubric


def test_a_path_object_is_never_an_id() -> None:
    with pytest.raises(hm.RubricNotFoundError):
        hm.load_rubric(Path("ai-human-cx"))


def test_a_near_miss_is_suggested() -> None:
    with pytest.raises(hm.RubricNotFoundError, match="did you mean 'ai-human-cx'") as caught:
        hm.load_rubric("ai-human-xc")
    assert isinstance(caught.value, LookupError)


@pytest.mark.parametrize("name", ["nothing-like-it", "", "no/such/file.yaml", "none.yaml", "a\0b", "x" * 5000])
def test_what_is_not_there_is_not_found(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(hm.RubricNotFoundError):
        hm.load_rubric(name)


def test_what_is_known_is_told() -> None:
    with pytest.raises(hm.RubricNotFoundError, match=r"Installed: .*ai-human-cx"):
        hm.load_rubric("zzz")


def test_a_folder_without_a_rubric_is_told(tmp_path: Path) -> None:
    with pytest.raises(hm.RubricNotFoundError, match=r"holds no rubric\.yaml"):
        hm.load_rubric(tmp_path)


def test_a_folder_with_several_rubrics_asks_which(folder: Path) -> None:
    for name in ("a.rubric.yaml", "b.rubric.yaml"):
        copy(GOLDEN / "team.rubric.yaml", folder / name)
    with pytest.raises(hm.RubricNotFoundError, match=r"a\.rubric\.yaml, b\.rubric\.yaml"):
        hm.load_rubric(folder)


def test_a_broken_rubric_is_listed_by_its_name_and_raises_when_it_is_asked_for(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "broken.rubric.yaml").write_text("a: [", encoding="utf-8")
    (folder / "odd.rubric.yaml").write_text("[1]", encoding="utf-8")
    (folder / "README.md").write_text("No rubric.", encoding="utf-8")
    monkeypatch.setattr(catalogue, "_bundled_folder", lambda: folder)
    assert [(rubric.id, rubric.version) for rubric in hm.list_rubrics()] == [
        ("broken", "?"),
        ("odd", "?"),
        ("team", "1.2.0"),
    ]
    assert hm.load_rubric("team").id == "team"
    with pytest.raises(hm.RubricSyntaxError):
        hm.load_rubric("broken")


def test_rubrics_are_found_inside_an_archive(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from zipfile import Path as Inside  # noqa: PLC0415 - two things called Path

    with ZipFile(folder / "wheel.zip", "w") as archive:
        archive.write(folder / "team" / "rubric.yaml", "rubrics/team/rubric.yaml")
    monkeypatch.setattr(catalogue, "_bundled_folder", lambda: Inside(folder / "wheel.zip", "rubrics/"))
    assert [rubric.id for rubric in hm.list_rubrics()] == ["team"]
    assert hm.load_rubric("team").id == "team"


def test_without_a_folder_nothing_is_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalogue, "_bundled_folder", lambda: tmp_path / "none")
    assert hm.list_rubrics() == ()
    with pytest.raises(hm.RubricNotFoundError, match="Installed: none"):
        hm.load_rubric("ai-human-cx")


def test_scoring_takes_whatever_loading_takes() -> None:
    answers = {"hear": "all"}
    cards = [hm.score(rubric, answers) for rubric in (GOLDEN, str(GOLDEN), hm.load_rubric(GOLDEN))]
    assert cards[0] == cards[1] == cards[2]


def test_an_assessment_may_leave_its_rubric_to_the_caller(tmp_path: Path) -> None:
    path = tmp_path / "answers.csv"
    path.write_text("criterion,value\nhear,all\n", encoding="utf-8")
    assert hm.load_assessment(path, rubric="team").rubric.id == "team"
    with pytest.raises(hm.AnswerError):
        hm.load_assessment(path)
