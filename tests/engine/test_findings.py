"""What a result says about itself: the rubric, its policies, its stages and its flags."""

from importlib.metadata import version

from engine_rubrics import dimension, one, rubric, scored, staged

from humanai_maturity.engine import Scorer
from humanai_maturity.engine.result import PolicyUsed
from humanai_maturity.model.assessment import Assessment, Scope


def policy(node: str, missing: str, floor: float = 0.0, most: float = 1.0) -> PolicyUsed:
    return PolicyUsed(node=node, missing=missing, coverage_floor=floor, max_not_applicable=most)  # type: ignore[arg-type]


def test_policies_are_echoed_where_they_change() -> None:
    same, under = dimension("same", staged("a"), missing="worst"), dimension("under", staged("b"), coverage_floor=0.5)
    other = dimension("other", staged("c"), missing="void", dimensions=[under])
    card = scored(rubric(same, other, missing="worst"))
    assert card.policies == (
        policy("overall", "worst"),
        policy("other", "void"),
        policy("under", "void", 0.5),
    )


def test_policies_are_those_of_the_format_where_the_rubric_says_nothing() -> None:
    card = scored(one(staged("a"), coverage_floor=None, max_not_applicable=None))
    assert card.policies == (policy("overall", "leave_out", 0.7, 0.3),)


def test_which_rubric_and_library() -> None:
    scorer = Scorer(one(staged("a")))
    card = scorer.score({})
    assert (card.rubric.id, card.rubric.version, card.rubric.title, card.rubric.format) == ("tiny", "1", "Tiny", 1)
    assert card.rubric.digest == scorer.digest
    assert card.library == version("humanai-maturity")
    assert card.overrides == ()
    assert card.data.not_applicable_may_lift is False


def test_scope_and_date_are_kept() -> None:
    scope = Scope(unit="North", channels=("chat",))
    card = Scorer(one(staged("a"))).score(Assessment(rubric="tiny", scope=scope, date="2026-03-31"))
    assert (card.scope, str(card.date)) == (scope, "2026-03-31")
    assert (scored(one(staged("a"))).scope, scored(one(staged("a"))).date) == (Scope(), None)


def test_stages_are_counted_from_one() -> None:
    found = scored(one(staged("a"))).stages
    assert [(stage.number, stage.id, stage.title) for stage in found] == [
        (1, "s1", "Stage 1"),
        (2, "s2", "Stage 2"),
        (3, "s3", "Stage 3"),
    ]


def test_criteria_facts_and_nodes_are_apart() -> None:
    card = scored(rubric(dimension("d", staged("a")), dimension("e", staged("b")), facts=[staged("k")]))
    assert [row.id for row in card.criteria] == ["a", "b"]
    assert [row.id for row in card.facts] == ["k"]
    assert [row.id for row in card.nodes] == ["overall", "d", "e"]


def test_a_flag_is_told_with_all_that_the_rubric_says() -> None:
    flag = {
        "id": "f",
        "title": "F",
        "severity": "block",
        "raised_when": {"criterion": "a", "at_most": "s1"},
        "says": "It hurts.",
        "remedy": "Stop.",
        "caps": {"overall": "s1", "d": "s2"},
    }
    (found,) = scored(one(staged("a"), flags=[flag]), {"a": "1"}).flags
    assert (found.id, found.title, found.severity, found.says, found.remedy) == (
        "f",
        "F",
        "block",
        "It hurts.",
        "Stop.",
    )
    assert (found.state, found.certain, set(found.caps)) == ("raised", True, {"overall", "d"})
