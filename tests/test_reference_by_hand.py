"""The reference evaluator against numbers that were worked out by hand, one small rubric for each rule."""

# mypy: disable-error-code="comparison-overlap"

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from reference import Reference, Row, combine, evaluate, power_mean, rounded
from strategies import MEASURES, midrange

from humanai_maturity.model.assessment import Answer, NotApplicable, Unknown
from humanai_maturity.model.rubric import OVERALL, Rubric
from humanai_maturity.model.rules import Rounding

F = Fraction
GONE = NotApplicable(not_applicable="We have none.")
LEVELS = {"type": "choice", "options": [{"id": f"o{s}", "stage": s} for s in range(1, 5)]}
POINTS = {"type": "metric", "range": {"worst": 0, "best": 1}}


def criterion(id_: str, scale: dict[str, Any] = LEVELS, **more: Any) -> dict[str, Any]:
    return {"id": id_, "title": id_, "scale": scale, "allow_not_applicable": True, **more}


def dimension(id_: str, *criteria: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"id": id_, "title": id_, "allow_not_applicable": True, "criteria": criteria, **more}


def rubric(*dimensions: dict[str, Any], **more: Any) -> Rubric:
    stages = [{"id": f"s{s}", "title": f"Stage {s}"} for s in range(1, 5)]
    base = {"id": "r", "version": "1", "title": "R", "stages": stages, "max_not_applicable": 1}
    return Rubric.model_validate({**base, "dimensions": dimensions, **more})


def one(scale: dict[str, Any], answer: Any, **more: Any) -> Row:
    """Return the row of a single criterion."""
    read = rubric(dimension("d", criterion("a", scale)), stage={"cuts": {"s2": 1, "s3": 2, "s4": 3}}, **more)
    return evaluate(read, {"a": answer}, measures=MEASURES)["a"]


def levels(answers: dict[str, Any], *, weights: tuple[int, ...] = (1, 1, 1), **node: Any) -> Reference:
    """Return the rows of three criteria on four stages in one dimension `d`, under `overall` with the same stage."""
    criteria = [criterion(id_, weight=weight) for id_, weight in zip("abc", weights, strict=True)]
    return evaluate(rubric(dimension("d", *criteria, **node)), answers)


def stages(row: Row) -> tuple[int | None, int | None, int | None]:
    return row.stage_low, row.stage, row.stage_high


CHECKLIST = {"type": "checklist", "items": [{"id": f"i{n}", "stage": s} for n, s in enumerate([1, 2, 2, 4])]}
BANDS = {"type": "metric", "bands": {"s2": 10, "s3": 20, "s4": 40}}
FALLING = {"type": "metric", "direction": "lower", "bands": {"s1": 90, "s2": 60, "s3": 30}}


@pytest.mark.parametrize(
    ("scale", "answer", "value"),
    [
        (LEVELS, "o3", F(3)),
        ({"type": "choice", "options": [{"id": "0", "points": 0}, {"id": "7", "points": 5}]}, 7, F(5)),
        ({"type": "yes_no"}, True, F(1)),
        ({"type": "yes_no", "yes": "s3", "no": "s1"}, True, F(3)),
        (CHECKLIST, (), F(1)),
        (CHECKLIST, ("i1", "i2"), F(1)),
        (CHECKLIST, ("i0",), F(1)),
        (CHECKLIST, ("i0", "i1"), F(3, 2)),
        (CHECKLIST, ("i0", "i1", "i2"), F(3)),
        (CHECKLIST, ("i0", "i1", "i3"), F(3, 2)),
        (CHECKLIST, ("i0", "i1", "i2", "i3"), F(4)),
        (BANDS, F(99, 10), F(1)),
        (BANDS, 10, F(2)),
        (BANDS, 15, F(5, 2)),
        (BANDS, 25, F(13, 4)),
        (BANDS, 400, F(4)),
        (FALLING, 91, F(1)),
        (FALLING, 75, F(3, 2)),
        (FALLING, 60, F(2)),
        (FALLING, 0, F(3)),
        (POINTS, F(1, 3), F(1, 3)),
        (POINTS, 7, F(1)),
        ({"type": "metric", "range": {"worst": 10, "best": 20, "least": 10, "most": 20}}, 15, F(15)),
        ({"type": "metric", "direction": "lower", "range": {"worst": 8, "best": 4, "onto": "stages"}}, 6, F(5, 2)),
        ({"type": "custom", "measure": "level", "params": {"least": 1, "most": 4}}, 9, F(4)),
    ],
)
def test_scale(scale: dict[str, Any], answer: Any, value: F) -> None:
    assert one(scale, answer).claimed == value


