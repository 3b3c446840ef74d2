"""Names the place of lines that stood in a patch before, instead of writing them again."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Container, Iterator, Sequence
from itertools import compress
from typing import Final, NamedTuple, TypeAlias

LEAST: Final = 3
_LEAST_SAVED: Final = 24
_RUN: Final = b"\1" * LEAST
_SIGNS: Final = {"=": " ", "+": "+", "-": "-"}
_NAMES: Final = {sign: name for name, sign in _SIGNS.items()}
_PASSAGE = re.compile(r"=([=+\-])([^\n]*:-?)([0-9]{1,10}) ([0-9]{1,9})")

_Lines: TypeAlias = Sequence[str]


class _Seen(NamedTuple):
    """Lines that follow each other in a file.

    Attributes:
        place: The file, a colon and, if they are those before the change, a minus.
        start: Number of the first one.
        lines: The lines, without signs.
    """

    place: str
    start: int
    lines: _Lines


class Passages:
    """The lines of a patch so far by their places: `file:12` after the change, `file:-12` before.

    A passage is written as `=+file:12 5`: five added lines that read like those at line 12. Without
    a name before the colon it is of the same file; `=-` are removed lines, `==` lines of context.

    Args:
        again: The lines, without signs, that may be asked for again; who only reads passages asks
            for none.
    """

    def __init__(self, again: Container[str] = ()) -> None:
        self._is_again = again.__contains__
        self._runs: dict[tuple[str, str, str], tuple[_Seen, int]] = {}
        self._files: dict[str, tuple[list[int], list[_Seen]]] = {}

    def learn(self, path: str, lines: _Lines, signs: str, starts: tuple[int, int]) -> None:
        """Remember the lines of a hunk.

        Args:
            path: The file.
            lines: The lines, with their signs.
            signs: What each begins with.
            starts: Line numbers of the first one before and after the change.
        """
        bare = [line[1:] for line in lines]
        if "-" in signs:
            self._add(f"{path}:-", starts[0], [*compress(bare, map(" -".__contains__, signs))])
            bare = [*compress(bare, map(" +".__contains__, signs))]
        self._add(f"{path}:", starts[1], bare)

    def shorten(self, lines: _Lines, path: str) -> list[str]:
        """Return lines that all have the same sign, with the places of those that stood before."""
        bare = [line[1:] for line in lines]
        if _RUN not in bytes(map(self._is_again, bare)):
            return [*lines]
        known = list(map(self._runs.get, zip(bare, bare[1:], bare[2:], strict=False)))
        return [*self._written(lines, bare, known, path)] if any(known) else [*lines]

    def lines(self, said: str, path: str) -> list[str]:
        """Return the lines for which `said` stands.

        Raises:
            ValueError: If it stands for none.
        """
        match = _PASSAGE.fullmatch(said)
        if match:
            sign, place, number, size = match.groups()
            seen = self._at(path + place if place.startswith(":") else place, int(number))
            found = seen.lines[int(number) - seen.start :][: int(size)] if seen else ()
            if len(found) == int(size):
                return [_SIGNS[sign] + line for line in found]
        raise ValueError(f"{said!r} repeats nothing")

    def _add(self, place: str, start: int, lines: _Lines) -> None:
        if len(lines) < LEAST:
            return
        seen = _Seen(place, start, lines)
        firsts, pieces = self._files.get(place, ([start], []))
        if start < firsts[-1] or not pieces:  # another commit begins
            firsts, pieces = self._files[place] = [], []
        firsts.append(start)
        pieces.append(seen)
        again = bytes(map(self._is_again, lines))
        at = again.find(_RUN)
        while at >= 0:
            self._runs[lines[at], lines[at + 1], lines[at + 2]] = seen, at
            at = again.find(_RUN, at + 1)

    def _at(self, place: str, number: int) -> _Seen | None:
        """Return what was last seen around a line of a file."""
        firsts, pieces = self._files.get(place, ((), ()))
        index = bisect_right(firsts, number)
        return pieces[index - 1] if index else None

    def _written(
        self, lines: _Lines, bare: _Lines, known: Sequence[tuple[_Seen, int] | None], path: str
    ) -> Iterator[str]:
        at = 0
        while at < len(known):
            found = known[at]
            if found is None or self._at(found[0].place, found[0].start + found[1]) is not found[0]:
                yield lines[at]
                at += 1
                continue
            seen, start = found
            count = LEAST
            most = min(len(bare) - at, len(seen.lines) - start)
            while count < most and bare[at + count] == seen.lines[start + count]:
                count += 1
            same = path and seen.place.startswith(f"{path}:")
            place = seen.place.removeprefix(path) if same else seen.place
            said = f"={_NAMES[lines[at][0]]}{place}{seen.start + start} {count}"
            if sum(map(len, bare[at : at + count])) + count >= len(said) + _LEAST_SAVED:
                yield said
            else:
                yield from lines[at : at + count]
            at += count
        yield from lines[at:]
