"""Writes a source text with its edits, and makes sure that it still parses."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from headroom_core.compressors._code.edits import Edit
from headroom_core.compressors._code.files import NUMBER, SourceFile
from headroom_core.compressors._code.grammar import errors

_ROUNDS: Final = 4
_MOST_REPAIRS: Final = 40


def disjoint(edits: Iterable[Edit]) -> list[Edit]:
    """Return the edits in order, without those inside another."""
    chosen: list[Edit] = []
    for edit in sorted(edits, key=lambda edit: (edit.start, -edit.end)):
        if not chosen or edit.start >= chosen[-1].end:
            chosen.append(edit)
    return chosen


def write(file: SourceFile, edits: Sequence[Edit]) -> str:
    """Return what is shown of a file: its text with the edits, line numbers where it has them."""
    pieces = _numbered(file, edits) if file.part.prefixes else _pieces(file.source, edits)
    return b"".join(pieces).decode("utf-8", "surrogatepass")


def repaired(
    file: SourceFile, language: str, edits: Sequence[Edit], broken: int
) -> list[Edit] | None:
    """Return the edits without those that break the syntax; None if too many do.

    Args:
        file: The file.
        language: Its language.
        edits: What to leave out, in order, none inside another.
        broken: Places at which the whole file does not fit the grammar: there may be so many.
    """
    left = list(edits)
    if _is_safe(edits, broken):
        return left
    for _ in range(_ROUNDS):
        pieces = _without_numbers(file, list(_pieces(file.parsed, left)))
        found = errors(b"".join(pieces), language)
        if found is None:
            return None
        if len(found) <= broken:
            return left
        starts, position = [], 0
        for index, piece in enumerate(pieces):
            if index % 2:
                starts.append(position)
            position += len(piece)
        bad: set[int] = set()
        for start, end in found[:_MOST_REPAIRS]:
            first = bisect_right(starts, start) - 1
            bad.update(range(max(0, first), min(bisect_left(starts, end) + 1, len(left))))
        left = [edit for index, edit in enumerate(left) if index not in bad]
    return None


def _without_numbers(file: SourceFile, pieces: list[bytes]) -> list[bytes]:
    return [NUMBER.sub(b"", piece) for piece in pieces] if file.part.prefixes else pieces


def _is_safe(edits: Sequence[Edit], broken: int) -> bool:
    """Return whether nothing can break.

    It cannot where an empty body, literal or comment stands for a whole one, unless the parser
    had to guess where that ends. A statement may be what another one needs.
    """
    return not broken and all(edit.kind != "unit" and _is_closed(edit.text) for edit in edits)


def _is_closed(text: bytes) -> bool:
    """Return whether a comment that `text` begins with ends in it."""
    if text[:1] == b"=":
        return False
    return text[:2] != b"/*" or text.count(b"/*") == text.count(b"*/") == 1


def _pieces(source: bytes, edits: Sequence[Edit]) -> Iterator[bytes]:
    """Yield in turn what is kept and what stands instead of the rest."""
    position = 0
    for edit in edits:
        yield source[position : edit.start]
        yield edit.text
        position = edit.end
    yield source[position:]


def _numbered(file: SourceFile, edits: Sequence[Edit]) -> Iterator[bytes]:
    """Yield the pieces with what stands before each line in the result."""
    prefixes = [prefix.encode() for prefix in file.part.prefixes]

    def prefix(match: re.Match[bytes]) -> bytes:
        return prefixes[int(match[1])]

    position = 0
    for edit in edits:
        yield from _lines(file, prefixes, position, edit.start)
        if edit.text and file.starts_line(edit.start):
            yield prefixes[file.row(edit.start)]
        yield NUMBER.sub(prefix, edit.text)
        position = edit.end
    yield from _lines(file, prefixes, position, len(file.source))


def _lines(file: SourceFile, prefixes: Sequence[bytes], start: int, end: int) -> Iterator[bytes]:
    position, row = start, file.row(start)
    while position < end:
        if position > start or file.starts_line(position):
            yield prefixes[row]
        after = file.source.find(b"\n", position, end) + 1 or end
        yield file.source[position:after]
        position, row = after, row + 1
