"""Writes out folded configuration again, line by line."""

from __future__ import annotations

import re
from collections.abc import Sequence

from headroom_core.compressors._config.lines import key_of

_DIRECTIVE = re.compile(
    r"(?P<name>[A-Z]\d{0,7}) (?:(?P<lines>\d{1,7}) lines|but (?P<changed>\d{1,7}):|again)"
    r"|(?P<form>[a-z]\d{0,7})(?: (?P<size>\d{1,3}) lines, (?P<columns>[^\n]{1,80}):)?"
)
_COLUMNS = re.compile(r"([$%&?!])(?:1(?:([^\d$%&?!]{1,3})\1(?:2)[^\n]*)?)?")
_MAX_LENGTH = 1_000_000_000


class _Unfolding:
    """The lines written so far, and what has been named."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = lines
        self._at = 1
        self.out: list[str] = []
        self._labels: dict[str, tuple[int, int]] = {}
        self._forms: dict[str, _Blanks] = {}
        self._length = 0

    def run(self, mark: str) -> None:
        while self._at < len(self._lines):
            line = self._lines[self._at]
            self._at += 1
            if line.startswith(mark):
                self._follow(line[len(mark) :])
            else:
                self.out.append(line)

    def _follow(self, directive: str) -> None:
        match = _DIRECTIVE.match(directive)
        if match is None:
            raise ValueError(f"cannot read {directive[:40]!r}")
        if match["form"] and match["columns"] and match["form"] not in self._forms:
            self._forms[match["form"]] = _Blanks(self._take(match["size"]), match["columns"])
        elif match["form"]:
            self._fill(match["form"], directive[match.end("form") :])
        elif match["lines"]:
            self._labels[match["name"]] = (len(self.out), int(match["lines"]))
        else:
            self._repeat(match["name"], self._take(match["changed"] or "0"))

    def _take(self, count: str) -> Sequence[str]:
        taken = self._lines[self._at : self._at + int(count)]
        self._at += int(count)
        return taken

    def _fill(self, name: str, row: str) -> None:
        if name not in self._forms:
            raise ValueError(f"no form {name}")
        self._write(self._forms[name].fill(row.removeprefix(" ")))

    def _repeat(self, name: str, changed: Sequence[str]) -> None:
        start, length = self._labels.get(name, (0, -1))
        stanza = self.out[start : start + length]
        if len(stanza) != length:
            raise ValueError(f"no lines {name}")
        if changed:
            stanza[0] = changed[0]
        place = 1
        keys = list(map(key_of, stanza)) if len(changed) > 1 else []
        for line in changed[1:]:
            place = keys.index(key_of(line), place)
            stanza[place] = line
            place += 1
        self._write(stanza)

    def _write(self, lines: Sequence[str]) -> None:
        self._length += sum(map(len, lines)) + len(lines)
        if self._length > _MAX_LENGTH:
            raise ValueError("too long")
        self.out += lines


class _Blanks:
    """Lines with blanks, and how their values are written in a row."""

    def __init__(self, lines: Sequence[str], columns: str) -> None:
        match = _COLUMNS.fullmatch(columns)
        if match is None:
            raise ValueError(f"cannot read {columns[:40]!r}")
        self._count = columns.count(match[1]) if len(columns) > 1 else 0
        self._delimiter = match[2] or ""
        # Text and numbers of blanks in turn.
        self._parts = re.split(rf"\{match[1]}(\d)", "\n".join(lines))
        if any(int(number) > self._count for number in self._parts[1::2]):
            raise ValueError("a blank that no column fills")

    def fill(self, row: str) -> list[str]:
        values = row.split(self._delimiter) if self._delimiter else [row] * self._count
        if len(values) != self._count:
            raise ValueError(f"{len(values)} values for {self._count} blanks")
        parts = self._parts.copy()
        parts[1::2] = [values[int(number) - 1] for number in parts[1::2]]
        return "".join(parts).split("\n")


def decode(body: str) -> str:
    """Return the text that was folded.

    Raises:
        ValueError: If `body` is nothing that folding wrote.
    """
    lines = body.split("\n")
    mark, _, flags = lines[0].partition(" ")
    if len(mark) != 1 or flags not in ("", "crlf"):
        raise ValueError("not folded")
    unfolding = _Unfolding(lines)
    unfolding.run(mark)
    return ("\r\n" if flags else "\n").join(unfolding.out)
