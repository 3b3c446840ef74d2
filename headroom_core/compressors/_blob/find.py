"""Finds what only machines read: base64, hex, dumps, keys, minified code."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import Final, NamedTuple

_MOSTLY: Final = 0.5
_QUOTED: Final = 0.01
_MIN_WRAPPED: Final = 48
_MIN_RUN: Final = 200
_MIN_LINE: Final = 1_500
_MIN_LETTERS: Final = 16
_BEGIN = re.compile(r"^[ \t]{0,40}-----BEGIN ([A-Z0-9 ]{1,40})-----", re.MULTILINE)
_END = re.compile(r"-----END [A-Z0-9 ]{1,40}-----")
_NOT_PEM = re.compile(r"[^A-Za-z0-9+/=\s]")
_CODED = "A-Za-z0-9+/_-"
_RUN = re.compile(rf"(?<![{_CODED}])[{_CODED}]{{200,}}+={{0,2}}")
_MEDIA = re.compile(r"data:([\w.+/-]{1,60})[\w.+/;=-]{0,60},\Z")
_WRAPPED = re.compile(
    rf"^(?:[ \t]{{0,40}}+[{_CODED}]{{48,120}}+[ \t\r]{{0,9}}+\n){{3,}}+"
    rf"(?:[ \t]{{0,40}}+[{_CODED}]{{1,120}}+={{0,2}}[ \t\r]{{0,9}}+$)?",
    re.MULTILINE,
)
_ROW = (
    r"(?:[0-9a-f]{7,8}: (?:[0-9a-f]{2,8} ){1,16}+ [^\n]{0,40}+"
    r"|[0-9a-f]{6,8}(?:  ?[0-9a-f]{2,4}){1,16}+(?: {0,60}+(?:\|[^\n]{0,40}+|>[^\n]{0,40}+))?"
    r"|[0-7]{7}(?: {1,4}[0-7]{3,11}){1,16}+|[0-9a-f]{6,8}|\*)[ \t\r]{0,9}+"
)
_HINT = re.compile(r"\n[0-9a-f]{6,8}:? ++[0-9a-f]{2}")
_DUMP = re.compile(rf"^(?:{_ROW}(?:\n|\Z)){{4,}}+", re.MULTILINE)
_LONG_LINE = re.compile(r"^[^\n]{1500,}+", re.MULTILINE)
_NOISE = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x9f\ufffd]")
_MOST_BLANKS: Final = 0.12
_SIGNS = re.compile(r"[;,(){}=:\[\]]")
_CSS = re.compile(r"[{;][\w-]{2,30}:[^{}:;()]{1,60}[;}]")
_DATA = re.compile(r"\s*+(?:<|\{\s*+\"[^\"]{0,100}\"\s*+:|\[\s*+[\"{\[\d-])")
_SCRIPT = re.compile(r"\bfunction\b|=>|\bvar \b|\breturn\b")
_MAX_PEM: Final = 100_000
_LOOK_AT: Final = 4_000


class Blob(NamedTuple):
    """A blob and where it stands.

    Attributes:
        start: Where it begins, what introduces it (a data URL's type) not included.
        end: Where it ends.
        kind: "base64", "hex", "dump", "pem", "code" or "binary".
        label: What its own text calls it: "CERTIFICATE", "image/png"; "" for nothing.
    """

    start: int
    end: int
    kind: str
    label: str = ""


def may_hold(text: str) -> bool:
    """Return whether blobs may make up most of `text`: a cheap look."""
    enough = len(text) * _MOSTLY
    if text.lstrip()[:1] in ("{", "[") and text.count('"') > _QUOTED * len(text):
        return False
    if sum([len(word) for word in text.split() if len(word) >= _MIN_WRAPPED]) > enough:
        return True
    if "-----BEGIN " in text or _HINT.search(f"\n{text[:2_000]}"):
        return True
    long = sum([len(line) for line in text.split("\n") if len(line) >= _MIN_LINE])
    return long > enough or _is_noise(text[:2_000])


def find(text: str) -> list[Blob]:
    """Return the blobs of `text` in order, none inside another."""
    if _is_noise(text[:_LOOK_AT]):
        return [Blob(0, len(text), "binary")]
    longest = max(map(len, text.split()), default=0)
    found: list[Blob] = []
    if "-----BEGIN " in text:
        found += _keys(text)
    if _HINT.search(f"\n{text}"):
        found += [Blob(*m.span(), "dump") for m in _DUMP.finditer(text)]
    if longest >= _MIN_WRAPPED:
        found += [blob for m in _WRAPPED.finditer(text) if (blob := _coded(text, *m.span()))]
    if longest >= _MIN_RUN:
        found += _runs(text)
    if max(map(len, text.split("\n"))) >= _MIN_LINE:
        found += [blob for m in _LONG_LINE.finditer(text) if (blob := _dense(text, *m.span()))]
    return list(_apart(found))


def _runs(text: str) -> Iterator[Blob]:
    for match in _RUN.finditer(text):
        media = _MEDIA.search(text, max(0, match.start() - 130), match.start())
        if blob := _coded(text, *match.span(), media[1] if media else ""):
            yield blob


def _keys(text: str) -> Iterator[Blob]:
    ends = [match.end() for match in _END.finditer(text)]
    for begin in _BEGIN.finditer(text):
        place = bisect_right(ends, begin.end())
        if place == len(ends) or ends[place] - begin.start() > _MAX_PEM:
            continue
        inner = text[begin.end() : ends[place]]
        if len(_NOT_PEM.findall(inner)) <= 40 + 0.05 * len(inner):
            yield Blob(begin.start(), ends[place], "pem", begin[1].strip())


def _is_noise(sample: str) -> bool:
    return len(_NOISE.findall(sample)) > 0.1 * len(sample)


def _coded(text: str, start: int, end: int, label: str = "") -> Blob | None:
    """Return the blob if its characters are as mixed as those of coded bytes."""
    sample = text[start : min(end, start + 4_000)]
    used = set(sample) - set(" \t\r\n=")
    if len(used) < 10:
        return None
    if used <= _HEX:
        return Blob(start, end, "hex", label)
    mixed = any(map(str.isupper, used)) and any(map(str.islower, used))
    digits = any(map(str.isdigit, used))
    if len(used) < _MIN_LETTERS or not mixed or not digits:
        return None
    return Blob(start, end, "base64", label)


_HEX: Final = frozenset("0123456789abcdefABCDEF")


def _dense(text: str, start: int, end: int) -> Blob | None:
    """Return the blob if a long line is code without blanks, or bytes read as text."""
    sample = text[start : min(end, start + _LOOK_AT)]
    if _DATA.match(sample):
        return None
    if _is_noise(sample):
        return Blob(start, end, "binary")
    blanks = sample.count(" ") + sample.count("\t")
    signs = len(_SIGNS.findall(sample))
    scripts = len(_SCRIPT.findall(sample))
    most = _MOST_BLANKS * (2 if scripts >= 10 else 1)
    if blanks > most * len(sample) or not 0.06 * len(sample) < signs < 0.5 * len(sample):
        return None
    styles = len(_CSS.findall(sample))
    if not scripts and styles < 5:
        return None
    return Blob(start, end, "code", "JavaScript" if scripts * 2 >= styles else "CSS")


def _apart(found: list[Blob]) -> Iterator[Blob]:
    end = -1
    for blob in sorted(found, key=lambda blob: (blob.start, -blob.end)):
        if blob.start >= end:
            yield blob
            end = blob.end
