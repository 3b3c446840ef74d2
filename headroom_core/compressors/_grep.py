"""Reads what grep, ripgrep, git grep, ack, ag and findstr print: which file, which line, what."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final, NamedTuple

from headroom_core.compressors._grep_paths import is_path

_PATH: Final = r"((?:[A-Za-z]:(?=[\\/]))?[^:\n]++)"
_MATCH = re.compile(rf"^{_PATH}:([0-9]{{1,9}})(:)(.*)$", re.MULTILINE)
_COLUMN = re.compile(rf"^{_PATH}:([0-9]{{1,9}}:[0-9]{{1,9}})(:)(.*)$", re.MULTILINE)
_NO_NUMBER = re.compile(rf"^{_PATH}()(:)(.*)$", re.MULTILINE)
_COUNT = re.compile(rf"^{_PATH}:([0-9]{{1,9}})()()$", re.MULTILINE)
_FORMS: Final = (_MATCH, _COLUMN, _NO_NUMBER, _COUNT)
_BELOW = re.compile(r"([0-9]{1,9})([:=-])")
_BELOW_COLUMN = re.compile(r"([0-9]{1,9}:[0-9]{1,9})(:)")
_CONTEXT = re.compile(r"([=-])([0-9]{1,9})\1")
_REVISION = re.compile(r"([\w./@^~-]{1,100}:)(?![/\\])[^:\n]++:[0-9]{1,9}:")
_DIGIT = re.compile(r"[0-9]{1,9}[:-]")
_CLOCK = re.compile(r"[0-9]{2}[:.,\s]")
COLOUR: Final = re.compile(r"\x1b\[[0-9;]{0,20}[mK]")
_MAX_CANDIDATES: Final = 8
_LOOK_AT: Final = 50
_SAME_TIME: Final = 0.5
_MAX_PATH: Final = 400


class SearchRow(NamedTuple):
    """One line of the output. A tuple, because there are a thousand of them in 100 kB.

    Attributes:
        path: The file; "" if the output names none, as of ``grep -n word one-file``.
        number: The line number as written, with the column if there is one: "12:5". For counts,
            the count. "" if there is none.
        mark: ":" on a match, "-" on a line of context, "=" on the head of the function around
            it; "" on a line that only names its file, on a count, and on a line that is no result.
        text: What stands in the line; a line that is no result stands here whole.
    """

    path: str
    number: str
    mark: str
    text: str


@dataclass(frozen=True, slots=True)
class SearchResults:
    """The whole output, line by line.

    Attributes:
        rows: One for every line, in order.
        form: "plain" with the path in every line, "headed" with paths above their rows, "bare"
            with numbers and no paths, "counts" with a number behind each path.
        columns: Whether all matches have a column.
        context: Whether there are lines of context.
        crlf: Whether all lines end with CRLF; rows are without it.
    """

    rows: Sequence[SearchRow]
    form: str = "plain"
    columns: bool = False
    context: bool = False
    crlf: bool = False


def read(text: str) -> SearchResults:
    """Return what `text` says; lines of any other shape are carried in rows of their own."""
    if "\r" in text and text.count("\r") == text.count("\n") == text.count("\r\n"):
        return replace(_read(text.replace("\r\n", "\n")), crlf=True)
    return _read(text)


def is_result(row: SearchRow) -> bool:
    """Return whether `row` is a match, context or a count, and no other line."""
    return row.mark != "" or row.number != ""


def original(row: SearchRow, form: str) -> str:
    """Return the line that `row` was read from."""
    path, number, mark, text = row
    if not mark:
        return f"{path}:{number}" if number else path or text
    if form != "plain":
        return f"{number}{mark}{text}"
    return f"{path}{mark}{number}{mark}{text}" if number else f"{path}{mark}{text}"


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
        rows = [
            row._replace(path=revision[1] + row.path) if row.path else row for row in listing.rows
        ]
        if all(row.mark or row.text in ("", "--") for row in rows):
            return SearchResults(rows, "plain", listing.columns, listing.context)
    return _plain(text)


def _plain(text: str) -> SearchResults:
    lines = text.split("\n")
    start = lines[:_LOOK_AT]
    numbered, columned, any_text, counted = (
        sum(map(bool, map(form.match, start))) for form in _FORMS
    )
    if numbered and columned >= 0.9 * numbered:
        found = _whole(_COLUMN, text, lines)
        if found:
            return SearchResults(found, columns=True)
    if numbered:
        found = _whole(_MATCH, text, lines)
        if found:
            return SearchResults(found)
        return _mixed(text, lines)
    if counted and counted >= 0.9 * any_text:
        return SearchResults(_known(_COUNT, lines), "counts")
    if not any_text:
        return SearchResults([_other(line) for line in lines])
    rows = _unnumbered(lines)
    return SearchResults(rows, context=any(row.mark == "-" for row in rows))


def _whole(form: re.Pattern[str], text: str, lines: Sequence[str]) -> list[SearchRow] | None:
    """Return the rows if every line is of this form: one pass over the text."""
    found = form.findall(text)
    blank = lines[-1] == "" and len(lines) > 1
    if len(found) != len(lines) - blank:
        return None
    for path in {row[0] for row in found}:
        if not is_path(path) or (path[-1:].isdigit() and _ends_in_times(path, found)):
            return None
    rows = list(map(SearchRow._make, found))
    return [*rows, SearchRow("", "", "", "")] if blank else rows


def _ends_in_times(path: str, found: Iterable[tuple[str, str, str, str]]) -> bool:
    """Return whether path and number of such rows are a time of day torn apart."""
    own = [row for row in found if row[0] == path]
    times = sum(len(row[1]) == 2 and _CLOCK.match(row[3] + " ") is not None for row in own)
    return times > _SAME_TIME * len(own)


def _other(line: str) -> SearchRow:
    """Return the row of a line that is no search result."""
    return SearchRow("", "", "", line)


def _known(form: re.Pattern[str], lines: Sequence[str]) -> list[SearchRow]:
    matches = [form.match(line) for line in lines]
    known = {path: is_path(path) for path in {match[1] for match in matches if match}}
    return [
        SearchRow._make(match.groups()) if match and known[match[1]] else _other(line)
        for match, line in zip(matches, lines, strict=True)
    ]


def _unnumbered(lines: Sequence[str]) -> list[SearchRow]:
    """Return rows of ``path:text``; ``path-text`` below or above them is context."""
    rows = _known(_NO_NUMBER, lines)
    if all(row.path for row in rows[:-1]):
        return rows
    for step in (1, -1):
        near = ""
        for index in range(len(rows))[::step]:
            row = rows[index]
            if row.path:
                near = row.path
            elif near and row.text.startswith(near) and row.text[len(near) :][:1] == "-":
                rows[index] = SearchRow(near, "", "-", row.text[len(near) + 1 :])
    return rows


def _mixed(text: str, lines: Sequence[str]) -> SearchResults:
    """Return rows of matches, context and other lines."""
    found = _MATCH.findall(text)
    known = {path for path in {row[0] for row in found} if is_path(path)}
    known = {path for path in known if not (path[-1:].isdigit() and _ends_in_times(path, found))}
    rows = []
    path = "\n"
    context = False
    for line in lines:
        if line.startswith(path):
            start = len(path) + 1
            mark = line[start - 1 : start]
            number, parted, said = line[start:].partition(mark or "\n")
            if parted and mark in ":-=" and _is_number(number):
                context = context or mark != ":"
                rows.append(SearchRow(path, number, mark, said))
                continue
        row = _of_another_file(line, known)
        path = row.path or path
        context = context or row.mark in ("-", "=")
        rows.append(row)
    return SearchResults(rows, context=context)


def _is_number(text: str) -> bool:
    return text.isdecimal() and text.isascii() and len(text) < 10


def _of_another_file(line: str, known: set[str]) -> SearchRow:
    match = _MATCH.match(line) if line else None
    if match and match[1] in known:
        return SearchRow._make(match.groups())
    return (_unannounced_context(line, known) if line and known else None) or SearchRow(
        "", "", "", line
    )


def _unannounced_context(line: str, known: set[str]) -> SearchRow | None:
    """Return the row of a context line that stands above the first match of its file."""
    position = 0
    for _ in range(_MAX_CANDIDATES):
        match = _CONTEXT.search(line, position, _MAX_PATH)
        if match is None:
            return None
        path = line[: match.start()]
        if path in known:
            return SearchRow(path, match[2], match[1], line[match.end() :])
        position = match.start() + 1
    return None


def _headed(lines: Sequence[str]) -> SearchResults:
    columns = _have_columns(lines)
    rows = []
    current = ""
    context = False
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        match = _BELOW.match(line) if current else None
        if match:
            if columns and match[2] == ":":
                match = _BELOW_COLUMN.match(line) or match
            rows.append(SearchRow(current, match[1], match[2], line[match.end() :]))
            context = context or match[2] != ":"
        elif _BELOW.match(following) and is_path(line):
            current = line
            rows.append(SearchRow(current, "", "", ""))
        else:
            current = current if line == "--" else ""
            rows.append(_other(line))
    return SearchResults(rows, "headed", columns, context)


def _bare(lines: Sequence[str]) -> SearchResults | None:
    """Return rows of ``12:text`` if there is nothing else and the numbers only grow."""
    columns = _have_columns(lines)
    rows = []
    last = 0
    context = False
    for line in lines:
        match = _BELOW.match(line)
        if match is None:
            if line not in ("", "--"):
                return None
            rows.append(_other(line))
            continue
        if int(match[1]) < last + (not columns):
            return None
        last = int(match[1])
        context = context or match[2] != ":"
        if columns and match[2] == ":":
            match = _BELOW_COLUMN.match(line) or match
        rows.append(SearchRow("", match[1], match[2], line[match.end() :]))
    if not any(row.mark == ":" for row in rows):
        return None
    return SearchResults(rows, "bare", columns, context)


def _have_columns(lines: Sequence[str]) -> bool:
    """Return whether every match that stands below its path has a column, too."""
    below = [line for line in lines if (found := _BELOW.match(line)) and found[2] == ":"]
    return bool(below) and all(map(_BELOW_COLUMN.match, below))
