"""Lays a listing out as entries one by one, for choosing among them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from headroom_core.compressors._listing import OTHER, Listing, quoted
from headroom_core.compressors._listing_layout import Usual, item
from headroom_core.compressors._listing_long import Block
from headroom_core.compressors._listing_tree import SLASH


class Entry(NamedTuple):
    """A line of a listing.

    Attributes:
        section: How many groups of lines that are no entries stand above it.
        folder: The folder it is in, with its last slash; `OTHER` for a line that is no entry.
        name: Its name, without a slash at the end.
        token: How it is written behind its folder.
        value: What is said in brackets before it, where that changes.
        size: The number that is said with it, 0 for none.
        line: The line itself.
    """

    section: int
    folder: str
    name: str
    token: str
    value: str
    size: float
    line: str


_UNITS = {"K": 1e3, "M": 1e6, "G": 1e9, "T": 1e12, "P": 1e15, "E": 1e18}


def of_listing(listing: Listing) -> Iterator[Entry]:
    """Yield the entries of a list of paths or a tree."""
    style = listing.style
    section = 0
    inside = style.top
    if style.top:
        yield Entry(0, "", ".", ".", "", 0, f"{style.before}{style.root[:-1]}{style.listed}")
    for run in listing.runs:
        if run.folder == OTHER:
            section += inside
            inside = False
            yield from (Entry(section, OTHER, "", "", "", 0, line) for line in run.names)
            continue
        inside = True
        if not run.befores and not style.tree:
            base = style.root + run.folder
            yield from [
                Entry(section, run.folder, name.rstrip("/"), quoted(name), "", 0, base + name)
                for name in run.names
            ]
            continue
        befores = run.befores or [""] * len(run.names)
        for name, before in zip(run.names, befores, strict=True):
            shown = name.replace(SLASH, "/")
            value = style.frame.take(before) if before else ""
            size = _number(value) if value else 0
            line = f"{before}{style.root}{run.folder}{shown}"
            token = quoted(shown)
            if style.each:
                token, value = f"{token}={value}", ""
            yield Entry(section, run.folder, shown.rstrip("/"), token, value, size, line)


def of_blocks(blocks: Sequence[Block], inner: Sequence[str], usual: Usual) -> Iterator[Entry]:
    """Yield the entries of what `ls` printed, without "." and ".."."""
    for block, folder in zip(blocks, inner, strict=True):
        for row in block.rows:
            if row.name not in (".", ".."):
                size = _number(row.size) if row.mode[0] == "-" else 0
                line = " ".join(row)
                yield Entry(0, folder, row.name, item(row, usual), row.date, size, line)
        for name in block.names:
            yield Entry(0, folder, name, quoted(name), "", 0, folder + name)


def _number(value: str) -> float:
    digits = value.strip(" ").rstrip("KMGTPEiB")
    if not digits.replace(".", "", 1).isdecimal() or len(digits) > len("9" * 20):
        return 0
    return float(digits) * _UNITS.get(value.strip(" ")[len(digits) :][:1], 1)
