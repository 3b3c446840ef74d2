"""Hex dumps without what they say twice: offsets that count on, and the column of text."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final

_XXD = re.compile(r"([0-9a-f]{8}): ([0-9a-f]{4}(?: [0-9a-f]{4}){7})  (.{16})")
_CANONICAL = re.compile(
    r"([0-9a-f]{8})  ([0-9a-f]{2}(?: [0-9a-f]{2}){7})  ([0-9a-f]{2}(?: [0-9a-f]{2}){7})"
    r"  \|(.{16})\|"
)
_PACKED = re.compile(r"([0-9a-f]{32})(?:  (.{16}))?")
_NAMED = re.compile(r"([0-9a-f]{8}) ([0-9a-f]{32})(?:  (.{16}))?")
_MIN_ROWS: Final = 8
_WORD = re.compile(r"[A-Za-z]{4}|[\w /]{6}")
_DOTS: Final = bytes(code if 32 <= code < 127 else 46 for code in range(256))


def encode(text: str) -> tuple[str, str] | None:
    """Return the rows of a dump shorter, and how to read them; None if it is none of ours."""
    for kind, pattern in (("xxd", _XXD), ("hexdump", _CANONICAL)):
        lines = text.split("\n")
        if pattern.fullmatch(lines[0]):
            rows = _rows(lines, pattern)
            if sum(1 for row in rows if row is not None) < _MIN_ROWS:
                return None
            body = "\n".join([kind, *_written(lines, rows)])
            try:
                same = decode(body) == text
            except ValueError:
                return None
            return (body, _NOTE) if same else None
    return None


_NOTE: Final = (
    "16 bytes in hex on each line, counting on from the offset; text stands behind bytes that "
    "spell words"
)


def decode(body: str) -> str:
    """Return the dump.

    Raises:
        ValueError: If `body` is none of ours.
    """
    kind, *lines = body.split("\n")
    if kind not in _DRAWN:
        raise ValueError("no dump")
    draw = _DRAWN[kind]
    out = []
    offset = 0
    for line in lines:
        if match := _PACKED.fullmatch(line):
            out.append(draw(offset, match[1]))
            offset += 16
        elif named := _NAMED.fullmatch(line):
            out.append(draw(int(named[1], 16), named[2]))
            offset = int(named[1], 16) + 16
        elif line.startswith("="):
            out.append(line[1:])
        else:
            raise ValueError(f"no row: {line[:40]!r}")
    return "\n".join(out)


def _rows(lines: Sequence[str], pattern: re.Pattern[str]) -> list[tuple[int, str] | None]:
    rows: list[tuple[int, str] | None] = []
    for line in lines:
        match = pattern.fullmatch(line)
        rows.append(
            (int(match[1], 16), re.sub(" ", "", "".join(match.groups()[1:-1]))) if match else None
        )
    return rows


def _written(lines: Sequence[str], rows: Sequence[tuple[int, str] | None]) -> list[str]:
    written = []
    expected = 0
    for line, row in zip(lines, rows, strict=True):
        if row is None:
            written.append(f"={line}")
            continue
        offset, digits = row
        text = _text(digits)
        shown = f"  {text}" if _WORD.search(text) else ""
        written.append(
            f"{digits}{shown}" if offset == expected else f"{offset:08x} {digits}{shown}"
        )
        expected = offset + 16
    return written


def _text(digits: str) -> str:
    return bytes.fromhex(digits).translate(_DOTS).decode("ascii")


def _draw_xxd(offset: int, digits: str) -> str:
    groups = " ".join(digits[place : place + 4] for place in range(0, 32, 4))
    return f"{offset:08x}: {groups}  {_text(digits)}"


def _draw_canonical(offset: int, digits: str) -> str:
    pairs = [digits[place : place + 2] for place in range(0, 32, 2)]
    return f"{offset:08x}  {' '.join(pairs[:8])}  {' '.join(pairs[8:])}  |{_text(digits)}|"


_DRAWN: Final[dict[str, Callable[[int, str], str]]] = {
    "xxd": _draw_xxd,
    "hexdump": _draw_canonical,
}
