"""Limits of processor time that hold on a slow or busy machine, too."""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

_WORDS = re.compile(r"\w+")
_SAMPLE = "\n".join(f"line {n * 7919 % 10007}: {'word ' * (n % 9)}" for n in range(6000))
_NOMINAL_SECONDS = 0.012
_TRIES = 4


def pace() -> float:
    """Return how many times longer than usual a fixed piece of work takes now; 1 or more."""
    start = time.process_time()
    Counter(_WORDS.findall(_SAMPLE)).most_common()
    for line in _SAMPLE.split("\n"):
        line.strip().partition(":")
    return max(1.0, (time.process_time() - start) / _NOMINAL_SECONDS)


def within(seconds: float, work: Callable[[], T]) -> T:
    """Return what `work` returns; it must take at most `seconds` of a processor once in a while.

    A guard against work of the wrong order, which takes ten times the limit; `tests.bench`
    measures. The limit grows with the pace of the machine, and there are several tries.
    """
    took = []
    for _ in range(_TRIES):
        slowness = pace()
        start = time.process_time()
        result = work()
        took.append(time.process_time() - start)
        if took[-1] <= seconds * max(slowness, pace()):
            return result
    raise AssertionError(f"took {min(took):.2f} s, not {seconds:.2f} s, at a pace of {pace():.1f}")
