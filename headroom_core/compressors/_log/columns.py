"""Writes a log as templates and, line by line, what differs; `_log.decode` reads it back.

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

import string
from collections.abc import Iterator, Mapping, Sequence
from itertools import compress, islice
from operator import add
from typing import Final

from headroom_core.compressors._log.names import shorten
from headroom_core.compressors._log.repeats import find_repeats
from headroom_core.compressors._log.signs import Signs, choose_signs, describe, names
from headroom_core.compressors._log.templates import (
    AGAIN,
    CLOCK,
    LETTERED,
    MARK,
    VALUE,
    Masked,
    Template,
    mine,
)

MAX_CHARS: Final = 64_000_000
MAX_LINES: Final = 2_000_000
"""Longer logs are not written this way, and no body stands for more."""

_WORD_CHARACTERS: Final = string.ascii_letters + string.digits + "_"
_MAX_TWINS: Final = 9
_MIN_ZEROS: Final = 4
_PLAIN_LEAST: Final = 24
_ANY: Final = (0, 2, 5, 8)
_DAY: Final = (8,)


def encode(text: str, masked: Masked, *, plain: bool = False) -> tuple[str, str] | None:
    """Return a body that stands for `text`, and how to read it.

    None if the text leaves no characters free for signs, or has nothing to fold.

    Args:
        text: The log.
        masked: Its lines with their values taken out.
        plain: Fold only what lines have much of, and write every cell out: each line can be read
            by itself.
    """
    signs = choose_signs(text)
    if signs is None or len(text) > MAX_CHARS or len(masked.lines) > MAX_LINES:
        return None
    repeats = dict(find_repeats(masked.lines))
    skip = bytearray(len(masked.lines))
    for start, (_, length) in repeats.items():
        skip[start : start + length] = b"\x01" * length
    least = _PLAIN_LEAST if plain else 0
    templates = mine(masked.masks, skip, least=least, lead=_lead(masked))
    if not templates and not repeats:
        return None
    clocks = _short_clocks(masked.clocks, templates, _DAY if plain else _ANY)
    entries = list(masked.lines)
    owners = [""] * len(entries)
    legend: list[str] = []
    for name, template in zip(islice(names(), len(templates)), templates, strict=True):
        pattern, columns = _tabulate(template, masked, clocks, signs, plain)
        legend.append(f"{name}{signs.cell}{pattern}")
        for index, cells in zip(template.lines, _rows(columns, signs.cell), strict=False):
            entries[index] = cells
            owners[index] = name
    body = "\n".join([*legend, *_join(entries, owners, repeats, signs.cell)])
    if not plain and signs.name:
        body = shorten(body, signs.name)
    if signs.name not in body:
        signs = signs._replace(name="")
    note = describe(signs, "\n".join(legend), body, repeats=bool(repeats))
    return f"{''.join(signs)} {len(templates)}\n{body}", note


def _lead(masked: Masked) -> int:
    """Return how many characters the values share that lines open with, if they are addresses."""
    opening = [
        masked.values[start]
        for start, mask in zip(masked.starts, masked.masks, strict=False)
        if mask[:1] == VALUE
    ]
    return len(_common(min(opening), max(opening))) if opening else 0


def _short_clocks(
    clocks: Sequence[str], templates: Sequence[Template], ends: Sequence[int]
) -> list[str]:
    """Return each time without the front that it shares with the time before it.

    Args:
        clocks: The times of all lines.
        templates: The lines that need them.
        ends: How many characters may stay: 0 for none, 2 for the seconds, 5 with the minutes, 8
            with the hours.
    """
    used = bytearray(len(clocks))
    for template in templates:
        if CLOCK in template.prefix:
            for index in template.lines:
                used[index] = 1
    short = [""] * len(clocks)
    above = ""
    for index in compress(range(len(clocks)), used):
        clock = clocks[index]
        if clock != above or ends[0]:
            short[index] = _end_of(clock, above, ends)
            above = clock
    return short


def _end_of(clock: str, above: str, ends: Sequence[int]) -> str:
    for end in ends:
        if clock[: len(clock) - end] == above[: len(clock) - end]:
            return clock[len(clock) - end :]
    return clock


def _tabulate(
    template: Template, masked: Masked, clocks: Sequence[str], signs: Signs, plain: bool
) -> tuple[str, list[list[str]]]:
    """Return the text of a template and the columns of its lines.

    What all lines share is part of the text. A cell is empty where it equals the one above, unless
    they are to be plain.
    """
    values = _values(template, masked)
    pieces = MARK.split(template.prefix)
    if not template.whole:
        pieces += [VALUE, ""]
    text: list[str] = []
    columns: list[list[str]] = []
    twins: list[tuple[list[str], str]] = []
    for literal, mark in zip(pieces[::2], [*pieces[1::2], ""], strict=True):
        text.append(literal)
        if mark == CLOCK:
            text.append(signs.clock)
            columns.append([clocks[index] for index in template.lines])
            twins.append(([], ""))
        elif mark == AGAIN:
            text.append(f"{signs.again}0")
        elif mark:
            column = next(values)
            twin = next((text for other, text in twins if other == column), "")
            if twin:
                text.append(twin)
                continue
            front, cells, back = _fold(column)
            text.append(f"{front}{signs.value if cells else ''}{back}")
            if cells:
                columns.append(_blank(cells, signs.again, plain))
                number = len(columns)
                same = f"{front}{signs.again}{number}{back}" if number <= _MAX_TWINS else ""
                twins.append((column, same))
    return "".join(text), columns


def _values(template: Template, masked: Masked) -> Iterator[list[str]]:
    """Yield the values of a template's lines, column by column; a loose end comes last."""
    kinds = [mark for mark in MARK.findall(template.prefix) if mark in (VALUE, LETTERED)]
    lines, masks, value = template.lines, masked.masks, masked.values.__getitem__
    starts = [masked.starts[index] for index in lines]
    ends = [len(template.prefix) - len(kinds)] * len(lines)
    for place, kind in enumerate(kinds):
        column = [value(start + place) for start in starts]
        if kind == LETTERED:
            heads = {mask: _letters(mask, place) for mask in {masks[index] for index in lines}}
            column = [heads[masks[i]] + cell for i, cell in zip(lines, column, strict=True)]
        if not template.whole:
            ends = list(map(add, ends, map(len, column)))
        yield column
    if not template.whole:
        if CLOCK in template.prefix:
            ends = [end + len(masked.clocks[i]) - 1 for i, end in zip(lines, ends, strict=True)]
        more = 7 if AGAIN in template.prefix else 0
        yield [masked.lines[i][end + more :] for i, end in zip(lines, ends, strict=True)]


