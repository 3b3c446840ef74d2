"""The folders of a listing: what is in them, and how much."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final, TypeAlias

from headroom_core.compressors._listing import OTHER
from headroom_core.compressors._listing_entries import Entry

At: TypeAlias = tuple[int, str]
"""A section and a folder in it."""

_SECTIONS: Final = 12


def ancestors(folder: str) -> Iterator[str]:
    """Yield the folders around `folder`, the nearest first, "" last.

    >>> list(ancestors("a/b/c/"))
    ['a/b/', 'a/', '']
    """
    while folder:
        folder = folder[: folder.rfind("/", 0, -1) + 1]
        yield folder


class Folders:
    """Entries by folder. A folder of which there are entries is itself no file.

    Attributes:
        entries: All entries.
        files: For each folder, the indexes of the files in it.
        children: For each folder, the folders in it.
        own_line: For folders that have a line of their own, its index.
        others: For each section, the indexes of lines that are no entries.
        files_below: How many files each folder has, on all levels.
        folders_below: How many folders.
        by_depth: All folders, shallow and large ones first.
        total: How many entries there are.
    """

    def __init__(self, entries: Sequence[Entry]) -> None:
        if entries and entries[-1].section > _SECTIONS:
            entries = [entry._replace(section=0) for entry in entries]
        self.entries = entries
        self.others: dict[int, list[int]] = {}
        self.files: dict[At, list[int]] = {}
        self.children: dict[At, list[At]] = {}
        self.own_line: dict[At, int] = {}
        self.files_below: Counter[At] = Counter()
        self.folders_below: Counter[At] = Counter()
        self._read()
        self._count()
        self.by_depth = sorted(
            self._known, key=lambda at: (at[1].count("/"), -self.files_below[at], at)
        )
        self.total = len(entries) - sum(map(len, self.others.values()))

    def at_of(self, index: int) -> At | None:
        """Return the folder an entry is in, the one that it is, or None for another line."""
        entry = self.entries[index]
        if entry.folder == OTHER:
            return None
        own = _own(entry)
        return own if self.own_line.get(own) == index else (entry.section, entry.folder)

    def _read(self) -> None:
        entries = self.entries
        self._known: set[At] = set()
        for at in dict.fromkeys((e.section, e.folder) for e in entries if e.folder != OTHER):
            self._add(at)
        for index, entry in enumerate(entries):
            if entry.folder == OTHER:
                self.others.setdefault(entry.section, []).append(index)
                continue
            own = _own(entry)
            if own in self._known and own not in self.own_line:
                self.own_line[own] = index
            else:
                self.files.setdefault((entry.section, entry.folder), []).append(index)

    def _count(self) -> None:
        for section, folder in self._known:
            for above in ancestors(folder):
                self.folders_below[section, above] += 1
        for (section, folder), indexes in self.files.items():
            self.files_below[section, folder] += len(indexes)
            for above in ancestors(folder):
                self.files_below[section, above] += len(indexes)

    def _add(self, at: At) -> None:
        section, folder = at
        while (section, folder) not in self._known:
            self._known.add((section, folder))
            for around in islice(ancestors(folder), 1):
                self.children.setdefault((section, around), []).append((section, folder))
                folder = around


def _own(entry: Entry) -> At:
    """Return the folder that `entry` is, if it is one."""
    folder = f"{entry.folder}{entry.name}/"
    return entry.section, "" if folder == "./" else folder
