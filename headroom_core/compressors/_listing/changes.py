"""Reads what `git diff --stat` and `--numstat` print: files with how many lines changed.

Without a limit a `--stat` is written by folder, as below the commits of a log; the columns of a
`--numstat` are spelled shorter by others. For a page both are read as if `du -a` had printed them,
with the changed lines of each file as its size. A body begins with::

    changes 1           how many line breaks stand at the end
"""

from __future__ import annotations

import re
from typing import Final

from headroom_core.compressors._history import files
from headroom_core.compressors._listing.wide import Wide

SUMMARY: Final = "lines of the summary"
_LOOK_AT: Final = 6_000
_MIN_LINES: Final = 4
_MOST: Final = 0.9
_STAT: Final = r" ([^\s|][^\n|]{0,400}+)\| +(?:(\d{1,9})(?: [+-]+)?|Bin(?: [^\n]{1,60})?|Unmerged)$"
_NUMSTAT: Final = r"(\d{1,9}|-)\t(\d{1,9}|-)\t(\S[^\t\n]{0,400})$"
_TOTAL: Final = r" \d{1,9} files? changed(?:, [^\n]{1,80})?$"
_SUMMARY: Final = r" (?:create|delete) mode \d| (?:rename|copy|rewrite) \S| mode change \d"
_ROWS: Final = re.compile(f"^(?:{_STAT}|{_TOTAL})", re.MULTILINE)
_SAID_BELOW: Final = re.compile(_SUMMARY)
_NUMBERS: Final = re.compile(f"^{_NUMSTAT}", re.MULTILINE)
_LINE_OF: Final = {
    "stat": re.compile(f"^(?:{_STAT}|{_TOTAL}|{_SUMMARY})"),
    "numstat": re.compile(r"^(?:\d{1,9}|-)\t(?:\d{1,9}|-)\t[^\t\n]{0,400}?[/.][^\t\n/]{1,200}$"),
}
_FIRST: Final = {"stat": re.compile(rf"\A{_STAT}", re.MULTILINE), "numstat": _NUMBERS}
_RENAMED: Final = re.compile(r"\{[^{}]* => ([^{}]*)\}|^[^{}]* => ([^{}]*)\}?")
_OPENING: Final = re.compile(r"changes (\d)\n")
_NOTE: Final = "files by folder with lines added and deleted"
_NUMBER: Final = "changed lines"
_LEFT: Final = "splits into added and deleted lines"
_FORMER: Final = "former names"


def kind_of(text: str) -> str:
    """Return "stat" or "numstat" if `text` is nothing but such a list, "" if it is not."""
    kind = next((kind for kind, first in _FIRST.items() if first.match(text)), "")
    if not kind:
        return ""
    lines = text[:_LOOK_AT].split("\n")
    if len(text) > _LOOK_AT:
        lines.pop()
    lines = [line for line in lines if line]
    fitting = sum(1 for line in lines if _LINE_OF[kind].match(line))
    return kind if len(lines) >= _MIN_LINES and fitting >= _MOST * len(lines) else ""


def rows_of(text: str, keep: re.Pattern[str] | None) -> tuple[str, int]:
    """Return `text` without what `--summary` says below a list, and how many lines that is."""
    lines = text.split("\n")
    rows = [line for line in lines if not _SAID_BELOW.match(line) or (keep and keep.search(line))]
    return "\n".join(rows), len(lines) - len(rows)


def read(text: str, kind: str) -> Wide:
    """Return `text`, a list of that kind, with a number before the path as it is now."""
    former = rows = 0

    def short(row: re.Match[str]) -> str:
        nonlocal former, rows
        if kind == "numstat":
            path = row[3]
            changed = sum(int(number) for number in row.groups()[:2] if number != "-")
        elif row[1] is None:
            return f"in all: {row[0]}"  # no number before a path
        else:
            path, changed = row[1].rstrip(" "), int(row[2] or 0)
        rows += 1
        if " => " in path:
            former += 1
            path = _RENAMED.sub(lambda match: match[1] or match[2] or "", path).replace("//", "/")
        return f"{changed}\t{path}"

    plain = (_NUMBERS if kind == "numstat" else _ROWS).sub(short, text)
    return Wide(plain, {_LEFT: rows, _FORMER: former}, _NUMBER)


def encode(text: str, kind: str) -> tuple[str, str] | None:
    """Return the body and how to read it, None if it would not give `text` back."""
    block = text.rstrip("\n")
    ended = len(text) - len(block)
    lines = files.encode(block, kind) if kind == "stat" and ended < 10 else None
    if lines is None:
        return None
    body = "\n".join([f"changes {ended}", *lines])
    return (body, _NOTE) if decode(body) == text else None


def decode(body: str) -> str | None:
    """Return the text that `body` stands for, None if it is no such list.

    Raises:
        ValueError: If it begins like one and is none.
    """
    opening = _OPENING.match(body)
    if opening is None:
        return None
    lines = body[opening.end() :].split("\n")
    return files.decode(lines, "stat") + "\n" * int(opening[1])
