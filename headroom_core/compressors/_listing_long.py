"""Reads and spells the output of `ls -l`, `ls -la`, `ls -R` and `ls -laR`."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final, NamedTuple, TypeAlias

_DATE: Final = (
    r"[A-Z][a-z]{2} [ \d]\d (?:\d\d:\d\d| \d{4})"
    r"|\d{4}-\d\d-\d\d \d\d:\d\d(?::\d\d\.\d{1,9} [+-]\d{4})?"
    r"|\d\d-\d\d \d\d:\d\d|\d{4}-\d\d-\d\d "
)
_ROW: Final = re.compile(
    r"^([-dlbcpsD][-rwxsStTl]{9}[.+@]? {1,20}\d{1,9} \S{1,64}"
    r"(?: {1,60}(?:[^\s\d]\S{0,63}|\d{1,9}))??)"
    rf"( {{1,60}}\d[\d.]{{0,20}}[KMGTPE]?) ({_DATE}) ([^\n]+)$",
    re.MULTILINE,
)
_TOTAL: Final = re.compile(r"total (\d[\d.,]{0,20}[KMGTPE]?)$", re.MULTILINE)
_DISK_BLOCK: Final = 4096
_SHORTEST_MODE: Final = 9

Columns: TypeAlias = tuple[str, str, str, str]
"""Mode, number of links, owner and group, "" for none, as they are written."""

Row: TypeAlias = tuple[Columns, str, str, str]
"""A line of `ls -l`: its first columns, size, date and name, without the blanks around them."""

Widths: TypeAlias = tuple[int, int, int, int, int]
"""How wide the mode, links, owner, group and size are."""

NO_WIDTHS: Final[Widths] = (0, 0, 0, 0, 0)


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


class Long(NamedTuple):
    """All that `ls` said.

    Attributes:
        blocks: What it said about each folder.
        gap: How many blanks it puts between columns: BSD 2, GNU 1; 0 if columns are set otherwise.
        wide: How wide the columns of the last block are at least: rows cut off made them so.
    """

    blocks: Sequence[Block]
    gap: int
    wide: Widths


def read(text: str) -> Long | None:
    """Return what `text` says, which must not end with a line break; None if it is no `ls`."""
    columns: dict[str, Columns] = {}
    blocks = []
    gaps = {1, 2}
    found: list[tuple[str, str, str, str]] = []
    for part in text.split("\n\n"):
        gaps = {gap for gap in gaps if _widths(found, columns, gap, NO_WIDTHS)}
        folder, total, rest = _opened(part)
        found = _ROW.findall(rest)
        if found and len(found) != rest.count("\n") + 1 or not found and folder is None:
            return None
        columns |= {head: _columns(head) for head in {row[0] for row in found} - columns.keys()}
        rows = [(columns[head], size.lstrip(" "), date, name) for head, size, date, name in found]
        names = rest.split("\n") if rest and not found else []
        blocks.append(Block(folder, total, rows, names))
    for gap in sorted(gaps):
        for wide in (NO_WIDTHS, _wide(found, columns, gap)):
            if _widths(found, columns, gap, wide):
                return Long(blocks, gap, wide)
    return Long(blocks, 0, NO_WIDTHS)


def spell(long: Long) -> str:
    """Return the text that `long` was."""
    texts = []
    last = len(long.blocks) - 1
    for number, (folder, total, rows, names) in enumerate(long.blocks):
        lines = [] if folder is None else [f"{folder}:"]
        lines += [] if total is None else [f"total {total}"]
        lines += names
        if rows:
            least = long.wide if number == last else NO_WIDTHS
            widths = _widest({row[0] for row in rows}, [row[1] for row in rows], long.gap, least)
            for columns, size, date, name in rows:
                head = _head(columns, widths, long.gap)
                lines.append(f"{head}{size:>{_until(columns, widths, long.gap) - len(head)}} {date} {name}")
        texts.append("\n".join(lines))
    return "\n\n".join(texts)


def usual_total(rows: Iterable[Row]) -> str | None:
    """Return the kilobytes that files of these sizes take on most disks."""
    rows = list(rows)
    if not all(size.isdecimal() for _, size, _, _ in rows):
        return None
    sizes = [int(size) for columns, size, _, _ in rows if columns[0][:1] in ("-", "d")]
    return str(sum([-(-size // _DISK_BLOCK) for size in sizes]) * (_DISK_BLOCK // 1024))


def _opened(part: str) -> tuple[str | None, str | None, str]:
    """Return the folder and the total above the lines of a block, and these."""
    folder = total = None
    first, _, rest = part.partition("\n")
    if first.endswith(":"):
        folder, part = first[:-1], rest
    if match := _TOTAL.match(part):
        total, part = match[1], part[match.end() + 1 :]
    return folder, total, part


def _columns(head: str) -> Columns:
    mode, links, owner, *group = head.split()
    return mode, links, owner, group[0] if group else ""


def _widths(
    found: Sequence[tuple[str, str, str, str]],
    columns: Mapping[str, Columns],
    gap: int,
    least: Widths,
) -> Widths | None:
    """Return how wide the columns of a block are; None if they are not set with this gap."""
    heads = {row[0] for row in found}
    widths = _widest(
        [columns[head] for head in heads], [row[1].lstrip(" ") for row in found], gap, least
    )
    if any(_head(columns[head], widths, gap) != head for head in heads):
        return None
    ends = {head: _until(columns[head], widths, gap) - len(head) for head in heads}
    return widths if all([len(row[1]) == ends[row[0]] for row in found]) else None


def _widest(
    columns: Collection[Columns], sizes: Collection[str], gap: int, least: Widths
) -> Widths:
    if not columns:
        return least
    mode, links, owner, group = (max(map(len, column)) for column in zip(*columns, strict=True))
    size = max(map(len, sizes))
    mode = max(mode, _SHORTEST_MODE + gap, least[0])
    return mode, max(links, least[1]), max(owner, least[2]), max(group, least[3]), max(size, least[4])


def _head(columns: Columns, widths: Widths, gap: int) -> str:
    """Return the first columns of a row, up to the last letter of the group."""
    mode, links, owner, group = columns
    start = f"{mode:<{widths[0]}} {links:>{widths[1]}} "
    return f"{start}{owner:<{widths[2]}}{' ' * gap}{group}" if group else start + owner


def _until(columns: Columns, widths: Widths, gap: int) -> int:
    """Return where the size of a row ends."""
    mode, links, owner, group, size = widths
    return mode + links + owner + size + 2 + gap + (group + gap if columns[3] else 0)


def _wide(
    found: Sequence[tuple[str, str, str, str]], columns: Mapping[str, Columns], gap: int
) -> Widths:
    """Return the widths that the first row shows."""
    if not found:
        return NO_WIDTHS
    head, size, _, _ = found[0]
    mode, links, owner, group = columns[head]
    before = max(len(mode), _SHORTEST_MODE + gap) + 1
    at = head.index(f" {owner}", before)
    until = len(head) - len(group) - gap if group else at + 1 + len(owner)
    widest = max(len(columns[row[0]][3]) for row in found)
    rest = len(head) + len(size) - until - gap - (widest + gap if group else 0)
    return 0, at - before, until - at - 1, widest, rest
