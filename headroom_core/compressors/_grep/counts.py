"""Writes how many matches each file has (``grep -c``), folder by folder, and turns it back.

Below the first line, which says what all paths begin with::

    app/: a.py 12, b.py, c.py 3     files of a folder, in order; no number means 0
    ./: d.py 1                      files in no folder
    |line                           a line that is no count
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from headroom_core.compressors._fit import fit
from headroom_core.compressors._grep.paths import common_root, separator
from headroom_core.compressors._grep.rows import SearchResults, SearchRow
from headroom_core.compressors._grep.tree import FileTree
from headroom_core.relevance import score_units
from headroom_core.types import Budget, Compressed

NOTE: Final = "path:number by folder; no number: 0"
_OPENING = re.compile(r"counts, (backslashes, )?root (.*)", re.DOTALL)
_NAMED = re.compile(r"(.+?)(?: ([0-9]{1,9}))?", re.DOTALL)
_UNSAFE = re.compile(r", |: |\A\||\A\Z| [0-9]{1,9}\Z")
_HERE: Final = "."
_TREE_SHARE: Final = 0.25
_LETTERS: Final = 3
_SAMPLE: Final = 500


def encode(listing: SearchResults) -> tuple[str, str]:
    """Return the body, the same files by folder, and how to read it."""
    paths = list(dict.fromkeys(row.path for row in listing.rows() if row.path))
    between = separator(paths)
    root = common_root(paths, between)
    words = "backslashes, " if between == "\\" else ""
    body = [f"counts, {words}root {root}"]

    def folder_of(row: SearchRow) -> str | None:
        folder, slash, name = row.path[len(root) :].rpartition(between)
        if not row.path or _UNSAFE.search(name) or (_UNSAFE.search(folder) and folder):
            return None
        if (row.number != "0" and row.number.startswith("0")) or folder == _HERE:
            return None
        return folder + slash if slash else _HERE + between

    for folder, rows in groupby(listing.rows(), folder_of):
        if folder is None:
            body += [f"|{row.path}:{row.number}" if row.path else f"|{row.text}" for row in rows]
        else:
            named = [
                row.path.rpartition(between)[2] + (f" {row.number}" if row.number != "0" else "")
                for row in rows
            ]
            body.append(f"{folder}: {', '.join(named)}")
    return "\n".join(body), NOTE


def render(listing: SearchResults, budget: Budget, query: str) -> Compressed | None:
    """Return the files that the question is about or that have most; the others are counted."""
    rows = [row for row in listing.rows() if row.path or row.text.strip()]
    lines = [f"{row.path}:{row.number}" if row.path else row.text for row in rows]
    keep = budget.keep
    kept = [keep is not None and keep.search(line) is not None for line in lines]
    scores = score_units([row.path for row in rows], query)
    counts = [int(row.number or 0) for row in rows]
    order = sorted(range(len(rows)), key=lambda i: (kept[i], scores[i], counts[i]), reverse=True)
    paths = [row.path for row in rows]
    some = {path: count for path, count in zip(paths, counts, strict=True) if count}
    tree = FileTree(some, separator(paths), int(_TREE_SHARE * _LETTERS * (budget.tokens or 0)))

    def write(room: float) -> Compressed | None:
        chosen: set[int] = set()
        left = room * (1 - _TREE_SHARE)
        for index in order:
            left -= len(lines[index]) + 1
            useful = left >= 0 and (counts[index] or scores[index])
            if not useful and not kept[index]:
                break
            chosen.add(index)
        others = {rows[i].path: counts[i] for i in order if i not in chosen and counts[i]}
        page = [lines[index] for index in order if index in chosen]
        if others:
            page.append("also in " + tree.text(others))
        none = len(rows) - len(chosen) - len(others)
        if none:
            page.append(f"0 in {none} other files")
        return Compressed("\n".join(page), f"{len(rows) - len(chosen)} of {len(rows)} files")

    return fit("\n".join(lines[:_SAMPLE]), budget, write)


def decode(first: str, lines: Sequence[str]) -> str:
    """Return the exact lines that a body of `encode` stands for.

    Raises:
        ValueError: If it is none.
    """
    opening = _OPENING.fullmatch(first)
    if opening is None:
        raise ValueError("the first line does not name the root")
    return "\n".join(_decode(lines, opening[2], "\\" if opening[1] else "/"))


def _decode(lines: Sequence[str], root: str, between: str) -> Iterator[str]:
    for line in lines:
        if line.startswith("|"):
            yield line[1:]
            continue
        folder, colon, listed = line.partition(": ")
        if not colon:
            raise ValueError("a line that is no folder")
        folder = "" if folder == _HERE + between else folder
        for named in listed.split(", "):
            match = _NAMED.fullmatch(named)
            if match is None:
                raise ValueError("a file without a name")
            yield f"{root}{folder}{match[1]}:{match[2] or 0}"
