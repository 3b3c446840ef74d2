"""Lays a listing out as entries one by one, for choosing among them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from headroom_core.compressors._listing.layout import Usual, items
from headroom_core.compressors._listing.long import Long, Row
from headroom_core.compressors._listing.model import OTHER, SIGNS, Listing, Run, quoted
from headroom_core.compressors._listing.tree import SLASH

At: TypeAlias = tuple[int, str]
"""How many groups of lines that are no entries stand above, and a folder with its last slash."""

_SECTIONS: Final = 12
_DOTS: Final = (".", "..")
_LONGEST_NUMBER: Final = 20
_UNITS: Final = {"K": 1e3, "M": 1e6, "G": 1e9, "T": 1e12, "P": 1e15, "E": 1e18}


@dataclass(frozen=True, slots=True)
class Entries:
    """The entries of a listing, each with an index, and the lines that are none.

    Attributes:
        runs: The folder, the first index and the next one of entries that stand together.
        folders: The folder of each entry.
        names: Their names, without slashes at the end.
        tokens: How they are written behind their folder.
        values: What is said in brackets before them, where that changes; empty for nothing.
        sizes: The numbers that are said with them, 0 for none; empty for none at all.
        lines: The lines that they were.
        others: For each section, the lines that are no entries.
        left: What is never shown: what it is, and how often.
        brief: Whether all of them would still be less than the listing.
    """

    runs: Sequence[tuple[At, int, int]]
    folders: Sequence[At]
    names: Sequence[str]
    tokens: Sequence[str]
    values: Sequence[str]
    sizes: Sequence[float]
    lines: Sequence[str]
    others: Mapping[int, Sequence[str]]
    left: Mapping[str, int]
    brief: bool = False


def of_listing(listing: Listing, text: str) -> Entries:
    """Return the entries of a list of paths or a tree, which `text` says."""
    runs, style, _ = listing
    lines = text.split("\r\n" if style.crlf else "\n")
    top: list[Run] = [("", ["."], [""])] if style.top else []
    grouped, others, kept = _grouped([*top, *runs], lines)
    shown = [name for _, names, _ in grouped for name in names]
    if style.tree and SLASH in "\n".join(shown):
        shown = [name.replace(SLASH, "/") for name in shown]
    befores = [told for _, names, befores in grouped for told in befores or [""] * len(names)]
    told = style.frame.values(befores)
    values = [told[before] if before else "" for before in befores] if any(befores) else []
    numbers = {value: _number(value) for value in set(values)}
    sizes = [numbers[value] for value in values]
    tokens = _quoted(shown)
    if style.each and values:
        tokens = [f"{token}={value}" for token, value in zip(tokens, values, strict=True)]
        values = []
    bare = [name.rstrip("/") for name in shown] if "/" in "\n".join(shown) else shown
    return _entries(
        ((at, len(names)) for at, names, _ in grouped),
        bare,
        tokens,
        values,
        sizes,
        kept,
        others,
        {},
    )


def of_long(long: Long, inner: Sequence[str], usual: Usual, text: str) -> Entries:
    """Return the entries of what `ls` printed, without "." and "..", which `text` says."""
    groups: list[tuple[At, int]] = []
    names: list[str] = []
    rows: list[Row | None] = []
    lines: list[str] = []
    for block, folder, part in zip(long.blocks, inner, text.split("\n\n"), strict=True):
        first = (block.folder is not None) + (block.total is not None)
        own = part.split("\n")[first:]
        of_block: Sequence[Row | None] = block.rows or [None] * len(block.names)
        if block.rows and block.rows[0][3] in _DOTS:
            of_block = [row for row in block.rows if row[3] not in _DOTS]
            own = [line for line, row in zip(own, block.rows, strict=True) if row[3] not in _DOTS]
        groups.append(((0, folder), len(of_block)))
        names += block.names or [row[3] for row in of_block if row]
        rows += of_block
        lines += own
    said = [row for row in rows if row]
    left = {
        "totals": sum(block.total is not None for block in long.blocks),
        "rows of . and ..": sum(len(block.rows) for block in long.blocks) - len(said),
    }
    if not said:
        return _entries(groups, names, _quoted(names), [], [], lines, {}, left)
    tokens = iter(items(said, usual))
    shown = [next(tokens) if row else quoted(name) for row, name in zip(rows, names, strict=True)]
    values = [row[2] if row else "" for row in rows]
    sizes = [_number(row[1]) if row and row[0][0][0] == "-" else 0.0 for row in rows]
    return _entries(groups, names, shown, values, sizes, lines, {}, left)


def _entries(
    groups: Iterable[tuple[At, int]],
    names: Sequence[str],
    tokens: Sequence[str],
    values: Sequence[str],
    sizes: Sequence[float],
    lines: Sequence[str],
    others: Mapping[int, Sequence[str]],
    left: Mapping[str, int],
) -> Entries:
    runs = []
    folders: list[At] = []
    for at, count in groups:
        runs.append((at, len(folders), len(folders) + count))
        folders += [at] * count
    return Entries(runs, folders, names, tokens, values, sizes, lines, others, left)


def _grouped(
    runs: Sequence[Run], lines: Sequence[str]
) -> tuple[list[tuple[At, Sequence[str], Sequence[str]]], dict[int, list[str]], list[str]]:
    """Return runs with their sections, the lines that are no entries, and the lines that are."""
    grouped = []
    others: dict[int, list[str]] = {}
    kept: list[str] = []
    section = number = 0
    inside = False
    for folder, names, befores in runs:
        own = lines[number : number + len(names)]
        number += len(names)
        if folder == OTHER:
            section += inside
            inside = False
            others.setdefault(section, []).extend(own)
            continue
        inside = True
        kept += own
        grouped.append(((section, folder), names, befores))
    if section > _SECTIONS:
        grouped = [((0, at[1]), names, befores) for at, names, befores in grouped]
        others = {0: [line for lines in others.values() for line in lines]}
    return grouped, others, kept


def _quoted(names: Sequence[str]) -> list[str]:
    joined = "\n".join(names)
    return [quoted(name) for name in names] if any(sign in joined for sign in SIGNS) else [*names]


def _number(value: str) -> float:
    if value.isdecimal() and len(value) <= _LONGEST_NUMBER:
        return float(value)
    bare = value.strip(" ")
    digits = bare.rstrip("KMGTPEiB")
    if not digits.replace(".", "", 1).isdecimal() or len(digits) > _LONGEST_NUMBER:
        return 0.0
    return float(digits) * _UNITS.get(bare[len(digits) :][:1], 1)
