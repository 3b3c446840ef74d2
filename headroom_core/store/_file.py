"""The file of a SQLite store: private, and known again when somebody swaps it."""

from __future__ import annotations

import contextlib
import os
from collections.abc import MutableMapping
from pathlib import Path
from typing import Any, Final, TypeAlias

_PRIVATE_FILE: Final = 0o600
_PRIVATE_FOLDER: Final = 0o700
FileState: TypeAlias = tuple[int, int, int]
"""Device, inode and size."""

_SIDE_FILES: Final = ("", "-wal", "-shm")


class StoreFile:
    """Where a SQLite store is.

    Never opens a file that exists: closing it would drop the locks that SQLite holds on it for
    this process (https://www.sqlite.org/howtocorrupt.html, section 2.2).

    Args:
        path: Of the database.
        owns_folder: Whether the folder is ours alone, and so made private if it is not.
    """

    def __init__(self, path: Path, *, owns_folder: bool) -> None:
        self.path = path.absolute()
        self._owns_folder = owns_folder

    def create(self) -> None:
        """Make the folder and an empty file if missing, and take all rights from others.

        Raises:
            OSError: If that is not possible.
        """
        folder = self.path.parent
        if not folder.is_dir():
            folder.mkdir(_PRIVATE_FOLDER, parents=True, exist_ok=True)
        elif self._owns_folder:
            _tighten(folder, _PRIVATE_FOLDER)
        with contextlib.suppress(FileExistsError):
            os.close(os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_EXCL, _PRIVATE_FILE))
        if not self.path.is_file():
            raise IsADirectoryError(f"{self.path} is not a file")
        for ending in _SIDE_FILES:
            _tighten(self.path.with_name(self.path.name + ending), _PRIVATE_FILE)

    def state(self) -> FileState:
        """Return what tells the file that is there now from another one."""
        now = self.path.stat()
        return now.st_dev, now.st_ino, now.st_size

    def was_swapped(self, info: MutableMapping[Any, Any]) -> bool:
        """Return whether the file was deleted, replaced or cut under an open connection.

        SQLite does not notice: it goes on writing to a file that nobody can find any more.

        Args:
            info: Of the connection; the state of the file when it was last used is kept there.
        """
        try:
            now = self.state()
        except FileNotFoundError:
            return True
        before: FileState = info.setdefault("file", now)
        info["file"] = now
        return now[:2] != before[:2] or now[2] < before[2]


def _tighten(path: Path, mode: int) -> None:
    # What belongs to another user is theirs to protect.
    with contextlib.suppress(FileNotFoundError, PermissionError):
        if path.stat().st_mode & 0o777 & ~mode:
            path.chmod(mode)
