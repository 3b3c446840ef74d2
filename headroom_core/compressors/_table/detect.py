"""Tells tables from other texts, by reading the start as one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from headroom_core.compressors._table.document import cut
from headroom_core.compressors._table.grid import Grid

_LOOK_AT: Final = 16_384
_MIN_ROWS: Final = 4
_SURE: Final = 0.97
_UNSURE: Final = 0.3
_MOSTLY: Final = 0.6
_SOME: Final = 0.2
_TRIES: Final = 40

_NAME = re.compile(r"(?:[^\W\d]|[_#%@$*\"'(/])[^\n;{}=<>!?]{0,59}|")
_NUMBER_LIKE = re.compile(
    r"[-+$€£(]{0,2}[0-9][0-9.,:/ eE%+-]*[)a-zA-Z%]{0,3}|[0-9]{4}-[0-9]{2}-[0-9]{2}[T ].*|"
    r"true|false|True|False|TRUE|FALSE|NA|N/A|null|NULL|-"
)
_CODE_END = re.compile(r"[{(\[;,\\]$")
_MAX_WORDS: Final = 5


def sureness(text: str) -> float:
    """Return how sure it is that `text` is mostly tables, 0 to 1."""
    start = text[:_LOOK_AT]
    if start[:1] in "[{<" or len(start) < 20 or "\0" in start:
        return 0.0
    if len(text) > len(start):
        start = _whole_lines(start)
    pieces = cut(start)
    if not any(isinstance(piece, Grid) for piece in pieces):
        return 0.0
    first = pieces[0]
    if isinstance(first, Grid) and first.layout.startswith(("csv", "tsv")):
        return _SURE if _is_plausible(first) else 0.0
    other = sum(len(line) + 1 for piece in pieces if isinstance(piece, list) for line in piece)
    share = 1 - other / (len(start) + 1)
    rows = max(piece.count for piece in pieces if isinstance(piece, Grid))
    if rows < _MIN_ROWS or share < _SOME:
        return 0.0
    return _SURE if share >= _MOSTLY else _UNSURE


def _whole_lines(start: str) -> str:
    """Return `start` up to the last line break that is in no quotes."""
    end = len(start)
    for _ in range(_TRIES):
        end = start.rfind("\n", 0, end)
        if end < 0:
            return start
        if start.count('"', 0, end) % 2 == 0:
            break
    return start[:end].removesuffix("\r")


def _is_plausible(grid: Grid) -> bool:
    """Return whether delimited cells have names above them and data below: prose has neither."""
    if grid.count < _MIN_ROWS or not _names(grid.header):
        return False
    if any(name and name in column for name, column in zip(grid.header, grid.columns, strict=True)):
        return False  # a first row like the others
    ends = [cell for cell in grid.columns[-1] if _CODE_END.search(cell)]
    if len(ends) * 10 > grid.count:
        return False
    evidence = sum(map(_is_data, grid.columns))
    wide = len(grid.columns) > 2 or grid.layout.startswith("tsv")
    repeated = sum(len(set(column)) * 2 <= grid.count for column in grid.columns)
    return evidence > 0 or (wide and repeated > 0 and _are_short(grid.columns))


def _names(header: Sequence[str]) -> bool:
    """Return whether cells can be the names of columns."""
    if header[-1] == "" or sum(1 for name in header if not name) > 1:
        return False
    if not all(map(_NAME.fullmatch, header)) or any(name.strip() != name for name in header[1:]):
        return False
    return all(len(name.split()) <= _MAX_WORDS for name in header) and len(set(header)) * 2 > len(
        header
    )


def _is_data(column: Sequence[str]) -> bool:
    """Return whether the cells of a column are numbers, dates or other literals."""
    told = [cell for cell in column if cell]
    return len(told) * 2 > len(column) and all(map(_NUMBER_LIKE.fullmatch, told))


def _are_short(columns: Sequence[Sequence[str]]) -> bool:
    """Return whether most cells are words rather than sentences."""
    cells = [cell for column in columns for cell in column]
    return sum(1 for cell in cells if cell.count(" ") < _MAX_WORDS) * 5 >= 4 * len(cells)
