"""Columns of fixed width below a header (kubectl, docker, ps), written back to the same text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from headroom_core.compressors._table_grid import Grid
from headroom_core.compressors._table_pad import SIDES, pad, read_sides, side_of, write_sides

HEADER: Final = re.compile(
    r"(?:[A-Z%#][A-Z0-9_%#()/:.+-]* +)+[A-Z%#][A-Z0-9_%#()/:.+-]*(?: [a-z]{1,6})? *|"
    r"(?:[A-Z][\w%:/-]*+(?: [a-z]\w*+)? +){3,}[A-Z][\w%:/-]*+(?: [a-z]\w*+)? *"
)
"""Pattern of a header: names in capitals, or four and more that start with one."""

_WORD = re.compile(r"\S+")
_MIN_ROWS: Final = 3
_MAX_HEADER: Final = 400
_FITTING: Final = 0.9
_MISFITS: Final = 0.1
_LAYOUT = re.compile(rf"columns ([0-9]+(?: [0-9]+)*) spaces apart(, padded to the end)?{SIDES}")


def read(lines: Sequence[str]) -> Grid | None:
    """Return the table that `lines` are, the first of them its header; None if they are not."""
    head = lines[0]
    if len(lines) <= _MIN_ROWS or len(head) > _MAX_HEADER or not HEADER.fullmatch(head):
        return None
    gaps = _gaps(lines)
    if not gaps:
        return None
    kept = [line for line in lines if not any(line[a:b].strip() for a, b in gaps)]
    if len(kept) < len(lines):
        # Without the lines that do not fit, what is blank is wider.
        gaps = _gaps(kept)
        if kept[0] != head or not gaps:
            return None
    return _grid(lines, gaps)


def write(grid: Grid) -> str:
    """Return the text of `grid`.

    Raises:
        ValueError: If its layout is not one of columns.
    """
    match = _LAYOUT.fullmatch(grid.layout)
    if match is None:
        raise ValueError("not columns")
    sizes, padded, right, centre = match.groups()
    apart = list(map(int, sizes.split(" ")))
    if len(apart) == 1:
        apart *= len(grid.columns) - 1
    sides = read_sides(right, centre, len(grid.columns))
    head, *rows = _write_lines(grid, apart, sides, padded=bool(padded))
    return "\n".join([head, *(grid.misfits.get(at, row) for at, row in enumerate(rows))])


def _gaps(lines: Sequence[str]) -> list[tuple[int, int]]:
    """Return the blanks between columns: start and end of what is blank in nearly all lines.

    A blank is looked for between words of the header only; what is left of the line is the last
    column.
    """
    words = [match.span() for match in _WORD.finditer(lines[0])]
    width = words[-1][0]
    page = "".join([line[:width].ljust(width) for line in lines])
    gaps = []
    for (_, before), (after, _) in pairwise(words):
        blanks = {at: page[at::width].count(" ") for at in range(before, after)}
        most = max(blanks.values())
        if most < len(lines) * _FITTING:
            continue
        blank = [at for at, count in blanks.items() if count == most]
        # One run of them: a column between two words without one is no column.
        last = blank[-1]
        first = last
        while first - 1 in blank:
            first -= 1
        gaps.append((first, last + 1))
    return _merged(lines, gaps, words)


def _merged(
    lines: Sequence[str], gaps: list[tuple[int, int]], words: Sequence[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Leave out gaps of one space before a column that is empty: `NOMINATED NODE` is one name."""
    starts = {start: end for (_, end), (start, _) in pairwise(words)}
    found = []
    for at, (first, last) in enumerate(gaps):
        following = gaps[at + 1][0] if at + 1 < len(gaps) else None
        name = next((start for start in starts if start >= last), last)
        narrow = name - starts.get(name, 0) == 1
        if narrow and not any(line[last:following].strip() for line in lines[1:]):
            continue
        found.append((first, last))
    return found


def _grid(lines: Sequence[str], gaps: Sequence[tuple[int, int]]) -> Grid | None:
    """Return the grid of `lines` cut at `gaps`."""
    starts = [0, *(end for _, end in gaps)]
    ends = [*(start for start, _ in gaps), None]
    raw = [[line[a:b] for line in lines] for a, b in zip(starts, ends, strict=True)]
    texts = [list(map(str.strip, column)) for column in raw]
    apart = [last - first for first, last in gaps]
    length = max(map(len, lines))
    padded = {len(line) for line in lines} == {length} and any(line[-1] == " " for line in lines)
    sides = []
    for column, cells in zip(raw, texts, strict=True):
        width = max(map(len, column))
        sides.append(side_of([cell.ljust(width) for cell in column], cells, width))
    if sides[-1] != "left":
        padded = False
    header = [column[0] for column in texts]
    odd = {at for at, line in enumerate(lines[1:]) if any(line[a:b].strip() for a, b in gaps)}
    for _ in range(2):
        columns = [
            ["" if at in odd else cell for at, cell in enumerate(column[1:])] for column in texts
        ]
        made = _write_lines(Grid("", header, columns), apart, sides, padded=padded)
        more = {at for at, line in enumerate(lines[1:]) if at not in odd and line != made[at + 1]}
        if not more:
            break
        odd |= more
    if more or made[0] != lines[0] or not all(header) or len(odd) > _MISFITS * len(lines):
        return None
    sizes = apart[:1] if len(set(apart)) == 1 else apart
    layout = (
        f"columns {' '.join(map(str, sizes))} spaces apart"
        f"{', padded to the end' * padded}{write_sides(sides)}"
    )
    return Grid(layout, header, columns, {at: lines[at + 1] for at in sorted(odd)})


def _write_lines(
    grid: Grid, apart: Sequence[int], sides: Sequence[str], *, padded: bool
) -> list[str]:
    parts = []
    last = len(grid.columns) - 1
    for at, (name, column, side) in enumerate(zip(grid.header, grid.columns, sides, strict=True)):
        width = max(len(name), *map(len, column))
        cells = [name, *column]
        parts.append(pad(cells, width, side) if at < last or side != "left" or padded else cells)
        if at < last:
            parts.append([" " * apart[at]] * len(cells))
    return list(map("".join, zip(*parts, strict=True)))
