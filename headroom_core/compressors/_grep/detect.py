"""Says how sure it is that a text is search results, and not a log, a list or diagnostics."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from headroom_core.compressors._grep.paths import is_sure
from headroom_core.compressors._grep.read import COLOUR, read
from headroom_core.compressors._grep.rows import SearchResults, SearchRow, is_result

_LOOK_AT: Final = 4_096
_LINES: Final = 60
_MIN_ROWS: Final = 3
_MIN_UNUSUAL: Final = 5
_MIN_CODE: Final = 8
_FEW: Final = 0.1
_MANY: Final = 0.6
_SURE: Final = 0.95
_MAYBE: Final = 0.4
_ASKED = re.compile(r"\b(?:e?grep|rg|ack|ag|findstr|search(?:_\w{1,20})?|Grep|Search)\b")
# What compilers, linters and loggers say behind a path and a number.
_FINDING = re.compile(
    r"(?:[0-9]{1,9}(?::| -))?\s?(?:fatal |style |syntax )?"
    r"(?:error|warning|warn|note|info|debug|critical"
    r"|[A-Z]{1,4}[0-9]{2,5})\b",
    re.IGNORECASE,
)
_MESSAGE = re.compile(r"(?:[0-9]{1,9}:)? [^\s*]")
_SPOKEN = re.compile(r" \S|\S*$")
_SIGNS = re.compile(r"[(=;{\[]|:$|^\s*(?:import|from|return|class|def|func|fn|pub|use)\b")
_TIME = re.compile(r"[0-9]{1,2}[:.-][0-9]{2}[:.,-][0-9]{2}\b")


def certainty(text: str, asked: str) -> float:
    """Return how sure it is, from the start of the text and the tool call that made it."""
    start = text[:_LOOK_AT].replace("\r\n", "\n")
    if start.count(":") < _MIN_ROWS:
        return 0.0
    if "\x1b" in start:
        start = COLOUR.sub("", start)
    lines = start.split("\n")
    if len(text) > _LOOK_AT and len(lines) > 1:
        lines.pop()
    listing = read("\n".join(lines[:_LINES]))
    rows = [row for row in listing.rows() if is_result(row) or row.text.strip() not in ("", "--")]
    found = [row for row in rows if is_result(row)]
    if len(found) < _MIN_ROWS or _are_times(found):
        return 0.0
    return _OF_FORM[listing.form](listing, found, len(found) / len(rows), _ASKED.search(asked))


def _plain(
    listing: SearchResults, found: Sequence[SearchRow], share: float, asked: re.Match[str] | None
) -> float:
    if not any(row.number for row in found):
        return _unnumbered(found, share, asked)
    if listing.form == "headed" and not _ascends(found):
        return 0.0
    paths = {row.path for row in found}
    if share < 0.5 or (len(paths) == len(found) and share < 0.9):
        return 0.0
    if _are_findings(found, asked) or not _most_sure(paths):
        return _MAYBE
    return _SURE if share >= 0.8 else 0.7


def _unnumbered(found: Sequence[SearchRow], share: float, asked: re.Match[str] | None) -> float:
    paths = {row.path for row in found}
    if len(found) < _MIN_UNUSUAL or share < 0.95 or not all(map(is_sure, paths)):
        return 0.0
    if any(row.text.startswith(":") for row in found) or _are_findings(found, None):
        return 0.0
    if asked or _is_code(found):
        return 0.8
    return _MAYBE if len(paths) < len(found) else 0.0


def _is_code(found: Sequence[SearchRow]) -> bool:
    """Return whether lines of files stand behind paths: few words with a blank before them."""
    if len(found) < _MIN_CODE or not all("/" in row.path or "\\" in row.path for row in found):
        return False
    spoken = sum(_SPOKEN.match(row.text) is not None for row in found)
    signs = sum(_SIGNS.search(row.text) is not None for row in found)
    return spoken <= _FEW * len(found) and signs >= _MANY * len(found)


def _bare(
    listing: SearchResults, found: Sequence[SearchRow], share: float, asked: re.Match[str] | None
) -> float:
    if len(found) < _MIN_UNUSUAL or _are_findings(found, None) or listing.columns:
        return 0.0
    counting = all(int(a.number) + 1 == int(b.number) for a, b in pairwise(found))
    return 0.8 if asked else _MAYBE if counting else 0.6


def _counts(
    listing: SearchResults, found: Sequence[SearchRow], share: float, asked: re.Match[str] | None
) -> float:
    paths = [row.path for row in found]
    if share < 0.9 or len(set(paths)) < len(paths) or not _most_sure(set(paths)):
        return 0.0
    return 0.9 if asked or any(row.number == "0" for row in found) else _MAYBE


_OF_FORM: Final = {"plain": _plain, "headed": _plain, "bare": _bare, "counts": _counts}


def _most_sure(paths: set[str]) -> bool:
    return sum(is_sure(path) for path in paths) * 2 > len(paths)


def _are_findings(found: Sequence[SearchRow], asked: re.Match[str] | None) -> bool:
    """Return whether most texts are messages about a line, not what stands in it."""
    if sum(_FINDING.match(row.text) is not None for row in found) * 2 > len(found):
        return True
    messages = sum(_MESSAGE.match(row.text) is not None for row in found)
    return asked is None and messages > 0.6 * len(found)


def _are_times(found: Sequence[SearchRow]) -> bool:
    """Return whether numbers and texts are times of day or dates, torn apart."""
    times = [_TIME.match(f"{row.number}{row.mark}{row.text[:9]}") for row in found]
    return 2 * sum(time is not None for time in times) > len(found)


def _ascends(rows: Sequence[SearchRow]) -> bool:
    """Return whether line numbers only grow inside a file; times of day below a path do not."""
    return all(
        a.path != b.path or int(a.number.partition(":")[0]) <= int(b.number.partition(":")[0])
        for a, b in pairwise(rows)
    )