def test_checklist_of_points() -> None:
    items = [{"id": "a", "points": 2}, {"id": "b", "points": 3}, {"id": "c", "points": -1}]
    scale = {"type": "checklist", "items": items, "cap": 4}
    assert one(scale, ("a", "c")).claimed == 1
    row = one(scale, ("a", "b"))
    assert (row.claimed, row.minimum, row.maximum) == (4, -1, 4)


def test_small_samples_pass_to_the_next_way() -> None:
    metric = {"type": "metric", "bands": {"s2": 1, "s3": 2}, "min_sample": 30}
    read = rubric(dimension("d", criterion("a", metric, otherwise=[LEVELS])))
    assert evaluate(read, {"a": Answer(values={"metric": 2, "choice": "o2"}, sample=30)})["a"].score == 3
    assert evaluate(read, {"a": Answer(values={"metric": 2, "choice": "o2"}, sample=29)})["a"].score == 2
    assert evaluate(read, {"a": Answer(value=2, sample=29)})["a"].state == "unknown"
    assert evaluate(read, {"a": "o4"})["a"].score == 4


def test_old_answers_are_unknown() -> None:
    read = rubric(dimension("d", criterion("a", max_age_days=30)))
    answers = {"a": Answer(value="o2", as_of=date(2026, 1, 1))}
    assert evaluate(read, answers, date=date(2026, 1, 31))["a"].state == "answered"
    assert evaluate(read, answers, date=date(2026, 2, 1))["a"].state == "unknown"


@pytest.mark.parametrize(
    ("rule", "score"),
    [
        ({"rule": "mean"}, F(13, 6)),
        ({"rule": "min"}, F(1)),
        ({"rule": "max"}, F(4)),
        ({"rule": "lower_median"}, F(1)),
        ({"rule": "quantile", "q": "2/3"}, F(2)),
        ({"rule": "quantile", "q": 1}, F(4)),
        ({"rule": "sum", "base": 10}, F(23)),
        ({"rule": "mean_min", "alpha": "1/4"}, F(31, 24)),
        ({"rule": "mean", "normalise": True}, F(7, 18)),
        ({"rule": "mean", "normalise": True, "round": {"digits": 1, "mode": "up"}}, F(2, 5)),
        ({"rule": "power_mean", "exponent": -1}, F(3, 2)),
        ({"rule": "power_mean", "exponent": 0}, F("1.781797436280679")),
        ({"rule": "power_mean", "exponent": 2, "floor": 2}, F("2.828427124746190")),
    ],
)
def test_score_rule(rule: dict[str, Any], score: F) -> None:
    assert levels({"a": "o1", "b": "o2", "c": "o4"}, weights=(3, 1, 2), score=rule)["d"].score == score


@pytest.mark.parametrize(
    ("values", "exponent", "mean"),
    [
        ([1, 2, 4], F(0), F(2)),
        ([1, 4], F(1, 2), F("2.25")),
        ([2, 6], F(-1), F(3)),
        ([1, 7], F(2), F(5)),
        ([1, 2], F(0), F("1.414213562373095")),
        ([1, 2], F(2), F("1.581138830084190")),
        ([0, 8], F(3), F("6.349604207872798")),
        ([F(1, 3), F(1, 3)], F(5), F("0.333333333333333")),
    ],
)
def test_power_mean(values: list[F], exponent: F, mean: F) -> None:
    assert power_mean([F(v) for v in values], [F(1)] * len(values), exponent) == mean


def test_power_mean_rounds_a_tie_to_even() -> None:
    tie = F(1, 10**15) / 2
    assert power_mean([1 - 2 * tie, 1 + 4 * tie], [F(1), F(1)], F(1)) == 1
    assert power_mean([(1 + 3 * tie) / 2, 2 * (1 + 3 * tie)], [F(1), F(1)], F(0)) == 1 + 4 * tie


@pytest.mark.parametrize(
    ("mode", "expected"),
    [
        ("half_even", (2, -2, 4)),
        ("half_up", (3, -3, 4)),
        ("down", (2, -2, 3)),
        ("up", (3, -3, 4)),
        ("floor", (2, -3, 3)),
        ("ceiling", (3, -2, 4)),
    ],
)
def test_rounding(mode: Any, expected: tuple[int, int, int]) -> None:
    rounding = Rounding(digits=0, mode=mode)
    assert tuple(rounded(F(n), rounding) for n in ("2.5", "-2.5", "3.6")) == expected


