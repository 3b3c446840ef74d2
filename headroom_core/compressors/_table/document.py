"""A text as the tables in it and what stands between them; and both as the lines that are sent."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import Final, NamedTuple, TypeAlias

from headroom_core.compressors._json.table import Table
from headroom_core.compressors._table import (
    csv as table_csv,
    fixed as table_fixed,
    ruled as table_ruled,
)
from headroom_core.compressors._table.grid import Grid, described, read_grid, table_of

Piece: TypeAlias = "Grid | list[str]"
"""A table, or lines that are none."""


class TablePart(NamedTuple):
    """A piece of a text, and what it is made into.

    Attributes:
        piece: The piece.
        text: The text it was cut from.
        table: What says the same as the piece, None if that is no table or has too many columns.
    """

    piece: Piece
    text: str
    table: Table | None


_TABLE = re.compile(r"(.+?), ([0-9]{1,9}) rows: (.*)", re.DOTALL)
_RULES: Final = ("--", "==", "──", "══", "━━", "|-|", ":-")
_PARTS = re.compile(r"\n\n|\n\|\|/ ")
_LEGEND: Final = 8
_TEXT = re.compile(r"text, ([0-9]{1,9}) lines:")
_WRITERS: Final[tuple[tuple[str, Callable[[Grid], str]], ...]] = (
    ("rows between", table_ruled.write),
    ("columns", table_fixed.write),
    ("", table_csv.write),
)


def cut(text: str) -> list[Piece]:
    """Return the tables in `text` and the lines between them; a list of lines if it has none."""
    lines = text.split("\n")
    if any(sign in text for sign in _RULES):
        pieces = _ruled(lines)
        if any(isinstance(piece, Grid) for piece in pieces):
            return pieces
    if lines[0][:1] == " " or table_fixed.HEADER.match(lines[0]) or _PARTS.search(text):
        pieces = _fixed(lines)
        if any(isinstance(piece, Grid) for piece in pieces):
            return pieces
    grid = table_csv.read(text)
    return [grid] if grid else [lines]


def parts_of(text: str) -> list[TablePart]:
    """Return what `text` is made into; nothing if it has no table or could not be written again."""
    pieces = cut(text)
    if not any(isinstance(piece, Grid) for piece in pieces):
        return []
    texts = list(map(_write, pieces))
    if "\n".join(texts) != text:
        return []
    return [
        TablePart(piece, written, table_of(piece) if isinstance(piece, Grid) else None)
        for piece, written in zip(pieces, texts, strict=True)
    ]


def _write(piece: Piece) -> str:
    """Return the text that one piece was cut from."""
    if not isinstance(piece, Grid):
        return "\n".join(piece)
    return next(make for start, make in _WRITERS if piece.layout.startswith(start))(piece)


def encode(parts: Sequence[TablePart]) -> tuple[str, list[str]]:
    """Return `parts` as a body, and the headers of its tables.

    Each table stands below a line that says how it was laid out.
    """
    lines: list[str] = []
    headers: list[str] = []
    for is_table, group in groupby(map(_encode, parts), lambda found: found[0] != ""):
        found = list(group)
        inner = [line for _, part in found for line in part]
        lines += inner if is_table else [f"text, {len(inner)} lines:", *inner]
        headers += [header for header, _ in found if header]
    return "\n".join(lines), headers


def decode(body: str) -> str:
    """Return the text that a body made by `encode` stands for.

    Raises:
        ValueError: If it is not such a body.
    """
    lines = body.split("\n")
    at, pieces = 0, []
    try:
        while at < len(lines):
            if match := _TEXT.fullmatch(lines[at]):
                end = at + 1 + int(match[1])
                if end > len(lines) or end == at + 1:
                    raise ValueError("a text is cut off")
                pieces.append("\n".join(lines[at + 1 : end]))
                at = end
                continue
            match = _TABLE.fullmatch(lines[at])
            if match is None:
                raise ValueError("not a table")
            grid, at = read_grid(match[1], match[3], lines, at + 1, int(match[2]))
            pieces.append(_write(grid))
    except (IndexError, KeyError, RecursionError) as error:
        raise ValueError("not the body of a table") from error
    return "\n".join(pieces)


def _encode(part: TablePart) -> tuple[str, list[str]]:
    """Return the header of `part`, "" if it is not worth a table, and its lines."""
    piece, text, table = part
    if not isinstance(piece, Grid):
        return "", piece
    if table is None or table.size > len(text):
        return "", text.split("\n")
    head = f"{described(piece)}, {piece.count} rows: {table.header}"
    return table.header, [head, *table.written()]


def _ruled(lines: list[str]) -> list[Piece]:
    """Return the tables with a rule below their header, and the lines between them."""
    pieces: list[Piece] = []
    position = 0
    for line, text in enumerate(lines):
        if line <= position or text[:1] not in table_ruled.STARTS:
            continue
        found = table_ruled.read(lines, line) or table_fixed.read_ruled(lines, line)
        if found is None:
            continue
        if line - 1 > position:
            pieces.append(lines[position : line - 1])
        grid, position = found
        pieces.append(grid)
    return [*pieces, lines[position:]] if position < len(lines) or not pieces else pieces


def _fixed(lines: Sequence[str]) -> list[Piece]:
    """Return the paragraphs that are tables of fixed columns, and the lines between them."""
    pieces: list[Piece] = []
    for part in _paragraphs(lines):
        grid = table_fixed.read(part) if part[0] else None
        if grid is None and pieces and isinstance(pieces[-1], list):
            pieces[-1] += part
        else:
            pieces.append(grid or part)
    return pieces


def _paragraphs(lines: Sequence[str]) -> Iterator[list[str]]:
    for _, group in groupby(lines, bool):
        part = list(group)
        # What the signs of dpkg mean stands above its header.
        legend = next((at for at, line in enumerate(part[:_LEGEND]) if line.startswith("||/ ")), 0)
        yield from filter(None, (part[:legend], part[legend:]))
