"""Writes the files that a commit changed by folder, and turns them back into git's own lists.

Of ``--stat`` the bars and the last line are left out: they follow from the numbers, by the rule
that git draws them with. Where they do not (bars that stand for many lines each), nothing is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Final, NamedTuple

from headroom_core.compressors._history.stat import (
    LINE,
    NAME,
    FileChange,
    Stat,
    draw_stat,
    read_stat,
)

KINDS: Final = ("stat", "numstat", "status", "names")

_LINE: Final = 100
_IN_ALL: Final = "in all"
_NUMSTAT = re.compile(rf"(\d+|-)\t(\d+|-)\t({NAME})")
_STATUS = re.compile(rf"([ACDMTUXB])\t({NAME})")
_ONLY_NAME = re.compile(r"(?! )[^\s,;|]{1,400}(?<![:/])")
_ENTRY = re.compile(
    rf"({NAME}|in all) (\+\d+(?: -\d+)?|-\d+|0|\d+ [+-]+|Bin(?: \d+ -> \d+ bytes)?)"
)
_CHANGES = re.compile(r"(?:\+(\d+))?(?: ?-(\d+))?")


class FileEntry(NamedTuple):
    """One file: its path, what is said behind it, and the letter before it ("" for none)."""

    path: str
    note: str
    letter: str = ""


def kind_of(block: str) -> str:
    """Return the kind of list that `block` is, "" for none that can be written shorter."""
    first, _, rest = block.partition("\n")
    if first[:1] == " ":
        return "stat" if LINE.fullmatch(first) else ""
    if _NUMSTAT.fullmatch(first):
        return "numstat"
    if _STATUS.fullmatch(first):
        return "status"
    return "names" if _ONLY_NAME.fullmatch(first) and rest[:1] != " " else ""


def encode(block: str, kind: str) -> list[str] | None:
    """Return lines that say what `block` says, None if they could not be turned back."""
    read = _READERS.get(kind)
    entries = read(block) if read else None
    return _fold(entries) if entries else None


def decode(lines: Sequence[str], kind: str) -> str:
    """Return the block that `lines` stand for.

    Raises:
        ValueError: If they stand for none.
    """
    write = _WRITERS.get(kind)
    if write is None:
        raise ValueError("no such list of files")
    return write([entry for line in lines for entry in _unfold(line, kind)])


def note_of(added: int, deleted: int) -> str:
    """Return how many lines a file gained and lost, in short."""
    if added and deleted:
        return f"+{added} -{deleted}"
    return f"+{added}" if added else f"-{deleted}" if deleted else "0"


def _read_stat(block: str) -> list[FileEntry] | None:
    stat = read_stat(block)
    if stat is None:
        return None
    entries = []
    for path, added, deleted, shown in stat.changes:
        if not shown:
            note = note_of(added, deleted)
        else:
            note = shown if shown[0] == "B" else f"{added} {shown}"
        entries.append(FileEntry(path, note))
    if (stat.added, stat.deleted) != _sums(stat.changes):
        entries.append(FileEntry(_IN_ALL, note_of(stat.added, stat.deleted)))
    return entries


def _read_numstat(block: str) -> list[FileEntry] | None:
    entries = []
    for line in block.split("\n"):
        match = _NUMSTAT.fullmatch(line)
        if match is None or (match[1] == "-") != (match[2] == "-"):
            return None
        note = "Bin" if match[1] == "-" else note_of(int(match[1]), int(match[2]))
        if line != _numstat_line(FileEntry(match[3], note)):
            return None
        entries.append(FileEntry(match[3], note))
    return entries


def _read_status(block: str) -> list[FileEntry] | None:
    matches = [_STATUS.fullmatch(line) for line in block.split("\n")]
    return [FileEntry(m[2], "", m[1]) for m in matches if m] if all(matches) else None


def _read_names(block: str) -> list[FileEntry] | None:
    names = block.split("\n")
    return (
        [FileEntry(name, "") for name in names] if all(map(_ONLY_NAME.fullmatch, names)) else None
    )


def _write_stat(entries: Sequence[FileEntry]) -> str:
    found = []
    total = None
    for path, note, _ in entries:
        if path == _IN_ALL:
            total = _numbers(note)
        elif note[:1] == "B":
            found.append(FileChange(path, 0, 0, note))
        elif note[0].isdigit() and note != "0":
            changed, _, bar = note.partition(" ")
            found.append(FileChange(path, int(changed), 0, bar))
        else:
            found.append(FileChange(path, *_numbers(note)))
    if not found:
        raise ValueError("no files")
    added, deleted = total or _sums(found)
    return draw_stat(Stat(found, added, deleted))


def _sums(changes: Sequence[FileChange]) -> tuple[int, int]:
    return sum([change.added for change in changes]), sum([change.deleted for change in changes])


def _numstat_line(entry: FileEntry) -> str:
    if entry.note == "Bin":
        return f"-\t-\t{entry.path}"
    added, deleted = _numbers(entry.note)
    return f"{added}\t{deleted}\t{entry.path}"


def _numbers(note: str) -> tuple[int, int]:
    match = _CHANGES.fullmatch("" if note == "0" else note)
    if match is None:
        raise ValueError("no number of changes")
    return int(match[1] or 0), int(match[2] or 0)


def _fold(entries: Sequence[FileEntry]) -> list[str]:
    """Return lines of groups: ``a/: x +1, y -2; b/z +3``, or ``M a/: x, y; A b/z``."""
    groups: list[tuple[str, str, list[str]]] = []
    last = ("", "")
    for path, note, letter in entries:
        cut = path.rfind("/") + 1
        place = (letter, path[:cut])
        part = f"{path[cut:]} {note}" if note else path[cut:]
        if groups and place == last:
            groups[-1][2].append(part)
        else:
            groups.append((letter, path[:cut], [part]))
            last = place
    lines: list[str] = []
    for letter, folder, parts in groups:
        colon = ": " if folder and len(parts) > 1 else ""
        group = f"{letter}{' ' if letter else ''}{folder}{colon}{', '.join(parts)}"
        if lines and len(lines[-1]) + len(group) <= _LINE:
            lines[-1] += f"; {group}"
        else:
            lines.append(group)
    return lines


def _unfold(line: str, kind: str) -> Iterator[FileEntry]:
    for part in line.split("; "):
        letter, _, group = part.partition(" ") if kind == "status" else ("", "", part)
        folder, colon, rest = group.partition("/: ")
        folder, members = (f"{folder}/", rest) if colon else ("", group)
        for member in members.split(", "):
            if kind in ("status", "names"):
                yield FileEntry(folder + member, "", letter)
            elif match := _ENTRY.fullmatch(member):
                yield FileEntry(folder + match[1], match[2])
            else:
                raise ValueError("no file with its changes")


_READERS: Final[dict[str, Callable[[str], list[FileEntry] | None]]] = {
    "stat": _read_stat,
    "numstat": _read_numstat,
    "status": _read_status,
    "names": _read_names,
}
_WRITERS: Final[dict[str, Callable[[Sequence[FileEntry]], str]]] = {
    "stat": _write_stat,
    "numstat": lambda entries: "\n".join(map(_numstat_line, entries)),
    "status": lambda entries: "\n".join(f"{e.letter}\t{e.path}" for e in entries),
    "names": lambda entries: "\n".join(e.path for e in entries),
}
