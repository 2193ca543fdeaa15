"""The laws of scoring as plain checks, for anything that turns a rubric and answers into rows.

They are checked on the reference evaluator (`test_reference.py`), so that the rules themselves are known to be sound,
and on the engine (`engine/test_laws.py`).
"""

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from typing import Any, TypeAlias

from hypothesis import strategies as st
from reference import Reference, Row
from strategies import (
    Given,
    best_answers,
    criteria,
    dimensions,
    worst_answers,
)

from humanai_maturity.model.ranges import part_range, question_range, scored_parts
from humanai_maturity.model.rubric import OVERALL, Criterion, Dimension, Rubric
from humanai_maturity.model.rules import Cuts, Mean, ScoreRule, Sum

View: TypeAlias = Callable[[Rubric, Given], Reference]

SCORES = ("score", "used", "low", "high")
STAGES = ("stage", "stage_internal", "stage_low", "stage_high", "stage_raw", "stage_raw_low", "stage_raw_high")
_RANK = {"clear": 0, "possible": 1, "raised": 2}


def _at_most(low: Any, high: Any) -> bool:
    return low is None or high is None or low <= high


def bounds_enclose(rubric: Rubric, rows: Reference) -> None:
    """Check that low <= point <= high for every score and stage, inside the declared range."""
    n = len(rubric.stages)
    for row in rows.values():
        for point in (row.score, row.used):
            assert _at_most(row.low, point), row
            assert _at_most(point, row.high), row
        for stage in (row.stage, row.stage_internal):
            assert _at_most(row.stage_low, stage), row
            assert _at_most(stage, row.stage_high), row
        assert _at_most(row.stage_raw_low, row.stage_raw), row
        assert _at_most(row.stage_raw, row.stage_raw_high), row
        assert _at_most(row.low, row.high), row
        assert _at_most(row.stage_low, row.stage_high), row
        assert _at_most(row.minimum, row.low), row
        assert _at_most(row.high, row.maximum), row
        assert all(1 <= stage <= n for name in STAGES if (stage := getattr(row, name)) is not None), row


def best_and_worst_reach_the_ends(view: View, rubric: Rubric) -> None:
    """Check that the best answers give the top stage and the maximum, and the worst the first and the minimum."""
    for row in view(rubric, best_answers(rubric)).values():
        assert row.score == row.maximum, row
        assert row.stage in {len(rubric.stages), None}, row
    for row in view(rubric, worst_answers(rubric)).values():
        assert row.score == row.minimum, row
        assert row.stage in {1, None}, row


def nothing_fell(before: Reference, after: Reference, *, points: bool = True) -> None:
    """Check that no point, low or high is lower than before, and that no flag is worse."""
    names = [*SCORES, *STAGES] if points else ["low", "stage_low", "stage_raw_low", "coverage"]
    for id_, row in before.items():
        for name in names:
            assert _at_most(getattr(row, name), getattr(after[id_], name)), (name, row, after[id_])
    if points:
        for id_, (state, certain) in before.flags.items():
            assert _RANK[state] >= _RANK[after.flags[id_][0]], id_
            assert certain >= after.flags[id_][1], id_


def nothing_rose(before: Reference, after: Reference) -> None:
    """Check that no high is higher than before."""
    for id_, row in before.items():
        for name in ("high", "stage_high", "stage_raw_high"):
            assert _at_most(getattr(after[id_], name), getattr(row, name)), (name, row, after[id_])


def same_coverage(before: Reference, after: Reference) -> None:
    """Check that as much is covered as before, and that no point has appeared or gone."""
    for id_, row in before.items():
        assert row.coverage == after[id_].coverage
        for name in (*SCORES, *STAGES):
            assert (getattr(row, name) is None) == (getattr(after[id_], name) is None), (name, row, after[id_])


def stays_inside(before: Reference, after: Reference) -> None:
    """Check that scores and stages are inside the bounds that they had before; what is gone has none."""
    for id_, row in before.items():
        now = after[id_]
        for name in ("score", "used", "low", "high"):
            value = getattr(now, name)
            assert _at_most(row.low, value), (name, row, now)
            assert _at_most(value, row.high), (name, row, now)
        for name in ("stage", "stage_internal", "stage_low", "stage_high"):
            stage = getattr(now, name)
            assert _at_most(row.stage_low, stage), (name, row, now)
            assert _at_most(stage, row.stage_high), (name, row, now)
        for name in ("stage_raw", "stage_raw_low", "stage_raw_high"):
            stage = getattr(now, name)
            if row.stage_raw_low is not None:
                assert _at_most(row.stage_raw_low, stage), (name, row, now)
                assert _at_most(stage, row.stage_raw_high), (name, row, now)


