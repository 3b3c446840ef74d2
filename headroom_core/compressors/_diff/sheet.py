"""Writes the shown lines of one changed file, and in their place the counts of the others."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from typing import Final

from headroom_core.compressors._diff import encode as diff_encode
from headroom_core.compressors._diff.kinds import Change
from headroom_core.compressors._diff.rank import LONGEST_LINE
from headroom_core.compressors._diff.read import Hunk

_HEAD: Final = 600
_TAIL: Final = 200
_BRIDGE: Final = 2
_LONGEST_NAME: Final = 40
_DEFINES = re.compile(r" [A-Za-z_$]")


@dataclass(slots=True)
class Sheet:
    """One file as it is shown.

    Attributes:
        lines: What to write.
        hidden: How many lines of its hunks are not among them, or not whole.
        hunks: How many of its hunks have changed lines that are not.
    """

    lines: list[str] = field(default_factory=list)
    hidden: int = 0
    hunks: int = 0


@dataclass(frozen=True, slots=True)
class Manner:
    """How lines are shown.

    Attributes:
        kept: Whether a line must not be cut.
        context: How many of the lines around those that are chosen are shown as well.
        named: Whether the functions that lines are in are named.
    """

    kept: Callable[[str], bool]
    context: int = 0
    named: bool = False


def write(change: Change, chosen: Sequence[Collection[int]], manner: Manner) -> Sheet:
    """Return the sheet of a file of which the `chosen` lines of every hunk are shown."""
    hunks = change.file.hunks
    if not hunks:
        return Sheet([f"diff {change.label}"])
    size = sum(len(hunk.lines) for hunk in hunks)
    if not any(chosen):
        reason = f" ({change.noise})" if change.noise not in ("", "deleted") else ""
        counts = f"+{change.added} -{change.removed} lines not shown{reason}"
        return Sheet([f"{change.label}: {counts}"], size, len(hunks))
    sheet = Sheet([f"diff {change.label}"], size)
    hidden = _Hidden()
    name = ""
    for hunk, wanted in zip(hunks, chosen, strict=True):
        if not wanted:
            sheet.hunks += hidden.add(hunk, 0, len(hunk.lines))
            continue
        at = 0
        before = hidden.total
        for start, end in _runs(hunk, wanted, manner.context):
            hidden.add(hunk, at, start)
            hidden.close(sheet.lines)
            named = _name(hunk, start) if manner.named else ""
            line = diff_encode.line_of(hunk.signs, start, _first(hunk))
            sheet.lines.append(f"@@ {line}{named if named != name else ''}")
            sheet.hidden -= _show(sheet.lines, hunk.lines[start:end], manner.kept)
            name = named
            at = end
        hidden.add(hunk, at, len(hunk.lines))
        sheet.hunks += hidden.total > before
    hidden.close(sheet.lines)
    return sheet


@dataclass(slots=True)
class _Hidden:
    """Changed lines that are not shown and not yet counted on the sheet."""

    added: int = 0
    removed: int = 0
    first: int = 0
    last: int = 0
    total: int = 0

    def add(self, hunk: Hunk, start: int, end: int) -> bool:
        """Count lines of a hunk; return whether any of them is a changed one."""
        added = hunk.signs.count("+", start, end)
        removed = hunk.signs.count("-", start, end)
        if not added and not removed:
            return False
        begins = start + len(hunk.signs[start:end]) - len(hunk.signs[start:end].lstrip(" \n\r\\"))
        ends = start + len(hunk.signs[start:end].rstrip(" \n\r\\")) - 1
        if not self.added and not self.removed:
            self.first = diff_encode.line_of(hunk.signs, begins, _first(hunk))
        self.last = diff_encode.line_of(hunk.signs, ends, _first(hunk))
        self.added += added
        self.removed += removed
        self.total += added + removed
        return True

    def close(self, lines: list[str]) -> None:
        """Write what was hidden since the last lines were shown."""
        if self.added or self.removed:
            place = f"{self.first}-{self.last}" if self.last > self.first else f"{self.first}"
            lines.append(f"@@ {place}: +{self.added} -{self.removed} lines not shown")
            self.added = self.removed = 0


def _first(hunk: Hunk) -> int:
    """Return the line number after the change at which a hunk begins: nothing is left at 0."""
    return hunk.new or 1


def _show(out: list[str], lines: Sequence[str], kept: Callable[[str], bool]) -> int:
    """Write lines, overlong ones in part; return how many were written whole."""
    whole = len(lines)
    for line in lines:
        if len(line) > LONGEST_LINE and not kept(line):
            left = len(line) - _HEAD - _TAIL
            out.append(f"{line[:_HEAD]} … {left} characters … {line[-_TAIL:]}")
            whole -= 1
        else:
            out.append(line)
    return whole


def _name(hunk: Hunk, start: int) -> str:
    """Return the last line before `start` that may name a function, as git would show it."""
    above = (hunk.lines[at] for at in range(start - 1, -1, -1))
    name = next(filter(_DEFINES.match, above), hunk.name).rstrip()
    return name if len(name) <= _LONGEST_NAME else f"{name[:_LONGEST_NAME]}…"


def _runs(hunk: Hunk, wanted: Collection[int], context: int) -> list[tuple[int, int]]:
    """Return the lines to show as ranges; few lines of context between two of them are shown."""
    runs: list[tuple[int, int]] = []
    signs = hunk.signs
    ordered = sorted(wanted)
    starts = [at for at in ordered if at - 1 not in wanted]
    ends = [at + 1 for at in ordered if at + 1 not in wanted]
    for first, last in zip(starts, ends, strict=True):
        start, end = first, last
        for _ in range(context):
            start -= start > 0 and signs[start - 1] not in "+-\\"
            end += end < len(signs) and signs[end] not in "+-\\"
        if runs and start <= runs[-1][1] + _BRIDGE:
            between = signs[runs[-1][1] : start]
            if "+" not in between and "-" not in between:
                start, _ = runs.pop()
        runs.append((start, end))
    return runs
