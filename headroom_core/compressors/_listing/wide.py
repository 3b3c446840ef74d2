"""Reads listings whose rows say more than a page has room for: objects of git, inodes.

What stands before paths is cut down to what a reader looks for: `git ls-tree -r` is read as if
`git ls-files` had printed it, `find -ls` as if `du -ab` had, `ls -li` as if it were `ls -l`. What
git says was renamed stands where it is now.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

_MODE: Final = r"[-dlbcpsD][-rwxsStTl]{9}[.+@]?"
_TREE: Final = r"(?:\d{6} (?:blob|tree|commit) [0-9a-f]{40,64}|\d{6} [0-9a-f]{40,64} [0-3])\t(?=\S)"
_SIZED: Final = r"\d{6} (?:blob|tree|commit) [0-9a-f]{40,64} {1,12}(\d{1,12}|-)\t(?=\S)"
_OLD: Final = r"[RC]\d{1,3}\t[^\t\n]{1,400}\t(?=\S)"
_RAW: Final = (
    r":\d{6} \d{6} [0-9a-f]{7,64}\.{0,3} [0-9a-f]{7,64}\.{0,3} "
    r"(?:([MADTUX])\d{0,3}\t|([RC])\d{1,3}\t[^\t\n]{1,400}\t)(?=\S)"
)
_OBJECTS: Final = r"([.MTADRCU]{2}) [NS][.CMU]{3}(?: \d{6}){3,4}(?: [0-9a-f]{40,64}){2,3} "
_STATE: Final = rf"(?:[1u] {_OBJECTS}(?=\S)|2 {_OBJECTS}[RC]\d{{1,3}} ([^\t\n]{{1,400}})\t[^\n]+)"
_MOVED: Final = r"(?:[RC][ MDT]| [RC]) \S{1,400} -> (?=\S)"
_FOUND: Final = (
    rf" {{0,12}}\d{{1,20}} {{1,12}}\d{{1,12}} {_MODE} {{1,20}}\d{{1,9}} {{1,20}}\S{{1,64}}"
    r" {1,60}\S{1,64} {1,60}(\d{1,20}) [A-Z][a-z]{2} {1,2}\d{1,2} {1,2}[\d:]{4,5} (?=\S)"
)
_INODE: Final = rf" {{0,12}}\d{{1,20}} {{1,12}}(?:\d{{1,12}} {{1,12}})?(?={_MODE} )"
_GROUP: Final = re.compile(r"\((?!\?)")
SAID: Final = (
    _GROUP.sub("(?:", "|".join((_TREE, _SIZED, _RAW, _STATE, _OLD, _MOVED, _INODE)))
    + r"|[?!] \S{1,400}$|# branch\.[a-z]{1,9} "
)
"""Matches the rows of such listings."""

_TOTAL: Final = re.compile(r"^total \d", re.MULTILINE)
_SIZE: Final = "size in bytes"
_HASHES: Final = "modes and hashes"
_FORMER: Final = "former names"
_LOOK_AT: Final = 6_000


class Wide(NamedTuple):
    """A listing with less in its rows.

    Attributes:
        text: As many lines as the original has.
        left: What was left out of rows, and of how many.
        number: What a number before a path is, "" if there is none.
    """

    text: str
    left: Mapping[str, int]
    number: str = ""


class _Form(NamedTuple):
    """How the rows of a listing are shortened.

    Attributes:
        pattern: What is cut down in each row; nothing at all in some of them.
        short: What for.
        left: What is left out, and what such rows begin with; "" for all of them.
        number: What a number before a path is.
    """

    pattern: re.Pattern[str]
    short: str | Callable[[re.Match[str]], str]
    left: Mapping[str, str]
    number: str = ""


def _rows(pattern: str) -> re.Pattern[str]:
    return re.compile(f"^(?:{pattern})", re.MULTILINE)


def _as_short_status(row: re.Match[str]) -> str:
    """Return what `git status --short` begins a row with, and a name that has an old one."""
    changed, moved, name, unknown = row.groups()
    state = (changed or moved or unknown * 2).replace(".", " ")
    return f"{state} {name or ''}"


_FORMS: Final = (
    _Form(_rows(_TREE), "", {_HASHES: ""}),
    _Form(_rows(_SIZED), r"\1\t", {_HASHES: ""}, _SIZE),
    _Form(
        _rows(_RAW),
        lambda row: f"{row[1] or row[2]}\t",
        {_HASHES: "", _FORMER: r":[^\t\n]{1,200} [RC]\d{1,3}\t"},
    ),
    _Form(
        _rows(rf"{_STATE}|([?!]) (?=\S)"),
        _as_short_status,
        {_HASHES: "[12u] ", _FORMER: "2 "},
    ),
    _Form(
        _rows(rf"{_OLD}|(?=[MADTUX]\t\S)"),
        lambda row: f"{row[0][0]}\t" if row[0] else "",
        {_FORMER: _OLD},
    ),
    _Form(
        _rows(rf"{_MOVED}|(?=[ MADRCTU?!]{{2}} \S)"),
        lambda row: row[0][:3],
        {_FORMER: _MOVED},
    ),
    _Form(_rows(_FOUND), r"\1\t", {"inodes, modes, owners and dates": ""}, _SIZE),
    _Form(_rows(_INODE), "", {"inodes or blocks": ""}),
)
_ANY: Final = _rows(SAID)


def read(text: str) -> Wide | None:
    """Return `text` with less before its paths; None if its rows say no more than usual."""
    start = text[:_LOOK_AT]
    if not _ANY.search(start):
        return None
    for pattern, short, left, number in _FORMS:
        if not pattern.search(start) or (number and _TOTAL.search(start)):
            continue
        plain, rows = pattern.subn(short, text)
        told = {what: _count(first, text) if first else rows for what, first in left.items()}
        # Folders and totals of `ls` stand on lines of their own.
        if rows * 2 > text.count("\n") and any(told.values()):
            return Wide(plain, told, number)
    return None


def _count(first: str, text: str) -> int:
    return sum(1 for _ in _rows(first).finditer(text))
