"""Writes a text with its blobs cut to both ends."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from headroom_core.compressors._blob.find import Blob
from headroom_core.compressors._blob.fit import Piece, fitted
from headroom_core.compressors._blob.note import note
from headroom_core.relevance import terms
from headroom_core.types import Budget, Compressed

_SIZES: Final = ((400, 200), (80, 40), (24, 8))
_CODED: Final = (32, 12)
_LEAST_CUT: Final = 160
_WINDOW: Final = 120
_MAX_WINDOWS: Final = 6
_FEW_WINDOWS: Final = 2
_MIN_TERM: Final = 3
_ROWS: Final = (4, 1)


def render(
    text: str, blobs: Sequence[Blob], budget: Budget, query: str, first_line: int = 1
) -> Compressed | None:
    """Return the text with all blobs cut, None if there is nothing to cut.

    Lines around blobs stay as they are, unless the text does not fit even with its blobs cut
    shortest; those that are left out are numbered from `first_line`.
    """
    wanted = [t for t, weight in terms(query).items() if len(t) > _MIN_TERM or weight > 1]
    pieces: list[Piece] = []
    for size in _SIZES:
        pieces, cut = _pieces(text, blobs, budget.keep, wanted if size != _SIZES[-1] else [], size)
        page = "".join([piece.text for piece in pieces])
        if not cut or len(page) >= len(text):
            return None
        if budget.tokens is None or budget.count(page) <= budget.tokens:
            return Compressed(page, f"{cut:,} of {len(text):,} characters")
    return fitted(text, pieces, budget, query, first_line)


def _pieces(
    text: str,
    blobs: Sequence[Blob],
    keep: re.Pattern[str] | None,
    wanted: Sequence[str],
    size: tuple[int, int],
) -> tuple[list[Piece], int]:
    """Return the parts of the page, and how many characters are cut."""
    pieces = []
    position = cut = 0
    for blob in blobs:
        whole = text[blob.start : blob.end]
        shown = list(_ends(whole, blob, keep, wanted, size))
        left = len(whole) - sum(end - start for start, end in shown)
        if left < _LEAST_CUT:
            continue
        pieces.append(Piece(text[position : blob.start], position))
        pieces += _of_blob(whole, blob, shown, note(text, blob, left))
        position = blob.end
        cut += left
    return [*pieces, Piece(text[position:], position)], cut


def _of_blob(
    whole: str, blob: Blob, shown: Sequence[tuple[int, int]], said: str
) -> Iterator[Piece]:
    """Yield the parts of a blob that are shown; the note stands in the first gap."""
    position = 0
    for start, end in [*shown, (len(whole), len(whole))]:
        if start > position:
            gap = said or f"[... {start - position:,} ...]"
            ending = "\n" if whole[start - 1] == "\n" else ""
            yield Piece(f"{gap}{ending}", blob.start + position)
            said = ""
        yield Piece(whole[start:end], blob.start + start)
        position = end


def _ends(
    whole: str,
    blob: Blob,
    keep: re.Pattern[str] | None,
    wanted: Sequence[str],
    size: tuple[int, int],
) -> Iterator[tuple[int, int]]:
    """Yield the parts of a blob to show, in order and apart."""
    if keep is not None and keep.search(whole) and "\n" not in whole:
        yield 0, len(whole)
    elif "\n" in whole.strip("\n"):
        yield from _rows(whole, keep, wanted, size, is_dump=blob.kind == "dump")
    elif blob.kind == "code":
        spans = [
            (0, size[0]),
            *_windows(whole, wanted, size[0]),
            (len(whole) - size[1], len(whole)),
        ]
        yield from _merged(spans)
    else:
        head, tail = min(_CODED, size)
        yield from _merged([(0, head), (len(whole) - tail, len(whole))])


def _rows(
    whole: str,
    keep: re.Pattern[str] | None,
    wanted: Sequence[str],
    size: tuple[int, int],
    *,
    is_dump: bool,
) -> Iterator[tuple[int, int]]:
    """Yield the first and last lines, and those that are asked for or must be kept."""
    breaks = [0, *(match.end() for match in re.finditer("\n", whole))]
    if breaks[-1] < len(whole):
        breaks.append(len(whole))
    rows = list(pairwise(breaks))
    first, last = _ROWS if size[0] > 24 and is_dump else (1, 1)
    if whole.lstrip().startswith("-----BEGIN"):
        first, last = 2, 2
    chosen = set(range(min(first, len(rows)))) | set(range(max(0, len(rows) - last), len(rows)))
    if keep is not None:
        chosen |= {n for n, (start, end) in enumerate(rows) if keep.search(whole[start:end])}
    if wanted and is_dump:
        hits = (
            n
            for n, (start, end) in enumerate(rows)
            if any(term in whole[start:end].lower() for term in wanted)
        )
        chosen |= {row for row, _ in zip(hits, range(_MAX_WINDOWS), strict=False)}
    yield from _merged([rows[n] for n in sorted(chosen)])


def _windows(whole: str, wanted: Sequence[str], size: int) -> Iterator[tuple[int, int]]:
    """Yield what stands around the words that are asked for."""
    lower = whole.lower()
    if len(lower) != len(whole):
        return
    found = 0
    most = _MAX_WINDOWS if size > _WINDOW else _FEW_WINDOWS
    for term in wanted:
        place = lower.find(term)
        while place >= 0 and found < most:
            found += 1
            yield max(0, place - _WINDOW), min(len(whole), place + len(term) + _WINDOW)
            place = lower.find(term, place + 4 * _WINDOW)


def _merged(spans: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    last: tuple[int, int] | None = None
    for start, end in sorted((max(0, start), end) for start, end in spans):
        if last and start <= last[1] + 40:
            last = (last[0], max(last[1], end))
        else:
            if last:
                yield last
            last = (start, end)
    if last:
        yield last
