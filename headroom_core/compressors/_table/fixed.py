"""Columns of fixed width below a header (kubectl, ps, pip list), written back to the same text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from headroom_core.compressors._table.grid import Grid
from headroom_core.compressors._table.pad import SIDES, pad, read_sides, side_of, write_sides

HEADER: Final = re.compile(
    r"(?:[A-Z%#][A-Z0-9_%#()/:.+-]* +)+[A-Z%#][A-Z0-9_%#()/:.+-]*(?: [a-z]{1,6})? *|"
    r"(?:\|\|/ )?(?:[A-Z][\w%:/-]*+(?: [a-z]\w*+)? +){3,}[A-Z][\w%:/-]*+(?: [a-z]\w*+)? *"
)
"""Pattern of a header: names in capitals, or four and more that start with one; dpkg opens it with
signs that point to the lines above."""

_WORD = re.compile(r"\S+")
_MIN_ROWS: Final = 3
_MAX_HEADER: Final = 400
_FITTING: Final = 0.9
_MISFITS: Final = 0.1
_RULE = re.compile(r"(?:-+(?: {1,9}-+)+|=+(?: {1,9}=+)+) *")
_RULED: Final = ", dashes below the names"
_APART: Final = " spaces apart"
_BARE: Final = ", no spaces at the end"
_LAYOUT = re.compile(
    rf"columns (?:([0-9]+(?: [0-9]+)*){_APART}|below ([-= ]+))"
    rf"(, padded to the end)?({_BARE})?{SIDES}({_RULED})?"
)


def read(lines: Sequence[str]) -> Grid | None:
    """Return the table that `lines` are, the first of them its header; None if they are not."""
    head = lines[0]
    if len(lines) <= _MIN_ROWS or len(head) > _MAX_HEADER:
        return None
    is_frame = head[:1] == " " and lines[1][:1] != " " and lines[-1][:1] != " "
    if not is_frame and not HEADER.fullmatch(head):
        return None
    gaps = _gaps(lines, is_frame)
    if not gaps:
        return None
    kept = [line for line in lines if not any(line[a:b].strip() for a, b in gaps)]
    if len(kept) < len(lines):
        # Without the lines that do not fit, what is blank is wider.
        gaps = _gaps(kept, is_frame)
        if kept[0] != head or not gaps:
            return None
    grid = _grid(lines, gaps)
    return None if is_frame and grid and not _is_frame(grid) else grid


def _is_frame(grid: Grid) -> bool:
    """Return whether all columns but the first have their texts at the right, as pandas does it."""
    match = _LAYOUT.fullmatch(grid.layout)
    sides = read_sides(match.groups()[4:-1], len(grid.columns)) if match else []
    rest = zip(sides[1:], grid.columns[1:], strict=False)
    return len(sides) > 1 and all(side != "left" or not any(cells) for side, cells in rest)


def read_ruled(lines: Sequence[str], rule: int) -> tuple[Grid, int] | None:
    """Return the table with dashes below its names in line `rule`, and the line behind it."""
    if not rule or not _RULE.fullmatch(lines[rule]):
        return None
    below = range(rule + 1, len(lines))
    ends = (at for at in below if not lines[at].strip() or lines[at] == lines[rule])
    end = next(ends, len(lines))
    if end - rule <= _MIN_ROWS:
        return None
    table = [lines[rule - 1], *lines[rule + 1 : end]]
    spans = [match.span() for match in _WORD.finditer(lines[rule])]
    gaps = [(before, after) for (_, before), (after, _) in pairwise(spans)]
    grid = _grid(table, gaps)
    if grid:
        grid = replace(grid, layout=f"{grid.layout}{_RULED}")
        if write(grid).split("\n", 2)[1] == lines[rule]:
            return grid, end
    grid = _grid(table, gaps, [end - start for start, end in spans])
    if grid is None:
        return None
    form = grid.layout.partition(_APART)[2]
    return replace(grid, layout=f"columns below {lines[rule]}{form}"), end


def write(grid: Grid) -> str:
    """Return the text of `grid`.

    Raises:
        ValueError: If its layout is not one of columns.
    """
    match = _LAYOUT.fullmatch(grid.layout)
    if match is None:
        raise ValueError("not columns")
    sizes, below, padded, bare, *places, ruled = match.groups()
    apart, widths = _measures(sizes, below, len(grid.columns))
    sides = read_sides(places, len(grid.columns))
    head, *rows = _write_lines(grid, apart, sides, widths, padded=bool(padded), bare=bool(bare))
    rule = [below or _rule(grid, apart)] * bool(below or ruled)
    return "\n".join([head, *rule, *(grid.misfits.get(at, row) for at, row in enumerate(rows))])


def _measures(sizes: str, rule: str, count: int) -> tuple[list[int], list[int] | None]:
    """Return how far columns are apart, and how wide they are: None for as wide as their texts.

    Raises:
        ValueError: If a rule has other columns.
    """
    if not rule:
        apart = list(map(int, sizes.split(" ")))
        return apart * (count - 1) if len(apart) == 1 else apart, None
    spans = [match.span() for match in _WORD.finditer(rule)]
    if len(spans) != count:
        raise ValueError("the rule has other columns")
    apart = [after - before for (_, before), (after, _) in pairwise(spans)]
    return apart, [end - start for start, end in spans]


def _gaps(lines: Sequence[str], is_frame: bool) -> list[tuple[int, int]]:
    """Return the blanks between columns: start and end of what is blank in nearly all lines.

    A blank is looked for between words of the header only; what is left of the line is the last
    column. Where texts are at the right, the blank is what follows the name before it.
    """
    words = [match.span() for match in _WORD.finditer(lines[0])]
    if is_frame:
        words.insert(0, (0, 0))  # the index has no name
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
        run = _run(blank if is_frame else blank[::-1])
        gaps.append((min(run), max(run) + 1))
    return _merged(lines, gaps, words)


def _run(places: Sequence[int]) -> Sequence[int]:
    """Return the places from the first on that are next to each other."""
    end = next((n for n, (a, b) in enumerate(pairwise(places), 1) if abs(a - b) > 1), len(places))
    return places[:end]


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


def _grid(
    lines: Sequence[str], gaps: Sequence[tuple[int, int]], widths: Sequence[int] | None = None
) -> Grid | None:
    """Return the grid of `lines` cut at `gaps`; of columns as wide as their texts if not told."""
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
        sides.append(side_of([cell.ljust(width) for cell in column], cells, width, names=1))
    if sides[-1] != "left":
        padded = False
    bare = not padded and not any(line.endswith(" ") for line in lines)
    bare = bare and "" in texts[-1]
    header = [column[0] for column in texts]
    odd = {at for at, line in enumerate(lines[1:]) if any(line[a:b].strip() for a, b in gaps)}
    for _ in range(2):
        columns = [
            ["" if at in odd else cell for at, cell in enumerate(column[1:])] for column in texts
        ]
        grid = Grid("", header, columns)
        made = _write_lines(grid, apart, sides, widths, padded=padded, bare=bare)
        more = {at for at, line in enumerate(lines[1:]) if at not in odd and line != made[at + 1]}
        if not more:
            break
        odd |= more
    if more or made[0] != lines[0] or len(odd) > _MISFITS * len(lines):
        return None
    if header.count("") > 1:
        return None
    sizes = apart[:1] if len(set(apart)) == 1 else apart
    layout = (
        f"columns {' '.join(map(str, sizes))}{_APART}"
        f"{', padded to the end' * padded}{_BARE * bare}{write_sides(sides)}"
    )
    return Grid(layout, header, columns, {at: lines[at + 1] for at in sorted(odd)})


def _write_lines(
    grid: Grid,
    apart: Sequence[int],
    sides: Sequence[str],
    widths: Sequence[int] | None,
    *,
    padded: bool,
    bare: bool,
) -> list[str]:
    parts = []
    last = len(grid.columns) - 1
    for at, (name, column, side) in enumerate(zip(grid.header, grid.columns, sides, strict=True)):
        width = widths[at] if widths else _width(name, column)
        cells = [name, *column]
        if at < last or side != "left" or padded:
            # The name of a column of numbers has no point.
            cells = [*pad([name], width, side), *pad(column, width, side)]
        parts.append(cells)
        if at < last:
            parts.append([" " * apart[at]] * len(cells))
    lines = map("".join, zip(*parts, strict=True))
    return list(map(str.rstrip, lines) if bare else lines)


def _width(name: str, column: Sequence[str]) -> int:
    return max(len(name), *map(len, column))


def _rule(grid: Grid, apart: Sequence[int]) -> str:
    """Return the line of dashes, as many as each column is wide."""
    dashes = ["-" * _width(*each) for each in zip(grid.header, grid.columns, strict=True)]
    spaces = [*(" " * size for size in apart), ""]
    return "".join(f"{dash}{space}" for dash, space in zip(dashes, spaces, strict=True))
