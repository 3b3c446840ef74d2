"""Turns search results grouped by file back into the exact lines."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import Final

from headroom_core.compressors._grep import counts as grep_counts
from headroom_core.compressors._grep.layout import CUT, GAP, SHARED
from headroom_core.compressors._grep.rows import SearchRow, original

_OPENING = re.compile(
    r"((?:headed, |bare, |unnumbered, |columns, |backslashes, |gaps, ){0,9})root (.*)", re.DOTALL
)
_ROW = re.compile(r"\A([0-9]{1,9}+(?:,[0-9]{1,9}+)*+)([ :=@-])")
_ROW_WITH_COLUMN = re.compile(
    r"\A([0-9]{1,9}+(?::[0-9]{1,9}+)?+(?:,[0-9]{1,9}+:[0-9]{1,9}+)*+)([ :=@-])"
)
_REFERENCE = re.compile(r"\A(.+):([0-9]{1,9})", re.DOTALL)
_REFERENCE_WITH_COLUMN = re.compile(r"\A(.+):([0-9]{1,9}:[0-9]{1,9})", re.DOTALL)
_MARKS: Final = {" ": ":", "=": ":", "@": "="}


def decode(body: str) -> str:
    """Return the exact lines that `body` stands for.

    Raises:
        ValueError: If `body` is not what `encode` writes.
    """
    first, *lines = body.split("\n")
    if first.startswith("counts, "):
        return grep_counts.decode(first, lines)
    opening = _OPENING.fullmatch(first)
    if opening is None:
        raise ValueError("the first line does not name the root")
    words = opening[1].split(", ")
    form = next((word for word in words if word in ("headed", "bare")), "plain")
    reader = _Reader(form, opening[2], "\\" if "backslashes" in words else "/", words)
    for line in lines:
        reader.read(line)
    return "\n".join(reader.finish())


class _Reader:
    """Takes the lines of a body one by one and remembers what they stand below."""

    def __init__(self, form: str, root: str, between: str, words: Collection[str]) -> None:
        self._form = form
        self._root = root
        self._between = between
        self._numbered = "unnumbered" not in words
        self._gaps = "gaps" in words
        self._row = _ROW_WITH_COLUMN if "columns" in words else _ROW
        self._reference = _REFERENCE_WITH_COLUMN if "columns" in words else _REFERENCE
        self._folder = self._path = self._cut = ""
        self._part: list[tuple[str, SearchRow]] = []
        self._texts: dict[tuple[str, str], str] = {}
        self._paths: dict[str, str] = {}
        self._bare: dict[str, str] = {}
        self._done: list[str] = []

    def read(self, line: str) -> None:
        """Take one line."""
        if line.startswith("|") or line in ("", GAP):
            self._end_part()
            self._done.append(line.removeprefix("|"))
        elif line[0] in " -":
            self._unnumbered(line)
        elif match := self._row.match(line):
            self._numbered_row(match[1], match[2], line[match.end() :])
        else:
            self._heading(line)

    def finish(self) -> list[str]:
        """Return the exact lines."""
        self._end_part()
        return self._done

    def _heading(self, line: str) -> None:
        self._end_part()
        if self._gaps and self._path:
            self._done.append(GAP)
        match = CUT.fullmatch(line)
        self._cut = ("\t" if match[3] else " ") * int(match[2]) if match else ""
        name = match[1] if match else line
        if self._form == "bare":
            return
        if name.startswith("./"):
            name = name[2:]
        elif self._folder and self._between not in name:
            name = f"{self._folder}{self._between}{name}"
        self._folder, _, bare = name.rpartition(self._between)
        self._path = self._root + name
        self._paths[name] = self._path
        self._bare.setdefault(bare, self._path)
        if self._form == "headed":
            self._done.append(self._path)

    def _unnumbered(self, line: str) -> None:
        if line[0] == " " and self._numbered:
            text = self._cut + line[1:] if len(line) > 1 else ""
            self._part.append(("", SearchRow(self._path, "", "-", text)))
        else:
            mark = ":" if line[0] == " " else "-"
            self._part.append(("", SearchRow(self._path, "", mark, line[1:])))

    def _numbered_row(self, numbers: str, sign: str, rest: str) -> None:
        if not self._path and self._form != "bare":
            raise ValueError("a row without a file above it")
        text = self._cut + rest if sign == " " else rest
        first = numbers.partition(",")[0]
        if sign == "=":
            text = self._text_of(rest)
        elif len(text) > SHARED:
            self._texts.setdefault((self._path, first), text)
        self._part.append((numbers, SearchRow(self._path, first, _MARKS.get(sign, sign), text)))

    def _text_of(self, reference: str) -> str:
        match = self._reference.fullmatch(reference)
        path = match and (self._paths.get(match[1]) or self._bare.get(match[1]))
        text = self._texts.get((path, match[2])) if match and path else None
        if text is None:
            raise ValueError(f"no text at {reference!r}")
        return text

    def _end_part(self) -> None:
        part, self._part = self._part, []
        if self._numbered and any(not numbers for numbers, _ in part):
            rows = _with_numbers(part)
        elif any("," in numbers for numbers, _ in part):
            rows = [
                row._replace(number=number)
                for numbers, row in part
                for number in numbers.split(",")
            ]
            rows.sort(key=_place)
        else:
            rows = [row for _, row in part]
        self._done += [original(row, self._form) for row in rows]


def _with_numbers(part: Sequence[tuple[str, SearchRow]]) -> list[SearchRow]:
    """Return rows of context with the numbers that their neighbours imply."""
    index, row = next(
        ((i, row) for i, (numbers, row) in enumerate(part) if numbers), (0, part[0][1])
    )
    if not row.number:
        raise ValueError("context without a match")
    first = int(row.number.partition(":")[0]) - index
    return [
        row if numbers else row._replace(number=str(first + i))
        for i, (numbers, row) in enumerate(part)
    ]


def _place(row: SearchRow) -> tuple[int, int]:
    number, _, column = row.number.partition(":")
    return int(number), int(column or 0)
