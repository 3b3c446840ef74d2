"""Finds the source lines that must survive and are not in what is shown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

_WIDEST: Final = 2_000
_AROUND: Final = 300


def kept_lines(text: str, shown: str, keep: re.Pattern[str]) -> str:
    """Return a fence with the lines of `text` that must survive; "" if all of them are in `shown`.

    Of very long lines, what stands around the matches.
    """
    lines = [
        *dict.fromkeys(part for line in text.split("\n") for part in _parts(line, shown, keep))
    ]
    return "\n\n```\n" + "\n".join(lines) + "\n```" if lines else ""


def _parts(line: str, shown: str, keep: re.Pattern[str]) -> Iterator[str]:
    reached = 0
    for match in keep.finditer(line):
        if match[0] in shown or match.start() < reached:
            continue
        if len(line) <= _WIDEST:
            yield line.strip()
            return
        reached = match.end() + _AROUND
        yield line[max(0, match.start() - _AROUND) : reached].strip()
