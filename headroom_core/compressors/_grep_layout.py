"""Writes search results grouped by file, in a form that `_grep_decode` turns back.

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
from itertools import pairwise
from typing import Final

from headroom_core.compressors._grep import SearchResults, SearchRow, is_result, original
from headroom_core.compressors._grep_paths import common_root, separator

CUT: Final = re.compile(r"(.+) \+([0-9]{1,4})(t?)", re.DOTALL)
GAP: Final = "--"
SINGLE: Final = "lines"

_LOOKS_LIKE_ROW = re.compile(r"[0-9]{1,9}[:,]?[0-9,:]{0,200}[ :=-]")
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
        self._form = listing.form
        self._columns = listing.columns
        self._context = listing.context
        rows = listing.rows
        paths = list(dict.fromkeys([row[0] for row in rows]))
        paths = [path for path in paths if path]
        self._between = separator(paths)
        self._root = common_root(paths, self._between)
        self._names = {path: path[len(self._root) :] for path in paths}
        self._safe = {path for path, name in self._names.items() if self._is_safe(name)}
        self._runs = list(_runs(rows))
        self._gaps = (
            listing.form == "plain"
            and listing.context
            and len(self._safe) == len(paths)
            and _is_parted_by_gaps(self._runs)
        )
        self._numbered = any(row[1] for row in rows)
        self._again = frozenset() if listing.context or not paths else _said_again(rows)
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
            self._form if self._form != "plain" else "",
            "" if self._numbered else "unnumbered",
            "columns" if self._columns else "",
            "backslashes" if self._between == "\\" else "",
            "gaps" if self._gaps else "",
        ]
        return ", ".join([*filter(None, words), "root " + self._root])

    def lines(self) -> list[str]:
        """Return the other lines of the body."""
        body: list[str] = []
        folder = ""
        last = len(self._runs) - 1
        for index, (path, run) in enumerate(self._runs):
            if path and path not in self._safe:
                body += [escape(original(row, self._form)) for row in run]
                continue
            rows = run[:-1] if self._gaps and index < last else run
            results = [row for row in rows if row[1] or row[2]]
            if not results and not path:
                body += [escape(row.text) for row in rows]
                continue
            cut = _cut([row[3] for row in results])
            if cut:
                self.used.add("cut")
            if path:
                body.append(self._heading(self._names[path], folder) + _cut_note(cut))
                folder = self._names[path].rpartition(self._between)[0]
            else:
                body.append(SINGLE + _cut_note(cut))
            for part in _parts(rows, results):
                body += [escape(part)] if isinstance(part, str) else self._part(part, cut)
        return body

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

    def _part(self, rows: Sequence[SearchRow], cut: str) -> list[str]:
        """Return the lines of results that follow each other without any other line."""
        if self._context and any(row.mark != ":" for row in rows):
            return list(self._with_context(rows, cut))
        if not self._numbered:
            return [f" {row.text}" for row in rows]
        numbers: dict[str, str] = {}
        for row in rows:
            text = row[3]
            numbers[text] = f"{numbers[text]},{row[1]}" if text in numbers else row[1]
        listed = [(row[1], row[3]) for row in rows]
        if len(numbers) < len(rows) and _ascends(rows):
            self.used.add("lists")
            listed = [(number, text) for text, number in numbers.items()]
        width = len(cut)
        lines = [
            self._shared(number, text, rows[0][0], cut)
            if text in self._again
            else f"{number} {text[width:]}"
            if text.startswith(cut)
            else f"{number}:{text}"
            for number, text in listed
        ]
        if cut and not all(text.startswith(cut) for _, text in listed):
            self.used.add("verbatim")
        return lines

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

    def _with_context(self, rows: Sequence[SearchRow], cut: str) -> Iterator[str]:
        if not self._numbered:
            for row in rows:
                line = f" {row.text}" if row.mark == ":" else f"-{row.text}"
                yield line if line != GAP else escape(original(row, self._form))
            return
        near = _counts_up(rows) and any(row.mark == ":" for row in rows)
        for row in rows:
            text = row.text
            if row.mark == ":" and text.startswith(cut):
                yield f"{row.number} {text[len(cut) :]}"
            elif row.mark == "-" and near and _is_cut(text, cut):
                self.used.add("near")
                yield f" {text[len(cut) :]}"
            else:
                self.used.update(("verbatim",) if cut else ())
                yield f"{row.number}{'@' if row.mark == '=' else row.mark}{text}"


def _is_cut(text: str, cut: str) -> bool:
    """Return whether `text` comes back when `cut` is put before what is left of it."""
    return not text or (text.startswith(cut) and text != cut)


def escape(line: str) -> str:
    """Return how a line that is no search result is written."""
    return line if line in ("", GAP) else "|" + line


def _runs(rows: Sequence[SearchRow]) -> Iterator[tuple[str, list[SearchRow]]]:
    """Yield neighbouring rows of one file with the other lines between and below them."""
    path = ""
    run: list[SearchRow] = []
    for row in rows:
        if row[0] and (row[0] != path or not (row[1] or row[2])):
            if run:
                yield path, run
            path, run = row[0], []
        run.append(row)
    if run:
        yield path, run


def _parts(rows: Sequence[SearchRow], results: list[SearchRow]) -> Iterator[str | list[SearchRow]]:
    """Yield the results that follow each other, and each other line between them."""
    if len(results) == len(rows):
        yield results
        return
    part: list[SearchRow] = []
    for row in rows:
        if is_result(row):
            part.append(row)
            continue
        if part:
            yield part
            part = []
        if not row.path:
            yield row.text
    if part:
        yield part


def _said_again(rows: Sequence[SearchRow]) -> frozenset[str]:
    """Return the long texts that occur more than once, if every place occurs once."""
    texts = Counter([row[3] for row in rows])
    again = frozenset([text for text, often in texts.items() if often > 1 and len(text) > SHARED])
    places = [row[:2] for row in rows if row[1]] if again else []
    return again if len(set(places)) == len(places) else frozenset()


def _is_parted_by_gaps(runs: Sequence[tuple[str, list[SearchRow]]]) -> bool:
    """Return whether a "--" stands between every two files, so that it need not be said."""
    return len(runs) > 1 and all(
        path and rows[-1] == ("", "", "", GAP) and len(rows) > 1 for path, rows in runs[:-1]
    )


def _cut(texts: Sequence[str]) -> str:
    """Return the indentation that most of `texts` have, if it is worth a note."""
    if len(texts) < _LEAST_CUT:
        return ""
    tab = sum(text[:1] == "\t" for text in texts) * 2 > len(texts)
    blank = "\t" if tab else " "
    widths = Counter([len(text) - len(text.lstrip(blank)) for text in texts if text])
    if not widths:
        return ""
    width, often = max(widths.items(), key=lambda item: (item[1], -item[0]))
    if not width or often < _LEAST_CUT or width > _LONGEST_CUT:
        return ""
    return blank * width


def _cut_note(cut: str) -> str:
    return f" +{len(cut)}{'t' if cut[0] == chr(9) else ''}" if cut else ""


def _ascends(rows: Sequence[SearchRow]) -> bool:
    """Return whether the numbers can be put back in order, and are spelled as numbers are."""
    places = []
    for row in rows:
        number, _, column = row[1].partition(":")
        if number[0] == "0" or column[:1] == "0":
            return False
        places.append((int(number), int(column or 0)))
    return all(a < b for a, b in pairwise(places))


def _counts_up(rows: Sequence[SearchRow]) -> bool:
    numbers = [row.number.partition(":")[0] for row in rows]
    first = int(numbers[0])
    return numbers == [str(number) for number in range(first, first + len(rows))]
