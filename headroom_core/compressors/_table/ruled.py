"""Tables with a rule below their header: markdown, psql, mysql and boxes, written back the same."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import repeat
from typing import Final, NamedTuple

from headroom_core.compressors._table.grid import Grid
from headroom_core.compressors._table.pad import (
    COUNT_OF_SIDES,
    SIDES,
    pad,
    read_sides,
    side_of,
    write_sides,
)

STARTS: Final = frozenset("|+:-=─═━├╞╠╟┝┠┡┣")
"""What a rule between header and rows starts with."""

_JOINTS: Final = "|+├┤┼╪╫╬╞╡╠╣╟╢┝┥┿┠┨╂┡┩╇┣┫╋"
_RULE = re.compile(rf"(?=.*[-=─═━])[:=\- ─═━{_JOINTS}]{{3,}}")
_CROSS = re.compile(f"[{_JOINTS}]")
_BARS: Final = "|│║┃"
_THICK: Final = "┃"
_NAMES: Final = f", names between {_THICK}"
_MIN_ROWS: Final = 2
_MAX_COLUMNS: Final = 200
_MISFITS: Final = 0.1
_ESCAPED_BAR = re.compile(r"(?<!\\)\|")
_LAYOUT = re.compile(
    rf"rows between ([{_BARS}])(, no bar at the ends)?(, not padded)?(, no space)?"
    rf"(, one space if empty)?(, header centred)?(, no spaces at its end)?"
    rf"{SIDES}, rule ([^,]+)(?:, between rows ([^,]+))?({_NAMES})?"
)


class _Style(NamedTuple):
    """How cells stand between their bars.

    Attributes:
        bar: The sign between cells.
        open: Whether there is no bar at both ends of a line.
        loose: Whether cells are as long as their text, not padded to the width of the rule.
        tight: Whether no space stands between a cell and its bars.
        short: Whether an empty cell is one space rather than two.
        centred: Whether the header is centred, whatever its column is.
        bare: Whether the header ends with its last name, where no bar does.
    """

    bar: str
    open: bool
    loose: bool
    tight: bool
    short: bool
    centred: bool
    bare: bool


def read(lines: Sequence[str], rule: int) -> tuple[Grid, int] | None:
    """Return the table whose rule is line `rule`, and the line behind it; None if none is."""
    if not rule or not _RULE.fullmatch(lines[rule]):
        return None
    head = lines[rule - 1]
    bar = next((sign for sign in _BARS if sign in head), "")
    if not bar or _RULE.fullmatch(head):
        return None
    is_thick = bar == _THICK and any(line[:1] == "│" for line in lines[rule + 1 : rule + 2])
    if is_thick:
        bar, head = "│", head.replace(_THICK, "│")
    is_open = not head.startswith(bar)
    between = _between(lines, rule)
    step = 2 if between else 1
    end = rule + 1
    while end < len(lines) and _is_row(lines[end], bar, is_open):
        end += 1
        if between and lines[end : end + 1] == [between]:
            end += 1
    end -= end > rule + 1 and lines[end - 1] == between  # closes the table
    rows = lines[rule + 1 : end : step]
    cells = _read_cells([head, *rows], bar)
    crosses = _crosses(lines[rule], is_open=is_open)
    if cells is None or len(crosses) != len(cells[0]):
        return None
    grid = _grid(cells, rows, lines[rule], bar, is_open=is_open)
    if grid is None:
        return None
    form = f", between rows {between}" * bool(between) + _NAMES * is_thick
    return replace(grid, layout=f"{grid.layout}{form}"), end


def _between(lines: Sequence[str], rule: int) -> str:
    """Return the rule that stands between any two rows below the one in line `rule`, "" if none."""
    first, second = lines[rule + 2 : rule + 3], lines[rule + 4 : rule + 5]
    if not first or first != second or not _RULE.fullmatch(first[0]):
        return ""
    return first[0] if first[0] != lines[rule] or first[0][0] not in _BARS else ""


def write(grid: Grid) -> str:
    """Return the text of `grid`: header, rule and rows.

    Raises:
        ValueError: If its layout is not one of ruled rows.
    """
    match = _LAYOUT.fullmatch(grid.layout)
    if match is None:
        raise ValueError("not ruled rows")
    bar, *forms, rule, between, is_thick = match.groups()
    style = _Style(bar, *map(bool, forms[:-COUNT_OF_SIDES]))
    sides = read_sides(forms[-COUNT_OF_SIDES:], len(grid.columns))
    head, *rows = _write_lines(grid.header, grid.columns, style, sides, rule)
    rows = [grid.misfits.get(at, row) for at, row in enumerate(rows)]
    head = head.replace(bar, _THICK) if is_thick else head
    return "\n".join([head, rule, f"\n{between}\n".join(rows) if between else "\n".join(rows)])


def _read_cells(lines: Sequence[str], bar: str) -> list[list[str]] | None:
    """Return the cells of header and rows, None if not all lines have the same number."""
    counts = set(map(_count_bars, lines, repeat(bar)))
    width = counts.pop()
    if counts or len(lines) <= _MIN_ROWS or not 0 < width < _MAX_COLUMNS:
        return None
    cells = [_split(line, bar) for line in lines]
    if not lines[0].startswith(bar):
        return cells
    if width < 2 or any(row[0] or row[-1] for row in cells):
        return None
    return [row[1:-1] for row in cells]


def _crosses(rule: str, *, is_open: bool) -> list[str]:
    parts = _CROSS.split(rule)
    return parts if is_open else parts[1:-1]


def _count_bars(line: str, bar: str) -> int:
    return line.count(bar) - (line.count("\\|") if bar == "|" else 0)


def _is_row(line: str, bar: str, is_open: bool) -> bool:
    if _RULE.fullmatch(line):
        return False
    return bar in line if is_open else line.startswith(bar)


def _split(line: str, bar: str) -> list[str]:
    return _ESCAPED_BAR.split(line) if bar == "|" and "\\|" in line else line.split(bar)


def _grid(
    cells: Sequence[Sequence[str]], rows: Sequence[str], rule: str, bar: str, *, is_open: bool
) -> Grid | None:
    """Return the grid of the cells of header and rows in the style that fits most rows."""
    raw = list(zip(*cells, strict=True))
    texts = [list(map(str.strip, column)) for column in raw]
    header, columns = [column[0] for column in texts], [column[1:] for column in texts]
    best: Grid | None = None
    for style in _styles(bar, is_open, raw):
        widths = _widths(rule, style, len(raw))
        inner = [_inner(column, style) for column in raw]
        sides = [
            side_of(cut[1:], column, width) if width else "left"
            for cut, column, width in zip(inner, columns, widths, strict=True)
        ]
        head, *made = _write_lines(header, columns, style, sides, rule)
        if head != _join([column[0] for column in raw], style):
            continue
        misfits = {at: row for at, row in enumerate(rows) if row != made[at]}
        if best is None or len(misfits) < len(best.misfits):
            best = Grid(_layout(style, sides, rule), header, columns, misfits)
        if not misfits:
            break
    if best is None or len(best.misfits) > _MISFITS * len(rows):
        return None
    kept = [
        ["" if at in best.misfits else cell for at, cell in enumerate(column)]
        for column in best.columns
    ]
    return Grid(best.layout, header, kept if best.misfits else columns, best.misfits)


def _styles(bar: str, is_open: bool, raw: Sequence[Sequence[str]]) -> list[_Style]:
    tight = not all(cell[:1] in ("", " ") for column in raw for cell in column[:3])
    short = any(" " in column for column in raw)
    bare = is_open and not raw[-1][0].endswith(" ")
    return [
        _Style(bar, is_open, loose, tight, short and loose, centred, bare)
        for loose in (True, False)
        for centred in (False, True)
        if not (loose and centred)
    ]


def _inner(column: Sequence[str], style: _Style) -> list[str]:
    return list(column) if style.tight else [cell[1:-1] for cell in column]


def _widths(rule: str, style: _Style, count: int) -> list[int]:
    """Return how wide the texts of each column are padded, 0 for not at all."""
    if style.loose:
        return [0] * count
    crosses = _crosses(rule, is_open=style.open)
    if len(crosses) != count:
        raise ValueError("the rule has other columns")
    return [max(0, len(cross) - 2 * (not style.tight)) for cross in crosses]


def _write_lines(
    header: Sequence[str],
    columns: Sequence[Sequence[str]],
    style: _Style,
    sides: Sequence[str],
    rule: str,
) -> list[str]:
    widths = _widths(rule, style, len(columns))
    space = "" if style.tight else " "
    raw = []
    for name, column, side, width in zip(header, columns, sides, widths, strict=True):
        first = pad([name], width, "centre" if style.centred else side)
        cells = [f"{space}{text}{space}" for text in (*first, *pad(column, width, side))]
        raw.append([" " if style.short and cell == "  " else cell for cell in cells])
    if style.open:
        # The last cell of a row has no bar behind it to line up.
        head, *cells = raw[-1]
        raw[-1] = [head.rstrip() if style.bare else head, *map(str.rstrip, cells)]
    return [_join(cells, style) for cells in zip(*raw, strict=True)]


def _join(cells: Sequence[str], style: _Style) -> str:
    line = style.bar.join(cells)
    return line if style.open else f"{style.bar}{line}{style.bar}"


def _layout(style: _Style, sides: Sequence[str], rule: str) -> str:
    return (
        f"rows between {style.bar}{', no bar at the ends' * style.open}"
        f"{', not padded' * style.loose}{', no space' * style.tight}"
        f"{', one space if empty' * style.short}{', header centred' * style.centred}"
        f"{', no spaces at its end' * style.bare}"
        f"{write_sides(sides)}, rule {rule}"
    )
