"""Anything at all as a document: refused with a clear error or read, quickly, and nothing is kept.

The profile of Hypothesis decides how many documents there are: `HYPOTHESIS_PROFILE=long` feeds 100,000.
"""

import gc
import os
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from hostile import documents
from strategies import MEASURES

import humanai_maturity as hm
from humanai_maturity.authoring.layout import laid_out
from humanai_maturity.documents.read import parse_cases

PROFILE = os.environ.get("HYPOTHESIS_PROFILE", "default")
ROUNDS, EACH = {"long": (20, 5_000)}.get(PROFILE, (1, 300))
SECONDS = 10
"""Of computing, after which one document counts as one that never ends."""

KEPT = 5_000
"""How many more objects may be in use after many documents than after few: caches fill up, and no more."""

Feed = Callable[[bytes], object]


def read_rubric(content: bytes) -> hm.Rubric:
    """Read a rubric, and do with it whatever can be done."""
    rubric = hm.parse_rubric(content)
    assert hm.parse_rubric(hm.dump_rubric(rubric)) == rubric
    assert not hm.diff_rubrics(rubric, rubric)
    hm.check(rubric)
    card = hm.Scorer(rubric, measures=MEASURES).score({})
    assert card.explain()
    return rubric


FEEDS: dict[str, Feed] = {
    "rubric": read_rubric,
    "rubric in JSON": lambda content: hm.parse_rubric(content, syntax="json"),
    "assessment": hm.parse_assessment,
    "assessment in JSON": lambda content: hm.parse_assessment(content, syntax="json"),
    "assessment in CSV": lambda content: hm.parse_assessment(content, syntax="csv"),
    "cases": parse_cases,
    "layout": laid_out,
}


class EndlessError(Exception):
    """Something goes on and on."""


@contextmanager
def in_time(seconds: int) -> Iterator[None]:
    """Interrupt what computes for too long, where the system can; what else the machine does is not counted."""
    if sys.platform == "win32":
        yield
        return

    def stop(*_: object) -> None:
        raise EndlessError

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def feed(content: bytes, seen: Counter[str]) -> None:
    """Give a document to everything that reads documents."""
    for name, read in FEEDS.items():
        try:
            read(content)
        except hm.MaturityError as error:
            seen[f"{name}: refused" if str(error) else "without a message"] += 1
        else:
            seen[f"{name}: read"] += 1


@pytest.mark.parametrize("number", range(ROUNDS))
def test_anything_is_read_or_refused(number: int) -> None:
    """Only `MaturityError` comes out of the readers, and each document takes a moment."""
    seen: Counter[str] = Counter()
    longest = 0.0
    first = number * EACH
    for place, content in enumerate(documents(first, EACH), first):
        started = time.process_time()
        try:
            with in_time(SECONDS):
                feed(content, seen)
        except Exception as error:  # noqa: BLE001 - whatever it is, the document that did it has to be named
            pytest.fail(f"document {place} ({content[:200]!r}): {type(error).__name__}: {error}")
        longest = max(longest, time.process_time() - started)
    print(f"documents {first} to {first + EACH - 1}, the slowest in {longest:.2f} s: {dict(seen)}")  # noqa: T201
    assert not seen["without a message"]
    assert all(seen[f"{name}: refused"] for name in FEEDS)
    assert seen["rubric: read"]
    assert seen["layout: read"]


def test_nothing_is_kept() -> None:
    """What documents leave behind in memory does not grow with their number."""
    seen: Counter[str] = Counter()
    used = [_in_use_after(10**9 + 100 * times, seen) for times in range(3)]
    assert used[2] - used[1] < KEPT, used


def _in_use_after(first: int, seen: Counter[str]) -> int:
    for content in documents(first, 100):
        feed(content, seen)
    gc.collect()
    return sys.getallocatedblocks()
