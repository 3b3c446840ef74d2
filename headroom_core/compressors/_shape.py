"""Tells prose from text in which every character counts: code, diffs, markup, tables, listings."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final

_LOOK_AT: Final = 16_384
_LINES: Final = 100
_LINE: Final = 300
_MAX_TEXT: Final = 6_000
_LONG: Final = 200
_SURE: Final = 0.6
_FOREIGN: Final = 0.5
_FALLBACK: Final = 0.15
_COMMON_IN_PROSE: Final = 0.22
_OUTSIDE: Final = 0.3

_JSON = re.compile(r"\{\s*[\"}]|\[\s*[\[{\"]|\[\s*[\d\-tfn][^\]]*,")
_MARKUP = re.compile(r"<(?:!doctype|html|\?xml|svg)\b", re.IGNORECASE)
_TAG = re.compile(r"</?[A-Za-z][\w:-]{0,30}(?:\s[^<>\n]{0,300})?/?>")
_DIFF = re.compile(r"\n(?:diff --git |@@ -\d+(?:,\d+)? \+\d+(?:,\d+)? @@|Index: \S+\n)")
_BLOB = re.compile(r"[A-Za-z0-9+/=_-]{200,}")
_NO_PROSE = re.compile(r"[^\w ]|[\d_]")
_COMMIT = re.compile(
    r"commit [0-9a-f]{7,40}\b|[*|\\/ ]*\b(?=[0-9a-f]*\d)[0-9a-f]{7,12} \S"
    r"|\^?[0-9a-f]{7,40} .{0,120}\d{4}-\d\d-\d\d \d\d:\d\d"
)
_LISTED = re.compile(
    r"[-dlbcps][rwxsStT-]{9}[.+@]?\s|total \d+$|[│├└─|`\s]*(?:├|└|\|--|`--)|[^\s\u2e80-\uffff]+$"
)
_CODE = re.compile(
    r"\s*(?:(?:async\s+)?(?:def|func|fn|function)\s+\w.*[({:]|class\s+\w.*[:{]\s*$"
    r"|(?:from\s+[\w.]+\s+)?import\s+[\w.*{\"']|(?:pub|impl|struct|enum|trait|interface|namespace)\s\S+"
    r"|(?:public|private|protected|static|export|const|let|var|val|return|package|using|typedef|type)"
    r"\s.*[;{(=,]\s*$|(?:if|for|while|switch|elif|else if|with|try|except|catch)\b.*[:{]\s*$"
    r"|#\s*(?:include|define|ifdef|ifndef|endif|pragma)\b|@\w[\w.]*(?:\(.*\))?$|//|/\*|\*/|\*\s+@"
    r"|[\])}]+[,;]?\s*$|[\w.\[\]]+\s*(?::?=|\+=|:\s*\w+\s*=)\s*\S|self\.|return\b\s*\S*$)"
)
_SETTING = re.compile(
    r"\s*(?:- )?[\w.\-/\"']+:(?:\s|$)|\s*[\w.\-]+\s*=|\[[\w.\-\" :/]+\]\s*$|\s*- |[#;]"
)
_WORD = re.compile(r"[A-Za-z]+")
_COMMON: Final = frozenset(
    "the of and to in is that for it as with on be this are by an or from at not you we can will "
    "has have which if was all when use your may i a he she they but so what there do".split()
)


def prose_certainty(text: str) -> float:
    """Return how sure it is that `text` is prose, a document or a transcript, 0 to 1.

    0 for text in which every character counts; low unless it reads like English. Looks at the
    first 16 kB, and of them at about 100 lines. What is in code fences does not count: documents
    have examples. What is little else than fences is no document: they are cut apart.
    """
    start = text[:_LOOK_AT].lstrip("\ufeff \t\r\n")
    if not start or _JSON.match(start) or _MARKUP.match(start) or _DIFF.search(f"\n{start}"):
        return 0.0
    if _may_have_long_words(start):
        long = "\n".join([word for word in start.split() if len(word) >= _LONG])
        if sum(map(len, _BLOB.findall(long))) > 0.3 * len(start):
            return 0.0
    lines = _outside_fences(start)
    if sum(map(len, lines)) < _OUTSIDE * len(start):
        return _FALLBACK
    if len(_TAG.findall(start)) > max(8, 0.4 * len(lines)):
        return 0.0
    lines = [line[:_LINE] for line in lines[:: 1 + len(lines) // _LINES]]
    if any(looks(lines) for looks in _SHAPES):
        return 0.0
    if _common_share(lines) > _COMMON_IN_PROSE:
        return _SURE
    return _FOREIGN if _reads_like_prose(lines) else _FALLBACK


def _may_have_long_words(start: str) -> bool:
    position = 0
    while len(start) - position >= _LONG:
        reach = position + _LONG
        last = max(start.rfind(" ", position, reach), start.rfind("\n", position, reach))
        if last < 0:
            return True
        position = last + 1
    return False


def _outside_fences(start: str) -> list[str]:
    if "```" not in start and "~~~" not in start:
        return [line for line in start.split("\n") if line and not line.isspace()]
    lines = []
    fenced = False
    for line in start.split("\n"):
        if line.lstrip(" ")[:3] in ("```", "~~~"):
            fenced = not fenced
        elif not fenced and line and not line.isspace():
            lines.append(line)
    return lines


def _share(pattern: re.Pattern[str], lines: Sequence[str]) -> float:
    return sum(1 for line in lines if pattern.match(line)) / max(1, len(lines))


def _is_history(lines: Sequence[str]) -> bool:
    return bool(lines) and (
        (lines[0].startswith("commit ") and _COMMIT.match(lines[0]) is not None)
        or _share(_COMMIT, lines) > 0.5
    )


def _is_listing(lines: Sequence[str]) -> bool:
    return len(lines) >= 4 and _share(_LISTED, lines) > 0.6


def _is_table(lines: Sequence[str]) -> bool:
    """Return whether nearly all of the first lines have the same number of delimiters."""
    first = lines[:40]
    if len(first) < 3:
        return False
    for delimiter, least in (("\t", 1), (",", 2), (";", 2)):
        columns = first[0].count(delimiter)
        alike = sum(1 for line in first if line.count(delimiter) == columns)
        if columns >= least and alike >= 0.8 * len(first):
            return True
    return False


def _is_code(lines: Sequence[str]) -> bool:
    if len(lines) < 3:
        return False
    others = [line for line in lines if line.rstrip()[-1:] not in (";", "{")]
    return (len(lines) - len(others) + _share(_CODE, others) * len(others)) / len(lines) > 0.2


def _is_configuration(lines: Sequence[str]) -> bool:
    return len(lines) >= 3 and _share(_SETTING, lines) > 0.6 and _common_share(lines) < 0.15


def _common_share(lines: Sequence[str]) -> float:
    """Return how many of the words are those that hold English sentences together."""
    words = _WORD.findall(" ".join(lines)[:_MAX_TEXT].lower())
    return sum(1 for word in words if word in _COMMON) / max(1, len(words))


def _reads_like_prose(lines: Sequence[str]) -> bool:
    """Return whether nearly all of the text is letters and blanks, as prose of any language is."""
    text = "".join(lines)[:_MAX_TEXT]
    return len(text) >= 200 and len(_NO_PROSE.findall(text)) < 0.1 * len(text)


_SHAPES: Final[tuple[Callable[[Sequence[str]], bool], ...]] = (
    _is_history,
    _is_listing,
    _is_table,
    _is_code,
    _is_configuration,
)
