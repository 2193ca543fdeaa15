"""What can stand in a node's way, in order: phrases, asked one after the other."""

from engine_rubrics import dimension, rubric, scored, staged

from humanai_maturity.engine.obstacles import Obstacle, Together, Under, Way, labels, there


def found(*ways: Way, holds: str) -> list[str]:
    return [each.label for each in there(ways, lambda phrase: phrase in (*holds, "True"))]


A, B, C = (Obstacle(when=name, kind="requirement", subject=name) for name in "abc")


def test_what_stands_in_the_way_comes_in_order() -> None:
    assert found(A, B, C, holds="ca") == ["requirement: a", "requirement: c"]


def test_what_counts_under_a_condition() -> None:
    assert found(Under("d", (A, B)), C, holds="abc") == ["requirement: c"]
    assert found(Under("d", (A, B)), C, holds="abcd") == ["requirement: a", "requirement: b", "requirement: c"]


def test_several_of_those_that_count_together_are_one() -> None:
    group = Together((A, Together((B, C))))
    assert [found(group, holds=holds) for holds in ("", "a", "c", "bc", "ac")] == [
        [],
        ["requirement: a"],
        ["requirement: c"],
        ["all"],
        ["all"],
    ]
    (whole,) = there([group], lambda phrase: phrase in "abc")
    assert [part.label for part in there(whole.parts, lambda _: True)] == ["requirement: a", "all"]


def test_what_can_come_first_is_told_in_order() -> None:
    assert [*labels([Under("d", (A,)), Together((B, A)), Obstacle(when="", kind="any")])] == [
        "requirement: a",
        "all",
        "requirement: b",
        "requirement: a",
        "any",
    ]


def test_of_several_caps_by_one_node_the_strictest_counts() -> None:
    caps = [
        {"cap": ["e"], "by": "d", "plus": plus, "because": because} | more
        for plus, because, more in [(1, "Loose.", {}), (0, "Strict.", {"from_stage": "s4"}), (1, "As loose.", {})]
    ]
    capped = rubric(dimension("d", staged("a", top=4)), dimension("e", staged("b", top=4)), stages=4, caps=caps)
    cards = {stage: scored(capped, {"a": stage, "b": "4"}) for stage in "1234"}
    held = {
        stage: [each.text.rpartition(": ")[2] for each in card.blockers if each.kind == "cap"]
        for stage, card in cards.items()
    }
    assert held == {"1": ["As loose."], "2": ["Strict."], "3": ["Strict."], "4": []}
