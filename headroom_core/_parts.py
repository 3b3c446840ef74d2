"""Finds the part of a structured original that was asked for: a path, rows, records by words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Final

from headroom_core._parts_base import Place, Selection, best_first, within_limit
from headroom_core._parts_json import Part, document, longest_list, records
from headroom_core._parts_path import (
    EVERY,
    Ranges,
    Step,
    chosen,
    parse_path,
    parse_rows,
    with_rows,
)
from headroom_core._parts_resolve import Resolver
from headroom_core._parts_table import Table, find_table
from headroom_core.segments import cut

_NO_STRUCTURE: Final = "the original is neither JSON nor a table: ask with lines or query"


def find_part(original: str, path: str, rows: str, query: str) -> Selection:
    """Return what stands at `path`, or `rows` of it, or what in there has to do with `query`.

    Args:
        original: JSON, JSON Lines or a table, alone or inside other text.
        path: Where in a JSON document; "" is all of it.
        rows: Numbers of rows, from 1; without a path those of the longest list.
        query: Only the records about this, about 12,000 characters at most.

    Raises:
        PartError: If `path` or `rows` cannot be read.
    """
    steps, ranges = parse_path(path.strip()), parse_rows(rows)
    note = ""
    for first, last in _candidates(original):
        root = document(original, first, last)
        if root is None:
            continue
        try:
            parts, said = _resolve(original, root, path.strip(), steps, ranges)
            if parts:
                return _searched(original, parts, query) if query else _shown(parts)
        except (ValueError, RecursionError):
            continue
        note = note or said
    if note or steps:
        return Selection((), note or "the original is no JSON: ask with lines, rows or query")
    for first, last in _candidates(original):
        if table := find_table(original, first, last):
            return _table_rows(original, table, ranges, query)
    return Selection((), _NO_STRUCTURE)


def search_records(original: str, query: str) -> Selection | None:
    """Return the records of a JSON original that have to do with `query`, None if it is no JSON."""
    root = document(original, 0, len(original))
    if root is None:
        return None
    try:
        return _searched(original, [root], query)
    except (ValueError, RecursionError):
        return None


def _candidates(original: str) -> Iterator[tuple[int, int]]:
    """Yield where a document may stand: everywhere, or in a payload inside other text."""
    yield 0, len(original)
    segments = cut(original)
    ends = accumulate(len(segment.text) for segment in segments)
    for segment, end in zip(segments, ends, strict=True):
        if segment.payload:
            yield end - len(segment.text), end


def _resolve(
    original: str, root: Part, path: str, steps: Sequence[Step], ranges: Ranges
) -> tuple[list[Part], str]:
    start = longest_list(original, root) if ranges and not steps else root
    resolver = Resolver(original, path, with_rows(tuple(steps), ranges))
    return resolver.find(start), resolver.note


def _shown(parts: Sequence[Part]) -> Selection:
    return Selection([Place(part.start, part.end, part.label) for part in parts])


def _searched(original: str, parts: Sequence[Part], query: str) -> Selection:
    units = records(original, parts)
    best = best_first([original[unit.begin : unit.end] for unit in units], query)
    fitting = within_limit(best, [unit.end - unit.begin for unit in units])
    places = _shown([units[index] for index in fitting]).places
    return Selection(places, _more(len(best) - len(fitting)))


def _more(left: int) -> str:
    return f"{left} more match; ask for them with other words, rows or path" if left else ""


def _table_rows(original: str, table: Table, ranges: Ranges, query: str) -> Selection:
    """Return rows of a table below its header; neighbours as one part."""
    total = len(table.rows)
    wanted = chosen(ranges or EVERY, total)
    if not wanted:
        return Selection((), f"the table has {total} rows below its header")
    note = ""
    if query:
        texts = [original[slice(*table.rows[index])] for index in wanted]
        best = best_first(texts, query)
        fitting = within_limit(best, list(map(len, texts)))
        wanted, note = [wanted[place] for place in fitting], _more(len(best) - len(fitting))
    if not wanted:
        return Selection(())
    places = [Place(*table.header, "header")]
    for first, last in _runs(wanted):
        numbers = f"rows {first + 1}-{last + 1}" if last > first else f"row {first + 1}"
        places.append(Place(table.rows[first][0], table.rows[last][1], f"{numbers} of {total}"))
    return Selection(places, note)


def _runs(numbers: Sequence[int]) -> list[tuple[int, int]]:
    """Return first and last of each run of neighbours."""
    runs: list[tuple[int, int]] = []
    for number in numbers:
        if runs and runs[-1][1] == number - 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return runs
