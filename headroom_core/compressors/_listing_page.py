"""Writes the part of a listing that a budget has room for: folders with true counts, best names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from headroom_core.compressors._fit import fit
from headroom_core.compressors._listing import headings, quoted
from headroom_core.compressors._listing_entries import Entry
from headroom_core.compressors._listing_folders import At, Folders, ancestors
from headroom_core.compressors._listing_rank import extension, rank
from headroom_core.types import Budget, Compressed

_ASKED_SHARE: Final = 0.6
_FOLDER_SHARE: Final = 0.75
_FOLDER_COST: Final = 24
_KINDS: Final = 3
_MISSES: Final = 20
_OTHER_LINES: Final = 6
_LONGEST: Final = 400


def render(
    entries: Sequence[Entry], budget: Budget, query: str, opening: str, sample: str
) -> Compressed | None:
    """Return the best of `entries` that fit in `budget`; None if not even the least does.

    Args:
        entries: All lines of the listing, in order.
        budget: What may be used.
        query: The question.
        opening: How the lines are to be read, and what all paths begin with.
        sample: Text of the listing, to learn how many characters make a token.
    """
    return fit(sample, budget, _Page(Folders(entries), budget, query, opening).write)


class _Page:
    """What every try to fill a budget needs."""

    def __init__(self, folders: Folders, budget: Budget, query: str, opening: str) -> None:
        self._folders = folders
        self._entries = folders.entries
        self._opening = opening
        keep = budget.keep
        self._kept = {
            index for index, entry in enumerate(self._entries) if keep and keep.search(entry.line)
        }
        self._kinds = [extension(entry.name) for entry in self._entries]
        self._asked, self._rest = rank(self._entries, self._kinds, query)
        self._others = {
            section: [line for line in lines if line in self._kept or self._entries[line].line]
            for section, lines in folders.others.items()
        }

    def write(self, room: float) -> Compressed | None:
        """Return a page of about `room` characters; None if it would omit nothing."""
        chosen, opened = self._take(room)
        lines = [self._opening] if self._opening else []
        missing_lines = 0
        value = ""
        for section in sorted({*self._others, *(at[0] for at in opened)}):
            others, missing = self._other_lines(section)
            lines += others
            missing_lines += missing
            inside = sorted(folder for at, folder in opened if at == section)
            for folder, (depth, name) in zip(inside, headings(inside), strict=True):
                tokens, value = self._tokens((section, folder), chosen, value)
                tail = self._tail((section, folder), chosen, opened)
                lines.append(" " * depth + " ".join([quoted(name), *tokens, *tail]))
        shown = len(chosen) + sum(1 for at in opened if at in self._folders.own_line)
        total = self._folders.total
        said = [f"{total - shown:,} of {total:,} paths"] if shown < total else []
        said += [f"{missing_lines:,} other lines"] if missing_lines else []
        return Compressed("\n".join(lines), ", ".join(said)) if said else None

    def _take(self, room: float) -> tuple[set[int], set[At]]:
        """Return the entries to show and the folders to name, worth about `room` characters."""
        choice = _Choice(self._folders)
        for index in sorted(self._kept):
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
        indexes = self._others.get(section, [])
        first = indexes[:_OTHER_LINES]
        first += [index for index in indexes[_OTHER_LINES:] if index in self._kept]
        lines = [self._entries[index].line for index in first]
        lines = [
            line if index in self._kept or len(line) <= _LONGEST else f"{line[:_LONGEST]}…"
            for index, line in zip(first, lines, strict=True)
        ]
        more = len(indexes) - len(first)
        return ([*lines, f"… {more} more lines"] if more else lines), more

    def _tokens(self, at: At, chosen: set[int], value: str) -> tuple[list[str], str]:
        tokens = []
        for index in [index for index in self._folders.files.get(at, ()) if index in chosen]:
            entry = self._entries[index]
            if entry.value != value:
                tokens.append(f"[{entry.value}]")
                value = entry.value
            tokens.append(entry.token)
        return tokens, value

    def _tail(self, at: At, chosen: set[int], opened: set[At]) -> list[str]:
        """Return what to say about the files and folders in `at` that are not shown."""
        left = [index for index in self._folders.files.get(at, ()) if index not in chosen]
        said = []
        if left:
            kinds = Counter([self._kinds[index] for index in left])
            named = [f"{n} {kind}" for kind, n in kinds.most_common(_KINDS) if kind]
            counts = f": {', '.join(named)}" if len(kinds) > 1 and named else ""
            only = f" {left and next(iter(kinds))}" if len(kinds) == 1 and "" not in kinds else ""
            said.append(f"{len(left):,} more{only}{counts}")
        closed = [child for child in self._folders.children.get(at, ()) if child not in opened]
        if closed:
            count = sum(1 + self._folders.folders_below[child] for child in closed)
            files = sum(self._folders.files_below[child] for child in closed)
            said.append(f"{count:,} folders with {files:,} files")
        return [f"… {'; '.join(said)}"] if said else []


class _Choice:
    """Entries and folders chosen so far, and about how many characters they take."""

    def __init__(self, folders: Folders) -> None:
        self.chosen: set[int] = set()
        self.opened: set[At] = set()
        self.spent = 0
        self._folders = folders

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
        entry = self._folders.entries[index]
        at = self._folders.at_of(index)
        if at is None:
            return True  # a line that is no entry
        is_folder = self._folders.own_line.get(at) == index
        cost = 0 if is_folder else len(entry.token) + len(entry.value) + 1
        missing = self._missing(at)
        cost += sum(map(_cost, missing))
        if room is not None and self.spent + cost > room:
            return False
        self.spent += cost
        self.opened.update(missing)
        if not is_folder:
            self.chosen.add(index)
        return True

    def open(self, at: At) -> None:
        """Name the folder `at`."""
        missing = self._missing(at)
        self.spent += sum(map(_cost, missing))
        self.opened.update(missing)

    def _missing(self, at: At) -> list[At]:
        if at in self.opened:
            return []
        section, folder = at
        return [
            (section, above)
            for above in [folder, *ancestors(folder)]
            if (section, above) not in self.opened
        ]


def _cost(at: At) -> int:
    return _FOLDER_COST + len(at[1]) - at[1].rfind("/", 0, -1)
