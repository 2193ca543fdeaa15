"""A new rubric is valid, sound and laid out, whatever it is called."""

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import humanai_maturity as hm
from humanai_maturity.authoring.layout import laid_out
from humanai_maturity.authoring.starter import MOST_STAGES, Named, Start, named, slug, starting_files

TITLES = ["Beginning", "Agreed", "Measured", "Led", "Foreseen", "Beyond"]


def start(count: int = 3, dimensions: tuple[str, ...] = ("Care", "Tools"), **more: Any) -> Start:
    stages = tuple(map(named, TITLES[:count]))
    return Start(id="demo", title="Demo", stages=stages, dimensions=tuple(map(named, dimensions)), **more)


def saved(files: Any, folder: Path) -> Path:
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize("count", range(2, MOST_STAGES + 1))
@pytest.mark.parametrize("dimensions", [("Care",), ("Care", "Tools", "People")], ids=["one", "three"])
def test_what_is_written_is_valid_and_meets_its_cases(tmp_path: Path, count: int, dimensions: tuple[str, ...]) -> None:
    folder = saved(starting_files(start(count, dimensions)), tmp_path)
    rubric = hm.load_rubric(folder)
    assert [stage.title for stage in rubric.stages] == TITLES[:count]
    card = hm.score(rubric, hm.load_assessment(folder / "example.yaml"))
    assert card.stage is not None
    cases = hm.load_cases(folder / "cases.yaml", rubric)
    assert len(cases.cases) == 4
    assert all(not result.differences for result in hm.run_cases(rubric, cases))


def test_what_is_written_is_sound(tmp_path: Path) -> None:
    for count in range(2, MOST_STAGES + 1):
        found = hm.check(hm.load_rubric(saved(starting_files(start(count)), tmp_path)))
        assert not [str(finding) for finding in found]


def test_what_is_written_is_laid_out() -> None:
    for name, text in starting_files(start()).items():
        if name.endswith(".yaml"):
            assert laid_out(text) == text
            assert text.startswith("# yaml-language-server: $schema=")


def test_what_is_commented_out_is_valid_once_it_is_not() -> None:
    text = starting_files(start())["rubric.yaml"]
    code = re.compile(r"^# (?=(?:evidence_grades|flags|caps):|  )", re.MULTILINE)
    rubric = hm.parse_rubric(code.sub("", text))
    assert (len(rubric.evidence_grades), len(rubric.flags), len(rubric.caps)) == (2, 1, 1)


def test_the_schemas_are_those_of_the_library() -> None:
    files = starting_files(start())
    assert {name for name in files if name.endswith(".json")} == {
        match for text in files.values() for match in re.findall(r"^# yaml-language-server: \$schema=(\S+)", text)
    }


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("Well done", Named("well-done", "Well done")),
        (" done = Well done ", Named("done", "Well done")),
        ("Über uns!", Named("uber-uns", "Über uns!")),
        ("3", Named("x-3", "3")),
        ("日本", Named("x", "日本")),
    ],
)
def test_a_name_is_a_title_with_an_id(given: str, expected: Named) -> None:
    assert named(given) == expected


@pytest.mark.parametrize(
    ("faulty", "message"),
    [
        (start(1), "a start has 2 to 6 stages, not 1"),
        (start(3, ()), "a rubric has at least one dimension"),
        (start(3, ("Care", "care")), "duplicate-id"),
        (start(3, ("overall=All",)), "reserved-id"),
        (Start(id="a b", title="T", stages=start().stages, dimensions=start().dimensions), "bad-id"),
        (Start(id="a", title=" ", stages=start().stages, dimensions=start().dimensions), "bad-text"),
    ],
)
def test_what_makes_no_rubric_is_refused(faulty: Start, message: str) -> None:
    with pytest.raises(hm.MaturityError, match=re.escape(message)):
        starting_files(faulty)


ANY = st.text(min_size=1, max_size=30) | st.sampled_from(
    ["No", "a: b", "- x", "# y", "a, b", "{", "'", '"', "1.10", "~"]
)


@given(ANY, ANY, ANY)
def test_any_title_is_kept_or_refused(title: str, stage: str, dimension: str) -> None:
    """Titles are texts, never YAML: they come out as they went in."""
    given = Start(
        id=slug(title),
        title=title,
        stages=(Named("first", stage), Named("second", "Second")),
        dimensions=(Named("all", dimension),),
    )
    try:
        files = starting_files(given)
    except hm.MaturityError:
        return
    rubric = hm.parse_rubric(files["rubric.yaml"])
    assert (rubric.title, rubric.stages[0].title, rubric.dimensions[0].title) == (title, stage, dimension)
    assert hm.score(rubric, hm.parse_assessment(files["example.yaml"])).stage is not None
