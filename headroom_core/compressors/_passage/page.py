"""Writes the sentences that a budget has room for, below their headings, gaps shown."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from headroom_core.compressors._passage.pieces import Unit
from headroom_core.types import Compressed

_GAP: Final = "[…]"
_OVERHEAD: Final = 4
_MOST_HEADINGS: Final = 0.75
_MOST_LABELS: Final = 0.3
_MISSES: Final = 30
_NEEDED: Final = 0.7
_SLIVER: Final = 30
_CONTENT: Final = ("sentence", "block")
_FRAMES: Final = ("opening", "closing", "columns")
_OWN_LINES: Final = ("heading", "block", *_FRAMES)


class Page:
    """A text, ready to be written with as many of its units as there is room for.

    Args:
        text: The text.
        units: What it consists of.
        scores: What each unit is worth; one worth nothing is not shown.
        keep: Units on lines in which this is found are always shown.
        omitted: What units, by their number, do not show of the source.
    """

    def __init__(
        self,
        text: str,
        units: Sequence[Unit],
        scores: Sequence[float],
        keep: re.Pattern[str] | None = None,
        omitted: Mapping[int, str] = MappingProxyType({}),
    ) -> None:
        self._text = text
        self._omitted = omitted
        self._units = units
        self._kept = set(_on_kept_lines(text, units, keep)) if keep else set()
        self._order = _best_first(text, units, scores)
        self._headings = {index for index, unit in enumerate(units) if unit.kind == "heading"}
        self._labels = {index for index, unit in enumerate(units) if unit.kind == "label"}
        self._content = [index for index, unit in enumerate(units) if unit.kind in _CONTENT]
        self._above = _above(units)

    def write(self, room: float) -> Compressed:
        """Return the rendering with about `room` characters."""
        chosen = self._choose(room)
        missing = [index for index in self._content if index not in chosen]
        hidden = [self._omitted[index] for index in sorted(chosen) if index in self._omitted]
        if not missing:
            return Compressed(self._text, "; ".join(hidden))
        told = "; ".join([self._counted(missing), *hidden])
        return Compressed("".join(self._pieces(sorted(chosen))), told)

    def _counted(self, missing: Sequence[int]) -> str:
        sentences = all(self._units[index].kind == "sentence" for index in missing)
        total = len(self._content)
        if sentences:
            total = sum(1 for index in self._content if self._units[index].kind == "sentence")
        return f"{len(missing)} of {total} {'sentences' if sentences else 'passages'}"

    def _choose(self, room: float) -> set[int]:
        chosen = set(self._kept)
        for always, share in ((self._headings, _MOST_HEADINGS), (self._labels, _MOST_LABELS)):
            if sum(map(self._cost, always)) <= share * room:
                chosen |= always
        for index in self._kept:
            chosen.update(self._above[index])
        left = room - sum(map(self._cost, chosen))
        misses = 0
        for index in self._order:
            wanted = {index, *self._above[index]} - chosen
            cost = sum(map(self._cost, wanted))
            if cost <= left:
                chosen |= wanted
                left -= cost
                continue
            misses += 1
            if misses > _MISSES:
                break
        return chosen | self._slivers(chosen)

    def _slivers(self, chosen: set[int]) -> set[int]:
        """Return what stands between two chosen units and is hardly longer than a gap."""
        found: set[int] = set()
        content = self._content
        for before, index, after in zip(content, content[1:], content[2:], strict=False):
            if index not in chosen and before in chosen and after in chosen:
                wanted = {index, *self._above[index]} - chosen
                if sum(map(self._cost, wanted)) <= _SLIVER:
                    found |= wanted
        return found

    def _cost(self, index: int) -> int:
        unit = self._units[index]
        length = unit.end - unit.start
        if unit.kind == "heading":
            # However long, the line that underlines a title is a token or two.
            length = len(self._text[unit.start : unit.end].partition("\n")[0])
        return length + _OVERHEAD

    def _pieces(self, chosen: Sequence[int]) -> Iterator[str]:
        """Yield the text of the chosen units, and what stands between them: a gap or a space."""
        expected = 0
        for index in chosen:
            unit = self._units[index]
            blank = self._blank_before(index)
            if self._has_content(expected, index):
                yield self._gap_after(expected - 1)
                blank = blank or " "
            yield blank + self._text[unit.start : unit.end].rstrip()
            expected = index + 1
        if self._has_content(expected, len(self._units)):
            yield self._gap_after(expected - 1)

    def _gap_after(self, index: int) -> str:
        if index < 0:
            return _GAP
        return f"\n{_GAP}" if self._units[index].kind in _OWN_LINES else f" {_GAP}"

    def _has_content(self, first: int, last: int) -> bool:
        return any(self._units[index].kind in _CONTENT for index in range(first, last))

    def _blank_before(self, index: int) -> str:
        """Return the white space in front of a unit, at most one blank line of it."""
        if index == 0:
            return ""
        previous = self._units[index - 1]
        piece = self._text[previous.start : previous.end]
        blank = piece[len(piece.rstrip()) :]
        return blank if blank.count("\n") <= 2 else "\n\n"


def _best_first(text: str, units: Sequence[Unit], scores: Sequence[float]) -> list[int]:
    """Return the units worth showing, the best first; of units that say the same, the first.

    Where the question is answered nothing is left out: not what has been said elsewhere either.
    """
    said: set[str] = set()
    needed = _NEEDED * max(scores, default=0.0)
    order = []
    for index in sorted(range(len(units)), key=lambda index: -scores[index]):
        unit = units[index]
        if unit.kind not in _CONTENT or scores[index] <= 0:
            continue
        words = text[unit.start : unit.end].strip().lower()
        if words and (words not in said or scores[index] > needed):
            said.add(words)
            order.append(index)
    return order


def _above(units: Sequence[Unit]) -> list[tuple[int, ...]]:
    """Return for every unit what has to be shown with it.

    Whose it is: heading or document label, and speaker; of code its fence, of rows their header.
    """
    frames: dict[int, tuple[int, ...]] = {}
    for index, unit in enumerate(units):
        if unit.kind in _FRAMES:
            frames[unit.group] = (*frames.get(unit.group, ()), index)
    above = []
    heading: tuple[int, ...] = ()
    speaker: tuple[int, ...] = ()
    for index, unit in enumerate(units):
        if unit.kind in ("heading", "label"):
            heading, speaker = (index,), ()
        elif unit.kind == "speaker":
            speaker = (index,)
        elif speaker and units[speaker[0]].group != unit.group:
            speaker = ()
        above.append(heading + speaker + frames.get(unit.group, ()))
    return above


def _on_kept_lines(text: str, units: Sequence[Unit], keep: re.Pattern[str]) -> Iterator[int]:
    starts = [unit.start for unit in units]
    position = 0
    for line in text.split("\n"):
        if keep.search(line):
            first = bisect_right(starts, position) - 1
            last = bisect_right(starts, position + max(0, len(line) - 1)) - 1
            yield from range(first, last + 1)
        position += len(line) + 1