def has_sum(rubric: Rubric) -> bool:
    """Return whether any node adds up its children."""
    return bool(_sums(rubric))


def _sums(rubric: Rubric) -> list[Rubric | Dimension]:
    nodes: list[Rubric | Dimension] = [rubric, *dimensions(rubric)]
    return [node for node in nodes if isinstance(node.score or rubric.defaults.score, Sum)]


def shifts(rubric: Rubric) -> bool:
    """Return whether what does not apply can move a sum out of its bounds, because no term was worth 0 before."""
    return any(not _spans_nothing(rubric, node) for node in _sums(rubric))


def _spans_nothing(rubric: Rubric, node: Rubric | Dimension) -> bool:
    """Return whether each term's range has 0 in it, whatever applies, and no rounding or limit blurs it."""
    rule = node.score or rubric.defaults.score
    parts = scored_parts(node, rubric)
    if _blurs(rule) or any(isinstance(part, Dimension) for part in parts):
        return False
    ranges = [part_range(part, rubric) for part in parts]
    return rule.normalise or all(each.low <= 0 <= each.high and not each.on_stages for each in ranges)


def share_stays_inside(rubric: Rubric, before: Reference, after: Reference) -> None:
    """Check that a sum's share of its range is inside the bounds that this share had before."""
    for node in _sums(rubric):
        id_ = node.id if isinstance(node, Dimension) else OVERALL
        rule = node.score or rubric.defaults.score
        if not _blurs(rule) and not _below_blurs(rubric, node):
            shares = [_share(before[id_], "low"), _share(after[id_], "used"), _share(before[id_], "high")]
            assert _at_most(shares[0], shares[1]), (before[id_], after[id_])
            assert _at_most(shares[1], shares[2]), (before[id_], after[id_])


def _below_blurs(rubric: Rubric, node: Rubric | Dimension) -> bool:
    below = [child for child in node.children if isinstance(child, Dimension)]
    return any(_blurs(c.score or rubric.defaults.score) or _below_blurs(rubric, c) for c in below)


def _blurs(rule: ScoreRule) -> bool:
    """Return whether different results of a score rule may come out as one."""
    return rule.round is not None or rule.clip is not None


def _share(row: Row, name: str) -> Fraction | None:
    value = getattr(row, name)
    if value is None or row.minimum is None or row.maximum is None or row.minimum == row.maximum:
        return None
    share: Fraction = (value - row.minimum) / (row.maximum - row.minimum)
    return share


def same(before: Mapping[str, Row], after: Mapping[str, Row]) -> None:
    """Check that every row that was there before is the same."""
    for id_, row in before.items():
        assert after[id_] == row


@st.composite
def shuffled(draw: st.DrawFn, rubric: Rubric) -> Rubric:
    """Draw the same rubric with dimensions, criteria, options, items, facts, caps and flags in another order."""

    def mixed(things: Iterable[Any]) -> tuple[Any, ...]:
        return tuple(draw(st.permutations([*things])))

    def scale_of(scale: Any) -> Any:
        lists = {name: mixed(getattr(scale, name)) for name in ("options", "items") if hasattr(scale, name)}
        return scale.model_copy(update=lists)

    def of_question(question: Any) -> Any:
        return question.model_copy(update={"scale": scale_of(question.scale)})

    def of_dimension(dimension: Dimension) -> Dimension:
        below = mixed(of_dimension(child) for child in dimension.dimensions)
        asked = mixed(of_question(child) for child in dimension.criteria)
        return dimension.model_copy(update={"dimensions": below, "criteria": asked})

    return rubric.model_copy(
        update={
            "dimensions": mixed(of_dimension(dimension) for dimension in rubric.dimensions),
            "facts": mixed(rubric.facts),
            "caps": mixed(rubric.caps),
            "flags": mixed(rubric.flags),
        }
    )


def changed(rubric: Rubric, update: Callable[[Any], dict[str, Any]]) -> Rubric:
    """Return a rubric in which every criterion, every dimension and the root is updated by what a function returns."""

    def of(node: Any) -> Any:
        below: dict[str, Any] = {"dimensions": tuple(of(child) for child in getattr(node, "dimensions", ()))}
        if isinstance(node, Dimension):
            below["criteria"] = tuple(of(child) for child in node.criteria)
        return node.model_copy(update={**({} if isinstance(node, Criterion) else below), **update(node)})

    updated: Rubric = of(rubric)
    return updated


def reweighted(rubric: Rubric, factor: Fraction) -> Rubric:
    """Return a rubric with all weights times a factor."""
    return changed(rubric, lambda node: {"weight": node.weight * factor} if hasattr(node, "weight") else {})


