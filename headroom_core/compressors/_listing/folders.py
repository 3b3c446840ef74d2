"""The folders of a listing: what is in them, and how much."""

from __future__ import annotations

from collections.abc import Sequence

from headroom_core.compressors._listing.entries import At, Entries


class Folders:
    """Entries by folder. A folder of which there are entries is itself no file.

    Attributes:
        files: For each folder, the indexes of the files in it.
        children: For each folder, the folders in it.
        own_line: For folders that have a line of their own, its index.
        named: The folders that entries are.
        files_below: How many files each folder has, on all levels.
        folders_below: How many folders.
        by_depth: All folders, shallow and large ones first.
        around: The folder around each, but for "".
    """

    def __init__(self, entries: Entries) -> None:
        self.files: dict[At, list[int]] = {}
        self.children: dict[At, list[At]] = {}
        self.own_line: dict[At, int] = {}
        self.files_below: dict[At, int] = {}
        self.folders_below: dict[At, int] = {}
        self.around: dict[At, At] = {}
        self._known: set[At] = set()
        for at in dict.fromkeys(run[0] for run in entries.runs):
            self._add(at)
        for at, start, end in entries.runs:
            self._read(entries, at, start, end)
        self.named = {index: at for at, index in self.own_line.items()}
        deep_first = sorted([(at[1].count("/"), at) for at in self._known], reverse=True)
        self._count([at for _, at in deep_first])
        below = self.files_below
        ranked = sorted([(depth, -below[at], at) for depth, at in deep_first])
        self.by_depth = [at for _, _, at in ranked]

    def _add(self, at: At) -> None:
        while at not in self._known:
            self._known.add(at)
            if at[1]:
                around = self.around[at] = _above(at)
                self.children.setdefault(around, []).append(at)
                at = around

    def _read(self, entries: Entries, at: At, start: int, end: int) -> None:
        """Add entries of a folder that stand together."""
        section, folder = at
        indexes: list[int] | range = range(start, end)
        if at in self.children or not folder:
            indexes = []
            for index in range(start, end):
                own = section, f"{folder}{entries.names[index]}/"
                own = (section, "") if own[1] == "./" else own
                if own in self._known and own not in self.own_line:
                    self.own_line[own] = index
                else:
                    indexes.append(index)
        if indexes:
            self.files.setdefault(at, []).extend(indexes)

    def _count(self, deep_first: Sequence[At]) -> None:
        self.files_below = {at: len(self.files.get(at, ())) for at in deep_first}
        self.folders_below = dict.fromkeys(deep_first, 0)
        for at in deep_first:
            if at[1]:
                around = self.around[at]
                self.files_below[around] += self.files_below[at]
                self.folders_below[around] += 1 + self.folders_below[at]


def _above(at: At) -> At:
    """Return the folder around `at`."""
    section, folder = at
    return section, folder[: folder.rfind("/", 0, -1) + 1]
