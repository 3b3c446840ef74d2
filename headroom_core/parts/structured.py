"""Finds the part of a structured original that was asked for: a path, rows, records by words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Final

from headroom_core.parts.base import Place, Selection, best_first, within_limit
from headroom_core.parts.path import (
    EVERY,
    Ranges,
    Step,
    chosen,
    parse_path,
    parse_rows,
    with_rows,
)
from headroom_core.parts.resolve import Resolver
from headroom_core.parts.table import LineTable, find_table
from headroom_core.parts.tree import Part, Tree, find_document, longest_list, records
from headroom_core.segments import cut

_NO_JSON: Final = "the original is no JSON: ask with lines, rows or query"
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
    found = _in_json(original, path.strip(), with_rows(steps, ranges), query)
    if found is not None:
        return found
    if steps:
        return Selection((), _NO_JSON)
    for first, last in _candidates(original):
        if table := find_table(original, first, last):
            return _table_rows(original, table, ranges, query)
    return Selection((), _NO_STRUCTURE)


def search_records(original: str, query: str) -> Selection | None:
    """Return the records of a JSON original that have to do with `query`, None if it is no JSON."""
    root = find_document(original, 0, len(original))
    if root is None:
        return None
    try:
        return _searched(Tree(original, root), [root], query)
    except ValueError:
        return None


def _candidates(original: str) -> Iterator[tuple[int, int]]:
    """Yield where a document may stand: everywhere, or in a payload inside other text."""
    yield 0, len(original)
    segments = cut(original)
    ends = accumulate(len(segment.text) for segment in segments)
    for segment, end in zip(segments, ends, strict=True):
        if segment.payload:
            yield end - len(segment.text), end


def _in_json(original: str, path: str, steps: Sequence[Step], query: str) -> Selection | None:
    """Return the part of the first document that has it; None if there is no document."""
    found = None
    for first, last in _candidates(original):
        root = find_document(original, first, last)
        if root is None:
            continue
        tree = Tree(original, root)
        resolver = Resolver(tree, path, steps)
        try:
            # Without a path there is one step at most: the rows.
            parts = resolver.find(longest_list(tree) if steps and not path else root)
            if parts:
                return _searched(tree, parts, query) if query else _shown(parts)
            found = found or Selection((), resolver.note())
        except ValueError:
            continue
        if last - first == len(original):
            break
    return found


def _shown(parts: Sequence[Part]) -> Selection:
    return Selection([Place(part.start, part.end, part.label) for part in parts])


def _searched(tree: Tree, parts: Sequence[Part], query: str) -> Selection:
    units = records(tree, parts)
    best = best_first([tree.text[unit.begin : unit.end] for unit in units], query)
    fitting = within_limit(best, [unit.end - unit.begin for unit in units])
    places = _shown([units[index] for index in fitting]).places
    return Selection(places, _more(len(best) - len(fitting)))


def _more(left: int) -> str:
    return f"{left} more match; ask for them with other words, rows or path" if left else ""


def _table_rows(original: str, table: LineTable, ranges: Ranges, query: str) -> Selection:
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
