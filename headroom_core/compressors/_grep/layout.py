"""Writes search results grouped by file, in a form that `_grep.decode` turns back.

The first line of a body says how the results were laid out and what all paths begin with::

    name            a file; without a folder it is in the folder of the file above
    ./name          a file in no folder
    name +4         the same; 4 spaces (+1t: a tab) are cut from the texts behind a space
    12 text         a match in the file above; with a column: 12:5 text
    12,15 text      two of them
    12:text         a match of which nothing is cut; 12-text is context
     text           context next to the line above or below; a match without a number
    12=a.c:3        the text is that of line 3 of a.c
    |line           a line that is no search result
    (empty), --     themselves
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise
from operator import lt
from typing import Final

from headroom_core.compressors._grep.paths import common_root, separator
from headroom_core.compressors._grep.rows import SearchResults

CUT: Final = re.compile(r"(.+) \+([0-9]{1,4})(t?)", re.DOTALL)
GAP: Final = "--"
SINGLE: Final = "lines"

_LOOKS_LIKE_ROW = re.compile(r"[0-9]{1,9}[:,]?[0-9,:]{0,200}[ :=-]")
_INDENTS: Final = {blank: re.compile(rf"\n({blank}*+)(?!(?<=\n)(?:\n|\Z))") for blank in " \t"}
_LEAST_CUT: Final = 3
_LONGEST_CUT: Final = 9999
SHARED: Final = 24
_COST_OF_NAME: Final = 16

_NOTES: Final = {
    "files": "results by file, paths below root",
    "numbers": "number and text below the path",
    "folders": "a bare name is in the folder of the path above",
    "cut": '"+4" after a path: 4 spaces cut from each text',
    "verbatim": 'nothing is cut after "9:"',
    "lists": '"3,7 x": x in both lines',
    "near": "lines without a number are context",
    "same": '"9=a.c:3": the text of a.c:3',
}


def encode(listing: SearchResults) -> tuple[str, str]:
    """Return the body, the same lines grouped by file, and how to read it."""
    writer = _Writer(listing)
    body = "\n".join([writer.opening, *writer.lines()])
    return body, "; ".join(text for key, text in _NOTES.items() if key in writer.used)


class _Writer:
    """What is known of the whole listing while its files are written."""

    def __init__(self, listing: SearchResults) -> None:
        self._listing = listing
        paths = [path for path in dict.fromkeys(listing.paths) if path]
        self._between = separator(paths)
        self._root = common_root(paths, self._between)
        self._names = {path: path[len(self._root) :] for path in paths}
        self._safe = {path for path, name in self._names.items() if self._is_safe(name)}
        self._runs = _runs(listing)
        self._gaps = (
            listing.form == "plain"
            and listing.context
            and len(self._safe) == len(paths)
            and self._is_parted_by_gaps()
        )
        self._numbered = any(listing.numbers)
        self._again = frozenset() if listing.context or not paths else _said_again(listing)
        self._first: dict[str, str] = {}
        bare = Counter([name.rpartition(self._between)[2] for name in self._names.values()])
        self._unique = {name for name, often in bare.items() if often == 1}
        self.used = {"files"} if paths else set()
        if self._numbered:
            self.used.add("numbers")

    @property
    def opening(self) -> str:
        """The first line of the body."""
        words = [
            self._listing.form if self._listing.form != "plain" else "",
            "" if self._numbered else "unnumbered",
            "columns" if self._listing.columns else "",
            "backslashes" if self._between == "\\" else "",
            "gaps" if self._gaps else "",
        ]
        return ", ".join([*filter(None, words), "root " + self._root])

    def lines(self) -> list[str]:
        """Return the other lines of the body."""
        body: list[str] = []
        folder = ""
        last = len(self._runs) - 1
        for index, (path, start, end) in enumerate(self._runs):
            if path and path not in self._safe:
                body += [escape(self._listing.original(row)) for row in range(start, end)]
                continue
            parts, texts = self._parts(start, end - (self._gaps and index < last))
            if not texts and not path:
                body += [escape(text) for text in self._listing.texts[start:end]]
                continue
            cut = _cut(texts)
            if cut:
                self.used.add("cut")
            if path:
                body.append(self._heading(self._names[path], folder) + _cut_note(cut))
                folder = self._names[path].rpartition(self._between)[0]
            else:
                body.append(SINGLE + _cut_note(cut))
            for part in parts:
                body += [escape(part)] if isinstance(part, str) else self._part(*part, cut)
        return body

    def _parts(self, start: int, end: int) -> tuple[list[str | tuple[int, int]], Sequence[str]]:
        """Return where results follow each other, each other line between, the results' texts."""
        listing = self._listing
        if all(listing.marks[start:end]):
            return [(start, end)], listing.texts[start:end]
        parts: list[str | tuple[int, int]] = []
        texts, first = [], start
        for index in range(start, end):
            if listing.marks[index]:
                texts.append(listing.texts[index])
                continue
            if index > first:
                parts.append((first, index))
            first = index + 1
            if not listing.paths[index]:
                parts.append(listing.texts[index])
        return [*parts, (first, end)] if end > first else parts, texts

    def _is_parted_by_gaps(self) -> bool:
        """Return whether a "--" stands between every two files, so that it need not be said."""
        listing = self._listing
        return len(self._runs) > 1 and all(
            path
            and end - start > 1
            and listing.texts[end - 1] == GAP
            and not (listing.paths[end - 1] or listing.marks[end - 1])
            for path, start, end in self._runs[:-1]
        )

    def _is_safe(self, name: str) -> bool:
        """Return whether headings of this name read as headings, and as this name."""
        bare = name.rpartition(self._between)[2]
        return not (
            not bare
            or name.startswith(("|", "./", "/", "\\", " ", ":", "-"))
            or bare.startswith(("|", " ", ":", "-"))
            or _LOOKS_LIKE_ROW.match(name)
            or _LOOKS_LIKE_ROW.match(bare)
            or CUT.fullmatch(name)
        )

    def _heading(self, name: str, folder: str) -> str:
        own, _, bare = name.rpartition(self._between)
        if own == folder:
            self.used.update(("folders",) if folder else ())
            return bare
        return name if own else "./" + name

    def _part(self, start: int, end: int, cut: str) -> list[str]:
        """Return the lines of results that follow each other without any other line."""
        listing = self._listing
        texts = listing.texts[start:end]
        if listing.context and listing.marks[start:end].count(":") < end - start:
            return list(self._with_context(start, end, cut))
        if not self._numbered:
            return [f" {text}" for text in texts]
        numbers = listing.numbers[start:end]
        if len(set(texts)) < len(texts) and _ascends(numbers):
            self.used.add("lists")
            listed: dict[str, str] = {}
            for number, text in zip(numbers, texts, strict=True):
                listed[text] = f"{listed[text]},{number}" if text in listed else number
            texts, numbers = list(listed), list(listed.values())
        width = len(cut)
        if cut and not all(text.startswith(cut) for text in texts):
            self.used.add("verbatim")
        again = frozenset() if self._again.isdisjoint(texts) else self._again
        return [
            self._shared(number, text, listing.paths[start], cut)
            if text in again
            else f"{number} {text[width:]}"
            if text.startswith(cut)
            else f"{number}:{text}"
            for number, text in zip(numbers, texts, strict=True)
        ]

    def _shared(self, numbers: str, text: str, path: str, cut: str) -> str:
        """Return a match whose text stands elsewhere, too: there it is, or will be, written."""
        there = self._first.get(text)
        if there is None:
            name = self._names[path]
            bare = name.rpartition(self._between)[2]
            name = bare if bare in self._unique else name
            self._first[text] = f"{name}:{numbers.partition(',')[0]}"
        elif len(there) + _COST_OF_NAME < len(text.strip()):
            self.used.add("same")
            return f"{numbers}={there}"
        return f"{numbers} {text[len(cut) :]}" if text.startswith(cut) else f"{numbers}:{text}"

    def _with_context(self, start: int, end: int, cut: str) -> Iterator[str]:
        listing = self._listing
        marks, texts = listing.marks[start:end], listing.texts[start:end]
        if not self._numbered:
            for index, (mark, text) in enumerate(zip(marks, texts, strict=True), start):
                line = f" {text}" if mark == ":" else f"-{text}"
                yield line if line != GAP else escape(listing.original(index))
            return
        numbers = listing.numbers[start:end]
        near = ":" in marks and _counts_up(numbers)
        width = len(cut)
        for number, mark, text in zip(numbers, marks, texts, strict=True):
            if mark == ":" and text.startswith(cut):
                yield f"{number} {text[width:]}"
            elif mark == "-" and near and _is_cut(text, cut):
                self.used.add("near")
                yield f" {text[width:]}"
            else:
                self.used.update(("verbatim",) if cut else ())
                yield f"{number}{'@' if mark == '=' else mark}{text}"


