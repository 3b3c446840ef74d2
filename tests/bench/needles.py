"""Judges whether a needle can be read in a text.

Four types. ``text``: every string occurs. ``any``: one of them does. ``row``: all lie within a
window around one occurrence of the first. ``grep``: a match, its line number and its path, the
way ``grep -n`` prints them or grouped below headings. White space must match as it is; a string
may be spelled as itself, inside JSON, or inside CSV. Only a needle that the original itself has
in other white space or with markup inside (a sentence over two lines, a link in it) is loose:
for it only letters and digits count.
"""

from __future__ import annotations

import html
import json
import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property, lru_cache

from tests.bench.corpus import Needle

_MARKUP = re.compile(r"\x1b\[[\d;]*m|<[^<>]{1,2000}>|\]\(\S*?\)")
_MORE = r"(?::\d+)?(?:,\d+(?::\d+)?)*"
"""The column of a match, and the other lines that have the same text: 8,16:text."""

_NUMBERED = re.compile(rf"\s*\d+{_MORE}\s*[:|\t-]")
_HEADING = re.compile(
    r"(?P<indent>\s*)(?:[#>*=]+\s+)?(?P<name>[^\s\[…]\S*?):?(?:\s+[(\[\d].*|\s*)", re.DOTALL
)


class View:
    """A text as the model sees it, prepared for judging."""

    def __init__(self, text: str) -> None:
        self.text = text

    def shows(self, needle: Needle, *, loose: bool = False) -> bool:
        """Return whether `needle` can be read here; by its letters and digits only if `loose`."""
        if loose:
            return all(_letters(string) in self._letters for string in needle.strings)
        if needle.type == "text":
            return all(self._occurs(string) for string in needle.strings)
        if needle.type == "any":
            return any(self._occurs(string) for string in needle.strings)
        if needle.type == "row":
            return self._row(needle.strings, needle.window)
        if needle.type == "grep":
            content, number, path = needle.strings
            return self._match(content, number, path)
        raise ValueError(f"needles of type {needle.type!r} cannot be judged")

    def _occurs(self, string: str, start: int = 0, end: int | None = None) -> bool:
        return any(self.text.find(s, start, end) >= 0 for s in spellings(string))

    def _positions(self, string: str) -> Iterator[tuple[int, int]]:
        """Yield where `string` starts and ends, in every spelling."""
        for spelling in spellings(string):
            position = self.text.find(spelling)
            while position >= 0:
                yield position, position + len(spelling)
                position = self.text.find(spelling, position + 1)

    def _row(self, strings: tuple[str, ...], window: int) -> bool:
        first, *others = strings
        if not all(self._occurs(string) for string in others):
            return False
        return any(
            all(self._occurs(other, max(0, start - window), end + window) for other in others)
            for start, end in self._positions(first)
        )

    def _match(self, content: str, number: str, path: str) -> bool:
        before = re.compile(rf"(?<!\d){re.escape(number)}{_MORE}[^\w\n]*\Z")
        for start, _ in self._positions(content):
            line = bisect_right(self._starts, start) - 1
            prefix = self.text[self._starts[line] : start]
            if before.search(prefix) and (path in prefix or self._below(path, line)):
                return True
        return False

    def _below(self, path: str, line: int) -> bool:
        """Whether the nearest headings above `line` name `path`, whole or folder by folder."""
        rest, indent = path, None
        for above in range(line - 1, -1, -1):
            heading = _heading(self._lines[above])
            if heading is None:
                continue
            depth, name = heading
            folder = name.endswith("/")
            name = name.rstrip("/").removeprefix("./")
            if rest.removeprefix("./") == name:
                return True
            if "/" not in heading[1] and "." not in name:
                continue
            if rest.endswith(f"/{name}") and (indent is None or folder):
                rest, indent = rest[: -len(name) - 1], depth
            elif indent is None or (folder and (depth < indent or depth == 0)):
                return False
        return False

    @cached_property
    def _letters(self) -> str:
        return _letters(self.text)

    @cached_property
    def _lines(self) -> list[str]:
        return self.text.split("\n")

    @cached_property
    def _starts(self) -> list[int]:
        starts = [0]
        for line in self._lines:
            starts.append(starts[-1] + len(line) + 1)
        return starts[:-1]


@lru_cache(maxsize=20_000)
def spellings(string: str) -> tuple[str, ...]:
    r"""Return the ways `string` may be spelled: as it is, in JSON, in CSV, in CSV inside JSON.

    >>> spellings('a "b"')
    ('a "b"', 'a \\"b\\"', 'a ""b""', 'a \\"\\"b\\"\\"', 'a \\\\\\"b\\\\\\"')
    """
    doubled = string.replace('"', '""')
    escaped = _escape(string)
    found = (
        string,
        escaped,
        json.dumps(string)[1:-1],
        doubled,
        _escape(doubled),
        _escape(escaped),
    )
    return tuple(dict.fromkeys(found))


def _letters(text: str) -> str:
    """Return the letters and digits of `text`, without markup and terminal colours."""
    return re.sub(r"[\W_]+", "", html.unescape(_MARKUP.sub("", text)))


def _escape(string: str) -> str:
    return json.dumps(string, ensure_ascii=False)[1:-1]


def _heading(line: str) -> tuple[int, str] | None:
    """Return the depth and name of what may be a path alone on a line, None for other lines."""
    if _NUMBERED.match(line):
        return None
    match = _HEADING.fullmatch(line)
    return (len(match["indent"]), match["name"]) if match else None
