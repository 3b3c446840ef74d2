"""Finds the part of an original that was asked for by words, rows or path."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate
from typing import Final

from headroom_core.parts.base import MAX_CHARS, MAX_UNITS, Place, Selection
from headroom_core.parts.structured import find_part, search_records
from headroom_core.parts.symbols import find_symbols
from headroom_core.relevance import score_units

_MAX_UNIT: Final = 2000
_CONTEXT: Final = 1


def find(original: str, *, query: str = "", rows: str = "", path: str = "") -> Selection:
    """Return the parts of `original` that were asked for.

    Args:
        original: The whole text.
        query: Parts about this, within `path` and `rows` if these are given.
        rows: Numbers of rows.
        path: Where in a JSON original.

    Raises:
        PartError: If `rows` or `path` cannot be read.
    """
    if rows.strip() or path.strip():
        return find_part(original, path, rows, query)
    found = search_records(original, query) or find_symbols(original, query)
    if found is None:
        found = Selection([Place(start, end) for start, end in _matching(original, query)])
    return found


def _matching(original: str, query: str) -> list[tuple[int, int]]:
    """Return the places of the units that match, with context, best first until the limit."""
    units = _units(original)
    places = [0, *accumulate(len(unit) for unit in units)]
    wanted = query.lower()
    literal = [1.0 if wanted in unit.lower() else 0.0 for unit in units]
    scores = literal if any(literal) else score_units(units, query)
    best = sorted((i for i, score in enumerate(scores) if score > 0), key=lambda i: -scores[i])
    chosen: set[int] = set()
    used = 0
    for index in best[:MAX_UNITS]:
        around = range(max(0, index - _CONTEXT), min(len(units), index + _CONTEXT + 1))
        fresh = [i for i in around if i not in chosen]
        used += sum(len(units[i]) for i in fresh)
        if chosen and used > MAX_CHARS:
            break
        chosen.update(fresh)
    return _merge([(places[i], places[i + 1]) for i in sorted(chosen)], original)


def _units(original: str) -> Sequence[str]:
    """Cut a text into lines with their breaks, and very long lines (a minified JSON) further."""
    units: list[str] = []
    for line in original.splitlines(keepends=True) if "\n" in original else [original]:
        if len(line) <= _MAX_UNIT:
            units.append(line)
        else:
            units += re.findall(r"(?s).{200,600}?[},;.]|.{1,600}", line)
    return units


def _merge(places: list[tuple[int, int]], original: str) -> list[tuple[int, int]]:
    """Join neighbours, and leave the line break at the end of a part out."""
    merged: list[tuple[int, int]] = []
    for start, end in places:
        if merged and merged[-1][1] == start:
            merged[-1] = (merged[-1][0], end)
        else:
            merged.append((start, end))
    return [(start, end - (original[end - 1 : end] == "\n")) for start, end in merged]
