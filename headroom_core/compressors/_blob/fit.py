"""Keeps the lines of a text with cut blobs that fit, and says which lines are left out."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import Final, NamedTuple

from headroom_core.compressors._fit import fit
from headroom_core.relevance import score_units
from headroom_core.types import Budget, Compressed

_EDGE: Final = 2.0
_GAP: Final = 30


class Piece(NamedTuple):
    """A part of a page, and where in the original it stands."""

    text: str
    start: int


def fitted(
    original: str, pieces: Sequence[Piece], budget: Budget, query: str, first_line: int = 1
) -> Compressed | None:
    """Return the lines of the page that fit, with notes on those that are left out.

    Args:
        original: The text.
        pieces: The page made of it.
        budget: What may be used.
        query: What the user wants to know.
        first_line: What its first line is numbered.
    """
    lines, starts = _lines(pieces)
    breaks = [match.end() for match in re.finditer("\n", original)]
    numbers = [bisect_right(breaks, start) + first_line for start in starts]
    total = len(breaks) + 1
    worth = score_units(lines, query)
    for place in range(len(lines)):
        worth[place] += _EDGE / (1 + min(place, len(lines) - 1 - place))
    order = sorted(range(len(lines)), key=lambda place: (-worth[place], place))
    kept = {n for n, line in enumerate(lines) if budget.keep and budget.keep.search(line)}

    def write(room: float) -> Compressed | None:
        shown = set(kept)
        room -= sum(len(lines[place]) + 1 for place in kept)
        for place in order:
            if len(lines[place]) + _GAP <= room and place not in shown:
                shown.add(place)
                room -= len(lines[place]) + _GAP
        return _page(lines, numbers, shown, total, len(original)) if shown else None

    return fit("\n".join(lines), budget, write)


def _lines(pieces: Sequence[Piece]) -> tuple[list[str], list[int]]:
    """Return the lines of the page and where in the original each begins."""
    lines = [""]
    starts = [0]
    for text, start in pieces:
        place = start
        for number, part in enumerate(text.split("\n")):
            if number:
                lines.append("")
                starts.append(place)
            lines[-1] += part
            place += len(part) + 1
    return lines, starts


def _page(
    lines: Sequence[str], numbers: Sequence[int], shown: set[int], total: int, size: int
) -> Compressed | None:
    written = []
    hidden = 0
    position = 0
    for place in [*sorted(shown), len(lines)]:
        if place > position:
            first = numbers[position]
            last = max(first, numbers[place] - 1 if place < len(lines) else numbers[0] + total - 1)
            written.append(f"[... lines {first}-{last} left out ...]")
            hidden += last - first + 1
        if place < len(lines):
            written.append(lines[place])
        position = place + 1
    page = "\n".join(written)
    if hidden:
        return Compressed(page, f"{min(hidden, total):,} of {total:,} lines")
    return Compressed(page, f"{size - len(page):,} of {size:,} characters")
