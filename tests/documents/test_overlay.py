"""Overlays: what they change, what they say of it, and where their faults are."""

from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from humanai_maturity.catalogue import Catalogue
from humanai_maturity.documents.canonical import digest, dump_rubric
from humanai_maturity.documents.overlay import overlaid
from humanai_maturity.documents.read import parse_document, parse_rubric
from humanai_maturity.documents.source import Source
from humanai_maturity.documents.yaml_text import read_yaml
from humanai_maturity.engine import Scorecard, Scorer
from humanai_maturity.errors import Problem, RubricInvalidError, RubricNotFoundError
from humanai_maturity.model.rubric import Rubric
from humanai_maturity.model.rules import Quorum

BASE = """
id: base
version: 1
title: Base
stages: [{id: low, title: Low}, {id: mid, title: Mid}, {id: top, title: Top}]
roles: [{id: lead, title: Lead}]
stage: {gates: {mid: {criterion: owned, at_least: mid}, top: {all: [{dimension: data, at_least: top}]}}}
dimensions:
  - id: data
    title: Data
    criteria:
      - id: owned
        title: Owned
        scale: {type: choice, options: [{id: no, stage: low}, {id: some, stage: mid}, {id: all, stage: top}]}
      - {id: fresh, title: Fresh, scale: {type: metric, bands: {mid: 1, top: 2}}, counter: {criterion: stale}}
    dimensions:
      - id: deep
        title: Deep
        criteria:
          - {id: kept, title: Kept, weight: 2, scale: {type: yes_no, yes: top, no: low}}
          - {id: shown, title: Shown, scale: {type: yes_no, yes: top, no: low}}
facts: [{id: stale, title: Stale, scale: {type: metric, direction: lower, bands: {mid: 2, top: 1}}}]
flags: [{id: alarm, severity: warn, raised_when: {criterion: kept, below: mid}, says: Careful.}]
caps: [{cap: [deep], by: owned, because: So}]
"""
RUBRIC = parse_rubric(BASE)


def adapted(changes: str) -> Rubric:
    return parse_document(f"extends: base\n{changes}", base_of=lambda _: RUBRIC).rubric


def changes(text: str) -> tuple[str, ...]:
    made = adapted(text).adapted
    assert made is not None
    return made.changes


def problems(text: str) -> list[Problem]:
    with pytest.raises(RubricInvalidError) as caught:
        adapted(text)
    assert caught.value.problems
    return list(caught.value.problems)


def found(rubric: Rubric, name: str) -> Any:
    return next(part for part in rubric.walk() if part.id == name)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("criteria: {kept: {weight: 3}}", ("weight of kept: 3 instead of 2",)),
        ("criteria: {owned: {weight: 3}}", ("weight of owned: 3 instead of the default",)),
        ("criteria: {kept: {weight: 2}}", ()),
        ("criteria: {kept: {weight: null}}", ("weight of kept: the default instead of 2",)),
        ("criteria: {kept: {question: null}}", ()),
        ("criteria: {shown: off}", ("shown is left out",)),
        ("dimensions: {deep: {title: Deeper}}", ("title of deep: Deeper instead of Deep",)),
        ("dimensions: {data: {criteria: {owned: {title: O}}}}", ("criteria.owned.title of data: O instead of Owned",)),
        ("criteria: {fresh: {scale: {bands: {mid: 0.5}}}}", ("scale.bands.mid of fresh: 0.5 instead of 1",)),
        ("criteria: {fresh: {counter: null}}", ("counter of fresh: the default instead of {criterion: stale}",)),
        (
            "criteria: {owned: {scale: {options: {some: {text: A few}}}}}",
            ("scale.options.some.text of owned: A few instead of the default",),
        ),
        ("criteria: {owned: {scale: {options: {some: off}}}}", ("scale.options.some of owned is left out",)),
        ("flags: {alarm: {severity: high}}", ("flags.alarm.severity: high instead of warn",)),
        ("flags: {alarm: off}", ("flags.alarm is left out",)),
        ("caps: []", ("caps: [] instead of [{cap: [deep], by: owned, because: So}]",)),
        ("stages: {mid: {title: Middle}}", ("stages.mid.title: Middle instead of Mid",)),
        ("version: 2\ntitle: Own", ("version: 2 instead of 1", "title: Own instead of Base")),
        (f"title: {'x' * 80}", (f"title: {'x' * 60}… instead of Base",)),
        (
            "stage: {gates: {mid: {criterion: fresh}}}",
            ("stage.gates.mid.criterion: fresh instead of owned",),
        ),
    ],
)
def test_a_change_is_made_and_told(text: str, expected: tuple[str, ...]) -> None:
    assert changes(text) == expected


