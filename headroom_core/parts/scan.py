"""Finds where the values of a JSON text begin and end, without making values of them."""

from __future__ import annotations

import json
import re
from array import array
from typing import Final, NamedTuple


class Spans(NamedTuple):
    """Where the rows of a list or the entries of an object stand.

    Attributes:
        keys: The keys of an object; [] for a list.
        begins: Where each begins, its key included.
        starts: Where its value begins.
        ends: Where it ends.
    """

    keys: list[str]
    begins: array[int]
    starts: array[int]
    ends: array[int]


_STRING: Final = r'"(?:[^"\\]++|\\.)*+"'
_PLAIN: Final = rf'[^"\[\]{{}}]++|{_STRING}'


def _nested(depth: int) -> str:
    """Return the pattern of a list or an object with at most `depth` levels."""
    inner = f"|{_nested(depth - 1)}" if depth > 1 else ""
    return rf"[\[{{](?:{_PLAIN}{inner})*+[\]}}]"


_SPACE = re.compile(r"[ \t\r\n]*+")
_STEP = re.compile(rf"(?:{_PLAIN}|{_nested(3)})*+([\[\]{{}}])", re.DOTALL)
_VALUE = re.compile(rf"{_STRING}|[-+.\w]++|{_nested(3)}", re.DOTALL)
_ROW = re.compile(rf"({_VALUE.pattern})[ \t\r\n]*+(,?)[ \t\r\n]*+", re.DOTALL)
_KEY = re.compile(rf"({_STRING})[ \t\r\n]*+:[ \t\r\n]*+", re.DOTALL)


def skip(text: str, start: int) -> int:
    """Return where the value that begins at `start` ends. What is inside is not looked at.

    Raises:
        ValueError: If there is none.
    """
    if found := _VALUE.match(text, start):
        return found.end()
    position, depth = start + 1, 1
    if text[start : start + 1] not in ("[", "{"):
        raise ValueError("no value")
    while depth:
        bracket = _STEP.match(text, position)
        if bracket is None:
            raise ValueError("not closed")
        position = bracket.end()
        depth += 1 if bracket[1] in "[{" else -1
    return position


def spans(text: str, start: int) -> tuple[Spans, int]:
    """Return the rows of the list or the entries of the object at `start`, and where it ends.

    Raises:
        ValueError: If it is not JSON.
    """
    found, position = _entries(text, start) if text[start] == "{" else _rows(text, start)
    if text[position : position + 1] != {"[": "]", "{": "}"}[text[start]]:
        raise ValueError("not closed")
    return found, position + 1


def find_entry(text: str, start: int, wanted: dict[str, int]) -> tuple[str, int, int] | None:
    """Return key, begin and value's start of the entry of an object with the first of some keys.

    Args:
        text: The text.
        start: Where the object begins.
        wanted: The keys and their ranks, the best being 1.

    Raises:
        ValueError: If it is not JSON.
    """
    best: tuple[str, int, int] | None = None
    position = _after_space(text, start + 1)
    more = text[position : position + 1] != "}"
    while more:
        begin = position
        key, position = _key(text, position)
        if key in wanted and (best is None or wanted[key] < wanted[best[0]]):
            best = key, begin, position
            if wanted[key] == 1:
                break
        more, position = _comma(text, skip(text, position))
    return best


def _rows(text: str, start: int) -> tuple[Spans, int]:
    starts, ends = array("q"), array("q")
    position = _after_space(text, start + 1)
    more = text[position : position + 1] != "]"
    while more:
        starts.append(position)
        if row := _ROW.match(text, position):
            ends.append(row.end(1))
            more, position = bool(row[2]), row.end()
        else:
            ends.append(skip(text, position))
            more, position = _comma(text, ends[-1])
    return Spans([], starts, starts, ends), position


def _entries(text: str, start: int) -> tuple[Spans, int]:
    found = Spans([], array("q"), array("q"), array("q"))
    position = _after_space(text, start + 1)
    more = text[position : position + 1] != "}"
    while more:
        found.begins.append(position)
        key, position = _key(text, position)
        found.keys.append(key)
        found.starts.append(position)
        found.ends.append(skip(text, position))
        more, position = _comma(text, found.ends[-1])
    return found, position


def _key(text: str, position: int) -> tuple[str, int]:
    match = _KEY.match(text, position)
    if match is None:
        raise ValueError("no key")
    key = match[1]
    return str(json.loads(key, strict=False)) if "\\" in key else key[1:-1], match.end()


def _comma(text: str, end: int) -> tuple[bool, int]:
    """Return whether a comma follows, and where what follows begins."""
    position = _after_space(text, end)
    if text[position : position + 1] == ",":
        return True, _after_space(text, position + 1)
    return False, position


def _after_space(text: str, position: int) -> int:
    match = _SPACE.match(text, position)
    return match.end() if match else position
