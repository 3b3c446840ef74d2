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
    matches = [_split(line) if line else None for line in lines]
    known = {path: is_path(path) for path in {match.path for match in matches if match}}
    rows = []
    current = ""
    for line, match in zip(lines, matches, strict=True):
        if not line:
            rows.append(_BLANK)
            continue
        row: Row | None = None
        if current and line.startswith(current + "-"):
            row = _context(line, len(current), current)
        if row is None and match and known[match.path] and not _is_time(match):
            row = match
        row = row or (_unannounced_context(line, known) if known else None)
        if row:
            current = row.path
        rows.append(row or Row("", "", "", line))
    return rows


def _split(line: str) -> Row | None:
    """Return the row of a line such as ``path:12:text``, whatever the path looks like."""
    start = line.find(":", 2, _MAX_PATH)  # The colon of "C:" is the second character.
    end = line.find(":", start + 1, start + 11)
    if start < 0 or end < 0:
        return None
    number = line[start + 1 : end]
    if not (number.isdecimal() and number.isascii()):
        return None
    return Row(line[:start], number, ":", line[end + 1 :])


def _is_time(match: Row) -> bool:
    """Return whether the colons are those of a time of day: ``…_13:53:08 …``."""
    return len(match.number) == 2 and match.path[-2:].isdigit() and match.text[:2].isdigit()


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
