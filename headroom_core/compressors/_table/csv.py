"""Cells between delimiters (CSV, TSV and kin), written back to the very same text."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from itertools import repeat
from typing import Final

from headroom_core.compressors._table.grid import Grid

_DELIMITERS: Final = ("\t", ",", ";", "|")
_MAX_COLUMNS: Final = 200
_HEADER: Final = 4_096
_QUOTED = re.compile(r'"[^"]*+(?:""[^"]*+)*+"')
_CRLF: Final = ", lines end in CRLF"
_FINAL: Final = ", final line break"
_LAYOUT = re.compile(
    r'(csv|tsv)(?:, delimiter ("[^"]{1,4}"))?(, header in quotes)?'
    r"(?:, columns ([0-9 ]+) in quotes)?(?:, columns ([0-9 ]+) in quotes unless empty)?"
    rf"({_CRLF})?({_FINAL})?"
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
    text = text.removesuffix("\n")
    lines = text.split("\n")
    width = lines[0].count(delimiter)
    if not 0 < width < _MAX_COLUMNS or len(lines) < 2:
        return None
    if set(map(str.count, lines, repeat(delimiter))) != {width}:
        return None
    width += 1
    cells = text.replace("\n", delimiter).split(delimiter)
    columns = [cells[at::width] for at in range(width, 2 * width)]
    return Grid(_layout(delimiter, crlf=crlf, final=final), cells[:width], columns)


def _read_quoted(text: str, delimiter: str) -> Grid | None:
    """Read a text with quotes, in which cells may hold delimiters and line breaks.

    A lone quote stands for each cell in quotes while the text is cut: most cells have none.
    """
    quoted = _QUOTED.findall(text)
    bare = _QUOTED.sub('"', text)
    grid = _read_plain(bare, delimiter) if bare.count('"') == len(quoted) else None
    if grid is None:
        return None
    counts = [column.count('"') for column in grid.columns]
    if sum(counts) + grid.header.count('"') != len(quoted):
        return None  # a quote inside of a cell
    texts = iter([cell[1:-1].replace('""', '"') for cell in quoted])
    header = _filled(grid.header, texts)
    columns = _filled_columns(grid.columns, counts, texts)
    of_header = _style(grid.header, header, delimiter)
    styles = list(map(_style, grid.columns, columns, repeat(delimiter)))
    if None in styles or of_header in (None, _FILLED):
        return None
    layout = _layout(
        delimiter,
        header=of_header == _ALWAYS,
        always=_places(styles, _ALWAYS),
        filled=_places(styles, _FILLED),
        crlf=_CRLF in grid.layout,
        final=_FINAL in grid.layout,
    )
    return Grid(layout, header, columns)


def _filled(cells: Sequence[str], texts: Iterator[str]) -> list[str]:
    """Return `cells` with the next of `texts` where a lone quote is."""
    return [next(texts) if cell == '"' else cell for cell in cells]


def _filled_columns(
    columns: Sequence[Sequence[str]], counts: Sequence[int], texts: Iterator[str]
) -> list[Sequence[str]]:
    """Return `columns` with the next of `texts`, row by row, where a lone quote is."""
    places = [at for at, count in enumerate(counts) if count]
    rows = [_filled(row, texts) for row in zip(*(columns[at] for at in places), strict=True)]
    found = list(columns)
    for at, column in zip(places, zip(*rows, strict=True), strict=True):
        found[at] = column
    return found


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
        parts.append(_CRLF[2:])
    if final:
        parts.append(_FINAL[2:])
    return ", ".join(parts)


_NEEDED: Final = ""
_ALWAYS: Final = "always"
_FILLED: Final = "filled"


def _style(raw: Sequence[str], texts: Sequence[str], delimiter: str) -> str | None:
    """Return which cells of a column are in quotes, None if that follows no rule.

    Args:
        raw: The cells, a lone quote for each in quotes.
        texts: What they say.
        delimiter: What stands between cells.
    """
    quoted = [text for cell, text in zip(raw, texts, strict=True) if cell == '"']
    if all(map(_needing(delimiter), quoted)):
        return _NEEDED
    if len(quoted) == len(raw):
        return _ALWAYS
    return _FILLED if all(quoted) and len(quoted) == len(texts) - texts.count("") else None


def _write_column(texts: Sequence[str], style: str, delimiter: str) -> list[str]:
    if style == _NEEDED:
        needs = _needing(delimiter)
        if not needs("".join(texts)):
            return list(texts)
        return [_quote(text) if needs(text) else text for text in texts]
    return [_quote(text) if text or style == _ALWAYS else text for text in texts]


def _needing(delimiter: str) -> Callable[[str], object]:
    """Return what tells whether a cell cannot stand without quotes."""
    return re.compile(rf'["\r\n{re.escape(delimiter)}]').search


def _quote(text: str) -> str:
    escaped = text.replace('"', '""')
    return f'"{escaped}"'
