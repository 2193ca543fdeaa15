"""Results that are hard to show well: long, empty, large, hostile, and in writing that runs the other way."""

from collections.abc import Callable
from typing import Any

import humanai_maturity as hm

HOSTILE = "<script>alert(1)</script> & \"q\" 'a' {{ 7 * 7 }} ]]> </title></style><img src=x onerror=alert(2)>"
LONG = ("A label that says everything there is to say about its subject, " * 5)[:300]
UNBROKEN = "Unbreakable" * 27 + "end"
ARABIC = "جودة البيانات <b>(مهمة)</b> 2026"
HEBREW = "איכות המידע"
EMOJI = "👩🏽\u200d💻 Teams 🤝 bots 🇩🇪 ✅"
FORMULA = '=HYPERLINK("http://example.invalid"; "x")'

STAGES = ("Start", "Grow", "Steady", "Lead")


def card_of(
    titles: list[list[str]],
    *,
    stages: tuple[str, ...] = STAGES,
    names: list[str] | None = None,
    answer: Callable[[int], Any] = lambda number: number % 4 + 1,
    scope: dict[str, Any] | None = None,
    advice: str | None = None,
    **more: Any,
) -> hm.Scorecard:
    """Score a rubric whose dimensions have criteria with these titles; each is answered by its number."""
    answers: dict[str, Any] = {}
    dimensions: list[dict[str, Any]] = []
    for place, criteria in enumerate(titles):
        rows = []
        for title in criteria:
            name = f"c{len(answers)}"
            given = answer(len(answers))
            answers[name] = {"unknown": "pending"} if given is None else given
            options = [{"id": str(stage), "stage": stage} for stage in range(1, len(stages) + 1)]
            scale = {"type": "choice", "options": options}
            steps = [{"to": "s4", "do": advice, "owner": "lead"}] if advice else []
            row = {
                "id": name,
                "title": title,
                "scale": scale,
                "next_steps": steps,
                "look_at": [advice] if advice else [],
            }
            rows.append(row | {"allow_not_applicable": True})
        dimension = {"id": f"d{place}", "title": names[place] if names else f"Dimension {place + 1}", "criteria": rows}
        dimensions.append(dimension | {"allow_not_applicable": True, "stage": {"quorum": 0.7}})
    rubric = hm.Rubric.model_validate(
        {
            "id": "hard",
            "version": "1",
            "title": "Hard to show",
            "stages": [
                {"id": f"s{number}", "title": title, **_guidance(advice)} for number, title in enumerate(stages, 1)
            ],
            "roles": [{"id": "lead", "title": advice, "does": advice}] if advice else [],
            "dimensions": dimensions,
        }
        | more
    )
    assessment = {"rubric": "hard", "date": "2026-03-31", "scope": scope or {"unit": "Team"}, "answers": answers}
    return hm.score(rubric, hm.Assessment.model_validate(assessment))


def _guidance(text: str | None) -> dict[str, Any]:
    """Return what a stage may say beside its title."""
    if text is None:
        return {}
    team = {"shape": text, "roles": [{"role": "lead", "amount": text}], "rituals": [text]}
    team["ratios"] = [{"text": text, "basis": "judgement"}]
    told = {name: [text] for name in ("ai_does", "people_do", "anti_patterns")}
    return told | {"team": team, "next_move": text}


def _everywhere(text: str) -> hm.Scorecard:
    """Put a text into every place that takes one."""
    return card_of(
        [[text, "Plain", text], ["Plain"], [text]],
        names=[text, "Plain", text],
        stages=(text, "Grow", text, "Lead"),
        answer=lambda number: [1, 2, None, 3, {"value": "4", "note": text, "source": text}][number],
        scope={"unit": text, "journey": text, "issue": text, "channels": [text], "period": text, "exclusions": [text]},
        title=text,
        advice=text,
        version=text[:40],
        flags=[
            {"id": "f", "title": text, "severity": "high", "raised_when": {"criterion": "c0", "below": "s4"}}
            | {"says": text, "remedy": text, "caps": {"overall": "s1", "d2": "s2"}}
        ],
        caps=[{"cap": ["d1"], "by": "d0", "because": text}],
    )


def _away(number: int) -> dict[str, str]:
    return {"not_applicable": f"We have no number {number}."}


CASES: dict[str, Callable[[], hm.Scorecard]] = {
    "markup": lambda: _everywhere(HOSTILE),
    "right-to-left": lambda: card_of(
        [[HEBREW, ARABIC, HEBREW], [ARABIC], [HEBREW]], names=[ARABIC, HEBREW, ARABIC], scope={"unit": HEBREW}
    ),
    "emoji": lambda: _everywhere(EMOJI),
    "long-labels": lambda: _everywhere(LONG),
    "unbroken-labels": lambda: _everywhere(UNBROKEN),
    "one-dimension": lambda: card_of([["Only", "These", "Three"]]),
    "two-dimensions": lambda: card_of([["One", "Two"], ["Three"]]),
    "thirty-dimensions": lambda: card_of([["One", "Two"]] * 30),
    "two-hundred-criteria": lambda: card_of([[f"What is asked under number {n}" for n in range(20)]] * 10),
    "nothing-answered": lambda: card_of([["One", "Two"]] * 4, answer=lambda _: None),
    "nothing-applies": lambda: card_of([["One", "Two"]] * 4, answer=_away),
    "half-known": lambda: card_of([["One", "Two"]] * 4, answer=lambda number: None if number % 2 else 2),
    "forty-stages": lambda: card_of(
        [["One", "Two"]] * 4, stages=tuple(f"Stage {n}" for n in range(1, 41)), answer=lambda number: number * 4 + 1
    ),
}
"""What a report has to read well with, by name."""


def deep() -> hm.Scorecard:
    """Return a result with dimensions in dimensions, thirty deep."""
    options = [{"id": "a", "stage": 1}, {"id": "b", "stage": 2}]
    criterion = {"id": "c", "title": "At the bottom", "scale": {"type": "choice", "options": options}}
    dimension: dict[str, Any] = {"id": "d0", "title": "Level 30", "criteria": [criterion]}
    for level in range(1, 30):
        dimension = {"id": f"d{level}", "title": f"Level {30 - level}", "dimensions": [dimension]}
    stages = [{"id": "s1", "title": "One"}, {"id": "s2", "title": "Two"}]
    data = {"id": "deep", "version": "1", "title": "Deep", "stages": stages, "dimensions": [dimension]}
    return hm.score(hm.Rubric.model_validate(data), {"c": "b"})


def points() -> hm.Scorecard:
    """Return a result that has scores and no stages, in dimensions within dimensions, partly below zero."""
    scale = {"type": "metric", "range": {"worst": -50, "best": 50}}

    def dimension(name: str, **more: Any) -> dict[str, Any]:
        return {"id": name, "title": name.title(), **more}

    def criterion(name: str) -> dict[str, Any]:
        return {"id": name, "title": name.title(), "scale": scale}

    rubric = hm.Rubric.model_validate(
        {
            "id": "points",
            "version": "1",
            "title": "On points",
            "stage": {"cuts": {"s2": 0.5}},
            "stages": [{"id": "s1", "title": "One"}, {"id": "s2", "title": "Two"}],
            "dimensions": [
                dimension("north", dimensions=[dimension("east", criteria=[criterion("a"), criterion("b")])]),
                dimension("south", criteria=[criterion("c")]),
                dimension("west", criteria=[criterion("d"), criterion("e")]),
            ],
        }
    )
    return hm.score(rubric, {"a": -20, "b": 40, "c": 10, "d": 0})


CASES |= {"points": points, "deep": deep}