def test_missing_policies() -> None:
    """Two of three are answered: 4 and 1, with bounds 2 and 3."""
    answers = {"a": "o4", "b": "o1"}
    low_high = (F(2), F(3))
    for policy, score in (("leave_out", F(5, 2)), ("worst", F(2)), ("void", F(1)), ("required", None)):
        row = levels(answers, missing=policy, coverage_floor=0)["d"]
        assert row.score == score
        assert (row.low, row.high) == ((F(1), F(3)) if policy == "void" else low_high)
        assert row.coverage == F(2, 3)
        assert stages(row) == {"void": (1, 1, 3), "required": (2, None, 3)}.get(policy, (2, 2, 3))


def test_coverage_floor() -> None:
    row = levels({"a": "o4", "b": "o1"})["d"]
    assert (row.score, row.used, row.low, row.high) == (None, F(5, 2), 2, 3)
    assert levels({"a": "o4", "b": "o1"}, coverage_floor="2/3")["d"].score == F(5, 2)


def test_not_applicable_leaves() -> None:
    row = levels({"a": "o4", "b": GONE})["d"]
    assert (row.coverage, row.not_applicable_share, row.low, row.high) == (F(1, 2), F(1, 3), F(5, 2), 4)
    assert levels({"a": "o4", "b": GONE, "c": "o1"}, max_not_applicable="1/4")["d"].score is None
    assert levels({"a": GONE, "b": GONE, "c": GONE})[OVERALL].state == "not_applicable"
    assert levels({"a": "o4", "d": GONE})["a"].state == "not_applicable"


def test_nothing_known_counts_with_its_full_range() -> None:
    yes = {"type": "yes_no", "yes": "s2", "no": "s1"}
    row = evaluate(rubric(dimension("d", criterion("a"), criterion("b", yes), coverage_floor=0)), {"a": "o4"})
    assert (row["b"].low, row["b"].high) == (1, 2)
    assert (row["d"].low, row["d"].score, row["d"].high) == (F(5, 2), 4, 4)


def test_sum_extrapolates() -> None:
    read = rubric(
        dimension("d", criterion("a", POINTS, weight=2), criterion("b", POINTS), criterion("c", POINTS, weight=3)),
        defaults={"score": {"rule": "sum", "base": -1}},
        coverage_floor=0,
        stage={"cuts": {"s2": 1, "s3": 3, "s4": 4}},
    )
    row = evaluate(read, {"a": F(1, 2), "b": 1})["d"]
    assert (row.low, row.score, row.high) == (1, -1 + 6 * F(2, 3), 4)
    row = evaluate(read, {"a": F(1, 2), "b": 1, "c": GONE})["d"]
    assert (row.minimum, row.score, row.maximum) == (-1, 1, 2)


def test_cuts() -> None:
    cuts = {"s2": 2, "s3": "8/3", "s4": 3}
    assert levels({"a": "o4", "b": "o2", "c": "o2"}, stage={"cuts": cuts})["d"].stage == 3
    assert levels({"a": "o4", "b": "o2", "c": "o2"}, stage={"cuts": cuts, "closed": "right"})["d"].stage == 2


def test_quorum() -> None:
    answers = {"a": "o4", "b": "o3", "c": "o1"}
    assert levels(answers, stage={"quorum": "1/2"})["d"].stage == 3
    assert levels(answers, weights=(3, 1, 1), stage={"quorum": "3/5"})["d"].stage == 4
    assert levels(answers, stage={"quorum": 1})["d"].stage == 1
    assert stages(levels({"a": "o4", "b": "o3"}, stage={"quorum": 1}, coverage_floor=0)["d"]) == (1, 3, 3)


def test_lowest_highest_kth() -> None:
    answers = {"a": "o4", "b": "o3", "c": "o1"}
    assert levels(answers, stage={"lowest": "children"})["d"].stage == 1
    assert levels(answers, stage={"highest": "children"})["d"].stage == 4
    assert levels(answers, stage={"kth": {"k": 2, "of": "children"}})["d"].stage == 3
    assert levels(answers, stage={"kth": {"k": 9, "of": "children"}})["d"].stage == 4
    assert levels(answers, stage={"lowest": [{"quorum": "1/3"}, {"quorum": "1/2"}]})["d"].stage == 3


