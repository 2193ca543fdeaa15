"""What to do with batches fits into a small pickle, and is unpacked once in a process."""

import pickle
from collections.abc import Iterator
from importlib import metadata

import polars as pl
import pytest
from engine_rubrics import dimension, rubric, staged
from polars.testing import assert_frame_equal

import humanai_maturity as hm
from humanai_maturity.engine import Scorer
from humanai_maturity.frames import batches
from humanai_maturity.frames.kernel import Outputs
from humanai_maturity.frames.table import Task

TINY = rubric(dimension("d", staged("a"), staged("b")), dimension("e", staged("c")))
ANSWERS = pl.DataFrame({"team": [f"t{number}" for number in range(900)], "a": ["1", "3", None] * 300})


def work(*, carry: bool = True) -> batches.BatchTask:
    task = Task(Scorer(TINY), {}, {}, Outputs(), "fail")
    return batches.BatchTask(task, ANSWERS.columns, [1], carry)


def test_a_rubric_goes_along_in_few_bytes() -> None:
    task = Task(Scorer(hm.load_rubric("ai-human-cx")), {}, {}, Outputs(), "fail")
    assert len(batches.BatchTask(task, [], [], carry=True).packed(pickle.dumps)) < 50_000


def test_the_same_is_compiled_once() -> None:
    packed = work().packed(pickle.dumps)
    assert batches.unpacked(packed) is batches.unpacked(packed)


def test_another_version_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(batches, "version", lambda _: "0.0.1")
        packed = work().packed(pickle.dumps)
    here = metadata.version("humanai-maturity")
    message = f"scored by humanai-maturity 0.0.1, and on this machine there is {here}: install the same"
    with pytest.raises(hm.MaturityError, match=message):
        batches.unpacked(packed)


@pytest.mark.parametrize("carry", [True, False])
def test_neighbouring_batches_are_scored_together(monkeypatch: pytest.MonkeyPatch, carry: bool) -> None:  # noqa: FBT001
    pa = pytest.importorskip("pyarrow")
    monkeypatch.setattr(batches, "ROWS", 200)
    given = ANSWERS.to_arrow().to_batches(max_chunksize=90)
    scored = batches.unpacked(work(carry=carry).packed(pickle.dumps)).score(iter(given))
    assert isinstance(scored, Iterator)
    found = pl.DataFrame(pa.Table.from_batches(scored))
    expected = hm.frames.score_frame(TINY, ANSWERS, carry=carry)
    assert_frame_equal(found.cast(dict(expected.schema)), expected, check_exact=True)  # type: ignore[arg-type]


def test_as_many_batches_as_may_be_are_put_together(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every batch is measured once: also a table of thousands of small ones takes no time."""
    monkeypatch.setattr(batches, "ROWS", 100)
    monkeypatch.setattr(batches, "BYTES", 1000)
    asked: list[int] = []

    class Batch:
        def __init__(self, num_rows: int, size: int) -> None:
            self.num_rows, self.size = num_rows, size

        @property
        def nbytes(self) -> int:
            asked.append(self.size)
            return self.size

    given = [Batch(*each) for each in ((60, 1), (40, 1), (1, 1), (500, 1), (1, 600), (1, 600), (1, 400), (1, 1))]
    parts = [*batches._parts(iter(given))]  # noqa: SLF001
    assert [[each.num_rows for each in part] for part in parts] == [[60, 40], [1], [500], [1], [1, 1], [1]]
    assert len(asked) <= 2 * len(given)


def test_no_batches_give_no_batches() -> None:
    pytest.importorskip("pyarrow")
    assert [*work().score(iter(()))] == []
