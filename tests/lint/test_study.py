"""A study gives every part its place, and counts its effort."""

from findings import asked, made

from humanai_maturity.lint.study import Study, node_id, titled

NEEDS = [{"criterion": "x", "at_least": 2, "for_stage": 3}]
GATES = {
    "gates": {
        "mid": {"all": [{"criterion": "a", "at_least": 2}, {"flag_absent": "f"}]},
        "top": {"dimension": "d", "at_least": 3},
    }
}
FLAG = {"id": "f", "severity": "warn", "raised_when": {"share": 0.5, "of": ["b"], "at_most": 1}, "says": "S."}
RUBRIC = made(
    asked("a", prerequisites=NEEDS),
    asked("b", otherwise=[{"type": "yes_no", "yes": "top", "no": "low"}], counter={"criterion": "y"}),
    facts=[asked("x"), asked("y"), asked("z")],
    stage=GATES,
    flags=[FLAG],
)


def test_places() -> None:
    study = Study(RUBRIC)
    assert study.places["b"] == ("dimensions", 0, "criteria", 1)
    assert study.places["y"] == ("facts", 1)
    assert [loc[-2:] for loc, question, _ in study.scales if question.id == "b"] == [(1, "scale"), ("otherwise", 0)]
    assert [loc for loc, _, _ in study.atoms] == [
        ("stage", "gates", "mid", "all", 0),
        ("stage", "gates", "mid", "all", 1),
        ("stage", "gates", "top"),
    ]
    assert [loc for loc, _ in study.triggers] == [("flags", 0, "raised_when")]


def test_what_is_read() -> None:
    assert Study(RUBRIC).read == {"a", "b", "d", "x", "y"}
    assert Study(RUBRIC).held_by == {"x", "y"}


def test_the_ends() -> None:
    study = Study(RUBRIC)
    assert study.best.stage is not None
    assert study.worst.stage is not None
    assert (study.best.stage.id, study.worst.stage.id) == ("top", "low")


def test_effort_is_spent_once() -> None:
    study = Study(RUBRIC)
    assert study.spend(1)
    assert not study.spend(20_000)
    assert study.spend(1)


def test_names_in_messages() -> None:
    assert (node_id(RUBRIC), node_id(RUBRIC.dimensions[0])) == ("overall", "d")
    assert (titled(RUBRIC), titled(RUBRIC.dimensions[0])) == ("the whole", "'d'")