def gate(second: dict[str, Any], third: dict[str, Any], **more: Any) -> dict[str, Any]:
    top = {"all": [{"criterion": id_, "at_least": "s4"} for id_ in "abc"]}
    return {"gates": {"s2": second, "s3": third, "s4": top}, **more}


def test_gates() -> None:
    two = {"at_least_n": 2, "of": [{"criterion": id_, "at_least": "s3"} for id_ in "abc"]}
    rule = gate({"criterion": "a", "at_least": 2}, two)
    assert levels({"a": "o1", "b": "o4", "c": "o4"}, stage=rule)["d"].stage == 1
    assert levels({"a": "o2", "b": "o4", "c": "o4"}, stage=rule)["d"].stage == 3
    assert levels({"a": "o2", "b": "o4", "c": GONE}, stage=rule)["d"].stage == 2
    assert stages(levels({"b": "o4", "c": "o4"}, stage=rule, coverage_floor=0)["d"]) == (1, 1, 4)


def test_gates_that_fell_away() -> None:
    either = {"any": [{"criterion": "a", "at_least": 4}, {"criterion": "b", "above": 2}]}
    rule = gate({"criterion": "a", "above": "s1"}, either)
    answers = {"a": GONE, "b": "o3", "c": "o3"}
    assert levels(answers, stage=rule)["d"].stage == 1
    assert levels(answers, stage={**rule, "vacuous": "met"})["d"].stage == 3


def test_share_of_weight_in_a_gate() -> None:
    asked = {"share": "2/3", "of": ["a", "b", "c"], "at_least": "s2"}
    rule = gate(asked, asked)
    assert levels({"a": "o2", "b": "o2", "c": "o1"}, stage=rule)["d"].stage == 3
    assert levels({"a": "o2", "b": "o1", "c": GONE}, stage=rule)["d"].stage == 1


GRADES = [{"id": "said", "supports": "s2"}, {"id": "seen", "supports": "s3"}, {"id": "audited", "supports": "s4"}]


def test_evidence() -> None:
    gates = {
        "s2": {"evidence": "seen", "share": "1/2"},
        "s3": {"evidence": "said", "share": 1},
        "s4": {"criterion": "b", "at_least": 4},
    }
    read = rubric(
        dimension("d", criterion("a"), criterion("b", {**LEVELS, "evidence": "seen"}), stage={"gates": gates}),
        evidence_grades=GRADES,
    )
    row = evaluate(read, {"a": "o4", "b": "o4"})
    assert (row["a"].claimed, row["a"].score, row["b"].score, row["d"].stage) == (4, 2, 3, 3)
    row = evaluate(read, {"a": Answer(value="o4", evidence="audited"), "b": Answer(value="o4", evidence="said")})
    assert (row["a"].score, row["b"].score, row["d"].stage) == (4, 2, 3)
    assert evaluate(read, {"a": "o4", "b": GONE})["d"].stage == 1


def test_prerequisite() -> None:
    asked = [{"criterion": "a", "at_least": "s3", "for_stage": "s4"}]
    read = rubric(dimension("d", criterion("a"), criterion("b", prerequisites=asked)))
    assert evaluate(read, {"a": "o2", "b": "o4"})["b"].score == 3
    assert evaluate(read, {"a": "o3", "b": "o4"})["b"].score == 4
    assert evaluate(read, {"a": GONE, "b": "o4"})["b"].score == 4
    row = evaluate(read, {"b": "o4"})["b"]
    assert (row.low, row.score, row.high) == (3, 3, 4)
    assert evaluate(read, {"a": "o2"})["b"].high == 3


def test_counter() -> None:
    read = rubric(dimension("d", criterion("a"), criterion("b", counter={"criterion": "a"})))
    assert evaluate(read, {"a": "o2", "b": "o4"})["b"].score == 3
    row = evaluate(read, {"b": "o4"})["b"]
    assert (row.low, row.score, row.high) == (2, 4, 4)
    held = {"criterion": "a", "unknown_supports": "s3"}
    row = evaluate(rubric(dimension("d", criterion("a"), criterion("b", counter=held))), {"b": "o4"})["b"]
    assert (row.low, row.score, row.high) == (2, 3, 4)


