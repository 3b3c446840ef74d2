"""Tells listings of files from other texts, by a look at the start, the middle and the end."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice, pairwise
from typing import Final

from headroom_core.compressors._listing.changes import kind_of
from headroom_core.compressors._listing.wide import SAID

_SLICES: Final = ((4_000, 32), (3_000, 16), (3_000, 16))
_MIN_LINES: Final = 4
_MAX_LINE: Final = 400
_BASE64: Final = 56
_SURE: Final = 0.8
_SUREST: Final = 0.95
_LIKELY: Final = 0.5

_SAID_BY: Final = (
    r"[-dlbcpsD][-rwxsStTl]{9}[.+@]? {1,20}\d|total \d[\d.]{0,12}[KMGT]?$"
    r"|\t(?:modified|new file|deleted|renamed|both \w{1,20}): |On branch \S"
    r"|Your branch |  \(use \"git |Changes (?:not staged|to be committed)|Untracked files:$"
)
_DRAWN_BY: Final = (
    r"(?:[│|] {3}|│[\xa0]{2} | {4}){0,40}(?:[├└]─|\|-- |`-- |\+--)|\d{1,9} director(?:y|ies)\b"
)
_MARKED: Final = re.compile(f"{_SAID_BY}|{SAID}|{_DRAWN_BY}")
_DRAWN: Final = re.compile(_DRAWN_BY)
_BEFORE: Final = (
    r"(?: {0,12}\d[\d.]{0,12}[KMGTP]?[ \t]{1,4}|[ MADRCTU?!]{2} |[MADTUX]\t|[0-9a-f]{32,128} [ *]"
    r"|\t(?:(?:modified|new file|deleted): {1,12})?)?"
)
_PATH: Final = re.compile(
    _BEFORE + r"(?=[^a-zA-Z\n]{0,40}[a-zA-Z])(?=[^/\\\n]{0,200}[/\\])"
    r"(?:[A-Za-z]:\\)?[^\s:;,|<>\"'`=*?#$]{1,400}$"
)
_FILE: Final = re.compile(
    _BEFORE + r"[\w.@+-]{1,100}\.(?:py|pyi|js|jsx|ts|tsx|mjs|cjs|go|rs|java|kt|c|h|cc|cpp|hpp|cs|rb"
    r"|php|sh|md|rst|txt|json|ya?ml|toml|ini|cfg|conf|lock|html|css|scss|vue|svg|png|jpe?g|gif|ico"
    r"|pdf|sql|xml|csv|gz|zip|log|proto|ipynb|gradle|swift|scala|ex|exs|lua|snap|map|so|bat|ps1)$"
)
_PLAIN: Final = re.compile(_BEFORE + r"[\w.@+-]{1,100}$")
_HEADING: Final = re.compile(r"(?:\.|[^\s:]{0,200}/[^\s:]{1,200}|[\w.-]{1,80}):$")


_EXTENSION: Final = re.compile(r"[^\s/\\]\.[A-Za-z][A-Za-z0-9_]{0,9}[/*]?$")
_ROOTED: Final = re.compile(
    r"(?: {0,12}\d[\d.]{0,12}[KMGTP]?[ \t]{1,4})?(?:\.{1,2}/|~/|[A-Za-z]:\\"
    r"|/(?:usr|etc|home|root|var|opt|tmp|lib\w{0,9}|s?bin|mnt|srv|proc|sys|dev|run|boot|media|nix"
    r"|snap|work\w{0,9}|Users|private|Library|Applications|Volumes)/)"
    r"|[ MADRCTU?!]{2} |[MADTUX]\t|[0-9a-f]{32,128} [ *]|\t| {0,4}\d[\d.]{0,6}[KMGTP]\t"
)
_PACKAGE: Final = re.compile(r"[^\n]{0,400}(?:[@ =]v?[~^]?\d{1,9}\.\d|\(\*\)|\[required:|:jar:)")
_TOP: Final = re.compile(r"([^\s:]{1,200}):\n(?! )[^\s]")
_LONGEST_EXTENSION: Final = 14
_ENOUGH: Final = 0.5
_SOME: Final = 0.15
_FEW: Final = 0.05
_PARENTS: Final = 2
_UNSURE: Final = 0.4


def sureness(text: str) -> float:
    """Return how sure it is that `text` is a list of files, 0 to 1."""
    if kind_of(text) or _is_recursive(text):
        return _SUREST
    slices = _slices(text)
    lines = [line for part in slices for line in part]
    if len(lines) < _MIN_LINES:
        return 0.0
    share = _share(lines)
    if share < _LIKELY:
        return 0.0 if share < _LIKELY / 2 else 0.2
    if any(len(part) > _MIN_LINES and _share(part) < _LIKELY for part in slices[1:]):
        return 0.2  # something else follows
    if not _are_files(lines):
        return _UNSURE
    return _SUREST if share >= _SURE else 0.6


def _is_recursive(text: str) -> bool:
    """Return whether `ls -R` printed names alone: a heading for each folder inside the first."""
    first = _TOP.match(text)
    if first is None:
        return False
    root = first[1].removesuffix("/")
    at, found = text.find(f"\n\n{root}/"), 0
    while at >= 0 and found < _PARENTS:
        found += text.startswith(":\n", text.find("\n", at + 2) - 1)
        at = text.find(f"\n\n{root}/", at + 2)
    return found == _PARENTS


def _are_files(lines: Sequence[str]) -> bool:
    """Return whether the lines of a listing name files, not packages, types or rules."""
    named = [line for line in lines if not _EXTENSION.search(line[-_LONGEST_EXTENSION:])]
    files = len(lines) - len(named)
    drawn = [line for line in lines if _DRAWN.match(line)]
    if len(drawn) * 4 > len(lines):
        packages = sum(1 for line in drawn if _PACKAGE.match(line))
        footers = sum(1 for line in drawn if " director" in line)
        return packages < _SOME * len(drawn) and footers + files > _FEW * len(drawn)
    text = "\n".join(lines)
    if "*" in text or "#" in text:
        rules = sum(
            1 for line in lines if (line[0] in "#!" and not _MARKED.match(line)) or "*" in line[:-1]
        )
        if rules > _FEW * len(lines):
            return False
    sure = files + sum(1 for line in named if _ROOTED.match(line) or _MARKED.match(line))
    if sure >= _ENOUGH * len(lines) or (sure and ":\n" in text):
        return True
    parents = sum(1 for line, below in pairwise(lines) if below.startswith(f"{line}/"))
    return parents >= _PARENTS


def _slices(text: str) -> list[list[str]]:
    middle = max(_SLICES[0][0], len(text) // 2)
    end = max(middle + _SLICES[1][0], len(text) - _SLICES[2][0])
    found = []
    for start, (size, most) in zip((0, middle, end), _SLICES, strict=True):
        part = text[start : start + size].split("\n")
        if start:
            part = part[1:]
        if start + size < len(text) and len(part) > 1:
            part.pop()
        found.append(list(islice((line.rstrip("\r") for line in part if line.strip()), most)))
    return found


def _share(lines: Sequence[str]) -> float:
    """Return the share of lines that a listing has."""
    short = [line for line in lines if len(line) <= _MAX_LINE]
    rest = [line for line in short if not _MARKED.match(line)]
    drawn = len(short) - len(rest)
    paths = [line for line in rest if _PATH.match(line)]
    if len(paths) > _MIN_LINES and _is_base64(paths):
        return 0.0
    others = [line for line in rest if line[-1] == ":" or not ("/" in line or "\\" in line)]
    files = sum(1 for line in others if _FILE.match(line))
    headings = sum(1 for line in others if line[-1] == ":" and _HEADING.match(line))
    sure = drawn + len(paths) + files + (headings if files or drawn else 0)
    if sure < 0.3 * len(lines):
        return sure / len(lines)
    plain = sum(1 for line in others if _PLAIN.match(line)) - files
    return min(1.0, (sure + max(0, plain)) / len(lines))


def _is_base64(lines: Sequence[str]) -> bool:
    """Return whether all lines but the last have the same, great length and no dots or dashes."""
    width = len(lines[0])
    return width > _BASE64 and all(
        len(line) == width and "." not in line and "-" not in line for line in lines[:-1]
    )
