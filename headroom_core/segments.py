"""Cuts mixed text into prose, which is left alone, and payloads, which may be compressed."""

from __future__ import annotations

import json
import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, chain
from typing import Final

from headroom_core import _islands
from headroom_core.file_names import named_file

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})(.*)", re.DOTALL)
_OPEN_TAG = re.compile(r"<([A-Za-z][\w.:-]{0,60})(?:\s[^<>]{0,400})?>\s*")
_CLOSE_TAG = re.compile(r"</([A-Za-z][\w.:-]{0,60})\s*>\s*")
_TAG_NOUNS: Final = frozenset(
    "article articles attachment attachments code content contents context data diff doc docs "
    "document documents email error file files log logs output page passage passages record "
    "records response result results snippet snippets source sources stderr stdout text trace "
    "transcript webpage".split()
)
_JSON_START = re.compile(r'\{\s*["}]|\[\s*["{\[\]\d\-tfn]')
_JSON_END = re.compile(r"[ \t\r]*(?:\n|\Z)")
_DECODER: Final = json.JSONDecoder(parse_int=len, parse_float=len, parse_constant=len)
_MAX_FAILURES: Final = 16
_LONG_JSON: Final = 400
"""So much JSON is a payload even if something stands behind it on its last line: an error, say."""

_MARK = re.compile(
    r'\n(?: {0,3}(?:```|~~~)|<[A-Za-z]|\{\s*["}]|\[\s*["{\[\]\d\-tfn]|diff --git |--- \S)'
)
_LEVELS: Final = tuple("TRACE DEBUG INFO NOTICE WARN WARNING ERROR FATAL CRITICAL SEVERE".split())
_LEVEL = re.compile("|".join(rf"{level}(?<!\w{level})\b" for level in _LEVELS))
_REACH: Final = 60
_TIMES: Final = tuple(map(re.compile, (r":\d\d", r"\.\d\d\.\d\d", r"\n1\d{9}")))
_STAMP = re.compile(
    r"[^\w\n]{0,3}(?:\w{1,12}=)?[\"\[(]?"
    r"(?:\d{4}[-/.]\d\d[-/.]\d\d[T _]\d\d[:.]\d\d|\d\d[-/.]\d\d[-/.]\d\d(?:\d\d)?,? \d\d:\d\d"
    r"|\d\d-\d\d \d\d:\d\d|(?:[A-Z][a-z]{2} )?[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d"
    r"|\d\d:\d\d:\d\d\b|\d{10,13}(?:\.\d+)?\s)"
)
_MIN_LOG: Final = 20
_MAX_CONTINUATION: Final = 50


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a text, made of whole lines; only JSON may end within one.

    Attributes:
        text: The part.
        payload: Whether it is material that was put into the text, not written as part of it.
        kind: "prose", "fence", "tag", "json", "log", "diff" or "search". The lines that delimit a
            payload (fences, tags) are prose.
        file: The file that the lines above a fence or tag say it is, "" if they say nothing.
    """

    text: str
    payload: bool
    kind: str
    file: str = ""


def cut(text: str) -> tuple[Segment, ...]:
    r"""Return the segments of `text`, in order; joined they are `text`.

    Takes linear time whatever the text: what a delimiter opens is looked for once.

    >>> [(s.kind, s.text) for s in cut("See:\n```\nx = 1\n```")]
    [('prose', 'See:\n```\n'), ('fence', 'x = 1\n'), ('prose', '```')]
    """
    has_logs = _may_have_logs(text)
    found_matches = tuple(_islands.matches(text))
    if not has_logs and not found_matches and not _MARK.search(f"\n{text}"):
        return (Segment(text, False, "prose"),) if text else ()
    source = _Source(text, has_logs, found_matches)
    spans: list[tuple[int, int, str]] = []
    following = 0
    for line in source.candidates():
        found = source.payload_at(line) if line >= following else None
        if found is None:
            continue
        first, last, kind, following = found
        if last > first:
            spans.append((source.starts[first], source.end(last, kind), kind))
    segments = []
    position = 0
    for start, end, kind in _merged(spans):
        segments.append(Segment(text[position:start], False, "prose"))
        file = named_file(text, start) if kind in ("fence", "tag") else ""
        segments.append(Segment(text[start:end], True, kind, file))
        position = end
    segments.append(Segment(text[position:], False, "prose"))
    return tuple(segment for segment in segments if segment.text)


class _Source:
    """A text in lines, with what has been found out about it on the way."""

    def __init__(self, text: str, has_logs: bool, matches: Sequence[tuple[int, int]]) -> None:
        self.text = text
        self.lines: Sequence[str] = text.split("\n")
        self.starts = [0, *accumulate(len(line) + 1 for line in self.lines)]
        self._closing_tags: dict[str, list[int]] | None = None
        self._never_closed = {"`": 10**9, "~": 10**9}
        self._failures = 0
        self._within: dict[int, int] = {}
        made = _machine_made(text, self.starts) if has_logs else set()
        self._machine_made = made if len(made) >= _MIN_LOG else set()
        self._matches = {self._line_at(start): self._line_at(end) for start, end in matches}

    def _line_at(self, offset: int) -> int:
        """Return the line that begins at `offset`, or the number of lines at the end."""
        return bisect_left(self.starts, offset)

    def end(self, last: int, kind: str) -> int:
        """Return where a payload ends whose last line is the one before `last`."""
        return self._within.get(last, self.starts[last]) if kind == "json" else self.starts[last]

    def candidates(self) -> list[int]:
        """Return the lines at which a payload may begin, in order."""
        marks = _MARK.finditer(f"\n{self.text}")
        marked = {bisect_right(self.starts, mark.start()) - 1 for mark in marks}
        return sorted(marked | self._machine_made | self._matches.keys())

    def payload_at(self, line: int) -> tuple[int, int, str, int] | None:
        """Return the payload that begins at `line`: first line, end, kind, and where to go on."""
        content = self.lines[line]
        mark = content.lstrip(" ")[:1]
        found = None
        if mark in ("`", "~"):
            found = self._fence(line)
        elif mark == "<":
            found = self._tag(line)
        elif content[:1] in ("{", "["):
            found = self._json(line)
        elif mark in ("d", "-"):
            end = _islands.diff_end(self.lines, line)
            found = (line, end, "diff", end) if end > line else None
        if line in self._matches:
            found = (line, self._matches[line], "search", self._matches[line])
        return found or (self._log(line) if line in self._machine_made else None)

    def _fence(self, line: int) -> tuple[int, int, str, int] | None:
        opening = _FENCE.match(self.lines[line])
        if opening is None:
            return None
        mark, length = opening[1][0], len(opening[1])
        if length >= self._never_closed[mark]:
            return None
        for last in range(line + 1, len(self.lines)):
            closing = _FENCE.match(self.lines[last]) if mark * 3 in self.lines[last] else None
            if not closing or closing[2].strip():
                continue
            if closing[1][0] == mark and len(closing[1]) >= length:
                return line + 1, last, "fence", last + 1
        self._never_closed[mark] = length
        return None

    def _tag(self, line: int) -> tuple[int, int, str, int] | None:
        opening = _OPEN_TAG.fullmatch(self.lines[line])
        if opening is None or re.split(r"[_.:-]", opening[1].lower())[-1] not in _TAG_NOUNS:
            return None
        closing = self._closings().get(opening[1], [])
        after = bisect_right(closing, line)
        return (
            (line + 1, closing[after], "tag", closing[after] + 1) if after < len(closing) else None
        )

    def _closings(self) -> dict[str, list[int]]:
        if self._closing_tags is None:
            self._closing_tags = {}
            for number, line in enumerate(self.lines):
                match = _CLOSE_TAG.fullmatch(line) if line.startswith("</") else None
                if match:
                    self._closing_tags.setdefault(match[1], []).append(number)
        return self._closing_tags

    def _json(self, line: int) -> tuple[int, int, str, int] | None:
        start = self.starts[line]
        if self._failures >= _MAX_FAILURES or not _JSON_START.match(self.text, start):
            return None
        try:
            end = _DECODER.raw_decode(self.text, start)[1]
        except (ValueError, RecursionError):
            self._failures += 1
            return None
        last = bisect_right(self.starts, end - 1, hi=len(self.lines))
        if not _JSON_END.match(self.text, end):
            if end - start < _LONG_JSON:
                self._failures += 1
                return None
            self._within[last] = end
        return line, last, "json", last

    def _log(self, first: int) -> tuple[int, int, str, int]:
        count, last, line = 0, first, first
        while line < len(self.lines) and line - last <= _MAX_CONTINUATION:
            if line in self._machine_made:
                count += 1
                last = line + 1
            elif not self.lines[line][:1].isspace():
                break
            line += 1
        return first if count >= _MIN_LOG else last, last, "log", last


def _may_have_logs(text: str) -> bool:
    """Return whether there are enough times of day or levels in `text` for a log."""
    hints = sum(map(text.count, _LEVELS))
    return hints >= _MIN_LOG or hints + sum(len(t.findall(text)) for t in _TIMES) >= _MIN_LOG


def _machine_made(text: str, starts: Sequence[int]) -> set[int]:
    """Return the lines that begin with a time or have a level near their start."""
    made = set()
    levels = _LEVEL.finditer(text) if any(level in text for level in _LEVELS) else ()
    for hit in chain(levels, *(time.finditer(text) for time in _TIMES)):
        line = bisect_right(starts, hit.end() - 1) - 1
        if hit.start() - starts[line] <= _REACH and line not in made:
            is_level = hit[0][0].isalpha()
            if is_level or _STAMP.match(text, starts[line]):
                made.add(line)
    return made


def _merged(spans: Sequence[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Return the spans, those of one kind that touch (JSON lines, say) made one."""
    merged: list[tuple[int, int, str]] = []
    for first, last, kind in spans:
        touches = bool(merged) and merged[-1][1:] == (first, kind)
        merged.append((merged.pop()[0] if touches else first, last, kind))
    return merged
