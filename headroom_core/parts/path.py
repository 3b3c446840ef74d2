"""Reads what a model writes to name a part of a JSON document: a path, and numbers of rows."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Final, TypeAlias

from headroom_core.compressors._json.value import STRING
from headroom_core.errors import PartError

Ranges: TypeAlias = tuple[tuple[int, int], ...]
"""First and last rows, counted from 1."""

EVERY: Final[Ranges] = ((1, 10**9),)
"""All rows."""

_MAX_PATH: Final = 2000
_MAX_STEPS: Final = 200
_RANGE = re.compile(r"(?:rows?|#)?\s*#?(\d{1,9})(?:\s*(-|\.\.\.?|:|to)\s*#?(\d{1,9})?)?")
_STEP = re.compile(
    rf"""(?P<dot>\.)?(?:
      (?P<quoted>{STRING})
    | (?P<bare>[^.\[\]"]+)
    | \[\s*+(?:(?P<index>-?\d{{1,9}})|(?P<every>\*?)|(?P<from>\d{{0,9}}):(?P<to>\d{{0,9}})
        |(?P<inner>{STRING}|'[^']*'))\s*\])""",
    re.VERBOSE,
)
_HINT: Final = 'write it like data.items[3].name, items[*].name or labels."a.b", or leave it out'


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a path.

    Attributes:
        name: The key, or the index of a list (from 0; below 0 from its end) as written.
        ranges: The rows of a list or entries of an object; None for a single one, by `name`.
        start: Where the step begins in the path as written.
        end: Where it ends there.
    """

    name: str = ""
    ranges: Ranges | None = None
    start: int = 0
    end: int = 0


def parse_path(text: str) -> tuple[Step, ...]:
    """Return the steps of a path in the spelling of our renderings, of JSONPath, jq or RFC 6901.

    Raises:
        PartError: If it is none of them.

    >>> [step.name for step in parse_path('$.data."a.b"[3]')]
    ['data', 'a.b', '3']
    """
    if len(text) > _MAX_PATH or sum(map(text.count, ".[/")) > _MAX_STEPS:
        raise PartError("path", text, _HINT)
    if text[:1] == "/" or text[:2] == "#/":
        keys = text.partition("/")[2].split("/")
        return tuple(Step(key.replace("~1", "/").replace("~0", "~")) for key in keys)
    if text.strip() in ("", "$", "."):
        return ()
    position = 1 if text[0] == "$" else 0
    steps: list[Step] = []
    while position < len(text):
        match = _STEP.match(text, position)
        if match is None or _misses_dot(match, first=not steps):
            raise PartError("path", text, _HINT)
        steps.append(_step(match))
        position = match.end()
    return tuple(steps)


def parse_rows(text: str) -> Ranges:
    """Return the rows that were asked for; () if none were.

    Raises:
        PartError: If these are no numbers of rows.

    >>> parse_rows("3, 17,40-60")
    ((3, 3), (17, 17), (40, 60))
    """
    text = text.strip().removeprefix("[").removesuffix("]").strip()
    if not text:
        return ()
    if text in ("*", "all"):
        return EVERY
    found = []
    for piece in re.split(r"[,;]|\sand\s", text):
        match = _RANGE.fullmatch(piece.strip())
        if match is None:
            raise PartError("rows", text, 'write it like "17", "40-60" or "3,17,40-60"')
        first = int(match[1])
        last = EVERY[0][1] if match[2] and not match[3] else int(match[3] or first)
        found.append((first, last))
    return tuple(found)


def with_rows(steps: tuple[Step, ...], ranges: Ranges) -> tuple[Step, ...]:
    """Return `steps` with the rows in place of the first "every row", or behind the last step."""
    if not ranges:
        return steps
    for place, step in enumerate(steps):
        if step.ranges == EVERY:
            return (*steps[:place], Step(ranges=ranges), *steps[place + 1 :])
    return (*steps, Step(ranges=ranges))


def chosen(ranges: Ranges, total: int) -> list[int]:
    """Return the indexes, from 0, of the rows in `ranges` that a list of `total` rows has.

    >>> chosen(((5, 7), (2, 2)), 6)
    [1, 4, 5]
    """
    wanted: set[int] = set()
    for first, last in ranges:
        wanted.update(range(max(first, 1) - 1, min(max(first, last), total)))
    return sorted(wanted)


def _misses_dot(match: re.Match[str], *, first: bool) -> bool:
    return not first and not match["dot"] and match.lastgroup in ("quoted", "bare")


def _step(match: re.Match[str]) -> Step:
    start = match.start() + (match["dot"] is not None)
    name, ranges = match["bare"] or match["index"] or "", None
    if quoted := match["quoted"] or match["inner"]:
        name = quoted[1:-1] if quoted[0] == "'" else _unquoted(quoted)
    elif match["every"] is not None or name == "*":
        ranges = EVERY
    elif match["from"] is not None:
        last = int(match["to"]) if match["to"] else EVERY[0][1]
        ranges = ((int(match["from"] or 0) + 1, last),)
    return Step(name, ranges, start, match.end())


def _unquoted(text: str) -> str:
    try:
        return str(json.loads(text, strict=False))
    except ValueError:
        raise PartError("path", text, _HINT) from None
