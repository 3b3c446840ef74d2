"""Reads what diff, git and svn print as patches into files, hunks and the text between them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, TypeAlias

NO_BREAK: Final = "\\ No newline at end of file"
NUMBERS: Final = r"@@ -(\d{1,9})(?:,(\d{1,9}))? \+(\d{1,9})(?:,(\d{1,9}))? @@"
_HUNK = re.compile(rf"{NUMBERS}(.*)", re.DOTALL)
_PARENTS = re.compile(r"(@{3,20}) (?:-\d{1,9}(?:,\d{1,9})? ){2,19}\+(\d{1,9})(?:,\d{1,9})? \1")
_EXTENDED: Final = (
    "index ",
    "old mode ",
    "new mode ",
    "deleted file mode ",
    "new file mode ",
    "similarity index ",
    "dissimilarity index ",
    "rename ",
    "copy ",
    "mode ",
    "Binary files ",
    "--- ",
    "+++ ",
)
_STARTS: Final = ("diff -", "--- ", "Index: ")
_LINES = re.compile(r"[ +\-\\\n\r]*")
_STEPS: Final = {"+": (0, 1), "-": (1, 0), "\\": (0, 0)} | dict.fromkeys(["\n", " ", "\r"], (1, 1))
_RULE: Final = "=" * 67


@dataclass(frozen=True, slots=True)
class Hunk:
    """A run of changed lines with the lines around them.

    Attributes:
        head: Its first line.
        old: Line number of the first line before the change, 0 if it was not understood.
        new: The same after the change.
        name: What stands behind the second "@@", the blank before it included.
        lines: The lines below the first one.
        signs: What each of these lines begins with: a blank, "+", "-", a backslash or, for an
            empty line, a line break. Of several versions: "+" or "-" if one of them differs.
        parents: From how many versions the change was made; only 1 is understood in full.
    """

    head: str
    old: int
    new: int
    name: str
    lines: list[str]
    signs: str
    parents: int = 1


@dataclass(frozen=True, slots=True)
class File:
    """The changes of one file.

    Attributes:
        head: The lines before the first hunk.
        hunks: The changes, in order. Empty for a binary file, a rename, a new mode.
    """

    head: list[str]
    hunks: list[Hunk]


Prose: TypeAlias = list[str]
"""Lines that are no part of a patch: commit headers and messages, statistics."""


def read(text: str) -> list[File | Prose]:
    r"""Return the parts of `text`, in order; their lines, joined, are the text again."""
    lines = text.split("\n")
    signs = signs_of(lines)
    parts: list[File | Prose] = []
    prose: Prose = []
    at = 0
    while at < len(lines):
        line = lines[at]
        end = _head_end(lines, at) if line.startswith(_STARTS) else at
        if end == at:
            prose.append(line)
            at += 1
            continue
        if prose:
            parts.append(prose)
            prose = []
        file = File(lines[at:end], [])
        parts.append(file)
        at = _read_hunks(lines, signs, end, file.hunks)
    if prose:
        parts.append(prose)
    return parts


def lines_of(part: File | Prose) -> Iterator[str]:
    """Yield the lines of one part, as they stood in the text."""
    if isinstance(part, list):
        yield from part
        return
    yield from part.head
    for hunk in part.hunks:
        yield hunk.head
        yield from hunk.lines


def read_numbers(head: str) -> tuple[int, int, int, int, str] | None:
    """Return start and length before, start and length after, and the name of a hunk."""
    match = _HUNK.match(head)
    if not match:
        return None
    old, old_count, new, new_count, name = match.groups()
    return int(old), int(old_count or 1), int(new), int(new_count or 1), name


def signs_of(lines: list[str]) -> str:
    """Return what each line begins with, a line break for an empty one."""
    return "".join([line[:1] or "\n" for line in lines])


def body_end(signs: str, at: int, old: int, new: int) -> int:
    """Return where the body of a hunk ends that begins at `at`; `at` if it is not such a body.

    Args:
        signs: What each line begins with.
        at: Number of the first line.
        old: How many lines it has to have before the change.
        new: How many after it.
    """
    match = _LINES.match(signs, at)
    found = match[0] if match else ""
    for run in (found, found.rstrip("\n")):
        changed = run.count("+"), run.count("-")
        kept = len(run) - sum(changed) - run.count("\\")
        if (kept + changed[1], kept + changed[0]) == (old, new):
            return at + len(run)
    end = 0
    while (old > 0 or new > 0) and end < len(found):
        removed, added = _STEPS[found[end]]
        old -= removed
        new -= added
        end += 1
    if old or new:
        return at
    while found[end : end + 1] == "\\":
        end += 1
    return at + end


def _head_end(lines: list[str], at: int) -> int:
    """Return where the head of a file ends that begins at `at`; `at` if none does."""
    end = at
    if lines[end].startswith("Index: "):
        if end + 1 == len(lines) or lines[end + 1].rstrip("\r") != _RULE:
            return at
        end += 2
    elif lines[end].startswith("diff -"):
        end += 1
    elif not _plain(lines, at):
        return at
    while end < len(lines) and lines[end].startswith(_EXTENDED):
        end += 1
        if lines[end - 1].startswith("+++ "):
            break
    return end


def _plain(lines: list[str], at: int) -> bool:
    """Return whether a patch without a line of its own begins here."""
    following = lines[at + 1 : at + 3]
    return (
        len(following) == 2
        and following[0].startswith("+++ ")
        and _HUNK.match(following[1]) is not None
    )


def _read_hunks(lines: list[str], signs: str, at: int, hunks: list[Hunk]) -> int:
    while at < len(lines) and lines[at].startswith("@@"):
        head = lines[at]
        numbers = read_numbers(head)
        if numbers:
            old, old_count, new, new_count, name = numbers
            end = body_end(signs, at + 1, old_count, new_count)
            if end == at + 1:
                break
            hunks.append(Hunk(head, old, new, name, lines[at + 1 : end], signs[at + 1 : end]))
        else:
            match = _PARENTS.match(head)
            if not match:
                break
            end = at + 1
            while end < len(lines) and signs[end] in " +-\\":
                end += 1
            hunks.append(_of_parents(match, head, lines[at + 1 : end]))
        at = end
    return at


def _of_parents(match: re.Match[str], head: str, lines: list[str]) -> Hunk:
    parents = len(match[1]) - 1
    signs = [line[:parents] for line in lines]
    kinds = ["+" if "+" in sign else "-" if "-" in sign else sign[:1] for sign in signs]
    return Hunk(head, 0, int(match[2]), head[match.end() :], lines, "".join(kinds), parents)
