"""What was left out of a document, counted, and the lines that say so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

INSIDE = "[]"
"""Stands in a path where it leads into the records of a list or the entries of a map."""


@dataclass(slots=True)
class Cut:
    """What was left out, so far.

    Attributes:
        units: For "rows", "entries" and "items" how many are shown, and of how many.
        strings: How many strings were shortened.
        notes: For each list of records that was cut, by its path, what is shown and of how many.
        summaries: What is true of all records of the lists that were cut.
    """

    units: dict[str, tuple[int, int]] = field(default_factory=dict)
    strings: int = 0
    notes: dict[str, tuple[int, int]] = field(default_factory=dict)
    summaries: dict[str, Sequence[str]] = field(default_factory=dict)

    def add(self, unit: str, shown: int, total: int) -> None:
        before = self.units.get(unit, (0, 0))
        self.units[unit] = before[0] + shown, before[1] + total

    def note(self, path: str, shown: int, total: int, summary: Sequence[str]) -> None:
        """Add a list of records of which not all are shown."""
        before = self.notes.get(path, (0, 0))
        self.notes[path] = before[0] + shown, before[1] + total
        self.summaries[path] = summary

    def lines(self) -> list[str]:
        """Return the lines that say what is shown, and what is true of everything."""
        found = []
        for path, (shown, total) in self.notes.items():
            named = path if path and not path.startswith(INSIDE) else f"document{path}"
            if INSIDE in path:
                # Others of these lists may be shown whole, or stand in records left out.
                found.append(f"{named}: {total - shown} left out")
                continue
            summary = self.summaries[path]
            everything = "; all of them:" if summary else ""
            found += [f"{named}: {shown} of {total} shown{everything}", *summary]
        return found

    def __str__(self) -> str:
        parts = [
            f"{total - shown:,} of {total:,} {unit}" for unit, (shown, total) in self.units.items()
        ]
        if self.strings:
            some = self.strings > 1
            parts.append(f"parts of {self.strings:,} strings" if some else "part of 1 string")
        return ", ".join(parts)


def shortened(text: str, size: int, at: int) -> str:
    """Return the start and the end of a string, and what stands around a place between them.

    Args:
        text: The string, longer than `size`.
        size: Characters to show.
        at: The place, -1 for none.

    >>> shortened("abcdefghijklmnopqrstuvwxyz", 12, -1)
    'abcdefgh…14 more…wxyz'
    >>> shortened("abcdefghijklmnopqrstuvwxyz", 12, 13)
    'abcdef…7 more…nop…7 more…xyz'
    """
    head, part = size * 2 // 3, size // 4
    tail = len(text) - (size - head)
    start = min(at - part // 4, len(text) - 2 * part)
    if start + part // 2 <= head or at >= tail:  # none, or it can be read anyway
        return f"{text[:head]}…{tail - head} more…{text[tail:]}"
    end, head = start + part, size - 2 * part
    rest = len(text) - part - end
    after = f"…{rest} more…" if rest else ""
    return f"{text[:head]}…{start - head} more…{text[start:end]}{after}{text[len(text) - part :]}"