def unlimited(rubric: Rubric) -> Rubric:
    """Return a rubric in which nothing holds down what is claimed."""
    grades = tuple(g.model_copy(update={"supports": len(rubric.stages)}) for g in rubric.evidence_grades)
    flags = tuple(flag.model_copy(update={"caps": type(flag.caps)()}) for flag in rubric.flags)
    freed = changed(rubric, lambda node: {"prerequisites": (), "counter": None} if isinstance(node, Criterion) else {})
    return freed.model_copy(update={"caps": (), "flags": flags, "evidence_grades": grades})


def limits_only_lower(limited: Reference, free: Reference) -> None:
    """Check that supported <= raw <= what claimed values alone would give."""
    for id_, row in limited.items():
        assert _at_most(row.score, row.claimed), row
        for name in ("", "_low", "_high"):
            raw = getattr(row, f"stage_raw{name}")
            assert _at_most(getattr(row, f"stage{name}"), raw), row
            assert _at_most(raw, getattr(free[id_], f"stage_raw{name}")), (row, free[id_])
        for name in SCORES:
            assert _at_most(getattr(row, name), getattr(free[id_], name)), (row, free[id_])


def averaged(rubric: Rubric, *, normalise: bool) -> Rubric:
    """Return a rubric of weighted means in which nothing binds and no unknown voids anything."""
    plain = changed(
        unlimited(rubric),
        lambda node: {} if isinstance(node, Criterion) else {"score": None, "missing": None, "stage": None},
    )
    defaults = rubric.defaults.model_copy(update={"score": Mean(normalise=normalise), "stage": None})
    shares = {stage.id: Fraction(place, len(rubric.stages)) for place, stage in enumerate(rubric.stages) if place}
    cuts = Cuts.model_validate({"cuts": shares})
    return plain.model_copy(update={"defaults": defaults, "flags": (), "stage": cuts if normalise else None})


def width_is_what_is_open(rows: Reference) -> None:
    """Check that high - low == (1 - coverage) x range."""
    for row in rows.values():
        if row.low is not None and row.high is not None and row.coverage is not None:
            assert row.minimum is not None
            assert row.maximum is not None
            assert row.high - row.low == (1 - row.coverage) * (row.maximum - row.minimum), row


def cut_at(rubric: Rubric, score: Fraction, closed: str) -> Rubric:
    """Return a rubric whose second stage has its cut exactly at a score, and all others above."""
    cuts = {stage.id: score + place for place, stage in enumerate(rubric.stages[1:])}
    return rubric.model_copy(
        update={"stage": Cuts.model_validate({"cuts": cuts, "closed": closed}), "not_applicable_may_lift": True}
    )


def with_one_more(rubric: Rubric, dimension: Dimension, weight: Fraction) -> Rubric:
    """Return a rubric with one more criterion in a dimension, like the first one there, that nothing limits."""
    first = dimension.criteria[0]
    free = {"id": "extra", "weight": weight, "allow_not_applicable": True, "prerequisites": (), "counter": None}
    extra = first.model_copy(update=free)

    def update(node: Any) -> dict[str, Any]:
        return {"criteria": (*node.criteria, extra)} if node.id == dimension.id else {}

    return unguarded(changed(rubric, update))


def unguarded(rubric: Rubric) -> Rubric:
    """Return a rubric in which any share may be not applicable."""
    open_ = changed(rubric, lambda node: {} if isinstance(node, Criterion) else {"max_not_applicable": None})
    return open_.model_copy(update={"max_not_applicable": Fraction(1)})


@st.composite
def split(draw: st.DrawFn, rubric: Rubric, dimension: Dimension) -> Rubric:
    """Draw a rubric in which a dimension's criteria are in sub-dimensions, with the same products of weights."""
    groups: dict[int, list[Criterion]] = {}
    for criterion in dimension.criteria:
        groups.setdefault(draw(st.integers(0, 2)), []).append(criterion)
    parts = []
    for place, members in groups.items():
        factor = draw(st.sampled_from([Fraction(1), Fraction(2), Fraction(1, 3)]))
        inner = tuple(c.model_copy(update={"weight": c.weight * factor}) for c in members)
        weight = sum((c.weight for c in members), Fraction(0))
        parts.append(Dimension(id=f"part{place}", title="Part", weight=weight, criteria=inner))
    subs = (*dimension.dimensions, *parts)
    return changed(rubric, lambda node: {"criteria": (), "dimensions": subs} if node.id == dimension.id else {})


def answerable(rubric: Rubric) -> list[Dimension]:
    """Return the dimensions that hold criteria directly."""
    return [dimension for dimension in dimensions(rubric) if dimension.criteria]


def all_staged(rubric: Rubric) -> bool:
    """Return whether all criteria are worth stages."""
    return all(question_range(criterion, rubric).on_stages for criterion in criteria(rubric))
