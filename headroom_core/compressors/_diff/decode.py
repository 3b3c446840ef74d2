"""Turns the short spelling of a patch back."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from headroom_core.compressors._diff import (
    fold as diff_fold,
    pairs as diff_pairs,
    passages as diff_passages,
)
from headroom_core.compressors._diff.encode import (
    AGAIN,
    BEFORE_BODY,
    BLOCK,
    DITTO,
    ESCAPE,
    LEAST_BLOCK,
    SHORT,
    behind_raw,
    header_of,
    line_of,
)
from headroom_core.compressors._diff.read import NO_BREAK, body_end, read_numbers, signs_of

_COUNTED = re.compile(r"(diff [^\n]*): (\d{1,9}) lines(, no line break at the end)?")
_CHANGED = re.compile(r"[+\-*]+")
_RESETS: Final = ("diff -", "+++ ", "Index: ")


@dataclass(slots=True)
class _Reader:
    lines: list[str]
    signs: str
    at: int = 0
    out: list[str] = field(default_factory=list)
    places: dict[str, str] = field(default_factory=dict)
    path: str = ""
    name: str = ""
    delta: int = 0
    words: diff_pairs.Replaced = field(default_factory=diff_pairs.Replaced)
    passages: diff_passages.Passages = field(default_factory=diff_passages.Passages)


def decode(body: str) -> str:
    """Return the patch that `body` spells.

    Raises:
        ValueError: If it spells none.
    """
    lines = body.split("\n")
    reader = _Reader(lines, signs_of(lines))
    while reader.at < len(reader.lines):
        line = reader.lines[reader.at]
        reader.at += 1
        if line.startswith("diff ") and not line.startswith("diff -"):
            _read_head(reader, line)
        elif line.startswith("@@ -"):
            _read_raw(reader, line)
        elif line.startswith("@@ "):
            _read_short(reader, line)
        else:
            line = line.removeprefix(ESCAPE)
            if line.startswith(_RESETS):
                reader.path, reader.name, reader.delta = "", "", 0
            reader.out.append(line)
    return "\n".join(reader.out)


def _read_head(reader: _Reader, line: str) -> None:
    reader.name, reader.delta = "", 0
    counted = _COUNTED.fullmatch(line)
    head = diff_fold.unfold(counted[1] if counted else line)
    if head is None:
        raise ValueError(f"{line!r} does not name a file")
    reader.path = diff_fold.path_of(head)
    reader.out += head
    if not counted:
        return
    size = int(counted[2])
    lines = reader.lines[reader.at : reader.at + size]
    if len(lines) < size:
        raise ValueError(f"{line!r} has lines that are missing")
    reader.at += size
    reader.out.append(f"@@ -0,0 +1,{size} @@")
    added = [f"+{text}" for text in lines]
    reader.out += added
    reader.passages.learn(reader.path, added, "+" * size, (0, 1))
    if counted[3]:
        reader.out.append(NO_BREAK)


def _read_raw(reader: _Reader, head: str) -> None:
    numbers = read_numbers(head)
    if not numbers:
        raise ValueError(f"{head!r} is not the first line of a hunk")
    end = body_end(reader.signs, reader.at, numbers[1], numbers[3])
    if end == reader.at:
        raise ValueError(f"{head!r} has no hunk below it")
    reader.out.append(head)
    reader.out += reader.lines[reader.at : end]
    reader.at = end
    reader.delta = behind_raw(head, reader.delta)


def _read_short(reader: _Reader, line: str) -> None:
    match = SHORT.fullmatch(line)
    if not match:
        raise ValueError(f"{line!r} is not the first line of a hunk")
    new = int(match[1])
    name = reader.name if match[2] == DITTO else match[2] or ""
    reader.name = name or reader.name
    lines = _read_body(reader)
    signs = signs_of(lines)
    head, reader.delta = header_of(new, name, signs, reader.delta)
    reader.out.append(head)
    reader.out += lines
    if reader.path:
        numbers = read_numbers(head)
        starts = (numbers[0], numbers[2]) if numbers else (0, 0)
        reader.passages.learn(reader.path, lines, signs, starts)
        for match in BLOCK.finditer(signs):
            block = "\n".join(lines[match.start() : match.end()])
            if len(block) >= LEAST_BLOCK:
                place = f"{reader.path}:{line_of(signs, match.start(), new)}"
                reader.places[place] = block


def _read_body(reader: _Reader) -> list[str]:
    lines: list[str] = []
    while match := BEFORE_BODY.match(reader.signs, reader.at):
        lines += [" "] * (match.end() - 1 - reader.at)
        reader.at = match.end() - 1
        text = reader.lines[reader.at]
        block = _CHANGED.match(reader.signs, reader.at)
        if block:
            lines += _read_block(reader, block.end())
            continue
        reader.at += 1
        if text[0] != "=":
            lines.append(text)
        elif not text.startswith(AGAIN):
            lines += reader.passages.lines(text, reader.path)
        elif text[len(AGAIN) :] in reader.places:
            lines += reader.places[text[len(AGAIN) :]].split("\n")
        else:
            raise ValueError(f"{text!r} repeats nothing")
    return lines


def _read_block(reader: _Reader, end: int) -> list[str]:
    """Return a run of changed lines; with changed ones among them, removed before added."""
    lines = reader.lines[reader.at : end]
    reader.at = end
    if not any(line.startswith(diff_pairs.CHANGED) for line in lines):
        return lines
    removed: list[str] = []
    added: list[str] = []
    for line in lines:
        if line[0] == "-":
            removed.append(line)
        elif line[0] == "+":
            added.append(line)
        else:
            before, after = reader.words.unmark(line[1:])
            removed.append(f"-{before}")
            added.append(f"+{after}")
    return removed + added