def test_cap() -> None:
    read = rubric(
        dimension("data", criterion("a")),
        dimension("use", criterion("b")),
        caps=[{"cap": ["use", OVERALL], "by": "data", "plus": 1, "from_stage": "s3", "because": "Data first."}],
    )
    row = evaluate(read, {"a": "o1", "b": "o4"})
    assert (row["use"].stage_raw, row["use"].stage, row["use"].score, row[OVERALL].stage) == (4, 2, 4, 2)
    assert evaluate(read, {"a": "o2", "b": "o4"})["use"].stage == 3
    assert evaluate(read, {"data": GONE, "b": "o4"})["use"].stage == 4
    assert stages(evaluate(read, {"b": "o4"})["use"]) == (2, 2, 4)


def flagged(when_unknown: str) -> Rubric:
    return rubric(
        dimension("d", criterion("b")),
        facts=[{"id": "f", "title": "F", "scale": {"type": "yes_no"}, "allow_not_applicable": True}],
        flags=[
            {
                "id": "x",
                "severity": "block",
                "raised_when": {"criterion": "f", "below": 1},
                "when_unknown": when_unknown,
                "caps": {"d": "s2"},
                "says": "No.",
            }
        ],
    )


def test_flag() -> None:
    for answer, state, stage in ((False, ("raised", True), (2, 2, 2)), (True, ("clear", False), (4, 4, 4))):
        row = evaluate(flagged("raised"), {"b": "o4", "f": answer})
        assert (row.flags["x"], stages(row["d"])) == (state, stage)
    row = evaluate(flagged("raised"), {"b": "o4"})
    assert (row.flags["x"], stages(row["d"])) == (("raised", False), (2, 2, 4))
    row = evaluate(flagged("not_raised"), {"b": "o4", "f": Unknown()})
    assert (row.flags["x"], stages(row["d"])) == (("possible", False), (2, 4, 4))
    assert evaluate(flagged("raised"), {"b": "o4", "f": GONE}).flags["x"] == ("clear", False)


def test_flag_absent_in_a_gate() -> None:
    rule = {"gates": {f"s{s}": {"flag_absent": "x"} for s in (2, 3, 4)}}
    read = flagged("raised").model_copy(update={"stage": rubric(dimension("d", criterion("b")), stage=rule).stage})
    assert evaluate(read, {"b": "o4", "f": False})[OVERALL].stage == 1
    assert evaluate(read, {"b": "o4", "f": True})[OVERALL].stage == 4


def test_not_applicable_lifts_nothing() -> None:
    """With `b` gone, `a` alone would carry stage 4; at its best, held by its unmet prerequisite, `b` stands at 1."""
    asked = [{"criterion": "c", "at_least": "s4", "for_stage": "s2"}]
    held = criterion("b", prerequisites=asked)
    read = rubric(dimension("d", criterion("a"), held), dimension("e", criterion("c")))
    row = evaluate(read, {"a": "o4", "b": GONE, "c": "o3"})["d"]
    assert (row.score, row.stage_raw, row.stage) == (4, 2, 2)
    free = read.model_copy(update={"not_applicable_may_lift": True})
    assert evaluate(free, {"a": "o4", "b": GONE, "c": "o3"})["d"].stage == 4


def test_leaves_are_weighed_by_themselves() -> None:
    sub = dimension("sub", criterion("b", weight=3), criterion("c", weight=2))
    above = {"dimensions": [sub], "score": {"rule": "mean", "over": "leaves"}, "coverage_floor": 0}
    read = rubric(dimension("d", criterion("a"), **above))
    row = evaluate(read, {"a": "o1", "b": "o3"})["d"]
    assert (row.score, row.coverage, row.low, row.high) == (F(5, 2), F(2, 3), F(2), F(3))


def test_blocked_nodes_block() -> None:
    read = rubric(dimension("d", criterion("a"), criterion("b"), missing="required"), dimension("e", criterion("c")))
    row = evaluate(read, {"a": "o4", "c": "o4"})
    assert (row["d"].used, row[OVERALL].used, row[OVERALL].low, row[OVERALL].high) == (None, None, F(13, 4), 4)


def test_aggregator() -> None:
    read = rubric(
        dimension("d", criterion("a", POINTS), criterion("b", POINTS), criterion("c", POINTS)),
        defaults={"score": {"rule": "aggregator", "name": "midrange"}},
        stage={"cuts": {"s2": "1/4", "s3": "1/2", "s4": "3/4"}},
    )
    row = evaluate(read, {"a": 0, "b": F(1, 4), "c": 1}, aggregators={"midrange": midrange})
    assert (row["d"].score, row["d"].stage, row[OVERALL].stage) == (F(1, 2), None, 3)
    assert combine(read.defaults.score, [F(1), F(0)], [F(1), F(9)], {"midrange": midrange}) == F(1, 2)
