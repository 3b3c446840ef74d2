"""Names the place of lines that stood in a patch before, instead of writing them again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import compress
from typing import Final, TypeAlias

LEAST: Final = 3
_LEAST_SAVED: Final = 24
_SIGNS: Final = {"=": " ", "+": "+", "-": "-"}
_NAMES: Final = {sign: name for name, sign in _SIGNS.items()}
_PASSAGE = re.compile(r"=([=+\-])([^\n]*:-?[0-9]{1,10}) ([0-9]{1,9})")

_Lines: TypeAlias = Sequence[str]


class Passages:
    """The lines of a patch so far by their places: `file:12` after the change, `file:-12` before.

    A passage is written as `=+file:12 5`: five added lines that read like those at line 12. Without
    a name before the colon it is of the same file; `=-` are removed lines, `==` lines of context.
    """

    def __init__(self) -> None:
        self._first: dict[tuple[str, ...], str] = {}
        self._places: dict[str, tuple[_Lines, int]] = {}

    def learn(self, path: str, lines: _Lines, signs: str, starts: tuple[int, int]) -> None:
        """Remember the lines of a hunk.

        Args:
            path: The file.
            lines: The lines, with their signs.
            signs: What each begins with.
            starts: Line numbers of the first one before and after the change.
        """
        sides = [("", "+", starts[1])] + ([("-", "-", starts[0])] if "-" in signs else [])
        for mark, sign, start in sides:
            seen = [line[1:] for line in compress(lines, map(f" {sign}".__contains__, signs))]
            runs = zip(seen, seen[1:], seen[2:], strict=False)
            for at, run in enumerate(runs):
                place = f"{path}:{mark}{start + at}"
                self._places[place] = seen, at
                self._first.setdefault(run, place)

    def shorten(self, lines: _Lines, path: str) -> Iterator[str]:
        """Yield `lines`, which all have the same sign, or the places of those that stood before."""
        bare = [line[1:] for line in lines]
        at = 0
        while at < len(lines):
            place, count = self._found(bare, at)
            said = f"={_NAMES[lines[at][0]]}{place.removeprefix(path) if path else place} {count}"
            if sum(map(len, bare[at : at + count])) + count >= len(said) + _LEAST_SAVED:
                yield said
                at += count
            else:
                yield from lines[at : at + max(1, count)]
                at += max(1, count)

    def lines(self, said: str, path: str) -> list[str]:
        """Return the lines for which `said` stands.

        Raises:
            ValueError: If it stands for none.
        """
        match = _PASSAGE.fullmatch(said)
        place = match[2] if match else ""
        seen, at = self._places.get(path + place if place.startswith(":") else place, ((), 0))
        count = int(match[3]) if match else 0
        if not match or len(seen) < at + count:
            raise ValueError(f"{said!r} repeats nothing")
        return [_SIGNS[match[1]] + line for line in seen[at : at + count]]

    def _found(self, bare: _Lines, at: int) -> tuple[str, int]:
        """Return where the lines from `at` on stood before, and how many did."""
        run = tuple(bare[at : at + LEAST])
        place = self._first.get(run, "")
        if not place:
            return "", 0
        seen, start = self._places[place]
        if tuple(seen[start : start + LEAST]) != run:  # a later commit changed that line again
            del self._first[run]
            return "", 0
        count = LEAST
        most = min(len(bare) - at, len(seen) - start)
        while count < most and bare[at + count] == seen[start + count]:
            count += 1
        return place, count