def test_what_is_merged_and_what_takes_the_place_of_the_old() -> None:
    rubric = adapted(
        "criteria:\n"
        "  fresh: {scale: {type: yes_no, yes: top, no: low}}\n"
        "  shown: off\n"
        "  kept: {weight: 5}\n"
        "stage: {quorum: 0.6}\n"
    )
    assert found(rubric, "fresh").scale.type == "yes_no"
    assert found(rubric, "fresh").counter.criterion == "stale"
    assert found(rubric, "kept").weight == 5
    assert [child.id for child in found(rubric, "deep").children] == ["kept"]
    assert rubric.stage == Quorum(quorum=0.6)


def test_the_base_stays_as_it_was_and_the_digest_differs() -> None:
    before = digest(RUBRIC)
    rubric = adapted("criteria: {kept: {weight: 3}}")
    assert digest(RUBRIC) == before != digest(rubric)
    made = rubric.adapted
    assert made is not None
    assert (made.id, made.version, made.digest) == ("base", "1", before)


def test_an_adapted_rubric_can_be_written_out_in_full() -> None:
    rubric = adapted("criteria: {kept: {weight: 3}}")
    assert parse_rubric(dump_rubric(rubric)) == rubric


def test_results_list_the_changes() -> None:
    card = Scorer(adapted("criteria: {kept: {weight: 3}}")).score({"kept": True})
    assert card.overrides == ("weight of kept: 3 instead of 2",)
    assert Scorecard.model_validate_json(card.model_dump_json()).overrides == card.overrides
    assert "Changed by an overlay: weight of kept: 3 instead of 2." in card.explain()


@pytest.mark.parametrize(
    ("text", "code", "line", "hint"),
    [
        ("criteria:\n  ownde: {weight: 2}", "nothing-to-change", 3, "owned"),
        ("criteria:\n  deep: {weight: 2}", "nothing-to-change", 3, None),
        ("flags:\n  alram: off", "nothing-to-change", 3, "alarm"),
        ("caps:\n  deep: off", "needs-the-list", 2, None),
        ("criteria:\n  kept:\n    weight: 0", "out-of-range", 4, None),
        ("criteria:\n  kept:\n    wieght: 1", "unknown-key", 4, "weight"),
        ("criteria:\n  kept: on", "not-a-mapping", 3, None),
        ("colour: red", "unknown-key", 2, None),
        ("criteria:\n  fresh:\n    scale:\n      bands:\n        mid: 3", "bands-out-of-order", 6, None),
        ("stages:\n  top: off", "unknown-stage", 3, "top"),
        ("criteria:\n  shown: {title: S}\n  kept: off", "unknown-criterion", 4, None),
        ("stage:\n  gates:\n    mid: {criterion: ownde}", "unknown-criterion", 4, "owned"),
        ("dimensions: {data: off}", "too-few-items", 2, None),
    ],
)
def test_faults_are_found_in_the_lines_of_the_overlay(text: str, code: str, line: int, hint: str | None) -> None:
    problem = next(each for each in problems(text) if each.code == code)
    assert problem.line == line
    if hint is not None and code != "unknown-stage":
        assert problem.hint == hint


def test_a_version_can_be_asked_for() -> None:
    def load(version: str) -> Rubric:
        text = f"extends: {{rubric: base, version: {version}}}\ntitle: Own"
        return parse_document(text, base_of=lambda _: RUBRIC).rubric

    assert load("1").title == "Own"
    with pytest.raises(RubricInvalidError) as caught:
        load("1.0")
    (problem,) = caught.value.problems
    assert (problem.code, problem.line, problem.column) == ("base-has-changed", 1, 34)


def test_nothing_else_can_be_asked_for() -> None:
    with pytest.raises(RubricInvalidError) as caught:
        parse_document("extends: {rubric: base, digest: x}", base_of=lambda _: RUBRIC)
    assert [problem.code for problem in caught.value.problems] == ["unknown-key"]


@pytest.mark.parametrize("text", ["extends: 1", "extends: [base]", "extends: {version: 1}"])
def test_what_is_extended_is_named_by_a_text(text: str) -> None:
    with pytest.raises(RubricInvalidError) as caught:
        parse_document(text, base_of=lambda _: RUBRIC)
    assert [problem.code for problem in caught.value.problems] == ["not-a-text"]


def test_without_a_catalogue_overlays_are_refused() -> None:
    with pytest.raises(RubricInvalidError) as caught:
        parse_rubric("extends: base")
    assert [problem.code for problem in caught.value.problems] == ["overlay-not-here"]


