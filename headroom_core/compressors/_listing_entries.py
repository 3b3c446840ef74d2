"""Lays a listing out as entries one by one, for choosing among them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from headroom_core.compressors._listing import OTHER, Listing, quoted
from headroom_core.compressors._listing_layout import Usual, items
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
    for folder, names, befores in listing.runs:
        if folder == OTHER:
            section += inside
            inside = False
            yield from (Entry(section, OTHER, "", "", "", 0, line) for line in names)
            continue
        inside = True
        if not befores and not style.tree:
            base = style.root + folder
            yield from [
                Entry(section, folder, name.rstrip("/"), quoted(name), "", 0, base + name)
                for name in names
            ]
            continue
        for name, before in zip(names, befores or [""] * len(names), strict=True):
            shown = name.replace(SLASH, "/")
            value = style.frame.values([before])[before] if before else ""
            size = _number(value) if value else 0
            line = f"{before}{style.root}{folder}{shown}"
            token = quoted(shown)
            if style.each:
                token, value = f"{token}={value}", ""
            yield Entry(section, folder, shown.rstrip("/"), token, value, size, line)


def of_blocks(blocks: Sequence[Block], inner: Sequence[str], usual: Usual) -> Iterator[Entry]:
    """Yield the entries of what `ls` printed, without "." and ".."."""
    for block, folder in zip(blocks, inner, strict=True):
        for row, token in zip(block.rows, items(block.rows, usual), strict=True):
            columns, told, date, name = row
            if name not in (".", ".."):
                size = _number(told) if columns[0][0] == "-" else 0
                line = " ".join([*columns, told, date, name])
                yield Entry(0, folder, name, token, date, size, line)
        for name in block.names:
            yield Entry(0, folder, name, quoted(name), "", 0, folder + name)


def _number(value: str) -> float:
    digits = value.strip(" ").rstrip("KMGTPEiB")
    if not digits.replace(".", "", 1).isdecimal() or len(digits) > len("9" * 20):
        return 0
    return float(digits) * _UNITS.get(value.strip(" ")[len(digits) :][:1], 1)
