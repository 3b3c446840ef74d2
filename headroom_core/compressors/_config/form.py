"""Makes a form of stanzas that differ in a few values: their lines with blanks, and the values."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from headroom_core.compressors._config.lines import Lines

_MAX_COLUMNS: Final = 9
_MAX_IN_SHORT: Final = 8
_MAX_IN_LONG: Final = 6
_SHORT: Final = 12
_DELIMITERS: Final = (" | ", ", ", "\t")
_MARK_COST: Final = 4
_LEAST_GAIN: Final = 40
_LONG_AFFIX: Final = 10
_EDGES = re.compile(r"^[^\w.\-+]{0,8}")
_BOUNDARY = re.compile(r".*[/ :@=,]", re.DOTALL)


class Form(NamedTuple):
    """Lines with blanks, and what to write into them.

    Attributes:
        lines: The lines; `$1` is the first blank.
        columns: The blanks as they stand in a row: "$1 | $2".
        rows: The values for each use.
    """

    lines: list[str]
    columns: str
    rows: list[str]


def make(source: Lines, heads: Sequence[int], length: int, sign: str) -> Form | None:
    """Return a form for the first lines of these stanzas, None if it would not be shorter."""
    text = source.text
    stanzas = [text[head : head + length] for head in heads]
    lines: list[str] = []
    columns: dict[tuple[str, ...], str] = {}
    for line in zip(*stanzas, strict=True):
        if line.count(line[0]) == len(line):
            lines.append(line[0])
            continue
        before, after = _around(line)
        values = tuple([one[len(before) : len(one) - len(after)] for one in line])
        name = columns.setdefault(values, f"{sign}{len(columns) + 1}")
        if len(columns) > _MAX_COLUMNS:
            return None
        lines.append(f"{before}{name}{after}")
    if len(columns) > (_MAX_IN_SHORT if length <= _SHORT else _MAX_IN_LONG):
        return None
    rows = list(zip(*columns, strict=True)) if columns else [()] * len(heads)
    delimiter = _delimiter(rows)
    if delimiter is None:
        return None
    written = [delimiter.join(row) for row in rows]
    before_size = sum(len(line) + 1 for stanza in stanzas for line in stanza)
    size = sum(len(line) + 1 for line in lines) + sum(len(row) + _MARK_COST for row in written)
    if before_size - size < _LEAST_GAIN or size > 0.9 * before_size:
        return None
    return Form(lines, delimiter.join(columns.values()) or sign, written)


def _around(values: Sequence[str]) -> tuple[str, str]:
    """Return what all values begin and end with, no word cut: it need not be said again."""
    shared = _shared_start(values)
    key = _key_end(shared)
    before = shared[:key]
    rest = shared[key:]
    if edge := _EDGES.match(rest):
        before += edge[0]
    boundary = _BOUNDARY.match(shared)
    if boundary and boundary.end() - len(before) >= _LONG_AFFIX:
        before = boundary[0]
    left = min(map(len, values)) - len(before)
    tails = [value[::-1][: min(left, 40)] for value in values]
    ending = _EDGES.match(_shared_start(tails))
    return before, ending[0][::-1] if ending else ""


def _shared_start(values: Sequence[str]) -> str:
    """Return what all values begin with: what the first and the last of them in order share."""
    first, last = min(values), max(values)
    for place, letter in enumerate(first):
        if last[place] != letter:
            return first[:place]
    return first


def _key_end(shared: str) -> int:
    """Return where the value begins in what all lines begin with."""
    body = shared.lstrip(" \t")
    indent = len(shared) - len(body)
    place = shared.find(": ", indent)
    if place >= 0:
        return place + 2
    place = shared.find("=", indent)
    if place >= 0:
        return place + 1
    return indent + 2 if body[:2] == "- " else indent


def _delimiter(rows: Sequence[Sequence[str]]) -> str | None:
    for delimiter in _DELIMITERS:
        if all(delimiter.join(row).split(delimiter) == list(row) for row in rows if row):
            return delimiter
    return None
