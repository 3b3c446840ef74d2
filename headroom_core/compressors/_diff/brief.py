"""Names the changed files of a patch by folder where there is no room for a line of each."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from itertools import groupby
from typing import Final

from headroom_core.compressors._diff import sheet as diff_sheet
from headroom_core.compressors._diff.kinds import Change
from headroom_core.compressors._diff.prose import show_prose
from headroom_core.compressors._diff.read import Prose
from headroom_core.compressors._diff.sheet import Manner, Sheet

_END: Final = 60
_SAID: Final = 20


def write(
    parts: Sequence[Change | Prose],
    always: Sequence[Sequence[Collection[int]]],
    kept: Callable[[str], bool],
    room: float,
) -> Sheet:
    """Return one sheet of about `room` characters for all files.

    Args:
        parts: The patch.
        always: For every file and every hunk of it, the lines that are shown in any case.
        kept: Whether a line is.
        room: How many characters there are; what must stay takes more if it has to.
    """
    page = Sheet()
    rest: list[Change] = []
    unsaid = 0
    left = room - _END
    sheets = iter(always)
    for part in parts:
        if isinstance(part, list):
            sheet = _show(part, kept, left)
            unsaid += sheet.hidden if not sheet.lines else 0
        else:
            wanted = next(sheets)
            sheet = diff_sheet.write(part, wanted, Manner(kept))
            if not any(wanted) and not kept(part.label):
                rest.append(part)
                sheet.lines = []
        page.hidden += sheet.hidden
        page.hunks += sheet.hunks
        if sheet.lines:
            page.lines += _names(rest, left, unsaid)
            page.lines += sheet.lines
            rest = []
            unsaid = 0
            left = room - _END - sum(len(line) + 1 for line in page.lines)
    page.lines += _names(rest, left, unsaid)
    return page


def _show(prose: Prose, kept: Callable[[str], bool], room: float) -> Sheet:
    lines, hidden = show_prose(prose, False, kept)
    if sum(map(len, lines)) <= room:
        return Sheet(lines, hidden)
    lines = [line for line in prose if kept(line)]
    return Sheet(lines, sum(bool(line.strip()) for line in prose) - len(lines))


def _names(changes: Sequence[Change], room: float, unsaid: int) -> list[str]:
    """Return lines that name files of which nothing is shown; what has no room is counted.

    Args:
        changes: The files.
        room: How many characters there are.
        unsaid: How many lines between these files are not shown either.
    """
    out = []
    at = 0
    for folder, group in groupby(changes, key=_folder):
        names: list[str] = []
        for change in group:
            name = f"{change.label.removeprefix(folder)} +{change.added} -{change.removed}"
            room -= len(name) + 2
            if room < 0:
                break
            names.append(name)
        if names:
            out.append(f"{folder or './'}: {', '.join(names)} lines not shown")
            at += len(names)
        room -= len(folder) + _SAID
        if room < 0:
            break
    rest = changes[at:]
    if unsaid:
        out.append(f"… {unsaid:,} lines between files not shown")
    if rest:
        counts = f"+{sum(one.added for one in rest)} -{sum(one.removed for one in rest)}"
        out.append(f"… {len(rest):,} more files: {counts} lines not shown")
    return out


def _folder(change: Change) -> str:
    return change.path[: change.path.rfind("/") + 1]
