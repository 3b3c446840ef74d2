"""Finds lines of a log that stand there before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

_BLOCK: Final = 3
_MIN_SAVED: Final = 24


def find_repeats(lines: Sequence[str]) -> Iterator[tuple[int, tuple[int, int]]]:
    """Yield (start, (source, length)) of blocks of lines that stand somewhere before.

    The source of a line that is repeated over and over is the line before it; other blocks have
    at least 3 lines.
    """
    counts = Counter(lines)
    if len(counts) == len(lines):
        return
    seen: dict[tuple[str, ...], int] = {}
    index, total = 0, len(lines)
    while index < total:
        if counts[lines[index]] == 1:
            index += 1
            continue
        window = tuple(lines[index : index + _BLOCK])
        source = index - 1 if index and window[0] == lines[index - 1] else seen.get(window, -1)
        length = _match(lines, source, index) if source >= 0 else 0
        if length + sum(map(len, lines[index : index + min(length, 9)])) < _MIN_SAVED:
            length = 0
        if length:
            yield index, (source, length)
        seen.setdefault(window, index)
        index += max(1, length)


def _match(lines: Sequence[str], source: int, index: int) -> int:
    """Return how many lines from `index` on equal those from `source` on."""
    length = 0
    while index + length < len(lines) and lines[source + length] == lines[index + length]:
        length += 1
    return length
