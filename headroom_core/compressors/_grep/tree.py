"""Names the files that have more to show, folder by folder, with how much each has."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

_FILES: Final = 99
_DEPTHS: Final = (_FILES, 6, 5, 4, 3, 2, 1)
_LEAST: Final = 4


class FileTree:
    """The files of a search, and how deep they are named.

    Args:
        counts: How much each file has.
        between: What stands between folders.
        room: For so many characters all files are named, if that is enough; else their folders,
            or the folders that these are in.

    Attributes:
        length: How many characters the text for all of them has.
    """

    def __init__(self, counts: Mapping[str, int], between: str, room: int) -> None:
        self._between = between
        self._parts = {path: path.rpartition(between) for path in counts}
        self.length = 0
        inside = self._inside(counts)
        folders = set(inside)
        for self._depth in _DEPTHS:
            if self._depth != _FILES:
                folders = {self._above(folder) for folder in folders}
            if len(folders) * _LEAST > room:
                continue
            whole = self._depth == _FILES
            self.length = len(self._files(counts) if whole else self._folders(inside))
            if self.length <= room:
                return
        self._depth = 0
        self.length = len(self.text(counts))

    def text(self, counts: Mapping[str, int]) -> str:
        """Return the files of `counts`, each named or counted with others."""
        if not self._depth:
            return f"{len(counts)} more files"
        return self._files(counts) if self._depth == _FILES else self._folders(self._inside(counts))

    def _files(self, counts: Mapping[str, int]) -> str:
        folders: dict[str, list[str]] = {}
        for path, count in counts.items():
            folder, slash, name = self._parts[path]
            folders.setdefault(folder + slash, []).append(f"{name} {count}" if count > 1 else name)
        return "; ".join(
            folder + (f"{{{', '.join(names)}}}" if folder and len(names) > 1 else ", ".join(names))
            for folder, names in folders.items()
        )

    def _inside(self, counts: Mapping[str, int]) -> dict[str, tuple[int, int]]:
        """Return how much, and how many files, each folder has."""
        inside: dict[str, tuple[int, int]] = {}
        for path, count in counts.items():
            folder = self._parts[path][0]
            total, files = inside.get(folder, (0, 0))
            inside[folder] = total + count, files + 1
        return inside

    def _folders(self, inside: Mapping[str, tuple[int, int]]) -> str:
        found: dict[str, tuple[int, int]] = {}
        for folder, (count, number) in inside.items():
            above = self._above(folder)
            total, files = found.get(above, (0, 0))
            found[above] = total + count, files + number
        return "; ".join(
            f"{folder or '.'}{self._between} {total} in {files} file{'s' * (files > 1)}"
            for folder, (total, files) in found.items()
        )

    def _above(self, folder: str) -> str:
        """Return the folder no deeper than the tree that `folder` is in."""
        if folder.count(self._between) < self._depth:
            return folder
        return self._between.join(folder.split(self._between, self._depth)[: self._depth])
