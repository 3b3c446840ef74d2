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


class FolderBlock(NamedTuple):
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

    blocks: Sequence[FolderBlock]
    gap: int
    wide: Widths


class _Setting(NamedTuple):
    """How the rows of a block are set.

    Attributes:
        columns: The columns in what stands before sizes.
        ends: That, with how long the size and the blanks before it are.
        longest: How long the longest size is.
    """

    columns: Mapping[str, Columns]
    ends: Collection[tuple[str, int]]
    longest: int


def read(text: str) -> Long | None:
    """Return what `text` says, which must not end with a line break; None if it is no `ls`."""
    columns: dict[str, Columns] = {}
    blocks, settings = [], []
    for part in text.split("\n\n"):
        folder, total, rest = _opened(part)
        found = _ROW.findall(rest) if rest else []
        if not found:
            if folder is None:
                return None
            blocks.append(FolderBlock(folder, total, [], rest.split("\n") if rest else []))
            continue
        if len(found) != rest.count("\n") + 1:
            return None
        ends = {(head, len(size)) for head, size, _, _ in found}
        for head, _ in ends:
            columns[head] = columns.get(head) or _columns(head)
        rows = [(columns[head], size.lstrip(" "), date, name) for head, size, date, name in found]
        blocks.append(FolderBlock(folder, total, rows, []))
        longest = max([len(row[1]) for row in rows])
        settings.append(_Setting({head: columns[head] for head, _ in ends}, ends, longest))
    return Long(blocks, *_gap_and_widths(settings, cut=bool(blocks[-1].rows)))


def _gap_and_widths(settings: Sequence[_Setting], *, cut: bool) -> tuple[int, Widths]:
    for gap in (1, 2):
        if all(_fits(setting, gap, NO_WIDTHS) for setting in settings[:-1]):
            for setting in settings[-1:]:
                shown = _shown(setting, gap) if cut else NO_WIDTHS
                fits = [wide for wide in (NO_WIDTHS, shown) if _fits(setting, gap, wide)]
                return (gap, fits[0]) if fits else (0, NO_WIDTHS)
            return gap, NO_WIDTHS
    return 0, NO_WIDTHS


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
            longest = max([len(row[1]) for row in rows])
            widths = _widest({row[0] for row in rows}, longest, long.gap, least)
            for columns, size, date, name in rows:
                head = _head(columns, widths, long.gap)
                room = _until(columns, widths, long.gap) - len(head)
                lines.append(f"{head}{size:>{room}} {date} {name}")
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


def _fits(setting: _Setting, gap: int, least: Widths) -> bool:
    """Return whether the columns of a block are set with such a gap and are no wider than that."""
    columns = setting.columns
    widths = _widest(columns.values(), setting.longest, gap, least)
    return all(_head(columns[head], widths, gap) == head for head in columns) and all(
        len(head) + size == _until(columns[head], widths, gap) for head, size in setting.ends
    )


def _widest(columns: Collection[Columns], longest: int, gap: int, least: Widths) -> Widths:
    mode, links, owner, group = (max(map(len, column)) for column in zip(*columns, strict=True))
    mode = max(mode, _SHORTEST_MODE + gap)
    return (
        max(mode, least[0]),
        max(links, least[1]),
        max(owner, least[2]),
        max(group, least[3]),
        max(longest, least[4]),
    )


def _head(columns: Columns, widths: Widths, gap: int) -> str:
    """Return the first columns of a row, up to the last letter of the group."""
    mode, links, owner, group = columns
    start = f"{mode:<{widths[0]}} {links:>{widths[1]}} "
    return f"{start}{owner:<{widths[2]}}{' ' * gap}{group}" if group else start + owner


def _until(columns: Columns, widths: Widths, gap: int) -> int:
    """Return where the size of a row ends."""
    mode, links, owner, group, size = widths
    return mode + links + owner + size + 2 + gap + (group + gap if columns[3] else 0)


def _shown(setting: _Setting, gap: int) -> Widths:
    """Return the widths that a row shows."""
    head, size = min(setting.ends)
    mode, _, owner, group = setting.columns[head]
    before = max(len(mode), _SHORTEST_MODE + gap) + 1
    links_end = head.index(f" {owner}", before)
    owner_end = len(head) - len(group) - gap if group else links_end + 1 + len(owner)
    longest = max(len(columns[3]) for columns in setting.columns.values())
    rest = len(head) + size - owner_end - gap - (longest + gap if group else 0)
    return 0, links_end - before, owner_end - links_end - 1, longest, rest
