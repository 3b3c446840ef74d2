"""Reads and draws ``git log --stat``: the bars follow from the numbers, by git's own rule."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

_WIDTH: Final = 80
NAME: Final = r"[^\s,;|]{1,400}(?: => [^\s,;|]{1,400})?"
LINE: Final = re.compile(
    rf"^ ({NAME}) +\| +(?:(\d+)(?: (\+*)(-*))?|(Bin(?: \d+ -> \d+ bytes)?))$", re.MULTILINE
)
_TOTAL = re.compile(
    r" \d+ files? changed(?:, (\d+) insertions?\(\+\))?(?:, (\d+) deletions?\(-\))?"
)
_NUMBER = re.compile(r"\d+")


class FileChange(NamedTuple):
    """What ``--stat`` says about one file.

    Attributes:
        path: Its path as printed.
        added: Lines added; all changed lines if `shown` is a bar.
        deleted: Lines deleted.
        shown: What stands for the numbers if they are not known: "Bin..." or a bar.
    """

    path: str
    added: int
    deleted: int
    shown: str = ""


@dataclass(frozen=True, slots=True)
class Stat:
    """A whole ``--stat``: its lines, and how many lines it says were added and deleted."""

    changes: Sequence[FileChange]
    added: int
    deleted: int


def read_stat(block: str) -> Stat | None:
    """Return what a ``--stat`` says, None if git would have drawn it otherwise."""
    lines, _, last = block.rpartition("\n")
    total = _TOTAL.fullmatch(last)
    if total is None:
        return None
    found = []
    hidden = []
    for path, count, plus, minus, binary in LINE.findall(lines):
        if binary:
            found.append(FileChange(path, 0, 0, binary))
            continue
        changed = int(count)
        if plus and minus and len(plus) + len(minus) != changed:
            hidden.append(len(found))
            found.append(FileChange(path, changed, 0, plus + minus))
        elif plus:
            found.append(FileChange(path, changed - len(minus), len(minus)))
        else:
            found.append(FileChange(path, 0, changed))
    stat = Stat(found, int(total[1] or 0), int(total[2] or 0))
    if len(hidden) == 1:
        stat = Stat(_uncovered(stat, hidden[0]), stat.added, stat.deleted)
    return stat if found and draw_stat(stat) == block else None


def draw_stat(stat: Stat, width: int = _WIDTH) -> str:
    """Return the ``--stat`` that git prints for these changes."""
    digits, names, graph, most = _widths(stat.changes, width)
    lines = []
    for path, added, deleted, shown in stat.changes:
        if shown[:1] == "B":
            lines.append(f" {path:<{names}} | {'Bin':>{digits}}{shown[3:]}")
            continue
        count = added + deleted
        if shown:
            bar = f" {shown}"
        elif count:
            plus, minus = added, deleted
            if graph <= most:
                plus, minus = _scaled(added, deleted, graph, most)
            bar = f" {'+' * plus}{'-' * minus}"
        else:
            bar = ""
        lines.append(f" {path:<{names}} | {count:>{digits}}{bar}")
    lines.append(_total(len(stat.changes), stat.added, stat.deleted))
    return "\n".join(lines)


def _uncovered(stat: Stat, hidden: int) -> Sequence[FileChange]:
    """Return the changes with the numbers of the one scaled bar, which the total tells."""
    path, changed, _, _ = stat.changes[hidden]
    added = stat.added - sum(change.added for change in stat.changes) + changed
    if not 0 < added < changed:
        return stat.changes
    known = list(stat.changes)
    known[hidden] = FileChange(path, added, changed - added)
    return known


def _widths(found: Sequence[FileChange], width: int) -> tuple[int, int, int, int]:
    """Return the widths of the numbers, names and bars, and the most changes of a file."""
    most = max(change[1] + change[2] for change in found)
    names = max(len(change[0]) for change in found)
    digits = len(str(most))
    graph = most
    if binary := [change.shown for change in found if change.shown[:1] == "B"]:
        digits = max(digits, 3)
        sizes = [_NUMBER.findall(shown) or ["0", "0"] for shown in binary]
        graph = max(most, 10 + max(len(old) + len(new) for old, new in sizes))
    if any(change[0].startswith("...") for change in found):
        names = width  # a shortened name was too long, whatever its length
    if names + digits + 6 + graph > width:
        graph = min(graph, max(6, width * 3 // 8 - digits - 6))
        if names > width - digits - 6 - graph:
            names = width - digits - 6 - graph
        else:
            graph = width - digits - 6 - names
    return digits, names, graph, most


def _scaled(added: int, deleted: int, graph: int, most: int) -> tuple[int, int]:
    def scale(count: int) -> int:
        return 1 + count * (graph - 1) // most if count else 0

    total = scale(added + deleted)
    if total < 2 and added and deleted:
        total = 2
    if added < deleted:
        added = scale(added)
        return added, total - added
    deleted = scale(deleted)
    return total - deleted, deleted


def _total(files: int, added: int, deleted: int) -> str:
    text = f" {files} file{'s' * (files != 1)} changed"
    if added or not deleted:
        text += f", {added} insertion{'s' * (added != 1)}(+)"
    if deleted or not added:
        text += f", {deleted} deletion{'s' * (deleted != 1)}(-)"
    return text
