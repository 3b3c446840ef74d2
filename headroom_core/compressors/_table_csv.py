"""Cells between delimiters (CSV, TSV and kin), written back to the very same text."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from functools import cache
from itertools import repeat
from typing import Final

from headroom_core.compressors._table_grid import Grid

_DELIMITERS: Final = ("\t", ",", ";", "|")
_MAX_COLUMNS: Final = 200
_HEADER: Final = 4_096
_LAYOUT = re.compile(
    r'(csv|tsv)(?:, delimiter ("[^"]{1,4}"))?(, header in quotes)?'
    r"(?:, columns ([0-9 ]+) in quotes)?(?:, columns ([0-9 ]+) in quotes unless empty)?"
    r"(, lines end in CRLF)?(, final line break)?"
)


def read(text: str) -> Grid | None:
    """Return the table that `text` is, or None: rows must all have the same number of cells."""
    first = text[:_HEADER].partition("\n")[0]
    counts = {sign: first.count(sign) for sign in _DELIMITERS if sign in first}
    for sign in sorted(counts, key=lambda each: -counts[each])[:2]:
        if '"' in text:
            grid = _read_quoted(text, sign)
        elif counts[sign] == first.count(f"{sign} "):
            grid = _read_plain(text, f"{sign} ")
        else:
            grid = _read_plain(text, sign)
        if grid is not None:
            return grid
    return None


def write(grid: Grid) -> str:
    """Return the text of `grid`, the inverse of `read`.

    Raises:
        ValueError: If its layout is not one of delimited cells.
    """
    match = _LAYOUT.fullmatch(grid.layout)
    if match is None:
        raise ValueError("not delimited cells")
    kind, sign, header, always, filled, crlf, final = match.groups()
    delimiter = json.loads(sign) if sign else {"csv": ",", "tsv": "\t"}[kind]
    quoted = set(map(int, always.split())) if always else set()
    unless = set(map(int, filled.split())) if filled else set()
    columns = [
        _write_column(column, _ALWAYS * (at in quoted) or _FILLED * (at in unless), delimiter)
        for at, column in enumerate(grid.columns, 1)
    ]
    names = _write_column(grid.header, _ALWAYS if header else _NEEDED, delimiter)
    rows = map(delimiter.join, zip(*columns, strict=True))
    ending = "\r\n" if crlf else "\n"
    return ending.join([delimiter.join(names), *rows]) + (ending if final else "")


def _read_plain(text: str, delimiter: str) -> Grid | None:
    """Read a text without quotes."""
    crlf = "\r" in text
    if crlf:
        if not text.count("\r\n") == text.count("\r") == text.count("\n"):
            return None
        text = text.replace("\r\n", "\n")
    final = text.endswith("\n")
    lines = text.removesuffix("\n").split("\n")
    width = lines[0].count(delimiter)
    if not 0 < width < _MAX_COLUMNS or len(lines) < 2:
        return None
    if set(map(str.count, lines, repeat(delimiter))) != {width}:
        return None
    width += 1
    cells = text.removesuffix("\n").replace("\n", delimiter).split(delimiter)
    columns = [cells[at::width] for at in range(width, 2 * width)]
    return Grid(_layout(delimiter, crlf=crlf, final=final), cells[:width], columns)


@cache
def _cells(delimiter: str) -> re.Pattern[str]:
    sign = re.escape(delimiter)
    return re.compile(rf'("[^"]*+(?:""[^"]*+)*+"|[^"\r\n{sign}]*+)({sign}|\r?\n|\Z)')


def _read_quoted(text: str, delimiter: str) -> Grid | None:
    """Read a text with quotes, in which cells may hold delimiters and line breaks."""
    found = _cells(delimiter).findall(text)
    cells, signs = [cell for cell, _ in found], [sign for _, sign in found]
    if sum(map(len, cells)) + sum(map(len, signs)) != len(text):
        return None  # it left something out that is not a cell
    if not cells[-1] and len(signs) > 1 and signs[-2] != delimiter:
        cells.pop()
        signs.pop()
    width = next((at for at, sign in enumerate(signs, 1) if sign != delimiter), 0)
    if not 1 < width <= _MAX_COLUMNS or len(cells) % width or len(cells) == width:
        return None
    ends = signs[width - 1 :: width]
    if set(ends[:-1]) not in ({"\n"}, {"\r\n"}) or ends[-1] not in ("", ends[0]):
        return None
    if signs.count(delimiter) != len(signs) - len(ends) or delimiter in ends:
        return None
    return _grid(
        cells[:width], [cells[at::width] for at in range(width, 2 * width)], delimiter, ends
    )


def _grid(
    header: Sequence[str], raw: Sequence[Sequence[str]], delimiter: str, ends: Sequence[str]
) -> Grid | None:
    """Return the grid of cells that may be in quotes; None if the quotes follow no rule."""
    columns = [_unquote(column) for column in raw]
    names = _unquote(header)
    of_header = _style(header, names, delimiter)
    styles = [_style(cells, texts, delimiter) for cells, texts in zip(raw, columns, strict=True)]
    if None in styles or of_header in (None, _FILLED):
        return None
    layout = _layout(
        delimiter,
        header=of_header == _ALWAYS,
        always=_places(styles, _ALWAYS),
        filled=_places(styles, _FILLED),
        crlf=ends[0] == "\r\n",
        final=bool(ends[-1]),
    )
    return Grid(layout, names, columns)


def _places(styles: Sequence[str | None], style: str) -> str:
    return " ".join(str(at) for at, each in enumerate(styles, 1) if each == style)


def _layout(
    delimiter: str,
    *,
    header: bool = False,
    always: str = "",
    filled: str = "",
    crlf: bool = False,
    final: bool = False,
) -> str:
    parts = ["tsv" if delimiter == "\t" else "csv"]
    if delimiter not in ("\t", ","):
        parts.append(f"delimiter {json.dumps(delimiter)}")
    if header:
        parts.append("header in quotes")
    if always:
        parts.append(f"columns {always} in quotes")
    if filled:
        parts.append(f"columns {filled} in quotes unless empty")
    if crlf:
        parts.append("lines end in CRLF")
    if final:
        parts.append("final line break")
    return ", ".join(parts)


_NEEDED: Final = ""
_ALWAYS: Final = "always"
_FILLED: Final = "filled"


def _unquote(cells: Sequence[str]) -> Sequence[str]:
    if not any('"' in cell for cell in cells):
        return cells
    return [cell[1:-1].replace('""', '"') if cell[:1] == '"' else cell for cell in cells]


def _style(raw: Sequence[str], texts: Sequence[str], delimiter: str) -> str | None:
    """Return which cells of a column are in quotes, None if that follows no rule."""
    raw = list(raw)
    styles = (_NEEDED, _ALWAYS, _FILLED)
    return next((s for s in styles if _write_column(texts, s, delimiter) == raw), None)


def _write_column(texts: Sequence[str], style: str, delimiter: str) -> list[str]:
    if style == _NEEDED:
        signs = (delimiter, '"', "\n", "\r")
        joined = "".join(texts)
        if not any(sign in joined for sign in signs):
            return list(texts)
        return [_quote(text) if any(sign in text for sign in signs) else text for text in texts]
    return [_quote(text) if text or style == _ALWAYS else text for text in texts]


def _quote(text: str) -> str:
    escaped = text.replace('"', '""')
    return f'"{escaped}"'
