"""Finds the line numbers that tools write before the lines of a file."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

_NUMBERED = re.compile(r"( {0,12}+)(0|[1-9]\d{0,6}+)(\t|→|: ?| ?\| ?)")
_LEAST: Final = 3
_LOOK_AT: Final = 2_000


@dataclass(frozen=True, slots=True)
class LineNumbers:
    """Lines of a text that are numbered one by one.

    Attributes:
        start: Index of the first of them in the text.
        end: Index behind the last.
        number: What the first is numbered.
        width: To how many characters its number is padded.
        sign: What stands between number and line.
    """

    start: int
    end: int
    number: int
    width: int
    sign: str

    def prefix(self, line: int) -> str:
        """Return what stands before the line with this index in the text."""
        return f"{self.number + line - self.start:>{self.width}}{self.sign}"

    def bare(self, lines: Sequence[str]) -> list[str]:
        """Return its lines without their numbers."""
        width = self.width
        if self.number + self.end - self.start <= 10**width:
            skip = width + len(self.sign)
            return [line[skip:] for line in lines[self.start : self.end]]
        return [lines[n][len(self.prefix(n)) :] for n in range(self.start, self.end)]


def starts(text: str) -> bool:
    r"""Return whether three numbered lines follow each other near the start of `text`.

    >>> starts("a.py:\n 9\tx\n10\ty\n11\tz"), starts("1: x\n3: y\n4: z\n5")
    (True, False)
    """
    lines = text[:_LOOK_AT].split("\n")
    return any(_run(lines, start) is not None for start in range(min(12, len(lines))))


def runs(lines: Sequence[str]) -> list[LineNumbers]:
    """Return the runs of numbered lines, in order: all with one sign, padded alike."""
    found: list[LineNumbers] = []
    line = 0
    while line < len(lines):
        run = _run(lines, line) if _NUMBERED.match(lines[line]) else None
        if run and (not found or (run.sign, run.width) == (found[0].sign, found[0].width)):
            found.append(run)
        line = run.end if run else line + 1
    return found


def _run(lines: Sequence[str], start: int) -> LineNumbers | None:
    """Return the run that begins with a line, None if it is too short for one."""
    match = _NUMBERED.match(lines[start])
    if match is None:
        return None
    width, number = len(match[1]) + len(match[2]), int(match[2])
    best: LineNumbers | None = None
    # An editor that strips blanks leaves "12:" of an empty line between "11: x" and "13: y".
    for sign in dict.fromkeys((match[3], match[3].rstrip(" "))):
        end = start
        while end < len(lines) and lines[end].startswith(f"{number + end - start:>{width}}{sign}"):
            end += 1
        if end - start >= _LEAST and (best is None or end > best.end):
            best = LineNumbers(start, end, number, width, sign)
    return best
