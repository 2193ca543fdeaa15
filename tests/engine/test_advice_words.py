"""Advice in words."""

from advised_rubrics import SETTLED, advised

from humanai_maturity.engine import Scorer
from humanai_maturity.engine.advice_words import step_lines, team_lines

CARD = Scorer(advised()).score({**SETTLED, "told": False, "owned": "no", "complaints": {"unknown": "pending"}})

EXPECTED = """\
Name an owner.
Owners (owned) to Mid; small effort, high impact; Lead.
Clears the flag nobody.
Then Data stands at Mid and scores 2.0 instead of 1.8 and the whole scores 1.8 instead of 1.7.
Tell them.
Disclosure (told).
Clears the flag Silence.
By itself it changes no score.
Speed it up.
Freshness (fresh) to Top; medium effort, medium impact.
It is part of what holds back People.
Then Data stands at Mid and scores 2.5 instead of 1.8 and the whole scores 2.2 instead of 1.7.
Train all people.
Training (trained) to Top; small effort, medium impact.
Then People scores 2.0 instead of 1.5 and the whole scores 1.8 instead of 1.7."""


def test_steps_in_words() -> None:
    text = "\n".join(line for step in CARD.next_steps(4) for line in step_lines(step, CARD.data))
    assert text == EXPECTED


def test_the_team_in_words() -> None:
    assert list(team_lines(CARD.data)) == [
        "At Low: Everybody does everything.",
        "What leads on: Begin.",
        "Then, at Mid: Some look after AI.",
        "Roles that come with it: Keeper.",
    ]


def test_why_in_words() -> None:
    scorer = Scorer(advised())
    found = scorer.score({**SETTLED, "complaints": 0.5, "heard": {"value": True, "evidence": "seen"}})
    first, *_ = found.next_steps()
    assert [*step_lines(first, found.data)][2:] == [
        "Listening cannot get further without it.",
        "Then the whole stands at Mid and scores 2.2 instead of 1.8.",
    ]


def test_an_explanation_says_what_to_do_and_with_which_team() -> None:
    text = CARD.explain()
    assert "\nWhat to do next\n\n- Name an owner.\n  Owners (owned) to Mid; small effort, high impact; Lead.\n" in text
    assert "\nTeam\n\n- At Low: Everybody does everything.\n" in text
