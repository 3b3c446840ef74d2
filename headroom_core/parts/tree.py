"""A JSON text as a tree of parts: each knows where it stands, none is made a value."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Sequence
from heapq import heappop, heappush
from typing import Final, NamedTuple

from headroom_core.compressors._json.cells import name
from headroom_core.parts.scan import Spans, skip, spans

BLANK: Final = "\ufeff \t\r\n"
UNKNOWN: Final = -1
"""The end of a part that nobody asked for yet."""

_LINE = re.compile(r"[^\n]+")
_RECORDS = re.compile(r"\[[ \t\r\n]*+[\[{]")
_PIECE = re.compile(r"(?s).{200,600}?(?:\\n|[.;,}])|.{1,600}")
_MAX_RECORD: Final = 4000
_MAX_DEPTH: Final = 12
_LOOK_AT: Final = 200
_MANY: Final = 1000
_MIN_ROW: Final = len("{},")


class Part(NamedTuple):
    """A value in a JSON text, or a line in JSON Lines.

    Attributes:
        begin: Where it begins, its key included.
        start: Where the value itself begins.
        end: Where it ends; `UNKNOWN` for an entry that was found by its key.
        parent: What it is in; None for the document.
        key: Its key in an object, None in a list.
        position: The how-manieth it is in there, from 0.
        total: How many there are in there.
        is_lines: Whether it is all of JSON Lines.
    """

    begin: int
    start: int
    end: int
    parent: Part | None = None
    key: str | None = None
    position: int = 0
    total: int = 0
    is_lines: bool = False

    @property
    def path(self) -> str:
        """The path as our renderings spell it; "" for the document."""
        steps, part = [], self
        while part.parent is not None:
            steps.append(f"[{part.position}]" if part.key is None else f".{name(part.key)}")
            part = part.parent
        return "".join(reversed(steps)).removeprefix(".")

    @property
    def label(self) -> str:
        """The path, and for a row its number, which is what our renderings show."""
        if self.parent is None or self.key is not None:
            return self.path or "document"
        return f"{self.path}, row {self.position + 1} of {self.total}"


class Tree:
    """The parts of one document.

    Args:
        text: The text it stands in.
        root: The document, by `find_document`.
    """

    def __init__(self, text: str, root: Part) -> None:
        self.text = text
        self.root = root
        # Long lists are asked for again; to keep all short ones would take more than the text.
        self._spans: dict[int, Spans] = {}
        self._last = UNKNOWN - 1, Spans([], array("q"), array("q"), array("q"))

    def is_list(self, part: Part) -> bool:
        """Return whether the parts of `part` are rows."""
        return part.is_lines or self.text[part.start] == "["

    def is_container(self, part: Part) -> bool:
        """Return whether `part` can have parts itself."""
        return part.is_lines or self.text[part.start] in "[{"

    def closed(self, part: Part) -> Part:
        """Return `part` with its end."""
        return part._replace(end=skip(self.text, part.start)) if part.end == UNKNOWN else part

    def size(self, part: Part) -> int:
        """Return how many rows or entries there are in `part`."""
        return len(self._inside(part).starts)

    def children(self, part: Part, positions: Iterable[int] | None = None) -> list[Part]:
        """Return all rows or entries, or those at `positions`.

        Raises:
            ValueError: If it is not JSON.
        """
        keys, begins, starts, ends = self._inside(part)
        total = len(starts)
        return [
            Part(begins[i], starts[i], ends[i], part, keys[i] if keys else None, i, total)
            for i in (range(total) if positions is None else positions)
        ]

    def containers(self, part: Part) -> list[Part]:
        """Return the rows or entries that can have parts themselves."""
        text, starts = self.text, self._inside(part).starts
        return self.children(part, [i for i, at in enumerate(starts) if text[at] in "[{"])

    def _inside(self, part: Part) -> Spans:
        place = UNKNOWN if part.is_lines else part.start
        if place in self._spans:
            return self._spans[place]
        if place == self._last[0]:
            return self._last[1]
        if part.is_lines:
            found = _lines(self.text, part)
        else:
            found, end = spans(self.text, part.start)
            if part.end not in (UNKNOWN, end):
                raise ValueError("something follows")
        if len(found.starts) > _MANY:
            self._spans[place] = found
        self._last = place, found
        return found


def find_document(text: str, first: int, last: int) -> Part | None:
    """Return the JSON or the JSON Lines that may stand in ``text[first:last]``, or None."""
    part = text[first:last]
    start = first + len(part) - len(part.lstrip(BLANK))
    end = first + len(part.rstrip(BLANK))
    if text[start : start + 1] not in ("{", "["):
        return None
    line = text.find("\n", start, end)
    following = text[line : line + _LOOK_AT].lstrip(BLANK)[:1] if line >= 0 else ""
    is_lines = following in ("{", "[") and _is_value(text[start:line].rstrip(BLANK))
    return Part(start, start, end, is_lines=is_lines)


def records(tree: Tree, parts: Sequence[Part]) -> list[Part]:
    """Return what a search in `parts` gives back whole, in order: rows, and entries of objects.

    A row is that of the outermost list. Cut into its parts is: what was given alone, what is
    longer than 4,000 characters, and what is in no row and has lists of records in it.
    """
    found: list[Part] = []
    pending = [(part, _is_in_row(part), 0) for part in reversed(parts)]
    while pending:
        part, is_inside, depth = pending.pop()
        is_top = len(parts) == 1 and part is parts[0]
        if not is_top and not _is_cut(tree, part, is_inside=is_inside):
            found.append(part)
        elif tree.is_container(part) and depth < _MAX_DEPTH:
            is_row = is_inside or tree.is_list(part)
            pending += [(child, is_row, depth + 1) for child in reversed(tree.children(part))]
        else:
            found += _pieces(tree.text, part)
    return found


def longest_list(tree: Tree) -> Part:
    """Return what "the rows" of a document are: it, or the list in it with the most rows.

    A list of records goes before any other list; of two that are as long the outer one.
    """
    if tree.is_list(tree.root):
        return tree.root
    best, chosen = (False, 0), tree.root
    pending = [(tree.root.start - tree.root.end, 0, tree.root)]
    while pending:
        negative, depth, part = heappop(pending)
        if best[0] and -negative < _MIN_ROW * best[1]:
            break  # what is left is smaller still
        inner = tree.containers(part)
        records = bool(inner) and tree.text[inner[0].start] == "{"
        size = records, tree.size(part)
        if tree.is_list(part) and size > best:
            best, chosen = size, part
        for child in inner if depth < _MAX_DEPTH else ():
            is_small = best[0] and child.end - child.start < _MIN_ROW * best[1]
            if not is_small and tree.text.find("[", child.start, child.end) >= 0:
                heappush(pending, (child.start - child.end, depth + 1, child))
    return chosen


def _is_value(line: str) -> bool:
    try:
        return skip(line, 0) == len(line)
    except ValueError:
        return False


def _is_in_row(part: Part | None) -> bool:
    while part is not None and (part.parent is None or part.key is not None):
        part = part.parent
    return part is not None


def _is_cut(tree: Tree, part: Part, *, is_inside: bool) -> bool:
    if part.end - part.start > _MAX_RECORD:
        return True
    if is_inside or not tree.is_container(part):
        return False
    return _RECORDS.search(tree.text, part.start, part.end) is not None


def _pieces(text: str, part: Part) -> list[Part]:
    """Cut a long string."""
    if part.end - part.start <= _MAX_RECORD:
        return [part]
    return [
        part._replace(begin=piece.start(), start=piece.start(), end=piece.end())
        for piece in _PIECE.finditer(text, part.start, part.end)
    ]


def _lines(text: str, part: Part) -> Spans:
    starts, ends = array("q"), array("q")
    for line in _LINE.finditer(text, part.start, part.end):
        if content := line[0].strip(BLANK):
            start = line.end() - len(line[0].lstrip(BLANK))
            starts.append(start)
            ends.append(start + len(content))
    return Spans([], starts, starts, ends)
