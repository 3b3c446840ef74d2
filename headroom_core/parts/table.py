"""Finds the header and the rows of CSV and other tables with one row on a line."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, TypeAlias

Span: TypeAlias = tuple[int, int]
"""Start and end of a row in the text, without its line break."""

_DELIMITERS: Final = "\t,;|"
_START: Final = 20_000
_RULE = re.compile(r"[ \t:|+]*+-[ \t:|+-]*")
_COLUMNS = re.compile(r"\S(?: {2,}|\t)\S")


@dataclass(frozen=True, slots=True)
class LineTable:
    """Where a table stands.

    Attributes:
        header: Its first row, and the rule of a Markdown table below it.
        rows: The rows, in order.
    """

    header: Span
    rows: list[Span]


def find_table(text: str, first: int, last: int) -> LineTable | None:
    """Return the table that stands in ``text[first:last]``; None if there is none.

    Columns are divided by tabs, commas, semicolons, bars or several spaces; a quoted field of a
    CSV may hold line breaks.
    """
    lines = [line for line in text[first : min(last, first + _START)].split("\n") if line.strip()]
    if len(lines) < 2:
        return None
    delimiter = _delimiter(lines[0], lines[1])
    if not delimiter and not _COLUMNS.search(lines[0]):
        return None
    spans = _rows(text, first, last, delimiter)
    size = 2 if delimiter == "|" and _RULE.fullmatch(lines[1].rstrip()) else 1
    return LineTable((spans[0][0], spans[size - 1][1]), spans[size:])


def _delimiter(header: str, row: str) -> str:
    """Return the sign that both lines have as often; "" if there is none."""
    for sign in _DELIMITERS:
        if sign in header and (header.count(sign) == row.count(sign) or '"' in row + header):
            return sign
    return ""


def _rows(text: str, first: int, last: int, delimiter: str) -> list[Span]:
    sign = re.escape(delimiter)
    field = rf'(?:"(?:[^"]++|"")*+")?+[^{sign}\n]*+'
    is_quoted = delimiter and text.find('"', first, last) >= 0
    row = re.compile(rf"{field}(?:{sign}{field})*+" if is_quoted else "[^\n]+")
    found = ((match.start(), match[0].rstrip()) for match in row.finditer(text, first, last))
    return [(start, start + len(content)) for start, content in found if content]
