"""The body of a document with tables back to JSON: the inverse of `_json.document`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice
from typing import Final

from headroom_core.compressors._json.decode import read_table
from headroom_core.compressors._json.header import Spec, read_header
from headroom_core.compressors._json.items import MAX_ITEMS
from headroom_core.compressors._json.mix import read_order
from headroom_core.compressors._json.value import STRING_OR_REST

_TABLE = re.compile(r"@([0-9]{1,9}) ([0-9]{1,9}) (rows|entries|lines|items|runs): (.*)")
_MIX = re.compile(r"@([0-9]{1,9}) [0-9]{1,9} (rows|lines) from: ([0-9]+(?:[* ][0-9]+)*)")
_SHARED = re.compile(r"@([0-9]{1,9}) = (.*)")
_REFERENCE = re.compile(rf"{STRING_OR_REST}|@([0-9]{{1,9}})")
_MAX_CHARS: Final = 200_000_000
_MAX_GROWTH: Final = 10_000


def expand(body: str) -> str:
    """Return the JSON text that the body of a document stands for.

    Raises:
        ValueError: If it is not such a body.
    """
    try:
        return _Reader(body).read()
    except (IndexError, KeyError, RecursionError) as error:
        raise ValueError("not the body of a JSON document") from error


class _Reader:
    """Reads one body."""

    def __init__(self, body: str) -> None:
        self._lines = body.split("\n")
        self._rows: dict[str, list[str]] = {}
        self._orders: dict[str, str] = {}
        self._parts: dict[str, str] = {}
        self._known: dict[str, str] = {}
        # A few lines of a hostile text could stand for more than fits in memory.
        self._left = min(_MAX_CHARS, 1_000_000 + _MAX_GROWTH * len(body))

    def read(self) -> str:
        first = self._lines[0]
        is_table = _TABLE.fullmatch(first) or _MIX.fullmatch(first)
        at = 0 if is_table else 1
        kinds = []
        while at < len(self._lines):
            kind, at = self._read_part(at)
            kinds.append(kind)
        if kinds and kinds[0] == "lines":
            return "\n".join(self._rows["1"])
        if kinds and kinds[0] == "mixed lines":
            return "\n".join(self._mixed(read_order(self._orders["1"])))
        if not is_table and len(self._lines) < 2:
            raise ValueError("no table")
        return self._resolve("@1" if is_table else first)

    def _read_part(self, at: int) -> tuple[str, int]:
        """Read what begins at a line; return its kind and the line behind it."""
        line = self._lines[at]
        if match := _SHARED.fullmatch(line):
            self._parts[match[1]] = match[2]
            return "part", at + 1
        if match := _MIX.fullmatch(line):
            self._orders[match[1]] = match[3]
            return f"mixed {match[2]}", at + 1
        match = _TABLE.fullmatch(line)
        if match is None:
            raise ValueError("not a table")
        number, count, kind, header = match.groups()
        specs = read_header(header)
        if kind == "items" and specs[0].progression:
            rows, end = self._count_up(specs[0], int(count)), at + 1
        else:
            rows, end = read_table(specs, self._lines, at + 1, int(count))
        if kind == "runs":
            rows = self._repeat(rows)
        self._rows[number] = rows
        if kind != "lines":
            opening, closing = "{}" if kind == "entries" else "[]"
            self._known[number] = f"{opening}{','.join(rows)}{closing}"
        return kind, end

    def _count_up(self, spec: Spec, count: int) -> list[str]:
        if spec.progression is None or count > MAX_ITEMS:
            raise ValueError("too many items")
        return [spec.progression.json_at(index) for index in range(count)]

    def _repeat(self, runs: Sequence[str]) -> list[str]:
        rows: list[str] = []
        for run in runs:
            times, _, item = run.partition(" ")
            self._left -= int(times) * (len(item) + 8)
            if self._left < 0:
                raise ValueError("stands for too much")
            rows += [item] * int(times)
        return rows

    def _resolve(self, text: str) -> str:
        """Return JSON with all references followed."""
        resolved = _REFERENCE.sub(self._follow, text)
        self._left -= len(resolved)
        if self._left < 0:
            raise ValueError("stands for too much")
        return resolved

    def _follow(self, match: re.Match[str]) -> str:
        number = match[1]
        if not number:
            return match[0]
        if number not in self._known:
            if number in self._orders:
                rows = self._mixed(read_order(self._orders[number]))
                self._known[number] = f"[{','.join(rows)}]"
            else:
                self._known[number] = self._resolve(self._parts[number])
        self._left -= len(self._known[number])
        if self._left < 0:
            raise ValueError("stands for too much")
        return self._known[number]

    def _mixed(self, order: Sequence[tuple[str, int]]) -> list[str]:
        taken = {number: iter(self._rows[number]) for number, _ in order}
        return [row for number, times in order for row in islice(taken[number], times)]
