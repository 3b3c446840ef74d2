"""Takes context lines out of a patch and leaves one that can still be applied."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import accumulate
from typing import Final

from headroom_core.compressors._diff.read import NO_BREAK, File, Hunk, Prose, read_numbers

_CHANGED = re.compile(r"[+-]+")
_GAP: Final = 3
_SPECIAL: Final = (" 160000", '"', "\t")


def trim(
    parts: Sequence[File | Prose], context: int, kept: Callable[[str], bool]
) -> tuple[str, int]:
    """Return the patch with fewer context lines, and how many of its lines are left out.

    Args:
        parts: The patch.
        context: How many lines stay around a change, at least 1.
        kept: Whether a line has to stay, wherever it stands.
    """
    out: list[str] = []
    hidden = 0
    for part in parts:
        if isinstance(part, list):
            out += part
            continue
        out += _head(part, kept)
        for hunk in part.hunks:
            lines, shown = _trim_hunk(hunk, context, kept)
            out += lines
            hidden += len(hunk.lines) - shown
    return "\n".join(out), hidden


def positions(hunk: Hunk) -> list[tuple[int, int]]:
    """Return for each line of a hunk the line numbers before and after the change it stands at."""
    numbers = read_numbers(hunk.head)
    if not numbers:
        return [(0, hunk.new)] * (len(hunk.lines) + 1)
    old, old_count, new, new_count, _ = numbers
    first = old + (not old_count), new + (not new_count)
    olds = accumulate((sign not in "+\\" for sign in hunk.signs), initial=first[0])
    news = accumulate((sign not in "-\\" for sign in hunk.signs), initial=first[1])
    return list(zip(olds, news, strict=True))


def _head(file: File, kept: Callable[[str], bool]) -> list[str]:
    """Return what git needs to know about a file: the path says it, unless more was done to it."""
    head = file.head
    if not file.hunks or any(hunk.parents > 1 for hunk in file.hunks) or any(map(kept, head)):
        return head
    if any(sign in line for line in head for sign in _SPECIAL):
        return head
    short = [line for line in head if not line.startswith("index ")]
    simple = len(head) == 4 and short[0].startswith("diff --git ") and " " not in head[3][4:]
    return short[1:] if simple else short


def _trim_hunk(hunk: Hunk, context: int, kept: Callable[[str], bool]) -> tuple[list[str], int]:
    """Return the lines of the hunks that are left of one, and how many lines they show."""
    ranges = _ranges(hunk, context, kept) if hunk.parents == 1 else []
    if not ranges or ranges == [(0, len(hunk.lines))]:
        return [hunk.head, *hunk.lines], len(hunk.lines)
    at = positions(hunk)
    out: list[str] = []
    shown = 0
    for start, end in ranges:
        old, new = at[start]
        old_count, new_count = at[end][0] - old, at[end][1] - new
        spans = f"-{_span(old, old_count)} +{_span(new, new_count)}"
        out.append(f"@@ {spans} @@{'' if out else hunk.name}")
        out += hunk.lines[start:end]
        shown += end - start
    return out, shown


def _span(start: int, count: int) -> str:
    return str(start) if count == 1 else f"{start - (not count)},{count}"


def _ranges(hunk: Hunk, context: int, kept: Callable[[str], bool]) -> list[tuple[int, int]]:
    """Return which lines stay, as ranges that each have a change in them."""
    lines = hunk.lines
    ranges: list[tuple[int, int]] = []
    for match in _CHANGED.finditer(hunk.signs):
        start, end = max(0, match.start() - context), min(len(lines), match.end() + context)
        if ranges and start <= ranges[-1][1] + _GAP:
            start, _ = ranges.pop()
        ranges.append((start, end))
    if not ranges:
        return []
    for index, line in enumerate(lines):
        if line[:1] in (" ", "") and kept(line):
            ranges = _reach(ranges, index)
    return [(start, end + lines[end : end + 1].count(NO_BREAK)) for start, end in ranges]


def _reach(ranges: list[tuple[int, int]], index: int) -> list[tuple[int, int]]:
    """Return `ranges` with the nearest one grown until it has the line `index` in it."""
    found: list[tuple[int, int]] = []
    for number, (start, end) in enumerate(ranges):
        if index < start and (not found or found[-1][1] <= index):
            found.append((index, end))
        elif end <= index and number == len(ranges) - 1:
            found.append((start, index + 1))
        else:
            found.append((start, end))
    return found
