"""The stages at which something can stand are never too few: whatever random answers give is among them."""

from findings import asked, choice, made
from hypothesis import given
from hypothesis import strategies as st
from strategies import AGGREGATORS, MEASURES, answer_to, questions, rubrics

from humanai_maturity.engine import Scorer
from humanai_maturity.lint.reachable import reachable_stages
from humanai_maturity.lint.study import Study


@given(st.data())
def test_whatever_answers_give_is_reachable(data: st.DataObject) -> None:
    rubric = data.draw(rubrics())
    possible = reachable_stages(Study(rubric))
    scorer = Scorer(rubric, measures=MEASURES, aggregators=AGGREGATORS)
    for _ in range(5):
        card = scorer.score({each.id: data.draw(answer_to(rubric, each)) for each in questions(rubric)})
        for row in (*card.nodes, *card.criteria, *card.facts):
            assert row.stage is None or row.stage.number in possible[row.id], row


def test_stages_between_options_are_not_reachable_by_a_quorum() -> None:
    rubric = made(asked("a", choice(1, 3)), asked("b", choice(1, 3)), defaults={"stage": {"quorum": 0.5}})
    assert reachable_stages(Study(rubric))["d"] == {1, 3}


def test_a_cap_adds_what_it_leaves() -> None:
    criteria = [asked("a", choice(1, 3)), asked("b", choice(2, 3))]
    low = {"criterion": "b", "at_most": 2}
    flags = [{"id": "f", "severity": "warn", "raised_when": low, "caps": {"d": 2}, "says": "S."}]
    rubric = made(*criteria, defaults={"stage": {"quorum": 1}}, flags=flags)
    assert reachable_stages(Study(rubric))["d"] == {1, 2, 3}
