"""The check finds all that is wrong with a published workbook that gives 88.2 % for perfect answers.

`cticmm/published.rubric.yaml` holds its structure and its numbers. Each defect is found there or, where the format
has no way to write it, refused with a clear error.
"""

from collections import Counter
from fractions import Fraction
from pathlib import Path

import pytest

from humanai_maturity.documents.read import parse_rubric, read_rubric
from humanai_maturity.engine import Scorer
from humanai_maturity.errors import RubricInvalidError
from humanai_maturity.lint.check import check
from humanai_maturity.model.assessment import NotApplicable
from humanai_maturity.model.rubric import Criterion

PUBLISHED = Path(__file__).parent / "cticmm" / "published.rubric.yaml"
TEXT = PUBLISHED.read_text(encoding="utf-8")
FINDINGS = check(PUBLISHED)

PERFECT = {
    "asset": 39,
    "threat": 93,
    "risk": 48,
    "access": 42,
    "situation": 24,
    "response": 72,
    "third-parties": 45,
    "fraud": 81,
    "architecture": 39,
    "program": 33,
}
"""What the workbook gives where every practice has its best answer; for the whole 516 of 585."""


def at(code: str) -> list[str]:
    return [finding.at for finding in FINDINGS if finding.code == code]


def perfect(text: str) -> dict[str, str]:
    rubric = parse_rubric(text)
    return {part.id: "3" for part in rubric.walk() if isinstance(part, Criterion)}


def test_the_document_gives_the_workbooks_numbers() -> None:
    card = Scorer(read_rubric(PUBLISHED)).score(perfect(TEXT))
    assert {row.id: row.exact.score for row in card.dimensions} == PERFECT
    assert card.overall.exact.score == 516


def test_perfect_answers_do_not_reach_the_top_is_found() -> None:
    """Dashboard D14 is the constant 0: a perfect assessment gives 516/585 = 88.2 %, not 100 %."""
    (finding,) = [finding for finding in FINDINGS if finding.code == "best-falls-short"]
    assert (finding.severity, finding.at) == ("error", "overall")
    assert "at least 585, it is 516" in finding.message


def test_practices_that_nothing_counts_are_found() -> None:
    """The score of domain 9 is a constant, and two rows of domain 7 lie outside the sum: 25 practices count nowhere."""
    found = Counter(name.partition(".")[0] for name in at("never-read") if not name.endswith(".relevant"))
    assert found == {"workforce": 23, "third-parties": 2}


def test_a_constant_score_is_refused_where_it_is_written_as_one() -> None:
    """Where practices that are worth nothing are written as criteria, the format itself says so."""
    worthless = "scale: {type: choice, options: [{id: 0, points: 0}, {id: 3, points: 0}]}"
    domain = f"  - id: workforce\n    title: W\n    criteria:\n      - {{id: w.1, title: W 1, {worthless}}}\nfacts:"
    with pytest.raises(RubricInvalidError) as caught:
        parse_rubric(TEXT.replace("\nfacts:", f"\n{domain}"))
    assert [problem.code for problem in caught.value.problems] == ["empty-range"]


def test_switches_that_switch_nothing_are_found() -> None:
    """`Domain is Relevant?` no longer changes the totals."""
    assert sum(name.endswith(".relevant") for name in at("never-read")) == 11


def test_what_does_not_apply_as_an_answer_among_others_is_found() -> None:
    (finding,) = [finding for finding in FINDINGS if finding.code == "not-applicable-option"]
    assert finding.at == "asset.1/n-a"
    assert finding.message.endswith("so it is in 196 other places that use this text")


def test_to_deduct_twice_what_does_not_apply_cannot_be_written() -> None:
    """All-3 with one N/A gives 36/33 = 109 % there. Here the engine takes it out, once on both sides."""
    with pytest.raises(RubricInvalidError) as caught:
        parse_rubric(TEXT.replace("title: Practice 1.1,", "title: Practice 1.1, not_applicable_deducts: 6,"))
    (problem,) = caught.value.problems
    assert problem.code == "unknown-key"
    text = TEXT.replace("title: Practice 1.1,", "title: Practice 1.1, allow_not_applicable: true,")
    answers = {**perfect(text), "asset.1": NotApplicable(not_applicable="None.")}
    row = Scorer(parse_rubric(text)).score(answers)["asset"]
    assert (row.exact.score, row.exact.maximum) == (36, 36)


def test_what_does_not_apply_costs_the_top_stage_there() -> None:
    """A threshold on a sum stays where it is when a term goes: also this is found, once the rubric allows it."""
    text = TEXT.replace("full: 585", "full: 516")
    text = text.replace("title: Practice 1.1,", "title: Practice 1.1, allow_not_applicable: true,")
    found = {finding.code: finding for finding in check(parse_rubric(text))}
    assert found["not-applicable-costs"].at == "asset.1"
    assert "best-falls-short" not in found


def test_the_whole_is_88_per_cent_of_what_it_claims() -> None:
    assert round(Fraction(516, 585), 3) == Fraction(882, 1000)
