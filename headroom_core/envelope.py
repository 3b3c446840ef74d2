"""The frame around a lossless rendering, so that it can be found in any text and turned back.

A rendering that omits nothing opens with one line that names its compressor, says how many
lines belong to it, and tells the model how to read them::

    [headroom json, 4 lines: ...how to read it...]
    <4 lines>
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

_OPENING: Final = "[headroom "
_HEADER: Final = re.compile(r"^\[headroom ([a-z]+), (\d{1,9}) lines(?:: [^\n]*)?\]$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Envelope:
    """One lossless rendering inside a text.

    Attributes:
        start: Offset of the header line.
        end: Offset behind the last line of the body (its line break is not included).
        kind: Name of the compressor that wrote it.
        body: The lines below the header.
    """

    start: int
    end: int
    kind: str
    body: str


def wrap(kind: str, body: str, note: str = "") -> str:
    r"""Return `body` in its envelope.

    Args:
        kind: Name of the compressor, lower-case letters.
        body: One line or more; lines end with "\n" and nothing else.
        note: How to read the body, one line.

    >>> wrap("log", "a\nb", "templates, then values")
    '[headroom log, 2 lines: templates, then values]\na\nb'
    """
    lines = body.count("\n") + 1
    return f"[headroom {kind}, {lines} lines{': ' + note if note else ''}]\n{body}"


def find_envelopes(text: str) -> Iterator[Envelope]:
    r"""Yield the envelopes in `text`, in order, without looking inside their bodies.

    >>> [e.body for e in find_envelopes("x\n[headroom log, 1 lines]\na\ny")]
    ['a']
    """
    if _OPENING not in text:
        return
    breaks: list[int] = []
    position = 0
    while match := _HEADER.search(text, position):
        # Offsets of all line breaks, once: a text full of false headers stays linear.
        breaks = breaks or [*(m.start() for m in re.finditer("\n", text)), len(text)]
        last = bisect_left(breaks, match.end()) + int(match[2])
        if last >= len(breaks):
            position = match.end()
            continue
        position = breaks[last]
        yield Envelope(match.start(), position, match[1], text[match.end() + 1 : position])
