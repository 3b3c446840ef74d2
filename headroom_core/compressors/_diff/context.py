"""Turns context diffs (`diff -c`) into unified ones, and those back.

A context diff writes the lines around a change twice. As a unified one it is read, shortened and
shown as any other patch is.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Final, NamedTuple

from headroom_core.compressors._diff.read import NO_BREAK, body_end, read_numbers, signs_of

STARS: Final = "***************"
_OLD_FILE: Final = "*** "
_NEW_FILE: Final = "--- "
_RANGE = re.compile(
    r"(?:\*\*\* (\d{1,9})(?:,(\d{1,9}))? \*\*\*\*|--- (\d{1,9})(?:,(\d{1,9}))? ----)"
)
_OLD_SIGNS: Final = "  ! - \\ "
_NEW_SIGNS: Final = "  ! + \\ "


class _Side(NamedTuple):
    """The lines of a hunk before or after the change, each with its sign, and where they are."""

    start: int
    lines: list[str]


def unified(text: str) -> str | None:
    """Return a context diff as a unified one; None if that could not be turned back."""
    if f"\n{STARS}" not in text:
        return None
    made = _unified(text.split("\n"))
    return made if made is not None and context(made) == text else None


def _unified(lines: Sequence[str]) -> str | None:
    out: list[str] = []
    at = 0
    while at < len(lines):
        line = lines[at]
        if line.startswith(STARS):
            old, behind = _side(lines, at + 1, "*** ", _OLD_SIGNS)
            new, behind = _side(lines, behind, "--- ", _NEW_SIGNS)
            if old is None or new is None:
                return None
            out += _hunk(old, new, line[len(STARS) :])
            at = behind
            continue
        if line.startswith("@@"):
            return None
        if line.startswith(_OLD_FILE) and "".join(lines[at + 1 : at + 2]).startswith(_NEW_FILE):
            out += [f"--- {line[4:]}", f"+++ {lines[at + 1][4:]}"]
            at += 2
            continue
        out.append(line)
        at += 1
    return "\n".join(out)


def _side(lines: Sequence[str], at: int, opening: str, signs: str) -> tuple[_Side | None, int]:
    match = _RANGE.fullmatch(lines[at]) if at < len(lines) else None
    if match is None or not lines[at].startswith(opening):
        return None, at
    first, last = match[1] or match[3], match[2] or match[4]
    at += 1
    most = int(last) - int(first) + 1 if last else 1
    end = at
    while end < len(lines) and most >= 0 and lines[end][:2] in signs and len(lines[end]) > 1:
        most -= lines[end][0] != "\\"
        if most < 0:
            break
        end += 1
    return _Side(int(first), list(lines[at:end])), end


def _hunk(old: _Side, new: _Side, name: str) -> list[str]:
    """Return a hunk of a unified diff: where a side is not written, it is that of the other."""
    before = old.lines or [line for line in new.lines if line[0] in " \\"]
    after = new.lines or [line for line in old.lines if line[0] in " \\"]
    body: list[str] = []
    left, right = deque(before), deque(after)
    while left or right:
        if left and left[0][0] in "!-":
            _take(left, "-", body)
        elif right and right[0][0] in "!+":
            _take(right, "+", body)
        else:
            _take(left, " ", body)
            _take(right, " ", [])
    spans = [_span(side.start, _count(lines)) for side, lines in ((old, before), (new, after))]
    return [f"@@ -{spans[0]} +{spans[1]} @@{name}", *body]


def _take(lines: deque[str], sign: str, body: list[str]) -> None:
    """Move a line, with what is said of it, from a side to the body of a hunk."""
    if lines:
        body.append(sign + lines.popleft()[2:])
    while lines and lines[0][0] == "\\":
        body.append(lines.popleft())


def _count(lines: Iterable[str]) -> int:
    return sum(1 for line in lines if line[0] != "\\")


def _span(start: int, count: int) -> str:
    return str(start) if count == 1 else f"{start},{count}"


def context(text: str) -> str:
    """Return the context diff that a unified one was made of."""
    lines = text.split("\n")
    signs = signs_of(lines)
    out: list[str] = []
    at = 0
    while at < len(lines):
        line = lines[at]
        if line.startswith("--- ") and "".join(lines[at + 1 : at + 2]).startswith("+++ "):
            out += [f"*** {line[4:]}", f"--- {lines[at + 1][4:]}"]
            at += 2
            continue
        numbers = read_numbers(line) if line.startswith("@@") else None
        at += 1
        if numbers is None:
            out.append(line)
            continue
        old, old_count, new, new_count, name = numbers
        end = body_end(signs, at, old_count, new_count)
        out.append(STARS + name)
        out += _sides(lines[at:end], (old, old_count), (new, new_count))
        at = end
    return "\n".join(out)


def _sides(body: Sequence[str], old: tuple[int, int], new: tuple[int, int]) -> list[str]:
    """Return both sides of a hunk, one without changes by its numbers alone."""
    before, after = [], []
    grouped = groupby(_with_signs(body), lambda pair: pair[0] != " ")
    for changed, group in grouped:
        pairs = list(group)
        both = len({sign for sign, _ in pairs}) > 1
        for sign, line in pairs:
            mark = "!" if both else sign
            said = line if line.startswith(NO_BREAK) else f"{mark} {line[1:]}"
            if not changed or sign == "-":
                before.append(said)
            if not changed or sign == "+":
                after.append(said)
    old_lines = before if any(line[0] in "!-" for line in before) else []
    new_lines = after if any(line[0] in "!+" for line in after) else []
    return [
        f"*** {_places(*old)} ****",
        *old_lines,
        f"--- {_places(*new)} ----",
        *new_lines,
    ]


def _with_signs(body: Iterable[str]) -> list[tuple[str, str]]:
    """Return each line with its sign; what is said of a line has the sign of that."""
    pairs: list[tuple[str, str]] = []
    for line in body:
        said = line.startswith(NO_BREAK) and pairs
        pairs.append((pairs[-1][0] if said else line[:1] or " ", line))
    return pairs


def _places(start: int, count: int) -> str:
    return f"{start},{start + count - 1}" if count > 1 else str(start)