def _letters(mask: str, place: int) -> str:
    """Return the hex letters that stand before the value in that place."""
    text = mask.split(VALUE, place + 1)[place]
    return text[len(text.rstrip("abcdef")) :]


def _fold(column: list[str]) -> tuple[str, list[str], str]:
    """Return the words that all values begin with, what is between, and those they end with.

    No cells if all values are the same.
    """
    low, high = min(column), max(column)
    if low == high:
        return low, [], ""
    front = _common(low, high)
    cells = [value[len(front) :] for value in column] if front else column
    back = ""
    if cells[0][-1:] == cells[-1][-1:] and len({value[-1:] for value in cells}) == 1:
        ends = [value[::-1] for value in cells]
        back = _common(min(ends), max(ends))[::-1]
        if back:
            cells = [value[: -len(back)] for value in cells]
    return front, cells, back


def _common(low: str, high: str) -> str:
    """Return the start that two texts share, short of the whole text: whole words, and zeros."""
    length = 0
    for one, other in zip(low[:-1], high, strict=False):
        if one != other:
            break
        length += 1
    front = low[:length]
    words = front.rstrip(_WORD_CHARACTERS)
    zeros = len(front) - len(words) - len(front[len(words) :].lstrip("0"))
    return front[: len(words) + zeros] if zeros >= _MIN_ZEROS else words


def _blank(cells: Sequence[str], nothing: str, plain: bool) -> list[str]:
    """Return `cells`, empty where one equals the one above; one that is empty gets a sign."""
    if plain:
        return [cell or nothing for cell in cells]
    above = ["", *cells]
    return ["" if a == b else a or nothing for a, b in zip(cells, above, strict=False)]


def _rows(columns: Sequence[Sequence[str]], cell: str) -> Iterator[str]:
    if columns:
        yield from (cell + cell.join(row) for row in zip(*columns, strict=True))
    else:
        while True:
            yield cell


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
        yield entries[index] if owner == above else owner + entries[index]
        above = owner or above
        index += 1
