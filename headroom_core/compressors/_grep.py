"""Reads the output of grep and ripgrep: which file, which line, what stands there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

NUMBERED: Final = re.compile(r"([0-9]{1,9})([:-])")

_CONTEXT = re.compile(r"-([0-9]{1,9})-")
_PATH = re.compile(
    r"(?:[A-Za-z]:)?(?:[\w.@+~$(){}\[\]-]*[/\\](?:[^\x00-\x1f<>\"|*?:]*[^\x00-\x20<>\"|*?:/\\])"
    r"|[\w.@+-]*[A-Za-z_][\w@+-]*\.[A-Za-z][\w+-]{0,11}"
    r"|(?:GNUm|M|m)akefile|(?:Docker|Container|Jenkins|Vagrant|Gem|Rake|Proc|Just)file"
    r"|README|LICENSE|CHANGELOG|BUILD|WORKSPACE)"
)
_MAX_PATH: Final = 400
_MAX_CANDIDATES: Final = 8


class Row(NamedTuple):
    """One line of the output. A tuple, because there are a thousand of them in 100 kB.

    Attributes:
        path: The file; "" for a line that is none of ours and stands whole in `text`.
        number: The line number as written; "" on a line that only names the file.
        mark: ":" on a match, "-" on a line of context, "" otherwise.
        text: What stands in the line.
    """

    path: str
    number: str
    mark: str
    text: str


_BLANK: Final = Row("", "", "", "")


@dataclass(frozen=True, slots=True)
class Listing:
    """The whole output, line by line.

    Attributes:
        rows: One for every line, in order.
        headed: Whether paths stand above their rows (``rg --heading``), not in them.
    """

    rows: Sequence[Row]
    headed: bool


def read(lines: Sequence[str]) -> Listing:
    """Return what `lines` say; lines of any other shape are carried in rows without a path."""
    if any(
        NUMBERED.match(lines[i + 1]) and is_path(lines[i]) for i in range(min(len(lines), 50) - 1)
    ):
        return Listing(_read_headed(lines), headed=True)
    return Listing(_read_plain(lines), headed=False)


def is_path(text: str) -> bool:
    """Return whether `text` looks like the path of a file; dates, times and words do not."""
    return len(text) <= _MAX_PATH and _PATH.fullmatch(text) is not None


def _read_plain(lines: Sequence[str]) -> list[Row]:
    matches = [_split(line) for line in lines]
    known = {path: is_path(path) for path in {match[0] for match in matches if match}}
    matches = [match if match and known[match[0]] else None for match in matches]
    if not any(known.values()):
        return [Row("", "", "", line) for line in lines]
    if all(matches[:-1]):
        return [row or Row("", "", "", line) for row, line in zip(matches, lines, strict=True)]
    rows = []
    current = "\n"
    for line, match in zip(lines, matches, strict=True):
        if not line:
            rows.append(_BLANK)
            continue
        row = match
        if line.startswith(current):
            row = _context(line, len(current) - 1, current[:-1]) or match
        row = row or _unannounced_context(line, known)
        if row and row.path != current[:-1]:
            current = f"{row.path}-"
        rows.append(row or Row("", "", "", line))
    return rows


def _split(line: str) -> Row | None:
    """Return the row of a line such as ``path:12:text``, unless the colons are a time of day."""
    drive = 2 * (line[1:2] == ":")
    parts = line[drive:].split(":", 2) if drive else line.split(":", 2)
    if len(parts) < 3:
        return None
    path, number, text = line[:drive] + parts[0], parts[1], parts[2]
    if not (number.isdecimal() and number.isascii() and len(number) < 10):
        return None
    if len(number) == 2 and path[-2:].isdigit() and text[:2].isdigit():
        return None
    return Row(path, number, ":", text)


def _context(line: str, start: int, path: str) -> Row | None:
    match = _CONTEXT.match(line, start)
    return Row(path, match[1], "-", line[match.end() :]) if match else None


def _unannounced_context(line: str, known: dict[str, bool]) -> Row | None:
    """Return the row of a context line that stands above the first match of its file."""
    position = 0
    for _ in range(_MAX_CANDIDATES):
        match = _CONTEXT.search(line, position, _MAX_PATH)
        if match is None:
            return None
        if known.get(line[: match.start()]):
            return _context(line, match.start(), line[: match.start()])
        position = match.start() + 1
    return None


def _read_headed(lines: Sequence[str]) -> list[Row]:
    rows = []
    current = ""
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        match = NUMBERED.match(line)
        if match and current:
            rows.append(Row(current, match[1], match[2], line[match.end() :]))
        elif NUMBERED.match(following) and is_path(line):
            current = line
            rows.append(Row(current, "", "", ""))
        else:
            current = current if line == "--" else ""
            rows.append(Row("", "", "", line))
    return rows
