"""Reads listings whose rows say more than a page has room for: objects of git, inodes.

What stands before paths is cut down to what a reader looks for: `git ls-tree -r` is read as if
`git ls-files` had printed it, `find -ls` as if `du -ab` had, `ls -li` as if it were `ls -l`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final, NamedTuple

_MODE: Final = r"[-dlbcpsD][-rwxsStTl]{9}[.+@]?"
_TREE: Final = r"(?:\d{6} (?:blob|tree|commit) [0-9a-f]{40,64}|\d{6} [0-9a-f]{40,64} [0-3])\t(?=\S)"
_SIZED: Final = r"\d{6} (?:blob|tree|commit) [0-9a-f]{40,64} {1,12}(\d{1,12}|-)\t(?=\S)"
_RAW: Final = r":\d{6} \d{6} [0-9a-f]{7,64}\.{0,3} [0-9a-f]{7,64}\.{0,3} ([MADTUX])\t(?=\S)"
_STATE: Final = r"[1u] ([.MTADRCU]{2}) [NS][.CMU]{3}(?: \d{6}){3,4}(?: [0-9a-f]{40,64}){2,3} (?=\S)"
_FOUND: Final = (
    rf" {{0,12}}\d{{1,20}} {{1,12}}\d{{1,12}} {_MODE} {{1,20}}\d{{1,9}} {{1,20}}\S{{1,64}}"
    r" {1,60}\S{1,64} {1,60}(\d{1,20}) [A-Z][a-z]{2} {1,2}\d{1,2} {1,2}[\d:]{4,5} (?=\S)"
)
_INODE: Final = rf" {{0,12}}\d{{1,20}} {{1,12}}(?:\d{{1,12}} {{1,12}})?(?={_MODE} )"
_GROUP: Final = re.compile(r"\((?!\?)")
SAID: Final = (
    _GROUP.sub("(?:", "|".join((_TREE, _SIZED, _RAW, _STATE, _INODE)))
    + r"|[?!] \S{1,400}$|# branch\.[a-z]{1,9} "
)
"""Matches the rows of such listings."""

_TOTAL: Final = re.compile(r"^total \d", re.MULTILINE)
_UNTRACKED: Final = re.compile(r"^[?!] (?=\S)", re.MULTILINE)
_SIZE: Final = "size in bytes"
_LOOK_AT: Final = 6_000


class Wide(NamedTuple):
    """A listing with less in its rows.

    Attributes:
        text: As many lines as the original has.
        left: What was left out of rows.
        rows: How many rows that is.
        number: What a number before a path is, "" if there is none.
    """

    text: str
    left: str
    rows: int
    number: str = ""


class _Form(NamedTuple):
    pattern: re.Pattern[str]
    short: str | Callable[[re.Match[str]], str]
    left: str
    number: str = ""


def _as_short_status(row: re.Match[str]) -> str:
    """Return what `git status --short` begins a row with."""
    return f"{row[1].replace('.', ' ') if row[1] else row[2] * 2} "


_FORMS: Final = (
    _Form(re.compile(f"^{_TREE}", re.MULTILINE), "", "modes and hashes"),
    _Form(re.compile(f"^{_SIZED}", re.MULTILINE), r"\1\t", "modes and hashes", _SIZE),
    _Form(re.compile(f"^{_RAW}", re.MULTILINE), r"\1\t", "modes and hashes"),
    _Form(
        re.compile(rf"^(?:{_STATE}|([?!]) (?=\S))", re.MULTILINE),
        _as_short_status,
        "modes and hashes",
    ),
    _Form(
        re.compile(f"^{_FOUND}", re.MULTILINE), r"\1\t", "inodes, modes, owners and dates", _SIZE
    ),
    _Form(re.compile(f"^{_INODE}", re.MULTILINE), "", "inodes or blocks"),
)
_ANY: Final = re.compile(f"^(?:{SAID})", re.MULTILINE)


def read(text: str) -> Wide | None:
    """Return `text` with less before its paths; None if its rows say no more than usual."""
    start = text[:_LOOK_AT]
    if not _ANY.search(start):
        return None
    for pattern, short, left, number in _FORMS:
        if not pattern.search(start) or (number and _TOTAL.search(start)):
            continue
        plain, rows = pattern.subn(short, text)
        # Folders and totals of `ls` stand on lines of their own.
        if rows * 2 > text.count("\n"):
            told = rows - len(_UNTRACKED.findall(text)) if short is _as_short_status else rows
            return Wide(plain, left, told, number)
    return None
