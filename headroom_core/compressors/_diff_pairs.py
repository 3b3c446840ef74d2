"""Writes a removed line as what differs in the added line that took its place."""

from __future__ import annotations

import re
from typing import Final

GAP: Final = "…"
ARROW: Final = "→"
_LONGEST: Final = 2_000
_LEAST_SAVED: Final = 8
_LONGEST_WORD: Final = 60
_LEAST_SHARED: Final = 12
_LEAST_NEW: Final = 3
_TRIES: Final = 3
_WORD = re.compile(rf"\w{{0,{_LONGEST_WORD}}}")


def shorten(removed: str, added: str) -> str | None:
    """Return "…old→new" for two lines without their signs; None if that is not much shorter.

    >>> shorten("    size = limit(first, left) + rest;", "    size = limit(first, right) + rest;")
    '…left→right'
    >>> shorten("one", "two")
    """
    if len(removed) > _LONGEST or len(added) > _LONGEST:
        return None
    start = _shared_start(removed, added)
    rest = min(len(removed), len(added)) - start
    end = _shared_end(removed[start:], added[start:], rest)
    if start + end < _LEAST_SHARED:
        return None
    start = _word_start(removed, start)
    end = len(removed) - _word_end(removed, len(removed) - end)
    for _ in range(_TRIES):
        new = added[start : len(added) - end]
        if len(new) >= _LEAST_NEW and added.find(new) == start:
            break
        # The words before it say which of several equal ones has changed, and of what it is a part.
        start = _word_start(removed, max(0, start - 1))
    else:
        return None
    old = removed[start : len(removed) - end]
    if len(old) + len(new) + _LEAST_SAVED > len(removed) or ARROW in old:
        return None
    return f"{GAP}{old}{ARROW}{new}"


def restore(short: str, added: str) -> str:
    """Return the removed line that `shorten` wrote.

    Raises:
        ValueError: If `short` cannot stand for a line that became `added`.
    """
    old, arrow, new = short[1:].partition(ARROW)
    if not arrow or not new or new not in added:
        raise ValueError(f"{short!r} does not belong to {added!r}")
    return added.replace(new, old, 1)


def _shared_start(one: str, other: str) -> int:
    """Return how many characters both begin with; halving leaves the comparing to C."""
    same, size = 0, min(len(one), len(other)) + 1
    while size - same > 1:
        middle = (same + size) // 2
        if one.startswith(other[same:middle], same):
            same = middle
        else:
            size = middle
    return same


def _shared_end(one: str, other: str, most: int) -> int:
    """Return how many characters both end with, at most `most`."""
    same, size = 0, most + 1
    while size - same > 1:
        middle = (same + size) // 2
        if one.endswith(other[len(other) - middle : len(other) - same], 0, len(one) - same):
            same = middle
        else:
            size = middle
    return same


def _word_start(text: str, at: int) -> int:
    """Return where the word begins that `at` is in or behind."""
    first = max(0, at - _LONGEST_WORD)
    match = _WORD.match(text[first:at][::-1])
    return at - match.end() if match else at


def _word_end(text: str, at: int) -> int:
    match = _WORD.match(text, at)
    return match.end() if match else at
