"""Writes search results grouped by file, and turns the grouping back into the exact lines.

The first line of a body says what all paths begin with. Below it::

    name            a file; without a folder it is in the folder of the file above
    ./name          a file in no folder
    name +4         the same; 4 spaces (+1t: a tab) are cut from the start of every text
    12:text         a match in the file above; 12-text is context
    |line           a line that is no search result
    (empty), --     themselves
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import Final

from headroom_core.compressors._grep import NUMBERED, Listing, Row

_NOTE: Final = (
    "results by file, line:text below the path; a bare name is in the folder of the path above; "
    '"+4": 4 spaces cut from each text'
)
_NOTE_GAPS: Final = '; "--" between groups left out'

_PLAIN, _HEADED, _GAPS = "root ", "headed, root ", "gaps, root "
_ROOT = re.compile(r"(headed, |gaps, )?root (.*)", re.DOTALL)
_CUT = re.compile(r"(.+) \+([0-9]{1,4})(t?)", re.DOTALL)
_SEPARATOR: Final = "--"


def encode(listing: Listing) -> tuple[str, str]:
    """Return the body, the same lines grouped by file, and how to read it."""
    paths = list(dict.fromkeys(row.path for row in listing.rows if row.path))
    root = common_root(paths)
    safe = {path: _is_safe(path[len(root) :]) for path in paths}
    gaps = all(safe.values()) and _has_implied_gaps(listing)
    style = _HEADED if listing.headed else _GAPS if gaps else _PLAIN
    body = [style + root]
    folder = ""
    for path, rows in _runs(listing):
        name = path[len(root) :]
        if not safe.get(path):
            body += [_escape(_original(row, listing.headed)) for row in rows]
            continue
        cut = _common_indent([row.text for row in rows if row.number])
        body.append(_heading(name, folder) + _cut_note(cut))
        folder = name.rpartition("/")[0]
        for row in rows:
            if row.number:
                body.append(f"{row.number}{row.mark}{row.text[len(cut) :]}")
            elif not row.path and not (gaps and row.text == _SEPARATOR):
                body.append(_escape(row.text))
    return "\n".join(body), _NOTE + (_NOTE_GAPS if gaps else "")


def decode(body: str) -> str:
    """Return the exact lines that `body` stands for.

    Raises:
        ValueError: If `body` is not what `encode` writes.
    """
    first, *lines = body.split("\n")
    opening = _ROOT.fullmatch(first)
    if opening is None:
        raise ValueError("the first line does not name the root")
    return "\n".join(_decode_lines(lines, opening[1] or "", opening[2]))


def common_root(paths: Sequence[str]) -> str:
    """Return the folder that all `paths` are in, with its last slash, or ""."""
    low, high = min(paths, default=""), max(paths, default="")
    alike = takewhile(lambda pair: pair[0] == pair[1], zip(low, high, strict=False))
    return low[: low.rfind("/", 0, sum(1 for _ in alike)) + 1]


def _has_implied_gaps(listing: Listing) -> bool:
    """Return whether a "--" stands exactly where the line numbers jump, so it need not be said."""
    if listing.headed:
        return False
    found = False
    previous: Row | None = None
    separated = False
    for index, row in enumerate(listing.rows):
        if row.path:
            if previous and _jumps(previous, row) != separated:
                return False
            previous, separated = row, False
        elif row.text == _SEPARATOR and previous and not separated:
            separated = found = True
        elif row.text or index != len(listing.rows) - 1:
            return False
    return found and not separated


def _decode_lines(lines: Sequence[str], style: str, root: str) -> Iterator[str]:
    headed = style.startswith("headed")
    folder = path = indent = ""
    previous: Row | None = None
    for line in lines:
        if line.startswith("|") or line in ("", _SEPARATOR):
            yield line.removeprefix("|")
        elif match := NUMBERED.match(line):
            if not path:
                raise ValueError("a row without a file above it")
            text = line[match.end() :]
            row = Row(path, match[1], match[2], indent + text if text else "")
            if style.startswith("gaps") and previous and _jumps(previous, row):
                yield _SEPARATOR
            previous = row
            yield _original(row, headed)
        else:
            name, indent = _read_heading(line)
            name = name.removeprefix("./")
            if "/" not in name and not line.startswith("./") and folder:
                name = f"{folder}/{name}"
            folder, path = name.rpartition("/")[0], root + name
            if headed:
                yield path


def _runs(listing: Listing) -> Iterator[tuple[str, list[Row]]]:
    """Yield neighbouring rows of one file with the other lines between and below them."""
    path = ""
    rows: list[Row] = []
    for row in listing.rows:
        if row.path and (row.path != path or not row.number):
            if rows:
                yield path, rows
            path, rows = row.path, []
        rows.append(row)
    if rows:
        yield path, rows


def _is_safe(name: str) -> bool:
    """Return whether headings of this name read as headings, and as this name."""
    bare = name.rpartition("/")[2]
    return not (
        not bare
        or name.startswith(("|", "./", "/"))
        or bare.startswith("|")
        or bare == _SEPARATOR
        or NUMBERED.match(name)
        or NUMBERED.match(bare)
        or _CUT.fullmatch(name)
    )


def _heading(name: str, folder: str) -> str:
    own, _, bare = name.rpartition("/")
    if own == folder:
        return bare
    return name if own else "./" + name


def _read_heading(line: str) -> tuple[str, str]:
    match = _CUT.fullmatch(line)
    if match is None:
        return line, ""
    return match[1], ("\t" if match[3] else " ") * int(match[2])


def _cut_note(cut: str) -> str:
    return f" +{len(cut)}{'t' if cut[0] == chr(9) else ''}" if cut else ""


def _common_indent(texts: Sequence[str]) -> str:
    filled = [text for text in texts if text]
    first = filled[0][0] if filled else ""
    if first not in (" ", "\t"):
        return ""
    width = min(9999, *(len(text) - len(text.lstrip(first)) for text in filled), *map(len, filled))
    # A text that is nothing but the cut would come back as an empty one.
    width -= any(len(text) == width for text in filled)
    return first * width


def _jumps(previous: Row, row: Row) -> bool:
    return previous.path != row.path or int(previous.number) + 1 != int(row.number)


def _escape(line: str) -> str:
    return line if line in ("", _SEPARATOR) else "|" + line


def _original(row: Row, headed: bool) -> str:
    if not row.path:
        return row.text
    if headed:
        return f"{row.number}{row.mark}{row.text}" if row.number else row.path
    return f"{row.path}{row.mark}{row.number}{row.mark}{row.text}"
