"""Writes a log as templates and, line by line, what differs; `_log_decode` reads it back.

A body is a line with the signs in use and the number of templates, the templates, and then the
log in order. A line with a cell sign in it is an entry, any other is a line of the log::

    |*@& 1
    A|@ INFO worker-*: done in *ms
    starting up
    A|2025-01-01 10:00:00|1|17
    |01|2|19
    ||3|
"""

from __future__ import annotations

import os.path
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice, product
from typing import Final, NamedTuple

from headroom_core.compressors._log_templates import (
    AGAIN,
    CLOCK,
    LETTERED,
    MARKS,
    VALUE,
    WORD,
    Masked,
    Template,
    mask,
    mine,
)

MAX_CHARS: Final = 64_000_000
"""Longer logs are not written this way, and no body stands for more."""

_CELLS: Final = "|~^;§¤¦†"
_SIGNS: Final = "*@&~^$#`!?%§¤†‡¶·•"
_PIECE: Final = re.compile(f"([{MARKS}])")
_BROKEN_END: Final = re.compile(r"\w*\Z")
_ALPHABET: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_MIN_BLOCK: Final = 3
_MIN_SAVED: Final = 24


class _Signs(NamedTuple):
    """The characters with a meaning in a body. None of them occurs in the log itself."""

    cell: str
    value: str
    clock: str
    again: str


def encode(text: str) -> tuple[str, str] | None:
    """Return a body that stands for `text`, and how to read it.

    None if the text leaves no characters free for signs, or has nothing to fold.
    """
    signs = _choose_signs(text)
    if signs is None or len(text) > MAX_CHARS:
        return None
    lines = text.split("\n")
    repeats = dict(_find_repeats(lines))
    skip = bytearray(len(lines))
    for start, (_, length) in repeats.items():
        skip[start : start + length] = b"\x01" * length
    masked = mask(lines)
    templates = mine(masked.masks, skip)
    if not templates and not repeats:
        return None
    names = list(islice(_names(), len(templates)))
    clocks = _short_clocks(masked.clocks, templates)
    entries = list(lines)
    owners = [""] * len(lines)
    legend = []
    for name, template in zip(names, templates, strict=True):
        pattern, columns = _tabulate(template, masked, clocks, signs)
        legend.append(f"{name}{signs.cell}{pattern}")
        cells = map(signs.cell.join, zip(*columns, strict=True)) if columns else None
        for index in template.lines:
            entries[index] = signs.cell + (next(cells) if cells else "")
            owners[index] = name
    head = f"{''.join(signs)} {len(templates)}"
    body = _join(entries, owners, repeats, signs.cell)
    return "\n".join([head, *legend, *body]), _note(signs, templates, repeats)


def _choose_signs(text: str) -> _Signs | None:
    if any(mark in text for mark in MARKS):
        return None
    cells = [sign for sign in _CELLS if sign not in text][:1]
    signs = [sign for sign in _SIGNS if sign not in text and sign not in cells][:3]
    return _Signs(*cells, *signs) if len(cells) + len(signs) == 4 else None


def _find_repeats(lines: Sequence[str]) -> Iterator[tuple[int, tuple[int, int]]]:
    """Yield (start, (source, length)) of blocks of lines that stand somewhere before.

    The source of a line that is repeated over and over is the line before it; other blocks have
    at least 3 lines.
    """
    counts = Counter(lines)
    if len(counts) == len(lines):
        return
    seen: dict[tuple[str, ...], int] = {}
    index, total = 0, len(lines)
    while index < total:
        if counts[lines[index]] == 1:
            index += 1
            continue
        window = tuple(lines[index : index + _MIN_BLOCK])
        source = index - 1 if index and window[0] == lines[index - 1] else seen.get(window, -1)
        length = _match(lines, source, index) if source >= 0 else 0
        if length + sum(map(len, lines[index : index + min(length, 9)])) < _MIN_SAVED:
            length = 0
        if length:
            yield index, (source, length)
        seen.setdefault(window, index)
        index += max(1, length)


def _match(lines: Sequence[str], source: int, index: int) -> int:
    """Return how many lines from `index` on equal those from `source` on."""
    length = 0
    while index + length < len(lines) and lines[source + length] == lines[index + length]:
        length += 1
    return length


def _short_clocks(clocks: Sequence[str], templates: Sequence[Template]) -> list[str]:
    """Return each time without the front that it shares with the time before it.

    A time loses nothing, its date, its hours as well, its minutes as well, or all of it.
    """
    used = sorted(i for template in templates if CLOCK in template.prefix for i in template.lines)
    short = [""] * len(clocks)
    above = ""
    for index in used:
        clock = clocks[index]
        if clock == above:
            continue
        kept = len(clock)
        for end in (2, 5, 8):
            if clock[:-end] == above[:-end] and len(clock) == len(above):
                kept = end
                break
        short[index] = clock[-kept:]
        above = clock
    return short


