"""Reads what grep, ripgrep, git grep, ack, ag and findstr print: which file, which line, what."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from operator import le, lt
from typing import Final

from headroom_core.compressors._grep import endings as grep_endings
from headroom_core.compressors._grep.paths import is_path
from headroom_core.compressors._grep.rows import Row, SearchResults, listing_of, other

_PATH: Final = r"((?:[A-Za-z]:(?=[\\/]))?[^:\n]++)"
_MATCH = re.compile(rf"^{_PATH}:([0-9]{{1,9}})(:)(.*)$", re.MULTILINE)
_COLUMN = re.compile(rf"^{_PATH}:([0-9]{{1,9}}:[0-9]{{1,9}})(:)(.*)$", re.MULTILINE)
_NO_NUMBER = re.compile(rf"^{_PATH}()(:)(.*)$", re.MULTILINE)
_COUNT = re.compile(rf"^{_PATH}:([0-9]{{1,9}})()()$", re.MULTILINE)
_FORMS: Final = (_MATCH, _COLUMN, _NO_NUMBER, _COUNT)
_BELOW = re.compile(r"([0-9]{1,9})([:=-])")
_BELOW_COLUMN = re.compile(r"[0-9]{1,9}:[0-9]{1,9}:")
_ROW_BELOW = re.compile(r"^(?:([0-9]{1,9})([:=-]))?(.*)$", re.MULTILINE)
_COLUMN_BELOW = re.compile(
    r"^(?:([0-9]{1,9}:[0-9]{1,9}(?=:)|[0-9]{1,9})([:=-]))?(.*)$", re.MULTILINE
)
_CONTEXT = re.compile(r"([=-])([0-9]{1,9})\1")
# All that stands before the first number between two marks may be a path. Matches every line.
_EITHER = re.compile(
    r"^(?:([^\n:=-]*+(?:[:=-](?![0-9]{1,9}[:=-])[^\n:=-]*+)*+)([:=-])([0-9]{1,9})\2)?(.*)$",
    re.MULTILINE,
)
_INSIDE = re.compile(r"[:=-][0-9]{1,9}[:=-]|.{380}")
_REVISION = re.compile(r"([\w./@^~-]{1,100}:)(?![/\\])[^:\n]++:[0-9]{1,9}:")
_DIGIT = re.compile(r"[0-9]{1,9}[:-]")
_CLOCK = re.compile(r"[0-9]{2}[:.,\s]")
COLOUR: Final = re.compile(r"\x1b\[[0-9;]{0,20}[mK]")
_MAX_CANDIDATES: Final = 8
_LOOK_AT: Final = 50
_SAME_TIME: Final = 0.5
_MAX_PATH: Final = 400
_GAPS: Final = frozenset(["", "--"])


def read(text: str) -> SearchResults:
    """Return what `text` says; lines of any other shape are carried in rows of their own."""
    plain, ending = grep_endings.take(text)
    return replace(_read(plain), ending=ending) if ending else _read(text)


def _read(text: str) -> SearchResults:
    lines = text.split("\n")
    if any(_BELOW.match(below) and is_path(above) for above, below in pairwise(lines[:_LOOK_AT])):
        return _headed(lines)
    if _DIGIT.match(text) or _DIGIT.match(lines[min(1, len(lines) - 1)]):
        bare = _bare(lines)
        if bare:
            return bare
    revision = _REVISION.match(text)
    if (
        revision
        and not is_path(revision[1][:-1])
        and all(line.startswith((revision[1], "--")) for line in lines if line)
    ):
        listing = _plain(text.removeprefix(revision[1]).replace(f"\n{revision[1]}", "\n"))
        if all(
            mark or said in ("", "--")
            for mark, said in zip(listing.marks, listing.texts, strict=True)
        ):
            paths = [path and revision[1] + path for path in listing.paths]
            return replace(listing, paths=paths)
    return _plain(text)


def _plain(text: str) -> SearchResults:
    lines = text.split("\n")
    start = lines[:_LOOK_AT]
    numbered, columned, any_text, counted = (
        sum(map(bool, map(form.match, start))) for form in _FORMS
    )
    every = len(start) - (start[-1] == "")
    if numbered and columned >= 0.9 * numbered:
        found = _whole(_COLUMN, text, lines) if columned == every else None
        if found:
            return listing_of(found, columns=True)
    if numbered:
        found = _whole(_MATCH, text, lines) if numbered == every else None
        return listing_of(found) if found else _mixed(text, lines)
    if counted and counted >= 0.9 * any_text:
        return listing_of(_known(_COUNT, lines), "counts")
    if not any_text:
        return listing_of([other(line) for line in lines])
    rows = _unnumbered(lines)
    return listing_of(rows, context=any(row[2] == "-" for row in rows))


def _whole(form: re.Pattern[str], text: str, lines: Sequence[str]) -> list[Row] | None:
    """Return the rows if every line is of this form: one pass over the text."""
    found = form.findall(text)
    blank = lines[-1] == "" and len(lines) > 1
    if len(found) != len(lines) - blank:
        return None
    for path in {row[0] for row in found}:
        if not is_path(path) or (path[-1:].isdigit() and _ends_in_times(path, found)):
            return None
    return [*found, other("")] if blank else found


def _ends_in_times(path: str, found: Sequence[Row]) -> bool:
    """Return whether path and number of such rows are a time of day torn apart."""
    own = [row for row in found if row[0] == path]
    times = sum(len(row[1]) == 2 and _CLOCK.match(row[3] + " ") is not None for row in own)
    return times > _SAME_TIME * len(own)


def _known(form: re.Pattern[str], lines: Sequence[str]) -> list[Row]:
    matches = [form.match(line) for line in lines]
    known = {path: is_path(path) for path in {match[1] for match in matches if match}}
    return [
        _of(match) if match and known[match[1]] else other(line)
        for match, line in zip(matches, lines, strict=True)
    ]


def _of(match: re.Match[str]) -> Row:
    return match[1], match[2], match[3], match[4]


def _unnumbered(lines: Sequence[str]) -> list[Row]:
    """Return rows of ``path:text``; ``path-text`` below or above them is context."""
    rows = _known(_NO_NUMBER, lines)
    spaced = any(" " in path for path in {row[0] for row in rows})
    if not spaced and all(row[0] for row in rows[:-1]):
        return rows
    for step in (1, -1):
        near = "\n"
        for index in range(len(rows))[::step]:
            path, _, mark, _ = rows[index]
            rest = lines[index].removeprefix(near)
            if rest[:1] == "-" and rest != lines[index] and (not path or " " in path[len(near) :]):
                rows[index] = near, "", "-", rest[1:]
            elif path and mark == ":":
                near = path
    return rows


def _mixed(text: str, lines: Sequence[str]) -> SearchResults:
    """Return rows of matches, context and other lines."""
    either = _EITHER.findall(text)
    found = [
        (path, number, mark, said)
        for path, mark, number, said in either
        if mark == ":" and ":" not in path
    ]
    others = [
        line
        for line, row in zip(lines, either, strict=True)
        if (row[1] != ":" and ":" in line) or ":" in row[0]
    ]
    found += _MATCH.findall("\n".join(others))
    known = {path for path in {row[0] for row in found} if is_path(path)}
    known = {path for path in known if not (path[-1:].isdigit() and _ends_in_times(path, found))}
    # What stands before the first number is the path, if no path has such a number inside.
    sure = known if not any(_INSIDE.search(f"{path}:") for path in known) else set()
    paths, marks, numbers, texts = zip(*either, strict=True)
    unsure = [(path, said) for path, _, _, said in either if path not in sure]
    if not any(path or said not in _GAPS for path, said in unsure):
        return SearchResults(paths, numbers, marks, texts, context=_has_context(marks))
    rows: list[Row] = []
    current = "\n"
    for line, (path, mark, number, said) in zip(lines, either, strict=True):
        if path in sure:
            row = path, number, mark, said
        else:
            row = _of_file(line, current) or _of_another_file(line, known)
        current = row[0] or current
        rows.append(row)
    listing = listing_of(rows)
    return replace(listing, context=_has_context(listing.marks))


def _has_context(marks: Sequence[str]) -> bool:
    return "-" in marks or "=" in marks


def _of_file(line: str, path: str) -> Row | None:
    """Return the row of a line that begins with `path`, the one above, and a number."""
    if not line.startswith(path):
        return None
    mark = line[len(path) : len(path) + 1]
    number, parted, said = line[len(path) + 1 :].partition(mark or "\n")
    return (path, number, mark, said) if parted and mark in ":-=" and _is_number(number) else None


def _is_number(text: str) -> bool:
    return text.isdecimal() and text.isascii() and len(text) < 10


def _of_another_file(line: str, known: set[str]) -> Row:
    if line in _GAPS:
        return other(line)
    match = _MATCH.match(line)
    if match and match[1] in known:
        return _of(match)
    return (_unannounced_context(line, known) if known else None) or other(line)


def _unannounced_context(line: str, known: set[str]) -> Row | None:
    """Return the row of a context line that stands above the first match of its file."""
    position = 0
    for _ in range(_MAX_CANDIDATES):
        match = _CONTEXT.search(line, position, _MAX_PATH)
        if match is None:
            return None
        path = line[: match.start()]
        if path in known:
            return path, match[2], match[1], line[match.end() :]
        position = match.start() + 1
    return None


def _headed(lines: Sequence[str]) -> SearchResults:
    parts, columns = _parted(lines)
    rows: list[Row] = []
    current = ""
    below = [*[mark for _, mark, _ in parts[1:]], ""]
    for line, (number, mark, said), mark_below in zip(lines, parts, below, strict=True):
        if mark and current:
            rows.append((current, number, mark, said))
        elif mark_below and is_path(line):
            current = line
            rows.append((current, "", "", ""))
        else:
            current = current if line == "--" else ""
            rows.append(other(line))
    context = any(row[2] not in ("", ":") for row in rows)
    return listing_of(rows, "headed", columns, context)


def _bare(lines: Sequence[str]) -> SearchResults | None:
    """Return rows of ``12:text`` if there is nothing else and the numbers only grow."""
    parts, columns = _parted(lines)
    if any(not mark and said not in ("", "--") for _, mark, said in parts):
        return None
    marks = {mark for _, mark, _ in parts}
    numbers = [int(number.partition(":")[0]) for number, _, _ in parts if number]
    if ":" not in marks or not all(map(le if columns else lt, [0, *numbers], numbers)):
        return None
    rows = [("", *part) if part[1] else other(part[2]) for part in parts]
    return listing_of(rows, "bare", columns, not marks <= {"", ":"})


def _parted(lines: Sequence[str]) -> tuple[list[tuple[str, str, str]], bool]:
    """Return number, mark and text of every line, and whether every match has a column, too."""
    text = "\n".join(lines)
    parts = _ROW_BELOW.findall(text)
    matches = [line for line, part in zip(lines, parts, strict=True) if part[1] == ":"]
    columns = bool(matches) and all(map(_BELOW_COLUMN.match, matches))
    return _COLUMN_BELOW.findall(text) if columns else parts, columns
