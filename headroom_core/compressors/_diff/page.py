"""Shows the part of a patch that a budget has room for, and says in place what is left out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final, TypeAlias

from headroom_core.compressors import _phrases
from headroom_core.compressors._diff import (
    brief as diff_brief,
    encode as diff_encode,
    keep as diff_keep,
    kinds as diff_kinds,
    rank as diff_rank,
    read as diff_read,
    sheet as diff_sheet,
    trim as diff_trim,
)
from headroom_core.compressors._diff.kinds import Change
from headroom_core.compressors._diff.prose import show_prose
from headroom_core.compressors._diff.rank import Chunk
from headroom_core.compressors._diff.read import File, Prose
from headroom_core.compressors._diff.sheet import Manner
from headroom_core.compressors._fit import fit
from headroom_core.types import Budget, Compressed

_CONTEXTS: Final = (3, 1)
_NEARLY: Final = 1.4
_ASKED_SHARE: Final = 0.5
_BRIEF_SHARE: Final = 0.3
_PROSE_SHARE: Final = 0.3
_NAMED: Final = 30
_HEADER: Final = 24
_MISSES: Final = 60

_Lines: TypeAlias = list[list[set[int]]]
"""For every file and every hunk of it, the lines to show."""


def trimmed(parts: Sequence[File | Prose], budget: Budget, query: str) -> Compressed | None:
    """Return the whole patch with fewer context lines, as `git apply` takes it, if that fits.

    If it only fits when it is written shorter, that is what it is before it is turned back.
    """
    if budget.tokens is None:
        return None
    kept = diff_keep.keeper(parts, budget.keep, query)
    total = sum(len(hunk.lines) for part in parts if isinstance(part, File) for hunk in part.hunks)
    trimmed = [diff_trim.trim(parts, context, kept) for context in _CONTEXTS]
    patches = [(patch, hidden, budget.count(patch)) for patch, hidden in trimmed if hidden]
    for patch, hidden, used in patches:
        if used <= budget.tokens:
            return Compressed(patch, f"{hidden:,} of {total:,} lines")
    for patch, hidden, used in patches:
        if used <= _NEARLY * budget.tokens and not budget.keep:
            text = _phrases.wrap("diff", *diff_encode.encode(patch, diff_read.read(patch)), budget)
            if budget.count(text) <= budget.tokens:
                return Compressed(text, f"{hidden:,} of {total:,} lines")
    return None


def render(parts: Sequence[File | Prose], budget: Budget, query: str) -> Compressed | None:
    """Return the best part of a patch within `budget`; None if that cannot be done."""
    described = [diff_kinds.describe(part) if isinstance(part, File) else part for part in parts]
    if not any(isinstance(part, Change) for part in described):
        return None
    page = _Page(described, diff_keep.keeper(parts, budget.keep, query), query)
    sample = "\n".join(page.sample())
    return fit(sample, budget, page.write) or fit(sample, budget, page.write_brief)


class _Page:
    """A patch, and what is found out once for all ways to show it."""

    def __init__(
        self, parts: Sequence[Change | Prose], kept: Callable[[str], bool], query: str
    ) -> None:
        self._parts = parts
        self._kept = kept
        self._last: tuple[tuple[_Lines, Manner, bool], Compressed] | None = None
        self._changes = [part for part in parts if isinstance(part, Change)]
        self._ranking = diff_rank.rank(self._changes, query)
        self._always = [[_find(hunk.lines, kept) for hunk in change.file.hunks]
                        for change in self._changes]  # fmt: skip
        hunks = [hunk for change in self._changes for hunk in change.file.hunks]
        self._hunks = len(hunks)
        self._talk = [part for part in parts if isinstance(part, list)]
        self._lines = sum(len(hunk.lines) for hunk in hunks)
        self._lines += sum(bool(line.strip()) for part in self._talk for line in part)
        self._names = sum(len(change.label) + _NAMED for change in self._changes)
        self._prose = sum(len(line) + 1 for part in self._talk for line in part)
        self._rest = sum(chunk.cost + _HEADER for chunk in self._ranking.rest)
        self._context = sum(
            sum(map(len, hunk.lines))
            for change in self._changes
            if not change.noise
            for hunk in change.file.hunks
        ) - sum(chunk.cost for chunk in self._ranking.rest)

    def sample(self) -> list[str]:
        """Return lines like those that are shown."""
        chunks = self._ranking.rest[:200] or self._ranking.asked[:200]
        found = [change.label for change in self._changes[:100]]
        for chunk in chunks:
            hunk = self._changes[chunk.file].file.hunks[chunk.hunk]
            found += hunk.lines[chunk.start : chunk.end]
        return found

    def write(self, room: float) -> Compressed | None:
        """Return a page of about `room` characters on which every file has its line."""
        full = self._prose <= _PROSE_SHARE * room
        out: list[str] = []
        talk = [show_prose(part, full, self._kept) for part in self._talk]
        left = room - self._names - sum(len(line) + 1 for lines, _ in talk for line in lines)
        if left <= 0:
            return None
        chosen, manner = self._choose(left)
        if self._last and self._last[0] == (chosen, manner, full):
            return self._last[1]
        prose = iter(talk)
        sheets = map(diff_sheet.write, self._changes, chosen, [manner] * len(chosen))
        hidden = hunks = 0
        for part in self._parts:
            if isinstance(part, list):
                lines, unsaid = next(prose)
                out += lines
                hidden += unsaid
                continue
            sheet = next(sheets)
            out += sheet.lines
            hidden += sheet.hidden
            hunks += sheet.hunks
        made = Compressed("\n".join(out), self._omitted(hunks, hidden))
        self._last = (chosen, manner, full), made
        return made

    def write_brief(self, room: float) -> Compressed | None:
        """Return a page with what must stay, on which the other files are named by folder."""
        chosen = self._kept_lines()
        _take(self._ranking.asked, chosen, room * _BRIEF_SHARE)
        brief = diff_brief.write(self._parts, chosen, self._kept, room)
        return Compressed("\n".join(brief.lines), self._omitted(brief.hunks, brief.hidden))

    def _omitted(self, hunks: int, hidden: int) -> str:
        if not hidden:
            return f"{sum(len(change.file.head) for change in self._changes):,} header lines"
        said = f"{hunks:,} of {self._hunks:,} hunks, " if hunks else ""
        return f"{said}{hidden:,} of {self._lines:,} lines"

    def _kept_lines(self) -> _Lines:
        return [[set(lines) for lines in hunks] for hunks in self._always]

    def _choose(self, room: float) -> tuple[_Lines, Manner]:
        """Return which lines are shown, and how."""
        chosen = self._kept_lines()
        asked = min(room, max(room * _ASKED_SHARE, room - self._rest))
        room -= _take(self._ranking.asked, chosen, asked)
        room -= _take(self._ranking.rest, chosen, room)
        for context in _CONTEXTS:
            if self._context * context / max(_CONTEXTS) <= room:
                return chosen, Manner(self._kept, context, named=True)
        return chosen, Manner(self._kept)


def _find(lines: Sequence[str], kept: Callable[[str], bool]) -> set[int]:
    if kept is diff_keep.keep_nothing:
        return set()
    return {index for index, line in enumerate(lines) if kept(line)}


def _take(chunks: Iterable[Chunk], chosen: _Lines, room: float) -> float:
    """Choose the first of `chunks` that fit in `room`; return how much of it they take."""
    used = 0.0
    misses = 0
    for chunk in chunks:
        lines = chosen[chunk.file][chunk.hunk]
        cost = chunk.cost + _HEADER * (not lines)
        if used + cost > room:
            misses += 1
            if misses > _MISSES:
                break
            continue
        used += cost
        lines.update(range(chunk.start, chunk.end))
    return used
