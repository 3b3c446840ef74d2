"""Cuts a tool result into the source files it consists of, and knows their line numbers."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import Final

from headroom_core.compressors._code.grammar import Span
from headroom_core.compressors._code.question import paths

_NUMBER = re.compile(r"[ \t]*(\d{1,7})(\t|→|: ?| ?\| ?)")
_DIGITS = re.compile(r"\d+")
NUMBER: Final = re.compile(rb"\x01(\d+)\x02")
"""Stands for the number of a line in what is written instead of a part."""

_NUMBERED: Final = 3
_AROUND: Final = 6
_HEADING = re.compile(
    r"\n(?=[=\-#*/;Ff])(?:==> (?P<tail>[^\n]{1,300}) <=="
    r"|[-=#*]{3,60} (?:[Ff]ile:? )?(?P<rule>[^\s:]{1,300}\.\w{1,10})(?: [-=#*]{3,60})?"
    r"|(?://|#|/\*|;|--)? ?[Ff]ile(?:name|path)?: ?`?(?P<named>[^\s`]{1,300}\.\w{1,10})`?(?: \*/)?"
    r"|(?:#|//) (?P<path>[\w.@+-]{1,100}(?:/[\w.@+-]{1,100}){1,20}\.\w{1,10}))"
    r"[ \t\r]*(?=\n|\Z)"
)
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True)
class Excerpt:
    """A part of a result: a file, or what stands around files.

    Attributes:
        text: The part, without line numbers.
        path: The file, "" if that is not said.
        line: Number of its first line in the original of the result, counted from 1.
        prefixes: What stands before each line in the result; () if nothing does.
        heading: Whether it is no file.
    """

    text: str
    path: str = ""
    line: int = 1
    prefixes: Sequence[str] = ()
    heading: bool = False


def cut(text: str, line: int = 1) -> list[Excerpt]:
    """Return the parts of a result, in order; with their prefixes they are the text.

    Args:
        text: The result.
        line: Number of its first line in its original.
    """
    headings = list(_headings(text))
    # One path in a comment is the first line of a file that says so itself.
    if len(headings) < 2:
        return _numbered(Excerpt(text, headings[0][1] if headings else "", line))
    parts: list[Excerpt] = []
    position, path = 0, ""
    for start, named in headings:
        if start > position:
            parts += _numbered(Excerpt(text[position:start], path, line))
            line += text.count("\n", position, start)
        end = text.find("\n", start) + 1 or len(text)
        parts.append(Excerpt(text[start:end], line=line, heading=True))
        position, line, path = end, line + text.count("\n", start, end), named
    if position < len(text):
        parts += _numbered(Excerpt(text[position:], path, line))
    return parts


def _headings(text: str) -> Iterator[tuple[int, str]]:
    """Yield where the lines that name a file begin, and the file.

    A path in a comment names one only at the start or below an empty line.
    """
    for heading in _HEADING.finditer(f"\n{text}"):
        start = heading.start()
        is_alone = start == 0 or text[start - 2 : start - 1] in ("", "\n", "\r")
        if heading["path"] is None or is_alone:
            yield start, next(filter(None, heading.groups()), "").strip()


def _numbered(part: Excerpt) -> list[Excerpt]:
    """Take line numbers off a part; what stands before and after them is parts of its own."""
    lines = part.text.split("\n")
    first = next((i for i, line in enumerate(lines[:_AROUND]) if _NUMBER.match(line)), -1)
    if first < 0 or len(lines) < first + _NUMBERED:
        return [part]
    opening = _NUMBER.match(lines[first])
    sign = opening[2].strip(" ") or opening[2] if opening else ""
    prefixes: list[str] = []
    number = start = int(opening[1]) if opening else 0
    for line in lines[first:]:
        match = _NUMBER.match(line)
        if match and int(match[1]) == number and match[2].strip(" ") == sign.strip(" "):
            prefixes.append(match[0])
            number += 1
        elif not line.strip():
            prefixes.append("")
        else:
            break
    last = first + len(prefixes)
    if number - start < _NUMBERED or len(lines) - last > _AROUND:
        return [part]
    if sign in ("|", ":"):
        prefixes = _evened(prefixes, lines[first:last])
    found = [line[len(prefix) :] for line, prefix in zip(lines[first:last], prefixes, strict=True)]
    ending = "\n" if last < len(lines) else ""
    said = "".join(f"{line}\n" for line in lines[:first])
    path = part.path or (paths(said) or [""])[-1]
    cut_off = [
        Excerpt(said, line=part.line, heading=True),
        Excerpt("\n".join(found) + ending, path, part.line + first, prefixes),
        Excerpt("\n".join(lines[last:]), line=part.line + last, heading=True),
    ]
    return [p for p in cut_off if p.text]


def _evened(prefixes: Sequence[str], lines: Sequence[str]) -> list[str]:
    """Return the prefixes without the blank behind the sign unless all lines have one."""
    if all(p.endswith(" ") or len(p) == len(line) for p, line in zip(prefixes, lines, strict=True)):
        return list(prefixes)
    return [prefix.rstrip(" ") if prefix.strip() else prefix for prefix in prefixes]


class SourceFile:
    """A file as bytes, with the numbers of its lines.

    Args:
        part: The file.
        style: How gaps are written in its language.
    """

    def __init__(self, part: Excerpt, style: str) -> None:
        self.part = part
        self.style = style
        self.source = part.text.encode("utf-8", "surrogatepass")

    def in_style(self, style: str) -> SourceFile:
        """Return the same file in a language in which gaps are written so."""
        other = copy(self)
        other.style = style
        return other

    @cached_property
    def parsed(self) -> bytes:
        """The source without what parsers trip over, byte for byte as long."""
        source = self.source
        if b"\xed" in source:  # begins a lone surrogate, and some of Hangul
            source = _SURROGATE.sub("???", self.part.text).encode()
        return source.replace(b"\x00", b" ")

    @cached_property
    def _starts(self) -> list[int]:
        """Where each line but the first begins."""
        lengths = map(len, self.source.split(b"\n"))
        return list(accumulate(map((1).__add__, lengths)))[:-1]

    def row(self, offset: int) -> int:
        """Return the index of the line that a byte is in."""
        return bisect_right(self._starts, offset)

    def text(self, start: int, end: int) -> str:
        """Return a part of the source as text."""
        return self.source[start:end].decode("utf-8", "replace")

    def rows_of(self, number: int) -> list[int]:
        """Return the row that is shown with a number, or is that line of the result."""
        if self.part.prefixes:
            row = number - self.number(0)
            return [row] if 0 <= row < len(self.part.prefixes) else []
        return [number - 1] if 1 <= number <= len(self._starts) + 1 else []

    def lines_of(self, span: Span) -> int:
        """Return how many lines a span touches."""
        return self.source.count(b"\n", span[0], span[1] - 1) + 1

    def starts_line(self, offset: int) -> bool:
        """Return whether a byte is the first of its line."""
        return offset == 0 or self.source[offset - 1 : offset] == b"\n"

    def number_at(self, offset: int) -> bytes:
        """Return what stands for the number of the line that a byte is in."""
        return b"\x01%d\x02" % self.row(offset) if self.part.prefixes else b""

    def number(self, row: int) -> int:
        """Return the number that a line is shown with; that in the result if there is none."""
        prefixes = self.part.prefixes
        digits = _DIGITS.search(prefixes[row]) if row < len(prefixes) else None
        return int(digits[0]) if digits else row + self.part.line

    def note(self, start: int, end: int) -> bytes:
        """Return what a gap says: lines of the result, as a retrieval takes them."""
        first, last = self.row(start), self.row(max(start, end - 1))
        line = self.part.line
        said = _range(first + line, last + line)
        shown = _range(self.number(first), self.number(last))
        if shown != said:
            return f"{shown}, to retrieve: lines {said}".encode()
        return f"{'lines' if last > first else 'line'} {said}".encode()

    def gap(self, note: bytes, last: int) -> bytes:
        """Return a comment to stand inside brackets; the closing one is the byte at `last`."""
        if self.style == "braces":
            return b" /* %s */ " % note
        return b"  # %s\n%s" % (note, self.number_at(last))

    def statement(self, note: bytes) -> bytes:
        """Return a statement that does nothing, to stand for whole lines."""
        form = {"braces": b"/* %s */", "python": b"...  # %s"}.get(self.style, b"# %s")
        return form % note


def _range(first: int, last: int) -> str:
    return f"{first}-{last}" if last > first else str(first)
