"""Turns what `diff` prints by default (``3c3``, ``<``, ``>``) into unified hunks, and back."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from headroom_core.compressors._diff.read import NO_BREAK, body_end, read_numbers, signs_of

COMMAND: Final = r"(\d{1,9})(?:,(\d{1,9}))?([acd])(\d{1,9})(?:,(\d{1,9}))?"
"""Pattern of the line above a change: lines before, what was done, lines behind."""

HEAD: Final = ("--- before", "+++ after")
"""Lines above the hunks of two files that nothing names."""

_COMMAND = re.compile(COMMAND)
_FIRST = re.compile(rf"^{COMMAND}\n[<>] ", re.MULTILINE)
_MARKS: Final = {"-": "< ", "+": "> "}
_OTHERS: Final = ("@@", "--- ", "+++ ")


def unified(text: str) -> str | None:
    """Return a diff of the default form as a unified one; None if that could not be turned back."""
    if not _FIRST.search(text):
        return None
    made = _unified(text.split("\n"))
    return made if made is not None and normal(made) == text else None


def _unified(lines: Sequence[str]) -> str | None:
    out: list[str] = []
    is_open, at = False, 0
    while at < len(lines):
        match = _COMMAND.fullmatch(lines[at])
        if match is None:
            if lines[at].startswith(_OTHERS):
                return None
            out.append(lines[at])
            is_open, at = False, at + 1
            continue
        hunk, at = _hunk(match, lines, at + 1)
        if not hunk:
            return None
        out += hunk if is_open else [*HEAD, *hunk]
        is_open = True
    return "\n".join(out)


def _hunk(command: re.Match[str], lines: Sequence[str], at: int) -> tuple[list[str], int]:
    """Return the hunk whose lines start at `at`, and the line behind; [] if it is not whole."""
    kind = command[3]
    old = _count(command[1], command[2]) if kind != "a" else 0
    new = _count(command[4], command[5]) if kind != "d" else 0
    hunk = [f"@@ -{_span(command[1], old)} +{_span(command[4], new)} @@"]
    for sign, mark, count in (("-", "< ", old), ("+", "> ", new)):
        if sign == "+" and kind == "c":
            if lines[at : at + 1] != ["---"]:
                return [], at
            at += 1
        said = [sign + line[2:] for line in lines[at : at + count] if line.startswith(mark)]
        if len(said) < count:
            return [], at
        hunk += said
        at += count
        if count and lines[at : at + 1] == [NO_BREAK]:
            hunk.append(NO_BREAK)
            at += 1
    return hunk, at


def normal(text: str) -> str:
    """Return the diff of the default form that a unified one was made of."""
    lines = text.split("\n")
    signs = signs_of(lines)
    out: list[str] = []
    at = 0
    while at < len(lines):
        numbers = read_numbers(lines[at]) if lines[at].startswith("@@") else None
        if numbers is None:
            if lines[at : at + 2] == [*HEAD]:
                at += 2
                continue
            out.append(lines[at])
            at += 1
            continue
        old, old_count, new, new_count, _ = numbers
        end = body_end(signs, at + 1, old_count, new_count)
        kind = "a" if not old_count else "d" if not new_count else "c"
        out.append(f"{_places(old, old_count)}{kind}{_places(new, new_count)}")
        out += _body(lines[at + 1 : end], kind)
        at = end
    return "\n".join(out)


def _body(lines: Sequence[str], kind: str) -> Iterator[str]:
    """Yield the lines of a hunk with the marks of the default form."""
    before = ""
    for line in lines:
        if line[:1] == "+" and before == "-" and kind == "c":
            yield "---"
        if line != NO_BREAK:
            before = line[:1]
        yield _MARKS[line[0]] + line[1:] if line[:1] in _MARKS else line


def _count(first: str, last: str | None) -> int:
    return int(last) - int(first) + 1 if last else 1


def _span(start: str, count: int) -> str:
    return start if count == 1 else f"{start},{count}"


def _places(start: int, count: int) -> str:
    return f"{start},{start + count - 1}" if count > 1 else str(start)
