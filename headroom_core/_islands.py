"""Finds diffs and search results that stand in a text between lines of other kinds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

_MATCHES = re.compile(
    r"\n(?:(?:[A-Za-z]:[\\/])?(?=[\w.@+~-]*[./\\])[\w./\\@+~-]{1,200}+:[0-9]{1,7}:[^\n]*+(?:\n|\Z)){8,}"
)
_HUNK = re.compile(r"@@ -\d{1,9}(?:,(\d{1,9}))? \+\d{1,9}(?:,(\d{1,9}))? @@")
_EXTENDED: Final = (
    *("index ", "old mode ", "new mode ", "deleted file mode ", "new file mode ", "rename from "),
    *("rename to ", "copy from ", "copy to ", "similarity index ", "dissimilarity index "),
    "Binary files ",
)


def matches(text: str) -> Iterator[tuple[int, int]]:
    r"""Yield the offsets of runs of at least 8 lines such as ``src/a.py:12:text``.

    >>> [*matches("Found:\n" + "a.py:1:x\n" * 8 + "Which?")]
    [(7, 79)]
    """
    for found in _MATCHES.finditer(f"\n{text}"):
        yield found.start(), found.end() - 1


def diff_end(lines: Sequence[str], first: int) -> int:
    """Return where the diff that begins at line `first` ends, `first` if none does.

    How long a hunk is, its own header says.
    """
    end = first
    while end < len(lines) and (found := _file_end(lines, end)) > end:
        end = found
    return end


def _file_end(lines: Sequence[str], first: int) -> int:
    """Return where the part about the file ends that begins at line `first`."""
    line = first
    if lines[line].startswith("diff --git "):
        line += 1
        while line < len(lines) and lines[line].startswith(_EXTENDED):
            line += 1
    end = line if line > first + 1 else first
    if not (_starts(lines, line, "--- ") and _starts(lines, line + 1, "+++ ")):
        return end
    line += 2
    while line < len(lines) and (hunk := _HUNK.match(lines[line])):
        found = _hunk_end(lines, line + 1, int(hunk[1] or 1), int(hunk[2] or 1))
        if not found:
            break
        end = line = found
    return end


def _starts(lines: Sequence[str], line: int, text: str) -> bool:
    return line < len(lines) and lines[line].startswith(text)


def _hunk_end(lines: Sequence[str], line: int, old: int, new: int) -> int:
    """Return where the hunk ends whose body begins at `line`, 0 if it is not as long as it says."""
    while old > 0 or new > 0:
        sign = lines[line][:1] if line < len(lines) else "?"
        if sign not in ("", " ", "\r", "+", "-", "\\"):
            return 0
        old -= sign not in ("+", "\\")
        new -= sign not in ("-", "\\")
        line += 1
    if old or new:
        return 0
    return line + _starts(lines, line, "\\ ")
