"""Texts are finished, there, single and plain."""

from typing import Any

import pytest
from findings import asked, choice, found, made

AT_A = ["dimensions[0].criteria[0]"]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("TODO: say where to look", True),
        ("Lorem ipsum dolor", True),
        ("To be written (TBD)", True),
        ("Who knows ???", True),
        ("FIXME", True),
        ("Todo el equipo lo sabe", False),
        ("A to-do list is kept.", False),
        ("Who knows?", False),
    ],
)
def test_what_is_left_over(text: str, left: bool) -> None:  # noqa: FBT001 - a table
    assert found("left-over", made(asked("a", help=text))) == ([f"{AT_A[0]}.help"] if left else [])


def test_all_texts_are_looked_at() -> None:
    scale = choice(1, 2, 3)
    scale["options"][1]["text"] = "XXX"
    step = {"to": "mid", "do": "TODO"}
    rubric = made(asked("a", scale, next_steps=[step], look_at=["TBD"]), description="FIXME")
    assert found("left-over", rubric) == [
        "description",
        f"{AT_A[0]}.scale.options[1].text",
        f"{AT_A[0]}.look_at[0]",
        f"{AT_A[0]}.next_steps[0].do",
    ]


@pytest.mark.parametrize(
    ("question", "double"),
    [
        ("Is there a list? Who keeps it?", True),
        ("How good is the list, and who keeps it?", True),
        ("What is known; or how is it found?", True),
        ("Who may see and/or change it?", True),
        ("How good is the list and the map?", False),
        ("Is it known who asked, and when?", False),
        ("How well does the team know, own and join its systems?", False),
        ("What share of people who asked and who waited got help?", False),
    ],
)
def test_questions_that_ask_two_things(question: str, double: bool) -> None:  # noqa: FBT001 - a table
    assert found("double-question", made(asked("a", question=question))) == ([f"{AT_A[0]}.question"] if double else [])


HELPFUL: dict[str, Any] = {"type": "yes_no", "yes": "top", "no": "low"}


def test_missing_help() -> None:
    helped = [asked(name, HELPFUL, help="Look.") for name in "bce"]
    assert found("missing-help", made(asked("a", HELPFUL), *helped)) == AT_A
    assert found("missing-help", made(asked("a", help="Look."), *helped)) == AT_A, "its options have no texts"
    assert not found("missing-help", made(asked("a", HELPFUL, question="Is it?"), *helped))


def test_what_is_missing_nearly_everywhere_is_said_once() -> None:
    assert found("missing-help", made(asked("a"), asked("b"), asked("c"))) == [""]
    assert found("missing-evidence", made(asked("a"), asked("b"), asked("c", look_at=["X"]))) == [""]


def test_missing_evidence_and_next_steps() -> None:
    full: dict[str, Any] = {"look_at": ["The list"], "next_steps": [{"to": "mid", "do": "Write."}]}
    rubric = made(asked("a"), asked("b", **full), asked("c", **full))
    assert found("missing-evidence", rubric) == AT_A
    assert found("missing-next-step", rubric) == AT_A


def test_a_flag_without_a_remedy() -> None:
    flag = {"id": "f", "severity": "warn", "raised_when": {"criterion": "a", "at_most": 1}, "says": "S."}
    steps = [{"to": "mid", "do": "Write."}]
    assert found("missing-next-step", made(asked("a", next_steps=steps), flags=[flag])) == ["flags[0]"]
    assert not found("missing-next-step", made(asked("a", next_steps=steps), flags=[{**flag, "remedy": "Mend it."}]))


PLAIN = "Look at the list. Ask who keeps it. Ask when it was read. " * 3
HARD = "Organisational responsibilities concerning interconnected infrastructures should be institutionalised, " * 4


def test_what_is_far_harder_to_read_than_the_rest() -> None:
    plain = [asked(name, help=PLAIN) for name in "bcefg"]
    assert found("hard-to-read", made(asked("a", help=HARD), *plain)) == AT_A
    assert not found("hard-to-read", made(asked("a", help=PLAIN), *plain))
    assert not found("hard-to-read", made(*(asked(name, help=HARD) for name in "abcefg"))), "hard, but no harder"
    assert not found("hard-to-read", made(asked("a", help=HARD), *plain[:2])), "too few to compare with"
