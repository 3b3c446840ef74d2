"""Spells a patch with fewer words: headers folded, numbers that follow from others left out."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Final

from headroom_core.compressors._diff import (
    fold as diff_fold,
    pairs as diff_pairs,
    passages as diff_passages,
)
from headroom_core.compressors._diff.read import NO_BREAK, File, Hunk, Prose, read_numbers, signs_of

ESCAPE: Final = "~"
DITTO: Final = ' "'
AGAIN: Final = "= "
SHORT: Final = re.compile(r"@@ (\d{1,9})( [^\n]*)?")
BODY: Final = " +-=*\\"
BEFORE_BODY: Final = re.compile(rf"\n*[{re.escape(BODY)}]")
BLOCK: Final = re.compile(r"[+\-][+\-\\]*")
LEAST_BLOCK: Final = 60
_LEAST_NAME: Final = 5
_LEAST_NEW: Final = 4
_NOTES: Final = {
    "head": 'a line "diff path" stands for the lines that git prints above a file',
    "new": "a new file stands whole, without +",
    "hunk": '"@@ n" opens a hunk at line n after the change',
    "ditto": '" repeats the name above',
    "pair": '"*" opens a changed line: «a→b» was a and is b; further down b alone says the same',
    "again": '"= file:n" repeats the - and + lines at line n of that file',
    "passage": '"=+file:n k" repeats k lines from line n of that file, or of this one, as added, '
    '"=-" as removed, "==" as context lines; "file:-n" is line n before the change',
    "escape": "~ before a line is no part of it",
}


@dataclass(slots=True)
class _Writer:
    passages: diff_passages.Passages
    out: list[str] = field(default_factory=list)
    used: set[str] = field(default_factory=set)
    blocks: dict[str, str] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    words: diff_pairs.Replaced = field(default_factory=diff_pairs.Replaced)


def encode(text: str, parts: list[File | Prose]) -> tuple[str, str]:
    """Return the short spelling of `text`, a patch of `parts`, and how to read it."""
    hunks = [hunk for part in parts if isinstance(part, File) for hunk in part.hunks]
    often = Counter([line[1:] for hunk in hunks for line in hunk.lines])
    again = {line for line, times in often.items() if times > 1}
    writer = _Writer(diff_passages.Passages(again))
    in_hunk = False
    for part in parts:
        if isinstance(part, list):
            _write_literal(writer, part, in_hunk and (part is not parts[-1] or any(part)))
            in_hunk = False
        else:
            in_hunk = _write_file(writer, part, in_hunk)
    note = "; ".join(said for device, said in _NOTES.items() if device in writer.used)
    return "\n".join(writer.out), note


def header_of(new: int, name: str, signs: str, delta: int) -> tuple[str, int]:
    """Return the header of a hunk, and how far line numbers are apart behind it.

    Args:
        new: Number of its first line after the change.
        name: What stands behind the second "@@".
        signs: What each of its lines begins with.
        delta: How far line numbers are apart before it.

    >>> header_of(12, " main()", " - ", 2)
    ('@@ -10,3 +12,2 @@ main()', 1)
    """
    kept, added, removed = signs.count(" "), signs.count("+"), signs.count("-")
    old_count, new_count = kept + removed, kept + added
    first = new + (not new_count) - delta - (not old_count)
    head = f"@@ -{_span(first, old_count)} +{_span(new, new_count)} @@{name}"
    return head, delta + added - removed


def line_of(signs: str, index: int, new: int) -> int:
    """Return the line number after the change of what is in line `index` of a hunk."""
    return new + index - signs.count("-", 0, index) - signs.count("\\", 0, index)


def _span(start: int, count: int) -> str:
    return str(start) if count == 1 else f"{start},{count}"


def _write_literal(writer: _Writer, lines: list[str], in_hunk: bool) -> None:
    signs = signs_of(lines).lstrip("\n")
    taken = in_hunk and (not signs or signs[0] in BODY)
    for number, line in enumerate(lines):
        odd = line.startswith(("diff ", "@@ ", ESCAPE)) and not line.startswith("diff -")
        if odd or (taken and not number):
            writer.used.add("escape")
            writer.out.append(ESCAPE + line)
        else:
            writer.out.append(line)


def _write_file(writer: _Writer, file: File, in_hunk: bool) -> bool:
    """Write one file; return whether what follows could be taken for a part of its last hunk."""
    folded = diff_fold.fold(file.head)
    path = diff_fold.path_of(file.head) if folded else ""
    if folded is None:
        _write_literal(writer, file.head, in_hunk)
    elif _is_new(file):
        _write_new(writer, folded, file.hunks[0], path)
        return False
    else:
        writer.used.add("head")
        writer.out.append(folded)
    plain = any(hunk.parents > 1 for hunk in file.hunks)
    delta, name, shortened = 0, "", False
    for hunk in file.hunks:
        head, behind = header_of(hunk.new, hunk.name, hunk.signs, delta)
        shortened = not plain and head == hunk.head and _fits(hunk)
        if shortened:
            delta = behind
            _write_hunk(writer, hunk, name, path)
            name = hunk.name or name
        else:
            delta = behind_raw(hunk.head, delta)
            writer.out.append(hunk.head)
            writer.out += hunk.lines
    return shortened


def behind_raw(head: str, delta: int) -> int:
    """Return how far line numbers are apart behind a hunk that is written as it was."""
    numbers = read_numbers(head)
    if not numbers:
        return delta
    old, old_count, new, new_count, _ = numbers
    return (new + (not new_count) + new_count) - (old + (not old_count) + old_count)


def _fits(hunk: Hunk) -> bool:
    return (
        not hunk.signs.strip(" +-\\")
        and hunk.name != DITTO
        and (not hunk.name or hunk.name[0] == " ")
    )


def _is_new(file: File) -> bool:
    if len(file.hunks) != 1 or not file.head[1].startswith("new file"):
        return False
    hunk = file.hunks[0]
    lines = hunk.lines[:-1] if hunk.lines[-1] == NO_BREAK else hunk.lines
    size = len(lines)
    return (
        size >= _LEAST_NEW
        and hunk.head == f"@@ -0,0 +1,{size} @@"
        and not hunk.signs[:size].strip("+")
    )


def _write_new(writer: _Writer, folded: str, hunk: Hunk, path: str) -> None:
    lines = [line[1:] for line in hunk.lines]
    ending = ""
    if hunk.lines[-1] == NO_BREAK:
        lines.pop()
        ending = ", no line break at the end"
    writer.used |= {"head", "new"}
    writer.out.append(f"{folded}: {len(lines)} lines{ending}")
    writer.out += lines
    writer.passages.learn(path, hunk.lines[: len(lines)], hunk.signs[: len(lines)], (0, 1))


def _write_hunk(writer: _Writer, hunk: Hunk, above: str, path: str) -> None:
    name = hunk.name
    if name == above and len(name) >= _LEAST_NAME:
        name = DITTO
        writer.used.add("ditto")
    writer.used.add("hunk")
    writer.out.append(f"@@ {hunk.new}{name}")
    places = {}
    position = 0
    first = len(writer.out)
    for match in BLOCK.finditer(hunk.signs):
        start, end = match.span()
        _write_run(writer, hunk.lines[position:start], hunk.signs[position:start], path)
        position = end
        block = "\n".join(hunk.lines[start:end])
        again = ""
        if path and len(block) >= LEAST_BLOCK:
            places[f"{path}:{line_of(hunk.signs, start, hunk.new)}"] = block
            again = _again(writer, block)
        if again:
            writer.out.append(again)
        else:
            _write_block(writer, hunk.lines[start:end], match[0], path)
    if " " in hunk.lines:
        _empty_blanks(writer.out, first)
    _write_run(writer, hunk.lines[position:], hunk.signs[position:], path)
    if path:
        writer.passages.learn(path, hunk.lines, hunk.signs, (hunk.old, hunk.new))
    writer.places |= places
    for place, block in places.items():
        writer.blocks.setdefault(block, place)


def _empty_blanks(lines: list[str], first: int) -> None:
    """Leave out the blank that is all of a context line; an empty line goes on with the hunk."""
    lines[first:] = ["" if line == " " else line for line in lines[first:]]


def _again(writer: _Writer, block: str) -> str:
    """Return the line that names where `block` stood before, "" if that does not pay."""
    first = writer.blocks.get(block)
    if not first or len(block) <= len(first) + LEAST_BLOCK:
        return ""
    if writer.places[first] != block:  # a later commit changed that line again
        del writer.blocks[block]
        return ""
    writer.used.add("again")
    return AGAIN + first


def _write_run(writer: _Writer, lines: list[str], signs: str, path: str) -> None:
    """Write lines of context, or changed ones that all have the same sign."""
    if len(lines) < diff_passages.LEAST or "\\" in signs:
        writer.out += lines
        return
    made = writer.passages.shorten(lines, path)
    if len(made) < len(lines):
        writer.used.add("passage")
    writer.out += made


def _write_block(writer: _Writer, lines: list[str], signs: str, path: str) -> None:
    """Write changed lines, a removed one and the added one that took its place as one."""
    count = len(signs) - len(signs.lstrip("-"))
    if not signs.strip("+") or count == len(signs):
        _write_run(writer, lines, signs, path)
        return
    if not count or signs[count:].strip("+"):
        writer.out += lines
        return
    removed, added = lines[:count], lines[count:]
    olds, news = [line[1:] for line in removed], [line[1:] for line in added]
    at = to = 0
    for one, other in diff_pairs.align(olds, news):
        marked = writer.words.mark(olds[one], news[other])
        if marked is not None:
            writer.out += removed[at:one]
            writer.out += added[to:other]
            writer.out.append(diff_pairs.CHANGED + marked)
            writer.used.add("pair")
            at, to = one + 1, other + 1
    writer.out += removed[at:]
    writer.out += added[to:]
