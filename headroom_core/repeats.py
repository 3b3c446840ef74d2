"""Spells a result that was sent before, or partly, by pointing to where it stands above."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from headroom_core import line_numbers
from headroom_core.line_numbers import LineNumbers
from headroom_core.store.base import Rendering

NAME: Final = "repeat"
"""Who made a rendering that points above."""

_MIN_RUN: Final = 4
_LONG_RUN: Final = 100
_MIN_SHARE: Final = 0.3
_MAX_PIECES: Final = 40
_LOCATOR: Final = 100
_TELLING: Final = 16
_OPENING_LINES: Final = 12
_LOOK_AT: Final = 4_000
_POINTER = re.compile(r"\[lines? \d")

_Found = tuple[int, int, int, int]
"""Listed that stand above: where in the text, which page has them, where in it, how many."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A text in lines, as they are compared.

    Attributes:
        lines: All of them.
        start: Index of the first that may be pointed to.
        keys: What the lines from there on say; for a file with line numbers, without them.
        run: Its line numbers, None if it has none.
    """

    lines: Sequence[str]
    start: int
    keys: Sequence[str]
    run: LineNumbers | None

    @property
    def end(self) -> int:
        """Index behind the last line that may be pointed to."""
        return self.start + len(self.keys)

    @property
    def place(self) -> tuple[str, str]:
        """What tells it from others: what it is, and how it begins."""
        opening = _opening(self.lines)
        if self.run:
            return f"view of lines {self.name(0)}-{self.name(len(self.keys) - 1)}", opening
        return _sized(len(self.lines)), opening

    def name(self, key: int) -> int:
        """Return what a line is called: its number, else how many lines down it stands."""
        return key + (self.run.number if self.run else 1)

    def can_point_to(self, other: Listed) -> bool:
        """Return whether equal keys mean equal lines: numbers must be written alike."""
        if self.run is None or other.run is None:
            return self.run is None
        return (self.run.width, self.run.sign) == (other.run.width, other.run.sign)


def read(text: str) -> Listed:
    """Return a text as a page. Numbers count only if one file is most of it."""
    lines = text.split("\n")
    runs = line_numbers.runs(lines) if line_numbers.starts(text) else []
    if len(runs) == 1 and 2 * (runs[0].end - runs[0].start) > len(lines):
        return Listed(lines, runs[0].start, runs[0].bare(lines), runs[0])
    return Listed(lines, 0, lines, None)


def place(text: str) -> tuple[str, str]:
    """Return what tells a result of any kind from others: what it is, and how it begins."""
    return _sized(text.count("\n") + 1), _opening(text[:_LOOK_AT].split("\n"))


def again(text: str, is_whole: bool) -> Rendering:
    """Return the rendering of `text` where the same text stands above already.

    Args:
        text: The text.
        is_whole: Whether it was sent whole.
    """
    page = read(text)
    what, opening = page.place if is_whole else place(text)
    which = "last whole" if is_whole else "last"
    lines = f"{len(page.lines):,}"
    return Rendering(
        f"[the same as the {which} {what} above that begins: {opening}]",
        f"{lines} of {lines} lines",
        NAME,
    )


def changed(text: str, above: Sequence[Listed]) -> Rendering | None:
    r"""Return `text` as what is new in it between lines that stand above, None if it is most.

    Lines that occur once on both sides anchor the runs (patience diff, Bram Cohen).

    Args:
        text: The text.
        above: What it may point to, the best first.

    >>> page = "\n".join(f"line {n}" for n in range(1, 11))
    >>> print(changed(page.replace("line 6\n", "line 5b\n"), [read(page)]).text)
    [lines 1-5 as in the last whole result of 10 lines above that begins: line 1 line 2 line 3]
    line 5b
    [lines 7-10 as there]
    """
    page = read(text)
    pages = [other for other in above if page.can_point_to(other)]
    found = _found(page, pages)
    same = sum(length for *_, length in found)
    if not found or same < _MIN_SHARE * len(page.lines) or len(found) > _MAX_PIECES:
        return None
    out: list[str] = []
    position, last = 0, -1
    for start, number, line, length in found:
        out += page.lines[position : page.start + start]
        where = "there" if number == last else _where(pages[number], out)
        out.append(f"[{_named(page, start, pages[number], line, length)} {where}]")
        position, last = page.start + start + length, number
    out += page.lines[position:]
    if sum(map(bool, map(_POINTER.match, out))) > len(found):
        return None  # what looks like a pointer and is none
    return Rendering("\n".join(out), f"{same:,} of {len(page.lines):,} lines", NAME)


def _named(page: Listed, key: int, other: Listed, line: int, length: int) -> str:
    """Return how lines are called, and by which name they are found in `other`."""
    here, there = _span(page.name(key), length), _span(other.name(line), length)
    lines = "lines" if length > 1 else "line"
    if page.run and here != there:
        return f"{lines} {here} as {there}"
    return f"{lines} {there}{' without numbers' if other.run and not page.run else ''} as"


def _span(first: int, length: int) -> str:
    return f"{first}-{first + length - 1}" if length > 1 else str(first)


def _where(page: Listed, text: Sequence[str]) -> str:
    """Say where a page stands; `text` is what stands before the pointer to it."""
    what, opening = page.place
    begins = " likewise" if _opening(text) == opening else f": {opening}"
    return f"in the last whole {what} above that begins{begins}"


def _sized(lines: int) -> str:
    return f"result of {lines:,} line{'s' if lines > 1 else ''}"


def _opening(lines: Sequence[str]) -> str:
    """Return the first line, with the next ones if it says little, cut if it is long."""
    opening = ""
    for line in lines[:_OPENING_LINES]:
        opening = f"{opening} {line.strip()}".strip()
        if len(opening) >= _TELLING:
            break
    return opening if len(opening) <= _LOCATOR else f"{opening[:_LOCATOR]}..."


def _found(page: Listed, pages: Sequence[Listed]) -> list[_Found]:
    """Return the runs of lines that stand above, in the order of `page`."""
    gaps = [(0, len(page.keys))]
    found: list[_Found] = []
    for number, other in enumerate(pages):
        often = Counter(other.keys)
        at = {line: key for key, line in enumerate(other.keys) if often[line] == 1}
        rest: list[tuple[int, int]] = []
        for first, end in gaps:
            position = first
            for start, line, length in _runs(page.keys[first:end], other.keys, at):
                rest.append((position, first + start))
                found.append((first + start, number, line, length))
                position = first + start + length
            rest.append((position, end))
        gaps = [(first, end) for first, end in rest if end > first]
    return sorted(found)


def _runs(
    lines: Sequence[str], source: Sequence[str], at: Mapping[str, int]
) -> Iterator[tuple[int, int, int]]:
    """Yield the runs of lines that both have: where in `lines`, where in `source`, how many.

    Args:
        lines: Some lines of the text.
        source: The lines of what stands above.
        at: Where those of `source` are that it has once.
    """
    here = Counter(lines)
    position = 0
    for number, line in enumerate(lines):
        if number < position or line not in at or here[line] > 1:
            continue
        start, line_above = number, at[line]
        while start > position and line_above and lines[start - 1] == source[line_above - 1]:
            start, line_above = start - 1, line_above - 1
        length = number - start
        while (
            start + length < len(lines)
            and line_above + length < len(source)
            and lines[start + length] == source[line_above + length]
        ):
            length += 1
        if length >= _MIN_RUN or sum(map(len, lines[start : start + length])) >= _LONG_RUN:
            yield start, line_above, length
            position = start + length
