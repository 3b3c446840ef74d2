"""Names what a gap in a configuration leaves out, names that count up as a range."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from headroom_core.compressors._config.lines import Lines

_MAX_NAME: Final = 60
_LEAST_RANGE: Final = 3
_LEAST_KINDS: Final = 8
_MOST_KINDS: Final = 8
_IDENTITY = re.compile(r"(?:- )?(?:name|id|key|title): (.{1,60})")
_COUNTED = re.compile(r"(.*?)(0|[1-9]\d{0,8})(\D*)")
_STEM = re.compile(r"\[?[a-zA-Z]+[-_.]?")


def folded(names: Sequence[str], most: int) -> list[str]:
    """Return names, those that count up as a range; the rest of more than `most` counted.

    >>> folded(["web", "api-1", "api-2", "api-3", "db"], 4)
    ['web', 'api-1..api-3', 'db']
    """
    found: list[str] = []
    starts: list[int] = []
    place = 0
    while place < len(names) and len(found) <= most + 1:
        last = _last_of_range(names, place)
        if last - place + 1 < _LEAST_RANGE:
            last = place
        found.append(f"{names[place]}..{names[last]}" if last > place else names[place])
        starts.append(place)
        place = last + 1
    if len(found) > most + 1:
        found[most:] = [_rest(names[starts[most] :])]
    return found


def _last_of_range(names: Sequence[str], first: int) -> int:
    counted = _COUNTED.fullmatch(names[first])
    last = first
    while counted and last + 1 < len(names):
        number = int(counted[2]) + last + 1 - first
        if names[last + 1] != f"{counted[1]}{number}{counted[3]}":
            break
        last += 1
    return last


def _rest(names: Sequence[str]) -> str:
    """Count names, by what they begin with where they begin with few things."""
    said = f"{len(names)} more"
    if len(names) < _LEAST_KINDS:
        return said
    stems = [match[0] if (match := _STEM.match(name)) else "" for name in names]
    kinds = Counter(stems)
    if "" in kinds or not 1 < len(kinds) <= min(_MOST_KINDS, len(names) // 2):
        return said
    return f"{said} ({', '.join(f'{count} {stem}*' for stem, count in kinds.items())})"


def names(
    source: Lines, called: Mapping[int, str], out: bytearray, start: int, end: int
) -> Iterator[str]:
    """Yield what the lines from `start` to `end` define, without what is below it.

    Args:
        source: The lines.
        called: What some of them are called.
        out: Which lines are left out by rule, and have no name.
        start: The first line.
        end: The line behind the last.
    """
    line = start
    while line < end:
        if not out[line] and (name := called.get(line) or _name(source, line)):
            yield name
        line = source.ends[line]


def _name(source: Lines, line: int) -> str:
    body = source.text[line].strip()
    if not body or body[0] in "#;":
        return ""
    if body[:2] == "- ":
        for inner in source.text[line : min(source.ends[line], line + 12)]:
            if match := _IDENTITY.match(inner.strip()):
                return match[1]
        return body[2 : 2 + _MAX_NAME]
    key = body.partition(":")[0].partition("=")[0]
    return key.strip()[:_MAX_NAME] if key != body else body[:_MAX_NAME] * (body[0] == "[")