def _is_cut(text: str, cut: str) -> bool:
    """Return whether `text` comes back when `cut` is put before what is left of it."""
    return not text or (text.startswith(cut) and text != cut)


def escape(line: str) -> str:
    """Return how a line that is no search result is written."""
    return line if line in ("", GAP) else "|" + line


def _runs(listing: SearchResults) -> list[tuple[str, int, int]]:
    """Return where neighbouring rows of one file, with other lines between and below, are."""
    starts = []
    current = ""
    for index, (path, mark) in enumerate(zip(listing.paths, listing.marks, strict=True)):
        if path and (path != current or not mark):
            current = path
            starts.append(index)
    if not starts or starts[0]:
        starts.insert(0, 0)
    return [
        (listing.paths[start], start, end) for start, end in pairwise([*starts, len(listing.paths)])
    ]


def _said_again(listing: SearchResults) -> frozenset[str]:
    """Return the long texts that occur more than once, if every place occurs once."""
    texts = Counter([text for text in listing.texts if len(text) > SHARED])
    again = frozenset([text for text, often in texts.items() if often > 1])
    every = zip(listing.paths, listing.numbers, strict=True)
    places = [place for place in every if place[1]] if again else []
    return again if len(set(places)) == len(places) else frozenset()


def _cut(texts: Sequence[str]) -> str:
    """Return the indentation that most of `texts` have, if it is worth a note."""
    if len(texts) < _LEAST_CUT:
        return ""
    joined = "\n" + "\n".join(texts)
    tab = joined.count("\n\t") * 2 > len(texts)
    blank = "\t" if tab else " "
    if f"\n{blank}" not in joined:
        return ""
    widths = Counter(_INDENTS[blank].findall(joined))
    cut, often = max(widths.items(), key=lambda item: (item[1], -len(item[0])))
    return cut if often >= _LEAST_CUT and len(cut) <= _LONGEST_CUT else ""


def _cut_note(cut: str) -> str:
    return f" +{len(cut)}{'t' if cut[0] == chr(9) else ''}" if cut else ""


def _ascends(numbers: Sequence[str]) -> bool:
    """Return whether the numbers can be put back in order, and are spelled as numbers are."""
    joined = ":" + ":".join(numbers)
    if ":0" in joined:
        return False
    if joined.count(":") == len(numbers):
        lines = list(map(int, numbers))
        return all(map(lt, lines, islice(lines, 1, None)))
    places = [tuple(map(int, number.split(":"))) for number in numbers]
    return all(map(lt, places, islice(places, 1, None)))


def _counts_up(numbers: Sequence[str]) -> bool:
    lines = [number.partition(":")[0] for number in numbers]
    first = int(lines[0])
    return lines == [str(number) for number in range(first, first + len(lines))]