def _tabulate(
    template: Template, masked: Masked, clocks: Sequence[str], signs: _Signs
) -> tuple[str, list[list[str]]]:
    """Return the text of a template and the columns of its lines.

    What all lines share is part of the text. A cell is empty where it equals the one above.
    """
    values = iter(_values(template, masked))
    text: list[str] = []
    columns: list[list[str]] = []
    written: dict[int, tuple[list[str], str]] = {}
    for piece in _PIECE.split(template.prefix) + ([] if template.whole else [VALUE]):
        if piece == CLOCK:
            text.append(signs.clock)
            columns.append([clocks[index] for index in template.lines])
        elif piece == AGAIN:
            text.append(f"{signs.again}0")
        elif piece not in (VALUE, LETTERED):
            text.append(piece)
        else:
            column = next(values)
            twin = next((n for n, (other, _) in written.items() if other == column), 0)
            if twin:
                text.append(written[twin][1].replace(signs.value, f"{signs.again}{twin}"))
                continue
            folded, rest = _fold(column, signs.value)
            text.append(folded)
            if rest:
                shifted = zip(rest, ["", *rest], strict=False)
                columns.append(["" if a == b else a or signs.again for a, b in shifted])
                if len(columns) < 10:
                    written[len(columns)] = (column, folded)
    return "".join(text), columns


def _values(template: Template, masked: Masked) -> list[list[str]]:
    """Return the values of a template's lines, column by column; a loose end comes last."""
    kinds = [piece for piece in template.prefix if piece in (VALUE, LETTERED)]
    last = max(template.prefix.rfind(VALUE), template.prefix.rfind(LETTERED)) + 1
    bare = masked.bare
    if kinds:
        split, count = WORD.split, len(kinds)
        parts = list(zip(*(split(bare[i], count) for i in template.lines), strict=True))
    else:
        parts = [tuple(bare[i] for i in template.lines)]
    columns = [list(column) for column in parts[1::2]]
    for place, kind in enumerate(kinds):
        if kind == LETTERED:
            columns[place] = [
                before[len(before.rstrip("abcdef")) :] + value
                for before, value in zip(parts[2 * place], columns[place], strict=True)
            ]
    if not template.whole:
        skip = len(template.prefix) - last
        columns.append(
            [
                end.replace(CLOCK, masked.clocks[i]).replace(AGAIN, masked.clocks[i][-8:])
                for end, i in zip((part[skip:] for part in parts[-1]), template.lines, strict=True)
            ]
        )
    return columns


def _fold(column: list[str], sign: str) -> tuple[str, list[str]]:
    """Return the text for a column, and its cells; no cells if all are the same."""
    low, high = min(column), max(column)
    if low == high:
        return low, []
    shortest = min(map(len, column)) - 1
    front = _BROKEN_END.sub("", os.path.commonprefix([low, high])[: max(0, shortest)])
    rest = [value[len(front) :] for value in column]
    ends = [value[::-1][: shortest - len(front)] for value in rest]
    back = _BROKEN_END.sub("", os.path.commonprefix([min(ends), max(ends)]))[::-1]
    if back:
        rest = [value[: -len(back)] for value in rest]
    return f"{front}{sign}{back}", rest


def _join(
    entries: Sequence[str],
    owners: Sequence[str],
    repeats: Mapping[int, tuple[int, int]],
    cell: str,
) -> Iterator[str]:
    """Yield the lines of a body in order; an entry has no name where the last one had the same."""
    index, above = 0, ""
    while index < len(entries):
        if index in repeats:
            source, length = repeats[index]
            once = source == index - 1
            yield f"{length}{cell}" if once else f"{source + 1}-{source + length}{cell}"
            index += length
            continue
        owner = owners[index]
        if owner and owner != above:
            yield owner + entries[index]
            above = owner
        else:
            yield entries[index]
        index += 1


def _names() -> Iterator[str]:
    """Yield A to Z, AA to ZZ, and so on."""
    for size in range(1, 9):
        yield from map("".join, product(_ALPHABET, repeat=size))


def _note(
    signs: _Signs, templates: Sequence[Template], repeats: Mapping[int, tuple[int, int]]
) -> str:
    cell, value, clock, again = signs
    notes = []
    if templates:
        notes.append(
            f'"A{cell}..." above is template A; below, "A{cell}x{cell}y" is a line of it with x, y in place of '
            f"its {value} in order; an empty name or cell is as in the line of that template above"
        )
    if any(CLOCK in template.prefix for template in templates):
        notes.append(f"{clock} is the time, short or empty where its front is as in the line above")

    notes.append(f"{again}n repeats cell n, {again}0 the time")
    if repeats:
        notes.append(f'"3{cell}" is the line above 3 times more, "5-9{cell}" lines 5 to 9 again')
    return "; ".join(notes)
