"""Reads and spells the output of `ls -l`, `ls -la`, `ls -R` and `ls -laR`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

_DATE: Final = (
    r"[A-Z][a-z]{2} [ \d]\d (?:\d\d:\d\d| \d{4})"
    r"|\d{4}-\d\d-\d\d \d\d:\d\d(?::\d\d\.\d{1,9} [+-]\d{4})?"
    r"|\d\d-\d\d \d\d:\d\d|\d{4}-\d\d-\d\d "
)
ROW: Final = re.compile(
    r"([-dlbcpsD][-rwxsStTl]{9}[.+@]?) {1,20}(\d{1,9}) (\S{1,64}) {1,60}"
    r"(?:([^\s\d]\S{0,63}|\d{1,9}) {1,60})??"
    rf"(\d[\d.]{{0,20}}[KMGTPE]?) ({_DATE}) ([^\n]+)"
)
_TOTAL: Final = re.compile(r"total (\d[\d.,]{0,20}[KMGTPE]?)")
_BLOCK: Final = 4096


class Row(NamedTuple):
    """A line of `ls -l`: its columns as they are written, without the blanks around them."""

    mode: str
    links: str
    owner: str
    group: str
    size: str
    date: str
    name: str


class Block(NamedTuple):
    """What `ls` says about one folder.

    Attributes:
        folder: The line above it without its colon; None if there is no such line.
        total: What stands behind "total"; None if there is no such line.
        rows: Its entries.
        names: Its entries where `ls` only said their names.
    """

    folder: str | None
    total: str | None
    rows: Sequence[Row]
    names: Sequence[str]


def read(lines: Sequence[str]) -> list[Block] | None:
    """Return the blocks that `lines` are; None if they are anything else."""
    blocks = []
    start = 0
    for end in [*(index for index, line in enumerate(lines) if not line), len(lines)]:
        block = _block(lines[start:end])
        if block is None:
            return None
        blocks.append(block)
        start = end + 1
    return blocks


def _block(lines: Sequence[str]) -> Block | None:
    folder = total = None
    rest = list(lines)
    if rest and rest[0].endswith(":"):
        folder = rest.pop(0)[:-1]
    if rest and (match := _TOTAL.fullmatch(rest[0])):
        total = match[1]
        rest.pop(0)
    rows = [match.groups("") for match in map(ROW.fullmatch, rest) if match]
    if not rows:
        return Block(folder, total, [], rest) if folder is not None else None
    return Block(folder, total, [Row(*row) for row in rows], []) if len(rows) == len(rest) else None


def spell(blocks: Iterable[Block], gap: int) -> str:
    """Return the text that `blocks` were; BSD has a `gap` of 2 blanks where GNU has 1."""
    texts = []
    for block in blocks:
        lines = [] if block.folder is None else [f"{block.folder}:"]
        lines += [] if block.total is None else [f"total {block.total}"]
        lines += [*block.names, *_aligned(block.rows, gap)]
        texts.append("\n".join(lines))
    return "\n\n".join(texts)


def _aligned(rows: Sequence[Row], gap: int) -> Iterator[str]:
    if not rows:
        return
    mode, links, owner, group, size = (
        max([len(row[column]) for row in rows]) for column in range(5)
    )
    mode = max(mode, 9 + gap)
    between = " " * gap
    for row in rows:
        grouped = f"{row.group:<{group}}{between}" if group else ""
        yield (
            f"{row.mode:<{mode}} {row.links:>{links}} {row.owner:<{owner}}{between}{grouped}"
            f"{row.size:>{size}} {row.date} {row.name}"
        )


def usual_total(rows: Iterable[Row]) -> str | None:
    """Return the kilobytes that files of these sizes take on most disks."""
    total = 0
    for row in rows:
        if not row.size.isdecimal():
            return None
        if row.mode[:1] in ("-", "d"):
            total += -(-int(row.size) // _BLOCK) * _BLOCK // 1024
    return str(total)
