"""What follows from what: never wrong on random requirements, and right on the usual ones."""

from itertools import product
from time import process_time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from humanai_maturity.lint.implication import Ranks, conjuncts, implies, is_open_whenever, redundant, subject
from humanai_maturity.model.rules import Requirement

RANKS = Ranks({"s1": 1, "s2": 2, "s3": 3}, {"word": 0, "paper": 1})
READ: TypeAdapter[Requirement] = TypeAdapter(Requirement)

AT_LEAST_2 = {"criterion": "a", "at_least": 2}
AT_LEAST_3 = {"criterion": "a", "at_least": 3}
OTHER = {"criterion": "b", "at_least": 2}


@pytest.mark.parametrize(
    ("one", "other", "follows"),
    [
        (AT_LEAST_3, AT_LEAST_2, True),
        (AT_LEAST_2, AT_LEAST_3, False),
        (AT_LEAST_2, OTHER, False),
        ({"criterion": "a", "above": 2}, AT_LEAST_2, True),
        (AT_LEAST_2, {"criterion": "a", "above": 2}, False),
        ({"criterion": "a", "at_least": "s3"}, {"criterion": "a", "at_least": "s2"}, True),
        ({"criterion": "a", "at_least": "s3"}, AT_LEAST_2, False),
        ({"criterion": "a", "at_least": 2}, {"dimension": "a", "at_least": 2}, False),
        ({"criterion": "a", "at_most": 1}, {"criterion": "a", "below": 2}, True),
        ({"criterion": "a", "below": 2}, {"criterion": "a", "at_most": 1}, False),
        ({"criterion": "a", "at_most": 1}, AT_LEAST_2, False),
        ({"all": [AT_LEAST_3, OTHER]}, AT_LEAST_2, True),
        (AT_LEAST_3, {"any": [OTHER, AT_LEAST_2]}, True),
        ({"any": [AT_LEAST_3, OTHER]}, AT_LEAST_2, False),
        ({"any": [AT_LEAST_3, AT_LEAST_2]}, AT_LEAST_2, True),
        ({"all": [AT_LEAST_3, OTHER]}, {"at_least_n": 2, "of": [AT_LEAST_2, OTHER]}, True),
        ({"share": 0.6, "of": ["a", "b"], "at_least": 2}, {"share": 0.5, "of": ["b", "a"], "at_least": 2}, True),
        ({"share": 0.5, "of": ["a", "b"], "at_least": 2}, {"share": 0.6, "of": ["a", "b"], "at_least": 2}, False),
        ({"evidence": "paper", "share": 0.5}, {"evidence": "word", "share": 0.5}, True),
        ({"evidence": "word", "share": 0.5}, {"evidence": "paper", "share": 0.5}, False),
        ({"flag_absent": "f"}, {"flag_absent": "f"}, True),
        ({"flag_absent": "f"}, {"flag_absent": "g"}, False),
    ],
)
def test_what_follows(one: Any, other: Any, follows: bool) -> None:  # noqa: FBT001 - a table
    assert implies(READ.validate_python(one), READ.validate_python(other), RANKS) is follows


ATOMS = st.builds(
    lambda name, key, bound: {"criterion": name, key: bound},
    st.sampled_from("ab"),
    st.sampled_from(["at_least", "above"]),
    st.integers(1, 3),
)
TREES = st.recursive(
    ATOMS,
    lambda parts: st.one_of(
        st.builds(lambda these: {"all": these}, st.lists(parts, min_size=1, max_size=2)),
        st.builds(lambda these: {"any": these}, st.lists(parts, min_size=1, max_size=2)),
        st.builds(
            lambda these, n: {"at_least_n": n, "of": these}, st.lists(parts, min_size=1, max_size=3), st.integers(1, 2)
        ),
    ),
    max_leaves=5,
)


def met(asked: dict[str, Any], values: dict[str, int]) -> bool:
    if "all" in asked:
        return all(met(part, values) for part in asked["all"])
    if "any" in asked:
        return any(met(part, values) for part in asked["any"])
    if "of" in asked:
        return sum(met(part, values) for part in asked["of"]) >= asked["at_least_n"]
    value = values[asked["criterion"]]
    return value >= asked["at_least"] if "at_least" in asked else value > asked["above"]


@given(TREES, TREES)
def test_what_is_said_to_follow_follows_for_all_values(one: dict[str, Any], other: dict[str, Any]) -> None:
    if implies(READ.validate_python(one), READ.validate_python(other), RANKS):
        for a, b in product(range(1, 5), repeat=2):
            assert met(other, {"a": a, "b": b}) or not met(one, {"a": a, "b": b})


def test_a_gate_is_open_whenever_several_lower_ones_are() -> None:
    lower = [READ.validate_python(each) for each in (AT_LEAST_3, {"all": [OTHER, {"flag_absent": "f"}]})]
    assert is_open_whenever(READ.validate_python({"all": [AT_LEAST_2, OTHER]}), lower, RANKS)
    assert not is_open_whenever(READ.validate_python({"all": [AT_LEAST_2, {"flag_absent": "g"}]}), lower, RANKS)


def nested(depth: int, outer: str) -> dict[str, Any]:
    """Return two kinds of requirements inside each other, many levels deep."""
    asked: dict[str, Any] = AT_LEAST_2
    for level in range(depth):
        asked = {["all", "any"][(level + (outer == "any")) % 2]: [asked, OTHER]}
    return asked


def test_deep_nesting_takes_no_time() -> None:
    one, other = (READ.validate_python(nested(25, outer)) for outer in ("all", "any"))
    start = process_time()
    implies(one, other, RANKS)
    assert process_time() - start < 1


def test_very_long_lists_are_not_compared_pair_by_pair() -> None:
    parts = [READ.validate_python({"criterion": f"c{n}", "at_least": 2}) for n in range(2000)]
    seen = []
    assert not [*redundant(parts, lambda part, other: bool(seen.append((part, other))))]
    assert len(seen) == 200 * 199


def test_subjects_and_conjuncts() -> None:
    whole = READ.validate_python({"all": [AT_LEAST_2, {"all": [OTHER, {"flag_absent": "f"}]}]})
    assert [subject(part) for part in conjuncts(whole)] == [("criterion", "a"), ("criterion", "b"), None]
