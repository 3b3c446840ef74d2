"""Reads what `_log.columns` writes."""

from __future__ import annotations

import re
from typing import Final

from headroom_core.compressors._log.columns import MAX_CHARS, MAX_LINES
from headroom_core.compressors._log.names import lengthen

_HEAD: Final = re.compile(r"(\S)(\S)(\S)(\S)(\S?) (\d{1,7})", re.ASCII)
_REPEAT: Final = re.compile(r"(?:([1-9]\d{0,8})-)?([1-9]\d{0,8})", re.ASCII)


def decode(body: str) -> str:
    """Return the log that `body` stands for.

    Raises:
        ValueError: If it stands for none, or for one of more than 64 million characters.
    """
    head, _, below = body.partition("\n")
    match = _HEAD.fullmatch(head)
    if not match:
        raise ValueError("not the body of a log: no signs")
    cell, value, clock, again, name = match.group(1, 2, 3, 4, 5)
    rest = (lengthen(below, name) if name else below).split("\n")
    count = int(match[6])
    templates: dict[str, _Template] = {}
    for line in rest[:count]:
        name, found, pattern = line.partition(cell)
        if not found:
            raise ValueError("not the body of a log: too few templates")
        templates[name] = _Template(pattern, value, clock, again)
    if len(templates) < count:
        raise ValueError("not the body of a log: too few templates")
    log = _Log(templates, again)
    for line in rest[count:]:
        name, found, cells = line.partition(cell)
        if not found:
            log.add(line)
        elif name[:1].isdigit():
            log.repeat(name)
        else:
            log.fill(name, cells, cell)
    return "\n".join(log.lines)


class _Template:
    """The text of a template, cut at its signs, and the cells of its last line."""

    def __init__(self, pattern: str, value: str, clock: str, again: str) -> None:
        signs = "".join(map(re.escape, (value, clock)))
        self.pieces = re.split(f"([{signs}]|{re.escape(again)}[0-9])", pattern)
        self.marks = self.pieces[1::2]
        self.value, self.clock = value, clock
        self.width = sum(mark in (value, clock) for mark in self.marks)
        self.cells = [""] * self.width


class _Log:
    """The lines read so far, and what an empty cell stands for."""

    def __init__(self, templates: dict[str, _Template], nothing: str) -> None:
        self._nothing = nothing
        self.lines: list[str] = []
        self._templates = templates
        self._name = ""
        self._clock = ""
        self._chars = 0

    def add(self, line: str) -> None:
        """Add a line of the log."""
        self._chars += len(line) + 1
        if self._chars > MAX_CHARS + 1:
            raise ValueError("not the body of a log: too long")
        self.lines.append(line)

    def repeat(self, reference: str) -> None:
        """Add the last line, or a block of lines, once more."""
        match = _REPEAT.fullmatch(reference)
        if not match or not self.lines:
            raise ValueError("not the body of a log: repeats nothing")
        first = int(match[1] or len(self.lines)) - 1
        length = int(match[2]) - (first if match[1] else 0)
        if first >= len(self.lines) or not 1 <= length <= MAX_LINES - len(self.lines):
            raise ValueError("not the body of a log: repeats what is not there")
        for index in range(first, first + length):
            self.add(self.lines[index])

    def fill(self, name: str, text: str, sign: str) -> None:
        """Add a line of a template."""
        self._name = name or self._name
        template = self._templates.get(self._name)
        cells = text.split(sign) if text or (template and template.width) else []
        if template is None or len(cells) != template.width:
            raise ValueError("not the body of a log: no such template")
        line = list(template.pieces)
        place = 0
        for index, mark in enumerate(template.marks):
            if mark == template.clock:
                self._clock = self._time(cells[place])
                line[2 * index + 1] = self._clock
            elif mark == template.value:
                if cells[place]:
                    template.cells[place] = "" if cells[place] == self._nothing else cells[place]
                line[2 * index + 1] = template.cells[place]
            elif mark[-1] == "0":
                line[2 * index + 1] = self._clock[-8:]
            elif int(mark[-1]) <= place:
                line[2 * index + 1] = template.cells[int(mark[-1]) - 1]
            place += mark in (template.value, template.clock)
        self.add("".join(line))

    def _time(self, short: str) -> str:
        if len(short) in (2, 5, 8):
            return self._clock[: -len(short)] + short
        return short or self._clock
