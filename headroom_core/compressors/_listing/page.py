"""Writes the part of a listing that a budget has room for: folders with true counts, best names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from operator import itemgetter
from typing import Final

from headroom_core.compressors._fit import fit
from headroom_core.compressors._listing.entries import At, Entries
from headroom_core.compressors._listing.folders import Folders
from headroom_core.compressors._listing.model import headings, quoted
from headroom_core.compressors._listing.rank import extensions, rank
from headroom_core.types import Budget, Compressed

_ASKED_SHARE: Final = 0.6
_FOLDER_SHARE: Final = 0.75
_FOLDER_COST: Final = 20
_KINDS: Final = 3
_MISSES: Final = 20
_OTHER_LINES: Final = 6
_LONGEST: Final = 400
_SAMPLE: Final = 1_000


def render(entries: Entries, budget: Budget, query: str, opening: str) -> Compressed | None:
    """Return the best of `entries` that fit in `budget`; None if not even the least does.

    Args:
        entries: All entries of the listing, in order.
        budget: What may be used.
        query: The question.
        opening: How the lines are to be read, and what all paths begin with.
    """
    sample = "\n".join(entries.tokens[:: 1 + len(entries.tokens) // _SAMPLE])
    return fit(sample, budget, _Page(entries, budget, query, opening).write)


class _Page:
    """What every try to fill a budget needs."""

    def __init__(self, entries: Entries, budget: Budget, query: str, opening: str) -> None:
        self._entries = entries
        self._folders = Folders(entries)
        self._opening = opening
        self._keep = budget.keep
        search = budget.keep.search if budget.keep else None
        self._kept = [n for n, line in enumerate(entries.lines) if search(line)] if search else []
        self._kinds = extensions(entries.names)
        self._asked, self._rest = rank(entries, self._kinds, query)
        self._tails: dict[At, str] = {}

    def write(self, room: float) -> Compressed | None:
        """Return a page of about `room` characters; None if it would omit nothing."""
        chosen, opened = self._take(room)
        lines = [self._opening] if self._opening else []
        missing_lines = 0
        value = ""
        for section in sorted({*self._entries.others, *(at[0] for at in opened)}):
            others, missing = self._other_lines(section)
            lines += others
            missing_lines += missing
            inside = sorted(folder for at, folder in opened if at == section)
            for folder, (depth, name) in zip(inside, headings(inside), strict=True):
                at = section, folder
                tokens, tail, value = self._in_folder(at, chosen, value)
                folders = self._closed(at, opened)
                rest = "; ".join([told for told in (tail, folders) if told])
                end = [f"… {rest}"] if rest else []
                lines.append(" " * depth + " ".join([quoted(name), *tokens, *end]))
        total = len(self._entries.names)
        missing = total - len(chosen) - len(opened & self._folders.own_line.keys())
        said = [f"{missing:,} of {total:,} paths"] if missing else []
        said += [f"{missing_lines:,} other lines"] if missing_lines else []
        if not said and not self._entries.brief:
            return None
        said += [f"{count:,} {what}" for what, count in self._entries.left.items() if count]
        return Compressed("\n".join(lines), ", ".join(said))

    def _take(self, room: float) -> tuple[set[int], set[At]]:
        """Return the entries to show and the folders to name, worth about `room` characters."""
        choice = _Choice(self._entries, self._folders)
        for index in self._kept:
            choice.add(index, None)
        choice.fill(self._asked, room * _ASKED_SHARE)
        for at in self._folders.by_depth:
            if choice.spent > room * _FOLDER_SHARE:
                break
            choice.open(at)
        choice.fill(self._rest, room)
        return choice.chosen, choice.opened

    def _other_lines(self, section: int) -> tuple[list[str], int]:
        """Return the lines to show that are no entries, and how many there are more."""
        shown = []
        more = number = 0
        for line in self._entries.others.get(section, ()):
            kept = bool(self._keep and self._keep.search(line))
            if not (line or kept):
                continue
            number += 1
            if kept or number <= _OTHER_LINES:
                shown.append(line if kept or len(line) <= _LONGEST else f"{line[:_LONGEST]}…")
            else:
                more += 1
        return ([*shown, f"… {more} more lines"] if more else shown), more

    def _in_folder(self, at: At, chosen: set[int], value: str) -> tuple[list[str], str, str]:
        """Return the tokens of a folder, what to say about other files in it, and the value."""
        files = self._folders.files.get(at, [])
        shown = [index for index in files if index in chosen]
        if not shown:
            if at not in self._tails:
                self._tails[at] = self._tail(files)
            return [], self._tails[at], value
        tokens = []
        values = self._entries.values
        for index in shown:
            if values and values[index] != value:
                value = values[index]
                tokens.append(f"[{value}]")
            tokens.append(self._entries.tokens[index])
        left = [index for index in files if index not in chosen] if len(shown) < len(files) else []
        return tokens, self._tail(left), value

    def _tail(self, left: Sequence[int]) -> str:
        """Return what to say about files that are not shown."""
        if not left:
            return ""
        kinds = Counter(map(self._kinds.__getitem__, left))
        if len(kinds) == 1:
            return f"{len(left):,} more {next(iter(kinds))}".rstrip(" ")
        most = sorted(kinds.items(), key=itemgetter(1), reverse=True)[:_KINDS]
        named = [f"{count} {kind}" for kind, count in most if kind]
        return f"{len(left):,} more" + (f": {', '.join(named)}" if named else "")

    def _closed(self, at: At, opened: set[At]) -> str:
        """Return what to say about folders in `at` that are not named."""
        children = self._folders.children.get(at)
        closed = [child for child in children if child not in opened] if children else []
        if not closed:
            return ""
        count = len(closed) + sum([self._folders.folders_below[child] for child in closed])
        files = sum([self._folders.files_below[child] for child in closed])
        return f"{count:,} folders with {files:,} files"


class _Choice:
    """Entries and folders chosen so far, and about how many characters they take.

    Around a folder that is named, all are.
    """

    def __init__(self, entries: Entries, folders: Folders) -> None:
        self.chosen: set[int] = set()
        self.opened: set[At] = set()
        self.spent = 0
        self._entries = entries
        self._named = folders.named
        self._around = folders.around

    def fill(self, order: Iterable[int], room: float) -> None:
        """Add the first of `order` that fit in `room`."""
        misses = 0
        for index in order:
            if index not in self.chosen and not self.add(index, room):
                misses += 1
                if misses > _MISSES:
                    break

    def add(self, index: int, room: float | None) -> bool:
        """Add an entry if it fits, with the folders around it; a folder is named, not listed."""
        named = self._named.get(index)
        at = named or self._entries.folders[index]
        cost = 0
        if not named:
            cost = len(self._entries.tokens[index]) + 1
            cost += len(self._entries.values[index]) if self._entries.values else 0
        missing = () if at in self.opened else self._missing(at)
        if missing:
            cost += sum(map(_cost, missing))
        if room is not None and self.spent + cost > room:
            return False
        self.spent += cost
        if missing:
            self.opened.update(missing)
        if not named:
            self.chosen.add(index)
        return True

    def open(self, at: At) -> None:
        """Name the folder `at`."""
        if at not in self.opened:
            missing = self._missing(at)
            self.spent += sum(map(_cost, missing))
            self.opened.update(missing)

    def _missing(self, at: At) -> list[At]:
        missing: list[At] = []
        above: At | None = at
        while above is not None and above not in self.opened:
            missing.append(above)
            above = self._around.get(above)
        return missing


def _cost(at: At) -> int:
    return _FOLDER_COST + len(at[1]) - at[1].rfind("/", 0, -1)
