"""Finds where the parts of a JSON text stand, without making values of what is skipped."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from headroom_core.compressors._json_cells import name

BLANK: Final = "\ufeff \t\r\n"

_DECODER: Final = json.JSONDecoder(parse_int=len, parse_float=len, parse_constant=len, strict=False)
_SPACE = re.compile(r"[ \t\r\n]*")
_COLON = re.compile(r"[ \t\r\n]*:[ \t\r\n]*")
_NEXT = re.compile(r"[ \t\r\n]*([,\]}])[ \t\r\n]*")
_LINE = re.compile(r"[^\n]+")
_RECORDS = re.compile(r"\[[ \t\r\n]*[\[{]")
_PIECE = re.compile(r"(?s).{200,600}?(?:\\\\n|[.;,}])|.{1,600}")
_MAX_RECORD: Final = 4000


class Part(NamedTuple):
    """A value in a JSON text, or a line in JSON Lines.

    Attributes:
        begin: Where it begins, its key included.
        start: Where the value itself begins.
        end: Where it ends.
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


def document(text: str, first: int, last: int) -> Part | None:
    """Return the JSON or the JSON Lines that may stand in ``text[first:last]``, or None."""
    part = text[first:last]
    start = first + len(part) - len(part.lstrip(BLANK))
    end = first + len(part.rstrip(BLANK))
    if text[start : start + 1] not in ("{", "["):
        return None
    line = text.find("\n", start, end)
    if line >= 0 and text[line:end].lstrip(BLANK)[:1] in ("{", "["):
        try:
            is_lines = not text[skip(text, start) : line].strip(BLANK)
        except (ValueError, RecursionError):
            is_lines = False
        if is_lines:
            return Part(start, start, end, is_lines=True)
    return Part(start, start, end)


def skip(text: str, start: int) -> int:
    """Return where the value that begins at `start` ends.

    Raises:
        ValueError: If there is none.
        RecursionError: If it is nested too deeply.
    """
    return _DECODER.raw_decode(text, start)[1]


def children(text: str, part: Part) -> list[Part]:
    """Return the elements of a list, the entries of an object, the lines of JSON Lines.

    Raises:
        ValueError: If it is not JSON.
        RecursionError: If it is nested too deeply.
    """
    spans = list(_lines(text, part) if part.is_lines else members(text, part.start))
    total = len(spans)
    return [
        Part(begin, start, end, part, key, index, total)
        for index, (key, begin, start, end) in enumerate(spans)
    ]


def members(text: str, start: int) -> Iterator[tuple[str | None, int, int, int]]:
    """Yield key, begin, start and end of each part of the list or object at `start`."""
    is_object = text[start] == "{"
    position = _after(_SPACE, text, start + 1)
    if text[position : position + 1] == "]}"[is_object]:
        return
    key = None
    while True:
        begin = position
        if is_object:
            key, position = _DECODER.raw_decode(text, position)
            if not isinstance(key, str):
                raise ValueError("a key that is no string")
            position = _after(_COLON, text, position)
        end = skip(text, position)
        yield key, begin, position, end
        following = _NEXT.match(text, end)
        if following is None or following[1] == "}]"[is_object]:
            raise ValueError("neither a comma nor the end")
        if following[1] != ",":
            return
        position = following.end()


def is_container(text: str, part: Part) -> bool:
    """Return whether `part` has parts itself."""
    return part.is_lines or text[part.start] in "[{"


def is_list(text: str, part: Part) -> bool:
    """Return whether the parts of `part` are rows."""
    return part.is_lines or text[part.start] == "["


def records(text: str, parts: Sequence[Part]) -> list[Part]:
    """Return what a search in `parts` gives back whole, in order: rows, and entries of objects.

    A row is that of the outermost list. Cut into its parts is: what was given alone, what is
    longer than 4,000 characters, and what is in no row and has lists of records in it.
    """
    found: list[Part] = []
    pending = [(part, _is_in_row(part)) for part in reversed(parts)]
    while pending:
        part, is_inside = pending.pop()
        is_top = len(parts) == 1 and part is parts[0]
        if not is_top and not _is_cut(text, part, is_inside=is_inside):
            found.append(part)
        elif is_container(text, part):
            is_row = is_inside or is_list(text, part)
            pending += [(child, is_row) for child in reversed(children(text, part))]
        else:
            found += _pieces(text, part)
    return found


def longest_list(text: str, part: Part) -> Part:
    """Return what "the rows" of a document are: it, or the list in it with the most rows."""
    if is_list(text, part):
        return part
    best = (False, 0)
    chosen: tuple[str | int, ...] = ()
    pending: list[tuple[tuple[str | int, ...], object]] = [((), _value(text, part))]
    for path, value in pending:
        if isinstance(value, list):
            size = (bool(value) and isinstance(value[0], dict), len(value))
            if size > best:
                best, chosen = size, path
        items = enumerate(value) if isinstance(value, list) else _items(value)
        pending += [((*path, key), inner) for key, inner in items if isinstance(inner, list | dict)]
    for step in chosen:
        part = next(p for p in children(text, part) if step in (p.key, p.position))
    return part


def _value(text: str, part: Part) -> object:
    return _DECODER.raw_decode(text, part.start)[0]


def _items(value: object) -> Iterator[tuple[str | int, object]]:
    return iter(value.items() if isinstance(value, dict) else ())


def _is_in_row(part: Part | None) -> bool:
    while part is not None and (part.parent is None or part.key is not None):
        part = part.parent
    return part is not None


def _is_cut(text: str, part: Part, *, is_inside: bool) -> bool:
    if part.end - part.start > _MAX_RECORD:
        return True
    if is_inside or not is_container(text, part):
        return False
    return _RECORDS.search(text, part.start, part.end) is not None


def _pieces(text: str, part: Part) -> list[Part]:
    """Cut a long string."""
    if part.end - part.start <= _MAX_RECORD:
        return [part]
    pieces = _PIECE.finditer(text, part.start, part.end)
    return [
        part._replace(begin=piece.start(), start=piece.start(), end=piece.end()) for piece in pieces
    ]


def _lines(text: str, part: Part) -> Iterator[tuple[None, int, int, int]]:
    for line in _LINE.finditer(text, part.start, part.end):
        if content := line[0].strip(BLANK):
            start = line.end() - len(line[0].lstrip(BLANK))
            yield None, start, start, start + len(content)


def _after(pattern: re.Pattern[str], text: str, position: int) -> int:
    match = pattern.match(text, position)
    if match is None:
        raise ValueError("not JSON")
    return match.end()