def test_what_is_not_found_is_said_where_it_is_named() -> None:
    def missing(name: str) -> Rubric:
        raise RubricNotFoundError(f"there is no {name}")

    with pytest.raises(RubricInvalidError) as caught:
        overlaid(read_yaml(Source("# first\nextends: base", "own.yaml")), missing)
    (problem,) = caught.value.problems
    assert (problem.code, problem.line, problem.message) == ("base-not-found", 2, "there is no base")


KEYS = st.sampled_from(
    ["criteria", "dimensions", "flags", "scale", "options", "stage", "gates", "data", "deep", "owned", "kept"]
)
CHANGES = st.recursive(
    st.sampled_from(["off", "mid", "", 0, 2, True, None]),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=12,
)


@given(st.dictionaries(KEYS, CHANGES, max_size=4))
def test_whatever_an_overlay_says_it_is_a_rubric_or_its_faults_are_told(data: dict[str, Any]) -> None:
    with suppress(RubricInvalidError):
        assert parse_document({"extends": "base", **data}, base_of=lambda _: RUBRIC).rubric.adapted is not None


class TestFiles:
    """Overlays in files, found by the catalogue."""

    @pytest.fixture(autouse=True)
    def _files(self, tmp_path: Path) -> None:
        self.folder = tmp_path
        self.write("base/rubric.yaml", BASE)

    def write(self, name: str, text: str) -> Path:
        path = self.folder / name
        path.parent.mkdir(exist_ok=True, parents=True)
        path.write_text(text, encoding="utf-8")
        return path

    def fault(self, path: Path) -> str:
        with pytest.raises(RubricInvalidError) as caught:
            Catalogue().load_rubric(path)
        (problem,) = caught.value.problems
        assert problem.code == "base-not-found"
        return problem.message

    @pytest.mark.parametrize("name", ["../base/rubric.yaml", "../base"])
    def test_a_path_is_relative_to_the_overlay(self, name: str) -> None:
        path = self.write("own/own.rubric.yaml", f"extends: {name}\ntitle: Own")
        assert Catalogue().load_rubric(path).title == "Own"

    def test_an_id_is_looked_up_in_the_catalogue(self) -> None:
        path = self.write("own.yaml", "extends: base\ntitle: Own")
        assert Catalogue(folders=[self.folder]).load_rubric(path).title == "Own"
        assert "there is no rubric 'base'" in self.fault(path)

    def test_an_overlay_has_an_id_like_any_rubric(self) -> None:
        self.write("own.rubric.yaml", "extends: base\nid: own\ntitle: Own")
        assert Catalogue(folders=[self.folder]).load_rubric("own").title == "Own"

    def test_overlays_lie_on_overlays(self) -> None:
        self.write("one.yaml", "extends: base/rubric.yaml\ncriteria: {kept: {weight: 3}}")
        rubric = Catalogue().load_rubric(self.write("two.yaml", "extends: one.yaml\ncriteria: {shown: off}"))
        assert rubric.adapted is not None
        assert rubric.adapted.changes == ("weight of kept: 3 instead of 2", "shown is left out")
        assert rubric.adapted.id == "base"

    def test_they_cannot_go_round_in_a_circle(self) -> None:
        self.write("one.yaml", "extends: two.yaml")
        assert "extends this overlay itself" in self.fault(self.write("two.yaml", "extends: one.yaml"))
        self.write("three.rubric.yaml", "extends: four\nid: three")
        self.write("four.rubric.yaml", "extends: three\nid: four")
        with pytest.raises(RubricInvalidError, match="extends this overlay itself"):
            Catalogue(folders=[self.folder]).load_rubric("three")

    def test_not_too_many_lie_one_on_another(self) -> None:
        self.write("0.yaml", "extends: base/rubric.yaml")
        for number in range(1, 8):
            self.write(f"{number}.yaml", f"extends: {number - 1}.yaml")
        assert Catalogue().load_rubric(self.folder / "4.yaml").id == "base"
        assert "more than 5 overlays" in self.fault(self.folder / "5.yaml")

    @pytest.mark.parametrize("name", ["../secret", "/etc/passwd", "base/rubric.txt"])
    def test_no_other_file_is_opened(self, name: str) -> None:
        assert "is no id, and no path" in self.fault(self.write("own.yaml", f"extends: {name}"))

    def test_faults_of_the_base_are_shown_there(self) -> None:
        self.write("base/rubric.yaml", BASE.replace("weight: 2", "weight: 0"))
        with pytest.raises(RubricInvalidError) as caught:
            Catalogue().load_rubric(self.write("own.yaml", "extends: base/rubric.yaml"))
        assert str(caught.value.problems[0].source).endswith("base/rubric.yaml")
