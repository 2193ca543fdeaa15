"""Which team fits: that of the stage reached, or of the lowest that is possible."""

from advised_rubrics import SETTLED, advised

from humanai_maturity.advice.situation import Standing
from humanai_maturity.advice.team import team_for
from humanai_maturity.engine import Scorer

RUBRIC = advised()


def test_the_team_of_the_stage_and_of_the_next_one() -> None:
    advice = Scorer(RUBRIC).score({**SETTLED, "heard": False}).team()
    assert advice is not None
    assert (advice.now.id, advice.next and advice.next.id, advice.sure) == ("low", "mid", True)
    assert [role.id for role in advice.roles] == ["lead", "keeper"], "in the rubric's order, and none that nobody has"


def test_without_a_point_it_is_the_lowest_possible_stage() -> None:
    advice = team_for(RUBRIC, Standing(score=None, stage=None, stage_low=2))
    assert advice is not None
    assert (advice.now.id, advice.sure) == ("mid", False)


def test_there_is_none_after_the_top_and_none_without_guidance() -> None:
    assert team_for(RUBRIC, Standing(score=None, stage=3, stage_low=3)) is None
    bare = RUBRIC.model_copy(update={"stages": (RUBRIC.stages[2], *RUBRIC.stages[1:])})
    advice = team_for(bare, Standing(score=None, stage=1, stage_low=1))
    assert advice is not None, "the next stage has guidance"
    assert team_for(RUBRIC, Standing(score=None, stage=None, stage_low=None)) is None
