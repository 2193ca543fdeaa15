"""Findings are true: whatever is found in a random rubric is confirmed by scoring all answers that there are."""

from confirmation import CONFIRM, Trial, loc_of
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from strategies import AGGREGATORS, answers_for, rubrics

from humanai_maturity.lint.check import check
from humanai_maturity.lint.finding import KINDS, Finding
from humanai_maturity.model.rubric import Rubric, Silence

BY_READING = {
    "double-question",
    "hard-to-read",
    "item-never-matters",
    "left-over",
    "missing-evidence",
    "missing-help",
    "missing-next-step",
    "not-applicable-option",
    "ranges-gap",
    "ranges-overlap",
    "repeated-text",
    "repeated-title",
    "similar-ids",
    "unused-silence",
}
"""What texts tell rather than scores; each has examples of its own."""


def test_every_kind_is_confirmed_or_read() -> None:
    assert {*CONFIRM, *BY_READING, "setting-without-effect"} == {*KINDS}


@settings(phases=[Phase.explicit, Phase.reuse, Phase.generate])  # to shrink a rubric takes minutes
@given(st.data())
def test_findings_are_true(data: st.DataObject) -> None:
    """A finding must be true."""
    rubric = data.draw(rubrics())
    trial = Trial(rubric)
    for finding in check(rubric, aggregators=AGGREGATORS):
        loc = loc_of(finding.path)
        if finding.code == "setting-without-effect":
            answers = [data.draw(answers_for(rubric)) for _ in range(10)]
            assert trial.gives_the_same(trial.without(loc), answers), finding
        elif finding.code in CONFIRM:
            assert CONFIRM[finding.code](trial, loc, finding.message), finding


@given(rubrics())
def test_the_same_rubric_has_the_same_findings(rubric: Rubric) -> None:
    """Deterministic; and a finding that is silenced is gone, without another one in its place."""
    found = check(rubric, aggregators=AGGREGATORS)
    assert found == check(rubric, aggregators=AGGREGATORS)
    silence = [Silence(finding=each.code, at=each.at, because="So it is.") for each in found]
    quiet = rubric.model_copy(update={"silence": tuple(silence)})
    assert check(quiet, aggregators=AGGREGATORS) == ()


@given(rubrics(spanning=True))
def test_best_and_worst_of_spanning_rubrics_are_never_found_fault_with(rubric: Rubric) -> None:
    """The best answers give the top stage and the maximum; the worst give the first stage and the minimum."""
    found: tuple[Finding, ...] = check(rubric, aggregators=AGGREGATORS)
    assert not {"best-falls-short", "worst-stands-high"} & {finding.code for finding in found}
